"""A folder, an archive and a single file give the same answers; what cannot be read is named; nothing leads out."""

import gzip
import io
import os
import subprocess
import sys
import tarfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.sources import archive
from generator.sources.tree import Tree

ROOT = Path(__file__).parents[2]
FILES = {"LICENSE": "MIT", "providers/a/models/x/y.toml": "1", "providers/a/provider.toml": "2", "providers.toml": "3"}
NAMES = ("LICENSE", "providers.toml", "providers/a/models/x/y.toml", "providers/a/provider.toml")

Maker = Callable[[Path, Mapping[str, str], Mapping[str, str]], Tree]


def folder(place: Path, files: Mapping[str, str], links: Mapping[str, str]) -> Tree:
    for name, text in files.items():
        (place / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "tree" / name).write_text(text)
    for name, target in links.items():
        (place / "tree" / name).parent.mkdir(parents=True, exist_ok=True)
        (place / "tree" / name).symlink_to(target)
    return Tree.open(place / "tree", "tree")


def packed(place: Path, files: Mapping[str, str], links: Mapping[str, str]) -> Tree:
    members = [member(name, text) for name, text in files.items()]
    for name, target in links.items():
        members.append((tarfile.TarInfo(name), b""))
        members[-1][0].type, members[-1][0].linkname = tarfile.SYMTYPE, target
    (place / "tree.tar.gz").write_bytes(gzip.compress(tar(*members)))
    return Tree.open(place / "tree.tar.gz", "tree")


