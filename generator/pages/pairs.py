"""Which two models have a page that compares them: those that somebody would choose between, and not every two.

Three kinds: neighbours in a family, neighbours among the releases of an author, and the closest rival of another
author. Each model asks for at most one of each, the newest ask first, and no site has more than `LIMIT`: the number of
pages grows with the number of models and then no more.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import log
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from generator.catalog import Catalog
from generator.pages.rows import cheapest, rank_price
from generator.paths import assign
from generator.schema import Model, Status

__all__ = ["LIMIT", "Pair", "pairs", "price_of", "query", "slugs"]

Pair: TypeAlias = tuple[str, str]
"""The ids of two models, the newer one first."""

LIMIT = 300
"""No site has more pages of this kind."""
_NEAR = 8
"""How many models on each side, by price, are looked at for a rival."""
_SAFE = "/:@!~*'()-_."
_PLAIN = re.compile(r"[A-Za-z0-9/:@!~*'()_.-]*")
"""What an address takes as it is, nearly every id among it."""
_ENDED = (Status.DEPRECATED, Status.RETIRED)


def query(refs: Iterable[str]) -> str:
    """Return the part of an address that chooses models and offerings, as the script of the comparison reads it."""
    return "ids=" + ",".join([ref if _PLAIN.fullmatch(ref) else quote(ref, safe=_SAFE) for ref in refs])


def slugs(chosen: Sequence[Pair]) -> Mapping[Pair, str]:
    """Return a path for each pair: the names of its models, with their authors where those say too little."""
    short = {pair: "-vs-".join(name.partition("/")[2] for name in pair) for pair in chosen}
    times = Counter(short.values())
    named = {pair: name if times[name] == 1 else " vs ".join(pair) for pair, name in short.items()}
    paths = assign(named.values(), nested=False)
    return {pair: paths[name] for pair, name in named.items()}


def pairs(catalog: Catalog, limit: int = LIMIT) -> tuple[Pair, ...]:
    """Return the pairs that have a page: those of the newest models first, none twice, and `limit` at most."""
    order = {model.id: place for place, model in enumerate(_newest_first(catalog.models.values()))}
    asked: dict[str, list[str]] = {name: [] for name in order}
    for one, other in (*_neighbours(catalog), *_rivals(catalog)):
        newer, older = sorted((one, other), key=order.__getitem__)
        asked[newer].append(older)
    found = dict.fromkeys((newer, older) for newer, others in asked.items() for older in others)
    return tuple(found)[:limit]


def _newest_first(models: Iterable[Model]) -> list[Model]:
    return sorted(sorted(models, key=lambda model: model.id), key=lambda model: model.released or "", reverse=True)


def _neighbours(catalog: Catalog) -> Iterator[Pair]:
    """Yield each model with the one released before it, in its family and by its author."""
    for members in catalog.families.values():
        yield from pairwise(model.id for model in members)
    for name, models in catalog.models_by_author.items():
        yield from pairwise(m.id for m in _newest_first(models) if m.author == name and m.status not in _ENDED)


def _rivals(catalog: Catalog) -> Iterator[Pair]:
    """Yield each model with the one of another author that is most like it, as far as price and limits tell."""
    groups: dict[tuple[frozenset[str], frozenset[str]], list[_Point]] = {}
    for name, model in catalog.models.items():
        price = price_of(catalog, name)
        if price is not None and model.status not in _ENDED:
            makes = frozenset(model.modalities.output)
            group = groups.setdefault((makes, frozenset(model.modalities.input) & {"image", "audio"}), [])
            group.append(_point(model, price))
    for group in groups.values():
        group.sort(key=lambda point: (point.price, point.name))
        for at, here in enumerate(group):
            near = group[max(0, at - _NEAR) : at + _NEAR + 1]
            others = [(_distance(here, point), point.name) for point in near if point.author != here.author]
            if others:
                yield here.name, min(others)[1]


def price_of(catalog: Catalog, model: str) -> Decimal | None:
    """Return the lowest price that orders a model among others, of the offerings in use."""
    best = cheapest(catalog.offerings_by_model[model])
    return rank_price(best.price) if best else None


class _Point(NamedTuple):
    """Where a model stands among others; numbers that grow with what is felt as a difference."""

    name: str
    author: str
    price: float
    window: float
    day: int
    abilities: tuple[object, object, object]


def _point(model: Model, price: Decimal) -> _Point:
    can = model.capabilities
    return _Point(
        name=model.id,
        author=model.author,
        price=log(price),
        window=log(model.limits.context or 1),
        day=_day(model.released),
        abilities=(can.reasoning, can.tool_calls, model.open_weights),
    )


def _distance(one: _Point, other: _Point) -> float:
    """Return how unlike two models are: in price, in the window for context, in age, in what they can do."""
    far = abs(one.price - other.price) + abs(one.window - other.window) / 2 + abs(one.day - other.day) / 180
    if one.abilities != other.abilities:
        (reasons, calls, weights), (also_reasons, also_calls, also_weights) = one.abilities, other.abilities
        far += (reasons is not also_reasons) + (calls is not also_calls) + (weights is not also_weights) / 2
    return far


def _day(released: str | None) -> int:
    if released is None:
        return 0
    year, month, day = (*map(int, released.split("-")), 1, 1)[:3]
    return date(year, month, day).toordinal()
