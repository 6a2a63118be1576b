"""What is done to the lines of a text before Python-Markdown looks for blocks: where GitHub reads them otherwise.

Fenced code may stand in list items, may name more than its language, and may be left open. A list needs no blank line
before it, and nests as deep as its text is indented, not by fours. Tabs in code stay tabs.
"""

import re
from collections.abc import Iterator
from html import escape

from markdown.preprocessors import Preprocessor
from markdown.util import STX

from generator.prose.highlight import LANGUAGES
from generator.prose.limits import check_lines

__all__ = ["Fences", "Lines"]

_TAB = 4
_FENCE = re.compile(
    r"(?P<before>[ ]*(?:(?:[-*+]|\d+\.)[ ]+)?)"
    r"(?P<fence>`{3,}|~{3,})[ ]*\{?[ ]*\.?(?P<language>[\w+#-]*)[^`]*\Z"
)
_LIST_START = re.compile(r"(?:[-*+]|1\.)[ ]+\S")
_NOT_PARAGRAPH = re.compile(r"[-*+>|:#!]|\d+\.|\s|\[[^\]]*\]:")
# What further lines may belong to: an item, or an admonition or definition, whose text is indented by any amount.
_ITEM = re.compile(r"[ ]*(?:(?:[-*+]|\d+\.)[ ]+(?=\S)|(?P<other>!!![ ]|:[ ]))")

_PARAGRAPH = 99


class Fences(Preprocessor):
    """Takes fenced code out of the text. An open fence reaches to the end, as in CommonMark."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with a placeholder for each block of code, and as many as before: problems name the line."""
        found: list[str] = []
        number = 0
        while number < len(lines):
            opening = _FENCE.match(lines[number].expandtabs(_TAB))
            if opening is None:
                found.append(lines[number])
                number += 1
                continue
            end = _closing(lines, number + 1, opening["fence"])
            found += self._block(lines[number + 1 : end], opening)
            number = min(end + 1, len(lines))
            found += [""] * (number - len(found))
        return found

    def _block(self, lines: list[str], opening: re.Match[str]) -> list[str]:
        if not lines:
            return []
        before = opening["before"]
        code = "".join(f"{line[min(len(before), len(line) - len(line.lstrip())) :]}\n" for line in lines)
        language = opening["language"].lower()
        attribute = f' class="language-{language}"' if language in LANGUAGES else ""
        block = before + self.md.htmlStash.store(f"<pre><code{attribute}>{escape(code, quote=False)}</code></pre>")
        return [block] if before.strip() else ["", block]


def _closing(lines: list[str], start: int, fence: str) -> int:
    closing = re.compile(rf"\s*{re.escape(fence)}{re.escape(fence[0])}*\s*\Z")
    return next((number for number in range(start, len(lines)) if closing.match(lines[number])), len(lines))


class Lines(Preprocessor):
    """Checks the lines, leaves comments out, and sets lists apart and indents them as Python-Markdown wants it."""

    def run(self, lines: list[str]) -> list[str]:
        """Return the lines with which blocks are looked for; raise `ProseError` if that would take long."""
        lines = [line.expandtabs(_TAB) if line.strip() else "" for line in lines]
        check_lines(lines)
        text = "\n".join(lines)
        if "<!--" in text:
            lines = _without_comments(text).split("\n")
        return [*_with_blank_lines(_indented_by_fours(lines)), "", ""]


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


def _indented_by_fours(lines: list[str]) -> Iterator[str]:
    starts: list[int] = []  # the column where the text of each open item starts
    first = _PARAGRAPH  # the level of the item that the lines since a blank one start with
    previous = ""
    for line in lines:
        content = line.lstrip(" ")
        indent = len(line) - len(content)
        if content and not indent and not previous:
            starts.clear()
        level = sum(start <= indent for start in starts)
        item = _ITEM.match(line) if starts or indent < _TAB else None
        if not previous:
            first = level if item else _PARAGRAPH
        elif item and level < first:
            first = level
            if starts:  # Python-Markdown would take the item into the paragraph, or into the deeper list
                yield ""
        if item:
            starts[level:] = [indent + 1 if item["other"] else item.end()]
        yield _shifted(line, content, level if starts else 0, keep=not starts or not item)
        previous = line


def _shifted(line: str, content: str, level: int, *, keep: bool) -> str:
    """Return the line as one of the level, unless it is indented as code is. A placeholder for code never is."""
    if content.startswith(STX) or not keep or (level and not line.startswith(" " * _TAB * (level + 1))):
        return " " * (_TAB * level) + content
    return line


def _with_blank_lines(lines: Iterator[str]) -> Iterator[str]:
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
