"""What was before, as far as it is known."""

from msgspec import Struct

from generator.catalog import Catalog
from generator.config import Settings
from generator.history.changes import History

__all__ = ["Past"]


class Past(Struct, frozen=True, kw_only=True):
    """What was before: a catalog with its settings, and what its site told of the time before it."""

    catalog: Catalog
    settings: Settings
    history: History
