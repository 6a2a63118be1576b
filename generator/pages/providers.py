"""The pages about who serves models: all providers, and each one with everything it offers."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from generator.charts import Lanes
from generator.formats import words
from generator.pages.lifecycle import End, ahead, end_of_offering
from generator.pages.page import CARD, Context
from generator.pages.ranges import PriceRange, price_ranges
from generator.pages.routes import HOME, INDEXED, OFFERED, PROVIDERS, index_stems
from generator.pages.rows import Group, ModelRow, OfferingRow, ProviderRow, Ref, newest_first, part_after, parts_near
from generator.pages.timeline import drawn
from generator.pages.world import World
from generator.schema import Endpoint, Operation, Protocol, Provider

__all__ = [
    "PROTOCOLS",
    "Call",
    "Offered",
    "ProviderDetail",
    "ProviderPage",
    "Providers",
    "calls",
    "offered",
    "provider",
    "providers",
]

TOP_MODELS = 20
FEATURED = 3
LANES = 8
DRAWN = 120
ENDING_SHOWN = 20

PROTOCOLS = {
    Protocol.OPENAI: "OpenAI compatible",
    Protocol.ANTHROPIC: "Anthropic compatible",
    Protocol.GOOGLE: "Gemini API",
    Protocol.BEDROCK: "Amazon Bedrock",
    Protocol.COHERE: "Cohere API",
    Protocol.MISTRAL: "Mistral API",
    Protocol.OLLAMA: "Ollama API",
    Protocol.NATIVE: "Native",
}
_OPERATIONS = {
    Operation.CHAT: "Chat Completions",
    Operation.MODELS: "Models API",
    Operation.HEALTH: "Health API",
    Operation.GENERATE: "Generate Content",
}
"""What endpoints are called whose operation is not the whole of it."""


class Call(Struct, frozen=True, kw_only=True):
    """One way to call a provider, with the whole address."""

    label: str
    protocol: str
    method: str
    url: str
    endpoint: Endpoint


class ProviderDetail(Struct, frozen=True, kw_only=True):
    """A provider in the detailed part of the list."""

    row: ProviderRow
    logo: str | None
    featured: tuple[OfferingRow, ...]
    """Its newest offerings."""


class Providers(Context, frozen=True, kw_only=True):
    """All providers, or one part of very many."""

    rows: tuple[ProviderRow, ...]
    """Most offerings first."""
    part: int
    parts: tuple[Ref, ...]
    """The pages that together list them, this one among them; empty where there is no other."""
    after: Ref | None
    """The next of them."""
    top: tuple[ModelRow, ...]
    """The models that most providers offer."""
    top_more: int
    """How many further models there are."""
    details: tuple[ProviderDetail, ...]
    """By name."""


class ProviderPage(Context, frozen=True, kw_only=True):
    """One provider."""

    provider: Provider
    tags: tuple[Ref, ...]
    row: ProviderRow
    calls: tuple[Call, ...]
    families: tuple[Group[OfferingRow], ...]
    """Everything it offers, by family; the first of it, if that is too much for one page."""
    part: int
    parts: tuple[Ref, ...]
    """The pages that list the rest, this one first; empty where there is none."""
    after: Ref | None
    """The next of them."""
    newest: tuple[OfferingRow, ...]
    lanes: Lanes | None
    """The models it offers in time, a lane for each of the authors with most."""
    ranges: tuple[PriceRange, ...]
    ending: tuple[End, ...]
    """Offerings that are to end, soonest first."""
    authors: tuple[tuple[Ref, int], ...]
    """Whose models it offers, and how many offerings of each, most first."""


class Offered(Context, frozen=True, kw_only=True):
    """One further page of what a provider offers."""

    provider: Provider
    groups: tuple[Group[OfferingRow], ...]
    """By family."""
    part: int
    parts: tuple[Ref, ...]
    after: Ref | None


def providers(world: World, part: str = "1") -> Providers:
    """Make the page of all providers, or a part of it."""
    number, stems = int(part), index_stems(PROVIDERS, len(world.providers))
    rows = tuple(world.providers.values())[(number - 1) * INDEXED : number * INDEXED]
    offered = [row for row in world.models.values() if row.providers] if number == 1 else []
    offered.sort(key=lambda row: (-len(row.providers), row.ref.label.casefold(), row.model.id))
    details = sorted(rows, key=lambda row: (row.provider.name.casefold(), row.provider.id))
    return Providers(
        stem=stems[number - 1],
        kind="providers",
        title="AI Model Providers" if number == 1 else f"AI Model Providers, page {part}",
        description=f"The {len(world.providers)} providers of this catalog and what each one offers.",
        crumbs=(Ref("Catalog", HOME),) if number == 1 else (Ref("Catalog", HOME), Ref("Providers", PROVIDERS)),
        rows=rows,
        part=number,
        parts=parts_near(stems, number),
        after=part_after(stems, number),
        top=tuple(offered[:TOP_MODELS]),
        top_more=max(0, len(offered) - TOP_MODELS),
        details=tuple(
            ProviderDetail(
                row=row, logo=world.provider_logo(row.provider.id), featured=_newest(world, row.provider.id, FEATURED)
            )
            for row in details
        ),
    )


def provider(world: World, name: str) -> ProviderPage:
    """Make the page of one provider."""
    about = world.catalog.providers[name]
    rows, stems = world.offerings_of_provider(name), _stems(world, name)
    counts: dict[Ref, int] = {}
    for row in rows:
        for ref in row.authors:
            counts[ref] = counts.get(ref, 0) + 1
    return ProviderPage(
        stem=world.routes.providers[name],
        kind="provider",
        title=about.name,
        description=about.description or f"The models that {about.name} offers, with prices and limits.",
        crumbs=(Ref("Catalog", HOME), Ref("Providers", PROVIDERS)),
        source=world.catalog.sources.get(f"provider/{name}"),
        overlaid=world.catalog.overlaid.get(f"provider/{name}", ()),
        logo=world.provider_logo(name),
        card=world.routes.providers[name] + CARD,
        provider=about,
        tags=world.tag_refs(about.tags),
        row=world.providers[name],
        calls=calls(about.base_url, about.endpoints),
        families=_part(world, name, 1),
        part=1,
        parts=parts_near(stems, 1),
        after=part_after(stems, 1),
        newest=_newest(world, name, 5),
        lanes=drawn(_models(world, rows), LANES),
        ranges=price_ranges((row.offering, Ref(row.offering.title, row.ref.to)) for row in rows),
        ending=ahead((end_of_offering(world, row) for row in rows), world.data_date)[:ENDING_SHOWN],
        authors=tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0].label.casefold(), item[0].to))),
    )


def offered(world: World, name: str, part: str) -> Offered:
    """Make a further page of what a provider offers."""
    about, stems, number = world.catalog.providers[name], _stems(world, name), int(part)
    return Offered(
        stem=stems[number - 1],
        kind="offerings",
        title=f"{about.name}, page {part}",
        description=f"Page {part} of the models that {about.name} offers, with prices and limits.",
        crumbs=(Ref("Catalog", HOME), Ref("Providers", PROVIDERS), world.provider_ref(name)),
        logo=world.provider_logo(name),
        card=world.routes.providers[name] + CARD,
        provider=about,
        groups=_part(world, name, number),
        part=number,
        parts=parts_near(stems, number),
        after=part_after(stems, number),
    )


def _stems(world: World, name: str) -> tuple[str, ...]:
    """Return where all pages of what a provider offers are: its own, and the further ones."""
    further = range(2, -(-len(world.catalog.offerings_by_provider[name]) // OFFERED) + 1)
    return world.routes.providers[name], *(world.routes.offered[name, part] for part in further)


def _part(world: World, name: str, part: int) -> tuple[Group[OfferingRow], ...]:
    """Return what one page lists of what a provider offers, by family."""
    if name not in world.offered:
        world.offered.clear()
        world.offered[name] = world.offerings_by_family(world.offerings_of_provider(name))
    found, first = [], (1 - part) * OFFERED
    for group in world.offered[name]:
        if rows := group.rows[max(0, -first) : max(0, OFFERED - first)]:
            found.append(replace(group, rows=rows))
        first += len(group.rows)
    return tuple(found)


def calls(base_url: str | None, endpoints: tuple[Endpoint, ...], model: str | None = None) -> tuple[Call, ...]:
    """Return the ways to call endpoints whose whole address is known, with `{model}` filled in if one is given."""
    found = []
    for endpoint in endpoints:
        url = endpoint.url or (base_url.rstrip("/") + "/" + (endpoint.path or "").lstrip("/") if base_url else None)
        if url is None:
            continue
        found.append(
            Call(
                label=endpoint.label or _OPERATIONS.get(endpoint.operation) or words(endpoint.operation),
                protocol=PROTOCOLS[endpoint.protocol],
                method=endpoint.method,
                url=url.replace("{model}", model) if model else url,
                endpoint=endpoint,
            )
        )
    return tuple(found)


def _newest(world: World, provider: str, number: int) -> tuple[OfferingRow, ...]:
    rows = [row for row in world.offerings_of_provider(provider) if row.offering.released]
    rows.sort(key=lambda row: (row.offering.released or "", row.offering.id), reverse=True)
    return tuple(rows[:number])


def _models(world: World, rows: Iterable[OfferingRow]) -> list[tuple[ModelRow, Ref]]:
    """Return the newest models among what is offered, each once, with their authors."""
    models = dict.fromkeys(row.offering.model for row in rows if row.offering.model)
    found = newest_first(world.models[name] for name in models)
    return [(row, row.author) for row in found[:DRAWN]]
