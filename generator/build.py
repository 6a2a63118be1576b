"""The whole run: load, plan, render, check, publish; in one process or several.

Nothing reaches the published site before everything was made and checked. Pages are made in ranges; a task is `(first,
last)` and gives back paths, hashes and faults, never pages.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from urllib.parse import urlsplit

from generator.badges import feature_badges, file_name, svg, technical_badges
from generator.catalog import link
from generator.config import Badges, Edition, Settings
from generator.errors import ContentError, Problem, Severity
from generator.links import anchors, check, check_anchors
from generator.output import Output, digest, refuse, write
from generator.publish import Published, Staging
from generator.render import Renderer
from generator.site import Site
from generator.sources import native
from generator.theme import Theme

__all__ = ["Report", "build", "load"]

RANGE = 100
WORTH_PROCESSES = 600
Progress = Callable[[int, int], None]


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


@dataclass(frozen=True, slots=True)
class _Done:
    """What rendering a range came to."""

    hashes: dict[str, str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    anchored: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[Problem, ...] = ()


def load(source: Path, *, changes: dict[str, object] | None = None) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site of a source, and warnings. Raise `ContentError` with every fault that is more than a warning."""
    content = native.load(source)
    settings = Settings.model_validate({**content.settings.model_dump(exclude_unset=True), **(changes or {})})
    catalog, dangling = link(content.records)
    problems = (*content.problems, *dangling, *_featured(settings, set(catalog.models), source))
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    if not catalog.models and not catalog.offerings:
        raise ContentError(
            [Problem(source.as_posix(), message="holds no models and no offerings", hint="is it the right folder?")]
        )
    pages = {f"page/{entry.value.name}": entry.document.path for entry in content.pages}
    inside = f"{source.as_posix()}/"
    catalog = replace(
        catalog, sources={key: path.removeprefix(inside) for key, path in {**catalog.sources, **pages}.items()}
    )
    return Site.of(catalog, settings, [entry.value for entry in content.pages], source.as_posix()), problems


def build(
    source: Path,
    target: Path,
    *,
    changes: dict[str, object] | None = None,
    jobs: int = 0,
    progress: Progress | None = None,
) -> Report:
    """Build the site of `source` into `target`. `jobs` is the number of processes; 0 chooses."""
    began = perf_counter()
    own = source / "templates"
    refuse(target, [source, own])
    site, warnings = load(source, changes=changes)
    theme = Theme(own)
    with Staging(target) as staging:
        worker = _Worker(site, theme, _known_files(site, theme), staging.folder, staging.published)
        hashes: dict[str, str] = {}
        for output in _fixed(site, theme):
            staging.write(output)
            hashes[output.path] = digest(output.data)
        broken: list[str] = []
        anchored: list[tuple[str, str, str]] = []
        problems: list[Problem] = []
        done = 0
        for part in _rendered(worker, jobs):
            hashes |= part.hashes
            broken += part.broken
            anchored += part.anchored
            problems += part.problems
            done += len(part.hashes)
            if progress:
                progress(done, len(site.files))
        if problems:
            raise ContentError(problems)
        broken += check_anchors(anchored, _places(staging.folder, {target for _, target, _ in anchored}))
        if broken:
            raise ContentError(
                Problem(line.partition(": ")[0], message=f"broken link {line.partition(': ')[2]}") for line in broken
            )
        published = staging.publish(hashes)
    catalog = site.world.catalog
    return Report(
        authors=len(catalog.authors),
        models=len(catalog.models),
        providers=len(catalog.providers),
        offerings=len(catalog.offerings),
        pages=len(site.pages),
        files=len(hashes),
        seconds=perf_counter() - began,
        published=published,
        warnings=warnings,
    )


def _known_files(site: Site, theme: Theme) -> frozenset[str]:
    return frozenset((*site.files, *site.logos, *(f"assets/{name}" for name in theme.static()), *_badge_files(site)))


def _fixed(site: Site, theme: Theme) -> Iterator[Output]:
    """Yield what is not a page: static files, logos, badges."""
    for name, path in theme.static().items():
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


def _places(folder: Path, files: set[str]) -> dict[str, frozenset[str]]:
    return {file: anchors(file, (folder / file).read_text(encoding="utf-8")) for file in sorted(files)}


def _rendered(worker: "_Worker", jobs: int) -> Iterator[_Done]:
    """Yield what each range of pages came to, in order."""
    total = len(worker.site.pages)
    ranges = [(first, min(first + RANGE, total)) for first in range(0, total, RANGE)]
    processes = jobs or (min(_cores(), len(ranges)) if total >= WORTH_PROCESSES else 1)
    if processes == 1:
        yield from (worker.render(first, last) for first, last in ranges)
        return
    worker.site.world.complete()
    with _pool(processes, worker) as pool:
        yield from pool.map(_render, *zip(*ranges, strict=True))


def _pool(processes: int, worker: "_Worker") -> Executor:
    method = "fork" if sys.platform.startswith("linux") else "spawn"
    return ProcessPoolExecutor(processes, multiprocessing.get_context(method), _begin, (worker,))


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Worker:
    """Renders, checks and writes ranges of pages into the staging folder."""

    def __init__(self, site: Site, theme: Theme, known: frozenset[str], folder: Path, published: Path) -> None:
        self.site, self.theme, self.known = site, theme, known
        self.folder, self.published = folder, published
        self.root = urlsplit(site.settings.base_url).path if site.settings.base_url else "/"
        self.made: set[str] = set()
        self.renderer: Renderer | None = None

    def render(self, first: int, last: int) -> _Done:
        if self.renderer is None:
            self.renderer = Renderer(self.site, self.theme)
        hashes: dict[str, str] = {}
        broken: list[str] = []
        anchored: list[tuple[str, str, str]] = []
        problems: list[Problem] = []
        for page in self.site.pages[first:last]:
            try:
                for output in self.renderer.outputs(page):
                    write(self.folder, output, self.made, self.published)
                    hashes[output.path] = digest(output.data)
                    found = check(output.path, output.data.decode(), self.known, self.root)
                    broken += found.broken
                    anchored += found.anchored
            except ContentError as error:
                problems += error.problems
        return _Done(hashes, tuple(broken), tuple(anchored), tuple(problems))


_worker: _Worker
"""The worker of this process.

Set once, where the process begins: sending it with each range would cost more than the pages.
"""


def _begin(worker: _Worker) -> None:
    global _worker  # noqa: PLW0603  # see above
    _worker = worker


def _render(first: int, last: int) -> _Done:
    return _worker.render(first, last)


def _featured(settings: Settings, models: set[str], source: Path) -> Iterator[Problem]:
    for name in settings.featured:
        if name not in models:
            yield Problem(f"{source.as_posix()}/site.yaml", field="featured", message=f"there is no model `{name}`")
