"""Untrusted Markdown -> safe HTML: Python-Markdown with raw HTML off, then an allow list over what it made.

Raw HTML is shown as text, but for `<br>` and the plain pairs `<sub> <sup> <kbd> <ins> <del> <mark>`; comments are left
out. So what the allow list would drop never gets there half, and the slowest parts of Python-Markdown are gone.

A picture from another host becomes a link to it: nothing is loaded from elsewhere when a page is opened.
"""

import re
from html import unescape
from xml.etree.ElementTree import Element, SubElement

import nh3
from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension, TableProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, AtomicString, code_escape

from generator.escape import link_kind
from generator.prose.blocks import Fences, Lines
from generator.prose.highlight import LANGUAGES
from generator.prose.inline import patterns
from generator.prose.limits import check_run, check_targets, time_limit
from generator.prose.tree import ID_PREFIX
from generator.prose.written import LineBreaks, Unescaped, to_html

__all__ = ["ADMONITIONS", "ATTRIBUTES", "CLASSES", "TAGS", "Converter"]

ADMONITIONS = frozenset(
    {
        *("attention", "caution", "danger", "error", "example", "failure", "hint", "important", "info"),
        *("note", "question", "quote", "success", "summary", "tip", "warning"),
    }
)
"""What `!!! kind` may be to have a class of its own; others are plain admonitions."""

ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href", "rel"},
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
    **{tag: {"id"} for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")},
}
CLASSES: dict[str, set[str]] = {
    "a": {"footnote-backref", "footnote-ref"},
    "code": {f"language-{language}" for language in LANGUAGES},
    "div": {"admonition", "footnote", *ADMONITIONS},
    "p": {"admonition-title"},
}
TAGS = {
    *(ATTRIBUTES.keys() - {"*"}),
    *CLASSES,
    *("blockquote", "br", "dd", "del", "dl", "dt", "em", "hr", "ins", "kbd", "mark", "pre", "strong", "sub"),
    *("table", "tbody", "thead", "tr", "ul"),
}

_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_NOT_SLUG = re.compile(r"[\W_]+")

_REL = "noopener noreferrer"


class Converter:
    """One Python-Markdown set up for untrusted text. For one thread at a time, and not after an exception."""

    def __init__(self, *, heading_level: int, seconds: float) -> None:
        self._seconds = seconds
        self._markdown = _markdown(heading_level)
        self._cleaner = nh3.Cleaner(
            tags=TAGS,
            attributes=ATTRIBUTES,
            allowed_classes=CLASSES,
            attribute_filter=_checked,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )

    def html(self, text: str) -> str:
        """Return safe HTML. Code blocks are plain and name their language: `<pre><code class="language-python">`."""
        # The clock must not ring while the cleaner asks: it ignores exceptions.
        with time_limit(self._seconds):
            html = self._markdown.reset().convert(text)
        return self._cleaner.clean(html)


