"""Escaping: what is defused and what stays readable, and that two renderers show exactly the text."""

from __future__ import annotations

import json
from html import unescape
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment, StrictUndefined, UndefinedError
from markupsafe import Markup

from generator.escape import code, escape_html, escape_part, escape_text, link_kind, link_target, one_line, yaml_string
from tests.renderings import RENDERERS

if TYPE_CHECKING:
    from tests.renderings import Node

READABLE = [
    "gpt-4.1",
    "o4-mini (high)",
    "GPT-4o",
    "claude-3.5",
    "3.5 Sonnet",
    "Llama 3.1 405B Instruct, free & open",
    "AT&T and R&D",
    "$0.075",
    "$0.15 / $0.60",
    "128,000",
    "-5",
    "+1 %",
    "A_B",
    "snake_case_name",
    "5 * 3",
    "about ~5 GB",
    "a/b",
    "a: b",
    "a = b; a > b",
    "Wow!",
    "100% #1",
    "C:\\new",
    'don\'t "quote" (me)',
    "user@host",
    "a - b + c",
    "12:30:45",
    "deepseek-ai/DeepSeek-R1",
    "日本語のモデル é ß",
]

ESCAPED = [
    ("<b>", "&lt;b>"),
    ("a < b", "a &lt; b"),
    ("&lt;", "&amp;lt;"),
    ("&#60;", "&amp;#60;"),
    ("&amp x", "&amp x"),
    ("Llama [beta]", "Llama \\[beta\\]"),
    ("![x](y)", "!\\[x\\](y)"),
    ("[^1]", "\\[^1\\]"),
    ("`x`", "\\`x\\`"),
    ("*x*", "\\*x\\*"),
    ("5 *3", "5 \\*3"),
    ("* a", "\\* a"),
    ("_x_", "\\_x\\_"),
    ("a__b", "a\\_\\_b"),
    ("a|b", "a\\|b"),
    ("\\*", "\\\\\\*"),
    ("\\<", "\\\\&lt;"),
    ("C:\\", "C:\\\\"),
    ("{: onclick=x }", "&#123;: onclick=x }"),
    ("{{< figure >}}", "&#123;&#123;&lt; figure >}}"),
    ("{% include x %}", "&#123;% include x %}"),
    ("~~x~~", "&#126;&#126;x&#126;&#126;"),
    ("~5 GB", "&#126;5 GB"),
    ("$x$", "&#36;x&#36;"),
    ("US$ 5", "US&#36; 5"),
    ("https://evil.example", "https&#58;//evil.example"),
    ("see www.evil.example", "see www&#46;evil.example"),
    ("# x", "\\# x"),
    ("#x", "\\#x"),
    ("C#", "C\\#"),
    ("F##", "F#\\#"),
    ("- x", "\\- x"),
    ("---", "\\---"),
    ("-- -", "\\-- -"),
    ("-:", "\\-:"),
    ("+ x", "\\+ x"),
    ("+++", "\\+++"),
    ("> x", "\\> x"),
    ("1. x", "1\\. x"),
    ("12) x", "12\\) x"),
    ("2.", "2\\."),
    ("\u0661. x", "\u0661\\. x"),
    ("===", "&#61;=="),
    (": x", "&#58; x"),
    ("::: module", "&#58;:: module"),
    ("!!! note", "\\!!! note"),
    ("??? note", "&#63;?? note"),
    ("/// note", "&#47;// note"),
    ("~~~", "&#126;&#126;&#126;"),
    ("    code", " code"),
    ("  # x", " \\# x"),
    ("a\nb", "a b"),
    ("a\n# b\n\n- c", "a # b - c"),
    ("a \t\r\n\u2028\u00a0 b", "a b"),
    ("tab\t", "tab "),
    (", ", ", "),
    (" ", " "),
    ("", ""),
    ("a\x00b\x02\x7f\x9f\ud800", "a\ufffdb\ufffd\ufffd\ufffd\ufffd"),
]


@pytest.mark.parametrize("text", READABLE)
def test_what_cannot_act_stays_as_it_is(text: str) -> None:
    assert escape_text(text) == text


@pytest.mark.parametrize(("text", "markdown"), ESCAPED)
def test_what_can_act_is_defused(text: str, markdown: str) -> None:
    assert escape_text(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("- x", "- x"),
        ("# x", "# x"),
        (": 1. x", ": 1. x"),
        ("C#", "C#"),
        (" a  b ", " a b "),
        ("*", "\\*"),
        ("&lt;`", "&amp;lt;\\`"),
        ("\\", "\\\\"),
    ],
)
def test_a_part_of_a_line_starts_no_block(text: str, markdown: str) -> None:
    assert escape_part(text) == markdown


