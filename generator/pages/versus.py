"""Models side by side: a line for every fact that any of them states, and which value is the better one.

Better is defined for two kinds of facts only: a lower price and a larger limit. Prices compare where they are metered,
in one currency and not zero; what is free costs less than anything. `templates/static/versus.js` says the same of
whatever a reader chooses, and a test holds the two to each other.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct
from msgspec.structs import replace

from generator.formats import UNKNOWN, amount, count, date, flag, number, price, words
from generator.pages.prices import OPERATIONS, RATES
from generator.pages.rows import Group, ModelRow, OfferingRow, Ref, is_active
from generator.schema import Billing, Capabilities, Price, Tier

__all__ = ["Line", "Side", "Value", "Verdict", "verdicts", "versus"]


class Value(Struct, frozen=True, kw_only=True):
    """One fact of one side."""

    text: str
    ref: Ref | None = None
    """Where it leads, if anywhere."""
    is_best: bool = False
    note: str = ""
    """Who says otherwise."""


class Side(Struct, frozen=True, kw_only=True):
    """One of the models. It stands beside several others, and what is said of it there is the same."""

    row: ModelRow
    seller: Ref | None
    """Whose price stands for it; a link to that offering."""
    said: Mapping[str, tuple[Value, ...]]
    """By the title of a group, a value for each of its labels."""
    paid: Mapping[str, tuple[Value, Decimal | None]]
    """By the name of a rate or an operation, what it costs, and that as a number where it may be compared."""

    @classmethod
    def of(cls, row: ModelRow, served: Sequence[OfferingRow], seller: Ref | None) -> "Side":
        """Say everything about a model and its offerings that does not depend on what it is compared with."""
        of = row.shown.price if row.shown else None
        said = {
            title: tuple([Value(text=told) if (told := say(row)) else _NONE for _, say in facts])
            for title, facts in _SAID.items()
        }
        said["Overview"] = (Value(text=row.author.label, ref=row.author), *said["Overview"])
        said["Limits"] = tuple([_limit(row, served, name) for _, name in _LIMITS])
        said["Prices"] = (Value(text=seller.label, ref=seller) if seller else _NONE, *_further(of))
        return cls(row=row, seller=seller, said=said, paid=_paid(of) if of else {})

    @property
    def price(self) -> Price | None:
        """The price that stands for it."""
        return self.row.shown.price if self.row.shown else None


class Line(Struct, frozen=True, kw_only=True):
    """One fact of all sides."""

    label: str
    unit: str = ""
    values: tuple[Value, ...]

    @property
    def differs(self) -> bool:
        """Whether the sides say different things."""
        return len({value.text for value in self.values}) > 1


class Verdict(Struct, frozen=True, kw_only=True):
    """What one side has better than the other."""

    label: str
    ref: Ref
    text: str


Say = Callable[[ModelRow], str | None]


def versus(sides: Sequence[Side]) -> tuple[Group[Line], ...]:
    """Compare models; a line or a group without a known fact is left out."""
    groups = (
        ("Overview", _said(sides, "Overview")),
        ("Prices", _prices(sides)),
        ("Limits", _limits(sides)),
        ("Modalities", _said(sides, "Modalities")),
        ("Capabilities", _capabilities(sides)),
        ("Dates", _said(sides, "Dates")),
        ("License", _said(sides, "License")),
        ("Internal use", _said(sides, "Internal use")),
    )
    return tuple([Group(title, tuple(lines)) for title, lines in groups if lines])


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
_LIMITS = (
    ("Context window", "context"),
    ("Max input", "input"),
    ("Max output", "output"),
    ("Images per request", "images_per_request"),
    ("Dimensions", "embedding_dimensions"),
)
_INTERNAL = tuple((words(name), name) for name in ("approval", "data_class", "owner"))
_SAID: Mapping[str, tuple[tuple[str, Say], ...]] = {
    "Overview": (
        ("Family", lambda row: row.model.family),
        ("Status", lambda row: words(row.model.status) if row.model.status else None),
        ("Providers", lambda row: count(len(row.providers))),
    ),
    "Modalities": (
        ("Takes", lambda row: ", ".join(row.model.modalities.input) or None),
        ("Makes", lambda row: ", ".join(row.model.modalities.output) or None),
    ),
    "Dates": (
        ("Released", lambda row: date(row.model.released)),
        ("Updated", lambda row: date(row.model.updated)),
        ("Knowledge cutoff", lambda row: date(row.model.knowledge)),
        ("Deprecated", lambda row: date(row.model.deprecated)),
        ("Retires", lambda row: date(row.model.retires)),
    ),
    "License": (
        ("Open weights", lambda row: flag(row.model.open_weights)),
        ("License", lambda row: row.model.license),
        ("Parameters", lambda row: row.model.architecture.parameters),
        ("Active parameters", lambda row: row.model.architecture.active_parameters),
    ),
    "Internal use": tuple(
        (label, lambda row, name=name: getattr(row.model.internal, name))  # type: ignore[misc]  # a default binds it
        for label, name in _INTERNAL
    ),
}
"""By the title of a group, what is said of a model alone."""
_LABELS = {title: tuple(label for label, _ in facts) for title, facts in _SAID.items()}
_LABELS["Overview"] = ("Author", *_LABELS["Overview"])

# A record keeps its facts in the order of its fields: they are read in one go, without looking up 45 names.
_CAPABILITIES = tuple(words(name) for name in Capabilities.model_fields)
_FLAGS = {has: Value(text=flag(has)) for has in (True, False, None)}


def _across(sides: Sequence[Side], title: str) -> Iterable[tuple[Value, ...]]:
    """Return the values of all sides, label by label."""
    return zip(*[side.said[title] for side in sides], strict=True)


def _is_known(values: Iterable[Value]) -> bool:
    return any(value.text != UNKNOWN for value in values)


def _said(sides: Sequence[Side], title: str) -> list[Line]:
    found = zip(_LABELS[title], _across(sides, title), strict=True)
    return [Line(label=label, values=values) for label, values in found if _is_known(values)]


def _capabilities(sides: Sequence[Side]) -> list[Line]:
    known = zip(*[vars(side.row.model.capabilities).values() for side in sides], strict=True)
    nobody = (None,) * len(sides)
    return [
        Line(label=label, values=tuple([_FLAGS[has] for has in flags]))
        for label, flags in zip(_CAPABILITIES, known, strict=True)
        if flags != nobody
    ]


def _limits(sides: Sequence[Side]) -> list[Line]:
    lines = []
    for (label, name), values in zip(_LIMITS, _across(sides, "Limits"), strict=True):
        if _is_known(values):
            known: list[int | None] = [getattr(side.row.model.limits, name) for side in sides]
            lines.append(Line(label=label, values=_marked(values, known, max)))
    return lines


def _limit(row: ModelRow, served: Sequence[OfferingRow], name: str) -> Value:
    """Say a limit of a definition, and what the offerings in use have where that is something else."""
    defined: int | None = getattr(row.model.limits, name)
    if defined is None:
        return _NONE
    found = {value for one in served if is_active(one.offering) and (value := getattr(one.offering.limits, name))}
    if found <= {defined}:
        return Value(text=count(defined))
    low, high = min(found), max(found)
    said = f"Providers say {count(low)}" if low == high else f"Providers say {count(low)} to {count(high)}"
    return Value(text=count(defined), note=said)


def _prices(sides: Sequence[Side]) -> list[Line]:
    sellers, batches, tiers = _across(sides, "Prices")
    currencies = [side.price.currency if side.price else "" for side in sides]
    lines = [
        _priced(label, unit, [side.paid.get(name, _UNPAID) for side in sides], currencies)
        for name, (label, unit) in _PAID.items()
        if any(name in side.paid for side in sides)
    ]
    found = (
        Line(label="Price at", values=sellers),
        *lines,
        Line(label="In a batch", values=batches),
        Line(label="Larger requests", values=tiers),
    )
    return [line for line in found if _is_known(line.values)]


def _priced(label: str, unit: str, paid: Sequence[tuple[Value, Decimal | None]], currencies: Sequence[str]) -> Line:
    values, costs = zip(*paid, strict=True)
    return Line(label=label, unit=f"per {unit}", values=_marked(values, _comparable(costs, currencies), min))


_FREE = Decimal(-1)
"""Costs less than anything."""
_NONE = _FLAGS[None]
_UNPAID = (_NONE, None)
_MAIN = ("input", "output")
_PAID: Mapping[str, tuple[str, str]] = {
    **{name: (label, "1M tokens") for name, label in RATES.items()},
    **OPERATIONS,
}


def _paid(of: Price) -> dict[str, tuple[Value, Decimal | None]]:
    """Return the rates and operations of a price that it says anything about."""
    stated = {name: value for held in (vars(of), vars(of.operations)) for name, value in held.items() if name in _PAID}
    is_plan = of.billing is Billing.PLAN
    found = {
        name: (Value(text=amount(value, of.currency)), None if is_plan else value)
        for name, value in stated.items()
        if value is not None and name not in _MAIN
    }
    is_free = of.billing is Billing.FREE
    return found | {
        name: (Value(text=price(of, name)), None if is_plan else _FREE if is_free else stated[name]) for name in _MAIN
    }


def _further(of: Price | None) -> tuple[Value, Value]:
    """Say what a batch saves and what larger requests cost."""
    if of is None:
        return _NONE, _NONE
    saved = UNKNOWN if of.batch_discount is None else f"{number(of.batch_discount * 100)}% less"
    return Value(text=saved), Value(text="; ".join([_tier(of, tier) for tier in of.tiers]) or UNKNOWN)


def _tier(of: Price, tier: Tier) -> str:
    stated = [(name, getattr(tier, name)) for name in RATES]
    told = [f"{RATES[name].lower()} {amount(value, of.currency)}" for name, value in stated if value is not None]
    return f"above {count(tier.above)} tokens: {', '.join(told)}"


def _comparable(costs: Sequence[Decimal | None], currencies: Sequence[str]) -> Sequence[Decimal | None]:
    """Return what can be compared: nothing where currencies differ or a price of zero says too little."""
    metered = {used for used, cost in zip(currencies, costs, strict=True) if cost is not None and cost != _FREE}
    return [None] * len(costs) if len(metered) > 1 or Decimal(0) in costs else costs


def _marked(
    values: Sequence[Value], known: Sequence[int | Decimal | None], best: Callable[..., int | Decimal]
) -> tuple[Value, ...]:
    """Mark the best values, where two are known and differ."""
    stated = {value for value in known if value is not None}
    if len(stated) < 2:
        return tuple(values)
    first = best(stated)
    return tuple(
        [replace(value, is_best=True) if fact == first else value for value, fact in zip(values, known, strict=True)]
    )
