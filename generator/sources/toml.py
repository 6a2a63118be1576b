"""TOML text -> a plain mapping, as tomllib reads it and several times as fast, and the place of a key in it.

A checkout holds thousands of small files that say the same few things: `true`, `["text"]`, `[cost]`. They are cut into
lines `key = value`, and each different key and value is looked at once. A file that is not of that shape, or wrong,
goes to tomllib as a whole, so that there is one judge of what TOML is. Numbers with a fraction are exact decimals, and
dates and times are text, as in every other source.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Any

from generator.documents import Loc
from generator.errors import ContentError, Problem
from generator.sources.bounds import check, plain_strings, refusal

__all__ = ["Reader", "locate"]

MAX_DOTS = 64
"""Parts of a dotted key: tomllib takes the square of their number in time and memory."""
MAX_VALUE = 500
"""Characters of a value that is read by itself."""
MAX_KEPT = 40
"""Characters of a text in quotes that is kept for the next one like it."""

# Key and value; brackets and path of a header; a comment or a blank line.
_LINE = re.compile(r"[ \t]*(?:([\w-]+)[ \t]*=[ \t]*(\S.*)|(\[\[?)([\w.-]+)(\]\]?)[ \t]*|#.*|)\Z", re.ASCII)
# As tomllib reads most numbers too.
_NUMBER = re.compile(r"(?:0|[1-9](?:_?[0-9]){,19})(?:\.[0-9]{1,9})?\Z", re.ASCII)
_KEY = r"""(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')"""
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)[ \t]*\]\]?[ \t]*(?:#.*)?\Z", re.ASCII)
_PAIR = re.compile(rf"[ \t]*({_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)[ \t]*=[ \t]*(.*)", re.ASCII)
_PART = re.compile(_KEY, re.ASCII)
_DOTTED = re.compile(rf"(?<![\w-])(?:{_KEY}[ \t]*+\.[ \t]*+){{{MAX_DOTS}}}", re.ASCII)
_PLACE = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)\Z")


class _NotPlain(Exception):
    """The text has something in it that only tomllib can judge."""


