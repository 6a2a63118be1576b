"""A change -> the words that every list of changes has for it: one fact, one wording on pages, in feeds, in reports."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from generator import formats
from generator.history.changes import Change, Kind

__all__ = ["HEADINGS", "fact", "identity", "move", "sentence", "sides"]

HEADINGS: Mapping[Kind, str] = {
    Kind.ADDED: "Added",
    Kind.REMOVED: "Removed",
    Kind.PRICE: "Prices",
    Kind.LIMIT: "Limits",
    Kind.CAPABILITY: "Capabilities",
    Kind.LIFECYCLE: "Lifecycle",
    Kind.OTHER: "Other facts",
}
_PLAIN = frozenset({"price", "limits", "capabilities"})
"""First parts of facts that say no more than the heading does."""
_NO_MONEY = frozenset({"batch_discount", "effective_from", "effective_until"})
_LONG = 60


def identity(change: Change) -> str:
    """Return the id of what has changed: `author/model`, `provider/id`."""
    return "/".join(change.key)


def fact(change: Change) -> str:
    """Write the name of a fact: `Input`, `Tiers, 200000, output`."""
    parts = change.fact.split(".")
    if len(parts) > 1 and parts[0] in _PLAIN:
        parts = parts[1:]
    return ", ".join((formats.words(parts[0]), *(part.replace("_", " ") for part in parts[1:])))


def sides(change: Change) -> tuple[str, str]:
    """Write what was said and what is said now."""
    return _value(change, change.old), _value(change, change.new)


def sentence(change: Change) -> str:
    """Say in a few words what has changed: `added`, `Input: $2.00 → $2.50 (+25%)`."""
    if not change.fact:
        return change.kind
    old, new = sides(change)
    moved = f" ({percent})" if (percent := move(change)) else ""
    return f"{fact(change)}: {old} → {new}{moved}"


def move(change: Change) -> str:
    """Write by how much a price has moved: `+25%`, `-12.5%`; nothing where that cannot be said."""
    percent = change.percent
    if percent is None:
        return ""
    rounded = percent.quantize(Decimal("0.1"))
    if not rounded:
        return "+0.1%" if percent > 0 else "-0.1%"
    return f"{rounded.normalize():+f}%" if rounded != rounded.to_integral_value() else f"{int(rounded):+,}%"


def _value(change: Change, value: Any) -> str:
    if value is None:
        return formats.UNKNOWN
    if isinstance(value, bool):
        return formats.flag(value)
    if isinstance(value, int | Decimal):
        money = change.kind is Kind.PRICE and change.fact.rpartition(".")[2] not in _NO_MONEY
        return formats.amount(Decimal(value), change.currency) if money else formats.number(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _LONG else f"{text[: _LONG - 1]}…"
