"""Two catalogs -> what changed between them: what came, what went, and every fact that is another.

Facts are compared as pages show them, an offering's with what its definition adds: a fact that moves from one to the
other is no change. Not compared: prose, `extensions`, and when a record was written or checked.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from generator.catalog import Catalog
from generator.history.changes import Change, Kind, Thing
from generator.schema import Author, Model, Offering, Provider, Record

__all__ = ["compare", "named"]

Named = Author | Provider | Model | Offering

_KINDS: Mapping[str, Kind] = {
    **dict.fromkeys(("price", "prices"), Kind.PRICE),
    "limits": Kind.LIMIT,
    **dict.fromkeys(
        (
            "attachments", "capabilities", "generation", "modalities", "open_weights", "reasoning", "response", "tools",
            "verbosity",
        ),
        Kind.CAPABILITY,
    ),
    **dict.fromkeys(("status", "released", "deprecated", "retires", "successor", "knowledge"), Kind.LIFECYCLE),
}  # fmt: skip
"""The kind of a change by the first part of its fact; all others are `other`."""

_CENT = Decimal("0.01")
_NOT_COMPARED = {
    "id", "provider", "prose", "extensions", "logo", "checked", "updated", "created_at", "updated_at", "source",
}  # fmt: skip
_THINGS: Mapping[Thing, str] = {
    Thing.AUTHOR: "authors",
    Thing.PROVIDER: "providers",
    Thing.MODEL: "models",
    Thing.OFFERING: "facts",
}


def compare(old: Catalog, new: Catalog) -> tuple[Change, ...]:
    """Return what changed from one catalog to another, by kind, then by thing and id."""
    found = [change for thing in Thing for change in _of_kind(thing, named(old, thing), named(new, thing))]
    kinds, things = list(Kind), list(Thing)
    return tuple(sorted(found, key=lambda it: (kinds.index(it.kind), things.index(it.thing), it.key, it.fact)))


def named(catalog: Catalog, thing: Thing) -> Mapping[tuple[str, ...], Named]:
    """Return all things of a kind by their keys."""
    table: Mapping[Any, Named] = getattr(catalog, _THINGS[thing])
    return {key if isinstance(key, tuple) else (key,): value for key, value in table.items()}


def _of_kind(
    thing: Thing, old: Mapping[tuple[str, ...], Named], new: Mapping[tuple[str, ...], Named]
) -> Iterator[Change]:
    aliases = {alias: key[-1] for key, value in new.items() for alias in getattr(value, "aliases", ())}
    for key, value in old.items():
        if key not in new:
            instead = aliases.get(key[-1]) or getattr(value, "successor", None)
            yield Change(kind=Kind.REMOVED, thing=thing, key=key, name=_name(value), new=instead)
    for key, value in new.items():
        if key not in old:
            yield Change(kind=Kind.ADDED, thing=thing, key=key, name=_name(value))
        elif old[key] != value:
            yield from _facts(thing, key, old[key], value)


def _name(value: Named) -> str:
    return value.title if isinstance(value, Model | Offering) else value.name


def _facts(thing: Thing, key: tuple[str, ...], old: Named, new: Named) -> Iterator[Change]:
    before, after = _flat(old), _flat(new)
    currencies = [str(facts.get("price.currency", "USD")) for facts in (before, after)]
    for fact in sorted(before.keys() | after.keys()):
        was, is_now = before.get(fact), after.get(fact)
        if was != is_now:
            yield Change(
                kind=_kind(fact),
                thing=thing,
                key=key,
                name=_name(new),
                fact=fact,
                old=was,
                new=is_now,
                currency=currencies[1],
                percent=_percent(was, is_now) if _kind(fact) is Kind.PRICE and currencies[0] == currencies[1] else None,
            )


def _kind(fact: str) -> Kind:
    first, _, rest = fact.partition(".")
    if first == "modes" and rest.split(".")[1:2] == ["price"]:
        return Kind.PRICE
    return _KINDS.get(first, Kind.OTHER)


def _percent(old: Any, new: Any) -> Decimal | None:
    """Return by how much an amount has moved, in percent of what it was; nothing from nothing, and of no amount."""
    if not isinstance(old, Decimal) or not isinstance(new, Decimal) or not old:
        return None
    return ((new - old) / old * 100).quantize(_CENT)


def _flat(value: Record) -> dict[str, Any]:
    """Return the facts of a record by their dotted names."""
    return dict(_leaves(value.model_dump(exclude=_NOT_COMPARED, exclude_none=True), ""))


def _leaves(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from _leaves(below, f"{name}.{key}" if name else str(key))
    elif isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        for label, item in _rows(value):
            yield from _leaves(item, f"{name}.{label}")
    elif isinstance(value, list | tuple | set | frozenset):
        if value:
            yield name, ", ".join(map(str, value))
    else:
        yield name, value if isinstance(value, bool | int | Decimal) else str(value)


def _rows(rows: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """Yield each row by what tells it from the others wherever it stands: the size of a tier, a day, a name."""
    seen: set[str] = set()
    for i, row in enumerate(rows):
        key = next((key for key in ("above", "effective_from", "name", "url") if key in row), None)
        label = str(row[key]) if key else str(i)
        if label in seen:
            label = f"{label}.{i}"
        seen.add(label)
        yield label, {name: value for name, value in row.items() if name != key} or True
