"""JSON text -> a plain mapping, as strictly as YAML and TOML are read: no key twice, no NaN, exact decimals."""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from generator.documents import decode
from generator.errors import ContentError, Problem

__all__ = ["parse_json"]


class _Refused(Exception):
    """The text is JSON for others; what is wrong with it is in the message."""


def parse_json(text: str, shown: str) -> dict[str, Any]:
    """Return the object that `text` holds; raise `ContentError`, calling the file `shown`, when it holds none."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        fault = Problem(shown, error.lineno, error.colno, message=f"is not JSON: {error.msg}", hint="fetch it again")
        raise ContentError([fault]) from None
    except _Refused as error:
        raise ContentError([Problem(shown, message=str(error))]) from None
    except RecursionError:
        raise ContentError([Problem(shown, message="is nested too deep")]) from None
    except (ValueError, ArithmeticError):
        raise ContentError([Problem(shown, message="holds a number that cannot be")]) from None
    if not isinstance(data, dict):
        raise ContentError([Problem(shown, 1, 1, message="has to hold an object at its top level")])
    if "\\u" in text:
        for string in _strings(data):
            # An escape can bring in what the text itself may not hold.
            decode(string.encode("utf-8", "surrogatepass"), shown)
    return data


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Refused(f"the key `{twice}` stands twice in one object")
    return found


def _constant(name: str) -> Any:
    raise _Refused(f"`{name}` is not a finite number")


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
