"""The command line: options, exit codes, printing; no logic.

Exit codes: 0 done, 1 problems in the content or while publishing, 2 wrong usage.
"""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator import __version__
from generator.errors import AlmanacError, ContentError, Severity, UsageError, printable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.build import Report
    from generator.errors import Problem

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
@click.option(
    "--target",
    type=click.Choice(("github", "mkdocs", "hugo")),
    help="Host of the Markdown edition: adds what it needs. MkDocs and Hugo take this edition alone.",
)
@click.option(
    "--overlay",
    "overlays",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Folder laid over the catalog; may be given again, the later over the earlier.",
)
@click.option("--base-url", metavar="URL", help="Address the site will have, for canonical links.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes to use; 0 chooses.", show_default=True
)
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every warning.")
def build(  # noqa: PLR0913, PLR0917  # one parameter for each option, passed by name
    source: Path,
    output: Path,
    editions: str | None,
    target: str | None,
    overlays: tuple[Path, ...],
    base_url: str | None,
    jobs: int,
    *,
    quiet: bool,
    verbose: bool,
) -> None:
    """Build the catalog in SOURCE (default: content) into a site.

    Exit code 0: done; 1: problems in the content, the published site is as it was; 2: wrong usage.
    """
    from generator.build import build as run  # noqa: PLC0415  # `--help` has no use for the libraries behind it

    changes = _changes(editions, base_url) | ({"target": target} if target else {})
    if target in ("mkdocs", "hugo"):
        changes.setdefault("editions", ("md",))
    progress = _Progress() if sys.stderr.isatty() and not quiet else None
    try:
        report = run(source, output, changes=changes, overlays=overlays, jobs=jobs, progress=progress)
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


@main.command("import")
@click.argument("source", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("content"),
    show_default=True,
    help="Folder to write.",
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
@click.option("-q", "--quiet", is_flag=True, help="Print problems only.")
@click.option("-v", "--verbose", is_flag=True, help="Print every warning.")
def import_(  # noqa: PLR0913  # one parameter for each option
    source: Path,
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
    from generator.importer import Selection, run  # noqa: PLC0415  # as above

    try:
        report = run(source, output, Selection(providers=providers, authors=authors, kinds=kinds))
    except UsageError as error:
        _stop(str(error), 2)
    except ContentError as error:
        _print_problems(error)
        _stop(_count(error) + "; nothing was written", 1)
    _print_warnings(report.warnings, quiet=quiet, verbose=verbose)
    if quiet:
        return
    for kind, kept in report.kept.items():
        dropped, left = report.dropped.get(kind, 0), report.left_out[kind]
        parts = f"{kept:,} kept + {dropped:,} dropped" + (f" + {left:,} not asked for" if left else "")
        click.echo(f"{kept + dropped + left:,} {kind}s in the source = {parts}")
    by_hand = f", {report.by_hand:,} with changes by hand" if report.by_hand else ""
    click.echo(f"{report.written:,} written, {report.unchanged:,} unchanged, {report.removed:,} removed{by_hand}")
    click.echo(f"Build it: almanac build {output.as_posix()}")


@main.command()
@click.argument("source", type=click.Path(path_type=Path), default=Path("content"))
@click.option(
    "--overlay",
    "overlays",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Folder laid over the catalog, as in a build.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json", "sarif", "github")),
    help="How to write what is found; `github` where GITHUB_ACTIONS is set, else `text`.",
)
@click.option(
    "--fail-on",
    type=click.Choice(("error", "warning")),
    default="error",
    show_default=True,
    help="The least that makes the exit code 1.",
)
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes to use; 0 chooses.")
def check(source: Path, overlays: tuple[Path, ...], form: str | None, fail_on: str, jobs: int) -> None:
    """Validate the catalog in SOURCE (default: content) without writing anything.

    Looks at files, references and facts, and at the links and anchors of the pages that would be built. What is found
    goes to standard output. `almanac explain CODE` says what a code means; `severities` in site.yaml sets its weight.

    Exit code 0: nothing that --fail-on asks for; 1: something; 2: wrong usage.
    """
    from generator.check import check as run  # noqa: PLC0415  # as above
    from generator.reports import Format, count, report  # noqa: PLC0415  # as above

    if form is None:
        form = "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"
    try:
        problems = run(source, overlays=overlays, jobs=jobs)
    except UsageError as error:
        _stop(str(error), 2)
    except AlmanacError as error:
        _stop(str(error), 1)
    click.echo(report(problems, Format(form)), nl=False)
    click.echo(f"almanac: {count(problems)}", err=True)
    if any(fail_on == "warning" or problem.severity is Severity.ERROR for problem in problems):
        sys.exit(1)


@main.command()
@click.argument("code", required=False)
def explain(code: str | None) -> None:
    """Say what CODE means, why it matters and how to mend it; without CODE, list all codes."""
    from generator.rules import RULES  # noqa: PLC0415  # as above
    from generator.rules import explain as told  # noqa: PLC0415  # as above

    if code is None:
        for rule in RULES.values():
            click.echo(f"{rule.code}  {rule.level:<7}  {rule.title}")
    elif code.upper() in RULES:
        click.echo(told(code.upper()))
    else:
        _stop(f"there is no rule `{code}`; `almanac explain` lists them", 2)


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


def _print_warnings(warnings: "Sequence[Problem]", *, quiet: bool, verbose: bool) -> None:
    if verbose:
        for problem in warnings:
            click.echo(str(problem), err=True)
    elif warnings and not quiet:
        count = "1 warning" if len(warnings) == 1 else f"{len(warnings):,} warnings"
        click.echo(f"{count} (see them with --verbose)", err=True)


def _print_report(report: "Report", output: Path, *, quiet: bool, verbose: bool) -> None:
    _print_warnings(report.warnings, quiet=quiet, verbose=verbose)
    if quiet:
        return
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


def _stop(message: str, code: int) -> NoReturn:
    click.echo(printable(f"almanac: {message}"), err=True)
    sys.exit(code)
