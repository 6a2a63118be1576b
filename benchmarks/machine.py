"""What the machine itself gives to a second process: without it, no figure of two processes can be read."""

import subprocess
import sys
import time

__all__ = ["together"]

_COUNT = (sys.executable, "-S", "-c", "x = 0\nfor i in range(10_000_000): x += i")


def together() -> float:
    """Return how many times as long two processes take at once that only count, as one takes by itself.

    1 where they share nothing; 2 where the second processor is none.
    """
    return _seconds(2) / _seconds(1)


def _seconds(processes: int) -> float:
    began = time.perf_counter()
    for process in [subprocess.Popen(_COUNT) for _ in range(processes)]:
        process.wait()
    return time.perf_counter() - began
