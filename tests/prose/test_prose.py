"""Prose: what untrusted Markdown becomes in both editions, its words, and how one converter serves them all."""

from __future__ import annotations

import re
import threading
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from generator.prose import Prose, ProseError
from generator.prose.convert import Converter
from tests.renderings import commonmark, read_html

PROSE = Prose()

# Markdown as written, safe HTML, safe Markdown.
MEANT = {
    "plain": ("A fast & cheap model.", "<p>A fast &amp; cheap model.</p>", "A fast & cheap model."),
    "paragraphs": ("One\ntwo.\n\n\nThree.", "<p>One\ntwo.</p>\n<p>Three.</p>", "One two.\n\nThree."),
    "nothing": (" \n", "", ""),
    "headings": (
        "# Über *uns*\n\nText\n\n## F #\n\nSet\n===\n\n#### Deep",
        (
            '<h3 id="text-über-uns">Über <em>uns</em></h3>\n<p>Text</p>\n<h4 id="text-f">F</h4>\n'
            '<h3 id="text-set">Set</h3>\n<h6 id="text-deep">Deep</h6>'
        ),
        "### Über *uns*\n\nText\n\n#### F\n\n### Set\n\n###### Deep",
    ),
    "a heading that ends in #": ("# C\\#", '<h3 id="text-c">C#</h3>', "### C\\#"),
    "a heading that ends in # after a mark": (
        "# `a` #\\\\\\#",
        '<h3 id="text-a"><code>a</code> #\\#</h3>',
        "### `a` #\\\\\\#",
    ),
    "equal headings": (
        "# a\n\n# a\n\n# a 2\n\n# !",
        '<h3 id="text-a">a</h3>\n<h3 id="text-a-2">a</h3>\n<h3 id="text-a-2-2">a 2</h3>\n<h3 id="text-section">!</h3>',
        "### a\n\n### a\n\n### a 2\n\n### !",
    ),
    "emphasis": (
        "**bold** *em* _em_ ***both*** ~~old~~ a*b*c snake_case 5 * 3",
        (
            "<p><strong>bold</strong> <em>em</em> <em>em</em> <strong><em>both</em></strong> <del>old</del>"
            " a<em>b</em>c"
            " snake_case 5 * 3</p>"
        ),
        "**bold** *em* *em* ***both*** ~~old~~ a*b*c snake_case 5 * 3",
    ),
    "emphasis that GitHub would not see": (
        "**Note:**text *a***b**",
        "<p><strong>Note:</strong>text <em>a</em><strong>b</strong></p>",
        "<strong>Note:</strong>text <em>a</em><strong>b</strong>",
    ),
    "links": (
        (
            '[a](https://a.example/x_y(z) "t") [b](<../b c.md>) [c][r] [r] [in](#x) <https://d.example>'
            " <me@e.example>\n\n"
            "[r]: https://r.example 'title'"
        ),
        (
            '<p><a href="https://a.example/x_y(z)" rel="noopener noreferrer">a</a> <a href="../b c.md">b</a>'
            ' <a href="https://r.example" rel="noopener noreferrer">c</a>'
            ' <a href="https://r.example" rel="noopener noreferrer">r</a> <a href="#x">in</a>'
            ' <a href="https://d.example" rel="noopener noreferrer">https://d.example</a>'
            ' <a href="mailto:me@e.example">me@e.example</a></p>'
        ),
        (
            "[a](https://a.example/x_y%28z%29) [b](../b%20c.md) [c](https://r.example) [r](https://r.example) [in](#x)"
            " <https://d.example> [me@e.example](mailto:me@e.example)"
        ),
    ),
    "bare addresses": (
        "See https://a.example/x_y. Or (https://b.example/?c=1&d=2), not www.c.example.",
        (
            '<p>See <a href="https://a.example/x_y" rel="noopener noreferrer">https://a.example/x_y</a>.'
            ' Or (<a href="https://b.example/?c=1&amp;d=2" rel="noopener'
            ' noreferrer">https://b.example/?c=1&amp;d=2</a>),'
            " not www.c.example.</p>"
        ),
        (
            "See <https://a.example/x_y>. Or"
            " ([https&#58;//b.example/?c=1&d=2](https://b.example/?c=1&d=2)), not www&#46;c.example."
        ),
    ),
    "addresses within links": (
        "[see https://a.example](b.md) [c <https://d.example>](e.md)",
        (
            '<p><a href="b.md">see https://a.example</a> <a href="e.md">c </a>'
            '<a href="https://d.example" rel="noopener noreferrer">https://d.example</a></p>'
        ),
        "[see https&#58;//a.example](b.md) [c](e.md) <https://d.example>",
    ),
    "links to headings": (
        "# Set up\n\n[go](#set-up)",
        '<h3 id="text-set-up">Set up</h3>\n<p><a href="#text-set-up">go</a></p>',
        "### Set up\n\n[go](#set-up)",
    ),
    "pictures": (
        (
            "![own](a/b.png) wow! ![other](https://x.example/p.png) ![](http://x.example/q)"
            " [![badge](https://b.example)](c.md)"
        ),
        (
            '<p><img alt="own" src="a/b.png"> wow! <a href="https://x.example/p.png" rel="noopener'
            ' noreferrer">other</a>'
            ' <a href="http://x.example/q" rel="noopener noreferrer">http://x.example/q</a> <a'
            ' href="c.md">badge</a></p>'
        ),
        "![own](a/b.png) wow! [other](https://x.example/p.png) <http://x.example/q> [badge](c.md)",
    ),
    "code": (
        "`a < b` `` c`d `` and\n\n    indented <b>\n\n```python\nx = '<'\n\n\treturn\n```",
        (
            "<p><code>a &lt; b</code> <code>c`d</code> and</p>\n<pre><code>indented &lt;b&gt;\n</code></pre>\n"
            '<pre><code class="language-python">x = <span class="s">\'&lt;\'</span>\n\n'
            '\t<span class="k">return</span>\n'
            "</code></pre>"
        ),
        "`a < b` ``c`d`` and\n\n```\nindented <b>\n```\n\n```python\nx = '<'\n\n\treturn\n```",
    ),
    "fences": (
        "~~~\n```\n~~~\n\n````sh title=x\n```\n````\n\n```nosuch\nopen",
        (
            '<pre><code>```\n</code></pre>\n<pre><code class="language-sh"><span class="s">```</span>\n'
            "</code></pre>\n<pre><code>open\n</code></pre>"
        ),
        "````\n```\n````\n\n````sh\n```\n````\n\n```\nopen\n```",
    ),
    "code that would act before Markdown does": (
        "`{{ x }}`\n\n```\n{{< y >}}\n  z\n```",
        "<p><code>{{ x }}</code></p>\n<pre><code>{{&lt; y &gt;}}\n  z\n</code></pre>",
        "<code>&#123;&#123; x }}</code>\n\n<pre><code>&#123;&#123;&#60; y &#62;&#125;&#125;&#10;  z</code></pre>",
    ),
    "lists": (
        "Intro:\n- a\n- b\n  - c\n    more\n    1. d\n- e",
        (
            "<p>Intro:</p>\n<ul>\n<li>a</li>\n<li>b<ul>\n<li>c\n    more<ol>\n<li>d</li>\n</ol>\n</li>\n"
            "</ul>\n</li>\n<li>e</li>\n</ul>"
        ),
        "Intro:\n\n-   a\n-   b\n    -   c more\n        1.  d\n-   e",
    ),
    "a list of paragraphs and code": (
        "3. a\n\n   b\n\n   ```sh\n   pip install c\n   ```\n4. d\n\n   ```\n   <e>\n   ```",
        (
            '<ol start="3">\n<li>\n<p>a</p>\n<p>b</p>\n<pre><code class="language-sh">pip install c\n'
            "</code></pre>\n</li>\n"
            "<li>\n<p>d</p>\n<pre><code>&lt;e&gt;\n</code></pre>\n</li>\n</ol>"
        ),
        "3.  a\n\n    b\n\n    ```sh\n    pip install c\n    ```\n\n4.  d\n\n    <pre><code>&#60;e&#62;</code></pre>",
    ),
    "quotes": (
        "> a\n> b\n>\n> - c\n\nd",
        "<blockquote>\n<p>a\nb</p>\n<ul>\n<li>c</li>\n</ul>\n</blockquote>\n<p>d</p>",
        "> a b\n>\n> -   c\n\nd",
    ),
    "tables": (
        "| a | b | c | d |\n|---|:--|:-:|--:|\n| 1 | `x\\|y` | **z** | 2<br>3 |\n| | p \\| q |",
        (
            '<table>\n<thead>\n<tr>\n<th>a</th>\n<th align="left">b</th>\n<th align="center">c</th>\n'
            '<th align="right">d</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1</td>\n'
            '<td align="left"><code>x\\|y</code></td>\n<td align="center"><strong>z</strong></td>\n'
            '<td align="right">2<br>\n3</td>\n</tr>\n<tr>\n<td></td>\n<td align="left">p | q</td>\n'
            '<td align="center"></td>\n<td align="right"></td>\n</tr>\n</tbody>\n</table>'
        ),
        (
            "| a | b | c | d |\n| --- | :--- | :---: | ---: |\n| 1 | <code>x\\\\\\|y</code> | **z** | 2<br> 3 |\n"
            "|  | p \\| q |  |  |"
        ),
    ),
    "definitions": (
        "Term\n:   one\n:   two",
        "<dl>\n<dt>Term</dt>\n<dd>one</dd>\n<dd>two</dd>\n</dl>",
        "-   **Term**\n\n    one\n\n    two",
    ),
    "admonitions": (
        '!!! warning "Mind *this*"\n    a\n\n!!! own\n    b',
        (
            '<div class="admonition warning">\n<p class="admonition-title">Mind <em>this</em></p>\n<p>a</p>\n</div>\n'
            '<div class="admonition">\n<p class="admonition-title">Own</p>\n<p>b</p>\n</div>'
        ),
        "> **Mind *this***\n>\n> a\n\n> **Own**\n>\n> b",
    ),
    "footnotes": (
        "a[^n] b\n\n[^n]: Note *n*.",
        (
            '<p>a<sup id="text-fnref-n"><a class="footnote-ref" href="#text-fn-n">1</a></sup> b</p>\n'
            '<div class="footnote">\n<hr>\n'
            '<ol>\n<li id="text-fn-n">\n'
            '<p>Note <em>n</em>.&nbsp;<a class="footnote-backref" href="#text-fnref-n">↩</a></p>\n'
            "</li>\n</ol>\n</div>"
        ),
        "a<sup>\\[1\\]</sup> b\n\n***\n\n1.  Note *n*.",
    ),
    "rules": ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>", "a\n\n***\n\nb"),
    "plain tags": (
        "H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <ins>i</ins> <del>d</del> <mark>m</mark> a<br/>b <sub><b></sub>",
        (
            "<p>H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <ins>i</ins> <del>d</del> <mark>m</mark> a<br>\nb"
            " &lt;sub&gt;&lt;b&gt;&lt;/sub&gt;</p>"
        ),
        (
            "H<sub>2</sub>O x<sup>2</sup> <kbd>Ctrl</kbd> <ins>i</ins> ~~d~~ <mark>m</mark> a<br> b"
            " &lt;sub>&lt;b>&lt;/sub>"
        ),
    ),
    "comments": (
        "a <!-- b --> c\n\n<!-- d\n\ne -->\nf",
        "<p>a  c</p>\n<p>f</p>",
        "a c\n\nf",
    ),
    "raw HTML is text": (
        "<div>a</div> <b>b</b>",
        "<p>&lt;div&gt;a&lt;/div&gt; &lt;b&gt;b&lt;/b&gt;</p>",
        "&lt;div>a&lt;/div> &lt;b>b&lt;/b>",
    ),
    "characters": (
        "AT&T &copy; &lt;b&gt; \\*x\\* $5 {: .x }\r\nnext\x00",
        "<p>AT&amp;T © &lt;b&gt; *x* $5 {: .x }\nnext\ufffd</p>",
        "AT&T © &lt;b> \\*x\\* $5 &#123;: .x } next\ufffd",
    ),
    "a picture is not made of text before a link": (
        "wow\\![x](y.md)",
        '<p>wow!<a href="y.md">x</a></p>',
        "wow\\![x](y.md)",
    ),
}


