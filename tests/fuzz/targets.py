"""What is fuzzed: functions that take any bytes and raise only when the program did what it may never do.

`ContentError` and `ProseError` are answers. Anything else that escapes is a finding: another exception, a path that
leaves its folder, text that acts, an entry that is neither kept nor told as dropped.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from generator.catalog import Catalog
from generator.config import Settings
from generator.documents import Document, decode, parse_markdown, parse_yaml, parse_yaml_list
from generator.errors import ContentError
from generator.escape import code, escape_text, link_target, one_line, yaml_string
from generator.linking import link
from generator.lint import lint
from generator.paths import assign, file_of, href
from generator.prose import ProseError
from generator.schema import Author, FreePage, Model, Offering, Provider, Record, check_id
from generator.sources import litellm, modelsdev, modelsdev_json, native_writer, openrouter, starmap2025, starmap2026
from generator.sources.archive import read_archive
from generator.sources.logos import check_logo
from generator.sources.tree import Tree
from tests.hostile.trees import BASES
from tests.inert import assert_inert
from tests.renderings import RENDERERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from generator.sources.content import Content

__all__ = ["TARGETS"]

RECORDS = (Author, Model, Provider, Offering, FreePage, Settings)
_SCHEMAS: Mapping[str, type[Record]] = {"author": Author, "model": Model, "provider": Provider, "offering": Offering}
FRAMES = ("{0}", "- {0}\n- x", "see [{0}](u.md) end", "| head | {0} |\n| --- | --- |\n| {0} | last |")
WORD = "Wort"


def document(data: bytes) -> None:
    """Read bytes as each kind of document and load what was read as each kind of record."""
    text = _text(data)
    if text is None:
        return
    for parse in (parse_yaml, parse_yaml_list, parse_markdown):
        try:
            found = parse(text, "f")
        except ContentError as error:
            _check_places(error, text)
            continue
        for one in found if isinstance(found, tuple) else (found,):
            _load(one, text)


def _load(found: Document, text: str) -> None:
    for schema in RECORDS:
        try:
            found.load(schema)
        except ContentError as error:
            _check_places(error, text)


def _check_places(error: ContentError, text: str) -> None:
    lines = text.count("\n") + 1
    for problem in error.problems:
        assert 0 <= problem.line <= lines, problem
        assert "\n" not in str(problem).partition("\n    hint: ")[0], problem


def _text(data: bytes) -> str | None:
    try:
        return decode(data, "f")
    except ContentError as error:
        _check_places(error, data.decode("utf-8", "replace").replace("\r", "\n"))
        return None


def path(data: bytes) -> None:
    """Give paths to the ids in the lines of a text."""
    names = [name for name in data.decode("utf-8", "replace").split("\n") if _is_id(name)]
    given = assign(names)
    files = [file_of(f"models/{place}", edition) for place in given.values() for edition in ("html", "md")]
    folded = {normalize("NFC", normalize("NFC", file).casefold()) for file in files}
    assert len(folded) == len(set(files)) == 2 * len(set(names))
    folders = {file[:i] for file in folded for i, letter in enumerate(file) if letter == "/"}
    assert not folders & folded
    for file in files:
        assert file.isprintable()
        assert not set(file) & set("<>:\"\\|?*#%&;='`$()[]{}!@^, ")
        assert all(part == part.strip(". ") and len(part.encode()) <= 255 for part in file.split("/")), file
        assert not {"", ".", ".."} & set(file.split("/"))
        assert re.match(r"[^/]*:|/", href(files[0], file)) is None


def _is_id(name: str) -> bool:
    try:
        return bool(check_id(name))
    except ValueError:
        return False


def escape(data: bytes) -> None:
    """Put a text where the Markdown edition puts texts, and look at what two renderers make of it."""
    text = data.decode("utf-8", "replace")[:400]
    shown = one_line(text)
    assert yaml_string(text).isascii() or "\n" not in yaml_string(text)
    if not shown:
        return
    for render in RENDERERS:
        for frame in FRAMES:
            plain = [node.tag for node in render(frame.format(WORD)).elements]
            written = render(frame.format(escape_text(text)))
            assert [node.tag for node in written.elements] == plain, (frame, text)
            assert [" ".join(node.text.split()) for node in written.elements if node.tag == "a"] == (
                [shown] if "u.md" in frame else []
            ), (frame, text)
            coded = [node.tag for node in render(frame.format(f"`{WORD}`")).elements]
            assert [node.tag for node in render(frame.format(code(text))).elements] == coded, (frame, text)
        tree = render(f"see [x]({link_target('https://a.example/' + text)}) end")
        assert [node.tag for node in tree.elements] == ["p", "a"], text


def prose(data: bytes) -> None:
    """Write a text as prose of both editions."""
    text = _text(data)
    if text is None:
        return
    try:
        assert_inert(text[:4000])
    except ProseError as error:
        assert "\n" not in str(error)  # noqa: PT017  # an answer; what it says has to be one line


def logo(data: bytes) -> None:
    """Look at a logo. What is let through holds nothing that acts, by a look of the plainest kind."""
    if check_logo(data, "logo.svg") is None:
        text = data.decode("utf-8", "replace").lower()
        assert re.search(r"<\s*(script|foreignobject|iframe|animate|set|a)[\s/>]", _without_comments(text)) is None
        assert re.search(r"<[^>]*\son[a-z]+\s*=", _without_quotes(text)) is None


def _without_comments(text: str) -> str:
    return re.sub(r"<!--.*?-->|<!\[cdata\[.*?\]\]>|\"[^\"]*\"|'[^']*'", "", text, flags=re.DOTALL)


def _without_quotes(text: str) -> str:
    return re.sub(r"\"[^\"]*\"|'[^']*'", "''", re.sub(r"<!--.*?-->|<!\[cdata\[.*?\]\]>", "", text, flags=re.DOTALL))


def archive(data: bytes) -> None:
    """Open a tar archive."""
    try:
        found = read_archive(data, "a.tar")
    except ContentError:
        return
    for name, member in found.files.items():
        assert not {"", ".", ".."} & set(name.split("/")), name
        assert 0 <= member.start <= member.start + member.size <= len(data)


def _imported(content: Content) -> Catalog | None:
    """Link what an importer found, ask the rules about it, and write it as native content that can be read again."""
    catalog, dangling = link(content.records)
    for problem in (*content.problems, *dangling):
        str(problem)
    if any(problem.severity == "error" for problem in (*content.problems, *dangling)):
        return None
    lint(catalog, content.settings, "2026-07-01")
    paths = set()
    for file in native_writer.files(catalog):
        assert ".." not in file.path.split("/")
        assert not file.path.startswith("/")
        paths.add(file.path.casefold())
        kind = file.key.partition("/")[0]
        schema = _SCHEMAS[kind]
        parse = parse_markdown if file.path.endswith(".md") else parse_yaml
        said = {"id": "x/x"} if kind == "model" else {"id": "x"}
        read = parse(decode(file.text.encode(), file.path), file.path)
        extra = {"provider": "x"} if kind == "offering" else {}
        read.load(schema, **{**{key: value for key, value in said.items() if key not in read.data}, **extra})
    assert len(paths) == len(catalog.authors) + len(catalog.models) + len(catalog.providers) + len(catalog.offerings)
    return catalog


def _tree(files: Mapping[str, bytes], *, single: bool = False) -> Tree:
    return Tree(name="c", names=tuple(sorted(files)), single=single, fetch=lambda name, limit: files[name][:limit])


def _in_layout(layout: str, load: Callable[[Tree], Content]) -> Callable[[bytes], None]:
    """Return a target that puts bytes in the place of one file of a small catalog; the first byte says of which."""
    base = {name: text.encode() for name, text in BASES[layout].items()}
    names = [*sorted(base), "providers/p/logo.svg"]

    def target(data: bytes) -> None:
        if not data:
            return
        # A digit, so that a case of the corpus can be read.
        name = names[data[0] % len(names)]
        try:
            content = load(_tree({**base, name: data[1:]}))
        except ContentError:
            return
        _imported(content)

    return target


def _of_json(load: Callable[[Tree], Content], count: Callable[[dict[str, Any]], int]) -> Callable[[bytes], None]:
    """Return a target that reads bytes as a file of JSON; `count` says how many offerings such a file holds."""

    def target(data: bytes) -> None:
        try:
            content = load(_tree({"api.json": data}, single=True))
        except ContentError:
            return
        catalog = _imported(content)
        if not content.problems:
            assert catalog is not None
            assert len(catalog.offerings) == count(json.loads(data))

    return target


def _of_modelsdev(data: dict[str, Any]) -> int:
    providers = data["providers"] if isinstance(data.get("models"), dict) and "providers" in data else data
    return sum(len(provider.get("models", ())) for provider in providers.values())


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "document": document,
    "path": path,
    "escape": escape,
    "prose": prose,
    "logo": logo,
    "archive": archive,
    "starmap2025": _in_layout("starmap-2025", starmap2025.load),
    "starmap2026": _in_layout("starmap-2026", starmap2026.load),
    "modelsdev": _in_layout("modelsdev", modelsdev.load),
    "modelsdev_json": _of_json(modelsdev_json.load, _of_modelsdev),
    "openrouter": _of_json(openrouter.load, lambda data: len(data["data"])),
    "litellm": _of_json(litellm.load, lambda data: len(data.keys() - {"sample_spec"})),
}
