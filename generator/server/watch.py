"""Files -> which of them changed: told by the system through `watchfiles` where that is installed, else looked for.

Looking reads the times of all files, so it is done the less often the longer it takes. What changes between reading
and watching is found by comparing with how the files were before they were read.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from time import perf_counter

__all__ = ["Look", "look", "looking", "told", "watch"]

_PAUSE = 0.25
_SHARE = 10  # at most a tenth of one core
_QUIET_MS = 5
_BEGIN_MS = 250

Look = Mapping[str, tuple[int, int, int]]
"""Of each file its time in ns, size in bytes and number."""


def watch(paths: Sequence[Path], stop: Event, seen: Look | None = None) -> Iterator[frozenset[Path]]:
    """Yield what was made, changed or removed below `paths`, until `stop` is set.

    Args:
        paths: Files and folders.
        stop: Ends it.
        seen: How the files were when they were read; what has changed since comes first. Without it, now.
    """
    there = [path.resolve() for path in paths if path.exists()]
    missed = seen is not None
    for found in (told if find_spec("watchfiles") else looking)(there, stop):
        if missed and seen is not None:
            found |= _difference(seen, look(there))  # noqa: PLW2901  # what is watched from now on has no gap before it
            missed = False
        if found:
            yield found


def told(paths: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
    """Yield what the system tells, and nothing from time to time; from the first on, all is told."""
    changes = import_module("watchfiles").watch
    # The first change is told as soon as nothing follows it for a moment: an editor writes a file in several steps.
    for found in changes(
        *paths,
        step=_QUIET_MS,
        debounce=200,
        stop_event=stop,
        rust_timeout=_BEGIN_MS,
        yield_on_timeout=True,
        raise_interrupt=True,
    ):
        yield frozenset(Path(path) for _, path in found)


def looking(paths: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
    """Yield what is another file than it was a moment ago; first nothing: from then on, all is found."""
    before, pause = look(paths), _PAUSE
    yield frozenset()
    while not stop.wait(pause):
        began = perf_counter()
        now = look(paths)
        pause = max(_PAUSE, _SHARE * (perf_counter() - began))
        changed = _difference(before, now)
        if changed:
            before = now
            yield changed


def look(paths: Sequence[Path]) -> Look:
    """Return how the files below `paths` are now. Hidden ones are left out."""
    found: dict[str, tuple[int, int, int]] = {}
    for path in map(Path.resolve, paths):
        if path.is_file():
            _note(found, str(path), path.stat())
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                file = os.path.join(folder, name)  # noqa: PTH118  # a Path for each of thousands, four times a second
                if not name.startswith("."):
                    _note(found, file, None)
    return found


def _difference(before: Look, now: Look) -> frozenset[Path]:
    if now == before:
        return frozenset()
    return frozenset(Path(path) for path in before.keys() | now.keys() if before.get(path) != now.get(path))


def _note(found: dict[str, tuple[int, int, int]], file: str, known: os.stat_result | None) -> None:
    try:
        stat = known or os.stat(file)  # noqa: PTH116  # as above
    except OSError:
        return  # gone between two looks, or a link to nothing
    found[file] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
