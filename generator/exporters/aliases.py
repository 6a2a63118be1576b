"""Other names for authors, models and providers: one file that says what each stands for, and a page that leads there.

Old paths that the settings name have such a page, too. A page of the site is never hidden: where both would be one
file, there is no page that leads elsewhere. The pages hold no script; who does not follow the redirect finds a link.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import quote

from markupsafe import escape

from generator.config import Edition
from generator.errors import ContentError, Problem, nearest
from generator.exporters.encode import json_file
from generator.exporters.records import API
from generator.exporters.shapes import TEXT, each, schema_file, table
from generator.output import Output
from generator.paths import file_of, href, slug, stem_of
from generator.schema import Author, Model, Provider
from generator.site import Site
from generator.sources.fetched import is_address

__all__ = ["PATH", "outputs", "schema"]

PATH = f"{API}aliases.json"


def outputs(site: Site) -> Iterator[Output]:
    """Yield the map of all aliases, and a page for each that can have one."""
    catalog = site.world.catalog
    kinds: Mapping[str, Mapping[str, Author | Model | Provider]] = {
        "authors": catalog.authors,
        "models": catalog.models,
        "providers": catalog.providers,
    }
    yield json_file(PATH, {
        kind: dict(sorted((alias, name) for name, thing in things.items() for alias in thing.aliases))
        for kind, things in kinds.items()
    })  # fmt: skip
    if Edition.HTML in site.settings.editions:
        yield from _pages(site)


def schema(site: Site) -> Iterator[Output]:
    """Yield the schema of the map."""
    shape = table(dict.fromkeys(("authors", "models", "providers"), each(TEXT)))
    yield schema_file(site, "aliases", "aliases.json: which id another name stands for", shape)


def _pages(site: Site) -> Iterator[Output]:
    taken = {file.casefold() for file in site.files}
    for stem, to, title in sorted((*_redirects(site), *_moved(site))):
        here = file_of(stem, Edition.HTML)
        if here.casefold() not in taken:
            taken.add(here.casefold())
            yield _page(site, here, to if is_address(to) else file_of(to, Edition.HTML), title)


def _moved(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield the redirects of the settings; raise `ContentError` with those that lead to no page."""
    stems = {page.stem for page in site.pages}
    faults: list[Problem] = []
    for old, new in site.settings.redirects.items():
        here, to = stem_of(old), new if is_address(new) else stem_of(new)
        plain = here.removesuffix("/")
        if not plain or slug(plain) != plain:
            message, hint = "is no path of a page", "write it as in its address: `old/page.html`"
        elif is_address(to) or to in stems:
            yield here, to, new
            continue
        else:
            message, hint = f"there is no page `{new}`", nearest(to, stems)
        faults.append(Problem(f"{site.root}/site.yaml", field=f"redirects.{old}", message=message, hint=hint))
    if faults:
        raise ContentError(faults)


def _redirects(site: Site) -> Iterator[tuple[str, str, str]]:
    """Yield the stem of each alias, the stem it leads to, and the title of the page there."""
    catalog, routes = site.world.catalog, site.world.routes
    authors = dict(routes.authors)
    for name, author in catalog.authors.items():
        for alias in author.aliases:
            authors.setdefault(alias, f"authors/{slug(alias)}/")
            yield authors[alias], routes.authors[name], author.name
    for name, provider in catalog.providers.items():
        for alias in provider.aliases:
            yield f"providers/{slug(alias)}/", routes.providers[name], provider.name
    for name, model in catalog.models.items():
        for alias in model.aliases:
            owner, _, rest = alias.partition("/")
            folder = authors.get(owner) or f"authors/{slug(owner)}/"
            yield f"{folder}models/{slug(rest)}", routes.models[name], model.title


def _page(site: Site, here: str, to: str, title: str) -> Output:
    base = site.settings.base_url
    address = to if is_address(to) else href(here, to)
    canonical = f"{base}{quote(to)}" if base and not is_address(to) else address
    text = f"""\
<!doctype html>
<html lang="{escape(site.settings.language)}">
<head>
<meta charset="utf-8">
<title>{escape(title)}</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={escape(address)}">
<link rel="canonical" href="{escape(canonical)}">
</head>
<body>
<p>This page is now called <a href="{escape(address)}">{escape(title)}</a>.</p>
</body>
</html>
"""
    return Output(here, text.encode())
