"""Where those who serve a model do not agree, with each other or with its definition: a sentence for each fact."""

from collections.abc import Callable, Mapping, Sequence

from generator.formats import count
from generator.pages.rows import OfferingRow, is_active
from generator.schema import Model

__all__ = ["disagreements"]

_LIMITS = {"context": "Context window", "input": "Max input", "output": "Max output"}
_ABILITIES = {
    "tool_calls": "Tool calling",
    "reasoning": "Reasoning",
    "structured_outputs": "Structured output",
    "attachments": "Attachments",
    "web_search": "Web search",
}
_PARTS: tuple[tuple[str, Mapping[str, str], Callable[[int], str]], ...] = (
    ("limits", _LIMITS, lambda value: f"{count(value)} tokens"),
    ("capabilities", _ABILITIES, lambda value: "yes" if value else "no"),
)
_NAMED = 3


def disagreements(model: Model, rows: Sequence[OfferingRow]) -> tuple[tuple[str, str], ...]:
    """Return each fact that is told in more than one way, and who tells it how."""
    active = [row for row in rows if is_active(row.offering)]
    told = []
    for part, names, word in _PARTS:
        held = [vars(getattr(row.offering, part)) for row in active]
        definition = vars(getattr(model, part))
        for name, label in names.items():
            stated, defined = [facts[name] for facts in held], definition[name]
            if len({*stated, defined} - {None}) > 1:
                told.append((label, _told(_said(active, stated), defined, word)))
    return tuple(told)


def _said(rows: Sequence[OfferingRow], stated: Sequence[int | None]) -> Mapping[int, list[str]]:
    """Return who states each value, most of them first."""
    found: dict[int, list[str]] = {}
    for row, value in zip(rows, stated, strict=True):
        if value is not None:
            found.setdefault(value, []).append(row.provider.label)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), -item[0])))


def _told(said: Mapping[int, list[str]], defined: int | None, word: Callable[[int], str]) -> str:
    """Write who says what."""
    parts = [f"{word(value)} at {_named(providers)}" for value, providers in said.items()]
    if defined is not None:
        parts.insert(0, f"{word(defined)} by definition")
    return "; ".join(parts)


def _named(providers: Sequence[str]) -> str:
    names = list(dict.fromkeys(providers))
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return ", ".join(names)
