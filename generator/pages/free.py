"""The pages of the site's owner, and the page for addresses that lead nowhere."""

from generator.pages.page import Context
from generator.pages.routes import AUTHORS, FAMILIES, HOME, MODELS, NOT_FOUND, PROVIDERS
from generator.pages.rows import Ref
from generator.pages.world import World
from generator.schema import FreePage

__all__ = ["Free", "NotFound", "free", "not_found"]


class Free(Context, frozen=True, kw_only=True):
    """A page that the site's owner wrote."""

    page: FreePage
    others: tuple[Ref, ...]
    """The other free pages, in their order."""


class NotFound(Context, frozen=True, kw_only=True):
    """The page for addresses that lead nowhere.

    It may be shown at any depth, so its links start at the root of the site.
    """

    ways: tuple[Ref, ...]


def free(world: World, name: str) -> Free:
    """Make a free page."""
    page = next(page for page in world.pages if page.name == name)
    return Free(
        stem=world.routes.pages[name],
        kind="page",
        title=page.title,
        description=page.description or page.title,
        crumbs=(Ref("Catalog", HOME),),
        source=world.catalog.sources.get(f"page/{name}"),
        page=page,
        others=tuple(Ref(other.title, world.routes.pages[other.name]) for other in world.pages if other.name != name),
    )


def not_found(world: World) -> NotFound:
    """Make the page for addresses that lead nowhere."""
    return NotFound(
        stem=NOT_FOUND,
        kind="404",
        title="Page not found",
        description="There is no page at this address.",
        ways=(
            Ref("Catalog", HOME),
            Ref("Models", MODELS),
            Ref("Providers", PROVIDERS),
            Ref("Authors", AUTHORS),
            Ref("Families", FAMILIES),
            *world.ways,
        ),
    )
