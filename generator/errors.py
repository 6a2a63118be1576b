"""What can go wrong, and how it is told.

A fault in the content is a value, `Problem`, so that a whole run can collect every fault and fail once. Only then is it
raised:

    AlmanacError              anything this program says about itself; never a traceback for the user
    ├── ContentError          faults in the source files (exit code 1); carries every `Problem`
    │   └── PageFaults        ... that showed when pages were made; knows of which thing each page is
    ├── TemplateFault         a template failed on a page (exit code 1)
    ├── PublishError          the site could not be written; the old one is untouched (exit code 1)
    └── UsageError            wrong options, or an output folder that is refused (exit code 2)
"""

from collections.abc import Iterable
from difflib import get_close_matches
from enum import StrEnum
from heapq import nsmallest
from itertools import pairwise

from msgspec import Struct

__all__ = [
    "AlmanacError",
    "ContentError",
    "PageFaults",
    "Problem",
    "PublishError",
    "Severity",
    "TemplateFault",
    "UsageError",
    "nearest",
    "printable",
]

_LIKELY = 30
_LONGEST = 200


class Severity(StrEnum):
    """How much a problem weighs: an error stops the build, a warning is reported."""

    ERROR = "error"
    WARNING = "warning"


class Problem(Struct, frozen=True, order=True):
    """One fault: where it is, what is wrong and how to mend it.

    Lines and columns count from 1; 0 means the whole file. `code` names the rule that was broken, where there is one.
    """

    path: str
    line: int = 0
    column: int = 0
    field: str = ""
    message: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR
    code: str = ""

    def __str__(self) -> str:
        place = self.path
        if self.line:
            place += f":{self.line}:{self.column}"
        what = f"{self.field}: {self.message}" if self.field else self.message
        kind = f"{self.severity}[{self.code}]" if self.code else str(self.severity)
        told = [f"{place}: {kind}: {what}"]
        if self.hint:
            told.append(f"    hint: {self.hint}")
        # A line break inside a name would let content write lines of its own into the report.
        return "\n".join(printable(line).replace("\n", "\\n") for line in told)


class AlmanacError(Exception):
    """The root of every error this program raises on purpose."""


class ContentError(AlmanacError):
    """The content has faults. All of them are in `problems`, sorted by place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))


class PageFaults(ContentError):
    """Pages could not be made, or lead nowhere. `about` has the problems by the key of the thing that a page shows.

    Those of pages that show no one thing are under an empty key.
    """

    def __init__(self, faults: Iterable[tuple[str, Problem]]) -> None:
        self.about: dict[str, list[Problem]] = {}
        for key, problem in faults:
            self.about.setdefault(key, []).append(problem)
        super().__init__(problem for problems in self.about.values() for problem in problems)


class TemplateFault(AlmanacError):
    """A template failed: names the template, its line and the page that was being made."""


class PublishError(AlmanacError):
    """The new site could not be put in place; the published one is as it was."""


class UsageError(AlmanacError):
    """The command cannot be carried out as it was given."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return "did you mean `x`?" for the known word most like `word`, or an empty string."""
    words = sorted(set(known))
    if len(word) > _LONGEST:
        return ""
    if len(words) > _LIKELY:
        # The exact comparison takes a third of a second for five thousand words; letters that stand together sift them.
        pairs = set(pairwise(word))
        words = nsmallest(_LIKELY, words, key=lambda other: -len(pairs.intersection(pairwise(other))))
    close = get_close_matches(word, words, n=1, cutoff=0.6)
    return f"did you mean `{close[0]}`?" if close else ""


def printable(text: str) -> str:
    """Return `text` with every character that could move or colour a terminal written as an escape."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape", "replace").decode() for c in text)
