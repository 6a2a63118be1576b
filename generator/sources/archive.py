"""A tar archive in memory -> the place of each of its files, links followed inside the archive and nowhere else.

Nothing is unpacked to disk, so no name in an archive can lead anywhere. Given up: archives that do not fit in memory,
sparse files, and names that start with `.`, which no layout has.
"""

import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO

from msgspec import Struct

from generator.errors import ContentError, Problem

__all__ = ["CIRCLE", "FILES", "FOLDER", "MAX_MEMBERS", "NOTHING", "OUTSIDE", "SPECIAL", "Archive", "read_archive"]

MAX_MEMBERS = 250_000
MAX_LINKS = 40
"""As many links as Linux follows before it says that they lead in a circle."""

NOTHING = "is a link to nothing"
OUTSIDE = "is a link out of the tree"
CIRCLE = "is a link in a circle"
SPECIAL = "is not a regular file"
FOLDER = "is a folder, and is called like a file"
FILES = (".yaml", ".yml", ".toml", ".json", ".md", ".svg")
"""How the names of files end that layouts read."""

# A single folder at the top of an archive is its wrapping, unless layouts give a meaning to it.
_SECTIONS = frozenset({"authors", "labs", "models", "pages", "providers"})
_BLOCK = 512


class Member(Struct, frozen=True):
    """Where the bytes of a file stand in the unpacked archive."""

    start: int
    size: int


class _Link(Struct, frozen=True):
    """A symbolic link or, with `hard`, a second name counted from the top of the archive."""

    target: str
    hard: bool = False


class _Special:
    """A device, a pipe or a sparse file."""


_Folder = dict[str, "_Node"]
_Node = _Folder | Member | _Link | _Special


@dataclass(slots=True)
class Archive:
    """What an archive holds: its files by name, and name and reason of everything in it that cannot be read."""

    shown: str
    files: dict[str, Member] = field(default_factory=dict)
    broken: list[tuple[str, str]] = field(default_factory=list)
    seen: int = 0

    def visit(self, prefix: str, stack: tuple[_Folder, ...], open_folders: tuple[int, ...] = ()) -> None:
        """Take in the last folder of `stack`, its real path; `prefix` is the name by which it was reached."""
        folder = stack[-1]
        self.seen += len(folder)
        if self.seen > MAX_MEMBERS:
            raise _fault(self.shown, f"holds more than {MAX_MEMBERS:,} files and folders")
        inside = (*open_folders, id(folder))
        for part, entry in folder.items():
            name = prefix + part
            try:
                node, place = _resolve(entry, stack) if isinstance(entry, _Link) else (entry, stack)
            except LookupError as error:
                self.broken.append((name, str(error.args[0])))
                continue
            if isinstance(node, Member):
                self.files[name] = node
            elif not isinstance(node, dict):
                self.broken.append((name, SPECIAL))
            elif id(node) in inside:
                self.broken.append((name, CIRCLE))
            elif part.endswith(FILES):
                self.broken.append((name, FOLDER))
            else:
                self.visit(name + "/", place if place[-1] is node else (*place, node), inside)


def read_archive(data: bytes, shown: str) -> Archive:
    """Return what the tar file `data` holds; raise `ContentError`, naming it as `shown`, when it is damaged."""
    root: _Folder = {}
    for parts, node in _members(data, shown):
        _place(root, parts, node, shown)
    archive = Archive(shown)
    archive.visit("", _unwrapped(root))
    return archive


def _fault(shown: str, message: str, hint: str = "") -> ContentError:
    return ContentError([Problem(shown, message=message, hint=hint)])


def _unwrapped(root: _Folder) -> tuple[_Folder, ...]:
    if len(root) == 1:
        ((name, node),) = root.items()
        if isinstance(node, dict) and name not in _SECTIONS:
            return root, node
    return (root,)


def _members(data: bytes, shown: str) -> Iterator[tuple[tuple[str, ...], _Node]]:
    """Yield path and node of every member of a tar file, hidden ones left out."""
    try:
        with tarfile.open(fileobj=BytesIO(data), mode="r:") as archive:
            for count, member in enumerate(archive):
                if count >= MAX_MEMBERS:
                    raise _fault(shown, f"holds more than {MAX_MEMBERS:,} files and folders")
                parts = _parts(member.name, shown)
                if parts and not any(part[0] == "." for part in parts):
                    yield parts, _node(member)
            end = archive.offset
    except (tarfile.TarError, ValueError, OverflowError, RecursionError, EOFError, OSError) as error:
        raise _fault(shown, f"is not a whole tar file: {error}", "fetch it again") from None
    if data[end : end + _BLOCK] != bytes(_BLOCK):
        # tarfile takes a damaged header for the end, and would leave out the rest without a word.
        raise _fault(shown, f"is not a whole tar file: it breaks off at byte {end:,}", "fetch it again")


def _node(member: tarfile.TarInfo) -> _Node:
    if member.isdir():
        return {}
    if member.issym() or member.islnk():
        return _Link(member.linkname, hard=member.islnk())
    return Member(member.offset_data, member.size) if member.isreg() and not member.issparse() else _Special()


def _parts(name: str, shown: str) -> tuple[str, ...]:
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if name.startswith("/") or ".." in parts:
        raise _fault(shown, f"holds the name `{name}`, which leads out of it")
    return parts


def _place(root: _Folder, parts: tuple[str, ...], node: _Node, shown: str) -> None:
    here = root
    for part in parts[:-1]:
        below = here.setdefault(part, {})
        if not isinstance(below, dict):
            raise _fault(shown, f"holds `{'/'.join(parts)}` below something that is no folder")
        here = below
    if parts[-1] not in here:
        here[parts[-1]] = node
    elif not (isinstance(node, dict) and isinstance(here[parts[-1]], dict)):
        raise _fault(shown, f"holds `{'/'.join(parts)}` twice")


def _resolve(link: _Link, stack: tuple[_Folder, ...]) -> tuple[_Node, tuple[_Folder, ...]]:
    """Return what a link in the last folder of `stack` leads to, and the folders on the way to it.

    Raises:
        LookupError: with the reason, when it leads nowhere.
    """
    todo = _steps(link)
    here = [stack[0]] if link.hard else list(stack)
    hops = 1
    while todo:
        step = todo.pop()
        if step == "..":
            here.pop()
            if not here:
                raise LookupError(OUTSIDE)
            continue
        node = here[-1].get(step)
        if isinstance(node, dict):
            here.append(node)
        elif isinstance(node, _Link):
            hops += 1
            if hops > MAX_LINKS:
                raise LookupError(CIRCLE)
            here = [stack[0]] if node.hard else here
            todo += _steps(node)
        elif node is None or todo:
            raise LookupError(NOTHING)
        else:
            return node, tuple(here)
    return here[-1], tuple(here)


def _steps(link: _Link) -> list[str]:
    """Return the parts of a link's target, last one first."""
    if link.target.startswith("/"):
        raise LookupError(OUTSIDE)
    return [step for step in reversed(link.target.split("/")) if step not in ("", ".")]
