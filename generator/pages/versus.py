"""Models side by side: a line for every fact that any of them states, and which value is the better one.

Better is defined for two kinds of facts only: a lower price and a larger limit. Prices compare where they are metered,
in one currency and not zero; what is free costs less than anything. `templates/static/versus.js` says the same of
whatever a reader chooses, and a test holds the two to each other.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.formats import UNKNOWN, amount, count, date, flag, number, price, words
from generator.pages.prices import OPERATIONS, RATES
from generator.pages.rows import Group, ModelRow, OfferingRow, Ref, is_active
from generator.schema import Billing, Capabilities, Price, Rates, Tier

__all__ = ["Line", "Side", "Value", "Verdict", "verdicts", "versus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the models."""

    row: ModelRow
    served: Sequence[OfferingRow]
    """Its offerings."""
    seller: Ref | None
    """Whose price stands for it; a link to that offering."""

    @property
    def price(self) -> Price | None:
        """The price that stands for it."""
        return self.row.shown.price if self.row.shown else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One fact of one side."""

    text: str
    ref: Ref | None = None
    """Where it leads, if anywhere."""
    is_best: bool = False
    note: str = ""
    """Who says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One fact of all sides."""

    label: str
    unit: str = ""
    values: tuple[Value, ...]

    @property
    def differs(self) -> bool:
        """Whether the sides say different things."""
        return len({value.text for value in self.values}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one side has better than the other."""

    label: str
    ref: Ref
    text: str


Say = Callable[[ModelRow], str | None]


def versus(sides: Sequence[Side]) -> tuple[Group[Line], ...]:
    """Compare models; a line or a group without a known fact is left out."""
    rows = [side.row for side in sides]
    groups = (
        ("Overview", _overview(rows)),
        ("Prices", _prices(sides)),
        ("Limits", _limits(sides)),
        ("Modalities", _said(rows, _MODALITIES)),
        ("Capabilities", _capabilities(rows)),
        ("Dates", _said(rows, _DATES)),
        ("License", _said(rows, _LICENSE)),
        ("Internal use", _said(rows, _INTERNAL)),
    )
    stated = ((title, [line for line in lines if _is_known(line)]) for title, lines in groups)
    return tuple(Group(title, tuple(lines)) for title, lines in stated if lines)


def verdicts(groups: Iterable[Group[Line]], refs: Sequence[Ref]) -> tuple[Verdict, ...]:
    """Return what one of two models has better: a lower price, a larger limit, something only it can do."""
    found = []
    for line in (line for group in groups for line in group.rows):
        one, other = line.values
        if line.label in _BETTER and one.is_best is not other.is_best:
            side = 0 if one.is_best else 1
            text = f"{line.values[side].text} against {line.values[1 - side].text}"
            found.append(Verdict(label=_BETTER[line.label], ref=refs[side], text=text))
    for side in (0, 1):
        only = [
            line.label.lower()
            for group in groups
            if group.title == "Capabilities"
            for line in group.rows
            if (line.values[side].text, line.values[1 - side].text) == ("Yes", "No")
        ]
        if only:
            found.append(Verdict(label="Only", ref=refs[side], text=", ".join(only)))
    return tuple(found)


_BETTER = {
    "Input": "Lower input price",
    "Output": "Lower output price",
    "Context window": "Larger context window",
    "Max output": "Larger output",
}
_MODALITIES: tuple[tuple[str, Say], ...] = (
    ("Takes", lambda row: ", ".join(row.model.modalities.input)),
    ("Makes", lambda row: ", ".join(row.model.modalities.output)),
)
_DATES: tuple[tuple[str, Say], ...] = (
    ("Released", lambda row: date(row.model.released)),
    ("Updated", lambda row: date(row.model.updated)),
    ("Knowledge cutoff", lambda row: date(row.model.knowledge)),
    ("Deprecated", lambda row: date(row.model.deprecated)),
    ("Retires", lambda row: date(row.model.retires)),
)
_LICENSE: tuple[tuple[str, Say], ...] = (
    ("Open weights", lambda row: flag(row.model.open_weights)),
    ("License", lambda row: row.model.license),
    ("Parameters", lambda row: row.model.architecture.parameters),
    ("Active parameters", lambda row: row.model.architecture.active_parameters),
)
_INTERNAL: tuple[tuple[str, Say], ...] = tuple(
    (words(name), lambda row, name=name: getattr(row.model.internal, name))  # type: ignore[misc]  # a default binds it
    for name in ("approval", "data_class", "owner")
)
_LIMITS = (
    ("Context window", "context"),
    ("Max input", "input"),
    ("Max output", "output"),
    ("Images per request", "images_per_request"),
    ("Dimensions", "embedding_dimensions"),
)


_CAPABILITIES = tuple((name, words(name)) for name in Capabilities.model_fields)
_FLAGS = {has: Value(text=flag(has)) for has in (True, False, None)}


def _is_known(line: Line) -> bool:
    return any(value.text != UNKNOWN for value in line.values)


def _said(rows: Sequence[ModelRow], facts: Iterable[tuple[str, Say]]) -> list[Line]:
    return [Line(label=label, values=tuple(Value(text=say(row) or UNKNOWN) for row in rows)) for label, say in facts]


