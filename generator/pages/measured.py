"""What was measured and counted about an offering: figures, small charts, tables, each with its source and time."""

from collections.abc import Iterator
from decimal import Decimal

from msgspec import Struct

from generator.charts import Plot, bars, percent
from generator.formats import UNKNOWN, count, number, share
from generator.schema import Metrics, Offering
from generator.schema.metrics import Apps, Measured, Uptime, Usage, Versions

__all__ = ["Measurement", "measurements"]

_KINDS = ("prompt", "completion", "reasoning")
_FLOORS = (Decimal(99), Decimal(98), Decimal(95), Decimal(90), Decimal(80), Decimal(50), Decimal(0))
"""Where a scale of percent may start."""


class Measurement(Struct, frozen=True, kw_only=True):
    """One thing that was measured."""

    title: str
    anchor: str
    about: Measured
    """Where it is from, and of which time."""
    figures: tuple[tuple[str, str], ...] = ()
    """The numbers that matter, each with its name."""
    plot: Plot | None = None
    summary: str = ""
    """What the drawing shows, in words."""
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    links: tuple[str | None, ...] = ()
    """Where the first cell of each row leads."""
    shares: tuple[int | None, ...] = ()
    """How much of the whole each row is, in whole percent."""
    is_long: bool = False
    """Whether the table only says what the drawing shows."""


def measurements(of: Offering) -> tuple[Measurement, ...]:
    """Return what was measured about an offering; nothing without its file below `metrics/`."""
    return tuple(_measurements(of.metrics))


def _measurements(of: Metrics) -> Iterator[Measurement]:
    if (it := of.latency) is not None:
        known = (("Median", it.p50), ("9 of 10", it.p90), ("99 of 100", it.p99))
        figures = tuple((label, f"{number(value)} ms") for label, value in known if value is not None)
        yield Measurement(title="Time to the first token", anchor="latency", about=it, figures=figures)
    if (rate := of.throughput) is not None:
        known = (("Median", rate.p50), ("9 of 10", rate.p90), ("", None))
        figures = tuple((label, f"{number(value)} tokens/s") for label, value in known if value is not None)
        yield Measurement(title="Throughput", anchor="throughput", about=rate, figures=figures)
    if of.uptime is not None:
        yield _uptime(of.uptime)
    if of.usage is not None:
        yield _usage(of.usage)
    if of.versions is not None:
        yield _versions(of.versions)
    if of.apps is not None:
        yield _apps(of.apps)


def _uptime(of: Uptime) -> Measurement:
    known = [(point.date, point.percent) for point in of.points]
    lowest = min((value for _, value in known), default=of.percent)
    low = next(floor for floor in _FLOORS if floor < lowest or not floor)
    return Measurement(
        title="Uptime",
        anchor="uptime",
        about=of,
        figures=(("Over the whole time", _percent(of.percent)),),
        plot=bars([("Uptime", known)], _percent, scale=(low, Decimal(100))) if known else None,
        summary=f"Uptime by day; the lowest is {_percent(lowest)}. The scale starts at {_percent(low)}.",
        columns=("Day", "Uptime"),
        rows=tuple((day, _percent(value)) for day, value in known),
        is_long=True,
    )


def _usage(of: Usage) -> Measurement:
    kinds = [kind for kind in _KINDS if any(getattr(point, kind) is not None for point in of.points)]
    totals = [sum(getattr(point, kind) or 0 for kind in kinds) for point in of.points]
    return Measurement(
        title="Tokens processed per day",
        anchor="usage",
        about=of,
        figures=(("Last day", count(totals[-1])), ("Busiest day", count(max(totals)))),
        plot=bars(
            [(kind.capitalize(), [(point.date, getattr(point, kind) or 0) for point in of.points]) for kind in kinds],
            _short,
        ),
        summary=f"Tokens by day, {' and '.join(kinds)} on top of one another; the most is {count(max(totals))}.",
        columns=("Day", *(kind.capitalize() for kind in kinds)),
        rows=tuple((point.date, *(count(getattr(point, kind)) for kind in kinds)) for point in of.points),
        is_long=True,
    )


def _versions(of: Versions) -> Measurement:
    whole = sum(item.tokens for item in of.items)
    return Measurement(
        title="Versions by token share",
        anchor="versions",
        about=of,
        columns=("Version", "Tokens", "Share"),
        rows=tuple((item.version, count(item.tokens), share(item.tokens, whole)) for item in of.items),
        shares=tuple(percent(item.tokens, whole) for item in of.items),
    )


def _apps(of: Apps) -> Measurement:
    most = max((item.tokens for item in of.items), default=0)
    return Measurement(
        title="Apps that use it",
        anchor="apps",
        about=of,
        columns=("App", "Tokens", "What it is"),
        rows=tuple((item.name, count(item.tokens), item.description or UNKNOWN) for item in of.items),
        links=tuple(item.url for item in of.items),
        shares=tuple(percent(item.tokens, most) for item in of.items),
    )


def _percent(value: Decimal) -> str:
    return f"{number(value)}%"


def _short(value: Decimal) -> str:
    """Write a large number for a scale: `12B`, `500K`."""
    for size, unit in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if value >= size:
            return f"{number(value / size)}{unit}"
    return number(value)
