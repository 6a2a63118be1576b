"""The pages that compare: the one where a reader chooses what, and the ready-made ones of two models."""

from generator.formats import plural
from generator.pages.page import Context
from generator.pages.pairs import query
from generator.pages.routes import COMPARE, HOME
from generator.pages.rows import Group, Ref
from generator.pages.versus import Line, Side, Verdict, verdicts, versus
from generator.pages.world import World

__all__ = ["Compare", "Comparison", "compare", "comparison"]


class Compare(Context, frozen=True, kw_only=True):
    """The page that compares what a reader chooses."""

    groups: tuple[Group[Ref], ...]
    """The ready-made comparisons by the author of the newer model."""
    total: int


class Comparison(Context, frozen=True, kw_only=True):
    """Two models side by side."""

    sides: tuple[Side, ...]
    groups: tuple[Group[Line], ...]
    verdicts: tuple[Verdict, ...]
    """What one has better than the other."""
    query: str
    """What chooses the two on the page where more can be added."""
    others: tuple[Ref, ...]
    """Further comparisons of the two."""


def compare(world: World) -> Compare:
    """Make the page that compares what a reader chooses."""
    found: dict[str, list[Ref]] = {}
    for pair in world.routes.comparisons:
        found.setdefault(world.catalog.models[pair[0]].author, []).append(world.comparison_ref(pair))
    total = len(world.routes.comparisons)
    return Compare(
        stem=COMPARE,
        kind="compare",
        title="Compare",
        description="Two to six models or offerings side by side: prices, limits, capabilities, dates and licenses"
        + (f", and {plural(total, 'comparison')} ready to read." if total else "."),
        crumbs=(Ref("Catalog", HOME),),
        groups=tuple(
            Group(row.author.name, found[name], row.ref.to) for name, row in world.authors.items() if name in found
        ),
        total=total,
    )


def comparison(world: World, one: str, other: str) -> Comparison:
    """Make the page of two models."""
    sides = tuple(_side(world, name) for name in (one, other))
    groups = versus(sides)
    refs = [side.row.ref for side in sides]
    title = " vs ".join(ref.label for ref in refs)
    mine = [pair for name in (one, other) for pair in world.comparisons_of[name] if pair != (one, other)]
    return Comparison(
        stem=world.routes.comparisons[one, other],
        kind="comparison",
        title=title,
        description=f"{title}: prices, limits, capabilities, dates and licenses side by side.",
        crumbs=(Ref("Catalog", HOME), Ref("Compare", COMPARE)),
        sides=sides,
        groups=groups,
        verdicts=verdicts(groups, refs),
        query=query((one, other)),
        others=tuple(world.comparison_ref(pair) for pair in dict.fromkeys(mine)),
    )


def _side(world: World, name: str) -> Side:
    if name not in world.sides:
        row = world.models[name]
        by = world.offerings[row.shown.key] if row.shown else None
        seller = Ref(by.provider.label, by.ref.to) if by else None
        world.sides[name] = Side.of(row, world.offerings_of_model(name), seller)
    return world.sides[name]
