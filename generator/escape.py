"""Text of a stranger -> Markdown, YAML or a link that shows exactly this text and does nothing else.

The Markdown edition is read by people and machines as it is, and by CommonMark, GitHub, Hugo and Python-Markdown
(MkDocs) after rendering. So only what can act is defused: `gpt-4.1`, `AT&T`, `snake_case`, `5 * 3` and `$0.075` stay as
they are. A backslash is used where all of these honour it, a character reference where one does not (Python-Markdown:
`< & { ~ = : ? /`).

Given up: GitHub makes a `mailto:` link of a bare `a@b.c` and a picture of `:smile:` whatever is done short of changing
the text; both are harmless.

In a template environment, `finalize=escape_text` with autoescape on escapes every `{{ value }}` that is not `Markup`.
Beware of `~`, `join`, `format` and `replace` between `Markup` and plain text there, and of `+` in Python: the text is
then escaped for HTML, not for Markdown.
"""

import json
import re
from functools import lru_cache
from typing import Literal

from markupsafe import Markup, escape

__all__ = [
    "code",
    "escape_html",
    "escape_part",
    "escape_plain",
    "escape_text",
    "link_kind",
    "link_target",
    "one_line",
    "yaml_string",
]

# The signs of this project's own pages: middle dot, dashes, ellipsis, arrows, not equal, minus, ticks, figure space.
# A page without others is all ASCII, which Python joins and encodes in half the time.
_SIGNS = {
    code: f"&#{code};"
    for code in (0xB7, 0x2013, 0x2014, 0x2026, 0x2190, 0x2192, 0x2260, 0x2212, 0x2713, 0x2717, 0x2007)
}

# Characters that no page may hold: controls, and halves of surrogate pairs, which cannot be encoded.
_CONTROL = r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff]"
_CONTROLS = re.compile(_CONTROL)

# What acts anywhere in a line. `*` between spaces, `_` inside a word, `~` before one and `$` before a digit cannot act.
_ANYWHERE = rf"""
    (?P<space> \s{{2,}} | [^\S\ ] )
  | (?P<control> {_CONTROL} )
  | (?P<slash> [\[\]`|] | \\(?=[!-/:-@\[-`{{-~]|\Z) | (?<!\ )\* | \*(?!\ ) | (?<![^\W_])_ | _(?![^\W_]) )
  | (?P<entity> [<{{] | &(?=\#|[0-9A-Za-z]+;) | \$(?!\d) | (?<!\ )~ | ~(?![0-9A-Za-z]) | :(?=//) | (?<=[Ww]{{3}})\. )
"""
# What starts a block where the text starts a line, and the `#` that would close a heading.
_AT_ENDS = r"""
    (?P<slash_at_start> \A(?: [#>] | -(?=[-:|\s]*\Z|\s) | \+(?=\+*\Z|\s) | !(?=!!) | \d+[.)](?=\s|\Z) ) | \#\Z )
  | (?P<entity_at_start> \A(?: [:=] | \?(?=\?\?) | /(?=//) ) )
"""
_WHOLE = re.compile(f"{_AT_ENDS} | {_ANYWHERE}", re.VERBOSE)
_PART = re.compile(_ANYWHERE, re.VERBOSE)

# Most values are plain: this says so at a tenth of the cost of the rules above. Numbers are apart: `1.` starts a list.
_HOT = (
    r"\x00-\x1f#$&*:<=>\[\\\]_`{|~\x7f-\xa0"
    r"\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ud800-\udfff"
)
_PLAIN = re.compile(rf"(?:[^\s\d{_HOT}+!?/-][^{_HOT}]*+|[-+]?\$?[0-9](?:[0-9.,]*[0-9])?(?: ?[A-Za-z%]+)?)\Z")

# In code these still reach a program that runs before Markdown does: Hugo shortcodes, Liquid, Jinja, snippets.
_ACTS_IN_CODE = re.compile(r"\{[{%#]|-8<-|\||``")