@pytest.mark.parametrize(
    ("value", "markdown"), [(Markup("**x**"), "**x**"), (4.5, "4.5"), (None, "None"), (["a_"], "\\['a\\_'\\]")]
)
def test_only_markup_is_left_alone(value: object, markdown: str) -> None:
    assert escape_text(value) == markdown
    assert isinstance(escape_text(value), Markup)


def test_an_object_with_html_of_its_own_is_no_markdown() -> None:
    class Page:
        def __html__(self) -> str:
            return "<b>"

        def __str__(self) -> str:
            return "*page*"

    assert escape_text(Page()) == "\\*page\\*"


def test_a_template_escapes_every_value() -> None:
    environment = Environment(autoescape=True, finalize=escape_text, undefined=StrictUndefined)
    template = environment.from_string(
        "{% macro bold(x) %}**{{ x }}**{% endmacro %}# {{ name }}\n"
        "{% for x in names %}{{ bold(x) }}{{ ', ' if not loop.last }}{% endfor %} `{{ raw }}`"
    )
    assert template.render(name="# <x>", names=["a_", "b|"], raw=Markup("<")) == "# \\# &lt;x>\n**a\\_**, **b\\|** `<`"
    with pytest.raises(UndefinedError, match="'name' is undefined"):
        template.render(names=[], raw="")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("gpt-4.1", "`gpt-4.1`"),
        ("a|b", "<code>a\\|b</code>"),
        ("|<b>|", "<code>\\|&lt;b>\\|</code>"),
        ("<b> & *c* [d] \\", "`<b> & *c* [d] \\`"),
        (" a \n b ", "`a b`"),
        ("a`b", "``a`b``"),
        ("`", "`` ` ``"),
        ("`a", "`` `a ``"),
        ("``", "<code>\\`\\`</code>"),
        ("{{ x }}", "<code>&#123;&#123; x }}</code>"),
        ("{% x %}", "<code>&#123;% x %}</code>"),
        ("--8<-- x", "<code>--8&lt;-- x</code>"),
        ("a\x02", "`a\ufffd`"),
        ("", ""),
        (" \n", ""),
    ],
)
def test_code_holds_any_text(text: str, markdown: str) -> None:
    assert code(text) == markdown


@pytest.mark.parametrize(
    ("url", "kind", "target"),
    [
        ("https://a.example/x?y=1&z=2#w", "web", "https://a.example/x?y=1&z=2#w"),
        ("HTTP://a.example", "web", "HTTP://a.example"),
        ("https://a.example:8080/é", "web", "https://a.example:8080/é"),
        ("https://a/b c(d)<e>", "web", "https://a/b%20c%28d%29%3Ce%3E"),
        ("https://a/?x=1&lt;=2", "web", "https://a/?x=1&amp;lt;=2"),
        ("https://a/|`{}[]\"'", "web", "https://a/%7C%60%7B%7D%5B%5D%22%27"),
        ("https://a/\u00a0\u2028", "web", "https://a/%C2%A0%E2%80%A8"),
        ("mailto:me@a.example", "mail", "mailto:me@a.example"),
        ("../a/README.md#prices", "local", "../a/README.md#prices"),
        ("#x", "local", "#x"),
        ("a%20b.md", "local", "a%20b.md"),
        ("", "", ""),
        ("javascript:alert(1)", "", "javascript%3Aalert%281%29"),
        ("JaVaScRiPt:x", "", "JaVaScRiPt%3Ax"),
        ("java\tscript:x", "", "java%09script%3Ax"),
        (" javascript:x", "", "%20javascript%3Ax"),
        ("\x01javascript:x", "", "%01javascript%3Ax"),
        ("data:text/html,x", "", "data%3Atext/html,x"),
        ("file:///etc/passwd", "", "file%3A/%2F/etc/passwd"),
        ("//evil.example/x", "", "/%2Fevil.example/x"),
        ("\\\\evil.example", "", "%5C%5Cevil.example"),
        ("/\\evil.example", "", "/%5Cevil.example"),
        ("https://user@evil.example/", "", "https%3A/%2Fuser@evil.example/"),
        ("https://a.example\\@evil.example", "", "https%3A/%2Fa.example%5C@evil.example"),
        ("http:evil.example", "", "http%3Aevil.example"),
        ("https://", "", "https%3A/%2F"),
        ("mailto:x", "", "mailto%3Ax"),
        ("mailto:a@b.c?subject=x", "mail", "mailto:a@b.c?subject=x"),
        ("mailto:a@b.c,d@e.f", "", "mailto%3Aa@b.c,d@e.f"),
    ],
)
def test_links_lead_to_the_web_a_mailbox_or_this_site(url: str, kind: str, target: str) -> None:
    assert (link_kind(url), link_target(url)) == (kind, target)


