"""Rules about how things of the catalog stand to each other, and a thing to itself."""

from collections.abc import Iterator

from generator.lint.view import GONE, Fault, Rules, View, first_day, last_day, named
from generator.schema import Author, Facts, Model, Offering, Provider, Status

__all__ = ["FACTS", "MODELS", "OFFERINGS", "OWNERS"]


def offering_of_retired(view: View, offering: Offering) -> Iterator[Fault]:
    """Find offerings of models that are gone (A501)."""
    model = view.catalog.models.get(offering.model or "")
    if model and model.status is Status.RETIRED and offering.status not in GONE:
        status = f"its status here is `{offering.status}`" if offering.status else "the offering has no status"
        yield Fault(f"{named(model.id)} is retired, and {status}", (("status",), ("model",)))


def successor_gone(view: View, facts: Facts) -> Iterator[Fault]:
    """Find successors that are on their way out too (A502)."""
    successor = view.catalog.models.get(facts.successor or "")
    if successor and successor.status in GONE:
        yield Fault(f"the successor {named(successor.id)} is {successor.status} itself", (("successor",),))


def unused_alias(view: View, thing: Author | Model | Provider) -> Iterator[Fault]:
    """Find aliases that no file uses (A503)."""
    for number, alias in enumerate(thing.aliases):
        if view.documents and alias not in view.written:
            yield Fault(f"no file names it {named(alias)}", (("aliases", number),))


def family_spelling(view: View, facts: Facts) -> Iterator[Fault]:
    """Find families that are written in another way elsewhere (A504)."""
    names = view.spellings.get(facts.family or "", ())
    if names and facts.family != names[0]:
        yield Fault(f"the family {named(facts.family or '')} is elsewhere written {named(names[0])}", (("family",),))


def shared_name(view: View, model: Model) -> Iterator[Fault]:
    """Find two models of an author with one name (A505)."""
    others = [name for name in view.titles.get((model.author, model.title.casefold()), ()) if name != model.id]
    if others:
        yield Fault(f"{named(others[0])} has the same name", (("name",), ()))


def closed_weights(_: View, model: Model) -> Iterator[Fault]:
    """Find weights that are listed and said to be closed (A506)."""
    if model.weights and model.open_weights is False:
        yield Fault("its weights are listed, and said not to be open", (("open_weights",),))


def other_weights(view: View, offering: Offering) -> Iterator[Fault]:
    """Find offerings that contradict their model about its weights (A506)."""
    model = view.catalog.models.get(offering.model or "")
    if model and {model.open_weights, offering.open_weights} == {True, False}:
        words = "open" if model.open_weights else "not open"
        yield Fault(f"the definition of {named(model.id)} says that the weights are {words}", (("open_weights",),))


def control_without_capability(_: View, facts: Facts) -> Iterator[Fault]:
    """Find controls and prices of what it cannot do (A507)."""
    able, control = facts.capabilities, facts.reasoning
    if able.reasoning is False and (control.toggle or control.effort or control.budget):
        message = "does not reason, and its reasoning can be controlled"
        yield Fault(message, (("reasoning",), ("capabilities", "reasoning")), by_itself=True)
    if able.reasoning is False and isinstance(facts, Offering) and facts.price and facts.price.reasoning:
        yield Fault("does not reason, and its reasoning has a price", (("price", "reasoning"),))
    if able.tool_calls is True and able.tools is False:
        message = "calls tools, and does not accept any"
        yield Fault(message, (("capabilities", "tools"), ("capabilities", "tool_calls")), by_itself=True)


def older_than_parent(view: View, model: Model) -> Iterator[Fault]:
    """Find models that are older than what they were made from (A508)."""
    parent = view.catalog.models.get(model.lineage.parent or "")
    if parent and parent.released and model.released and last_day(model.released) < first_day(parent.released):
        message = f"released on {model.released}, and {named(parent.id)}, which it was made from, on {parent.released}"
        yield Fault(message, (("released",),))


FACTS: Rules[Facts] = {"A502": successor_gone, "A504": family_spelling, "A507": control_without_capability}
MODELS: Rules[Model] = {"A503": unused_alias, "A505": shared_name, "A506": closed_weights, "A508": older_than_parent}
OFFERINGS: Rules[Offering] = {"A501": offering_of_retired, "A506": other_weights}
OWNERS: Rules[Author | Provider] = {"A503": unused_alias}
