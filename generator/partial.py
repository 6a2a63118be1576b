"""A build that keeps going: what is faulty is left out, the rest is published, and what was left out is told.

Made again from what is left until nothing is wrong with it, for a fault may show only when its page is made. Faults of
settings and of overlays' rules stop it like any other build: nobody can say what they were meant to do.
"""

import json
from collections.abc import Sequence
from pathlib import Path, PurePosixPath
from time import perf_counter
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator import __version__, past
from generator.build import Means, Report, place_of, publish
from generator.errors import ContentError, PageFaults, Problem, Severity
from generator.linking import accused
from generator.lint import locate
from generator.ranges import Progress
from generator.reading import Loaded, look, read
from generator.remote import Remote
from generator.reports import as_data
from generator.rules import Level
from generator.salvage import KINDS, Rest, placed
from generator.sources.content import in_currency
from generator.sources.layouts import Source, beside
from generator.targets import check as check_target
from generator.theme import Theme

__all__ = ["Partial", "build"]

_RULES = frozenset({"site.yaml", "overlay.yaml"})


class Partial(Struct, frozen=True, kw_only=True):
    """What was published, and what was not."""

    report: Report
    rest: Rest
    problems: tuple[Problem, ...]
    """All errors, by place."""

    def text(self, source: Source) -> str:
        """Return the report for programs, as JSON."""
        kept = self.rest.kept()
        left = dict.fromkeys(KINDS, 0)
        for one in self.rest.left_out:
            left[one.key.partition("/")[0]] += 1
        counts = {
            kind: {"input": kept[kind] + left[kind], "kept": kept[kind], "left_out": left[kind]} for kind in KINDS
        }
        found: dict[str, Any] = {
            "version": 1,
            "almanac": __version__,
            "source": source.as_posix(),
            "counts": counts,
            "left_out": [
                {
                    "kind": one.key.partition("/")[0],
                    "id": one.key.partition("/")[2],
                    "path": one.path or None,
                    "because_of": one.because_of or None,
                    "problems": [as_data(problem) for problem in one.problems],
                }
                for one in self.rest.left_out
            ],
            "problems": [as_data(problem) for problem in self.rest.other_problems()],
        }
        return json.dumps(found, indent=2) + "\n"


def build(  # noqa: PLR0913  # as `generator.build.build`
    source: Source,
    target: Path | Remote,
    *,
    changes: dict[str, object] | None = None,
    overlays: Sequence[Path] = (),
    previous: Source | None = None,
    trusted: bool = True,
    jobs: int = 0,
    executor: str | None = None,
    progress: Progress | None = None,
) -> Partial:
    """Build the site of all that is without faults in `source` into `target`; arguments as those of a whole build.

    Raises:
        ContentError: A fault concerns the whole site, or nothing is left.
    """
    began, own, place = perf_counter(), beside(source, "templates"), place_of(target)
    place.refuse([path for path in (source, own, *overlays) if isinstance(path, Path)])
    content = read(source, overlays)
    folders = [*filter(None, (beside(source, name) for name in content.settings.overlays)), *overlays]
    _refuse_faults_of_the_whole(content.problems, folders)
    rest = Rest.of(content)
    while True:
        found = look(source, rest.content, changes=changes)
        _refuse_faults_of_the_whole(found.dangling, folders)
        faults = _faults(rest, found)
        if faults:
            rest = rest.without(faults)
            continue
        check_target(found.settings)
        try:
            site = found.site() if previous is None else found.site().after(past.read(previous)[0])
            report = publish(site, Theme(own, trusted=trusted), place, Means(jobs, executor, progress), {})
        except PageFaults as error:
            if not any(error.about):
                raise
            told = placed(error, found.documents).about
            rest = rest.without({key: problems for key, problems in told.items() if key})
            continue
        warnings = tuple(p for p in (*found.faults, *found.dangling) if p.severity is Severity.WARNING)
        errors = (*(p for one in rest.left_out for p in one.problems), *rest.other_problems())
        report = replace(report, seconds=perf_counter() - began, warnings=warnings, dropped={})
        return Partial(report=report, rest=rest, problems=ContentError(errors).problems)


def _faults(rest: Rest, found: Loaded) -> dict[str, list[Problem]]:
    """Return what is wrong with the references and the facts of what is left, by the key of the thing."""
    faults = {
        key: list(told) for key, told in accused(in_currency(rest.content.records, found.settings.currency)).items()
    }
    grave = [finding for finding in found.findings if finding.level is Level.ERROR]
    for finding, problem in zip(grave, locate(grave, found.documents), strict=True):
        faults.setdefault(finding.about, []).append(problem)
    return faults


def _refuse_faults_of_the_whole(problems: Sequence[Problem], folders: Sequence[Path]) -> None:
    names = {folder.as_posix() for folder in folders}
    if any(
        problem.severity is Severity.ERROR and (PurePosixPath(problem.path).name in _RULES or problem.path in names)
        for problem in problems
    ):
        raise ContentError(problems)
