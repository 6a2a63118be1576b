"""Outputs -> problems: every link of every page leads to a file of the site, and every anchor to a place in it.

Only relative links are followed; nothing is asked of the network. Pages are looked at one by one, where they are rendered; only
links with an anchor have to wait for the page they lead to.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from posixpath import dirname, normpath
from urllib.parse import unquote

__all__ = ["Found", "anchors", "check", "check_anchors"]

_HTML_LINK = re.compile(r"""\s(?:href|src|poster)="([^"]*)\"""")
_HTML_ID = re.compile(r"""\sid="([^"]*)\"""")
_MD_LINK = re.compile(r"\]\(\s*<?([^()\s<>]*(?:\([^()\s]*\)[^()\s]*)*)>?(?:\s+\"[^\"]*\")?\s*\)")
_MD_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?^\1[ \t]*$", re.MULTILINE | re.DOTALL)
_MD_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_MD_HEADING = re.compile(r"^#{1,6} +(.+?)[ #]*$", re.MULTILINE)
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NOT_SLUG = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Found:
    """What one page's links came to: those that lead nowhere, and those that have to be looked at in another page."""

    broken: tuple[str, ...]
    anchored: tuple[tuple[str, str, str], ...]
    """File of the page, file it leads to, anchor in that."""


def check(file: str, text: str, known: Container[str]) -> Found:
    """Look at the links of one page. `known` holds every file the site will have."""
    broken, anchored = [], []
    folder = dirname(file)
    for address in dict.fromkeys(_links(file, text)):
        if _SCHEME.match(address) or address.startswith("//"):
            continue
        path, _, anchor = address.partition("#")
        path = unquote(path.partition("?")[0])
        target = normpath(f"{folder}/{path}" if folder else path) if path else file
        if path.endswith("/") or path.startswith("/") or target not in known:
            broken.append(f"{file}: {address}")
        elif anchor:
            anchored.append((file, target, unquote(anchor)))
    return Found(tuple(broken), tuple(anchored))


def anchors(file: str, text: str) -> frozenset[str]:
    """Return the places in a page that a link can name: ids in HTML, slugs of headings as GitHub makes them in Markdown."""
    if file.endswith(".html"):
        return frozenset(unescape(found) for found in _HTML_ID.findall(text))
    seen: dict[str, int] = {}
    found = set()
    for heading in _MD_HEADING.findall(_MD_FENCE.sub("", text)):
        slug = _NOT_SLUG.sub("", unescape(_plain(heading)).strip().lower()).replace(" ", "-")
        number = seen.get(slug, 0)
        seen[slug] = number + 1
        found.add(f"{slug}-{number}" if number else slug)
    return frozenset(found | set(_HTML_ID.findall(text)))


def check_anchors(wanted: Iterable[tuple[str, str, str]], places: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a line for each link whose anchor its target does not have."""
    for file, target, anchor in sorted(set(wanted)):
        if anchor not in places[target]:
            yield f"{file}: {target}#{anchor}"


def _links(file: str, text: str) -> Iterator[str]:
    if file.endswith(".html"):
        yield from map(unescape, _HTML_LINK.findall(text))
        return
    prose = _MD_CODE.sub("", _MD_FENCE.sub("", text))
    yield from map(unescape, _MD_LINK.findall(prose))
    yield from map(unescape, _HTML_LINK.findall(prose))


def _plain(heading: str) -> str:
    """Return the text of a heading without the syntax of links and emphasis."""
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", heading)
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*`]", "", text))
