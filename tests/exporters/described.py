"""What the schemas of the files describe, and what of a value one does not: as much of JSON Schema as ours say."""

import csv
from collections.abc import Iterator, Mapping
from decimal import Decimal
from io import StringIO
from typing import Any

from tests.exporters.sites import parsed

__all__ = ["FILES", "undescribed", "values"]

FILES = {
    "aliases": ["api/v1/aliases.json"],
    "catalog": ["catalog.json"],
    "index": ["api/v1/index.ndjson"],
    "litellm": ["api/v1/litellm.json"],
    "offerings": ["api/v1/offerings.csv"],
    "openai": ["v1/models", "v1/models.json"],
    "openrouter": ["api/v1/models", "api/v1/models.json"],
    "site": ["api/v1/site.json"],
}
"""Of each schema, what it describes; the four of records have a test of their own."""


def values(path: str, data: bytes) -> Iterator[Any]:
    """Yield what a schema describes of a file: the whole, each line, each row."""
    if path.endswith(".ndjson"):
        yield from map(parsed, data.splitlines())
    elif path.endswith(".csv"):
        yield from csv.DictReader(StringIO(data.decode(), newline=""))
    else:
        yield parsed(data)


KINDS: Mapping[str, Any] = {
    "string": str, "boolean": bool, "number": (int, Decimal), "integer": int, "null": type(None), "array": list,
    "object": dict,
}  # fmt: skip


def undescribed(value: Any, schema: Mapping[str, Any], root: Mapping[str, Any], where: str) -> Iterator[str]:
    """Yield what of a value its schema does not describe: keys that it does not know, and other kinds of values."""
    if "$ref" in schema:
        schema = {**root["$defs"][schema["$ref"].rpartition("/")[2]], **schema}
    told = schema.get("type", list(KINDS))
    if "anyOf" in schema:
        ways = [list(undescribed(value, option, root, where)) for option in schema["anyOf"]]
        yield from min(ways, key=len)
    elif not any(isinstance(value, KINDS[kind]) for kind in ([told] if isinstance(told, str) else told)):
        yield f"{where} is no {told}"
    elif value not in schema.get("enum", [value]):
        yield f"{where} is not one of {schema['enum']}"
    elif isinstance(value, list):
        for item in value:
            yield from undescribed(item, schema.get("items", {}), root, f"{where}[]")
    elif isinstance(value, dict):
        yield from _undescribed_keys(value, schema, root, where)


def _undescribed_keys(
    value: Mapping[str, Any], schema: Mapping[str, Any], root: Mapping[str, Any], where: str
) -> Iterator[str]:
    yield from (f"{where} misses {key}" for key in schema.get("required", ()) if key not in value)
    known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
    for key, item in value.items():
        if key in known or isinstance(more, dict):
            yield from undescribed(item, known.get(key, more), root, f"{where}.{key}")
        elif more is False:
            yield f"{where}.{key} is not known"
