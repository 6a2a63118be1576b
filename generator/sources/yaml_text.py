"""Plain data -> YAML text in block style that the strict reader, and every other one, reads as the same data.

Text stands as it is where no reader could take it for anything else, in double quotes otherwise, and in a block where
it has several lines. Given up: a library. Those choose line lengths, anchors and the words of YAML 1.1; this writes
what a person would.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

__all__ = ["block"]

_STEP = "  "
_PLAIN = re.compile(r"[^\W\d_]|[_/$(]|\d{4}(-\d\d){1,2}\Z")
"""How text may begin to stand without quotes: a date, or what is no digit and no sign with a meaning."""
_MARKS = re.compile(r": |:\Z| #|\s\Z")
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null"})


def block(data: Mapping[str, Any]) -> str:
    """Return a mapping as YAML text, one key a line; empty text for an empty mapping."""
    return "".join(f"{line}\n" for line in _mapping(data))


def _mapping(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        first, *rest = _value(value)
        name = _text(key)
        if isinstance(value, Mapping | list | tuple) and value:
            yield f"{name}:"
            yield f"{_STEP}{first}"
        else:
            yield f"{name}: {first}"
        yield from (f"{_STEP}{line}" if line else "" for line in rest)


def _list(values: Sequence[Any]) -> Iterator[str]:
    for value in values:
        first, *rest = _value(value)
        yield f"- {first}"
        yield from (f"{_STEP}{line}" if line else "" for line in rest)


def _value(value: Any) -> Iterator[str]:
    """Yield the lines of a value, as they stand where it begins."""
    if isinstance(value, Mapping):
        yield from _mapping(value) if value else ("{}",)
    elif isinstance(value, list | tuple):
        yield from _list(value) if value else ("[]",)
    elif isinstance(value, str) and _is_block(value):
        yield "|" if value.endswith("\n") else "|-"
        yield from value.removesuffix("\n").split("\n")
    else:
        yield _scalar(value)


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        exponent = value.as_tuple().exponent
        return f"{value:f}" if isinstance(exponent, int) and exponent <= 0 else str(value)
    if isinstance(value, str):
        return _text(value)
    raise TypeError(f"no place in YAML for {type(value).__name__}")


def _text(text: str) -> str:
    plain = text.isprintable() and _PLAIN.match(text) and not _MARKS.search(text) and text.lower() not in _WORDS
    return str(text) if plain else json.dumps(str(text), ensure_ascii=False)


def _is_block(text: str) -> bool:
    """Return whether text of several lines can stand in a block, where nothing is escaped."""
    lines = text.removesuffix("\n").split("\n")
    begins_and_ends = not text[:1].isspace() and bool(lines[-1].strip())
    return len(lines) > 1 and begins_and_ends and all(map(str.isprintable, lines))
