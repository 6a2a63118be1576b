"""What the system saw: a build opens no connection and starts no other program.

The audit hook of `tests/test_alone.py` sees what Python does; strace sees what any library does. Part of `make qa`.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import find_tool
from tests.golden import CONTENT

pytestmark = pytest.mark.skipif(not os.environ.get("ALMANAC_QA"), reason="`make qa` runs it")

CALL = re.compile(r"(?:^|\s)(socket|connect|bind|sendto|sendmsg|execve|execveat)\(")
# The C library asks the machine's own table of users for the home folder, into which nothing may be built.
USERS = re.compile(r'socket\(AF_UNIX|connect\(\d+, \{sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"')


def calls(log: Path, *command: object) -> list[str]:
    traced = [find_tool("strace"), "-f", "-qq", "-e", "trace=network,execve,execveat", "-o", log, *command]
    done = subprocess.run([str(word) for word in traced], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [line for line in log.read_text(encoding="utf-8").splitlines() if CALL.search(line)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_the_system_saw_no_connection_and_no_other_program(jobs: int, tmp_path: Path) -> None:
    build = (sys.executable, "-m", "generator", "build", CONTENT, "-o", tmp_path / "site", "-q", "-j", jobs)
    seen = calls(tmp_path / "log", *build)
    assert [line for line in seen[1:] if not USERS.search(line)] == []
    assert f'execve("{sys.executable}"' in seen[0]
    assert (tmp_path / "site" / "index.html").is_file()


def test_strace_sees_what_it_looks_for(tmp_path: Path) -> None:
    code = "import socket, subprocess; socket.socket().close(); subprocess.run(['true'], check=True)"
    seen = " ".join(calls(tmp_path / "log", sys.executable, "-c", code))
    assert "socket(AF_INET" in seen
    assert '["true"]' in seen


def test_a_build_needs_no_network(tmp_path: Path) -> None:
    build = (sys.executable, "-m", "generator", "build", CONTENT, "-o", tmp_path / "site", "-q")
    command = [find_tool("unshare"), "--map-root-user", "--net", *map(str, build)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
