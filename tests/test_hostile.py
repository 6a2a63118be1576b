"""A catalog whose every text tries to break out, beside its harmless twin.

Both have to become the same trees of elements.
"""

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from markdown_it import MarkdownIt

from generator.build import build
from generator.documents import read
from tests.golden import CONTENT, pages

ATTACKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></script><svg onload=alert(1)>",
    "a | b [c](javascript:alert(1)) `d` **e** _f_",
    "{{ 7 * 7 }} {% raw %} {# no #} {{< x >}}",
    "<!-- ]]> --> &lt;b&gt; &#60;i&#62; \\",
    "![x](https://evil.example/x.png) <https://evil.example>",
)
# Descriptions are not here: they are Markdown, and what they may become is the business of the tests of prose.
FREE_TEXT = {
    "name", "title", "headquarters", "label", "relation", "license", "metric", "harness",
    "variant", "dataset", "version", "note", "per", "moderator", "retention_details", "routing", "parameters",
    "active_parameters", "tokenizer", "precision", "quantization", "base_model", "format", "pattern", "default",
    "field", "created_at", "updated_at", "footer", "value", "family", "owner", "contact", "data_class",
}  # fmt: skip
LISTS_OF_TEXT = {
    "use_cases",
    "prompts",
    "notes",
    "levels",
    "mime_types",
    "context_sizes",
    "protocols",
    "streaming",
    "formats",
}


def altered(value: Any, say: Callable[[str], str], key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: altered(item, say, name) for name, item in value.items()}
    if isinstance(value, list):
        return [say(item) if key in LISTS_OF_TEXT and isinstance(item, str) else altered(item, say) for item in value]
    return say(value) if key in FREE_TEXT and isinstance(value, str) else value


def write_twin(folder: Path, say: Callable[[str], str]) -> Path:
    """Write the golden catalog with every free text passed through `say`."""
    for path in sorted(CONTENT.rglob("*")):
        if path.is_dir():
            continue
        target = folder / path.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix not in (".yaml", ".md"):
            target.write_bytes(path.read_bytes())
            continue
        document = read(path)
        data = json.dumps(altered(dict(document.data), say), default=float, ensure_ascii=False)
        target.write_text(data if path.suffix == ".yaml" else f"---\n{data}\n---\n{document.body}\n", encoding="utf-8")
    return folder


class Tree(HTMLParser):
    """The elements of a page in their order, with the names of their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, *(name for name, _ in attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.found.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.found.append(("comment", data))


def markdown_tree(text: str) -> list[str]:
    body = text.split("\n---\n", 1)[1] if text.startswith("---\n") else text
    found = []
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(body):
        found.append(f"{token.type} {token.content}" if token.type == "html_block" else token.type)
        found += [
            f"{child.type} {child.content if child.type == 'html_inline' else ''}"
            for child in token.children or ()
            if child.type not in ("text", "text_special", "softbreak", "code_inline")
            # Code that a program before Markdown would act on is an element, and not between backticks.
            and child.content not in ("<code>", "</code>")
        ]
    return found


@pytest.fixture(scope="module", params=range(len(ATTACKS)))
def twins(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, str], dict[str, str]]:
    folder = tmp_path_factory.mktemp("twins")
    attack = ATTACKS[request.param]
    sites = []
    for name, word in (("hostile", attack), ("harmless", "harmless words")):
        content = write_twin(folder / name / "content", lambda text, word=word: f"{text} {word}")  # type: ignore[misc]  # bound at once
        build(content, folder / name / "site")
        sites.append(pages(folder / name / "site") | machine_files(folder / name / "site"))
    return sites[0], sites[1]


def machine_files(folder: Path) -> dict[str, str]:
    """Return what is for programs: by path, the text of every file that is no page."""
    found = (path for path in sorted(folder.rglob("*")) if path.suffix in (".json", ".js", ".svg", ".xml", ".ics"))
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


def structure(value: Any) -> Any:
    """Return the shape of data: texts that are values become one word, keys and numbers stay."""
    if isinstance(value, dict):
        return {key: structure(item) for key, item in value.items()}
    if isinstance(value, list):
        return [structure(item) for item in value]
    return "text" if isinstance(value, str) else value


def refuse_constant(name: str) -> None:
    raise ValueError(name)


def without_paths(names: dict[str, str]) -> Iterator[tuple[str, str]]:
    yield from ((name, text) for name, text in names.items() if not name.startswith("families/"))


def test_the_pages_have_the_same_elements(twins: tuple[dict[str, str], dict[str, str]]) -> None:
    hostile, harmless = twins
    for name, text in without_paths(hostile):
        if name.endswith(".html"):
            assert Tree(text).found == Tree(harmless[name]).found, name


def test_the_markdown_pages_have_the_same_elements(twins: tuple[dict[str, str], dict[str, str]]) -> None:
    hostile, harmless = twins
    for name, text in without_paths(hostile):
        if name.endswith(".md"):
            assert markdown_tree(text) == markdown_tree(harmless[name]), name


def test_no_template_syntax_of_the_content_was_run(twins: tuple[dict[str, str], dict[str, str]]) -> None:
    assert not [
        name
        for name, text in twins[0].items()
        if name.endswith((".html", ".md")) and "49" in text and "7 * 7" not in text
    ]


def test_what_scripts_are_given_is_data_and_nothing_else(twins: tuple[dict[str, str], dict[str, str]]) -> None:
    name = "assets/catalog-data.js"
    for text in (site[name] for site in twins):
        begin, end = "globalThis.almanacCatalog = JSON.parse('", "')"
        body = text.strip().removesuffix(";")
        assert (body[: len(begin)], body[-len(end) :]) == (begin, end)
        inside = body[len(begin) : -len(end)]
        assert re.search(r"(?<!\\)(?:\\\\)*'|[\n\r\u2028\u2029]", inside) is None
        json.loads(inside.replace("\\'", "'").replace("\\\\", "\\"), parse_constant=refuse_constant)


def test_structured_data_in_pages_is_data_and_nothing_else(twins: tuple[dict[str, str], dict[str, str]]) -> None:
    block = re.compile(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', re.DOTALL)
    for name, text in without_paths(twins[0]):
        if name.endswith(".html"):
            ours, theirs = block.findall(text), block.findall(twins[1][name])
            assert len(ours) == len(theirs)
            for one, other in zip(ours, theirs, strict=True):
                assert "<" not in one
                assert structure(json.loads(one, parse_constant=refuse_constant)) == structure(json.loads(other))


def test_files_for_programs_can_be_read(twins: tuple[dict[str, str], dict[str, str]]) -> None:
    for name, text in without_paths(twins[0]):
        if name.endswith(".json"):
            json.loads(text, parse_constant=refuse_constant)
        elif name.endswith((".xml", ".svg")):
            mine = [element.tag for element in ET.fromstring(text).iter()]  # noqa: S314  # our own files
            if name in twins[1]:
                assert mine == [element.tag for element in ET.fromstring(twins[1][name]).iter()]  # noqa: S314
