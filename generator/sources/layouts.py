"""Which layout a source has, found by its shape; and its contents, read by the reader of that layout.

A new layout is a module with `recognises` and `load`, and one line in `foreign.LAYOUTS`.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TypeAlias

from generator.errors import ContentError, Problem
from generator.sources import native
from generator.sources.content import Content
from generator.sources.fetched import Fetched
from generator.sources.memory import Memory
from generator.sources.tree import Tree

__all__ = ["Source", "again", "beside", "read", "tree"]

Source: TypeAlias = Path | Fetched
"""Where a catalog comes from: a folder or file, or the bytes that were behind an address."""


def beside(source: Source, name: str) -> Path | None:
    """Return where a folder of a source is, if it has one; nothing for what was fetched."""
    return source / name if isinstance(source, Path) else None


def tree(source: Source) -> Tree:
    """Return the files of a source."""
    if isinstance(source, Path):
        return Tree.open(source)
    return Tree.of(source.data, source.name, source.as_posix())


def read(source: Source, memory: Memory | None = None, jobs: int = 1) -> Content:
    """Return the contents of a catalog in any known layout. Raise `ContentError` when it has none.

    Native content and a models.dev checkout are read by several processes where `jobs` says so, which is 0 for as many
    as it pays for; with a memory, they are read again in a tenth of the time.
    """
    if isinstance(source, Path):
        if not source.exists():
            hint = "give the folder or the file of a catalog; `almanac new` makes one"
            raise ContentError([Problem(source.as_posix(), message="there is no such file or folder", hint=hint)])
        if source.is_dir() and native.recognises(source):
            return native.load(source, memory=memory, jobs=jobs)
    from generator.sources import modelsdev  # noqa: PLC0415  # native content has no use for the other readers
    from generator.sources.foreign import LAYOUTS  # noqa: PLC0415  # likewise

    files = tree(source)
    for layout in LAYOUTS:
        if layout.recognises(files):
            return modelsdev.load(files, memory, jobs) if layout.load is modelsdev.load else layout.load(files)
    known = ", ".join(layout.name for layout in LAYOUTS)
    raise ContentError(
        [
            *(Problem(files.shown(name), message=reason) for name, reason in files.broken_links),
            Problem(
                source.as_posix(), message="is not a catalog in a layout that is known", hint=f"known: native, {known}"
            ),
        ]
    )


def again(source: Path, content: Content, paths: Iterable[Path], memory: Memory | None = None) -> Content | None:
    """Return what was read before with some of its files read again; nothing where the whole has to be.

    One file of a thousand is read in a moment. Done for what a native catalog holds of authors, providers, models and
    offerings, and for providers, models and offerings of a models.dev checkout: of anything else it would have to be
    known who else has looked at it.
    """
    if not source.is_dir():
        return None
    from generator.sources.modelsdev_again import again as again_modelsdev  # noqa: PLC0415  # as above

    real = source.resolve()
    read_one = native.again if content.is_native else again_modelsdev
    for path in paths:
        if not path.is_file() or path.resolve() != path or not path.is_relative_to(real):
            return None
        found = read_one(source, content, path.relative_to(real).as_posix(), memory)
        if found is None:
            return None
        content = found
    return content