def member(name: str, text: str = "", kind: bytes = tarfile.REGTYPE, link: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname, info.size = kind, link, len(text.encode())
    return info, text.encode()


def tar(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as file:
        for info, data in members:
            file.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


def fault(read: Callable[[], object]) -> str:
    with pytest.raises(ContentError) as caught:
        read()
    return str(caught.value)


both = pytest.mark.parametrize("make", [folder, packed])


@both
def test_names_are_sorted_and_folders_are_ranges_of_them(make: Maker, tmp_path: Path) -> None:
    tree = make(tmp_path, FILES, {})
    assert (tree.name, tree.names, tree.broken_links, tree.single) == ("tree", NAMES, (), False)
    assert tree.folder("providers") == tree.folder("providers/") == NAMES[2:]
    assert tree.folder("provider") == ()
    assert tree.has("LICENSE")
    assert not tree.has("providers/a")
    assert tree.read("providers/a/provider.toml") == b"2"
    assert tree.text("LICENSE") == "MIT"


@both
def test_hidden_names_are_left_out(make: Maker, tmp_path: Path) -> None:
    tree = make(tmp_path, {**FILES, ".git/config": "x", "providers/.DS_Store": "x", "a/._b": "x"}, {".l": "nothing"})
    assert (tree.names, tree.broken_links) == (NAMES, ())


@both
@pytest.mark.parametrize(
    ("links", "more", "broken"),
    [
        ({"z": "LICENSE"}, ["z"], []),
        ({"providers/z": "../LICENSE"}, ["providers/z"], []),
        ({"z": "./providers/../LICENSE"}, ["z"], []),
        ({"y": "LICENSE", "z": "y"}, ["y", "z"], []),
        ({"z": "providers/a/models"}, ["z/x/y.toml"], []),
        ({"y": "providers/a/models", "z": "y/x/y.toml"}, ["y/x/y.toml", "z"], []),
        ({"z": "none"}, [], [("z", "is a link to nothing")]),
        ({"z": "LICENSE/none"}, [], [("z", "is a link to nothing")]),
        ({"z": "none/../LICENSE"}, [], [("z", "is a link to nothing")]),
        ({"z": "z"}, [], [("z", "is a link in a circle")]),
        ({"y": "z", "z": "y"}, [], [("y", "is a link in a circle"), ("z", "is a link in a circle")]),
        ({"z": "."}, [], [("z", "is a link in a circle")]),
        ({"providers/a/z": ".."}, [], [("providers/a/z", "is a link in a circle")]),
        ({"z": ".."}, [], [("z", "is a link out of the tree")]),
        ({"z": "/"}, [], [("z", "is a link out of the tree")]),
        ({"y/z": "../../"}, [], [("y/z", "is a link out of the tree")]),
    ],
)
def test_links_are_followed_inside_the_tree(
    make: Maker, links: dict[str, str], more: list[str], broken: list[tuple[str, str]], tmp_path: Path
) -> None:
    tree = make(tmp_path, FILES, links)
    assert (tree.names, tree.broken_links) == (tuple(sorted([*NAMES, *more])), tuple(broken))
    for name in more:
        assert tree.read(name) == (b"1" if name.endswith("y.toml") or links.get(name, "").endswith(".toml") else b"MIT")


@both
def test_links_to_each_others_folders_end(make: Maker, tmp_path: Path) -> None:
    tree = make(tmp_path, {"a/f": "1", "b/g": "2"}, {"a/l": "../b", "b/m": "../a"})
    assert tree.names == ("a/f", "a/l/g", "b/g", "b/m/f")
    assert tree.broken_links == (("a/l/m", "is a link in a circle"), ("b/m/l", "is a link in a circle"))


@both
def test_folders_that_double_through_links_end(make: Maker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.archive.MAX_MEMBERS", 1000)
    monkeypatch.setattr("generator.sources.tree.MAX_MEMBERS", 1000)
    links = {f"{n}/{side}": f"../{n + 1}" for n in range(20) for side in "ab"}
    told = fault(lambda: make(tmp_path, {"20/f": "x"}, links))
    assert told == "tree: error: holds more than 1,000 files and folders"


def test_a_link_to_a_sibling_whose_name_starts_like_the_root_leads_out(tmp_path: Path) -> None:
    (tmp_path / "tree-evil").mkdir()
    (tmp_path / "tree-evil" / "x").write_text("secret")
    tree = folder(tmp_path, FILES, {"z": "../tree-evil/x"})
    assert tree.broken_links == (("z", "is a link out of the tree"),)


def test_a_tree_reached_through_a_link_is_itself(tmp_path: Path) -> None:
    folder(tmp_path, FILES, {"z": "LICENSE"})
    (tmp_path / "other").symlink_to("tree")
    assert Tree.open(tmp_path / "other").names == (*NAMES[:2], *NAMES[2:], "z")


def test_pipes_are_never_opened(tmp_path: Path) -> None:
    folder(tmp_path, FILES, {"z": "pipe", "late": "LICENSE"})
    os.mkfifo(tmp_path / "tree" / "pipe")
    tree = Tree.open(tmp_path / "tree", "tree")
    assert tree.broken_links == (("pipe", "is not a regular file"), ("z", "is not a regular file"))
    (tmp_path / "tree" / "LICENSE").unlink()
    os.mkfifo(tmp_path / "tree" / "LICENSE")
    assert fault(lambda: tree.read("late")) == "tree/late: error: is not a regular file"


@both
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("none", "tree/none: error: is not there"),
        ("../LICENSE", "tree/../LICENSE: error: is not there"),
        ("large", "tree/large: error: is larger than 1,024 KiB"),
        ("wide", "tree/wide:1:1: error: is UTF-16\n    hint: save the file as UTF-8"),
        (
            "hidden",
            (
                "tree/hidden:2:1: error: the character U+202E is not allowed\n"
                "    hint: remove it; it is invisible in most editors"
            ),
        ),
    ],
)
def test_what_cannot_be_read_as_text_says_where(make: Maker, name: str, told: str, tmp_path: Path) -> None:
    tree = make(tmp_path, {"large": "x" * (1024 * 1024 + 1), "wide": "", "hidden": "a\n\u202eb"}, {})
    if name == "wide":
        wide = b"\xff\xfea\0"
        tree = Tree(name="tree", names=("wide",), fetch=lambda _name, _limit: wide)
    assert fault(lambda: tree.text(name)) == told


@both
def test_a_limit_is_the_size_that_is_still_read(make: Maker, tmp_path: Path) -> None:
    tree = make(tmp_path, {"four": "1234"}, {})
    assert tree.read("four", 4) == b"1234"
    assert fault(lambda: tree.read("four", 3)) == "tree/four: error: is larger than 0 KiB"


@pytest.mark.parametrize(("name", "packed"), [("api.json", False), ("api.json.gz", True), ("api.json", True)])
def test_a_single_file_is_a_tree_of_one(name: str, packed: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(gzip.compress(b"{}") if packed else b"{}")
    tree = Tree.open(tmp_path / name, name)
    assert (tree.names, tree.single, tree.text("api.json")) == (("api.json",), True, "{}")
    assert tree.shown("api.json") == name


@pytest.mark.parametrize(
    ("names", "seen"),
    [
        (["catalog/a", "catalog/b/c"], ("a", "b/c")),
        (["./catalog/a"], ("a",)),
        (["catalog/a", "b"], ("b", "catalog/a")),
        (["providers/a/provider.toml"], ("providers/a/provider.toml",)),
        (["a"], ("a",)),
    ],
)
def test_a_folder_that_wraps_an_archive_is_taken_off(names: list[str], seen: tuple[str, ...], tmp_path: Path) -> None:
    assert packed(tmp_path, dict.fromkeys(names, "x"), {}).names == seen


def test_links_and_second_names_work_below_the_wrapping_folder(tmp_path: Path) -> None:
    members = [
        member("c", kind=tarfile.DIRTYPE),
        member("c/a", "1"),
        member("c/b", kind=tarfile.LNKTYPE, link="c/a"),
        member("c/d/e", kind=tarfile.SYMTYPE, link="../../c/a"),
        member("c/f", kind=tarfile.LNKTYPE, link="a"),
    ]
    (tmp_path / "t.tar").write_bytes(tar(*members))
    tree = Tree.open(tmp_path / "t.tar", "t.tar")
    assert tree.names == ("a", "b", "d/e")
    assert tree.broken_links == (("f", "is a link to nothing"),)
    assert {tree.read(name) for name in tree.names} == {b"1"}


WHOLE = tar(member("a", "1" * 600), member("b", "2"))


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (tar(member("../x")), "t.tar: error: holds the name `../x`, which leads out of it"),
        (tar(member("a/../x")), "t.tar: error: holds the name `a/../x`, which leads out of it"),
        (tar(member("/x")), "t.tar: error: holds the name `/x`, which leads out of it"),
        (tar(member("x"), member("./x")), "t.tar: error: holds `x` twice"),
        (tar(member("x"), member("x/y")), "t.tar: error: holds `x/y` below something that is no folder"),
        (b"not a tar", "t.tar: error: is not a whole tar file: truncated header\n    hint: fetch it again"),
        (b"x" * 2000, "t.tar: error: is not a whole tar file: invalid header\n    hint: fetch it again"),
        (WHOLE[:1000], "t.tar: error: is not a whole tar file: unexpected end of data\n    hint: fetch it again"),
        (WHOLE[:1536], "t.tar: error: is not a whole tar file: it breaks off at byte 1,536\n    hint: fetch it again"),
        (
            WHOLE[:1536] + b"x" + WHOLE[1537:],
            "t.tar: error: is not a whole tar file: it breaks off at byte 1,536\n    hint: fetch it again",
        ),
        (
            gzip.compress(WHOLE)[:-9],
            (
                "t.tar: error: is not a whole gzip file: "
                "Compressed file ended before the end-of-stream marker was reached\n    hint: fetch it again"
            ),
        ),
    ],
)
def test_an_archive_is_whole_and_keeps_to_itself(data: bytes, told: str, tmp_path: Path) -> None:
    (tmp_path / "t.tar").write_bytes(data)
    assert fault(lambda: Tree.open(tmp_path / "t.tar", "t.tar")) == told


