"""What rules look at: the catalog, the day its facts are from, and how far apart facts may be."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from statistics import median
from typing import TypeVar

from msgspec import Struct

from generator.catalog import Catalog
from generator.config import Checks
from generator.documents import Document, Loc
from generator.schema import Offering, Record, Status

__all__ = ["GONE", "Fault", "Rules", "View", "first_day", "is_served", "last_day", "named", "stated"]

GONE = (Status.DEPRECATED, Status.RETIRED)
FEW = 2
"""From how many other values a middle can be told."""


class Fault(Struct, frozen=True):
    """What a rule says about one thing: the keys that state the facts it rests on, the one to blame first.

    It is told where the thing itself states one of them; with `by_itself`, only where it states them all. A provider's
    dates are its own: they contradict each other, not those that the definition fills in.
    """

    message: str
    locs: tuple[Loc, ...]
    by_itself: bool = False


@dataclass(frozen=True, kw_only=True)
class View:
    """What every rule may ask. What is dear to work out is worked out once."""

    catalog: Catalog
    checks: Checks
    today: str
    """The day the facts are from, or an empty text."""
    documents: Mapping[str, Document] = field(default_factory=dict)
    said: dict[tuple[str | None, str], list[tuple[str, Decimal]]] = field(default_factory=dict, init=False, repr=False)
    """What the providers of a model say of something, as far as it was asked for."""

    @cached_property
    def served(self) -> Mapping[str, tuple[Offering, ...]]:
        """The offerings of each model that are not retired."""
        return {model: tuple(filter(is_served, found)) for model, found in self.catalog.offerings_by_model.items()}

    def middle(self, offering: Offering, of: str, value: Callable[[Offering], Decimal | int | None]) -> Decimal | None:
        """Return the middle of what the other providers of an offering's model say, or None where too few say it.

        Args:
            offering: The offering.
            of: What is asked for.
            value: How it is told by an offering.
        """
        model, provider = offering.model, offering.provider
        key = model, of
        if key not in self.said:
            served = self.served.get(model or "", ())
            self.said[key] = [(other.provider, Decimal(said)) for other in served if (said := value(other))]
        found = [said for name, said in self.said[key] if name != provider]
        return median(found) if len(found) >= FEW else None

    @cached_property
    def spellings(self) -> Mapping[str, tuple[str, ...]]:
        """The names of families that look the same without capitals, spaces, dashes and dots; most used first."""
        uses: dict[str, int] = {}
        for facts in (*self.catalog.models.values(), *self.catalog.offerings.values()):
            if facts.family:
                uses[facts.family] = uses.get(facts.family, 0) + 1
        found: dict[str, list[str]] = {}
        for family in sorted(uses, key=lambda name: (-uses[name], name)):
            found.setdefault("".join(filter(str.isalnum, family.casefold())), []).append(family)
        return {family: tuple(names) for names in found.values() for family in names if len(names) > 1}

    @cached_property
    def titles(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The ids of an author's models that have one name, by author and name."""
        found: dict[tuple[str, str], list[str]] = {}
        for model in self.catalog.models.values():
            found.setdefault((model.author, model.title.casefold()), []).append(model.id)
        return {key: tuple(names) for key, names in found.items() if len(names) > 1}

    @cached_property
    def written(self) -> frozenset[str]:
        """Every text that stands where a file may name another thing."""
        found: set[str] = set()
        for about, document in self.documents.items():
            found.add(about.partition("/")[2].partition("/")[0])
            lineage = document.data.get("lineage")
            found.update(_texts(document.data.get(key) for key in ("model", "successor", "provider", "id")))
            found.update(_texts(document.data.get("authors") or ()))
            found.update(_texts(lineage.values() if isinstance(lineage, Mapping) else ()))
        return frozenset(found | {name.partition("/")[0] for name in found})


T = TypeVar("T")
Rules = Mapping[str, Callable[[View, T], Iterator[Fault]]]
"""Rules about one kind of thing, by code."""


def stated(own: Record, loc: Loc) -> bool:
    """Return whether a record itself says what stands at `loc`; everyone states the thing as a whole."""
    here: object = own
    for part in loc:
        if not isinstance(here, Record) or part not in here.model_fields_set:
            return isinstance(part, int)
        here = getattr(here, str(part))
    return True


def is_served(offering: Offering) -> bool:
    """Return whether an offering has not been retired."""
    return offering.status is not Status.RETIRED


def named(text: str) -> str:
    """Return a name from the catalog as messages write it. Backticks in it would end it too early."""
    return "`" + text.replace("`", "'") + "`"


def first_day(date: str) -> str:
    """Return the first day that a date may mean."""
    return date + "-01-01"[len(date) - 4 :] if len(date) < 10 else date


def last_day(date: str) -> str:
    """Return a text that sorts with the last day that a date may mean."""
    return date + "-12-31"[len(date) - 4 :] if len(date) < 10 else date


def _texts(values: Iterable[object]) -> Iterable[str]:
    return (value for value in values if isinstance(value, str))
