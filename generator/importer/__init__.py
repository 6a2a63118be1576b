"""A catalog in any layout -> native content in a folder, now and again: what people wrote there stays.

The folder is read before anything is written, so that what somebody moved or renamed is found where it is now. Given
up: taking over the comments of the source.
"""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from generator.catalog import Catalog
from generator.errors import ContentError, Problem, Severity, UsageError
from generator.importer.folder import Folder
from generator.importer.ledger import LEDGER
from generator.importer.selection import KINDS, Selection
from generator.linking import link
from generator.schema import FreePage
from generator.sources import layouts, native
from generator.sources.layouts import Source
from generator.sources.native_writer import File, files

__all__ = ["KINDS", "Report", "Selection", "run"]

EVERYTHING = Selection()


class Report(Struct, frozen=True, kw_only=True):
    """What an import came to. Counts are by kind: author, model, provider, offering."""

    kept: Mapping[str, int]
    """What is in the folder now because of this import."""
    dropped: Mapping[str, int]
    """What the source holds and nobody can read; each told in `warnings`."""
    left_out: Mapping[str, int]
    """What was not asked for."""
    written: int = 0
    """New files, and files with new contents."""
    unchanged: int = 0
    removed: int = 0
    by_hand: int = 0
    """Files with facts that stay as a person has them."""
    warnings: tuple[Problem, ...] = ()


def run(source: Source, folder: Path, selection: Selection = EVERYTHING) -> Report:
    """Write the catalog at `source`, or the selected part, into `folder` as native content.

    Raises:
        ContentError: The source, or what is in the folder already, has faults. Nothing was written.
        UsageError: The folder is no place for content, or nothing fits the selection.
    """
    _refuse(source if isinstance(source, Path) else None, folder)
    content = layouts.read(source)
    whole, dangling = link(content.records)
    problems = (*content.problems, *dangling)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    part = selection.of(whole)
    target = Folder.read(folder)
    target.take(_wanted(whole, part, [entry.value for entry in content.pages]), part, selection)
    featured = tuple(name for name in content.settings.featured if name in part.models)
    target.settle(content.settings.model_copy(update={"featured": featured} if content.settings.featured else {}))
    counted, all_of_it = _count(part), _count(whole)
    return Report(
        kept=counted,
        dropped=Counter(key.partition("/")[0] for key in whole.dropped),
        left_out={kind: number - counted[kind] for kind, number in all_of_it.items()},
        written=target.written,
        unchanged=target.unchanged,
        removed=target.removed,
        by_hand=target.by_hand,
        warnings=(*problems, *sorted(target.problems)),
    )


def _wanted(whole: Catalog, part: Catalog, pages: Iterable[FreePage]) -> Iterator[File]:
    """Yield the files of a part, each where it would stand if the whole were written."""
    keys = {f"{kind}/{name}" for kind in ("author", "model", "provider") for name in getattr(part, f"{kind}s")}
    keys |= {f"offering/{provider}/{name}" for provider, name in part.offerings}
    return (file for file in files(whole, pages) if file.key in keys or file.key.startswith("page/"))


def _count(catalog: Catalog) -> dict[str, int]:
    return {kind: len(getattr(catalog, f"{kind}s")) for kind in ("author", "model", "provider", "offering")}


def _refuse(source: Path | None, folder: Path) -> None:
    place, origin = Path(os.path.realpath(folder)), Path(os.path.realpath(source)) if source else None
    if origin and (place == origin or origin in place.parents or place in origin.parents):
        raise UsageError(f"`{folder.as_posix()}` and the source lie in one another; choose a folder of its own")
    if not place.exists() or (place / LEDGER).is_file():
        return
    if not place.is_dir():
        raise UsageError(f"`{folder.as_posix()}` is not a folder")
    if any(place.iterdir()) and not native.recognises(place):
        raise UsageError(f"`{folder.as_posix()}` is not empty and holds no catalog; choose a folder of its own")
