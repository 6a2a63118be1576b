"""Two catalogs in any layout -> a report of what changed: text for a terminal, Markdown for a pull request, JSON.

Either may be a built site, by the JSON beside its pages. The report says nothing of prose; git does that well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum

from generator import past
from generator.errors import Problem
from generator.escape import code, escape_text
from generator.exporters.encode import json_text
from generator.formats import plural
from generator.history import Change, Kind, compare
from generator.history.words import HEADINGS, fact, identity, move, sentence, sides
from generator.sources.layouts import Source

__all__ = ["Form", "diff", "report"]

SHOWN = 200
"""Rows of one heading in Markdown, for what reads it cuts long texts off somewhere; all are counted."""


class Form(StrEnum):
    """How a report is written."""

    TEXT = "text"
    MARKDOWN = "markdown"
    JSON = "json"


def diff(old: Source, new: Source) -> tuple[tuple[Change, ...], tuple[Problem, ...]]:
    """Return what changed from one catalog to another, and the warnings of both.

    Raises:
        ContentError: One of them cannot be read without errors.
    """
    (before, of_old), (after, of_new) = past.read(old), past.read(new)
    return compare(before.catalog, after.catalog), (*of_old, *of_new)


def report(changes: Sequence[Change], form: Form) -> str:
    """Write a report of all changes."""
    return _FORMS[form](changes)


def _summary(changes: Sequence[Change]) -> str:
    """Say in one line how much has changed."""
    counted = [(kind, sum(1 for change in changes if change.kind is kind)) for kind in Kind]
    return ", ".join(f"{number:,} {HEADINGS[kind].lower()}" for kind, number in counted if number) or "no changes"


def _grouped(changes: Sequence[Change]) -> Iterator[tuple[Kind, list[Change]]]:
    for kind in Kind:
        if rows := [change for change in changes if change.kind is kind]:
            yield kind, rows


def _text(changes: Sequence[Change]) -> str:
    lines = []
    for kind, rows in _grouped(changes):
        lines += [f"{HEADINGS[kind]} ({len(rows):,})", *(f"  {_line(change)}" for change in rows), ""]
    return (
        "\n".join([*lines, f"{plural(len(changes), 'change')}: {_summary(changes)}", ""]) if changes else "no changes\n"
    )


def _line(change: Change) -> str:
    told = f"{change.thing} {identity(change)}"
    if change.kind is Kind.REMOVED and change.new:
        return f"{told}; now: {change.new}"
    if not change.fact:
        return told
    return f"{told}: {sentence(change)}"


def _markdown(changes: Sequence[Change]) -> str:
    summary = _summary(changes)
    lines = ["## Changes in the catalog", "", f"{summary[:1].upper()}{summary[1:]}.", ""]
    for kind, rows in _grouped(changes):
        lines += [f"### {HEADINGS[kind]} ({len(rows):,})", ""]
        has_facts, has_moves = bool(rows[0].fact), kind is Kind.PRICE
        head = ["What", "Id", *(("Fact", "Before", "Now") if has_facts else ()), *(("Move",) if has_moves else ())]
        head += ["Use instead"] if kind is Kind.REMOVED else []
        lines += [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
        lines += [f"| {' | '.join(_cells(change))} |" for change in rows[:SHOWN]]
        lines += ["", f"And {len(rows) - SHOWN:,} more.", ""] if len(rows) > SHOWN else [""]
    return "\n".join(lines)


def _cells(change: Change) -> Iterator[str]:
    yield escape_text(change.thing.capitalize())
    yield code(identity(change))
    if change.fact:
        yield from (escape_text(fact(change)), *map(escape_text, sides(change)))
    if change.kind is Kind.PRICE:
        yield move(change)
    if change.kind is Kind.REMOVED:
        yield code(change.new) if change.new else ""


def _json(changes: Sequence[Change]) -> str:
    counts = {kind.value: len(rows) for kind, rows in _grouped(changes)}
    listed = [change.model_dump(exclude_defaults=True) for change in changes]
    return f"{json_text({'counts': counts, 'changes': listed})}\n"


_FORMS: Mapping[Form, Callable[[Sequence[Change]], str]] = {
    Form.TEXT: _text,
    Form.MARKDOWN: _markdown,
    Form.JSON: _json,
}
