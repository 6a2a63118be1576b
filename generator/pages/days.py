"""Days as sources state them, with the precision they have: what is past or near, from when facts are. No clock."""

from collections.abc import Iterable
from datetime import date, timedelta

from generator.catalog import Catalog, Key
from generator.config import Settings

__all__ = ["after", "data_date", "dates", "in_words", "is_past", "is_within"]


def after(day: str | None, days: int) -> str | None:
    """Return the day so many days after another; one that is known to the month or the year counts from its first."""
    if day is None:
        return None
    padded = f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]
    return (date.fromisoformat(padded) + timedelta(days=days)).isoformat()


def is_past(day: str, today: str | None) -> bool:
    """Return whether a day is over, as far as both are known: a month is over when the next has begun."""
    return today is not None and day < today[: len(day)]


def is_within(day: str, today: str | None, days: int) -> bool:
    """Return whether a day is not over and at most so many days away."""
    last = after(today, days)
    return last is not None and not is_past(day, today) and day <= last[: len(day)]


def in_words(day: str, today: str | None) -> str:
    """Return how far away a whole day is: `in 12 days`, `today`; nothing where that is not known to the day."""
    if today is None or len(day) < 10 or len(today) < 10:
        return ""
    days = (date.fromisoformat(day) - date.fromisoformat(today)).days
    if days == 0:
        return "today"
    return f"in {days:,} {'day' if days == 1 else 'days'}" if days > 0 else ""


def data_date(catalog: Catalog, settings: Settings) -> str | None:
    """Return the day the facts are from.

    As set, else the newest day on which any were checked, else the newest date of a model.
    """
    checked = [provider.checked for provider in catalog.providers.values() if provider.checked]
    checked += [offering.checked for offering in catalog.offerings.values() if offering.checked]
    dated = [date for model in catalog.models.values() for date in (model.updated, model.released) if date]
    return settings.data_date or max(checked, default=None) or max(dated, default=None)


def dates(
    catalog: Catalog, offerings: Iterable[Key], models: Iterable[str], providers: Iterable[str]
) -> list[tuple[str | None, ...]]:
    """Return what these things say of the day that the facts are from."""
    found: list[tuple[str | None, ...]] = [(catalog.offerings[key].checked,) for key in offerings]
    found += [(catalog.models[name].updated, catalog.models[name].released) for name in models]
    return found + [(catalog.providers[name].checked,) for name in providers]