# Where nothing but code is marked, and where what looks so is something else.
CODE = {
    "`a`": "<code>a</code>",
    "`a` ": "<code>a</code>",
    "x `a` y `b`.": "x <code>a</code> y <code>b</code>.",
    "`a``b`": "<code>a``b</code>",
    "``a`b`` c": "<code>a`b</code> c",
    "`a` b` c": "<code>a</code> b` c",
    "` ` and `a`": "<code></code> and <code>a</code>",
    "\\`a` b`": "`a<code>b</code>",
    "`a` *b* `*c*`": "<code>a</code> <em>b</em> <code>*c*</code>",
    "`a&lt;b` & `<c>`": "<code>a&amp;lt;b</code> &amp; <code>&lt;c&gt;</code>",
    "`a`\n`b`": "<code>a</code>\n<code>b</code>",
}


@pytest.mark.parametrize(("text", "html"), CODE.items())
def test_code_spans(text: str, html: str) -> None:
    assert Prose().html(text) == f"<p>{html}</p>"


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("a | b", ["a", "b"]),
        ("`a` | b `c`", ["<code>a</code>", "b <code>c</code>"]),
        ("`a|b` | c", ["<code>a|b</code>", "c"]),
        ("``a|`b`` | c", ["<code>a|`b</code>", "c"]),
        ("a \\| b | c", ["a | b", "c"]),
        ("a` | b", ["a`", "b"]),
    ],
)
def test_pipes_within_code_cut_no_row(row: str, cells: list[str]) -> None:
    html = Prose().html(f"| h | i |\n|---|---|\n| {row} |")
    assert re.findall("<td>(.*?)</td>", html) == cells


