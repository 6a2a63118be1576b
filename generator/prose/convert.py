"""Untrusted Markdown -> safe HTML: Python-Markdown with raw HTML off, then an allow list over what it made.

Raw HTML is shown as text, but for `<br>` and the plain pairs `<sub> <sup> <kbd> <ins> <del> <mark>`; comments are left
out. So what the allow list would drop never gets there half, and the slowest parts of Python-Markdown are gone. Its six
link patterns are one regular expression here, which takes time in proportion to the text.

A picture from another host becomes a link to it: nothing is loaded from elsewhere when a page is opened.
"""

import re
from collections.abc import Iterator
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
from markdown.util import AtomicString

from generator.escape import link_kind
from generator.prose.highlight import LANGUAGES
from generator.prose.limits import check_lines, check_run, check_targets, time_limit
from generator.prose.tree import ID_PREFIX

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
    "a": {"href"},
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

_TAB = 4
_FENCE = re.compile(r"([ ]*)(`{3,}|~{3,})[ ]*\{?[ ]*\.?([\w+#-]*)[^`]*\Z")
_IN_LIST = re.compile(r"[ ]*(?:[-*+]|\d+\.)[ ]|[ ]")
_LIST_START = re.compile(r"(?:[-*+]|1\.)[ ]+\S")
_NOT_PARAGRAPH = re.compile(r"[-*+>|:#!]|\d+\.|\s|\[[^\]]*\]:")

# The text may hold brackets one deep, the target parentheses one deep. Possessive: nothing is tried twice.
_LINK = (
    r"\[(?P<text>(?:[^\[\]]++|\[[^\[\]]*+\])*+)\]"
    r"(?:\(\s*+(?:<(?P<angled>[^<>\n]*)>|(?P<target>(?:[^\s()<>]++|\([^\s()]*+\))*+))"
    r"(?:\s++(?:\"[^\"]*+\"|'[^']*+'|\([^()]*+\)))?\s*+\)"
    r"|[ ]?\[(?P<label>[^\[\]]*+)\])?"
)

_PLACEHOLDER = re.compile("\x02[^\x03]*\x03")
_NOT_SLUG = re.compile(r"[\W_]+")

_LINK_WITHOUT_TARGET = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_IMAGE_WITHOUT_SOURCE = re.compile(r'<img(?: alt="([^"]*)")?>')
_WEB_LINK = re.compile(r'<a href="(?=https?:)', re.IGNORECASE)


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
        html = self._cleaner.clean(html)
        html = _IMAGE_WITHOUT_SOURCE.sub(r"\1", _LINK_WITHOUT_TARGET.sub(r"\1", html))
        return _WEB_LINK.sub('<a rel="noopener noreferrer" href="', html)


def _checked(_tag: str, attribute: str, value: str) -> str | None:
    """Return the value of an attribute if it may stay. It comes decoded, as a browser would see it."""
    allowed = {
        "href": link_kind(value) != "",
        "src": link_kind(value) == "local",
        "align": value in {"left", "center", "right"},
    }
    return value if allowed.get(attribute, True) else None


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
    # White space is normalised by `_Lines`, after the fences: in code, tabs stay tabs.
    for name in ("html_block", "normalize_whitespace"):
        markdown.preprocessors.deregister(name)
    for name in ("html", "reference", "link", "image_link", "image_reference", "short_reference", "short_image_ref"):
        markdown.inlinePatterns.deregister(name)
    markdown.preprocessors.register(_Fences(markdown), "fences", 30)
    markdown.preprocessors.register(_Lines(markdown), "lines", 25)
    markdown.treeprocessors.register(_Runs(markdown), "runs", 25)
    markdown.treeprocessors.register(_Finish(markdown, heading_level), "finish", -10)
    for priority, pattern in (
        (160, _Link(r"(?<!!)" + _LINK, markdown)),
        (150, _Image(r"!" + _LINK, markdown)),
        (95, _Comment(r"<!--.{0,500}?-->", markdown)),
        (94, _Break(r"<br ?/?>", markdown)),
        (93, _Pair(r"<(?P<tag>sub|sup|kbd|ins|del|mark)>(?P<text>[^<>]{1,500})</(?P=tag)>", markdown)),
        (92, _Pair(r"(?P<tag>~~)(?=[^\s~])(?P<text>[^~]{1,500})(?<!\s)~~", markdown)),
        (85, _Address(r"\bhttps?://[^\s<>\[\]()\"'`*|\\^{}\x02\x03]+(?<![.,;:!?_~])", markdown)),
    ):
        markdown.inlinePatterns.register(pattern, f"prose-{priority}", priority)
    return markdown


