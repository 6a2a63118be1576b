"""An address and the site -> the bytes of an answer: pages, what stands beside them, and what is wrong.

An address names a file of the site and nothing else; no folder is listed, and no file of this machine is opened but the
static ones of the theme, which have to stay inside their folder.
"""

from collections import OrderedDict
from collections.abc import Iterator
from html import escape
from itertools import chain
from mimetypes import guess_type
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote, urlsplit

from msgspec import Struct

from generator.build import badge_files
from generator.errors import AlmanacError, ContentError, Problem
from generator.exporters import outputs
from generator.output import Output
from generator.render import Renderer
from generator.server.assets import Assets, state_of
from generator.server.live import Live, State
from generator.site import Site

__all__ = ["EVENTS", "Answer", "Answers"]

OWN = "/.almanac/"
EVENTS = f"{OWN}events"
_BESIDE = Path(__file__).parent
_KEPT = 200
_TYPES = {".md": "text/plain", ".xml": "application/xml", ".atom": "application/atom+xml", ".ics": "text/calendar"}


class Answer(Struct, frozen=True):
    """What a request is answered with."""

    status: int
    type: str
    data: bytes
    location: str = ""
    is_kept: bool = False
    """Whether a browser may keep it for good, because the address is another as soon as the data are."""


class Answers:
    """Answers from the state of a site. Pages are made one at a time: a renderer is no one's to share."""

    def __init__(self, live: Live) -> None:
        self.live = live
        self._one = Lock()
        self._assets: Assets | None = None
        self._beside: tuple[Site | None, dict[str, bytes], Iterator[Output]] = (None, {}, iter(()))
        self._good: OrderedDict[str, bytes] = OrderedDict()

    def answer(self, target: str) -> Answer:
        """Return the answer to a request for `target`, a path with a query."""
        try:
            address = urlsplit(target)
        except ValueError:  # a whole address, with a host that is none
            return Answer(400, "text/plain; charset=utf-8", b"This is no address.\n")
        path = unquote(address.path)
        if path.startswith(OWN):
            return _own(path.removeprefix(OWN), address.query)
        with self._one:
            return self._answer(path, address.query)

    def _answer(self, path: str, query: str) -> Answer:
        state = self.live.state
        name = path.lstrip("/")
        if name.endswith("/") or not name:
            name += "index.html"
        if state.renderer is None:
            return _wrong(state.problems, "")
        page = state.renderer.site.files.get(name)
        if page is not None:
            return self._page(state, name, good=query == "good")
        if f"{name}/index.html" in state.renderer.site.files:
            return Answer(302, "text/plain", b"", location=f"/{quote(name)}/")
        if asset := self._assets_of(state.renderer).find(name):
            return Answer(200, _type(name), state.renderer.theme.published(asset), is_kept=query == state_of(asset))
        data = self._other(state.renderer, name)
        if data is not None:
            return Answer(200, _type(name), data)
        return Answer(404, "text/html; charset=utf-8", self._lost(state.renderer))

    def _page(self, state: State, name: str, *, good: bool) -> Answer:
        if state.problems and not good:
            return _wrong(state.problems, name)
        if state.renderer is None:
            raise AssertionError("no page without a site")
        try:
            data = self._made_of(state.renderer, name)
        except ContentError as error:
            return self._fault(error.problems, name, good=good)
        except AlmanacError as error:
            where = (self.live.templates / str(error).partition(":")[0]).as_posix()
            return self._fault((Problem(where, message=str(error)),), name, good=good)
        self._good[name] = data
        self._good.move_to_end(name)
        while len(self._good) > _KEPT:
            self._good.popitem(last=False)
        return Answer(200, _type(name), data)

    def _fault(self, problems: tuple[Problem, ...], name: str, *, good: bool) -> Answer:
        """Answer for a page that cannot be made: with what is wrong, or with the page as it was."""
        if good and name in self._good:
            return Answer(200, _type(name), self._good[name])
        return _wrong(problems, name if name in self._good else "")

    def _made_of(self, renderer: Renderer, name: str) -> bytes:
        page = renderer.site.files[name]
        data = next(output.data for output in renderer.outputs(page) if output.path == name)
        return _with_script(self._assets_of(renderer).linked(data)) if name.endswith(".html") else data

    def _assets_of(self, renderer: Renderer) -> Assets:
        if self._assets is None or self._assets.theme is not renderer.theme:
            self._assets = Assets(renderer.theme)
        return self._assets

    def _lost(self, renderer: Renderer) -> bytes:
        try:
            return self._made_of(renderer, "404.html")
        except AlmanacError:
            return b"<!doctype html>\n<title>Not found</title>\n<p>There is no such page.</p>\n"

    def _other(self, renderer: Renderer, name: str) -> bytes | None:
        """Return a file that is neither a page nor a static file. They are made as far as one is asked for."""
        site = renderer.site
        if name in site.logos:
            return site.logos[name]
        of, made, coming = self._beside
        if of is not site:
            made, coming = {}, chain(badge_files(site), outputs(site))
            self._beside = (site, made, coming)
        while name not in made and (output := next(coming, None)):
            made[output.path] = output.data
        return made.get(name)


def _with_script(data: bytes) -> bytes:
    return data.replace(b"</body>", _script())


def _script() -> bytes:
    return f'<script src="{OWN}live.js?{state_of(_BESIDE / "live.js")}"></script>\n</body>'.encode()


def _type(name: str) -> str:
    found = _TYPES.get(Path(name).suffix) or guess_type(name)[0] or "application/octet-stream"
    is_text = found.startswith("text/") or found in ("application/json", "application/xml", "text/javascript")
    return f"{found}; charset=utf-8" if is_text else found


def _own(name: str, query: str) -> Answer:
    """Answer with one of the server's own files."""
    if name not in ("live.js", "live.css"):
        return Answer(404, "text/plain; charset=utf-8", b"There is no such file.\n")
    return Answer(200, _type(name), (_BESIDE / name).read_bytes(), is_kept=query == state_of(_BESIDE / name))


def _wrong(problems: tuple[Problem, ...], name: str) -> Answer:
    """Answer with what is wrong, where it is and how to mend it; with a link to the page as it last was."""
    rows = "".join(f"<li><pre>{escape(str(problem))}</pre></li>\n" for problem in problems[:100])
    more = f"<p>... and {len(problems) - 100:,} more</p>\n" if len(problems) > 100 else ""
    count = "1 error" if len(problems) == 1 else f"{len(problems):,} errors"
    good = f'<p><a href="/{escape(name)}?good">The page as it last was</a></p>\n' if name else ""
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<title>{count}</title>\n<link rel="stylesheet" href="{OWN}live.css">\n</head>\n<body>\n'
        f"<h1>{count}</h1>\n<p>Mend it and save: this page shows itself anew.</p>\n"
        f"<ol>\n{rows}</ol>\n{more}{good}</body>\n</html>\n"
    )
    return Answer(500, "text/html; charset=utf-8", _with_script(page.encode()))
