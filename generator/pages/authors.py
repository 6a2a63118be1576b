"""The pages about who makes models: all authors, and each one."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

from generator.charts import Lanes
from generator.pages.lifecycle import End, ahead, end_of_model
from generator.pages.page import CARD, Context
from generator.pages.ranges import PriceRange, price_ranges
from generator.pages.routes import AUTHORS, HOME, INDEXED, index_stems
from generator.pages.rows import AuthorRow, Group, ModelRow, OfferingRow, Ref, part_after, parts_near
from generator.pages.timeline import drawn
from generator.pages.world import OTHER, World
from generator.schema import Author, AuthorKind

__all__ = ["CATEGORIES", "AuthorPage", "Authors", "author", "authors"]

CATEGORIES: Mapping[AuthorKind, str] = {
    AuthorKind.COMPANY: "🏢 Major Tech Companies",
    AuthorKind.STARTUP: "🚀 AI Startups",
    AuthorKind.RESEARCH: "🎓 Research Organizations",
    AuthorKind.COMMUNITY: "🌍 Open Source",
}
"""Sign and name of the group of each kind."""
LANES = 8
DRAWN = 120
ENDING_SHOWN = 20
_UNSORTED = "👥 Other Authors"


class Authors(Context, frozen=True, kw_only=True):
    """All authors, or one part of very many."""

    rows: tuple[AuthorRow, ...]
    """Most models first."""
    part: int
    parts: tuple[Ref, ...]
    """The pages that together list them, this one among them; empty where there is no other."""
    after: Ref | None
    """The next of them."""
    categories: tuple[Group[AuthorRow], ...]
    """By kind, those without models last in each."""


class AuthorPage(Context, frozen=True, kw_only=True):
    """One author."""

    author: Author
    category: str | None
    tags: tuple[Ref, ...]
    row: AuthorRow
    families: tuple[Group[ModelRow], ...]
    """All models, by family."""
    newest: tuple[ModelRow, ...]
    lanes: Lanes | None
    """Its models in time, a lane for each of its largest families."""
    ranges: tuple[PriceRange, ...]
    """The lowest price of each of its models."""
    ending: tuple[End, ...]
    """Models that are to end, soonest first."""
    loose: tuple[OfferingRow, ...]
    """Offerings that name the author and have no definition in the catalog."""
    availability: tuple[tuple[Ref, int], ...]
    """Providers with the number of the author's models that each offers, most first."""


def authors(world: World, part: str = "1") -> Authors:
    """Make the page of all authors, or a part of it."""
    number, stems = int(part), index_stems(AUTHORS, len(world.authors))
    rows = tuple(world.authors.values())[(number - 1) * INDEXED : number * INDEXED]
    groups = [Group(title, tuple(row for row in rows if row.author.kind is kind)) for kind, title in CATEGORIES.items()]
    groups.append(Group(_UNSORTED, tuple(row for row in rows if row.author.kind is None)))
    return Authors(
        stem=stems[number - 1],
        kind="authors",
        title="Model Authors" if number == 1 else f"Model Authors, page {part}",
        description=f"The {len(world.authors)} labs, companies and people behind the models of this catalog.",
        crumbs=(Ref("Catalog", HOME),) if number == 1 else (Ref("Catalog", HOME), Ref("Authors", AUTHORS)),
        rows=rows,
        part=number,
        parts=parts_near(stems, number),
        after=part_after(stems, number),
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
        card=world.routes.authors[name] + CARD,
        author=about,
        category=CATEGORIES[about.kind] if about.kind else None,
        tags=world.tag_refs(about.tags),
        row=world.authors[name],
        families=world.by_family(rows),
        newest=tuple(row for row in world.newest_by_author[name] if row.model.released)[:5],
        lanes=drawn(_lanes(world, world.newest_by_author[name]), LANES),
        ranges=price_ranges((row.best, row.ref) for row in rows if row.best),
        ending=ahead((end_of_model(world, row.model) for row in rows), world.data_date)[:ENDING_SHOWN],
        loose=tuple(row for row in offerings if not row.offering.model),
        availability=tuple(
            (world.provider_ref(provider), number)
            for provider, number in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ),
    )


def _lanes(world: World, rows: Iterable[ModelRow]) -> list[tuple[ModelRow, Ref]]:
    return [(row, world.family_ref(row.model.family) or Ref(OTHER, "")) for row in islice(rows, DRAWN)]
