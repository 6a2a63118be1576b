"""What the libraries say about a wrong document -> what the person who wrote it needs to read.

Pydantic gives every fault of a document at once, each with the path of its key, and libyaml the first thing it could
not read. Their sentences are about types and tokens; these are about what to write instead.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel
from pydantic_core import ErrorDetails

from generator.errors import nearest

__all__ = ["Syntax", "Told", "explain", "explain_syntax", "shown"]

_SHOWN = 60


class Told(Struct, frozen=True):
    """A fault in plain words. `at_key` says that the key itself is wrong, not its value."""

    loc: tuple[int | str, ...]
    message: str
    hint: str = ""
    at_key: bool = False


def explain(model: type[BaseModel], fault: ErrorDetails) -> Told:
    """Return what to tell about one of pydantic's faults in a document of the shape `model`."""
    loc, kind, value = tuple(fault["loc"]), fault["type"], fault["input"]
    if loc[-1:] == ("[key]",):
        return Told(loc[:-1], _sentence(kind, fault)[0], at_key=True)
    if kind == "extra_forbidden":
        known = sorted(_fields(_model_at(model, loc[:-1])))
        hint = nearest(str(loc[-1]), known) or f"known keys: {', '.join(known)}"
        return Told(loc, "unknown key", hint, at_key=True)
    if kind == "missing":
        return Told(loc, "is required", at_key=True)
    message, hint = _sentence(kind, fault)
    if value is None and not _is_required(model, loc):
        hint = "leave the key out when it is not known"
    return Told(loc, message, hint or _hint(kind, value, fault.get("ctx", {})))


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
    text = str(value).replace("\n", "\\n")  # what follows a line break in a message is its hint
    return f"`{text[: _SHOWN - 3]}...`" if len(text) > _SHOWN else f"`{text}`"


def _sentence(kind: str, fault: ErrorDetails) -> tuple[str, str]:
    """Return message and hint. A validator of ours writes both itself, the hint after a line break."""
    context, value = fault.get("ctx", {}), fault["input"]
    if kind == "value_error":
        message, _, hint = str(context.get("error") or fault["msg"]).partition("\n")
        return message, hint
    if kind == "string_too_long":
        return f"may be {context['max_length']} characters long at most, not {len(value)}", ""
    if kind in _WHOLE:
        return _WHOLE[kind], ""
    say = _SENTENCES.get(kind)
    return (f"{say(context)}, not {shown(value)}" if say else f"{fault['msg']} (found {shown(value)})"), ""


def _hint(kind: str, value: object, context: Mapping[str, Any]) -> str:
    if isinstance(value, str):
        return _hint_for_text(kind, value, context)
    if kind == "string_type" and isinstance(value, int | Decimal):
        text = str(value).lower() if isinstance(value, bool) else str(value)
        return "quote it" if "E" in text else f'quote it: "{text}"'
    if kind == "int_type" and isinstance(value, Decimal) and value == value.to_integral_value():
        return f"write {int(value)}"
    return ""


def _hint_for_text(kind: str, value: str, context: Mapping[str, Any]) -> str:
    if kind in ("enum", "literal_error"):
        return nearest(value.lower(), re.findall(r"'([^']*)'", context["expected"]))
    if kind == "bool_type":
        return _BOOLEANS.get(value.lower(), "")
    if kind == "tuple_type":
        return f"write [{value}]" if value.isprintable() and len(value) < 40 else "start each item with `- `"
    if kind == "int_type" and (digits := value.replace("_", "").replace(",", "")).isdecimal():
        return "write it without quotes" if digits == value else f"write {digits}"
    return ""


_BOOLEANS: Mapping[str, str] = {
    **dict.fromkeys(("yes", "on", "y"), "write true"),
    **dict.fromkeys(("no", "off", "n"), "write false"),
    **dict.fromkeys(("true", "false"), "write it without quotes"),
}

_WHOLE: Mapping[str, str] = {
    "string_too_short": "has to hold some text",
    "too_short": "has to hold at least one item",
}

