"""Records -> the graph: every reference leads somewhere, and what does not is told with the line it stands on."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from generator.catalog import Catalog, Entry, Key, Records, compact, key_of
from generator.documents import Loc
from generator.errors import Problem, nearest
from generator.schema import Author, Model, Offering, Provider, Record

__all__ = ["accused", "link"]

T = TypeVar("T", bound=Record)
Named = TypeVar("Named", Author, Model, Provider)

MAX_HINTS = 100


def link(records: Records) -> tuple[Catalog, list[Problem]]:
    """Return the graph of the records, and a problem for each duplicate, dangling or circular reference."""
    return _Linker(records).link()


def accused(records: Records) -> Mapping[str, Sequence[Problem]]:
    """Return what `link` finds wrong, by the key of what it is wrong with."""
    linker = _Linker(records)
    linker.link()
    return linker.accused


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
        return compact(offering.model_copy(update=changed) if changed else offering)

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


def _sorted(values: Mapping[str, T]) -> dict[str, T]:
    return dict(sorted(values.items(), key=lambda item: (item[0].casefold(), item[0])))
