"""YAML as nearly every file of a catalog is written -> plain data, in a fifth of the time that libyaml's events take.

One pattern cuts the lines: `key: value`, `key:`, `- item` and `- key: value`, a value on the line of its key, quoted
without an escape, not quoted at all, or a list of words as in `[text, image]`. Whatever is written in another way, or
is wrong, is left to the reader of `documents`, so that there is one judge of what YAML is.
"""

import re
from collections.abc import Mapping
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

__all__ = ["mapping", "scalar"]

MAX_DIGITS = 30
_MAX_LEVELS = 30
_EXACT = Context(prec=2 * MAX_DIGITS, traps=[])

_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+\Z|0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_FRACTION = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?\Z")
_NOT_A_NUMBER = re.compile(r"[-+]?\.(inf|Inf|INF)\Z|\.(nan|NaN|NAN)\Z")

# What is refused, or need not be plain: controls, surrogates, marks of direction, letters beyond the first plane.
_ODD = re.compile("[\x80-\x9f\u2028-\u202f\u2066-\u2069\ud800-\udfff\ufe00-\U0010ffff]")

# Letters of all scripts but for these. Python takes a twentieth of a second to compile sets that name them.
_WORD = r"[^\x00- #:\x7f][^\x00-\x1f#:\x7f]*"
_LISTED = r"[A-Za-z0-9][\w./-]*"
_VALUE = (
    rf"(?:[A-Za-z0-9/][^\x00-\x1f#:\x7f]*(?::{_WORD})*(?<! )"
    rf"|\"[^\x00-\x1f\"\\\x7f]*\"|'[^\x00-\x1f'\x7f]*'|\[(?:{_LISTED}(?:, {_LISTED})*)?\])"
)
# Indentation, the dash of an item, key, value; an item; anything else. A blank line and a comment match as nothing.
_LINES = re.compile(
    rf"^( *)(?:(- )?(?:(\w[\w-]{{,99}}):(?: +({_VALUE}))?|({_VALUE}))|#[^\x00-\x1f\x7f]*|(.+)|)$",
    re.ASCII | re.MULTILINE,
)


def mapping(text: str) -> dict[str, Any] | None:
    """Return the mapping that a text holds, or nothing where the text is not as plain as that, empty or wrong."""
    if not text.isascii() and _ODD.search(text):
        return None
    root: dict[str, Any] = {}
    try:
        _cut(text, root)
    except ValueError:
        return None
    return root or None


def _cut(text: str, root: dict[str, Any]) -> None:
    """Fill a mapping with what a text holds; raise `ValueError` for one that is not plain."""
    above: list[tuple[int, Any]] = []
    here: Any = root
    indent, opened = 0, ""
    for spaces, dash, key, value, item, other in _LINES.findall(text):
        column = len(spaces)
        if other or (item and not dash) or len(above) > _MAX_LEVELS:
            raise ValueError
        if not (key or item):
            continue
        if opened and (column > indent or (dash and column == indent)):
            above.append((indent, here))
            here[opened] = here = [] if dash else {}
            indent = column
        while above and (column < indent or (column == indent and not dash and type(here) is list)):
            indent, here = above.pop()
        if column != indent or (type(here) is list) is not bool(dash):
            raise ValueError
        if item:
            here.append(_value(item))
            opened = ""
            continue
        if dash:
            above.append((indent, here))
            here.append({})
            indent, here = column + 2, here[-1]
        elif key in here:
            raise ValueError
        here[key] = _value(value) if value else None
        opened = "" if value else key


def _value(text: str) -> Any:
    if text[0] in "0123456789" or text in _WORDS:
        return scalar(text)
    if text[0] == "[":
        return [scalar(item) for item in text[1:-1].split(", ")] if text != "[]" else []
    return text[1:-1] if text[0] in "\"'" else text


@lru_cache(maxsize=1 << 12)
def scalar(text: str) -> Any:
    """Return what a value without quotes stands for; raise `ValueError` with message and hint for an impossible one."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "0123456789+-.":
        return text
    if _INTEGER.match(text):
        return int(_number(text))
    if _FRACTION.match(text):
        return _number(text)
    if _NOT_A_NUMBER.match(text):
        raise ValueError(f"`{text}` is not a finite number\nleave the key out when the value is not known")
    return text


def _number(text: str) -> Decimal:
    value = Decimal("Infinity")
    if len(text) <= 2 * MAX_DIGITS:  # before Python is asked: it takes its time for long numbers, or refuses them
        value = _EXACT.create_decimal(int(text, 0) if text[:2] in ("0x", "0o") else text)
    if not value.is_finite() or abs(value.adjusted()) > MAX_DIGITS or len(value.as_tuple().digits) > MAX_DIGITS:
        raise ValueError(f"a number may have {MAX_DIGITS} digits at most\nquote it when it is text")
    return value
