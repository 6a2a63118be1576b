"""Which two models have a page that compares them: those that somebody would choose between, and not every two.

Three kinds: neighbours in a family, neighbours among the releases of an author, and the closest rival of another
author. Each model asks for at most one of each, the newest ask first, and no site has more than `LIMIT`: the number of
pages grows with the number of models and then no more.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import log
from typing import TypeAlias
from urllib.parse import quote

from generator.catalog import Catalog
from generator.pages.rows import cheapest, is_active, rank_price
from generator.paths import assign
from generator.schema import Model, Status

__all__ = ["LIMIT", "Pair", "pairs", "query", "slugs"]

Pair: TypeAlias = tuple[str, str]
"""The ids of two models, the newer one first."""

LIMIT = 300
"""No site has more pages of this kind."""
_NEAR = 8
"""How many models on each side, by price, are looked at for a rival."""
_ENDED = (Status.DEPRECATED, Status.RETIRED)


def query(refs: Iterable[str]) -> str:
    """Return the part of an address that chooses models and offerings, as the script of the comparison reads it."""
    return "ids=" + ",".join(quote(ref, safe="/:@!~*'()-_.") for ref in refs)


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
    groups: dict[tuple[frozenset[str], frozenset[str]], list[tuple[float, str]]] = {}
    for model in catalog.models.values():
        price = _price(catalog, model)
        if price is not None and model.status not in _ENDED:
            makes = frozenset(model.modalities.output)
            groups.setdefault((makes, frozenset(model.modalities.input) & {"image", "audio"}), []).append(
                (log(price), model.id)
            )
    for group in groups.values():
        group.sort()
        for at, (_, name) in enumerate(group):
            near = group[max(0, at - _NEAR) : at + _NEAR + 1]
            author = catalog.models[name].author
            others = [entry for entry in near if catalog.models[entry[1]].author != author]
            if others:
                here = group[at]
                rival = min(others, key=lambda entry: (_distance(catalog, here, entry), entry[1]))
                yield name, rival[1]


def _price(catalog: Catalog, model: Model) -> Decimal | None:
    best = cheapest(offering for offering in catalog.offerings_by_model[model.id] if is_active(offering))
    return rank_price(best.price) if best else None


def _distance(catalog: Catalog, one: tuple[float, str], other: tuple[float, str]) -> float:
    """Return how unlike two models are: in price, in the window for context, in age, in what they can do."""
    a, b = catalog.models[one[1]], catalog.models[other[1]]
    far = abs(one[0] - other[0])
    far += abs(log((a.limits.context or 1) / (b.limits.context or 1))) / 2
    far += abs(_day(a.released) - _day(b.released)) / 180
    far += a.capabilities.reasoning is not b.capabilities.reasoning
    far += a.capabilities.tool_calls is not b.capabilities.tool_calls
    return far + (a.open_weights is not b.open_weights) / 2


def _day(released: str | None) -> int:
    if released is None:
        return 0
    year, month, day = (*map(int, released.split("-")), 1, 1)[:3]
    return date(year, month, day).toordinal()
