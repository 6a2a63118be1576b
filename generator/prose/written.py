"""The tree that Python-Markdown makes of a text -> HTML, each block on lines of its own.

What Python-Markdown writes, in half its time: it asks of every element what its own trees never hold, such as comments,
names with a namespace and attributes without a value, and looks in every text for marks that few have.
"""

import re
from collections.abc import Callable, Collection
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor, UnescapeTreeprocessor
from markdown.util import STX, AtomicString

__all__ = ["LineBreaks", "Unescaped", "to_html"]

_VOID = frozenset({"br", "hr", "img"})
_AMPERSAND = re.compile(r"&(?!(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);)", re.IGNORECASE)


class LineBreaks(Treeprocessor):
    """Sets blocks apart: a line break before the first block in another, after each, and after `<br>`."""

    def __init__(self, markdown: Markdown) -> None:
        super().__init__(markdown)
        self._blocks = frozenset(markdown.block_level_elements)

    def run(self, root: Element) -> None:
        """Set the blocks of a tree apart, and end every block of code with one line break."""
        _spread(root, self._blocks)
        for element in root.iter("br"):
            element.tail = f"\n{element.tail}" if element.tail and element.tail.strip() else "\n"
        for element in root.iter("pre"):
            code = element[0] if len(element) else None
            if code is not None and code.tag == "code" and not len(code) and code.text is not None:
                code.text = AtomicString(code.text.rstrip() + "\n")


class Unescaped(UnescapeTreeprocessor):
    """Puts back what a backslash took out of reach, where there is any."""

    def unescape(self, text: str) -> str:
        """Return a text with what was taken out of it."""
        return super().unescape(text) if STX in text else text


def _spread(element: Element, blocks: Collection[str]) -> None:
    if element.tag != "pre":
        children = list(element)
        if children and children[0].tag in blocks and not (element.text and element.text.strip()):
            element.text = "\n"
        for child in children:
            if child.tag in blocks:
                _spread(child, blocks)
    if not (element.tail and element.tail.strip()):
        element.tail = "\n"


def to_html(root: Element) -> str:
    """Return a tree as HTML."""
    parts: list[str] = []
    _write(root, parts.append)
    return "".join(parts)


def _write(element: Element, write: Callable[[str], None]) -> None:
    tag, attributes = element.tag, element.attrib
    if attributes:
        held = "".join([f' {name}="{_attribute(value)}"' for name, value in sorted(attributes.items())])
        write(f"<{tag}{held}>")
    else:
        write(f"<{tag}>")
    if element.text:
        write(_escaped(element.text))
    for child in element:
        _write(child, write)
    if tag not in _VOID:
        write(f"</{tag}>")
    if element.tail:
        write(_escaped(element.tail))


def _escaped(text: str) -> str:
    """Return text as HTML; what is a character reference already is left as it is."""
    if "&" in text:
        text = _AMPERSAND.sub("&amp;", text)
    return text.replace("<", "&lt;").replace(">", "&gt;")


def _attribute(value: str) -> str:
    return _escaped(value).replace('"', "&quot;")
