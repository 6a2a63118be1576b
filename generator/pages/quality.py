"""The page about the catalog itself: how much of it is known, and what the rules found."""

from collections.abc import Callable, Iterable

from msgspec import Struct

from generator.formats import plural, share
from generator.pages.page import Context
from generator.pages.routes import HOME, QUALITY
from generator.pages.rows import Ref
from generator.pages.world import World
from generator.rules import RULES, Finding, Level, Rule
from generator.schema import Author, Model, Offering, Provider

__all__ = ["Coverage", "Found", "Quality", "Told", "quality"]

SHOWN = 100
"""Findings of one rule that are listed; all are counted, and `almanac check` lists them all."""


class Coverage(Struct, frozen=True, kw_only=True):
    """How many things of a kind state a fact."""

    things: str
    fact: str
    known: int
    total: int
    share: str


class Told(Struct, frozen=True, kw_only=True):
    """One finding in a list: what it is about, by whom, and what is wrong."""

    ref: Ref
    owner: Ref | None
    parts: tuple[str, ...]
    """The message, cut where code begins and ends: every second part is code."""


class Found(Struct, frozen=True, kw_only=True):
    """What one rule found."""

    rule: Rule
    level: Level
    anchor: str
    total: int
    rows: tuple[Told, ...]
    more: int
    """How many are not listed."""


class Quality(Context, frozen=True, kw_only=True):
    """The page of data quality."""

    coverage: tuple[Coverage, ...]
    errors: int
    warnings: int
    groups: tuple[Found, ...]
    """By code."""


def quality(world: World) -> Quality:
    """Make the page of data quality."""
    grave = sum(1 for finding in world.findings if finding.level is Level.ERROR)
    codes = sorted({finding.code for finding in world.findings})
    things = plural(len({finding.about for finding in world.findings}), "page")
    return Quality(
        stem=QUALITY,
        kind="quality",
        title="Data quality",
        description=f"How much of the catalog is known, and {plural(len(world.findings), 'finding')} about {things}.",
        crumbs=(Ref("Catalog", HOME),),
        coverage=tuple(_coverage(world)),
        errors=grave,
        warnings=len(world.findings) - grave,
        groups=tuple(_group(world, code) for code in codes),
    )


def _group(world: World, code: str) -> Found:
    findings = [finding for finding in world.findings if finding.code == code]
    return Found(
        rule=RULES[code],
        level=findings[0].level,
        anchor=code.lower(),
        total=len(findings),
        rows=tuple(_told(world, finding) for finding in findings[:SHOWN]),
        more=max(len(findings) - SHOWN, 0),
    )


def _told(world: World, finding: Finding) -> Told:
    kind, _, name = finding.about.partition("/")
    parts = tuple(finding.message.split("`"))
    if kind == "offering":
        provider, _, offering = name.partition("/")
        row = world.offerings[provider, offering]
        return Told(ref=row.ref, owner=row.provider, parts=parts)
    if kind == "model":
        author = world.author_ref(world.catalog.models[name].author)
        return Told(ref=world.model_ref(name), owner=author, parts=parts)
    ref = world.author_ref(name) if kind == "author" else world.provider_ref(name)
    return Told(ref=ref, owner=None, parts=parts)


_MODELS: tuple[tuple[str, Callable[[Model], object]], ...] = (
    ("Description", lambda model: model.description or model.prose),
    ("Release date", lambda model: model.released),
    ("Knowledge cutoff", lambda model: model.knowledge),
    ("Context window", lambda model: model.limits.context is not None),
    ("Modalities", lambda model: model.modalities.input and model.modalities.output),
    ("Open or closed weights", lambda model: model.open_weights is not None),
    ("License", lambda model: model.license),
)
_OFFERINGS: tuple[tuple[str, Callable[[Offering], object]], ...] = (
    ("Definition of its model", lambda offering: offering.model),
    ("Price", lambda offering: offering.price),
    ("Context window", lambda offering: offering.limits.context is not None),
    ("Output limit", lambda offering: offering.limits.output is not None),
    ("Status", lambda offering: offering.status),
    ("Release date", lambda offering: offering.released),
)
_AUTHORS: tuple[tuple[str, Callable[[Author], object]], ...] = (
    ("Description", lambda author: author.description or author.prose),
    ("Home page", lambda author: author.website),
)
_PROVIDERS: tuple[tuple[str, Callable[[Provider], object]], ...] = (
    ("Description", lambda provider: provider.description or provider.prose),
    ("Documentation", lambda provider: provider.docs),
    ("Base URL", lambda provider: provider.base_url),
    ("Price list", lambda provider: provider.pricing_page),
    ("Day of the last check", lambda provider: provider.checked),
)


def _coverage(world: World) -> Iterable[Coverage]:
    catalog = world.catalog
    for model_fact, of_model in _MODELS:
        yield _covered("Models", model_fact, [bool(of_model(model)) for model in catalog.models.values()])
    for offering_fact, of_offering in _OFFERINGS:
        yield _covered("Offerings", offering_fact, [bool(of_offering(facts)) for facts in catalog.facts.values()])
    for author_fact, of_author in _AUTHORS:
        yield _covered("Authors", author_fact, [bool(of_author(author)) for author in catalog.authors.values()])
    for provider_fact, of_provider in _PROVIDERS:
        yield _covered("Providers", provider_fact, [bool(of_provider(item)) for item in catalog.providers.values()])


def _covered(things: str, fact: str, known: list[bool]) -> Coverage:
    return Coverage(things=things, fact=fact, known=sum(known), total=len(known), share=share(sum(known), len(known)))
