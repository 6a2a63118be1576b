"""The kinds of values that facts are made of: text, numbers, dates, addresses, ids.

Every kind refuses what it cannot mean, in words for the person who wrote it. A message may carry a hint after a line break.
"""

import re
from calendar import monthrange
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, StringConstraints

__all__ = [
    "AuthorId",
    "Count",
    "Day",
    "Flag",
    "Line",
    "ModelRef",
    "Money",
    "Number",
    "OfferingId",
    "PartialDate",
    "Record",
    "Slug",
    "Text",
    "Url",
    "UrlTemplate",
    "check_id",
]


class Record(BaseModel):
    """A frozen set of facts. Unknown keys are refused; a key that is absent means that the fact is not known."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True, validate_default=False)

    def __bool__(self) -> bool:
        """Whether any fact is stated."""
        return bool(self.model_fields_set)


def _line(text: str) -> str:
    if "\n" in text or "\t" in text:
        raise ValueError("has to be on one line")
    if not text.strip():
        raise ValueError("has to hold some text\nleave the key out when it is not known")
    return text.strip()


def _text(text: str) -> str:
    if not text.strip():
        raise ValueError("has to hold some text\nleave the key out when it is not known")
    return text.strip()


_ID_PARTS = ("", ".", "..")
_MAX_ID_BYTES = 200


def check_id(text: str) -> str:
    """Return an id that can name a page: no empty part, no `..`, no backslash, no edge space, 200 bytes at most."""
    if len(text.encode("utf-8", "surrogatepass")) > _MAX_ID_BYTES:
        raise ValueError(f"an id may be {_MAX_ID_BYTES} bytes long at most")
    if text != text.strip() or "\\" in text or any(not c.isprintable() for c in text):
        raise ValueError("an id may not hold a backslash, a control character or a space at its edge")
    if any(part in _ID_PARTS for part in text.split("/")):
        raise ValueError("an id may not start or end with `/` nor have an empty part, `.` or `..`")
    return text


def _plain_id(text: str) -> str:
    if "/" in text:
        raise ValueError("may not hold `/`")
    return check_id(text)


def _model_ref(text: str) -> str:
    author, slash, slug = check_id(text).partition("/")
    if not slash:
        raise ValueError(f"has to name a model as `author/model`, not `{author}`")
    return text


_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


def _date_text(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999 else value


def _partial_date(text: str) -> str:
    found = _DATE.match(text)
    if not found:
        raise ValueError(f"has to be a date like 2025, 2025-06 or 2025-06-17, not `{text[:40]}`")
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if not 1950 <= year <= 2100 or (month is not None and not 1 <= month <= 12):
        raise ValueError(f"there is no such date: `{text}`")
    if month is not None and day is not None and not 1 <= day <= monthrange(year, month)[1]:
        raise ValueError(f"there is no such date: `{text}`")
    return text


def _day(text: str) -> str:
    if len(_partial_date(text)) != len("2025-06-17"):
        raise ValueError(f"has to be a whole date like 2025-06-17, not `{text}`")
    return text


_URL_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f<>\"'`\\^{|}]")


def _url(text: str) -> str:
    if _URL_FORBIDDEN.search(text):
        raise ValueError(f"holds a character that an address cannot have\npercent-encode it: `{text[:60]}`")
    try:
        parts = urlsplit(text)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        raise ValueError(f"is not an address: `{text[:60]}`") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"has to be an address that starts with https:// or http://, not `{text[:60]}`")
    if parts.username is not None or parts.password is not None:
        raise ValueError("may not hold a user name or a password")
    return text


_TEMPLATE = re.compile(r"\$?\{[A-Za-z_][A-Za-z0-9_]*\}")


def _url_template(text: str) -> str:
    """Check an address that may hold `{placeholder}` or `${ENVIRONMENT}` parts, and return it as written."""
    filled = _TEMPLATE.sub("x", text)
    _url(f"https://{filled}" if _TEMPLATE.match(text) else filled)
    return text


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError(f"has to be a number, not {_shown(value)}")
    return Decimal(value)


def _shown(value: Any) -> str:
    return "empty" if value is None else "a list" if isinstance(value, list) else f"`{str(value)[:40]}`"


def _money(value: Decimal) -> Decimal:
    if value < 0:
        raise ValueError(f"has to be 0 or more, not `{value}`")
    return value


Flag = Annotated[bool, Strict()]
"""True or false. Not known is the absence of the key."""

Count = Annotated[int, Strict(), Field(ge=0, le=10**15)]
"""A whole number of things: tokens, bytes, images."""

Number = Annotated[Decimal, BeforeValidator(_number)]
"""A number with exactly the digits it was written with."""

Money = Annotated[Decimal, BeforeValidator(_number), AfterValidator(_money)]
"""An amount of money, exact."""

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

PartialDate = Annotated[str, BeforeValidator(_date_text), Strict(), AfterValidator(_partial_date)]
"""A date with the precision it is known to: `2025`, `2025-06` or `2025-06-17`."""

Day = Annotated[str, Strict(), AfterValidator(_day)]
"""A whole date: `2025-06-17`."""

Url = Annotated[str, Strict(), StringConstraints(max_length=2000), AfterValidator(_url)]
"""An http or https address without user name, white space or quotes."""

UrlTemplate = Annotated[str, Strict(), StringConstraints(max_length=2000), AfterValidator(_url_template)]
"""An address in which `{name}` or `${NAME}` stands for something the reader has to fill in."""
