"""Where the files of the site are: absolute where its address is known, else as seen from the file that names them."""

from urllib.parse import quote

from generator.config import Edition
from generator.paths import file_of, href
from generator.site import Site

__all__ = ["address", "page", "text"]


def address(site: Site, here: str, file: str) -> str:
    """Return the address of a file of the site, for use in another."""
    return f"{site.settings.base_url}{quote(file)}" if site.settings.base_url else href(here, file)


def page(site: Site, stem: str) -> str:
    """Return the file of a page that people are shown: its HTML where there is one."""
    return file_of(stem, site.settings.editions[0])


def text(site: Site, stem: str) -> str:
    """Return the file of a page that machines are shown: its Markdown where there is one."""
    editions = site.settings.editions
    return file_of(stem, Edition.MD if Edition.MD in editions else editions[0])
