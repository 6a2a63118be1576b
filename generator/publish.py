"""How a whole site reaches the disk: made in a folder beside the published one, then put in its place in one exchange.

    lock -> clear what dead builds left -> new folder -> `write`, many times -> `publish` -> clear -> unlock

Until the exchange the published site is not touched, so any failure, signal or kill leaves it as it was; after it the
new one is whole. Where the system knows no exchange, two renames do it, and the next build heals what a kill between
them broke. Where the folder cannot be renamed (it is or holds a mount point, its parent is not ours to write, a
container's layer forbids it) the new files are moved into it one by one: a failure is undone, but after a kill old and
new files, each of them whole, may stand side by side until the next build.

Carried over: files with the same bytes stay the same files on the disk, times and all; what Almanac did not write is
linked into the new site. Whose a file is goes by the manifest and its path: a page of ours that was edited by hand is
written anew, or goes.

Given up: `fsync` of every file. A site can be built again; thousands of waits for the disk cannot be got back. The
manifest alone is forced to the disk, so that after a power cut the next build knows its own files and mends those that
differ. And whoever holds the folder itself open (a container that mounts it, a shell inside it) keeps seeing the old
site until it opens the folder again.
"""

# Strings and `os` where every file passes through: pathlib would take longer than the disk does.
# ruff: noqa: PTH101, PTH102, PTH104, PTH105, PTH108, PTH112, PTH114, PTH115, PTH116, PTH208, PTH211

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from errno import EBUSY, EXDEV
from functools import partial
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, Self

from msgspec import Struct

from generator.comparison import Plan, compare
from generator.errors import PublishError
from generator.exchange import Exchange, exchange_folders, is_fixed
from generator.fingerprint import still_holds
from generator.lock import lock
from generator.output import (
    MANIFEST,
    PRIVATE,
    UNCHANGED,
    Draft,
    Output,
    make_folder,
    manifest,
    read_manifest,
    read_note,
    reason,
    refuse,
    shown,
    write_file,
)

__all__ = ["Folder", "Published", "Staging"]

_Step = partial[None]


class Published(Struct, frozen=True, kw_only=True):
    """How many files a build wrote, left as they were and removed, and how many that are not its own it kept."""

    written: int
    unchanged: int
    removed: int
    kept: int


class Folder(Struct, frozen=True):
    """The place of a site on this machine; `remote.Remote` is one that is not."""

    path: Path

    def refuse(self, sources: Iterable[Path]) -> None:
        """Raise `UsageError` where it would be dangerous to publish."""
        refuse(self.path, sources)

    def note(self) -> dict[str, Any]:
        """Return what the build that made the site noted."""
        return read_note(self.path)

    def still_holds(self) -> int | None:
        """Return how many files of others stand there, if nobody has touched the site since it was built."""
        return still_holds(self.path)

    def staging(self, *, shared: bool) -> "Staging":  # noqa: ARG002  # whoever makes pages has to see the folder
        """Return a new site on its way there."""
        return Staging(self.path)


