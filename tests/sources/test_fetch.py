"""Bytes come from https alone, to an end: against a server on this machine that does what servers do wrong."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from generator.errors import ContentError
from generator.sources.fetch import fetch
from generator.sources.fetched import Fetched, is_address

BODY = b'{"data": []}'
_OVER = threading.Event()
"""Set when the server is to go: until then it is silent or slow, however busy the machine is."""


class _Server(BaseHTTPRequestHandler):
    """Answers by the path that is asked for."""

    def do_GET(self) -> None:
        name, _, self.rest = self.path[1:].partition("/")
        getattr(self, f"answer_{name}")()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""

    def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def answer_fine(self) -> None:
        self.send(200, BODY, Content_Length=str(len(BODY)))

    def answer_endless(self) -> None:
        self.send(200)
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True

    def answer_large(self) -> None:
        self.send(200, b"x", Content_Length="1000")

    def answer_short(self) -> None:
        self.send(200, BODY, Content_Length="90")

    def answer_agent(self) -> None:
        self.send(200, self.headers["User-Agent"].encode())

    def answer_missing(self) -> None:
        self.send(404)

    def answer_to(self) -> None:
        self.send(302, Location=self.rest, Content_Length="0")

    def answer_silent(self) -> None:
        _OVER.wait(60)

    def answer_slow(self) -> None:
        self.send(200)
        try:
            while not _OVER.wait(0.02):
                self.wfile.write(b"x")
        except OSError:
            self.close_connection = True


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Server) as listening:
        thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}"
        _OVER.set()
        listening.shutdown()
        thread.join()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def fault(url: str, *, timeout: float = 5, limit: int = 500) -> str:
    with pytest.raises(ContentError) as caught:
        fetch(url, timeout=timeout, limit=limit)
    (problem,) = caught.value.problems
    assert problem.path == url.replace("me:secret", "***")
    return problem.message


def test_the_bytes_of_an_answer(server: str) -> None:
    assert fetch(f"{server}/fine").data == BODY
    assert fetch(f"{server}/fine", limit=len(BODY)).data == BODY
    assert fetch(f"{server}/agent").data == b"almanac"
    assert fetch(f"{server}/to//fine").data == BODY


@pytest.mark.parametrize(
    ("url", "name", "told"),
    [
        ("https://a.example/b/api.json", "api.json", "https://a.example/b/api.json"),
        ("https://a.example/catalog.tar.gz?token=1#x", "catalog.tar.gz", "https://a.example/catalog.tar.gz?token=1#x"),
        ("https://a.example/api/v1/models", "models.json", "https://a.example/api/v1/models"),
        ("https://me:secret@a.example/", "index.json", "https://***@a.example/"),
        ("https://a.example", "index.json", "https://a.example"),
    ],
)
def test_the_name_of_what_was_fetched(url: str, name: str, told: str) -> None:
    found = Fetched(url=url, data=b"")
    assert (found.name, found.as_posix()) == (name, told)


@pytest.mark.parametrize(
    ("source", "known"),
    [("https://a.example/api.json", True), ("http://a.example", True), ("content", False), ("https:/a.example", False)],
)
def test_what_is_an_address(source: str, *, known: bool) -> None:
    assert is_address(source) is known


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("missing", "cannot be fetched: the server answers 404 Not Found"),
        ("endless", "is larger than 500 bytes"),
        ("large", "is larger than 500 bytes"),
        ("short", "ends after 12 of 90 bytes"),
        ("to/ftp://a.example/x", "leads to `ftp://a.example/x`, which does not start with https://"),
        ("to/http://a.example/x", "leads to `http://a.example/x`, which does not start with https://"),
        (
            "to/https://me:secret@a.example",
            "leads to `https://***@a.example/`, which is not an address without user name and password",
        ),
    ],
)
def test_an_answer_that_is_none(path: str, message: str, server: str) -> None:
    assert fault(f"{server}/{path}") == message


def test_a_redirect_to_a_file_is_not_followed(server: str) -> None:
    message = fault(f"{server}/to/file:///etc/passwd")
    assert message.startswith("cannot be fetched: the server answers 302 Found")


def test_a_redirect_in_a_circle_ends(server: str) -> None:
    assert "infinite loop" in fault(f"{server}/to/?")


def test_a_silent_server_is_not_waited_for(server: str) -> None:
    assert fault(f"{server}/silent", timeout=0.05) == "cannot be fetched: the server is silent for 0.05 seconds"


def test_a_slow_server_is_not_waited_for(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.sources.fetch._PATIENCE", 0.01)
    assert fault(f"{server}/slow", timeout=10) == "cannot be fetched: it takes too long"


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("http://a.example/x", "does not start with https://"),
        ("http://127.0.0.1.a.example/x", "does not start with https://"),
        ("file:///etc/passwd", "does not start with https://"),
        ("ftp://a.example/x", "does not start with https://"),
        ("data:text/plain,x", "does not start with https://"),
        ("prices.json", "does not start with https://"),
        ("https://", "is not an address without user name and password"),
        ("https://me:secret@a.example/", "is not an address without user name and password"),
        ("https://a.example:99999/", "is not an address"),
        ("https://[::1/", "is not an address"),
    ],
)
def test_no_other_address_is_asked(url: str, message: str) -> None:
    assert fault(url) == message


def test_a_server_that_is_not_there_is_told() -> None:
    assert fault("https://127.0.0.1:1/").startswith("cannot be fetched: [Errno")


def test_what_is_no_https_is_told(server: str) -> None:
    assert "SSL" in fault(server.replace("http:", "https:") + "/fine")
