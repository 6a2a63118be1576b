"""The pages about tags: all of them, and each one with what carries it."""

from msgspec import Struct

from generator.abilities import Able
from generator.formats import plural
from generator.pages.capabilities import stems_of
from generator.pages.choices import Listing, listing
from generator.pages.page import Context
from generator.pages.routes import HOME, TAGS
from generator.pages.rows import Ref
from generator.pages.world import World

__all__ = ["AllTags", "Tag", "TagPage", "tag", "tags"]


class Tag(Struct, frozen=True, kw_only=True):
    """A tag in a list."""

    ref: Ref
    models: int
    loose: int
    others: int
    """Authors and providers that carry it."""


class AllTags(Context, frozen=True, kw_only=True):
    """All tags."""

    rows: tuple[Tag, ...]
    """Most models first."""


class TagPage(Context, frozen=True, kw_only=True):
    """One tag and what carries it."""

    tag: str
    listing: Listing
    authors: tuple[Ref, ...]
    providers: tuple[Ref, ...]


def tags(world: World) -> AllTags:
    """Make the page of all tags."""
    rows = [_tag(world, name) for name, part in world.routes.tags if part == 1]
    rows.sort(key=lambda row: (-row.models, -row.loose, row.ref.label))
    return AllTags(
        stem=TAGS,
        kind="tags",
        title="Tags",
        description=f"{plural(len(rows), 'word')} to find models, authors and providers by.",
        crumbs=(Ref("Catalog", HOME),),
        rows=tuple(rows),
    )


def tag(world: World, name: str, part: str) -> TagPage:
    """Make a part of the page of one tag."""
    found = listing(world, _able(world, name), stems_of(world.routes.tags, name), int(part))
    title = f"Tag: {name}"
    return TagPage(
        stem=world.routes.tags[name, int(part)],
        kind="tag",
        title=title if part == "1" else f"{title}, part {part}",
        description=f"What is tagged {name}: {plural(found.models, 'model')}, cheapest first.",
        crumbs=(Ref("Catalog", HOME), Ref("Tags", TAGS)),
        tag=name,
        listing=found,
        authors=tuple(world.author_ref(author.id) for author in world.catalog.authors.values() if name in author.tags),
        providers=tuple(world.provider_ref(who.id) for who in world.catalog.providers.values() if name in who.tags),
    )


def _tag(world: World, name: str) -> Tag:
    able = _able(world, name)
    others = [author.tags for author in world.catalog.authors.values()]
    others += [provider.tags for provider in world.catalog.providers.values()]
    return Tag(
        ref=Ref(name, world.routes.tags[name, 1]),
        models=len(able.models),
        loose=len(able.loose),
        others=sum(name in words for words in others),
    )


def _able(world: World, name: str) -> Able:
    return world.catalog.tagged.get(name, Able({}, ()))
