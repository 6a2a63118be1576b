"""Reading a whole source: its files, overlays, references and facts, with everything that is wrong with them.

read     files and overlays            -> Content
look     references and facts          -> Loaded
planned  and the table of pages        -> Site, Loaded
load     nothing worse than a warning  -> Site

Who only looks something up has no need of pages: `catalog_of`.
"""

import dataclasses
import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import Catalog, Entry, key_of
from generator.config import Settings
from generator.documents import Document, Loc
from generator.documents import read as parsed
from generator.errors import ContentError, Problem, Severity, nearest
from generator.linking import link
from generator.lint import lint, locate
from generator.overlay import lay_over
from generator.pages.days import data_date
from generator.processes import aside, wanted
from generator.rules import Finding, Level
from generator.schema import FreePage
from generator.site import Site
from generator.sources import layouts
from generator.sources.content import Content, in_currency
from generator.sources.layouts import Source, beside

__all__ = [
    "Loaded",
    "catalog_of",
    "examine",
    "linked",
    "load",
    "look",
    "overlaid",
    "planned",
    "read",
    "sound",
    "without_collector",
]


class Loaded(Struct, frozen=True, kw_only=True):
    """A source after reading: its graph, and everything that is wrong with it."""

    catalog: Catalog
    settings: Settings
    pages: tuple[FreePage, ...]
    root: str
    faults: tuple[Problem, ...]
    """Of the files."""
    dangling: tuple[Problem, ...]
    """Of the references between them."""
    findings: tuple[Finding, ...]
    """Of the facts."""
    documents: Mapping[str, Document]
    """The files by the keys of `Catalog.sources`."""

    def examined(self) -> "Loaded":
        """Return it with what the rules find in its facts."""
        return replace(self, findings=self.judged())

    def judged(self) -> tuple[Finding, ...]:
        """Return what the rules find in its facts."""
        return lint(self.catalog, self.settings, data_date(self.catalog, self.settings), self.documents)

    def told(self) -> "Loaded":
        """Return it without what was parsed of the files: the places of what is still to be told are enough.

        To be let go before pages are made, for they need the room.
        """
        return replace(self, documents={key: replace(of, data={}) for key, of in self.documents.items()})

    def site(self) -> Site:
        """Return the site. There is one only of a catalog whose files and references are without errors."""
        return Site.of(self.catalog, self.settings, self.pages, self.root).with_findings(self.findings)


