"""Lists to choose from: models that have something in common, each at its best price, lowest first.

A model stands once, at the lowest price among those of its offerings that have it. Offerings without a definition
follow by themselves: nothing says which of them are the same thing. Long lists of models go on, on further pages;
of the others the cheapest are shown, and who has more.
"""

from collections import Counter
from collections.abc import Sequence

from msgspec import Struct

from generator.abilities import Able
from generator.catalog import Key
from generator.pages.routes import PART
from generator.pages.rows import ModelRow, Ref, Whole, part_after, parts_near
from generator.pages.world import World
from generator.schema import Facts, Offering

__all__ = ["Choice", "Listing", "chosen", "listing", "loose_choices", "model_choice"]

LOOSE_SHOWN = 50
PROVIDERS_SHOWN = 24


class Choice(Struct, frozen=True, kw_only=True):
    """A model, or an offering without a definition, to be had at a price."""

    ref: Ref
    authors: tuple[Ref, ...]
    facts: Facts
    """The definition, or the offering."""
    best: Offering | None
    """The offering of the lowest price among those that have what is looked for."""
    best_ref: Ref | None
    """The link to that offering, called by its provider."""
    offers: int
    """How many offerings have it."""


class Listing(Struct, frozen=True, kw_only=True):
    """One part of a list to choose from."""

    models: int
    """Models in all parts."""
    loose_total: int
    rows: tuple[Choice, ...]
    """The models of this part, lowest price first."""
    loose: tuple[Choice, ...]
    """The cheapest offerings without a definition; on the first part only."""
    newest: ModelRow | None
    longest: ModelRow | None
    """The model with the largest context window."""
    providers: tuple[tuple[Ref, int], ...]
    """Who offers most of what is listed, with the number of offerings; on the first part only."""
    providers_more: int
    part: int
    parts: tuple[Ref, ...]
    """The parts to go to, by number; empty where there is one."""
    after: Ref | None
    """The next part."""


def listing(world: World, able: Able, stems: Sequence[str], part: int) -> Listing:
    """Make a part of the list of what an index holds; `stems` are those of all its parts."""
    if stems[0] not in world.listed:
        world.listed.clear()
        world.listed[stems[0]] = _whole(world, able)
    whole, is_first = world.listed[stems[0]], part == 1
    models, ranked = whole.models, whole.providers
    shown = ranked[:PROVIDERS_SHOWN] if is_first else []
    return Listing(
        models=len(models),
        loose_total=len(able.loose),
        rows=tuple(model_choice(world, model, keys) for model, keys in models[(part - 1) * PART : part * PART]),
        loose=loose_choices(world, able, LOOSE_SHOWN) if is_first else (),
        newest=whole.newest,
        longest=whole.longest,
        providers=tuple((world.provider_ref(name), number) for name, number in shown),
        providers_more=max(0, len(ranked) - PROVIDERS_SHOWN),
        part=part,
        parts=parts_near(stems, part),
        after=part_after(stems, part),
    )


def _whole(world: World, able: Able) -> Whole:
    """Work out what all parts of a list have in common."""
    models = chosen(world, able)
    counts = Counter(key[0] for keys in (*able.models.values(), able.loose) for key in keys)
    rows = [world.models[model] for model, _ in models]
    return Whole(
        models=models,
        providers=sorted(counts.items(), key=lambda item: (-item[1], item[0])),
        newest=max((row for row in rows if row.model.released), key=_released, default=None),
        longest=max((row for row in rows if row.model.limits.context), key=_context, default=None),
    )


def _released(row: ModelRow) -> tuple[str, str]:
    return row.model.released or "", row.model.id


def _context(row: ModelRow) -> tuple[int, str]:
    return row.model.limits.context or 0, row.model.id


def chosen(world: World, able: Able) -> list[tuple[str, tuple[Key, ...]]]:
    """Return the models of an index with those of their offerings that count, lowest price first."""
    order = world.by_price
    found = [
        (min((order[key] for key in keys), default=len(order)), world.models[model].ref.label.casefold(), model, keys)
        for model, keys in able.models.items()
    ]
    found.sort(key=lambda item: item[:3])
    return [(model, keys) for _, _, model, keys in found]


def loose_choices(world: World, able: Able, number: int) -> tuple[Choice, ...]:
    """Make the rows of the cheapest offerings without a definition."""
    first = sorted(able.loose, key=lambda key: world.by_price[key])[:number]
    return tuple(_loose(world, key) for key in first)


def model_choice(world: World, model: str, keys: Sequence[Key]) -> Choice:
    """Make the row of a model at the best of some of its offerings."""
    row = world.models[model]
    best = min(keys, key=lambda key: world.by_price[key], default=None)
    return Choice(
        ref=row.ref,
        authors=(row.author,),
        facts=row.model,
        best=world.catalog.facts[best] if best else None,
        best_ref=Ref(world.catalog.providers[best[0]].name, world.routes.offerings[best]) if best else None,
        offers=len(keys),
    )


def _loose(world: World, key: Key) -> Choice:
    row = world.offerings[key]
    return Choice(
        ref=Ref(row.offering.title, row.ref.to),
        authors=row.authors,
        facts=row.offering,
        best=row.offering,
        best_ref=row.provider,
        offers=1,
    )
