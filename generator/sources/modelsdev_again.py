"""One file of a models.dev checkout read again, with all that takes over what it says."""

from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from generator.documents import read_bytes
from generator.sources.content import Content, put, same_file
from generator.sources.memory import Memory, state
from generator.sources.modelsdev import Loader
from generator.sources.tree import Tree

__all__ = ["again"]


def again(root: Path, content: Content, name: str, memory: Memory | None = None) -> Content | None:
    """Return the catalog with one file read again: of an offering, a definition or a provider.

    Nothing where more has to be looked at.
    """
    places = _places(content, f"{root.as_posix()}/", name)
    return _Again(root, content, name, places, memory).read() if places is not None else None


def _places(content: Content, inside: str, name: str) -> list[int] | None:
    """Return the places of the offerings that a file says something of; nothing when it is none of those."""
    records, path = content.records, inside + name
    if not name.endswith(".toml"):
        return None
    for at, offering in enumerate(records.offerings):
        if offering.document.path == path:
            return same_file(records.offerings, at)
    for model in records.models:
        if model.document.path == path:
            slug = model.value.id
            return [at for at, entry in enumerate(records.offerings) if entry.document.data.get("base_model") == slug]
    for at, provider in enumerate(records.providers):
        if provider.document.path == path:
            folder = path.removesuffix("provider.toml")
            theirs = [i for i, entry in enumerate(records.offerings) if entry.document.path.startswith(folder)]
            return theirs if len(same_file(records.providers, at)) == 1 else None
    return None


@dataclass(slots=True)
class _Again:
    """One such reading; `content` is the catalog as far as it has come."""

    root: Path
    content: Content
    name: str
    places: list[int]
    memory: Memory | None

    def read(self) -> Content | None:
        known = {entry.value.id for entry in self.content.records.models}
        inside = f"{self.root.as_posix()}/"
        entries = self.content.records.offerings
        offerings = [(at, entries[at].document.path.removeprefix(inside)) for at in self.places]
        loader = Loader(self._tree({name for _, name in offerings}, known), self.memory)
        if not (self._providers(loader) and self._definition(loader)):
            return self.content  # with what is wrong with it
        for at, name in offerings:
            if not self._offering(loader, at, name, known):
                return None
        return self.content

    def _tree(self, offerings: set[str], known: set[str]) -> Tree:
        names = {self.name, *offerings, *(f"models/{model}.toml" for model in known)}
        names |= {f"providers/{name.split('/')[1]}/provider.toml" for name in offerings}
        shown = self.root.as_posix()
        return Tree(
            name=shown,
            names=tuple(sorted(names)),
            fetch=lambda name, limit: read_bytes(self.root / name, f"{shown}/{name}", limit),
            state=lambda name: state(f"{shown}/{name}"),
        )

    def _providers(self, loader: Loader) -> bool:
        """Read the providers of the offerings, whose faults were told before; return whether the one to be read is."""
        found = {entry.document.path: entry for entry in loader.read_providers()}
        shown, records = loader.tree.shown(self.name), self.content.records
        told = [problem for problem in loader.problems if problem.path == shown]
        loader.problems.clear()
        at = next((at for at, entry in enumerate(records.providers) if entry.document.path == shown), None)
        if at is None:
            return True
        owner = self.name.split("/")[1]
        records = replace(records, providers=put(records.providers, at, found.get(shown)))
        for place, author in enumerate(records.authors):
            if author.value.id == owner and shown in found:
                entry = loader.read_author(owner, author.document.path)
                records = replace(records, authors=put(records.authors, place, entry))
        self.content = self.content.without(shown, records, told)
        return shown in found

    def _definition(self, loader: Loader) -> bool:
        """Read the definition, if it is one; return whether it can be read."""
        shown, models = loader.tree.shown(self.name), self.content.records.models
        at = next((at for at, entry in enumerate(models) if entry.document.path == shown), None)
        if at is None:
            return True
        model = loader.read_model(self.name)
        records = replace(self.content.records, models=put(models, at, model))
        self.content = self.content.without(shown, records, loader.problems)
        return model is not None

    def _offering(self, loader: Loader, at: int, name: str, known: set[str]) -> bool:
        """Read an offering; return whether what it takes over can be read still."""
        loader.problems.clear()
        owner, path = name.split("/")[1], name.split("/", 3)[3].removesuffix(".toml")
        file = loader.read_file(name, path)
        base = file.table.get("base_model") if file else None
        if isinstance(base, str) and base in known and base not in loader.definitions:
            loader.read_model(f"models/{base}.toml")
            loader.problems.clear()
            if base not in loader.definitions:
                return False
        entry = loader.read_offering(file, owner, path, known) if file else None
        records = replace(self.content.records, offerings=put(self.content.records.offerings, at, entry))
        self.content = self.content.without(loader.tree.shown(name), records, loader.problems)
        return True
