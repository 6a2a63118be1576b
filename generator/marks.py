"""Facts -> the small pieces of HTML that stand thousands of times in a site: badges, icons, ticks, prices, monograms.

A few hundred different pieces make all tables of all pages, so each is made once and kept. They carry classes and
titles only: how they look is the stylesheet's business. Given up: macros for the same, at twice the time of a page.
"""

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from generator.badges import Badge
from generator.charts import bar, monogram
from generator.config import Edition
from generator.escape import escape_html
from generator.formats import FREE, PLAN, UNKNOWN, count, number, price
from generator.paths import file_of
from generator.schema import Modalities, Modality, Price

__all__ = [
    "FILTERS",
    "address",
    "badges",
    "cell",
    "flow",
    "headings",
    "host",
    "known",
    "money",
    "mono",
    "rate",
    "tick",
    "tokens",
]

NOT_KNOWN = Markup('<span class="u" title="Not known">{}</span>').format(escape_html(UNKNOWN))
_YES = Markup('<span class="yes" title="Yes">&#10003;</span>')
_NO = Markup('<span class="no" title="No">&#10007;</span>')
_SIGNS: Mapping[str, Markup] = {"✅": _YES, "❌": _NO, UNKNOWN: NOT_KNOWN}

_DECIMALS = 4
"""A price with fewer is filled up with spaces as wide as a digit, so that the points of a column stand in line."""
_FIGURE_SPACE = "\u2007"


@lru_cache(maxsize=4096)
def _badge(badge: Badge, folder: str) -> Markup:
    words = [escape_html(text) for text in (badge.colour, badge.title, badge.label, badge.value.replace(",", ", "))]
    if not badge.about:
        return Markup('<span class="badge {}" title="{}"><span>{}</span><b>{}</b></span>').format(*words)
    return Markup('<a class="badge {}" title="{}" href="{}"><span>{}</span><b>{}</b></a>').format(
        *words[:2], f"{folder}/{file_of(badge.about, Edition.HTML)}", *words[2:]
    )


@lru_cache(maxsize=4096)
def badges(shown: tuple[Badge, ...], folder: str) -> Markup:
    """Draw badges, each as its label and its value, with a link to what it tells of in the folder of abilities."""
    return Markup(" ".join([_badge(badge, folder) for badge in shown]))  # noqa: S704  # each is escaped


@lru_cache(maxsize=4096)
def _flow(given: tuple[Modality, ...], made: tuple[Modality, ...]) -> Markup:
    if not given and not made:
        return NOT_KNOWN
    words = f"Takes {', '.join(given) or 'what is not known'}, makes {', '.join(made) or 'what is not known'}"
    icons = _icons(given) + _TO + _icons(made)
    return Markup('<span class="flow" role="img" title="{}">{}</span>').format(words, icons)


_TO = Markup(' <span class="to">&#8594;</span> ')


def _icons(words: tuple[Modality, ...]) -> Markup:
    icons = [Markup('<i class="m {}"></i>').format(word) for word in Modality if word in words]
    return Markup().join(icons) or escape_html(UNKNOWN)


def flow(of: Modalities) -> Markup:
    """Draw what goes in and what comes out, as icons."""
    return _flow(of.input, of.output)


def tick(value: bool | None) -> Markup:  # noqa: FBT001  # the first argument of a filter has no name where it is used
    """Draw a yes-or-no fact."""
    return NOT_KNOWN if value is None else _YES if value else _NO


def cell(text: str) -> Markup:
    """Draw a cell of a table of facts: its signs as ticks, anything else as text."""
    return _SIGNS.get(text) or _text(text)


@lru_cache(maxsize=1 << 14)
def _text(text: str) -> Markup:
    return escape_html(text)


@lru_cache(maxsize=65536)
def _aligned(text: str) -> Markup:
    decimals = len(text.partition(".")[2])
    return escape_html(text + _FIGURE_SPACE * (_DECIMALS - decimals))


_INSET = escape_html(_FIGURE_SPACE * (_DECIMALS - 2))  # puts a word where the last digit of most prices is
_PRICE_WORDS: Mapping[str, Markup] = {
    UNKNOWN: NOT_KNOWN + _INSET,
    FREE: Markup('<span class="free" title="Costs nothing">{}</span>').format(FREE) + _INSET,
    PLAN: Markup('<span class="plan" title="A subscription includes it">{}</span>').format(PLAN) + _INSET,
}


def rate(of: Price | None, name: str = "input") -> Markup:
    """Write one rate of a price so that it stands in line with others above and below it."""
    text = price(of, name)
    return _PRICE_WORDS.get(text) or _aligned(text)


def money(text: str) -> Markup:
    """Draw a price that is already written so that it stands in line with others above and below it."""
    return _PRICE_WORDS.get(text) or _aligned(text)


@lru_cache(maxsize=8192)
def tokens(value: int | None) -> Markup:
    """Write a whole number, or the dash that says that it is not known."""
    return NOT_KNOWN if value is None else Markup(count(value))  # noqa: S704  # digits and commas


def known(value: object) -> Markup:
    """Write a value, or the dash that says that it is not known."""
    if type(value) is str and value != UNKNOWN:  # most of them
        return _text(value) if value else NOT_KNOWN
    return NOT_KNOWN if value is None or value in ("", UNKNOWN) else escape(value)


@lru_cache(maxsize=8192)
def host(url: str) -> str:
    """Return the host of an address, to say where a link leads."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


@lru_cache(maxsize=8192)
def address(url: str) -> str:
    """Return an address as people write it: without its scheme, `www.` and a slash at the end."""
    return url.partition("://")[2].removeprefix("www.").rstrip("/")


@lru_cache(maxsize=8192)
def mono(name: str, size: str = "") -> Markup:
    """Draw the monogram that stands where a logo would."""
    letters, hue = monogram(name)
    return Markup('<span class="mono h{}{}" aria-hidden="true">{}</span>').format(
        hue, f" {size}" if size else "", letters
    )


_HEADING = re.compile(r'<h2 id="([^"<>]+)">(.*?)</h2>', re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_FEW = 3


def headings(prose: Markup) -> list[tuple[str, Markup]]:
    """Return the highest headings of safe prose with their anchors; none of a text that has few."""
    found = [(anchor, Markup(_TAG.sub("", text))) for anchor, text in _HEADING.findall(prose)]  # noqa: S704  # no tags
    return found if len(found) >= _FEW else []


def unsigned(title: str) -> str:
    """Return a title without the sign that the Markdown edition puts before it."""
    sign, _, rest = title.partition(" ")
    return rest if rest and not any(c.isalnum() for c in sign) else title


def portion(value: Decimal) -> str:
    """Write a part of one in percent: `50%`."""
    return f"{number(value * 100)}%"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "address": address,
    "badges": badges,
    "bar": bar,
    "cell": cell,
    "flow": flow,
    "headings": headings,
    "host": host,
    "known": known,
    "money": money,
    "mono": mono,
    "portion": portion,
    "rate": rate,
    "tick": tick,
    "tokens": tokens,
    "unsigned": unsigned,
}
"""The names by which templates of the HTML edition call them."""