def load(
    source: Source, *, changes: dict[str, object] | None = None, overlays: Sequence[Path] = ()
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site of a source, and warnings. Raise `ContentError` with every fault that is more than a warning."""
    site, found = planned(source, changes=changes, overlays=overlays)
    return site, sound(found)


def planned(
    source: Source, *, changes: dict[str, object] | None = None, overlays: Sequence[Path] = (), jobs: int = 1
) -> tuple[Site, Loaded]:
    """Read a source, look at its facts and plan its site.

    Args:
        source: The catalog.
        changes: Settings that take the place of those of the catalog.
        overlays: Folders of overlays, laid over those that the settings name.
        jobs: How many processes there may be; 0 chooses.

    Raises:
        ContentError: Files or references have faults.
    """
    found = linked(source, read(source, overlays, jobs), changes=changes)
    if _is_faulty((*found.faults, *found.dangling)):  # there is no site of it; what the rules find is told as well
        sound(found.examined())
    # While one process asks the rules, another works out what all pages share.
    with aside(found.judged, wanted(jobs, len(found.catalog.offerings))) as judged:
        site = found.site()
        site.world.complete()
        found = replace(found, findings=judged())
    return site.with_findings(found.findings), found


def catalog_of(source: Source, *, overlays: Sequence[Path] = ()) -> Catalog:
    """Return the graph of a source for those who look something up: no rule is asked, and no page is planned.

    Raises:
        ContentError: Files or references have faults.
    """
    with without_collector():
        found = linked(source, read(source, overlays))
        sound(found)
    return found.catalog


def sound(found: Loaded) -> tuple[Problem, ...]:
    """Return the warnings of a source; raise `ContentError` when there is more."""
    grave = locate((finding for finding in found.findings if finding.level is Level.ERROR), found.documents)
    problems = (*found.faults, *found.dangling, *grave)
    if _is_faulty(problems):
        raise ContentError(problems)
    return problems


def _is_faulty(problems: Iterable[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)


def examine(source: Source, *, changes: dict[str, object] | None = None, overlays: Sequence[Path] = ()) -> Loaded:
    """Read a source and look at its facts, without making a site of it and without raising its faults.

    Raises:
        ContentError: There is nothing that could be read.
    """
    return look(source, read(source, overlays), changes=changes)


def read(source: Source, overlays: Sequence[Path] = (), jobs: int = 1) -> Content:
    """Read a source and lay overlays over it: those that its settings name, then others."""
    return overlaid(source, layouts.read(source, jobs=jobs), overlays)


def overlaid(source: Source, content: Content, overlays: Sequence[Path] = ()) -> Content:
    """Lay overlays over what was read: those that its settings name, then others."""
    named = (beside(source, name) for name in content.settings.overlays)
    return lay_over(content, (*filter(None, named), *overlays))


def look(source: Source, content: Content, *, changes: dict[str, object] | None = None) -> Loaded:
    """Look at what was read, as `examine` does."""
    return linked(source, content, changes=changes).examined()


def linked(source: Source, content: Content, *, changes: dict[str, object] | None = None) -> Loaded:
    """Return the graph of what was read, before anything looked at its facts; raise as `examine` does."""
    settings = content.settings.changed(changes or {})
    catalog, dangling = link(in_currency(content.records, settings.currency))
    dangling += _unknown_names(settings, set(catalog.models), {entry.value.name for entry in content.pages}, source)
    if not catalog.models and not catalog.offerings:
        empty = Problem(source.as_posix(), message="holds no models and no offerings", hint="is it the right folder?")
        raise ContentError([p for p in (*content.problems, *dangling) if p.severity is Severity.ERROR] or [empty])
    pages = {f"page/{entry.value.name}": entry.document.path for entry in content.pages}
    inside = f"{source.as_posix()}/"
    catalog = dataclasses.replace(
        catalog, sources={key: path.removeprefix(inside) for key, path in {**catalog.sources, **pages}.items()}
    )
    return Loaded(
        catalog=catalog,
        settings=settings,
        pages=tuple(entry.value for entry in content.pages),
        root=source.as_posix(),
        faults=content.problems,
        dangling=tuple(dangling),
        findings=(),
        documents=_documents(content),
    )


@contextmanager
def without_collector() -> Iterator[None]:
    """Switch the cyclic garbage collector off.

    What is read lives to the end of the run, and looking takes a fifth of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _documents(content: Content) -> dict[str, Document]:
    """Return the documents of a catalog by the keys of `Catalog.sources`."""
    records = content.records
    entries: tuple[Entry[Any], ...] = (
        *records.authors,
        *records.models,
        *records.providers,
        *records.offerings,
        *content.pages,
    )
    return {key_of(entry.value): entry.document for entry in entries}


def _unknown_names(settings: Settings, models: set[str], pages: set[str], source: Source) -> Iterator[Problem]:
    """Yield a problem for each model and page that the settings name and the source does not have."""
    named: list[tuple[Loc, str, str, set[str]]] = [
        *((("featured", i), "model", name, models) for i, name in enumerate(settings.featured)),
        *((("navigation", i, "page"), "page", e.page, pages) for i, e in enumerate(settings.navigation) if e.page),
    ]
    unknown = [(loc, kind, name, known) for loc, kind, name, known in named if name not in known]
    file = beside(source, "site.yaml")
    # The settings were read before; where their keys stand is of interest only now.
    document = parsed(file) if unknown and file and file.is_file() else Document(f"{source.as_posix()}/site.yaml", {})
    for loc, kind, name, known in unknown:
        yield document.problem(loc, f"there is no {kind} `{name}`", hint=nearest(name, known))
