"""Run the comparison and write `RESULTS.md`.

    python -m benchmarks [CATALOG] [--rounds 5] [--large]

CATALOG is any catalog that Almanac reads, such as a checkout of models.dev; a made-up one of the same size when left
out. Contestants take turns, so that a slow minute of the machine is everybody's. Every site is kept until the end:
three gigabytes for each round, fifteen for a catalog of twenty times the size.
"""

import argparse
import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks import catalog, contestants, machine, phases, results
from benchmarks.measure import Run, in_turns, peak, run

HERE = Path(__file__).parent
LARGE = 20
TURN = 10.0
"""Seconds: about as long as the build of the small catalog takes between two turns of the large one."""


def _main() -> None:
    asked = argparse.ArgumentParser(description="Compare Almanac with other generators.")
    asked.add_argument("catalog", type=Path, nargs="?")
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--large", action="store_true", help="Also build a made-up catalog twenty times the size.")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="almanac-bench-") as name:
        folder = Path(name)
        source = given.catalog.absolute() if given.catalog else _made(folder / "catalog", 1)
        title = "made up" if given.catalog is None else source.name
        found, shared = _compare(contestants.all_of(source, folder), given.rounds)
        spent = phases.spent(source, folder / "site-phases")
        _write(results.text(found, title, given.rounds, spent, shared))
        if given.large:
            one, large = contestants.scale(_made(folder / "one", 1), _made(folder / "large", LARGE), folder)
            found |= _scaled(one, large)
            _write(results.text(found, title, given.rounds, spent, shared))


def _write(text: str) -> None:
    (HERE / "RESULTS.md").write_text(text, encoding="utf-8")
    print(text, flush=True)  # noqa: T201  # what it is for


def _made(folder: Path, times: int) -> Path:
    catalog.write(folder, offerings=contestants.OFFERINGS * times)
    return folder


def _compare(runners: tuple[contestants.Contestant, ...], rounds: int) -> tuple[dict[str, results.Result], float]:
    """Return what each came to, and what two processes at once took longer than one meanwhile, as `together` says."""
    times: dict[str, list[Run]] = {runner.name: [] for runner in runners}
    shared = []
    for _ in range(rounds):
        shared.append(machine.together())
        for runner in (runner for turn in range(contestants.TURNS) for runner in runners if turn < runner.turns):
            runner.prepare()
            os.sync()  # what others wrote is not to be written to the disk in this one's time
            times[runner.name].append(run(runner.command, runner.folder))
    return {runner.name: _result(runner, times[runner.name]) for runner in runners}, median(shared)


def _scaled(one: contestants.Contestant, large: contestants.Contestant) -> dict[str, results.Result]:
    """Return what a catalog and a large one came to.

    The large one takes minutes, in which a machine is now fast, now slow: the other is built in the midst of it. Each
    has the time that it takes the disk to write it.
    """

    def build() -> Run:
        one.prepare()
        return run(one.command, one.folder, flushed=True)

    large.prepare()
    os.sync()
    long, short = in_turns(large.command, large.folder, build, TURN)
    return {one.name: _result(one, short), large.name: _result(large, [long])}


def _result(runner: contestants.Contestant, runs: Sequence[Run]) -> results.Result:
    runner.prepare()
    memory = peak(runner.command, runner.folder)
    return results.Result(runs=tuple(runs), peak=memory, pages=runner.pages(), version=runner.version)


if __name__ == "__main__":
    _main()
