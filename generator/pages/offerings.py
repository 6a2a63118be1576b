"""The page of an offering: one provider serving one thing under its own exact id, at a price."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from generator.badges import Badge
from generator.pages.controls import abilities, advanced_grids, build_grids, capability_grids, control_grids
from generator.pages.costs import Cost, Usage, examples, monthly
from generator.pages.history import PriceHistory, history
from generator.pages.matrix import Note, notes
from generator.pages.measured import Measurement, measurements
from generator.pages.page import CARD, Context
from generator.pages.pairs import query
from generator.pages.parameters import Parameter, parameters
from generator.pages.prices import (
    PriceLine,
    mode_lines,
    operation_lines,
    operation_table,
    tier_lines,
    token_lines,
    token_table,
)
from generator.pages.providers import PROTOCOLS, Call, calls
from generator.pages.routes import HOME, PROVIDERS
from generator.pages.rows import Grid, OfferingRow, Ref
from generator.pages.world import World
from generator.samples import Agent, Example, Task, agents, code_for
from generator.schema import Credential, Header, Mode, Model, Offering, Price, Provider, Sdk

__all__ = ["Lesson", "OfferingPage", "Paid", "TierTable", "offering"]

ALTERNATIVES = 8


class TierTable(Struct, frozen=True, kw_only=True):
    """The rates of a price at each size of request, or in each mode."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


_TASKS = {
    Task.CHAT: "Chat",
    Task.VISION: "Pictures",
    Task.TOOLS: "Tools",
    Task.REASONING: "Reasoning",
    Task.EMBEDDINGS: "Embeddings",
    Task.IMAGES: "Image generation",
    Task.SPEECH: "Speech",
    Task.TRANSCRIPTION: "Transcription",
}


class Lesson(Struct, frozen=True, kw_only=True):
    """Sample code for one thing, in each language."""

    title: str
    protocol: str
    example: Example


class OfferingPage(Context, frozen=True, kw_only=True):
    """One offering."""

    offering: Offering
    """Its facts, filled in from the definition."""
    stated: Offering
    """What the provider itself states."""
    row: OfferingRow
    provider: Provider
    provider_ref: Ref
    model: Model | None
    model_ref: Ref | None
    authors: tuple[Ref, ...]
    family: Ref | None
    successor: Ref | None
    badges: tuple[Badge, ...]
    technical: tuple[tuple[str, tuple[Badge, ...]], ...]
    capabilities: tuple[Grid, ...]
    """Tables of what it can do, by subject."""
    controls: tuple[Grid, ...]
    """Tables of how it can be steered, by subject."""
    parameters: tuple[Parameter, ...]
    """The same as one list, with what each means."""
    build: tuple[Grid, ...]
    """Tables of how it is built."""
    price: Price | None
    paid: "Paid"
    """What is told of its price. Offerings of one price have the same, so it is a key for what is kept."""
    token_prices: tuple[PriceLine, ...]
    operation_prices: tuple[PriceLine, ...]
    token_table: tuple[PriceLine, ...]
    """The same as `token_prices`, with a dash for each of the usual rates that is not known."""
    operation_table: tuple[PriceLine, ...]
    """The same as `operation_prices`, with a dash for each of the usual operations whose price is not known."""
    tiers: TierTable | None
    costs: tuple[Cost, ...]
    """What single requests cost; empty unless both directions have a price."""
    usages: tuple[Usage, ...]
    """What a month costs at three volumes."""
    modes: tuple[tuple[str, Mode], ...]
    """Other ways to have it served, by name."""
    mode_table: TierTable | None
    """What they cost."""
    history: PriceHistory | None
    """Its earlier, present and announced prices; nothing where only one is known."""
    measurements: tuple[Measurement, ...]
    """What was measured and counted."""
    advanced: tuple[Grid, ...]
    """Tables of tool choices, attachments and delivery."""
    calls: tuple[Call, ...]
    """How to call it."""
    credentials: tuple[Credential, ...]
    lessons: tuple[Lesson, ...]
    """Sample code; none where the facts leave open how it is called."""
    agents: tuple[Agent, ...]
    """Coding agents that can use it."""
    elsewhere: tuple[OfferingRow, ...]
    """Other offerings of the same model."""
    highlights: tuple[Badge, ...]
    """The badges of what goes in and out and what it can do."""
    notes: tuple[Note, ...]
    """Where it differs from the definition, and what has to be known."""
    alternatives: tuple[OfferingRow, ...]
    """The cheapest other offerings of the same model."""
    alternatives_more: int
    """How many further ones there are."""
    sdk: Sdk
    """Packages that speak to it."""
    headers: tuple[Header, ...]
    """Headers that requests may or have to carry."""
    checked: str | None
    """The day on which its facts were taken from their source."""
    chosen: str
    """What names it among everything that can be compared."""
    query: str
    """What chooses it on the pages that compare and that reckon costs."""


