"""The page about the lowest prices: for each thing that people choose a model by, who asks least for it."""

from decimal import Decimal

from msgspec import Struct

from generator.abilities import Able
from generator.catalog import Key
from generator.charts import percent
from generator.formats import amount
from generator.pages.capabilities import label
from generator.pages.choices import Choice, chosen, loose_choices, model_choice
from generator.pages.page import Context
from generator.pages.prices import OPERATIONS
from generator.pages.routes import CHEAPEST, HOME
from generator.pages.rows import OfferingRow, Ref, is_active, rank_price, writes
from generator.pages.world import World
from generator.schema import Billing

__all__ = ["Bargain", "Cheapest", "Least", "Unit", "bargains", "cheapest"]

SHOWN = 5
_FREE_SHOWN = 20
_BY = (
    "tool-calls", "structured-outputs", "reasoning", "image-input", "pdf-input", "audio-input", "video-input",
    "web-search", "open-weights", "embedding-output",
)  # fmt: skip
_LONG = ((200_000, "200K tokens of context"), (1_000_000, "1M tokens of context"))
_BY_UNIT = ("image_output", "audio_output", "video_output", "audio_input", "web_search")


class Least(Struct, frozen=True, kw_only=True):
    """A choice with its length among those of its list."""

    choice: Choice
    share: int
    """Its price in percent of the highest of the list."""


class Bargain(Struct, frozen=True, kw_only=True):
    """The lowest prices for one thing."""

    title: str
    to: str
    """The page with all that have it; nothing for the lowest of all."""
    rows: tuple[Least, ...]


class Unit(Struct, frozen=True, kw_only=True):
    """The lowest prices for one operation: an image, a minute."""

    title: str
    per: str
    rows: tuple[tuple[OfferingRow, str, int], ...]
    """Offering, price, and its length in percent."""


class Cheapest(Context, frozen=True, kw_only=True):
    """The lowest prices."""

    groups: tuple[Bargain, ...]
    units: tuple[Unit, ...]
    free: tuple[OfferingRow, ...]
    """Offerings that cost nothing, by name."""
    free_more: int


def cheapest(world: World) -> Cheapest:
    """Make the page of the lowest prices."""
    free = [row for row in world.offerings.values() if _is_free(row)]
    free.sort(key=lambda row: (row.ref.label.casefold(), row.provider.label.casefold(), row.ref.to))
    return Cheapest(
        stem=CHEAPEST,
        kind="cheapest",
        title="Cheapest by capability",
        description="The lowest known prices that are not zero, for each thing that people choose a model by.",
        crumbs=(Ref("Catalog", HOME),),
        groups=(_bargain(world, "Lowest of all that write", "", _all(world)), *bargains(world), *_long_ones(world)),
        units=tuple(unit for unit in (_unit(world, name) for name in _BY_UNIT) if unit.rows),
        free=tuple(free[:_FREE_SHOWN]),
        free_more=max(0, len(free) - _FREE_SHOWN),
    )


def bargains(world: World) -> tuple[Bargain, ...]:
    """Return the lowest prices for each ability that people choose a model by and that has a price."""
    able = world.catalog.able
    found = (
        _bargain(
            world,
            label(world, name),
            world.routes.capabilities[name, 1],
            able[name] if name.endswith("-output") else _writing(world, able[name]),
        )
        for name in _BY
        if name in able
    )
    return tuple(group for group in found if group.rows)


def _writing(world: World, able: Able) -> Able:
    """Leave out what does not write: its prices are of another kind, and mostly lower."""
    return Able(
        {name: keys for name, keys in able.models.items() if writes(world.models[name].model.modalities)},
        tuple(key for key in able.loose if writes(world.offerings[key].offering.modalities)),
    )


def _long_ones(world: World) -> tuple[Bargain, ...]:
    found = (_bargain(world, title, "", _long(world, least)) for least, title in _LONG)
    return tuple(group for group in found if group.rows)


def _all(world: World) -> Able:
    models = {name: tuple(o.key for o in offerings) for name, offerings in world.catalog.offerings_by_model.items()}
    loose = tuple(offering.key for offering in world.catalog.offerings.values() if not offering.model)
    return _writing(world, Able(models, loose))


def _long(world: World, least: int) -> Able:
    models: dict[str, list[Key]] = {}
    loose = []
    for offering in world.catalog.facts.values():
        if (offering.limits.context or 0) < least:
            continue
        if offering.model:
            models.setdefault(offering.model, []).append(offering.key)
        else:
            loose.append(offering.key)
    return Able({name: tuple(keys) for name, keys in models.items()}, tuple(loose))


def _bargain(world: World, title: str, to: str, able: Able) -> Bargain:
    found = [model_choice(world, *model) for model in chosen(world, able)[:SHOWN]]
    found += loose_choices(world, able, SHOWN)
    ranked = [(rank, choice) for choice in found if (rank := _rank(choice)) is not None]
    ranked.sort(key=lambda item: (item[0], item[1].ref.label.casefold(), item[1].ref.to))
    highest = float(ranked[:SHOWN][-1][0]) if ranked else 0.0
    rows = tuple(Least(choice=choice, share=percent(float(rank), highest)) for rank, choice in ranked[:SHOWN])
    return Bargain(title=title, to=to, rows=rows)


def _rank(choice: Choice) -> Decimal | None:
    return rank_price(choice.best.price) if choice.best and is_active(choice.best) else None


def _unit(world: World, name: str) -> Unit:
    known = []
    for row in world.offerings.values():
        price = row.offering.price
        value: Decimal | None = getattr(price.operations, name) if price and price.currency == "USD" else None
        if value and is_active(row.offering):
            known.append((value, row.ref.label.casefold(), row.ref.to, row))
    known.sort(key=lambda item: item[:3])
    highest = float(known[:SHOWN][-1][0]) if known else 0.0
    title, per = OPERATIONS[name]
    rows = tuple((row, amount(value), percent(float(value), highest)) for value, _, _, row in known[:SHOWN])
    return Unit(title=title, per=per, rows=rows)


def _is_free(row: OfferingRow) -> bool:
    price = row.offering.price
    return price is not None and price.billing is Billing.FREE and is_active(row.offering)
