"""Where a value stands in a JSON text, worked out a second time and only for a text in which something is wrong."""

import json
import re
from collections.abc import Collection, Iterator
from collections.abc import Set as AbstractSet
from typing import TypeAlias

from generator.documents import Loc

__all__ = ["locate"]

_BETWEEN = re.compile(r"[\s,:]*")
_DECODER = json.JSONDecoder()
_Asked: TypeAlias = tuple[AbstractSet[Loc], AbstractSet[Loc]]
"""The places that are looked for with all that hold one, and those that hold one."""


def locate(text: str, locs: Collection[Loc]) -> dict[Loc, tuple[int, int]]:
    """Return line and column of each key, or item of a list, at `locs`; of its parent where there is none.

    The text has to be JSON, as it is once it was parsed.
    """
    parents = {loc[:end] for loc in locs for end in range(len(loc))}
    start = _after(text, 0)
    offsets: dict[Loc, int] = {(): start}
    _visit(text, start, (), (parents.union(locs), parents), offsets)
    return {loc: _place(text, next(offsets[up] for up in _upwards(loc) if up in offsets)) for loc in locs}


def _visit(text: str, start: int, here: Loc, asked: _Asked, offsets: dict[Loc, int]) -> None:
    """Note the offsets of what is asked for below the object or the list that begins at `start`."""
    wanted, parents = asked
    for key, at, value in _members(text, start):
        loc = (*here, key)
        if loc in wanted:
            offsets[loc] = at
            if loc in parents:
                _visit(text, value, loc, asked, offsets)


def _members(text: str, start: int) -> Iterator[tuple[str | int, int, int]]:
    """Yield key, offset of the key and offset of the value of every member; nothing for what has no members."""
    if text[start] not in "{[":
        return
    at, index = _after(text, start + 1), 0
    while text[at] not in "}]":
        key: str | int = index
        value = at
        if text[start] == "{":
            key, end = _DECODER.raw_decode(text, at)
            value = _after(text, end)
        yield key, at, value
        at, index = _after(text, _DECODER.raw_decode(text, value)[1]), index + 1


def _after(text: str, at: int) -> int:
    """Return the offset of what comes next, behind white space and punctuation."""
    found = _BETWEEN.match(text, at)
    return found.end() if found else at


def _upwards(loc: Loc) -> Iterator[Loc]:
    return (loc[:end] for end in range(len(loc), -1, -1))


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
