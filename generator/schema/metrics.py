"""What was measured and counted about an offering: how fast, how reliable, how much used, by whom and when.

These facts grow old by themselves, so they stand in files of their own, beside those that people write.
"""

from decimal import Decimal
from typing import Annotated

from pydantic import BeforeValidator, WithJsonSchema, model_validator

from generator.schema.price import Price
from generator.schema.values import Count, Day, Line, Record, Text, Url, percent, positive

__all__ = [
    "App",
    "Apps",
    "Day",
    "History",
    "Latency",
    "Measured",
    "Metrics",
    "Throughput",
    "Traffic",
    "Uptime",
    "UptimePoint",
    "Usage",
    "Version",
    "Versions",
]

MAX_POINTS = 400
"""A year of days, and some more."""

Quantity = Annotated[Decimal, BeforeValidator(positive), WithJsonSchema({"type": "number", "minimum": 0})]
Percent = Annotated[Decimal, BeforeValidator(percent), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 100})]


class Measured(Record):
    """Where figures are from, and of which time."""

    source: Url
    """Where they were taken from."""
    as_of: Day
    """The day on which they were taken."""
    window: Line
    """The time that they are about: `30 minutes`, `90 days`."""


class Latency(Measured):
    """How long the first token takes, in milliseconds: half, nine tenths and 99 of 100 requests are faster."""

    p50: Quantity
    """Half of the requests are faster."""
    p90: Quantity | None = None
    """Nine of ten requests are faster."""
    p99: Quantity | None = None
    """99 of 100 requests are faster."""


class Throughput(Measured):
    """How many tokens a second an answer grows by."""

    p50: Quantity
    """Half of the requests are slower."""
    p90: Quantity | None = None
    """Nine of ten requests are slower."""


class UptimePoint(Record):
    """One day."""

    date: Day
    """The day."""
    percent: Percent
    """The part of requests that were answered, or of the time, as the source counts."""


class Uptime(Measured):
    """How reliably it answers."""

    percent: Percent
    """Over the whole time."""
    points: tuple[UptimePoint, ...] = ()
    """By day, oldest first."""

    @model_validator(mode="after")
    def _in_order(self) -> "Uptime":
        _check_days([point.date for point in self.points])
        return self


class Traffic(Record):
    """One day."""

    date: Day
    """The day."""
    prompt: Count
    """Tokens sent."""
    completion: Count
    """Tokens received, reasoning left out where it is counted apart."""
    reasoning: Count | None = None
    """Tokens of reasoning."""


class Usage(Measured):
    """How many tokens pass through it."""

    points: tuple[Traffic, ...]
    """By day, oldest first."""

    @model_validator(mode="after")
    def _in_order(self) -> "Usage":
        if not self.points:
            raise ValueError("needs a point at least")
        _check_days([point.date for point in self.points])
        return self


class Version(Record):
    """One version that stands behind the id."""

    version: Line
    """Its id."""
    tokens: Count
    """Tokens that passed through it."""


class Versions(Measured):
    """Which versions answer."""

    items: tuple[Version, ...]
    """Most used first."""


class App(Record):
    """A program that uses it."""

    name: Line
    """What it is called."""
    tokens: Count
    """Tokens that it used."""
    url: Url | None = None
    """Its home page."""
    description: Text | None = None
    """What it is."""


class Apps(Measured):
    """Which programs use it."""

    items: tuple[App, ...]
    """Most use first."""


class Metrics(Record):
    """What was measured and counted about an offering."""

    latency: Latency | None = None
    """How long the first token takes."""
    throughput: Throughput | None = None
    """How fast answers grow."""
    uptime: Uptime | None = None
    """How reliably it answers."""
    usage: Usage | None = None
    """How many tokens pass through it."""
    versions: Versions | None = None
    """Which versions answer."""
    apps: Apps | None = None
    """Which programs use it."""


class History(Record):
    """The file of an offering's earlier and announced prices."""

    prices: tuple[Price, ...]
    """Oldest first, each with the days between which it holds."""


def _check_days(days: list[str]) -> None:
    if len(days) > MAX_POINTS:
        raise ValueError(f"may have {MAX_POINTS} points at most")
    if days != sorted(set(days)):
        raise ValueError("the points have to stand in order of `date`, each day once")
