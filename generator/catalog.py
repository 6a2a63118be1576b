"""The graph of authors, models, providers and offerings: references checked, indexed both ways, sorted, never changed.

Readers hand over `Records`, each with the document it came from; `linking` makes the graph of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Generic, TypeVar

import msgspec
from msgspec import Struct

from generator.abilities import Able, index, pairs
from generator.documents import Document
from generator.schema import Author, FreePage, Model, Offering, Provider, Record

__all__ = ["Catalog", "Entry", "Key", "Overlaid", "Records", "by_title", "compact", "inherit", "key_of"]

T = TypeVar("T", bound=Record)
Key = tuple[str, str]
"""Provider id and exact model id."""


class Entry(Struct, Generic[T], frozen=True):
    """A record and the document that states it."""

    value: T
    document: Document


class Overlaid(Struct, frozen=True):
    """What an overlay says about one thing: its name, and the facts that come from it as dotted names."""

    overlay: str
    facts: tuple[str, ...]


class Records(Struct, frozen=True, kw_only=True):
    """What a reader found. `broken` names what is there but could not be read: references to it are not faults too."""

    authors: tuple[Entry[Author], ...] = ()
    models: tuple[Entry[Model], ...] = ()
    providers: tuple[Entry[Provider], ...] = ()
    offerings: tuple[Entry[Offering], ...] = ()
    broken: frozenset[str] = frozenset()
    meant: frozenset[str] = frozenset()
    """Other names of what could not be read."""
    excused: frozenset[str] = frozenset()
    """What is left out on purpose: references to it are no faults either."""
    overlaid: Mapping[str, tuple[Overlaid, ...]] = msgspec.field(default_factory=dict)
    """What came from overlays, by key, in the order in which they were laid."""
    logos: Mapping[str, bytes] = msgspec.field(default_factory=dict)
    """Checked SVG files by `authors/<id>` or `providers/<id>`."""


@dataclass(frozen=True, kw_only=True)
class Catalog:
    """The immutable graph. Mappings are sorted by id; no order depends on the source's."""

    authors: Mapping[str, Author]
    models: Mapping[str, Model]
    providers: Mapping[str, Provider]
    offerings: Mapping[Key, Offering]
    """As the provider states them."""
    logos: Mapping[str, bytes] = field(default_factory=dict)
    overlaid: Mapping[str, tuple[Overlaid, ...]] = field(default_factory=dict)
    """What came from overlays, by the keys of `sources`."""
    dropped: tuple[str, ...] = ()
    """The keys of what the source holds and nobody can read."""
    sources: Mapping[str, str] = field(default_factory=dict)
    """Path of the source file, seen from the folder of the catalog.

    By `author/<id>`, `model/<id>`, `provider/<id>`, `offering/<provider>/<id>`.
    """

    @cached_property
    def unplaced(self) -> int:
        """How many facts the schema has no place for."""
        things = (self.authors, self.models, self.providers, self.offerings)
        extensions = (held for table in things for thing in table.values() for held in thing.extensions.values())
        return sum(len(held) if isinstance(held, Mapping) else 1 for held in extensions)

    @cached_property
    def facts(self) -> Mapping[Key, Offering]:
        """Each offering with what it leaves unsaid filled in from the definition of its model."""
        return {
            key: inherit(offering, self.models[offering.model]) if offering.model else offering
            for key, offering in self.offerings.items()
        }

    @cached_property
    def models_by_author(self) -> Mapping[str, tuple[Model, ...]]:
        """The models of each author, own and shared, by name."""
        found: defaultdict[str, list[Model]] = defaultdict(list)
        for model in self.models.values():
            for author in dict.fromkeys((model.author, *model.authors)):
                found[author].append(model)
        return {author: tuple(sorted(found.get(author, ()), key=by_title)) for author in self.authors}

    @cached_property
    def offerings_by_model(self) -> Mapping[str, tuple[Offering, ...]]:
        """The offerings of each model with their facts filled in, by provider and id."""
        found: defaultdict[str, list[Offering]] = defaultdict(list)
        for offering in self.facts.values():
            if offering.model:
                found[offering.model].append(offering)
        return {model: tuple(found.get(model, ())) for model in self.models}

    @cached_property
    def offerings_by_provider(self) -> Mapping[str, tuple[Offering, ...]]:
        """The offerings of each provider with their facts filled in, by name."""
        found: defaultdict[str, list[Offering]] = defaultdict(list)
        for offering in self.facts.values():
            found[offering.provider].append(offering)
        return {provider: tuple(sorted(found.get(provider, ()), key=by_title)) for provider in self.providers}

    @cached_property
    def offerings_by_author(self) -> Mapping[str, tuple[Offering, ...]]:
        """The offerings of models by each author, and of things without a definition that name the author."""
        found: defaultdict[str, list[Offering]] = defaultdict(list)
        for offering in self.facts.values():
            for author in self.authors_of(offering):
                found[author].append(offering)
        return {author: tuple(found.get(author, ())) for author in self.authors}

    @cached_property
    def families(self) -> Mapping[str, tuple[Model, ...]]:
        """The models of each family, oldest first; none for a family that only offerings without a definition name."""
        found: defaultdict[str, list[Model]] = defaultdict(list)
        for model in self.models.values():
            if model.family:
                found[model.family].append(model)
        for family in self.loose_by_family:
            found[family] += ()
        return {
            family: tuple(sorted(found[family], key=lambda m: (m.released or "9999", m.title.casefold(), m.id)))
            for family in sorted(found, key=lambda name: (name.casefold(), name))
        }

    @cached_property
    def loose_by_family(self) -> Mapping[str, tuple[Offering, ...]]:
        """The offerings without a definition that name each family."""
        found: defaultdict[str, list[Offering]] = defaultdict(list)
        for offering in self.offerings.values():
            if offering.family and not offering.model:
                found[offering.family].append(offering)
        return {family: tuple(offerings) for family, offerings in found.items()}

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """For each model that others were made from: their ids."""
        return _backward((model.id, model.lineage.parent) for model in self.models.values())

    @cached_property
    def predecessors(self) -> Mapping[str, tuple[str, ...]]:
        """For each model that others name as what to use instead: their ids."""
        return _backward((model.id, model.successor) for model in self.models.values())

    @cached_property
    def able(self) -> dict[str, Able]:
        """What can be asked for each thing, by the name of the ability."""
        return index(self.models.values(), self.facts.values())

    @cached_property
    def pairs(self) -> Mapping[str, tuple[str, str, Able]]:
        """What can be asked for two things at once, with their names."""
        return pairs(self.able)

    @cached_property
    def tagged(self) -> Mapping[str, Able]:
        """What has each tag."""
        return index(self.models.values(), self.facts.values(), lambda facts: facts.tags)

    def authors_of(self, offering: Offering) -> tuple[str, ...]:
        """Return the ids of who made what is offered."""
        if offering.model:
            model = self.models[offering.model]
            return tuple(dict.fromkeys((model.author, *model.authors)))
        return offering.authors


