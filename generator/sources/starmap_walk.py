"""One walk over the files of a Starmap catalog, of either layout: which file is what, and what is wrong with it.

    authors.yaml, providers.yaml                   lists
    authors/<author>/models/**/<slug>.yaml         definitions, in the newer layout
    providers/<provider>/models/**/<id>.yaml       offerings
    authors/<author>/logo.svg, providers/<provider>/logo.svg

Files that Starmap makes from these (`endpoints.yaml`, `generation.json`, `provenance.yaml`) are known and not read.
Everything else in the folder is told once for each folder that holds it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from generator.catalog import Entry, Records
from generator.documents import Document, parse_yaml, parse_yaml_list
from generator.errors import ContentError, Problem, Severity
from generator.schema import Author, AuthorKind, Model, Offering, Provider, Record
from generator.sources.content import Content
from generator.sources.logos import MAX_LOGO_BYTES, check_logo
from generator.sources.starmap_owners import author, provider
from generator.sources.starmap_reading import Reading
from generator.sources.tree import Tree

__all__ = ["Walk", "is_definition"]

T = TypeVar("T", bound=Record)
_LISTS = ("authors.yaml", "providers.yaml")
_KNOWN = frozenset({*_LISTS, "endpoints.yaml", "generation.json", "provenance.yaml", "LICENSE", "LOGO-NOTICE.md"})
_Build = Callable[[Reading, Mapping[str, str], str, str], T]
"""Makes a record of what was read, the ids of authors, the folder of the owner and the path in it."""


def is_definition(name: str) -> bool:
    """Return whether a file stands where the newer layout has the definition of a model."""
    return name.startswith("authors/") and _record(name) is not None


@dataclass(slots=True)
class Walk:
    """What one walk finds.

    `known` gives the id of an author by its id or an alias, `seen` holds the files that have a meaning.
    """

    tree: Tree
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    logos: dict[str, bytes] = field(default_factory=dict)
    authors: tuple[Entry[Author], ...] = ()
    providers: tuple[Entry[Provider], ...] = ()
    known: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)

    def owners(self, *, others: AuthorKind | None = None) -> None:
        """Read who makes and who serves models. `others` is the kind of authors in none of Starmap's named groups."""
        authors, providers = self._documents("authors"), self._documents("providers")
        self.known = _Anyone() if authors is None else _ids(authors)
        self.authors = tuple(self._owners("author", authors or (), lambda reading: author(reading, others=others)))
        self.providers = tuple(self._owners("provider", providers or (), provider))
        if providers is None:
            self.broken.update(f"provider/{name.split('/')[1]}" for name in self.tree.folder("providers"))

    def records(self, kind: str, section: str, build: _Build[T]) -> tuple[Entry[T], ...]:
        """Return the records that stand below the `models` folders of a section."""
        places = [(name, place) for name in self.tree.folder(section) if (place := _record(name))]
        found = [self._record(kind, name, place, build) for name, place in places]
        return tuple(entry for entry in found if entry)

    def content(self, models: tuple[Entry[Model], ...], offerings: tuple[Entry[Offering], ...]) -> Content:
        """Return all that was found, with a problem for what has no meaning in the layout or cannot be read."""
        for name, reason in self.tree.broken_links:
            self.problems.append(Problem(self.tree.shown(name), message=reason))
            if place := _record(name):
                self.broken.add("/".join(("model" if is_definition(name) else "offering", *place)))
        strays: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.tree.names:
            folder, _, file = name.rpartition("/")
            if name not in self.seen and name not in _KNOWN and file != "README.md":
                strays[folder].append(file)
        self.problems.extend(self._stray(folder, files) for folder, files in strays.items())
        if isinstance(self.known, _Anyone):
            folders = {name.split("/")[1] for name in self.tree.folder("authors")}
            self.broken.update(f"author/{name}" for name in self.known.asked | folders)
        records = Records(
            authors=self.authors,
            models=models,
            providers=self.providers,
            offerings=offerings,
            broken=frozenset(self.broken),
            logos=self.logos,
        )
        return Content(records=records, problems=tuple(self.problems))

    def _documents(self, section: str) -> tuple[Document, ...] | None:
        """Return one document for each item of a list file; None, and a problem, when it cannot be read."""
        name = f"{section}.yaml"
        try:
            return parse_yaml_list(self.tree.text(name), self.tree.shown(name))
        except ContentError as error:
            self.problems.extend(error.problems)
            return None

    def _owners(self, kind: str, documents: tuple[Document, ...], build: Callable[[Reading], T]) -> Iterator[Entry[T]]:
        for document in documents:
            name = str(document.data.get("id", ""))
            self._logo(f"{kind}s/{name}")
            if entry := self._build(document, f"{kind}/{name}", build):
                yield entry

    def _stray(self, folder: str, files: list[str]) -> Problem:
        legacy = folder.startswith("authors/") and files[0].endswith(".yaml")
        hint = "a model is read from a `models` folder below its author or provider" if legacy else ""
        if len(files) == 1:
            name, message = f"{folder}/{files[0]}".lstrip("/"), "is not part of the layout"
        else:
            shown = ", ".join(files[:3]) + (", ..." if len(files) > 3 else "")
            name, message = folder, f"holds {len(files)} files that are not part of the layout: {shown}"
        return Problem(self.tree.shown(name), message=message, hint=hint, severity=Severity.WARNING)

    def _record(self, kind: str, name: str, place: tuple[str, str], build: _Build[T]) -> Entry[T] | None:
        self.seen.add(name)
        key = "/".join((kind, *place))
        try:
            document = parse_yaml(self.tree.text(name), self.tree.shown(name))
        except ContentError as error:
            self.problems.extend(error.problems)
            self.broken.add(key)
            return None
        return self._build(document, key, lambda reading: build(reading, self.known, *place))

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
            data = self.tree.read(name, MAX_LOGO_BYTES)
        except ContentError as error:
            self.problems.extend(error.problems)
            return
        if problem := check_logo(data, self.tree.shown(name)):
            self.problems.append(problem)
        else:
            self.logos[owner] = data


def _record(name: str) -> tuple[str, str] | None:
    """Return the folder of the owner and the path below its `models` without suffix, of a file that stands there."""
    section, owner, models, *path = (*name.split("/", 3), "", "", "")[:4]
    found = section in ("authors", "providers") and models == "models" and path[0].endswith(".yaml")
    return (owner, path[0].removesuffix(".yaml")) if found else None


class _Anyone(dict[str, str]):
    """The ids of authors when their list cannot be read: whoever is asked for is there, and noted in `asked`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[str] = set()

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> str:
        self.asked.add(name)
        return name


def _ids(documents: tuple[Document, ...]) -> dict[str, str]:
    """Return the id of each author by its id and its aliases, also of those that turn out to be faulty."""
    named = [(name, it.data.get("aliases")) for it in documents if isinstance(name := it.data.get("id"), str)]
    listed = [(name, aliases) for name, aliases in named if isinstance(aliases, list)]
    found = {alias: name for name, aliases in listed for alias in aliases if isinstance(alias, str)}
    return found | {name: name for name, _ in named}
