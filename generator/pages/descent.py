"""A family drawn from its oldest member down, what came from what, and what each member can do side by side."""

from collections.abc import Sequence

from msgspec import Struct

from generator.abilities import MAKES, TAKES, name_of
from generator.charts import Ladder, Step, ladder
from generator.pages.capabilities import label
from generator.pages.rows import ModelRow, Ref, hue
from generator.pages.world import World
from generator.schema import Modality, Model

__all__ = ["Abilities", "Descent", "descent", "line", "matrix_of"]

_DRAWN = 40
_COMPARED = 60
_FLAGS = ("tool_calls", "structured_outputs", "reasoning", "reasoning_effort", "web_search", "attachments", "streaming")
_TAKES = (Modality.IMAGE, Modality.AUDIO, Modality.VIDEO, Modality.PDF)
_MAKES = (Modality.IMAGE, Modality.AUDIO, Modality.VIDEO, Modality.EMBEDDING)


class Descent(Struct, frozen=True, kw_only=True):
    """Where a member of a family comes from and what follows it."""

    ref: Ref
    day: str | None
    parent: Ref | None
    relation: str | None
    successor: Ref | None


class Abilities(Struct, frozen=True, kw_only=True):
    """What the members of a family can do: a column for each ability that one of them has."""

    columns: tuple[Ref, ...]
    rows: tuple[tuple[Ref, tuple[bool | None, ...]], ...]


def descent(world: World, rows: Sequence[ModelRow]) -> tuple[Descent, ...]:
    """Return where each of the drawn members comes from, in the order given."""
    return tuple(
        Descent(
            ref=row.ref,
            day=row.model.released,
            parent=world.model_ref(row.model.lineage.parent) if row.model.lineage.parent else None,
            relation=row.model.lineage.relation,
            successor=world.model_ref(row.model.successor) if row.model.successor else None,
        )
        for row in _drawn(rows)
    )


def line(rows: Sequence[ModelRow]) -> Ladder | None:
    """Draw the newest members whose day is known, oldest first; nothing where there are not two."""
    shown = _drawn(rows)
    if len(shown) < 2:
        return None
    places = {row.model.id: place for place, row in enumerate(shown)}
    before: dict[int, list[tuple[int, str]]] = {place: [] for place in places.values()}
    for row in shown:
        here = places[row.model.id]
        made_from, followed_by = places.get(row.model.lineage.parent or ""), places.get(row.model.successor or "")
        if made_from is not None and made_from < here:
            before[here].append((made_from, "made"))
        if followed_by is not None and here < followed_by:
            before[followed_by].append((here, "follows"))
    return ladder([_step(row, tuple(before[places[row.model.id]])) for row in shown])


def _drawn(rows: Sequence[ModelRow]) -> list[ModelRow]:
    return [row for row in rows if row.model.released][-_DRAWN:]


def _step(row: ModelRow, parents: tuple[tuple[int, str], ...]) -> Step:
    model = row.model
    return Step(
        day=model.released or "", label=row.ref.label, to=row.ref.to, hue=hue(model.modalities), parents=parents
    )


def matrix_of(world: World, rows: Sequence[ModelRow]) -> Abilities | None:
    """Return what the newest members can do side by side; nothing for one alone or where nothing is known."""
    shown = rows[-_COMPARED:]
    if len(shown) < 2:
        return None
    columns = [("takes", str(word), TAKES[word]) for word in _TAKES]
    columns += [("makes", str(word), MAKES[word]) for word in _MAKES]
    columns += [("can", flag, name_of(flag)) for flag in _FLAGS]
    facts = [(row, [_has(row.model, how, what) for how, what, _ in columns]) for row in shown]
    kept = [at for at in range(len(columns)) if any(cells[at] for _, cells in facts)]
    if not kept:
        return None
    names = [columns[at][2] for at in kept]
    return Abilities(
        columns=tuple(Ref(label(world, name), world.routes.capabilities[name, 1]) for name in names),
        rows=tuple((row.ref, tuple(cells[at] for at in kept)) for row, cells in reversed(facts)),
    )


def _has(model: Model, how: str, what: str) -> bool | None:
    if how == "can":
        found: bool | None = getattr(model.capabilities, what)
        return found
    words = model.modalities.input if how == "takes" else model.modalities.output
    return what in words if words else None
