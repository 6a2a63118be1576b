"""The pages about the time before: what has changed, and one in the place of each page that is gone."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from generator.formats import plural
from generator.history import Change, Kind, Removed, Revision, Thing
from generator.history.words import HEADINGS, fact, identity, move, sides
from generator.pages.page import Context
from generator.pages.routes import AUTHORS, CHANGES, HOME, PROVIDERS
from generator.pages.rows import Ref
from generator.pages.world import World

__all__ = ["ChangeGroup", "ChangeRow", "Changes", "Gone", "RevisionView", "changes", "gone"]

SHOWN = 300
"""Changes of one kind that are listed for each revision; all are counted, and `api/v1/changes.json` has them."""
REVISIONS = 12
"""Revisions with more than a line on the page."""


class ChangeRow(Struct, frozen=True, kw_only=True):
    """One change in a list."""

    ref: Ref | None
    """The page of the thing, or the one in its place."""
    label: str
    thing: str
    id: str
    owner: Ref | None
    """The provider of an offering."""
    fact: str
    old: str
    new: str
    move: str
    """By how much a price has moved."""
    instead: Ref | None
    """What to use instead of what is gone."""


class ChangeGroup(Struct, frozen=True, kw_only=True):
    """The changes of one kind in a revision."""

    kind: str
    title: str
    anchor: str
    total: int
    rows: tuple[ChangeRow, ...]
    more: int
    """How many are not listed."""


class RevisionView(Struct, frozen=True, kw_only=True):
    """What changed from one state of the catalog to the next."""

    title: str
    anchor: str
    date: str | None
    since: str | None
    total: int
    groups: tuple[ChangeGroup, ...]


class Changes(Context, frozen=True, kw_only=True):
    """What has changed, latest first."""

    revisions: tuple[RevisionView, ...]
    earlier: int
    """Revisions that are not shown."""
    removed: tuple[Ref, ...]
    """The pages of what is gone."""


class Gone(Context, frozen=True, kw_only=True):
    """The page in the place of one that is gone."""

    thing: str
    id: str
    date: str | None
    owner: Ref | None
    """The author or provider, where it is still there."""
    model: Ref | None
    """Of an offering: the model that was offered."""
    successor: Ref | None
    """What to use instead."""
    changes: Ref
    """Where all changes are told."""


def changes(world: World) -> Changes:
    """Make the page of changes."""
    history = world.told
    shown = history.revisions[:REVISIONS]
    total = sum(len(revision.changes) for revision in shown)
    places = {(removed.thing, removed.key): removed for removed in history.removed}
    return Changes(
        stem=CHANGES,
        kind="changes",
        title="Changes",
        description=f"{plural(total, 'change')} in {plural(len(shown), 'revision')} of the catalog.",
        crumbs=(Ref("Catalog", HOME),),
        revisions=tuple(_revision(world, revision, i, places) for i, revision in enumerate(shown)),
        earlier=len(history.revisions) - len(shown),
        removed=tuple(Ref(f"{it.name} ({'/'.join(it.key)})", it.stem) for it in history.removed[:SHOWN]),
    )


Places = dict[tuple[Thing, tuple[str, ...]], Removed]


def _revision(world: World, revision: Revision, place: int, places: Places) -> RevisionView:
    anchor = revision.date or "undated"
    anchor = f"{anchor}-{place}" if any(r.date == revision.date for r in world.told.revisions[:place]) else anchor
    return RevisionView(
        title=revision.date or "Without a date",
        anchor=anchor,
        date=revision.date,
        since=revision.since,
        total=len(revision.changes),
        groups=tuple(_groups(world, revision.changes, anchor, places)),
    )


def _groups(world: World, made: Iterable[Change], anchor: str, places: Places) -> Iterator[ChangeGroup]:
    for kind in Kind:
        rows = [change for change in made if change.kind is kind]
        if rows:
            yield ChangeGroup(
                kind=kind,
                title=HEADINGS[kind],
                anchor=f"{anchor}-{kind}",
                total=len(rows),
                rows=tuple(_row(world, change, places) for change in rows[:SHOWN]),
                more=max(len(rows) - SHOWN, 0),
            )


def _row(world: World, change: Change, places: Places) -> ChangeRow:
    old, new = sides(change)
    instead = _model(world, change.new) if change.kind is Kind.REMOVED else None
    return ChangeRow(
        ref=_page(world, change, places),
        label=change.name,
        thing=change.thing.capitalize(),
        id=identity(change),
        owner=_owner(world, change.thing, change.key) if change.thing is Thing.OFFERING else None,
        fact=fact(change) if change.fact else "",
        old=old,
        new=new,
        move=move(change),
        instead=instead,
    )


def _page(world: World, change: Change, places: Places) -> Ref | None:
    """Return the page of what has changed, wherever it is now; nothing when it has none."""
    routes, key = world.routes, change.key
    if change.thing is Thing.OFFERING:
        stem = routes.offerings.get((key[0], key[-1]))
    else:
        stem = getattr(routes, f"{change.thing}s").get(key[-1])
    if stem is None and (removed := places.get((change.thing, key))):
        stem = removed.stem
    return Ref(change.name, stem) if stem is not None else None


def _model(world: World, name: object) -> Ref | None:
    return world.model_ref(name) if isinstance(name, str) and name in world.catalog.models else None


def _owner(world: World, thing: Thing, key: tuple[str, ...]) -> Ref | None:
    """Return who made or serves something, where they are still there."""
    if thing is Thing.MODEL:
        author = key[0].partition("/")[0]
        return world.author_ref(author) if author in world.catalog.authors else None
    if thing is Thing.OFFERING:
        return world.provider_ref(key[0]) if key[0] in world.catalog.providers else None
    return None


_ABOVE = {
    Thing.AUTHOR: Ref("Authors", AUTHORS),
    Thing.MODEL: Ref("Authors", AUTHORS),
    Thing.PROVIDER: Ref("Providers", PROVIDERS),
    Thing.OFFERING: Ref("Providers", PROVIDERS),
}


def gone(world: World, stem: str) -> Gone:
    """Make the page in the place of one that is gone."""
    removed = next(removed for removed in world.told.removed if removed.stem == stem)
    owner = _owner(world, removed.thing, removed.key)
    since = f" since {removed.date}" if removed.date else ""
    return Gone(
        stem=stem,
        kind="gone",
        title=removed.name,
        description=f"{removed.name} is no longer in the catalog{since}.",
        crumbs=(Ref("Catalog", HOME), _ABOVE[removed.thing], *((owner,) if owner else ())),
        thing=removed.thing,
        id="/".join(removed.key),
        date=removed.date,
        owner=owner,
        model=_model(world, removed.model),
        successor=_model(world, removed.successor),
        changes=Ref("Changes", CHANGES),
    )
