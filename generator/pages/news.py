"""The page about what is new, what is to come and what happened lately, by the dates that the facts state.

Given up: what changed without a date; the page of changes compares two states of the catalog.
"""

from collections.abc import Iterable

from msgspec import Struct

from generator.formats import date, price_pair
from generator.pages.days import is_past
from generator.pages.page import Context
from generator.pages.routes import HOME, NEW
from generator.pages.rows import Group, ModelRow, Ref
from generator.pages.world import World
from generator.schema import Offering, Price

__all__ = ["Happening", "New", "new"]

_NEWEST = 30
_RECENT = 100
_TO_COME = 50


class Happening(Struct, frozen=True, kw_only=True):
    """Something that happened on a day, or is to happen."""

    day: str
    what: str
    """Released, Updated, Deprecated, Retires, Retired or Price."""
    ref: Ref
    owner: Ref
    detail: str
    """What a price was and is."""


class New(Context, frozen=True, kw_only=True):
    """What is new, what is to come and what happened lately."""

    newest: tuple[ModelRow, ...]
    recent: tuple[Group[Happening], ...]
    """The latest days first."""
    recent_more: int
    to_come: tuple[Group[Happening], ...]
    """The next days first."""
    to_come_more: int


def new(world: World) -> New:
    """Make the page of what is new."""
    today = world.data_date
    past, coming = list[Happening](), list[Happening]()
    for happening in _told_once(_happenings(world)):
        is_over = today is None or is_past(happening.day, today) or today.startswith(happening.day)
        (past if is_over else coming).append(happening)
    past.sort(key=_order)
    past.sort(key=lambda happening: happening.day, reverse=True)
    coming.sort(key=lambda happening: (happening.day, *_order(happening)))
    as_of = f" up to {date(today)}" if today else ""
    return New(
        stem=NEW,
        kind="new",
        title="New and coming",
        description=f"The newest models, what is to come, and what happened{as_of}: releases, prices, deprecations.",
        crumbs=(Ref("Catalog", HOME),),
        newest=world.newest[:_NEWEST],
        recent=_by_day(past[:_RECENT]),
        recent_more=max(0, len(past) - _RECENT),
        to_come=_by_day(coming[:_TO_COME]),
        to_come_more=max(0, len(coming) - _TO_COME),
    )


def _happenings(world: World) -> Iterable[Happening]:
    for model in world.catalog.models.values():
        ref, owner = world.model_ref(model.id), world.author_ref(model.author)
        updated = model.updated if model.updated != model.released else None
        days = (
            ("Released", model.released),
            ("Updated", updated),
            ("Deprecated", model.deprecated),
            (_retires(model.retires, world.data_date), model.retires),
        )
        for what, day in days:
            if day:
                yield Happening(day=day, what=what, ref=ref, owner=owner, detail="")
    for offering in world.catalog.offerings.values():
        row = world.offerings[offering.key]
        ref, owner = Ref(row.offering.title, row.ref.to), row.provider
        for what, day in (
            ("Deprecated", offering.deprecated),
            (_retires(offering.retires, world.data_date), offering.retires),
        ):
            if day:
                yield Happening(day=day, what=what, ref=ref, owner=owner, detail="")
        for day, detail in _prices(offering):
            yield Happening(day=day, what="Price", ref=ref, owner=owner, detail=detail)


def _told_once(rows: Iterable[Happening]) -> Iterable[Happening]:
    """Leave out an offering of which the same is told as of a model of its name, by who makes it and serves it."""
    seen = set()
    for row in rows:
        key = (row.day, row.what, row.ref.label, row.owner.label, row.detail)
        if key not in seen:
            seen.add(key)
            yield row


def _retires(day: str | None, today: str | None) -> str:
    return "Retires" if day and today and not is_past(day, today) else "Retired"


def _prices(offering: Offering) -> Iterable[tuple[str, str]]:
    """Yield each day on which a price began, with the one before it."""
    known = [price for price in (*offering.prices, offering.price) if price]
    known.sort(key=lambda price: price.effective_from or "")
    before: Price | None = None
    for price in known:
        if price.effective_from and (before is None or price_pair(before) != price_pair(price)):
            yield price.effective_from, f"{price_pair(before)} → {price_pair(price)}" if before else price_pair(price)
        before = price


def _order(happening: Happening) -> tuple[str, str, str, str]:
    return happening.what, happening.ref.label.casefold(), happening.owner.label.casefold(), happening.ref.to


def _by_day(rows: list[Happening]) -> tuple[Group[Happening], ...]:
    found: dict[str, list[Happening]] = {}
    for row in rows:
        found.setdefault(row.day, []).append(row)
    return tuple(Group(date(day), tuple(group)) for day, group in found.items())
