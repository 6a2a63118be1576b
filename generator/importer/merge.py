"""A file that a source and a person have both written: compared three ways, fact by fact, put back with its comments.

What only the source changed is taken from it, what only the person changed stays. What both changed stays as the person
has it, and is told.
"""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from generator.documents import Document
from generator.importer.ledger import digests
from generator.sources.yaml_text import block

__all__ = ["Merged", "merge", "rewritten"]


class Merged(Struct, frozen=True, kw_only=True):
    """What a file has to state now."""

    facts: Mapping[str, Any]
    by_hand: tuple[str, ...] = ()
    """The facts that stay as a person has them."""
    conflicts: tuple[str, ...] = ()
    """Those of them that the source has changed too."""


def merge(ours: Mapping[str, Any], theirs: Mapping[str, Any], before: Mapping[str, str]) -> Merged:
    """Return what comes of the facts of a file, those of the source, and digests of what the source said before."""
    mine, new = digests(ours), digests(theirs)
    facts: dict[str, Any] = {}
    by_hand, conflicts = [], []
    for name in dict.fromkeys((*theirs, *ours)):
        held, said, was = mine.get(name), new.get(name), before.get(name)
        if held in (said, was):
            facts |= {name: theirs[name]} if name in theirs else {}
            continue
        facts |= {name: ours[name]} if name in ours else {}
        by_hand.append(name)
        if said != was:
            conflicts.append(name)
    return Merged(facts=facts, by_hand=tuple(by_hand), conflicts=tuple(conflicts))


def rewritten(document: Document, data: Mapping[str, Any], changed: Collection[str]) -> str:
    """Return the YAML text of a document stating `data`: all but what has `changed` keeps lines and comments."""
    if any(document.locate((key,), key=True)[1] != 1 for key in document.data):
        return block(data)  # the keys do not stand in the first column: one pair of braces, most likely
    lines: list[str] = []
    for key, part in _parts(document):
        if key not in changed:
            lines += part
        elif key in data:
            lines += block({key: data[key]}).splitlines()
    new = {key: value for key, value in data.items() if key not in document.data}
    return "\n".join((*lines, *block(new).splitlines())).rstrip("\n") + "\n"


def _parts(document: Document) -> list[tuple[str, list[str]]]:
    """Return the lines of each key; under an empty key those between: comments in the first column, blank ones."""
    lines = document.yaml_text.rstrip("\n").split("\n")
    starts = [(document.locate((key,), key=True)[0] - document.first_line - 1, key) for key in document.data]
    found: list[tuple[str, list[str]]] = [("", lines[: starts[0][0]] if starts else lines)]
    for (first, key), (end, _) in zip(starts, [*starts[1:], (len(lines), "")], strict=True):
        last = end
        while last > first + 1 and (not lines[last - 1].strip() or lines[last - 1].startswith("#")):
            last -= 1
        found += [(key, lines[first:last]), ("", lines[last:end])]
    return found
