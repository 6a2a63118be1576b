"""Links: what counts as one in each edition, where it leads, which anchors a page has, and that no page takes long."""

from time import process_time

import pytest

from generator.links import Found, anchors, check, check_anchors, glance, places
from generator.prose.convert import ATTRIBUTES
from generator.theme import packaged

KNOWN = {"index.html", "README.md", "a/b.html", "a/b.md", "a/index.html", "a/x (1).md", "ü/c d.html", "assets/logo.svg"}

HTML = [
    # Leads to a file.
    ('<a href="a/b.html">', ""),
    ('<a href="./a/../a/b.html">', ""),
    ('<a class="x" href="a/b.html" title="y">', ""),
    ('<a\n  href="a/b.html"\n>', ""),
    ('<a href="">', ""),
    ('<a href="a/b.html?x=1">', ""),
    ('<a href="%C3%BC/c%20d.html">', ""),
    ('<a href="a&#x2f;b.html">', ""),
    ('<a href="/index.html">', ""),
    ('<img src="assets/logo.svg" alt="">', ""),
    # Leads nowhere.
    ('<a href="a/z.html">', "a/z.html"),
    ('<a href="a/">', "a/"),
    ('<a href="a">', "a"),
    ('<a href=".">', "."),
    ('<a href="/z.html">', "/z.html"),
    ('<a href="../index.html">', "../index.html"),
    ('<a href="a/B.html">', "a/B.html"),
    ('<a href="z&amp;y.html">', "z&amp;y.html"),
    ('<img alt="" src="assets/none.svg">', "assets/none.svg"),
    ('<link rel="icon" href="none.svg"/>', "none.svg"),
    ('<a href="z.html"><a href="z.html">', "z.html"),
    # Leads out of the site.
    ('<a href="https://example.com/a">', ""),
    ('<a href="mailto:a@example.com">', ""),
    ('<a href="//example.com">', ""),
    ('<img src="data:image/png;base64,x">', ""),
    # Is no link.
    ('<p>Write href="z.html" there', ""),
    ('<code>&lt;a href="z.html"&gt;</code>', ""),
    ('<p> src="z.html"</p>', ""),
    ('<p data-href="z.html">', ""),
    ('a < b href="z.html">', ""),
]

MARKDOWN = [
    ("[b](a/b.md)", ""),
    ("[b](<a/b.md>)", ""),
    ("[b]( a/b.md )", ""),
    ('[b](a/b.md "title")', ""),
    ("[b](a/b.md 'title')", ""),
    ("[b](a/x%20(1).md)", ""),
    ("[![x](assets/logo.svg)](a/b.md)", ""),
    ("[b]()", ""),
    ("[b](a/z.md)", "a/z.md"),
    ("[b](<a/z.md>)", "a/z.md"),
    ('[b](a/z.md "title")', "a/z.md"),
    ("[b](a/z.md 'title')", "a/z.md"),
    ("[b](a/z.md (title))", "a/z.md"),
    ("[b](a/z(1).md)", "a/z(1).md"),
    ("[![x](none.svg)](none.md)", "none.svg none.md"),
    ("| [b](none.md) | ![](none.svg) |", "none.md none.svg"),
    ('<img src="none.svg" alt="">', "none.svg"),
    ("[b](z&amp;y.md)", "z&amp;y.md"),
    ("[b](https://example.com) [c](mailto:a@b.c)", ""),
    # Escaped text is text.
    (r"\[b\](none.md)", ""),
    (r"[b\](none.md)", ""),
    (r"\\[b](none.md)", "none.md"),
    (r"[b\\](none.md)", "none.md"),
    # So is code.
    ("`[b](none.md)`", ""),
    ("``a ` [b](none.md)``", ""),
    ("`a\n[b](none.md)`", ""),
    ("`a [b](none.md)", "none.md"),
    ("`a\n\n[b](none.md) `", "none.md"),
    ("``a` [b](none.md)", "none.md"),
    (r"\`a [b](none.md) \`", "none.md"),
    ("```\n[b](none.md)\n```\n[c](none.svg)", "none.svg"),
    ("```js `x`\n[b](none.md)", "none.md"),
    ("~~~ `x`\n[b](none.md)\n~~~", ""),
    ("````\n```\n[b](none.md)\n````\n", ""),
    ("```\n[b](none.md)\n~~~\n[c](none.md)", ""),
    ("  ```\n[b](none.md)\n  ```", ""),
    ("```\n[b](none.md)\n``` x\n[c](none.md)\n`````  \n[d](none.svg)", "none.svg"),
]


@pytest.mark.parametrize(
    ("file", "text", "broken"),
    [("index.html", *row) for row in HTML] + [("README.md", *row) for row in MARKDOWN],
)
def test_links_that_lead_nowhere(file: str, text: str, broken: str) -> None:
    assert check(file, text, KNOWN).broken == tuple(f"{file}: {address}" for address in broken.split())


