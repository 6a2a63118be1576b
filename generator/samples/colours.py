"""Code -> HTML that marks strings, keywords and comments with the shortest elements there are.

A page holds a dozen samples, and a class on each token would be half of its weight. The samples are this program's own,
so that a few expressions are enough to read them; a lexer for each whole language takes longer than everything else of
their pages.
"""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from html import escape

from markupsafe import Markup

__all__ = ["coloured"]

_QUOTED = r'"(?:[^"\\\n]|\\.)*+"'
_SINGLE = r"'(?:[^'\\\n]|\\.)*+'"
_AS_IT_IS = r"'[^']*+'"
_WORDS = r"(?<![\w$.])(?:{})(?!\w)"


def _reading(strings: Iterable[str], comment: str, words: str) -> re.Pattern[str]:
    """Return what finds strings, keywords and comments, as groups named like their elements."""
    kinds = {"i": "|".join(strings), "em": comment, "b": _WORDS.format(words.replace(" ", "|"))}
    return re.compile("|".join(f"(?P<{element}>{what})" for element, what in kinds.items()))


_READINGS: Mapping[str, re.Pattern[str]] = {
    "python": _reading((_QUOTED, _SINGLE), r"#[^\n]*+", "as await for from if import in not with True False None"),
    "javascript": _reading(
        (_QUOTED, _SINGLE, r"`[^`]*+`"),
        r"//[^\n]*+",
        "async await const for from function if import let new of return throw true false null",
    ),
    "bash": _reading((_QUOTED, _AS_IT_IS), r"(?<!\S)#[^\n]*+", "export if then else fi for do done"),
    "php": _reading(
        (_QUOTED, _SINGLE), r"&lt;\?php|//[^\n]*+", "echo exit foreach if new return throw true false null"
    ),
}


@lru_cache(maxsize=8192)
def coloured(code: str, language: str) -> Markup:
    """Return code as HTML: strings in `<i>`, keywords in `<b>`, comments in `<em>`."""
    # Escaped first: what then stands for an angle bracket or an ampersand is no part of any mark.
    return Markup(_READINGS[language].sub(_marked, escape(code, quote=False)))  # noqa: S704  escaped


def _marked(found: re.Match[str]) -> str:
    return f"<{found.lastgroup}>{found[0]}</{found.lastgroup}>"
