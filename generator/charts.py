"""Facts -> small drawings: monograms, bars, a field of points, for inline SVG.

Presentation attributes only, which every policy allows. The same facts give the same bytes: places are whole
numbers, and nothing is drawn from chance or clock. Given up: axes that adapt to the data, animation, scripts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from math import floor, log10

from markupsafe import Markup

__all__ = ["HUES", "Axis", "Point", "Scatter", "Spot", "Tick", "bar", "monogram", "percent", "scatter"]

HUES = 12
"""How many hues there are for monograms; the stylesheet names them `h0` to `h11`."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def monogram(name: str) -> tuple[str, int]:
    """Return two letters that stand for a name and its hue: `("MA", 7)` for `Mistral AI`, always the same."""
    words = _WORD.findall(name)
    letters = words[0][0] + words[1][0] if len(words) > 1 else (words[0] if words else "?")[:2]
    hue = int(sha256(name.casefold().encode()).hexdigest()[:8], 16) % HUES
    return letters[0].upper() + (letters[1:].upper() if len(words) > 1 else letters[1:].lower()), hue


def percent(part: float, whole: float) -> int:
    """Return a part of a whole in whole percent, 1 at least for what is there at all."""
    return max(1, min(100, round(100 * part / whole))) if part > 0 and whole > 0 else 0


@lru_cache(maxsize=128)
def bar(share: int | None) -> Markup:
    """Draw a bar that fills so many percent of its place; nothing where there is nothing to compare."""
    if share is None:
        return Markup()
    drawn = f'<path d="M100 0h-{share}v1H100z"/>'
    return Markup(  # noqa: S704  # a number in a drawing
        f'<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>'
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A thing to be placed: where on each axis, what to say of it, and its page."""

    x: float
    y: float
    label: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A thing in its place, in units of the drawing."""

    x: int
    y: int
    label: str
    to: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of an axis: where it is and what it says."""

    at: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A logarithmic axis from one value to another, with the values that have a line."""

    low: float
    high: float
    marks: tuple[tuple[float, str], ...]

    def place(self, value: float, length: int) -> int:
        """Return where a value is on an axis of a length; what lies outside is put at the end."""
        share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return floor(length * min(1.0, max(0.0, share)) + 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scatter:
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
        kept.setdefault((at_x // _GRAIN, at_y // _GRAIN), Point(x=at_x, y=at_y, label=spot.label, to=spot.to))
    return Scatter(
        width=width,
        height=height,
        points=tuple(kept.values()),
        columns=tuple(Tick(x.place(value, width), label) for value, label in x.marks),
        lines=tuple(Tick(height - y.place(value, height), label) for value, label in y.marks),
    )


_GRAIN = 4