class _Values(dict[str, Any]):
    """What was read of every value so far, by its text."""

    def __missing__(self, text: str) -> Any:
        if text[0] == '"' and text[-1] == '"' and text.count('"') == 2 and "\\" not in text:
            value: Any = text[1:-1]
            if len(text) > MAX_KEPT:
                return value
        elif _NUMBER.match(text):
            value = Decimal(text) if "." in text else int(text)
        elif len(text) > MAX_VALUE or "\\" in text:
            raise _NotPlain
        else:
            try:
                value = tomllib.loads(f"v = {text}", parse_float=Decimal)["v"]
                check(value, MAX_DOTS // 2)
                value = _dated(value)
            except (ValueError, ArithmeticError, RecursionError):
                raise _NotPlain from None
        self[text] = value
        return value


@dataclass(slots=True)
class Reader:
    """Reads many files. `values` holds what was read of every value so far; it is shared and must not be changed."""

    values: _Values = field(default_factory=_Values)
    keys: set[str] = field(default_factory=set)
    """Every key so far that has a line like `key = value`."""
    headers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """What every line of a header so far holds."""

    def parse(self, text: str, shown: str) -> dict[str, Any]:
        """Return the mapping that `text` holds; raise `ContentError`, calling the file `shown`, when it is not TOML."""
        try:
            return self._plain(text)
        except _NotPlain:
            return _whole(text, shown)

    def _plain(self, text: str) -> dict[str, Any]:
        root: dict[str, Any] = {}
        table, tables, arrays = root, dict[str, dict[str, Any]](), dict[str, list[dict[str, Any]]]()
        keys, values = self.keys, self.values
        for line in text.split("\n"):
            key, _, value = line.partition(" = ")
            if key not in keys or not value:
                if not line:
                    continue
                key, value, opening, path, closing = self.headers.get(line) or self._parts(line)
                if path:
                    if len(opening) != len(closing):
                        raise _NotPlain
                    table = _open(root, path.split("."), tables, arrays if opening == "[[" else None)
                if not key:
                    continue
            if key in table:
                raise _NotPlain
            table[key] = values[value]
        return root

    def _parts(self, line: str) -> tuple[str, ...]:
        """Return what a line holds, and remember its key or header."""
        found = _LINE.match(line)
        if not found:
            raise _NotPlain
        parts = found.groups("")
        if found[1]:
            self.keys.add(found[1])
        elif found[4]:
            self.headers[line] = parts
        return parts


def _open(
    root: dict[str, Any],
    parts: list[str],
    tables: dict[str, dict[str, Any]],
    arrays: dict[str, list[dict[str, Any]]] | None,
) -> dict[str, Any]:
    """Return the new table that a header begins: the next of an array with `arrays`. Only one header opens a table."""
    here, path = root, ""
    if len(parts) > MAX_DOTS // 4:
        raise _NotPlain
    for part in parts[:-1]:
        path += f"{part}."
        if path not in tables:
            if part in here:
                raise _NotPlain
            tables[path] = here[part] = {}
        here = tables[path]
    last = parts[-1]
    path += f"{last}."
    if not all(parts) or (last in here and (arrays is None or path not in arrays)):
        raise _NotPlain
    table: dict[str, Any] = {}
    if arrays is None:
        tables[path] = here[last] = table
    else:
        if path not in arrays:
            arrays[path] = here[last] = []
        arrays[path].append(table)
    return table


def _whole(text: str, shown: str) -> dict[str, Any]:
    if found := _DOTTED.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise ContentError([Problem(shown, line, 1, message=f"a key has more than {MAX_DOTS} parts")])
    try:
        data = tomllib.loads(text, parse_float=Decimal)
        check(data)
    except tomllib.TOMLDecodeError as error:
        raise _syntax(text, shown, str(error)) from None
    except (RecursionError, ValueError, ArithmeticError):
        raise refusal(text, shown, "TOML") from None
    data = plain_strings(data, text, shown)
    return {key: _dated(value) for key, value in data.items()}


def _dated(value: Any) -> Any:
    """Return a value with its dates and times as text."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list):
        return [_dated(item) for item in value]
    return {key: _dated(item) for key, item in value.items()} if isinstance(value, dict) else value


def _syntax(text: str, shown: str, message: str) -> ContentError:
    found = _PLACE.search(message)
    line, column = int(found[1] or text.count("\n") + 1) if found else 0, int(found[2] or 1) if found else 0
    said = _PLACE.sub("", message)
    return ContentError([Problem(shown, line, column, message=f"is not TOML: {said[:1].lower()}{said[1:]}")])


def locate(text: str, loc: Loc, *, key: bool = False) -> tuple[int, int]:
    """Return line and column of the value at `loc` (of its key with `key`), or of the nearest parent that has a line.

    The text is TOML that was read before. What stands inside a value is told by the line of the value.
    """
    table: Loc = ()
    counts: dict[Loc, int] = {}
    best: tuple[int, int, int] = (0, 1, 1)
    for number, line in enumerate(text.split("\n"), start=1):
        if header := _HEADER.match(line):
            table = _resolve(_parts(header[2]), counts, array=header[1] == "[[")
            here, column = table, header.start(2) + 1
        elif pair := _PAIR.match(line):
            here, column = (*table, *_parts(pair[1])), pair.start(1 if key else 2) + 1
        else:
            continue
        depth = min(len(here), len(loc))
        if here[:depth] == loc[:depth] and depth > best[0]:
            best = (depth, number, column)
    return best[1], best[2]


def _parts(path: str) -> tuple[str, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(path))


def _resolve(parts: tuple[str, ...], counts: dict[Loc, int], *, array: bool) -> Loc:
    """Return the key path of a header, with the number of the current item after every array of tables on the way."""
    here: Loc = ()
    for part in parts:
        here = (*here, part)
        if array and len(parts) == sum(isinstance(p, str) for p in here):
            counts[here] = counts.get(here, -1) + 1
        if here in counts:
            here = (*here, counts[here])
    return here