@pytest.mark.parametrize(("text", "html", "markdown"), MEANT.values(), ids=MEANT)
def test_both_editions(text: str, html: str, markdown: str) -> None:
    assert PROSE.html(text) == html
    assert PROSE.markdown(text) == markdown


@pytest.mark.parametrize(("_text", "html", "markdown"), MEANT.values(), ids=MEANT)
def test_markdown_says_to_others_what_html_says(_text: str, html: str, markdown: str) -> None:
    marks = re.compile(r"[\s↩\[\]]+")  # of footnotes
    assert marks.sub("", commonmark(markdown).text) == marks.sub("", read_html(html).text)


@pytest.mark.parametrize("text", ["# x\n\n- y", "plain"])
def test_the_results_are_markup(text: str) -> None:
    assert isinstance(PROSE.html(text), Markup)
    assert isinstance(PROSE.markdown(text), Markup)
    assert isinstance(PROSE.inline(text), Markup)


@pytest.mark.parametrize(("level", "tags"), [(1, "h1 h2 h6"), (2, "h2 h3 h6"), (4, "h4 h5 h6")])
def test_headings_start_at_the_level_asked_for(level: int, tags: str) -> None:
    prose = Prose(heading_level=level)
    text = "# a\n\n## b\n\n###### c"
    assert [node.tag for node in read_html(prose.html(text)).elements] == tags.split()
    assert [node.tag for node in commonmark(prose.markdown(text)).elements] == tags.split()


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* `c`", "A <em>b</em> <code>c</code>"),
        ("AT&T <x>", "AT&amp;T &lt;x&gt;"),
        ("a\n\nb <c>", "a b &lt;c&gt;"),
        ("- a\n- *b*", "a b"),
        ("# Title", "Title"),
        ("", ""),
    ],
)
def test_inline(text: str, html: str) -> None:
    assert PROSE.inline(text) == html


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("One\ntwo", "One two"),
        (
            "# A *b*\n\n[c](https://d.example) ![e](f.png)\n\n- g\n- h\n\n| i | j |\n|---|---|\n| k | l |",
            "A b c e g h i j k l",
        ),
        ("a[^1]<br>`b`\n\n```\nc\n```\n\n[^1]: d", "a b c d"),
        ("&lt;b&gt; & \\*", "<b> & *"),
        ("", ""),
    ],
)
def test_plain(text: str, words: str) -> None:
    assert PROSE.plain(text) == words


