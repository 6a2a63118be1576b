"""What a site's owner can set: the shape of `site.yaml`.

Settings are trusted; they may still be wrong, and are told where.
"""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    Strict,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from generator.errors import UsageError, nearest
from generator.faults import explain, shown
from generator.rules import RULES, Level
from generator.schema.values import Record

__all__ = ["Badges", "Checks", "Edition", "Export", "NavLink", "Settings", "Target"]


class Edition(StrEnum):
    """How a page is written."""

    HTML = "html"
    MD = "md"


class Badges(StrEnum):
    """Where the badges of the Markdown edition come from."""

    SHIELDS = "shields"
    LOCAL = "local"


class Target(StrEnum):
    """Where the Markdown edition is read."""

    GITHUB = "github"
    MKDOCS = "mkdocs"
    HUGO = "hugo"


class Export(StrEnum):
    """A family of files that the build writes beside the pages."""

    MODELSDEV = "modelsdev"
    RECORDS = "records"
    TABLES = "tables"
    LITELLM = "litellm"
    OPENAI = "openai"
    OPENROUTER = "openrouter"
    LLMS = "llms"
    ALIASES = "aliases"
    FEEDS = "feeds"
    CALENDAR = "calendar"
    SITEMAP = "sitemap"
    HEADERS = "headers"


_LANGUAGE = r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
_CURRENCY = r"[A-Z]{3}"
_DAY = r"\d{4}-\d{2}-\d{2}"


def _line(text: str) -> str:
    if "\n" in text.strip():
        raise ValueError("has to be on one line")
    if not text.strip():
        raise ValueError("has to hold some text")
    return text.strip()


def _language(text: str) -> str:
    if not re.fullmatch(_LANGUAGE, text):
        raise ValueError(f"has to be a language tag such as en or pt-BR, not {shown(text)}")
    return text


def _currency(text: str) -> str:
    if not re.fullmatch(_CURRENCY, text):
        raise ValueError(f"has to be a currency code such as USD or EUR, not {shown(text)}")
    return text


def _day(value: Any) -> str:
    text = value if isinstance(value, str) else ""
    if not re.fullmatch(_DAY, text, re.ASCII):
        raise ValueError(f"has to be a whole date like 2025-06-17, not {shown(value)}")
    try:
        date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"there is no such date: `{text}`") from None
    return text


def _address(url: str) -> str:
    try:
        host = urlsplit(url).hostname
    except ValueError:
        host = None
    if not host or not url.startswith(("https://", "http://")):
        raise ValueError(f"has to be an address that starts with https:// or http://, not {shown(url)}")
    if re.search(r"[\s\"'<>\\]", url) or not url.isprintable():
        raise ValueError("holds a character that an address cannot have\npercent-encode it")
    return url


def _base_url(url: str) -> str:
    if "?" in url or "#" in url:
        raise ValueError("has to be the address of a folder, without `?` and `#`")
    return _address(url).rstrip("/") + "/"


