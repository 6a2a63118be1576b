"""Who makes the pages does not matter: one process, several, spawned ones, the workers of a Dask cluster."""

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from functools import partial
from itertools import product
from pathlib import Path

import pytest
from distributed import LocalCluster

from generator import ranges
from generator.build import build
from generator.errors import ContentError, PublishError, UsageError
from generator.output import MANIFEST
from generator.publish import Published
from generator.remote import Remote

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden" / "content"


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return all but the manifest, which knows from what folder a site was built."""
    return {path: data for path, data in files.items() if path != MANIFEST}


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    target = tmp_path_factory.mktemp("alone") / "site"
    build(GOLDEN, target, jobs=1)
    return tree(target)


@pytest.fixture
def short_ranges(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "RANGE", 7)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    with LocalCluster(
        n_workers=2, threads_per_worker=2, processes=True, dashboard_address=None, silence_logs=50
    ) as running:
        yield running.scheduler_address.replace("tcp://", "dask://")


@pytest.mark.usefixtures("short_ranges")
def test_several_processes_make_the_same_bytes(alone: dict[str, bytes], tmp_path: Path) -> None:
    build(GOLDEN, tmp_path / "site", jobs=3)
    assert tree(tmp_path / "site") == alone


@pytest.mark.usefixtures("short_ranges")
def test_spawned_processes_make_the_same_bytes(
    alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "context", partial(multiprocessing.get_context, "spawn"))
    build(GOLDEN, tmp_path / "site", jobs=2)
    assert tree(tmp_path / "site") == alone


def test_a_cluster_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no Dask scheduler answers at dask://127\.0\.0\.1:9"):
        build(GOLDEN, tmp_path / "site", executor="dask://127.0.0.1:9")
    assert not (tmp_path / "site").exists()


def test_an_address_of_something_else_is_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"`mpi://here` is not the address of a cluster: write dask://HOST:PORT"):
        build(GOLDEN, tmp_path / "site", executor="mpi://here")


@pytest.mark.parametrize("jobs", [2, 3])
@pytest.mark.usefixtures("short_ranges")
def test_a_process_that_is_ended_is_told(jobs: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranges, "_render", end)
    with pytest.raises(PublishError) as caught:
        build(GOLDEN, tmp_path / "site", jobs=jobs)
    assert str(caught.value) == ranges.ENDED
    assert list(tmp_path.iterdir()) == []


def test_a_process_that_is_ended_while_it_takes_a_range_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ranges, "PATIENCE", 0.1)
    monkeypatch.setattr(ranges, "_render", end_taking)
    with pytest.raises(PublishError, match=re.escape(ranges.ENDED)):
        build(GOLDEN, tmp_path / "site", jobs=2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("total", [0, 1, 2, 7])
def test_each_range_is_taken_once(total: int) -> None:
    for turns in product((True, False), repeat=total + 1):
        ends, given, taken = ranges.Ends(total), iter(range(total)), list[int]()
        for ours in turns:
            number = ends.take_last() if ours else next(given, None)
            if number is not None and (ours or ends.take(number)):
                taken.append(number)
        taken += [number for number in given if ends.take(number)]
        while (number := ends.take_last()) is not None:
            taken.append(number)
        assert sorted(taken) == list(range(total))


def end(_number: int, _span: tuple[int, int]) -> None:
    os._exit(9)


def end_taking(_number: int, _span: tuple[int, int]) -> None:
    ranges._ends._taken.get_lock().acquire()
    os._exit(9)


PARENT = """
import os, sys, time
from pathlib import Path
from generator import ranges
from generator.build import build

def stay(number, span):
    os.write(1, f"{os.getpid()}\\n".encode())  # in one piece, unlike print
    time.sleep(60)

ranges.RANGE, ranges._render = 7, stay
build(Path(sys.argv[1]), Path(sys.argv[2]), jobs=3)
"""


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_process_outlives_the_build_it_works_for(number: signal.Signals, tmp_path: Path) -> None:
    command = [sys.executable, "-c", PARENT, str(GOLDEN), str(tmp_path / "site")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=ROOT, text=True) as parent:
        assert parent.stdout
        workers = [int(parent.stdout.readline()) for _ in range(2)]
        parent.send_signal(number)
        began = time.monotonic()
        assert parent.stdout.read() == ""  # which ends when the last process that writes there has ended
    assert len(set(workers)) == 2
    assert time.monotonic() - began < 30


# The last, because nothing may be forked from a process in which a scheduler runs.


@pytest.mark.usefixtures("short_ranges")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed", "ignore::ResourceWarning")  # Dask's own
def test_a_dask_cluster_makes_the_same_bytes(alone: dict[str, bytes], cluster: str, tmp_path: Path) -> None:
    build(GOLDEN, tmp_path / "site", executor=cluster)
    assert tree(tmp_path / "site") == alone


@pytest.mark.usefixtures("short_ranges")
@pytest.mark.filterwarnings("ignore::DeprecationWarning:distributed", "ignore::ResourceWarning")  # Dask's own
def test_a_dask_cluster_writes_to_an_address(alone: dict[str, bytes], cluster: str, tmp_path: Path) -> None:
    content = shutil.copytree(GOLDEN, tmp_path / "content")
    place = Remote(f"file://{tmp_path}/site")
    first = build(content, place, executor=cluster).published
    assert first == Published(written=len(alone) - 1, unchanged=0, removed=0, kept=0)
    assert pages(tree(tmp_path / "site")) == pages(alone)
    again = build(content, place, executor=cluster, afresh=True).published
    assert again == Published(written=0, unchanged=len(alone) - 1, removed=0, kept=0)
    (content / "pages/more.md").write_text("---\ntitle: More\n---\n\n[gone](nowhere.html)\n")
    with pytest.raises(ContentError, match=r"pages/more\.md:5:1: error: broken link nowhere\.html"):
        build(content, place, executor=cluster)
    assert pages(tree(tmp_path / "site")) == pages(alone)
