"""Which part of a catalog is taken over: by provider, author or kind, always with all that the part refers to."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase

from msgspec import Struct

from generator.catalog import Catalog, Key
from generator.errors import UsageError, nearest
from generator.schema import Model, Offering

__all__ = ["KINDS", "Selection"]

KINDS = ("authors", "models", "providers", "offerings")

_WITH = {
    "authors": {"authors"},
    "models": {"authors", "models"},
    "providers": {"providers"},
    "offerings": set(KINDS),
}
"""What the files of a kind cannot be without."""


class Selection(Struct, frozen=True, kw_only=True):
    """What is asked for. An empty list of patterns asks for everything; several lists have to agree."""

    providers: tuple[str, ...] = ()
    """Patterns (`*` and `?`) of provider ids: their offerings, and the models of those."""
    authors: tuple[str, ...] = ()
    """Patterns of author ids: their models, the offerings of those and of what else names the author."""
    kinds: tuple[str, ...] = ()
    """Kinds of files, each with those that it refers to."""

    def __bool__(self) -> bool:
        """Whether anything less than everything is asked for."""
        return bool(self.providers or self.authors or self.kinds)

    def of(self, catalog: Catalog) -> Catalog:
        """Return the part of a catalog that is asked for. Raise `UsageError` for a pattern that fits nothing."""
        _check("provider", self.providers, catalog.providers)
        _check("author", self.authors, catalog.authors)
        kinds = set().union(*(_WITH[kind] for kind in self.kinds or KINDS))
        offerings = {key: value for key, value in catalog.offerings.items() if self._has_offering(catalog, value)}
        models = _with_references(catalog, self._models(catalog, offerings), offerings.values())
        providers = {key: value for key, value in catalog.providers.items() if self._has_provider(key, offerings)}
        selects = self.providers or self.authors
        people = _people(models.values(), offerings.values()) if selects else set(catalog.authors)
        people |= {name for name in catalog.authors if self.authors and _fits(name, self.authors)}
        return replace(
            catalog,
            authors={key: value for key, value in catalog.authors.items() if key in people and "authors" in kinds},
            models=models if "models" in kinds else {},
            providers=providers if "providers" in kinds else {},
            offerings=offerings if "offerings" in kinds else {},
        )

    def covers(self, key: str) -> bool:
        """Return whether something of that key, had it still been in the source, would surely be part of it."""
        kind, _, name = key.partition("/")
        if not self:
            return True
        if self.kinds and f"{kind}s" not in self.kinds:
            return False
        owner = name.partition("/")[0]
        if kind in ("provider", "offering"):
            return not self.authors and _fits(owner, self.providers)
        return kind in ("author", "model") and not self.providers and _fits(owner, self.authors)

    def _has_offering(self, catalog: Catalog, offering: Offering) -> bool:
        return _fits(offering.provider, self.providers) and (
            not self.authors or any(_fits(author, self.authors) for author in catalog.authors_of(offering))
        )

    def _has_provider(self, name: str, offerings: Iterable[Key]) -> bool:
        if self.authors:
            return any(provider == name for provider, _ in offerings)
        return _fits(name, self.providers)

    def _models(self, catalog: Catalog, offerings: dict[Key, Offering]) -> set[str]:
        if self.providers:
            return {offering.model for offering in offerings.values() if offering.model}
        return {model.id for model in catalog.models.values() if _fits(model.author, self.authors)}


def _fits(name: str, patterns: tuple[str, ...]) -> bool:
    return not patterns or any(fnmatchcase(name, pattern) for pattern in patterns)


def _check(what: str, patterns: tuple[str, ...], known: Iterable[str]) -> None:
    names = list(known)
    for pattern in patterns:
        if not any(fnmatchcase(name, pattern) for name in names):
            hint = nearest(pattern, names)
            raise UsageError(f"there is no {what} `{pattern}` in the source" + (f"; {hint}" if hint else ""))


def _with_references(catalog: Catalog, wanted: set[str], offerings: Iterable[Offering]) -> dict[str, Model]:
    """Return the wanted models with all that they and the offerings refer to, in the order of the catalog."""
    found: set[str] = set()
    ahead = sorted(wanted | {name for offering in offerings for name in (offering.model, offering.successor) if name})
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead.extend(_references(catalog.models[name]))
    return {name: model for name, model in catalog.models.items() if name in found}


def _references(model: Model) -> Iterator[str]:
    yield from (name for name in (model.successor, model.lineage.root, model.lineage.parent) if name)


def _people(models: Iterable[Model], offerings: Iterable[Offering]) -> set[str]:
    return {author for model in models for author in (model.author, *model.authors)} | {
        author for offering in offerings for author in offering.authors
    }
