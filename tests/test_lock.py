"""A lock that one build at a time holds, and that no ended build leaves behind."""

import errno
import fcntl
import os
from pathlib import Path

import pytest

from generator.errors import PublishError
from generator.lock import lock


def test_the_file_is_there_while_the_lock_is_held_and_names_the_process(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with lock(path, wait=0):
        assert path.read_text() == str(os.getpid())
    assert not path.exists()


def test_an_error_inside_frees_the_lock(tmp_path: Path) -> None:
    with pytest.raises(KeyError), lock(tmp_path / "lock", wait=0):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_the_file_of_a_dead_build_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("99999999 and more")
    with lock(path, wait=0):
        assert path.read_text() == str(os.getpid())
    assert not path.exists()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").write_text("precious")
    (tmp_path / "lock").symlink_to("precious")
    with pytest.raises(OSError, match=os.strerror(errno.ELOOP)), lock(tmp_path / "lock", wait=0):
        pytest.fail("the lock was given")
    assert (tmp_path / "precious").read_text() == "precious"


def test_a_file_that_the_build_before_has_just_removed_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "lock"
    system, calls = fcntl.lockf, []

    def late(file: int, how: int) -> None:
        calls.append(file)
        if len(calls) == 1:
            path.unlink()
        system(file, how)

    monkeypatch.setattr(fcntl, "lockf", late)
    with lock(path, wait=5):
        assert path.read_text() == str(os.getpid())
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("text", "who"),
    [("4242", "process 4242"), ("", "another process"), ("\x1b[2J", "process \\x1b[2J")],
)
def test_who_holds_the_lock_is_told(text: str, who: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(_file: int, _how: int) -> None:
        raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))

    path = tmp_path / "lock"
    path.write_text(text)
    monkeypatch.setattr(fcntl, "lockf", busy)
    with pytest.raises(PublishError) as caught, lock(path, wait=0):
        pytest.fail("the lock was given")
    expected = f"{who} is building into the same folder and did not end in 0 s: wait for it or end it"
    assert str(caught.value) == expected
    assert path.read_text() == text


def test_a_file_system_without_locks_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_file: int, _how: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "lockf", none)
    with pytest.raises(OSError, match=os.strerror(errno.ENOLCK)), lock(tmp_path / "lock", wait=0):
        pytest.fail("the lock was given")
