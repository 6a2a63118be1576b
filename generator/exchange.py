"""Putting one folder in the place of another: in one step where the system can, else in two.

Every way takes `new`, `target` and `aside`, all in one parent folder. Afterwards `target` is the new folder, and the
old one stands at `new` or at `aside`.
"""

import ctypes
import os
import platform
import sys
from collections.abc import Callable
from contextlib import suppress
from errno import ENOSYS
from pathlib import Path

__all__ = ["Exchange", "exchange_folders", "is_fixed", "swap", "two_renames"]

Exchange = Callable[[Path, Path, Path], None]
"""A way to put `new` in the place of `target`; raises OSError when it cannot."""

_SWAP = 2
"""RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS."""

_HERE = -100
"""AT_FDCWD: paths are taken as they are."""

_RENAMEAT2 = {("linux", "x86_64"): 316, ("linux", "aarch64"): 276}
"""The number of the system call, for C libraries that have no function for it."""


def exchange_folders(new: Path, target: Path, aside: Path) -> None:
    """Exchange the folders in one step, or in two where the system or the file system refuses.

    Raises:
        OSError: Neither way works.
    """
    try:
        swap(new, target, aside)
    except (
        OSError
    ):  # which error means "not here" differs from one file system to the next; renames then tell the real one
        two_renames(new, target, aside)


def two_renames(new: Path, target: Path, aside: Path) -> None:
    """Move the old folder aside, then the new one into its place; a kill in between leaves no `target`."""
    target.rename(aside)
    new.rename(target)


def swap(new: Path, target: Path, _aside: Path) -> None:
    """Exchange the names of the two folders in one step, with the system's own call for it.

    Raises:
        OSError: This system or file system has no such call.
    """
    names = os.fsencode(new), os.fsencode(target)
    # kernel32 has none of the three; Windows gives no handle to whatever is loaded.
    library = ctypes.CDLL(None if os.name == "posix" else "kernel32", use_errno=True)
    number = _RENAMEAT2.get((sys.platform, platform.machine())) if sys.maxsize > 1 << 32 else None
    if hasattr(library, "renameat2"):
        failed = library.renameat2(_HERE, names[0], _HERE, names[1], _SWAP)
    elif hasattr(library, "renamex_np"):
        failed = library.renamex_np(*names, _SWAP)
    elif number is not None:
        failed = library.syscall(number, _HERE, names[0], _HERE, names[1], _SWAP)
    else:
        raise OSError(ENOSYS, os.strerror(ENOSYS), str(target))
    if failed:
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(target))


def is_fixed(folder: Path) -> bool:
    """Return whether a folder cannot be renamed: it is or holds a mount point, or its parent is not ours to write."""
    if not folder.is_dir():
        return False
    if os.path.ismount(folder) or not os.access(folder.parent, os.W_OK | os.X_OK):
        return True
    # Linux mounts any folder of a disk on any other folder of it; only this table tells.
    place = os.fsencode(folder)
    for plain, escaped in ((b"\\", rb"\134"), (b" ", rb"\040"), (b"\t", rb"\011"), (b"\n", rb"\012")):
        place = place.replace(plain, escaped)
    with suppress(OSError):
        lines = Path("/proc/self/mountinfo").read_bytes().rstrip().split(b"\n")
        points = [line.split(b" ")[4] for line in lines]
        return any(point == place or point.startswith(place + b"/") for point in points)
    return False
