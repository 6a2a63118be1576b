import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from time import perf_counter, sleep

import pytest
from playwright.sync_api import Browser

from generator.build import build
from generator.server import Live, Server, look
from generator.server.watch import looking, told, watch
from tests.golden import CONTENT

OFFERING = "providers/tiny/models/homemade.yaml"
PAGE = "/providers/tiny/models/homemade.html"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return Path(shutil.copytree(CONTENT, tmp_path / "content"))


@contextmanager
def answering(content: Path) -> Iterator[Server]:
    live = Live(content)
    live.load()
    server = Server(live, 0)
    running = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    running.start()
    yield server
    server.close()
    running.join()


@pytest.fixture
def server(content: Path) -> Iterator[Server]:
    with answering(content) as server:
        yield server


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a catalog that nobody changes, with a link among its static files that leads out."""
    folder = tmp_path_factory.mktemp("still")
    (folder / "secret.txt").write_text("secret")
    content = Path(shutil.copytree(CONTENT, folder / "content"))
    static = Live(content).templates / "static"
    static.mkdir(parents=True)
    (static / "leading-out.txt").symlink_to(folder / "secret.txt")
    with answering(content) as server:
        yield server


def ask(server: Server, target: str, *, method: str = "GET", host: str | None = None) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.server_address[1], timeout=10)
    connection.putrequest(method, target, skip_host=True)
    connection.putheader("Host", f"127.0.0.1:{server.server_address[1]}" if host is None else host)
    connection.endheaders()
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer, data


def change(server: Server, name: str, old: str, new: str) -> None:
    file = server.live.source / name
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))
    server.live.changed({file.resolve()})


def test_every_file_of_a_build_is_served_as_it_is_built(server: Server, tmp_path: Path) -> None:
    changes: dict[str, object] = {"base_url": None, "editions": ("html", "md")}
    server.live.examine()
    build(server.live.source, tmp_path / "site", changes=changes)
    for path in sorted((tmp_path / "site").rglob("*")):
        name = path.relative_to(tmp_path / "site").as_posix()
        if path.is_dir() or name == ".almanac.json":
            continue
        answer, data = ask(server, f"/{name}")
        shown = re.sub(rb'<script src="/.almanac/live.js\?[^"]+"></script>\n', b"", data)
        shown = re.sub(rb'(="(?:\.\./)*assets/[^"?]+)\?[0-9a-f]+-[0-9a-f]+(?=")', rb"\1", shown)
        assert (answer.status, shown) == (200, path.read_bytes()), name


@pytest.mark.parametrize(
    ("target", "status", "kind"),
    [
        ("/", 200, "text/html; charset=utf-8"),
        ("/models/", 200, "text/html; charset=utf-8"),
        ("/README.md", 200, "text/plain; charset=utf-8"),
        ("/assets/almanac.css", 200, "text/css; charset=utf-8"),
        ("/.almanac/live.js", 200, "text/javascript; charset=utf-8"),
        ("/models", 302, "text/plain"),
        ("/assets/", 404, "text/html; charset=utf-8"),
        ("/nowhere.html", 404, "text/html; charset=utf-8"),
        ("/../site.yaml", 404, "text/html; charset=utf-8"),
        ("/assets/../../content/site.yaml", 404, "text/html; charset=utf-8"),
        ("/assets/%2e%2e/%2e%2e/site.yaml", 404, "text/html; charset=utf-8"),
        ("/.almanac/../live.py", 404, "text/plain; charset=utf-8"),
        ("/.almanac/%2e%2e/http.py", 404, "text/plain; charset=utf-8"),
        ("//etc/passwd", 404, "text/html; charset=utf-8"),
        ("/assets/leading-out.txt", 404, "text/html; charset=utf-8"),
        ("/%00all", 404, "text/html; charset=utf-8"),
        ("/assets/%00", 404, "text/html; charset=utf-8"),
        ("/assets/" + "x" * 5000, 404, "text/html; charset=utf-8"),
        ("/\\models", 404, "text/html; charset=utf-8"),
        ("/%5C%5Cevil.example", 404, "text/html; charset=utf-8"),
        ("/models%0d%0aX-Evil:%20yes", 404, "text/html; charset=utf-8"),
        ("/%ff%fe", 404, "text/html; charset=utf-8"),
        ("http://[/models", 400, "text/plain; charset=utf-8"),
        ("*", 404, "text/html; charset=utf-8"),
    ],
)
def test_an_address_names_a_file_of_the_site_and_nothing_else(
    still: Server, target: str, status: int, kind: str
) -> None:
    answer, data = ask(still, target)
    assert (answer.status, answer.headers["Content-Type"]) == (status, kind)
    assert b"secret" not in data


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:{port}", 200),
        ("[::1]:{port}", 200),
        ("127.0.0.1", 200),
        ("evil.example:{port}", 403),
        ("localhost.evil.example:{port}", 403),
        ("127.0.0.1:1", 403),
        ("localhost:x", 403),
        ("[", 403),
        ("[::1", 403),
        ("127.0.0.1@evil.example", 403),
        ("evil.example@127.0.0.1", 403),
        ("127.0.0.1/evil.example", 403),
        ("", 403),
    ],
)
def test_only_requests_meant_for_this_machine_are_answered(still: Server, host: str, status: int) -> None:
    assert still.server_address[0] == "127.0.0.1"
    answer, _ = ask(still, "/", host=host.format(port=still.server_address[1]))
    assert answer.status == status


@pytest.mark.parametrize(
    "target", ["/models", "/%2Fmodels", "/%2F%2Fmodels", "///models", "http://evil.example/models", "/models?//evil"]
)
def test_a_redirect_stays_on_this_server(still: Server, target: str) -> None:
    answer, _ = ask(still, target)
    assert (answer.status, answer.headers["Location"]) == (302, "/models/")


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 403),
        (b"GET / HTTP/1.0\r\n\r\n", 403),
        (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\n\r\n", 403),
        (b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n", 403),
        (b"GET /\xff\x01 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 404),
        (b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431),
        (b"GET / HTTP/9.9\r\nHost: 127.0.0.1\r\n\r\n", 505),
        (b"GET / and more\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 0\r\n\r\n", 501),
        (b"\x16\x03\x01\x02\r\n", 400),
    ],
)
def test_a_request_that_is_none_is_answered_and_not_obeyed(still: Server, request_: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", still.server_address[1]), timeout=10) as connection:
        connection.sendall(request_)
        answer = connection.recv(10_000).decode("latin-1")
    # What has no version is answered as in the days before there were any: without a line of status.
    assert f" {status} " in answer.partition("\r\n")[0] or f"Error code: {status}" in answer
    assert ask(still, "/.almanac/live.css")[0].status == 200


def test_a_question_for_the_head_alone(still: Server) -> None:
    answer, data = ask(still, "/", method="HEAD")
    assert (answer.status, data) == (200, b"")
    assert int(answer.headers["Content-Length"]) > 1000


def test_a_change_is_shown_with_one_file_read_again(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    name = (server.live.source / OFFERING).read_text()
    monkeypatch.setattr("generator.sources.layouts.read", lambda _: pytest.fail("everything was read again"))
    server.live.changed({(server.live.source / OFFERING).resolve()})
    change(server, OFFERING, name, name + "notes: [Fresh from the oven]\n")
    assert b"Fresh from the oven" in ask(server, PAGE)[1]
    server.live.examine()
    assert b"Fresh from the oven" in ask(server, PAGE)[1]


def test_what_the_rules_find_is_shown_as_soon_as_it_is_known(server: Server) -> None:
    before = ask(server, "/quality.html")[1]
    server.live.examine()
    assert server.live.state.site
    assert server.live.state.site.world.findings
    assert ask(server, "/quality.html")[1] != before


def test_a_broken_file_is_told_in_place_and_the_last_good_page_stays(server: Server) -> None:
    good = ask(server, PAGE)[1]
    change(server, OFFERING, (server.live.source / OFFERING).read_text(), "nmae: <b>x</b>\n")
    answer, data = ask(server, PAGE)
    assert answer.status == 500
    assert f"{server.live.source.as_posix()}/{OFFERING}:1:1: error: nmae: unknown key" in data.decode()
    assert b"hint: did you mean `name`?" in data
    assert f'<a href="{PAGE}?good">'.encode() in data
    answer, data = ask(server, f"{PAGE}?good")
    assert (answer.status, data) == (200, good)
    change(server, OFFERING, "nmae: <b>x</b>", "name: Mended")
    answer, data = ask(server, PAGE)
    assert answer.status == 200
    assert b"Mended" in data


def test_a_broken_template_is_told_on_its_pages_alone(server: Server) -> None:
    good = ask(server, PAGE)[1]
    template = server.live.templates / "offering.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text('{% extends "default:offering.html" %}\n{% block footer %}{{ nothing.at.all }}{% endblock %}\n')
    server.live.changed({template.resolve()})
    answer, data = ask(server, PAGE)
    assert answer.status == 500
    assert b"offering.html:2: UndefinedError" in data or b"offering.html:2: &#x27;nothing&#x27; is undefined" in data
    assert ask(server, f"{PAGE}?good")[1] == good
    assert ask(server, "/")[0].status == 200


def test_a_template_that_changes_while_the_content_is_broken_is_shown_with_its_recovery(server: Server) -> None:
    text = (server.live.source / OFFERING).read_text()
    change(server, OFFERING, text, "nmae: x\n")
    template = server.live.templates / "offering.html"
    template.parent.mkdir(exist_ok=True)
    template.write_text('{% extends "default:offering.html" %}\n{% block footer %}Our own words{% endblock %}\n')
    server.live.changed({template.resolve()})
    assert b"Our own words" not in ask(server, f"{PAGE}?good")[1]
    change(server, OFFERING, "nmae: x\n", text)
    assert b"Our own words" in ask(server, PAGE)[1]


def test_a_browser_asks_for_a_static_file_once_and_again_when_it_is_another(server: Server) -> None:
    def linked() -> str:
        found = re.search(rb'href="(?:\.\./)*(assets/almanac\.css\?[^"]+)"', ask(server, PAGE)[1])
        assert found
        return f"/{found[1].decode()}"

    before = linked()
    answer, packaged = ask(server, before)
    assert answer.headers["Cache-Control"] == "max-age=31536000, immutable"
    assert ask(server, "/assets/almanac.css")[0].headers["Cache-Control"] == "no-store"
    assert linked() == before
    own = server.live.templates / "static/almanac.css"
    own.parent.mkdir(parents=True)
    for text in ("p { color: red }", "p { color: tan }"):
        own.write_text(text)
        server.live.changed({own.resolve()})
        now = linked()
        answer, data = ask(server, now)
        assert (answer.headers["Cache-Control"], data) == ("max-age=31536000, immutable", text.encode())
        answer, data = ask(server, before)
        assert (answer.headers["Cache-Control"], data) == ("no-store", text.encode())
        assert now != before
    own.unlink()
    server.live.changed({own})
    assert ask(server, linked())[1] == packaged
    assert linked() == before


def test_a_file_more_or_less_is_a_page_more_or_less(server: Server) -> None:
    page = server.live.source / "pages/fresh.md"
    page.write_text("---\ntitle: Fresh\n---\n\nText.\n")
    server.live.changed({page.resolve()})
    assert ask(server, "/pages/fresh.html")[0].status == 200
    page.unlink()
    server.live.changed({page})
    assert ask(server, "/pages/fresh.html")[0].status == 404


@pytest.mark.parametrize("way", [told, looking])
def test_changes_are_noticed(tmp_path: Path, way: type) -> None:
    (tmp_path / "a.txt").write_text("one")
    stop, found = threading.Event(), set[Path]()

    def collect() -> None:
        for paths in way([tmp_path], stop):
            found.update(paths)

    running = threading.Thread(target=collect)
    running.start()
    began = perf_counter()
    while not found and perf_counter() - began < 20:
        sleep(0.3)
        (tmp_path / "a.txt").write_text("another" + "!" * int(10 * perf_counter() % 7))
    stop.set()
    running.join()
    assert found == {tmp_path / "a.txt"}


def test_what_changed_before_watching_began_is_not_missed(tmp_path: Path) -> None:
    for name in ("edited", "removed", "left"):
        (tmp_path / name).write_text("one")
    seen = look([tmp_path])
    (tmp_path / "edited").write_text("another")
    (tmp_path / "removed").unlink()
    (tmp_path / "made").write_text("new")
    found = next(watch([tmp_path], threading.Event(), seen))
    assert found == {tmp_path / "edited", tmp_path / "removed", tmp_path / "made"}


@contextmanager
def serving(content: Path) -> Iterator["subprocess.Popen[str]"]:
    """Run the server; whatever happens, it is gone at the end."""
    command = [sys.executable, "-m", "generator", "serve", str(content), "--port", "0"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}
    )
    try:
        yield running
    finally:
        running.kill()
        running.communicate()


def test_the_browser_shows_an_edit_an_error_and_the_recovery(content: Path, browser: Browser) -> None:
    with serving(content) as running, browser.new_context() as context:
        assert running.stdout
        assert running.stdout.readline().endswith(" s\n")
        url = running.stdout.readline().split(" at ")[1].split("/ ")[0]
        page, faults = context.new_page(), list[str]()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(url + PAGE)
        file = content / OFFERING
        text = file.read_text()
        file.write_text(text + "notes: [Fresh from the oven]\n")
        page.get_by_text("Fresh from the oven").first.wait_for()
        file.write_text(text + "nmae: x\n")
        page.get_by_text("nmae: unknown key").wait_for()
        page.get_by_text("The page as it last was").click()
        page.get_by_text("Fresh from the oven").first.wait_for()
        file.write_text(text + "notes: [Mended]\n")
        page.get_by_text("Mended").first.wait_for()
        assert page.url == url + PAGE
        assert faults == []
        page.close()
        running.send_signal(signal.SIGINT)
        _, told = running.communicate(timeout=20)
    assert running.returncode == 0
    assert f"{OFFERING}:" in told
    assert "error: nmae: unknown key" in told
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_left_to_who_has_it(server: Server) -> None:
    other = Server(server.live, server.server_address[1])
    assert other.server_address[1] > server.server_address[1]
    other.server_close()
