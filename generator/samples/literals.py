"""Values -> literals of a language: strings, numbers, lists and maps, safe whatever they hold.

Ids and addresses come from strangers. Each language has one function for a string, and everything that is written in a
sample goes through it. No string holds a raw `{`: programs that read Markdown before it is shown (Hugo, Liquid,
Jinja), and tools that fill in `{env:NAME}`, would act on it.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

__all__ = [
    "JAVASCRIPT",
    "JSON",
    "PHP",
    "PYTHON",
    "Encoded",
    "Syntax",
    "inner",
    "joined",
    "joined_in_shell",
    "pretty",
    "shell",
    "shell_inner",
]

WIDTH = 72
"""A list or a map that is longer than this is written over several lines."""


_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z", re.ASCII)


class Encoded(Struct, frozen=True):
    """The bytes of a file beside the sample, in base64, as a value of a request."""

    file: str


class Syntax(Struct, frozen=True, kw_only=True):
    """How a language writes values."""

    string: Callable[[str], str]
    key: Callable[[str], str]
    """A key of a map."""
    encoded: Callable[[str], str]
    """An expression that reads a file and writes it in base64."""
    words: Mapping[bool, str]
    brackets: str
    """Around a map."""
    colon: str
    indent: str
    comma: str
    """After the last item of a list that stands over several lines."""
    empty: str
    """A map without keys."""
    pad: str = ""
    """Inside the brackets of a map that stands on one line."""


_written = json.JSONEncoder(ensure_ascii=False).encode


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return _written(text).replace("{", "\\u007b").replace("\x7f", "\\u007f")


def _javascript_key(text: str) -> str:
    return text if _NAME.match(text) else _quoted(text)


@lru_cache(maxsize=4096)
def _php(text: str) -> str:
    return f'"{_PHP_ACTS.sub(_php_character, text)}"'


_PHP_ACTS = re.compile(r'[\x00-\x1f"$\\{\x7f]')


def _php_character(found: re.Match[str]) -> str:
    character = found[0]
    return f"\\{character}" if character in '\\"$' else f"\\x{ord(character):02x}"


JSON = Syntax(
    string=_quoted,
    key=_quoted,
    encoded=lambda file: f'"\0{file}\0"',
    words={True: "true", False: "false"},
    brackets="{}",
    colon=": ",
    indent="  ",
    comma="",
    empty="{}",
)
"""A file is named between two NULs, which no string of JSON holds, for the shell to read it."""

PYTHON = Syntax(
    string=_quoted,
    key=_quoted,
    encoded=lambda file: f"base64.b64encode(Path({_quoted(file)}).read_bytes()).decode()",
    words={True: "True", False: "False"},
    brackets="{}",
    colon=": ",
    indent="    ",
    comma=",",
    empty="{}",
)
JAVASCRIPT = Syntax(
    string=_quoted,
    key=_javascript_key,
    encoded=lambda file: f'readFileSync({_quoted(file)}).toString("base64")',
    words={True: "true", False: "false"},
    brackets="{}",
    colon=": ",
    indent="  ",
    comma=",",
    empty="{}",
    pad=" ",
)
PHP = Syntax(
    string=_php,
    key=_php,
    encoded=lambda file: f"base64_encode(file_get_contents({_php(file)}))",
    words={True: "true", False: "false"},
    brackets="[]",
    colon=" => ",
    indent="    ",
    comma=",",
    empty="new stdClass()",
)


def pretty(value: Any, syntax: Syntax, depth: int = 0) -> str:
    """Write a value, on one line where it fits; `depth` is how far the line that it starts on is indented."""
    is_map = isinstance(value, dict)
    if not is_map and not isinstance(value, list):
        return _single(value, syntax)
    opening, closing = tuple(syntax.brackets) if is_map else ("[", "]")
    items = _items(value, syntax, depth + 1)
    pad = syntax.pad if is_map else ""
    line = f"{opening}{pad}{', '.join(items)}{pad}{closing}"
    if not items:
        return syntax.empty if is_map else "[]"
    if "\n" not in line and len(line) + depth * len(syntax.indent) <= WIDTH:
        return line
    inside = syntax.indent * (depth + 1)
    body = f",\n{inside}".join(items)
    return f"{opening}\n{inside}{body}{syntax.comma}\n{syntax.indent * depth}{closing}"


def _single(value: Any, syntax: Syntax) -> str:
    match value:
        case bool():
            return syntax.words[value]
        case Encoded():
            return syntax.encoded(value.file)
        case str():
            return syntax.string(value)
        case _:
            return str(value)


def _items(value: Any, syntax: Syntax, depth: int) -> list[str]:
    if isinstance(value, dict):
        return [f"{syntax.key(key)}{syntax.colon}{pretty(item, syntax, depth)}" for key, item in value.items()]
    return [pretty(item, syntax, depth) for item in value]


_BARE = re.compile(r"[A-Za-z0-9_@%+=:,./-]+\Z", re.ASCII)
_CALM = re.compile(r"[A-Za-z0-9 _@%+=:,./?&#~-]*\Z", re.ASCII)
"""What means itself between double quotes, in scripts and at a prompt."""


def shell(text: str) -> str:
    """Write one word of a shell command, in single quotes."""
    return "'" + shell_inner(text) + "'"


def shell_inner(text: str) -> str:
    """Write text that stands between single quotes of a shell."""
    return text.replace("'", "'\\''")


def inner(text: str, string: Callable[[str], str]) -> str:
    """Return what stands between the quotes of a string."""
    return string(text)[1:-1]


_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")


def joined(text: str, string: Callable[[str], str], variable: Callable[[str], str], plus: str) -> str:
    """Write text in which `${NAME}` stands for an environment variable, as an expression."""
    parts = _VARIABLE.split(text)
    found = [variable(part) if i % 2 else string(part) for i, part in enumerate(parts) if part or len(parts) == 1]
    return plus.join(found)


def joined_in_shell(text: str) -> str:
    """Write text in which `${NAME}` stands for an environment variable, as one word of a shell command."""
    parts = _VARIABLE.split(text)
    if len(parts) == 1:
        return shell(text)
    if all(_CALM.match(part) for part in parts[::2]):
        last = len(parts) - 1
        return '"' + "".join(_variable(parts, i, last) if i % 2 else part for i, part in enumerate(parts)) + '"'
    return "".join(f'"${part}"' if i % 2 else shell(part) for i, part in enumerate(parts) if part)


def _variable(parts: list[str], i: int, last: int) -> str:
    ends_word = i + 1 == last and not parts[last]
    return f"${parts[i]}" if ends_word else f"${{{parts[i]}}}"
