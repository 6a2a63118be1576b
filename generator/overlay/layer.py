"""The files of one overlay, and the records below it with what they change."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, TypeVar

from msgspec.structs import replace

from generator.catalog import Entry, Overlaid, Records
from generator.documents import Document, Loc, parse_markdown, parse_yaml
from generator.errors import ContentError, Problem, nearest
from generator.paths import assign
from generator.schema import Author, Model, Offering, Provider, Record
from generator.sources.logos import MAX_LOGO_BYTES, check_logo
from generator.sources.tree import Tree

__all__ = ["Layer"]

T = TypeVar("T", bound=Record)
_DATA = (".yaml", ".yml", ".md")
_OWNERS = {"authors": "author", "providers": "provider"}
_OWNED = {"author": "model", "provider": "offering"}
_SCHEMAS: Mapping[str, type[Record]] = {"author": Author, "model": Model, "provider": Provider, "offering": Offering}
_HINT = "an overlay holds overlay.yaml, and authors/ and providers/ as a catalog does"


@dataclass(slots=True)
class Layer:
    """One overlay on its way onto the records below it."""

    records: Records
    below: dict[str, Entry[Any]] = field(default_factory=dict)
    """What stands below, by key, with what was changed so far."""
    aliases: dict[str, str] = field(default_factory=dict)
    changed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The facts that were changed, by key."""
    logos: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    paths: dict[str, dict[str, str]] = field(default_factory=dict)
    """By kind and owner: the id of each thing by the path that it has when its id cannot be one."""

    def __post_init__(self) -> None:
        for kind, entries in _by_kind(self.records):
            self.below |= {_key(kind, entry.value): entry for entry in entries}
            for entry in entries:
                others = getattr(entry.value, "aliases", ())
                self.aliases |= {f"{kind}/{alias}": _key(kind, entry.value) for alias in others}

    def read(self, tree: Tree, *, besides: Collection[str]) -> None:
        """Take over the files of an overlay, besides those that are no part of the records."""
        self.problems.extend(Problem(tree.shown(name), message=reason) for name, reason in tree.broken_links)
        owners: dict[str, str] = {}
        # Owners first: the id of a folder's owner may stand in its file.
        for name in sorted(tree.names, key=lambda name: (name.count("/") > 2, name)):
            try:
                if name not in besides:
                    self._file(tree, name, owners)
            except ContentError as error:
                self.problems.extend(error.problems)

    def laid(self, called: str) -> Records:
        """Return the records with what was changed, each with what pages say about it."""
        overlaid = dict(self.records.overlaid)
        for key, facts in sorted(self.changed.items()):
            overlaid[key] = (*overlaid.get(key, ()), Overlaid(called, facts))

        def laid(kind: str, entries: tuple[Entry[T], ...]) -> tuple[Entry[T], ...]:
            keys = [_key(kind, entry.value) for entry in entries]
            return tuple(self.below[key] if key in self.changed else e for key, e in zip(keys, entries, strict=True))

        records = self.records
        return replace(
            records,
            authors=laid("author", records.authors),
            models=laid("model", records.models),
            providers=laid("provider", records.providers),
            offerings=laid("offering", records.offerings),
            logos={**records.logos, **self.logos},
            overlaid=overlaid,
        )

    def _file(self, tree: Tree, name: str, owners: dict[str, str]) -> None:
        section, folder, *rest = (*name.split("/", 3), "", "", "")[:4]
        kind = _OWNERS.get(section, "")
        path = PurePosixPath(name)
        if kind and rest[0] == "logo.svg":
            self._logo(tree, name, self._owner(kind, folder, owners))
        elif kind and path.suffix in _DATA and rest[0] == f"{kind}{path.suffix}":
            document = _document(tree, name)
            if key := self._known(kind, "", document, folder):
                owners[f"{kind}/{folder}"] = key.partition("/")[2]
                self._change(key, document)
        elif kind and path.suffix in _DATA and rest[0] == "models" and rest[1]:
            document, owner = _document(tree, name), self._owner(kind, folder, owners)
            if key := self._known(_OWNED[kind], owner, document, rest[1].removesuffix(path.suffix)):
                self._change(key, document)
        else:
            self._fault(tree.shown(name), "is not part of an overlay", _HINT)

    def _owner(self, kind: str, folder: str, owners: Mapping[str, str]) -> str:
        known = owners.get(f"{kind}/{folder}") or self._id(kind, "", folder)
        return known or folder

    def _id(self, kind: str, owner: str, name: str) -> str | None:
        """Return the id that a name means: an id, an alias, or the path of a page whose id cannot be a path."""
        prefix = f"{owner}/" if owner else ""
        key = f"{kind}/{prefix}{name}"
        key = key if key in self.below else self.aliases.get(key, "")
        if key:
            return key.partition("/")[2]
        start = f"{kind}/{prefix}"
        if start not in self.paths:
            own = [known.removeprefix(start) for known in self.below if known.startswith(start)]
            self.paths[start] = {path: name for name, path in assign(own).items()}
        found = self.paths[start].get(name)
        return f"{prefix}{found}" if found else None

    def _known(self, kind: str, owner: str, document: Document, name: str) -> str | None:
        """Return the key of what a file is about; report one that is about nothing."""
        said = document.data.get("id")
        meant = said if isinstance(said, str) else f"{owner}/{name}" if kind == "model" else name
        inner = meant.removeprefix(f"{owner}/") if kind == "model" else meant
        if found := self._id(kind, owner, inner):
            return f"{kind}/{found}"
        start = f"{kind}/{owner}/" if owner and kind == "offering" else f"{kind}/"
        near = nearest(meant, [key.removeprefix(start) for key in self.below if key.startswith(start)])
        of = f" of `{owner}`" if kind == "offering" else ""
        hint = near or "an overlay changes what is there; add new things to the catalog"
        message = f"there is no {kind} `{meant}`{of} below this overlay"
        if isinstance(said, str):
            self.problems.append(document.problem(("id",), message, hint=hint))
        else:
            self._fault(document.path, message, hint)
        return None

    def _change(self, key: str, document: Document) -> None:
        kind, entry = key.partition("/")[0], self.below[key]
        patch = {name: value for name, value in document.data.items() if name != "id"}
        if "prose" in patch:
            hint = "text stands below the front matter"
            raise ContentError([document.problem(("prose",), "unknown key", hint=hint, key=True)])
        provider = getattr(entry.value, "provider", None)
        if provider and patch.pop("provider", provider) != provider:
            message = f"has to be `{provider}`, as the path of the file says"
            raise ContentError([document.problem(("provider",), message, hint="leave the key out")])
        if document.body and "prose" not in _SCHEMAS[kind].model_fields:
            message = "has text below its data that no page shows"
            raise ContentError([Problem(document.path, document.body_line, 1, message=message)])
        if document.body:
            patch["prose"] = document.body
        stated = entry.value.model_dump(exclude_unset=True)
        facts = tuple(_changes(stated, patch))
        value = replace(document, data=_over(stated, patch)).load(_SCHEMAS[kind])
        if faults := list(self._dangling(value, document)):
            raise ContentError(faults)
        if facts:
            self.below[key] = Entry(value, entry.document)
            self.changed[key] = (*self.changed.get(key, ()), *facts)

    def _dangling(self, value: Record, document: Document) -> Iterator[Problem]:
        """Yield a problem for what the overlay names and nobody knows; the catalog would tell it of the file below."""
        for kind, loc, name in _references(value):
            key = f"{kind}/{name}"
            if loc[0] in document.data and key not in self.below and key not in self.aliases:
                known = [key.partition("/")[2] for key in self.below if key.startswith(f"{kind}/")]
                yield document.problem(loc, f"there is no {kind} `{name}`", hint=nearest(name, known))

    def _logo(self, tree: Tree, name: str, owner: str) -> None:
        kind = _OWNERS[name.partition("/")[0]]
        if f"{kind}/{owner}" not in self.below:
            self._fault(tree.shown(name), f"there is no {kind} `{owner}` below this overlay")
            return
        data = tree.read(name, MAX_LOGO_BYTES)
        if problem := check_logo(data, tree.shown(name)):
            self.problems.append(problem)
            return
        self.logos[f"{kind}s/{owner}"] = data
        self.changed[f"{kind}/{owner}"] = (*self.changed.get(f"{kind}/{owner}", ()), "logo")

    def _fault(self, path: str, message: str, hint: str = "") -> None:
        self.problems.append(Problem(path, message=message, hint=hint))


