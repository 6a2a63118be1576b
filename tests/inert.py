"""What prose may become in either edition, by every renderer: elements and attributes of a short list, nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from generator.escape import link_kind
from generator.prose import Prose
from generator.prose.convert import ATTRIBUTES, CLASSES, TAGS
from tests.renderings import RENDERERS, read_html

if TYPE_CHECKING:
    from tests.renderings import Node

__all__ = ["PROSE", "assert_inert"]

PROSE = Prose()
TOKEN_CLASSES = {"c", "k", "s", "m", "nf", "nt", "na", "nv", "gp", "go", "gd", "gi", "gh"}

# In the Markdown edition, what a renderer adds by itself: ids of headings, alignment as a style, its name for `del`.
RENDERED_TAGS = TAGS - {"dd", "dl", "dt", "div"} | {"s"}
RENDERED_ATTRIBUTES = {
    "a": {"href"},
    "code": {"class"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"style"},
    "th": {"style"},
    **{f"h{level}": {"id"} for level in range(1, 7)},
}
MADE_ATTRIBUTES = {
    **ATTRIBUTES,
    **{tag: ATTRIBUTES.get(tag, set()) | {"class"} for tag in (*CLASSES, "span")},
}
MADE_CLASSES = {**CLASSES, "span": TOKEN_CLASSES}


def faults_of(tree: Node, tags: set[str], attributes: dict[str, set[str]], classes: dict[str, set[str]]) -> list[str]:
    """Return what is in the tree and not in the lists, and every address that may not be followed or loaded."""
    faults: list[str] = []
    for node in tree.elements:
        if node.tag not in tags:
            faults.append(f"<{node.tag}>")
        for name, value in node.attributes.items():
            named = {
                "href": link_kind(value) != "",
                "src": link_kind(value) == "local",
                "class": set(value.split()) <= classes.get(node.tag, set()),
                "style": re.fullmatch(r"text-align: ?(left|center|right);?", value) is not None,
                "start": value.isdigit(),
            }
            if name not in attributes.get(node.tag, set()) or not named.get(name, True):
                faults.append(f"<{node.tag} {name}={value!r}>")
    return faults


def assert_inert(text: str) -> None:
    html, markdown = PROSE.html(text), PROSE.markdown(text)
    assert faults_of(read_html(html), TAGS | {"span"}, MADE_ATTRIBUTES, MADE_CLASSES) == []
    for render in RENDERERS:
        assert faults_of(render(markdown), RENDERED_TAGS, RENDERED_ATTRIBUTES, CLASSES) == []
    # Nothing for programs that read the file before Markdown does: shortcodes, Liquid, snippets, front matter.
    assert re.search(r"\{[{%#]|-8<|\A(---|\+\+\+)\s*(\n|\Z)", markdown) is None
