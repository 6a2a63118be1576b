"""One walk over the files of a Starmap catalog, of either layout: which file is what, and what is wrong with it.

    authors.yaml, providers.yaml                   lists
    authors/<author>/models/**/<slug>.yaml         definitions, in the newer layout
    providers/<provider>/models/**/<id>.yaml       offerings
    authors/<author>/logo.svg, providers/<provider>/logo.svg

Files that Starmap makes from these (`endpoints.yaml`, `generation.json`, `provenance.yaml`) are known and not read. Everything
else in the folder is told once for each folder that holds it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from generator.catalog import Entry
from generator.documents import Document, parse_yaml, parse_yaml_list
from generator.errors import ContentError, Problem, Severity
from generator.schema import Record
from generator.sources.starmap_reading import Reading
from generator.sources.tree import MAX_LOGO_BYTES, Tree

__all__ = ["Walk", "is_definition"]

T = TypeVar("T", bound=Record)
_KNOWN = frozenset(
    {"authors.yaml", "providers.yaml", "endpoints.yaml", "generation.json", "provenance.yaml", "LICENSE", "LOGO-NOTICE.md"}
)


def is_definition(name: str) -> bool:
    """Return whether a file stands where the newer layout has the definition of a model."""
    parts = name.split("/")
    return len(parts) > 3 and parts[0] == "authors" and parts[2] == "models" and name.endswith(".yaml")


@dataclass(slots=True)
class Walk:
    """What one walk finds besides the records: problems, what they spoil, logos. `seen` holds the files that have a meaning."""

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    logos: dict[str, bytes] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def documents(self, name: str) -> tuple[Document, ...] | None:
        """Return one document for each item of a list file; None, and a problem, when it cannot be read."""
        self.seen.add(name)
        try:
            return parse_yaml_list(self.tree.text(name), self.tree.shown(name))
        except ContentError as error:
            self.problems.extend(error.problems)
            return None

    def owners(self, section: str, documents: tuple[Document, ...], build: Callable[[Reading], T]) -> tuple[Entry[T], ...]:
        """Return the authors or providers of a list file, and load their logos."""
        found = []
        for document in documents:
            name = str(document.data.get("id", ""))
            entry = self._build(document, f"{section.removesuffix('s')}/{name}", build)
            if entry:
                found.append(entry)
            self._logo(f"{section}/{name}")
        return tuple(found)

    def records(self, section: str, kind: str, build: Callable[[Reading, str, str], T]) -> tuple[Entry[T], ...]:
        """Return the records that stand below `models/` of each folder; `build` is given the folder and the path in it."""
        found = []
        for name, owner, path in self._below(section):
            key = f"{kind}/{owner}/{path}"
            self.seen.add(name)
            try:
                document = parse_yaml(self.tree.text(name), self.tree.shown(name))
            except ContentError as error:
                self.problems.extend(error.problems)
                self.broken.add(key)
                continue
            entry = self._build(document, key, lambda reading, owner=owner, path=path: build(reading, owner, path))  # type: ignore[misc]
            if entry:
                found.append(entry)
        return tuple(found)

    def folders(self, section: str) -> set[str]:
        """Return the names of the folders of a section."""
        return {name.split("/")[1] for name in self.tree.folder(section) if name.count("/") > 1}

    def finish(self) -> None:
        """Report what has no meaning in the layout, and what cannot be read at all."""
        for name, reason in self.tree.broken_links:
            self.problems.append(Problem(self.tree.shown(name), message=reason))
        strays: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.tree.names:
            path = PurePosixPath(name)
            if name not in self.seen and name not in _KNOWN and path.name != "README.md":
                strays[str(path.parent)].append(path.name)
        for folder, names in strays.items():
            self.problems.append(self._stray(folder, names))

    def _stray(self, folder: str, names: list[str]) -> Problem:
        prefix = "" if folder == "." else folder
        legacy = folder.startswith("authors/") and folder.count("/") == 1 and all(name.endswith(".yaml") for name in names)
        hint = "a model is read from authors/<author>/models/ or providers/<provider>/models/" if legacy else ""
        if len(names) == 1:
            path = f"{prefix}/{names[0]}".lstrip("/")
            return Problem(self.tree.shown(path), message="is not part of the layout", hint=hint, severity=Severity.WARNING)
        shown = ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
        message = f"holds {len(names)} files that are not part of the layout: {shown}"
        return Problem(self.tree.shown(prefix), message=message, hint=hint, severity=Severity.WARNING)

    def _below(self, section: str) -> Iterator[tuple[str, str, str]]:
        for name in self.tree.folder(section):
            parts = name.split("/")
            if len(parts) > 3 and parts[2] == "models" and name.endswith(".yaml"):
                yield name, parts[1], "/".join(parts[3:]).removesuffix(".yaml")

    def _build(self, document: Document, key: str, build: Callable[[Reading], T]) -> Entry[T] | None:
        reading = Reading(document)
        try:
            return Entry(build(reading), document)
        except ContentError as error:
            self.problems.extend(error.problems)
            self.broken.add(key)
            return None
        finally:
            self.problems.extend(reading.warnings)

    def _logo(self, owner: str) -> None:
        name = f"{owner}/logo.svg"
        if not self.tree.has(name):
            return
        self.seen.add(name)
        try:
            self.logos[owner] = self.tree.read(name, MAX_LOGO_BYTES)
        except ContentError as error:
            self.problems.extend(error.problems)


def known_ids(documents: tuple[Document, ...]) -> Mapping[str, str]:
    """Return the id of each author by its id and aliases."""
    found: dict[str, str] = {}
    for document in documents:
        name = document.data.get("id")
        aliases = document.data.get("aliases")
        for alias in (name, *(aliases if isinstance(aliases, list) else ())):
            if isinstance(name, str) and isinstance(alias, str):
                found.setdefault(alias, name)
    return found