@pytest.mark.parametrize(
    ("value", "scalar"),
    [
        ("a", '"a"'),
        ('say "no"\\', '"say \\"no\\"\\\\"'),
        ("---\n: # {{ x }}", '"---\\n: # {{ x }}"'),
        ("é 日 😀", '"é 日 😀"'),
        ("\u2028\x85\x7f\ufeff\u202e", '"\\u2028\\u0085\\u007f\\ufeff\\u202e"'),
        ("\ud800", '"\\ufffd"'),
        (4.10, '"4.1"'),
    ],
)
def test_yaml_values_are_quoted(value: object, scalar: str) -> None:
    assert yaml_string(value) == scalar
    assert isinstance(yaml_string(value), Markup)


# Properties: texts of all characters, of the characters that act, and of the marks they act in.

MARKS = [
    *(
        "https://",
        "www.x.y",
        "&lt;",
        "&#60;",
        "```",
        "~~~",
        "    ",
        "- ",
        "1. ",
        "1) ",
        "# ",
        "> ",
        "---",
        "===",
        "***",
    ),
    *("| a |", "[x](y)", "![x](y)", "[^1]", "[^1]: a", "[a]: b", "*[a]: b", ": a", "!!! note", "{: onclick=x}"),
    *("{{< a >}}", "{% a %}", "<script>", "<!--", "-->", "<?x", "<![CDATA[", "]]>", '"', "\\", "\\\\", "`", "``"),
    *("\n", "**", "__", "~~", "==", "$$", "::: x", "-:", "a", "B", " "),
]
TEXTS = st.one_of(
    st.text("\\`*_[]()<>&;#|{}~$=:/!?.-+@'\"^%1a b\n\t\x02\u00a0ÄÉ\uff11w", max_size=30),
    st.lists(st.sampled_from(MARKS), max_size=8).map("".join),
    st.text(max_size=20),
)

IN_TEXT = """# {0}

{0}

above
{0}
below

- {0}
- second

> {0}

see [{0}](u.md) end

| head | {0} |
| --- | --- |
| {0} | last |

1. {0}
"""
IN_CODE = """{0} end

- {0}

see [{0}](u.md) end

| head | {0} |
| --- | --- |
| {0} | last |
"""

WORD = "Wort"


def shape(tree: Node, text: str) -> list[tuple[str, str]]:
    """Return each element with its words, `text` in place of the word that the template was filled with."""
    return [(node.tag, " ".join(node.text.split()).replace(WORD, text)) for node in tree.elements]


@settings(max_examples=150)
@given(TEXTS)
def test_escaped_text_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    shown = one_line(text)
    assume(shown)
    for render in RENDERERS:
        written = render(IN_TEXT.format(escape_text(text)))
        assert shape(written, shown) == shape(render(IN_TEXT.format(WORD)), shown)
        assert [link.attributes for link in written.all("a")] == [{"href": "u.md"}]


@settings(max_examples=200)
@given(TEXTS)
def test_code_is_shown_as_it_is_wherever_it_stands(text: str) -> None:
    shown = one_line(text)
    assume(shown)
    for render in RENDERERS:
        assert shape(render(IN_CODE.format(code(text))), shown) == shape(render(IN_CODE.format(f"`{WORD}`")), shown)


@settings(max_examples=100)
@given(TEXTS)
def test_a_target_stays_in_its_link(text: str) -> None:
    for render in RENDERERS:
        tree = render(f"see [x]({link_target('https://a.example/' + text)}) end")
        assert [node.tag for node in tree.elements] == ["p", "a"]
        assert " ".join(tree.text.split()) == "see x end"


@settings(max_examples=200)
@given(st.text())
def test_a_yaml_value_is_read_back(text: str) -> None:
    assert yaml.safe_load(yaml_string(text)) == text
    assert json.loads(yaml_string(text)) == text


@given(st.text())
@example("1 → 2 — ✓ · 3…")
def test_html_says_the_same_text_and_writes_our_own_signs_in_ascii(text: str) -> None:
    escaped = escape_html(text)
    assert unescape(escaped) == text
    assert not set(escaped) & set("<>\"'·—…←→≠✓✗\u2007")
