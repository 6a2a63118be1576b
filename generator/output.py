"""Bytes and where they may go: one written file, the folder it may stand in, and the list of files a site is known by.

Nothing else in the program makes a file of the site: `write` is the one way, and it can only make a new file below the
folder that it is given, never outside of it and never twice at one path. `publish.Staging` puts the folder in place,
`remote.Upload` sends it to an object store.
"""

# Strings and `os` where every file passes through: pathlib would take longer than the disk does.
# ruff: noqa: PTH101, PTH102, PTH111, PTH121, PTH208

import json
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.errors import PublishError, UsageError, printable

if sys.platform != "win32":
    import pwd

__all__ = [
    "MANIFEST",
    "PRIVATE",
    "UNCHANGED",
    "Draft",
    "Output",
    "digest",
    "make_folder",
    "manifest",
    "parse_manifest",
    "parse_note",
    "read_manifest",
    "read_note",
    "read_plain",
    "reason",
    "refuse",
    "shown",
    "write",
    "write_file",
]

PRIVATE = ".almanac"
"""How the names at the root of a site begin that are the program's own; no output may have one."""

MANIFEST = ".almanac.json"
"""The file that makes a folder an Almanac site: the path and the digest of every file that was written."""

UNCHANGED = "the published site is unchanged"
"""What every failure before the exchange ends with."""

# A site has the same modes whatever the umask: a web server under another user has to read it.
_FOLDER_MODE = 0o755
_FILE_MODE = 0o644
_SCHEMA = 1
_UNSAFE = frozenset({"", ".", ".."})
_NEW_FILE = (
    os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
)  # O_EXCL: a second write of one path is an error by construction
_READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class Output(Struct, frozen=True):
    """A file of the site: its POSIX path inside the site, and its bytes."""

    path: str
    data: bytes


def digest(data: bytes) -> str:
    """Return the short hash by which the bytes of a file are known."""
    return blake2b(data, digest_size=16).hexdigest()


def write(folder: Path, output: Output, made: set[str], published: Path | None = None) -> None:
    """Write one new file below `folder`, with the folders it needs.

    Several processes may write into one folder at a time.

    Args:
        folder: The folder of the site that is being made.
        output: What to write.
        made: The folders that this process knows to be there; kept up to date by this function and first given empty.
        published: The folder of the published site. A file there with these bytes becomes the new one by a hard link:
            it keeps its time, and costs less than a new one. File systems are slow to make what they have just deleted.

    Raises:
        PublishError: The path is unsafe or was written before, or the disk refused.
    """
    path, root = output.path, os.fspath(folder)
    if (
        "\\" in path
        or ":" in path  # a drive, or a second stream of a file
        or not path.isprintable()
        or path.startswith(PRIVATE)
        or not _UNSAFE.isdisjoint(path.split("/"))
    ):
        raise PublishError(f"{shown(path)} is not a path inside a site; {UNCHANGED}")
    parent = path.rpartition("/")[0]
    place = f"{root}/{path}"
    try:
        if parent and parent not in made:
            _make_folders(root, parent, made)
        if published is None or not _link_published(f"{os.fspath(published)}/{path}", place, output.data):
            write_file(place, output.data)
    except FileExistsError:
        raise PublishError(f"{shown(path)} is the path of two pages or files; {UNCHANGED}") from None
    except NotADirectoryError:
        raise PublishError(f"{shown(path)} lies in a folder that is also the path of a file; {UNCHANGED}") from None
    except OSError as error:
        raise PublishError(f"cannot write {shown(path)}: {reason(error)}; {UNCHANGED}") from error


class Draft:
    """Where a process puts files that go into a site: a folder of this machine, or one that several share."""

    def __init__(self, folder: Path, published: Path | None = None) -> None:
        self.folder = folder.absolute()
        self.published = published.absolute() if published and published.is_dir() else None
        self.made: set[str] = set()

    def write(self, outputs: Iterable[Output]) -> None:
        """Write new files, each as `write` does."""
        for output in outputs:
            write(self.folder, output, self.made, self.published)

    def text(self, file: str) -> str:
        """Return a file that was made, by whatever process."""
        return (self.folder / file).read_text(encoding="utf-8")


def _link_published(old: str, new: str, data: bytes) -> bool:
    """Make the published file the new one too, if it is just so; return whether that was done."""
    if read_plain(old, stat.S_IFREG | _FILE_MODE) != data:
        return False
    try:
        os.link(old, new)
    except FileExistsError:
        raise
    except OSError:  # no hard links here, or not to files of another user
        return False
    return True


def read_plain(path: str, mode: int) -> bytes | None:
    """Return the bytes of a file of this type and mode; nothing for any other, a link or what cannot be read."""
    try:
        file = os.open(path, _READ)
        try:
            held = os.fstat(file)
            return os.read(file, held.st_size + 1) if held.st_mode == mode and stat.S_ISREG(mode) else None
        finally:
            os.close(file)
    except OSError:
        return None


def write_file(path: str, data: bytes, *, durable: bool = False) -> None:
    """Write one new file with the mode that all of them have.

    Args:
        path: Where; nothing may be there.
        data: What.
        durable: Whether to wait until the disk has it.
    """
    file = os.open(path, _NEW_FILE, _FILE_MODE)
    try:
        if stat.S_IMODE(os.fstat(file).st_mode) != _FILE_MODE and hasattr(os, "fchmod"):
            with suppress(PermissionError):  # FAT and its kin have no modes
                os.fchmod(file, _FILE_MODE)
        done = os.write(file, data)
        while done < len(data):  # more than the system takes at once
            done += os.write(file, data[done:])
        if durable:
            os.fsync(file)
    finally:
        os.close(file)


