"""What every reader gives: the records of a catalog, its settings and free pages, and every fault on the way."""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import Entry, Records
from generator.config import Settings
from generator.errors import Problem
from generator.schema import FreePage, Offering, Price, Record

__all__ = ["Content", "in_currency", "put", "same_file"]

T = TypeVar("T", bound=Record)


class Content(Struct, frozen=True, kw_only=True):
    """A source after reading. Faults of the source are in `problems`; what they spoil is named in `records.broken`."""

    records: Records
    settings: Settings = Settings()
    pages: tuple[Entry[FreePage], ...] = ()
    problems: tuple[Problem, ...] = ()
    is_native: bool = False
    """Whether it was read from files of the native layout."""

    def without(self, path: str, records: Records, problems: Iterable[Problem]) -> "Content":
        """Return it with other records, and other problems of the file at `path`."""
        others = (problem for problem in self.problems if problem.path != path)
        return replace(self, records=records, problems=(*others, *problems))


def put(entries: tuple[Entry[T], ...], at: int, entry: Entry[T] | None) -> tuple[Entry[T], ...]:
    """Return entries with another one in one place; the old one stays where there is none."""
    return entries if entry is None else (*entries[:at], entry, *entries[at + 1 :])


def same_file(entries: tuple[Entry[T], ...], at: int) -> list[int]:
    """Return the places of the entries that come from the file of one of them: links to it hold what it holds."""
    data, path = entries[at].document.data, Path(entries[at].document.path)
    alike = [place for place, entry in enumerate(entries) if place != at and entry.document.data == data]
    real = path.resolve() if alike else path
    return [at, *(place for place in alike if Path(entries[place].document.path).resolve() == real)]


def in_currency(records: Records, currency: str) -> Records:
    """Return the records with every price that names no currency in `currency`."""
    if currency == Price.model_fields["currency"].default:
        return records

    def named(price: Price | None) -> Price | None:
        if price is None or "currency" in price.model_fields_set:
            return price
        return price.model_copy(update={"currency": currency})

    def converted(offering: Offering) -> Offering:
        modes = {name: mode.model_copy(update={"price": named(mode.price)}) for name, mode in offering.modes.items()}
        prices = tuple(named(price) for price in offering.prices)
        return offering.model_copy(update={"price": named(offering.price), "prices": prices, "modes": modes})

    offerings = tuple(replace(entry, value=converted(entry.value)) for entry in records.offerings)
    return replace(records, offerings=offerings)
