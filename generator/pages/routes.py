"""Which stem each thing of the catalog has: the one table behind every link and every file."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.catalog import Catalog, Key
from generator.pages.pairs import Pair, pairs, slugs
from generator.paths import assign
from generator.schema import FreePage

__all__ = ["AUTHORS", "CHANGES", "COMPARE", "FAMILIES", "HOME", "MODELS", "NOT_FOUND", "PROVIDERS", "QUALITY", "Routes"]

HOME = ""
AUTHORS = "authors/"
PROVIDERS = "providers/"
MODELS = "models/"
FAMILIES = "families/"
PAGES = "pages/"
COMPARE = "compare"
COMPARISONS = "comparisons/"
QUALITY = "quality"
CHANGES = "changes"
NOT_FOUND = "404"


@dataclass(frozen=True, slots=True, kw_only=True)
class Routes:
    """The stem of every author, model, provider, offering, family, free page and pair of models, by id."""

    authors: Mapping[str, str]
    models: Mapping[str, str]
    providers: Mapping[str, str]
    offerings: Mapping[Key, str]
    families: Mapping[str, str]
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
        for provider, owned in _grouped(catalog.offerings):
            folder = f"{providers[provider]}models/"
            offerings |= {(provider, name): folder + slug for name, slug in assign(owned).items()}
        return cls(
            authors=authors,
            models=models,
            providers=providers,
            offerings=offerings,
            families={name: FAMILIES + slug for name, slug in assign(catalog.families, nested=False).items()},
            pages={name: PAGES + slug for name, slug in assign(page.name for page in pages).items()},
            comparisons={pair: COMPARISONS + slug for pair, slug in slugs(pairs(catalog)).items()},
        )


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for owner, name in pairs:
        found.setdefault(owner, []).append(name)
    return found.items()
