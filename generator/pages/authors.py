"""The pages about who makes models: all authors, and each one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.pages.page import Context
from generator.pages.routes import AUTHORS, HOME
from generator.pages.rows import AuthorRow, Group, ModelRow, OfferingRow, Ref
from generator.pages.world import World
from generator.schema import Author, AuthorKind

__all__ = ["CATEGORIES", "AuthorPage", "Authors", "author", "authors"]

CATEGORIES: Mapping[AuthorKind, str] = {
    AuthorKind.COMPANY: "🏢 Major Tech Companies",
    AuthorKind.STARTUP: "🚀 AI Startups",
    AuthorKind.RESEARCH: "🎓 Research Organizations",
    AuthorKind.COMMUNITY: "🌍 Open Source",
}
"""Sign and name of the group of each kind."""
_UNSORTED = "👥 Other Authors"


@dataclass(frozen=True, kw_only=True)
class Authors(Context):
    """All authors."""

    rows: tuple[AuthorRow, ...]
    """Most models first."""
    categories: tuple[Group[AuthorRow], ...]
    """By kind, those without models last in each."""


@dataclass(frozen=True, kw_only=True)
class AuthorPage(Context):
    """One author."""

    author: Author
    category: str | None
    tags: tuple[Ref, ...]
    row: AuthorRow
    families: tuple[Group[ModelRow], ...]
    """All models, by family."""
    newest: tuple[ModelRow, ...]
    loose: tuple[OfferingRow, ...]
    """Offerings that name the author and have no definition in the catalog."""
    availability: tuple[tuple[Ref, int], ...]
    """Providers with the number of the author's models that each offers, most first."""


def authors(world: World) -> Authors:
    """Make the page of all authors."""
    rows = tuple(world.authors.values())
    groups = [Group(title, tuple(row for row in rows if row.author.kind is kind)) for kind, title in CATEGORIES.items()]
    groups.append(Group(_UNSORTED, tuple(row for row in rows if row.author.kind is None)))
    return Authors(
        stem=AUTHORS,
        kind="authors",
        title="Model Authors",
        description=f"The {len(rows)} labs, companies and people behind the models of this catalog.",
        crumbs=(Ref("Catalog", HOME),),
        rows=rows,
        categories=tuple(group for group in groups if group.rows),
    )


def author(world: World, name: str) -> AuthorPage:
    """Make the page of one author."""
    about = world.catalog.authors[name]
    rows = world.models_of(name)
    offerings = [world.offerings[offering.key] for offering in world.catalog.offerings_by_author[name]]
    counts = Counter(
        provider
        for provider, _ in {(row.offering.provider, row.offering.model or row.offering.id) for row in offerings}
    )
    return AuthorPage(
        stem=world.routes.authors[name],
        kind="author",
        title=about.name,
        description=about.description or f"The models of {about.name} and the providers that offer them.",
        crumbs=(Ref("Catalog", HOME), Ref("Authors", AUTHORS)),
        source=world.catalog.sources.get(f"author/{name}"),
        overlaid=world.catalog.overlaid.get(f"author/{name}", ()),
        logo=world.author_logo(name),
        author=about,
        category=CATEGORIES[about.kind] if about.kind else None,
        tags=world.tag_refs(about.tags),
        row=world.authors[name],
        families=world.by_family(rows),
        newest=tuple(row for row in world.newest_by_author[name] if row.model.released)[:5],
        loose=tuple(row for row in offerings if not row.offering.model),
        availability=tuple(
            (world.provider_ref(provider), number)
            for provider, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
    )
