"""Amounts -> how they lie between the lowest and the highest: columns on a logarithmic axis."""

from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby

from msgspec import Struct

from generator.charts.axes import Axis, Tick
from generator.charts.bars import percent

__all__ = ["Column", "Strip", "strip"]

WIDTH = 1000
HEIGHT = 56
_BIN = 10


class Column(Struct, frozen=True):
    """The amounts that lie in one place: where it is, its height, how many they are, the least and the most of them."""

    x: int
    height: int
    number: int
    low: Decimal
    high: Decimal


class Strip(Struct, frozen=True, kw_only=True):
    """Amounts along an axis, for a template to draw."""

    width: int
    height: int
    bin: int
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    middle: int
    """Where the median is."""


def strip(values: Iterable[Decimal], axis: Axis) -> Strip:
    """Count amounts, of which there is one at least, by their places on an axis."""
    ordered = sorted(values)
    places: dict[int, list[Decimal]] = {}
    for value, alike in groupby(ordered):
        places.setdefault(min(axis.place(float(value), WIDTH), WIDTH - 1) // _BIN, []).extend(alike)
    most = max(len(found) for found in places.values())
    return Strip(
        width=WIDTH,
        height=HEIGHT,
        bin=_BIN,
        columns=tuple(
            Column(place * _BIN, max(4, HEIGHT * percent(len(found), most) // 100), len(found), found[0], found[-1])
            for place, found in places.items()
        ),
        ticks=tuple(Tick(axis.place(value, WIDTH), label) for value, label in axis.marks),
        middle=axis.place(float(ordered[(len(ordered) - 1) // 2]), WIDTH),
    )
