"""The inline patterns that prose has in place of, or on top of, those of Python-Markdown.

Its six patterns for links and pictures try every bracket against all that follows; here they are one regular expression
that takes time in proportion to the text. On top: bare addresses become links, `~~old~~`, and a few plain tags.
"""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

__all__ = ["patterns"]

# The text may hold brackets one deep, the target parentheses one deep. Possessive: nothing is tried twice.
_LINK = (
    r"\[(?P<text>(?:[^\[\]]++|\[[^\[\]]*+\])*+)\]"
    r"(?:\(\s*+(?:<(?P<angled>[^<>\n]*)>|(?P<target>(?:[^\s()<>]++|\([^\s()]*+\))*+))"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?\s*+\)"
    r"|\[(?P<label>[^\[\]]*+)\])?"
)


def patterns(markdown: Markdown) -> tuple[tuple[int, InlineProcessor], ...]:
    """Return each pattern with its priority: the higher, the earlier; code spans have 190, emphasis has 60."""
    return (
        (160, _Link(r"(?<!!)" + _LINK, markdown)),
        (150, _Image(r"!" + _LINK, markdown)),
        (95, _Comment(r"<!--.{0,500}?-->", markdown)),
        (94, _Break(r"<br ?/?>", markdown)),
        (93, _Pair(r"<(?P<tag>sub|sup|kbd|ins|del|mark)>(?P<text>[^<>]{1,500})</(?P=tag)>", markdown)),
        (92, _Pair(r"(?P<tag>~~)(?=[^\s~])(?P<text>[^~]{1,500})(?<!\s)~~", markdown)),
        (85, _Address(r"\bhttps?://[^\s<>\[\]()\"'`*|\\^{}\x02\x03]+(?<![.,;:!?_~])", markdown)),
    )


class _Inline(InlineProcessor):
    """An inline pattern: what it matches becomes an element, or nothing, or stays as it is."""

    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name; the stubs show the form of old
        self,
        match: re.Match[str],
        data: str,  # noqa: ARG002  part of that form
    ) -> tuple[Element | str | None, int, int]:
        made = self.make(match)
        # Refused: what is inside the brackets may still be something.
        return made, match.start(), match.start() + 1 if made is None else match.end()

    def make(self, match: re.Match[str]) -> Element | str | None:
        raise NotImplementedError


class _Link(_Inline):
    """`[text](target "title")`, `[text][label]` and `[label]`. Titles are left out."""

    def make(self, match: re.Match[str]) -> Element | None:
        target = match["target"] if match["angled"] is None else match["angled"]
        if target is None:
            label = " ".join((match["label"] or match["text"]).split()).lower()
            if label not in self.md.references:
                return None
            target = self.md.references[label][0]
        return self.element(match["text"], self.unescape(target).strip())

    def element(self, text: str, target: str) -> Element:
        link = Element("a", {"href": target})
        link.text = text
        return link


class _Image(_Link):
    """`![text](source)`, likewise."""

    def element(self, text: str, target: str) -> Element:
        return Element("img", {"src": target, "alt": self.unescape(text)})


class _Comment(_Inline):
    """`<!-- ... -->` within a line: nothing."""

    def make(self, _match: re.Match[str]) -> str:
        return ""


class _Break(_Inline):
    """`<br>`, which table cells need."""

    def make(self, _match: re.Match[str]) -> Element:
        return Element("br")


class _Pair(_Inline):
    """`<sub>2</sub>` and its like; `~~old~~`."""

    def make(self, match: re.Match[str]) -> Element:
        element = Element("del" if match["tag"] == "~~" else match["tag"])
        element.text = match["text"]
        return element


class _Address(_Inline):
    """A bare web address, which becomes a link."""

    ANCESTOR_EXCLUDES = ("a",)

    def make(self, match: re.Match[str]) -> Element:
        link = Element("a", {"href": match.group()})
        link.text = AtomicString(match.group())
        return link
