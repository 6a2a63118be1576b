"""What can change in a catalog, as values: one change, all changes between two days, and what is gone for good.

They are written into the site as JSON and read from there by the next build, which is why they are records.
"""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Any

from generator.schema import Record
from generator.schema.values import PartialDate

__all__ = ["Change", "History", "Kind", "Removed", "Revision", "Thing"]


class Kind(StrEnum):
    """What kind of change; the headings of every list of changes, in their order."""

    ADDED = "added"
    REMOVED = "removed"
    PRICE = "price"
    LIMIT = "limit"
    CAPABILITY = "capability"
    LIFECYCLE = "lifecycle"
    OTHER = "other"


class Thing(StrEnum):
    """What has changed."""

    AUTHOR = "author"
    PROVIDER = "provider"
    MODEL = "model"
    OFFERING = "offering"


class Change(Record):
    """One change: something that came or went, or one fact that is another."""

    kind: Kind
    """Which list it stands in."""
    thing: Thing
    """What kind of thing has changed."""
    key: tuple[str, ...]
    """Its id; an offering's provider before it."""
    name: str
    """Its name for people."""
    fact: str = ""
    """The name of the fact, with dots: `price.input`. None for what came or went."""
    old: Any = None
    """What was said; nothing where nothing was known."""
    new: Any = None
    """What is said now. Of what went: the id of the model to use instead, where that is known."""
    currency: str = "USD"
    """Of an amount of money."""
    percent: Decimal | None = None
    """By how much of itself a price has moved; nothing where that cannot be said."""


class Revision(Record):
    """Everything that changed from one state of the catalog to the next."""

    date: PartialDate | None = None
    """The day that the later facts are from."""
    since: PartialDate | None = None
    """The day that the earlier facts were from."""
    changes: tuple[Change, ...] = ()
    """By kind, then by thing."""


class Removed(Record):
    """Something that had a page and is in the catalog no longer."""

    thing: Thing
    """What it was."""
    key: tuple[str, ...]
    """Its id; an offering's provider before it."""
    name: str
    """Its name for people."""
    stem: str
    """Where its page was, and is: the page that says that it is gone."""
    date: PartialDate | None = None
    """The day of the facts in which it was first missing."""
    model: str | None = None
    """Of an offering: the model that was offered."""
    successor: str | None = None
    """The model to use instead."""


class History(Record):
    """All that a site knows about what was before it."""

    revisions: tuple[Revision, ...] = ()
    """Latest first."""
    removed: tuple[Removed, ...] = ()
    """By the place of their pages."""

    def of(self, kinds: Iterable[Kind]) -> Iterable[tuple[Revision, Change]]:
        """Yield the changes of some kinds, latest first, each with its revision."""
        wanted = frozenset(kinds)
        return (
            (revision, change) for revision in self.revisions for change in revision.changes if change.kind in wanted
        )
