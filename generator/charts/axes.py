"""Values -> places along an axis, and the values that have a line."""

from math import floor, log10

from msgspec import Struct

__all__ = ["Axis", "Tick"]


class Tick(Struct, frozen=True):
    """A line of an axis: where it is and what it says."""

    at: int
    label: str


class Axis(Struct, frozen=True, kw_only=True):
    """A logarithmic axis from one value to another, with the values that have a line."""

    low: float
    high: float
    marks: tuple[tuple[float, str], ...]

    def place(self, value: float, length: int) -> int:
        """Return where a value is on an axis of a length; what lies outside is put at the end."""
        share = (log10(value) - log10(self.low)) / (log10(self.high) - log10(self.low))
        return floor(length * min(1.0, max(0.0, share)) + 0.5)
