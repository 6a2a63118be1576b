"""Page -> Outputs: one per edition, from the same context, through the templates of the theme.

Templates get the page's context as `page`, the site as `site`, and callables that know where the page is: `href(stem)`,
`link(ref)`, `asset(name)`, `file(path)`. Everything they print is escaped for the edition.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import lru_cache, partial
from traceback import walk_tb
from typing import Any
from urllib.parse import quote, urlsplit

from jinja2 import Environment, TemplateError, TemplateNotFound
from markupsafe import Markup, escape
from msgspec import Struct

from generator import __version__
from generator.badges import Badge, file_name, shields_url
from generator.config import Badges, Edition, Export, Settings
from generator.errors import ContentError, Problem, TemplateFault
from generator.escape import escape_text
from generator.fragments import Fragments
from generator.output import Output
from generator.pages import Context, Page, context
from generator.pages.routes import API, CHANGES, FEEDS, QUALITY
from generator.pages.rows import Ref
from generator.paths import file_of, from_folder, href, public
from generator.prose import Prose, ProseError
from generator.sandbox import TooMuch, limits
from generator.site import Site
from generator.structured import structured
from generator.theme import Theme

__all__ = ["Renderer", "SiteView"]

_RECORDED = frozenset({"author", "model", "offering", "provider"})
_BLANK_LINES = re.compile(rb"\n(?:[ \t]*\n){2,}")
MAX_PAGE = 4_000_000
"""How many characters a page of a template that is not trusted may have."""

# Pages of a catalog link to one another by the names of their files, as they do where the files are read.
_TO_MARKDOWN = re.compile(r'<a href="(?![a-zA-Z][a-zA-Z0-9+.-]*:|/)([^"#?]*?)(README)?\.md(?=[#"])')
_KEEP = "\x00"  # holds blank lines of prose apart while those between template blocks are folded


class SiteView(Struct, frozen=True, kw_only=True):
    """What templates see of the site."""

    title: str
    description: str
    language: str
    navigation: tuple[Ref, ...]
    """The catalog's own pages."""
    ways: tuple[Ref, ...]
    """Further pages of the catalog: by capability, by tag."""
    pages: tuple[Ref, ...]
    """The free pages, and the page of data quality."""
    external: tuple[tuple[str, str], ...]
    """Label and address of further entries."""
    data_date: str | None
    footer: str | None
    repository: str | None
    base_url: str | None
    editions: tuple[Edition, ...]
    exports: tuple[Export, ...]
    """The files for programs that stand beside the pages; the page `api/` tells of them."""
    version: str


class Renderer:
    """Renders the pages of one site.

    Holds what is dear to make: environments, compiled templates, the prose converter.
    """

    def __init__(self, site: Site, theme: Theme) -> None:
        self.site = site
        self.theme = theme
        self.environments: dict[tuple[Edition, bool], Environment] = {}
        self.prose = Prose()
        # The text of a page that is all text stands right under the page's own heading.
        self.free = Prose(heading_level=2)
        self.view = _view(site)
        self.fragments: Fragments = {}

    def of(self, site: Site) -> "Renderer":
        """Return a renderer of another site that shares the theme, and with it what was dear to make."""
        made = copy(self)
        made.site, made.view, made.fragments = site, _view(site), {}
        return made

    def outputs(self, page: Page) -> Iterator[Output]:
        """Yield the page in each of its editions."""
        made = context(self.site.world, page)
        for edition in self.site.editions_of(page):
            yield self.output(made, edition)

    def output(self, made: Context, edition: Edition) -> Output:
        """Return one edition of a page."""
        place = Place.of(self.site.settings, edition, made)
        file = place.file
        name = f"{made.kind}.{edition}"
        try:
            values = {
                "page": made,
                "site": self.view,
                "fragments": self.fragments,
                **place.callables(self._prose(made, edition)),
            }
            text = self._render(edition, name, values)
        except ProseError as error:
            source = f"{self.site.root}/{made.source}" if made.source else file
            about = getattr(made, made.kind, None)
            field = "description" if getattr(about, "description", None) == error.text else ""
            raise ContentError([Problem(source, error.line, field=field, message=str(error))]) from None
        except TemplateFault:
            raise
        except Exception as error:
            raise _fault(error, name, file) from error
        data = text.encode("utf-8")
        return Output(file, _folded(data) if edition is Edition.MD else data)

    def _render(self, edition: Edition, name: str, values: Mapping[str, Any]) -> str:
        """Return what a template makes of its values."""
        if not self.theme.trusted:
            with limits():
                text = self._environment(edition, direct=True).get_template(name).render(values)
            if len(text) > MAX_PAGE:
                raise TooMuch(f"makes a page of {len(text):,} characters; at most {MAX_PAGE:,} are written")
            return text
        try:
            return self._environment(edition, direct=True).get_template(name).render(values)
        except AttributeError:
            # A site's own template may write `a.b` for `a["b"]`, and where it is wrong Jinja says so.
            if not self.theme.has_own:
                raise
            return self._environment(edition, direct=False).get_template(name).render(values)

    def _environment(self, edition: Edition, *, direct: bool) -> Environment:
        if (edition, direct) not in self.environments:
            made = self.environments[edition, direct] = self.theme.environment(edition, direct=direct)
            made.filters["sentence"] = partial(_sentence, self.prose)
        return self.environments[edition, direct]

    def _prose(self, made: Context, edition: Edition) -> Callable[[str], Markup]:
        prose = self.free if made.kind in ("api", "page") else self.prose
        if edition is Edition.HTML and made.kind == "page":
            return lambda text: Markup(_TO_MARKDOWN.sub(_html_twin, prose.html(text)))  # noqa: S704  # an address alone
        if edition is Edition.HTML:
            return prose.html
        return lambda text: Markup(prose.markdown(text).replace("\n\n\n", f"\n{_KEEP}\n{_KEEP}\n"))  # noqa: S704  # safe


