"""The kinds of values that facts are made of: text, numbers, dates, addresses, ids.

Every kind refuses what it cannot mean, in words for the person who wrote it. A message may carry a hint after a line
break. Kinds that take more or less than their Python type say so to the JSON Schema.
"""

import re
from calendar import monthrange
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from generator.faults import shown
from generator.schema.meanings import meanings

__all__ = [
    "AuthorId",
    "Count",
    "Currency",
    "Day",
    "Flag",
    "Line",
    "ModelRef",
    "Money",
    "Number",
    "OfferingId",
    "Parameter",
    "PartialDate",
    "Record",
    "Score",
    "Share",
    "Slug",
    "Text",
    "Url",
    "UrlTemplate",
    "check_id",
    "percent",
    "positive",
]


class Record(BaseModel):
    """A frozen set of facts. Unknown keys are refused; a key that is absent means that the fact is not known."""

    # Deferred: what is only ever a part of another record is built with that, and not once more by itself.
    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=False, defer_build=True)

    @classmethod
    def __get_pydantic_json_schema__(cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Return the JSON Schema with the words below each field, which only this asks for."""
        made = handler(core_schema)
        properties = handler.resolve_ref_schema(made)["properties"]
        for name, meaning in meanings(cls).items():
            properties[name]["description"] = meaning
        return made

    def __bool__(self) -> bool:
        """Whether any fact is stated."""
        return bool(self.__pydantic_fields_set__)

    def __copy__(self) -> Self:
        """Return what `model_copy` starts from: a record has nothing private, and nothing beside its facts."""
        made = self.__class__.__new__(self.__class__)
        object.__setattr__(made, "__dict__", self.__dict__.copy())
        object.__setattr__(made, "__pydantic_fields_set__", self.__pydantic_fields_set__.copy())
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


def _is_blank(stripped: str) -> bool:
    return not stripped or not (stripped.isascii() or any(letter.isprintable() for letter in stripped))


def _line(text: str) -> str:
    stripped = text.strip()
    if "\n" in stripped or "\t" in stripped:
        raise ValueError("has to be on one line, without tabs")
    if _is_blank(stripped):
        raise ValueError("has to hold some text\nleave the key out when it is not known")
    return stripped


def _text(text: str) -> str:
    stripped = text.strip()
    if _is_blank(stripped):
        raise ValueError("has to hold some text\nleave the key out when it is not known")
    return stripped


_REMEMBERED = 1 << 12
"""How many right values of a kind are kept: a catalog names the same days and things thousands of times."""

_ID_PARTS = frozenset(("", ".", ".."))
_MAX_ID_BYTES = 200


def check_id(text: str) -> str:
    """Return an id that can name a page: no empty part, no `..`, no backslash, no edge space, 200 bytes at most."""
    if not text:
        raise ValueError("an id may not be empty")
    if len(text.encode("utf-8", "surrogatepass")) > _MAX_ID_BYTES:
        raise ValueError(f"an id may be {_MAX_ID_BYTES} bytes long at most")
    if "\\" in text or not text.isprintable():
        raise ValueError("an id may not hold a backslash nor a character that cannot be seen")
    if text != text.strip():
        raise ValueError("an id may not start or end with a space")
    if not _ID_PARTS.isdisjoint(text.split("/")):
        raise ValueError("an id may not start or end with `/` nor have an empty part, `.` or `..`")
    return text


@lru_cache(maxsize=_REMEMBERED)
def _plain_id(text: str) -> str:
    if "/" in text:
        raise ValueError("may not hold `/`")
    return check_id(text)


@lru_cache(maxsize=_REMEMBERED)
def _model_ref(text: str) -> str:
    if "/" not in check_id(text):
        raise ValueError(f"has to name a model as `author/model`, not {shown(text)}")
    return text


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1000, 2100


def _partial_date(value: Any) -> str:
    # A year alone is a number to YAML.
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        raise ValueError(f"has to be a date like 2025, 2025-06 or 2025-06-17, not {shown(value)}")
    return _date(text)


@lru_cache(maxsize=_REMEMBERED)
def _date(text: str) -> str:
    found = _DATE.match(text)
    if not found:
        raise ValueError(f"has to be a date like 2025, 2025-06 or 2025-06-17, not {shown(text)}")
    year, month, day = int(found[1]), int(found[2] or 1), int(found[3] or 1)
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year or 1, month)[1]:
        raise ValueError(f"there is no such date: `{text}`")
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        raise ValueError(f"has to be a date from {_FIRST_YEAR} to {_LAST_YEAR}, not `{text}`")
    return text


def _day(value: Any) -> str:
    text = value if isinstance(value, str) else str(value)
    if isinstance(value, bool) or not _DATE.match(text) or len(_partial_date(value)) != len("2025-06-17"):
        raise ValueError(f"has to be a whole date like 2025-06-17, not {shown(value)}")
    return text


_URL_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f<>\"'`\\^{|}]")

_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/|\Z)", re.ASCII | re.IGNORECASE)


@lru_cache(maxsize=_REMEMBERED)
def _url(text: str, written: str = "") -> str:
    told = shown(written or text)
    if _URL_FORBIDDEN.search(text):
        raise ValueError("holds a character that an address cannot have\npercent-encode it")
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise ValueError(f"is not an address: {told}") from None
    if parts.scheme not in ("http", "https") or not host:
        hint = f"\nwrite https://{text}" if _HOST.match(text) else ""
        raise ValueError(f"has to be an address that starts with https:// or http://, not {told}{hint}")
    if parts.username is not None or parts.password is not None:
        raise ValueError("may not hold a user name or a password")
    return text


_TEMPLATE = re.compile(r"\$?\{[A-Za-z_][A-Za-z0-9_]*\}")


def _url_template(text: str) -> str:
    """Check an address that may hold `{placeholder}` or `${ENVIRONMENT}` parts, and return it as written."""
    filled = _TEMPLATE.sub("x", text)
    _url(f"https://{filled}" if _TEMPLATE.match(text) else filled, text)
    return text


_AMOUNT = re.compile(r"[$\u20ac\u00a3]? ?(\d+(?:\.\d+)?)\Z", re.ASCII)


def _number(value: Any) -> Decimal:
    if not isinstance(value, Decimal) and (isinstance(value, bool) or not isinstance(value, int)):
        written = _AMOUNT.match(value) if isinstance(value, str) else None
        hint = f"\nwrite {written[1]}, without quotes" if written else ""
        raise ValueError(f"has to be a number, not {shown(value)}{hint}")
    number = value if type(value) is Decimal else Decimal(value)
    if not number.is_finite():
        raise ValueError(f"has to be a finite number, not `{value}`")
    return number or number.copy_abs()  # there is no zero below zero


def positive(value: Any) -> Decimal:
    """Check a number that is not below zero."""
    number = _number(value)
    if number.is_signed():
        raise ValueError(f"has to be 0 or more, not `{value}`")
    return number


def percent(value: Any) -> Decimal:
    """Check a number of percent."""
    number = positive(value)
    if number > 100:
        raise ValueError(f"has to be a number of percent, 100 at most, not `{value}`")
    return number


def _share(value: Any) -> Decimal:
    number = positive(value)
    if number > 1:
        raise ValueError(f"has to be a part of 1, not `{value}`\n0.5 is half")
    return number


def _score(value: Any) -> Decimal | str:
    if isinstance(value, str):
        return _line(value)
    if value is None or isinstance(value, bool | list | dict):
        raise ValueError(f"has to be a number or text, not {shown(value)}")
    return _number(value)


def _parameter(value: Any) -> str | int | bool:
    if isinstance(value, str):
        return _line(value)
    if not isinstance(value, int):
        raise ValueError(f"has to be text, a whole number, true or false, not {shown(value)}")
    return value


def _currency(text: str) -> str:
    if not re.fullmatch("[A-Z]{3}", text):
        raise ValueError(f"has to be a currency code such as USD or EUR, not {shown(text)}")
    return text


Flag = Annotated[bool, Strict()]
"""True or false. Not known is the absence of the key."""

Count = Annotated[int, Strict(), Field(ge=0, le=10**15)]
"""A whole number of things: tokens, bytes, images."""

Number = Annotated[Decimal, BeforeValidator(_number), WithJsonSchema({"type": "number"})]
"""A number with exactly the digits it was written with."""

Money = Annotated[Decimal, BeforeValidator(positive), WithJsonSchema({"type": "number", "minimum": 0})]
"""An amount of money, exact."""

Share = Annotated[Decimal, BeforeValidator(_share), WithJsonSchema({"type": "number", "minimum": 0, "maximum": 1})]
"""A part of a whole: 0.5 is half."""

Score = Annotated[Decimal | str, BeforeValidator(_score), WithJsonSchema({"type": ["number", "string"]})]
"""A number, or the source's words."""

Parameter = Annotated[
    str | int | bool, BeforeValidator(_parameter), WithJsonSchema({"type": ["string", "integer", "boolean"]})
]
"""What a request may carry."""

Currency = Annotated[
    str, Strict(), AfterValidator(_currency), WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"})
]
"""ISO 4217 code."""

Line = Annotated[str, Strict(), StringConstraints(max_length=500), AfterValidator(_line)]
"""Text on one line."""

Text = Annotated[str, Strict(), StringConstraints(max_length=20_000), AfterValidator(_text)]
"""Text, possibly of several lines. Markdown where the field says so."""

Slug = Annotated[str, Strict(), StringConstraints(max_length=100), AfterValidator(_plain_id)]
"""An id without `/`: of an author, a provider, a family, a tag."""

AuthorId = Slug

ModelRef = Annotated[str, Strict(), AfterValidator(_model_ref)]
"""A model: `author/model`."""

OfferingId = Annotated[str, Strict(), AfterValidator(check_id)]
"""The exact id under which a provider serves something; it may hold `/`, `:`, `@`."""

_DATE_PATTERN = r"^\d{4}(-\d{2}(-\d{2})?)?$"

PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(
        {"type": ["string", "integer"], "pattern": _DATE_PATTERN, "minimum": _FIRST_YEAR, "maximum": _LAST_YEAR}
    ),
]
"""A date with the precision it is known to: `2025`, `2025-06` or `2025-06-17`."""

Day = Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"})]
"""A whole date: `2025-06-17`."""

Url = Annotated[str, Strict(), StringConstraints(max_length=2000), AfterValidator(_url)]
"""An http or https address without user name, white space or quotes."""

UrlTemplate = Annotated[str, Strict(), StringConstraints(max_length=2000), AfterValidator(_url_template)]
"""An address in which `{name}` or `${NAME}` stands for something the reader has to fill in."""
