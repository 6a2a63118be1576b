"""What every reader gives: the records of a catalog, its settings and free pages, and every fault on the way."""

from dataclasses import dataclass, replace

from generator.catalog import Entry, Records
from generator.config import Settings
from generator.errors import Problem
from generator.schema import FreePage, Offering, Price

__all__ = ["Content", "in_currency"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A source after reading. Faults of the source are in `problems`; what they spoil is named in `records.broken`."""

    records: Records
    settings: Settings = Settings()
    pages: tuple[Entry[FreePage], ...] = ()
    problems: tuple[Problem, ...] = ()


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
