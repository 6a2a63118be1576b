"""Code -> HTML that marks strings, keywords and comments with the shortest elements there are.

A page holds a dozen samples, and a class on each token would be half of its weight.
"""

import re
from collections.abc import Mapping
from functools import lru_cache

from markupsafe import Markup

from generator.prose.highlight import highlight

__all__ = ["coloured"]

_TOKEN = re.compile(r'<span class="(\w+)">([^<]*)</span>')
_ELEMENTS: Mapping[str, str] = {"s": "i", "k": "b", "c": "em"}
"""The element of each class of tokens; the others are plain text."""


@lru_cache(maxsize=8192)
def coloured(code: str, language: str) -> Markup:
    """Return code as HTML: strings in `<i>`, keywords in `<b>`, comments in `<em>`."""
    return Markup(_TOKEN.sub(_element, highlight(code, language)))  # noqa: S704  the text stays as it was escaped


def _element(match: re.Match[str]) -> str:
    element = _ELEMENTS.get(match[1])
    return f"<{element}>{match[2]}</{element}>" if element else match[2]
