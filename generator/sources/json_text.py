"""JSON text -> a plain mapping, as strictly as YAML and TOML are read: no key twice, no NaN, exact decimals."""

import json
from decimal import Decimal
from typing import Any, cast

from generator.errors import ContentError, Problem
from generator.sources.bounds import OutOfBounds, check, plain_strings, refusal

__all__ = ["parse_json"]


def parse_json(text: str, shown: str) -> dict[str, Any]:
    """Return the object that `text` holds; raise `ContentError`, calling the file `shown`, when it holds none."""
    try:
        data = json.loads(text, parse_float=Decimal, parse_constant=_constant, object_pairs_hook=_object)
        check(data)
    except json.JSONDecodeError as error:
        fault = Problem(shown, error.lineno, error.colno, message=f"is not JSON: {error.msg}", hint="fetch it again")
        raise ContentError([fault]) from None
    except (RecursionError, ValueError, ArithmeticError):
        raise refusal(text, shown, "JSON") from None
    if not isinstance(data, dict):
        raise ContentError([Problem(shown, 1, 1, message="has to hold an object at its top level")])
    return cast("dict[str, Any]", plain_strings(data, text, shown))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise OutOfBounds
    return found


def _constant(name: str) -> Any:
    raise OutOfBounds(name)
