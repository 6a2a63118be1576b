"""Bounds for what other parsers let through: how many digits a number has, how deep data are nested.

The same as in a YAML file, so that what is imported can be written down and read again. Parsers tell no place for these
faults; it is looked for in the text, and only when there is one. Given up: what stands in a text of several lines in
TOML is then taken for TOML.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from generator.documents import MAX_DEPTH, decode
from generator.errors import ContentError, Problem
from generator.plain_yaml import MAX_DIGITS

__all__ = ["OutOfBounds", "check", "plain_strings", "refusal"]

_STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
_TOKENS = {
    "JSON": re.compile(rf"({_STRING})(\s*:)?|[\[\]{{}}]|-?[0-9][0-9.eE+-]*|-?Infinity|NaN", re.DOTALL),
    "TOML": re.compile(rf"{_STRING}|'[^'\n]*'|\#.*|[\[\]{{}}]|(?<![\w.-])[+-]?(?:[0-9][0-9._eE+-]*|(?:inf|nan)\b)"),
}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))", re.DOTALL)
_NUMBER = f"a number may have {MAX_DIGITS} digits at most"


class OutOfBounds(ValueError):
    """Data are larger than any catalog needs."""


def check(value: Any, depth: int = 1) -> None:
    """Raise `OutOfBounds` when data hold a number of very many digits or none at all, or are nested very deep."""
    if isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            raise OutOfBounds
        for inner in value.values() if isinstance(value, dict) else value:
            check(inner, depth + 1)
    elif isinstance(value, int | Decimal) and not _is_short(Decimal(value)):
        raise OutOfBounds


def plain_strings(data: Any, text: str, shown: str) -> Any:
    """Return data with line feeds at the line ends of its strings; refuse characters that no text may hold.

    Only an escape can bring them in: the text itself was checked before.
    """
    if not re.search(r"\\[uUbfr]", text):
        return data
    for string in _strings(data):
        try:
            decode(string.encode("utf-8", "surrogatepass"), shown)
        except ContentError as error:
            place = _place(text, _escaped(text))
            raise ContentError(replace(problem, line=place[0], column=place[1]) for problem in error.problems) from None
    return _with_line_feeds(data) if any("\r" in string for string in _strings(data)) else data


def _with_line_feeds(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if isinstance(value, list):
        return [_with_line_feeds(item) for item in value]
    if isinstance(value, dict):
        return {_with_line_feeds(key): _with_line_feeds(item) for key, item in value.items()}
    return value


def _escaped(text: str) -> int:
    """Return the offset of the first escape that stands for a character which no text may hold."""
    for found in _ESCAPE.finditer(text):
        digits = found[1] or found[2]
        number = int(digits, 16) if digits else {"b": 8, "f": 12}.get(found[3], 32)
        try:
            decode(chr(number).encode("utf-8", "surrogatepass"), "")
        except (ContentError, ValueError):
            return found.start()
    return 0


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


def _is_short(number: Decimal) -> bool:
    digits = number.as_tuple().digits
    return number.is_finite() and abs(number.adjusted()) <= MAX_DIGITS and len(digits) <= MAX_DIGITS


def refusal(text: str, shown: str, kind: str) -> ContentError:
    """Return what is wrong with a text that is well-formed and was refused: its first fault, with its place."""
    offset, message = next(_faults(text, kind), (-1, "holds a number that cannot be"))
    return ContentError([Problem(shown, *(_place(text, offset) if offset >= 0 else (0, 0)), message=message)])


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _faults(text: str, kind: str) -> Iterator[tuple[int, str]]:
    """Yield offset and message of everything that is out of bounds, and in JSON of keys that stand twice."""
    keys: list[set[str]] = []
    for found in _TOKENS[kind].finditer(text):
        written = found[0]
        if written in "[{":
            keys.append(set())
            if len(keys) > MAX_DEPTH:
                yield found.start(), f"is nested more than {MAX_DEPTH} levels deep"
        elif written in "]}":
            del keys[-1:]
        elif kind == "JSON" and found[2] and keys:
            if found[1] in keys[-1]:
                yield found.start(), f"the key `{found[1][1:-1]}` stands twice in one object"
            keys[-1].add(found[1])
        elif written.endswith(("Infinity", "NaN", "inf", "nan")):
            yield found.start(), f"`{written}` is not a finite number"
        elif written.lstrip("+-")[0].isdigit() and not _may_be(written):
            yield found.start(), _NUMBER


def _may_be(written: str) -> bool:
    """Return whether what looks like a number is short enough to be one."""
    try:
        return len(written) <= 2 * MAX_DIGITS and _is_short(Decimal(written))
    except ArithmeticError:
        return bool(re.match(r"[0-9]{2,4}[-.][0-9]", written))  # a date, a version
