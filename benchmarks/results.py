"""Runs -> the page that tells them: medians, and ratios within one run of the benchmark."""

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.measure import Run

__all__ = ["Result", "text"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What all runs of one contestant came to."""

    runs: tuple[Run, ...]
    peak: int
    pages: int
    version: str

    @property
    def wall(self) -> float:
        """The median of the seconds on the clock."""
        return median(run.wall for run in self.runs)

    @property
    def cpu(self) -> float:
        """The median of the seconds of the processors."""
        return median(run.cpu for run in self.runs)


@dataclass(frozen=True, slots=True)
class _Bar:
    what: str
    one: str
    other: str
    at_most: float


_BARS = (
    _Bar("Almanac against Hugo on the same pages, wall", "almanac", "Hugo", 0.6),
    _Bar("Almanac against MkDocs on the same pages, wall", "almanac", "MkDocs", 0.1),
    _Bar("nothing changed against cold, wall", "almanac, nothing changed", "almanac", 0.4),
    _Bar("two processes against one, wall", "almanac", "almanac -j 1", 0.6),
    _Bar("twenty times the catalog, wall", "made-up x20", "made-up", 22),
)


_IN_THE_WAY = """\
What stands in the way of the bars that are not met: pages are made by templates in Python, a millisecond and a half
for both editions of one, checked and written. Of the processor time of one process on models.dev's catalog, HTML takes
a quarter, Markdown and the writing of files a seventh each, the contexts of pages an eighth, exports and looking at
links a tenth each, and reading a twelfth; no function stands out any more. MkDocs makes half as many pages of the same
Markdown. models.dev's own build, 402 pages in 3.2 s, is four times as fast as these twelve thousand. Reading and
linking are done by one process, and two processors that are threads of one core are not twice as fast as one."""


def text(found: Mapping[str, Result], catalog: str) -> str:
    """Return the page."""
    return "\n".join(_lines(found, catalog)) + "\n"


def _lines(found: Mapping[str, Result], catalog: str) -> Iterator[str]:
    rounds = len(next(iter(found.values())).runs)
    yield "# Results of `make bench`"
    yield ""
    turns = "One round" if rounds == 1 else f"Medians of {rounds} rounds"
    yield f"Catalog: {catalog}. {turns} in which all took turns."
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    yield f"Machine: {os.cpu_count()} processors, {system}."
    yield ""
    yield "| | version | wall, s | slowest, s | CPU, s | peak memory, MB | pages | pages per second |"
    yield "|---|---|--:|--:|--:|--:|--:|--:|"
    for name, result in found.items():
        slowest = max(run.wall for run in result.runs)
        yield (
            f"| {name} | {result.version} | {result.wall:.2f} | {slowest:.2f} | {result.cpu:.2f} "
            f"| {result.peak / 1e6:,.0f} | {result.pages:,} | {result.pages / result.wall:,.0f} |"
        )
    yield ""
    yield "| ratio | measured | bar |"
    yield "|---|--:|--:|"
    for bar in _BARS:
        if bar.one in found and bar.other in found:
            yield f"| {bar.what} | {found[bar.one].wall / found[bar.other].wall:.2f} | {bar.at_most:g} |"
    yield ""
    yield "Pages of Almanac are HTML and Markdown, both; those of the others are the HTML they make of the Markdown."
    yield "Almanac also writes every export and checks every link."
    yield ""
    yield _IN_THE_WAY
