"""JSON Schemas of files whose shape is no record's: the words in which exporters say what is in theirs.

Every key is demanded unless it is named as one that may be missing, and no other key is allowed: what is published
keeps its shape.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from generator.exporters.encode import json_file
from generator.exporters.records import API
from generator.output import Output
from generator.site import Site

__all__ = [
    "AMOUNT",
    "COUNT",
    "DATE",
    "FLAG",
    "TEXT",
    "Shape",
    "each",
    "many",
    "maybe",
    "one_of",
    "schema_file",
    "table",
]

Shape: TypeAlias = Mapping[str, Any]

TEXT: Shape = {"type": "string"}
FLAG: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
AMOUNT: Shape = {"type": "number", "minimum": 0}
DATE: Shape = {"type": "string", "pattern": r"^\d{4}(-\d\d){0,2}$"}


def table(always: Mapping[str, Shape], sometimes: Mapping[str, Shape] = {}) -> Shape:
    """Return the shape of an object with these keys and no others."""
    return {
        "type": "object",
        "properties": {**always, **sometimes},
        "required": [*always],
        "additionalProperties": False,
    }


def each(shape: Shape) -> Shape:
    """Return the shape of an object whose keys are ids."""
    return {"type": "object", "additionalProperties": shape}


def many(shape: Shape) -> Shape:
    """Return the shape of a list."""
    return {"type": "array", "items": shape}


def maybe(shape: Shape) -> Shape:
    """Return the shape of a value that is `null` where nothing is known."""
    return {**shape, "type": [shape["type"], "null"]}


def one_of(words: Iterable[str]) -> Shape:
    """Return the shape of a word out of some."""
    return {"type": "string", "enum": [*words]}


def schema_file(site: Site, name: str, about: str, shape: Shape) -> Output:
    """Return the schema of a file of the site as a file, `about` in a few words."""
    path = f"{API}{name}.schema.json"
    named = {"$id": f"{site.settings.base_url}{path}"} if site.settings.base_url else {}
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", **named, "title": about}
    return json_file(path, {**head, **shape})
