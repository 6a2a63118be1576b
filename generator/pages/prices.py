"""Prices as lines of a table: what is paid for, how much, and for how much of it.

Many offerings have one price, so what is made of a price is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from generator.formats import UNKNOWN, amount, count
from generator.formats import price as price_of
from generator.schema import Mode, Operations, Price, Rates, Tier

__all__ = [
    "OPERATIONS",
    "RATES",
    "PriceLine",
    "mode_lines",
    "operation_lines",
    "operation_table",
    "rate_of",
    "tier_lines",
    "token_lines",
    "token_table",
]

RATES: Mapping[str, str] = {
    "input": "Input",
    "output": "Output",
    "reasoning": "Reasoning",
    "cache_read": "Cache Read",
    "cache_write": "Cache Write",
    "cache_write_1h": "Cache Write (1 hour)",
    "input_audio": "Audio Input",
    "output_audio": "Audio Output",
    "cache_read_audio": "Audio Cache Read",
    "input_image": "Image Input",
    "output_image": "Image Output",
    "input_video": "Video Input",
    "output_video": "Video Output",
}
"""What each rate per million tokens is called."""

OPERATIONS: Mapping[str, tuple[str, str]] = {
    "request": ("Request", "request"),
    "image_input": ("Image Input", "image"),
    "audio_input": ("Audio Input", "minute"),
    "video_input": ("Video Input", "minute"),
    "image_output": ("Image Gen", "image"),
    "audio_output": ("Audio Gen", "minute"),
    "video_output": ("Video Gen", "second"),
    "web_search": ("Web Search", "query"),
    "function_call": ("Function Call", "call"),
    "tool_use": ("Tool Use", "use"),
}
"""What each operation is called, and its unit."""


_USUAL_RATES = ("input", "output", "reasoning", "cache_read", "cache_write")
_USUAL_OPERATIONS = ("image_input", "audio_input", "video_input", "image_output", "audio_output", "web_search")


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price."""

    label: str
    amount: str
    unit: str


@lru_cache(maxsize=4096)
def token_lines(price: Price | None) -> tuple[PriceLine, ...]:
    """Return a line for each known rate per million tokens."""
    if price is None:
        return ()
    return tuple(
        PriceLine(RATES[name], amount(value, price.currency), "1M tokens") for name, value in price.rates.items()
    )


@lru_cache(maxsize=4096)
def operation_lines(price: Price | None) -> tuple[PriceLine, ...]:
    """Return a line for each known price of an operation or another unit."""
    if price is None:
        return ()
    named = [(name, getattr(price.operations, name)) for name in Operations.model_fields]
    lines = [
        PriceLine(OPERATIONS[name][0], amount(value, price.currency), OPERATIONS[name][1])
        for name, value in named
        if value is not None
    ]
    lines += [PriceLine(unit.name, amount(unit.amount, price.currency), unit.per) for unit in price.units]
    return tuple(lines)


@lru_cache(maxsize=4096)
def token_table(price: Price | None) -> tuple[PriceLine, ...]:
    """Return the known rates, and those that every table of them has a column for; nothing when no rate is known."""
    found = {line.label: line for line in token_lines(price)}
    usual = {RATES[name]: PriceLine(RATES[name], UNKNOWN, "1M tokens") for name in _USUAL_RATES} if found else {}
    return tuple((usual | found).values())


@lru_cache(maxsize=4096)
def operation_table(price: Price | None) -> tuple[PriceLine, ...]:
    """Return the known prices of operations, and those that every table has a column for; nothing if none is known."""
    found = operation_lines(price)
    if not found:
        return ()
    labels = [OPERATIONS[name][0] for name in _USUAL_OPERATIONS]
    known = {line.label: line for line in found if line.label in labels}
    usual = [known.get(label) or PriceLine(label, UNKNOWN, "") for label in labels]
    return (*usual, *(line for line in found if line not in usual))


def tier_lines(price: Price) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a table of tiers, the base price first."""
    stated = [
        name for name in Rates.model_fields if any(getattr(level, name) is not None for level in (price, *price.tiers))
    ]
    first = f"Up to {count(price.tiers[0].above)}"
    rows = [(first, *(amount(getattr(price, name), price.currency) for name in stated))]
    for i, tier in enumerate(price.tiers):
        following = price.tiers[i + 1].above if i + 1 < len(price.tiers) else None
        size = f"Over {count(tier.above)}" if following is None else f"{count(tier.above + 1)} to {count(following)}"
        rows.append((size, *(amount(rate_of(price, tier, name), price.currency) for name in stated)))
    return ("Tokens in context", *(RATES[name] for name in stated)), tuple(rows)


def mode_lines(modes: Iterable[tuple[str, Mode]]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a table of modes: every rate that any of them states."""
    prices = [(name, mode.price) for name, mode in modes]
    stated = [
        name for name in Rates.model_fields if any(price and getattr(price, name) is not None for _, price in prices)
    ]
    rows = tuple((name, *(price_of(price, rate) for rate in stated)) for name, price in prices)
    return ("Mode", *(RATES[name] for name in stated)), rows


def rate_of(price: Price, tier: Tier | None, name: str) -> Decimal | None:
    """Return a rate at a tier: its own, else that of the base price."""
    stated: Decimal | None = getattr(tier, name) if tier else None
    base: Decimal | None = getattr(price, name)
    return base if stated is None else stated
