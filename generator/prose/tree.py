"""Safe HTML -> a small tree, and the plain words in it.

Reads only what the cleaner wrote: every element is closed and every attribute quoted.
"""

import re
from collections.abc import Iterator
from html import unescape

from msgspec import Struct, field

__all__ = ["BLOCKS", "ID_PREFIX", "Element", "first_sentence", "paragraphs", "parse", "raw_text", "words"]

ID_PREFIX = "text-"
"""What every id in prose starts with: apart from those of the page around it."""

BLOCKS = frozenset(
    {
        *("blockquote", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre"),
        *("table", "tbody", "td", "th", "thead", "tr", "ul"),
    }
)

_SENTENCE_END = re.compile(r"[.!?…]+[\"')\]\u201d\u2019]*(?=\s+[^a-z\s])|[\u3002\uff01\uff1f]")
_SHORT_FORMS = frozenset(
    {"approx", "co", "corp", "dr", "e.g", "etc", "i.e", "inc", "ltd", "no", "st", "u.k", "u.s", "vs"}
)

_VOID = frozenset({"br", "hr", "img"})


class Element(Struct, frozen=True, kw_only=True):
    """An element: its name, its attributes, and the elements and texts in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """The names in the class attribute."""
        return self.attributes.get("class", "").split()

    def elements(self) -> Iterator["Element"]:
        """Yield the elements right below this one."""
        return (child for child in self.children if isinstance(child, Element))

    def find(self, tag: str) -> Iterator["Element"]:
        """Yield the elements of this name anywhere below this one, in order."""
        for child in self.elements():
            if child.tag == tag:
                yield child
            yield from child.find(tag)


_PIECE = re.compile(r'<(?P<closes>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>(?: [a-z-]+="[^"]*")*)>|(?P<text>[^<]+)')
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


def parse(html: str) -> Element:
    """Return the tree of an HTML fragment, below an element without a name."""
    root = Element(tag="")
    within, children = [root], root.children
    for closes, tag, attributes, text in _PIECE.findall(html):
        if text:
            children.append(unescape(text))
        elif closes:
            within.pop()
            children = within[-1].children
        else:
            element = Element(tag=tag, attributes=_read(attributes) if attributes else {}, children=[])
            children.append(element)
            if tag not in _VOID:
                within.append(element)
                children = element.children
    return root


def _read(attributes: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}


def raw_text(element: Element) -> str:
    """Return the text in an element as it stands."""
    return "".join(child if isinstance(child, str) else raw_text(child) for child in element.children)


def words(element: Element, *, notes: bool = False) -> str:
    """Return the text in an element on one line, pictures by their description, marks of footnotes if asked for."""
    return " ".join("".join(_texts(element, notes=notes)).split())


def _texts(element: Element, *, notes: bool) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            yield child
        elif child.tag == "img":
            yield child.attributes.get("alt", "")
        elif notes or not {"footnote-ref", "footnote-backref"}.intersection(child.classes):
            space = " " if child.tag in BLOCKS or child.tag == "br" else ""
            yield space
            yield from _texts(child, notes=notes)
            yield space


def paragraphs(root: Element) -> Iterator[str]:
    """Yield the words of each paragraph that stands by itself."""
    for child in root.elements():
        if child.tag == "p" and (text := words(child)):
            yield text


def first_sentence(text: str, length: int) -> str:
    """Return the first sentence of `text`, cut at a word with `…` if it is longer than `length`."""
    sentence = next(
        (text[: end.end()] for end in _SENTENCE_END.finditer(text) if _ends_sentence(text, end.start())), text
    )
    if len(sentence) <= length:
        return sentence
    cut = sentence[:length]
    return (cut.rpartition(" ")[0] or cut[:-1]).rstrip(" ,;:.\u2013\u2014-(") + "…"


def _ends_sentence(text: str, end: int) -> bool:
    word = text[:end].rpartition(" ")[2].lstrip("([\"'\u201c\u2018")
    return word.lower() not in _SHORT_FORMS and not (len(word) == 1 and word.isupper())
