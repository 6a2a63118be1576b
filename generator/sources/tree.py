"""One view of a source, be it a folder, an archive (`.tar`, `.tar.gz`) or a single file (also `.gz`): names and bytes.

Symbolic links are followed inside the tree and nowhere else, so that a file with three names is three files here; what
cannot be followed is in `broken_links` for the reader to report. Given up: hidden files (a name that starts with `.`),
which no layout has.
"""

import gzip
import os
import zlib
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from stat import S_ISREG

from generator.documents import MAX_BYTES, decode, read_bytes
from generator.errors import ContentError, Problem
from generator.sources.archive import CIRCLE, FILES, FOLDER, MAX_MEMBERS, NOTHING, OUTSIDE, SPECIAL, read_archive
from generator.sources.memory import state

__all__ = ["MAX_JSON_BYTES", "MAX_TOTAL_BYTES", "Tree"]

MAX_JSON_BYTES = 64 * 1024 * 1024
_PIECE = 1024 * 1024
MAX_TOTAL_BYTES = 128 * 1024 * 1024
"""How large an archive may be, packed and unpacked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """The files of a source by relative POSIX path. `name` is how messages call the whole."""

    name: str
    names: tuple[str, ...]
    """Every regular file, sorted; a link to one counts as a file under its own name."""
    broken_links: tuple[tuple[str, str], ...] = ()
    """Name and reason of everything that cannot be read: links to nothing, in a circle, out of the tree; pipes."""
    single: bool = False
    """Whether the source is one file, neither a folder nor an archive."""
    fetch: Callable[[str, int], bytes] = field(repr=False)
    """Gives the bytes of one of `names`, at most so many. `read` is the way to ask."""
    state: Callable[[str], object] = field(default=lambda _: object(), repr=False)
    """Tells in which state one of `names` is, as `memory.state` does."""

    @classmethod
    def open(cls, path: Path, name: str = "") -> "Tree":
        """Return the tree at `path`; `name` is how messages call it. Raise `ContentError` when there is none."""
        shown = name or path.as_posix()
        if path.is_dir():
            return _open_folder(path, shown)
        return cls.of(read_bytes(path, shown, MAX_TOTAL_BYTES), path.name, shown)

    @classmethod
    def of(cls, data: bytes, name: str, shown: str) -> "Tree":
        """Return the tree in the bytes of a file of that name; `shown` is how messages call it."""
        data = _unpack(data, shown)
        if data[257:262] == b"ustar" or name.endswith((".tar", ".tar.gz", ".tgz")):
            return _open_archive(data, shown)
        return _open_file(data, name.removesuffix(".gz"), shown)

    def has(self, name: str) -> bool:
        """Return whether there is a file of that name."""
        found = bisect_left(self.names, name)
        return found < len(self.names) and self.names[found] == name

    def folder(self, prefix: str) -> tuple[str, ...]:
        """Return the names of all files below the folder `prefix`, at any depth."""
        start = prefix.rstrip("/") + "/"
        end = start[:-1] + chr(ord("/") + 1)
        return self.names[bisect_left(self.names, start) : bisect_left(self.names, end)]

    def shown(self, name: str) -> str:
        """Return how messages call a file of the tree."""
        return self.name if self.single or not name else f"{self.name}/{name}"

    def read(self, name: str, limit: int = MAX_BYTES) -> bytes:
        """Return the bytes of a file; raise `ContentError` when it is larger than `limit` or cannot be read."""
        if not self.has(name):
            raise _fault(self.shown(name), "is not there")
        return self.fetch(name, limit)

    def text(self, name: str, limit: int = MAX_BYTES) -> str:
        """Return a file as text with line feeds at its line ends; raise `ContentError` when it is not UTF-8 text."""
        return decode(self.read(name, limit), self.shown(name))


def _fault(shown: str, message: str, hint: str = "") -> ContentError:
    return ContentError([Problem(shown, message=message, hint=hint)])


def _bounded(data: bytes, shown: str, limit: int) -> bytes:
    if len(data) > limit:
        raise _fault(shown, f"is larger than {limit // 1024:,} KiB")
    return data


def _open_file(data: bytes, name: str, shown: str) -> Tree:
    return Tree(name=shown, names=(name,), single=True, fetch=lambda _, limit: _bounded(data, shown, limit))


def _open_archive(data: bytes, shown: str) -> Tree:
    archive = read_archive(data, shown)

    def fetch(name: str, limit: int) -> bytes:
        member = archive.files[name]
        return _bounded(data[member.start : member.start + member.size], f"{shown}/{name}", limit)

    return Tree(name=shown, names=tuple(sorted(archive.files)), broken_links=tuple(sorted(archive.broken)), fetch=fetch)


def _unpack(data: bytes, shown: str) -> bytes:
    """Return the content of a gzip file, or the bytes as they are when it is none."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=BytesIO(data)) as file, BytesIO() as unpacked:
            # Piece by piece: room is made for as much as is asked for, not for as much as there is.
            while piece := file.read(_PIECE):
                if unpacked.tell() + len(piece) > MAX_TOTAL_BYTES:
                    raise _fault(shown, f"is larger than {MAX_TOTAL_BYTES // 1024:,} KiB when unpacked")
                unpacked.write(piece)
            return unpacked.getvalue()
    except (OSError, EOFError, zlib.error) as error:
        raise _fault(shown, f"is not a whole gzip file: {error}", "fetch it again") from None