@pytest.mark.parametrize(
    ("file", "text"), [("index.html", text) for text, _ in HTML] + [("README.md", text) for text, _ in MARKDOWN]
)
def test_a_glance_finds_something_wherever_there_is_something(file: str, text: str) -> None:
    assert glance(file, text.encode(), KNOWN).broken or not check(file, text, KNOWN).broken


def test_what_is_sound_is_not_looked_at_again() -> None:
    sound: set[bytes] = set()
    text = '<a href="a/b.html"><a href="z.html"><a href="#x"><a href="a/b.html#y">'
    for file in ("index.html", "README.md"):
        found = glance(file, text.encode(), KNOWN, sound=sound)
        assert found.broken == (f"{file}: z.html",)
        assert {anchor for _, _, anchor in found.anchored} == {"x", "y"}
    assert sound == {b"a/b.html"}


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        *HTML,
        ('<video poster="none.png" src="none.mp4">', "none.png none.mp4"),
        ('<a title="a > b" href="none.html">', "none.html"),
    ],
)
def test_every_tag_is_seen_whole(text: str, broken: str) -> None:
    found = check("index.html", text, KNOWN)
    assert found.broken == tuple(f"index.html: {address}" for address in broken.split())


@pytest.mark.parametrize(
    ("root", "address", "found"),
    [
        ("/", "/a/b.html", True),
        ("/", "/docs/a/b.html", False),
        ("/docs/", "/docs/a/b.html", True),
        ("/docs/", "/a/b.html", False),
        ("/docs/", "/docs/../index.html", False),
        ("/docs/", "a/b.html", True),
    ],
)
def test_links_may_start_at_the_root_of_the_site(root: str, address: str, found: bool) -> None:
    assert (check("index.html", f'<a href="{address}">', KNOWN, root).broken == ()) is found


@pytest.mark.parametrize(
    ("file", "text", "anchored"),
    [
        ("README.md", "[b](#x) `[c](#y)`", ["x"]),
        ("README.md", "```\n[c](#y)\n```\n[b](a/b.md#x)", ["x"]),
        ("README.md", r"\[c\](#y)", []),
        ("index.html", '<a href="#x">x</a> <code>&lt;a href="#y"&gt;</code>', ["x"]),
    ],
)
def test_anchors_are_told_from_words_in_code(file: str, text: str, anchored: list[str]) -> None:
    assert [anchor for _, _, anchor in check(file, text, KNOWN).anchored] == anchored


@pytest.mark.parametrize(
    ("file", "address", "found"),
    [
        ("a/b.html", "index.html", True),
        ("a/b.html", "../index.html", True),
        ("a/b.html", "../a/b.html", True),
        ("a/b.html", "../../index.html", False),
        ("a/b.html", "../../site/index.html", False),
        ("ü/c d.html", "../a/b.html", True),
        ("a/b.html", "../%C3%BC/c%20d.html", True),
    ],
)
def test_links_start_at_their_page(file: str, address: str, found: bool) -> None:
    assert (check(file, f'<a href="{address}">', KNOWN).broken == ()) is found


def test_anchors_wait_for_their_page() -> None:
    text = '<a href="#top"><a href="a/b.html#x%20y"><a href="a/b.html#"><a href="z.html#x"><a href="a/b.html#x%20y">'
    assert check("index.html", text, KNOWN) == Found(
        broken=("index.html: z.html#x",),
        anchored=(("index.html", "index.html", "top"), ("index.html", "a/b.html", "x y")),
    )


@pytest.mark.parametrize(
    ("file", "text", "named"),
    [
        ("a.html", '<h2 id="x">X</h2><p class="y" id="z &amp; w">', "x|z & w"),
        ("a.html", '<p> id="x"</p><code>&lt;p id="y"&gt;</code>', ""),
        ("a.md", "# One Two\n## Three!\n###### gpt-4.1 (x)", "one-two|three|gpt-41-x"),
        ("a.md", "## Same\n## Same\n## same", "same|same-1|same-2"),
        ("a.md", "## [Link](x.md) and ![Picture](y.svg)", "link-and-picture"),
        ("a.md", "## `code` *and* **more**", "code-and-more"),
        ("a.md", r"## a\_b \* c", "a_b--c"),
        ("a.md", "## Closed ##\n## C#", "closed|c"),
        ("a.md", "## Ünï 日本", "ünï-日本"),
        ("a.md", "## AT&amp;T", "att"),
        ("a.md", "```\n# no\n```\n# yes", "yes"),
        ("a.md", "#no\n ## no\n####### no", ""),
        ("a.md", '<a id="x&amp;y"></a>\n## Z', "x&y|z"),
    ],
)
def test_places_that_a_link_can_name(file: str, text: str, named: str) -> None:
    assert anchors(file, text) == frozenset(filter(None, named.split("|")))


