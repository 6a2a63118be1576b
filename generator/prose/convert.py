"""Untrusted Markdown -> safe HTML: Python-Markdown with raw HTML off, then an allow list over what it made.

Raw HTML is shown as text, but for `<br>` and the plain pairs `<sub> <sup> <kbd> <ins> <del> <mark>`; comments are left out. What the
allow list would drop is so never half there, and the slowest parts of Python-Markdown are gone. Its six link patterns are one
regular expression here, which takes time in proportion to the text. A picture from another host becomes a link to it.
"""

import re
from html import escape, unescape
from xml.etree.ElementTree import Element

import nh3
from markdown import Markdown
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from generator.escape import link_kind
from generator.prose.highlight import LANGUAGES
from generator.prose.limits import check_lines, check_run

__all__ = ["Converter"]

ID_PREFIX = "text-"
ADMONITIONS = frozenset(
    "attention caution danger error example failure hint important info note question quote success summary tip warning".split()
)

_FENCE = re.compile(r"([ ]*)(`{3,}|~{3,})[ ]*\.?([\w+#-]*)([^`]*)\Z")
_LIST_ITEM = re.compile(r"(?:[-*+]|1\.)[ ]+\S")
_NOT_PARAGRAPH = re.compile(r"\s|[-*+>|:#]|\d+\.|\[[^\]]*\]:|\Z")

_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_NOT_SLUG = re.compile(r"[^\w\s-]+")

_LINK_WITHOUT_TARGET = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_WEB_LINK = re.compile(r'<a href="(?=https?:)', re.IGNORECASE)
_IMAGE_WITHOUT_SOURCE = re.compile(r'<img(?: alt="([^"]*)")?>')

_ATTRIBUTES = {
    "a": {"href"},
    "code": set[str](),
    "img": {"src", "alt"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
    **{tag: {"id"} for tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "sup")},
}
_TAGS = {
    *_ATTRIBUTES,
    *"blockquote br dd del div dl dt em hr ins kbd mark p pre strong sub table tbody thead tr ul".split(),
}
_CLASSES = {
    "a": {"footnote-backref", "footnote-ref"},
    "code": {f"language-{language}" for language in LANGUAGES},
    "div": {"admonition", "footnote", *ADMONITIONS},
    "p": {"admonition-title"},
}


class Converter:
    """One Python-Markdown set up for untrusted text. Not safe to share between threads, nor to use after an exception."""

    def __init__(self, *, heading_level: int) -> None:
        self._markdown = _markdown(heading_level)
        self._cleaner = nh3.Cleaner(
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            attribute_filter=_checked,
            url_schemes={"http", "https", "mailto"},
            link_rel=None,
        )

    def html(self, text: str) -> str:
        """Return safe HTML. Code blocks are plain and name their language: `<pre><code class="language-python">`."""
        html = self._cleaner.clean(self._markdown.reset().convert(text))
        html = _IMAGE_WITHOUT_SOURCE.sub(r"\1", _LINK_WITHOUT_TARGET.sub(r"\1", html))
        return _WEB_LINK.sub('<a rel="noopener noreferrer" href="', html)


def _markdown(heading_level: int) -> Markdown:
    markdown = Markdown(
        extensions=[
            AdmonitionExtension(),
            DefListExtension(),
            FootnoteExtension(),
            SaneListExtension(),
            TableExtension(use_align_attribute=True),
        ],
        output_format="html",
    )
    markdown.preprocessors.deregister("html_block")
    for name in ("html", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"):
        markdown.inlinePatterns.deregister(name)
    # Fences come before white space is normalised: tabs in code stay tabs.
    markdown.preprocessors.register(_Fences(markdown), "fences", 40)
    markdown.preprocessors.register(_Lines(markdown), "lines", 25)
    markdown.treeprocessors.register(_Runs(markdown), "runs", 25)
    markdown.treeprocessors.register(_Finish(markdown, heading_level), "finish", -10)
    for priority, pattern in (
        (160, _Link(_Link.PATTERN, markdown)),
        (95, _Comment(r"<!--(?s:.{0,500}?)-->", markdown)),
        (94, _Tag(r"<(br) ?/?>", markdown)),
        (93, _Tag(r"<(sub|sup|kbd|ins|del|mark)>([^<>]{1,500})</\1>", markdown)),
        (92, _Strike(r"~~(?=[^\s~])([^~]{1,500})(?<!\s)~~", markdown)),
        (85, _Address(r"\bhttps?://[^\s<>\[\]()\"'`*|\\^{}\x02\x03]+(?<![.,;:!?_~])", markdown)),
    ):
        markdown.inlinePatterns.register(pattern, type(pattern).__name__ + pattern.pattern, priority)
    return markdown