_NOT_IN_URL = re.compile(r"[\x00-\x1f\x7f\\]")
_WEB = re.compile(r"https?://[^\s/?#@]+(?:[/?#]|\Z)", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@:/?#]+@[^\s@:/]+\Z", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_BREAKS_TARGET = re.compile(r"[\s\x00-\x20\x7f-\x9f\ud800-\udfff\"'()<>\[\]\\`{|}]")
_ENTITY = re.compile(r"&(?=#|[0-9A-Za-z]+;)")

# YAML readers refuse or fold these; JSON leaves them as they are.
_QUOTE = json.JSONEncoder(ensure_ascii=False).encode
_NOT_YAML = re.compile("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")


def escape_text(value: object) -> Markup:
    """Return Markdown that shows `value` as plain text on one line, wherever it is put; `Markup` is left alone."""
    if type(value) is str:  # most of them
        return escape_plain(value)
    return value if isinstance(value, Markup) else escape_plain(str(value))


@lru_cache(maxsize=1 << 15)
def escape_plain(text: str) -> Markup:
    """Return Markdown that shows a text that is no `Markup`, as `escape_text` does."""
    if _PLAIN.match(text) and text[-1] != " " and "  " not in text and "www." not in text.lower():
        return Markup(text)
    # Stripped first: a space in front must not hide what follows from the rules for the start of a line.
    body = _WHOLE.sub(_defuse, text.strip())
    before = " " if text[:1].isspace() else ""
    after = " " if body and text[-1:].isspace() else ""
    return Markup(before + body + after)


def escape_part(text: str) -> Markup:
    """Return Markdown that shows `text` in the middle of a line, after other text of the same paragraph."""
    return Markup(_PART.sub(_defuse, text))


def _defuse(match: re.Match[str]) -> str:
    found = match.group()
    match match.lastgroup:
        case "space":
            return " "
        case "control":
            return "\ufffd"
        case "slash" | "slash_at_start":
            return f"{found[:-1]}\\{found[-1]}"
        case _:
            return _reference(found)


def _reference(character: str) -> str:
    return {"<": "&lt;", "&": "&amp;"}.get(character) or f"&#{ord(character)};"


def one_line(text: str) -> str:
    """Return `text` with runs of white space made one space, ends stripped and control characters replaced."""
    return _CONTROLS.sub("\ufffd", " ".join(text.split()))


def code(value: object) -> Markup:
    """Return an inline code span that holds the text of `value`, right in a paragraph, a link and a table cell alike.

    Some texts cannot be written in a span in a way that is the same everywhere and does nothing: a pipe, for which
    GitHub wants a backslash that Python-Markdown shows, braces of a template language, the mark of a snippet, a run of
    backticks. These are a `<code>` element with escaped text.
    """
    return _code(str(value))


@lru_cache(maxsize=1 << 13)
def _code(given: str) -> Markup:
    text = one_line(given)
    if not text:
        return Markup()
    if _ACTS_IN_CODE.search(text):
        return Markup(f"<code>{escape_part(text)}</code>")
    if "`" not in text:
        return Markup(f"`{text}`")
    return Markup(f"`` {text} ``" if "`" in (text[0], text[-1]) else f"``{text}``")


def link_kind(url: str) -> Literal["web", "mail", "local", ""]:
    """Tell where a link leads: to the web, to a mailbox, to a place of this site; "" for one that may not be followed.

    Refused: other schemes, a web link without a host or with user information, `//host`, backslashes, controls.
    """
    if not url or _NOT_IN_URL.search(url) or url[0].isspace():
        return ""
    if _WEB.match(url):
        return "web"
    if _MAIL.match(url):
        return "mail"
    return "" if _SCHEME.match(url) or url.startswith("//") else "local"


@lru_cache(maxsize=1 << 13)
def link_target(url: str) -> Markup:
    """Return `url` for the parentheses of a Markdown link. One that may not be followed becomes a relative link."""
    target = _ENTITY.sub("&amp;", _BREAKS_TARGET.sub(_percent, url))
    if link_kind(url) == "":
        target = target.replace(":", "%3A").replace("//", "/%2F")
    return Markup(target)


def _percent(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match.group().encode("utf-8", "replace"))


def yaml_string(value: object) -> Markup:
    """Return the text of `value` as a double-quoted YAML scalar on one line, for front matter."""
    return Markup(_NOT_YAML.sub(_yaml_escape, _QUOTE(str(value))))


def _yaml_escape(match: re.Match[str]) -> str:
    number = ord(match.group())
    return "\\ufffd" if 0xD800 <= number <= 0xDFFF else f"\\u{number:04x}"


def escape_html(text: str) -> Markup:
    """Return text for HTML, the signs that stand in most pages as references."""
    escaped = escape(text)
    return escaped if text.isascii() else Markup(escaped.translate(_SIGNS))
