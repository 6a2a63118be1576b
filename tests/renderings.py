"""Markdown -> what a reader would see, by two renderers that often disagree, raw HTML on."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import markdown
from markdown_it import MarkdownIt

VOID = {"br", "hr", "img"}

# What MkDocs sites switch on, and what reads attributes out of the text.
PYTHON_MARKDOWN = markdown.Markdown(
    extensions=[
        "tables",
        "fenced_code",
        "toc",
        "def_list",
        "admonition",
        "footnotes",
        "attr_list",
        "md_in_html",
        "abbr",
    ]
)
COMMONMARK = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


@dataclass
class Node:
    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def elements(self) -> list[Node]:
        found: list[Node] = []
        for child in self.children:
            if isinstance(child, Node):
                found += [child, *child.elements]
        return found

    def all(self, tag: str) -> list[Node]:
        return [node for node in self.elements if node.tag == tag]


class _Reader(HTMLParser):
    """Reads HTML as a browser would; comments and declarations, which do nothing there, become elements too."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("#root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        if tag in [node.tag for node in self.open[1:]]:
            while self.open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        self.open[-1].children.append(Node("#comment", {}, [data]))

    def handle_decl(self, decl: str) -> None:
        self.open[-1].children.append(Node("#declaration", {}, [decl]))

    def handle_pi(self, data: str) -> None:
        self.open[-1].children.append(Node("#instruction", {}, [data]))

    def unknown_decl(self, data: str) -> None:
        self.open[-1].children.append(Node("#unknown", {}, [data]))


def read_html(html: str) -> Node:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.open[0]


def commonmark(text: str) -> Node:
    return read_html(COMMONMARK.render(text))


def python_markdown(text: str) -> Node:
    return read_html(PYTHON_MARKDOWN.reset().convert(text))


RENDERERS = (commonmark, python_markdown)
