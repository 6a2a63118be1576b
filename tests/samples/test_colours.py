"""Samples in colours: as a lexer of the whole language gives them."""

import re
from html import unescape

import pytest

from generator.prose.highlight import highlight
from generator.samples.colours import coloured
from tests.samples.offers import HOSTILE_IDS, every_example, written

ELEMENTS = {"s": "i", "k": "b", "c": "em"}


@pytest.mark.parametrize(
    ("language", "code", "html"),
    [
        ("python", 'import os\nprint("<a>")  # b\n', '<b>import</b> os\nprint(<i>"&lt;a&gt;"</i>)  <em># b</em>\n'),
        ("python", r'a = "\"b" + "\\"', r'a = <i>"\"b"</i> + <i>"\\"</i>'),
        ("python", "important = response.import_", "important = response.import_"),
        ("javascript", "const a = `b\n'c'`;", "<b>const</b> a = <i>`b\n'c'`</i>;"),
        ("javascript", 'f("https://a.b"); // "c"', 'f(<i>"https://a.b"</i>); <em>// "c"</em>'),
        ("bash", 'curl -d \'{\n "a": 1}\' \\\n -H "B: $C"', 'curl -d <i>\'{\n "a": 1}\'</i> \\\n -H <i>"B: $C"</i>'),
        ("bash", "a#b # c", "a#b <em># c</em>"),
        ("php", "<?php\necho 'a';", "<em>&lt;?php</em>\n<b>echo</b> <i>'a'</i>;"),
    ],
)
def test_colours(language: str, code: str, html: str) -> None:
    assert coloured(code, language) == html
    assert unescape(re.sub(r"</?(?:b|i|em)>", "", html)) == code


def by_lexer(code: str, language: str) -> str:
    """Return what a lexer of the whole language makes of a sample."""

    def element(found: re.Match[str]) -> str:
        name = ELEMENTS.get(found[1])
        return f"<{name}>{found[2]}</{name}>" if name else found[2]

    return re.sub(r'<span class="(\w+)">([^<]*)</span>', element, highlight(code, language))


# In the shell, variables within a string are part of it here.
@pytest.mark.parametrize("language", ["python", "javascript", "php"])
def test_every_kind_of_sample_is_read_as_its_language_is(language: str) -> None:
    samples = [
        text
        for _, example in every_example(["a/b-1.5", *HOSTILE_IDS])
        for name, text in written(example).items()
        if name == language
    ]
    assert len(samples) > 20
    for text in samples:
        # That lexer takes names after a point for keywords.
        assert coloured(text, language) == re.sub(r"\.<b>(\w+)</b>", r".\1", by_lexer(text, language))


# In the shell, a quote within a string is written as the end of one and the start of another.
def test_a_sample_is_coloured_as_it_was_before_the_id_was_filled_in() -> None:
    for _, example in every_example(HOSTILE_IDS):
        for sample in (sample for sample in example.code.samples if sample.language != "bash"):
            whole = coloured(example.text(sample.text), sample.language)
            assert unescape(example.html(sample.html)) == unescape(whole)
