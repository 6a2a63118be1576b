"""The pages about models: all models with their comparisons, and each one with every provider that offers it."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import accumulate

from msgspec import Struct

from generator.badges import Badge
from generator.formats import share
from generator.pages.answers import Answer, answers
from generator.pages.controls import abilities, advanced_grids, capability_grids
from generator.pages.disagreements import disagreements
from generator.pages.matrix import Matrix, matrix
from generator.pages.page import CARD, Context
from generator.pages.pairs import query
from generator.pages.routes import AUTHORS, HOME, INDEXED, MODELS
from generator.pages.rows import Grid, Group, ModelRow, OfferingRow, Ref, parts_near, rank_price, writes
from generator.pages.world import OTHER, World
from generator.schema import Author, Model

__all__ = ["ModelList", "ModelPage", "Models", "Stat", "list_numbers", "model", "model_list", "models"]

LISTED = 100
"""Models on one page of the list; the script shows as many."""

WHOLE = 1000
"""Rows of a list that is given whole where nothing can be searched: more would not be shown on GitHub any more."""

COMPARED = 15
OTHERS_SHOWN = 5
LINE_SHOWN = 4


class Stat(Struct, frozen=True):
    """How many models can do one thing."""

    sign: str
    label: str
    count: int
    share: str


class Models(Context, frozen=True, kw_only=True):
    """All models."""

    total: int
    offerings: int
    stats: tuple[Stat, ...]
    families: tuple[Group[ModelRow], ...]
    """Families of two models or more, largest first, complete."""
    large: tuple[Group[ModelRow], ...]
    """As many of them as one page can give whole."""
    small: tuple[Group[ModelRow], ...]
    """The others; of very many the largest."""
    small_more: int
    """How many further ones there are."""
    by_price: tuple[ModelRow, ...]
    """The lowest known prices that are not zero, of models that write."""
    by_context: tuple[ModelRow, ...]
    """The largest context windows."""
    by_features: tuple[ModelRow, ...]
    """The newest models, to compare what they can do."""
    rows: tuple[ModelRow, ...]
    """Every model, by name, if they are not too many for one page; else the first of them."""
    first: tuple[ModelRow, ...]
    """As many of them as a page of the list holds."""
    pages: tuple[Ref, ...]
    """The pages of the list in the HTML edition to go to, this one first; empty where there is no other."""
    loose: tuple[OfferingRow, ...]
    """Every offering of something that has no definition in the catalog, by name, if they are not too many."""
    loose_at: tuple[tuple[Ref, int], ...]
    """If they are: which providers have how many, most first; of very many the first."""
    loose_more: int
    """How many further providers have some."""


class ModelList(Context, frozen=True, kw_only=True):
    """One further page of the list of all models, for readers without the script."""

    rows: tuple[ModelRow, ...]
    pages: tuple[Ref, ...]


class ModelPage(Context, frozen=True, kw_only=True):
    """One model, whoever serves it."""

    model: Model
    row: ModelRow
    author: Author
    author_ref: Ref
    co_authors: tuple[Ref, ...]
    badges: tuple[Badge, ...]
    family: Ref | None
    tags: tuple[Ref, ...]
    parent: Ref | None
    root: Ref | None
    successor: Ref | None
    children: tuple[Ref, ...]
    """Models made from this one."""
    predecessors: tuple[Ref, ...]
    """Models that name this one as what to use instead."""
    offerings: tuple[OfferingRow, ...]
    """Every offering of it, by provider."""
    matrix: Matrix
    """The same side by side: every price and limit, lowest price first."""
    highlights: tuple[Badge, ...]
    """The badges of what goes in and out and what it can do."""
    steering: tuple[Badge, ...]
    """The other badges: how it can be steered."""
    capabilities: tuple[Grid, ...]
    """Tables of what it can do, by subject."""
    line: tuple[ModelRow, ...]
    """Its place in its family.

    Itself and the members released just before and after, oldest first; empty when it is alone.
    """
    disagreements: tuple[tuple[str, str], ...]
    """Facts that its providers, or they and its definition, tell in more than one way: which, and who tells it how."""
    answers: tuple[Answer, ...]
    """What people ask about it, as far as the facts answer."""
    related: tuple[ModelRow, ...]
    """The models most like it, its place in its family left out."""
    others: tuple[Ref, ...]
    """The author's newest other models."""
    more: int
    """How many further models the author has."""
    comparisons: tuple[Ref, ...]
    """Where it stands beside another model."""
    has_settings: bool
    """Whether it is known of any benchmark how it was run."""
    query: str
    """What chooses it on the pages that compare and that reckon costs."""


def models(world: World) -> Models:
    """Make the page of all models."""
    rows = world.models_by_name
    named = [group for group in world.by_family(rows) if group.to or group.title != OTHER]
    families = [group for group in named if len(group.rows) > 1]
    families.sort(key=lambda group: (-len(group.rows), group.title.casefold(), group.title))
    shown = bisect_right([*accumulate(len(group.rows) for group in families)], WHOLE)
    loose = sorted((row for row in world.offerings.values() if not row.offering.model), key=_by_label)
    owners = Counter(row.provider for row in loose).most_common() if len(loose) > WHOLE else []
    priced = [
        (rank_price(row.best.price), row.model.id, row) for row in rows if row.best and writes(row.model.modalities)
    ]
    priced.sort(key=lambda item: item[:2])
    wide = [row for row in rows if row.model.limits.context]
    wide.sort(key=lambda row: (-(row.model.limits.context or 0), row.ref.label.casefold(), row.model.id))
    return Models(
        stem=MODELS,
        kind="models",
        title="All Models",
        description=f"{len(rows)} models compared by price, context window and features.",
        crumbs=(Ref("Catalog", HOME),),
        total=len(rows),
        offerings=len(world.catalog.offerings),
        stats=_stats(rows),
        families=tuple(families),
        large=tuple(families[:shown]),
        small=tuple(families[shown : shown + INDEXED]),
        small_more=max(0, len(families) - shown - INDEXED),
        by_price=tuple(row for _, _, row in priced[:COMPARED]),
        by_context=tuple(wide[:COMPARED]),
        by_features=world.newest[:COMPARED],
        rows=rows[:WHOLE],
        first=rows[:LISTED],
        pages=_list_pages(world, 1),
        loose=tuple(loose) if len(loose) <= WHOLE else (),
        loose_at=tuple(owners[:INDEXED]),
        loose_more=max(0, len(owners) - INDEXED),
    )


