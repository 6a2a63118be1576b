"""What pydantic says about a wrong value -> what the person who wrote it needs to read.

Pydantic gives every fault of a document at once, each with the path of its key. Its sentences are about types; these are about
what to write instead.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.errors import nearest

__all__ = ["Told", "explain"]


@dataclass(frozen=True, slots=True)
class Told:
    """A fault in plain words. `at_key` says that the key itself is wrong, not its value."""

    loc: tuple[int | str, ...]
    message: str
    hint: str = ""
    at_key: bool = False


def explain(model: type[BaseModel], fault: ErrorDetails) -> Told:
    """Return what to tell about one of pydantic's faults in a document of the shape `model`."""
    loc = tuple(fault["loc"])
    kind = fault["type"]
    if kind == "extra_forbidden":
        known = sorted(_fields(_model_at(model, loc[:-1])))
        hint = nearest(str(loc[-1]), known) or f"known keys: {', '.join(known)}"
        return Told(loc, "unknown key", hint, at_key=True)
    if kind == "missing":
        return Told(loc, "is required", at_key=True)
    if kind == "value_error":
        error = fault.get("ctx", {}).get("error")
        message, _, hint = str(error or fault["msg"]).partition("\n")
        return Told(loc, message, hint)
    say = _SENTENCES.get(kind)
    if say is None:
        return Told(loc, f"{fault['msg']} (found {shown(fault['input'])})")
    message = say(fault.get("ctx", {}))
    return Told(loc, f"{message}, not {shown(fault['input'])}", _hint(kind, fault["input"]))


def shown(value: object) -> str:
    """Return a value as it is shown in a message: short, and in the words of the file format."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    text = str(value)
    return f"`{text[:57]}...`" if len(text) > 60 else f"`{text}`"


def _hint(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, int | Decimal):
        return f'quote it: "{shown(value).strip("`")}"'
    if kind == "bool_type" and str(value).lower() in ("yes", "no", "on", "off", "y", "n"):
        return "write true or false" if str(value).lower() not in ("no", "off", "n") else "write false"
    if kind == "tuple_type" and isinstance(value, str):
        return f"write [{value}]" if value.isprintable() and len(value) < 40 else "start each item with `- `"
    if kind == "int_type" and isinstance(value, str) and value.replace("_", "").replace(",", "").isdigit():
        return f"write {value.replace('_', '').replace(',', '')}"
    return ""


_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "string_type": lambda ctx: "has to be text",
    "string_too_short": lambda ctx: "has to hold some text",
    "string_too_long": lambda ctx: f"may be {ctx['max_length']} characters long at most",
    "bool_type": lambda ctx: "has to be true or false",
    "int_type": lambda ctx: "has to be a whole number",
    "int_from_float": lambda ctx: "has to be a whole number",
    "decimal_type": lambda ctx: "has to be a number",
    "decimal_parsing": lambda ctx: "has to be a number",
    "is_instance_of": lambda ctx: "has to be a number",
    "greater_than_equal": lambda ctx: f"has to be {ctx['ge']} or more",
    "greater_than": lambda ctx: f"has to be more than {ctx['gt']}",
    "less_than_equal": lambda ctx: f"has to be {ctx['le']} or less",
    "tuple_type": lambda ctx: "has to be a list",
    "list_type": lambda ctx: "has to be a list",
    "dict_type": lambda ctx: "has to hold `key: value` lines",
    "mapping_type": lambda ctx: "has to hold `key: value` lines",
    "model_type": lambda ctx: "has to hold `key: value` lines",
    "model_attributes_type": lambda ctx: "has to hold `key: value` lines",
    "enum": lambda ctx: f"has to be one of {ctx['expected']}",
    "literal_error": lambda ctx: f"has to be one of {ctx['expected']}",
    "string_pattern_mismatch": lambda ctx: "is not written as it has to be",
    "too_short": lambda ctx: f"has to hold {ctx['min_length']} or more",
}


def _fields(model: type[BaseModel] | None) -> set[str]:
    return set() if model is None else {info.alias or name for name, info in model.model_fields.items() if not info.exclude}


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Return the model that the keys at `loc` belong to, walking the annotations from `model`."""
    here: type[BaseModel] | None = model
    for part in loc:
        if here is None or isinstance(part, int):
            continue
        info = next((i for name, i in here.model_fields.items() if part in (name, i.alias)), None)
        if info is not None:
            here = next(_models_in(info.annotation), None)
    return here


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, UnionType, tuple, list, dict, Annotated) or get_args(annotation):
        for inner in get_args(annotation):
            yield from _models_in(inner)
