"""Which pages exist, and the typed context of each.

A page knows what it shows; how it looks is the templates' business.
"""

from collections.abc import Callable, Mapping
from operator import attrgetter

from generator.config import Edition
from generator.pages import (
    authors,
    calculator,
    capabilities,
    changes,
    cheapest,
    compare,
    families,
    free,
    home,
    lifecycle,
    manual,
    models,
    news,
    offerings,
    providers,
    quality,
    tags,
    timeline,
    weights,
)
from generator.pages.page import Context, Page
from generator.pages.routes import (
    API,
    AUTHORS,
    CALCULATOR,
    CAPABILITIES,
    CHANGES,
    CHEAPEST,
    COMPARE,
    FAMILIES,
    HOME,
    LIFECYCLE,
    MODELS,
    NEW,
    NOT_FOUND,
    PROVIDERS,
    QUALITY,
    TAGS,
    TIMELINE,
    index_stems,
)
from generator.pages.world import World

__all__ = ["KINDS", "Context", "Page", "World", "context", "plan"]

KINDS: Mapping[str, Callable[..., Context]] = {
    "home": home.home,
    "authors": authors.authors,
    "author": authors.author,
    "providers": providers.providers,
    "provider": providers.provider,
    "offerings": providers.offered,
    "offering": offerings.offering,
    "models": models.models,
    "list": models.model_list,
    "model": models.model,
    "families": families.families,
    "family": families.family,
    "calculator": calculator.calculator,
    "compare": compare.compare,
    "comparison": compare.comparison,
    "capabilities": capabilities.capabilities,
    "capability": capabilities.capability,
    "tags": tags.tags,
    "tag": tags.tag,
    "cheapest": cheapest.cheapest,
    "open-weights": weights.open_weights,
    "timeline": timeline.timeline,
    "year": timeline.year,
    "new": news.new,
    "lifecycle": lifecycle.lifecycle,
    "quality": quality.quality,
    "api": manual.manual,
    "changes": changes.changes,
    "gone": changes.gone,
    "page": free.free,
    "404": free.not_found,
}
"""For each kind of page: what makes its context from the world and the page's key."""


_FURTHER = {
    CAPABILITIES: "capabilities",
    CHEAPEST: "cheapest",
    TIMELINE: "timeline",
    NEW: "new",
    LIFECYCLE: "lifecycle",
    TAGS: "tags",
}


def plan(world: World) -> tuple[Page, ...]:
    """Return every page of the site, by stem."""
    routes = world.routes
    pages = [
        Page(HOME, "home"),
        Page(AUTHORS, "authors"),
        Page(PROVIDERS, "providers"),
        Page(MODELS, "models"),
        Page(FAMILIES, "families"),
        Page(COMPARE, "compare"),
        Page(CALCULATOR, "calculator"),
        Page(NOT_FOUND, "404"),
    ]
    for kind, folder, things in (
        ("authors", AUTHORS, routes.authors),
        ("providers", PROVIDERS, routes.providers),
        ("families", FAMILIES, routes.families),
    ):
        pages += [Page(stem, kind, (str(part),)) for part, stem in enumerate(index_stems(folder, len(things))[1:], 2)]
    pages += [Page(stem, kind) for stem, kind in _FURTHER.items() if stem in routes.further]
    if Edition.HTML in world.settings.editions:
        pages += [Page(f"{MODELS}page-{number}", "list", (str(number),)) for number in models.list_numbers(world)]
    if world.settings.checks.page:
        pages.append(Page(QUALITY, "quality"))
    if world.settings.exports:
        pages.append(Page(API, "api"))
    if world.history is not None:
        pages.append(Page(CHANGES, "changes"))
        pages += [Page(removed.stem, "gone", (removed.stem,)) for removed in world.history.removed]
    pages += [Page(stem, "author", (name,)) for name, stem in routes.authors.items()]
    pages += [Page(stem, "model", (name,)) for name, stem in routes.models.items()]
    pages += [Page(stem, "provider", (name,)) for name, stem in routes.providers.items()]
    pages += [Page(stem, "offerings", (name, str(part))) for (name, part), stem in routes.offered.items()]
    pages += [Page(stem, "offering", key) for key, stem in routes.offerings.items()]
    pages += [Page(stem, "family", (name,)) for name, stem in routes.families.items()]
    pages += [Page(stem, "comparison", pair) for pair, stem in routes.comparisons.items()]
    pages += [Page(stem, "capability", (name, str(part))) for (name, part), stem in routes.capabilities.items()]
    pages += [Page(stem, "tag", (name, str(part))) for (name, part), stem in routes.tags.items()]
    pages += [Page(stem, "open-weights", (str(part),)) for part, stem in enumerate(routes.weights, 1)]
    pages += [Page(stem, "year", (name,)) for name, stem in routes.years.items()]
    pages += [Page(stem, "page", (name,)) for name, stem in routes.pages.items()]
    return tuple(sorted(pages, key=attrgetter("stem", "kind", "key")))


def context(world: World, page: Page) -> Context:
    """Make the context of one page, or give that of a page of its own once more: scripts and pages tell its title."""
    if not page.is_own:
        return KINDS[page.kind](world, *page.key)
    if page not in world.contexts:
        world.contexts[page] = KINDS[page.kind](world, *page.key)
    return world.contexts[page]
