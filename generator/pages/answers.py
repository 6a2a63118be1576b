"""Questions that people ask about a model, each with the answer that the facts give; what they do not say is not asked.

The numbers are written by `formats`, as everywhere: an answer never says another thing than the table above it.
"""

from collections.abc import Collection, Iterator, Sequence

from msgspec import Struct

from generator.formats import amount, count, date, lifecycle
from generator.pages.rows import ModelRow, OfferingRow, Ref, is_active
from generator.schema import Billing, Model

__all__ = ["Answer", "answers"]

_NAMED = 5
"""Providers that an answer names; of more it says how many."""
_EARLY = ("alpha", "beta", "preview")


class Answer(Struct, frozen=True):
    """A question and what the facts say to it, in plain text."""

    question: str
    text: str


def answers(
    row: ModelRow, rows: Sequence[OfferingRow], author: str, successor: Ref | None, free_tiers: Collection[str] = ()
) -> tuple[Answer, ...]:
    """Return what can be answered about a model.

    Args:
        row: The model.
        rows: Its offerings, lowest price first.
        author: Who made it.
        successor: What to use instead.
        free_tiers: The ids of providers that have a free tier.
    """
    model, name = row.model, row.ref.label
    active = [one for one in rows if is_active(one.offering)]
    return (
        *_what(model, name, author),
        *_cost(row, rows, active, name),
        *_free_tier(active, name, free_tiers),
        *_who(active, name),
        *_ids(active, name),
        *_limits(model, active, name),
        *_abilities(model, name),
        *_age(model, name),
        *_openness(model, name),
        *_end(model, name, successor),
    )


def _what(model: Model, name: str, author: str) -> Iterator[Answer]:
    given, made = model.modalities.input, model.modalities.output
    if not given or not made:
        return
    size = f" with {model.architecture.parameters} parameters" if model.architecture.parameters else ""
    text = f"A model by {author}{size} that takes {_all(given)} and returns {_all(made)}."
    yield Answer(f"What is {name}?", text)


def _cost(row: ModelRow, rows: Sequence[OfferingRow], active: Sequence[OfferingRow], name: str) -> Iterator[Answer]:
    question, told = f"How much does {name} cost?", list[str]()
    price = row.best.price if row.best else None
    if price is not None and row.best_ref is not None:
        parts = [("input", price.input), ("output", price.output)]
        stated = [
            f"{amount(value, price.currency)} per million {word} tokens" for word, value in parts if value is not None
        ]
        lead = "The lowest known price is " if sum(1 for one in rows if one.offering.price) > 1 else ""
        told.append(f"{lead}{' and '.join(stated)}, at {row.best_ref.label}.")
    for billing, words in ((Billing.FREE, "It can be used free of charge at"), (Billing.PLAN, "A plan includes it at")):
        if found := [one for one in active if (paid := one.offering.price) and paid.billing is billing]:
            told.append(f"{words} {_providers(found)}.")
    if told:
        yield Answer(question, " ".join(told))


def _free_tier(active: Sequence[OfferingRow], name: str, free_tiers: Collection[str]) -> Iterator[Answer]:
    found = [row for row in active if row.offering.provider in free_tiers]
    if found:
        has = "has one" if len({row.offering.provider for row in found}) == 1 else "have one"
        text = f"{_providers(found)} {has}; what it holds is the provider's to say."
        yield Answer(f"Is there a free tier with {name}?", text)


def _who(active: Sequence[OfferingRow], name: str) -> Iterator[Answer]:
    if not active:
        return
    number = len({row.offering.provider for row in active})
    lead = "One provider" if number == 1 else f"{number} providers"
    yield Answer(f"Which providers serve {name}?", f"{lead}: {_providers(active)}.")


def _ids(active: Sequence[OfferingRow], name: str) -> Iterator[Answer]:
    ids = list(dict.fromkeys(row.offering.id for row in active))
    if not ids:
        return
    if len(ids) == 1:
        text = f"{ids[0]}" + (", at every provider." if len(active) > 1 else f", at {active[0].provider.label}.")
    else:
        named = [f"{row.offering.id} at {row.provider.label}" for row in active[:_NAMED]]
        more = f"; {len(active) - _NAMED} more are in the table above" if len(active) > _NAMED else ""
        text = "; ".join(named) + more + "."
    yield Answer(f"Which id do I send to call {name}?", text)


def _limits(model: Model, active: Sequence[OfferingRow], name: str) -> Iterator[Answer]:
    size, most = model.limits.context, model.limits.output
    if size is None:
        return
    text = f"{count(size)} tokens" + (f", of which up to {count(most)} can be output." if most else ".")
    found = {row.offering.limits.context for row in active} - {None}
    offered = sorted(value for value in found if value is not None)
    if len(offered) > 1:
        text += f" Providers differ: from {count(offered[0])} to {count(offered[-1])} tokens."
    yield Answer(f"How large is the context window of {name}?", text)


def _abilities(model: Model, name: str) -> Iterator[Answer]:
    given, can = model.modalities.input, model.capabilities
    if given:
        sees = "image" in given
        more = "" if sees else f" It takes {_all(given)}."
        yield Answer(f"Can {name} read images?", f"{'Yes' if sees else 'No'}.{more}")
    calls = can.tool_calls if can.tool_calls is not None else can.tools
    if calls is not None:
        text = "Yes." if calls else "No, as far as its definition says."
        if can.structured_outputs is not None:
            text += f" It {'can' if can.structured_outputs else 'cannot'} be held to a JSON schema."
        yield Answer(f"Can {name} call tools?", text)
    if can.reasoning is not None:
        steered = " How much can be set." if can.reasoning and can.reasoning_effort else ""
        yield Answer(f"Does {name} reason before it answers?", f"{'Yes' if can.reasoning else 'No'}.{steered}")


def _age(model: Model, name: str) -> Iterator[Answer]:
    if model.released:
        early = f" It is in {model.status}." if model.status in _EARLY else ""
        yield Answer(f"When was {name} released?", f"{_when(model.released)}.{early}")
    if model.knowledge:
        yield Answer(f"How recent is what {name} knows?", f"Its knowledge ends in {date(model.knowledge[:7])}.")


def _openness(model: Model, name: str) -> Iterator[Answer]:
    if model.open_weights is None:
        return
    text = "Yes, its weights are published." if model.open_weights else "No, its weights are not published."
    text += f" License: {model.license}." if model.license else ""
    yield Answer(f"Is {name} open?", text)


def _end(model: Model, name: str, successor: Ref | None) -> Iterator[Answer]:
    if told := lifecycle(model):
        instead = f" Use {successor.label} instead." if successor else ""
        yield Answer(f"How long can {name} be used?", f"{told}.{instead}")


def _when(day: str) -> str:
    return f"{'On' if day.count('-') == 2 else 'In'} {date(day)}"


def _all(words: Sequence[str]) -> str:
    """Join words as a sentence has them: `text, images and audio`."""
    named = [_PLURALS.get(word, word) for word in words]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


_PLURALS = {"image": "images", "pdf": "PDF files", "embedding": "embeddings"}


def _providers(rows: Sequence[OfferingRow]) -> str:
    names = list(dict.fromkeys(row.provider.label for row in rows))
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
