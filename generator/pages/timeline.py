"""The pages about when models were released: all years, and each year month by month."""

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec import Struct

from generator.charts import Event, Lanes, lanes
from generator.formats import date, plural
from generator.pages.page import Context
from generator.pages.routes import HOME, TIMELINE
from generator.pages.rows import Group, ModelRow, Ref, hue
from generator.pages.world import OTHER, World

__all__ = ["Timeline", "Year", "YearPage", "drawn", "timeline", "year"]

_LANES = 14
_DRAWN = 240
_RECENT = 3


class Year(Struct, frozen=True, kw_only=True):
    """A year in a list."""

    ref: Ref
    models: int
    authors: int
    most: Ref
    """The author of most of its models."""
    most_number: int
    first: ModelRow
    last: ModelRow


class Timeline(Context, frozen=True, kw_only=True):
    """All years."""

    lanes: Lanes | None
    """The newest models, a lane for each of the authors with most of them."""
    years: tuple[Year, ...]
    """The latest first."""
    recent: tuple[Group[ModelRow], ...]
    """The models of the latest months."""
    undated: int
    """How many models have no date."""


class YearPage(Context, frozen=True, kw_only=True):
    """One year."""

    lanes: Lanes | None
    months: tuple[Group[ModelRow], ...]
    """The latest first; what is known to the year only at the end."""
    before: Ref | None
    after: Ref | None


def timeline(world: World) -> Timeline:
    """Make the page of all years."""
    rows = world.newest
    return Timeline(
        stem=TIMELINE,
        kind="timeline",
        title="Timeline",
        description=f"When {plural(len(rows), 'model')} were released.",
        crumbs=(Ref("Catalog", HOME),),
        lanes=drawn((row, row.author) for row in rows[:_DRAWN]),
        years=tuple(_year(world, name) for name in world.routes.years),
        recent=_months(rows)[:_RECENT],
        undated=len(world.models) - len(rows),
    )


def year(world: World, name: str) -> YearPage:
    """Make the page of one year."""
    rows = _of(world, name)
    names = list(world.routes.years)
    place = names.index(name)
    refs = [Ref(other, world.routes.years[other]) for other in names]
    return YearPage(
        stem=world.routes.years[name],
        kind="year",
        title=f"Models of {name}",
        description=f"The {plural(len(rows), 'model')} released in {name}, month by month.",
        crumbs=(Ref("Catalog", HOME), Ref("Timeline", TIMELINE)),
        lanes=drawn((row, row.author) for row in rows[:_DRAWN]),
        months=_months(rows),
        before=refs[place + 1] if place + 1 < len(refs) else None,
        after=refs[place - 1] if place else None,
    )


def drawn(rows: Iterable[tuple[ModelRow, Ref]], shown: int = _LANES) -> Lanes | None:
    """Draw models, each on the lane that it comes with: the lanes with most of them, and one for the rest.

    Nothing where there are not three with different days.
    """
    found = [(row, lane) for row, lane in rows if row.model.released]
    if len({row.model.released for row, _ in found}) < _RECENT:
        return None
    named = _lanes([lane for _, lane in found], shown)
    names = {lane.label for lane in named}
    events = [
        Event(
            lane=lane.label if lane.label in names else OTHER,
            day=row.model.released or "",
            label=row.ref.label,
            to=row.ref.to,
            hue=hue(row.model.modalities),
        )
        for row, lane in found
    ]
    return lanes(events, [(lane.label, lane.to) for lane in named])


def _lanes(of: Sequence[Ref], shown: int) -> list[Ref]:
    counts = Counter(of)
    ranked = sorted(counts, key=lambda lane: (lane.label == OTHER, -counts[lane], lane.label.casefold(), lane.to))
    if len(ranked) <= shown:
        return ranked
    return [lane for lane in ranked[: shown - 1] if lane.label != OTHER] + [Ref(OTHER, "")]


def _of(world: World, name: str) -> list[ModelRow]:
    return [row for row in world.newest if (row.model.released or "").startswith(name)]


def _year(world: World, name: str) -> Year:
    rows = _of(world, name)
    counts = Counter(row.author for row in rows)
    most = min(counts, key=lambda ref: (-counts[ref], ref.label.casefold(), ref.to))
    return Year(
        ref=Ref(name, world.routes.years[name]),
        models=len(rows),
        authors=len(counts),
        most=most,
        most_number=counts[most],
        first=rows[-1],
        last=rows[0],
    )


def _months(rows: Iterable[ModelRow]) -> tuple[Group[ModelRow], ...]:
    found: dict[str, list[ModelRow]] = {}
    for row in rows:
        found.setdefault((row.model.released or "")[:7], []).append(row)
    return tuple(Group(date(month), tuple(group)) for month, group in found.items())
