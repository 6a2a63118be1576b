"""What the published folder and the new one hold, compared: the plan of an update, made before anything is touched.

Whose a file is goes by its path and the manifest of the build before. Whether it is still what that build wrote goes by
its bytes and its mode, read anew each time: times and sizes would be cheaper, and can be wrong.
"""

import os
from collections.abc import Iterable, Mapping

from msgspec import Struct

from generator.errors import PublishError, UsageError
from generator.output import MANIFEST, PRIVATE, UNCHANGED, digest, read_plain, shown

__all__ = ["Plan", "compare", "refuse_to_overwrite"]


class Plan(Struct, frozen=True, kw_only=True):
    """What becomes of every file and folder. All paths are relative and sorted, a folder before what is in it."""

    fresh: tuple[str, ...]
    """Files of ours that are new, or differ from what is published."""
    changed: frozenset[str]
    """Those among them that are published in another form."""
    same: tuple[str, ...]
    """Files of ours that are published just so."""
    copied: tuple[str, ...]
    """Those among them that are two files on the disk so far, a published and a new one."""
    stale: tuple[str, ...]
    """Published files of ours that are no more."""
    emptied: tuple[str, ...]
    """Published folders in which nothing is left then."""
    missing: tuple[str, ...]
    """Folders of the new site that are not published yet."""
    foreign: tuple[str, ...]
    """Files, links and the like that Almanac did not write."""
    foreign_folders: tuple[str, ...]
    """Folders, none of the new site's, that hold such files, or that Almanac never wrote into."""


def compare(new: str, target: str, written: Mapping[str, str], before: Mapping[str, str]) -> Plan:
    """Return what becomes of everything in `target` when the site in `new` takes its place.

    Args:
        new: The folder with the new site.
        target: The published folder; it need not be there.
        written: The path and the digest of every file in `new`.
        before: The same, from the manifest of the published site.

    Raises:
        PublishError: The new folder does not hold what the build says it wrote.
        UsageError: A file that is not ours stands where one of ours has to be.
    """
    made = _contents(new)[1]
    _check_written(made.keys() ^ written.keys(), written)
    folders, files = _contents(target) if os.path.lexists(target) else (set(), {})
    wanted = _folders_of(written)
    foreign = files.keys() - before.keys()
    strange = folders - wanted - _folders_of(before)
    held = strange | _folders_of(strange) | _folders_of(foreign)
    refuse_to_overwrite(target, (foreign & (written.keys() | wanted)) | (held & written.keys()))
    # Asked of a file and not taken for granted, because some file systems have no modes.
    mode = os.lstat(f"{new}/{next(iter(written))}").st_mode if written else 0
    ours = files.keys() & before.keys()
    alike = [path for path in ours & written.keys() if before[path] == written[path]]
    linked = {path for path in alike if made[path] == files[path] and _is_one(f"{new}/{path}", f"{target}/{path}")}
    copied = {path for path in alike if path not in linked and _is_still(f"{target}/{path}", written[path], mode)}
    same = linked | copied
    return Plan(
        fresh=tuple(sorted(written.keys() - same)),
        changed=frozenset(ours & written.keys() - same),
        same=tuple(sorted(same)),
        copied=tuple(sorted(copied)),
        stale=tuple(sorted(ours - written.keys())),
        emptied=tuple(sorted(folders - wanted - held)),
        missing=tuple(sorted(wanted - folders)),
        foreign=tuple(sorted(foreign)),
        foreign_folders=tuple(sorted(held - wanted)),
    )


def _check_written(differing: set[str], written: Mapping[str, str]) -> None:
    if differing:
        path = min(differing)
        what = "listed but not written" if path in written else "written but not listed"
        raise PublishError(f"{shown(path)} was {what} in this build; {UNCHANGED}")


def _contents(root: str) -> tuple[set[str], dict[str, int]]:
    """Return the folders below `root`, and the number of everything else in it; links are not followed.

    Without what is Almanac's own. One number is one file, on one disk.
    """
    folders, files = set[str](), dict[str, int]()
    waiting = [""]
    while waiting:
        inside = waiting.pop()
        with os.scandir(f"{root}/{inside}") as entries:
            for entry in entries:
                path = inside + entry.name
                if path == MANIFEST or path.startswith(f"{PRIVATE}-"):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.add(path)
                    waiting.append(f"{path}/")
                else:
                    files[path] = entry.inode()
    return folders, files


def _folders_of(paths: Iterable[str]) -> set[str]:
    """Return every folder that any of the paths lies in."""
    folders = set[str]()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def refuse_to_overwrite(target: str, paths: Iterable[str]) -> None:
    """Raise `UsageError` if there are files that are not ours where ours have to be."""
    places = [shown(f"{target}/{path}") for path in sorted(paths)]
    if places:
        more = f" and {len(places) - 5} more" if len(places) > 5 else ""
        raise UsageError(
            f"{', '.join(places[:5])}{more}: not written by Almanac, and in the place of a page; "
            "move it out of the output folder"
        )


def _is_one(path: str, other: str) -> bool:
    """Return whether the two are one file; equal numbers alone can be chance where several disks look like one."""
    return os.path.samestat(os.lstat(path), os.lstat(other))


def _is_still(path: str, hashed: str, mode: int) -> bool:
    """Return whether a published file really has that mode and those bytes."""
    data = read_plain(path, mode)
    return data is not None and digest(data) == hashed