def _by_kind(records: Records) -> Iterator[tuple[str, Iterable[Entry[Any]]]]:
    yield "author", records.authors
    yield "model", records.models
    yield "provider", records.providers
    yield "offering", records.offerings


def _key(kind: str, value: Any) -> str:
    return f"{kind}/{value.provider}/{value.id}" if kind == "offering" else f"{kind}/{value.id}"


def _references(value: Record) -> Iterator[tuple[str, Loc, str]]:
    """Yield what a record names: kind, place and id."""
    if isinstance(value, Offering) and value.model:
        yield "model", ("model",), value.model
    if isinstance(value, Model | Offering):
        yield from (("author", ("authors", i), name) for i, name in enumerate(value.authors))
        if value.successor:
            yield "model", ("successor",), value.successor
    if isinstance(value, Model):
        ancestors = (("root", value.lineage.root), ("parent", value.lineage.parent))
        yield from (("model", ("lineage", key), name) for key, name in ancestors if name)


def _document(tree: Tree, name: str) -> Document:
    text, shown = tree.text(name), tree.shown(name)
    return parse_markdown(text, shown) if name.endswith(".md") else parse_yaml(text, shown)


def _over(below: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """Return one mapping laid over another, key by key; `null` takes a key away."""
    found = dict(below)
    for key, value in patch.items():
        held = found.get(key)
        if value is None:
            found.pop(key, None)
        elif isinstance(value, Mapping):
            found[key] = _over(held if isinstance(held, Mapping) else {}, value)
        else:
            found[key] = value
    return found


def _changes(below: Mapping[str, Any], patch: Mapping[str, Any], within: str = "") -> Iterator[str]:
    """Yield the facts that a patch changes, as dotted names."""
    for key, value in patch.items():
        held = below.get(key)
        if isinstance(value, Mapping) and value:
            yield from _changes(held if isinstance(held, Mapping) else {}, value, f"{within}{key}.")
        elif (list(held) if isinstance(held, tuple) else held) != value:
            yield f"{within}{key}"