class Place(Struct, frozen=True):
    """Where a page is: knows how everything else is reached from there."""

    settings: Settings
    edition: Edition
    file: str
    page: Context
    folder: str
    own: str
    """How the addresses begin that may lead to this page itself; of the page for lost addresses all may."""

    @classmethod
    def of(cls, settings: Settings, edition: Edition, page: Context) -> "Place":
        """Return the place of an edition of a page."""
        file = file_of(page.stem, edition)
        return cls(settings, edition, file, page, file.rpartition("/")[0], "" if page.kind == "404" else page.stem)

    def callables(self, prose: Callable[[str], Markup]) -> dict[str, Any]:
        """Return what templates call and the addresses of this page."""
        other = Edition.MD if self.edition is Edition.HTML else Edition.HTML
        has_twin = other in self.settings.editions and self.page.kind not in ("404", "list")
        return {
            "href": self.href,
            "link": self.link,
            "asset": self.asset,
            "file": self.relative,
            "badge": self.badge,
            "prose": prose,
            "twin": self.relative(file_of(self.page.stem, other)) if has_twin else None,
            "spot": self.page.stem if self.page.stem.endswith("/") or not self.folder else self.folder,
            "canonical": self._absolute(self.page.stem),
            "record": self._record(),
            "feeds": self._feeds(),
            "picture": self._picture(),
            "structured": self._structured(),
            "edit": self._edit(),
        }

    def href(self, to: str) -> Markup:
        """Return the relative address of a page, by its stem and an anchor if one is given."""
        if not to.startswith(self.own):
            return _from_folder(self.folder, to, self.edition)
        stem, _, anchor = to.partition("#")
        return self.relative(file_of(stem, self.edition), anchor)

    def link(self, ref: Ref) -> Markup:
        """Return a link to a page in the syntax of the edition."""
        to = ref.to
        if not to.startswith(self.own):
            return _link_from_folder(self.folder, ref.label, to, self.edition)
        return _link(ref.label, self.href(to), self.edition)

    def asset(self, name: str) -> Markup:
        """Return the relative address of a static file."""
        return self.beside(f"assets/{name}")

    def beside(self, file: str) -> Markup:
        """Return the relative address of a file that is no page, as many pages of a folder ask for it."""
        return self.relative(file) if self.page.kind == "404" else _beside(self.folder, file)

    def badge(self, badge: Badge) -> Markup:
        """Return a badge as a Markdown image."""
        local = self.settings.badges is Badges.LOCAL
        return _badge(badge, self.asset(f"badges/{file_name(badge)}") if local else None)

    def relative(self, file: str, anchor: str = "") -> Markup:
        """Return the relative address of a file of the site.

        From the page for lost addresses, where it is shown is not known.
        """
        if self.page.kind == "404" and self.settings.base_url:
            return Markup(urlsplit(self.settings.base_url).path + quote(file))  # noqa: S704  # quoted
        return Markup(href(self.file, file, anchor))  # noqa: S704  # stems and their files hold nothing that acts

    def _absolute(self, stem: str) -> str | None:
        """Return the absolute address of a page: of its HTML edition where there is one."""
        if self.settings.base_url is None:
            return None
        return self.settings.base_url + quote(public(stem, self.settings.editions[0], self.settings.target))

    def _record(self) -> Markup | None:
        """Return the address of the page's facts as JSON, where there is such a file."""
        if self.page.kind not in _RECORDED or Export.RECORDS not in self.settings.exports:
            return None
        return self.relative(file_of(self.page.stem, "json"))

    def _feeds(self) -> tuple[tuple[str, Markup], ...]:
        """Return title and address of the feeds to follow from here: all of them from the home page."""
        if Export.FEEDS not in self.settings.exports:
            return ()
        shown = FEEDS if self.page.kind == "home" else FEEDS[:1]
        return tuple([(title, self.beside(file)) for title, file in shown])

    def _picture(self) -> str | None:
        return self.settings.base_url + quote(self.page.card) if self.settings.base_url else None

    def _structured(self) -> Markup:
        if self.edition is Edition.MD or self.page.kind == "404":
            return Markup("")
        return structured(self.page, self.settings.title, lambda stem: self._absolute(stem) or str(self.href(stem)))

    def _edit(self) -> str | None:
        if self.settings.edit_url is None or self.page.source is None:
            return None
        return self.settings.edit_url.replace("{path}", quote(self.page.source))


