"""The native layout: folders of authors and providers, one YAML or Markdown file for each thing.

    site.yaml
    authors/<author>/author.md              logo.svg beside it
    authors/<author>/models/**/<slug>.md    or .yaml
    providers/<provider>/provider.md        logo.svg beside it
    providers/<provider>/models/**/<id>.yaml
    providers/<provider>/metrics/**/<id>.yaml   what was measured: beside an offering of the same path
    providers/<provider>/history/**/<id>.yaml   its earlier and announced prices, likewise
    pages/*.md

Ids come from the path unless the file says `id:`. Nothing is skipped in silence: a file that has no business where it
is, is a problem. Links are followed inside the catalog's folder and nowhere else.
"""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import Entry, Records, compact
from generator.config import Settings
from generator.documents import Document, read, read_bytes
from generator.errors import ContentError, Problem
from generator.processes import SHARE, aside, wanted
from generator.schema import Author, FreePage, History, Metrics, Model, Offering, Provider, Record
from generator.sources.archive import FOLDER
from generator.sources.content import Content, put, same_file
from generator.sources.folders import Folders
from generator.sources.logos import MAX_LOGO_BYTES, check_logo
from generator.sources.memory import Memory, state

__all__ = ["MAX_FILES", "again", "load", "recognises"]

MAX_FILES = 1_000_000
_DATA = (".yaml", ".yml", ".md")
_OWNERS = {"providers": "provider", "authors": "author"}
_TOP = ("site.yaml", "authors", "providers", "pages", "templates", "overlays", "README.md", "LICENSE")
_BESIDE: Mapping[str, tuple[str, ...]] = {"author": (), "provider": ("metrics", "history")}
"""The folders beside `models/` whose files say more about what stands there."""
_KINDS: Mapping[str, type[Any]] = {"offering": Offering, "model": Model, "provider": Provider, "author": Author}
T = TypeVar("T", bound=Record)
Owner = TypeVar("Owner", Author, Provider)


def recognises(root: Path) -> bool:
    """Return whether a folder has the shape of the native layout."""
    owners = [(folder, f"*/{kind}{suffix}") for folder, kind in _OWNERS.items() for suffix in _DATA]
    return (root / "site.yaml").is_file() or any(any((root / folder).glob(name)) for folder, name in owners)


def load(root: Path, name: str = "", memory: Memory | None = None, jobs: int = 1) -> Content:
    """Read a native catalog; with a memory, what is not as it was when it was read before.

    Args:
        root: Its folder.
        name: How messages call that.
        memory: What was made of its files; one process reads what it does not have.
        jobs: How many processes read, without a memory; 0 chooses.
    """
    return _Loader(root, name or root.as_posix(), memory, 1 if memory else jobs).load()


def again(root: Path, content: Content, name: str, memory: Memory | None = None) -> Content | None:
    """Return the catalog with one of its files read again, or nothing where more than that file has to be looked at.

    `name` is the path in the catalog's folder of a file that is there. Faults of the file are among the problems.
    """
    shown = f"{root.as_posix()}/{name}"
    loader, records = _Loader(root, root.as_posix(), memory), content.records
    file = loader.disk.path(name)
    for kind, schema in _KINDS.items():
        entries: tuple[Entry[Any], ...] = getattr(records, f"{kind}s")
        at = next((at for at, entry in enumerate(entries) if entry.document.path == shown), None)
        if at is None:
            continue
        old = entries[at].value
        new = loader.entry(file, kind, schema, _said(old, name), free="id")
        if (new and new.value.id != old.id) or len(same_file(entries, at)) > 1:
            return None
        if new and isinstance(old, Offering):
            new = loader.joined(new, *(loader.stated_beside(name, part) for part in _BESIDE["provider"]))
        changes: dict[str, Any] = {f"{kind}s": put(entries, at, new)}
        return content.without(shown, replace(records, **changes), loader.problems)
    return None


def _said(value: Record, name: str) -> dict[str, str]:
    """Return what the path of a file says of the thing that it describes."""
    _, owner, *below = name.split("/", 3)
    slug = below[-1].removesuffix(PurePosixPath(name).suffix)
    if isinstance(value, Offering):
        return {"id": slug, "provider": value.provider}
    return {"id": f"{value.author}/{slug}" if isinstance(value, Model) else owner}


class _Fault(Struct, frozen=True):
    """What is wrong with a file, and the ids that it may have meant."""

    problems: tuple[Problem, ...]
    names: list[str]