class _Fences(Preprocessor):
    """Takes fenced code out of the text, also from list items; an open fence reaches to the end, as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        found: list[str] = []
        number = 0
        while number < len(lines):
            opening = _FENCE.match(lines[number].expandtabs(_TAB))
            if opening is None:
                found.append(lines[number])
                number += 1
                continue
            end = _closing(lines, number + 1, opening[2])
            found += self._block(lines[number + 1 : end], opening, found)
            # As many lines as before: problems name the line.
            number = min(end + 1, len(lines))
            found += [""] * (number - len(found))
        return found

    def _block(self, lines: list[str], opening: re.Match[str], before: list[str]) -> list[str]:
        if not lines:
            return []
        indent = len(opening[1])
        code = "".join(f"{line[min(indent, len(line) - len(line.lstrip())) :]}\n" for line in lines)
        language = f' class="language-{opening[3].lower()}"' if opening[3].lower() in LANGUAGES else ""
        block = self.md.htmlStash.store(f"<pre><code{language}>{escape(code, quote=False)}</code></pre>")
        previous = next((line for line in reversed(before) if line.strip()), "")
        in_list = indent and _IN_LIST.match(previous)
        return ["", " " * (-(-indent // _TAB) * _TAB if in_list else 0) + block]


def _closing(lines: list[str], start: int, fence: str) -> int:
    closing = re.compile(rf"\s*{re.escape(fence)}{re.escape(fence[0])}*\s*\Z")
    return next((number for number in range(start, len(lines)) if closing.match(lines[number])), len(lines))


class _Lines(Preprocessor):
    """Checks the lines, leaves comments out, and lets a list follow its introduction without a blank line, as GitHub does."""

    def run(self, lines: list[str]) -> list[str]:
        lines = [line.expandtabs(_TAB) if line.strip() else "" for line in lines]
        check_lines(lines)
        text = "\n".join(lines)
        if "<!--" in text:
            lines = _without_comments(text).split("\n")
        return [*_with_blank_lines(lines), "", ""]


def _without_comments(text: str) -> str:
    """Return the text without comments that start a line; those within a line are an inline pattern."""
    kept: list[str] = []
    start = done = 0
    while (start := text.find("<!--", start)) >= 0:
        before = text[text.rfind("\n", 0, start) + 1 : start]
        end = text.find("-->", start) if before in ("", " ", "  ", "   ") else start
        if end < 0:
            break
        if end > start:
            kept.append(text[done:start])
            done = start = end + 3
        else:
            start += 4
    return "".join([*kept, text[done:]])


def _with_blank_lines(lines: list[str]) -> Iterator[str]:
    in_paragraph = False
    previous = ""
    for line in lines:
        if in_paragraph and _LIST_START.match(line):
            yield ""
        # A paragraph goes on until a blank line; within lists, quotes and tables nothing is put apart.
        if not previous.strip() or previous.startswith("#") or in_paragraph:
            in_paragraph = bool(line.strip()) and _NOT_PARAGRAPH.match(line) is None
        yield line
        previous = line


class _Runs(Treeprocessor):
    """Checks each run of text before inline markup is looked for in it."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for text in (element.text, element.tail):
                if text and not isinstance(text, AtomicString):
                    check_run(text)


class _Inline(InlineProcessor):
    """An inline pattern: what it matches becomes an element, or nothing, or stays as it is."""

    # The type stubs know the signature of another base class only.
    def handleMatch(  # type: ignore[override]  # noqa: N802  Python-Markdown's name
        self, match: re.Match[str], data: str
    ) -> tuple[Element | str | None, int, int]:
        made = self.make(match)
        # Refused: what is inside the brackets may still be something.
        return made, match.start(), match.start() + 1 if made is None else match.end()

    def make(self, match: re.Match[str]) -> Element | str | None:
        raise NotImplementedError


class _Link(_Inline):
    """`[text](target "title")`, `[text][label]` and `[label]`. Titles are left out."""

    ANCESTOR_EXCLUDES: tuple[str, ...] = ("a",)

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

    ANCESTOR_EXCLUDES = ()

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


class _Finish(Treeprocessor):
    """Sets heading levels and ids, leads links within the text to them, makes links of pictures that are elsewhere."""

    def __init__(self, markdown: Markdown, heading_level: int) -> None:
        super().__init__(markdown)
        self._shift = heading_level - 1

    def run(self, root: Element) -> None:
        ids = _Ids()
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                element.tag = f"h{min(6, int(element.tag[1]) + self._shift)}"
                element.set("id", ids.add("".join(element.itertext())))
            elif "id" in element.attrib:
                element.set("id", ids.add(element.attrib["id"]))
        check_targets(sum(len(value) for element in root.iter() for value in element.attrib.values()))
        self._finish(root, ids, in_link=False)

    def _finish(self, parent: Element, ids: "_Ids", *, in_link: bool) -> None:
        for element in parent:
            if element.tag == "img" and link_kind(unescape(element.attrib["src"])) != "local":
                element.text = element.attrib["alt"] or element.attrib["src"]
                element.tag = "span" if in_link else "a"
                element.attrib = {"href": element.attrib["src"]}
            elif (target := element.attrib.get("href", "")).startswith("#"):
                element.set("href", "#" + ids.find(target[1:]))
            self._finish(element, ids, in_link=in_link or element.tag == "a")


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
