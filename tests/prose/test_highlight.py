"""Highlighting: a few classes, and exactly the text of the code."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from generator.prose import highlight
from generator.prose.highlight import LANGUAGES
from tests.renderings import read_html

TOKEN_CLASSES = {"c", "k", "s", "m", "nf", "nt", "na", "nv", "gp", "go", "gd", "gi", "gh"}


@pytest.mark.parametrize(
    ("code", "language", "html"),
    [
        ("import x\n", "python", '<span class="k">import</span> x\n'),
        ("x = 1", "py", 'x = <span class="m">1</span>'),
        ("def f():", "Python", '<span class="k">def</span> <span class="nf">f</span>():'),
        ("# <b>", "python", '<span class="c"># &lt;b&gt;</span>'),
        (
            '{"a": [1, null]}',
            "json",
            '{<span class="nt">"a"</span>: [<span class="m">1</span>, <span class="k">null</span>]}',
        ),
        (
            'curl "$URL" # x',
            "bash",
            (
                'curl <span class="s">"</span><span class="nv">$URL</span><span class="s">"</span> <span'
                ' class="c"># x</span>'
            ),
        ),
        ("$ ls\nx", "console", '<span class="gp">$ </span>ls\n<span class="go">x</span>'),
        ("- a\n+ b", "diff", '<span class="gd">- a</span>\n<span class="gi">+ b</span>'),
        ("a: b", "yaml", '<span class="nt">a</span>: <span class="s">b</span>'),
        ("A: b", "text", "A: b"),
        ('<b> & "', "", '&lt;b&gt; &amp; "'),
        ("import x", "nosuch", "import x"),
        ("import x", "../python", "import x"),
        ("x" * 20_001, "python", "x" * 20_001),
        ("import x\r", "python", "import x\r"),
        ("", "python", ""),
    ],
)
def test_highlight(code: str, language: str, html: str) -> None:
    assert highlight(code, language) == html
    assert isinstance(highlight(code, language), Markup)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_highlight_keeps_the_text(language: str) -> None:
    code = "\n\na <b> = 'x' # y\n {\"k\": [1, null]}\t\n\n\n$ z"
    tree = read_html(highlight(code, language))
    assert tree.text == code
    assert {node.tag for node in tree.elements} <= {"span"}
    assert {node.attributes["class"] for node in tree.elements} <= TOKEN_CLASSES
