"""Outputs -> problems: every link of every page leads to a file of the site, and every anchor to a place in it.

Only relative links are followed; nothing is asked of the network. Pages are looked at one by one, where they are
rendered: `glance` finds something wherever `check` does and takes a tenth of its time, but it is wrong about some links
and sees them in code too, so that a page with a suspect is checked. Links with an anchor have to wait for the page they
lead to. Given up: a Markdown parser. A link in indented code counts as a link, and reference links are not looked at;
neither is written by the templates, and prose comes out normalised.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import unescape
from posixpath import dirname, normpath
from urllib.parse import unquote

from msgspec import Struct

__all__ = ["Found", "anchors", "check", "check_anchors", "glance", "places", "resolve"]

# Content may stand in a page: every expression takes time in proportion to its text, hence the possessive `*+`.
_HTML_TAG = re.compile(r"""<[a-zA-Z](?:[^<>"]++|"[^<"]*+")*+>""")
_HTML_LINK = re.compile(r"""(?:href|src|poster)="([^"]*)\"""")
_HREF = re.compile(rb'href="([^"]*)"')  # found as a word
_LIKELY_MD = re.compile(rb"\]\(\s*<?([^\s)<>]*)")  # an address with parentheses comes out wrong and is checked
_HTML_ID = re.compile(r"""id="([^"]*)\"""")
_PLAIN_NAME = re.compile(r"[\w.-]+")  # neither escaped in a page nor able to end its quotes
_MD_LINK = re.compile(
    r"""
    (?<!\\)(?:\\\\)*+\]\(\s*+                            # a bracket that no backslash makes text
    <?([^()\s<>]*+(?:\([^()\s]*+\)[^()\s<>]*+)*+)>?      # an address without spaces, its parentheses in pairs
    (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\))?+\s*+)?+\)   # a title
    """,
    re.VERBOSE,
)
_MD_FENCE = re.compile(r" {0,3}(`{3,}(?=[^`]*$)|~{3,})")
_MD_RUN = re.compile(r"`+")
_MD_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")
_MD_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_PLAIN = re.compile(r"[^&%:?#/][^&%:?#]*+")  # most addresses: a relative path, as it stands
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_MD_MARK = re.compile(r"[\[\\*`]")
_NOT_SLUG = re.compile(r"[^\w\- ]")


class Found(Struct, frozen=True):
    """What one page's links came to: those that lead nowhere, and those that have to be looked at in another page."""

    broken: tuple[str, ...]
    anchored: tuple[tuple[str, str, str], ...]
    """File of the page, file it leads to, anchor in that."""


def glance(  # noqa: PLR0913  # three of them have defaults and names
    file: str,
    page: bytes,
    known: Container[str],
    root: str = "/",
    sound: set[bytes] | None = None,
    *,
    is_packaged: bool = False,
) -> Found:
    """Look at the links of one page, and perhaps at words in code that look like one.

    Args:
        file: Where the page is.
        page: The page as it is written.
        known: Every file the site will have.
        root: The path of the site on its host, for links that start there.
        sound: The links of pages of the same folder that need no second look; kept up to date by this function.
        is_packaged: Whether the page is of the packaged templates alone, which write some attributes nowhere.
    """
    addresses = set(_likely(file, page, is_packaged=is_packaged))
    if sound is not None:
        addresses -= sound
    if file.endswith(".html"):
        addresses.difference_update([b"#" + name for name in _values(b' id="', page)])
    around = _around(dirname(file))
    suspects = [text for address in addresses if not _is_beside(text := address.decode(), around, known)]
    found = _found(file, suspects, known, root)
    if sound is not None:
        broken = {line.partition(": ")[2] for line in found.broken}
        sound |= addresses
        sound.difference_update([text.encode() for text in suspects if "#" in text or text in broken])
    return found


@lru_cache(maxsize=1 << 10)
def _around(folder: str) -> tuple[tuple[str, str], ...]:
    """Return a folder and those around it, each with the way up to it."""
    parts = folder.split("/") if folder else []
    return tuple([("../" * up, "/".join([*parts[: len(parts) - up], ""])) for up in range(len(parts) + 1)])


def _is_beside(address: str, around: Sequence[tuple[str, str]], known: Container[str]) -> bool:
    """Return whether an address is that of a known file as it stands: all that is written without detours is."""
    path = address.partition("?")[0]
    steps = path.count("../")
    if "#" in address or "%" in path or "&" in path or steps >= len(around):
        return False
    way, folder = around[steps]
    return path.startswith(way) and folder + path[len(way) :] in known


def check(file: str, text: str, known: Container[str], root: str = "/") -> Found:
    """Look at the links of one page, and at nothing else. For the arguments see `glance`."""
    own = {"#" + name for name in _in_tags(_HTML_ID, text)} if file.endswith(".html") else ()
    return _found(file, (address for address in dict.fromkeys(_links(file, text)) if address not in own), known, root)


def _found(file: str, addresses: Iterable[str], known: Container[str], root: str) -> Found:
    broken, anchored = [], []
    folder = dirname(file)
    for address in addresses:
        target, anchor = resolve(folder, address, root)
        if target is None:
            continue
        if (target or file) not in known:
            broken.append(f"{file}: {address}")
        elif anchor:
            anchored.append((file, target or file, anchor))
    return Found(tuple(broken), tuple(anchored))


