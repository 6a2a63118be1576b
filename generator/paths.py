"""Ids -> stems -> files -> relative links: the one rule for where a page is, used for writing and for linking alike.

A *stem* names a page without its edition: `authors/google/` for a folder page, `authors/google/models/gemini` for a
leaf. `/` in an id stays a folder; every part is lower-cased, `:` and space become `-`, `@` becomes `-at-`, and whatever
some file system or host cannot hold becomes `-`. Two ids that would share a stem are told apart by a short hash of the
id, except the one that equals its stem. Given up: reading an id back from its path.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from unicodedata import normalize
from urllib.parse import quote

__all__ = ["SUFFIXES", "assign", "file_of", "from_folder", "href", "public", "slug", "stem_of"]

SUFFIXES: Mapping[str, tuple[str, str]] = {
    "html": ("index.html", ".html"),
    "md": ("README.md", ".md"),
    "json": ("index.json", ".json"),
}
"""For each edition, and the record beside them: the file of a folder page, and what is appended to a leaf's stem."""

_KEPT = re.compile(r"[^\w.+~-]")
_DEVICE = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\..*)?\Z")
_TAKEN = frozenset({"index", "readme", "_index", "404"})
_LIKE_A_FILE = re.compile(r"\.(html|md|json|svg|xml|txt|ya?ml)\Z")
_PLAIN = re.compile(r"[A-Za-z0-9/._~+-]*\Z")
_MAX_PART = 120


@lru_cache(maxsize=1 << 16)
def slug(name: str) -> str:
    """Return the path that an id asks for; `assign` settles what happens when two ids ask for the same."""
    return "/".join(_part(part, name) for part in normalize("NFC", name).split("/"))


def _part(part: str, name: str) -> str:
    text = normalize("NFC", part.casefold()).replace("@", "-at-")
    text = _KEPT.sub("-", text).strip(".")
    text = _LIKE_A_FILE.sub(lambda found: "-" + found[1], text)  # a folder may not be called as a page beside it
    if not text.strip("-") or text in _TAKEN or _DEVICE.match(text):
        return f"{text.strip('-')}-{_hash(name)}".lstrip("-")
    if len(text.encode()) > _MAX_PART:
        return f"{text.encode()[: _MAX_PART - 9].decode(errors='ignore')}-{_hash(name)}"
    return text


def assign(names: Iterable[str], *, nested: bool = True) -> dict[str, str]:
    """Return a path for each id, all different on every file system; of one part unless `nested`."""
    asking: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(set(names)):
        asking[slug(name if nested else name.replace("/", "-"))].append(name)
    given = {name: path for path, group in asking.items() for name in group if len(group) == 1 or name == path}
    taken = set(given.values())
    for path, group in sorted(asking.items()):
        for name in group:
            if name not in given:
                given[name] = _distinct(path, name, taken)
                taken.add(given[name])
    return given


def _distinct(path: str, name: str, taken: set[str]) -> str:
    for length in (8, 16, 64):
        candidate = f"{path}-{_hash(name, length)}"
        if candidate not in taken:
            return candidate
    raise AssertionError(f"no free path for {name!r}")


def _hash(name: str, length: int = 8) -> str:
    return sha256(name.encode()).hexdigest()[:length]


@lru_cache(maxsize=1 << 16)
def file_of(stem: str, edition: str) -> str:
    """Return the file that holds the page of a stem in an edition."""
    folder_page, suffix = SUFFIXES[edition]
    return stem + (folder_page if not stem or stem.endswith("/") else suffix)


def stem_of(file: str) -> str:
    """Return the stem of the page in a file of the HTML edition; a stem is its own."""
    plain = file.removeprefix("/")
    for ending in SUFFIXES["html"]:
        if plain.endswith(f"/{ending}") or plain == ending:
            return plain.removesuffix(ending)
    return plain.removesuffix(".html")


def public(stem: str, edition: str, target: str) -> str:
    """Return where a page of an edition is once its host has published it: MkDocs and Hugo make HTML of it."""
    if target == "hugo":
        return stem if not stem or stem.endswith("/") else f"{stem}/"
    return file_of(stem, "html" if target == "mkdocs" else edition)


def href(from_file: str, to_file: str, anchor: str = "") -> str:
    """Return the shortest relative address of one file of the site in another, percent-encoded."""
    if from_file == to_file:
        return "#" + quote(anchor) if anchor else quote(to_file.rpartition("/")[2])
    return from_folder(from_file.rpartition("/")[0], to_file, anchor)


def from_folder(folder: str, to_file: str, anchor: str = "") -> str:
    """Return the same from any other file of a folder."""
    start = up = ""
    for start, up in _steps(folder):  # noqa: B007  # the last of them fits every file
        if to_file.startswith(start):
            break
    path = up + to_file[len(start) :]
    address = path if _is_plain(to_file) else quote(path, safe="/.-_~+")
    return f"{address}#{quote(anchor)}" if anchor else address


@lru_cache(maxsize=1 << 14)
def _is_plain(path: str) -> bool:
    return _PLAIN.match(path) is not None


@lru_cache(maxsize=1 << 13)
def _steps(folder: str) -> tuple[tuple[str, str], ...]:
    """Return a folder and those around it, each with how it is reached from there."""
    parts = folder.split("/") if folder else []
    return tuple(("".join(f"{part}/" for part in parts[: len(parts) - up]), "../" * up) for up in range(len(parts) + 1))


@lru_cache(maxsize=1 << 13)
def _split(path: str) -> tuple[str, ...]:
    return tuple(path.split("/"))