@pytest.mark.parametrize(
    ("text", "length", "sentence"),
    [
        ("A model. It is fast.", 160, "A model."),
        ("GPT-4.1 is a model", 160, "GPT-4.1 is a model"),
        ("Made by OpenAI Inc. It runs.", 160, "Made by OpenAI Inc. It runs."),
        ("Fast, e.g. GPT-4o vs. Claude. Yes.", 160, "Fast, e.g. GPT-4o vs. Claude."),
        ("The U.S. A. Smith model (really!). Next", 160, "The U.S. A. Smith model (really!)."),
        ("Is it? Yes.", 160, "Is it?"),
        ('He said "stop." Then left.', 160, 'He said "stop."'),
        ("模型。很快。", 160, "模型。"),
        ("Version 1.5 of it. ok then", 160, "Version 1.5 of it. ok then"),
        ("# Title\n\n- list\n\nThe *first* [paragraph](x.md). More.", 160, "The first paragraph."),
        ("# Only a title", 160, "Only a title"),
        ("one two three four", 11, "one two…"),
        ("one two, three", 9, "one two…"),
        ("one two three", 13, "one two three"),
        ("abcdefghij", 5, "abcd…"),
        ("", 160, ""),
    ],
)
def test_sentence(text: str, length: int, sentence: str) -> None:
    assert PROSE.sentence(text, length=length) == sentence
    assert len(PROSE.sentence(text, length=length)) <= length


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(["a", "Bc, d", ".", "\n", "\n\n", " ", "&", "&x", "$5", "1", "- ", ">", "é", '"', "(x)"])
    ).map("".join)
)
def test_texts_without_markup_need_no_converter(text: str) -> None:
    slow = Converter(heading_level=3, seconds=5).html(text)
    blank = re.compile(r"\s*(</p>)|\s+")
    assert blank.sub(r"\1 ", str(PROSE.html(text))) == blank.sub(r"\1 ", slow)