@pytest.mark.parametrize(
    ("file", "text", "wanted", "found"),
    [
        ("a.html", '<h2 id="x">X</h2><p id="y">', "x", "x"),
        ("a.html", '<h2 id="x">X</h2><p class="z" id="y">', "x|y", "x|y"),
        ("a.html", '<h2 id="x">X</h2>', "x|y", "x"),
        ("a.html", '<p> id="x"</p><h2>', "x", ""),
        ("a.html", '1 < 2 id="x"', "x", ""),
        ("a.html", '<code>&lt;p id="x"&gt;</code><p id="x">', "x", "x"),
        ("a.html", '<p id="a &amp; b">', "a & b", "a & b"),
        ("a.html", ' id="x"', "x", ""),
        ("a.html", '<p id="x"', "x", ""),
        ("a.html", '<p id="x" class="y">', 'x" class="y', "x"),
        ("a.html", '<p id="a &amp; b">', "a &amp; b", "a & b"),
        ("a.md", '## X\n<p id="y">', "y", "x|y"),
    ],
)
def test_places_that_are_wanted(file: str, text: str, wanted: str, found: str) -> None:
    assert places(file, text, frozenset(wanted.split("|"))) == frozenset(filter(None, found.split("|")))


def test_each_missing_place_is_told_once_in_order() -> None:
    wanted = [("b.md", "a.md", "x"), ("a.md", "a.md", "no"), ("a.md", "a.md", "yes"), ("b.md", "a.md", "x")]
    assert list(check_anchors(wanted, {"a.md": frozenset({"yes"})})) == ["a.md: a.md#no", "b.md: a.md#x"]


@pytest.mark.parametrize(
    "text",
    [
        "](" + " " * 60_000,
        "](a" + " " * 60_000 + '"',
        '](a "' * 15_000,
        "](a '" * 15_000 + '](a "' * 15_000,
        "](" * 30_000,
        "](" + "(" * 60_000,
        "](" + "()" * 30_000,
        "](a(" * 20_000,
        "\\" * 60_000,
        "\\](" * 20_000,
        "<a " * 20_000,
        '<a "' * 20_000,
        '<a b="' * 20_000 + "<",
        "<a " + 'b="c" ' * 10_000,
        ' href="' * 20_000,
        "`" * 60_000,
        "".join("`" * length + " " for length in range(1, 340)),
        "` `` " * 15_000,
        "".join(f"```a{i}\n" for i in range(8_000)),
        "```\n" + "~~~\n" * 15_000,
        "# " + "# " * 30_000,
        "# " + "#" * 60_000 + "x",
        "# " + "[" * 60_000,
        "# " + "[](" * 20_000,
        "# " + "![" * 30_000,
        "# x\n" * 15_000,
    ],
)
def test_no_page_takes_long(text: str) -> None:
    begun = process_time()
    for file in ("a.html", "a.md"):
        glance(file, text.encode(), ())
        check(file, text, ())
        anchors(file, text)
    assert process_time() - begun < 5


def test_the_packaged_templates_and_prose_write_links_where_they_are_looked_for() -> None:
    written = {
        path: path.read_text(encoding="utf-8") for path in packaged().rglob("*.*") if path.suffix in (".html", ".md")
    }
    assert [path.name for path, text in written.items() if "poster=" in text] == []
    assert [path.name for path, text in written.items() if path.suffix == ".md" and "href=" in text] == []
    assert not any("poster" in names for names in ATTRIBUTES.values())


@pytest.mark.parametrize(
    ("file", "text"),
    [("a.html", '<video poster="gone.png">'), ("a.md", '<a href="gone.md">'), ("a.md", '<video poster="gone.png">')],
)
def test_what_only_templates_of_a_site_write_is_looked_at_where_it_has_some(file: str, text: str) -> None:
    assert glance(file, text.encode(), KNOWN).broken
    assert not glance(file, text.encode(), KNOWN, is_packaged=True).broken


ODD = frozenset(
    {
        "a/b.html",
        "a/c/d.html",
        "b.html",
        "a/x#y.html",
        "a/x%20y.html",
        "a/x&amp;y.html",
        "a/x y.html",
        "a/x",
        "a/z%21.html",
    }
)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("b.html", True),
        ("../b.html", True),
        ("../a/b.html", True),
        ("c/d.html?x=1&amp;y", True),
        ("c/../b.html", True),
        ("./b.html", True),
        ("../../b.html", False),
        ("c../d.html", False),
        ("../c/d.html", False),
        ("x#y.html", True),  # a place in the file `x`: it is asked of that page whether it has it
        ("x%20y.html", True),
        ("x%2520y.html", True),
        ("z%21.html", False),  # `%21` is `!`, and no file is called so
        ("x&amp;y.html", False),  # `&amp;` is `&`, and no file is called so
        ("x&amp;amp;y.html", True),
    ],
)
def test_a_glance_and_a_check_agree_on_odd_addresses(address: str, found: bool) -> None:
    text = f'<a href="{address}">'
    for seen in (glance("a/b.html", text.encode(), ODD), check("a/b.html", text, ODD)):
        assert (seen.broken == ()) is found
        assert [anchor for _, _, anchor in seen.anchored] == (["y.html"] if "#" in address else [])
