"""Things with a day, sorted into lanes -> a line of time for each lane. Given up: labels beside the points."""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.charts.axes import Tick
from generator.charts.field import Point
from generator.charts.times import Span

__all__ = ["Event", "Lane", "Lanes", "lanes"]

WIDTH = 1000
_ROW = 22
_STEP = 9
"""How far apart points stand that would cover one another: they are piled up."""
_PILE = 4


class Event(Struct, frozen=True, kw_only=True):
    """A thing to be placed: its lane, its day, what to say of it, its page, and the hue it has."""

    lane: str
    day: str
    label: str
    to: str
    hue: str = ""


class Lane(Struct, frozen=True):
    """A line of time: what it is called, its page where there is one, and where it is."""

    label: str
    to: str
    at: int


class Lanes(Struct, frozen=True, kw_only=True):
    """Lines of time with their points, for a template to draw."""

    width: int
    height: int
    lanes: tuple[Lane, ...]
    points: tuple[Point, ...]
    columns: tuple[Tick, ...]
    events: tuple[Event, ...]
    """What is drawn, the latest first, for the table of the same."""


def lanes(events: Iterable[Event], named: Sequence[tuple[str, str]]) -> Lanes:
    """Place events on the lanes of their names, which come with their pages, from the top."""
    found = sorted(events, key=lambda event: (event.day, event.label.casefold(), event.to))
    span = Span.of(event.day for event in found)
    points, drawn, top = [], [], 0
    for name, to in named:
        own = [event for event in found if event.lane == name]
        piled = _pile([span.place(event.day, WIDTH) for event in own])
        base = top + _ROW // 2 + _STEP * max((level for _, level in piled), default=0)
        points += [
            Point(x=x, y=base - _STEP * level, label=event.label, to=event.to, hue=event.hue)
            for event, (x, level) in zip(own, piled, strict=True)
        ]
        drawn.append(Lane(name, to, base))
        top = base + _ROW // 2
    return Lanes(
        width=WIDTH,
        height=top,
        lanes=tuple(drawn),
        points=tuple(points),
        columns=span.ticks(WIDTH),
        events=tuple(reversed(found)),
    )


def _pile(places: Sequence[int]) -> list[tuple[int, int]]:
    """Return each place with a level, so that none covers another unless the pile is full."""
    ends: list[int] = []
    found = []
    for place in places:
        level = next((level for level, end in enumerate(ends) if place - end >= _STEP), len(ends))
        if level == len(ends) < _PILE:
            ends.append(place)
        level = min(level, _PILE - 1)
        ends[level] = place
        found.append((place, level))
    return found
