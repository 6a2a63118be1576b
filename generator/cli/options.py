"""Arguments and options that several commands have, so that they mean and say the same."""

from pathlib import Path

import click

__all__ = ["folder", "jobs", "overlays", "quiet", "source", "verbose"]

folder = click.Path(path_type=Path)

source = click.argument("source", type=folder, default=Path("content"))

overlays = click.option(
    "--overlay",
    "overlays",
    type=folder,
    multiple=True,
    help="Folder laid over the catalog; may be given again, the later over the earlier.",
)

jobs = click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes to use; 0 chooses.", show_default=True
)

quiet = click.option("-q", "--quiet", is_flag=True, help="Print problems only.")

verbose = click.option("-v", "--verbose", is_flag=True, help="Print every warning.")
