"""What was before, as far as it is known."""

from dataclasses import dataclass

from generator.catalog import Catalog
from generator.config import Settings
from generator.history.changes import History

__all__ = ["Past"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """What was before: a catalog with its settings, and what its site told of the time before it."""

    catalog: Catalog
    settings: Settings
    history: History
