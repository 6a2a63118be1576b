"""How commands speak: problems and progress to standard error, results to standard output, and the way out."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

import click

from generator.errors import AlmanacError, ContentError, Problem, Severity, UsageError, printable

__all__ = ["Progress", "failures", "show", "stop", "warn"]

_SHOWN = 200


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
    click.echo(printable(f"almanac: {message}"), err=True)
    context = click.get_current_context(silent=True)
    if code == 2 and context:
        click.echo(f"    hint: `{context.command_path} --help` says what can be given", err=True)
    sys.exit(code)


def warn(warnings: Sequence[Problem], *, quiet: bool, verbose: bool, untold: int = 0) -> None:
    """Print warnings, or how many there are with those that an earlier run has told."""
    if verbose:
        for problem in warnings:
            click.echo(str(problem), err=True)
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
    """Print problems, the first of very many."""
    for problem in problems[:_SHOWN]:
        click.echo(str(problem), err=True)
    if len(problems) > _SHOWN:
        click.echo(f"... and {len(problems) - _SHOWN:,} more", err=True)
