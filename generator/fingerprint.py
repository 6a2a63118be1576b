"""Everything that goes into a build -> one digest, which says later whether a site is still up to date.

Contents count, times do not: a fresh checkout of the same files has the same fingerprint. The published files are
looked at by their times alone; one that was touched after the build makes the next build a whole one. Given up: knowing
what of a site has to be made again. A build is a whole build or none.
"""

# Strings and `os` where every file passes through: pathlib would take longer than the disk does.
# ruff: noqa: PTH113, PTH116, PTH119

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path

from generator import __version__
from generator.output import MANIFEST, read_manifest

__all__ = ["fingerprint", "still_holds"]

_CHUNK = 1 << 20
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_MAX_BYTES = 1 << 30
"""Of all files together. Catalogs have a hundredth; whoever has more gets a whole build each time."""


def fingerprint(sources: Iterable[Path], options: Mapping[str, object]) -> str | None:
    """Return the digest of all files below some folders, of options and of the program; nothing for what has none.

    Hidden files do not count, and of what is no file only the name does. A folder that is linked to is followed once.
    """
    made = blake2b(digest_size=16)
    made.update(json.dumps([__version__, options], sort_keys=True, default=str).encode())
    left = _MAX_BYTES
    try:
        for number, source in enumerate((Path(__file__).parent, *sources)):
            for name, path in _files(os.fspath(source)):
                called = f"\0{number}\0{name}\0"
                if not path:
                    made.update(f"{called}None\0".encode("utf-8", "surrogateescape"))
                elif (left := left - _add(made, called, path, left)) < 0:
                    return None
    except OSError:  # whatever cannot be read is told by those who read it
        return None
    return made.hexdigest()


def _add(made: blake2b, called: str, path: str, left: int) -> int:
    """Add what a file holds, if there is so much room left for it, and return its size."""
    descriptor = os.open(path, _FLAGS)
    try:
        size = os.fstat(descriptor).st_size
        if size <= left:
            made.update(f"{called}{size}\0".encode("utf-8", "surrogateescape"))
            # To make room for a whole piece each time would take longer than to read a small file.
            while chunk := os.read(descriptor, min(size + 1, _CHUNK)):
                made.update(chunk)
        return size
    finally:
        os.close(descriptor)


def still_holds(target: Path) -> int | None:
    """Return how many files that are not its own a site holds, if nobody has touched its own since it was built."""
    try:
        built = os.stat(target / MANIFEST).st_mtime_ns
        own = read_manifest(target)
        for path in own or ():
            found = os.lstat(f"{target}/{path}")
            if not stat.S_ISREG(found.st_mode) or found.st_mtime_ns > built:
                return None
        return None if own is None else sum(len(files) for _, _, files in os.walk(target)) - len(own) - 1
    except OSError:
        return None


def _files(top: str) -> Iterator[tuple[str, str | None]]:
    """Yield the name below `top` and the path of each file, always in one order; no path for what is no file."""
    if os.path.isfile(top):
        yield os.path.basename(top), top
        return
    seen: set[str] = set()
    folders = [("", os.path.realpath(top))]
    while folders:
        folder, real = folders.pop()
        if real in seen:
            continue
        seen.add(real)
        with os.scandir(real) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                name = f"{folder}{entry.name}"
                if entry.name.startswith(".") or entry.name == "__pycache__":
                    continue
                if entry.is_dir():
                    folders.append((f"{name}/", os.path.realpath(entry.path) if entry.is_symlink() else entry.path))
                else:
                    yield name, entry.path if entry.is_file() else None
