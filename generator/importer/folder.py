"""The folder that an import writes to: what is in it already, and each file brought up to date or left alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.catalog import Catalog, Entry
from generator.config import Settings
from generator.documents import Document
from generator.errors import ContentError, Problem, Severity
from generator.importer.ledger import LEDGER, Ledger, digests
from generator.importer.merge import merge, rewritten
from generator.importer.selection import Selection
from generator.schema import Record
from generator.sources import native
from generator.sources.content import Content
from generator.sources.native_writer import File, body, facts, render
from generator.sources.yaml_text import block

__all__ = ["Folder"]

_SETTINGS = "# The settings of the site. An empty file is a site with the defaults.\n"
_OWNERS = ("author", "provider")


@dataclass(slots=True)
class Folder:
    """A folder of native content, and what has happened to it."""

    root: Path
    held: Mapping[str, Entry[Any]]
    """By key: what stands in the folder."""
    logos: Mapping[str, bytes]
    ledger: Ledger
    said: dict[str, Mapping[str, str]] = field(default_factory=dict)
    """The ledger of this import."""
    taken: set[str] = field(default_factory=set)
    """The paths of data files without suffix, folded as some file systems fold them."""
    folders: dict[str, str] = field(default_factory=dict)
    """The folder of each owner, by its key."""
    problems: list[Problem] = field(default_factory=list)
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    by_hand: int = 0

    @classmethod
    def read(cls, root: Path) -> "Folder":
        """Read what is there; raise `ContentError` when that has faults, for then nobody knows what would be lost."""
        ledger = Ledger.read(root)
        if not root.exists():
            return cls(root, {}, {}, ledger)
        content = native.load(root)
        if content.problems:
            raise ContentError(content.problems)
        folder = cls(root, dict(_keyed(content)), content.records.logos, ledger)
        folder.taken = {folder._path(key).rpartition(".")[0].casefold() for key in folder.held}
        return folder

    def take(self, wanted: Iterable[File], part: Catalog, selection: Selection) -> None:
        """Bring the files up to date, and remove those that the source no longer has."""
        for file in wanted:
            self._file(self._placed(file))
        for kind, names in (("author", part.authors), ("provider", part.providers)):
            for name in names:
                self._logo(f"{kind}s/{name}", f"{kind}s/{self.folders[f'{kind}/{name}']}/logo.svg", part.logos)
        gone = [key for key in self.ledger.facts if key not in self.said]
        for key in sorted(gone, key=lambda key: (key.startswith(_OWNERS), key)):  # owners last
            owner = key.removeprefix("logo/").replace("s/", "/", 1) if key.startswith("logo/") else key
            if owner not in self.said and not selection.covers(owner):
                self.said[key] = self.ledger.facts[key]
            elif key in self.held:
                self._gone(key)

    def settle(self, settings: Settings) -> None:
        """Write the settings, if the folder has none, and the ledger."""
        if not (self.root / "site.yaml").exists():
            # Overlays stay where they are, and may be laid over the copy as well.
            self._write("site.yaml", _SETTINGS + block(settings.model_dump(exclude_unset=True, exclude={"overlays"})))
        text, place = Ledger(self.said).text(), self.root / LEDGER
        if not place.is_file() or place.read_text(encoding="utf-8") != text:
            self._put(LEDGER, text.encode())

    def _path(self, key: str) -> str:
        """Return the path of a thing that stands in the folder."""
        return str(self.held[key].document.path.removeprefix(f"{self.root.as_posix()}/"))

    def _placed(self, file: File) -> File:
        """Return a file at the path that it has already, or at a free one in the folder of its owner."""
        if file.key in self.held:
            stem, _, suffix = self._path(file.key).rpartition(".")
            file = file.at(stem, f".{suffix}")
        else:
            file = file.at(self._free(file), file.suffix)
        self.taken.add(file.stem.casefold())
        if file.key.startswith(_OWNERS):
            self.folders[file.key] = file.stem.split("/")[1]
        return file

    def _free(self, file: File) -> str:
        """Return the path of a new file without suffix: its own unless something else has it."""
        kind, _, name = file.key.partition("/")
        own = "-" + digests({"": file.key})[""]
        section, folder, *rest = file.stem.split("/")
        if kind in _OWNERS:
            is_taken = file.stem.casefold() in self.taken
            return "/".join((section, folder + own if is_taken else folder, *rest))
        owner = {"model": "author", "offering": "provider"}.get(kind, kind) + "/" + name.partition("/")[0]
        stem = "/".join((section, self.folders.get(owner, folder), *rest))
        return stem + own if stem.casefold() in self.taken else stem

    def _file(self, file: File) -> None:
        theirs = _without_id(file.data) | ({"prose": file.body} if file.body else {})
        self.said[file.key] = digests(theirs)
        entry = self.held.get(file.key)
        if entry is None:
            self._write(file.path, file.text)
            return
        ours = _held(entry)
        merged = merge(ours, theirs, self.ledger.facts.get(file.key, {}))
        self.by_hand += bool(merged.by_hand)
        for name in merged.conflicts:
            message = "was changed by hand and in the source; it stays as it was changed by hand"
            self._warn(file.path, message, name)
        was, now = digests(ours), digests(merged.facts)
        if was == now:
            self.unchanged += 1
            return
        changed = {name for name in (*was, *now) if was.get(name) != now.get(name)}
        self._rewrite(file, entry.document, merged.facts, changed)

    def _rewrite(self, file: File, document: Document, new: Mapping[str, Any], changed: set[str]) -> None:
        entry = self.held[file.key]
        text, front = (self.root / file.path).read_text(encoding="utf-8"), file.suffix == ".md"
        named = {"id": document.data["id"]} if "id" in document.data else {}
        data = named | {name: value for name, value in new.items() if name != "prose"}
        prose = new.get("prose", "")
        plain = render(named | facts(entry.value), body(entry.value), front=front)
        if prose and not front:
            (self.root / file.path).unlink()
            front = True
        if text == plain:
            text = render(data, prose, front=front)
        else:
            text = rewritten(document, data, changed)
            text = f"---\n{text}---\n" + (f"\n{prose}\n" if prose else "") if front else text
        self._write(file.stem + ".md" if front else file.path, text)

    def _logo(self, owner: str, path: str, logos: Mapping[str, bytes]) -> None:
        theirs = {"logo": logos[owner]} if owner in logos else {}
        ours = {"logo": self.logos[owner]} if owner in self.logos else {}
        merged = merge(ours, theirs, self.ledger.facts.get(f"logo/{owner}", {}))
        if theirs:
            self.said[f"logo/{owner}"] = digests(theirs)
        self.by_hand += bool(merged.by_hand)
        if merged.conflicts:
            self._warn(path, "was changed by hand and in the source; it stays as it was changed by hand")
        if merged.facts == ours:
            self.unchanged += bool(ours)
        elif merged.facts:
            self._put(path, merged.facts["logo"])
            self.written += 1
        else:
            self._remove(path)

    def _gone(self, key: str) -> None:
        """Remove what the source no longer has, unless a person has changed it or put something beside it."""
        path, before = self._path(key), self.ledger.facts
        if merge(_held(self.held[key]), {}, before[key]).facts:
            self._warn(path, "is no longer in the source; it stays because it was changed by hand")
            return
        kind, _, name = key.partition("/")
        if kind not in _OWNERS:
            self._remove(path)
            return
        owner = f"{kind}s/{name}"
        ours = {"logo": self.logos[owner]} if owner in self.logos else {}
        beside = (self.root / path).parent
        if any(beside.glob("models/**/*.*")) or merge(ours, {}, before.get(f"logo/{owner}", {})).facts:
            self._warn(path, "is no longer in the source; it stays because there are other files in its folder")
            return
        if ours:
            self._remove((beside / "logo.svg").relative_to(self.root).as_posix())
        self._remove(path)

    def _warn(self, path: str, message: str, fact: str = "") -> None:
        place = f"{self.root.as_posix()}/{path}"
        self.problems.append(Problem(place, field=fact, message=message, severity=Severity.WARNING))

    def _write(self, path: str, text: str) -> None:
        self._put(path, text.encode())
        self.written += 1

    def _put(self, path: str, data: bytes) -> None:
        """Put a file in place whole: whoever reads it finds the old one or the new one."""
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{place.name[:100]}.new")
        draft.write_bytes(data)
        draft.replace(place)

    def _remove(self, path: str) -> None:
        """Remove a file, and the folders that held nothing else."""
        place = self.root / path
        place.unlink()
        self.removed += 1
        for folder in place.relative_to(self.root).parents:
            if str(folder) == "." or any((self.root / folder).iterdir()):
                return
            (self.root / folder).rmdir()


def _keyed(content: Content) -> Iterator[tuple[str, Entry[Any]]]:
    records = content.records
    for kind, entries in (("author", records.authors), ("model", records.models), ("provider", records.providers)):
        yield from ((f"{kind}/{entry.value.id}", entry) for entry in entries)
    yield from ((f"offering/{entry.value.provider}/{entry.value.id}", entry) for entry in records.offerings)
    yield from ((f"page/{entry.value.name}", entry) for entry in content.pages)


def _held(entry: Entry[Record]) -> dict[str, Any]:
    """Return what a file of the folder states, in the terms in which the source states it."""
    prose = body(entry.value)
    return facts(entry.value) | ({"prose": prose} if prose else {})


def _without_id(data: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in data.items() if name != "id"}
