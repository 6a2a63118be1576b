"""The parts that pages are put together from: links, rows of tables, groups of rows."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from msgspec import Struct

from generator.schema import Author, Billing, Modalities, Modality, Model, Offering, Price, Provider, Status

__all__ = [
    "AuthorRow",
    "Grid",
    "Group",
    "ModelRow",
    "OfferingRow",
    "ProviderRow",
    "Ref",
    "Whole",
    "cheapest",
    "hue",
    "is_active",
    "newest_first",
    "part_after",
    "parts_near",
    "price_order",
    "provider_row",
    "rank_price",
    "remarks",
    "without_charge",
    "writes",
]

T = TypeVar("T")


class Ref(Struct, frozen=True):
    """A link to a page of the site: what to call it and its stem, with `#anchor` where one is meant."""

    label: str
    to: str


class Group(Struct, Generic[T], frozen=True):
    """Rows under one heading."""

    title: str
    rows: Sequence[T]
    to: str = ""
    """Stem of the page about the group, where there is one."""


class Grid(Struct, frozen=True, cache_hash=True):
    """A small table whose columns depend on the facts."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    has_names: bool = False
    """Whether the first cell of a row names what the row is about; else the columns do, and there is one row."""


class ModelRow(Struct, frozen=True, kw_only=True):
    """A model in a list."""

    model: Model
    ref: Ref
    author: Ref
    providers: tuple[Ref, ...]
    """Every provider that offers it, each once; a link leads to the offering."""
    best: Offering | None
    """The active offering with the lowest known price that is not zero; its two prices belong together."""
    best_ref: Ref | None
    """The link to that offering, called by its provider."""
    shown: Offering | None
    """The offering whose price stands for the model in a list: the best, else one that is free, else one in a plan."""
    signs: tuple[tuple[str, str], ...]
    """What it takes and does, as signs with their words."""


class OfferingRow(Struct, frozen=True, kw_only=True):
    """An offering in a list. Its facts are filled in from the definition."""

    offering: Offering
    ref: Ref
    provider: Ref
    model: Ref | None
    authors: tuple[Ref, ...]
    signs: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    """Where it differs from the definition, and what has to be known."""
    is_best: bool = False
    """Whether no other offering of the model is known to cost less."""


class AuthorRow(Struct, frozen=True, kw_only=True):
    """An author in a list."""

    author: Author
    ref: Ref
    models: int
    offerings: int
    providers: tuple[Ref, ...]
    newest: ModelRow | None


class ProviderRow(Struct, frozen=True, kw_only=True):
    """A provider in a list."""

    provider: Provider
    ref: Ref
    offerings: int
    models: int
    """How many different models its offerings are of."""
    priced: int
    """How many of its offerings have a known price."""
    free: bool | None
    """Whether anything can be had for nothing: by the provider's word, or because an offering is free."""
    newest: OfferingRow | None
    """The offering released last, among those whose date is known."""


class Whole(Struct, frozen=True, kw_only=True):
    """What all parts of a list of models have in common."""

    models: Sequence[tuple[str, tuple[tuple[str, str], ...]]]
    """Each with those of its offerings that count, lowest price first."""
    providers: Sequence[tuple[str, int]]
    """Who offers how much of it, most first."""
    newest: ModelRow | None
    longest: ModelRow | None
    """The model with the largest context window."""


