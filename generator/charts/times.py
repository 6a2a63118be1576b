"""Days -> places along a line of time. A day that is known to the month or the year stands in the middle of it."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from generator.charts.axes import Tick

__all__ = ["Span"]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEPS = (1, 3, 6, 12)
_MOST_TICKS = 14


def _ordinal(day: str) -> int:
    if len(day) == 4:
        return date(int(day), 7, 1).toordinal()
    if len(day) == 7:
        return date(int(day[:4]), int(day[5:]), 15).toordinal()
    return date.fromisoformat(day).toordinal()


class Span(Struct, frozen=True, kw_only=True):
    """A stretch of time, from the first day of a month to that of another."""

    first: int
    last: int
    """Both as numbers of months: twelve times the year and the month, from nought."""

    @classmethod
    def of(cls, days: Iterable[str]) -> "Span":
        """Return the whole months that hold some days, of which there is one at least."""
        found = sorted(date.fromordinal(_ordinal(day)) for day in days)
        return cls(first=_month(found[0]), last=_month(found[-1]) + 1)

    def place(self, day: str, length: int) -> int:
        """Return where a day is on a line of a length."""
        start, end = _start(self.first), _start(self.last)
        return (2 * length * (_ordinal(day) - start) + (end - start)) // (2 * (end - start))

    def ticks(self, length: int) -> tuple[Tick, ...]:
        """Return lines at the beginnings of months, quarters, half years or years, not too many."""
        step = next((step for step in _STEPS if (self.last - self.first) // step <= _MOST_TICKS), 12)
        begin, end = _start(self.first), _start(self.last)
        return tuple(
            Tick((_start(month) - begin) * length // (end - begin), _name(month))
            for month in range(self.first + -self.first % step, self.last + 1, step)
        )


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _start(month: int) -> int:
    return date(month // 12, month % 12 + 1, 1).toordinal()


def _name(month: int) -> str:
    return str(month // 12) if month % 12 == 0 else f"{_MONTHS[month % 12]} {month // 12}"
