"""Catalog -> findings: facts that contradict each other, other sources or the calendar.

A rule is a function that looks at one thing and yields what is wrong with it; the tables below say which are asked
about what. No rule reads a clock: "now" is the day the facts are from. Offerings are looked at with the facts of their
model filled in, and a fault is told where one of the facts it rests on is stated: what a definition says is not told
again for each of its offerings.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from msgspec.structs import replace

from generator.catalog import Catalog
from generator.config import Settings
from generator.documents import Document, Loc
from generator.errors import Problem
from generator.lint import dates, limits, prices, relations, words
from generator.lint.view import Rules, View, stated
from generator.rules import RULES, Finding, Level
from generator.schema import Author, Facts, Model, Offering, Provider, Record

__all__ = ["MODEL_RULES", "OFFERING_RULES", "OWNER_RULES", "lint", "locate"]

T = TypeVar("T")

_FACT_RULES: Rules[Facts] = {**limits.FACTS, **dates.FACTS, **relations.FACTS}
MODEL_RULES: Rules[Model] = {**_FACT_RULES, **words.MODELS, **relations.MODELS}
"""What is asked about each model, by code."""
OFFERING_RULES: Rules[Offering] = {
    **_FACT_RULES,
    **limits.OFFERINGS,
    **dates.OFFERINGS,
    **prices.OFFERINGS,
    **words.OFFERINGS,
    **relations.OFFERINGS,
}
"""What is asked about each offering, by code."""
OWNER_RULES: Rules[Author | Provider] = {**words.OWNERS, **relations.OWNERS}
"""What is asked about each author and provider, by code."""


def lint(
    catalog: Catalog, settings: Settings, today: str | None, documents: Mapping[str, Document] | None = None
) -> tuple[Finding, ...]:
    """Return what the rules that are on have to say about a catalog.

    Args:
        catalog: The graph.
        settings: Which rules are on, and how far apart facts may be.
        today: The day the facts are from; rules about dates are silent without one.
        documents: The files behind the catalog, for the one rule that looks at what references are written as.
    """
    levels = {code: settings.severities.get(code, rule.level) for code, rule in RULES.items()}
    view = View(catalog=catalog, checks=settings.checks, today=today or "", documents=documents or {})
    on = frozenset(code for code, level in levels.items() if level is not Level.OFF)
    return tuple(
        sorted(
            Finding("/".join(about), code, loc, message, levels[code]) for about, code, loc, message in _found(view, on)
        )
    )


_Told = tuple[tuple[str, ...], str, Loc, str]
"""What it is about, the code of the rule, the key and the message."""


def _found(view: View, on: frozenset[str]) -> Iterator[_Told]:
    catalog = view.catalog
    of_owner, of_model, of_offering = _only(OWNER_RULES, on), _only(MODEL_RULES, on), _only(OFFERING_RULES, on)
    for author in catalog.authors.values():
        yield from _asked(view, of_owner, ("author", author.id), author, author)
    for provider in catalog.providers.values():
        yield from _asked(view, of_owner, ("provider", provider.id), provider, provider)
    for model in catalog.models.values():
        yield from _asked(view, of_model, ("model", model.id), model, model)
    for key, facts in catalog.facts.items():
        yield from _asked(view, of_offering, ("offering", *key), catalog.offerings[key], facts)


def _only(rules: Rules[T], on: frozenset[str]) -> Rules[T]:
    return {code: rule for code, rule in rules.items() if code in on}


def _asked(view: View, rules: Rules[T], about: tuple[str, ...], own: Record, facts: T) -> Iterator[_Told]:
    """Yield what the rules say about one thing, where it states a fact of what is wrong itself, as its `own`."""
    for code, rule in rules.items():
        for fault in rule(view, facts):
            ours = [loc for loc in fault.locs if stated(own, loc)]
            if ours and (not fault.by_itself or len(ours) == len(fault.locs)):
                yield about, code, ours[0], fault.message


def locate(findings: Iterable[Finding], documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield each finding as a problem with the place in its file."""
    for finding in findings:
        document = documents.get(finding.about) or Document(finding.about, {})
        hint, severity = RULES[finding.code].mend, finding.level.severity
        place = document.problem(finding.loc, finding.message, hint=hint, severity=severity)
        yield replace(place, code=finding.code)
