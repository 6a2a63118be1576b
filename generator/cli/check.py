"""`almanac check`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import failures
from generator.errors import Severity

if TYPE_CHECKING:
    from generator.sources.layouts import Source

__all__ = ["command"]


@click.command("check")
@options.origin
@options.overlays
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "sarif", "github")),
    help="How to write what is found; `github` where GITHUB_ACTIONS is set, else `text`.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning")),
    default="error",
    show_default=True,
    help="The least that makes the exit code 1.",
)
@options.jobs
def command(source: "Source", overlays: tuple[Path, ...], form: str | None, fail_on: str, jobs: int) -> None:
    """Validate the catalog in SOURCE (default: content) without writing anything.

    Looks at files, references and facts, and at the links and anchors of the pages that would be built. What is found
    goes to standard output. `almanac explain CODE` says what a code means; `severities` in site.yaml sets its weight.

    Exit code 0: nothing that --fail-on asks for; 1: something; 2: wrong usage.
    """
    from generator.check import check
    from generator.reports import Format, count, report

    if form is None:
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    with failures():
        problems = check(source, overlays=overlays, jobs=jobs)
    click.echo(report(problems, Format(form)), nl=False)
    click.echo(f"almanac: {count(problems)}", err=True)
    if any(fail_on == "warning" or problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)