def _checked(_tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute if it may stay. It comes decoded, as a browser would see it."""
    match attribute:
        case "href":
            may_stay = link_kind(value) != ""
        case "src":
            may_stay = link_kind(value) == "local"
        case "align":
            may_stay = value in {"left", "center", "right"}
        case "rel":
            may_stay = value == _REL
        case _:
            may_stay = True
    return value if may_stay else None


def _markdown(heading_level: int) -> Markdown:
    markdown = Markdown(
        extensions=[
            AdmonitionExtension(),
            DefListExtension(),
            FootnoteExtension(),
            SaneListExtension(),
            _Tables(use_align_attribute=True),
        ],
        output_format="html",
    )
    # White space is normalised by `Lines`, after the fences: in code, tabs stay tabs.
    for name in ("html_block", "normalize_whitespace"):
        markdown.preprocessors.deregister(name)
    for name in ("html", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"):
        markdown.inlinePatterns.deregister(name)
    markdown.preprocessors.register(Fences(markdown), "fences", 30)
    markdown.preprocessors.register(Lines(markdown), "lines", 25)
    markdown.treeprocessors.register(_Runs(markdown), "runs", 25)
    markdown.treeprocessors.register(LineBreaks(markdown), "prettify", 10)
    markdown.treeprocessors.register(Unescaped(markdown), "unescape", 0)
    markdown.treeprocessors.register(_Finish(markdown, heading_level), "finish", -10)
    for priority, pattern in patterns(markdown):
        markdown.inlinePatterns.register(pattern, f"prose-{priority}", priority)
    markdown.serializer = to_html
    return markdown


class _Tables(TableExtension):
    """Tables, whose rows are cut at every pipe where none can be part of code."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  Python-Markdown's name
        super().extendMarkdown(md)
        md.parser.blockprocessors.register(_Table(md.parser, self.getConfigs()), "table", 75)


class _Table(TableProcessor):
    def _split(self, row: str) -> list[str]:
        if "\\" in row or "``" in row or "|" in "".join(row.split("`")[1::2]):
            cut: list[str] = super()._split(row)  # type: ignore[misc]  # unknown to the stubs
            return cut
        return row.split("|")


_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


_INLINE = re.compile(r"[\\`*_\[<~&!]|://|  \n|\x02")
_CODE = re.compile(r"`([^`]*)`")


class _Runs(Treeprocessor):
    """Checks each run of text before inline markup is looked for in it.

    Where there is none, or nothing but code spans, as in most cells of tables, nothing has to be looked for.
    """

    def run(self, root: Element) -> None:
        for element in list(root.iter()):
            text, tail = element.text, element.tail
            if tail and not isinstance(tail, AtomicString):
                check_run(tail)
            if not text or isinstance(text, AtomicString):
                continue
            check_run(text)
            if not _INLINE.search(text):
                element.text = AtomicString(text)
            elif "`" in text and not len(element):
                _set_code(element, text)


def _set_code(element: Element, text: str) -> None:
    """Make elements of the code spans in a text, where it holds no other mark and each is plainly one."""
    plain, *spans = _CODE.split(text.rstrip())
    if not spans or "``" in text or "\\" in text or _INLINE.search("\n".join([plain, *spans[1::2]])):
        return
    if not all(code.strip() for code in spans[::2]):
        return
    element.text = AtomicString(plain) if plain else None
    for code, after in zip(spans[::2], spans[1::2], strict=True):
        span = SubElement(element, "code")
        span.text = AtomicString(code_escape(code.strip()))
        span.tail = AtomicString(after) if after else None


class _Finish(Treeprocessor):
    """Sets heading levels and ids, leads links within the text to them, makes links of pictures that are elsewhere."""

    def __init__(self, markdown: Markdown, heading_level: int) -> None:
        super().__init__(markdown)
        self._level = heading_level

    def run(self, root: Element) -> None:
        ids = _Ids()
        levels = [int(element.tag[1]) for element in root.iter() if element.tag in _HEADINGS]
        shift = self._level - min(levels, default=1)
        for element in root.iter():
            if element.tag in _HEADINGS:
                element.tag = f"h{min(6, int(element.tag[1]) + shift)}"
                element.set("id", ids.add("".join(element.itertext())))
            elif "id" in element.attrib:
                element.set("id", ids.add(element.attrib["id"]))
        check_targets(sum(len(value) for element in root.iter() for value in element.attrib.values()))
        self._finish(root, ids, in_link=False)

    def _finish(self, parent: Element, ids: "_Ids", *, in_link: bool) -> None:
        for element in parent:
            if element.tag == "img" and _kind(element.attrib["src"]) != "local":
                element.text = element.attrib["alt"] or element.attrib["src"]
                element.tag = "span" if in_link else "a"
                element.attrib = {"href": element.attrib["src"]}
            if element.tag == "a":
                self._link(element, element.attrib["href"], ids)
            self._finish(element, ids, in_link=in_link or element.tag == "a")

    def _link(self, element: Element, target: str, ids: "_Ids") -> None:
        kind = _kind(target)
        if not kind:
            element.tag = "span"  # which the cleaner takes away
        elif kind == "web":
            element.set("rel", _REL)
        elif target.startswith("#"):
            element.set("href", "#" + ids.find(target[1:]))


def _kind(target: str) -> str:
    """Tell where an attribute leads, for looks: the cleaner has the last word on what it is once decoded."""
    return link_kind(unescape(target.replace(AMP_SUBSTITUTE, "&")))


class _Ids:
    """The anchors of one text: unlike any of the page around it, and unlike each other."""

    def __init__(self) -> None:
        self._of: dict[str, str] = {}
        self._last: dict[str, int] = {}

    def add(self, name: str) -> str:
        """Return the id of a new anchor."""
        slug = _NOT_SLUG.sub("-", _PLACEHOLDER.sub("", name)).strip("-").lower() or "section"
        made, number = slug, self._last.get(slug, 1)
        while made in self._last:
            number += 1
            made = f"{slug}-{number}"
        self._last[made] = 1
        self._last[slug] = number
        self._of.setdefault(name, ID_PREFIX + made)
        self._of.setdefault(made, ID_PREFIX + made)
        return ID_PREFIX + made

    def find(self, name: str) -> str:
        """Return the id that a link to `name` means; `name` itself if it is none of this text."""
        return self._of.get(name, name)
