"""What prose may not be, so that no text keeps the converter busy: size, shape and time.

Python-Markdown takes time that grows with the square of a paragraph, and some of its parts recurse. So shape is limited
where it is known: lines before blocks are looked for, runs of text after. The clock is the last resort, for what nobody
thought of.
"""

import re
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from generator.errors import AlmanacError

__all__ = ["MAX_BYTES", "ProseError", "check_lines", "check_run", "check_size", "check_targets", "time_limit"]

MAX_BYTES = 64 * 1024
MAX_DEPTH = 10
MAX_MARKED_LINES = 300
MAX_RUN = 10_000
MAX_DELIMITERS = 1_000
MAX_TARGETS = 512 * 1024

_AT_MOST = {
    "paragraphs": 4_000,
    "lines outside of code": 4_000,
    "table cells": 6_000,
    "headings, rules, quotes and definitions": 2_000,
    "square brackets": 3_000,
    "footnote marks": 300,
}

# Lines of one paragraph that Python-Markdown splits it at, each time going through all that follows.
_MARKED_LINE = re.compile(r"(?:[ >]*(?:#|!!!|:|>|\[[^\]\n]*\]:[ ]*\Z)|[ ]{0,3}[-*_= ]+\Z)")
_NESTING = re.compile(
    rf"[ ]*(?:(?:[-*+:]|\d+\.)[ ]+|>[ ]*){{{MAX_DEPTH + 1}}}"
    rf"|[ ]{{{4 * MAX_DEPTH}}}[ ]*(?:[-*+>:!]|\d+\.)"
)
_DELIMITERS = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)|`+|\\")


class ProseError(AlmanacError):
    """Prose that cannot be shown, and why. `line` counts from 1 within the `text`; 0 means all of it."""

    def __init__(self, message: str, *, line: int = 0) -> None:
        self.line = line
        self.text = ""
        super().__init__(message)


def check_size(text: str) -> None:
    """Refuse a text of more than 64 KiB."""
    if len(text) * 4 > MAX_BYTES and (size := len(text.encode("utf-8", "replace"))) > MAX_BYTES:
        raise ProseError(f"the text is {size:,} bytes long; at most {MAX_BYTES:,} (64 KiB) are rendered")


def check_lines(lines: list[str]) -> None:
    """Refuse shapes that take long to find blocks in. `lines` hold no fenced code any more."""
    found = Counter[str]()
    first = 0
    for number, line in enumerate([*lines, ""]):
        if line.strip():
            if _NESTING.match(line):
                raise ProseError(f"lists or quotes are more than {MAX_DEPTH} deep", line=number + 1)
            continue
        if number > first:
            found.update(_count(lines[first:number], line=first + 1))
        first = number + 1
    for what, limit in _AT_MOST.items():
        if found[what] > limit:
            raise ProseError(f"there are {found[what]:,} {what}; at most {limit:,} are rendered")


def _count(lines: list[str], *, line: int) -> dict[str, int]:
    marked = sum(_MARKED_LINE.match(text) is not None for text in lines)
    if marked > MAX_MARKED_LINES:
        raise ProseError(f"{marked:,} headings, rules or quotes follow each other without a blank line", line=line)
    return {
        "paragraphs": 1,
        "lines outside of code": len(lines),
        "table cells": len(lines) * max(text.count("|") for text in lines),
        "headings, rules, quotes and definitions": marked,
        "square brackets": sum(text.count("[") for text in lines),
        "footnote marks": sum(text.count("[^") for text in lines),
    }


def check_run(text: str) -> None:
    """Refuse a run of inline text (a paragraph, an item, a cell) that takes long to find emphasis and code in."""
    if len(text) > MAX_RUN:
        raise ProseError(f"a paragraph is {len(text):,} characters long; at most {MAX_RUN:,} are rendered")
    marks = len(_DELIMITERS.findall(text)) if len(text) > MAX_DELIMITERS else 0
    if marks > MAX_DELIMITERS:
        raise ProseError(
            f"a paragraph holds {marks:,} marks of emphasis or code; at most {MAX_DELIMITERS:,} are rendered"
        )


def check_targets(total: int) -> None:
    """Refuse links whose targets, each repeated where a reference is used, add up to more than the page can bear."""
    if total > MAX_TARGETS:
        raise ProseError(
            f"the targets of the links are {total:,} characters long; at most {MAX_TARGETS:,} are rendered"
        )


class _TimeUp(Exception):
    """The clock rang."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `ProseError` when the block takes more than `seconds` of processor time.

    Signals reach the main thread of a Unix process only; elsewhere the limits of shape must do.
    """
    timed = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()

    def ring(_number: int, _frame: FrameType | None) -> None:
        raise _TimeUp

    try:
        if not timed:
            yield
            return
        previous = signal.signal(signal.SIGVTALRM, ring)
        try:
            signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
            yield
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
            signal.signal(signal.SIGVTALRM, previous)
    except _TimeUp:
        raise ProseError(f"the text takes more than {seconds:g} seconds to render") from None
