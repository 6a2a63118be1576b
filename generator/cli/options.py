"""Arguments and options that several commands have, so that they mean and say the same."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from generator.remote import Remote
    from generator.sources.layouts import Source

__all__ = ["folder", "jobs", "origin", "overlays", "place", "quiet", "site", "source", "verbose"]

folder = click.Path(path_type=Path)


class _Place(click.ParamType):  # type: ignore[type-arg]  # older ones take none
    """Where a catalog is: a path, or an address, behind which it is fetched at once. Nothing else asks the network."""

    name = "path or url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Source":  # noqa: ARG002  # click's
        """Return the path, or what is behind the address."""
        from generator.cli.printing import failures
        from generator.sources.fetch import fetch
        from generator.sources.fetched import is_address

        if not isinstance(value, str):
            found: Source = value
            return found
        if not is_address(value):
            return Path(value)
        with failures():
            return fetch(value)


class _Site(click.ParamType):  # type: ignore[type-arg]  # older ones take none
    """Where a site is to be: a folder, or an address that fsspec knows."""

    name = "path or url"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> "Path | Remote":  # noqa: ARG002  # click's
        """Return the folder or the address; nothing is asked of it yet."""
        from generator.remote import Remote, is_remote

        return Remote(value) if is_remote(str(value)) else Path(value)


place = _Place()

site = _Site()

origin = click.argument("source", type=place, default=Path("content"))

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
