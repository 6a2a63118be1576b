"""Several processes: how many there are to be, how they begin, and work that a second one does meanwhile."""

import multiprocessing
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TypeVar

__all__ = ["SHARE", "aside", "context", "wanted"]

T = TypeVar("T")

WORTH = 600
"""How many pages or files make up for the time in which a second process starts."""
SHARE = 0.55
"""The part of a list that is for this process: what a second one makes of the rest has to be received here as well."""
_COPIES = sys.platform.startswith("linux")
"""Whether a process begins as a copy of this one: in a moment, and knowing all that this one knows."""


def context() -> BaseContext:
    """Return how processes begin on this system."""
    return multiprocessing.get_context("fork" if _COPIES else "spawn")


def wanted(jobs: int, amount: int) -> int:
    """Return how many processes are to work on so many things.

    As many as are asked for, if any; else one, or all that can run at once where there is enough to do.
    """
    return min(jobs or (_cores() if amount >= WORTH else 1), amount)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def aside(work: Callable[[], T], processes: int) -> Iterator[Callable[[], T]]:
    """Let a second process work while this one does something else; give what waits for it and returns what it made.

    With one process, and where a second does not begin as a copy of this one, the work is done when it is asked for.
    So it is when the second was ended before its time, or its work failed: where that fails again, it says why.

    Args:
        work: What is to be done. What it makes is sent by pickle, and nothing else of it is seen here.
        processes: How many there may be, this one among them.
    """
    if processes < 2 or not _COPIES:
        yield work
        return
    mine, its = context().Pipe(duplex=False)
    other = multiprocessing.get_context("fork").Process(target=_send, args=(work, mine, its), daemon=True)
    other.start()
    its.close()

    def made() -> T:
        try:
            sent = mine.recv_bytes()
        except (EOFError, OSError):  # nothing, or only the beginning
            return work()
        received: T = pickle.loads(sent)  # noqa: S301  # from a copy of this process
        return received

    try:
        yield made
    finally:
        other.kill()
        other.join()
        mine.close()


def _send(work: Callable[[], object], mine: Connection, its: Connection) -> None:
    mine.close()  # so that nobody waits for who reads, when the process that began it all is gone
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_DFL)  # ending in good order is for that one
    with suppress(Exception):
        its.send_bytes(pickle.dumps(work(), pickle.HIGHEST_PROTOCOL))
