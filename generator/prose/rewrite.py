"""Safe HTML -> Markdown that means the same to CommonMark, GitHub, Hugo and Python-Markdown.

What the author wrote is not patched but written anew, from what the one converter understood: every character of text
is escaped, every mark is put by this module. So renderers cannot disagree on where code ends or a link begins to a
reader's harm; where one reads a block in another way, all it finds is escaped text.

Paragraphs are one line each. Code stands in fences; it is one line of `<pre>` if it holds what a program before
Markdown would act on (`{{`, `{%`), or within lists and quotes what Markdown would. Lists are indented by four, which
all agree on. Definitions become lists, admonitions quotes, footnotes a list at the end.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from generator.escape import code, escape_part, escape_text, link_target, one_line
from generator.prose.tree import BLOCKS, ID_PREFIX, Element, raw_text, words

__all__ = ["to_markdown"]

_EMPHASIS = {"em": "*", "strong": "**", "del": "~~"}
_PLAIN_PAIRS = frozenset({"ins", "kbd", "mark", "sub", "sup", *_EMPHASIS})
_RULES = {"left": ":---", "center": ":---:", "right": "---:"}

_ACTS_IN_FENCE = re.compile(r"\{[{%#]|-8<-")
_CLOSING_MARK = re.compile(r"(?<!\\)(?:\\\\)*#\Z")
_FENCES = re.compile(r"`{3,}")
_AUTOLINK = re.compile(r"https?://[\w./:?=#%@~,;+-]+", re.IGNORECASE)
_NOT_RAW = re.compile(r"[^0-9A-Za-z .,()\"'-]")

_Node = Element | str


def to_markdown(root: Element) -> str:
    """Return the Markdown of a tree, without line breaks at its ends."""
    return _joined(root, nested=False)


def _joined(parent: Element, *, nested: bool) -> str:
    return "\n\n".join(_blocks(parent, nested=nested))


def _blocks(parent: Element, *, nested: bool) -> Iterator[str]:
    """Yield the blocks in an element. What stands between blocks is a paragraph, as in the items of a tight list."""
    loose: list[_Node] = []
    for child in parent.children:
        if isinstance(child, Element) and child.tag in BLOCKS:
            yield from filter(None, (_line(loose), _block(child, nested=nested)))
            loose = []
        else:
            loose.append(child)
    yield from filter(None, [_line(loose)])


def _block(element: Element, *, nested: bool) -> str:
    if element.tag == "pre":
        return _code_block(element, nested=nested)
    if "admonition" in element.classes:
        return _quote(element)
    if "admonition-title" in element.classes:
        return f"**{_line(element.children)}**"
    write = _WRITERS.get(element.tag)
    return write(element) if write else _joined(element, nested=nested)


def _rule(_element: Element) -> str:
    return "***"  # `---` at the top of a file would open front matter


def _heading(element: Element) -> str:
    text = _line(element.children)
    if _CLOSING_MARK.search(text):
        text = f"{text[:-1]}\\#"
    return f"{'#' * int(element.tag[1])} {text}".rstrip()


def _list(element: Element) -> str:
    items = list(element.elements())
    # An item is loose if it holds more than its line and lists.
    loose = any(child.tag in BLOCKS - {"ul", "ol"} for item in items for child in item.elements())
    apart = "\n\n" if loose else "\n"
    texts = filter(None, (apart.join(_blocks(item, nested=True)) for item in items))
    if element.tag == "ul":
        return apart.join(_indented("-", text) for text in texts)
    first = int(element.attributes.get("start", "1"))
    return apart.join(_indented(f"{number}.", text) for number, text in enumerate(texts, first))


def _definitions(element: Element) -> str:
    items: list[list[str]] = []
    for child in element.elements():
        if child.tag == "dt" or not items:
            items.append([])
        items[-1] += [f"**{_line(child.children)}**"] if child.tag == "dt" else _blocks(child, nested=True)
    return "\n\n".join(_indented("-", "\n\n".join(item)) for item in items)


def _indented(marker: str, text: str) -> str:
    """Return an item. Its text starts in the fifth column, where Python-Markdown looks for what belongs to it."""
    marker = f"{marker:<3} "
    first, *rest = text.split("\n")
    return "\n".join([f"{marker}{first}".rstrip(), *(f"{' ' * len(marker)}{line}".rstrip() for line in rest)])


def _quote(element: Element) -> str:
    return "\n".join(f"> {line}".rstrip() for line in _joined(element, nested=True).split("\n"))


def _table(element: Element) -> str:
    head, *rows = (list(row.elements()) for row in element.find("tr"))
    rules = [_RULES.get(cell.attributes.get("align", ""), "---") for cell in head]
    cells = [[_line(cell.children) for cell in row] for row in (head, *rows)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (cells[0], rules, *cells[1:]))


def _code_block(element: Element, *, nested: bool) -> str:
    text = raw_text(element).rstrip("\n")
    # Not all know a fence within a list or quote: there it may only hold what does nothing anyway.
    if _ACTS_IN_FENCE.search(text) or (nested and not _is_harmless(text)):
        return f"<pre><code>{_NOT_RAW.sub(lambda found: f'&#{ord(found.group())};', text)}</code></pre>"
    language = next((name for child in element.find("code") for name in child.classes), "").removeprefix("language-")
    fence = "`" * (max(map(len, _FENCES.findall(text)), default=2) + 1)
    return f"{fence}{language}\n{text}\n{fence}"


def _is_harmless(text: str) -> bool:
    line = one_line(text)
    return escape_part(line) == line


_WRITERS: dict[str, Callable[[Element], str]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _heading),
    "blockquote": _quote,
    "dl": _definitions,
    "hr": _rule,
    "ol": _list,
    "table": _table,
    "ul": _list,
}


def _line(nodes: Sequence[_Node]) -> str:
    return _inline(nodes, escape_text).strip()


def _inline(nodes: Sequence[_Node], escape_first: Callable[[str], str]) -> str:
    """Return inline Markdown; `escape_first` escapes the text at its start, which may be the start of a line."""
    if len(nodes) == 1 and isinstance(nodes[0], str):
        return str(escape_first(nodes[0]))
    written = ""
    for is_text, pieces in groupby(_pieces(nodes), key=itemgetter(0)):
        if is_text:
            # Joined first: two texts that are harmless apart may act together.
            text = "".join(piece for _, piece in pieces)
            # As plain strings: `Markup` would escape for HTML what is added to it.
            written += str(escape_part(text) if written else escape_first(text))
            continue
        for _, mark in pieces:
            if mark.startswith("`") and written.endswith("`"):
                written += " "  # two spans would be read as one, with another end
            if mark.startswith("[") and written.endswith("!"):
                written = f"{written[:-1]}\\!"  # or the link would be a picture
            written += mark
    return written


def _pieces(nodes: Sequence[_Node]) -> Iterator[tuple[bool, str]]:
    """Yield (True, text) and (False, Markdown)."""
    for before, node, after in zip(("", *nodes), nodes, (*nodes[1:], ""), strict=False):
        if isinstance(node, str):
            yield True, node
        elif node.tag == "code":
            yield False, str(code(raw_text(node)))
        elif node.tag == "br":
            yield False, "<br>"
        elif node.tag == "img":
            yield from _picture(node)
        elif "footnote-ref" in node.classes:
            yield True, f"[{words(node, notes=True)}]"
        elif "footnote-backref" not in node.classes:
            yield from _around(node, before, after)


def _picture(element: Element) -> Iterator[tuple[bool, str]]:
    text = element.attributes.get("alt", "")
    if source := element.attributes.get("src"):
        yield False, f"![{escape_part(text)}]({link_target(source)})"
    else:
        yield True, text


def _around(element: Element, before: _Node, after: _Node) -> Iterator[tuple[bool, str]]:
    """Yield an element that is written around its content. White space at its ends goes outside, where it belongs."""
    content = _inline(element.children, escape_part)
    inner = content.strip()
    if element.tag in _EMPHASIS and inner and not (_joins(before, content, -1) or _joins(after, content, 0)):
        inner = f"{_EMPHASIS[element.tag]}{inner}{_EMPHASIS[element.tag]}"
    elif element.tag in _PLAIN_PAIRS and inner:
        inner = f"<{element.tag}>{inner}</{element.tag}>"
    elif "href" in element.attributes:
        inner = _link(element, inner)
    else:
        yield from _pieces(element.children)
        return
    yield True, " " * content[:1].isspace()
    yield False, inner
    yield True, " " * content[-1:].isspace()


def _joins(neighbour: _Node, content: str, side: int) -> bool:
    """Tell whether marks of emphasis between a neighbour and the content would not be seen as such, as in `**a:**b`."""
    # `side` is what the neighbour touches with: -1, its last character, or 0, its first.
    edge = content[-1 - side].isalnum()
    if isinstance(neighbour, Element):
        return neighbour.tag in _EMPHASIS or not edge
    return neighbour != "" and neighbour[side].isalnum() and not edge and not content[-1 - side].isspace()


def _link(element: Element, text: str) -> str:
    href = element.attributes["href"]
    if words(element) == href and _AUTOLINK.fullmatch(href):
        return f"<{href}>"
    # Here the headings have the names that the renderer gives them.
    target = f"#{href[len(ID_PREFIX) + 1 :]}" if href.startswith(f"#{ID_PREFIX}") else href
    return f"[{text or escape_part(href)}]({link_target(target)})"
