"""What an offering cost before, costs and will cost: as a step chart and as rows of a table."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.charts import Plot, steps
from generator.formats import UNKNOWN, amount, count, date
from generator.pages.prices import RATES
from generator.schema import Offering, Price, Rates

__all__ = ["PriceHistory", "history"]

_DRAWN = ("input", "output")


class PriceHistory(Struct, frozen=True, kw_only=True):
    """The prices of an offering over time."""

    plot: Plot | None
    """Drawn where two of them have a known start."""
    summary: str
    """What the drawing shows, in words."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """From, until, the rates that any of them states, and what has to be known; oldest first."""


def history(of: Offering, until: str | None) -> PriceHistory | None:
    """Return the prices of an offering, where there is another than today's; `until` is the day of the facts."""
    if not of.prices:
        return None
    prices = sorted((*of.prices, *((of.price,) if of.price else ())), key=lambda price: _order(price, of.price))
    stated = [name for name in Rates.model_fields if any(getattr(price, name) is not None for price in of.prices)]
    rows = tuple(row for price in prices for row in _rows(price, stated, is_now=price is of.price))
    starts = _starts(prices, of.released)
    lines = [(RATES[name], _line(starts, name)) for name in _DRAWN]
    shown = [(label, line) for label, line in lines if len({value for _, value in line}) > 1]
    currency = prices[-1].currency
    end = of.retires if of.status == "retired" and of.retires else until
    return PriceHistory(
        plot=steps(shown, end, lambda value: amount(value, currency)) if shown and end else None,
        summary=_summary(shown, currency),
        columns=("From", "Until", *(RATES[name] for name in stated), "Note"),
        rows=rows,
    )


def _rows(price: Price, stated: Sequence[str], *, is_now: bool) -> Iterator[tuple[str, ...]]:
    """Yield a price as a row, and below it one for each size of request that costs otherwise."""
    note = "Now" if is_now else price.note or UNKNOWN
    when = (date(price.effective_from), date(price.effective_until))
    yield (*when, *(amount(getattr(price, name), price.currency) for name in stated), note)
    for tier in price.tiers:
        size = f"Requests over {count(tier.above)} tokens"
        yield (*when, *(amount(getattr(tier, name), price.currency) for name in stated), size)


def _order(price: Price, now: Price | None) -> tuple[str, bool, str]:
    """Order prices by their start; one that only has an end comes before all that start at it or later."""
    return price.effective_from or "", price is now and not price.effective_from, price.effective_until or "9999"


def _starts(prices: Iterable[Price], released: str | None) -> list[tuple[str, Price]]:
    """Return the prices with the day on which each starts, those without a known one left out."""
    found: list[tuple[str, Price]] = []
    before = released
    for price in prices:
        start = price.effective_from or before
        if start and (not found or start > found[-1][0]):
            found.append((start, price))
        before = price.effective_until
    return found


def _line(starts: Sequence[tuple[str, Price]], name: str) -> list[tuple[str, Decimal]]:
    return [(start, value) for start, price in starts if (value := getattr(price, name)) is not None]


def _summary(lines: Sequence[tuple[str, Sequence[tuple[str, Decimal]]]], currency: str) -> str:
    """Write each line as a sentence, such as `Input: $0.35 from 14 May 2024, $0.075 from 12 August 2024.`."""
    told = (
        f"{label}: " + ", ".join(f"{amount(value, currency)} from {date(start)}" for start, value in line) + "."
        for label, line in lines
    )
    return " ".join(told)
