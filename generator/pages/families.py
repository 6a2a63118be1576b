"""The pages about families of models: all of them, and each one in the order of its releases."""

from msgspec import Struct

from generator.catalog import Catalog
from generator.charts import Ladder
from generator.formats import plural
from generator.pages.descent import Abilities, Descent, descent, line, matrix_of
from generator.pages.page import Context
from generator.pages.routes import FAMILIES, HOME, INDEXED, index_stems
from generator.pages.rows import ModelRow, OfferingRow, Ref, part_after, parts_near
from generator.pages.world import World

__all__ = ["Families", "FamilyPage", "FamilyRow", "families", "family"]

OFFERINGS_SHOWN = 200


class FamilyRow(Struct, frozen=True, kw_only=True):
    """A family in a list."""

    ref: Ref
    models: int
    offerings: int
    authors: tuple[Ref, ...]
    newest: ModelRow | None
    since: str | None
    """The earliest known release."""


class Families(Context, frozen=True, kw_only=True):
    """All families, or one part of very many."""

    rows: tuple[FamilyRow, ...]
    """Most models first."""
    part: int
    parts: tuple[Ref, ...]
    """The pages that together list them, this one among them; empty where there is no other."""
    after: Ref | None
    """The next of them."""


class FamilyPage(Context, frozen=True, kw_only=True):
    """One family."""

    row: FamilyRow
    models: tuple[ModelRow, ...]
    """Oldest first."""
    ladder: Ladder | None
    """The newest members in time, with what came from what."""
    descent: tuple[Descent, ...]
    """The same as rows."""
    matrix: Abilities | None
    """What the members can do, the newest first."""
    offerings: tuple[OfferingRow, ...]
    """The offerings of the family that have no definition, and those of its models; of very many the first."""
    offerings_more: int


def families(world: World, part: str = "1") -> Families:
    """Make the page of all families, or a part of it."""
    names, number = _by_size(world.catalog), int(part)
    stems = index_stems(FAMILIES, len(names))
    return Families(
        stem=stems[number - 1],
        kind="families",
        title="Model Families" if number == 1 else f"Model Families, page {part}",
        description=f"{len(names)} families of models, with the members of each.",
        crumbs=(Ref("Catalog", HOME),) if number == 1 else (Ref("Catalog", HOME), Ref("Families", FAMILIES)),
        rows=tuple(_row(world, name) for name in names[(number - 1) * INDEXED : number * INDEXED]),
        part=number,
        parts=parts_near(stems, number),
        after=part_after(stems, number),
    )


def family(world: World, name: str) -> FamilyPage:
    """Make the page of one family."""
    row = _row(world, name)
    loose = [world.offerings[offering.key] for offering in world.catalog.loose_by_family.get(name, ())]
    ours = [row for model in world.catalog.families[name] for row in world.offerings_of_model(model.id)]
    members = tuple(world.models[model.id] for model in world.catalog.families[name])
    return FamilyPage(
        stem=world.routes.families[name],
        kind="family",
        title=name,
        description=f"The {name} family: {plural(row.models, 'model')}, {plural(row.offerings, 'offering')}.",
        crumbs=(Ref("Catalog", HOME), Ref("Families", FAMILIES)),
        row=row,
        models=members,
        ladder=line(members),
        descent=descent(world, members),
        matrix=matrix_of(world, members),
        offerings=(*loose, *ours)[:OFFERINGS_SHOWN],
        offerings_more=max(0, len(loose) + len(ours) - OFFERINGS_SHOWN),
    )


def _by_size(catalog: Catalog) -> tuple[str, ...]:
    """Return the names of all families, most models first."""
    served, loose = catalog.offerings_by_model, catalog.loose_by_family
    sizes = {
        name: (-len(models), -sum(len(served[model.id]) for model in models) - len(loose.get(name, ())))
        for name, models in catalog.families.items()
    }
    return tuple(sorted(sizes, key=lambda name: (*sizes[name], name.casefold(), name)))


def _row(world: World, name: str) -> FamilyRow:
    models = [world.models[model.id] for model in world.catalog.families[name]]
    dated = [row for row in models if row.model.released]
    return FamilyRow(
        ref=Ref(name, world.routes.families[name]),
        models=len(models),
        offerings=sum(len(world.catalog.offerings_by_model[row.model.id]) for row in models)
        + len(world.catalog.loose_by_family.get(name, ())),
        authors=tuple(dict.fromkeys(row.author for row in models)),
        newest=dated[-1] if dated else None,
        since=dated[0].model.released if dated else None,
    )