def _folded(data: bytes) -> bytes:
    """Return Markdown with one blank line for each run of them, with or without white space, and none at its ends."""
    if b" \n" in data or (b"\t" in data and b"\t\n" in data):  # few pages have tabs, and one byte is found sooner
        folded = _BLANK_LINES.sub(b"\n\n", data).strip(b"\n")
    else:
        folded = b"\n\n".join([block for part in data.split(b"\n\n") if (block := part.strip(b"\n"))])
    return (folded.replace(_KEEP.encode(), b"") if _KEEP.encode() in folded else folded) + b"\n"


def _html_twin(found: re.Match[str]) -> str:
    return f'<a href="{found[1]}{"index" if found[2] else ""}.html'


@lru_cache(maxsize=1 << 13)  # pages come folder by folder
def _from_folder(folder: str, to: str, edition: Edition) -> Markup:
    """Return the address of a page in any other of a folder."""
    stem, _, anchor = to.partition("#")
    return Markup(from_folder(folder, file_of(stem, edition), anchor))  # noqa: S704  # as in `relative`


@lru_cache(maxsize=1 << 13)
def _link_from_folder(folder: str, label: str, to: str, edition: Edition) -> Markup:
    stem, _, anchor = to.partition("#")
    return _link(label, from_folder(folder, file_of(stem, edition), anchor), edition)


@lru_cache(maxsize=1 << 12)
def _beside(folder: str, file: str) -> Markup:
    return Markup(from_folder(folder, file))  # noqa: S704  # as in `relative`


@lru_cache(maxsize=1 << 12)
def _badge(badge: Badge, file: str | None) -> Markup:
    return Markup(f"![{escape_text(badge.title)}]({file or shields_url(badge)})")  # noqa: S704  # both parts are escaped


def _link(label: str, address: str, edition: Edition) -> Markup:
    if edition is Edition.MD:
        return Markup(f"[{escape_text(label)}]({address})")  # noqa: S704  # both parts are escaped
    return Markup(f'<a href="{address}">{escape(label)}</a>')  # noqa: S704  # both parts are escaped


def _sentence(prose: Prose, text: str, length: int = 160) -> str:
    return prose.sentence(text, length=length)


def _view(site: Site) -> SiteView:
    settings, world = site.settings, site.world
    chosen = {link.page: link.label for link in settings.navigation if link.page}
    titles = chosen | {page.name: page.title for page in world.pages if page.navigation and page.name not in chosen}
    free = tuple(Ref(title, world.routes.pages[name]) for name, title in titles.items())
    if world.history is not None:
        free += (Ref("Changes", CHANGES),)
    if settings.exports:
        free += (Ref("Files for programs", API),)
    if settings.checks.page:
        free += (Ref("Data quality", QUALITY),)
    return SiteView(
        title=settings.title,
        description=settings.description,
        language=settings.language,
        navigation=(
            Ref("Models", "models/"),
            Ref("Providers", "providers/"),
            Ref("Authors", "authors/"),
            Ref("Families", "families/"),
            Ref("Compare", "compare"),
            Ref("Costs", "calculator"),
        ),
        ways=world.ways,
        pages=free,
        external=tuple((link.label, link.url) for link in settings.navigation if link.url),
        data_date=world.data_date,
        footer=settings.footer,
        repository=settings.repository,
        base_url=settings.base_url,
        editions=settings.editions,
        exports=settings.exports,
        version=__version__,
    )


def _fault(error: Exception, template: str, file: str) -> TemplateFault:
    """Say which line of which template failed, and on which page."""
    if isinstance(error, TemplateNotFound):
        return TemplateFault(f"{template}: there is no template `{error.name}` (while making {file})")
    line = getattr(error, "lineno", None)
    name = getattr(error, "name", None) or template
    # Where memory ran out, what Jinja makes of the error may be one of its own, without the place.
    chain: list[BaseException] = [error]
    while chain[-1].__context__ is not None:
        chain.append(chain[-1].__context__)
    traces = [found.__traceback__ for found in reversed(chain)]
    for frame in (frame for trace in traces for frame in walk_tb(trace)):
        filename = frame[0].f_code.co_filename
        if filename.endswith((".html", ".md")):
            compiled = frame[0].f_globals.get("__jinja_template__")  # where Jinja did not come to tell the line
            line = compiled.get_corresponding_lineno(frame[1]) if compiled else frame[1]
            name = filename.rpartition("/")[2]
    if isinstance(error, RecursionError):
        what = "includes or calls itself without end"
    elif isinstance(error, TemplateError | TooMuch):
        what = str(error)
    else:
        what = f"{type(error).__name__}: {error}"
    return TemplateFault(f"{name}:{line or 0}: {what} (while making {file})")
