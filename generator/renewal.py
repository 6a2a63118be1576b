"""Changed records -> the site with them, made of the site before: what does not hang on them is taken over.

It is the site that reading everything anew would give, page for page. Done for things that stay who they are and name
what they named; a file that comes or goes, a setting is for the whole way.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from msgspec import Struct, structs

from generator.catalog import Catalog, Entry, Key, Records, by_title, inherit
from generator.errors import Severity
from generator.pages import plan
from generator.pages.pairs import pairs, price_of
from generator.pages.routes import Routes
from generator.pages.rows import rank_price
from generator.schema import Author, Model, Offering, Provider, Record
from generator.site import Site
from generator.sources.content import Content, in_currency

__all__ = ["renewed"]

T = TypeVar("T", bound=Record)
Of = TypeVar("Of", Model, Offering)

_NAMED = ("id", "author", "provider", "model", "authors", "aliases", "successor", "lineage")
"""Who a model or an offering is, and what it names: the graph stays as it is where these stay."""
_ROUTELESS = frozenset({
    "description", "knowledge", "generation", "reasoning", "verbosity", "attachments", "tools", "response",
    "architecture", "created_at", "updated_at", "internal", "extensions", "license", "links", "benchmarks", "use_cases",
    "prompts", "prose", "regions", "modes", "base_url", "endpoints", "sdk", "headers", "notes", "source", "metrics",
})  # fmt: skip
"""Facts that no page comes or goes with."""
_OF_OFFERINGS = frozenset({"name", "limits", "updated", "released", "checked", "price"})
"""The same of offerings; with those of models comes what is compared, and the timeline."""
_OF_MODELS = frozenset({"name"})
"""With these of models comes what is compared, at most."""
_INDEXED = frozenset({"modalities", "capabilities", "open_weights", "tags"})
"""Facts by which models and offerings are listed."""


_ROUTED = ("tags",)
"""Facts of authors and providers that have pages of their own."""


class _Change(Struct, frozen=True, kw_only=True):
    """What is not as it was, as the graph holds it."""

    authors: Mapping[str, Author]
    providers: Mapping[str, Provider]
    models: Mapping[str, Model]
    offerings: Mapping[Key, Offering]
    touched: tuple[Key, ...]
    """The offerings whose facts may differ: those that changed, and those of models that did."""
    about: frozenset[str]
    """The models that changed, and those of offerings that did."""


def renewed(before: Site, old: Content, new: Content) -> Site | None:
    """Return the site of `new` from that of `old`, without findings; nothing where more has changed than facts."""
    known, routes = before.world.catalog, before.world.routes
    change = _change(known, old, new, before.settings.currency)
    if change is None:
        return None
    catalog = _catalog(known, change)
    of_models = _union(_differing(known.models[name], model) for name, model in change.models.items())
    of_offerings = _union(_differing(known.facts[key], catalog.facts[key]) for key in change.touched)
    if not _INDEXED & (of_models | of_offerings):
        for name in ("able", "pairs", "tagged"):
            _take(catalog, known, name)
    if not (
        of_models <= _ROUTELESS | _OF_MODELS
        and of_offerings <= _ROUTELESS | _OF_OFFERINGS
        and all(_told(known.facts[key]) == _told(catalog.facts[key]) for key in change.touched)
        and _keeps_pairs(routes, known, catalog, change)
    ):
        routes = Routes.of(catalog, before.world.pages)
        world = before.world.renewed(catalog, routes, *_shown(known, change))
        return replace(before, world=world, pages=plan(world))
    site = replace(before, world=before.world.renewed(catalog, routes, *_shown(known, change)))
    _take(site, before, "files")
    _take(site, before, "logos")
    return site


def _change(known: Catalog, old: Content, new: Content, currency: str) -> _Change | None:
    """Return what has changed, if it is nothing but facts."""
    one, other = old.records, new.records
    if (
        any(problem.severity is Severity.ERROR for problem in new.problems)
        or (old.settings, old.pages) != (new.settings, new.pages)
        or _but_entries(one) != _but_entries(other)
    ):
        return None
    authors = _differ(one.authors, other.authors, _ROUTED)
    providers = _differ(one.providers, other.providers, _ROUTED)
    theirs, served = _differ(one.models, other.models), _differ(one.offerings, other.offerings)
    if authors is None or providers is None or theirs is None or served is None:
        return None
    stated = [entry.value for entry in in_currency(Records(offerings=tuple(served)), currency).offerings]
    models = {entry.value.id: _linked(entry.value, known.models[entry.value.id]) for entry in theirs}
    keys = [_key(known, offering) for offering in stated]
    offerings = {key: _linked(offering, known.offerings[key]) for key, offering in zip(keys, stated, strict=True)}
    touched = tuple(offerings | {of.key: of for name in models for of in known.offerings_by_model[name]})
    about = frozenset((*models, *(model for key in touched if (model := known.offerings[key].model))))
    return _Change(
        authors={entry.value.id: entry.value for entry in authors},
        providers={entry.value.id: entry.value for entry in providers},
        models=models,
        offerings=offerings,
        touched=touched,
        about=about,
    )


def _but_entries(records: Records) -> Records:
    return structs.replace(records, authors=(), models=(), providers=(), offerings=())


def _shown(known: Catalog, change: _Change) -> tuple[set[Key], set[str], set[str]]:
    """Return the offerings, models and providers whose rows may differ: a row names who made and who serves it."""
    served = (of for name in change.providers for of in known.offerings_by_provider[name])
    made = (of for name in change.authors for of in known.offerings_by_author[name])
    offerings = {of.key: of for of in (*served, *made)}
    models = {of.model for of in offerings.values() if of.model}
    models.update(model.id for name in change.authors for model in known.models_by_author[name])
    return {*change.touched, *offerings}, {*change.about, *models}, {*change.providers}


def _key(known: Catalog, offering: Offering) -> Key:
    """Return the key under which the graph holds an offering, which may name its provider by an alias."""
    if offering.provider in known.providers:
        return offering.key
    return next(
        provider.id for provider in known.providers.values() if offering.provider in provider.aliases
    ), offering.id


def _differ(
    old: tuple[Entry[T], ...], new: tuple[Entry[T], ...], further: tuple[str, ...] = ()
) -> list[Entry[T]] | None:
    """Return the entries that are new; nothing where one is not the same thing in the same file as before."""
    if len(old) != len(new):
        return None
    changed = [(a, b) for a, b in zip(old, new, strict=True) if a is not b]
    for a, b in changed:
        if a.document.path != b.document.path or any(
            getattr(a.value, name, None) != getattr(b.value, name, None) for name in (*_NAMED, *further)
        ):
            return None
    return [b for _, b in changed]


def _linked(stated: Of, known: Of) -> Of:
    """Return a record with what it names as the graph has found it before, through aliases."""
    found = {name: getattr(known, name) for name in type(known).model_fields if name in _NAMED}
    changed = {name: value for name, value in found.items() if value != getattr(stated, name)}
    return stated.model_copy(update=changed) if changed else stated


def _catalog(known: Catalog, change: _Change) -> Catalog:
    catalog = replace(
        known,
        authors={**known.authors, **change.authors},
        models={**known.models, **change.models},
        providers={**known.providers, **change.providers},
        offerings={**known.offerings, **change.offerings},
    )
    stated = {key: catalog.offerings[key] for key in change.touched}
    facts = {
        key: inherit(offering, catalog.models[offering.model]) if offering.model else offering
        for key, offering in stated.items()
    }
    facts = _put(catalog, "facts", {**known.facts, **facts})

    def again(held: Mapping[str, tuple[Offering, ...]], names: Iterable[str]) -> dict[str, tuple[Offering, ...]]:
        return {**held, **{name: tuple(facts[offering.key] for offering in held[name]) for name in names}}

    _put(catalog, "offerings_by_model", again(known.offerings_by_model, change.about))
    by_provider = again(known.offerings_by_provider, names := {provider for provider, _ in stated})
    by_provider |= {name: tuple(sorted(by_provider[name], key=by_title)) for name in names}
    _put(catalog, "offerings_by_provider", by_provider)
    makers = {author for offering in stated.values() for author in catalog.authors_of(offering)}
    _put(catalog, "offerings_by_author", again(known.offerings_by_author, makers))
    if not change.models:
        _take(catalog, known, "models_by_author")
        if all(known.offerings[key].family == offering.family for key, offering in change.offerings.items()):
            _take(catalog, known, "families")
    if all(not of.family or of.model for key in change.offerings for of in (known.offerings[key], stated[key])):
        _take(catalog, known, "loose_by_family")
    for name in ("children", "predecessors"):
        _take(catalog, known, name)
    return catalog


def _keeps_pairs(routes: Routes, known: Catalog, catalog: Catalog, change: _Change) -> bool:
    """Return whether the same models are compared: it hangs on their prices, and on their order in their families."""
    families = {model.family for model in change.models.values() if model.family}
    if all(price_of(known, name) == price_of(catalog, name) for name in change.about) and all(
        [model.id for model in known.families[name]] == [model.id for model in catalog.families[name]]
        for name in families
    ):
        return True
    return pairs(catalog) == tuple(routes.comparisons)


def _union(sets: Iterable[set[str]]) -> set[str]:
    return set[str]().union(*sets)


def _differing(was: Record, now: Record) -> set[str]:
    old = vars(was)
    return {name for name, value in vars(now).items() if old[name] is not value and old[name] != value}


def _told(of: Offering) -> tuple[bool, bool]:
    """Return what the further pages ask of a price: whether it can be ordered, and whether it is to come."""
    return rank_price(of.price) is None, bool(of.price and of.price.effective_from)


def _take(into: object, of: object, name: str) -> None:
    """Take over what was worked out before, if it was."""
    if name in vars(of):
        _put(into, name, vars(of)[name])


def _put(into: object, name: str, value: Any) -> Any:
    """Put a value in the place where a cached property keeps its own."""
    vars(into)[name] = value
    return value
