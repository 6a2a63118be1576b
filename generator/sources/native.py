"""The native layout: folders of authors and providers, one YAML or Markdown file for each thing.

    site.yaml
    authors/<author>/author.md              logo.svg beside it
    authors/<author>/models/**/<slug>.md    or .yaml
    providers/<provider>/provider.md        logo.svg beside it
    providers/<provider>/models/**/<id>.yaml
    pages/*.md

Ids come from the path unless the file says `id:`. Nothing is skipped in silence: a file that has no business where it is, is a problem.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TypeVar

from generator.catalog import Entry, Records
from generator.config import Settings
from generator.documents import Document, read, read_bytes
from generator.errors import ContentError, Problem
from generator.schema import Author, FreePage, Model, Offering, Provider, Record, check_id
from generator.sources.content import Content
from generator.sources.logos import MAX_LOGO_BYTES, check_logo

__all__ = ["MAX_FILES", "load", "recognises"]

MAX_FILES = 1_000_000
_DATA = (".yaml", ".yml", ".md")
T = TypeVar("T", bound=Record)
T2 = TypeVar("T2")


def recognises(root: Path) -> bool:
    """Return whether a folder has the shape of the native layout."""
    return (root / "site.yaml").is_file() or any((root / "providers").glob("*/provider.*")) or any((root / "authors").glob("*/author.*"))


def load(root: Path, name: str = "") -> Content:
    """Read a native catalog; `name` is how messages call the folder."""
    return _Loader(root, name or root.as_posix()).load()


@dataclass(slots=True)
class _Loader:
    """Collects what one walk over the folder finds."""

    root: Path
    name: str
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    logos: dict[str, bytes] = field(default_factory=dict)
    files: int = 0

    def load(self) -> Content:
        if not self.root.is_dir():
            raise ContentError([Problem(self.name, message="is not a folder", hint="give the folder that holds site.yaml")])
        self._check_top()
        settings = self._settings()
        authors = tuple(self._owners("authors", "author", Author))
        models = tuple(self._models())
        providers = tuple(self._owners("providers", "provider", Provider))
        offerings = tuple(self._offerings())
        records = Records(
            authors=authors,
            models=models,
            providers=providers,
            offerings=offerings,
            broken=frozenset(self.broken),
            logos=self.logos,
        )
        return Content(settings=settings, records=records, pages=tuple(self._pages()), problems=tuple(self.problems))

    def _check_top(self) -> None:
        known = {"site.yaml", "authors", "providers", "pages", "templates", "README.md", "LICENSE"}
        for entry in self._list(self.root):
            if entry.name not in known:
                self._stray(entry, "a catalog holds site.yaml, authors/, providers/, pages/ and templates/")

    def _settings(self) -> Settings:
        path = self.root / "site.yaml"
        if not path.exists():
            return Settings()
        return self._try(path, lambda document: document.load(Settings)) or Settings()

    def _owners(self, folder: str, kind: str, schema: type[T]) -> Iterator[Entry[T]]:
        for owner in self._list(self.root / folder):
            if not owner.is_dir():
                self._stray(owner, f"{folder}/ holds one folder for each {kind}")
                continue
            found = [owner / f"{kind}{suffix}" for suffix in _DATA if (owner / f"{kind}{suffix}").exists()]
            if len(found) != 1:
                names = " and ".join(path.name for path in found)
                what = f"has both {names}" if found else f"has no {kind}.md or {kind}.yaml"
                self._report(Problem(self._shown(owner), message=what, hint="one of them describes it"))
                self.broken.add(f"{kind}/{owner.name}")
                continue
            for entry in self._list(owner):
                if entry.name not in (found[0].name, "models", "logo.svg"):
                    self._stray(entry, f"a folder of {folder}/ holds {kind}.md, logo.svg and models/")
            self._logo(owner, f"{folder}/{owner.name}")
            value = self._record(found[0], f"{kind}/{owner.name}", schema, lambda _: {"id": owner.name})
            if value:
                yield value

    def _models(self) -> Iterator[Entry[Model]]:
        for author, path, slug in self._below("authors"):
            entry = self._record(path, f"model/{author}/{slug}", Model, lambda data, i=f"{author}/{slug}": {"id": data.get("id", i)})
            if entry and entry.value.author != author:
                self._report(
                    entry.document.problem(("id",), f"`{entry.value.id}` stands in the folder of `{author}`", hint="move the file or mend the id")
                )
            elif entry:
                yield entry

    def _offerings(self) -> Iterator[Entry[Offering]]:
        for provider, path, name in self._below("providers"):
            entry = self._record(
                path,
                f"offering/{provider}/{name}",
                Offering,
                lambda data, i=name, p=provider: {"id": data.get("id", i), "provider": p},
            )
            if entry:
                yield entry

    def _below(self, folder: str) -> Iterator[tuple[str, Path, str]]:
        """Yield owner, file and path below `models/` without its suffix, for every data file of a section."""
        for owner in self._list(self.root / folder):
            models = owner / "models"
            if owner.is_dir() and models.exists():
                for path in self._walk(models):
                    relative = PurePosixPath(path.relative_to(models).as_posix())
                    yield owner.name, path, str(relative)[: -len(relative.suffix)]

    def _walk(self, folder: Path) -> Iterator[Path]:
        for entry in self._list(folder):
            if entry.is_dir():
                yield from self._walk(entry)
            elif entry.suffix in _DATA:
                self.files += 1
                if self.files > MAX_FILES:
                    raise ContentError([Problem(self.name, message=f"holds more than {MAX_FILES:,} files")])
                yield entry
            else:
                self._stray(entry, "models/ holds .yaml and .md files")

    def _pages(self) -> Iterator[Entry[FreePage]]:
        for path in self._list(self.root / "pages"):
            if path.suffix != ".md" or path.is_dir():
                self._stray(path, "pages/ holds .md files")
                continue
            entry = self._record(path, f"page/{path.stem}", FreePage, lambda _, name=path.stem: {"name": name})
            if entry:
                yield entry

    def _record(
        self, path: Path, key: str, schema: type[T], extra: Callable[[dict[str, object]], dict[str, object]]
    ) -> Entry[T] | None:
        def build(document: Document) -> Entry[T]:
            more = extra(dict(document.data))
            if isinstance(more.get("id"), str):
                _check(document, more["id"])
            if "prose" in schema.model_fields:
                more["prose"] = document.body
            elif document.body:
                raise ContentError([Problem(document.path, document.body_line, 1, message="has text below its data that no page shows")])
            return Entry(document.load(schema, **more), document)

        entry = self._try(path, build)
        if entry is None:
            self.broken.add(key)
        return entry

    def _try(self, path: Path, build: Callable[[Document], T2]) -> T2 | None:
        try:
            return build(read(path, self._shown(path)))
        except ContentError as error:
            self.problems.extend(error.problems)
            return None

    def _logo(self, owner: Path, key: str) -> None:
        path = owner / "logo.svg"
        if path.exists():
            try:
                data = read_bytes(path, self._shown(path), MAX_LOGO_BYTES)
            except ContentError as error:
                self.problems.extend(error.problems)
            else:
                if problem := check_logo(data, self._shown(path)):
                    self._report(problem)
                self.logos[key] = data

    def _list(self, folder: Path) -> list[Path]:
        """Return the entries of a folder by name, without hidden ones; an absent folder has none."""
        try:
            with os.scandir(folder) as entries:
                found = sorted((e.name, e.is_symlink()) for e in entries if not e.name.startswith("."))
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            self._report(Problem(self._shown(folder), message="has to be a folder"))
            return []
        except OSError as error:
            self._report(Problem(self._shown(folder), message=f"cannot be read: {error.strerror or error}"))
            return []
        return [folder / name for name, is_link in found if not is_link or self._stays_inside(folder / name)]

    def _stays_inside(self, link: Path) -> bool:
        """Return whether a symbolic link leads to something inside the catalog's folder; report it when it does not."""
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError):
            self._report(Problem(self._shown(link), message="is a link to nothing"))
            return False
        if not real.is_relative_to(self.root.resolve()):
            self._report(Problem(self._shown(link), message="is a link out of the catalog's folder"))
            return False
        if link.parent.resolve().is_relative_to(real):
            self._report(Problem(self._shown(link), message="is a link to a folder that holds it"))
            return False
        return True

    def _stray(self, path: Path, hint: str) -> None:
        self._report(Problem(self._shown(path), message="is not part of the layout", hint=hint))

    def _report(self, problem: Problem) -> None:
        self.problems.append(problem)

    def _shown(self, path: Path) -> str:
        relative = path.relative_to(self.root).as_posix()
        return self.name if relative == "." else f"{self.name}/{relative}"


def _check(document: Document, name: object) -> None:
    try:
        check_id(str(name))
    except ValueError as error:
        message, _, hint = str(error).partition("\n")
        raise ContentError([document.problem(("id",), message, hint=hint)]) from None
