"""Things with a day and a thing each came from -> a rung for each, the oldest at the top, with lines of descent."""

from collections.abc import Sequence

from msgspec import Struct

from generator.charts.axes import Tick
from generator.charts.times import Span

__all__ = ["Branch", "Ladder", "Rung", "Step", "ladder"]

WIDTH = 1000
_ROW = 24
_LETTER = 7
"""About how wide a letter is."""
_MARGIN = 60
"""Room beyond the width: where a label would need more, it stands to the left of its point."""


class Step(Struct, frozen=True, kw_only=True):
    """A thing to be placed: its day, what to call it, its page, and the places in the list of what it came from."""

    day: str
    label: str
    to: str
    hue: str = ""
    parents: tuple[tuple[int, str], ...] = ()
    """Place of each in the list, which is earlier, and how it came: `made` or `follows`."""


class Rung(Struct, frozen=True, kw_only=True):
    """A thing in its place."""

    x: int
    y: int
    label: str
    to: str
    day: str
    hue: str
    turned: bool
    """Whether the label stands to the left."""


class Branch(Struct, frozen=True):
    """A line from a thing to what came from it: the path to draw and its kind."""

    path: str
    kind: str


class Ladder(Struct, frozen=True, kw_only=True):
    """Rungs with their lines of descent, for a template to draw."""

    width: int
    height: int
    rungs: tuple[Rung, ...]
    branches: tuple[Branch, ...]
    columns: tuple[Tick, ...]


def ladder(steps: Sequence[Step]) -> Ladder:
    """Place things from the top down in the order given, across by their days."""
    span = Span.of(step.day for step in steps)
    rungs = []
    for place, step in enumerate(steps):
        x = span.place(step.day, WIDTH)
        y = place * _ROW + _ROW // 2
        turned = x + 12 + _LETTER * len(step.label) > WIDTH + _MARGIN
        rungs.append(Rung(x=x, y=y, label=step.label, to=step.to, day=step.day, hue=step.hue, turned=turned))
    branches = [
        Branch(f"M{rungs[old].x} {rungs[old].y}V{rungs[new].y}H{rungs[new].x}", kind)
        for new, step in enumerate(steps)
        for old, kind in step.parents
    ]
    return Ladder(
        width=WIDTH,
        height=len(steps) * _ROW,
        rungs=tuple(rungs),
        branches=tuple(branches),
        columns=span.ticks(WIDTH),
    )
