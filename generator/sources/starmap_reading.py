"""One record of a Starmap catalog while its facts are taken out of it, each with the place where it stood.

What is taken becomes a fact of our schema; what is left in the end becomes `extensions`, in the source's own shape. So
nothing is lost, whichever keys a version of Starmap writes, and a fault in a fact is told with the line of the source
that states it. Given up: a value that says nothing (null, blank, an empty list), which is the same as no value.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, TypeVar

from pydantic import ValidationError

from generator.documents import Document, Loc
from generator.errors import ContentError, Problem, Severity
from generator.faults import explain, shown
from generator.schema import Record

__all__ = ["Reading"]

M = TypeVar("M", bound=Record)
_WHEN = re.compile(r"(\d{4}(?:-\d{2}){0,2})(?:[T ](\S+))?\Z", re.ASCII)
_MIDNIGHT = re.compile(r"00:00(:00(\.0+)?)?(Z|[+-]\d{2}:?\d{2})?\Z", re.ASCII)


@dataclass(slots=True)
class Reading:
    """A record being read: `left` is what nobody took yet, `facts` what was taken, under our names."""

    document: Document
    left: dict[str, Any] = field(init=False)
    facts: dict[Any, Any] = field(default_factory=dict)
    places: dict[Loc, Loc] = field(default_factory=dict)
    faults: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = _copy(self.document.data)

    def see(self, *loc: int | str) -> Any:
        """Return what stands at `loc` and leave it there; None when it is absent, null, blank or empty."""
        return _value(self._holder(loc), loc[-1])

    def take(self, *loc: int | str) -> Any:
        """Return what stands at `loc` and remove it; None when it says nothing."""
        holder = self._holder(loc)
        value = _value(holder, loc[-1])
        if isinstance(holder, dict):
            holder.pop(loc[-1], None)
        return value

    def mapping(self, *loc: int | str) -> Mapping[str, Any]:
        """Return the mapping at `loc` and leave it there; report anything else."""
        value = self.see(*loc)
        if value is None or isinstance(value, dict):
            return value or {}
        self._fault(loc, f"has to hold `key: value` lines, not {shown(value)}")
        return {}

    def items(self, *loc: int | str) -> list[tuple[Loc, Mapping[str, Any]]]:
        """Return place and value of each mapping of the list at `loc` and leave it there; report anything else."""
        value = self.see(*loc)
        if value is not None and not isinstance(value, list):
            self._fault(loc, f"has to be a list, not {shown(value)}")
            return []
        return [((*loc, i), item) for i, _ in enumerate(value or ()) if (item := self.mapping(*loc, i))]

    def move(self, source: str, target: str) -> None:
        """Take the value at a dotted place of the source as the fact at a dotted place of ours."""
        self.put(_loc(target), self.take(*_loc(source)), _loc(source))

    def gather(self, source: Loc, target: Loc, names: Mapping[str, str]) -> None:
        """Take several values below `source` as facts below `target`: our name by the source's dotted name."""
        for theirs, ours in names.items():
            place = (*source, *_loc(theirs))
            self.put((*target, ours), self.take(*place), place)

    def put(self, target: Loc, value: Any, source: Loc) -> None:
        """State a fact that stands at `source`; None states nothing, but says where the fact would stand."""
        self.places[target] = source
        if value is None:
            return
        here = self.facts
        for part, after in pairwise(target):
            here = _below(here, part, [] if isinstance(after, int) else {})
        here[target[-1]] = value

    def states(self, *target: int | str) -> bool:
        """Return whether there is a fact at `target` or below it."""
        here: Any = self.facts
        for part in target:
            if part not in (here if isinstance(here, dict) else range(len(here))):
                return False
            here = here[part]
        return True

    def move_date(self, source: Loc, target: Loc) -> None:
        """Take a date or the date of a timestamp as a fact; one that cannot be is reported and left."""
        value = self.see(*source)
        found = _WHEN.match(value) if isinstance(value, str) else None
        if isinstance(value, str) and not (found and _is_date(found[1])):
            self.warn(source, f"there is no such date: {shown(value)}", "the date is taken as not known")
        else:
            self.put(target, found[1] if found else value, source)
            self.take(*source)

    def has_time_of_day(self, *loc: int | str) -> bool:
        """Return whether the value at `loc` is a timestamp that is not at midnight."""
        found = _WHEN.match(str(self.see(*loc)))
        return bool(found and found[2] and not _MIDNIGHT.match(found[2]))

    def warn(self, loc: Loc, message: str, hint: str = "") -> None:
        """Report something that the real catalogs hold, and that the rest can be built without."""
        self.warnings.append(self.document.problem(loc, message, hint=hint, severity=Severity.WARNING))

    def build(self, model: type[M], **extra: object) -> M:
        """Return the facts as a `model` with what is left as extensions; raise `ContentError` with every fault."""
        facts = {**self.facts, **extra, **self._extensions()}
        faults = list(self.faults)
        try:
            value = model.model_validate(facts)
        except ValidationError as error:
            for fault in error.errors(include_url=False):
                told = explain(model, fault)
                place = self._source(tuple(told.loc))
                faults.append(self.document.problem(place, told.message, hint=told.hint, key=told.at_key))
            raise ContentError(faults) from None
        if faults:
            raise ContentError(faults)
        return value

    def _extensions(self) -> dict[str, dict[str, Any]]:
        """Return what is left: the source's own `extensions` under their names, all else under `starmap`."""
        left = _pruned(self.left)
        theirs = left.pop("extensions", {})
        found = dict(theirs) if isinstance(theirs, dict) else {"starmap": {"extensions": theirs}}
        if left:
            own = found.get("starmap")
            found["starmap"] = {**(own if isinstance(own, dict) else {}), **left}
        return {"extensions": found} if found else {}

    def _source(self, target: Loc) -> Loc:
        """Return the place in the source of a fact, or of the nearest thing around it."""
        for end in range(len(target), 0, -1):
            if target[:end] in self.places:
                return (*self.places[target[:end]], *target[end:])
        return target

    def _holder(self, loc: Loc) -> Any:
        """Return what holds the last part of `loc`; report a value that stands where a mapping has to be."""
        here: Any = self.left
        for depth, part in enumerate(loc[:-1], start=1):
            here = here.get(part) if isinstance(here, dict) else here[part]
            if here is None:
                return None
            if not isinstance(here, list if isinstance(loc[depth], int) else dict):
                self._fault(loc[:depth], f"has to hold `key: value` lines, not {shown(here)}")
                return None
        return here

    def _fault(self, loc: Loc, message: str) -> None:
        problem = self.document.problem(loc, message)
        if problem not in self.faults:
            self.faults.append(problem)


