"""The page about what ends: soon, later, at a time that nobody says, and what has ended, each with what follows it."""

from collections.abc import Iterable

from msgspec import Struct

from generator.formats import plural
from generator.pages.days import in_words, is_past, is_within
from generator.pages.page import Context
from generator.pages.routes import HOME, LIFECYCLE
from generator.pages.rows import OfferingRow, Ref
from generator.pages.world import World
from generator.schema import Facts, Model, Status

__all__ = ["SOON", "End", "Lifecycle", "Stage", "ahead", "end_of_model", "end_of_offering", "lifecycle"]

SOON = 90
"""So many days after the day of the facts are soon."""
_SHOWN = 150


class End(Struct, frozen=True, kw_only=True):
    """A model or an offering that ends or has ended."""

    ref: Ref
    owner: Ref
    """The author of a model, the provider of an offering."""
    is_model: bool
    status: Status | None
    deprecated: str | None
    retires: str | None
    away: str
    """How far away that is."""
    successor: Ref | None


class Stage(Struct, frozen=True, kw_only=True):
    """What is at one point of its end."""

    name: str
    """soon, later, deprecated or retired."""
    title: str
    meaning: str
    total: int
    rows: tuple[End, ...]
    more: int


class Lifecycle(Context, frozen=True, kw_only=True):
    """What ends."""

    stages: tuple[Stage, ...]
    """All four, also those that hold nothing."""
    calendar: bool
    """Whether there is a file for calendar programs."""


def lifecycle(world: World) -> Lifecycle:
    """Make the page of what ends."""
    today = world.data_date
    found: dict[str, list[End]] = {"soon": [], "later": [], "deprecated": [], "retired": []}
    for end in _told_once(_all(world)):
        found[_stage(end, today)].append(end)
    for name in ("soon", "later"):
        found[name].sort(key=lambda end: (end.retires or "", *_by_name(end)))
    found["deprecated"].sort(key=_by_name)
    found["retired"].sort(key=_by_name)
    found["retired"].sort(key=lambda end: end.retires or "", reverse=True)
    announced = len(found["soon"]) + len(found["later"])
    return Lifecycle(
        stem=LIFECYCLE,
        kind="lifecycle",
        title="Lifecycle",
        description=f"What ends: {plural(announced, 'announced retirement')}, {len(found['soon']):,} of them "
        f"within {SOON} days, with what to use instead.",
        crumbs=(Ref("Catalog", HOME),),
        stages=(
            _told("soon", f"Within {SOON} days", f"Stops working within {SOON} days of the day of the facts", found),
            _told("later", "Later", "Stops working on a day that is announced", found),
            _told("deprecated", "Deprecated", "Should not be used any more; no day of its end is known", found),
            _told("retired", "Retired", "Does not work any more", found),
        ),
        calendar="ics" in world.settings.exports,
    )


def end_of_model(world: World, model: Model) -> End | None:
    """Return the end of a model, where it has one."""
    if not _ends(model):
        return None
    return _end(world, model, world.model_ref(model.id), world.author_ref(model.author), is_model=True)


def end_of_offering(world: World, row: OfferingRow) -> End | None:
    """Return the end of an offering, where it has one."""
    of = row.offering
    return _end(world, of, Ref(of.title, row.ref.to), row.provider, is_model=False) if _ends(of) else None


def ahead(found: Iterable[End | None], today: str | None) -> tuple[End, ...]:
    """Return what has not ended yet, soonest first, what has no day last."""
    rows = [end for end in found if end and _stage(end, today) != "retired"]
    return tuple(sorted(rows, key=lambda end: (end.retires or "9999", *_by_name(end))))


def _all(world: World) -> Iterable[End | None]:
    yield from (end_of_model(world, model) for model in world.catalog.models.values())
    yield from (end_of_offering(world, row) for row in world.offerings.values())


def _told_once(found: Iterable[End | None]) -> Iterable[End]:
    """Leave out an offering of which the same is told as of a model of its name, by who makes it and serves it."""
    seen = set()
    for end in found:
        key = end and (end.ref.label, end.owner.label, end.status, end.deprecated, end.retires, end.successor)
        if end and key not in seen:
            seen.add(key)
            yield end


def _ends(of: Facts) -> bool:
    return bool(of.retires or of.deprecated) or of.status in (Status.DEPRECATED, Status.RETIRED)


def _end(world: World, of: Facts, ref: Ref, owner: Ref, *, is_model: bool) -> End:
    return End(
        ref=ref,
        owner=owner,
        is_model=is_model,
        status=of.status,
        deprecated=of.deprecated,
        retires=of.retires,
        away=in_words(of.retires, world.data_date) if of.retires else "",
        successor=world.model_ref(of.successor) if of.successor else None,
    )


def _stage(end: End, today: str | None) -> str:
    if end.status is Status.RETIRED or (end.retires and is_past(end.retires, today)):
        return "retired"
    if end.retires is None:
        return "deprecated"
    return "soon" if is_within(end.retires, today, SOON) else "later"


def _by_name(end: End) -> tuple[str, str, str]:
    return end.ref.label.casefold(), end.owner.label.casefold(), end.ref.to


def _told(name: str, title: str, meaning: str, found: dict[str, list[End]]) -> Stage:
    rows = found[name]
    return Stage(
        name=name,
        title=title,
        meaning=meaning,
        total=len(rows),
        rows=tuple(rows[:_SHOWN]),
        more=max(0, len(rows) - _SHOWN),
    )
