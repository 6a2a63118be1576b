"""Requests and events: HTTP for this machine alone.

Only a loopback address is listened at, and only requests that were meant for it are answered: a page elsewhere that has
its name lead here is refused by the `Host` header.
"""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from generator.errors import UsageError
from generator.server.answers import EVENTS, Answer, Answers
from generator.server.live import Live

__all__ = ["Server"]

_LOOPBACK = "127.0.0.1"
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_TRIES = 50
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Server(ThreadingHTTPServer):
    """Serves one site on a port of this machine, the next free one where the port is taken."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, live: Live, port: int) -> None:
        self.live, self.answers = live, Answers(live)
        self.closing = False
        for tried in range(port, min(port + _TRIES, 65536)) if port else (0,):
            try:
                super().__init__((_LOOPBACK, tried), _Handler)
            except OSError:
                continue
            return
        raise UsageError(f"no port is free from {port} on; choose another with --port")

    @property
    def url(self) -> str:
        """The address of the home page."""
        return f"http://{_LOOPBACK}:{self.server_address[1]}/"

    def close(self) -> None:
        """Stop answering and let everyone go who waits for news."""
        self.closing = True
        self.live.close()
        self.shutdown()
        self.server_close()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that left in the middle of an answer."""


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer goes out as one piece
    disable_nagle_algorithm = True
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_meant():
            self._send(Answer(403, "text/plain; charset=utf-8", b"This server answers its own machine alone.\n"))
        elif self.path.partition("?")[0] == EVENTS:
            self._events()
        else:
            self._send(self.server.answers.answer(self.path))

    def do_HEAD(self) -> None:
        self.do_GET()

    def version_string(self) -> str:
        return "almanac"

    def log_message(self, *_: Any) -> None:
        """Say nothing: the terminal is for what is wrong."""

    def _is_meant(self) -> bool:
        hosts = self.headers.get_all("Host", [])
        port = self.server.server_address[1]
        return len(hosts) == 1 and hosts[0].lower() in {*_NAMES, *(f"{name}:{port}" for name in _NAMES)}

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.type)
        self.send_header("Content-Length", str(len(answer.data)))
        self.send_header("Cache-Control", "max-age=31536000, immutable" if answer.is_kept else "no-store")
        self.send_header("Content-Security-Policy", _POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.data)

    def _events(self) -> None:
        """Tell every change until the browser leaves."""
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        seen = -1
        while not self.server.closing:
            state = self.server.live.wait(seen, seconds=10)
            news = json.dumps({"number": state.number, "broken": bool(state.problems)})
            self.wfile.write((f"data: {news}\n\n" if state.number != seen else ": still here\n\n").encode())
            self.wfile.flush()
            seen = state.number
