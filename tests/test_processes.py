"""Work that a second process does comes to the same as if this one had done it, whatever happens to the second."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Timer

import pytest

from generator import processes
from generator.processes import WORTH, aside, wanted

HERE = os.getpid()


@pytest.mark.parametrize(
    ("jobs", "amount", "processes"),
    [(0, WORTH - 1, 1), (0, WORTH, 2), (1, WORTH, 1), (3, WORTH, 3), (3, 2, 2), (2, 0, 0)],
)
def test_how_many_processes_work(jobs: int, amount: int, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.processes._cores", lambda: 2)
    assert wanted(jobs, amount) == processes


@pytest.mark.parametrize(("count", "is_here"), [(0, True), (1, True), (2, False), (9, False)])
def test_a_second_process_works_where_there_may_be_one(count: int, is_here: bool) -> None:
    with aside(os.getpid, count) as made:
        assert (made() == HERE) == is_here
    assert multiprocessing.active_children() == []


def test_nothing_of_the_work_is_seen_but_what_it_made() -> None:
    seen = {1, 2}
    with aside(seen.pop, 2) as made:
        assert made() in (1, 2)
    assert seen == {1, 2}


def test_more_is_sent_than_a_pipe_holds() -> None:
    with aside(lambda: "x" * 10_000_000, 2) as made:
        assert made() == "x" * 10_000_000


def ended() -> int:
    if os.getpid() != HERE:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid()


def failed() -> int:
    if os.getpid() != HERE:
        raise MemoryError
    return os.getpid()


def ended_while_it_sends() -> bytes:
    if os.getpid() != HERE:
        Timer(0.1, os.kill, (os.getpid(), signal.SIGKILL)).start()
    return b"x" * 10_000_000


def unsendable() -> Callable[[], int]:
    return lambda: HERE


@pytest.mark.parametrize("work", [ended, failed])
def test_what_a_second_process_does_not_bring_to_its_end_is_done_here(work: Callable[[], int]) -> None:
    with aside(work, 2) as made:
        assert made() == HERE


def test_what_a_second_process_sends_only_half_is_made_here() -> None:
    with aside(ended_while_it_sends, 2) as made:
        while multiprocessing.active_children():  # it waits for a reader until then: a pipe holds less
            time.sleep(0.01)
        assert made() == b"x" * 10_000_000


def test_what_cannot_be_sent_is_made_here() -> None:
    with aside(unsendable, 2) as made:
        assert made()() == HERE


def test_what_fails_everywhere_says_why(capfd: pytest.CaptureFixture[str]) -> None:
    def fail() -> None:
        raise ValueError("so it is")

    with aside(fail, 2) as made, pytest.raises(ValueError, match="so it is"):
        made()
    assert capfd.readouterr() == ("", "")


def test_a_second_process_is_not_left_behind() -> None:
    def leave() -> None:
        with aside(lambda: time.sleep(60), 2):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        leave()
    assert multiprocessing.active_children() == []


def test_where_processes_are_no_copies_the_work_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "_COPIES", False)
    with aside(os.getpid, 2) as made:
        assert made() == HERE


PARENT = """
import os, time
from generator.processes import aside

def work():
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(0.5)
    return "x" * 10_000_000

with aside(work, 2):
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to see which processes there are")
def test_a_second_process_ends_when_the_one_that_waits_for_it_is_killed() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        other = int(parent.stdout.readline())
        parent.kill()
    until = time.monotonic() + 30
    while is_alive(other) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_alive(other)


def is_alive(process: int) -> bool:
    try:
        return ") Z " not in Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
