"""An id -> what a terminal shows of it: a few facts and one table, in the words of the pages."""

from collections.abc import Iterable

from msgspec import Struct

from generator import formats
from generator.catalog import Catalog
from generator.errors import UsageError, nearest, printable
from generator.pages.rows import rank_price
from generator.schema import Author, Capabilities, Facts, Model, Offering, Provider

__all__ = ["Glance", "glance"]


class Glance(Struct, frozen=True, kw_only=True):
    """What is shown of one thing. Facts that are not known are left out."""

    kind: str
    id: str
    title: str
    description: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


def glance(catalog: Catalog, name: str) -> Glance:
    """Return what is shown of the thing with this id; raise `UsageError` when there is none."""
    aliases = {alias: model.id for model in catalog.models.values() for alias in model.aliases}
    offerings = {f"{provider}/{own}": (provider, own) for provider, own in catalog.offerings}
    if model := catalog.models.get(aliases.get(name, name)):
        return _model(catalog, model)
    if name in offerings:
        return _offering(catalog, catalog.facts[offerings[name]])
    if provider := catalog.providers.get(name):
        return _provider(catalog, provider)
    if author := catalog.authors.get(name):
        return _author(catalog, author)
    guess = nearest(name, (*catalog.models, *offerings, *catalog.providers, *catalog.authors))
    raise UsageError(f"there is no `{name}` in the catalog" + (f"; {guess}" if guess else ""))


def _model(catalog: Catalog, model: Model) -> Glance:
    offered = [catalog.facts[one.provider, one.id] for one in catalog.offerings_by_model.get(model.id, ())]
    return Glance(
        kind="model",
        id=model.id,
        title=printable(model.title),
        description=printable(model.description or ""),
        facts=_known(
            ("Author", catalog.authors[model.author].name),
            *_facts(model),
            ("License", model.license or formats.UNKNOWN),
        ),
        head=("provider", "id", "input", "output", "context", "status"),
        rows=tuple(
            (
                one.provider,
                printable(one.id),
                formats.price(one.price),
                formats.price(one.price, "output"),
                formats.count(one.limits.context),
                formats.words(one.status) if one.status else formats.UNKNOWN,
            )
            for one in sorted(offered, key=_by_price)
        ),
    )


def _offering(catalog: Catalog, offering: Offering) -> Glance:
    return Glance(
        kind="offering",
        id=f"{offering.provider}/{printable(offering.id)}",
        title=printable(offering.title),
        description=printable(offering.description or ""),
        facts=_known(
            ("Provider", catalog.providers[offering.provider].name),
            ("Model", offering.model or formats.UNKNOWN),
            ("Input price", formats.price(offering.price)),
            ("Output price", formats.price(offering.price, "output")),
            *_facts(offering),
        ),
    )


def _provider(catalog: Catalog, provider: Provider) -> Glance:
    offered = [catalog.facts[one.provider, one.id] for one in catalog.offerings_by_provider.get(provider.id, ())]
    return Glance(
        kind="provider",
        id=provider.id,
        title=printable(provider.name),
        description=printable(provider.description or ""),
        facts=_known(
            ("Website", provider.website or formats.UNKNOWN),
            ("Documentation", provider.docs or formats.UNKNOWN),
            ("Base URL", provider.base_url or formats.UNKNOWN),
            ("Offerings", str(len(offered))),
        ),
        head=("id", "name", "input", "output", "context"),
        rows=tuple(
            (
                printable(one.id),
                printable(one.title),
                formats.price(one.price),
                formats.price(one.price, "output"),
                formats.count(one.limits.context),
            )
            for one in offered
        ),
    )


def _author(catalog: Catalog, author: Author) -> Glance:
    made = catalog.models_by_author.get(author.id, ())
    return Glance(
        kind="author",
        id=author.id,
        title=printable(author.name),
        description=printable(author.description or ""),
        facts=_known(("Website", author.website or formats.UNKNOWN), ("Models", str(len(made)))),
        head=("id", "name", "released", "context", "offers"),
        rows=tuple(
            (
                model.id,
                printable(model.title),
                formats.date(model.released),
                formats.count(model.limits.context),
                str(len(catalog.offerings_by_model.get(model.id, ()))),
            )
            for model in made
        ),
    )


def _facts(facts: Facts) -> Iterable[tuple[str, str]]:
    """Yield what models and offerings have in common."""
    able = [name for name in Capabilities.model_fields if getattr(facts.capabilities, name) is True]
    yield "Family", facts.family or formats.UNKNOWN
    yield "Released", formats.date(facts.released)
    yield "Knowledge", formats.date(facts.knowledge)
    yield "Takes", ", ".join(facts.modalities.input) or formats.UNKNOWN
    yield "Makes", ", ".join(facts.modalities.output) or formats.UNKNOWN
    yield "Context", formats.count(facts.limits.context)
    yield "Output limit", formats.count(facts.limits.output)
    yield "Can", ", ".join(formats.words(name) for name in able) or formats.UNKNOWN
    yield "Open weights", formats.flag(facts.open_weights)


def _known(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((label, printable(value)) for label, value in facts if value != formats.UNKNOWN)


def _by_price(offering: Offering) -> tuple[bool, object, str, str]:
    rank = rank_price(offering.price)
    return rank is None, rank or 0, offering.provider, offering.id
