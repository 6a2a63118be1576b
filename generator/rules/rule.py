"""What a rule is, and what it says about one thing."""

from enum import StrEnum

from msgspec import Struct

from generator.errors import Severity

__all__ = ["Finding", "Level", "Rule"]


class Level(StrEnum):
    """How much a rule weighs: like a severity, or not at all."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"

    @property
    def severity(self) -> Severity:
        """The severity of what is found. There is none for a rule that is off."""
        return Severity(self.value)


class Rule(Struct, frozen=True, kw_only=True):
    """One thing that is looked for."""

    code: str
    title: str
    """A few words, for headings."""
    level: Level
    """How much it weighs unless `site.yaml` says otherwise."""
    meaning: str
    """What has been seen where it is told."""
    why: str
    """What harm it does."""
    mend: str
    """What to write instead."""
    example: str
    """What it looks like in a source file."""

    @property
    def is_fixed(self) -> bool:
        """Whether its weight cannot be changed: a site with such a fault cannot be built."""
        return self.code.startswith("A0")


class Finding(Struct, frozen=True, order=True):
    """What a rule has to say about one thing of the catalog, before its place is looked up.

    `about` names the thing as `Catalog.sources` does: `model/<id>`, `offering/<provider>/<id>`. `loc` is the path of
    the key that states the fact.
    """

    about: str
    code: str
    loc: tuple[int | str, ...]
    message: str
    level: Level
