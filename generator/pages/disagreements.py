"""Where those who serve a model do not agree, with each other or with its definition: a sentence for each fact."""

from collections.abc import Iterable, Mapping, Sequence

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
_NAMED = 3


def disagreements(model: Model, rows: Sequence[OfferingRow]) -> tuple[tuple[str, str], ...]:
    """Return each fact that is told in more than one way, and who tells it how."""
    active = [row for row in rows if is_active(row.offering)]
    told = []
    for name, label in _LIMITS.items():
        said = _said((row, getattr(row.offering.limits, name)) for row in active)
        words = {value: f"{count(value)} tokens" for value in said}
        told.append((label, _told(said, getattr(model.limits, name), words)))
    for name, label in _ABILITIES.items():
        said = _said((row, getattr(row.offering.capabilities, name)) for row in active)
        told.append((label, _told(said, getattr(model.capabilities, name), {1: "yes", 0: "no"})))
    return tuple((label, text) for label, text in told if text)


def _said(pairs: Iterable[tuple[OfferingRow, int | None]]) -> Mapping[int, list[str]]:
    """Return who states each value, most of them first."""
    found: dict[int, list[str]] = {}
    for row, value in pairs:
        if value is not None:
            found.setdefault(value, []).append(row.provider.label)
    return dict(sorted(found.items(), key=lambda item: (-len(item[1]), -item[0])))


def _told(said: Mapping[int, list[str]], defined: int | None, words: Mapping[int, str]) -> str:
    """Write who says what; nothing where all say the same."""
    if len(said) < 2 and (defined is None or not said or defined in said):
        return ""
    parts = [f"{words[value]} at {_named(providers)}" for value, providers in said.items()]
    if defined is not None:
        own = words.get(defined, f"{count(defined)} tokens")
        parts.insert(0, f"{own} by definition")
    return "; ".join(parts)


def _named(providers: Sequence[str]) -> str:
    names = list(dict.fromkeys(providers))
    if len(names) > _NAMED:
        return f"{', '.join(names[:_NAMED])} and {len(names) - _NAMED} more"
    return ", ".join(names)
