"""What a site's owner can set: the shape of `site.yaml`. Settings are trusted; they may still be wrong, and are told where."""

from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

__all__ = ["Badges", "Edition", "NavLink", "Settings"]


class Edition(StrEnum):
    """How a page is written."""

    HTML = "html"
    MD = "md"


class Badges(StrEnum):
    """Where the badges of the Markdown edition come from."""

    SHIELDS = "shields"
    LOCAL = "local"


def _base_url(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(c in url for c in " \"'<>?#\\"):
        raise ValueError(f"has to be an address that starts with https:// or http://, not `{url[:60]}`")
    return url if url.endswith("/") else url + "/"


def _address(url: str) -> str:
    if not url.startswith(("https://", "http://")) or any(c in url for c in " \"'<>\\"):
        raise ValueError(f"has to be an address that starts with https:// or http://, not `{url[:60]}`")
    return url


def _editions(editions: tuple[Edition, ...]) -> tuple[Edition, ...]:
    return tuple(edition for edition in Edition if edition in editions)


class _Setting(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class NavLink(_Setting):
    """One more entry in the header, beside the catalog's own pages."""

    label: str = Field(min_length=1, max_length=60)
    page: str | None = None
    """A free page, by the name of its file without `.md`."""
    url: Annotated[str, AfterValidator(_address)] | None = None
    """An address elsewhere."""


class Settings(_Setting):
    """Everything `site.yaml` may hold. Every key has a default, so an empty file is a site."""

    title: str = Field(default="AI model catalog", min_length=1, max_length=120)
    """Name of the site: the header, the home page, the end of every page title."""
    description: str = Field(default="AI models, who makes them, who serves them and at what price.", max_length=500)
    """One sentence about the site."""
    base_url: Annotated[str, AfterValidator(_base_url)] | None = None
    """Where it will be published; needed only for what has to be absolute: canonical links, the sitemap, feeds."""
    language: str = Field(default="en", pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
    """BCP 47 tag of the language the site is written in."""
    currency: str = Field(default="USD", pattern=r"^[A-Z]{3}$")
    """Currency of prices that name none."""
    editions: Annotated[tuple[Edition, ...], AfterValidator(_editions)] = Field(default=(Edition.HTML, Edition.MD), min_length=1)
    """Which editions are written: html, md."""
    badges: Badges = Badges.SHIELDS
    """Badges of the Markdown edition: `shields` (addresses at img.shields.io) or `local` (SVG files of the site)."""
    data_date: str | None = Field(default=None, pattern=r"^\d{4}-\d{2}-\d{2}$")
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