def _overview(rows: Sequence[ModelRow]) -> list[Line]:
    authors = Line(label="Author", values=tuple(Value(text=row.author.label, ref=row.author) for row in rows))
    facts: tuple[tuple[str, Say], ...] = (
        ("Family", lambda row: row.model.family),
        ("Status", lambda row: words(row.model.status) if row.model.status else None),
        ("Providers", lambda row: count(len(row.providers))),
    )
    return [authors, *_said(rows, facts)]


def _capabilities(rows: Sequence[ModelRow]) -> list[Line]:
    lines = []
    for name, label in _CAPABILITIES:
        known = [getattr(row.model.capabilities, name) for row in rows]
        if known.count(None) < len(known):
            lines.append(Line(label=label, values=tuple([_FLAGS[has] for has in known])))
    return lines


def _limits(sides: Sequence[Side]) -> list[Line]:
    lines = []
    for label, name in _LIMITS:
        known: list[int | None] = [getattr(side.row.model.limits, name) for side in sides]
        values = [
            Value(text=count(value), note=_otherwise(value, side.served, name))
            for value, side in zip(known, sides, strict=True)
        ]
        lines.append(Line(label=label, values=_marked(values, known, max)))
    return lines


def _otherwise(defined: int | None, served: Sequence[OfferingRow], name: str) -> str:
    """Say what the offerings in use have where that is something else than the definition says."""
    found = {value for row in served if is_active(row.offering) and (value := getattr(row.offering.limits, name))}
    if defined is None or found <= {defined}:
        return ""
    low, high = min(found), max(found)
    return f"Providers say {count(low)}" if low == high else f"Providers say {count(low)} to {count(high)}"


def _prices(sides: Sequence[Side]) -> list[Line]:
    prices = [side.price for side in sides]
    sellers = tuple(Value(text=side.seller.label, ref=side.seller) if side.seller else _NONE for side in sides)
    lines = [Line(label="Price at", values=sellers)]
    for name in Rates.model_fields:
        known = [getattr(of, name) if of else None for of in prices]
        if known.count(None) == len(known) and (name not in _MAIN or not any(prices)):
            continue
        if name in _MAIN and any(prices):
            texts = [price(of, name) for of in prices]
            known = [
                _FREE if of and of.billing is Billing.FREE else value for of, value in zip(prices, known, strict=True)
            ]
        else:
            texts = [amount(value, of.currency if of else "") for of, value in zip(prices, known, strict=True)]
        lines.append(_priced(RATES[name], "1M tokens", texts, prices, known))
    for name, (label, unit) in OPERATIONS.items():
        known = [getattr(of.operations, name) if of else None for of in prices]
        if known.count(None) == len(known):
            continue
        texts = [amount(value, of.currency if of else "") for of, value in zip(prices, known, strict=True)]
        lines.append(_priced(label, unit, texts, prices, known))
    lines.append(Line(label="In a batch", values=tuple(Value(text=_discount(of)) for of in prices)))
    lines.append(Line(label="Larger requests", values=tuple(Value(text=_tiers(of)) for of in prices)))
    return lines


def _priced(
    label: str, unit: str, texts: Iterable[str], prices: Sequence[Price | None], known: Sequence[Decimal | None]
) -> Line:
    values = [Value(text=text) for text in texts]
    return Line(label=label, unit=f"per {unit}", values=_marked(values, _costs(prices, known), min))


_FREE = Decimal(-1)
"""Costs less than anything."""
_NONE = Value(text=UNKNOWN)
_MAIN = ("input", "output")


def _discount(of: Price | None) -> str:
    return UNKNOWN if of is None or of.batch_discount is None else f"{number(of.batch_discount * 100)}% less"


def _tiers(of: Price | None) -> str:
    return "; ".join(_tier(of, tier) for tier in of.tiers) or UNKNOWN if of else UNKNOWN


def _tier(of: Price, tier: Tier) -> str:
    stated = [(name, getattr(tier, name)) for name in Rates.model_fields]
    told = [f"{RATES[name].lower()} {amount(value, of.currency)}" for name, value in stated if value is not None]
    return f"above {count(tier.above)} tokens: {', '.join(told)}"


def _costs(prices: Sequence[Price | None], known: Sequence[Decimal | None]) -> list[Decimal | None]:
    """Return what can be compared: nothing where currencies differ or a price of zero says too little."""
    pairs = zip(prices, known, strict=True)
    costs = [None if of is None or of.billing is Billing.PLAN else value for of, value in pairs]
    metered = [of for of, cost in zip(prices, costs, strict=True) if of and cost is not None and cost != _FREE]
    if Decimal(0) in costs or len({of.currency for of in metered}) > 1:
        return [None] * len(costs)
    return costs


def _marked(
    values: Sequence[Value], known: Sequence[int | Decimal | None], best: Callable[..., int | Decimal]
) -> tuple[Value, ...]:
    """Mark the best values, where two are known and differ."""
    stated = {value for value in known if value is not None}
    if len(stated) < 2:
        return tuple(values)
    first = best(stated)
    return tuple(
        replace(value, is_best=True) if fact == first else value for value, fact in zip(values, known, strict=True)
    )
