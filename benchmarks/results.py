"""Runs -> the page that tells them: medians, and ratios within one run of the benchmark."""

import os
import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from benchmarks.contestants import TURNS
from benchmarks.measure import Run
from benchmarks.phases import ALONE

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


_OWN = 3.2
"""Seconds that models.dev's own build, by Bun, took on a machine with two processors."""
_OWN_PAGES = 402
_TIMES = 25
"""How many times as many pages Almanac has to make to be compared with it."""


def text(found: Mapping[str, Result], catalog: str, rounds: int, spent: Mapping[str, float], shared: float) -> str:
    """Return the page.

    Args:
        found: What each contestant came to, by its name.
        catalog: What the catalog is called.
        rounds: How often all took turns.
        spent: The processor time of a build by one process, by phase.
        shared: How many times as long two processes take at once, as one takes by itself, whatever they do.
    """
    return "\n".join((*_lines(found, catalog, rounds, shared), "", *_profile(spent))) + "\n"


def _lines(found: Mapping[str, Result], catalog: str, rounds: int, shared: float) -> Iterator[str]:
    yield "# Results of `make bench`"
    yield ""
    turns = "One round" if rounds == 1 else f"Medians of {rounds} rounds"
    yield f"Catalog: {catalog}. {turns} in which all took turns, Almanac by as many processes as it chooses and by one"
    yield f"{TURNS} times in each."
    system = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    yield f"Machine: {os.cpu_count()} processors, {system}."
    yield f"Two processes at once that only count took {shared:.2f} times as long as one by itself, in these rounds."
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
            yield f"| {bar.what} | {found[bar.one].wall / found[bar.other].wall:.3f} | {bar.at_most:g} |"
    times = found["almanac"].pages / _OWN_PAGES
    if times > _TIMES:
        yield f"| Almanac against models.dev's own build, wall | {found['almanac'].wall / _OWN:.1f} | 0.8 |"
    yield ""
    yield "Pages of Almanac are HTML and Markdown, both; those of the others are the HTML they make of the Markdown."
    yield "Almanac also writes every export and checks every link."
    if "made-up x20" in found:
        times_made = len(found["made-up"].runs)
        yield f"The build of the large catalog was halted {times_made} times for one of the other made-up catalog;"
        yield "the seconds of both count until what was written is on the disk."
    if times > _TIMES:
        yield f"models.dev's own build makes {_OWN_PAGES} pages of its catalog, in {_OWN} s, measured apart;"
        yield f"{times:.0f} times as many are made here."


def _profile(spent: Mapping[str, float]) -> Iterator[str]:
    total = sum(spent.values())
    yield "## Where the time goes"
    yield ""
    yield "Processor time of one process, in one run after the comparison."
    yield ""
    yield "| | s | of all |"
    yield "|---|--:|--:|"
    for phase, seconds in spent.items():
        yield f"| {phase} | {seconds:.2f} | {seconds / total:.0%} |"
    before = sum(spent[phase] for phase in ALONE)
    yield ""
    yield f"The first {len(ALONE)} of these, {before:.1f} s, come before any page. A second process can only read"
    yield "some of the files for them, and ask the rules."
    yield ""
    yield f"What stands in the way of models.dev's own build: all of this is {total:.1f} s of work, {total / 2:.1f} s"
    yield "for two processes that share it evenly and lose nothing,"
    yield f"and four fifths of that build are {0.8 * _OWN:.1f} s."
