"""`almanac serve`."""

import sys
from pathlib import Path
from threading import Event, Thread
from time import perf_counter
from typing import TYPE_CHECKING

import click

from generator.cli import options
from generator.cli.printing import failures, show

if TYPE_CHECKING:
    from generator.server import Live, Look

__all__ = ["command"]

_IDLE = 0.7
_TURN = 0.0005
"""Seconds after which a thread that looks at the facts lets another one go on, which has a page to show."""


@click.command("serve")
@options.source
@options.overlays
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port to listen at; the next free one when it is taken.",
)
@click.option("--open", "opened", is_flag=True, help="Open the home page in a browser.")
def command(source: Path, overlays: tuple[Path, ...], port: int, *, opened: bool) -> None:
    """Show the site of SOURCE (default: content) in a browser while its files are edited.

    Pages are made when they are asked for and show themselves anew when a file is saved. A fault is shown where it is,
    here and in the browser; the page as it last was stays within reach. Only this machine is answered.

    Ctrl+C ends it. Exit code 0: ended; 1: there is no such source; 2: wrong usage.
    """
    from generator.errors import UsageError
    from generator.server import Live, Server, look

    sys.setswitchinterval(_TURN)
    live = Live(source, overlays)
    with failures():
        if source.parts[:1] in (("https:",), ("http:",)):
            raise UsageError("what is behind an address cannot be edited; `almanac import` makes files of it")
        if not source.exists():
            raise UsageError(f"there is no file or folder {source.as_posix()}; `almanac new` makes a catalog")
        began, known = perf_counter(), live.watched()
        seen = look(known)
        live.load()
        seen = {**seen, **look([path for path in live.watched() if path not in known])}
        server = Server(live, port)
    _tell(live, perf_counter() - began)
    click.echo(f"Serving {source.as_posix()} at {server.url} (Ctrl+C ends it)")
    stop = Event()
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    if opened:
        click.launch(server.url)
    try:
        _follow(live, stop, seen)
    except KeyboardInterrupt:
        click.echo("", err=True)
    finally:
        stop.set()
        server.close()


def _follow(live: "Live", stop: Event, seen: "Look") -> None:
    """Take over changes as they come, and look at the facts when none have come for a while."""
    from generator.server import watch

    changed = Event()

    def examine() -> None:
        while not stop.is_set():
            changed.wait()
            changed.clear()
            while changed.wait(_IDLE):
                changed.clear()
            before = live.state.number
            live.examine()
            if live.state.number != before:
                show(live.state.problems)

    Thread(target=examine, daemon=True).start()
    changed.set()
    for paths in watch(live.watched(), stop, seen):
        began = perf_counter()
        live.changed(paths)
        _tell(live, perf_counter() - began)
        changed.set()


def _tell(live: "Live", seconds: float) -> None:
    state = live.state
    if state.problems:
        show(state.problems)
        click.echo("almanac: the last good pages are still served", err=True)
    elif state.site:
        click.echo(f"{len(state.site.pages):,} pages, read in {seconds:.2f} s")
