"""How commands speak: problems and progress to standard error, results to standard output, and the way out."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from shutil import get_terminal_size
from typing import NoReturn

import click

from generator.errors import AlmanacError, ContentError, Problem, Severity, UsageError, printable

__all__ = ["Progress", "failures", "show", "stop", "table", "warn"]

_SHOWN = 200
_NARROWEST = 10


@contextmanager
def failures(unharmed: str = "") -> Iterator[None]:
    """End the run with what goes wrong inside: code 2 for wrong usage, 1 for anything else.

    Args:
        unharmed: What faults in the content have left as it was, told after them.
    """
    try:
        yield
    except UsageError as error:
        stop(str(error), 2)
    except ContentError as error:
        show(error.problems)
        errors = sum(1 for problem in error.problems if problem.severity is Severity.ERROR)
        stop(("1 error" if errors == 1 else f"{errors:,} errors") + (unharmed and f"; {unharmed}"), 1)
    except AlmanacError as error:
        stop(str(error), 1)


def stop(message: str, code: int) -> NoReturn:
    """Say why the run ends, and end it; wrong usage (code 2) with a hint where to look."""
    context = click.get_current_context(silent=True)
    if _for_programs():
        _say({"message": message, "severity": "error"})
        sys.exit(code)
    click.echo(printable(f"almanac: {message}"), err=True)
    if code == 2 and context:
        click.echo(f"    hint: `{context.command_path} --help` says what can be given", err=True)
    sys.exit(code)


def warn(warnings: Sequence[Problem], *, quiet: bool, verbose: bool, untold: int = 0) -> None:
    """Print warnings, or how many there are with those that an earlier run has told."""
    if verbose or (_for_programs() and not quiet):
        show(warnings)
    elif (number := len(warnings) + untold) and not quiet:
        count = "1 warning" if number == 1 else f"{number:,} warnings"
        click.echo(f"{count} (see them with --verbose)", err=True)


class Progress:
    """A line that says how far the run is: on a terminal only, and gone at the end."""

    def __init__(self, *, quiet: bool = False) -> None:
        self.shown = sys.stderr.isatty() and not quiet

    def __call__(self, done: int, total: int) -> None:
        """Write the line anew."""
        if self.shown:
            click.echo(f"\r\x1b[2K{done:,} of {total:,} files", nl=False, err=True)

    def close(self) -> None:
        """Take the line away."""
        if self.shown:
            click.echo("\r\x1b[2K", nl=False, err=True)


def show(problems: Sequence[Problem]) -> None:
    """Print problems, as many as anyone reads; all of them where a program does."""
    if _for_programs():
        for problem in problems:
            _say(asdict(problem))
        return
    for problem in problems[:_SHOWN]:
        click.echo(_coloured(problem), err=True)
    if len(problems) > _SHOWN:
        click.echo(f"... and {len(problems) - _SHOWN:,} more", err=True)


def _for_programs() -> bool:
    """Return whether `--log-format json` was given."""
    context = click.get_current_context(silent=True)
    return context is not None and context.find_root().params.get("log_format") == "json"


def _say(event: Mapping[str, object]) -> None:
    """Print an event as a line of JSON."""
    click.echo(json.dumps(event, ensure_ascii=False), err=True)


def _coloured(problem: Problem) -> str:
    """Return a problem with its severity in colour where a person reads it and has not set NO_COLOR."""
    text = str(problem)
    if os.environ.get("NO_COLOR") or not sys.stderr.isatty():
        return text
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    return text.replace(f": {problem.severity}", f": {click.style(str(problem.severity), fg=colour)}", 1)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as lines of aligned columns under their heads; columns of numbers are aligned at their ends.

    On a terminal, what is too long for a line is cut; a program gets it whole.
    """
    cells = [tuple(head), *(tuple(printable(cell) for cell in row) for row in rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(head))]
    numeric = [
        all(row[i].lstrip("$").replace(",", "").replace(".", "").isdigit() for row in rows if row[i])
        for i in range(len(head))
    ]
    _fit(widths)
    lines = [cells[0], tuple("-" * width for width in widths), *cells[1:]]
    shown = (
        "  ".join(
            _cut(cell, width).rjust(width) if right else _cut(cell, width).ljust(width)
            for cell, width, right in zip(line, widths, numeric, strict=True)
        )
        for line in lines
    )
    return "".join(f"{line.rstrip()}\n" for line in shown)


def _fit(widths: list[int]) -> None:
    """Narrow columns, the widest first and never that of the ids, until a row fits on one line of a terminal."""
    if not sys.stdout.isatty():
        return
    more = sum(widths) + 2 * (len(widths) - 1) - get_terminal_size().columns
    while more > 0 and (widest := max(widths[1:], default=0)) > _NARROWEST:
        widths[widths.index(widest, 1)] -= 1
        more -= 1


def _cut(cell: str, width: int) -> str:
    return cell if len(cell) <= width else f"{cell[: width - 1]}…"
