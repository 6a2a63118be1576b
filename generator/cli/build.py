"""`almanac build`."""

import functools
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import Progress, failures, show, stop, warn

if TYPE_CHECKING:
    from generator.build import Report
    from generator.partial import Partial
    from generator.remote import Remote
    from generator.sources.layouts import Source

__all__ = ["command"]


@click.command("build")
@options.origin
@click.option(
    "-o",
    "--output",
    type=options.site,
    default=Path("site"),
    show_default=True,
    help="Folder to write, or an address such as s3://BUCKET/FOLDER.",
)
@click.option("--editions", metavar="LIST", help="Editions to write: html, md or both, comma-separated.")
@click.option(
    "--target",
    type=click.Choice(("github", "mkdocs", "hugo")),
    help="Host of the Markdown edition: adds what it needs. MkDocs and Hugo take this edition alone.",
)
@options.overlays
@click.option(
    "--previous",
    type=options.place,
    metavar="SOURCE",
    help="Catalog or built site before this one: adds a page of what has changed, and keeps a page for what is gone.",
)
@click.option("--base-url", metavar="URL", help="Address the site will have, for canonical links.")
@click.option("--keep-going", is_flag=True, help="Leave out what is faulty with all that hangs on it; build the rest.")
@click.option(
    "--untrusted-templates",
    is_flag=True,
    help="Run the templates of SOURCE in a sandbox, with limits on time and memory.",
)
@click.option("--report", "told", type=options.folder, help="With --keep-going: write what was left out as JSON.")
@options.jobs
@click.option(
    "--executor",
    metavar="ADDRESS",
    help="Dask cluster that makes the pages, as dask://HOST:PORT; its workers have to see what -o names.",
)
@options.quiet
@options.verbose
def command(  # noqa: PLR0913, PLR0917  # one parameter for each option, passed by name
    source: "Source",
    output: "Path | Remote",
    editions: str | None,
    target: str | None,
    overlays: tuple[Path, ...],
    previous: "Source | None",
    base_url: str | None,
    told: Path | None,
    jobs: int,
    executor: str | None,
    *,
    keep_going: bool,
    untrusted_templates: bool,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the catalog in SOURCE (default: content) into a site.

    Exit code 0: done; 1: problems in the content, the published site is as it was; 2: wrong usage. With --keep-going,
    code 1 means that something was left out.
    """
    from generator import build, partial

    if told and not keep_going:
        raise click.UsageError("--report tells what --keep-going leaves out; give both")
    changes = _changes(editions, base_url) | ({"target": target} if target else {})
    if target in ("mkdocs", "hugo"):
        changes.setdefault("editions", ("md",))
    progress = Progress(quiet=quiet)
    with failures("the published site is as it was"), closing(progress):
        way = partial.build if keep_going else functools.partial(build.build, afresh=verbose)
        made = way(
            source,
            output,
            changes=changes,
            overlays=overlays,
            previous=previous,
            trusted=not untrusted_templates,
            jobs=jobs,
            executor=executor,
            progress=progress,
        )
    report = made.report if isinstance(made, partial.Partial) else made
    warn(report.warnings, quiet=quiet, verbose=verbose, untold=report.untold)
    if not quiet:
        _print(report, output)
    if isinstance(made, partial.Partial):
        _tell(made, source, told)


_KINDS = ("author", "model", "provider", "offering")


def _tell(made: "Partial", source: "Source", told: Path | None) -> None:
    """Say what was left out, in a file for programs too, and leave with code 1 if anything was."""
    if told:
        try:
            told.write_text(made.text(source), encoding="utf-8")
        except OSError as error:
            stop(f"cannot write `{told.as_posix()}`: {error.strerror or error}", 1)
    show(made.problems)
    if made.problems:
        number = len(made.rest.left_out)
        stop(f"{'1 thing was' if number == 1 else f'{number:,} things were'} left out; the rest is published", 1)


def _changes(editions: str | None, base_url: str | None) -> dict[str, object]:
    changes: dict[str, object] = {}
    if editions is not None:
        words = tuple(word.strip() for word in editions.split(",") if word.strip())
        if not words or set(words) - {"html", "md"}:
            raise click.BadParameter("write html, md or html,md", param_hint="--editions")
        changes["editions"] = words
    if base_url is not None:
        if not base_url.startswith(("https://", "http://")):
            raise click.BadParameter("write the whole address, with https://", param_hint="--base-url")
        changes["base_url"] = base_url
    return changes


def _print(report: "Report", output: "Path | Remote") -> None:
    changed = report.published
    counted = ", ".join(_counted(getattr(report, f"{kind}s"), kind) for kind in _KINDS)
    made = f"{_counted(report.pages, 'page')} in {_counted(report.files, 'file')}, {report.seconds:.1f} s"
    click.echo(f"{counted}: {made}")
    for kind, dropped in report.dropped.items():
        kept: int = getattr(report, f"{kind}s")
        click.echo(f"{kept + dropped:,} {kind}s in the source = {kept:,} kept + {dropped:,} dropped")
    if report.unplaced:
        click.echo(f"{report.unplaced:,} facts without a place of their own are kept under `extensions`")
    others = f"; {_counted(changed.kept, 'file')} of others kept" if changed.kept else ""
    click.echo(f"{changed.written:,} written, {changed.unchanged:,} unchanged, {changed.removed:,} removed{others}")
    for name, what in (("index.html", "in a browser"), ("README.md", "as Markdown")):
        if isinstance(output, Path) and (output / name).exists():
            click.echo(f"Open {(output / name).as_posix()} {what}.")


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