def offering(world: World, provider_id: str, name: str) -> OfferingPage:
    """Make the page of one offering."""
    key, catalog = (provider_id, name), world.catalog
    facts, row = catalog.facts[key], world.offerings[key]
    provider = catalog.providers[provider_id]
    of, source = facts.model, f"offering/{provider_id}/{name}"
    model = catalog.models[of] if of else None
    able, paid = abilities(facts), _paid(facts.price)
    modes = tuple(sorted(facts.modes.items()))
    others = tuple([other for other in world.cheapest_first[of] if other is not row]) if of else ()
    chosen, successor = f"{name}@{provider_id}", facts.successor
    return OfferingPage(
        stem=world.routes.offerings[key],
        kind="offering",
        title=facts.title,
        description=facts.description or f"{facts.title} at {provider.name}: price, limits and how to call it.",
        crumbs=(Ref("Catalog", HOME), Ref("Providers", PROVIDERS), row.provider),
        source=catalog.sources.get(source),
        overlaid=catalog.overlaid.get(source, ()),
        logo=world.provider_logo(provider_id),
        card=world.routes.providers[provider_id] + CARD,
        offering=facts,
        stated=catalog.offerings[key],
        row=row,
        provider=provider,
        provider_ref=row.provider,
        model=model,
        model_ref=row.model,
        authors=row.authors,
        family=world.family_ref(facts.family),
        successor=world.model_ref(successor) if successor else None,
        badges=able.badges,
        technical=able.technical,
        capabilities=capability_grids(facts),
        controls=control_grids(facts),
        parameters=parameters(facts),
        build=build_grids(facts),
        price=facts.price,
        paid=paid,
        token_prices=paid.tokens,
        operation_prices=paid.operations,
        token_table=paid.token_table,
        operation_table=paid.operation_table,
        tiers=paid.tiers,
        costs=paid.costs,
        usages=paid.usages,
        modes=modes,
        mode_table=_modes(modes) if modes else None,
        history=history(facts, world.data_date),
        measurements=measurements(facts),
        advanced=advanced_grids(facts),
        calls=calls(facts.base_url or provider.base_url, facts.endpoints or provider.endpoints, name),
        credentials=provider.credentials,
        lessons=_lessons(facts, provider),
        agents=agents(facts, provider),
        elsewhere=tuple([other for other in world.offerings_of_model(of) if other is not row]) if of else (),
        highlights=able.highlights,
        notes=notes(row, model),
        alternatives=others[:ALTERNATIVES],
        alternatives_more=len(others[ALTERNATIVES:]),
        sdk=facts.sdk or provider.sdk,
        headers=_headers(facts, provider),
        checked=facts.checked or provider.checked,
        chosen=chosen,
        query=query((chosen,)),
    )


class Paid(Struct, frozen=True, kw_only=True, eq=False):
    """What a page tells of a price: one and the same thing for each of the many offerings that have this price."""

    tokens: tuple[PriceLine, ...]
    operations: tuple[PriceLine, ...]
    token_table: tuple[PriceLine, ...]
    operation_table: tuple[PriceLine, ...]
    tiers: TierTable | None
    costs: tuple[Cost, ...]
    usages: tuple[Usage, ...]


@lru_cache(maxsize=4096)
def _paid(price: Price | None) -> Paid:
    tokens, operations = token_lines(price), operation_lines(price)
    return Paid(
        tokens=tokens,
        operations=operations,
        token_table=token_table(tokens),
        operation_table=operation_table(operations),
        tiers=_tiers(price),
        costs=examples(price),
        usages=monthly(price),
    )


def _lessons(facts: Offering, provider: Provider) -> tuple[Lesson, ...]:
    return tuple(
        [
            Lesson(title=_TASKS[found.code.task], protocol=PROTOCOLS[found.code.protocol], example=found)
            for found in code_for(facts, provider)
        ]
    )


def _headers(facts: Offering, provider: Provider) -> tuple[Header, ...]:
    """Return the headers of a request: the offering's own, and those of its provider that it does not state anew."""
    if not facts.headers:
        return provider.headers
    own = {header.name for header in facts.headers}
    return (*facts.headers, *(header for header in provider.headers if header.name not in own))


def _modes(modes: Sequence[tuple[str, Mode]]) -> TierTable:
    columns, rows = mode_lines(modes)
    return TierTable(columns=columns, rows=rows)


def _tiers(price: Price | None) -> TierTable | None:
    if price is None or not price.tiers:
        return None
    columns, rows = tier_lines(price)
    return TierTable(columns=columns, rows=rows)
