"""Who takes part: Almanac in several situations, and other generators on its Markdown edition of the same pages."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

__all__ = ["OFFERINGS", "Contestant", "all_of", "scale"]

OFFERINGS = 5_276
"""As many as models.dev had in July 2026."""
TURNS = 3
"""How often Almanac builds in a round, by as many processes as it chooses and by one, which are compared."""

_HERE = Path(__file__).parent
_BIN = Path(sys.executable).parent
_ALMANAC = str(_BIN / "almanac")


def _nothing() -> None:
    pass


def _put_aside(made: Path) -> None:
    """Make room for a site. A file system that has just removed thousands of files takes longer to make new ones."""
    if made.exists():
        made.rename(made.with_name(f"{made.name}-before-{uuid4().hex}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """A command that makes a site, and what has to be done before each run of it."""

    name: str
    command: tuple[str, ...]
    folder: Path
    """Where it runs."""
    made: Path
    """What it writes."""
    version: str
    prepare: Callable[[], None] = _nothing
    turns: int = 1
    """How often it runs in a round: what takes seconds can be measured better than what takes minutes."""

    def pages(self) -> int:
        """Return how many pages it made: HTML, and the Markdown that is written beside it."""
        return sum(1 for path in self.made.rglob("*") if path.suffix in (".html", ".md"))


def all_of(source: Path, folder: Path) -> tuple[Contestant, ...]:
    """Return everybody who can take part here, the Markdown that others read already written."""
    return (*_almanac(source, folder), *_others(source, folder))


def scale(one: Path, large: Path, folder: Path) -> tuple[Contestant, ...]:
    """Return Almanac on a catalog and on one twenty times its size."""
    return tuple(
        _cold(name, (_ALMANAC, "build", str(source), "-q", "-o"), folder / f"site-{name}", folder)
        for name, source in (("made-up", one), ("made-up x20", large))
    )


def _almanac(source: Path, folder: Path) -> Iterator[Contestant]:
    build = (_ALMANAC, "build", str(source), "-q", "-o")
    yield _cold("almanac", build, folder / "site", folder, turns=TURNS)
    yield _cold("almanac -j 1", (*build[:-1], "-j", "1", "-o"), folder / "site-1", folder, turns=TURNS)
    again = folder / "site-again"
    subprocess.run([*build, str(again)], check=True, cwd=folder)
    yield Contestant(
        name="almanac, nothing changed",
        command=(*build, str(again)),
        folder=folder,
        made=again,
        version=_version(_ALMANAC, "--version"),
    )


def _cold(name: str, command: tuple[str, ...], made: Path, folder: Path, turns: int = 1) -> Contestant:
    return Contestant(
        name=name,
        command=(*command, str(made)),
        folder=folder,
        made=made,
        version=_version(_ALMANAC, "--version"),
        prepare=lambda: _put_aside(made),
        turns=turns,
    )


def _others(source: Path, folder: Path) -> Iterator[Contestant]:
    for target, runner in (("hugo", _hugo), ("mkdocs", _mkdocs)):
        if (_BIN / target).exists():
            pages = folder / f"pages-{target}"
            subprocess.run([_ALMANAC, "build", str(source), "-q", "--target", target, "-o", str(pages)], check=True)
            yield runner(pages)
    if (eleventy := _HERE / "node_modules" / ".bin" / "eleventy").exists():
        pages = folder / "pages-eleventy"
        subprocess.run([_ALMANAC, "build", str(source), "-q", "--editions", "md", "-o", str(pages)], check=True)
        yield _eleventy(pages, eleventy)


def _hugo(pages: Path) -> Contestant:
    hugo, out = str(_BIN / "hugo"), pages.with_name("site-hugo")
    return _reader("Hugo", (hugo, "--quiet", "-d", str(out)), pages, out, _version(hugo, "version"))


def _mkdocs(pages: Path) -> Contestant:
    mkdocs, out = str(_BIN / "mkdocs"), pages.with_name("site-mkdocs")
    return _reader("MkDocs", (mkdocs, "build", "--quiet", "-d", str(out)), pages, out, _version(mkdocs, "--version"))


def _eleventy(pages: Path, eleventy: Path) -> Contestant:
    out = pages.with_name("site-eleventy")
    # Text is text here: Eleventy would take braces in it for its own templates.
    (pages / "eleventy.config.cjs").write_text(
        "module.exports = (config) => { config.setTemplateFormats(['md']);"
        f" return {{ markdownTemplateEngine: false, dir: {{ input: '.', output: {json.dumps(str(out))} }} }} }}\n",
        encoding="utf-8",
    )
    command = (str(eleventy), "--quiet", "--config=eleventy.config.cjs")
    return _reader("Eleventy", command, pages, out, _version(str(eleventy), "--version"))


def _reader(name: str, command: tuple[str, ...], pages: Path, out: Path, version: str) -> Contestant:
    return Contestant(
        name=name,
        command=command,
        folder=pages,
        made=out,
        version=version,
        prepare=lambda: _put_aside(out),
    )


def _version(*command: str) -> str:
    found = subprocess.run(command, check=True, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
    told = next(part.strip(",v") for part in found.stdout.split() if part.lstrip("v")[:1].isdigit())
    return told.partition("-")[0]
