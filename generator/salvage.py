"""What is left of a catalog when the faulty things are taken out of it, with all that hangs on them.

A model hangs on its author; an offering on its provider and on its model. What only mentions a thing that was taken
out (a successor, a parent, a second author) stays and no longer mentions it. Of two things with one id nobody can say
which is meant, so both go. Every thing of the source is either kept or in `left_out`, once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from generator.catalog import Entry, key_of
from generator.documents import Document
from generator.errors import PageFaults, Problem, Severity
from generator.schema import Model, Offering
from generator.sources.content import Content

__all__ = ["BROKEN_LINK", "KINDS", "LeftOut", "Rest", "placed"]

BROKEN_LINK = "broken link "
"""How the message of a link that leads nowhere begins; its address follows."""

KINDS = ("author", "model", "provider", "offering", "page")
Faults = Mapping[str, Sequence[Problem]]
"""What is wrong, by the key of what it is wrong with."""


class LeftOut(Struct, frozen=True, kw_only=True):
    """A thing that is not in the site: what it is, why, and where it stands if that is known."""

    key: str
    """`author/<id>`, `model/<id>`, `provider/<id>`, `offering/<provider>/<id>` or `page/<name>`."""
    path: str = ""
    because_of: str = ""
    """The key of what it hangs on, when nothing is wrong with itself."""
    problems: tuple[Problem, ...] = ()


class Rest(Struct, frozen=True, kw_only=True):
    """What is left of a catalog, and what is not."""

    content: Content
    left_out: tuple[LeftOut, ...] = ()
    mentioned: frozenset[str] = field(default_factory=frozenset)
    """Keys by which others may mean what was left out: its ids and its aliases."""

    @classmethod
    def of(cls, content: Content) -> "Rest":
        """Return what is left when the things go that could not be read."""
        records = content.records
        left = tuple(_unread(key, content.problems) for key in sorted(records.broken))
        rest = cls(content=content, left_out=left)
        # What was read a second time, under the same id, is there.
        gone = (records.broken | records.meant).difference(key_of(entry.value) for entry in rest._entries())
        return replace(rest, mentioned=gone).without({})

    def without(self, faults: Faults) -> "Rest":
        """Return what is left when faulty things go as well."""
        gone = {key: tuple(problems) for key, problems in faults.items()}
        mentioned = set(self.mentioned) | set(gone) | {name for e in self._entries() for name in _names(e, gone)}
        because: dict[str, str] = {}
        while hanging := {
            key: on
            for entry in self._entries()
            if (key := key_of(entry.value)) not in gone and key not in because and (on := _hangs(entry, mentioned))
        }:
            because |= hanging
            mentioned |= {name for entry in self._entries() for name in _names(entry, hanging)}
        left = [
            LeftOut(key=key, path=e.document.path, because_of=because.get(key, ""), problems=gone.get(key, ()))
            for e in (*self._entries(), *self.content.pages)
            if (key := key_of(e.value)) in gone or key in because
        ]
        content = _cut(self.content, frozenset({*gone, *because}), frozenset(mentioned))
        return Rest(content=content, left_out=(*self.left_out, *left), mentioned=frozenset(mentioned))

    def kept(self) -> dict[str, int]:
        """Return how many things of each kind are left."""
        records = self.content.records
        entries = (records.authors, records.models, records.providers, records.offerings, self.content.pages)
        return {kind: len(found) for kind, found in zip(KINDS, entries, strict=True)}

    def other_problems(self) -> tuple[Problem, ...]:
        """Return the errors of the source that are told of nothing in `left_out`: of stray files, logos, links."""
        told = {problem for left in self.left_out for problem in left.problems}
        errors = (problem for problem in self.content.problems if problem.severity is Severity.ERROR)
        return tuple(dict.fromkeys(problem for problem in errors if problem not in told))

    def _entries(self) -> Iterator[Entry[Any]]:
        records = self.content.records
        for entries in (records.authors, records.models, records.providers, records.offerings):
            yield from entries


def placed(faults: PageFaults, documents: Mapping[str, Document]) -> PageFaults:
    """Return the faults of pages with the line of the text that they come from, where that can be said."""

    def located(key: str, problem: Problem) -> Problem:
        document = documents.get(key)
        if document is None or not (document.body or document.yaml_text):
            return problem
        address = problem.message.removeprefix(BROKEN_LINK)
        if address != problem.message:
            name = unquote(address.partition("#")[0].rpartition("/")[2].removesuffix(".html")) or address
            lines = document.body.split("\n")
            found = next(
                (number for number, line in enumerate(lines) if name.removesuffix(".md") in unquote(line)), None
            )
            return (
                problem
                if found is None
                else replace(problem, path=document.path, line=document.body_line + found, column=1)
            )
        if problem.field:
            line, column = document.locate((problem.field,))
            return replace(problem, line=line, column=column)
        return (
            replace(problem, line=document.body_line + max(problem.line, 1) - 1, column=1) if document.body else problem
        )

    return PageFaults((key, located(key, problem)) for key, told in faults.about.items() for problem in told)


def _names(entry: Entry[Any], gone: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys by which others mean a thing, if it is among those that go."""
    key = key_of(entry.value)
    if key in gone:
        kind = key.partition("/")[0]
        yield key
        yield from (f"{kind}/{alias}" for alias in getattr(entry.value, "aliases", ()))


