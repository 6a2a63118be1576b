"""The folders of a catalog on disk: what stands in them, without what may not be followed, and how messages call it.

Paths are text and entries are those of the system: a `Path` for each of thousands of files takes longer than to read
them. A folder is looked at once.
"""

# ruff: noqa: PTH118  # as above

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from generator.errors import Problem

__all__ = ["Folders"]


@dataclass(slots=True)
class Folders:
    """The folders below one. `name` is how messages call it, and `report` takes what is wrong with what is in it."""

    root: Path
    name: str
    report: Callable[[Problem], None]
    inside: str = field(init=False)
    """What the path of everything in it starts with."""
    listed: dict[str, list[os.DirEntry[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.inside = os.path.join(self.root, "")

    def path(self, name: str) -> str:
        """Return where something of that name is."""
        return self.inside + name

    def below(self, path: str, folder: str = "") -> str:
        """Return the name of what is at a path, seen from a folder or from the whole."""
        return path[len(folder) + 1 if folder else len(self.inside) :].replace(os.sep, "/")

    def shown(self, path: str) -> str:
        """Return how messages call what is at a path."""
        below = self.below(path)
        return f"{self.name}/{below}" if below else self.name

    def section(self, name: str) -> list[os.DirEntry[str]]:
        """Return the entries of a folder of the first level; there need not be one."""
        return [entry for folder in self.named(str(self.root), name) for entry in self.entries(folder.path)]

    def named(self, folder: str, *names: str) -> list[os.DirEntry[str]]:
        """Return the entries of a folder that have one of the names."""
        return [entry for entry in self.entries(folder) if entry.name in names]

    def entries(self, folder: str) -> list[os.DirEntry[str]]:
        """Return the entries of a folder by name, without hidden ones and links that may not be followed."""
        if folder not in self.listed:
            self.listed[folder] = [
                entry for entry in self._found(folder) if not entry.is_symlink() or self._stays_inside(Path(entry.path))
            ]
        return self.listed[folder]

    def _found(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted((entry for entry in entries if entry.name[0] != "."), key=lambda entry: entry.name)
        except NotADirectoryError:
            self.report(Problem(self.shown(folder), message="has to be a folder"))
        except OSError as error:
            self.report(Problem(self.shown(folder), message=f"cannot be read: {error.strerror or error}"))
        return []

    def _stays_inside(self, link: Path) -> bool:
        """Return whether a symbolic link leads to something inside the catalog's folder; report it when it does not."""
        shown = self.shown(str(link))
        try:
            real = link.resolve(strict=True)
        except (OSError, RuntimeError):
            self.report(Problem(shown, message="is a link to nothing"))
            return False
        if not real.is_relative_to(self.root.resolve()):
            self.report(Problem(shown, message="is a link out of the catalog's folder"))
            return False
        if link.parent.resolve().is_relative_to(real):
            self.report(Problem(shown, message="is a link to a folder that holds it"))
            return False
        return True
