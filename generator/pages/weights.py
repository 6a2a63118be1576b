"""The pages about models whose weights can be downloaded: licence, size, and where they are."""

from collections import Counter

from generator.formats import plural
from generator.pages.page import Context
from generator.pages.routes import HOME, PART, WEIGHTS
from generator.pages.rows import ModelRow, Ref, part_after, parts_near
from generator.pages.world import World

__all__ = ["OpenWeights", "open_weights"]


class OpenWeights(Context, frozen=True, kw_only=True):
    """One part of the models whose weights can be downloaded."""

    total: int
    licences: tuple[tuple[str, int], ...]
    """Licences as their sources write them, with the number of models of each, most first."""
    without_licence: int
    rows: tuple[ModelRow, ...]
    """The newest first."""
    loose: int
    """Offerings with open weights that have no definition."""
    cheapest: Ref | None
    """The list of the same by price."""
    part: int
    parts: tuple[Ref, ...]
    after: Ref | None


def open_weights(world: World, part: str) -> OpenWeights:
    """Make a part of the page of open weights."""
    rows, number, stems = world.open_weights, int(part), world.routes.weights
    licences = Counter(row.model.license for row in rows if row.model.license)
    able = world.catalog.able.get("open-weights")
    title = "Open weights" if number == 1 else f"Open weights, part {part}"
    return OpenWeights(
        stem=stems[number - 1],
        kind="open-weights",
        title=title,
        description=f"{plural(len(rows), 'model')} whose weights can be downloaded, with license, size and links.",
        crumbs=(Ref("Catalog", HOME),) if number == 1 else (Ref("Catalog", HOME), Ref("Open weights", WEIGHTS)),
        total=len(rows),
        licences=tuple(sorted(licences.items(), key=lambda item: (-item[1], item[0].casefold(), item[0]))),
        without_licence=len(rows) - sum(licences.values()),
        rows=rows[(number - 1) * PART : number * PART],
        loose=len(able.loose) if able else 0,
        cheapest=Ref("open weights by price", world.routes.capabilities["open-weights", 1]) if able else None,
        part=number,
        parts=parts_near(stems, number),
        after=part_after(stems, number),
    )
