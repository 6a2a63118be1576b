"""Where the time of a build goes: the processor time of one process, by what it was spent on.

python -m benchmarks.phases CATALOG SITE

Prints seconds by phase as JSON. Functions of the program are wrapped for that, so this runs in a process of its own.
"""

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from time import process_time
from typing import Any

__all__ = ["ALONE", "PHASES", "spent"]

PHASES = (
    "loading the program",
    "reading the catalog",
    "linking, rules, planning",
    "contexts of pages",
    "HTML",
    "Markdown",
    "looking at links",
    "hashing and writing pages",
    "exports",
    "the rest",
)


ALONE = PHASES[:3]
"""What is done before any page."""


def spent(catalog: Path, site: Path) -> dict[str, float]:
    """Return the seconds that each phase of a build takes, from a process of its own."""
    command = (sys.executable, "-m", __name__, str(catalog), str(site))
    found: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return found


class _Clock:
    """Counts time for the innermost phase that is running."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self.phase, self.since = "loading the program", 0.0  # since the process began

    def turn(self, phase: str) -> None:
        """Count from now on for another phase."""
        now = process_time()
        self.spent[self.phase] += now - self.since
        self.phase, self.since = phase, now

    def wrap(self, holder: Any, name: str, phase: Callable[..., str]) -> None:
        """Count for a phase while a function runs."""
        function = getattr(holder, name)

        def timed(*given: Any, **named: Any) -> Any:
            outer = self.phase
            self.turn(phase(*given))
            try:
                return function(*given, **named)
            finally:
                self.turn(outer)

        setattr(holder, name, timed)


def _main() -> None:
    from generator import build, ranges, reading, render  # noqa: PLC0415  # loading them is what is measured first
    from generator.output import Draft  # noqa: PLC0415
    from generator.pages.world import World  # noqa: PLC0415

    clock = _Clock()
    clock.turn("the rest")
    for phase, wrapped in {
        "reading the catalog": ((build, "_inputs"), (reading, "read")),
        "linking, rules, planning": ((build, "planned"), (reading.Loaded, "site"), (World, "complete")),
        "contexts of pages": ((render, "context"),),
        "looking at links": ((ranges, "glance"), (build, "_leading_nowhere"), (build, "_dead_anchors")),
        "hashing and writing pages": ((ranges, "digest"), (Draft, "write")),
        "exports": ((build, "_write"),),
    }.items():
        for holder, name in wrapped:
            clock.wrap(holder, name, lambda *_, phase=phase: phase)
    editions = {"html": "HTML", "md": "Markdown"}
    clock.wrap(render.Renderer, "output", lambda _self, _made, edition: editions[edition])
    build.build(Path(sys.argv[1]), Path(sys.argv[2]), jobs=1, afresh=True)
    clock.turn("the rest")
    print(json.dumps({phase: clock.spent[phase] for phase in PHASES}))  # noqa: T201  # what it is for


if __name__ == "__main__":
    _main()
