"""`almanac schema`."""

from pathlib import Path

import click

from generator.cli import options

__all__ = ["command"]


@click.command("schema")
@click.option(
    "-o", "--output", type=options.folder, default=Path(".schemas"), show_default=True, help="Folder to write."
)
def command(output: Path) -> None:
    """Write the JSON Schemas of a catalog's files, by which editors complete and check them.

    A file may name its own in its first line: `# yaml-language-server: $schema=../../.schemas/author.schema.json`. A
    catalog made by `almanac new` has settings for VS Code that name them all.

    Exit code 0: done; 1: the folder cannot be written; 2: wrong usage.
    """
    from generator.cli.printing import failures
    from generator.files import write_new
    from generator.schema_files import PLACES, schemas

    with failures():
        write_new(output, schemas(), over=True)
    for kind, (place, _) in PLACES.items():
        click.echo(f"{(output / f'{kind}.schema.json').as_posix()}  {place}")
