"""The Markdown edition as it is read raw and on GitHub: front matter, twins, hostile text, few changed bytes."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname

import pytest
import yaml
from selectolax.lexbor import LexborHTMLParser

from generator.build import build
from tests.golden import CONTENT
from tests.renderings import COMMONMARK, read_html

# What the templates and the Markdown syntax that they use may become.
ELEMENTS = {
    "a", "blockquote", "br", "code", "del", "em", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p",
    "pre", "s", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    ("a", "href"), ("a", "title"), ("code", "class"), ("img", "alt"), ("img", "height"), ("img", "src"),
    ("img", "title"), ("img", "width"), ("ol", "start"), ("td", "style"), ("th", "style"),
}  # fmt: skip
OPTIONAL = {"author", "canonical", "id", "models", "provider"}


def pages(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.md")}


def front(text: str) -> dict[str, object]:
    found = yaml.safe_load(text.split("\n---\n", 1)[0].removeprefix("---\n"))
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden") / "site"
    build(CONTENT, folder)
    return folder


def of_catalog(made: Mapping[str, str]) -> dict[str, str]:
    """Return the pages of the catalog: those that a template made."""
    return {name: text for name, text in made.items() if not name.startswith("api/")}


def test_front_matter_is_small_and_does_not_repeat_the_page(golden: Path) -> None:
    for name, text in of_catalog(pages(golden)).items():
        keys = set(front(text))
        assert {"title", "type", "description"} <= keys, name
        assert keys - {"title", "type", "description"} <= OPTIONAL, name


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("README.md", {"type": "home"}),
        ("authors/acme/README.md", {"type": "author", "id": "acme"}),
        ("authors/acme/models/sun-2.md", {"type": "model", "id": "acme/sun-2"}),
        ("providers/tiny/models/sun-2.md", {"type": "offering", "id": "sun-2"}),
    ],
)
def test_front_matter_says_what_a_page_is_about(golden: Path, page: str, expected: dict[str, object]) -> None:
    found = front((golden / page).read_text(encoding="utf-8"))
    assert {name: found[name] for name in expected} == expected
    assert str(found["canonical"]).startswith("https://catalog.example.org/models/")


NAMES = [
    'The "best": #1, {x} & [y]',
    "yes",
    "12:30",
    "--- | ...",
    "\\u0041 \\n ' \\",
    "- * > ! % @ `a`",
    "naïve 模型 🚀",
    "null",
    "*a: &b",
]


def renamed(folder: Path, name: str) -> Path:
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    for path in (content / "authors/quiet/author.yaml", content / "providers/tiny/provider.yaml"):
        data = yaml.safe_load(path.read_text(encoding="utf-8")) | {"name": name}
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return content


@pytest.mark.parametrize("name", NAMES)
def test_front_matter_holds_any_name(tmp_path: Path, name: str) -> None:
    build(renamed(tmp_path, name), tmp_path / "site", changes={"editions": ("md",), "exports": ()})
    made = pages(tmp_path / "site")
    assert front(made["authors/quiet/README.md"])["title"] == name
    assert front(made["providers/tiny/README.md"])["title"] == name
    assert front(made["providers/tiny/models/zero.md"])["provider"] == name
    for text in made.values():
        assert front(text)


def test_each_html_page_announces_its_markdown_twin_and_links_to_it(golden: Path) -> None:
    for path in sorted(golden.rglob("*.html")):
        file = path.relative_to(golden).as_posix()
        tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
        if file == "404.html" or tree.css_first('meta[http-equiv="refresh"]'):
            continue
        announced = [
            node.attributes["href"] or "" for node in tree.css('link[rel="alternate"][type="text/markdown"][href]')
        ]
        assert len(announced) == 1, file
        assert announced[0] in [node.attributes["href"] for node in tree.css("a[href]")], file
        assert (golden / dirname(file) / announced[0]).is_file(), file


def test_each_markdown_page_links_to_its_html_twin(golden: Path) -> None:
    for name, text in of_catalog(pages(golden)).items():
        (twin,) = re.findall(r"\[Web page\]\(([^)]*)\)", text)
        assert (golden / dirname(name) / twin).is_file(), name


ATTACKS = [
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "<!-- --> <?php ?> <![CDATA[x]]> <!DOCTYPE x> </p></div>",
    "<div>\n<iframe src='https://evil.example'>\n\n</iframe>\n</div>",
    "a | b\n|---|\n| <style>*{}</style> |",
    "[x](javascript:alert(1)) ![x](javascript:alert(1)) <javascript:alert(1)>",
    "[r]: <javascript:alert(1)> 'x'\n\n[r] ![r]",
    "```\n</code></pre><script>alert(1)</script>\n",
    "    <script>indented</script>\n\n<script>\nalert(1)\n</script>",
    "# Heading <svg onload=alert(1)>\n\n- <a href='x' onclick='y'>z</a>",
    "&lt;script&gt; &#60;script&#62; \\<script> `<script>`",
    "**<u>** _<b>_ ~~<i>~~ <br/><hr/>",
]


def hostile(folder: Path, attack: str) -> Path:
    """Write the golden catalog with an attack at the end of every description and prose."""
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    for path in sorted(content.rglob("*.*")):
        if path.relative_to(content).parts[0] not in ("authors", "pages", "providers"):
            continue
        if path.suffix == ".md":
            path.write_text(path.read_text(encoding="utf-8") + f"\n\n{attack}\n", encoding="utf-8")
        elif path.suffix == ".yaml":
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            if "metrics" in path.parts:
                data["apps"]["items"][0]["description"] = attack
            elif "history" not in path.parts:
                data["description"] = attack
            path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return content


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_description_or_prose_becomes_an_element_that_the_templates_did_not_write(
    tmp_path: Path, attack: str
) -> None:
    build(hostile(tmp_path, attack), tmp_path / "site", changes={"editions": ("md",), "exports": ()})
    for name, text in pages(tmp_path / "site").items():
        tree = read_html(COMMONMARK.render(text.split("\n---\n", 1)[1]))
        for node in tree.elements:
            assert node.tag in ELEMENTS, (name, node.tag)
            assert {(node.tag, attribute) for attribute in node.attributes} <= ATTRIBUTES, (name, node)
            for attribute in ("href", "src"):
                address = node.attributes.get(attribute, "")
                assert not re.match(r"\s*(?:javascript|data|vbscript):", address, re.IGNORECASE), (name, address)


def test_a_changed_price_changes_only_the_pages_that_show_it(tmp_path: Path) -> None:
    content = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    path = content / "providers/tiny/models/zero.yaml"
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    made = []
    for price in (7.76, 7.77):
        path.write_text(yaml.safe_dump(data | {"price": {"input": price, "output": 8.88}}), encoding="utf-8")
        build(content, tmp_path / "site", changes={"editions": ("md",), "exports": ()})
        made.append(pages(tmp_path / "site"))
    before, after = made
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {name for name, text in after.items() if "7.77" in text}
    assert {"providers/tiny/models/zero.md", "providers/tiny/README.md"} <= changed


def test_the_pages_are_tidy(golden: Path) -> None:
    for name, text in of_catalog(pages(golden)).items():
        assert text.endswith("\n"), name
        assert not text.endswith("\n\n"), name
        body = re.sub(r"^(`{3,}|~{3,}).*?^\1", "", text.split("\n---\n", 1)[1], flags=re.DOTALL | re.MULTILINE)
        assert not re.search(r"[ \t]+$", body, re.MULTILINE), name
        assert not re.search(r"^(#{1,6} [^\n]*)\n(?!\n)", body, re.MULTILINE), name


def test_every_table_has_as_many_cells_in_each_row_as_in_its_head(golden: Path) -> None:
    for name, text in of_catalog(pages(golden)).items():
        width = 0
        for line in text.split("\n"):
            cells = len(re.findall(r"(?<!\\)\|", line)) if line.startswith("|") else 0
            assert not cells or not width or cells == width, (name, line)
            width = cells
