"""What every reader gives: the records of a catalog, its settings and free pages, and every fault on the way."""

from dataclasses import dataclass

from generator.catalog import Entry, Records
from generator.config import Settings
from generator.errors import Problem
from generator.schema import FreePage

__all__ = ["Content"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A source after reading. Faults of the source are in `problems`; what they spoil is named in `records.broken`."""

    records: Records
    settings: Settings = Settings()
    pages: tuple[Entry[FreePage], ...] = ()
    problems: tuple[Problem, ...] = ()