_SENTENCES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "string_type": lambda ctx: "has to be text",
    "bool_type": lambda ctx: "has to be true or false",
    "int_type": lambda ctx: "has to be a whole number",
    "greater_than_equal": lambda ctx: f"has to be {ctx['ge']} or more",
    "less_than_equal": lambda ctx: f"has to be {ctx['le']:,} or less",
    "tuple_type": lambda ctx: "has to be a list",
    "dict_type": lambda ctx: "has to hold `key: value` lines",
    "model_type": lambda ctx: "has to hold `key: value` lines",
    "enum": lambda ctx: f"has to be one of {ctx['expected'].replace(chr(39), '`')}",
    "literal_error": lambda ctx: f"has to be one of {ctx['expected'].replace(chr(39), '`')}",
}


def _fields(model: type[BaseModel] | None) -> set[str]:
    return set() if model is None else set(model.model_fields)


def _is_required(model: type[BaseModel], loc: tuple[int | str, ...]) -> bool:
    holder = _model_at(model, loc[:-1])
    info = holder.model_fields.get(str(loc[-1])) if holder and loc else None
    return info is not None and info.is_required()


def _model_at(model: type[BaseModel], loc: tuple[int | str, ...]) -> type[BaseModel] | None:
    """Return the model that the keys at `loc` belong to, walking the annotations from `model`."""
    here: type[BaseModel] | None = model
    free = False
    for part in loc:
        if here is None or isinstance(part, int) or free:
            free = False  # what stands below an index or a key of free choice is of the type that was found above it
            continue
        info = here.model_fields.get(part)
        if info is not None:
            free = get_origin(info.annotation) is dict
            here = next(_models_in(info.annotation), None)
    return here


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) in (Union, UnionType, tuple, list, dict, Annotated):
        for inner in get_args(annotation):
            yield from _models_in(inner)


class Syntax(Struct, frozen=True):
    """A fault of syntax in plain words, `{}` standing for the character at its place.

    `at_start` says that its place is where the thing began that is not whole, not where it had to end at the latest.
    """

    message: str
    hint: str = ""
    at_start: bool = False


def explain_syntax(what: str, character: str) -> Syntax:
    """Return what to tell about what libyaml says.

    `what` is its context and its problem, one after the other; `character` is where it stopped, nothing at the end.
    """
    if character == "\t":
        return Syntax("a tab cannot stand here", "indent with spaces")
    if not character and "flow node" in what:
        return Syntax("the text ends inside of a list or a mapping", "close what was opened with `[` or `{`")
    told = next((syntax for words, syntax in _SYNTAX if re.search(words, what)), None)
    return told or Syntax("is not YAML: " + what.replace("{", "{{").replace("}", "}}"))


_START = Syntax("a value cannot start with `{}`", "quote it")
_KEY = Syntax(
    "a key cannot start here", "start all keys of one mapping in one column, and write a quote inside of quotes twice"
)

_SYNTAX: tuple[tuple[str, Syntax], ...] = (
    ("cannot start any token|did not find expected node content|mapping keys are not allowed", _START),
    (
        "mapping values are not allowed",
        Syntax(
            "a `: ` cannot stand here",
            "quote a value that holds `: `, or see to it that this line and the one above start in one column",
        ),
    ),
    ("quoted scalar.*unexpected", Syntax("the quote that starts here is not closed", at_start=True)),
    (
        "quoted scalar.*(escape|hex)",
        Syntax("this is not an escape", "write `\\\\` for a backslash, or put the text in single quotes"),
    ),
    ("flow sequence", Syntax("the list that starts here lacks a `,` or its `]`", at_start=True)),
    ("flow mapping", Syntax("the mapping that starts here lacks a `,` or its `}}`", at_start=True)),
    (
        "block collection",
        Syntax("an item of a list cannot start here", "start all items of one list with `- ` in one column"),
    ),
    ("block sequence entries", Syntax("a list cannot start here", "start it on a line of its own")),
    ("block scalar", Syntax("text cannot follow `|` or `>` here", "start it on the next line, indented")),
    ("could not find expected ':'", Syntax("a key lacks its `: `", "every line has to be `key: value`", at_start=True)),
    ("block mapping|<document start>", _KEY),
    ("scanning an (anchor|alias)", Syntax("a value cannot start with `{}`", "quote it", at_start=True)),
    ("directive", Syntax("a line cannot start with `%`", "quote it")),
)
