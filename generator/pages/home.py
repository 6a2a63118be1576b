"""The home page: what there is, in numbers and in ways in."""

from collections.abc import Iterable
from itertools import islice

from msgspec import Struct

from generator.charts import Axis, Scatter, Spot, scatter
from generator.formats import count, price_pair, share
from generator.pages.cheapest import bargains
from generator.pages.choices import Choice
from generator.pages.page import Context
from generator.pages.routes import HOME, INDEXED
from generator.pages.rows import AuthorRow, ModelRow, OfferingRow, ProviderRow, Ref, hue, rank_price, writes
from generator.pages.world import World

__all__ = ["Ending", "Home", "Statistics", "home", "statistics"]

AUTHORS_SHOWN = 12
MODELS_SHOWN = 10
PROVIDERS_SHOWN = 24

_CONTEXT = Axis(
    low=2_000,
    high=12_000_000,
    marks=((4_000, "4K"), (16_000, "16K"), (64_000, "64K"), (256_000, "256K"), (1_000_000, "1M"), (4_000_000, "4M")),
)
_PRICE = Axis(low=0.01, high=100, marks=((0.01, "$0.01"), (0.1, "$0.10"), (1, "$1"), (10, "$10"), (100, "$100")))


class Statistics(Struct, frozen=True, kw_only=True):
    """Counts of the whole catalog. Models and offerings are two numbers."""

    authors: int
    models: int
    providers: int
    offerings: int
    priced: int
    """Offerings with a known price."""
    priced_share: str
    average_context: int | None
    """Mean context window of the models whose window is known."""
    with_context: int
    """How many models that is."""
    open_weights: int
    """Models whose weights can be downloaded."""
    families: int


class Ending(Struct, frozen=True, kw_only=True):
    """An offering that is to stop working."""

    row: OfferingRow
    date: str
    successor: Ref | None


class Home(Context, frozen=True, kw_only=True):
    """The home page."""

    statistics: Statistics
    providers: tuple[ProviderRow, ...]
    """The providers with offerings, most offerings first: all of them, or as many as one page of all lists."""
    authors: tuple[AuthorRow, ...]
    """The authors with most models."""
    authors_total: int
    top_providers: tuple[ProviderRow, ...]
    """The providers with most offerings."""
    are_chosen: bool
    """Whether `site.yaml` says which models to feature."""
    field: Scatter | None
    """Every model whose context window and price are known, by both."""
    ending: tuple[Ending, ...]
    """What stops working next, soonest first."""
    featured: tuple[ModelRow, ...]
    """As set in `site.yaml`, else the newest models with a price."""
    newest: tuple[ModelRow, ...]
    by_capability: tuple[tuple[Ref, Choice], ...]
    """For each thing that people choose a model by, the cheapest that has it and a price."""
    cheapest: tuple[ModelRow, ...]
    """The lowest prices that are known and not zero, of models that write."""
    longest: tuple[ModelRow, ...]
    """The largest context windows."""


def home(world: World) -> Home:
    """Make the home page."""
    rows = list(world.models.values())
    priced = [
        (rank_price(row.best.price), row.model.id, row) for row in rows if row.best and writes(row.model.modalities)
    ]
    return Home(
        stem=HOME,
        kind="home",
        title=world.settings.title,
        description=world.settings.description,
        statistics=statistics(world),
        providers=tuple(islice((row for row in world.providers.values() if row.offerings), INDEXED)),
        authors=tuple(row for row in world.authors.values() if row.models)[:AUTHORS_SHOWN],
        authors_total=len(world.catalog.authors),
        top_providers=tuple(row for row in world.providers.values() if row.offerings)[:PROVIDERS_SHOWN],
        are_chosen=bool(world.settings.featured),
        field=_field(rows),
        ending=_ending(world),
        featured=_featured(world),
        newest=world.newest[:MODELS_SHOWN],
        by_capability=tuple((Ref(group.title, group.to), group.rows[0].choice) for group in bargains(world)),
        cheapest=tuple(row for _, _, row in sorted(priced, key=lambda item: item[:2])[:MODELS_SHOWN]),
        longest=tuple(sorted((row for row in rows if row.model.limits.context), key=_by_context)[:MODELS_SHOWN]),
    )


def statistics(world: World) -> Statistics:
    """Count the catalog."""
    catalog = world.catalog
    contexts = [model.limits.context for model in catalog.models.values() if model.limits.context]
    priced = sum(row.priced for row in world.providers.values())
    return Statistics(
        authors=len(catalog.authors),
        models=len(catalog.models),
        providers=len(catalog.providers),
        offerings=len(catalog.offerings),
        priced=priced,
        priced_share=share(priced, len(catalog.offerings)),
        average_context=sum(contexts) // len(contexts) if contexts else None,
        with_context=len(contexts),
        open_weights=sum(1 for model in catalog.models.values() if model.open_weights),
        families=len(catalog.families),
    )


def _featured(world: World) -> tuple[ModelRow, ...]:
    chosen = [world.models[name] for name in world.settings.featured if name in world.models]
    return tuple(chosen or [row for row in world.newest if row.best][:MODELS_SHOWN])


def _ending(world: World) -> tuple[Ending, ...]:
    today = world.data_date or ""
    found = [
        (row.offering.retires, row.provider.label.casefold(), row.offering.id, row)
        for row in world.offerings.values()
        if row.offering.retires and row.offering.retires >= today[: len(row.offering.retires)]
    ]
    return tuple(
        Ending(row=row, date=date, successor=world.model_ref(name) if (name := row.offering.successor) else None)
        for date, _, _, row in sorted(found, key=lambda item: item[:3])[:MODELS_SHOWN]
    )


def _field(rows: Iterable[ModelRow]) -> Scatter | None:
    spots = []
    for row in rows:
        rank = rank_price(row.best.price) if row.best else None
        if rank is not None and row.model.limits.context:
            spots.append(
                Spot(
                    x=row.model.limits.context,
                    y=float(rank),
                    label=_spot(row),
                    to=row.ref.to,
                    hue=hue(row.model.modalities),
                )
            )
    return scatter(spots, _CONTEXT, _PRICE, width=1000, height=320) if len(spots) > 2 else None


def _spot(row: ModelRow) -> str:
    price = row.best.price if row.best else None
    return f"{row.ref.label}: {count(row.model.limits.context)} tokens, {price_pair(price)}"


def _by_context(row: ModelRow) -> tuple[int, str, str]:
    return -(row.model.limits.context or 0), row.ref.label.casefold(), row.model.id
