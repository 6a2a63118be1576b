"""The picture of a page where its address is shared: one of the site, of each author and of each provider.

A name, a line of numbers and the name of the site, 1200 by 630 points in four colours. The letters come with the
package (`glyphs.json.z`, Liberation Sans), so the same facts give the same picture on every machine, in about a
thousandth of a second. Given up: logos, which are SVG and would need a renderer, and writing systems without letters
here, in which a name is shown by its id.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from struct import pack
from unicodedata import normalize

from msgspec import Struct

from generator.config import Edition
from generator.formats import plural
from generator.output import Output
from generator.pages.page import CARD
from generator.site import Site

__all__ = ["card", "outputs"]

WIDTH, HEIGHT, EDGE = 1200, 630, 72
_PALETTE = bytes.fromhex("26235f 625fa0 a9a7d6 ffffff")
_LINE = 100
"""Distance of the lines of the name."""


class _Letter(Struct, frozen=True):
    width: int
    rows: tuple[int, ...]


def outputs(site: Site) -> Iterator[Output]:
    """Yield the pictures of a site that knows its address: elsewhere no relative one is of use."""
    if site.settings.base_url is None or Edition.HTML not in site.settings.editions:
        return
    world, title = site.world, site.settings.title
    catalog = world.catalog
    counts = [plural(len(catalog.models), "model"), plural(len(catalog.providers), "provider")]
    yield Output(CARD, card((title,), " · ".join([*counts, plural(len(catalog.offerings), "offering")]), ""))
    for name, author in world.authors.items():
        line = f"{plural(author.models, 'model')} · {plural(len(author.providers), 'provider')}"
        yield Output(world.routes.authors[name] + CARD, card((author.author.name, name), line, title))
    for name, provider in world.providers.items():
        line = f"{plural(provider.offerings, 'offering')} · API prices and limits"
        yield Output(world.routes.providers[name] + CARD, card((provider.provider.name, name), line, title))


def card(names: Sequence[str], line: str, site: str) -> bytes:
    """Return a picture as PNG, with the first of the names that can be written."""
    name = next((known for known in map(_known, names) if known.strip()), "")
    size = WIDTH // 4
    lines = _wrapped(name)
    top = HEIGHT // 2 - len(lines) * _LINE // 2 - 40
    rows = [0] * HEIGHT
    for place, words in enumerate(lines):
        _write(rows, "large", words, top + place * _LINE)
    _write(rows, "small", _known(line), top + len(lines) * _LINE + 28)
    _write(rows, "small", _known(site), EDGE - 24)
    rule = int("1" * (WIDTH - 2 * EDGE), 4) << 2 * EDGE
    rows[HEIGHT - EDGE - 3 : HEIGHT - EDGE] = [rule] * 3
    # Each row begins with the number of its filter: none.
    blank = bytes(size + 1)
    return _png(b"".join([row.to_bytes(size + 1) if row else blank for row in rows]))


def _known(text: str) -> str:
    """Return text in the letters that there are: without its marks where a letter with them is missing."""
    letters = _letters("small")
    whole = "".join(letter if letter in letters else normalize("NFKD", letter) for letter in text)
    return "".join(letter for letter in whole if letter in letters)


def _wrapped(name: str) -> list[str]:
    """Return a name on two lines at most, cut off where it is longer."""
    lines = [""]
    for word in name.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _width("large", longer) > WIDTH - 2 * EDGE:
            lines.append(word)
        else:
            lines[-1] = longer
    if len(lines) > 2:
        lines = [lines[0], f"{lines[1]}…"]
    return [_cut(line) for line in lines]


def _cut(line: str) -> str:
    while _width("large", line) > WIDTH - 2 * EDGE:
        line = line.rstrip("…")[:-1] + "…"
    return line


def _width(size: str, text: str) -> int:
    letters = _letters(size)
    return sum(letters[letter].width for letter in text)


def _write(rows: list[int], size: str, text: str, top: int) -> None:
    """Put a line of text into the rows of the picture; what would stand past its edge is left out."""
    letters = _letters(size)
    at = EDGE
    for letter in text:
        found = letters[letter]
        at += found.width
        if at > WIDTH - EDGE:
            return
        shift = 2 * (WIDTH - at)
        for place, row in enumerate(found.rows, top):
            if row:
                rows[place] |= row << shift


@cache
def _letters(size: str) -> dict[str, _Letter]:
    data = json.loads(zlib.decompress(files("generator.exporters").joinpath("glyphs.json.z").read_bytes()))
    return {letter: _Letter(width, _rows(width, text)) for letter, (width, text) in data[size].items()}


def _rows(width: int, text: str) -> tuple[int, ...]:
    step = (width * 2 + 7) // 8 * 2
    return tuple(int(text[at : at + step], 16) for at in range(0, len(text), step))


def _png(points: bytes) -> bytes:
    head = pack(">IIBBBBB", WIDTH, HEIGHT, 2, 3, 0, 0, 0)
    # Runs of the same point are all there is to save, and a third of the time of the usual way.
    packer = zlib.compressobj(1, zlib.DEFLATED, zlib.MAX_WBITS, 9, zlib.Z_RLE)
    packed = packer.compress(points) + packer.flush()
    chunks = ((b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))
