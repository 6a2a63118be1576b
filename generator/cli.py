"""The command line: options, exit codes, printing; no logic.

Exit codes: 0 done, 1 problems in the content or while publishing, 2 wrong usage.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__
from generator.errors import AlmanacError, ContentError, Severity, UsageError, printable

if TYPE_CHECKING:
    from generator.build import Report

__all__ = ["main"]

PROBLEMS_SHOWN = 200


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", prog_name="almanac")
def main() -> None:
    """Build a static catalog site of AI models from plain files."""


@main.command()
@click.argument("source", type=click.Path(path_type=Path), default=Path("content"))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("site"), show_default=True, help="Folder to write."
)
@click.option("--editions", metavar="LIST", help="Editions to write: html, md or both, comma-separated.")
@click.option("--base-url", metavar="URL", help="Address the site will have, for canonical links.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes to use; 0 chooses.", show_default=True
)
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every warning.")
def build(  # noqa: PLR0913  # one parameter for each option
    source: Path, output: Path, editions: str | None, base_url: str | None, jobs: int, *, quiet: bool, verbose: bool
) -> None:
    """Build the catalog in SOURCE (default: content) into a site.

    Exit code 0: done; 1: problems in the content, the published site is as it was; 2: wrong usage.
    """
    from generator.build import build as run  # noqa: PLC0415  # `--help` has no use for the libraries behind it

    changes = _changes(editions, base_url)
    progress = _Progress() if sys.stderr.isatty() and not quiet else None
    try:
        report = run(source, output, changes=changes, jobs=jobs, progress=progress)
    except UsageError as error:
        _stop(str(error), 2)
    except ContentError as error:
        _print_problems(error)
        _stop(_count(error) + "; the published site is as it was", 1)
    except AlmanacError as error:
        _stop(str(error), 1)
    finally:
        if progress:
            progress.clear()
    _print_report(report, output, quiet=quiet, verbose=verbose)


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


class _Progress:
    """A line on a terminal that says how far the build is."""

    def __call__(self, done: int, total: int) -> None:
        click.echo(f"\r\x1b[2K{done:,} of {total:,} files", nl=False, err=True)

    def clear(self) -> None:
        click.echo("\r\x1b[2K", nl=False, err=True)


def _print_problems(error: ContentError) -> None:
    for problem in error.problems[:PROBLEMS_SHOWN]:
        click.echo(str(problem), err=True)
    if len(error.problems) > PROBLEMS_SHOWN:
        click.echo(f"... and {len(error.problems) - PROBLEMS_SHOWN:,} more", err=True)


def _count(error: ContentError) -> str:
    errors = sum(1 for problem in error.problems if problem.severity is Severity.ERROR)
    return "1 error" if errors == 1 else f"{errors:,} errors"


def _print_report(report: "Report", output: Path, *, quiet: bool, verbose: bool) -> None:
    if verbose:
        for problem in report.warnings:
            click.echo(str(problem), err=True)
    if quiet:
        return
    if report.warnings and not verbose:
        click.echo(f"{len(report.warnings):,} warnings (see them with --verbose)", err=True)
    changed = report.published
    click.echo(
        f"{report.authors:,} authors, {report.models:,} models, "
        f"{report.providers:,} providers, {report.offerings:,} offerings: "
        f"{report.pages:,} pages in {report.files:,} files, {report.seconds:.1f} s"
    )
    click.echo(
        f"{changed.written:,} written, {changed.unchanged:,} unchanged, "
        f"{changed.removed:,} removed, {changed.kept:,} not ours kept"
    )
    for name, what in (("index.html", "in a browser"), ("README.md", "as Markdown")):
        if (output / name).exists():
            click.echo(f"Open {(output / name).as_posix()} {what}.")


def _stop(message: str, code: int) -> NoReturn:
    click.echo(printable(f"almanac: {message}"), err=True)
    sys.exit(code)
