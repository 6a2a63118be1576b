"""The same content gives the same bytes, whatever the process, the place and the time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.golden import CONTENT

ROOT = Path(__file__).parent.parent
ROUNDS = 20 if os.environ.get("ALMANAC_QA") else 3
ZONES = ("Pacific/Kiritimati", "America/Adak", "UTC", "Asia/Kolkata")
LOCALES = ("C", "C.UTF-8", "POSIX", "tr_TR.UTF-8", "de_DE.UTF-8")
UMASKS = (0o022, 0o077, 0o000, 0o027)
# Loaded by the interpreter before anything else: folders tell what they hold in an order of their own.
SHUFFLED = """
import os, random
listdir, scandir, order = os.listdir, os.scandir, random.Random(int(os.environ["ORDER"]))

class Scanned(list):
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def __next__(self): return self.pop()
    def close(self): pass

def mixed(found):
    order.shuffle(found)
    return found

os.listdir = lambda *given: mixed(listdir(*given))
os.scandir = lambda *given: Scanned(mixed([*scandir(*given)]))
"""


def surroundings(number: int) -> dict[str, str]:
    """Return what a process is told of the place where it runs: another thing for each number."""
    return {
        "PYTHONHASHSEED": str(number + 1),
        "ORDER": str(number),
        "TZ": ZONES[number % len(ZONES)],
        "LC_ALL": LOCALES[number % len(LOCALES)],
        "LANG": LOCALES[-number % len(LOCALES)],
        "HOME": f"/nowhere/{number}",
        **({"SOURCE_DATE_EPOCH": str(number)} if number % 3 == 1 else {}),
    }


def built(target: Path, environment: dict[str, str], jobs: int, cwd: Path, umask: int = -1) -> dict[str, object]:
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
    paths = os.pathsep.join((str(ROOT), environment.get("PYTHONPATH", "")))
    environment = {"PATH": os.environ["PATH"], **environment, "PYTHONPATH": paths}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, umask=umask, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return {
        path.relative_to(target).as_posix(): (path.is_file() and path.read_bytes(), path.stat().st_mode & 0o777)
        for path in sorted(target.rglob("*"))
    }


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return built(tmp_path_factory.mktemp("first") / "site", {"PYTHONHASHSEED": "0"}, 1, Path.cwd())


@pytest.mark.parametrize("number", range(ROUNDS))
def test_a_build_gives_the_same_bytes_everywhere(first: dict[str, object], tmp_path: Path, number: int) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHUFFLED)
    place = tmp_path / ("else" * number)
    place.mkdir(exist_ok=True)
    told = surroundings(number) | {"PYTHONPATH": str(tmp_path)}
    again = built(place / "site", told, 1 + number % 3, place, UMASKS[number % len(UMASKS)])
    assert sorted(first) == sorted(again)
    assert [name for name in first if first[name] != again[name]] == []


def test_a_second_build_changes_nothing(tmp_path: Path) -> None:
    target = tmp_path / "site"
    first = built(target, {}, 1, tmp_path)
    times = {path: path.stat().st_mtime_ns for path in target.rglob("*") if path.is_file()}
    assert built(target, {}, 1, tmp_path) == first
    assert {path: path.stat().st_mtime_ns for path in target.rglob("*") if path.is_file()} == times
