"""One build at a time: a lock file that dies with the process that holds it, however that process ends.

POSIX record locks rather than `flock`: a forked worker inherits a `flock`, and one that outlives a killed build would
keep every later build waiting. Given up: two builds in one process are not kept apart, because a record lock belongs to
the process.
"""

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EACCES, EAGAIN, EDEADLK
from pathlib import Path

from generator.errors import PublishError, printable

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

__all__ = ["lock"]

_PAUSE = 0.05
_BUSY = frozenset({EACCES, EAGAIN, EDEADLK})
_OPEN = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def lock(path: Path, *, wait: float) -> Iterator[None]:
    """Hold the lock at `path`; the file is there only while somebody holds it, or after a kill.

    Args:
        path: The lock file.
        wait: For how many seconds to wait for another build.

    Raises:
        PublishError: Another build held the lock all the time; names its process.
        OSError: The file cannot be made, or the file system has no locks.
    """
    file = _acquire(path, wait)
    try:
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        yield
    finally:
        # Removed while it is held, so that nobody removes the lock of the next one. Windows removes no open file.
        with suppress(OSError):
            path.unlink()
        os.close(file)
        if sys.platform == "win32":
            with suppress(OSError):
                path.unlink()


def _acquire(path: Path, wait: float) -> int:
    end = time.monotonic() + wait
    while True:
        file = os.open(path, _OPEN, 0o644)
        try:
            if _take(file) and _is_current(file, path):
                return file
            holder = os.read(file, 20).decode("ascii", "replace")
        except BaseException:
            os.close(file)
            raise
        os.close(file)
        if time.monotonic() >= end:
            who = f"process {printable(holder)}" if holder else "another process"
            raise PublishError(
                f"{who} is building into the same folder and did not end in {wait:g} s: wait for it or end it"
            )
        time.sleep(_PAUSE)


def _take(file: int) -> bool:
    """Try to lock the file, and return whether that worked."""
    try:
        if sys.platform == "win32":
            os.lseek(file, 1 << 20, os.SEEK_SET)  # beyond the text, which others have to be able to read
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            os.lseek(file, 0, os.SEEK_SET)
        else:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _BUSY:
            raise
        return False
    return True


def _is_current(file: int, path: Path) -> bool:
    """Return whether `path` still names the open file; the build before may just have removed it."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
