"""`almanac show`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import failures, table

if TYPE_CHECKING:
    from generator.glance import Glance
    from generator.sources.layouts import Source

__all__ = ["command"]


@click.command("show")
@click.argument("name", metavar="ID")
@options.origin
@options.overlays
def command(name: str, source: "Source", overlays: tuple[Path, ...]) -> None:
    """Show what SOURCE (default: content) knows of ID: a model, an offering, a provider or an author.

    A model is `author/name`, an offering `provider/its-id`. Where an id means two things, a model comes first.

    Exit code 0: done; 1: problems in the content; 2: there is no such id, or wrong usage.
    """
    from generator.glance import glance
    from generator.reading import catalog_of

    with failures():
        found = glance(catalog_of(source, overlays=overlays), name)
    _print(found)


def _print(found: "Glance") -> None:
    click.secho(found.title, bold=True)
    click.echo(f"{found.kind} {found.id}\n")
    if found.description:
        click.echo(found.description + "\n")
    wide = max((len(label) for label, _ in found.facts), default=0)
    for label, value in found.facts:
        click.echo(f"{label:<{wide}}  {value}")
    if found.rows:
        click.echo("")
        click.echo(table(found.head, found.rows), nl=False)
