"""A server on this machine that speaks each protocol, refuses what is not of it, and remembers ids."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from email.parser import BytesParser
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote

KEY = "secret-1"
SAID = "Because of scattering."
SOUND = b"sound"


def _openai_chat(body: Any) -> Any:
    assert body["messages"][0]["role"] == "user"
    if "tools" in body:
        assert body["tools"][0]["function"]["parameters"]["required"] == ["city"]
    for part in body["messages"][0]["content"] if isinstance(body["messages"][0]["content"], list) else ():
        assert part["type"] in ("text", "image_url"), part
    call = {"id": "1", "type": "function", "function": {"name": "get_weather", "arguments": "{}"}}
    message = {"role": "assistant", "content": SAID, "tool_calls": [call]}
    choice = {"index": 0, "finish_reason": "stop", "message": message}
    return {"id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice]}


def _openai_responses(body: Any) -> Any:
    assert "input" in body
    said = {"type": "output_text", "text": SAID, "annotations": []}
    message = {"type": "message", "id": "2", "role": "assistant", "status": "completed", "content": [said]}
    return {"id": "1", "object": "response", "created_at": 1, "model": body["model"], "output": [message]}


def _anthropic(body: Any) -> Any:
    assert body["max_tokens"] > body.get("thinking", {}).get("budget_tokens", 0)
    return {
        "id": "1",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [{"type": "text", "text": SAID}],
        "stop_reason": "end_turn",
        "stop_sequence": None,
        "usage": {"input_tokens": 1, "output_tokens": 1},
    }


def _google(body: Any) -> Any:
    assert body["contents"][0]["role"] == "user"
    for part in body["contents"][0]["parts"]:
        assert set(part) <= {"text", "inlineData"}
        assert base64.b64decode(part.get("inlineData", {"data": ""})["data"]) in (b"", b"picture")
    spoken = "responseModalities" in body.get("generationConfig", {})
    inline = {"mimeType": "audio/pcm", "data": base64.b64encode(SOUND).decode()}
    return {"candidates": [{"content": {"parts": [{"inlineData": inline} if spoken else {"text": SAID}]}}]}


def _bedrock(body: Any) -> Any:
    assert isinstance(body["messages"][0]["content"], list)
    return {"output": {"message": {"role": "assistant", "content": [{"text": SAID}]}}}


def _cohere(body: Any) -> Any:
    assert body["messages"]
    return {"message": {"content": [{"type": "text", "text": SAID}], "tool_calls": [{"name": "get_weather"}]}}


def _ollama(body: Any) -> Any:
    assert body["stream"] is False
    return {"message": {"content": SAID, "tool_calls": [{"name": "get_weather"}]}}


ANSWERS: Mapping[str, Callable[[Any], Any]] = {
    "/v1/chat/completions": _openai_chat,
    "/v1/responses": _openai_responses,
    "/v1/embeddings": lambda body: {
        "object": "list",
        "model": body["model"],
        "data": [{"object": "embedding", "index": 0, "embedding": [0.5, 0.25, 1]}],
        "usage": {"prompt_tokens": 1, "total_tokens": 1},
    },
    "/v1/images/generations": lambda body: {
        "created": 1,
        "data": [{"url": f"https://example.com/{len(body['prompt'])}"}],
    },
    "/v1/audio/speech": lambda body: SOUND if body["voice"] else b"",
    "/v1/audio/transcriptions": lambda _: {"text": SAID},
    "/anthropic/v1/messages": _anthropic,
    ":generateContent": _google,
    ":embedContent": lambda body: {"embedding": {"values": [1, 2, 3]}} if body["content"]["parts"] else {},
    "/v2/chat": _cohere,
    "/v2/embed": lambda body: {"embeddings": {"float": [[1, 2, 3]]}} if body["texts"] else {},
    "/converse": _bedrock,
    "/api/chat": _ollama,
}
"""What is answered to a body, by the end of the path."""


class Server:
    """The address of a running server, and the ids that requests named."""

    def __init__(self, port: int) -> None:
        self.host = f"http://127.0.0.1:{port}"
        self.names: list[str] = []
        self.faults: list[str] = []


@contextmanager
def serving() -> Iterator[Server]:
    """Run a server as long as the block lasts."""
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler := type("Handler", (_Handler,), {}))
    about = Server(http.server_address[1])
    _handler.about = about  # type: ignore[attr-defined]  # the library makes the handlers, so they find it on their class
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield about
    finally:
        http.shutdown()
        http.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    about: Server

    def do_POST(self) -> None:  # the library's name
        sent = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            status, data = 200, self._answer(sent)
        except (AssertionError, KeyError, StopIteration, ValueError) as error:
            self.about.faults.append(f"{self.path}: {error!r}")
            status, data = 400, b"{}"
        self.send_response(status)
        self.send_header("Content-Type", "application/json" if data != SOUND else "audio/mpeg")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _answer(self, sent: bytes) -> bytes:
        self._check_key()
        kind = self.headers["Content-Type"]
        body = json.loads(sent) if kind == "application/json" else _form(kind, sent)
        end = next(end for end in ANSWERS if self.path.endswith(end))
        path = unquote(self.path.removesuffix("/converse").removesuffix(end))
        self.about.names.append(body.get("model") or path.partition("/models/" if "/models/" in path else "/model/")[2])
        made = ANSWERS[end](body)
        return made if isinstance(made, bytes) else json.dumps(made).encode()

    def _check_key(self) -> None:
        keys = [self.headers.get(name, "") for name in ("Authorization", "x-api-key", "x-goog-api-key", "api-key")]
        assert KEY in [key.removeprefix("Bearer ") for key in keys], keys
        if self.path.startswith("/anthropic"):
            assert self.headers["anthropic-version"]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Say nothing."""


def _form(kind: str, sent: bytes) -> dict[str, str]:
    parts = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + sent)
    fields = {}
    for part in parts.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        assert name != "file" or data == SOUND
        fields[str(name)] = data.decode()
    return fields
