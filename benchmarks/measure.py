"""One command -> how long it took, how much processor time, how much memory the whole tree of its processes had.

Time and memory are taken in different runs: looking at memory slows a command down.
"""

import os
import resource
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import psutil

__all__ = ["Run", "in_turns", "peak", "run"]

_EVERY = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What one run of a command took, in seconds."""

    wall: float
    cpu: float


def run(command: Sequence[str], folder: Path, *, flushed: bool = False) -> Run:
    """Run a command to its end; raise `CalledProcessError` with what it printed when it fails.

    Args:
        command: The command.
        folder: Where it runs.
        flushed: Whether to count the time, too, until all that it wrote is on the disk.
    """
    began = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None  # noqa: S101  # asked for above
        printed = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, printed)
    if flushed:
        os.sync()
    return Run(wall=time.perf_counter() - began, cpu=used.ru_utime + used.ru_stime)


def in_turns(
    command: Sequence[str], folder: Path, other: Callable[[], Run], every: float
) -> tuple[Run, tuple[Run, ...]]:
    """Run a long command to its end, and halt it now and then for a run of another: both have the same minutes.

    What it writes between two halts is waited for until it is on the disk: the other does not pay for that.

    Args:
        command: What runs long. It fails as in `run`.
        folder: Where it does.
        other: Runs the other.
        every: After how many seconds; those for which it is halted are not counted.
    """
    wall, runs = 0.0, []
    with (
        TemporaryFile("w+") as printed,
        subprocess.Popen(
            command, cwd=folder, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True
        ) as process,
    ):
        try:
            while True:
                began = time.perf_counter()
                if not (ended := _ended(process, every)):
                    os.killpg(process.pid, signal.SIGSTOP)
                os.sync()
                wall += time.perf_counter() - began
                if ended:
                    break
                runs.append(other())
                os.killpg(process.pid, signal.SIGCONT)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        status, used = ended
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            printed.seek(0)
            raise subprocess.CalledProcessError(process.returncode, command, printed.read())
    return Run(wall=wall, cpu=used.ru_utime + used.ru_stime), tuple(runs)


def _ended(process: subprocess.Popen[bytes], within: float) -> tuple[int, resource.struct_rusage] | None:
    """Return the status of a process and what it used, or nothing when it goes on after so many seconds."""
    until = time.perf_counter() + within
    while time.perf_counter() < until:
        found, status, used = os.wait4(process.pid, os.WNOHANG)
        if found:
            return status, used
        time.sleep(_EVERY)
    return None


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
