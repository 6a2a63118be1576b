"""A page: one thing to show. Its kind names its templates, its context is all that they see."""

from msgspec import Struct

from generator.catalog import Overlaid
from generator.pages.rows import Ref

__all__ = ["CARD", "Context", "Page"]

CARD = "card.png"
"""What the picture of a page is called, in the folder of what it is of."""

_THINGS = frozenset({"author", "model", "provider", "offering", "page"})
_MANY = frozenset(
    {"author", "provider", "model", "offering", "family", "comparison", "gone", "404", "list", "offerings"}
)

_INDEXES = frozenset({"authors", "families", "providers"})
"""Kinds whose further parts are found by the first."""


class Page(Struct, frozen=True, order=True):
    """A page of the plan: where it is, what kind, and of what."""

    stem: str
    kind: str
    key: tuple[str, ...] = ()
    """What identifies the thing within its kind."""

    @property
    def is_own(self) -> bool:
        """Whether the page is no other thing's: a search finds it by its own name. There are few of these."""
        return self.kind not in _MANY and not (self.kind in _INDEXES and self.key)

    @property
    def about(self) -> str:
        """The key of the thing that the page shows, as in `Catalog.sources`; empty for lists and the like."""
        return "/".join((self.kind, *self.key)) if self.kind in _THINGS else ""


class Context(Struct, frozen=True, kw_only=True):
    """What every page has."""

    stem: str
    """Where it is."""
    kind: str
    """Name of its template."""
    title: str
    """Its heading, and the first part of the browser's title."""
    description: str
    """One plain sentence for search engines and front matter."""
    crumbs: tuple[Ref, ...] = ()
    """The pages above it, outermost first, without itself."""
    source: str | None = None
    """Path of the source file, for the link that edits it."""
    overlaid: tuple[Overlaid, ...] = ()
    """Which of its facts come from which overlay."""
    logo: str | None = None
    """File of the logo within the site, where there is one."""
    card: str = CARD
    """File of the picture that stands for the page where its address is shared."""