def _make_folders(root: str, parent: str, made: set[str]) -> None:
    """Make the folders of `parent` below `root`, and never `root` itself: a build whose folder is gone must end."""
    for folder in (*_ancestors(parent), parent):
        if folder in made:
            continue
        with suppress(FileExistsError):  # another process was first
            make_folder(f"{root}/{folder}")
        made.add(folder)


def make_folder(path: str) -> None:
    """Make one folder of the site, with the mode that all of them have."""
    os.mkdir(path, _FOLDER_MODE)
    with suppress(PermissionError):  # FAT and its kin have no modes
        os.chmod(path, _FOLDER_MODE)


def _ancestors(path: str) -> Iterator[str]:
    """Yield the folders that a path inside the site lies in, from the top down."""
    end = path.find("/")
    while end > 0:
        yield path[:end]
        end = path.find("/", end + 1)


def manifest(files: Mapping[str, str], note: Mapping[str, object] | None = None) -> bytes:
    """Return the bytes of the manifest of a site.

    Args:
        files: The path and the digest of each of its files.
        note: What the build wants to be told by the next one.
    """
    held = {"generator": "almanac", "schema": _SCHEMA, "files": files} | ({"note": note} if note else {})
    return (json.dumps(held, sort_keys=True) + "\n").encode()


def read_note(folder: Path) -> dict[str, Any]:
    """Return what the build that made a site noted; nothing where there is no site or its manifest is damaged."""
    try:
        return parse_note((folder / MANIFEST).read_bytes())
    except OSError:
        return {}


def parse_note(data: bytes) -> dict[str, Any]:
    """Return what is noted in a manifest; nothing in one that is damaged."""
    try:
        note = json.loads(data).get("note")
    except (ValueError, AttributeError, RecursionError):
        return {}
    return note if isinstance(note, dict) else {}


def read_manifest(folder: Path) -> dict[str, str] | None:
    """Return the path and the digest of every file that the last build wrote, or nothing where there was none.

    Raises:
        UsageError: The manifest is damaged or of a later version, so that nobody can say which files are ours.
    """
    try:
        return parse_manifest((folder / MANIFEST).read_bytes(), folder)
    except (FileNotFoundError, NotADirectoryError):
        return None


def parse_manifest(data: bytes, folder: Path | str) -> dict[str, str]:
    """Return the path and the digest of every file that the manifest of a folder names; raise as `read_manifest`."""
    place = f"{folder}/{MANIFEST}"
    try:
        schema, files = _listed(data)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise UsageError(
            f"{shown(place)} is damaged, so Almanac cannot tell its own files in {shown(folder)} from yours; "
            "delete that folder and build again"
        ) from error
    if schema > _SCHEMA:
        raise UsageError(f"{shown(place)} was written by a later Almanac; use that one, or another output folder")
    return files


def _listed(data: bytes) -> tuple[int, dict[str, str]]:
    held = json.loads(data)
    files = dict(held["files"].items())
    if not all(isinstance(hashed, str) for hashed in files.values()):
        raise TypeError
    return int(held["schema"]), files


def refuse(target: Path, sources: Iterable[Path]) -> None:
    """Refuse an output folder that it would be dangerous to replace; to be asked before anything else is done.

    Folders are compared by what they are on the disk, so that neither a link nor another spelling of a path helps.

    Args:
        target: The output folder as the user gave it; it need not be there.
        sources: The folders and files that the build reads: content, templates.

    Raises:
        UsageError: The folder is refused; says why.
    """
    place = Path(os.path.realpath(target))
    try:
        objection = next(_objections(place, sources), None)
    except OSError as error:
        objection = f"cannot be read ({reason(error)})"
    if objection:
        raise UsageError(f"the output folder {shown(target)} {objection}; choose a folder of its own, such as `site`")


def _objections(place: Path, sources: Iterable[Path]) -> Iterator[str]:
    if place.exists() and not place.is_dir():
        yield "is not a folder"
    if place.parent == place:
        yield "is the root of the file system"
    for what, folder in (*_places_of_the_user(), *(("source", source) for source in sources)):
        if _same(place, folder):
            yield f"is the {what} {shown(folder)}"
        if _holds(place, folder):
            yield f"holds the {what} {shown(folder)}"
        if what == "source" and _holds(folder, place):
            yield f"lies in the {what} {shown(folder)}"
    names = sorted(os.listdir(place)) if place.exists() else []
    visible = [name for name in names if not name.startswith(".")]
    if MANIFEST in names:
        read_manifest(place)
    elif visible:
        yield f"is not empty and was not made by Almanac (it holds {shown(visible[0])})"


def _places_of_the_user() -> Iterator[tuple[str, Path]]:
    yield "home folder", Path(os.path.expanduser("~"))
    if sys.platform != "win32":
        with suppress(KeyError):  # a user without an entry, as in many containers
            yield "home folder", Path(pwd.getpwuid(os.getuid()).pw_dir)
    yield "current folder", Path.cwd()


def _holds(outer: Path, inner: Path) -> bool:
    """Return whether `inner` is `outer` or lies in it."""
    real = Path(os.path.realpath(inner))
    return any(_same(outer, folder) for folder in (real, *real.parents))


def _same(one: Path, other: Path) -> bool:
    with suppress(OSError):  # one of them is not there
        return os.path.samefile(one, other)
    return os.path.realpath(one) == os.path.realpath(other)


def shown(path: str | Path) -> str:
    """Return a path as messages quote it."""
    return printable(f"`{path}`").replace("\n", "\\n")


def reason(error: Exception) -> str:
    """Return what the system says about a failure, in its own words."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
