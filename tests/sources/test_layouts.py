"""A layout is found by its shape, whether the source is a folder, a file, an archive, or bytes from an address."""

import gzip
import io
import json
import socket
import tarfile
from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.errors import ContentError
from generator.sources.fetched import Fetched
from generator.sources.layouts import beside, read
from tests.sources.published import FILES, checkout

OFFERED: dict[str, Any] = {"id": "sun", "name": "Sun", "limit": {"context": 8, "output": 4}}
API = {"acme": {"id": "acme", "name": "Acme", "env": ["KEY"], "npm": "x", "doc": "y", "models": {"sun": OFFERED}}}
OPENROUTER = {"data": [{"id": "acme/sun", "name": "Acme: Sun", "pricing": {"prompt": "0.1"}}]}
LITELLM = {"sun": {"litellm_provider": "acme"}}


def packed() -> bytes:
    """Return a checkout as hosts of repositories pack it: in one folder, gzipped."""
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w:gz") as archive:
        for name, text in FILES.items():
            member = tarfile.TarInfo(f"models.dev-main/{name}")
            member.size = len(text.encode())
            archive.addfile(member, io.BytesIO(text.encode()))
    return data.getvalue()


@pytest.mark.parametrize(
    ("url", "data", "key"),
    [
        ("https://a.example/api.json", json.dumps(API).encode(), ("acme", "sun")),
        ("https://a.example/catalog.json", json.dumps({"models": {}, "providers": API}).encode(), ("acme", "sun")),
        ("https://a.example/api.json.gz", gzip.compress(json.dumps(API).encode()), ("acme", "sun")),
        ("https://a.example/api/v1/models", json.dumps(OPENROUTER).encode(), ("openrouter", "acme/sun")),
        ("https://a.example/prices.json?raw=1", json.dumps(LITELLM).encode(), ("acme", "sun")),
        ("https://a.example/prices", json.dumps(LITELLM).encode(), ("acme", "sun")),
        ("https://a.example/main.tar.gz", packed(), ("acme", "rocket")),
        ("https://a.example/tar.gz/refs/heads/main", packed(), ("acme", "rocket")),
    ],
)
def test_what_was_behind_an_address_is_read_like_a_file(url: str, data: bytes, key: tuple[str, str]) -> None:
    content = read(Fetched(url=url, data=data))
    assert key in {entry.value.key for entry in content.records.offerings}
    assert {entry.document.path.partition("?")[0] for entry in content.records.providers} <= {
        url.partition("?")[0],
        f"{url}/providers/acme/provider.toml",
    }


def test_an_answer_that_is_no_catalog_is_told_by_its_address() -> None:
    with pytest.raises(ContentError) as caught:
        read(Fetched(url="https://me:secret@a.example/login", data=b"<!doctype html>"))
    (problem,) = caught.value.problems
    assert str(problem).startswith("https://***@a.example/login: error: is not a catalog in a layout that is known")


def test_nothing_stands_beside_what_was_fetched() -> None:
    assert beside(Path("content"), "templates") == Path("content/templates")
    assert beside(Fetched(url="https://a.example/api.json", data=b""), "templates") is None


def test_no_build_asks_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the build asks the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    checkout(tmp_path / "source")
    build(tmp_path / "source", tmp_path / "site", jobs=1)
    fetched = Fetched(url="https://a.example/main.tar.gz", data=packed())
    assert build(fetched, tmp_path / "other", jobs=1).offerings == 2
