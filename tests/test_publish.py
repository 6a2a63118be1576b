"""How a site is published: what is kept, what goes, and that no failure, kill or second build leaves half a site."""

import errno
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from generator import comparison, publish
from generator.cli import terminable
from generator.errors import PublishError, UsageError
from generator.exchange import Exchange, exchange_folders, two_renames
from generator.output import Output, digest, manifest, write
from generator.publish import Published, Staging
from tests.hostile.trees import BASES

ROOT = Path(__file__).resolve().parent.parent
UNCHANGED = "the published site is unchanged"

Files = Mapping[str, bytes]
Tree = dict[str, tuple[str, int, bytes]]

OLD: Files = {
    "index.html": b"old index",
    "about.html": b"about",
    "assets/style.css": b"style",
    "models/a.html": b"a",
    "models/gone.html": b"gone",
    "authors/x/index.html": b"x",
    "authors/x/models/y.html": b"y",
}
NEW: Files = {
    "index.html": b"new index",
    "about.html": b"about",
    "assets/style.css": b"style",
    "assets/script.js": b"script",
    "models/a.html": b"a, changed",
    "models/b/index.html": b"b",
    "authors": b"a file where a folder was",
}


def no_exchange(_new: Path, target: Path, _aside: Path) -> None:
    """Refuse as a container's layer does, where no folder of an image can be renamed."""
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV), str(target))


WAYS: Mapping[str, Exchange] = {
    "exchange": exchange_folders,
    "two renames": two_renames,
    "file by file": no_exchange,
}
every_way = pytest.mark.parametrize("way", WAYS)


def build(
    target: Path, files: Files, way: str = "exchange", *, wrap: Callable[[Exchange], Exchange] = lambda e: e
) -> Published:
    with Staging(target, wait=20, exchange=wrap(WAYS[way])) as staging:
        for path, data in files.items():
            staging.write(Output(path, data))
        return staging.publish({path: digest(data) for path, data in files.items()})


def listed(files: Files) -> bytes:
    return manifest({path: digest(data) for path, data in files.items()})


def tree(root: Path) -> Tree:
    """Return everything below a folder: what it is, its mode, its bytes or where it leads."""
    found: Tree = {}
    for place in root.rglob("*"):
        mode = stat.S_IMODE(place.lstat().st_mode)
        if place.is_symlink():
            held = ("link", 0, os.fsencode(place.readlink()))
        elif place.is_dir():
            held = ("folder", mode, b"")
        else:
            held = ("file", mode, place.read_bytes() if place.is_file() else b"")
        found[place.relative_to(root).as_posix()] = held
    return found


def marks(root: Path) -> dict[Path, tuple[int, ...]]:
    """Return by what a file shows that somebody wrote it, its folder or its name."""
    states = {place: place.lstat() for place in (root, *root.rglob("*"))}
    return {place: (state.st_ino, state.st_mode, state.st_mtime_ns) for place, state in states.items()}


def site(files: Files, foreign: Tree | None = None) -> Tree:
    """Return the tree that a published site has."""
    expected: Tree = {path: ("file", 0o644, data) for path, data in files.items()}
    expected |= {str(above): ("folder", 0o755, b"") for path in files for above in list(Path(path).parents)[:-1]}
    return expected | {".almanac.json": ("file", 0o644, listed(files))} | (foreign or {})


def put_foreign_files(target: Path) -> Tree:
    """Put into a site what Almanac did not write, and return what must be there after any build."""
    (target / ".gitignore").write_bytes(b"*\n")
    (target / "CNAME").write_bytes(b"example.org\n")
    (target / "models" / "notes").mkdir()
    (target / "models" / "notes" / "mine.txt").write_bytes(b"mine")
    (target / "models" / "notes").chmod(0o750)
    (target / "models" / "notes" / "mine.txt").chmod(0o600)
    (target / "empty").mkdir(mode=0o700)
    (target / "dangling").symlink_to("../nowhere")
    (target / "folder-link").symlink_to("models/notes")
    return {
        ".gitignore": ("file", 0o644, b"*\n"),
        "CNAME": ("file", 0o644, b"example.org\n"),
        "models": ("folder", 0o755, b""),
        "models/notes": ("folder", 0o750, b""),
        "models/notes/mine.txt": ("file", 0o600, b"mine"),
        "empty": ("folder", 0o700, b""),
        "dangling": ("link", 0, b"../nowhere"),
        "folder-link": ("link", 0, b"models/notes"),
    }


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the files that tests make have the usual modes on every machine, and wait for no disk."""
    monkeypatch.setattr(os, "fsync", do_nothing)
    before = os.umask(0o022)
    yield
    os.umask(before)


def do_nothing(_file: int) -> None:
    pass


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return the place of a site in a folder of its own, so that anything beside it is rubbish."""
    return tmp_path / "site"


