"""Catalog -> findings: facts that contradict each other, other sources or the calendar.

A rule is a function that looks at one thing and yields what is wrong with it; the tables below say which are asked
about what. No rule reads a clock: "now" is the day the facts are from. Offerings are looked at with the facts of their
model filled in, and a fault is told where one of the facts it rests on is stated: what a definition says is not told
again for each of its offerings.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.catalog import Catalog
from generator.config import Settings
from generator.documents import Document
from generator.errors import Problem
from generator.lint import dates, limits, prices, relations, words
from generator.lint.view import Fault, Rules, View, stated
from generator.rules import RULES, Finding, Level
from generator.schema import Author, Facts, Model, Offering, Provider

__all__ = ["MODEL_RULES", "OFFERING_RULES", "OWNER_RULES", "lint", "locate"]

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
    levels = {code: settings.severities.get(code, rule.level) for code, rule in RULES.items() if not rule.is_fixed}
    view = View(catalog=catalog, checks=settings.checks, today=today or "", documents=documents or {})
    return tuple(sorted(_found(view, {code: level for code, level in levels.items() if level is not Level.OFF})))


def _found(view: View, levels: Mapping[str, Level]) -> Iterator[Finding]:
    catalog = view.catalog
    for code, level in levels.items():
        if of_model := MODEL_RULES.get(code):
            for model in catalog.models.values():
                yield from _told(f"model/{model.id}", code, level, model, of_model(view, model))
        if of_offering := OFFERING_RULES.get(code):
            for key, facts in catalog.facts.items():
                faults = of_offering(view, facts)
                yield from _told(f"offering/{key[0]}/{key[1]}", code, level, catalog.offerings[key], faults)
        if of_owner := OWNER_RULES.get(code):
            owners: tuple[Author | Provider, ...] = (*catalog.authors.values(), *catalog.providers.values())
            for owner in owners:
                kind = "author" if isinstance(owner, Author) else "provider"
                yield from _told(f"{kind}/{owner.id}", code, level, owner, of_owner(view, owner))


def _told(
    about: str, code: str, level: Level, own: Author | Model | Offering | Provider, faults: Iterable[Fault]
) -> Iterator[Finding]:
    """Yield the findings for faults of which the thing itself states a fact."""
    for fault in faults:
        ours = [loc for loc in fault.locs if stated(own, loc)]
        if ours and (not fault.by_itself or len(ours) == len(fault.locs)):
            yield Finding(about, code, ours[0], fault.message, level)


def locate(findings: Iterable[Finding], documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Yield each finding as a problem with the place in its file."""
    for finding in findings:
        document = documents.get(finding.about) or Document(finding.about, {})
        hint, severity = RULES[finding.code].mend, finding.level.severity
        place = document.problem(finding.loc, finding.message, hint=hint, severity=severity)
        yield replace(place, code=finding.code)