def _value(holder: Any, part: int | str) -> Any:
    value = holder.get(part) if isinstance(holder, dict) else holder and holder[part]
    return None if _is_nothing(value) else value


def _copy(value: Any) -> Any:
    """Return plain data as a copy that can be taken apart."""
    if isinstance(value, dict):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value


def _is_nothing(value: object) -> bool:
    return (
        value is None
        or (isinstance(value, str) and not value.strip())
        or (isinstance(value, dict | list) and not value)
    )


def _is_date(text: str) -> bool:
    """Return whether there is such a year, month or day, within the years that the schema knows."""
    try:
        return 1950 <= date.fromisoformat((text + "-01-01")[:10]).year <= 2100
    except ValueError:
        return False


def _loc(dotted: str) -> tuple[str, ...]:
    return tuple(dotted.split("."))


def _below(here: Any, part: int | str, empty: Any) -> Any:
    if isinstance(here, dict):
        return here.setdefault(part, empty)
    here.extend({} for _ in range(len(here), int(part) + 1))
    return here[part]


def _pruned(value: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping without what says nothing: nulls, blanks, and what is empty once those are gone."""
    found = {key: _pruned(item) if isinstance(item, dict) else item for key, item in value.items()}
    return {key: item for key, item in found.items() if not _is_nothing(item) and not _is_hollow(item)}


def _is_hollow(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) and not _pruned(item) for item in value)
