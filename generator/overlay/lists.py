"""Allow and deny lists: which providers, authors, models and offerings of a catalog stay in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TypeVar

from msgspec.structs import replace

from generator.catalog import Entry, Records
from generator.documents import Document
from generator.errors import Problem, Severity, nearest
from generator.schema import Author, Model, Offering, Provider, Record
from generator.schema.values import Line

__all__ = ["Choice", "Lists", "Screen"]

Named = TypeVar("Named", Author, Model, Provider)
_WILD = frozenset("*?[")


class Choice(Record):
    """Patterns of ids, in which `*` stands for any text and `?` for one character."""

    providers: tuple[Line, ...] = ()
    authors: tuple[Line, ...] = ()
    models: tuple[Line, ...] = ()
    """As `author/model`."""
    offerings: tuple[Line, ...] = ()
    """As `provider/id`."""


class Lists(Record):
    """What `overlay.yaml` may hold."""

    name: Line | None = None
    """What pages call the overlay; the name of its folder when left out."""
    allow: Choice = Choice()
    """Where there is a list, nothing else stays."""
    deny: Choice = Choice()
    """What goes, allowed or not."""

    def lets(self, kind: str, name: str) -> bool:
        """Return whether something of that id stays, as far as the lists of its kind say."""
        allowed, denied = getattr(self.allow, f"{kind}s"), getattr(self.deny, f"{kind}s")
        return (not allowed or _fits(name, allowed)) and not _fits(name, denied)


@dataclass(slots=True)
class Screen:
    """Screens the records of one catalog by the lists of one overlay."""

    records: Records
    lists: Lists
    document: Document
    problems: list[Problem] = field(default_factory=list)
    models: dict[str, str] = field(default_factory=dict)
    """The id of each model by its id or an alias; of authors likewise below."""
    authors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.models = _names(self.records.models)
        self.authors = _names(self.records.authors)

    def screened(self) -> Records:
        """Return what stays. What goes is excused where others name it."""
        self._check()
        records, lists = self.records, self.lists
        authors = {e.value.id for e in records.authors if lists.lets("author", e.value.id)}
        providers = {e.value.id for e in records.providers if lists.lets("provider", e.value.id)}
        models = {e.value.id for e in records.models if e.value.author in authors and lists.lets("model", e.value.id)}
        served = [e for e in records.offerings if e.value.provider in providers]
        offerings = [e for e in served if self._stays(e.value, models, authors)]
        models -= {self._model(e.value) for e in records.offerings} - {self._model(e.value) for e in offerings}
        providers -= {e.value.provider for e in records.offerings} - {e.value.provider for e in offerings}
        authors -= set(self._makers(records.models, records.offerings)) - set(
            self._makers([e for e in records.models if e.value.id in models], offerings)
        )
        stay = {"author": authors, "model": models, "provider": providers}
        gone = {f"{kind}/{name}" for kind, name in self._all() if kind in stay and name not in stay[kind]}
        return replace(
            records,
            authors=tuple(e for e in records.authors if e.value.id in authors),
            models=tuple(e for e in records.models if e.value.id in models),
            providers=tuple(e for e in records.providers if e.value.id in providers),
            offerings=tuple(offerings),
            excused=records.excused | gone | self._aliases(gone),
        )

    def _stays(self, offering: Offering, models: set[str], authors: set[str]) -> bool:
        """Return whether an offering of a provider that stays does so too."""
        if not self.lists.lets("offering", f"{offering.provider}/{offering.id}"):
            return False
        if offering.model:
            return self._model(offering) in models or offering.model not in self.models
        makers = [self.authors.get(name, name) for name in offering.authors]
        if self.lists.allow.models or (self.lists.allow.authors and not makers):
            return False  # an allow list lets through what it names, and nobody knows what this is
        return not makers or any(name in authors or name not in self.authors for name in makers)

    def _model(self, offering: Offering) -> str:
        return self.models.get(offering.model or "", "")

    def _makers(self, models: Iterable[Entry[Model]], offerings: Iterable[Entry[Offering]]) -> Iterator[str]:
        for entry in models:
            yield from (self.authors.get(name, name) for name in (entry.value.author, *entry.value.authors))
        for offering in offerings:
            yield from (self.authors.get(name, name) for name in offering.value.authors)

    def _all(self) -> Iterator[tuple[str, str]]:
        records = self.records
        yield from (("author", entry.value.id) for entry in records.authors)
        yield from (("model", entry.value.id) for entry in records.models)
        yield from (("provider", entry.value.id) for entry in records.providers)
        yield from (("offering", f"{entry.value.provider}/{entry.value.id}") for entry in records.offerings)

    def _aliases(self, gone: set[str]) -> set[str]:
        models = {f"model/{alias}" for alias, name in self.models.items() if f"model/{name}" in gone}
        return models | {f"author/{alias}" for alias, name in self.authors.items() if f"author/{name}" in gone}

    def _check(self) -> None:
        """Report every pattern that fits nothing: a plain name as an error, one with a wildcard as a warning."""
        known: dict[str, list[str]] = {}
        for kind, name in self._all():
            known.setdefault(kind, []).append(name)
        for which in ("allow", "deny"):
            for section in Choice.model_fields:
                kind, patterns = section.removesuffix("s"), getattr(getattr(self.lists, which), section)
                for i, pattern in enumerate(patterns):
                    names = known.get(kind, [])
                    if any(fnmatchcase(name, pattern) for name in names):
                        continue
                    wild = not _WILD.isdisjoint(pattern)
                    message = f"fits no {kind}: `{pattern}`" if wild else f"there is no {kind} `{pattern}`"
                    hint = "" if wild else nearest(pattern, names)
                    severity = Severity.WARNING if wild else Severity.ERROR
                    loc = (which, section, i)
                    self.problems.append(self.document.problem(loc, message, hint=hint, severity=severity))


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _names(entries: Iterable[Entry[Named]]) -> dict[str, str]:
    found = {entry.value.id: entry.value.id for entry in entries}
    for entry in entries:
        for alias in entry.value.aliases:
            found.setdefault(alias, entry.value.id)
    return found
