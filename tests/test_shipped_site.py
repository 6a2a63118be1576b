"""The shipped catalog as a stranger gets it.

Complete, every link alive, nothing loaded from elsewhere, right in a browser from disk.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser
from selectolax.lexbor import LexborHTMLParser

from generator.build import Report, build, load

ROOT = Path(__file__).parent.parent
CONTENT = ROOT / "content"
Links = list[tuple[str, str]]


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Report]:
    target = tmp_path_factory.mktemp("shipped") / "site"
    return target, build(CONTENT, target)


@pytest.fixture(scope="module")
def site(report: tuple[Path, Report]) -> Path:
    return report[0]


def test_the_catalog_is_a_real_one(report: tuple[Path, Report]) -> None:
    made = report[1]
    assert made.authors >= 20
    assert made.providers >= 20
    assert made.models >= 150
    assert made.offerings >= 400
    assert made.warnings == ()


def test_authors_and_providers_are_described() -> None:
    catalog = load(CONTENT)[0].world.catalog
    assert [author.id for author in catalog.authors.values() if not author.description] == []
    assert [provider.id for provider in catalog.providers.values() if not provider.description] == []
    assert sum(1 for model in catalog.models.values() if model.description) >= 40


@pytest.mark.parametrize(
    "name",
    [
        "gemini-1.5-flash",
        "gemini-1.5-flash-002",
        "gemini-1.5-pro-002",
        "gemini-2.0-flash-preview-image-generation",
        "gemini-2.5-flash",
    ],
)
def test_the_pages_the_project_was_modelled_on_are_there(site: Path, name: str) -> None:
    for edition in ("html", "md"):
        assert (site / f"authors/google/models/{name}.{edition}").is_file()


def test_the_model_page_has_the_sections_and_badges_of_its_model(site: Path) -> None:
    page = (site / "authors/google/models/gemini-1.5-pro-002.md").read_text(encoding="utf-8")
    assert page.startswith('---\ntitle: "Gemini 1.5 Pro 002"\ntype: model\n')
    assert re.findall(r"^#+ .*$", page, re.MULTILINE) == [
        "# Gemini 1.5 Pro 002",
        "## 📋 Technical Specifications",
        "## 🎯 Capabilities",
        "## 🌐 Provider Availability",
        "## ❓ Questions",
        "## 🧭 Similar Models",
        "### 🔗 Related Resources",
        "### Other Models by This Author",
    ]
    crumbs = (
        "[Catalog](../../../README.md) / [Authors](../../README.md) / [Google](../README.md) / **Gemini 1.5 Pro 002**"
    )
    assert crumbs in page.splitlines()
    assert re.findall(r"badge/([^)]*)\)", page) == [
        "text-%E2%9C%93-blue",
        "vision-%E2%9C%93-purple",
        "input-text,image-teal",
        "output-text-cyan",
        "tools-%E2%9C%93-yellow",
        "tool__choice-%E2%9C%93-yellow",
        "temperature-core-red",
        "top__p-core-red",
        "top__k-advanced-orange",
        "max__tokens-core-blue",
        "stop-core-blue",
        "format__response-%E2%9C%93-cyan",
        "structured__outputs-%E2%9C%93-cyan",
        "streaming-%E2%9C%93-cyan",
    ]


def markdown_links(path: Path) -> tuple[Links, set[str]]:
    """Return address and kind of every link of a page, and the anchors GitHub gives its headings."""
    text = path.read_text(encoding="utf-8")
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    links, slugs, seen = [], set(), defaultdict(int)  # type: ignore[var-annotated]  # a count by slug
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(body)
    for at, token in enumerate(tokens):
        for child in token.children or ():
            if child.type == "link_open":
                links.append((str(child.attrs["href"]), "href"))
            elif child.type == "image":
                links.append((str(child.attrs["src"]), "src"))
            elif child.type == "html_inline":
                links += [(address, "src") for address in re.findall(r'src="([^"]*)"', child.content)]
        if token.type == "heading_open":
            text = "".join(c.content for c in tokens[at + 1].children or () if c.type in ("text", "code_inline"))
            slug = re.sub(r"[^\w\- ]", "", text.strip().lower()).replace(" ", "-")
            slugs.add(f"{slug}-{seen[slug]}" if seen[slug] else slug)
            seen[slug] += 1
    return links, slugs


def html_links(path: Path) -> tuple[Links, set[str]]:
    tree = LexborHTMLParser(path.read_text(encoding="utf-8"))
    links = [(node.attributes[name] or "", name) for name in ("href", "src") for node in tree.css(f"[{name}]")]
    return links, {node.attributes["id"] or "" for node in tree.css("[id]")}


@pytest.fixture(scope="module")
def graph(site: Path) -> dict[str, tuple[Links, set[str]]]:
    found = {}
    for path in sorted(site.rglob("*")):
        if path.suffix in (".html", ".md"):
            found[path.relative_to(site).as_posix()] = (
                markdown_links(path) if path.suffix == ".md" else html_links(path)
            )
    return found


def local(file: str, links: Links) -> Iterator[tuple[str, str]]:
    for address, _ in links:
        parts = urlsplit(address)
        if not parts.scheme and not parts.netloc:
            target = normpath(f"{dirname(file)}/{unquote(parts.path)}").lstrip("/") if parts.path else file
            yield target, unquote(parts.fragment)


def test_every_link_of_both_editions_leads_to_a_file_and_every_anchor_to_a_place(
    site: Path, graph: dict[str, tuple[Links, set[str]]]
) -> None:
    exists = cache(lambda target: (site / target).is_file())
    broken = [
        f"{file} -> {target}#{anchor}"
        for file, (links, _) in graph.items()
        for target, anchor in local(file, links)
        if not exists(target) or (anchor and anchor not in graph[target][1])
    ]
    assert broken == []
    assert sum(len(links) for links, _ in graph.values()) > 10_000


@pytest.mark.parametrize(("start", "suffix"), [("README.md", ".md"), ("index.html", ".html")])
def test_every_page_is_reached_from_the_top_within_its_edition(
    graph: dict[str, tuple[Links, set[str]]], site: Path, start: str, suffix: str
) -> None:
    reached, waiting = {start}, [start]
    while waiting:
        file = waiting.pop()
        for target, _ in local(file, graph[file][0]):
            if target.endswith(suffix) and target not in reached:
                reached.add(target)
                waiting.append(target)
    everything = {file for file in graph if file.endswith(suffix)} - {"404.html"}
    # Pages under a former name lead on, and nothing leads to them.
    everything -= {file for file in everything if 'http-equiv="refresh"' in (site / file).read_text(encoding="utf-8")}
    assert sorted(everything - reached) == []


def test_no_page_loads_anything_from_another_host(graph: dict[str, tuple[Links, set[str]]], site: Path) -> None:
    for file in graph:
        if file.endswith(".html"):
            tree = LexborHTMLParser((site / file).read_text(encoding="utf-8"))
            loads = [node.attributes["src"] for node in tree.css("[src]")]
            loads += [node.attributes["href"] for node in tree.css('link[rel~="stylesheet"], link[rel~="icon"]')]
            assert [address for address in loads if urlsplit(address or "").netloc] == [], file
            assert tree.css("[style], script:not([src]):not([type])") == [], file


PAGES = (
    "index.html",
    "models/index.html",
    "authors/index.html",
    "authors/google/index.html",
    "authors/google/models/gemini-2.5-flash.html",
    "providers/index.html",
    "providers/google-vertex/index.html",
    "providers/google-vertex/models/gemini-2.5-flash.html",
    "families/index.html",
    "404.html",
)


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_opened_from_disk_have_style_and_fit_the_window(
    browser: Browser, site: Path, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # one of two
    page = context.new_page()
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if not request.url.startswith("file://") else None)
    # Going on to the next page ends what is still on its way; that is no fault.
    page.on(
        "requestfailed",
        lambda request: faults.append(request.url) if request.failure != "net::ERR_ABORTED" else None,
    )
    for name in PAGES:
        page.goto((site / name).as_uri())
        assert page.evaluate("getComputedStyle(document.body).fontFamily") != "Times New Roman", name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    assert faults == []
    page.goto((site / "authors/google/models/gemini-2.5-flash.html").as_uri())
    page.get_by_role("link", name="Google", exact=True).first.click()
    assert page.url.endswith("authors/google/index.html")
    context.close()
