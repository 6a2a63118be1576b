"""Catalog -> the rows of a list that a terminal or a program shows: chosen as on the pages, in the order asked for.

A price is looked for among the offerings that meet every other wish, so that "at most 1 dollar, with vision" is one
provider's word and not two providers' together. What is not known meets no wish.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from generator.catalog import Catalog
from generator.errors import UsageError, nearest
from generator.pages.rows import cheapest, is_active, rank_price
from generator.schema import Billing, Capabilities, Model, Offering

__all__ = ["SORTS", "Row", "Wishes", "abilities", "owners", "rows"]

SORTS = ("name", "price", "output-price", "context", "released")


class Wishes(Struct, frozen=True, kw_only=True):
    """What a listed thing has to be; all of it at once."""

    providers: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    families: tuple[str, ...] = ()
    capabilities: tuple[str, ...] = ()
    max_input: Decimal | None = None
    max_output: Decimal | None = None
    min_context: int | None = None
    open_weights: bool = False
    free: bool = False
    active: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """One line of a list of models or offerings."""

    id: str
    name: str
    provider: str
    """Of the offering; of a model, who offers it at the lowest price."""
    offers: int
    """How many offerings meet the wishes."""
    context: int | None
    released: str | None
    offering: Offering | None
    """Whose price stands for it."""


def rows(catalog: Catalog, wishes: Wishes, *, each: str, sort: str = "name") -> tuple[Row, ...]:
    """Return the models or offerings that meet the wishes: unknown last, whatever the order."""
    _check(catalog, wishes)
    found = [facts for facts in catalog.facts.values() if _meets(catalog, facts, wishes)]
    made = _offerings(found) if each == "offerings" else _models(catalog, found, wishes)
    return tuple(sorted(sorted(made, key=lambda row: (row.name.casefold(), row.id)), key=_ORDERS[sort]))


def owners(catalog: Catalog, *, each: str) -> tuple[tuple[str, str, int], ...]:
    """Return id, name and number of offerings of all providers, or of models of all authors."""
    if each == "providers":
        return tuple(
            (one.id, one.name, len(catalog.offerings_by_provider[one.id])) for one in catalog.providers.values()
        )
    return tuple((one.id, one.name, len(catalog.models_by_author[one.id])) for one in catalog.authors.values())


def abilities() -> tuple[str, ...]:
    """Return the words a capability can be asked for by: those of the facets, and the names of all facts."""
    return tuple(sorted({*_WORDS, *Capabilities.model_fields}))


def _offerings(found: Iterable[Offering]) -> Iterator[Row]:
    for facts in found:
        yield Row(
            id=f"{facts.provider}/{facts.id}",
            name=facts.title,
            provider=facts.provider,
            offers=1,
            context=facts.limits.context,
            released=facts.released,
            offering=facts,
        )


def _models(catalog: Catalog, found: Iterable[Offering], wishes: Wishes) -> Iterator[Row]:
    offers: dict[str, list[Offering]] = {}
    for facts in found:
        if facts.model:
            offers.setdefault(facts.model, []).append(facts)
    asks_offering = wishes.providers or wishes.free or wishes.active
    asks_offering = asks_offering or wishes.max_input is not None or wishes.max_output is not None
    for model in catalog.models.values():
        served = offers.get(model.id, [])
        if not served and (asks_offering or not _has_facts(catalog, model.id, wishes)):
            continue
        best = cheapest(served)
        yield Row(
            id=model.id,
            name=model.title,
            provider=best.provider if best else "",
            offers=len(served),
            context=model.limits.context,
            released=model.released,
            offering=best,
        )


def _has_facts(catalog: Catalog, model: str, wishes: Wishes) -> bool:
    """Return whether a model that nobody offers as wished meets the wishes by its own facts."""
    own = catalog.models[model]
    return _fits(own, wishes) and (not wishes.authors or own.author in wishes.authors)


def _meets(catalog: Catalog, facts: Offering, wishes: Wishes) -> bool:
    price = facts.price
    return (
        (not wishes.providers or facts.provider in wishes.providers)
        and (not wishes.authors or bool(set(catalog.authors_of(facts)) & set(wishes.authors)))
        and _fits(facts, wishes)
        and _cheap(facts, "input", wishes.max_input)
        and _cheap(facts, "output", wishes.max_output)
        and (not wishes.free or (price is not None and price.billing is Billing.FREE))
        and (not wishes.active or is_active(facts))
    )


def _fits(facts: Offering | Model, wishes: Wishes) -> bool:
    return (
        (not wishes.families or facts.family in wishes.families)
        and all(_has(facts, word) for word in wishes.capabilities)
        and (wishes.min_context is None or (facts.limits.context or 0) >= wishes.min_context)
        and (not wishes.open_weights or facts.open_weights is True)
    )


def _cheap(facts: Offering, rate: str, most: Decimal | None) -> bool:
    if most is None:
        return True
    if facts.price is None:
        return False
    value: Decimal | None = getattr(facts.price, rate)
    return facts.price.billing is Billing.FREE or (value is not None and value <= most)


def _has(facts: Offering | Model, word: str) -> bool:
    if word in Capabilities.model_fields:
        return getattr(facts.capabilities, word) is True
    direction, modality = _WORDS[word]
    return modality in getattr(facts.modalities, direction)


_WORDS: Mapping[str, tuple[str, str]] = {
    "vision": ("input", "image"),
    "audio": ("input", "audio"),
    "video": ("input", "video"),
    "pdf": ("input", "pdf"),
    "images": ("output", "image"),
    "speech": ("output", "audio"),
    "embeddings": ("output", "embedding"),
}


def _by_price(row: Row) -> tuple[bool, Decimal]:
    rank = rank_price(row.offering.price) if row.offering else None
    return rank is None, rank or Decimal(0)


def _by_output(row: Row) -> tuple[bool, Decimal]:
    value = row.offering.price.output if row.offering and row.offering.price else None
    return value is None, value or Decimal(0)


_ORDERS: Mapping[str, Callable[[Row], Any]] = {
    "name": lambda row: 0,
    "price": _by_price,
    "output-price": _by_output,
    "context": lambda row: -(row.context or 0),
    "released": lambda row: (row.released is None, [-int(part) for part in (row.released or "0").split("-")]),
}


def _check(catalog: Catalog, wishes: Wishes) -> None:
    """Raise `UsageError` for what the catalog does not have: an empty list would be no answer."""
    known: tuple[tuple[str, tuple[str, ...], Iterable[str]], ...] = (
        ("provider", wishes.providers, catalog.providers),
        ("author", wishes.authors, catalog.authors),
        ("family", wishes.families, catalog.families),
        ("capability", wishes.capabilities, abilities()),
    )
    for kind, asked, names in known:
        for name in asked:
            if name not in names:
                guess = nearest(name, names)
                raise UsageError(f"there is no {kind} `{name}`" + (f"; {guess}" if guess else ""))
