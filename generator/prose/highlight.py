"""Code -> HTML with a class on each token, for sample code in templates and code blocks in prose.

A stylesheet has few rules to write, since the classes are few. They are Pygments' own short names, so its styles fit:
`c` comment, `k` keyword or constant, `s` string, `m` number, `nf` function or class, `nt` tag or key, `na` attribute,
`nv` variable, `gp` prompt, `go` output, `gd` deleted, `gi` inserted, `gh` heading. All else is plain text.
"""

from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape
from itertools import groupby

from markupsafe import Markup
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Generic, Keyword, Literal, Name, Number, Operator, String, _TokenType

__all__ = ["LANGUAGES", "highlight"]

LANGUAGES = frozenset(
    {
        *("bash", "c", "console", "cpp", "csharp", "css", "csv", "diff", "dockerfile", "go", "graphql", "html", "http"),
        *("ini", "java", "javascript", "js", "json", "jsonc", "jsonl", "jsx", "kotlin", "lua", "makefile", "markdown"),
        *("md", "php", "powershell", "py", "python", "r", "ruby", "rust", "scala", "sh", "shell", "sql", "swift"),
        *("text", "toml", "ts", "tsx", "typescript", "xml", "yaml", "yml"),
    }
)
"""The names that a code block may give as its language."""

MAX_CHARACTERS = 20_000
"""Longer code is shown plain: colours help nobody there, and some lexers take long."""

_ALIASES = {"csv": "text", "jsonc": "json", "jsonl": "json", "shell": "bash", "yml": "yaml"}

_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (String, "s"),
    (Number, "m"),
    (Literal, "s"),
    (Name.Function, "nf"),
    (Name.Class, "nf"),
    (Name.Builtin, "nf"),
    (Name.Tag, "nt"),
    (Name.Attribute, "na"),
    (Name.Variable, "nv"),
    (Generic.Prompt, "gp"),
    (Generic.Output, "go"),
    (Generic.Deleted, "gd"),
    (Generic.Inserted, "gi"),
    (Generic.Heading, "gh"),
    (Generic.Subheading, "gh"),
)


@lru_cache(maxsize=4096)
def highlight(code: str, language: str) -> Markup:
    """Return `code` as HTML, its tokens in `<span class="...">`; plain if the language is not among `LANGUAGES`."""
    lexer = _lexer(language.lower())
    if lexer is None or len(code) > MAX_CHARACTERS:
        return Markup(escape(code, quote=False))  # noqa: S704  escaped
    tokens = list(_merged(lexer, code))
    if "".join(value for _, value in tokens) != code:
        return Markup(escape(code, quote=False))  # noqa: S704  escaped
    parts: list[str] = []
    for kind, value in tokens:
        text = escape(value, quote=False)
        parts.append(f'<span class="{kind}">{text}</span>' if kind else text)
    return Markup("".join(parts))  # noqa: S704  each part is escaped


@cache
def _lexer(language: str) -> Lexer | None:
    if language not in LANGUAGES:
        return None
    return get_lexer_by_name(_ALIASES.get(language, language), stripnl=False)


@cache
def _class(kind: _TokenType) -> str:
    return next((name for ancestor, name in _CLASSES if kind[: len(ancestor)] == ancestor), "")


def _merged(lexer: Lexer, code: str) -> Iterator[tuple[str, str]]:
    """Yield (class, text), one for each run of tokens of the same class."""
    # Lexers want a line break at the end: the one that is added for them is taken away again.
    left = len(code)
    for kind, tokens in groupby(lexer.get_tokens(code), key=lambda token: _class(token[0])):
        value = "".join(value for _, value in tokens)[:left]
        left -= len(value)
        if value:
            yield kind, value