def _open_folder(root: Path, shown: str) -> Tree:
    walk = _Walk(shown, os.path.realpath(root))
    walk.visit(walk.root, "", (walk.root,))

    def fetch(name: str, limit: int) -> bytes:
        return _read_file(f"{walk.root}/{name}", f"{shown}/{name}", limit)

    return Tree(
        name=shown,
        names=tuple(sorted(walk.names)),
        broken_links=tuple(sorted(walk.broken)),
        fetch=fetch,
        state=lambda name: state(f"{walk.root}/{name}"),
    )


# On plain text and descriptors: `Path` takes twice the time, and a catalog has thousands of small files. What became a
# pipe since the walk is not waited for.
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def _read_file(path: str, shown: str, limit: int) -> bytes:
    try:
        descriptor = os.open(path, _FLAGS)
        try:
            status = os.fstat(descriptor)
            if not S_ISREG(status.st_mode):
                raise _fault(shown, SPECIAL)
            # To make room for as much as is allowed would take longer than to read what there is.
            return _bounded(os.read(descriptor, min(status.st_size, limit) + 1), shown, limit)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise _fault(shown, f"cannot be read: {error.strerror or error}") from None


@dataclass(slots=True)
class _Walk:
    """One walk over a folder on disk. `open_folders` are the real paths on the way down, by which a circle is seen."""

    shown: str
    root: str
    names: list[str] = field(default_factory=list)
    broken: list[tuple[str, str]] = field(default_factory=list)
    seen: int = 0

    def visit(self, folder: str, prefix: str, open_folders: tuple[str, ...]) -> None:
        try:
            with os.scandir(folder) as found:
                entries = sorted((entry for entry in found if entry.name[0] != "."), key=lambda entry: entry.name)
        except OSError as error:
            self.broken.append((prefix.rstrip("/"), f"cannot be read: {error.strerror or error}"))
            return
        self.seen += len(entries)
        if self.seen > MAX_MEMBERS:
            raise _fault(self.shown, f"holds more than {MAX_MEMBERS:,} files and folders")
        for entry in entries:
            name = prefix + entry.name
            if entry.is_symlink():
                self._follow(entry, name, open_folders)
            elif entry.is_dir():
                self._folder(entry.path, name, (*open_folders, entry.path))
            else:
                self._file(entry, name)

    def _folder(self, path: str, name: str, open_folders: tuple[str, ...]) -> None:
        if name.endswith(FILES):
            self.broken.append((name, FOLDER))
        else:
            self.visit(path, f"{name}/", open_folders)

    def _follow(self, entry: os.DirEntry[str], name: str, open_folders: tuple[str, ...]) -> None:
        try:
            real = os.path.realpath(entry.path, strict=True)
        except OSError as error:
            self.broken.append((name, NOTHING if isinstance(error, FileNotFoundError | NotADirectoryError) else CIRCLE))
            return
        if not (real + os.sep).startswith(self.root.rstrip(os.sep) + os.sep):
            self.broken.append((name, OUTSIDE))
        elif real in open_folders:
            self.broken.append((name, CIRCLE))
        elif entry.is_dir():
            self._folder(real, name, (*open_folders, real))
        else:
            self._file(entry, name)

    def _file(self, entry: os.DirEntry[str], name: str) -> None:
        if entry.is_file():
            self.names.append(name)
        else:
            self.broken.append((name, SPECIAL))