def parts_near(stems: Sequence[str], at: int) -> tuple[Ref, ...]:
    """Return the links from part `at` of a list to its parts, itself among them: none where there is no other.

    Of very many the first, the last, those beside it and some in between; else all pages of a long list together
    would have more links than the list has rows.
    """
    last = len(stems)
    if last <= _PARTS_SHOWN:
        shown: Iterable[int] = range(1, last + 1) if last > 1 else ()
    else:
        beside = range(max(1, at - _BESIDE), min(last, at + _BESIDE) + 1)
        shown = sorted({1, last, *beside, *range(last // _BETWEEN, last, last // _BETWEEN)})
    return tuple(Ref(str(number), stems[number - 1]) for number in shown)


_PARTS_SHOWN, _BESIDE, _BETWEEN = 50, 5, 20


def part_after(stems: Sequence[str], at: int) -> Ref | None:
    """Return the link from part `at` of a list to the next."""
    return Ref(str(at + 1), stems[at]) if at < len(stems) else None


def rank_price(price: Price | None) -> Decimal | None:
    """Return what orders prices: three parts input and one part output, of a metered price that is not zero."""
    if price is None:
        return None
    sent, received = price.input, price.output
    if sent is None or price.billing != "metered" or price.currency != "USD":
        return None
    return (sent if received is None else (sent * 3 + received) / 4) or None


def hue(of: Modalities) -> str:
    """Return which modality gives a thing its colour: the first that it makes beside text."""
    made = [word for word in of.output if word is not Modality.TEXT]
    return str(made[0]) if made else "text" if of.output else ""


def writes(of: Modalities) -> bool:
    """Return whether a thing may answer with text: what only makes embeddings or images is no choice for that."""
    return not of.output or Modality.TEXT in of.output


def is_active(offering: Offering) -> bool:
    """Return whether an offering is in use, as far as is known."""
    return offering.status not in (Status.DEPRECATED, Status.RETIRED)


def cheapest(offerings: Iterable[Offering]) -> Offering | None:
    """Return the offering with the lowest known price among those still in use; one with both prices comes first."""
    ranked = [
        (offering.price is None or offering.price.output is None, rank, offering.provider, offering.id, offering)
        for offering in offerings
        if is_active(offering) and (rank := rank_price(offering.price)) is not None
    ]
    return min(ranked, key=lambda item: item[:4])[4] if ranked else None


def price_order(row: OfferingRow) -> tuple[int, Decimal, str, str]:
    """Return what orders offerings: lowest price first, then free, in a plan, without a known price, at its end."""
    price, rank, label = row.offering.price, rank_price(row.offering.price), row.provider.label.casefold()
    if row.offering.status in ("deprecated", "retired"):
        place = 4
    elif rank is not None:
        place = 0
    else:
        place = {Billing.FREE: 1, Billing.PLAN: 2}.get(price.billing, 3) if price else 3
    return place, rank or Decimal(0), label, row.offering.id


def without_charge(offerings: Iterable[Offering]) -> Offering | None:
    """Return an offering in use that is free, else one that a plan includes."""
    for billing in (Billing.FREE, Billing.PLAN):
        for offering in offerings:
            if (
                offering.price
                and offering.price.billing is billing
                and offering.status not in ("deprecated", "retired")
            ):
                return offering
    return None


def newest_first(rows: Iterable[ModelRow]) -> list[ModelRow]:
    """Return rows whose release date is known, latest first; a date without a month comes after those of its year."""
    dated = [row for row in rows if row.model.released]
    dated.sort(key=lambda row: (row.ref.label.casefold(), row.model.id))
    return sorted(dated, key=lambda row: row.model.released or "", reverse=True)


def remarks(offering: Offering, model: Model | None) -> tuple[str, ...]:
    """Return where an offering differs from its definition, and what has to be known."""
    notes = []
    if offering.status in ("alpha", "beta", "preview", "deprecated", "retired"):
        notes.append(str(offering.status).capitalize())
    if model is not None:
        for name, words in (("context", "Custom context"), ("output", "Custom output limit")):
            stated = getattr(model.limits, name)
            if stated is not None and getattr(offering.limits, name) != stated:
                notes.append(words)
    if offering.regions:
        notes.append("Regions: " + ", ".join(offering.regions))
    return (*notes, *offering.notes)


def provider_row(provider: Provider, ref: Ref, rows: Sequence[OfferingRow]) -> ProviderRow:
    """Return a provider with what its offerings add up to."""
    prices = [row.offering.price for row in rows if row.offering.price]
    is_free = any(price.billing is Billing.FREE for price in prices)
    dated = [row for row in rows if row.offering.released]
    return ProviderRow(
        provider=provider,
        ref=ref,
        offerings=len(rows),
        models=len({row.offering.model for row in rows if row.offering.model}),
        priced=sum(1 for price in prices if price.rates or price.operations or price.units),
        free=True if is_free else provider.free_tier,
        newest=max(dated, key=lambda row: (row.offering.released or "", row.offering.id), default=None),
    )
