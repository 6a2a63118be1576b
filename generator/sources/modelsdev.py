"""A checkout of models.dev: a TOML file for each provider, offering and definition, and logos of labs and providers.

    providers/<provider>/provider.toml      logo.svg beside it
    providers/<provider>/models/**/<id>.toml
    models/<lab>/**/<slug>.toml
    labs/<lab>/logo.svg

An offering takes over the definition that its `base_model` names. The native layout is strict; here, what the published
checkout is known to hold and to live with is a warning, and the rest is built.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple, TypeVar, cast

from msgspec import Struct

from generator.catalog import Entry, Records
from generator.documents import Document, Loc
from generator.errors import ContentError, Problem, Severity, nearest
from generator.faults import Told, shown
from generator.processes import SHARE, aside, wanted
from generator.schema import Author, Model, Offering, Provider
from generator.sources import modelsdev_facts as facts
from generator.sources import toml
from generator.sources.archive import NOTHING
from generator.sources.content import Content
from generator.sources.logos import MAX_LOGO_BYTES, check_logo
from generator.sources.memory import Memory
from generator.sources.modelsdev_tables import (
    ModelTable,
    OfferingTable,
    ProviderTable,
    Report,
    check,
    merge,
    without,
)
from generator.sources.tree import Tree

__all__ = ["Loader", "load", "recognises"]

T = TypeVar("T")

_NOT_INHERITED = ("id", "benchmarks", "license", "links", "weights")


def recognises(tree: Tree) -> bool:
    """Return whether a tree has the shape of a models.dev checkout."""
    return any(_is_provider(name) for name in tree.folder("providers"))


def load(tree: Tree, memory: Memory | None = None, jobs: int = 1) -> Content:
    """Read a checkout by so many processes; with a memory, by one, what is not as it was when it was read before."""
    return Loader(tree, memory, jobs=1 if memory else jobs).load()


def _is_provider(name: str) -> bool:
    return name.endswith("/provider.toml") and name.count("/") == 2


class _File(Struct, frozen=True):
    """A file after parsing; `text` is kept to find a line again."""

    shown: str
    text: str
    table: Mapping[str, Any]

    def document(self) -> Document:
        return Document(self.shown, self.table)


class _Part(NamedTuple):
    """What was read of some of the offerings."""

    entries: list[Entry[Offering]]
    problems: list[Problem]
    broken: set[str]


@dataclass(slots=True)
class Loader:
    """Collects what one reading finds. `definitions` are the tables of models/, `providers` those of the providers."""

    tree: Tree
    memory: Memory | None = None
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    logos: dict[str, bytes] = field(default_factory=dict)
    definitions: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    providers: dict[str, ProviderTable] = field(default_factory=dict)
    reader: toml.Reader = field(default_factory=toml.Reader)
    jobs: int = 1
    """How many processes there may be; 0 chooses."""

    def load(self) -> Content:
        """Read the whole."""
        self._broken_links()
        models = tuple(self._models())
        providers = tuple(self.read_providers())
        offerings = tuple(self._offerings())
        records = Records(
            authors=tuple(self._authors()),
            models=models,
            providers=providers,
            offerings=offerings,
            broken=frozenset(self.broken),
            logos=self.logos,
        )
        return Content(records=records, problems=tuple(self.problems))

    def _broken_links(self) -> None:
        for name, reason in self.tree.broken_links:
            if name.startswith(("providers/", "models/", "labs/")):
                severity = Severity.WARNING if reason == NOTHING else Severity.ERROR
                hint = "nothing is known of what it stands for"
                self.problems.append(Problem(self.tree.shown(name), 0, 0, "", reason, hint, severity))
                self.broken.add(_meant(name))

    def _models(self) -> Iterator[Entry[Model]]:
        for name in self._tables("models"):
            entry = self.read_model(name)
            if entry:
                yield entry
            else:
                self.broken.add(f"model/{name.removeprefix('models/').removesuffix('.toml')}")

    def read_model(self, name: str) -> Entry[Model] | None:
        """Return the definition in a file, which is noted as one, or nothing after reporting what is wrong with it."""
        slug = name.removeprefix("models/").removesuffix(".toml")
        file = self.read_file(name, slug)
        if file is None:
            return None
        self.definitions[slug] = file.table
        return self._once(f"model {name}", (file,), lambda: self._defined(file, slug))

    def _defined(self, file: _File, slug: str) -> Entry[Model] | None:
        report = self._report(file)
        checked = check(ModelTable, file.table, report)
        value = facts.model(checked, slug, report) if checked else None
        return Entry(value, file.document()) if value else None

    def read_providers(self) -> Iterator[Entry[Provider]]:
        """Yield the providers, which are noted; report what is wrong with them."""
        for owner in self._owners():
            entry = None
            if not self.tree.has(f"providers/{owner}/provider.toml"):
                where = self.tree.shown(f"providers/{owner}")
                self.problems.append(Problem(where, message="has no provider.toml", hint="it names the provider"))
            elif file := self.read_file(f"providers/{owner}/provider.toml", owner):
                table, entry = self._once(f"provider {owner}", (file,), partial(self._provided, file, owner))
                if table:
                    self.providers[owner] = table
                if entry:
                    self._logo(f"providers/{owner}/logo.svg", f"providers/{owner}")
                    yield entry
            if entry is None:
                self.broken.add(f"provider/{owner}")

    def _provided(self, file: _File, owner: str) -> tuple[ProviderTable | None, Entry[Provider] | None]:
        report = self._report(file)
        checked = check(ProviderTable, file.table, report)
        value = facts.provider(checked, owner, report) if checked else None
        return checked.value if checked else None, Entry(value, file.document()) if value else None

    def _owners(self) -> list[str]:
        below = (name.split("/", 2) for name in self.tree.folder("providers"))
        return sorted({parts[1] for parts in below if len(parts) > 2})

    def _offerings(self) -> Iterator[Entry[Offering]]:
        files = [(owner, name) for owner in self._owners() for name in self._tables(f"providers/{owner}/models")]
        mine = int(len(files) * SHARE)
        with aside(partial(self._read_offerings, files[mine:]), wanted(self.jobs, len(files))) as others:
            for part in (self._read_offerings(files[:mine]), others()):
                self.problems += part.problems
                self.broken |= part.broken
                yield from part.entries

    def _read_offerings(self, files: Iterable[tuple[str, str]]) -> "_Part":
        """Return the offerings in files of providers, and nothing of what is wrong with them elsewhere."""
        known = {entry for entry in self.definitions if f"model/{entry}" not in self.broken}
        mine = replace(self, problems=[])
        entries, broken = [], set()
        for owner, name in files:
            path = name.removeprefix(f"providers/{owner}/models/").removesuffix(".toml")
            file = mine.read_file(name, path)
            if entry := mine.read_offering(file, owner, path, known) if file else None:
                entries.append(entry)
            else:
                broken.add(f"offering/{owner}/{path}")
        return _Part(entries, mine.problems, broken)

    def read_offering(self, file: _File, owner: str, path: str, known: set[str]) -> Entry[Offering] | None:
        """Return the offering in a file; `known` are the definitions that can be read."""
        base: str | None = None
        unsaid: list[str] = []
        if "base_model" in file.table or "base_model_omit" in file.table:
            try:
                base, unsaid = self._base(file, known)
            except LookupError:
                return None
        definition = self.definitions[base] if base else None
        served = facts.Served(
            provider=owner,
            id=path,
            # Who says nothing of how its provider is called does not hang on what that says.
            by=self.providers.get(owner) if "provider" in file.table or "provider" in (definition or ()) else None,
            model=base or facts.linked(owner, path, known),
            unsaid=unsaid,
        )
        of = (file, definition, served.by, served.model)
        return self._once(f"offering {owner}/{path}", of, lambda: self._served(file, definition, served))

    def _served(
        self, file: _File, definition: Mapping[str, Any] | None, served: facts.Served
    ) -> Entry[Offering] | None:
        report = self._report(file)
        table = file.table if definition is None else _inherited(file.table, definition, served.unsaid)
        checked = check(OfferingTable, table, report)
        value = facts.offering(checked, served, report) if checked else None
        return Entry(value, file.document()) if value else None

    def _base(self, file: _File, known: set[str]) -> tuple[str, list[str]]:
        """Return the id of the base and the paths not taken over; raise `LookupError` after reporting a fault."""
        base, omit = file.table.get("base_model"), file.table.get("base_model_omit", [])
        if not isinstance(base, str):
            told = Told(("base_model",), f"has to name a model, not {shown(base)}")
        elif not isinstance(omit, list) or not all(isinstance(path, str) and path for path in omit):
            told = Told(("base_model_omit",), "has to be a list of keys")
        elif base in known:
            return base, omit
        elif base in self.definitions or f"model/{base}" in self.broken:
            raise LookupError(base)
        else:
            told = Told(("base_model",), f"there is no model `{base}`", nearest(base, known))
        self._report(file)(told, Severity.ERROR)
        raise LookupError(told.message)

    def _authors(self) -> Iterator[Entry[Author]]:
        labs = {name.split("/")[1]: "labs" for name in self.tree.folder("labs") if name.count("/") > 1}
        for lab in labs:
            self._logo(f"labs/{lab}/logo.svg", f"authors/{lab}")
        labs |= {slug.partition("/")[0]: "models" for slug in self.definitions}
        for lab, section in sorted(labs.items()):
            if entry := self.read_author(lab, self.tree.shown(f"{section}/{lab}")):
                yield entry

    def read_author(self, lab: str, where: str) -> Entry[Author] | None:
        """Return the author of a folder, who has the name of the provider of that id, where there is one."""
        names = {lab: self.providers[lab].name} if lab in self.providers else {}

        def made() -> Entry[Author] | None:
            value = facts.author(lab, names, self._report(_File(where, "", {})))
            return Entry(value, Document(where, {})) if value else None

        return self._once(f"author {where}", tuple(names.values()), made)

    def _tables(self, folder: str) -> Iterator[str]:
        for name in self.tree.folder(folder):
            if name.endswith(".toml"):
                yield name
            else:
                what, hint = "is not a .toml file; it is left out", "add the suffix if it is meant to be read"
                self.problems.append(Problem(self.tree.shown(name), 0, 0, "", what, hint, Severity.WARNING))

    def _once(self, name: str, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what is made of these things, reporting what was wrong with it when it was."""
        if self.memory is None:
            return make()

        def made() -> tuple[T, list[Problem]]:
            first = len(self.problems)
            value = make()
            told = self.problems[first:]
            del self.problems[first:]
            return value, told

        value, told = self.memory.once(name, of, made)
        self.problems += told
        return value

    def read_file(self, name: str, key: str) -> _File | None:
        """Return a file that describes `key`, or nothing after reporting what is wrong with it."""
        if self.memory is None:
            return self._file(name, key)
        return self._once(f"file {name}", (self.tree.state(name),), lambda: self._file(name, key))

    def _file(self, name: str, key: str) -> _File | None:
        where = self.tree.shown(name)
        try:
            text = self.tree.text(name)
            file = _File(where, text, self.reader.parse(text, where))
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        if not file.table:
            self.problems.append(Problem(where, message="is empty", hint="remove the file, or say what it describes"))
            return None
        if file.table.get("id", key) == key:
            return file
        told = Told(("id",), f"is {shown(file.table['id'])}, and the path says `{key}`")
        self._report(file)(told, Severity.ERROR)
        return None

    def _logo(self, name: str, key: str) -> None:
        if not self.tree.has(name):
            return
        logo = self._once(f"logo {name}", (self.tree.state(name),), lambda: self._drawn(name))
        if logo is not None:
            self.logos[key] = logo

    def _drawn(self, name: str) -> bytes | None:
        try:
            logo = self.tree.read(name, MAX_LOGO_BYTES)
        except ContentError as error:
            self.problems.extend(error.problems)
            return None
        if problem := check_logo(logo, self.tree.shown(name)):
            self.problems.append(problem)
            return None
        return logo

    def _report(self, file: _File) -> Report:
        def report(told: Told, severity: Severity) -> None:
            if severity is Severity.WARNING and not _has(file.table, told.loc):
                return  # it is the definition's, and was told there
            line, column = toml.locate(file.text, told.loc, key=told.at_key) if file.text else (0, 0)
            place = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in told.loc).lstrip(".")
            self.problems.append(Problem(file.shown, line, column, place, told.message, told.hint, severity))

        return report


def _inherited(table: Mapping[str, Any], definition: Mapping[str, Any], unsaid: Iterable[str]) -> Mapping[str, Any]:
    base = {key: value for key, value in definition.items() if key not in _NOT_INHERITED}
    own = {key: value for key, value in table.items() if key not in ("base_model", "base_model_omit")}
    merged: Mapping[str, Any] = merge(base, own)
    for path in unsaid:
        merged = without(merged, tuple(path.split(".")), prune=True)
    return merged


def _meant(name: str) -> str:
    """Return what a file or a folder would describe, as `Records.broken` names it."""
    section, _, rest = name.removesuffix(".toml").partition("/")
    if section != "providers":
        return f"model/{rest}" if section == "models" else f"author/{rest.partition('/')[0]}"
    owner, _, path = rest.partition("/models/")
    return f"offering/{owner}/{path}" if path else f"provider/{rest.partition('/')[0]}"


def _has(table: Any, loc: Loc) -> bool:
    for part in loc:
        if not isinstance(table, Mapping | list) or (isinstance(table, Mapping) and part not in table):
            return False
        table = cast(Any, table)[part]
    return True
