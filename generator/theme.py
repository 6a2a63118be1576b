"""Where templates and static files come from: the site's own folder first, the packaged theme behind it.

A file of the same name in the site's `templates/` folder takes the place of the packaged one, and `{% extends
"default:model.html" %}` still reaches the packaged one from there.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
)
from jinja2.nodes import Block, Const, Extends, Template
from markupsafe import Markup, escape

from generator import formats, marks
from generator.bytecode import Bytecode
from generator.compiler import DirectEnvironment, EscapingEnvironment
from generator.config import Edition
from generator.errors import TemplateFault, nearest
from generator.escape import code, escape_html, escape_plain, escape_text, link_target, yaml_string
from generator.fragments import Kept
from generator.sandbox import Contained, Sandbox

__all__ = ["Theme", "packaged"]

STATIC = "static"

_OWN = ("compiler", "escape", "formats", "fragments", "marks", "theme", "whole")
_MAKERS = (*(f"generator.{name}" for name in _OWN), "jinja2.compiler")

_COMMENTS = re.compile(rb"\A/\*.*?\*/\n|^ *//[^\n]*\n", re.DOTALL | re.MULTILINE)


def packaged() -> Path:
    """Return the folder of the packaged theme: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).resolve().parent
    inside = here / "_templates"
    return inside if inside.is_dir() else here.parent / "templates"


