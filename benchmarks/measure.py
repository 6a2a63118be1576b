"""One command -> how long it took, how much processor time, how much memory the whole tree of its processes had.

Time and memory are taken in different runs: looking at memory slows a command down.
"""

import os
import subprocess
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

__all__ = ["Run", "peak", "run"]

_EVERY = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of a command took, in seconds."""

    wall: float
    cpu: float


def run(command: Sequence[str], folder: Path) -> Run:
    """Run a command to its end; raise `CalledProcessError` with what it printed when it fails."""
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None  # noqa: S101  # asked for above
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed)
    return Run(wall=time.perf_counter() - began, cpu=used.ru_utime + used.ru_stime)


def peak(command: Sequence[str], folder: Path) -> int:
    """Return the most bytes that a command and all its processes had at a time, what they share counted once."""
    most = 0
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        top = psutil.Process(process.pid)
        while process.poll() is None:
            with suppress(psutil.NoSuchProcess):
                most = max(most, sum(_held(one) for one in (top, *top.children(recursive=True))))
            time.sleep(_EVERY)
    return most


def _held(process: psutil.Process) -> int:
    try:
        held: int = process.memory_full_info().pss
    except (psutil.NoSuchProcess, psutil.AccessDenied, AttributeError):
        return 0
    return held
