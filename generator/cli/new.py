"""`almanac new`."""

from pathlib import Path

import click

from generator.cli import options

__all__ = ["command"]


@click.command("new")
@click.argument("folder", metavar="DIR", type=options.folder)
def command(folder: Path) -> None:
    """Make a small catalog in DIR that works at once, to be changed into your own.

    It has an author, two models, a provider with their prices, a page, comments on all of it, settings for VS Code and
    workflows for GitHub: one checks what is proposed, the other publishes to Pages. DIR has to be new or empty.

    Exit code 0: done; 1: DIR cannot be written; 2: wrong usage.
    """
    from generator.cli.printing import failures
    from generator.files import write_new
    from generator.starter import files

    with failures():
        written = write_new(folder, files())
    click.echo(f"{len(written)} files written to {folder.as_posix()}")
    click.echo(f"See it: cd {folder.as_posix()} && almanac serve")
