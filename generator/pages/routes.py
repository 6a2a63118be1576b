"""Which stem each thing of the catalog has: the one table behind every link and every file."""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.catalog import Catalog, Key
from generator.pages.pairs import Pair, pairs, slugs
from generator.pages.rows import rank_price
from generator.paths import assign
from generator.schema import FreePage, Status

__all__ = [
    "API",
    "AUTHORS",
    "CALCULATOR",
    "CAPABILITIES",
    "CHANGES",
    "CHEAPEST",
    "COMPARE",
    "FAMILIES",
    "FEEDS",
    "HOME",
    "INDEXED",
    "LIFECYCLE",
    "MODELS",
    "NEW",
    "NOT_FOUND",
    "OFFERED",
    "PART",
    "PROVIDERS",
    "QUALITY",
    "TAGS",
    "TIMELINE",
    "WEIGHTS",
    "Routes",
    "index_stems",
]

HOME = ""
AUTHORS = "authors/"
PROVIDERS = "providers/"
MODELS = "models/"
FAMILIES = "families/"
CAPABILITIES = "capabilities/"
TAGS = "tags/"
PAGES = "pages/"
COMPARE = "compare"
CALCULATOR = "calculator"
COMPARISONS = "comparisons/"
CHEAPEST = "cheapest"
LIFECYCLE = "lifecycle"
NEW = "new"
TIMELINE = "timeline"
WEIGHTS = "open-weights"
QUALITY = "quality"
CHANGES = "changes"
API = "api/"
NOT_FOUND = "404"
FEEDS = (
    ("New models", "feed.xml"),
    ("Deprecations and retirements", "feeds/lifecycle.xml"),
    ("Prices", "feeds/prices.xml"),
)
"""What each feed tells, and its file."""

PART = 100
"""How many models one page of a long list holds; the rest is on further pages."""

INDEXED = 500
"""How many authors, providers or families one page of all of them lists; likewise."""

OFFERED = 1000
"""How many offerings the page of a provider lists; likewise."""


class Routes(Struct, frozen=True, kw_only=True):
    """The stem of every author, model, provider, offering, family, free page and pair of models, by id."""

    authors: Mapping[str, str]
    models: Mapping[str, str]
    providers: Mapping[str, str]
    offerings: Mapping[Key, str]
    offered: Mapping[tuple[str, int], str]
    """Further pages of what providers offer, by provider and number, from 2."""
    families: Mapping[str, str]
    capabilities: Mapping[tuple[str, int], str]
    """By name of the ability and number of the part, from 1."""
    tags: Mapping[tuple[str, int], str]
    """Likewise."""
    weights: tuple[str, ...]
    """The parts of the list of models whose weights can be downloaded."""
    years: Mapping[str, str]
    """The years of releases, the latest first."""
    further: tuple[str, ...]
    """The further pages of the whole catalog, those for which there are facts."""
    pages: Mapping[str, str]
    comparisons: Mapping[Pair, str]
    """The newest models first."""

    @classmethod
    def of(cls, catalog: Catalog, pages: Iterable[FreePage]) -> "Routes":
        """Give every thing a stem of its own."""
        authors = {name: f"{AUTHORS}{slug}/" for name, slug in assign(catalog.authors).items()}
        providers = {name: f"{PROVIDERS}{slug}/" for name, slug in assign(catalog.providers).items()}
        models: dict[str, str] = {}
        for author, owned in _grouped((model.author, model.slug) for model in catalog.models.values()):
            models |= {f"{author}/{name}": f"{authors[author]}models/{slug}" for name, slug in assign(owned).items()}
        offerings: dict[Key, str] = {}
        offered: dict[tuple[str, int], str] = {}
        for provider, owned in _grouped(catalog.offerings):
            folder = f"{providers[provider]}models/"
            offerings |= {(provider, name): folder + slug for name, slug in assign(owned).items()}
            further = range(2, -(-len(owned) // OFFERED) + 1)
            offered |= {(provider, part): f"{providers[provider]}page-{part}" for part in further}
        paired = {name: able for name, (_, _, able) in catalog.pairs.items()}
        abilities = {name: len(able.models) for name, able in (catalog.able | paired).items()}
        return cls(
            authors=authors,
            models=models,
            providers=providers,
            offerings=offerings,
            offered=offered,
            families={name: FAMILIES + slug for name, slug in assign(catalog.families, nested=False).items()},
            capabilities=_parts(CAPABILITIES, abilities),
            tags=_parts(TAGS, _tags(catalog)),
            weights=_weights(catalog),
            years={year: f"{TIMELINE}-{year}" for year in _years(catalog)},
            further=tuple(_further(catalog)),
            pages={name: PAGES + slug for name, slug in assign(page.name for page in pages).items()},
            comparisons={pair: COMPARISONS + slug for pair, slug in slugs(pairs(catalog)).items()},
        )


def index_stems(folder: str, number: int) -> tuple[str, ...]:
    """Return the stems of the pages that together list all of so many things; the first is that of the folder."""
    return folder, *(f"{folder}all/{part}" for part in range(2, -(-number // INDEXED) + 1))


def _parts(folder: str, models: Mapping[str, int]) -> dict[tuple[str, int], str]:
    """Return the stems of long lists, each cut into parts of so many models; the first part has the plain name."""
    last = {name: max(1, -(-number // PART)) for name, number in models.items()}
    parts = {(name, part): _part_name(name, part) for name in models for part in range(1, last[name] + 1)}
    stems = assign(parts.values(), nested=False)
    return {key: folder + stems[name] for key, name in parts.items()}


def _part_name(name: str, part: int) -> str:
    return name if part == 1 else f"{name} {part}"


def _tags(catalog: Catalog) -> dict[str, int]:
    found = {name: len(able.models) for name, able in catalog.tagged.items()}
    others = [author.tags for author in catalog.authors.values()]
    others += [provider.tags for provider in catalog.providers.values()]
    return dict.fromkeys(sorted(tag for tags in others for tag in tags), 0) | found


def _weights(catalog: Catalog) -> tuple[str, ...]:
    number = sum(1 for model in catalog.models.values() if model.open_weights or model.weights)
    return tuple(WEIGHTS if part == 1 else f"{WEIGHTS}-{part}" for part in range(1, -(-number // PART) + 1))


def _years(catalog: Catalog) -> list[str]:
    return sorted({model.released[:4] for model in catalog.models.values() if model.released}, reverse=True)


def _further(catalog: Catalog) -> Iterable[str]:
    """Yield the further pages that have something to tell, in the order of the navigation."""
    facts = [*catalog.models.values(), *catalog.offerings.values()]
    ends = any(of.retires or of.deprecated or of.status in _ENDED for of in facts)
    prices = (price for offering in catalog.offerings.values() for price in (offering.price, *offering.prices))
    told = {
        CAPABILITIES: bool(catalog.able),
        CHEAPEST: any(rank_price(offering.price) is not None for offering in catalog.offerings.values()),
        WEIGHTS: bool(_weights(catalog)),
        TIMELINE: bool(_years(catalog)),
        NEW: any(of.retires or of.deprecated for of in facts)
        or any(model.released or model.updated for model in catalog.models.values())
        or any(price and price.effective_from for price in prices),
        LIFECYCLE: ends,
        TAGS: bool(_tags(catalog)),
    }
    return (stem for stem, is_told in told.items() if is_told)


_ENDED = (Status.DEPRECATED, Status.RETIRED)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for owner, name in pairs:
        found.setdefault(owner, []).append(name)
    return found.items()
