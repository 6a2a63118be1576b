"""Prices as lines of a table: what is paid for, how much, and for how much of it."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from generator.formats import UNKNOWN, amount, count
from generator.formats import price as price_of
from generator.schema import Mode, Price, Rates, Tier

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


class PriceLine(Struct, frozen=True):
    """One price."""

    label: str
    amount: str
    unit: str


_USUAL_RATES = {
    label: PriceLine(label, UNKNOWN, "1M tokens")
    for label in map(RATES.__getitem__, ("input", "output", "reasoning", "cache_read", "cache_write"))
}
_USUAL_OPERATIONS = {
    label: PriceLine(label, UNKNOWN, "")
    for label, _ in map(
        OPERATIONS.__getitem__,
        ("image_input", "audio_input", "video_input", "image_output", "audio_output", "web_search"),
    )
}


def token_lines(price: Price | None) -> tuple[PriceLine, ...]:
    """Return a line for each known rate per million tokens."""
    if price is None:
        return ()
    held, currency = vars(price), price.currency
    return tuple(
        [
            PriceLine(label, amount(held[name], currency), "1M tokens")
            for name, label in RATES.items()
            if held[name] is not None
        ]
    )


def operation_lines(price: Price | None) -> tuple[PriceLine, ...]:
    """Return a line for each known price of an operation or another unit."""
    if price is None:
        return ()
    currency = price.currency
    lines = [
        PriceLine(OPERATIONS[name][0], amount(value, currency), OPERATIONS[name][1])
        for name, value in vars(price.operations).items()
        if value is not None
    ]
    lines += [PriceLine(unit.name, amount(unit.amount, currency), unit.per) for unit in price.units]
    return tuple(lines)


def token_table(lines: Sequence[PriceLine]) -> tuple[PriceLine, ...]:
    """Return the known rates, and those that every table of them has a column for; nothing when no rate is known."""
    return tuple((_USUAL_RATES | {line.label: line for line in lines}).values()) if lines else ()


def operation_table(lines: Sequence[PriceLine]) -> tuple[PriceLine, ...]:
    """Return the known prices of operations, and those that every table has a column for; nothing if none is known."""
    if not lines:
        return ()
    known = {line.label: line for line in lines if line.label in _USUAL_OPERATIONS}
    usual = [known.get(label, line) for label, line in _USUAL_OPERATIONS.items()]
    return (*usual, *(line for line in lines if line not in usual))


def tier_lines(price: Price) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the columns and rows of a table of tiers, the base price first."""
    stated = _stated((price, *price.tiers))
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
    stated = _stated([price for _, price in prices if price])
    rows = tuple((name, *(price_of(price, rate) for rate in stated)) for name, price in prices)
    return ("Mode", *(RATES[name] for name in stated)), rows


def _stated(levels: Iterable[Rates]) -> list[str]:
    """Return the rates that any of these states."""
    held = [vars(level) for level in levels]
    return [name for name in RATES if any(of[name] is not None for of in held)]


def rate_of(price: Price, tier: Tier | None, name: str) -> Decimal | None:
    """Return a rate at a tier: its own, else that of the base price."""
    stated: Decimal | None = getattr(tier, name) if tier is not None else None
    base: Decimal | None = getattr(price, name)
    return base if stated is None else stated