def beside(target: Path) -> list[str]:
    return sorted(place.name for place in target.parent.iterdir())


# What a build does ---------------------------------------------------------------------------------------------------


@every_way
def test_the_first_build_publishes_everything(way: str, target: Path) -> None:
    assert build(target, OLD, way) == Published(written=7, unchanged=0, removed=0, kept=0)
    assert tree(target) == site(OLD)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755
    assert beside(target) == ["site"]


@every_way
def test_the_next_build_writes_what_differs_and_removes_what_is_stale(way: str, target: Path) -> None:
    build(target, OLD, way)
    assert build(target, NEW, way) == Published(written=5, unchanged=2, removed=3, kept=0)
    assert tree(target) == site(NEW)
    assert build(target, OLD, way) == Published(written=5, unchanged=2, removed=3, kept=0)
    assert tree(target) == site(OLD)
    assert beside(target) == ["site"]


@every_way
def test_what_almanac_did_not_write_is_kept(way: str, target: Path) -> None:
    build(target, OLD, way)
    foreign = put_foreign_files(target)
    assert build(target, NEW, way) == Published(written=5, unchanged=2, removed=3, kept=5)
    assert tree(target) == site(NEW, foreign)
    assert build(target, {"index.html": b""}, way) == Published(written=1, unchanged=0, removed=6, kept=5)
    assert tree(target) == site({"index.html": b""}, foreign)
    assert beside(target) == ["site"]


@pytest.mark.parametrize("told", [True, False], ids=["linked when written", "linked when published"])
@every_way
def test_unchanged_files_stay_the_same_files(told: bool, way: str, target: Path) -> None:
    build(target, OLD, way)
    for path in OLD:
        os.utime(target / path, ns=(1_000_000_007, 2_000_000_011))
    os.utime(target, ns=(1_000_000_007, 2_000_000_011))
    before = {path: (target / path).stat() for path in OLD}
    with Staging(target, exchange=WAYS[way]) as staging:
        for path, data in NEW.items():
            write(staging.folder, Output(path, data), set(), staging.published if told else None)
        staging.publish({path: digest(data) for path, data in NEW.items()})
    assert target.stat().st_mtime_ns > 2_000_000_011
    after = {path: (target / path).stat() for path in NEW}
    same = {path for path in before.keys() & after.keys() if os.path.samestat(before[path], after[path])}
    assert same == {"about.html", "assets/style.css"}
    assert all(after[path].st_mtime_ns == 2_000_000_011 and after[path].st_nlink == 1 for path in same)
    assert all(after[path].st_mtime_ns > 2_000_000_011 for path in NEW.keys() - same)


@every_way
def test_where_nothing_differs_the_published_folder_is_not_touched(way: str, target: Path) -> None:
    build(target, OLD, way)
    foreign = put_foreign_files(target)
    before = marks(target)
    assert build(target, OLD, way) == Published(written=0, unchanged=7, removed=0, kept=5)
    assert marks(target) == before
    assert tree(target) == site(OLD, foreign)


@every_way
def test_an_empty_folder_is_kept_where_nothing_else_is_left(way: str, target: Path) -> None:
    build(target, OLD, way)
    (target / "authors" / "mine" / "deep").mkdir(parents=True)
    assert build(target, {"index.html": b""}, way) == Published(written=1, unchanged=0, removed=6, kept=0)
    expected = {f"authors{below}": ("folder", 0o755, b"") for below in ("", "/mine", "/mine/deep")}
    assert tree(target) == site({"index.html": b""}, expected)
    assert build(target, {"index.html": b""}, way).written == 0


def drop_digest(target: Path) -> None:
    (target / ".almanac.json").write_bytes(listed({**OLD, "about.html": b"other"}))


def link_away(target: Path) -> None:
    (target / "about.html").rename(target.parent / "elsewhere")
    (target / "about.html").symlink_to("../elsewhere")


