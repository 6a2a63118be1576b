"""How facts are written for machines: exact JSON, text in XML, cells of CSV, amounts per token, dates as instants.

A record stands in JSON as the facts that it states. JSON numbers are what the source says, digit by digit: `0.075`,
never `0.07500000000000001`. A number that no float holds exactly is put in afterwards, with all its digits.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from json.encoder import encode_basestring
from typing import Any

from markupsafe import escape

from generator.output import Output
from generator.schema import Record

__all__ = [
    "EPOCH",
    "cell",
    "first_day",
    "instant",
    "json_array",
    "json_file",
    "json_object",
    "json_pairs",
    "json_text",
    "number",
    "per_token",
    "plain",
    "quoted",
    "seconds",
    "stated",
    "xml",
]

EPOCH = "1970-01-01"
"""What stands for a date that a format demands and nobody knows."""

_FEW = 50
_MILLION_DIGITS = 6
_LONG = re.compile(r'"\\u0000(\d+)\\u0000"')
"""The mark that stands for a number with more digits than a float has, until the text is written."""

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_ACTS_IN_SHEETS = ("=", "+", "-", "@", "\t", "\r")


def json_file(path: str, value: object) -> Output:
    """Return a JSON file on one line."""
    return Output(path, f"{json_text(value)}\n".encode())


def json_text(value: object) -> str:
    """Write JSON without white space; decimals keep their exact value, NaN and infinity are refused."""
    if (write := _PLAIN.get(type(value))) is not None:
        return write(value)
    try:
        return _ENCODER.encode(value)
    except _TooLong:
        return _with_long(value)


def stated(record: Record) -> dict[str, Any]:
    """Return the facts that a record states, in the order of its fields."""
    said = record.__pydantic_fields_set__
    return {name: value for name, value in record.__dict__.items() if name in said and value is not None}


def json_array(values: Iterable[object]) -> str:
    """Write a long list a few at a time, so that nothing but its text is ever there as a whole."""
    left = iter(values)
    return f"[{','.join([json_text(some)[1:-1] for some in iter(lambda: list(islice(left, _FEW)), [])])}]"


def json_object(pairs: Iterable[tuple[str, object]]) -> str:
    """Write a long table likewise."""
    return "{" + ",".join([f"{json_text(key)}:{json_text(value)}" for key, value in pairs]) + "}"


def json_pairs(texts: Mapping[str, str]) -> str:
    """Write a table whose keys are plain words and whose values are texts of JSON already."""
    return "{" + ",".join([f'"{key}":{text}' for key, text in texts.items()]) + "}"


@lru_cache(maxsize=65536)
def number(value: Decimal) -> str:
    """Write a number as JSON has it, with all its digits."""
    near = _near(value)
    return str(value) if near is None else repr(near)


quoted: Callable[[str], str] = encode_basestring
"""Writes a string of JSON."""

_PLAIN: Mapping[type, Callable[[Any], str]] = {
    str: quoted,
    int: repr,
    bool: {True: "true", False: "false"}.__getitem__,
    type(None): lambda _: "null",
    Decimal: number,
}
"""What needs no encoder, which takes ten times as long to begin as to write one."""


class _TooLong(Exception):
    """A decimal has more digits than a float."""


def _known(value: object) -> float | int | dict[str, Any]:
    """Return what the encoder knows how to write."""
    if not isinstance(value, Decimal):
        return _facts(value)
    near = _near(value)
    if near is None:
        raise _TooLong
    return near


def _facts(value: Any) -> dict[str, Any]:
    try:
        return stated(value)  # asking what is a record takes longer than its facts do
    except AttributeError:
        raise TypeError(f"{type(value).__name__} has no place in JSON") from None


# Facts hold no circles: looking for them would take a tenth of the time.
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False, default=_known
)


def _with_long(value: object) -> str:
    """Write marks for the long numbers, and put them in afterwards."""
    long: list[Decimal] = []

    def known(value: object) -> float | int | str | dict[str, Any]:
        try:
            return _known(value)
        except _TooLong:
            long.append(Decimal(str(value)))
            return f"\0{len(long) - 1}\0"

    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False, default=known)
    text, found = _LONG.subn(lambda place: str(long[int(place[1]) % len(long)]), text)
    return text if found == len(long) else _by_hand(value)


@lru_cache(maxsize=65536)
def _near(value: Decimal) -> float | int | None:
    """Return the number that JSON writes with the same value; nothing where no float has it."""
    if not value.is_finite():
        raise ValueError(f"{value} has no place in JSON")
    if value == value.to_integral_value() and value.adjusted() < 18:
        return int(value)
    near = float(value)
    return near if Decimal(repr(near)) == value else None


def _by_hand(value: Any) -> str:
    """Write what holds text that looks like the mark of a long number."""
    if isinstance(value, Mapping):
        return "{" + ",".join(f"{json.dumps(str(key))}:{_by_hand(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_by_hand, value)) + "]"
    if isinstance(value, Decimal):
        return str(value)  # `1.5E-7` is JSON as it is
    if isinstance(value, Record):
        return _by_hand(stated(value))
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


@lru_cache(maxsize=65536)
def plain(value: Decimal) -> str:
    """Write a decimal with all its digits that count, without an exponent: `0.000000075`, `15`."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


@lru_cache(maxsize=65536)
def per_token(value: Decimal) -> Decimal:
    """Return what one token costs, from the price of a million of them; no digit is lost."""
    sign, digits, exponent = value.as_tuple()
    return Decimal((sign, digits, int(exponent) - _MILLION_DIGITS))


def xml(text: object) -> str:
    """Write text for XML, in an element or a quoted attribute; what XML 1.0 cannot hold is left out."""
    written = str(text)
    return str(escape(written if written.isprintable() else _NOT_XML.sub("", written)))


def cell(value: object) -> str:
    """Write one cell of CSV: numbers as they are, lists with `|` between, text so that no spreadsheet runs it."""
    if value is None:
        return ""
    if isinstance(value, str):
        text = value
    elif isinstance(value, bool):
        return "true" if value else "false"
    elif isinstance(value, Decimal):
        return plain(value)
    elif isinstance(value, int):
        return str(value)
    else:
        text = "|".join(value) if isinstance(value, tuple | list) else str(value)
    return f"'{text}" if text.startswith(_ACTS_IN_SHEETS) else text


@lru_cache(maxsize=16384)
def first_day(partial: str) -> date:
    """Return the first day that a date of any precision can mean: `2025-06` is the first of June."""
    year, month, day = (*map(int, partial.split("-")), 1, 1)[:3]
    return date(year, month, day)


def instant(partial: str) -> str:
    """Write the first moment of a date of any precision, as feeds want it: `2025-06-01T00:00:00Z`."""
    return f"{first_day(partial).isoformat()}T00:00:00Z"


def seconds(partial: str | None) -> int:
    """Return the first moment of a date in seconds since 1970, and 0 for one that is not known or lies before."""
    return max(0, (first_day(partial) - first_day(EPOCH)).days * 86_400) if partial else 0