@dataclass(slots=True)
class _Loader:
    """Collects what one walk over the folder finds."""

    root: Path
    name: str
    memory: Memory | None = None
    jobs: int = 1
    problems: dict[Problem, None] = field(default_factory=dict)
    """In the order of their discovery, each once."""
    broken: set[str] = field(default_factory=set)
    meant: set[str] = field(default_factory=set)
    logos: dict[str, bytes] = field(default_factory=dict)
    ids: dict[tuple[str, str], str] = field(default_factory=dict)
    """The ids of owners that are not the names of their folders, by section and folder."""
    files: int = 0
    disk: Folders = field(init=False)

    def __post_init__(self) -> None:
        self.disk = Folders(self.root, self.name, self._report)

    def load(self) -> Content:
        if not self.root.is_dir():
            hint = "give the folder that holds site.yaml"
            raise ContentError([Problem(self.name, message="is not a folder", hint=hint)])
        for entry in self.disk.entries(str(self.root)):
            if entry.name not in _TOP:
                self._stray(entry, "a catalog holds site.yaml, authors/, providers/, pages/ and templates/")
        settings = self._settings()
        authors = tuple(self._owners("authors", "author", Author))
        models = tuple(self._models())
        providers = tuple(self._owners("providers", "provider", Provider))
        offerings = tuple(self._offerings())
        pages = tuple(self._pages())
        records = Records(
            authors=authors,
            models=models,
            providers=providers,
            offerings=offerings,
            broken=frozenset(self.broken),
            meant=frozenset(self.meant),
            logos=self.logos,
        )
        return Content(settings=settings, records=records, pages=pages, problems=tuple(self.problems), is_native=True)

    def _settings(self) -> Settings:
        for file in self.disk.named(str(self.root), "site.yaml"):
            try:
                return read(file.path, self.disk.shown(file.path), may_be_empty=True).load(Settings)
            except ContentError as error:
                self._report(*error.problems)
        return Settings()

    def _owners(self, folder: str, kind: str, schema: type[Owner]) -> Iterator[Entry[Owner]]:
        for owner in self.disk.section(folder):
            if not owner.is_dir():
                self._stray(owner, f"{folder}/ holds one folder for each {kind}")
                continue
            found = self.disk.named(owner.path, *(f"{kind}{suffix}" for suffix in _DATA))
            if len(found) != 1:
                names = " and ".join(file.name for file in found)
                what = f"has both {names}" if found else f"has no {kind}.md or {kind}.yaml"
                self._report(Problem(self.disk.shown(owner.path), message=what, hint="one file describes it"))
                self.broken.add(f"{kind}/{owner.name}")
                continue
            for entry in self.disk.entries(owner.path):
                if entry.name not in (found[0].name, "models", "logo.svg", *_BESIDE[kind]):
                    parts = "".join(f", {part}/" for part in _BESIDE[kind])
                    hint = f"a folder of {folder}/ holds {kind}.md or {kind}.yaml, logo.svg{parts} and models/"
                    self._stray(entry, hint)
            value = self.entry(found[0].path, kind, schema, {"id": owner.name}, free="id")
            if value:
                self.ids[folder, owner.name] = value.value.id
                yield value
            for file in self.disk.named(owner.path, "logo.svg"):
                self._logo(file.path, f"{folder}/{self.ids.get((folder, owner.name), owner.name)}")

    def _models(self) -> Iterator[Entry[Model]]:
        for author, path, slug in self._below("authors"):
            entry = self.entry(path, "model", Model, {"id": f"{author}/{slug}"}, free="id")
            if entry and entry.value.author != author:
                message = f"`{entry.value.id}` stands in the folder of `{author}`"
                self._report(entry.document.problem(("id",), message, hint="move the file or mend the id"))
                self._note("model", {"id": f"{author}/{slug}"}, [entry.value.id])
            elif entry:
                yield entry

    def _offerings(self) -> Iterator[Entry[Offering]]:
        beside = {part: self._beside(part) for part in _BESIDE["provider"]}
        files = tuple(self._below("providers"))
        for (provider, _, name), made in zip(files, self._read_offerings(files), strict=True):
            paths = {part: found.pop((provider, name), None) for part, found in beside.items()}
            if entry := self._sound(made, "offering", {"id": name, "provider": provider}):
                yield self.joined(entry, paths["metrics"], paths["history"])
        for part, found in beside.items():
            for path in found.values():
                hint = f"a file of {part}/ has the path of the offering's in models/"
                self._report(Problem(self.disk.shown(path), message="belongs to no offering", hint=hint))

    def _read_offerings(self, files: Sequence[tuple[str, str, str]]) -> "Iterator[Entry[Offering] | _Fault]":
        """Yield what is in files, each with its provider and name."""

        def made(some: Sequence[tuple[str, str, str]]) -> "list[Entry[Offering] | _Fault]":
            said = [(path, {"id": name, "provider": provider}) for provider, path, name in some]
            found = [self._once(path, "offering", Offering, of, "id") for path, of in said]
            for entry in found:
                if isinstance(entry, Entry):
                    compact(entry.value)  # before it is sent from one process to another, which sends once what is one
            return found

        mine = int(len(files) * SHARE)
        with aside(lambda: made(files[mine:]), wanted(self.jobs, len(files))) as others:
            yield from made(files[:mine])
            yield from others()

    def _beside(self, part: str) -> dict[tuple[str, str], str]:
        """Return the files of a folder beside `models/`, by provider and path."""
        found: dict[tuple[str, str], str] = {}
        for provider, path, name in self._below("providers", part):
            first = found.setdefault((provider, name), path)
            if first != path:
                message = f"stands beside {first.rpartition(os.sep)[2]}"
                self._report(Problem(self.disk.shown(path), message=message, hint="one file describes it"))
        return found

    def joined(self, entry: Entry[Offering], metrics: str | None, history: str | None) -> Entry[Offering]:
        """Return an offering with what the files beside it say."""
        measured = self.entry(metrics, "metrics", Metrics, {}) if metrics else None
        held = self.entry(history, "history", History, {}) if history else None
        for name, path in (("metrics", metrics), ("prices", history)):
            if path and name in entry.value.model_fields_set:
                message = f"stands in {self.disk.shown(path)} as well"
                self._report(entry.document.problem((name,), message, hint="remove one of the two", key=True))
        if measured is None and held is None:
            return entry
        if self.memory is None:
            return _joined(entry, measured, held)
        of = (entry, measured, held)
        return self.memory.once(f"joined {entry.document.path}", of, lambda: _joined(*of))

    def stated_beside(self, name: str, part: str) -> str | None:
        """Return the file of an offering in a folder beside `models/`, if it has one."""
        section, owner, _, below = name.split("/", 3)
        stem = below.removesuffix(PurePosixPath(below).suffix)
        paths = (self.disk.path(f"{section}/{owner}/{part}/{stem}{suffix}") for suffix in _DATA)
        return next((path for path in paths if Path(path).is_file()), None)

    def _below(self, folder: str, part: str = "models") -> Iterator[tuple[str, str, str]]:
        """Yield owner, file and path below `part` without its suffix, for every data file of a section."""
        for owner in self.disk.section(folder):
            name = self.ids.get((folder, owner.name), owner.name)
            for models in self.disk.named(owner.path, part) if owner.is_dir() else ():
                for path in self._walk(models.path, linked=owner.is_symlink() or models.is_symlink()):
                    below = self.disk.below(path, models.path)
                    yield name, path, below[: below.rindex(".")]

    def _walk(self, folder: str, *, linked: bool) -> Iterator[str]:
        for entry in self.disk.entries(folder):
            if entry.name.endswith(_DATA) and entry.is_dir():
                self._report(Problem(self.disk.shown(entry.path), message=FOLDER))
            elif entry.is_dir():
                # One link on the way is enough: through more, a small catalog could hold a million files, or no end.
                if linked and entry.is_symlink():
                    message = "is a link to a folder below another such link"
                    self._report(Problem(self.disk.shown(entry.path), message=message))
                else:
                    yield from self._walk(entry.path, linked=linked or entry.is_symlink())
            elif entry.name.endswith(_DATA):
                self.files += 1
                if self.files > MAX_FILES:
                    raise ContentError([Problem(self.name, message=f"holds more than {MAX_FILES:,} files")])
                yield entry.path
            else:
                self._stray(entry, "models/ holds .yaml and .md files")

    def _pages(self) -> Iterator[Entry[FreePage]]:
        for file in self.disk.section("pages"):
            if not file.name.endswith(".md") or file.is_dir():
                self._stray(file, "pages/ holds .md files")
            elif entry := self.entry(file.path, "page", FreePage, {"name": file.name.removesuffix(".md")}):
                yield entry

    def entry(
        self, path: str, kind: str, schema: type[T], said: Mapping[str, str], *, free: str = ""
    ) -> Entry[T] | None:
        """Read a file, of which its path has `said` some facts; only of the one that is `free` it may say otherwise."""
        return self._sound(self._once(path, kind, schema, said, free), kind, said)

    def _once(self, path: str, kind: str, schema: type[T], said: Mapping[str, str], free: str) -> "Entry[T] | _Fault":
        """Return what is read of a file, as it was read before where nothing has changed."""
        if self.memory is None:
            return self._read(path, schema, said, free)
        of = (state(path), *said.values())
        return self.memory.once(f"{kind} {path}", of, lambda: self._read(path, schema, said, free))

    def _sound(self, made: "Entry[T] | _Fault", kind: str, said: Mapping[str, str]) -> Entry[T] | None:
        """Return what was read, or nothing after reporting what is wrong with it."""
        if isinstance(made, Entry):
            return made
        self._report(*made.problems)
        self._note(kind, said, made.names)
        return None

    def _read(self, path: str, schema: type[T], said: Mapping[str, str], free: str) -> "Entry[T] | _Fault":
        document = None
        try:
            document = read(path, self.disk.shown(path))
            return Entry(_build(document, schema, said, free), document)
        except ContentError as error:
            return _Fault(error.problems, _names(document))

    def _note(self, kind: str, said: Mapping[str, str], others: Iterable[str]) -> None:
        """Note a thing that could not be read, once, and the other names by which it may be meant."""
        if not said:  # a file beside that of a thing, which is there without it
            return
        key = f"{kind}/{said['provider']}/{said['id']}" if "provider" in said else f"{kind}/{next(iter(said.values()))}"
        self.broken.add(key)
        self.meant.update(f"{kind}/{name}" for name in others if f"{kind}/{name}" != key)

    def _logo(self, path: str, key: str) -> None:
        try:
            data = read_bytes(path, self.disk.shown(path), MAX_LOGO_BYTES)
        except ContentError as error:
            self._report(*error.problems)
            return
        if problem := check_logo(data, self.disk.shown(path)):
            self._report(problem)
        else:
            self.logos[key] = data

    def _stray(self, entry: os.DirEntry[str], hint: str) -> None:
        self._report(Problem(self.disk.shown(entry.path), message="is not part of the layout", hint=hint))

    def _report(self, *problems: Problem) -> None:
        self.problems.update(dict.fromkeys(problems))


