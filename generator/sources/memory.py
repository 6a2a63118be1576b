"""What was made of the files of a source, for one that is read again and again: most of them are as they were.

What is remembered is what came out of the same things as now: of the same state of a file, and of the very same objects
that were made of others. So a reading with a memory gives what one without gives. Given up: a memory on disk.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from time import time_ns
from typing import Any, TypeVar

__all__ = ["Memory", "state"]

T = TypeVar("T")

_FRESH_NS = 2_000_000_000
"""For so long after a change a file is not known by its time: it may change again within one tick of the clock."""


@dataclass(slots=True)
class Memory:
    """What was made, by name."""

    held: dict[str, tuple[tuple[object, ...], Any]] = field(default_factory=dict)

    def once(self, name: str, of: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what was made of these things under that name, or make it.

        Args:
            name: Which thing it is; there is one way to make it.
            of: All that it is made of: objects that never change, the same ones for the same content; or text.
            make: How.
        """
        if (held := self.held.get(name)) and len(held[0]) == len(of) and all(map(_is_same, held[0], of)):
            made: T = held[1]
            return made
        made = make()
        self.held[name] = (of, made)
        return made


def state(path: str) -> object:
    """Return what tells the state of a file from any other; equal to nothing where that cannot be known."""
    try:
        stat = os.stat(path)  # noqa: PTH116  # a Path for each of thousands of files takes longer
    except OSError:
        return object()
    if time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) < _FRESH_NS:
        return object()
    return f"{stat.st_mtime_ns} {stat.st_ctime_ns} {stat.st_size} {stat.st_dev} {stat.st_ino}"


def _is_same(one: object, other: object) -> bool:
    """Return whether two things are one, or the same text. To be equal is not enough: 1.0 equals 1.00."""
    return one is other or (type(one) is str and type(other) is str and one == other)
