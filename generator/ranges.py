"""Pages in ranges -> files of a draft, by whatever executor there is: this process, others, a Dask cluster.

A task is `(first, last)`; it writes the pages and gives back paths, hashes and faults, never pages. What a process
needs to make any range is sent to it once. What comes back is put in order, so the result does not depend on who made
which. The process that asks makes ranges too, from the last on, as soon as it has nothing else to do.
"""

import multiprocessing
import os
import re
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from posixpath import dirname
from threading import Lock, Thread
from urllib.parse import urlsplit

from msgspec import Struct, field

from generator.errors import ContentError, Problem, PublishError, UsageError
from generator.links import Found, check, glance, resolve
from generator.output import UNCHANGED, Draft, Output, digest
from generator.processes import context, wanted
from generator.remote import Parcel
from generator.render import Renderer
from generator.site import Site
from generator.theme import Theme

__all__ = ["Done", "Progress", "Worker", "gather", "rendering"]

_CLUSTER = re.compile(r"dask://[^/]+:\d+")

RANGE = 20
"""Pages in a range: few, for who has made all others waits for those that have been handed out."""

ENDED = (
    "a process that made pages was ended, perhaps for want of memory: build again, with fewer --jobs if it happens "
    f"again; {UNCHANGED}"
)

FOLDERS = 50
"""Of how many folders the links are remembered: pages come folder by folder, and those of all would fill the memory."""

PATIENCE = 60.0
"""How many seconds a process waits to say which range it takes: longer than any other takes to say so, and lives."""

Progress = Callable[[int, int], None]
"""Is told how many of how many files are made."""


class Done(Struct, frozen=True):
    """What rendering a range came to."""

    first: int = 0
    """The number of its first page."""
    hashes: dict[str, str] = field(default_factory=dict)
    broken: tuple[str, ...] = ()
    """What at a glance leads to no page and to nothing beside them."""
    anchored: tuple[tuple[str, str, str], ...] = ()
    problems: tuple[tuple[str, Problem], ...] = ()
    """Each with the key of what the page shows."""


class Worker:
    """Renders, checks and writes ranges of pages."""

    def __init__(self, site: Site, theme: Theme, known: frozenset[str], draft: Draft | Parcel) -> None:
        self.site, self.theme, self.known, self.draft = site, theme, known, draft
        # At the end what the process that begins with the scripts' data has looked at for them.
        self.pages = sorted(site.pages, key=lambda page: page.is_own)
        self.root = urlsplit(site.settings.base_url).path if site.settings.base_url else "/"
        self.sound: defaultdict[str, set[bytes]] = defaultdict(set)
        """The links that need no second look, by folder."""
        self.renderer: Renderer | None = None

    def render(self, first: int, last: int) -> Done:
        """Make the pages of a range."""
        if self.renderer is None:
            self.renderer = Renderer(self.site, self.theme)
        hashes: dict[str, str] = {}
        broken: list[str] = []
        anchored: list[tuple[str, str, str]] = []
        problems: list[tuple[str, Problem]] = []
        made: list[Output] = []
        if len(self.sound) > FOLDERS:
            self.sound.clear()
        for page in self.pages[first:last]:
            try:
                for output in self.renderer.outputs(page):
                    made.append(output)
                    hashes[output.path] = digest(output.data)
                    sound = self.sound[dirname(output.path)]
                    found = glance(
                        output.path, output.data, self.known, self.root, sound, is_packaged=not self.theme.has_own
                    )
                    broken += found.broken
                    anchored += found.anchored
            except ContentError as error:
                problems += ((page.about, problem) for problem in error.problems)
        self.draft.write(made)
        return Done(first, hashes, tuple(broken), tuple(anchored), tuple(problems))

    def text(self, file: str) -> str:
        """Return a page that was made."""
        return self.draft.text(file)

    def knows(self, file: str, address: str) -> bool:
        """Return whether a link of a page leads to a file."""
        return (resolve(dirname(file), address, self.root)[0] or file) in self.known

    def check(self, file: str) -> Found:
        """Look at the links of a page that was made."""
        return check(file, self.text(file), self.known, self.root)


@contextmanager
def rendering(worker: Worker, jobs: int, executor: str | None = None) -> Iterator[Iterator[Done]]:
    """Render all pages, in other processes too where that pays; give an iterator over what each range came to.

    Args:
        worker: What makes a range.
        jobs: The number of processes; 0 chooses.
        executor: The address of a Dask cluster, `dask://HOST:PORT`, whose workers see the draft.
    """
    total = len(worker.site.pages)
    ranges = [(first, min(first + RANGE, total)) for first in range(0, total, RANGE)]
    processes = min(wanted(jobs, total), len(ranges))
    if executor is not None:
        worker.site.world.complete()
        with _cluster(executor, worker, ranges) as done:
            yield done
    elif processes < 2:
        yield (worker.render(first, last) for first, last in ranges)
    else:
        worker.site.world.complete()
        others = set(multiprocessing.active_children())
        ends = Ends(len(ranges))
        with _pool(processes - 1, worker, ends) as pool:
            try:
                asked = [pool.submit(_render, number, span) for number, span in enumerate(ranges)]
                yield _shared(worker, ranges, ends, asked)
                pool.shutdown(cancel_futures=True)  # of ranges that this process has made
            except BaseException as error:
                # The rest would fail too, each in its own time, and go on writing into a folder that is being removed.
                for child in set(multiprocessing.active_children()) - others:
                    child.terminate()
                pool.shutdown()
                if isinstance(error, BrokenProcessPool):
                    raise PublishError(ENDED) from error
                raise


