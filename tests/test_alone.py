"""A build is alone: it asks nothing of the network and starts no other program."""

import json
import subprocess
import sys
from pathlib import Path

from tests.golden import CONTENT

ROOT = Path(__file__).parent.parent
# In a process of its own: a hook stays for good. Forked workers have it too, and write into the same file.
WATCHED = """
import os, sys
seen = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def watch(event, arguments):
    if event.partition(".")[0] in ("socket", "subprocess", "urllib", "http", "ftplib", "smtplib", "webbrowser") or (
        event in ("os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.startfile", "pty.spawn")
    ):
        os.write(seen, (event + " " + repr(arguments)[:200] + "\\n").encode())
import generator.cli
sys.addaudithook(watch)
generator.cli.main(sys.argv[2:])
"""


def watched(folder: Path, *arguments: object) -> tuple[int, str]:
    command = [sys.executable, "-c", WATCHED, str(folder / "seen"), *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, (folder / "seen").read_text(encoding="utf-8") + done.stderr


def test_a_build_asks_nobody_and_starts_nothing(tmp_path: Path) -> None:
    assert watched(tmp_path, "build", CONTENT, "-o", tmp_path / "site", "-q", "-j", "1") == (0, "")
    assert (tmp_path / "site" / "index.html").is_file()


def test_workers_ask_nobody_either(tmp_path: Path) -> None:
    code, seen = watched(tmp_path, "build", CONTENT, "-o", tmp_path / "site", "-q", "-j", "2")
    # Processes of a pool wake each other by a pipe; that is no socket of a network.
    assert (code, seen) == (0, "")


def test_the_hook_sees_what_it_looks_for(tmp_path: Path) -> None:
    code = WATCHED + "\nimport socket, subprocess\n"
    code = code.replace("generator.cli.main(sys.argv[2:])", "")
    code += "socket.socket().close(); subprocess.run(['true'], check=True)\n"
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "seen")], cwd=ROOT, check=True)
    events = [line.split(" ")[0] for line in (tmp_path / "seen").read_text(encoding="utf-8").splitlines()]
    assert {"socket.__new__", "subprocess.Popen"} <= set(events), json.dumps(events)
