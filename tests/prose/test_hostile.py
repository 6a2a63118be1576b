"""Prose that wants to be more than text: in neither edition, by no renderer, does it get anywhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.prose.convert import Converter
from tests.inert import PROSE, assert_inert
from tests.renderings import read_html

# Texts that want to be more than text.

HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.example/x.js></SCRIPT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "text <img src=x onerror=alert(1)> text",
    '<img src="x" onerror="alert(1)"',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<math><mtext></mtext><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data=javascript:alert(1)></object><embed src=//e.example>",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<form action=//e.example><input name=x autofocus onfocus=alert(1)></form>",
    "<style>@import '//e.example/x.css'</style>",
    "<base href=//e.example/>",
    "<meta http-equiv=refresh content=0;url=//e.example>",
    "<link rel=stylesheet href=//e.example/x.css>",
    "<!-- <script>alert(1)</script> -->",
    "<!--> <script>alert(1)</script> -->",
    "<!-- a --!> <img src=x onerror=alert(1)> -->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php <script>alert(1)</script> ?>",
    "<!DOCTYPE html><!ELEMENT x>",
    "<sub onclick=alert(1)>x</sub> <br onclick=alert(1)>",
    "<sub><img src=x onerror=alert(1)></sub>",
    "<kbd>\n\n<script>alert(1)</script>\n\n</kbd>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](javascript&colon;alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](&#x6A;&#x61;vascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](<java\tscript:alert(1)>)",
    "[x](  javascript:alert(1))",
    "[x](\x01javascript:alert(1))",
    "[x](vbscript:x) [y](data:text/html;base64,PHNjcmlwdD4=) [z](file:///etc/passwd)",
    "[x](//e.example) [y](\\\\\\\\e.example) [z](/\\\\e.example)",
    "[x](https://bank.example@e.example/)",
    '[x](https://a.example"onmouseover="alert(1))',
    "[x](https://a.example 'title\" onmouseover=\"alert(1)')",
    '[x]( https://a.example)"onclick="alert(1)',
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[r]\n\n[r]: <data:text/html,x> 'title'",
    "[x][R]\n\n[r]:\n  javascript:alert(1)",
    "![x](javascript:alert(1))",
    "![x](https://e.example/pixel.png)",
    "![x](//e.example/pixel.png)",
    "![x][r]\n\n[r]: https://e.example/pixel.png",
    '![x" onerror="alert(1)](y.png)',
    "![<script>alert(1)</script>](&#106;avascript:x)",
    "![![x](https://e.example/p)](javascript:alert(1))",
    "[![x](javascript:alert(1))](javascript:alert(2))",
    "[a [b](javascript:alert(1)) c](javascript:alert(2))",
    "[[[[x]]]](javascript:alert(1))",
    "[x](javascript:alert(1)//(()))",
    "wow\\![x](https://e.example/p.png)",
    "!\\[x](https://e.example/p.png)",
    "<javascript:alert(1)> <javascript://%0aalert(1)> <data:x>",
    '<https://a.example/"onclick=alert(1)>',
    '<me@e.example"onclick="alert(1)>',
    "https://a.example/<script>alert(1)</script>",
    'https://a.example/"><script>alert(1)</script>',
    "a[^1]\n\n[^1]: javascript:alert(1)",
    'a[^x"onclick="alert(1)]\n\n[^x"onclick="alert(1)]: b',
    "[^1]: <script>alert(1)</script>\n\n[^1]",
    "```\n<script>alert(1)</script>",
    "```html\n<script>alert(1)</script>\n``\n",
    "~~~\n```\n<script>alert(1)</script>\n~~~\n<script>alert(2)</script>",
    "```\n</code></pre><script>alert(1)</script>\n```",
    '```js" onclick="alert(1)\nx\n```',
    "```{.js onclick=alert(1)}\nx\n```",
    "```{{< x >}}\n{{< y >}}\n```",
    "- ```\n  <script>alert(1)</script>\n  ```",
    "- a\n\n      <script>alert(1)</script>\n\n  - b\n\n        <img src=x onerror=alert(1)>",
    "> ```\n> <script>alert(1)</script>\n> ```",
    "> - > <script>alert(1)</script>",
    "    <script>alert(1)</script>",
    "\t<script>alert(1)</script>",
    "`<script>`alert(1)`</script>`",
    "``<script>alert(1)</script>`",
    "`a```<img src=x onerror=alert(1)>``",
    "`a`<!-- x -->``b`<img src=x onerror=alert(1)>``",
    "\\`<script>alert(1)</script>\\`",
    "`\\`<script>alert(1)</script>`",
    "| `a | <script>alert(1)</script> | b` |\n|---|---|---|\n| `c | d` |",
    "| a |\n|---|\n| `\\|` <script>alert(1)</script> |",
    "| a |\n|---|\n| <br> <img src=x onerror=alert(1)> |",
    "a {: onclick=alert(1) }",
    "# a {: #x onclick=alert(1) }\n\n# b {#y .z onclick=alert(1)}",
    "[x](y.md){: onclick=alert(1) }",
    "a\n{: onclick=alert(1) }",
    '{::options template="/etc/passwd" /}',
    "---\nlayout: x\n---\n\na",
    "+++\ntitle = 1\n+++",
    "***\n\n---\n\n---",
    "{{< script >}} {{% x %}} {{ site.x }} {% include_relative x %} {# y #}",
    "`{{< script >}}` `{% x %}`",
    '--8<-- "/etc/passwd"\n\n```\n--8<-- "/etc/passwd"\n```',
    "::: os.system\n\n!!! note onclick=alert(1)\n    <script>alert(1)</script>",
    '!!! note "<script>alert(1)</script>"\n    a',
    '!!! x" onclick="alert(1)\n    a',
    "Term <script>\n:   <img src=x onerror=alert(1)>",
    '# <script>alert(1)</script>\n\n# " onclick="alert(1)',
    "# constructor\n\n# __proto__\n\n# \u202e",
    "*[HTML]: <script>alert(1)</script>\n\nHTML",
    "&lt;script&gt;alert(1)&lt;/script&gt; &#60;img src=x onerror=alert(1)&#62;",
    "&amp;lt;script&amp;gt; &amp;#60;script>",
    "\x02wzxhzdk:0\x03 \x02klzzwxh:0000\x03 \x0260\x03script>",
    "```\n<b>\n```\n\n[x](\x02wzxhzdk:0\x03) `\x02wzxhzdk:0\x03`",
    "\u003cscript\u003e \uff1cscript\uff1e",
    "<scr\x00ipt>alert(1)</scr\x00ipt> <scr\ud800ipt>",
    "<a\n\nhref='javascript:alert(1)'>x</a>",
    "*<img src=x onerror=alert(1)>* **<svg/onload=alert(1)>** ~~<script>~~",
    "~~[x](javascript:alert(1))~~ **[x](javascript:alert(1)**)",
    "a  \n<script>alert(1)</script>",
    "1. a\n\n<script>alert(1)</script>\n\n2. b",
    "[x]:<script>alert(1)</script>\n[y]: a\n<script>alert(1)</script>",
    "<pre><code>&lt;/code></pre><script>alert(1)</script>",
    (
        '<textarea><script>alert(1)</script></textarea> <title></title> <noscript><p title="</noscript><img'
        ' src=x onerror=alert(1)>">'
    ),
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_inert(text: str) -> None:
    assert_inert(text)


@pytest.mark.parametrize(
    "around", ["- {}", "> {}", "# {}", "**{}**", "| {} |\n|---|\n| {} |", "[{}](x.md)", "!!! note\n    {}"]
)
def test_hostile_texts_are_inert_wherever_they_stand(around: str) -> None:
    for text in HOSTILE:
        assert_inert(around.replace("{}", text.replace("\n", "\n    ")))


@pytest.mark.parametrize(
    ("html", "cleaned"),
    [
        ('<a href="javascript:x">a</a>', "<a>a</a>"),
        ('<a href="//e.example">a</a>', "<a>a</a>"),
        ('<a href="https://u@e.example" rel="opener">a</a>', "<a>a</a>"),
        ('<a href="https://e.example" rel="noopener noreferrer">a</a>',) * 2,
        ('<img src="https://e.example/p" alt="a">', '<img alt="a">'),
        ('<img src="/\\e.example/p" srcset="x 2x" onerror="x">', "<img>"),
        ('<td align="x" style="y">', ""),
        ('<table><tr><td align="right" style="y">', '<table><tbody><tr><td align="right"></td></tr></tbody></table>'),
        ('<p class="admonition-title x" id="y" title="z">a', '<p class="admonition-title">a</p>'),
        ('<code class="language-python language-x">', '<code class="language-python"></code>'),
        ("<script>a</script><style>b</style><b>c</b><span>d</span><!-- e -->", "cd"),
    ],
)
def test_the_cleaner_has_the_last_word(html: str, cleaned: str) -> None:
    assert Converter(heading_level=3, seconds=5)._cleaner.clean(html) == cleaned


def test_ids_are_apart_from_those_of_the_page() -> None:
    html = PROSE.html("# constructor\n\n# Search\n\na[^1]\n\n[^1]: b")
    found = [node.attributes["id"] for node in read_html(html).elements if "id" in node.attributes]
    assert found == ["text-constructor", "text-search", "text-fnref-1", "text-fn-1"]


PIECES = [
    *("https://", "http://e.x/", "www.x.y", "&lt;", "&#60;", "&#x6a;", "```", "````", "~~~", "```html\n", "\n```\n"),
    *(
        "\n~~~\n",
        "    ",
        "  ",
        "\t",
        "- ",
        "* ",
        "1. ",
        "# ",
        "> ",
        "---",
        "===",
        "***",
        "\n| a | b |\n| - | - |\n",
        "|",
    ),
    *(
        "[x](y)",
        "[x](javascript:1)",
        "![x](y)",
        "![x](http://e/p)",
        "[",
        "]",
        "](",
        "![",
        ")",
        "(",
        "[^1]",
        "\n[^1]: a",
    ),
    *(
        "{: onclick=x}",
        "{{< a >}}",
        "{% a %}",
        "{{",
        "<script>",
        "</script>",
        "<img src=x onerror=1>",
        "<svg onload=1>",
    ),
    *("<!--", "-->", "<?x", "?>", "]]>", "<![CDATA[", "<a href=javascript:1>", "\n[a]: javascript:1\n", "[a]"),
    *(
        "\n[b]: <data:x>\n",
        "[b]",
        "\n: a",
        "!!! note\n",
        '"',
        "'",
        "\\",
        "\\\\",
        "`",
        "``",
        "a",
        "B",
        " ",
        "\n",
        "\n\n",
    ),
    *(
        "\n\n",
        "**",
        "*",
        "_",
        "__",
        "~~",
        "==",
        "$",
        "::: x",
        "<br>",
        "<sub>",
        "</sub>",
        "<kbd>a</kbd>",
        "<https://x.y>",
    ),
    *("<me@x.y>", "\u00a0", "\x02", "\x0c", "\u2028", "!", "#", "+++\n", '--8<-- "x"', "<pre>", "</pre>", "</code>"),
    *("<div>", "<style>", "<textarea>", "<title>", "<x-y/>", "javascript:", "data:text/html,", "//e.x"),
]


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_any_text_is_inert(text: str) -> None:
    assert_inert(text)
