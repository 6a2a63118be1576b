"""The whole run: load, plan, render, check, publish; in one process or several.

Nothing reaches the published site before everything was made and checked.
"""

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from posixpath import dirname
from time import perf_counter
from typing import Any

from generator import past
from generator.badges import feature_badges, file_name, svg, technical_badges
from generator.catalog import Catalog, Records, link
from generator.config import Badges, Edition, Settings
from generator.documents import Document
from generator.errors import ContentError, Problem, Severity, nearest
from generator.exporters import outputs
from generator.fingerprint import fingerprint, still_holds
from generator.links import anchors, check, check_anchors, resolve
from generator.lint import lint, locate
from generator.output import Output, digest, make_folder, read_note, refuse
from generator.overlay import lay_over
from generator.pages.world import data_date
from generator.publish import Published, Staging
from generator.ranges import Progress, Worker, gather, rendering
from generator.rules import Finding, Level
from generator.schema import FreePage
from generator.site import Site
from generator.sources import layouts
from generator.sources.content import in_currency
from generator.sources.layouts import Source, beside
from generator.targets import check as check_target
from generator.targets import extras, folder
from generator.theme import Theme, packaged

__all__ = ["Loaded", "Report", "build", "examine", "load"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a build made."""

    authors: int
    models: int
    providers: int
    offerings: int
    pages: int
    """Pages, each counted once whatever its editions."""
    files: int
    seconds: float
    published: Published
    warnings: tuple[Problem, ...] = ()
    dropped: Mapping[str, int] = field(default_factory=dict)
    """What the source holds and nobody can read, by kind: author, model, provider, offering. `warnings` tell each."""
    unplaced: int = 0
    """Facts that the schema has no place for; they are kept under `extensions`."""
    untold: int = 0
    """Warnings of the build that made the site, when nothing has changed since and nothing was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
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

    def site(self) -> Site:
        """Return the site. There is one only of a catalog whose files and references are without errors."""
        return Site.of(self.catalog, self.settings, self.pages, self.root).with_findings(self.findings)


def load(
    source: Source, *, changes: dict[str, object] | None = None, overlays: Sequence[Path] = ()
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site of a source, and warnings. Raise `ContentError` with every fault that is more than a warning."""
    found = examine(source, changes=changes, overlays=overlays)
    grave = locate((finding for finding in found.findings if finding.level is Level.ERROR), found.documents)
    problems = (*found.faults, *found.dangling, *grave)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    return found.site(), problems


def examine(source: Source, *, changes: dict[str, object] | None = None, overlays: Sequence[Path] = ()) -> Loaded:
    """Read a source and look at its facts, without making a site of it and without raising its faults.

    Raises:
        ContentError: There is nothing that could be read.
    """
    content = layouts.read(source)
    named = (beside(source, name) for name in content.settings.overlays)
    content = lay_over(content, (*filter(None, named), *overlays))
    settings = content.settings.changed(changes or {})
    catalog, dangling = link(in_currency(content.records, settings.currency))
    dangling += _unknown_names(settings, set(catalog.models), {entry.value.name for entry in content.pages}, source)
    if not catalog.models and not catalog.offerings:
        empty = Problem(source.as_posix(), message="holds no models and no offerings", hint="is it the right folder?")
        raise ContentError([p for p in (*content.problems, *dangling) if p.severity is Severity.ERROR] or [empty])
    pages = {f"page/{entry.value.name}": entry.document.path for entry in content.pages}
    inside = f"{source.as_posix()}/"
    catalog = replace(
        catalog, sources={key: path.removeprefix(inside) for key, path in {**catalog.sources, **pages}.items()}
    )
    documents = _documents(content.records)
    return Loaded(
        catalog=catalog,
        settings=settings,
        pages=tuple(entry.value for entry in content.pages),
        root=source.as_posix(),
        faults=content.problems,
        dangling=tuple(dangling),
        findings=lint(catalog, settings, data_date(catalog, settings), documents),
        documents=documents,
    )


def _documents(records: Records) -> dict[str, Document]:
    """Return the documents of a catalog by the keys of `Catalog.sources`."""
    found = {f"author/{entry.value.id}": entry.document for entry in records.authors}
    found |= {f"model/{entry.value.id}": entry.document for entry in records.models}
    found |= {f"provider/{entry.value.id}": entry.document for entry in records.providers}
    return found | {f"offering/{entry.value.provider}/{entry.value.id}": entry.document for entry in records.offerings}


def build(  # noqa: PLR0913  # four of them have defaults and names
    source: Source,
    target: Path,
    *,
    changes: dict[str, object] | None = None,
    overlays: Sequence[Path] = (),
    previous: Source | None = None,
    jobs: int = 0,
    executor: str | None = None,
    progress: Progress | None = None,
    afresh: bool = False,
) -> Report:
    """Build the site of `source` into `target`.

    Args:
        source: The catalog, in any layout. Nothing is fetched here: what was behind an address is given as `Fetched`.
        target: The folder of the site.
        changes: Settings that take the place of those of the catalog.
        overlays: Folders of overlays, laid over those that the settings name.
        previous: The catalog or the built site before this one, for the pages of what has changed and what is gone.
        jobs: The number of processes; 0 chooses.
        executor: The address of a Dask cluster that makes the pages, `dask://HOST:PORT`.
        progress: Is told how many of how many files are made.
        afresh: Whether to build also where nothing that goes into the site has changed.
    """
    began, own = perf_counter(), beside(source, "templates")
    with _without_collector():
        refuse(target, [place for place in (source, own, *overlays) if isinstance(place, Path)])
        if not afresh and (report := _still(source, target, changes or {}, overlays)):
            return replace(report, seconds=perf_counter() - began)
        inputs = _inputs(source, changes or {}, overlays)
        site, warnings = load(source, changes=changes, overlays=overlays)
        if previous is not None:
            site = site.after(past.read(previous)[0])
        check_target(site.settings)
        if named := site.settings.overlays:
            inputs = _inputs(source, changes or {}, overlays, named)
        note = {"inputs": inputs, "overlays": named, "untold": len(warnings)} if inputs else {}
        report = _build(site, Theme(own), target, _Means(jobs, executor, progress), note)
    return replace(report, seconds=perf_counter() - began, warnings=warnings)


def _inputs(
    source: Source, changes: Mapping[str, object], overlays: Sequence[Path], named: Iterable[str] = ()
) -> str | None:
    """Return the fingerprint of everything that goes into a site; `named` are the overlays that its settings name."""
    if isinstance(source, Path):
        return fingerprint([packaged(), source, *(source / name for name in named), *overlays], changes)
    return fingerprint([packaged(), *overlays], {**changes, source.url: digest(source.data)})


def _still(source: Source, target: Path, changes: Mapping[str, object], overlays: Sequence[Path]) -> Report | None:
    """Return what a build would report that has nothing to do, nothing if it has."""
    note = read_note(target)
    try:
        if (
            note["inputs"] != _inputs(source, changes, overlays, note["overlays"])
            or (foreign := still_holds(target)) is None
        ):
            return None
        unchanged = Published(written=0, unchanged=note["made"]["files"], removed=0, kept=foreign)
        return Report(**note["made"], seconds=0, published=unchanged, untold=note["untold"])
    except (KeyError, TypeError):  # no note, or not one of ours
        return None


@dataclass(frozen=True, slots=True)
class _Means:
    """Who makes the pages, and who is told."""

    jobs: int
    executor: str | None
    progress: Progress | None


def _build(site: Site, theme: Theme, target: Path, means: "_Means", note: Mapping[str, object]) -> Report:
    with Staging(target) as staging:
        inside = folder(site.settings)
        if inside:
            make_folder(str(staging.folder / inside))
        worker = Worker(site, theme, _known_files(site, theme), staging.folder / inside, staging.published / inside)
        with rendering(worker, means.jobs, means.executor) as parts:
            # While other processes make pages, this one makes what stands beside them.
            exported = tuple(outputs(site))
            known = worker.known | {output.path for output in exported}
            hashes = _write_beside(staging, inside, (*_fixed(site, theme), *exported), extras(site, known))
            done = gather(parts, means.progress, len(site.files))
        if done.problems:
            raise ContentError(done.problems)
        hashes |= {inside + path: value for path, value in done.hashes.items()}
        broken = [*_leading_nowhere(done.broken, known, worker.root), *_dead_anchors(worker, done.anchored)]
        if broken:
            raise ContentError(
                Problem(line.partition(": ")[0], message=f"broken link {line.partition(': ')[2]}") for line in broken
            )
        made = _counts(site, hashes)
        published = staging.publish(hashes, {**note, "made": made} if note else {})
    return Report(**made, seconds=0, published=published)


def _counts(site: Site, files: Sized) -> dict[str, Any]:
    """Return what a report counts, by the names of its fields."""
    catalog = site.world.catalog
    return {
        "authors": len(catalog.authors),
        "models": len(catalog.models),
        "providers": len(catalog.providers),
        "offerings": len(catalog.offerings),
        "pages": len(site.pages),
        "files": len(files),
        "dropped": Counter(key.partition("/")[0] for key in catalog.dropped),
        "unplaced": catalog.unplaced,
    }


def _write_beside(staging: Staging, inside: str, beside: Iterable[Output], above: Iterable[Output]) -> dict[str, str]:
    """Write what is no page, in the folder of the pages and above it, and return the hash of each."""
    hashes: dict[str, str] = {}
    for output in (*(Output(inside + output.path, output.data) for output in beside), *above):
        staging.write(output)
        hashes[output.path] = digest(output.data)
    return hashes


def _leading_nowhere(broken: Iterable[str], known: frozenset[str], root: str) -> Iterator[str]:
    """Yield the links that still lead nowhere now that all files are known: those of the exports were not before."""
    for line in broken:
        file, _, address = line.partition(": ")
        if (resolve(dirname(file), address, root)[0] or file) not in known:
            yield line


@contextmanager
def _without_collector() -> Iterator[None]:
    """Switch the cyclic garbage collector off.

    Everything lives to the end of a build, and looking takes a fifth of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _known_files(site: Site, theme: Theme) -> frozenset[str]:
    static = (f"assets/{name}" for name in _static(site, theme))
    return frozenset((*site.files, *site.logos, *static, *_badge_files(site)))


def _static(site: Site, theme: Theme) -> Mapping[str, Path]:
    """Return the static files of the theme: only the HTML edition has a use for them."""
    return theme.static() if Edition.HTML in site.settings.editions else {}


def _fixed(site: Site, theme: Theme) -> Iterator[Output]:
    """Yield what is not a page: static files, logos, badges."""
    for name, path in _static(site, theme).items():
        yield Output(f"assets/{name}", path.read_bytes())
    for path_in_site, data in site.logos.items():
        yield Output(path_in_site, data)
    for path_in_site, text in _badge_files(site).items():
        yield Output(path_in_site, text.encode())


def _badge_files(site: Site) -> dict[str, str]:
    """Return the badges that the Markdown edition shows, when it shows local ones."""
    if site.settings.badges is not Badges.LOCAL or Edition.MD not in site.settings.editions:
        return {}
    catalog, found = site.world.catalog, {}
    for facts in (*catalog.models.values(), *catalog.facts.values()):
        shown = [*feature_badges(facts.modalities, facts.capabilities)]
        shown += [badge for _, group in technical_badges(facts.capabilities) for badge in group]
        for badge in shown:
            name = f"assets/badges/{file_name(badge)}"
            if name not in found:
                found[name] = svg(badge)
    return dict(sorted(found.items()))


def _dead_anchors(worker: Worker, anchored: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the links to places that their pages do not have."""

    def text(file: str) -> str:
        return (worker.folder / file).read_text(encoding="utf-8")

    places = {file: anchors(file, text(file)) for file in sorted({target for _, target, _ in anchored})}
    suspects = {line.partition(": ")[0] for line in check_anchors(anchored, places)}
    for file in sorted(suspects):
        yield from check_anchors(check(file, text(file), worker.known, worker.root, exact=True).anchored, places)


def _unknown_names(settings: Settings, models: set[str], pages: set[str], source: Source) -> Iterator[Problem]:
    """Yield a problem for each model and page that the settings name and the source does not have."""
    file = f"{source.as_posix()}/site.yaml"
    for name in settings.featured:
        if name not in models:
            yield Problem(file, field="featured", message=f"there is no model `{name}`", hint=nearest(name, models))
    for i, entry in enumerate(settings.navigation):
        if entry.page and entry.page not in pages:
            message = f"there is no page `{entry.page}`"
            yield Problem(file, field=f"navigation[{i}].page", message=message, hint=nearest(entry.page, pages))