def test_an_archive_has_a_limit_of_members_and_of_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "t.tar.gz").write_bytes(gzip.compress(tar(member("a"), member("b", "2" * 2000))))
    monkeypatch.setattr(archive, "MAX_MEMBERS", 1)
    told = fault(lambda: Tree.open(tmp_path / "t.tar.gz", "t"))
    assert told == "t: error: holds more than 1 files and folders"
    monkeypatch.setattr("generator.sources.tree.MAX_TOTAL_BYTES", 2048)
    told = fault(lambda: Tree.open(tmp_path / "t.tar.gz", "t"))
    assert told == "t: error: is larger than 2 KiB when unpacked"


def test_devices_and_pipes_of_an_archive_are_named(tmp_path: Path) -> None:
    members = [member("a", kind=tarfile.FIFOTYPE), member("b", kind=tarfile.CHRTYPE), member("c", "1")]
    (tmp_path / "t.tar").write_bytes(tar(*members, member("d", kind=tarfile.SYMTYPE, link="a")))
    tree = Tree.open(tmp_path / "t.tar")
    assert tree.names == ("c",)
    assert tree.broken_links == tuple((name, "is not a regular file") for name in "abd")


def test_nothing_at_the_path_is_a_fault(tmp_path: Path) -> None:
    told = fault(lambda: Tree.open(tmp_path / "none", "none"))
    assert told == "none: error: cannot be read: No such file or directory"


UNPACKING = """
import resource, sys
from pathlib import Path
from generator.errors import ContentError
from generator.sources.tree import Tree
resource.setrlimit(resource.RLIMIT_AS, (512 << 20, 512 << 20))
try:
    Tree.open(Path(sys.argv[1]), "c")
except ContentError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("blocks", "told"), [(1, ""), (129, "c: error: is larger than 131,072 KiB when unpacked\n")], ids=["small", "bomb"]
)
def test_what_is_unpacked_fits_into_little_memory(blocks: int, told: str, tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.json.gz", "wb", compresslevel=1) as packed:
        packed.write(b"{}")
        for _ in range(blocks):
            packed.write(b" " * (1 << 20))
    command = [sys.executable, "-c", UNPACKING, str(tmp_path / "a.json.gz")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout) == ("", told)