def test_a_text_is_converted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    converted: list[str] = []
    convert = Converter.html

    def counted(self: Converter, text: str) -> str:
        converted.append(text)
        return convert(self, text)

    monkeypatch.setattr(Converter, "html", counted)
    prose = Prose()
    for _ in range(2):
        prose.html("*a*")
        prose.markdown("*a*")
        prose.plain("*a*")
        prose.sentence("*a*")
        prose.html("plain")
    assert converted == ["*a*"]


def test_a_converter_that_was_interrupted_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[Converter] = []
    convert = Converter.html

    def interrupted_first(self: Converter, text: str) -> str:
        used.append(self)
        if len(used) == 1:
            raise ProseError("interrupted")
        return convert(self, text)

    monkeypatch.setattr(Converter, "html", interrupted_first)
    prose = Prose()
    with pytest.raises(ProseError, match="interrupted"):
        prose.html("*a*")
    assert [prose.html("*a*"), prose.html("*b*")] == ["<p><em>a</em></p>", "<p><em>b</em></p>"]
    assert used[0] is not used[1]
    assert used[1] is used[2]


def test_threads_may_share_it(monkeypatch: pytest.MonkeyPatch) -> None:
    at_work: list[str] = []
    crowds: list[list[str]] = []
    slow = Converter.html

    def watched(self: Converter, text: str) -> str:
        at_work.append(text)
        time.sleep(0.002)
        crowds.extend([[*at_work]] if len(at_work) > 1 else [])
        at_work.remove(text)
        return slow(self, text)

    monkeypatch.setattr(Converter, "html", watched)
    prose = Prose()
    found: dict[int, str] = {}

    def convert(number: int) -> None:
        found[number] = prose.html(f"*a{number}*\n\n- `b`\n\n[^1] c\n\n[^1]: d")

    threads = [threading.Thread(target=convert, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(8)] == [
        Prose().html(f"*a{number}*\n\n- `b`\n\n[^1] c\n\n[^1]: d") for number in range(8)
    ]
    assert crowds == []


@settings(max_examples=20)
@given(st.permutations(["# a\n\n[x]\n\n[x]: y", "# a\n\n[x]", "a[^1]\n\n[^1]: b", "[^1]"]))
def test_one_text_does_not_change_the_next(texts: list[str]) -> None:
    prose = Prose()
    assume(texts)
    assert [prose.html(text) for text in texts] == [Prose().html(text) for text in texts]
