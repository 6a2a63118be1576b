"""Which models are like a model: by what goes in and out, what it can do, its price, its size and who made it.

Each model is compared with its neighbours in three orders of its kind, never with all: by price, by context window, by
date. So the work grows with the number of models and not with its square, and what is near in none of the orders is not
found, however alike the rest.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from math import log2

from msgspec import Struct

from generator.pages.rows import ModelRow, rank_price
from generator.schema import Status

__all__ = ["Kinship", "kinship"]

SHOWN = 6
OF_ONE_AUTHOR = 2
_REACH = 5
"""Neighbours on each side, in each order."""
_ABILITIES = ("reasoning", "tool_calls", "structured_outputs", "attachments", "web_search")
_SNAPSHOT = re.compile(r"([-@._ ](latest|preview|exp|beta|v?\d{3,}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2,4}|\d{2}))+\Z")


class _Traits(Struct, frozen=True):
    """What of a model is compared, as numbers."""

    row: ModelRow
    name: tuple[str, str]
    """Its author, and its slug without what tells its snapshots apart."""
    author: str
    kind: str
    """What comes out."""
    signs: int
    """A bit for each thing that can go in, and for each thing that it is known to do."""
    price: float
    size: float
    year: int
    ended: bool


class Kinship(Struct, frozen=True):
    """The models in the orders in which they are looked through, and where each of them stands."""

    traits: Mapping[str, _Traits]
    orders: tuple[tuple[str, ...], ...]
    places: tuple[Mapping[str, int], ...]

    def of(self, name: str, without: Iterable[str] = ()) -> tuple[ModelRow, ...]:
        """Return the models most like one, the most alike first, leaving out those that are shown elsewhere."""
        own, traits = self.traits[name], self.traits
        near = self._near(name)
        near.difference_update((name, *without))
        alike = [(other, of) for other in near if (of := traits[other]).kind == own.kind and of.ended <= own.ended]
        ranked = sorted([(_apart(own, of), other) for other, of in alike])
        return tuple(self._chosen(own, (other for _, other in ranked)))

    def renewed(self, rows: Iterable[ModelRow]) -> "Kinship":
        """Return the orders with other facts of these models."""
        return _ordered({**self.traits, **{row.model.id: _traits(row) for row in rows}})

    def _near(self, name: str) -> set[str]:
        found = set[str]()
        for order, places in zip(self.orders, self.places, strict=True):
            place = places[name]
            found.update(order[max(0, place - _REACH) : place + _REACH + 1])
        return found

    def _chosen(self, own: _Traits, names: Iterable[str]) -> Iterator[ModelRow]:
        """Yield each thing once, whatever its snapshots, and not one author's alone."""
        taken, authors, found = {own.name}, dict[str, int](), 0
        for other in names:
            traits = self.traits[other]
            author = traits.author
            if found == SHOWN or traits.name in taken or authors.get(author, 0) == OF_ONE_AUTHOR:
                continue
            taken.add(traits.name)
            authors[author] = authors.get(author, 0) + 1
            found += 1
            yield traits.row


def kinship(rows: Iterable[ModelRow]) -> Kinship:
    """Put models into the orders in which like stands beside like."""
    return _ordered({row.model.id: _traits(row) for row in rows})


def _ordered(traits: dict[str, _Traits]) -> Kinship:
    keys = (
        lambda of: (of.kind, of.ended, of.price, of.size, of.row.model.slug, of.row.model.id),
        lambda of: (of.kind, of.ended, of.signs, of.size, of.row.model.slug, of.row.model.id),
        lambda of: (of.kind, of.ended, of.row.model.released or "", of.row.model.slug, of.row.model.id),
    )
    orders = tuple(tuple(of.row.model.id for of in sorted(traits.values(), key=key)) for key in keys)
    return Kinship(traits, orders, tuple({name: place for place, name in enumerate(order)} for order in orders))


def _traits(row: ModelRow) -> _Traits:
    model = row.model
    known = [*(f"in {word}" for word in model.modalities.input)]
    known += [name for name in _ABILITIES if getattr(model.capabilities, name)]
    known += ["open"] if model.open_weights else []
    price = rank_price(row.best.price) if row.best else None
    return _Traits(
        row=row,
        name=(model.author, _SNAPSHOT.sub("", model.slug)),
        author=model.author,
        kind=" ".join(sorted(model.modalities.output)),
        signs=sum(1 << _BITS[word] for word in known),
        price=_magnitude(price),
        size=_magnitude(model.limits.context),
        year=int(model.released[:4]) if model.released else 0,
        ended=model.status in (Status.DEPRECATED, Status.RETIRED),
    )


def _magnitude(value: Decimal | int | None) -> float:
    """Return what makes a thousand to two thousand as far as one to two; far from all for what is not known."""
    return log2(min(max(float(value), 1e-9), 1e12)) if value else -99.0


_BITS: Mapping[str, int] = {
    word: place
    for place, word in enumerate(
        (*(f"in {word}" for word in ("text", "image", "audio", "video", "pdf", "embedding")), *_ABILITIES, "open")
    )
}


def _apart(one: _Traits, other: _Traits) -> float:
    """Return how far apart two models are that make the same things. Called for every pair of neighbours."""
    price, size, year = abs(one.price - other.price), abs(one.size - other.size), abs(one.year - other.year)
    apart = 2 * (one.signs ^ other.signs).bit_count() + (min(6, price)) + (min(6, size))
    return apart + (min(3, year)) + (one.author != other.author)
