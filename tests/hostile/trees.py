"""Small catalogs in each layout, and the ways in which a stranger can make one dangerous."""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path

__all__ = ["BASES", "Make", "fifo", "files", "folder", "link", "raw", "to_a_folder_beside", "unix_socket", "unreadable"]

Make = Callable[[Path], None]

BASES: Mapping[str, Mapping[str, str]] = {
    "native": {
        "site.yaml": "data_date: 2026-07-02\n",
        "authors/acme/author.yaml": "name: Acme\n",
        "authors/acme/models/sun.md": "---\nname: Sun\n---\nWords about it.\n",
        "providers/p/provider.yaml": "name: P\n",
        "providers/p/models/sun.yaml": "model: acme/sun\nprice: {input: 1, output: 2}\n",
    },
    "starmap-2025": {
        "authors.yaml": "- id: acme\n  name: Acme\n",
        "providers.yaml": "- id: p\n  name: P\n",
        "providers/p/models/sun.yaml": "id: sun\nname: Sun\nauthors:\n  - id: acme\n    name: Acme\n",
    },
    "starmap-2026": {
        "authors.yaml": "- id: acme\n  name: Acme\n",
        "providers.yaml": "- id: p\n  name: P\n",
        "authors/acme/models/sun.yaml": "id: sun\nname: Sun\n",
        "providers/p/models/sun.yaml": "id: sun\nmodel: acme/sun\n",
    },
    "modelsdev": {
        "models/acme/sun.toml": 'name = "Sun"\n',
        "providers/p/provider.toml": 'name = "P"\nenv = ["P_KEY"]\nnpm = "@ai-sdk/p"\ndoc = "https://p.example/docs"\n',
        "providers/p/models/sun.toml": 'name = "Sun"\n[limit]\ncontext = 1000\noutput = 100\n',
    },
}


def files(texts: Mapping[str, str]) -> Make:
    """Write texts over the catalog."""
    return raw({name: text.encode() for name, text in texts.items()})


def raw(contents: Mapping[str, bytes]) -> Make:
    """Write bytes over the catalog; a surrogate in a name stands for a byte that is not UTF-8."""

    def make(root: Path) -> None:
        for name, data in contents.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    return make


def _place(root: Path, name: str) -> Path:
    """Return a path at which there is nothing any more."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    return path


def link(name: str, target: str) -> Make:
    """Put a link in the place of a file."""
    return lambda root: _place(root, name).symlink_to(target)


def to_a_folder_beside(name: str) -> Make:
    """Put a link to a file beside the catalog, in a folder whose name begins as the catalog's does."""

    def make(root: Path) -> None:
        beside = root.with_name(f"{root.name}-evil")
        beside.mkdir()
        (beside / "secret").write_text("name: never to be told\n", encoding="utf-8")
        _place(root, name).symlink_to(beside / "secret")

    return make


def fifo(name: str) -> Make:
    """Put a pipe, from which nobody ever writes, in the place of a file."""
    return lambda root: os.mkfifo(_place(root, name))


def folder(name: str) -> Make:
    """Put a folder in the place of a file."""
    return lambda root: _place(root, name).mkdir()


def unix_socket(name: str) -> Make:
    """Put a socket in the place of a file."""

    def make(root: Path) -> None:
        path = _place(root, name)
        # The address of a socket may be 108 bytes long, so it is given from where it stands.
        with chdir(path.parent), socket.socket(socket.AF_UNIX) as server:
            server.bind(path.name)

    return make


def unreadable(name: str) -> Make:
    """Take away the right to read a file."""
    return lambda root: (root / name).chmod(0)
