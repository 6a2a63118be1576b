"""Prose: untrusted Markdown -> safe HTML, safe Markdown, or plain words.

One parser decides what the text means, Python-Markdown behind limits; what is written is made from its answer:

    convert    text -> safe HTML                 (Python-Markdown without raw HTML, then an allow list)
    written    its tree -> HTML                  (what Python-Markdown writes, in half its time)
    rewrite    safe HTML -> Markdown             (written anew: renderers cannot disagree on it)
    highlight  code -> HTML with token classes
    limits     what a text may not be            (`ProseError`)
    tree       safe HTML -> elements and words
"""

import re
from collections.abc import Callable, Iterator
from html import escape, unescape
from threading import Lock

from markupsafe import Markup

from generator.prose.convert import Converter
from generator.prose.highlight import highlight
from generator.prose.limits import MAX_BYTES, ProseError, check_size
from generator.prose.rewrite import to_markdown
from generator.prose.tree import Element, first_sentence, paragraphs, parse, raw_text, words

__all__ = ["MAX_BYTES", "Prose", "ProseError", "highlight"]

_LINE_ENDS = re.compile(r"\r\n?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Without these a text is its paragraphs and no more. Cheap, and true of most descriptions.
_MARKUP = re.compile(r"[\\`*_\[<|~]|://|&[#\w]+;|^[ \t]*(?:[#>:!=+-]|\d+\.)|^(?: {4}|\t)|[ ]{2}$", re.MULTILINE)
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")

_CODE_BLOCK = re.compile(r'(<pre><code class="language-([^"]+)">)(.*?)(?=</code></pre>)', re.DOTALL)
_ONE_PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.DOTALL)


class Prose:
    """Converts texts, and remembers what it made: the same text is on pages of both editions, and in lists.

    Make one for each process. Safe to share between threads, one of which converts at a time. What cannot be shown
    raises `ProseError`.

    Args:
        heading_level: The level of the highest headings of a text, under those of the page.
        seconds: How much processor time a text may take, where signals can tell: in the main thread on Unix.
    """

    def __init__(self, *, heading_level: int = 3, seconds: float = 5.0) -> None:
        self._heading_level = heading_level
        self._seconds = seconds
        self._converter: Converter | None = None
        self._lock = Lock()
        self._made: dict[tuple[str, str], str] = {}

    def html(self, text: str) -> Markup:
        """Return safe HTML, with classes on the tokens of code blocks that name their language."""
        html = self._made_once("html", text, lambda text: _CODE_BLOCK.sub(_highlighted, self._safe(text)))
        return Markup(html)  # noqa: S704  cleaned

    def markdown(self, text: str) -> Markup:
        """Return safe Markdown of the same meaning, without a line break at its end."""
        markdown = self._made_once("markdown", text, lambda text: to_markdown(self._tree(text)))
        return Markup(markdown)  # noqa: S704  written anew

    def inline(self, text: str) -> Markup:
        """Return safe HTML for within a line: what is in the only paragraph of the text, or else its words."""
        html = self.html(text)
        only = _ONE_PARAGRAPH.fullmatch(html)
        return Markup(only[1] if only else escape(self.plain(text), quote=False))  # noqa: S704  cleaned

    def plain(self, text: str) -> str:
        """Return all words of the text on one line, without any markup: for search and for machines."""
        return self._made_once("plain", text, lambda text: words(self._tree(text)))

    def sentence(self, text: str, *, length: int = 160) -> str:
        """Return the first sentence as plain text, cut at a word with `…` if it is longer than `length`."""
        return self._made_once(f"sentence {length}", text, lambda text: first_sentence(self._first(text), length))

    def _made_once(self, kind: str, text: str, make: Callable[[str], str]) -> str:
        key = (kind, text)
        if (made := self._made.get(key)) is None:
            try:
                made = self._made[key] = self._make(text, make)
            except ProseError as error:
                error.text = text
                raise
        return made

    def _make(self, text: str, make: Callable[[str], str]) -> str:
        text = _CONTROLS.sub("\ufffd", _LINE_ENDS.sub("\n", text))
        check_size(text)
        try:
            return make(text)
        except RecursionError:
            raise ProseError("the text is nested too deeply") from None

    def _tree(self, text: str) -> Element:
        return parse(self._safe(text)) if _MARKUP.search(text) else Element(tag="", children=[*_paragraphs(text)])

    def _first(self, text: str) -> str:
        """Return the words of the first paragraph, or all words where none stands by itself."""
        if _MARKUP.search(text):
            tree = parse(self._safe(text))
            return next(paragraphs(tree), "") or words(tree)
        return next((said for part in _BLANK_LINES.split(text) if (said := " ".join(part.split()))), "")

    def _safe(self, text: str) -> str:
        return self._made_once("safe", text, self._convert)

    def _convert(self, text: str) -> str:
        if _MARKUP.search(text) is None:
            return "\n".join(f"<p>{escape(raw_text(part), quote=False)}</p>" for part in _paragraphs(text))
        with self._lock:
            # Taken away while it works: one that was interrupted is not used again.
            converter, self._converter = self._converter, None
            if converter is None:
                converter = Converter(heading_level=self._heading_level, seconds=self._seconds)
            safe = converter.html(text)
            self._converter = converter
        return safe


def _paragraphs(text: str) -> Iterator[Element]:
    """Yield the paragraphs of a text without markup."""
    return (Element(tag="p", children=[part]) for part in _BLANK_LINES.split(text.strip()) if part)


def _highlighted(block: re.Match[str]) -> str:
    # Not with `+`: `Markup` would escape the tag before it.
    return f"{block[1]}{highlight(unescape(block[3]), block[2])}"