def model_list(world: World, number: str) -> ModelList:
    """Make one further page of the list of all models, from 2."""
    first = (int(number) - 1) * LISTED
    return ModelList(
        stem=f"{MODELS}page-{number}",
        kind="list",
        title=f"All Models, page {number}",
        description=f"Page {number} of the list of all models, by name.",
        crumbs=(Ref("Catalog", HOME), Ref("All Models", MODELS)),
        rows=world.models_by_name[first : first + LISTED],
        pages=_list_pages(world, int(number)),
    )


def list_numbers(world: World) -> range:
    """Return the numbers of the further pages of the list of all models."""
    return range(2, -(-len(world.catalog.models) // LISTED) + 1)


def _list_pages(world: World, at: int) -> tuple[Ref, ...]:
    stems = (MODELS, *(f"{MODELS}page-{number}" for number in list_numbers(world)))
    return parts_near(stems, at)


def _by_label(row: OfferingRow) -> tuple[str, str, str]:
    return row.ref.label.casefold(), row.offering.id, row.offering.provider


def _stats(rows: Sequence[ModelRow]) -> tuple[Stat, ...]:
    def tally(sign: str, label: str, has: Callable[[Model], bool | None]) -> Stat:
        number = sum(1 for row in rows if has(row.model))
        return Stat(sign, label, number, share(number, len(rows)))

    return (
        tally("📝", "Text Generation", lambda model: "text" in model.modalities.output),
        tally("👁️", "Vision", lambda model: "image" in model.modalities.input),
        tally("🎵", "Audio", lambda model: "audio" in (*model.modalities.input, *model.modalities.output)),
        tally("🎬", "Video", lambda model: "video" in (*model.modalities.input, *model.modalities.output)),
        tally("🔧", "Function Calling", uses_tools),
        tally("🧠", "Reasoning", lambda model: model.capabilities.reasoning),
        tally("🔓", "Open Weights", lambda model: model.open_weights),
    )


def uses_tools(model: Model) -> bool:
    """Return whether a model is known to work with tools."""
    known = model.capabilities
    return bool(known.tools or known.tool_calls or known.tool_choice)


def model(world: World, name: str) -> ModelPage:
    """Make the page of one model."""
    about = world.catalog.models[name]
    refs = world.model_ref
    able = abilities(about)
    line = _line(world, about)
    others = [row.ref for row in world.newest_by_author[about.author] if row.model.id != name]
    return ModelPage(
        stem=world.routes.models[name],
        kind="model",
        title=about.title,
        description=about.description
        or f"{about.title} by {world.catalog.authors[about.author].name}: facts, providers and prices.",
        crumbs=(Ref("Catalog", HOME), Ref("Authors", AUTHORS), world.author_ref(about.author)),
        source=world.catalog.sources.get(f"model/{name}"),
        overlaid=world.catalog.overlaid.get(f"model/{name}", ()),
        logo=world.author_logo(about.author),
        card=world.routes.authors[about.author] + CARD,
        model=about,
        row=world.models[name],
        author=world.catalog.authors[about.author],
        author_ref=world.author_ref(about.author),
        co_authors=tuple(world.author_ref(other) for other in about.authors if other != about.author),
        badges=able.badges,
        family=world.family_ref(about.family),
        tags=world.tag_refs(about.tags),
        parent=refs(about.lineage.parent) if about.lineage.parent else None,
        root=refs(about.lineage.root) if about.lineage.root and about.lineage.root != name else None,
        successor=refs(about.successor) if about.successor else None,
        children=tuple(refs(other) for other in world.catalog.children.get(name, ())),
        predecessors=tuple(refs(other) for other in world.catalog.predecessors.get(name, ())),
        offerings=world.offerings_of_model(name),
        matrix=matrix(about, world.cheapest_first[name]),
        highlights=able.highlights,
        steering=able.steering,
        capabilities=capability_grids(about) + advanced_grids(about),
        line=line,
        disagreements=disagreements(about, world.cheapest_first[name]),
        answers=answers(
            world.models[name],
            world.cheapest_first[name],
            world.catalog.authors[about.author].name,
            refs(about.successor) if about.successor else None,
            world.free_tiers,
        ),
        related=world.kinship.of(name, (row.model.id for row in line)),
        others=tuple(others[:OTHERS_SHOWN]),
        more=len(others) - len(others[:OTHERS_SHOWN]),
        comparisons=tuple(world.comparison_ref(pair) for pair in world.comparisons_of[name]),
        has_settings=any(it.harness or it.variant or it.dataset for it in about.benchmarks),
        query=query((name,)),
    )


def _line(world: World, about: Model) -> tuple[ModelRow, ...]:
    members = world.catalog.families[about.family] if about.family else ()
    if len(members) < 2:
        return ()
    place = next(i for i, member in enumerate(members) if member.id == about.id)
    return tuple(world.models[member.id] for member in members[max(0, place - LINE_SHOWN) : place + LINE_SHOWN + 1])
