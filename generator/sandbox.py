"""Templates of strangers: a sandbox around them, and limits on the time and the memory that a page may take.

The sandbox lets them see facts and call what pages are given, and nothing that leads to the machine. It protects who
builds, not who reads: a template writes whatever HTML it likes. Signals and memory limits are those of Unix; elsewhere
the limits on numbers, ranges and repetition have to do.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from jinja2 import FileSystemLoader
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from pydantic import BaseModel

from generator.compiler import EscapingCodeGenerator, EscapingEnvironment

if sys.platform != "win32":
    import resource

__all__ = ["Contained", "Sandbox", "TooMuch", "limits"]

SECONDS = 3.0
"""How much processor time a page may take."""
MEMORY = 128 * 1024 * 1024
"""How much more memory than before a page may take."""
AT_ONCE = 64 * 1024 * 1024
"""How much beyond that it may ask for in one go; where memory ran out for good, nobody could say in which line."""
TICK = 0.05
"""How often is looked, in seconds of processor time."""
LENGTH = 1_000_000
"""Of what a text or a list is repeated to."""
BITS = 4_096
"""Of the numbers that may be multiplied."""


_TOO_LARGE = f"takes more than {MEMORY // 1024 // 1024} MiB of memory"


class TooMuch(Exception):
    """A template takes more than it may."""


class Sandbox(ImmutableSandboxedEnvironment, EscapingEnvironment):
    """The environment of a theme whose templates are not trusted."""

    code_generator_class = EscapingCodeGenerator
    intercepted_binops = frozenset({"*", "**", "%"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        for name in ("lipsum", "cycler", "joiner"):
            self.globals.pop(name, None)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Return whether an attribute may be read: of records, the facts and none of the methods."""
        is_method = isinstance(obj, BaseModel) and callable(value)
        return not is_method and super().is_safe_attribute(obj, attr, value)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Multiply, raise to a power or format what stays small."""
        numbers = [abs(side) for side in (left, right) if isinstance(side, int)]
        if operator == "**" and (max(numbers, default=0) > BITS or len(numbers) < 2):
            raise SecurityError(f"a number may not be raised to more than {BITS:,}")
        if operator == "*":
            sizes = [len(side) for side in (left, right) if hasattr(side, "__len__")]
            if sizes and sizes[0] * max(numbers, default=0) > LENGTH:
                raise SecurityError(f"what is repeated may be {LENGTH:,} long at most")
            if any(number.bit_length() > BITS for number in numbers):
                raise SecurityError(f"a number may have {BITS:,} bits at most")
        if operator == "%" and isinstance(left, str):
            raise SecurityError("text is not formatted with `%` here")
        return super().call_binop(context, operator, left, right)


class Contained(FileSystemLoader):
    """Loads templates of a folder, and none to which a link leads out of it."""

    def get_source(self, environment: Any, template: str) -> Any:
        """Return the text of a template, its file and whether it is the same as before."""
        found = super().get_source(environment, template)
        real = os.path.realpath(found[1])
        if not any(Path(real).is_relative_to(os.path.realpath(folder)) for folder in self.searchpath):
            raise SecurityError("is a link out of the folder of the templates")
        return found


@contextmanager
def limits() -> Iterator[None]:
    """Raise `TooMuch` when the block takes too much time or memory."""
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return

    began, before = time.process_time(), _used()

    def look(_number: int, _frame: FrameType | None) -> None:
        too_long = time.process_time() - began > SECONDS
        if too_long or _used() > before + MEMORY:
            signal.setitimer(signal.ITIMER_PROF, 0)  # once: what is raised has to get out
            raise TooMuch(f"takes more than {SECONDS:g} seconds" if too_long else _TOO_LARGE)

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = before + MEMORY + AT_ONCE
    previous = signal.signal(signal.SIGPROF, look)
    try:
        if before and (soft == resource.RLIM_INFINITY or soft > most):
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
        signal.setitimer(signal.ITIMER_PROF, TICK, TICK)
        yield
    except MemoryError as error:
        raise TooMuch(_TOO_LARGE) from error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, previous)
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _used() -> int:
    """Return how much address space the process has, where the system tells."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0