def _editions(editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    if not editions:
        raise ValueError("has to hold html, md or both")
    return tuple(edition for edition in Edition if edition in editions)


def _exports(exports: tuple[Export, ...]) -> tuple[Export, ...]:
    return tuple(export for export in Export if export in exports)


def _factor(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | Decimal) or value <= 1:
        raise ValueError(f"has to be a number above 1, not {shown(value)}")
    return Decimal(value)


_FACTOR_SCHEMA: dict[str, Any] = {"type": "number", "exclusiveMinimum": 1}


def _severities(value: Any) -> Any:
    for code in value if isinstance(value, dict) else ():
        if code not in RULES:
            hint = nearest(str(code), RULES) or "`almanac explain` lists the codes"
            raise ValueError(f"there is no rule {shown(code)}\n{hint}")
        if RULES[code].is_fixed:
            raise ValueError(f"{code} is always an error\na site with such a fault cannot be built")
    return value


class NavLink(Record):
    """One more entry in the header, beside the catalog's own pages."""

    label: Annotated[str, StringConstraints(max_length=60), AfterValidator(_line)]
    """What it is called."""
    page: str | None = None
    """A free page, by the name of its file without `.md`."""
    url: Annotated[str, AfterValidator(_address)] | None = None
    """An address elsewhere."""

    @model_validator(mode="after")
    def _one_target(self) -> Self:
        if (self.page is None) == (self.url is None):
            raise ValueError("has to hold either `page` or `url`")
        return self


class Checks(Record):
    """How far apart facts may be before `almanac check` speaks up, and whether the site shows what it says."""

    stale_days: Annotated[int, Strict(), Field(ge=1, le=100_000)] = 180
    """Days after which facts that were not compared with their source again are stale."""
    price_factor: Annotated[Decimal, BeforeValidator(_factor), WithJsonSchema(_FACTOR_SCHEMA)] = Decimal(10)
    """How many times lower or higher than the other providers' middle a price may be."""
    limit_factor: Annotated[Decimal, BeforeValidator(_factor), WithJsonSchema(_FACTOR_SCHEMA)] = Decimal(8)
    """How many times smaller or larger than the definition or the other providers' middle a limit may be."""
    page: Annotated[bool, Strict()] = True
    """Whether the site has a page of data quality."""


class Settings(Record):
    """Everything `site.yaml` may hold. Every key has a default, so an empty file is a site."""

    title: Annotated[str, StringConstraints(max_length=120), AfterValidator(_line)] = "AI model catalog"
    """Name of the site: the header, the home page, the end of every page title."""
    description: str = Field(default="AI models, who makes them, who serves them and at what price.", max_length=500)
    """One sentence about the site."""
    base_url: Annotated[str, AfterValidator(_base_url)] | None = None
    """Where it will be published; needed only for what has to be absolute: canonical links, the sitemap, feeds."""
    language: Annotated[str, AfterValidator(_language), Field(json_schema_extra={"pattern": f"^{_LANGUAGE}$"})] = "en"
    """BCP 47 tag of the language the site is written in."""
    currency: Annotated[str, AfterValidator(_currency), Field(json_schema_extra={"pattern": f"^{_CURRENCY}$"})] = "USD"
    """Currency of prices that name none."""
    editions: Annotated[tuple[Edition, ...], AfterValidator(_editions)] = (Edition.HTML, Edition.MD)
    """Which editions are written: html, md."""
    exports: Annotated[tuple[Export, ...], AfterValidator(_exports)] = tuple(Export)
    """Which files for programs are written: modelsdev, records, tables, litellm, openai, openrouter, llms, aliases,
    feeds, calendar, sitemap, headers."""
    badges: Badges = Badges.SHIELDS
    """Badges of the Markdown edition: `shields` (addresses at img.shields.io) or `local` (SVG files of the site)."""
    target: Target = Target.GITHUB
    """The host that the Markdown edition is for: github (nothing beside the pages), mkdocs or hugo (the Markdown
    edition alone, with a configuration)."""
    data_date: (
        Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^{_DAY}$"})] | None
    ) = None
    """The day the facts are from; the newest date in the catalog when left out."""
    edit_url: Annotated[str, AfterValidator(_address)] | None = None
    """Address of the source files, with `{path}` where the path of a file goes."""
    repository: Annotated[str, AfterValidator(_address)] | None = None
    """Where the catalog is kept."""
    footer: str | None = Field(default=None, max_length=500)
    """A sentence at the foot of every page."""
    featured: tuple[str, ...] = ()
    """Models to show first on the home page, as `author/model`."""
    navigation: tuple[NavLink, ...] = ()
    """More entries for the header."""
    redirects: dict[str, str] = Field(default_factory=dict)
    """Old paths of pages within the site, as in their addresses, and the page or address that each leads to now."""
    severities: Annotated[dict[str, Level], BeforeValidator(_severities)] = Field(default_factory=dict)
    """How much each rule of `almanac check` weighs, by its code: error, warning or off."""
    checks: Checks = Checks()
    """How far apart facts may be before a check speaks up."""
    overlays: tuple[str, ...] = ()
    """Folders of overlays, seen from the folder of this file; the later over the earlier."""

    def changed(self, changes: Mapping[str, object]) -> Self:
        """Return the settings with changes from elsewhere; raise `UsageError` when one of them is wrong."""
        try:
            return self.model_validate({**self.model_dump(exclude_unset=True), **changes})
        except ValidationError as error:
            told = [explain(type(self), fault) for fault in error.errors(include_url=False)]
            raise UsageError("; ".join(f"{'.'.join(map(str, one.loc))} {one.message}" for one in told)) from None
