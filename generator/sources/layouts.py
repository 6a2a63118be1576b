"""Which layout a source has, found by its shape; and its contents, read by the reader of that layout.

A new layout is a module with `recognises` and `load`, and one line in `LAYOUTS`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from generator.errors import ContentError, Problem
from generator.sources import built, litellm, modelsdev, modelsdev_json, native, openrouter, starmap2025, starmap2026
from generator.sources.content import Content
from generator.sources.fetch import Fetched
from generator.sources.tree import Tree

__all__ = ["LAYOUTS", "Layout", "Source", "beside", "read", "tree"]

Source: TypeAlias = Path | Fetched
"""Where a catalog comes from: a folder or file, or the bytes that were behind an address."""


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that is read from a tree of files: its name, how it is recognised and how it is read."""

    name: str
    recognises: Callable[[Tree], bool]
    load: Callable[[Tree], Content]


LAYOUTS = (
    Layout("built site", built.recognises, built.load),
    Layout("Starmap catalog (2026 form)", starmap2026.recognises, starmap2026.load),
    Layout("Starmap catalog (2025 form)", starmap2025.recognises, starmap2025.load),
    Layout("models.dev checkout", modelsdev.recognises, modelsdev.load),
    Layout("models.dev api.json or catalog.json", modelsdev_json.recognises, modelsdev_json.load),
    Layout("OpenRouter answer of /api/v1/models", openrouter.recognises, openrouter.load),
    Layout("LiteLLM price map", litellm.recognises, litellm.load),
)
"""The layouts other than the native one, which is asked for first."""


def beside(source: Source, name: str) -> Path | None:
    """Return where a folder of a source is, if it has one; nothing for what was fetched."""
    return source / name if isinstance(source, Path) else None


def tree(source: Source) -> Tree:
    """Return the files of a source."""
    if isinstance(source, Path):
        return Tree.open(source)
    return Tree.of(source.data, source.name, source.as_posix())


def read(source: Source) -> Content:
    """Return the contents of a catalog in any known layout. Raise `ContentError` when it has none."""
    if isinstance(source, Path):
        if not source.exists():
            raise ContentError([Problem(source.as_posix(), message="there is no such file or folder")])
        if source.is_dir() and native.recognises(source):
            return native.load(source)
    files = tree(source)
    for layout in LAYOUTS:
        if layout.recognises(files):
            return layout.load(files)
    known = ", ".join(layout.name for layout in LAYOUTS)
    raise ContentError(
        [
            Problem(
                source.as_posix(), message="is not a catalog in a layout that is known", hint=f"known: native, {known}"
            )
        ]
    )
