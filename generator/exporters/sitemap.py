"""What crawlers read: `robots.txt`, and the address of every page in `sitemap.xml`, for a site that knows its own."""

from collections.abc import Iterator
from urllib.parse import quote

from generator.exporters.address import page
from generator.exporters.encode import xml
from generator.output import Output
from generator.site import Site

__all__ = ["MAX_ADDRESSES", "outputs"]

MAX_ADDRESSES = 50_000
"""In one file; a larger site has several, and an index of them."""

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def outputs(site: Site) -> Iterator[Output]:
    """Yield the sitemap, in parts where it is large, and `robots.txt`."""
    base = site.settings.base_url
    robots = "User-agent: *\nAllow: /\n"
    if base:
        robots += f"\nSitemap: {base}sitemap.xml\n"
        yield from _sitemap(base, [page(site, made.stem) for made in site.pages if made.kind not in ("404", "gone")])
    yield Output("robots.txt", robots.encode())


def _sitemap(base: str, files: list[str]) -> Iterator[Output]:
    parts = [files[first : first + MAX_ADDRESSES] for first in range(0, len(files), MAX_ADDRESSES)]
    if len(parts) <= 1:
        yield _listed("sitemap.xml", "urlset", "url", base, files)
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    yield _listed("sitemap.xml", "sitemapindex", "sitemap", base, names)
    for name, part in zip(names, parts, strict=True):
        yield _listed(name, "urlset", "url", base, part)


def _listed(path: str, root: str, item: str, base: str, files: list[str]) -> Output:
    lines = [f"<{item}><loc>{xml(base + quote(file))}</loc></{item}>" for file in files]
    return Output(path, "\n".join([_HEAD, f"<{root} {_SPACE}>", *lines, f"</{root}>", ""]).encode())
