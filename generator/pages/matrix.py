"""The offerings of one model side by side: every price and limit as a cell, differences from the definition told.

A column is there when any offering has a fact for it. What is compared is what is in use: a retired price neither heads
the table nor sets the length of the bars. Given up: weighing prices otherwise than three parts input, one part output.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from msgspec import Struct

from generator.charts import percent
from generator.formats import UNKNOWN, amount, count, number, price
from generator.pages.prices import OPERATIONS, RATES
from generator.pages.rows import OfferingRow
from generator.schema import Billing, Facts, Model, Offering, Operations, Price, Status

__all__ = ["Cell", "Column", "Matrix", "Note", "Side", "differences", "matrix", "notes"]


class Column(Struct, frozen=True):
    """What a column holds, and in which unit."""

    label: str
    unit: str


class Cell(Struct, frozen=True):
    """One fact of one offering."""

    text: str
    share: int | None = None
    """Its part of the largest of the column, in percent; none where the column has no bars."""
    defined: str = ""
    """What the definition says, where that is something else."""
    is_money: bool = False


class Note(Struct, frozen=True):
    """A few words on an offering, and the sentence behind them."""

    label: str
    title: str = ""
    tone: str = ""
    """`good`, `caution`, `gone` or nothing."""


class Side(Struct, frozen=True, kw_only=True):
    """One offering in the comparison."""

    row: OfferingRow
    cells: tuple[Cell, ...]
    notes: tuple[Note, ...]


class Matrix(Struct, frozen=True, kw_only=True):
    """The comparison: a column for every price, limit and figure that any offering has, a side for each offering."""

    columns: tuple[Column, ...]
    sides: tuple[Side, ...]
    has_notes: bool


_LIMITS = (
    ("context", "Context", "tokens"),
    ("input", "Max input", "tokens"),
    ("output", "Max output", "tokens"),
)
_MEASURED = (
    (("latency", "p50"), "First token", "median ms"),
    (("throughput", "p50"), "Throughput", "tokens/s"),
    (("uptime", "percent"), "Uptime", "percent"),
)
"""What was measured of offerings; their own pages say by whom and when."""
_BARRED = ("input", "output")
_ENDED = (Status.DEPRECATED, Status.RETIRED)
_COMPARED = (
    ("tool_calls", "tool calling"),
    ("reasoning", "reasoning"),
    ("structured_outputs", "structured output"),
    ("attachments", "attachments"),
    ("web_search", "web search"),
)


def matrix(model: Model, rows: Sequence[OfferingRow]) -> Matrix:
    """Compare the offerings of a model, in the order in which they are given."""
    columns: list[Column] = []
    cells: list[list[Cell]] = []
    offerings = [row.offering for row in rows]
    prices = [offering.price for offering in offerings]
    rates = [vars(price) if price is not None else {} for price in prices]
    for name, label in RATES.items():
        if name in _BARRED or any(held.get(name) is not None for held in rates):
            columns.append(Column(label, "per 1M"))
            cells.append(_main_rates(offerings, name) if name in _BARRED else _amounts(prices, rates, name))
    limits, defined = [vars(offering.limits) for offering in offerings], vars(model.limits)
    for name, label, unit in _LIMITS:
        found = [held[name] for held in limits]
        if any(value is not None for value in found):
            columns.append(Column(label, unit))
            cells.append(_limits(found, defined[name], has_bars=name == "context"))
    operations = [vars(price.operations) if price is not None else {} for price in prices]
    for name in Operations.model_fields:
        if any(held.get(name) is not None for held in operations):
            columns.append(Column(OPERATIONS[name][0], f"per {OPERATIONS[name][1]}"))
            cells.append(_amounts(prices, operations, name))
    measured = [vars(offering.metrics) for offering in offerings]
    for (part, figure), label, unit in _MEASURED:
        figures = [getattr(held[part], figure, None) for held in measured]
        if any(value is not None for value in figures):
            columns.append(Column(label, unit))
            cells.append([Cell(number(value)) for value in figures])
    across = zip(*cells, strict=True)
    sides = tuple(Side(row=row, cells=line, notes=notes(row, model)) for row, line in zip(rows, across, strict=True))
    return Matrix(columns=tuple(columns), sides=sides, has_notes=any(side.notes for side in sides))


def notes(row: OfferingRow, model: Model | None) -> tuple[Note, ...]:
    """Return what has to be known of an offering beside its numbers and its status."""
    offering, found = row.offering, list[Note]()
    if (paid := offering.price) is not None and paid.tiers:
        found.append(_tiers(paid))
    if model is not None:
        found += differences(offering, model)
    if regions := offering.regions:
        found.append(Note("Regions: " + ", ".join(regions)))
    return (*found, *[Note(text) for text in offering.notes])


def differences(offering: Facts, model: Facts) -> list[Note]:
    """Return where an offering takes, makes or can do something else than the definition of its model says."""
    found, ours, theirs = [], offering.modalities, model.modalities
    for word, here, there in (("input", ours.input, theirs.input), ("output", ours.output, theirs.output)):
        if here == there or not here or not there:
            continue
        missing, more = _without(there, here), _without(here, there)
        defined = f"The definition has {', '.join(there)} {word}"
        if missing:
            found.append(Note(f"No {', '.join(missing)} {word}", defined, "caution"))
        if more:
            found.append(Note(f"Also {', '.join(more)} {word}", defined))
    can, could = vars(offering.capabilities), vars(model.capabilities)
    for name, words in _COMPARED:
        has, had = can[name], could[name]
        if had and has is False:
            found.append(Note(f"No {words}", "The definition has it", "caution"))
        elif has and had is False:
            found.append(Note(words.capitalize(), "The definition does not have it"))
    return found


def _limits(found: Sequence[int | None], defined: int | None, *, has_bars: bool) -> list[Cell]:
    largest = max(value or 0 for value in found)
    has_bars = has_bars and len(set(found) - {None}) > 1
    return [
        Cell(
            count(value),
            percent(value or 0, largest) if has_bars else None,
            count(defined) if defined is not None and value is not None and value != defined else "",
        )
        for value in found
    ]


def _main_rates(offerings: Sequence[Offering], name: str) -> list[Cell]:
    known = [_known(offering, name) for offering in offerings]
    largest = max((value for value in known if value is not None), default=Decimal(0))
    differ = len(set(known) - {None}) > 1
    shares = [percent(float(value), float(largest)) if differ and value is not None else None for value in known]
    return [Cell(price(of.price, name), share, is_money=True) for of, share in zip(offerings, shares, strict=True)]


def _amounts(prices: Sequence[Price | None], held: Sequence[Mapping[str, Any]], name: str) -> list[Cell]:
    """Return what prices have of one name, each in its currency."""
    return [
        Cell(UNKNOWN if of is None else amount(facts[name], of.currency), is_money=True)
        for of, facts in zip(prices, held, strict=True)
    ]


def _known(offering: Offering, name: str) -> Decimal | None:
    """Return a rate that can be compared: metered, in US dollars, of an offering in use."""
    of = offering.price
    if of is None or of.billing is not Billing.METERED or of.currency != "USD" or offering.status in _ENDED:
        return None
    value: Decimal | None = getattr(of, name)
    return value


def _tiers(of: Price) -> Note:
    first = of.tiers[0]
    stated = [(name, value) for name, value in first if name in RATES and value is not None]
    words = ", ".join(f"{RATES[name].lower()} {amount(value, of.currency)}" for name, value in stated)
    size = count(first.above)
    return Note(f"Other price above {size}", f"Requests of more than {size} tokens: {words}", "caution")


def _without(these: Sequence[str], those: Sequence[str]) -> list[str]:
    return [word for word in these if word not in those]