_WHOLE = ("name", "description", "family", "released", "updated", "knowledge", "successor", "open_weights", "tags",
          "modalities", "reasoning", "verbosity", "attachments", "tools", "response", "architecture")  # fmt: skip
_ALIKE = ("capabilities", "limits", "modalities")  # flags, whole numbers and words: equal ones are written alike
_BY_FIELD = ("capabilities", "limits", "generation")


def inherit(offering: Offering, definition: Model) -> Offering:
    """Return the offering with unstated facts from the definition. The end of its life is never inherited."""
    own, theirs = offering.model_fields_set, definition.model_fields_set
    update: dict[str, object] = {
        name: getattr(definition, name) for name in _WHOLE if name in theirs and name not in own
    }
    for name in _BY_FIELD:
        if name not in theirs:
            continue
        base: Record = getattr(definition, name)
        over: Record = getattr(offering, name)
        said = vars(over)
        stated = {fact: said[fact] for fact in over.model_fields_set}
        update[name] = base.model_copy(update=stated) if stated else base
    return compact(offering.model_copy(update=update))


def compact(offering: Offering) -> Offering:
    """Let an offering share what is alike with the others; nobody sees a difference but the memory.

    Thousands of offerings have a hundred kinds of abilities, and state the same keys.
    """
    held = offering.__dict__
    for name in _ALIKE:
        facts = held[name]
        alike = _alike(name, tuple(vars(facts).values()), frozenset(facts.model_fields_set))
        if not alike:
            alike.append(facts)
        held[name] = alike[0]
    object.__setattr__(offering, "__pydantic_fields_set__", _keys(frozenset(offering.model_fields_set)))
    return offering


# Asked for by plain values: to hash a record, and to compare two, is work for Python.
@lru_cache(maxsize=1 << 14)
def _alike(_name: str, _facts: tuple[object, ...], _stated: frozenset[str]) -> list[Record]:
    """Return the place of the first of those that say and state the same: a fact may be stated to be none."""
    return []


@lru_cache(maxsize=1 << 12)
def _keys(stated: frozenset[str]) -> set[str]:
    """Return one set for all that state the same: facts never change, and a copy of them gets its own."""
    return set(stated)


def key_of(value: Record) -> str:
    """Return the key of a record, as in `Catalog.sources`."""
    if isinstance(value, Offering):
        return f"offering/{value.provider}/{value.id}"
    if isinstance(value, FreePage):
        return f"page/{value.name}"
    kind = "author" if isinstance(value, Author) else "model" if isinstance(value, Model) else "provider"
    return f"{kind}/{getattr(value, 'id', '')}"


def _backward(pairs: Iterable[tuple[str, str | None]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, points_to in pairs:
        if points_to:
            found[points_to].append(name)
    return {name: tuple(names) for name, names in found.items()}


def by_title(facts: Model | Offering) -> tuple[str, str]:
    """Return what orders models and offerings by name."""
    return facts.title.casefold(), facts.id