@every_way
@pytest.mark.parametrize(
    "edit",
    [
        lambda target: (target / "about.html").write_bytes(b"aboot"),  # the size is the same
        lambda target: (target / "about.html").write_bytes(b"much longer than before"),
        lambda target: (target / "about.html").unlink(),
        lambda target: (target / "about.html").chmod(0o600),
        link_away,
        drop_digest,
    ],
    ids=["bytes", "size", "missing", "mode", "link", "digest in the manifest"],
)
def test_a_published_file_that_somebody_edited_is_put_right(
    edit: Callable[[Path], None], way: str, target: Path
) -> None:
    build(target, OLD, way)
    times = (target / "about.html").stat()
    edit(target)
    if (target / "about.html").is_file():
        os.utime(target / "about.html", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert build(target, OLD, way) == Published(written=1, unchanged=6, removed=0, kept=0)
    assert tree(target) == site(OLD)
    assert build(target, OLD, way).written == 0


@every_way
def test_a_folder_with_hidden_files_only_becomes_a_site_that_keeps_them(way: str, target: Path) -> None:
    target.mkdir()
    (target / ".gitignore").write_bytes(b"*\n!.gitignore\n")
    target.chmod(0o2750)
    assert build(target, OLD, way) == Published(written=7, unchanged=0, removed=0, kept=1)
    assert tree(target) == site(OLD, {".gitignore": ("file", 0o644, b"*\n!.gitignore\n")})
    assert stat.S_IMODE(target.stat().st_mode) == 0o2750


@pytest.mark.parametrize(
    ("place", "kind"),
    [
        ("contact.html", "file"),
        ("contact.html", "folder"),
        ("contact.html", "link"),
        ("models/new", "file"),
        ("models/new", "link"),
        ("models/new/deep/index.html", "folder"),
    ],
)
@every_way
def test_a_foreign_file_in_the_place_of_a_page_is_refused(place: str, kind: str, way: str, target: Path) -> None:
    build(target, OLD, way)
    there = target / place
    there.parent.mkdir(parents=True, exist_ok=True)
    if kind == "file":
        there.write_bytes(b"mine")
    elif kind == "folder":
        there.mkdir()
        (there / "mine.txt").write_bytes(b"mine")
    else:
        there.symlink_to(target.parent)
    before = tree(target)
    with pytest.raises(UsageError) as caught:
        build(target, {**NEW, "contact.html": b"contact", "models/new/deep/index.html": b"new"}, way)
    expected = f"`{there}`: not written by Almanac, and in the place of a page; move it out of the output folder"
    assert str(caught.value) == expected
    assert tree(target) == before
    assert beside(target) == ["site"]


def test_the_first_of_many_foreign_files_are_named(target: Path) -> None:
    target.mkdir()
    for number in range(7):
        (target / f"{number}.html").touch()
    with pytest.raises(UsageError) as caught:
        build(target, {f"{number}.html": b"" for number in range(9)})
    assert str(caught.value) == (
        ", ".join(f"`{target}/{number}.html`" for number in range(5))
        + " and 2 more: not written by Almanac, and in the place of a page; move it out of the output folder"
    )


@every_way
def test_a_page_that_became_somebody_elses_folder_is_not_removed(way: str, target: Path) -> None:
    build(target, OLD, way)
    (target / "models" / "gone.html").unlink()
    (target / "models" / "gone.html").mkdir()
    (target / "models" / "gone.html" / "mine.txt").write_bytes(b"mine")
    assert build(target, NEW, way) == Published(written=5, unchanged=2, removed=2, kept=1)
    assert (target / "models" / "gone.html" / "mine.txt").read_bytes() == b"mine"


@every_way
def test_the_umask_makes_no_difference(way: str, target: Path) -> None:
    before = os.umask(0o077)
    try:
        build(target, OLD, way)
        build(target, NEW, way)
    finally:
        os.umask(before)
    assert tree(target) == site(NEW)
    assert stat.S_IMODE(target.stat().st_mode) == 0o755


@pytest.mark.skipif(os.getuid() != 0, reason="nobody else can give files away")
def test_folders_keep_their_owners(target: Path) -> None:
    build(target, OLD)
    put_foreign_files(target)
    for place, owner in ((target, 1001), (target / "empty", 1002)):
        os.chown(place, owner, owner + 10)
    build(target, NEW)
    owners = [(place.stat().st_uid, place.stat().st_gid) for place in (target, target / "empty")]
    assert owners == [(1001, 1011), (1002, 1012)]


def test_two_spellings_of_one_name_are_not_taken_for_two_files(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    # As where the case of letters makes no difference: somebody's INDEX.HTML, and our index.html.
    system = os.link

    def link(old: str, new: str) -> None:
        if new.endswith("INDEX.HTML"):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), old, None, new)
        system(old, new)

    build(target, OLD)
    (target / "INDEX.HTML").write_bytes(b"mine")
    before = tree(target)
    monkeypatch.setattr(os, "link", link)
    with pytest.raises(PublishError) as caught:
        build(target, NEW)
    assert str(caught.value).startswith(
        f"cannot publish `{target}`: File exists at `{target.parent}/.site.almanac-new-"
    )
    assert str(caught.value).endswith(f"/INDEX.HTML`; {UNCHANGED}")
    assert tree(target) == before


