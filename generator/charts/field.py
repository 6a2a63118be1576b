"""Things with two numbers -> a field of points. Given up: axes that adapt to the data, labels beside points."""

from collections.abc import Iterable

from msgspec import Struct

from generator.charts.axes import Axis, Tick

__all__ = ["Point", "Scatter", "Spot", "scatter"]


class Spot(Struct, frozen=True, kw_only=True):
    """A thing to be placed: where on each axis, what to say of it, and its page."""

    x: float
    y: float
    label: str
    to: str
    hue: str = ""


class Point(Struct, frozen=True, kw_only=True):
    """A thing in its place, in units of the drawing."""

    x: int
    y: int
    label: str
    to: str
    hue: str = ""
    """The class of its colour: a modality."""


class Scatter(Struct, frozen=True, kw_only=True):
    """A field of points with its two axes, for a template to draw."""

    width: int
    height: int
    points: tuple[Point, ...]
    columns: tuple[Tick, ...]
    lines: tuple[Tick, ...]


def scatter(spots: Iterable[Spot], x: Axis, y: Axis, *, width: int, height: int) -> Scatter:
    """Place things by two numbers. Of those that would cover one another only the first is kept."""
    kept: dict[tuple[int, int], Point] = {}
    for spot in spots:
        at_x, at_y = x.place(spot.x, width), height - y.place(spot.y, height)
        kept.setdefault(
            (at_x // _GRAIN, at_y // _GRAIN), Point(x=at_x, y=at_y, label=spot.label, to=spot.to, hue=spot.hue)
        )
    return Scatter(
        width=width,
        height=height,
        points=tuple(kept.values()),
        columns=tuple(Tick(x.place(value, width), label) for value, label in x.marks),
        lines=tuple(Tick(height - y.place(value, height), label) for value, label in y.marks),
    )


_GRAIN = 4
