"""The graph of authors, models, providers and offerings: references checked, indexed both ways, sorted, never changed.

Readers hand over `Records`, each with the document it came from, so that a dangling reference is told with the line it
stands on.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, TypeVar

from generator.abilities import Able, index, pairs
from generator.documents import Document, Loc
from generator.errors import Problem, nearest
from generator.schema import Author, FreePage, Model, Offering, Provider, Record

__all__ = ["Catalog", "Entry", "Key", "Overlaid", "Records", "accused", "by_title", "inherit", "key_of", "link"]

T = TypeVar("T", bound=Record)
Named = TypeVar("Named", Author, Model, Provider)
Key = tuple[str, str]
"""Provider id and exact model id."""

MAX_HINTS = 100


@dataclass(frozen=True, slots=True)
class Entry(Generic[T]):
    """A record and the document that states it."""

    value: T
    document: Document


@dataclass(frozen=True, slots=True)
class Overlaid:
    """What an overlay says about one thing: its name, and the facts that come from it as dotted names."""

    overlay: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Records:
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
    overlaid: Mapping[str, tuple[Overlaid, ...]] = field(default_factory=dict)
    """What came from overlays, by key, in the order in which they were laid."""
    logos: Mapping[str, bytes] = field(default_factory=dict)
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
        stated = {fact: getattr(over, fact) for fact in over.model_fields_set}
        update[name] = base.model_copy(update=stated) if stated else base
    return offering.model_copy(update=update)


def link(records: Records) -> tuple[Catalog, list[Problem]]:
    """Return the graph of the records, and a problem for each duplicate, dangling or circular reference."""
    return _Linker(records).link()


def accused(records: Records) -> Mapping[str, Sequence[Problem]]:
    """Return what `link` finds wrong, by the key of what it is wrong with."""
    linker = _Linker(records)
    linker.link()
    return linker.accused


def key_of(value: Record) -> str:
    """Return the key of a record, as in `Catalog.sources`."""
    if isinstance(value, Offering):
        return f"offering/{value.provider}/{value.id}"
    if isinstance(value, FreePage):
        return f"page/{value.name}"
    kind = "author" if isinstance(value, Author) else "model" if isinstance(value, Model) else "provider"
    return f"{kind}/{getattr(value, 'id', '')}"


class _Linker:
    """Carries what one linking knows: which ids exist, under which other names, and what was found wrong."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self.problems: list[Problem] = []
        self.accused: dict[str, list[Problem]] = {}
        self.hints: dict[tuple[str, str], str] = {}
        self.authors = self._index(records.authors, lambda author: author.id, "author")
        self.models = self._index(records.models, lambda model: model.id, "model")
        self.providers = self._index(records.providers, lambda provider: provider.id, "provider")
        self.aliases = {
            "author": self._aliases(records.authors, self.authors, "author"),
            "model": self._aliases(records.models, self.models, "model"),
            "provider": self._aliases(records.providers, self.providers, "provider"),
        }

    def link(self) -> tuple[Catalog, list[Problem]]:
        models = {entry.value.id: self._model(entry) for entry in self.models.values()}
        offerings: dict[Key, Entry[Offering]] = {}
        for entry in self.records.offerings:
            provider, name = self._known(entry, "provider", entry.value.provider, ("provider",)), entry.value.id
            if provider is None:
                continue
            if (provider, name) in offerings:
                self._duplicate(entry, offerings[provider, name], f"offering `{name}` of `{provider}`")
            offerings.setdefault((provider, name), entry)
        linked = {key: self._offering(entry, key[0]) for key, entry in offerings.items()}
        self._check_lineage(models)
        sources = self._sources(offerings)
        catalog = Catalog(
            authors=_sorted({entry.value.id: entry.value for entry in self.authors.values()}),
            models=_sorted(models),
            providers=_sorted({entry.value.id: entry.value for entry in self.providers.values()}),
            offerings=dict(sorted(linked.items(), key=lambda item: (item[0][0], item[0][1].casefold(), item[0][1]))),
            logos=dict(sorted(self.records.logos.items())),
            overlaid=self.records.overlaid,
            dropped=tuple(sorted(self.records.broken.difference(sources))),
            sources=sources,
        )
        return catalog, self.problems

    def _index(self, entries: Iterable[Entry[T]], key: Callable[[T], str], kind: str) -> dict[str, Entry[T]]:
        found: dict[str, Entry[T]] = {}
        for entry in entries:
            name = key(entry.value)
            if name in found:
                self._duplicate(entry, found[name], f"{kind} `{name}`")
            found.setdefault(name, entry)
        return found

    def _duplicate(self, entry: Entry[T], first: Entry[T], what: str) -> None:
        self._report(entry, ("id",), f"{what} is defined a second time", f"the first is in {first.document.path}")

    def _aliases(self, entries: Iterable[Entry[Named]], known: Mapping[str, object], kind: str) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in entries:
            for i, alias in enumerate(entry.value.aliases):
                name, loc = entry.value.id, ("aliases", i)
                if alias in known and alias != name:
                    self._report(entry, loc, f"the alias `{alias}` is the id of another {kind}")
                elif found.setdefault(alias, name) != name:
                    self._report(entry, loc, f"the alias `{alias}` is also an alias of {kind} `{found[alias]}`")
        return found

    def _report(self, entry: Entry[T], loc: Loc, message: str, hint: str = "") -> None:
        problem = entry.document.problem(loc, message, hint=hint)
        self.problems.append(problem)
        self.accused.setdefault(key_of(entry.value), []).append(problem)

    def _known(self, entry: Entry[T], kind: str, name: str, loc: Loc) -> str | None:
        """Return the id that a reference means, through aliases; report one that means nothing."""
        ids: Mapping[str, object] = getattr(self, f"{kind}s")
        if name in ids:
            return name
        if name in self.aliases[kind]:
            return self.aliases[kind][name]
        if f"{kind}/{name}" not in self.records.broken | self.records.meant | self.records.excused:
            others = (other for other in ids if ids[other] is not entry)
            self._report(entry, loc, f"there is no {kind} `{name}`", self._nearest(kind, name, others))
        return None

    def _nearest(self, kind: str, name: str, ids: Iterable[str]) -> str:
        """Return a hint for a reference that means nothing; the first ones have one, for it takes time to find."""
        key = (kind, name)
        if key not in self.hints:
            self.hints[key] = nearest(name, ids) if len(self.hints) < MAX_HINTS else ""
        return self.hints[key]

    def _model(self, entry: Entry[Model]) -> Model:
        model, update = entry.value, dict[str, object]()
        author = self._known(entry, "author", model.author, ("id",))
        if author not in (None, model.author):
            message = f"`{model.author}` is an alias of the author `{author}`"
            self._report(entry, ("id",), message, f"call the model `{author}/{model.slug}`")
        if model.authors:
            update["authors"] = self._refs(entry, "author", model.authors, ("authors",))
        if model.successor:
            update["successor"] = self._known(entry, "model", model.successor, ("successor",))
        lineage = {
            name: self._known(entry, "model", ref, ("lineage", name))
            for name in ("root", "parent")
            if (ref := getattr(model.lineage, name))
        }
        if lineage:
            update["lineage"] = model.lineage.model_copy(update=lineage)
        return model.model_copy(update=update) if update else model

    def _offering(self, entry: Entry[Offering], provider: str) -> Offering:
        offering, update = entry.value, dict[str, object](provider=provider)
        if offering.model:
            update["model"] = self._known(entry, "model", offering.model, ("model",))
        if offering.authors:
            update["authors"] = self._refs(entry, "author", offering.authors, ("authors",))
        if offering.successor:
            update["successor"] = self._known(entry, "model", offering.successor, ("successor",))
        changed = {name: value for name, value in update.items() if value != getattr(offering, name)}
        return offering.model_copy(update=changed) if changed else offering

    def _refs(self, entry: Entry[T], kind: str, names: tuple[str, ...], loc: Loc) -> tuple[str, ...]:
        found = [self._known(entry, kind, name, (*loc, i)) for i, name in enumerate(names)]
        return tuple(dict.fromkeys(name for name in found if name is not None))

    def _check_lineage(self, models: Mapping[str, Model]) -> None:
        parents = {name: model.lineage.parent for name, model in models.items()}
        successors = {name: model.successor for name, model in models.items()}
        for loc, following in ((("lineage", "parent"), parents), (("successor",), successors)):
            for name in _circling(following):
                self._report(self.models[name], loc, f"leads back to `{name}`")

    def _sources(self, offerings: Mapping[Key, Entry[Offering]]) -> dict[str, str]:
        def named() -> Iterator[tuple[str, str]]:
            for author in self.authors.values():
                yield f"author/{author.value.id}", author.document.path
            for model in self.models.values():
                yield f"model/{model.value.id}", model.document.path
            for provider in self.providers.values():
                yield f"provider/{provider.value.id}", provider.document.path
            for (owner, name), offering in offerings.items():
                yield f"offering/{owner}/{name}", offering.document.path

        return dict(named())


def _backward(pairs: Iterable[tuple[str, str | None]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name, points_to in pairs:
        if points_to:
            found[points_to].append(name)
    return {name: tuple(names) for name, names in found.items()}


def _circling(following: Mapping[str, str | None]) -> Iterator[str]:
    """Yield every name from which one comes back to it. Each is visited once, however long the chains are."""
    done: set[str] = set()
    for start in following:
        way: dict[str, None] = {}
        here: str | None = start
        while here is not None and here in following and here not in done and here not in way:
            way[here] = None
            here = following[here]
        if here is not None and here in way:
            members = list(way)
            yield from members[members.index(here) :]
        done.update(way)


def by_title(facts: Model | Offering) -> tuple[str, str]:
    """Return what orders models and offerings by name."""
    return facts.title.casefold(), facts.id


def _sorted(values: Mapping[str, T]) -> dict[str, T]:
    return dict(sorted(values.items(), key=lambda item: (item[0].casefold(), item[0])))
