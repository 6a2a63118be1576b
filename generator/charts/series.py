"""Values over days -> lines and bars over a scale of time, with ticks at round numbers and at starts of months.

Given up: scales that do not start at zero, unless the caller says where they start; curves between the points.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import ROUND_CEILING, Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.charts.axes import Tick

__all__ = ["Line", "Plot", "bars", "day", "steps"]

WIDTH, HEIGHT = 440, 130
_LINES = 3
"""About how many lines a scale has."""
_COLUMNS = 5
"""About how many ticks the time has."""

Known = tuple[str, Decimal | int]
"""A day (its month or year, as far as known) and the value from then on."""


class Line(Struct, frozen=True):
    """One row of values, as the path of an SVG."""

    label: str
    path: str


class Plot(Struct, frozen=True, kw_only=True):
    """A drawing for a template: paths, and the ticks of both scales."""

    width: int
    height: int
    lines: tuple[Line, ...]
    columns: tuple[Tick, ...]
    rows: tuple[Tick, ...]


class _Frame(Struct, frozen=True, kw_only=True):
    """What turns days and values into places."""

    first: int
    last: int
    low: Decimal
    high: Decimal
    named: int
    """The last day that a tick may name: that of the last bar, which ends with its day."""

    def x(self, at: int) -> int:
        return (at - self.first) * WIDTH // max(1, self.last - self.first)

    def y(self, value: Decimal | int) -> int:
        return HEIGHT - int((Decimal(value) - self.low) * HEIGHT / (self.high - self.low))


def day(text: str) -> date:
    """Return the first day of a date as far as it is known: `2025-06` is the first of June."""
    year, month, of_month = (*(int(part) for part in text.split("-")), 1, 1)[:3]
    return date(year, month, of_month)


def steps(rows: Iterable[tuple[str, Sequence[Known]]], until: str, write: Callable[[Decimal], str]) -> Plot:
    """Draw values that hold until the next one, up to a day, and a little beyond the last of them."""
    held = [(label, [(day(at).toordinal(), value) for at, value in row]) for label, row in rows if row]
    days = [at for _, row in held for at, _ in row]
    last = max(day(until).toordinal(), max(days) + (max(days) - min(days)) // 12)
    frame, values = _frame([*days, last], [value for _, row in held for _, value in row])
    lines = tuple(Line(label, _step_path(frame, row, last)) for label, row in held)
    return _plot(frame, lines, values, write)


def _step_path(frame: _Frame, row: Sequence[tuple[int, Decimal | int]], last: int) -> str:
    path = f"M{frame.x(row[0][0])} {frame.y(row[0][1])}"
    for at, value in row[1:]:
        path += f"H{frame.x(at)}V{frame.y(value)}"
    return f"{path}H{frame.x(last)}"


def bars(
    rows: Sequence[tuple[str, Sequence[Known]]],
    write: Callable[[Decimal], str],
    *,
    scale: tuple[Decimal, Decimal] | None = None,
) -> Plot:
    """Draw a bar for each day, the rows on top of one another; the scale starts at zero unless it is given."""
    days = sorted({day(at).toordinal() for _, row in rows for at, _ in row})
    tops: dict[int, Decimal] = {}
    for _, row in rows:
        for at, value in row:
            tops[day(at).toordinal()] = tops.get(day(at).toordinal(), Decimal(0)) + value
    frame, values = _frame([*days, days[-1] + 1], list(tops.values()), scale)
    frame = replace(frame, named=days[-1])
    under: dict[int, Decimal] = dict.fromkeys(days, frame.low)
    lines = []
    for label, row in rows:
        path = ""
        for at, value in row:
            x, of_day = frame.x(day(at).toordinal()), day(at).toordinal()
            wide = max(1, frame.x(of_day + 1) - x - 1)
            bottom = under[of_day]
            top = max(frame.low, value + (bottom if bottom > frame.low else 0))
            if frame.y(top) < frame.y(bottom):
                path += f"M{x} {frame.y(bottom)}V{frame.y(top)}h{wide}V{frame.y(bottom)}z"
            under[of_day] = Decimal(top)
        lines.append(Line(label, path))
    return _plot(frame, tuple(lines), values, write)


def _frame(
    days: Sequence[int], values: Sequence[Decimal | int], scale: tuple[Decimal, Decimal] | None = None
) -> tuple[_Frame, list[Decimal]]:
    """Return the frame around days and values, and the values that have a line."""
    if scale is not None:
        low, high = scale
        marks = [low, (low + high) / 2, high]
    else:
        top = max(Decimal(value) for value in values)
        size = _round_step(top / _LINES) if top else Decimal(1)
        most = int((top / size).to_integral_value(ROUND_CEILING)) if top else 1
        marks = [size * number for number in range(most + 1)]
    return _Frame(first=min(days), last=max(days), low=marks[0], high=marks[-1], named=max(days)), marks


def _round_step(size: Decimal) -> Decimal:
    """Return the next of 1, 2, 5, 10 and so on."""
    tenth = Decimal(10) ** size.adjusted()
    return next(times * tenth for times in (1, 2, 5, 10) if times * tenth >= size)


def _plot(frame: _Frame, lines: tuple[Line, ...], marks: Sequence[Decimal], write: Callable[[Decimal], str]) -> Plot:
    return Plot(
        width=WIDTH,
        height=HEIGHT,
        lines=lines,
        columns=tuple(Tick(frame.x(at.toordinal()), _named(at, frame)) for at in _ticks(frame)),
        rows=tuple(Tick(frame.y(value), write(value)) for value in marks),
    )


def _ticks(frame: _Frame) -> list[date]:
    """Return the days that have a tick: starts of months or of years, else first and last day."""
    first, last = date.fromordinal(frame.first), date.fromordinal(frame.named)
    months = (last.year - first.year) * 12 + last.month - first.month
    every = next((n for n in (1, 2, 3, 6, 12, 24, 60, 120) if months // n <= _COLUMNS), 240)
    found = []
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        start = date(month // 12, month % 12 + 1, 1)
        if month % every == 0 and first <= start <= last:
            found.append(start)
    return found if len(found) > 1 else [first, last]


def _named(at: date, frame: _Frame) -> str:
    short = frame.last - frame.first < 90
    return at.isoformat() if short else at.isoformat()[:7]