@every_way
def test_a_link_to_the_site_stays_a_link(way: str, target: Path) -> None:
    real = target.parent / "disk" / "real"
    real.parent.mkdir()
    target.symlink_to("disk/real")
    build(target, OLD, way)
    build(target, NEW, way)
    assert (target.is_symlink(), tree(real), beside(real)) == (True, site(NEW), ["real"])


@every_way
def test_the_manifest_is_on_the_disk_before_the_site_is_in_place(
    way: str, monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    build(target, OLD)
    forced: list[int] = []

    def fsync(file: int) -> None:
        forced.append(os.fstat(file).st_size)
        assert (target / "index.html").read_bytes() == b"old index"

    monkeypatch.setattr(os, "fsync", fsync)
    build(target, NEW, way)
    assert forced[-1] == len(listed(NEW))


def test_missing_parents_are_made(tmp_path: Path) -> None:
    build(tmp_path / "out" / "deep" / "site", OLD)
    assert tree(tmp_path / "out" / "deep" / "site") == site(OLD)


def test_a_site_without_files_is_a_site(target: Path) -> None:
    build(target, OLD)
    assert build(target, {}) == Published(written=0, unchanged=0, removed=7, kept=0)
    assert tree(target) == site({})


def test_where_there_are_no_hard_links_files_are_copied_and_keep_their_times(
    monkeypatch: pytest.MonkeyPatch, target: Path
) -> None:
    def refused(*_paths: str) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    foreign = prepare(target)
    for way in WAYS:
        build(target, OLD, way)
        for path in ("about.html", "CNAME"):
            os.utime(target / path, ns=(1_000_000_007, 2_000_000_011))
        with monkeypatch.context() as patched:
            patched.setattr(os, "link", refused)
            assert build(target, NEW, way) == Published(written=5, unchanged=2, removed=3, kept=5)
        assert tree(target) == site(NEW, foreign)
        assert [(target / path).stat().st_mtime_ns for path in ("about.html", "CNAME")] == [2_000_000_011] * 2


@pytest.mark.parametrize(
    ("files", "written", "message"),
    [
        (["a", "b"], ["a"], "`b` was written but not listed in this build"),
        (["a"], ["a", "b"], "`b` was listed but not written in this build"),
    ],
)
def test_only_what_was_written_is_published(files: list[str], written: list[str], message: str, target: Path) -> None:
    build(target, OLD)

    def publish_another_list() -> None:
        with Staging(target) as staging:
            for path in files:
                staging.write(Output(path, b""))
            staging.publish(dict.fromkeys(written, digest(b"")))

    with pytest.raises(PublishError) as caught:
        publish_another_list()
    assert str(caught.value) == f"{message}; {UNCHANGED}"
    assert tree(target) == site(OLD)


def test_equal_numbers_of_files_on_different_disks_are_chance(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    build(target, OLD)
    with monkeypatch.context() as patched:
        patched.setattr(comparison, "_is_one", lambda *_paths: False)
        assert build(target, OLD) == Published(written=0, unchanged=7, removed=0, kept=0)
        (target / "about.html").write_bytes(b"aboot")
        assert build(target, OLD) == Published(written=1, unchanged=6, removed=0, kept=0)
    assert tree(target) == site(OLD)


# What an ended build leaves ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, ValueError, GeneratorExit])
@every_way
def test_whatever_ends_a_build_the_site_stays_and_nothing_else(
    error: type[BaseException], way: str, target: Path
) -> None:
    build(target, OLD)
    before = marks(target)

    def end_before_publishing() -> None:
        with Staging(target, exchange=WAYS[way]) as staging:
            for path, data in NEW.items():
                staging.write(Output(path, data))
            raise error

    with pytest.raises(error):
        end_before_publishing()
    assert marks(target) == before
    assert beside(target) == ["site"]


def test_a_block_without_publish_leaves_nothing(target: Path) -> None:
    with Staging(target) as staging:
        staging.write(Output("a", b""))
        assert len(beside(target)) == 2  # the lock and the new folder
    assert beside(target) == []


def test_leftovers_of_dead_builds_are_cleared_and_nothing_else_is(target: Path) -> None:
    build(target, OLD)
    (target.parent / ".site.almanac-new-0123" / "models").mkdir(parents=True)
    (target.parent / ".site.almanac-old" / "models").mkdir(parents=True)
    (target.parent / ".site.almanac-old" / "models").chmod(0o500)
    (target / ".almanac-new-4567").mkdir()
    (target.parent / ".site.almanac-lock").write_bytes(b"1")
    (target.parent / ".other.almanac-new-0123").mkdir()
    (target.parent / ".site.almanac-new-file").touch()  # no build makes a file of that name
    build(target, OLD)
    assert beside(target) == [".other.almanac-new-0123", ".site.almanac-new-file", "site"]
    assert tree(target) == site(OLD)


def test_read_only_folders_of_an_old_site_are_removed(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    # Root may write everywhere, so the system's refusal is played.
    system = os.rmdir

    def careful(path: str, *, dir_fd: int | None = None) -> None:
        if not os.stat(path, dir_fd=dir_fd).st_mode & stat.S_IWUSR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        system(path, dir_fd=dir_fd)

    build(target, OLD)
    (target / "mine").mkdir()
    (target / "mine").chmod(0o555)
    monkeypatch.setattr(os, "rmdir", careful)
    build(target, NEW)
    assert beside(target) == ["site"]
    assert stat.S_IMODE((target / "mine").stat().st_mode) == 0o555


def test_a_site_that_a_kill_left_aside_is_put_back(target: Path) -> None:
    build(target, OLD)
    foreign = put_foreign_files(target)
    target.rename(target.parent / ".site.almanac-old")
    with Staging(target):
        assert tree(target) == site(OLD, foreign)
    assert beside(target) == ["site"]


def test_a_site_that_cannot_be_put_back_is_told(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    aside = target.parent / ".site.almanac-old"
    aside.mkdir()

    def refused(*_paths: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(PublishError) as caught, Staging(target):
        pytest.fail("no build may start here")
    expected = (
        f"the published site stands at `{aside}` and cannot be put back (Input/output error): rename it to `{target}`"
    )
    assert str(caught.value) == expected
    assert beside(target) == [".site.almanac-old"]


# Whatever fails, and at every step -----------------------------------------------------------------------------------

CHANGING = ("write", "mkdir", "rename", "replace", "link", "symlink", "unlink", "rmdir", "chmod", "utime")
STEPS = (*CHANGING, "fsync", "ftruncate", *(["sendfile"] if hasattr(os, "sendfile") else []))
MAKING = {"open", "write", "mkdir", "link", "symlink", "ftruncate", "sendfile"}
"""The steps that a full disk refuses."""


class Saboteur:
    """Counts the steps that change the disk, and ends the process before one of them."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.count = 0
        self.failed = 0

    def before(self, name: str) -> None:
        self.count += 1
        if self.hits(name):
            self.failed = self.failed or self.count
            self.act()

    def hits(self, _name: str) -> bool:
        return self.count == self.number

    def act(self) -> None:
        os._exit(9)

    def wrap(self, exchange: Exchange) -> Exchange:
        def wrapped(new: Path, target: Path, aside: Path) -> None:
            self.before("exchange")
            exchange(new, target, aside)

        return wrapped

    def install(self, replace: Callable[..., None]) -> None:
        def counted(name: str, system: Callable[..., object]) -> Callable[..., object]:
            def call(*args: object, **options: object) -> object:
                self.before(name)
                return system(*args, **options)

            return call

        def opened(path: str, flags: int, *args: int, system: Callable[..., int] = os.open, **options: int) -> int:
            if flags & os.O_CREAT:
                self.before("open")
            return system(path, flags, *args, **options)

        def opened_as_file(path: str, mode: str = "r", system: Callable[..., object] = open) -> object:
            if mode != "rb":
                self.before("open")
            return system(path, mode)

        for name in STEPS:
            replace(os, name, counted(name, getattr(os, name)))
        replace(os, "open", opened)
        replace(shutil, "open", opened_as_file)


def prepare(target: Path) -> Tree:
    """Publish the old site with foreign files in it, and return those."""
    build(target, OLD)
    return put_foreign_files(target)


def link_tree(source: Path, target: Path) -> Path:
    """Make another site of the same files, which is quicker than to build it."""
    shutil.copytree(source, target, symlinks=True, copy_function=os.link)
    return target


class Ending(Saboteur):
    """Ends the process before one step as a system does that is shut down."""

    def act(self) -> None:
        os.kill(os.getpid(), signal.SIGTERM)


def end_everywhere(folder: Path, way: str, kind: type[Saboteur]) -> None:
    """End a build before its first step, the next before its second, and so on; leave what each of them left.

    Run in a process of its own with one thread, which may fork.
    """
    prepare(folder / "000" / "site")
    for number in count(1):
        target = link_tree(folder / "000" / "site", folder / f"{number:03}" / "site")
        child = os.fork()
        if not child:
            saboteur = kind(number)
            saboteur.install(setattr)
            try:
                with terminable():
                    build(target, NEW, way, wrap=saboteur.wrap)
            except SystemExit as end:
                os._exit(int(str(end)))
            os._exit(0)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if code == 0:
            break
        assert code == {Saboteur: 9, Ending: 143}[kind]


def run(code: str, *args: object, pipes: int | None = None) -> "subprocess.Popen[str]":
    """Start a process that runs code with the names of this file."""
    names = "import sys; from test_publish import *; os.fsync = do_nothing"
    command = [sys.executable, "-c", f"{names}; {code}", *map(str, args)]
    paths = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths}, text=True, stdin=pipes, stdout=pipes)


AUDITED = {"replace": "os.rename", "unlink": "os.remove", "ftruncate": "os.truncate"}
UNAUDITED = {"write", "fsync", "exchange", "sendfile"}


def compare_counts(folder: Path, way: str) -> None:
    """Let the interpreter's audit hook count too. In a process of its own: such a hook stays."""
    counted, audited = Counter[str](), Counter[str]()
    saboteur = Saboteur(-1)
    saboteur.before = lambda name: counted.update([AUDITED.get(name, name if name == "open" else f"os.{name}")])  # type: ignore[method-assign]  # to count alone

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        opens = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_CREAT | os.O_WRONLY)
        if opens or (event.startswith("os.") and event not in {"os.listdir", "os.scandir", "os.listxattr"}):
            audited[event] += 1

    prepare(folder / "site")
    saboteur.install(setattr)
    sys.addaudithook(hook)
    build(folder / "site", NEW, way, wrap=saboteur.wrap)
    for name in UNAUDITED:
        del counted[f"os.{name}"]
    assert counted == audited
    assert sum(counted.values()) > 30


@every_way
def test_every_change_that_the_interpreter_knows_of_is_a_step(way: str, tmp_path: Path) -> None:
    with run("compare_counts(Path(sys.argv[1]), sys.argv[2])", tmp_path, way) as counting:
        assert counting.wait(timeout=60) == 0


@every_way
def test_after_a_kill_at_any_step_the_site_is_whole_and_the_next_build_heals(way: str, tmp_path: Path) -> None:
    with run("end_everywhere(Path(sys.argv[1]), sys.argv[2], Saboteur)", tmp_path, way) as killing:
        assert killing.wait(timeout=60) == 0
    targets = [folder / "site" for folder in sorted(tmp_path.iterdir())]
    assert len(targets) > 30
    foreign = prepare(tmp_path / "foreign" / "site")
    old, new = site(OLD, foreign), site(NEW, foreign)
    seen = set()
    for target in targets:
        left = tree(target)
        if way == "file by file":
            assert all(left[path] in (old.get(path), new.get(path)) for path in left if not path.startswith(".almanac"))
            assert left.keys() >= {path for path in old.keys() & new.keys() if old[path][0] == new[path][0]}
        elif way == "two renames" and not target.exists():
            assert tree(target.parent / ".site.almanac-old") == old
            seen.add("aside")
        else:
            assert left in (old, new)
            seen.add("old" if left == old else "new")
        build(target, NEW, way)
        assert tree(target) == new
        assert beside(target) == ["site"]
    assert seen == {"exchange": {"old", "new"}, "two renames": {"old", "aside", "new"}, "file by file": set()}[way]


@every_way
def test_after_sigterm_at_any_step_the_site_is_the_old_or_the_new_one(way: str, tmp_path: Path) -> None:
    with run("end_everywhere(Path(sys.argv[1]), sys.argv[2], Ending)", tmp_path, way) as ending:
        assert ending.wait(timeout=60) == 0
    targets = [folder / "site" for folder in sorted(tmp_path.iterdir())]
    assert len(targets) > 30
    foreign = prepare(tmp_path / "foreign" / "site")
    old, new = site(OLD, foreign), site(NEW, foreign)
    seen = set()
    for target in targets:
        left = tree(target)
        seen.add("old" if left == old else "new" if left == new else "neither")
        if beside(target) != ["site"]:
            assert left == new  # it was on its way out, clearing away
            seen.add("rubbish")
        build(target, NEW, way)
        assert (tree(target), beside(target)) == (new, ["site"])
    assert seen == {"old", "new", "rubbish"}


class OneFault(Saboteur):
    """Lets one step fail, and only that."""

    code = errno.EIO

    def act(self) -> None:
        raise OSError(self.code, os.strerror(self.code))


class FullDisk(OneFault):
    """Lets every step fail that needs room on the disk, from one on."""

    code = errno.ENOSPC

    def hits(self, name: str) -> bool:
        return self.count >= self.number and name in MAKING


def refusal(target: Path, way: str, saboteur: Saboteur, monkeypatch: pytest.MonkeyPatch) -> str | None:
    """Return why a build could not publish the new site, or nothing when it could."""
    with monkeypatch.context() as patched:
        saboteur.install(partial(patched.setattr, raising=False))
        try:
            build(target, NEW, way, wrap=saboteur.wrap)
        except PublishError as error:
            return str(error)
    return None


@pytest.mark.parametrize("kind", [OneFault, FullDisk])
@every_way
def test_after_a_failure_at_any_step_the_site_is_the_old_or_the_new_one(
    kind: type[OneFault], way: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    foreign = prepare(tmp_path / "0" / "site")
    number, refused = 1, 0
    while True:
        target = link_tree(tmp_path / "0" / "site", tmp_path / str(number) / "site")
        saboteur = kind(number)
        why = refusal(target, way, saboteur, monkeypatch)
        if why is None:
            assert tree(target) == site(NEW, foreign)
        else:
            assert tree(target) == site(OLD, foreign)
            assert f": {os.strerror(kind.code)}" in why
            assert why.endswith(f"; {UNCHANGED}")
            refused += 1
        if not saboteur.failed:
            break
        if beside(target) != ["site"]:
            assert kind is OneFault  # the fault was in clearing away
            build(target, NEW, way)
            assert tree(target) == site(NEW, foreign)
            assert beside(target) == ["site"]
        number = saboteur.failed + 1
    assert refused > 20


def test_what_cannot_be_undone_is_told(monkeypatch: pytest.MonkeyPatch, target: Path) -> None:
    foreign = prepare(target)
    system = os.replace
    done: list[str] = []

    def failing(old: str, new: str) -> None:
        done.append(new)
        if len(done) > 6:
            raise OSError(errno.EIO, os.strerror(errno.EIO), old)
        system(old, new)

    with monkeypatch.context() as patched:
        patched.setattr(os, "replace", failing)
        with pytest.raises(PublishError) as caught:
            build(target, NEW, "file by file")
    message = str(caught.value)
    assert message.startswith(f"cannot publish `{target}`: Input/output error; and not everything could be put back (`")
    assert message.endswith("`: Input/output error): build again")
    build(target, NEW, "file by file")
    assert tree(target) == site(NEW, foreign)


# Folders that cannot be renamed --------------------------------------------------------------------------------------


@pytest.fixture
def fixed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take every folder for one that cannot be renamed, as a mount point is."""
    monkeypatch.setattr(publish, "is_fixed", Path.is_dir)


def forbid(_exchange: Exchange) -> Exchange:
    def never(*_paths: Path) -> None:
        pytest.fail("a mount point was to be renamed")

    return never


@pytest.mark.usefixtures("fixed")
def test_a_folder_that_cannot_be_renamed_is_updated_from_inside(target: Path) -> None:
    target.mkdir()
    (target / ".gitignore").write_bytes(b"*\n")
    number = target.stat().st_ino
    with Staging(target) as staging:
        assert staging.folder.parent == target
        assert beside(target) == ["site"]
    assert tree(target) == {".gitignore": ("file", 0o644, b"*\n")}
    assert build(target, OLD, wrap=forbid) == Published(written=7, unchanged=0, removed=0, kept=1)
    foreign = put_foreign_files(target)
    assert build(target, NEW, wrap=forbid) == Published(written=5, unchanged=2, removed=3, kept=5)
    assert build(target, NEW, wrap=forbid) == Published(written=0, unchanged=7, removed=0, kept=5)
    assert tree(target) == site(NEW, foreign)
    assert target.stat().st_ino == number


# Two builds ----------------------------------------------------------------------------------------------------------

HOLD = "staging = Staging(Path(sys.argv[1])).__enter__(); print(staging.folder, flush=True); sys.stdin.read()"


def test_a_second_build_waits_and_then_says_for_whom(target: Path) -> None:
    build(target, OLD)
    with run(HOLD, target, pipes=subprocess.PIPE) as other:
        assert other.stdout is not None
        folder = Path(other.stdout.readline().strip())
        with pytest.raises(PublishError) as caught, Staging(target, wait=0.1):
            pytest.fail("two builds at a time")
        assert str(caught.value) == (
            f"process {other.pid} is building into the same folder and did not end in 0.1 s: wait for it or end it"
        )
        assert folder.is_dir()
        other.kill()
    assert build(target, NEW).written == 5
    assert beside(target) == ["site"]


def test_a_second_build_goes_on_when_the_first_has_ended(target: Path) -> None:
    with run(f"{HOLD}; staging.__exit__(None, None, None)", target, pipes=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        other.stdout.readline()
        other.stdin.close()
        build(target, NEW)
    assert tree(target) == site(NEW)
    assert beside(target) == ["site"]


def test_workers_that_outlive_a_killed_build_hold_nobody_up(target: Path) -> None:
    fork = (
        "staging = Staging(Path(sys.argv[1])).__enter__(); os.fork(); print(os.getpid(), flush=True); sys.stdin.read()"
    )
    with run(fork, target, pipes=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        other.stdout.readline()
        other.send_signal(signal.SIGKILL)
        other.wait()
        started = time.monotonic()
        build(target, NEW)
        assert time.monotonic() - started < 5
    assert beside(target) == ["site"]


# Whole builds take minutes: `make qa` does those.
ROUNDS, KINDS = (50, ("of files", "of catalogs")) if os.environ.get("ALMANAC_QA") else (10, ("of files",))
REPEAT = {
    "of files": "[build(Path(sys.argv[1]), files) for _ in range(int(sys.argv[3])) for files in (OLD, NEW)]",
    "of catalogs": (
        "from generator.build import build as whole;"
        "[whole(Path(sys.argv[1] + sys.argv[2]), Path(sys.argv[1]), afresh=True) for _ in range(int(sys.argv[3]))]"
    ),
}


def look(target: Path) -> str:
    """Read a whole site through its open folder, and compare it with its own manifest; return which site it was."""
    folder = os.open(target, os.O_RDONLY)  # fails where no site is

    def read(path: str) -> bytes:
        with os.fdopen(os.open(path, os.O_RDONLY, dir_fd=folder), "rb") as file:
            return file.read()

    try:
        listed = json.loads(read(".almanac.json"))["files"]
        is_whole = all(digest(read(path)) == listed[path] for path in sorted(listed))
        return digest(repr(listed).encode()) if is_whole else "mixed"
    except FileNotFoundError:  # an old site that is being removed
        return "leaving"
    finally:
        os.close(folder)


@pytest.mark.parametrize("kind", KINDS)
def test_builds_at_the_same_time_do_not_mix_and_a_site_is_always_there(kind: str, target: Path) -> None:
    for name, word in (("1", "Sun"), ("2", "Moon")):
        for path, text in BASES["native"].items():
            file = target.with_name(target.name + name) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text.replace("Sun", word).replace("Words", f"Words of the {word}"))
    seen = Counter[str]()
    build(target, OLD)
    with run(REPEAT[kind], target, 1, ROUNDS) as one, run(REPEAT[kind], target, 2, ROUNDS) as other:
        while one.poll() is None or other.poll() is None:
            seen[look(target)] += 1
    assert (one.returncode, other.returncode) == (0, 0)
    assert seen["mixed"] == 0
    assert len(seen.keys() - {"leaving"}) >= 2, seen
    assert look(target) in seen
    assert beside(target) == ["site", "site1", "site2"]
