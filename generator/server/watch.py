"""Files -> which of them changed: told by the system through `watchfiles` where that is installed, else looked for.

Looking reads the times of all files, so it is done the less often the longer it takes.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Event
from time import perf_counter

__all__ = ["looking", "told", "watch"]

_PAUSE = 0.25
_SHARE = 10  # at most a tenth of one core
_QUIET_MS = 15


def watch(paths: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
    """Yield what was made, changed or removed below `paths`, until `stop` is set."""
    there = [path.resolve() for path in paths if path.exists()]
    return (told if find_spec("watchfiles") else looking)(there, stop)


def told(paths: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
    """Yield what the system tells."""
    changes = import_module("watchfiles").watch
    # The first change is told as soon as nothing follows it for a moment: an editor writes a file in several steps.
    for found in changes(*paths, step=_QUIET_MS, debounce=200, stop_event=stop, raise_interrupt=False):
        yield frozenset(Path(path) for _, path in found)


def looking(paths: Sequence[Path], stop: Event) -> Iterator[frozenset[Path]]:
    """Yield what is another file than it was a moment ago."""
    before, pause = _look(paths), _PAUSE
    while not stop.wait(pause):
        began = perf_counter()
        now = _look(paths)
        pause = max(_PAUSE, _SHARE * (perf_counter() - began))
        if now != before:
            changed = {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}
            before = now
            yield frozenset(map(Path, changed))


def _look(paths: Sequence[Path]) -> Mapping[str, tuple[int, int, int]]:
    found: dict[str, tuple[int, int, int]] = {}
    for path in paths:
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


def _note(found: dict[str, tuple[int, int, int]], file: str, known: os.stat_result | None) -> None:
    try:
        stat = known or os.stat(file)  # noqa: PTH116  # as above
    except OSError:
        return  # gone between two looks, or a link to nothing
    found[file] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
