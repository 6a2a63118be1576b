"""What may be written and where, which output folders are refused, and how a site knows its own files."""

import errno
import os
import pickle
import pwd
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import PublishError, UsageError
from generator.output import Output, digest, manifest, read_manifest, refuse, write

UNCHANGED = "the published site is unchanged"


@pytest.fixture
def umask() -> Iterator[None]:
    """Take every right from others, as careful machines do."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def written(root: Path) -> dict[str, bytes]:
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*") if not file.is_dir()}


def test_digest_is_short_and_depends_on_the_bytes_alone() -> None:
    assert digest(b"") == "cae66941d9efbd404e4d88758ea67670"
    assert digest(b"a") != digest(b"b")


@pytest.mark.parametrize(
    "path",
    [
        "index.html",
        "a/b/c/d.html",
        "models/gpt-4.1.md",
        ".nojekyll",
        "a/.almanac.json",
        "très/été.html",
        "a b.md",
        "...",
    ],
)
def test_write_makes_the_file_and_its_folders(path: str, tmp_path: Path) -> None:
    write(tmp_path, Output(path, b"x\r\n\0"), set())
    assert written(tmp_path) == {path: b"x\r\n\0"}


@pytest.mark.parametrize(
    ("path", "quoted"),
    [
        ("", "``"),
        (".", "`.`"),
        ("..", "`..`"),
        ("/etc/passwd", "`/etc/passwd`"),
        ("a/../b", "`a/../b`"),
        ("../b", "`../b`"),
        ("a//b", "`a//b`"),
        ("a/./b", "`a/./b`"),
        ("a/", "`a/`"),
        ("a\\b", "`a\\b`"),
        ("c:/a", "`c:/a`"),
        ("index.html:stream", "`index.html:stream`"),
        ("a\0b", "`a\\x00b`"),
        ("a\nb", "`a\\nb`"),
        ("a\x1b[2Jb", "`a\\x1b[2Jb`"),
        ("a\u202eb", "`a\\u202eb`"),
        ("a\ud800b", "`a\\ud800b`"),
        (".almanac.json", "`.almanac.json`"),
        (".almanac-lock", "`.almanac-lock`"),
        (".almanac-new-1/index.html", "`.almanac-new-1/index.html`"),
    ],
)
def test_write_refuses_what_is_not_a_path_inside_a_site(path: str, quoted: str, tmp_path: Path) -> None:
    root = tmp_path / "inside"
    root.mkdir()
    with pytest.raises(PublishError) as caught:
        write(root, Output(path, b"x"), set())
    assert str(caught.value) == f"{quoted} is not a path inside a site; {UNCHANGED}"
    assert list(tmp_path.rglob("*")) == [root]


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("a/b.html", "a/b.html", "`a/b.html` is the path of two pages or files"),
        ("a/b", "a", "`a` is the path of two pages or files"),
        ("a", "a/b", "`a/b` lies in a folder that is also the path of a file"),
        ("a", "a/b/c", "`a/b/c` lies in a folder that is also the path of a file"),
    ],
)
@pytest.mark.parametrize("processes", [1, 2])
def test_write_refuses_a_second_file_at_one_path(
    first: str, second: str, message: str, processes: int, tmp_path: Path
) -> None:
    made = [set[str](), set[str]()]
    write(tmp_path, Output(first, b"first"), made[0])
    with pytest.raises(PublishError) as caught:
        write(tmp_path, Output(second, b"second"), made[processes - 1])
    assert str(caught.value) == f"{message}; {UNCHANGED}"
    assert written(tmp_path) == {first: b"first"}


def test_write_tells_what_the_system_refused(tmp_path: Path) -> None:
    path = "a" * 300
    with pytest.raises(PublishError) as caught:
        write(tmp_path, Output(path, b""), set())
    assert str(caught.value) == f"cannot write `{path}`: {os.strerror(errno.ENAMETOOLONG)}; {UNCHANGED}"


def test_write_never_makes_the_folder_of_the_site_anew(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    with pytest.raises(PublishError, match=r"\Acannot write `a/b`: No such file or directory; "):
        write(gone, Output("a/b", b""), set())
    assert not gone.exists()


def test_write_does_not_write_through_a_link(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "a").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PublishError):
        write(tmp_path / "site", Output("a", b""), set())
    assert not (tmp_path / "elsewhere").exists()


def test_write_goes_on_where_the_system_took_a_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    system = os.write
    monkeypatch.setattr(os, "write", lambda file, data: system(file, data[:3]))
    write(tmp_path, Output("a", b"0123456789"), set())
    assert written(tmp_path) == {"a": b"0123456789"}


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(_file: int, _data: bytes) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(PublishError) as caught:
        write(tmp_path, Output("a", b"x"), set())
    assert str(caught.value) == f"cannot write `a`: No space left on device; {UNCHANGED}"


@pytest.mark.parametrize(
    ("there", "expected"),
    [
        (lambda old: old.write_bytes(b"same"), True),
        (lambda old: old.write_bytes(b"diff"), False),
        (lambda old: old.write_bytes(b"same and more"), False),
        (lambda old: old.write_bytes(b""), False),
        (lambda old: (old.write_bytes(b"same"), old.chmod(0o600)), False),
        (lambda old: ((old.parent / "other").write_bytes(b"same"), old.symlink_to("other")), False),
        (lambda old: old.mkdir(), False),
        (os.mkfifo, False),
        (lambda _old: None, False),
    ],
    ids=["same", "different", "longer", "empty", "mode", "link", "folder", "pipe", "nothing"],
)
def test_a_published_file_that_is_just_so_becomes_the_new_one(
    there: Callable[[Path], object], expected: bool, tmp_path: Path
) -> None:
    old, new = tmp_path / "old" / "a" / "b", tmp_path / "new" / "a" / "b"
    old.parent.mkdir(parents=True)
    new.parent.parent.mkdir()
    there(old)
    write(tmp_path / "new", Output("a/b", b"same"), set(), tmp_path / "old")
    assert new.read_bytes() == b"same"
    assert (not new.is_symlink(), stat.S_IMODE(new.stat().st_mode)) == (True, 0o644)
    assert (new.stat().st_nlink == 2) is expected
    with pytest.raises(PublishError, match=r"\A`a/b` is the path of two pages or files; "):
        write(tmp_path / "new", Output("a/b", b"same"), set(), tmp_path / "old")


@pytest.mark.usefixtures("umask")
def test_modes_do_not_depend_on_the_umask(tmp_path: Path) -> None:
    write(tmp_path, Output("a/b/c", b""), set())
    modes = {place.name: stat.S_IMODE(place.stat().st_mode) for place in tmp_path.rglob("*")}
    assert modes == {"a": 0o755, "b": 0o755, "c": 0o644}


def test_workers_write_into_one_folder(tmp_path: Path) -> None:
    work = pickle.loads(pickle.dumps(partial(write, tmp_path, made=set())))  # noqa: S301  our own bytes
    paths = [f"models/{number}.html" for number in range(8)]
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as workers:
        assert list(workers.map(work, [Output(path, path.encode()) for path in paths])) == [None] * 8
    assert written(tmp_path) == {path: path.encode() for path in paths}


PARTS = st.sampled_from(
    [
        "",
        ".",
        "..",
        "a",
        "b",
        "A",
        " ",
        "con",
        "~",
        "-",
        "\\",
        "..\\..",
        "c:",
        "\0",
        "\n",
        "é",
        "e\u0301",
        "…",
        "a" * 260,
    ]
)


@given(path=st.lists(PARTS, min_size=1, max_size=4).map("/".join) | st.text(max_size=40))
def test_whatever_the_path_nothing_is_written_outside(path: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    outer = tmp_path_factory.mktemp("outer")
    root = outer / "inside"
    root.mkdir()
    try:
        write(root, Output(path, b"x"), set())
    except PublishError:
        assert written(outer) == {}
    else:
        assert written(root) == {path: b"x"}
        assert [place.name for place in outer.iterdir()] == ["inside"]


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    files = {"b.html": "02", "a.html": "01", "é.html": "03"}
    data = manifest(files)
    (tmp_path / ".almanac.json").write_bytes(data)
    assert read_manifest(tmp_path) == files
    assert data == manifest(dict(sorted(files.items())))
    assert data == (
        b'{"files": {"a.html": "01", "b.html": "02", "\\u00e9.html": "03"}, "generator": "almanac", "schema": 1}\n'
    )


@pytest.mark.parametrize("place", [".", "missing", "file", "file/below"])
def test_where_nothing_was_published_there_is_no_manifest(place: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert read_manifest(tmp_path / place) is None


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"schema": 1}',
    b'{"files": {}}',
    b'{"schema": 1, "files": []}',
    b'{"schema": "one", "files": {}}',
    b'{"schema": 1, "files": {"a": 1}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("data", DAMAGED, ids=lambda data: data[:40].decode("ascii", "replace"))
def test_a_damaged_manifest_is_refused(data: bytes, tmp_path: Path) -> None:
    place = tmp_path / ".almanac.json"
    place.write_bytes(data)
    message = (
        f"`{place}` is damaged, so Almanac cannot tell its own files in `{tmp_path}` from yours; "
        "delete that folder and build again"
    )
    for ask in (read_manifest, partial(refuse, sources=[])):
        with pytest.raises(UsageError) as caught:
            ask(tmp_path)
        assert str(caught.value) == message


def test_a_manifest_of_a_later_version_is_refused(tmp_path: Path) -> None:
    place = tmp_path / ".almanac.json"
    place.write_bytes(b'{"schema": 2, "files": {}}')
    with pytest.raises(UsageError) as caught:
        refuse(tmp_path, [])
    assert str(caught.value) == f"`{place}` was written by a later Almanac; use that one, or another output folder"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with sources and folders of every kind, and stand in it."""
    project = tmp_path / "desk" / "project"
    for folder in (
        "content/authors",
        "theme/templates",
        "content-evil",
        "empty",
        "dots/.git",
        "full",
        "site",
        "theirs",
    ):
        (project / folder).mkdir(parents=True)
    for file in (
        "dump.json",
        "dots/.gitkeep",
        "dots/.gitignore",
        "full/.hidden",
        "full/b.txt",
        "full/notes.txt",
        "site/x",
    ):
        (project / file).touch()
    (project / "site" / ".almanac.json").write_bytes(manifest({"x": digest(b"")}))
    (project / "to-content").symlink_to("content")
    (project / "to-site").symlink_to("site")
    (project / "to-nothing").symlink_to("nothing")
    (tmp_path / "users" / "me").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "users" / "me"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "users" / "me"))
    monkeypatch.chdir(project)
    return project


