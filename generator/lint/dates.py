"""Rules about dates. A date that is known to the month or the year is given the benefit of the doubt."""

from collections.abc import Iterator

from generator.lint.view import GONE, Fault, Rules, View, first_day, last_day
from generator.schema import Facts, Offering, Status

__all__ = ["FACTS", "OFFERINGS"]

_ORDER = (
    ("released", "updated", "updated on {1}, before its release on {0}"),
    ("released", "deprecated", "deprecated on {1}, before its release on {0}"),
    ("released", "retires", "retires on {1}, before its release on {0}"),
    ("deprecated", "retires", "retires on {1}, before it is deprecated on {0}"),
)


def retired_but_active(view: View, facts: Facts) -> Iterator[Fault]:
    """Find what has stopped working without its status saying so (A201)."""
    if view.today and facts.retires and last_day(facts.retires) < view.today and facts.status is not Status.RETIRED:
        status = f"the status is `{facts.status}`" if facts.status else "no status says so"
        yield Fault(f"stopped working on {facts.retires}, and {status}", (("status",), ("retires",)))


def deprecated_but_active(view: View, facts: Facts) -> Iterator[Fault]:
    """Find what was deprecated without its status saying so (A202)."""
    is_over = facts.deprecated and last_day(facts.deprecated) < view.today
    if is_over and facts.status and facts.status not in GONE:
        message = f"deprecated on {facts.deprecated}, and the status is `{facts.status}`"
        yield Fault(message, (("status",), ("deprecated",)))


def retired_too_early(view: View, facts: Facts) -> Iterator[Fault]:
    """Find what is called retired before its last day (A203)."""
    if view.today and facts.status is Status.RETIRED and facts.retires and first_day(facts.retires) > view.today:
        yield Fault(f"retires on {facts.retires}, and the status is `retired` already", (("status",), ("retires",)))


def wrong_order(_: View, facts: Facts) -> Iterator[Fault]:
    """Find two dates of a life in the wrong order (A204)."""
    held = vars(facts)
    for earlier, later, message in _ORDER:
        first, second = held[earlier], held[later]
        if first and second and last_day(second) < first_day(first):
            yield Fault(message.format(first, second), ((later,), (earlier,)), by_itself=True)


def knowledge_after_release(_: View, facts: Facts) -> Iterator[Fault]:
    """Find what knows of things after its own release (A205)."""
    if facts.knowledge and facts.released and first_day(facts.knowledge) > last_day(facts.released):
        message = f"knowledge up to {facts.knowledge}, after its release on {facts.released}"
        yield Fault(message, (("knowledge",), ("released",)), by_itself=True)


def date_to_come(view: View, facts: Facts) -> Iterator[Fault]:
    """Find what is released or updated in the future (A206)."""
    for name in ("released", "updated"):
        date = getattr(facts, name)
        if view.today and date and first_day(date) > view.today:
            yield Fault(f"{name} on {date}, after the day the facts are from ({view.today})", ((name,),))


def placeholder(_: View, facts: Facts) -> Iterator[Fault]:
    """Find releases on a date that programs write for none (A207)."""
    if facts.released and facts.released < "2000":
        yield Fault(f"released on {facts.released}, before there were such models", (("released",),))


def offered_before_release(view: View, offering: Offering) -> Iterator[Fault]:
    """Find what a provider has before its author does (A208)."""
    model = view.catalog.models.get(offering.model or "")
    if model is None or not model.released or not offering.released:
        return
    if last_day(offering.released) < first_day(model.released):
        message = f"released on {offering.released}, and the model itself on {model.released}"
        yield Fault(message, (("released",),))


FACTS: Rules[Facts] = {
    "A201": retired_but_active,
    "A202": deprecated_but_active,
    "A203": retired_too_early,
    "A204": wrong_order,
    "A205": knowledge_after_release,
    "A206": date_to_come,
    "A207": placeholder,
}
OFFERINGS: Rules[Offering] = {"A208": offered_before_release}
