"""The whole run: load, plan, render, check, publish; in one process or several.

Nothing reaches the published site before everything was made and checked.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import chain
from pathlib import Path
from time import perf_counter
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

from generator import past
from generator.badges import feature_badges, file_name, svg, technical_badges
from generator.config import Badges, Edition
from generator.errors import PageFaults, Problem
from generator.exporters import outputs
from generator.fingerprint import fingerprint
from generator.links import check_anchors, places
from generator.output import Output, digest
from generator.publish import Folder, Published, Staging
from generator.ranges import Progress, Worker, gather, rendering
from generator.reading import Loaded, examine, load, planned, sound, without_collector
from generator.remote import Remote, Upload
from generator.salvage import BROKEN_LINK, placed
from generator.site import Site
from generator.sources.layouts import Source, beside
from generator.targets import check as check_target
from generator.targets import extras, folder
from generator.theme import Theme, packaged

__all__ = ["Loaded", "Means", "Report", "badge_files", "build", "examine", "load", "place_of", "publish"]


class Report(Struct, frozen=True, kw_only=True):
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


def build(  # noqa: PLR0913  # four of them have defaults and names
    source: Source,
    target: Path | Remote,
    *,
    changes: dict[str, object] | None = None,
    overlays: Sequence[Path] = (),
    previous: Source | None = None,
    trusted: bool = True,
    jobs: int = 0,
    executor: str | None = None,
    progress: Progress | None = None,
    afresh: bool = False,
) -> Report:
    """Build the site of `source` into `target`.

    Args:
        source: The catalog, in any layout. Nothing is fetched here: what was behind an address is given as `Fetched`.
        target: The folder of the site, or its place behind an address.
        changes: Settings that take the place of those of the catalog.
        overlays: Folders of overlays, laid over those that the settings name.
        previous: The catalog or the built site before this one, for the pages of what has changed and what is gone.
        trusted: Whether the templates of the source are code that may do what it likes; else they run in a sandbox.
        jobs: How many processes read and make pages; 0 chooses.
        executor: The address of a Dask cluster that makes the pages, `dask://HOST:PORT`.
        progress: Is told how many of how many files are made.
        afresh: Whether to build also where nothing that goes into the site has changed.
    """
    began, own, place = perf_counter(), beside(source, "templates"), place_of(target)
    stated = {**(changes or {}), "trusted": trusted}
    with without_collector():
        place.refuse([path for path in (source, own, *overlays) if isinstance(path, Path)])
        if not afresh and previous is None and (report := _still(source, place, stated, overlays)):
            return replace(report, seconds=perf_counter() - began)
        inputs = _inputs(source, stated, overlays)
        site, found = planned(source, changes=changes, overlays=overlays, jobs=jobs)
        found = found.told()
        warnings = sound(found)
        if previous is not None:
            site = site.after(past.read(previous)[0])
        check_target(site.settings)
        if named := site.settings.overlays:
            inputs = _inputs(source, stated, overlays, named)
        note = {"inputs": inputs, "overlays": named, "untold": len(warnings)} if inputs else {}
        try:
            report = publish(site, Theme(own, trusted=trusted), place, Means(jobs, executor, progress), note)
        except PageFaults as faults:
            raise placed(faults, found.documents) from None
    return replace(report, seconds=perf_counter() - began, warnings=warnings)


def place_of(target: Path | Remote) -> Folder | Remote:
    """Return where a site is to be."""
    return target if isinstance(target, Remote) else Folder(target)


def _inputs(
    source: Source, changes: Mapping[str, object], overlays: Sequence[Path], named: Iterable[str] = ()
) -> str | None:
    """Return the fingerprint of everything that goes into a site; `named` are the overlays that its settings name."""
    if isinstance(source, Path):
        return fingerprint([packaged(), source, *(source / name for name in named), *overlays], changes)
    return fingerprint([packaged(), *overlays], {**changes, source.url: digest(source.data)})


def _still(
    source: Source, place: Folder | Remote, changes: Mapping[str, object], overlays: Sequence[Path]
) -> Report | None:
    """Return what a build would report that has nothing to do, nothing if it has."""
    note = place.note()
    try:
        if (
            note["inputs"] != _inputs(source, changes, overlays, note["overlays"])
            or (foreign := place.still_holds()) is None
        ):
            return None
        unchanged = Published(written=0, unchanged=note["made"]["files"], removed=0, kept=foreign)
        return Report(**note["made"], seconds=0, published=unchanged, untold=note["untold"])
    except (KeyError, TypeError):  # no note, or not one of ours
        return None


class Means(Struct, frozen=True):
    """Who makes the pages, and who is told."""

    jobs: int = 0
    executor: str | None = None
    progress: Progress | None = None


def publish(site: Site, theme: Theme, place: Folder | Remote, means: Means, note: Mapping[str, object]) -> Report:
    """Make every file of a site and publish it, with a note for the next build."""
    with place.staging(shared=means.executor is not None) as staging:
        inside = folder(site.settings)
        worker = Worker(site, theme, _known_files(site, theme), staging.draft(inside))
        with rendering(worker, means.jobs, means.executor) as parts:
            # While other processes make pages, this one makes what stands beside them.
            hashes = _write(staging, inside, chain(_beside_pages(site, theme), outputs(site)))
            worker.known |= {path.removeprefix(inside) for path in hashes}
            hashes |= _write(staging, "", extras(site, worker.known))
            done = gather(parts, means.progress, len(site.files))
        if done.problems:
            raise PageFaults(done.problems)
        hashes |= {inside + path: value for path, value in done.hashes.items()}
        broken = [*_leading_nowhere(worker, done.broken), *_dead_anchors(worker, done.anchored)]
        if broken:
            raise PageFaults(
                (site.files[file].about if file in site.files else "", Problem(file, message=f"{BROKEN_LINK}{address}"))
                for file, _, address in (line.partition(": ") for line in broken)
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


def _write(staging: Staging | Upload, inside: str, outputs: Iterable[Output]) -> dict[str, str]:
    """Write what is no page into a folder of the site, and return the hash of each by its path in the site."""
    hashes: dict[str, str] = {}
    for output in outputs:
        placed = Output(inside + output.path, output.data)
        staging.write(placed)
        hashes[placed.path] = digest(placed.data)
    return hashes


def _leading_nowhere(worker: Worker, broken: Iterable[str]) -> Iterator[str]:
    """Yield the links that still lead nowhere now that all files are known: those of the exports were not before."""
    suspects = (line.partition(": ") for line in broken)
    for file in sorted({file for file, _, address in suspects if not worker.knows(file, address)}):
        yield from worker.check(file).broken


def _known_files(site: Site, theme: Theme) -> frozenset[str]:
    static = (f"assets/{name}" for name in _static(site, theme))
    return frozenset((*site.files, *site.logos, *static, *(badge.path for badge in badge_files(site))))


def _static(site: Site, theme: Theme) -> Mapping[str, Path]:
    """Return the static files of the theme: only the HTML edition has a use for them."""
    return theme.static() if Edition.HTML in site.settings.editions else {}


def _beside_pages(site: Site, theme: Theme) -> Iterator[Output]:
    """Yield what is not a page: static files, logos, badges."""
    for name, path in _static(site, theme).items():
        yield Output(f"assets/{name}", theme.published(path))
    for path_in_site, data in site.logos.items():
        yield Output(path_in_site, data)
    yield from badge_files(site)


def badge_files(site: Site) -> tuple[Output, ...]:
    """Return the badges that the Markdown edition shows, when it shows local ones."""
    if site.settings.badges is not Badges.LOCAL or Edition.MD not in site.settings.editions:
        return ()
    catalog, found = site.world.catalog, {}
    for facts in (*catalog.models.values(), *catalog.facts.values()):
        shown = [*feature_badges(facts.modalities, facts.capabilities)]
        shown += [badge for _, group in technical_badges(facts.capabilities) for badge in group]
        for badge in shown:
            name = f"assets/badges/{file_name(badge)}"
            if name not in found:
                found[name] = svg(badge)
    return tuple(Output(name, text.encode()) for name, text in sorted(found.items()))


def _dead_anchors(worker: Worker, anchored: Collection[tuple[str, str, str]]) -> Iterator[str]:
    """Yield the links to places that their pages do not have."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for _, file, anchor in anchored:
        wanted[file].add(anchor)
    found = {file: places(file, worker.text(file), frozenset(names)) for file, names in wanted.items()}
    suspects = {line.partition(": ")[0] for line in check_anchors(anchored, found)}
    for file in sorted(suspects):
        yield from check_anchors(worker.check(file).anchored, found)
