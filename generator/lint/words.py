"""Rules about what is said at all, and when it was last looked at."""

from collections.abc import Iterator
from datetime import date

from generator.documents import Loc
from generator.lint.view import Fault, Rules, View, is_served
from generator.schema import Author, Model, Offering, Provider

__all__ = ["MODELS", "OFFERINGS", "OWNERS"]

_WHOLE: Loc = ()


def no_description(_: View, thing: Author | Model | Provider) -> Iterator[Fault]:
    """Find what nothing is said about (A401)."""
    if not thing.description and not thing.prose.strip():
        yield Fault("has no description", (_WHOLE,))


def stale(view: View, thing: Author | Offering | Provider) -> Iterator[Fault]:
    """Find facts that were looked at long ago (A402)."""
    is_gone = isinstance(thing, Offering) and not is_served(thing)  # there is nothing to compare it with any more
    checked = None if isinstance(thing, Author) or is_gone else thing.checked
    if checked and view.today and (days := _days(checked, view.today)) > view.checks.stale_days:
        yield Fault(f"checked on {checked}, {days:,} days before the day the facts are from", (("checked",),))


def checked_in_future(view: View, thing: Author | Offering | Provider) -> Iterator[Fault]:
    """Find facts looked at on a day to come (A403)."""
    checked = None if isinstance(thing, Author) else thing.checked
    if checked and view.today and checked > view.today:
        yield Fault(f"checked on {checked}, after the day the facts are from ({view.today})", (("checked",),))


def no_modalities(_: View, facts: Model | Offering) -> Iterator[Fault]:
    """Find what has no modalities (A404)."""
    if isinstance(facts, Offering) and facts.model:
        return  # the definition is the place to say it
    missing = [way for way in ("input", "output") if not getattr(facts.modalities, way)]
    if missing:
        yield Fault(f"no modalities of {' and '.join(missing)} are stated", (("modalities",), _WHOLE))


def _days(first: str, last: str) -> int:
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


MODELS: Rules[Model] = {"A401": no_description, "A404": no_modalities}
OFFERINGS: Rules[Offering] = {"A402": stale, "A403": checked_in_future, "A404": no_modalities}
OWNERS: Rules[Author | Provider] = {"A401": no_description, "A402": stale, "A403": checked_in_future}