def _joined(entry: Entry[Offering], measured: Entry[Metrics] | None, held: Entry[History] | None) -> Entry[Offering]:
    update: dict[str, object] = {}
    if measured:
        update["metrics"] = measured.value
    if held:
        update["prices"] = held.value.prices
    return replace(entry, value=entry.value.model_copy(update=update))


def _build(document: Document, schema: type[T], said: Mapping[str, str], free: str) -> T:
    """Return the record of what a file states and its path says; raise `ContentError` with all faults."""
    problems = [
        document.problem((key,), f"has to be `{value}`, as the path of the file says", hint="leave the key out")
        for key, value in said.items()
        if key != free and document.data.get(key, value) != value
    ]
    more = {key: value for key, value in said.items() if key != free or key not in document.data}
    if "prose" in document.data:
        problems.append(document.problem(("prose",), "unknown key", hint="text stands below front matter", key=True))
    if "prose" in schema.model_fields:
        more["prose"] = document.body
    elif document.body:
        message = "has text below its data that no page shows"
        problems.append(Problem(document.path, document.body_line, 1, message=message))
    try:
        record = document.load(schema, **more)
    except ContentError as error:
        raise ContentError([*problems, *(_with_hint(problem, document) for problem in error.problems)]) from None
    if problems:
        raise ContentError(problems)
    return record


def _with_hint(problem: Problem, document: Document) -> Problem:
    """Return the problem with what mends an id that the file does not state."""
    if problem.field == "id" and "id" not in document.data:
        return replace(problem, hint="the id comes from the path of the file; rename it, or say `id:` in it")
    return problem


def _names(document: Document | None) -> list[str]:
    """Return the ids that a file with faults may have meant, so that references to them are not told as faults too."""
    if document is None:
        return []
    aliases = document.data.get("aliases")
    names = [document.data.get("id"), *(aliases if isinstance(aliases, list) else [])]
    return [name for name in names if isinstance(name, str)]
