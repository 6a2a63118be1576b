"""`almanac diff`."""

import sys
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import failures, warn

if TYPE_CHECKING:
    from generator.sources.layouts import Source

__all__ = ["command"]


@click.command("diff")
@click.argument("old", type=options.place)
@click.argument("new", type=options.place)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "markdown", "json")),
    default="text",
    show_default=True,
    help="How to write what has changed; `markdown` is for a pull request.",
)
@click.option("--exit-code", is_flag=True, help="End with code 1 where something has changed.")
@options.verbose
def command(old: "Source", new: "Source", form: str, *, exit_code: bool, verbose: bool) -> None:
    """Say what has changed from the catalog in OLD to that in NEW.

    Either may be of any layout, or a site that was built, which is compared by the JSON files beside its pages.
    Compared are the facts that pages show; not prose, and not when a record was written or checked.

    Exit code 0: done, whatever was found; 1: something has changed, where --exit-code asks for that, or problems in one
    of the catalogs, which standard error tells; 2: wrong usage.
    """
    from generator.diff import Form, diff, report

    with failures("nothing was compared"):
        changes, warnings = diff(old, new)
    warn(warnings, quiet=True, verbose=verbose)
    click.echo(report(changes, Form(form)), nl=False)
    if exit_code and changes:
        sys.exit(1)