class Theme:
    """The templates and static files of one site.

    Args:
        own: The folder of the site's own.
        trusted: Whether its templates may do what they like: they are code. Others run in a sandbox with limits.
    """

    def __init__(self, own: Path | None = None, *, trusted: bool = True) -> None:
        self.trusted = trusted
        self.folders = tuple(folder for folder in (own, packaged()) if folder and folder.is_dir())

    @property
    def has_own(self) -> bool:
        """Whether the site has templates of its own."""
        return len(self.folders) > 1

    def environment(self, edition: Edition, *, direct: bool = True) -> Environment:
        """Return an environment in which every expression is escaped for the edition unless it is `Markup`.

        Args:
            edition: Which.
            direct: Whether `a.b` is an attribute and nothing else, which is faster; Jinja's own `a.b` is also `a["b"]`.
        """
        kind = (DirectEnvironment if direct else EscapingEnvironment) if self.trusted else Sandbox
        environment = kind(
            loader=self._loader(),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            bytecode_cache=self._kept(edition, direct=direct),
            extensions=[Kept],
        )
        if isinstance(environment, DirectEnvironment):
            environment.is_fixed = not self.has_own
            environment.whole = _WHOLE if environment.is_fixed else frozenset()
        environment.escaped, environment.escaped_text = _ESCAPED[edition]
        environment.safe = _SAFE[edition]
        environment.filters |= _FILTERS
        if edition is Edition.HTML:
            environment.filters |= marks.FILTERS
        environment.globals["UNKNOWN"] = formats.UNKNOWN
        self._check_blocks(environment, edition)
        return environment

    def static(self) -> Mapping[str, Path]:
        """Return the static files by their path below `assets/`, the site's own before the packaged ones."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            base = folder / STATIC
            for path in sorted(base.rglob("*")):
                if not self.trusted and not path.resolve().is_relative_to(folder.resolve()):
                    raise TemplateFault(
                        f"{STATIC}/{path.relative_to(base)} is a link out of the folder of the templates"
                    )
                if path.is_file() and not any(part.startswith(".") for part in path.relative_to(base).parts):
                    found[path.relative_to(base).as_posix()] = path
        return dict(sorted(found.items()))

    def published(self, path: Path) -> bytes:
        """Return a static file as the site has it: a packaged script without its comments, which are a sixth of it."""
        data = path.read_bytes()
        return _COMMENTS.sub(b"", data) if path.suffix == ".js" and path.is_relative_to(self.folders[-1]) else data

    def _check_blocks(self, environment: Environment, edition: Edition) -> None:
        """Fail on a block of the site's own templates that the template below it does not have.

        Jinja would leave it out without a word.
        """
        for path in sorted(self.folders[0].rglob(f"*.{edition}")) if len(self.folders) > 1 else ():
            name = path.relative_to(self.folders[0]).as_posix()
            try:
                own = environment.parse(_source(environment, name))
                known = _blocks_below(environment, own)
            except (TemplateError, UnicodeDecodeError):
                continue  # told with the page that is made of it
            for block in own.body if known is not None else ():
                if known is not None and isinstance(block, Block) and block.name not in known:
                    raise TemplateFault(
                        f"{name}:{block.lineno}: there is no block `{block.name}` in the template that it extends; "
                        f"{nearest(block.name, known) or 'its first comment names them'}"
                    )

    def _kept(self, edition: Edition, *, direct: bool) -> Bytecode | None:
        if not (self.trusted and direct):
            return None
        kind = edition.value if self.has_own else f"{edition.value}-fixed"
        return Bytecode(self.folders[-1], kind, _MAKERS, self.folders[-1].joinpath("_partials").iterdir())

    def _loader(self) -> BaseLoader:
        kind = FileSystemLoader if self.trusted else Contained
        default = kind(self.folders[-1])
        return ChoiceLoader([kind(list(self.folders)), PrefixLoader({"default": default}, delimiter=":")])


def _source(environment: Environment, name: str) -> str:
    if environment.loader is None:
        raise AssertionError("templates come from somewhere")
    return environment.loader.get_source(environment, name)[0]


def _blocks_below(environment: Environment, template: Template) -> set[str] | None:
    """Return the blocks of all templates that one extends; nothing where it extends none, or one that is reckoned."""
    found: set[str] | None = None
    seen: set[str] = set()
    while (below := template.find(Extends)) and isinstance(below.template, Const):
        name = str(below.template.value)
        if name in seen:
            return None
        seen.add(name)
        template = environment.parse(_source(environment, name))
        found = (found or set()) | {block.name for block in template.find_all(Block)}
    return found if below is None else None


def _escape_html(value: object) -> str:
    """Return what is not plain text as text for HTML; `Markup` is left alone."""
    return value if isinstance(value, Markup) else escape(value)


@lru_cache(maxsize=1 << 16)
def _escape_text(text: str) -> str:
    return str(escape_html(text))


def _cells(values: Iterable[object]) -> Markup:
    """Return values as cells of one row of a Markdown table."""
    return Markup(" | ".join([escape_text(value) for value in values]))  # noqa: S704  # each is escaped


def _fenced(value: object) -> Markup:
    """Return text for a line of a fenced code block of the Markdown edition.

    The line has to start with something else.
    """
    return Markup(" ".join(str(value).split()))  # noqa: S704  # inside a fence nothing acts but a line that closes it


def _verbatim(text: str) -> Markup:
    """Return code for a fenced block of the Markdown edition; no line of it may start with a run of backticks."""
    return Markup(text.rstrip("\n"))  # noqa: S704  inside a fence nothing acts but a line that closes it


_FILTERS: Mapping[str, Callable[..., Any]] = {
    "abilities": formats.abilities,
    "amount": formats.amount,
    "arrow": formats.arrow,
    "cells": _cells,
    "code": code,
    "controls": formats.controls,
    "count": formats.count,
    "date": formats.date,
    "duration": formats.duration,
    "fenced": _fenced,
    "flag": formats.flag,
    "lifecycle": formats.lifecycle,
    "moment": formats.moment,
    "number": formats.number,
    "plural": formats.plural,
    "price": formats.price,
    "price_pair": formats.price_pair,
    "reasoning": formats.reasoning,
    "retention": formats.retention,
    "shell_export": formats.shell_export,
    "sign": formats.sign,
    "span": formats.span,
    "target": link_target,
    "tools": formats.tools,
    "verbatim": _verbatim,
    "words": formats.words,
    "yaml": yaml_string,
}
"""What templates may do with a value. Each is pure; each kind of fact has one."""

_WHOLE = frozenset(f"{kind}.{edition}" for kind in ("model", "offering") for edition in Edition)
"""The templates of most pages."""

_ESCAPED: Mapping[Edition, tuple[Callable[[object], str], Callable[[str], str]]] = {
    Edition.HTML: (_escape_html, _escape_text),
    Edition.MD: (escape_text, escape_plain),
}
"""What makes text of a value that is printed, and of one that is a `str`."""

_SAFE: Mapping[Edition, frozenset[str]] = {
    Edition.HTML: frozenset(
        {"badges", "bar", "cell", "flow", "known", "money", "mono", "rate", "tick", "tokens"},
    ),
    Edition.MD: frozenset({"cells", "code", "fenced"}),
}
"""The filters whose result is always `Markup`: a template prints it as it is."""
