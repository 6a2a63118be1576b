"""A name -> the two letters and the hue that stand where a logo would."""

import re
from functools import lru_cache
from hashlib import sha256

__all__ = ["HUES", "monogram"]

HUES = 12
"""How many hues there are for monograms; the stylesheet names them `h0` to `h11`."""

_WORD = re.compile(r"[^\W_]+")


@lru_cache(maxsize=8192)
def monogram(name: str) -> tuple[str, int]:
    """Return two letters that stand for a name and its hue: `("MA", 7)` for `Mistral AI`, always the same."""
    words = _WORD.findall(name)
    letters = words[0][0] + words[1][0] if len(words) > 1 else (words[0] if words else "?")[:2]
    hue = int(sha256(name.casefold().encode()).hexdigest()[:8], 16) % HUES
    return letters[0].upper() + (letters[1:].upper() if len(words) > 1 else letters[1:].lower()), hue
