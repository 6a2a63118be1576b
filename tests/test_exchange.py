"""The ways to put one folder in the place of another, and the folders that none of them can move."""

import ctypes
import errno
import os
import platform
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator import exchange
from generator.exchange import Exchange, exchange_folders, is_fixed, swap, two_renames


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path, Path]:
    """Make a new folder and a published one, each with a file that tells which it is."""
    new, target = tmp_path / "new ü", tmp_path / "site"
    for folder in (new, target):
        folder.mkdir()
        (folder / folder.name).touch()
    return new, target, tmp_path / "aside"


def held(tmp_path: Path) -> dict[str, str]:
    return {folder.name: next(folder.iterdir()).name for folder in tmp_path.iterdir()}


def refused(*_paths: Path) -> None:
    raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


SWAPPED = {"site": "new ü", "new ü": "site"}
RENAMED = {"site": "new ü", "aside": "site"}


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="no other system exchanges two folders in one step")
@pytest.mark.parametrize("way", [swap, exchange_folders])
def test_two_folders_change_places_in_one_step(way: Exchange, folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    way(*folders)
    assert held(tmp_path) == SWAPPED


def test_two_renames_leave_the_old_folder_aside(folders: tuple[Path, Path, Path], tmp_path: Path) -> None:
    two_renames(*folders)
    assert held(tmp_path) == RENAMED


def test_two_renames_stand_in_where_the_step_is_refused(
    folders: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "swap", refused)
    exchange_folders(*folders)
    assert held(tmp_path) == RENAMED


def test_the_errors_of_the_system_are_raised(tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    for way in (swap, two_renames, exchange_folders):
        with pytest.raises(FileNotFoundError):
            way(tmp_path / "new", missing, tmp_path / "aside")


# C libraries with and without a function for it; the number of the call is known for two kinds of machine.
@pytest.mark.skipif(sys.platform != "linux", reason="the system call is one of Linux")
@pytest.mark.parametrize("machine", ["x86_64", "aarch64", "sparc64"])
def test_the_system_is_called_by_number_where_the_library_has_no_function(
    machine: str, folders: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[object, ...]] = []

    def syscall(*arguments: object) -> int:
        calls.append(arguments)
        return 0

    library = SimpleNamespace(syscall=syscall)
    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_options: library)
    monkeypatch.setattr(platform, "machine", lambda: machine)
    new, target, _ = folders
    arguments = (-100, os.fsencode(new), -100, os.fsencode(target), 2)
    if machine == "sparc64":
        with pytest.raises(OSError, match=os.strerror(errno.ENOSYS)):
            swap(*folders)
        assert calls == []
    else:
        swap(*folders)
        assert calls == [({"x86_64": 316, "aarch64": 276}[machine], *arguments)]


@pytest.mark.parametrize("code", [0, errno.ENOTSUP])
def test_macos_exchanges_by_a_function_of_its_own(
    code: int, folders: tuple[Path, Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[object, ...]] = []

    def renamex_np(*arguments: object) -> int:
        calls.append(arguments)
        ctypes.set_errno(code)
        return -1 if code else 0

    monkeypatch.setattr(ctypes, "CDLL", lambda *_args, **_options: SimpleNamespace(renamex_np=renamex_np))
    new, target, _ = folders
    exchange_folders(*folders)
    assert calls == [(os.fsencode(new), os.fsencode(target), 2)]
    # Where the file system does not know it, two renames stand in.
    assert held(tmp_path) == (RENAMED if code else {"site": "site", "new ü": "new ü"})


def test_an_ordinary_folder_can_be_exchanged(tmp_path: Path) -> None:
    assert not is_fixed(tmp_path)
    assert not is_fixed(tmp_path / "missing")


def test_a_mount_point_cannot_be_exchanged() -> None:
    assert is_fixed(Path("/"))


def test_a_folder_in_a_folder_of_others_cannot_be_exchanged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Root may write everywhere, so the system's answer is played.
    monkeypatch.setattr(os, "access", lambda path, _rights: path != tmp_path)
    (tmp_path / "site" / "inner").mkdir(parents=True)
    assert is_fixed(tmp_path / "site")
    assert not is_fixed(tmp_path / "site" / "inner")


@pytest.mark.parametrize(
    ("name", "point", "expected"),
    [
        ("site", "{}/site", True),
        ("site", "{}/site/data/deep", True),
        ("site", "{}/site-two", False),
        ("site", "{}/sit", False),
        ("site", "{}", False),
        ("my site\t\\", r"{}/my\040site\011\134", True),
    ],
)
def test_one_folder_mounted_on_another_is_found_in_the_table_of_mounts(
    name: str, point: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ("22 1 8:1 / / rw - ext4 /dev/vda rw", f"98 22 8:1 /srv {point.format(tmp_path)} rw - ext4 /dev/vda rw")
    tables = {Path("/proc/self/mountinfo"): "\n".join((*rows, "")).encode()}
    monkeypatch.setattr(Path, "read_bytes", lambda path: tables[path])
    (tmp_path / name).mkdir()
    assert is_fixed(tmp_path / name) is expected