class Staging:
    """A new site on its way: the folder to write it into, and the one step that publishes it.

        with Staging(target) as staging:
            staging.write(output)
            staging.publish({output.path: digest(output.data)})

    Leaving the block without `publish` leaves the published site as it was, and nothing else behind.

    Args:
        target: The folder of the published site; it need not be there. A link is followed and stays.
        wait: For how many seconds to wait for another build into the same folder.
        exchange: The way to exchange two folders.
    """

    folder: Path
    """Where the files are to be written; other processes write there with `output.write`."""

    published: Path
    """The folder of the published site, links resolved; it need not be there."""

    def __init__(self, target: Path, *, wait: float = 60, exchange: Exchange = exchange_folders) -> None:
        self.published = Path(os.path.realpath(target))
        self._exchange = exchange
        self._wait = wait
        self._closing = ExitStack()
        self._is_fixed = is_fixed(self.published)
        beside = self.published.parent / f".{self.published.name}{PRIVATE}"
        inside = self.published / PRIVATE
        self._hidden = (inside, beside) if self._is_fixed else (beside, inside)
        self._aside = Path(f"{beside}-old")

    def __enter__(self) -> Self:
        hidden = self._hidden[0]
        with ExitStack() as closing, _told(f"cannot make a folder for the new site at {shown(hidden.parent)}"):
            hidden.parent.mkdir(parents=True, exist_ok=True)
            closing.enter_context(lock(Path(f"{hidden}-lock"), wait=self._wait))
            closing.callback(self._clear)
            self._clear()
            self.folder = Path(f"{hidden}-new-{token_hex(8)}")
            make_folder(str(self.folder))
            self._closing = closing.pop_all()
        self._draft = Draft(self.folder, self.published)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)

    def write(self, output: Output) -> None:
        """Write one new file of the site.

        Raises:
            PublishError: The path is unsafe or was written before, or the disk refused.
        """
        self._draft.write([output])

    def draft(self, inside: str) -> Draft:
        """Return where pages go: the folder, or one inside it, which is made."""
        if inside:
            make_folder(str(self.folder / inside))
        return Draft(self.folder / inside, self.published / inside)

    def publish(self, written: Mapping[str, str], note: Mapping[str, object] | None = None) -> Published:
        """Put the new site in place of the published one; when nothing differs, leave the published folder untouched.

        Args:
            written: The path and the digest of every file that was written into `folder`, by any process.
            note: What the next build is to be told.

        Raises:
            PublishError: Something was not written or cannot be put in place; the published site is as it was.
            UsageError: A file that is not ours stands where one of ours has to be.
        """
        with _told(f"cannot publish {shown(self.published)}"):
            before = read_manifest(self.published)
            plan = compare(str(self.folder), str(self.published), written, before or {})
            noted = read_note(self.published) == (note or {})
            if plan.fresh or plan.stale or before != dict(written) or not noted:
                self._put_in_place(plan, before or {}, written, note)
        return Published(
            written=len(plan.fresh), unchanged=len(plan.same), removed=len(plan.stale), kept=len(plan.foreign)
        )

    def _put_in_place(
        self, plan: Plan, before: Mapping[str, str], written: Mapping[str, str], note: Mapping[str, object] | None
    ) -> None:
        new, target = str(self.folder), str(self.published)
        if not self._is_fixed:
            try:
                _complete(new, target, plan, manifest(written, note))
                if self.published.is_dir():
                    self._exchange(self.folder, self.published, self._aside)
                else:
                    self.folder.rename(self.published)
            except OSError as error:
                if error.errno not in {EXDEV, EBUSY} or not self.published.is_dir():
                    raise
            else:
                return
        _move_files(new, target, plan, both=manifest({**before, **written}), after=manifest(written, note))

    def _clear(self) -> None:
        """Put back what stood aside when a build died between two renames, then remove what any build left."""
        if self._aside.is_dir() and not os.path.lexists(self.published):
            try:
                self._aside.rename(self.published)
            except OSError as error:
                raise PublishError(
                    f"the published site stands at {shown(self._aside)} and cannot be put back ({reason(error)}): "
                    f"rename it to {shown(self.published)}"
                ) from error
        for hidden in self._hidden:
            names: list[str] = []
            with suppress(OSError):  # not there, or not ours to look into
                names = os.listdir(hidden.parent)
            for name in names:
                if name.startswith(f"{hidden.name}-new-") or name == f"{hidden.name}-old":
                    _remove(f"{hidden.parent}/{name}")


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Turn what the system refuses into a sentence for the user."""
    try:
        yield
    except OSError as error:
        place = error.filename2 or error.filename
        at = f" at {shown(os.fsdecode(place))}" if isinstance(place, str | bytes) else ""
        raise PublishError(f"{what}: {reason(error)}{at}; {UNCHANGED}") from error


def _complete(new: str, target: str, plan: Plan, listed: bytes) -> None:
    """Make the new folder a whole site: what stays from the published one, and the manifest."""
    for path in plan.copied:
        _keep_file(f"{target}/{path}", f"{new}/{path}", f"{new}/{PRIVATE}-link")
    for path in plan.foreign_folders:
        os.mkdir(f"{new}/{path}")
    for path in plan.foreign:
        _keep_foreign(f"{target}/{path}", f"{new}/{path}")
    for path in reversed(plan.foreign_folders):
        _make_alike(f"{target}/{path}", f"{new}/{path}")
    write_file(f"{new}/{MANIFEST}", listed, durable=True)
    if os.path.isdir(target):
        _make_alike(target, new)
        os.utime(new)


def _keep_file(old: str, new: str, link: str) -> None:
    """Put the published file itself in the place of the new one with the same bytes, so that its time stays."""
    try:
        os.link(old, link)
    except OSError:  # no hard links here, or not to files of another user
        times = os.stat(old)
        os.utime(new, ns=(times.st_atime_ns, times.st_mtime_ns))
    else:
        os.unlink(new)  # or the rename would do nothing, were the two one file already
        os.rename(link, new)


def _keep_foreign(old: str, new: str) -> None:
    if os.path.islink(old):
        os.symlink(os.readlink(old), new, target_is_directory=os.path.isdir(old))
        return
    try:
        os.link(old, new)
    except FileExistsError:  # the file system takes two spellings for one name
        raise
    except OSError:
        shutil.copy2(old, new)


def _make_alike(old: str, new: str) -> None:
    """Give a folder the mode, the times and the owner of another."""
    shutil.copystat(old, new)
    one, other = os.stat(old), os.stat(new)
    if hasattr(os, "chown") and (one.st_uid, one.st_gid) != (other.st_uid, other.st_gid):
        with suppress(PermissionError):
            os.chown(new, one.st_uid, one.st_gid)


def _move_files(new: str, target: str, plan: Plan, *, both: bytes, after: bytes) -> None:
    """Bring a folder that cannot be exchanged up to date, file by file; when a step fails, undo those before it.

    While files are being moved the manifest names the old and the new ones, so that a build that is killed leaves none
    that the next build would take for somebody else's.
    """
    aside, listed = f"{new}/{PRIVATE}-aside", f"{target}/{MANIFEST}"
    os.mkdir(aside)
    write_file(f"{aside}/both", both, durable=True)
    write_file(f"{aside}/after", after, durable=True)
    restore = partial(os.unlink, listed)
    if os.path.lexists(listed):
        shutil.copy2(listed, f"{aside}/before")
        restore = partial(os.replace, f"{aside}/before", listed)
    lost: list[str] = []
    try:
        with ExitStack() as undoing:
            undoing.callback(_undo, restore, lost)
            os.replace(f"{aside}/both", listed)
            for step, undo in _steps(new, target, aside, plan):
                undoing.callback(_undo, undo, lost)  # before the step: a signal may come right after it
                step()
            os.replace(f"{aside}/after", listed)
            undoing.pop_all()
    except OSError as error:
        if lost:
            raise PublishError(
                f"cannot publish {shown(target)}: {reason(error)}; "
                f"and not everything could be put back ({lost[0]}): build again"
            ) from error
        raise


def _steps(new: str, target: str, aside: str, plan: Plan) -> Iterator[tuple[_Step, _Step]]:
    """Yield what is to be done to the published folder, one small step at a time, each with what undoes it."""
    for number, path in enumerate(plan.stale):
        yield _rename(f"{target}/{path}", f"{aside}/{number}")
    for path in plan.missing:
        yield partial(make_folder, f"{target}/{path}"), partial(os.rmdir, f"{target}/{path}")
    # After what needs room on the disk, because a full one could not undo it.
    for path in reversed(plan.emptied):
        yield partial(os.rmdir, f"{target}/{path}"), partial(make_folder, f"{target}/{path}")
    for number, path in enumerate(plan.fresh, start=len(plan.stale)):
        if path in plan.changed:
            old, kept = f"{target}/{path}", f"{aside}/{number}"
            yield partial(_keep_copy, old, kept), partial(os.replace, kept, old)
        yield _rename(f"{new}/{path}", f"{target}/{path}")


def _rename(old: str, new: str) -> tuple[_Step, _Step]:
    return partial(os.replace, old, new), partial(os.replace, new, old)


def _keep_copy(old: str, kept: str) -> None:
    try:
        os.link(old, kept)
    except OSError:  # no hard links here: the page is away for a moment
        os.rename(old, kept)


def _undo(step: _Step, lost: list[str]) -> None:
    try:
        step()
    except OSError as error:
        if not isinstance(error, FileNotFoundError | FileExistsError):  # those: the step had not been done
            lost.append(f"{shown(step.args[-1])}: {reason(error)}")


def _remove(folder: str) -> None:
    """Remove what an ended build left. What resists is left to the next build: nobody ever takes it for the site."""
    with suppress(OSError):
        try:
            shutil.rmtree(folder)
        except PermissionError:  # folders that are not ours may be read-only
            for inner, _, _ in os.walk(folder):
                os.chmod(inner, 0o700)
            shutil.rmtree(folder)