SOURCES = [Path("content"), Path("theme/templates"), Path("dump.json"), Path("no-such-source")]


@pytest.mark.parametrize(
    ("target", "objection"),
    [
        ("/", "is the root of the file system"),
        ("../../users/me", "is the home folder `{tmp}/users/me`"),
        ("../../users", "holds the home folder `{tmp}/users/me`"),
        (".", "is the current folder `{tmp}/desk/project`"),
        ("..", "holds the current folder `{tmp}/desk/project`"),
        ("../project", "is the current folder `{tmp}/desk/project`"),
        ("content", "is the source `content`"),
        ("content/../content/", "is the source `content`"),
        ("to-content", "is the source `content`"),
        ("content/authors", "lies in the source `content`"),
        ("content/new/site", "lies in the source `content`"),
        ("to-content/site", "lies in the source `content`"),
        ("theme", "holds the source `theme/templates`"),
        ("no-such-source/site", "lies in the source `no-such-source`"),
        ("dump.json", "is not a folder"),
        ("full", "is not empty and was not made by Almanac (it holds `b.txt`)"),
    ],
)
def test_a_dangerous_output_folder_is_refused(target: str, objection: str, project: Path) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(UsageError) as caught:
        refuse(Path(target), SOURCES)
    objection = objection.format(tmp=project.parent.parent)
    expected = f"the output folder `{Path(target)}` {objection}; choose a folder of its own, such as `site`"
    assert str(caught.value) == expected
    assert sorted(project.rglob("*")) == before


