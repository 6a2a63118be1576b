"""The command line: options, exit codes, printing; no logic.

One module for each command, loaded when it is asked for: the list of commands is printed without any of them. Exit
codes: 0 done, 1 problems in the content or while publishing, 2 wrong usage, 130 stopped from the keyboard, 143
by SIGTERM.
"""

import gc
import os
import re
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import current_thread, main_thread
from types import FrameType
from typing import Any

import click

from generator import __version__

__all__ = ["COMMANDS", "main", "run", "terminable"]

COMMANDS: Mapping[str, str] = {
    "build": "Build the catalog in SOURCE (default: content) into a site.",
    "check": "Validate the catalog in SOURCE (default: content) without writing anything.",
    "diff": "Say what has changed from the catalog in OLD to that in NEW.",
    "explain": "Say what CODE means, why it matters and how to mend it; without CODE, list all codes.",
    "import": "Write the catalog in SOURCE, of any layout, as native content.",
    "list": "List the models, offerings, providers or authors of SOURCE (default: content), chosen as on its pages.",
    "new": "Make a small catalog in DIR that works at once, to be changed into your own.",
    "schema": "Write the JSON Schemas of a catalog's files, by which editors complete and check them.",
    "serve": "Show the site of SOURCE (default: content) in a browser while its files are edited.",
    "show": "Show what SOURCE (default: content) knows of ID: a model, an offering, a provider or an author.",
}
"""The commands and the first sentence of what each says about itself; `generator.cli.NAME` holds it."""


class _Commands(click.Group):
    """Loads a command when it is asked for, and tells wrong usage in one line with a hint."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        return [*COMMANDS]  # `list` is a module of this package once that command is loaded

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            if ctx.resilient_parsing or cmd_name.startswith("-"):
                return None
            raise click.exceptions.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)
        module = "import_" if cmd_name == "import" else cmd_name
        found: click.Command = import_module(f"generator.cli.{module}").command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # as above
        with formatter.section("Commands"):
            formatter.write_dl([*COMMANDS.items()])

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run a command and leave with its exit code."""
        try:
            with terminable():
                code = super().main(*args, **({"prog_name": "almanac"} | extra | {"standalone_mode": False}))
        except click.exceptions.NoArgsIsHelpError as told:
            told.show()
            sys.exit(2)
        except click.ClickException as wrong:
            _tell(wrong)
            sys.exit(wrong.exit_code)
        except click.Abort:
            click.echo("almanac: stopped", err=True)
            sys.exit(130)
        except BrokenPipeError:
            # Who read what was printed has gone, as `head` does; the interpreter would say so again on its way out.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


@contextmanager
def terminable() -> Iterator[None]:
    """Let SIGTERM end the run as Ctrl+C does: what was begun is cleared away, and no process is left behind."""
    if current_thread() is not main_thread():
        yield
        return

    def end(number: int, _frame: FrameType | None) -> None:
        sys.exit(128 + number)

    previous = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, previous)


def _tell(wrong: click.ClickException) -> None:
    """Say in one line what is wrong with how a command was called, and in another where to go from there."""
    context = getattr(wrong, "ctx", None)
    message = " ".join(wrong.format_message().split())
    if isinstance(wrong, click.UsageError):
        command = context.command_path if context else "almanac"
        writes = context and any(option.name == "output" for option in context.command.params)
        if writes and message.startswith("Got unexpected extra argument"):
            message += "\n    hint: the folder to write is given with -o"
        else:
            message += f"{_meant(wrong)}\n    hint: `{command} --help` says what can be given"
    click.echo(f"almanac: {message}", err=True)


def _meant(wrong: click.UsageError) -> str:
    """Return which choice was probably meant, where there is one to be made."""
    kind = wrong.param.type if isinstance(wrong, click.BadParameter) and wrong.param else None
    found = re.match(r"'(.+?)' is not one of", wrong.message)
    if not isinstance(kind, click.Choice) or not found:
        return ""
    from generator.errors import nearest

    guess = nearest(found[1], [str(choice) for choice in kind.choices])
    return f" {guess[0].upper()}{guess[1:]}" if guess else ""


@click.group(
    "almanac", cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, "-V", "--version", prog_name="almanac")
@click.option(
    "--log-format",
    type=click.Choice(("text", "json")),
    default="text",
    show_default=True,
    help="How problems are printed: for people, or a line of JSON for each.",
)
def main(log_format: str) -> None:  # read where something is printed
    """Build a static catalog site of AI models from plain files."""


def run() -> None:
    """Be the program: run a command. Memory is not searched meanwhile for what can be cleared, nor cleared at the end.

    The system takes it back at once; Python would spend more than a tenth of a build on that.
    """
    gc.disable()
    try:
        main()
    except SystemExit as done:
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):  # whoever read it has gone, or it was closed
                stream.flush()
        os._exit(done.code if isinstance(done.code, int) else int(done.code is not None))
