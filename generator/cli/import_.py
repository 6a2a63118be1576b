"""`almanac import`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import failures, warn

if TYPE_CHECKING:
    from generator.importer import Report
    from generator.sources.layouts import Source

__all__ = ["command"]


@click.command("import")
@click.argument("source", type=options.place)
@click.option(
    "-o", "--output", type=options.folder, default=Path("content"), show_default=True, help="Folder to write."
)
@click.option(
    "--provider", "providers", metavar="ID", multiple=True, help="Only its offerings; `*` and `?` may be used."
)
@click.option("--author", "authors", metavar="ID", multiple=True, help="Only what this author made; likewise.")
@click.option(
    "--limit-to",
    "kinds",
    type=click.Choice(("authors", "models", "providers", "offerings")),
    multiple=True,
    help="Only this kind of files, with what they refer to.",
)
@options.quiet
@options.verbose
def command(  # noqa: PLR0913  # one parameter for each option
    source: "Source",
    output: Path,
    providers: tuple[str, ...],
    authors: tuple[str, ...],
    kinds: tuple[str, ...],
    *,
    quiet: bool,
    verbose: bool,
) -> None:
    """Write the catalog in SOURCE, of any layout, as native content.

    Done again, it takes over what has changed in SOURCE and leaves alone what was changed by hand. The options that
    select may be given several times, and what they leave out stays in the folder as it is.

    Exit code 0: done; 1: problems in SOURCE or in the folder, nothing was written; 2: wrong usage.
    """
    from generator.importer import Selection, run

    with failures("nothing was written"):
        report = run(source, output, Selection(providers=providers, authors=authors, kinds=kinds))
    warn(report.warnings, quiet=quiet, verbose=verbose)
    if not quiet:
        _print(report, output)


def _print(report: "Report", output: Path) -> None:
    for kind, kept in report.kept.items():
        dropped, left = report.dropped.get(kind, 0), report.left_out[kind]
        parts = f"{kept:,} kept + {dropped:,} dropped" + (f" + {left:,} not asked for" if left else "")
        click.echo(f"{kept + dropped + left:,} {kind}s in the source = {parts}")
    by_hand = f", {report.by_hand:,} with changes by hand" if report.by_hand else ""
    click.echo(f"{report.written:,} written, {report.unchanged:,} unchanged, {report.removed:,} removed{by_hand}")
    click.echo(f"Build it: almanac build {output.as_posix()}")
