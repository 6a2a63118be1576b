"""The same content gives the same bytes, whatever the process, the place and the time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden import CONTENT

SURROUNDINGS: list[dict[str, str]] = [
    {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "2", "TZ": "America/Adak", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": "1"},
    {"PYTHONHASHSEED": "3", "TZ": "UTC", "LC_ALL": "POSIX"},
]


def built(target: Path, surroundings: dict[str, str], jobs: int, cwd: Path) -> dict[str, tuple[bytes, int]]:
    command = [
        sys.executable,
        "-m",
        "generator",
        "build",
        str(CONTENT),
        "-o",
        str(target),
        "--jobs",
        str(jobs),
        "--quiet",
    ]
    root = str(Path(__file__).parent.parent)
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": root, **surroundings}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return {
        path.relative_to(target).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
        for path in sorted(target.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize(("surroundings", "jobs"), list(zip(SURROUNDINGS, (1, 2, 3), strict=True)))
def test_a_build_gives_the_same_bytes_everywhere(tmp_path: Path, surroundings: dict[str, str], jobs: int) -> None:
    first = built(tmp_path / "one", {"PYTHONHASHSEED": "0"}, 1, Path.cwd())
    (tmp_path / "else").mkdir()
    again = built(tmp_path / "else" / "two", surroundings, jobs, tmp_path)
    assert sorted(first) == sorted(again)
    assert [name for name in first if first[name] != again[name]] == []


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "site"
    first = built(target, {}, 1, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in target.rglob("*") if path.is_file()}
    assert built(target, {}, 1, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*") if path.is_file()} == times