@pytest.mark.parametrize(
    "target",
    [
        "site",
        "to-site",
        "empty",
        "dots",
        "missing",
        "missing/deeper",
        "content-evil",  # begins like a source, and is none
        "conten",
        "to-nothing",
        "../beside",
        "../../users/me/site",
    ],
)
def test_a_folder_of_its_own_is_accepted(target: str, project: Path) -> None:
    before = sorted(project.rglob("*"))
    refuse(Path(target), SOURCES)
    assert sorted(project.rglob("*")) == before


def test_a_source_is_known_by_any_of_its_names(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As where the case of letters makes no difference, or one folder is mounted twice: other path, same folder.
    same = os.path.samefile
    twins = {str(project / "CONTENT"), "content"}
    monkeypatch.setattr(os.path, "samefile", lambda one, other: {str(one), str(other)} == twins or same(one, other))
    with pytest.raises(UsageError, match="is the source `content`;"):
        refuse(Path("CONTENT"), SOURCES)


def test_the_home_of_the_account_is_refused_whatever_the_environment_says(project: Path) -> None:
    home = pwd.getpwuid(os.getuid()).pw_dir
    with pytest.raises(UsageError, match=rf"\Athe output folder `{home}` is the home folder `{home}`;"):
        refuse(Path(home), [project])


def test_a_folder_that_cannot_be_read_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(_path: Path) -> list[str]:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(os, "listdir", deny)
    with pytest.raises(UsageError) as caught:
        refuse(project / "empty", [])
    expected = f"`{project / 'empty'}` cannot be read (Permission denied); choose a folder of its own, such as `site`"
    assert str(caught.value) == f"the output folder {expected}"
