"""The file about the site itself: what it is called, from which day its facts are, how many there are."""

from collections.abc import Iterator

from generator import __version__
from generator.exporters.encode import json_file
from generator.exporters.shapes import COUNT, DATE, TEXT, schema_file, table
from generator.output import Output
from generator.site import Site
from generator.sources.built import SITE

__all__ = ["outputs", "schema"]


def outputs(site: Site) -> Iterator[Output]:
    """Yield the file."""
    catalog, settings = site.world.catalog, site.settings
    told = {
        "title": settings.title,
        "description": settings.description,
        "base_url": settings.base_url,
        "language": settings.language,
        "data_date": site.world.data_date,
        "authors": len(catalog.authors),
        "models": len(catalog.models),
        "providers": len(catalog.providers),
        "offerings": len(catalog.offerings),
        "generator": f"Almanac {__version__}",
    }
    yield json_file(SITE, {key: value for key, value in told.items() if value is not None})


def schema(site: Site) -> Iterator[Output]:
    """Yield its schema."""
    always = dict.fromkeys(("title", "description", "language", "generator"), TEXT)
    counts = dict.fromkeys(("authors", "models", "providers", "offerings"), COUNT)
    shape = table({**always, **counts}, {"base_url": TEXT, "data_date": DATE})
    yield schema_file(site, "site", "site.json: what the site is called and how much it holds", shape)