@lru_cache(maxsize=1 << 12)  # pages come folder by folder
def resolve(folder: str, address: str, root: str) -> tuple[str | None, str]:
    """Return the file that an address leads to from a folder, and the anchor.

    The file is "" for the page itself, None for a place outside of the site, and ends with `/` for a folder, which is
    none.
    """
    plain = _PLAIN.match(address)
    if plain and (plain.end() == len(address) or (address[plain.end()] == "?" and "#" not in address)):
        return _joined(folder, plain[0]), ""
    address = unescape(address)
    if _SCHEME.match(address) or address.startswith("//"):
        return None, ""
    path, _, anchor = address.partition("#")
    path = unquote(path.partition("?")[0])
    if path.startswith(root):
        target = path.removeprefix(root)
        return target + "/" if path.endswith("/") else target, unquote(anchor)
    return _joined(folder, path) if path else "", unquote(anchor)


def _joined(folder: str, path: str) -> str:
    if "//" in path or path.endswith("/"):
        return normpath(f"{folder}/{path}" if folder else path) + ("/" if path.endswith("/") else "")
    while folder and path.startswith("../"):
        folder, path = folder.rpartition("/")[0], path[3:]
    whole = f"{folder}/{path}" if folder else path
    return normpath(whole) if "./" in whole or whole.endswith(".") else whole


def anchors(file: str, text: str) -> frozenset[str]:
    """Return the places in a page that a link can name: ids in HTML, GitHub's slugs of headings in Markdown."""
    if file.endswith(".html"):
        return frozenset(map(unescape, _in_tags(_HTML_ID, text)))
    prose = _without_fences(text)
    seen: dict[str, int] = {}
    found = set()
    for heading in _MD_HEADING.findall(prose):
        slug = _NOT_SLUG.sub("", unescape(_plain(heading.rstrip(" #"))).strip().lower()).replace(" ", "-")
        number = seen.get(slug, 0)
        seen[slug] = number + 1
        found.add(f"{slug}-{number}" if number else slug)
    return frozenset(found.union(map(unescape, _in_tags(_HTML_ID, prose))))


def places(file: str, text: str, wanted: frozenset[str]) -> frozenset[str]:
    """Return the places in a page, or only those that are wanted where they are all plainly written in HTML."""
    if file.endswith(".html") and all(_is_plainly_in(text, name) for name in wanted):
        return wanted
    return anchors(file, text)


def _is_plainly_in(text: str, name: str) -> bool:
    """Return whether the first id of a plain name stands in a tag."""
    at = text.find(f' id="{name}"')
    if at < 0 or not _PLAIN_NAME.fullmatch(name):
        return False
    tag = _HTML_TAG.match(text, max(text.rfind("<", 0, at), 0))
    return tag is not None and tag.end() > at


def check_anchors(wanted: Iterable[tuple[str, str, str]], found: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a line for each link whose anchor is not among the places found in its target."""
    for file, target, anchor in sorted({link for link in wanted if link[2] not in found[link[1]]}):
        yield f"{file}: {target}#{anchor}"


def _likely(file: str, page: bytes, *, is_packaged: bool) -> list[bytes]:
    """Return the addresses of all links, and perhaps of words in code that look like one."""
    found = _values(b'src="', page) + ([] if is_packaged else _values(b'poster="', page))
    if file.endswith(".md"):
        found += _LIKELY_MD.findall(page)
        return found if is_packaged else found + _HREF.findall(page)
    return found + _HREF.findall(page)


def _values(begin: bytes, page: bytes) -> list[bytes]:
    """Return what stands between words that are rare in a page and the next quotation mark: faster than a pattern."""
    found = []
    at = page.find(begin)
    while at >= 0 and (end := page.find(b'"', at + len(begin))) >= 0:
        found.append(page[at + len(begin) : end])
        at = page.find(begin, at + len(begin))
    return found


def _links(file: str, text: str) -> Iterator[str]:
    if file.endswith(".html"):
        yield from _in_tags(_HTML_LINK, text)
        return
    prose = _without_code(_without_fences(text))
    yield from _MD_LINK.findall(prose)
    yield from _in_tags(_HTML_LINK, prose)


def _in_tags(attribute: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield the values of an attribute; the same words in the text of a page mean nothing."""
    at = end = 0
    while found := attribute.search(text, at):
        # A tag holds no second `<`: the last one before is the only one that may be its own.
        start = text.rfind("<", at, found.start())
        if start >= 0:
            tag = _HTML_TAG.match(text, start)
            end = tag.end() if tag else 0
        is_attribute = found.end() <= end and text[found.start() - 1].isspace()
        if is_attribute:
            yield found[1]
        at = found.end() if is_attribute else found.start() + 1


def _without_fences(text: str) -> str:
    """Return Markdown without its fenced code. A fence that is not closed goes on to the end."""
    kept, fence = [], ""
    for line in text.split("\n"):
        mark = _MD_FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            kept.append(line)
    return "\n".join(kept)


def _without_code(text: str) -> str:
    """Return Markdown without its code spans: from a run of backticks to the next as long, in one paragraph."""
    return "\n\n".join("".join(_outside_code(paragraph)) for paragraph in _MD_PARAGRAPH_END.split(text))


def _outside_code(paragraph: str) -> Iterator[str]:
    runs = [run.span() for run in _MD_RUN.finditer(paragraph)]
    following: dict[int, list[int]] = {}
    for start, end in reversed(runs):
        following.setdefault(end - start, []).append(start)
    at = 0
    for start, end in runs:
        closers = following[end - start]
        closers.pop()  # the run itself, which was put in last
        if start >= at and closers and paragraph[start - 1 : start] != "\\":
            yield paragraph[at:start]
            at = closers[-1] + end - start
    yield paragraph[at:]


def _plain(heading: str) -> str:
    """Return the text of a heading without the syntax of links and emphasis."""
    if not _MD_MARK.search(heading):  # nearly all of them
        return heading
    text = re.sub(r"!?\[([^\[\]]*+)\]\([^()]*+\)", r"\1", heading)
    return re.sub(r"\\(.)", r"\1", re.sub(r"(?<!\\)[*`]", "", text))
