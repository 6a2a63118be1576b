"""What every page draws from: the catalog, the settings, the stem of everything, and each list row made once."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from generator.badges import compact
from generator.catalog import Catalog, Key
from generator.config import Settings
from generator.history import History
from generator.pages.days import data_date, dates
from generator.pages.lines import line_of
from generator.pages.page import Context, Page
from generator.pages.pairs import Pair
from generator.pages.related import Kinship, kinship
from generator.pages.routes import CAPABILITIES, CHEAPEST, LIFECYCLE, NEW, TAGS, TIMELINE, WEIGHTS, Routes
from generator.pages.rows import (
    AuthorRow,
    Group,
    ModelRow,
    OfferingRow,
    ProviderRow,
    Ref,
    Whole,
    cheapest,
    is_active,
    newest_first,
    price_order,
    provider_row,
    rank_price,
    remarks,
    without_charge,
)
from generator.pages.versus import Side
from generator.rules import Finding
from generator.schema import Billing, FreePage, Model, Offering

__all__ = ["OTHER", "World"]

T = TypeVar("T")

_WAYS = {
    CAPABILITIES: "Capabilities",
    CHEAPEST: "Cheapest",
    WEIGHTS: "Open weights",
    TIMELINE: "Timeline",
    NEW: "New and coming",
    LIFECYCLE: "Lifecycle",
    TAGS: "Tags",
}
OTHER = "Other"
"""The heading of what is of no family."""


@dataclass(frozen=True, kw_only=True)
class World:
    """The whole catalog as pages see it. Immutable; what is dear to work out is worked out once."""

    catalog: Catalog
    settings: Settings
    pages: tuple[FreePage, ...]
    routes: Routes
    findings: tuple[Finding, ...] = ()
    """What the rules found, for the page of data quality."""
    history: History | None = None
    """What is known of the time before, for a site that was told what that was."""

    @classmethod
    def of(cls, catalog: Catalog, settings: Settings, pages: Iterable[FreePage] = ()) -> "World":
        """Make the world of a catalog."""
        ordered = tuple(sorted(pages, key=lambda page: (page.order, page.title.casefold(), page.name)))
        return cls(catalog=catalog, settings=settings, pages=ordered, routes=Routes.of(catalog, ordered))

    def renewed(
        self, catalog: Catalog, routes: Routes, keys: Iterable[Key], models: Iterable[str], providers: Iterable[str]
    ) -> "World":
        """Return the world of a catalog with other facts of these things, and without findings.

        The rows of all others are taken over, as far as they were made.
        """
        made = replace(self, catalog=catalog, routes=routes, findings=())
        made._take_over(self, set(keys), set(models), set(providers))  # noqa: SLF001  # another of one's own kind
        return made

    def _take_over(self, before: "World", keys: set[Key], models: set[str], providers: set[str]) -> None:
        """Take over the rows from before, with others for these things and for what shows them."""
        mine, known, catalog, changed = vars(self), vars(before), self.catalog, (keys, models, providers)
        if "models" in known:
            mine["models"] = before.models | {name: self._model(catalog.models[name]) for name in models}
        if "kinship" in known and "models" in known:
            mine["kinship"] = before.kinship.renewed(self.models[name] for name in models)
        if "data_date" in known and dates(before.catalog, *changed) == dates(catalog, *changed):
            mine["data_date"] = known["data_date"]
        if "offerings" not in known:
            return
        titles = [(key[0], before.catalog.facts[key].title, catalog.facts[key].title) for key in keys]
        # Where fewer or more offerings of a provider have a name, those that have it are told apart, or no longer.
        renamed = {(name, title) for name, was, now in titles if was != now for title in (was, now)}
        if "_titles" in known:
            counts = mine["_titles"] = Counter(known["_titles"])
            counts.subtract((name, was) for name, was, _ in titles)
            counts.update((name, now) for name, _, now in titles)
        if "_lowest" in known:
            others = {name: low for name, low in known["_lowest"].items() if name not in models}
            mine["_lowest"] = others | self._lowest_of(models)
        keys = keys | {of.key for name in models for of in catalog.offerings_by_model[name]}
        alike = (of for name in {name for name, _ in renamed} for of in catalog.offerings_by_provider[name])
        keys |= {of.key for of in alike if (of.provider, of.title) in renamed}
        mine["offerings"] = before.offerings | {key: self._offering(catalog.facts[key]) for key in keys}
        listed = models | {model for key in keys if (model := catalog.facts[key].model)}
        if "cheapest_first" in known:
            mine["cheapest_first"] = before.cheapest_first | {name: self._by_price(name) for name in listed}
        if "providers" in known:
            others = {name: self._provider(name) for name in providers | {key[0] for key in keys}}
            mine["providers"] = _largest_first((before.providers | others).values())

    @property
    def told(self) -> History:
        """What is known of the time before, be it nothing."""
        return self.history or History()

    @cached_property
    def contexts(self) -> dict[Page, Context]:
        """The contexts of pages of their own, as far as they were made."""
        return {}

    @cached_property
    def data_date(self) -> str | None:
        """The day the facts are from."""
        return data_date(self.catalog, self.settings)

    @cached_property
    def models(self) -> dict[str, ModelRow]:
        """A row for each model, by id."""
        return {model.id: self._model(model) for model in self.catalog.models.values()}

    @cached_property
    def offerings(self) -> dict[Key, OfferingRow]:
        """A row for each offering."""
        return {key: self._offering(offering) for key, offering in self.catalog.facts.items()}

    @cached_property
    def cheapest_first(self) -> dict[str, tuple[OfferingRow, ...]]:
        """The rows of each model's offerings, lowest price first."""
        found: dict[str, list[OfferingRow]] = {model: [] for model in self.catalog.models}
        for row in map(self.offerings.__getitem__, self.by_price):
            if model := row.offering.model:
                found[model].append(row)
        return {model: tuple(rows) for model, rows in found.items()}

    def _by_price(self, model: str) -> tuple[OfferingRow, ...]:
        return tuple(sorted(self.offerings_of_model(model), key=price_order))

    @cached_property
    def by_price(self) -> Mapping[Key, int]:
        """The place of each offering among all, lowest price first, and in this order."""
        return {row.offering.key: place for place, row in enumerate(sorted(self.offerings.values(), key=price_order))}

    @cached_property
    def authors(self) -> Mapping[str, AuthorRow]:
        """A row for each author, most models first."""
        rows = [self._author(name) for name in self.catalog.authors]
        rows.sort(key=lambda row: (-row.models, -row.offerings, row.author.name.casefold(), row.author.id))
        return {row.author.id: row for row in rows}

    @cached_property
    def providers(self) -> dict[str, ProviderRow]:
        """A row for each provider, most offerings first."""
        return _largest_first(self._provider(name) for name in self.catalog.providers)

    @cached_property
    def free_tiers(self) -> frozenset[str]:
        """The ids of the providers that are known to have a free tier."""
        return frozenset(provider.id for provider in self.catalog.providers.values() if provider.free_tier)

    @cached_property
    def models_by_name(self) -> tuple[ModelRow, ...]:
        """The rows of all models, by name."""
        return tuple(sorted(self.models.values(), key=lambda row: (row.ref.label.casefold(), row.model.id)))

    @cached_property
    def newest(self) -> tuple[ModelRow, ...]:
        """The models whose release date is known, latest first."""
        return tuple(newest_first(self.models.values()))

    @cached_property
    def open_weights(self) -> tuple[ModelRow, ...]:
        """The models whose weights can be downloaded, the newest first, those without a date last."""
        rows = [row for row in self.models_by_name if row.model.open_weights or row.model.weights]
        rows.sort(key=lambda row: row.model.released or "", reverse=True)
        return tuple(rows)

    @cached_property
    def listed(self) -> dict[str, Whole]:
        """What the parts of the list made last have in common, by the stem of the first; others make it their own."""
        return {}

    @cached_property
    def offered(self) -> dict[str, tuple[Group[OfferingRow], ...]]:
        """What the provider whose page was made last offers, by family; others make it their own."""
        return {}

    @cached_property
    def sides(self) -> dict[str, Side]:
        """The models as sides of comparisons, as far as they were made: each stands beside several others."""
        return {}

    @cached_property
    def newest_by_author(self) -> Mapping[str, tuple[ModelRow, ...]]:
        """Each author's own models, latest first, those without a known date after them by name."""
        found: dict[str, list[ModelRow]] = {name: [] for name in self.catalog.authors}
        for row in self.newest:
            found[row.model.author].append(row)
        for name, rows in found.items():
            rows += [row for row in self.models_of(name) if not row.model.released and row.model.author == name]
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def ways(self) -> tuple[Ref, ...]:
        """The further ways into the catalog, those that its facts give."""
        return tuple(Ref(_WAYS[stem], stem) for stem in self.routes.further)

    @cached_property
    def kinship(self) -> Kinship:
        """Which models are like which."""
        return kinship(self.models.values())

    def author_logo(self, name: str) -> str | None:
        """Return the file of an author's logo, where there is one."""
        return f"{self.routes.authors[name]}logo.svg" if f"authors/{name}" in self.catalog.logos else None

    def provider_logo(self, name: str) -> str | None:
        """Return the file of a provider's logo, where there is one."""
        return f"{self.routes.providers[name]}logo.svg" if f"providers/{name}" in self.catalog.logos else None

    def complete(self) -> "World":
        """Work out now what all pages share, so that processes forked from this one need not; return itself."""
        everything = ("data_date", "models", "models_by_name", "offerings", "authors", "providers", "newest",
                      "newest_by_author", "comparisons_of", "by_price", "free_tiers", "kinship")  # fmt: skip
        for shared in everything:
            getattr(self, shared)
        return self

    def author_ref(self, name: str) -> Ref:
        """Return the link to an author's page."""
        return Ref(self.catalog.authors[name].name, self.routes.authors[name])

    def provider_ref(self, name: str) -> Ref:
        """Return the link to a provider's page."""
        return Ref(self.catalog.providers[name].name, self.routes.providers[name])

    def model_ref(self, name: str) -> Ref:
        """Return the link to a model's page."""
        return Ref(self.catalog.models[name].title, self.routes.models[name])

    def family_ref(self, name: str | None) -> Ref | None:
        """Return the link to a family's page, where the family has one."""
        return Ref(name, self.routes.families[name]) if name and name in self.routes.families else None

    def comparison_ref(self, pair: Pair) -> Ref:
        """Return the link to the comparison of two models."""
        label = " vs ".join(self.catalog.models[name].title for name in pair)
        return Ref(label, self.routes.comparisons[pair])

    @cached_property
    def comparisons_of(self) -> Mapping[str, tuple[Pair, ...]]:
        """The ready-made comparisons that each model is part of."""
        found: dict[str, list[Pair]] = {name: [] for name in self.catalog.models}
        for pair in self.routes.comparisons:
            for name in pair:
                found[name].append(pair)
        return {name: tuple(pairs) for name, pairs in found.items()}

    def tag_refs(self, tags: Iterable[str]) -> tuple[Ref, ...]:
        """Return the links to the pages of tags."""
        return tuple(Ref(tag, self.routes.tags[tag, 1]) for tag in tags)

    def models_of(self, author: str) -> list[ModelRow]:
        """Return the rows of an author's models, by name."""
        return [self.models[model.id] for model in self.catalog.models_by_author[author]]

    def offerings_of_model(self, model: str) -> tuple[OfferingRow, ...]:
        """Return the rows of a model's offerings, by provider."""
        if model not in self._served:
            offerings = self.catalog.offerings_by_model[model]
            self._served[model] = tuple([self.offerings[offering.key] for offering in offerings])
        return self._served[model]

    def offerings_of_provider(self, provider: str) -> list[OfferingRow]:
        """Return the rows of a provider's offerings, by name."""
        return [self.offerings[offering.key] for offering in self.catalog.offerings_by_provider[provider]]

    def by_family(self, rows: Iterable[ModelRow]) -> tuple[Group[ModelRow], ...]:
        """Return rows of models grouped by family, those without one last under "Other"."""
        return self._grouped((self._heading(row.model), row) for row in rows)

    def offerings_by_family(self, rows: Iterable[OfferingRow]) -> tuple[Group[OfferingRow], ...]:
        """Return rows of offerings grouped by family, those without one last under "Other"."""
        return self._grouped((self._heading(row.offering), row) for row in rows)

    def _heading(self, of: Model | Offering) -> str | None:
        """Return under which heading something is listed: its family; its line where the source knows no families."""
        return of.family if self.catalog.families else line_of(of.title)

    def _grouped(self, pairs: Iterable[tuple[str | None, T]]) -> tuple[Group[T], ...]:
        found: dict[str, list[T]] = {}
        for family, row in pairs:
            found.setdefault(family or "", []).append(row)
        names = sorted(found, key=lambda name: (not name, name.casefold(), name))
        return tuple(Group(name or OTHER, found[name], self.routes.families.get(name, "")) for name in names)

    def _model(self, model: Model) -> ModelRow:
        offerings = self.catalog.offerings_by_model[model.id]
        providers = {
            offering.provider: Ref(self.catalog.providers[offering.provider].name, self.routes.offerings[offering.key])
            for offering in reversed(offerings)
        }
        best = cheapest(offerings)
        return ModelRow(
            model=model,
            ref=self.model_ref(model.id),
            author=self.author_ref(model.author),
            providers=tuple(sorted(providers.values(), key=lambda ref: (ref.label.casefold(), ref.to))),
            best=best,
            best_ref=Ref(self.catalog.providers[best.provider].name, self.routes.offerings[best.key]) if best else None,
            shown=best or without_charge(offerings),
            signs=compact(model.modalities, model.capabilities),
        )

    def _offering(self, offering: Offering) -> OfferingRow:
        model = self.catalog.models[offering.model] if offering.model else None
        return OfferingRow(
            offering=offering,
            ref=Ref(self._label(offering), self.routes.offerings[offering.key]),
            provider=self.provider_ref(offering.provider),
            model=self.model_ref(model.id) if model else None,
            authors=tuple([self.author_ref(name) for name in self.catalog.authors_of(offering)]),
            signs=compact(offering.modalities, offering.capabilities),
            notes=remarks(offering, model),
            is_best=model is not None and self._is_best(offering),
        )

    def _label(self, offering: Offering) -> str:
        """Return the name, with the exact id where the provider has another offering of that name."""
        name = offering.title
        return f"{name} ({offering.id})" if self._titles[offering.provider, name] > 1 and name != offering.id else name

    @cached_property
    def _served(self) -> dict[str, tuple[OfferingRow, ...]]:
        """The rows of each model's offerings, as far as they were asked for: each of their pages tells all of them."""
        return {}

    @cached_property
    def _titles(self) -> Counter[tuple[str, str]]:
        return Counter((offering.provider, offering.title) for offering in self.catalog.facts.values())

    @cached_property
    def _lowest(self) -> Mapping[str, Decimal]:
        """For each model whose known prices differ.

        The lowest. None where an offering is free, for nothing costs less.
        """
        return self._lowest_of(self.catalog.models)

    def _lowest_of(self, models: Iterable[str]) -> dict[str, Decimal]:
        found = {}
        for model in models:
            offerings = self.catalog.offerings_by_model[model]
            ranks = {rank for offering in offerings if is_active(offering) and (rank := rank_price(offering.price))}
            if len(ranks) > 1 and not any(o.price and o.price.billing is Billing.FREE for o in offerings):
                found[model] = min(ranks)
        return found

    def _is_best(self, offering: Offering) -> bool:
        lowest = self._lowest.get(offering.model or "")
        return lowest is not None and is_active(offering) and rank_price(offering.price) == lowest

    def _author(self, name: str) -> AuthorRow:
        rows = self.models_of(name)
        offerings = self.catalog.offerings_by_author[name]
        providers = sorted({offering.provider for offering in offerings})
        return AuthorRow(
            author=self.catalog.authors[name],
            ref=self.author_ref(name),
            models=len(rows),
            offerings=len(offerings),
            providers=tuple(self.provider_ref(provider) for provider in providers),
            newest=next(iter(newest_first(rows)), None),
        )

    def _provider(self, name: str) -> ProviderRow:
        return provider_row(self.catalog.providers[name], self.provider_ref(name), self.offerings_of_provider(name))


def _largest_first(rows: Iterable[ProviderRow]) -> dict[str, ProviderRow]:
    ordered = sorted(rows, key=lambda row: (-row.offerings, row.provider.name.casefold(), row.provider.id))
    return {row.provider.id: row for row in ordered}
