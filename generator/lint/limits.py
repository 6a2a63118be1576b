"""Rules about limits."""

from collections.abc import Iterator
from decimal import Decimal

from generator.lint.view import Fault, Rules, View, named
from generator.schema import Facts, Modality, Offering

__all__ = ["FACTS", "OFFERINGS"]


def output_above_context(_: View, facts: Facts) -> Iterator[Fault]:
    """Find output that does not fit in (A101)."""
    context, output = facts.limits.context, facts.limits.output
    if context and output and output > context:
        message = f"the output limit of {output:,} is more than the context window of {context:,}"
        yield Fault(message, (("limits", "output"), ("limits", "context")))


def input_above_context(_: View, facts: Facts) -> Iterator[Fault]:
    """Find input that does not fit in (A102)."""
    context, most = facts.limits.context, facts.limits.input
    if context and most and most > context:
        message = f"the input limit of {most:,} is more than the context window of {context:,}"
        yield Fault(message, (("limits", "input"), ("limits", "context")))


def zero_limit(_: View, facts: Facts) -> Iterator[Fault]:
    """Find limits of nothing (A103)."""
    if facts.limits.context == 0:
        yield Fault("the context window is 0 tokens", (("limits", "context"),))
    if facts.limits.output == 0 and Modality.TEXT in facts.modalities.output:
        yield Fault("writes text, and the output limit is 0 tokens", (("limits", "output"), ("modalities", "output")))


def limit_beside_definition(view: View, offering: Offering) -> Iterator[Fault]:
    """Find limits that are by far not the model's, nor what other providers make of it (A104).

    Providers cut the output as they like; only more of it than the model can give is a fault.
    """
    model, factor = view.catalog.models.get(offering.model or ""), view.checks.limit_factor
    if model is None:
        return
    own, theirs = offering.limits.context, model.limits.context
    if own and theirs and _apart(own, theirs, factor):
        middle = view.middle(offering, "context", lambda other: other.limits.context)
        if middle is None or _apart(own, middle, factor):
            message = f"the context window is {own:,}, and {theirs:,} in the definition of {named(model.id)}"
            yield Fault(message, (("limits", "context"),))
    own, theirs = offering.limits.output, model.limits.output
    if own and theirs and own >= theirs * factor:
        message = f"the output limit is {own:,}, and {theirs:,} in the definition of {named(model.id)}"
        yield Fault(message, (("limits", "output"),))


def limit_beside_others(view: View, offering: Offering) -> Iterator[Fault]:
    """Find windows that are by far not the other providers', where the model states none (A105)."""
    model = view.catalog.models.get(offering.model or "")
    own = offering.limits.context
    if model is None or model.limits.context or not own:
        return
    middle = view.middle(offering, "context", lambda other: other.limits.context)
    if middle and _apart(own, middle, view.checks.limit_factor):
        message = f"the context window is {own:,}, and {int(middle):,} at the other providers"
        yield Fault(message, (("limits", "context"),))


def _apart(one: int | Decimal, two: int | Decimal, factor: Decimal) -> bool:
    return one >= two * factor or two >= one * factor


FACTS: Rules[Facts] = {"A101": output_above_context, "A102": input_above_context, "A103": zero_limit}
OFFERINGS: Rules[Offering] = {"A104": limit_beside_definition, "A105": limit_beside_others}