def _hangs(entry: Entry[Any], gone: Iterable[str]) -> str:
    """Return the key of what a thing cannot be without, if that is gone."""
    value = entry.value
    wanted: tuple[str, ...] = ()
    if isinstance(value, Model):
        wanted = (f"author/{value.author}",)
    elif isinstance(value, Offering):
        wanted = (f"provider/{value.provider}", *([f"model/{value.model}"] if value.model else []))
    return next((key for key in wanted if key in gone), "")


def _cut(content: Content, gone: frozenset[str], mentioned: frozenset[str]) -> Content:
    def kept(entries: tuple[Entry[Any], ...]) -> tuple[Entry[Any], ...]:
        return tuple(entry for entry in entries if key_of(entry.value) not in gone)

    records = content.records
    owners = {f"{key.partition('/')[0]}s/{key.partition('/')[2]}" for key in mentioned}
    settings = content.settings
    navigation = tuple(entry for entry in settings.navigation if f"page/{entry.page}" not in mentioned)
    featured = tuple(name for name in settings.featured if f"model/{name}" not in mentioned)
    if (navigation, featured) != (settings.navigation, settings.featured):
        settings = settings.model_copy(update={"navigation": navigation, "featured": featured})
    return replace(
        content,
        pages=kept(content.pages),
        settings=settings,
        records=replace(
            records,
            authors=kept(records.authors),
            models=kept(records.models),
            providers=kept(records.providers),
            offerings=kept(records.offerings),
            broken=records.broken | gone,
            meant=mentioned,
            logos={owner: logo for owner, logo in records.logos.items() if owner not in owners},
        ),
    )


def _unread(key: str, problems: Iterable[Problem]) -> LeftOut:
    """Return what could not be read, with the problems of the file that stands for it."""
    found = tuple(p for p in problems if p.severity is Severity.ERROR and _stands_for(key, p))
    return LeftOut(key=key, path=found[0].path if found else "", problems=found)


def _stands_for(key: str, problem: Problem) -> bool:
    kind, _, name = key.partition("/")
    owner, _, rest = name.partition("/")
    stem = problem.path.rpartition(".")[0] if "." in problem.path.rpartition("/")[2] else problem.path
    folders = {
        "author": (f"authors/{name}", f"authors/{name}/author", f"labs/{name}"),
        "provider": (f"providers/{name}", f"providers/{name}/provider"),
        "model": (f"authors/{owner}/models/{rest}", f"models/{name}"),
        "offering": (f"providers/{owner}/models/{rest}",),
        "page": (f"pages/{name}",),
    }[kind]
    parts = problem.field.split(" > ")  # of a file that holds everything
    in_file = bool(name) and (parts[:3] == [owner, "models", rest] or (not owner and parts[0] == rest))
    return in_file or any(stem == place or stem.endswith(f"/{place}") for place in folders)
