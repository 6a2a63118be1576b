"""`almanac build`."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import Progress, failures, warn

if TYPE_CHECKING:
    from generator.build import Report

__all__ = ["command"]


@click.command("build")
@options.source
@click.option("-o", "--output", type=options.folder, default=Path("site"), show_default=True, help="Folder to write.")
@click.option("--editions", metavar="LIST", help="Editions to write: html, md or both, comma-separated.")
@click.option(
    "--target",
    type=click.Choice(("github", "mkdocs", "hugo")),
    help="Host of the Markdown edition: adds what it needs. MkDocs and Hugo take this edition alone.",
)
@options.overlays
@click.option("--base-url", metavar="URL", help="Address the site will have, for canonical links.")
@options.jobs
@click.option(
    "--executor",
    metavar="ADDRESS",
    help="Dask cluster that makes the pages, as dask://HOST:PORT; its workers have to see the output folder.",
)
@options.quiet
@options.verbose
def command(  # noqa: PLR0913, PLR0917  # one parameter for each option, passed by name
    source: Path,
    output: Path,
    editions: str | None,
    target: str | None,
    overlays: tuple[Path, ...],
    base_url: str | None,
    jobs: int,
    executor: str | None,
    *,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the catalog in SOURCE (default: content) into a site.

    Exit code 0: done; 1: problems in the content, the published site is as it was; 2: wrong usage.
    """
    from generator.build import build

    changes = _changes(editions, base_url) | ({"target": target} if target else {})
    if target in ("mkdocs", "hugo"):
        changes.setdefault("editions", ("md",))
    progress = Progress(quiet=quiet)
    with failures("the published site is as it was"), closing(progress):
        report = build(
            source,
            output,
            changes=changes,
            overlays=overlays,
            jobs=jobs,
            executor=executor,
            progress=progress,
            afresh=verbose,
        )
    warn(report.warnings, quiet=quiet, verbose=verbose, untold=report.untold)
    if not quiet:
        _print(report, output)


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


def _print(report: "Report", output: Path) -> None:
    changed = report.published
    click.echo(
        f"{report.authors:,} authors, {report.models:,} models, "
        f"{report.providers:,} providers, {report.offerings:,} offerings: "
        f"{report.pages:,} pages in {report.files:,} files, {report.seconds:.1f} s"
    )
    for kind, dropped in report.dropped.items():
        kept: int = getattr(report, f"{kind}s")
        click.echo(f"{kept + dropped:,} {kind}s in the source = {kept:,} kept + {dropped:,} dropped")
    if report.unplaced:
        click.echo(f"{report.unplaced:,} facts without a place of their own are kept under `extensions`")
    click.echo(
        f"{changed.written:,} written, {changed.unchanged:,} unchanged, "
        f"{changed.removed:,} removed, {changed.kept:,} not ours kept"
    )
    for name, what in (("index.html", "in a browser"), ("README.md", "as Markdown")):
        if (output / name).exists():
            click.echo(f"Open {(output / name).as_posix()} {what}.")
