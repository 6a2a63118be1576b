"""A catalog -> the files of the native layout: where each record stands, and the text that states it.

A file states what the record states and nothing else; what its path says already is left out. The path is that of the
page, so that ids that no file system can hold, or not side by side, get a path all the same and say `id:` themselves.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.catalog import Catalog
from generator.paths import assign
from generator.schema import FreePage, Record
from generator.sources.yaml_text import block

__all__ = ["File", "body", "facts", "files", "render"]

_FIRST = ("name", "title", "model", "description")
"""What a reader looks for first; the rest follows in the order of the schema."""


class File(Struct, frozen=True, kw_only=True):
    """One file of the native layout."""

    key: str
    """What it describes: `author/<id>`, `model/<id>`, `provider/<id>`, `offering/<provider>/<id>` or `page/<name>`."""
    stem: str
    """Its path without the suffix."""
    data: Mapping[str, Any]
    """What it states."""
    body: str = ""
    """The prose below."""
    suffix: str = ".yaml"

    @property
    def path(self) -> str:
        """Its path below the folder of the catalog."""
        return self.stem + self.suffix

    @property
    def text(self) -> str:
        """What stands in it."""
        return render(self.data, self.body, front=self.suffix == ".md")

    def at(self, stem: str, suffix: str) -> "File":
        """Return the same file at another path; it says its id if, and only if, that path does not."""
        kind, _, name = self.key.partition("/")
        inner = name.partition("/")[2]
        _, folder, *rest = stem.split("/")
        own, said = (inner, "/".join(rest[1:])) if kind in ("model", "offering") else (name, folder)
        data = {key: value for key, value in self.data.items() if key != "id"}
        if said != own and kind != "page":
            data = {"id": name if kind == "model" else own, **data}
        return replace(self, stem=stem, suffix=suffix, data=data)


def render(data: Mapping[str, Any], body: str, *, front: bool) -> str:
    """Return the text of a file: YAML, or front matter and prose."""
    text = block(data) or "{}\n"
    if not front:
        return text
    return f"---\n{text}---\n" + (f"\n{body}\n" if body else "")


def files(catalog: Catalog, pages: Iterable[FreePage] = ()) -> Iterator[File]:
    """Yield the file of every author, model, provider, offering and free page, each owner before what it owns."""
    folders = {f"authors/{name}": path for name, path in assign(catalog.authors).items()}
    folders |= {f"providers/{name}": path for name, path in assign(catalog.providers).items()}
    for name, author in catalog.authors.items():
        yield _file(f"author/{name}", f"authors/{folders[f'authors/{name}']}/author", author, ".md")
    for owner, owned in _grouped((model.author, model.slug) for model in catalog.models.values()):
        below = f"authors/{folders[f'authors/{owner}']}/models"
        for name, path in assign(owned).items():
            model = catalog.models[f"{owner}/{name}"]
            yield _file(f"model/{model.id}", f"{below}/{path}", model, ".md" if model.prose else ".yaml")
    for name, provider in catalog.providers.items():
        yield _file(f"provider/{name}", f"providers/{folders[f'providers/{name}']}/provider", provider, ".md")
    for owner, owned in _grouped(catalog.offerings):
        below = f"providers/{folders[f'providers/{owner}']}/models"
        for name, path in assign(owned).items():
            yield _file(f"offering/{owner}/{name}", f"{below}/{path}", catalog.offerings[owner, name], ".yaml")
    for page in pages:
        yield _file(f"page/{page.name}", f"pages/{page.name}", page, ".md")


def facts(record: Record) -> dict[str, Any]:
    """Return what a record states beside its path and its prose, as plain data in the order in which files say it."""
    said = {"id", "prose", "name" if isinstance(record, FreePage) else "provider"}
    found = record.model_dump(exclude_unset=True, exclude=said)
    first = [name for name in _FIRST if name in found]
    return {name: found[name] for name in (*first, *(name for name in found if name not in first))}


def body(record: Record) -> str:
    """Return the prose of a record as the reader will find it: without blank lines around it."""
    lines = getattr(record, "prose", "").rstrip().split("\n")
    first = next((i for i, line in enumerate(lines) if line.strip()), 0)
    return "\n".join(lines[first:])


def _file(key: str, stem: str, record: Record, suffix: str) -> File:
    return File(key=key, stem=stem, data=facts(record), body=body(record), suffix=suffix).at(stem, suffix)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Iterable[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for owner, name in pairs:
        found.setdefault(owner, []).append(name)
    return found.items()
