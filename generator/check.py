"""Everything that can be said about a catalog without publishing it: its files, references, facts and would-be pages.

The site is built for good, in a folder that is removed again: what passes here passes `almanac build`, for it is the
same code. Given up: a faster look that would not render.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from msgspec.structs import replace

from generator.build import build, examine
from generator.errors import ContentError, Problem, Severity, TemplateFault
from generator.lint import locate
from generator.sources.layouts import Source, beside

__all__ = ["check"]


def check(source: Source, *, overlays: Sequence[Path] = (), jobs: int = 0) -> tuple[Problem, ...]:
    """Return everything that is wrong with a catalog in any layout, each with the code of its rule, by place.

    Pages are made only when nothing before them is an error.
    """
    try:
        found = examine(source, overlays=overlays)
    except ContentError as error:
        return _sorted(_coded(error.problems, "A001"))
    problems = [
        *_coded(found.faults, "A001"),
        *_coded(found.dangling, "A002"),
        *locate(found.findings, found.documents),
    ]
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _pages(source, overlays, jobs)
    return _sorted(problems)


def _pages(source: Source, overlays: Sequence[Path], jobs: int) -> Iterator[Problem]:
    """Yield what is wrong with the pages: those that cannot be made, links and anchors that lead nowhere."""
    with TemporaryDirectory(prefix="almanac-check-") as folder:
        try:
            build(source, Path(folder).resolve() / "site", overlays=overlays, jobs=jobs)
        except ContentError as error:
            for problem in error.problems:
                is_link = problem.message.startswith("broken link ")
                yield replace(problem, code="A003" if is_link else "A004")
        except TemplateFault as error:
            yield _template(source, str(error))


def _template(source: Source, told: str) -> Problem:
    """Return the problem of a template, which says `name:line: what`."""
    name, _, rest = told.partition(":")
    line, _, message = rest.partition(": ")
    path = ((beside(source, "templates") or Path("templates")) / name).as_posix()
    if line.isdecimal():
        return Problem(path, int(line), 1, message=message, code="A004")
    return Problem(path, message=rest.strip(), code="A004")


def _coded(problems: Iterable[Problem], code: str) -> Iterator[Problem]:
    return (problem if problem.code else replace(problem, code=code) for problem in problems)


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