class Ends:
    """How far the ranges are taken: by other processes from the first on, by the one that asks from the last.

    What was handed out is not cancelled for that: when a process is ended meanwhile, Python up to 3.12 waits for ever.
    """

    def __init__(self, total: int) -> None:
        self._taken = context().Array("q", [0, total])

    def take(self, number: int) -> bool:
        """Take a range that was handed out; return whether it was still there to be taken."""
        with self._locked():
            self._taken[0] = max(self._taken[0], number + 1)
            return number < int(self._taken[1])

    def take_last(self) -> int | None:
        """Take the last range that nobody has, and return its number."""
        with self._locked():
            if self._taken[1] <= self._taken[0]:
                return None
            number: int = self._taken[1] - 1
            self._taken[1] = number
            return number

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self._taken.get_lock()
        if not lock.acquire(timeout=PATIENCE):
            raise BrokenProcessPool("a process was ended while it took a range")
        try:
            yield
        finally:
            lock.release()


def _shared(
    worker: Worker, ranges: Sequence[tuple[int, int]], ends: Ends, asked: Sequence[Future[Done | None]]
) -> Iterator[Done]:
    """Yield what ranges came to, and make those that nobody has begun."""
    left = list(asked)
    while (number := ends.take_last()) is not None:
        if left.pop().done():  # nobody can have made it: there is no other process left
            asked[number].result()
        yield worker.render(*ranges[number])
    for future in left:
        done = future.result()
        if done is None:
            raise AssertionError("a range that this process took was left to others")
        yield done


def gather(parts: Iterable[Done], progress: Progress | None, total: int) -> Done:
    """Return what all ranges came to together."""
    hashes: dict[str, str] = {}
    broken: list[str] = []
    anchored: list[tuple[str, str, str]] = []
    problems: list[tuple[str, Problem]] = []
    for part in sorted(_counted(parts, progress, total), key=lambda part: part.first):
        hashes |= part.hashes
        broken += part.broken
        anchored += part.anchored
        problems += part.problems
    return Done(0, hashes, tuple(broken), tuple(anchored), tuple(problems))


def _counted(parts: Iterable[Done], progress: Progress | None, total: int) -> Iterator[Done]:
    made = 0
    for part in parts:
        made += len(part.hashes)
        if progress:
            progress(made, total)
        yield part


def _pool(processes: int, worker: Worker, ends: Ends) -> Executor:
    return ProcessPoolExecutor(processes, context(), _begin, (worker, ends))


@contextmanager
def _cluster(address: str, worker: Worker, ranges: list[tuple[int, int]]) -> Iterator[Iterator[Done]]:
    """Render on a Dask cluster. The worker goes to each of its processes once."""
    if not _CLUSTER.fullmatch(address):
        raise UsageError(f"`{address}` is not the address of a cluster: write dask://HOST:PORT")
    try:
        from distributed import Client  # noqa: PLC0415  # an extra, and slow to import
    except ImportError:
        raise UsageError("a Dask cluster needs more packages: pip install 'almanac-catalog[dask]'") from None
    try:
        client = Client(address.replace("dask://", "tcp://", 1), timeout="5s")
    except OSError:
        raise UsageError(f"no Dask scheduler answers at {address}") from None
    with client:
        snapshot = client.scatter(worker, broadcast=True)
        futures = [client.submit(_render_of, snapshot, first, last, pure=False) for first, last in ranges]
        yield (future.result() for future in futures)


def _render_of(worker: Worker, first: int, last: int) -> Done:
    with _one_at_a_time:
        return worker.render(first, last)


_one_at_a_time = Lock()
"""Workers of a cluster may have several threads, and a renderer serves one."""


_worker: Worker
"""The worker of this process.

Set once, where the process begins: sending it with each range would cost more than the pages.
"""
_ends: Ends
"""What this process and others have taken of the ranges, likewise."""


def _begin(worker: Worker, ends: Ends) -> None:
    global _worker, _ends  # see above
    _worker, _ends = worker, ends
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # ending in good order is for the process that began it all
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """End when the process that sends the ranges is gone, killed perhaps: else this one would wait for ever."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _render(number: int, span: tuple[int, int]) -> Done | None:
    return _worker.render(*span) if _ends.take(number) else None
