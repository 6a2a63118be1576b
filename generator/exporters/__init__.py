"""Site -> files for machines and for feed readers: JSON, tables, price maps, `llms.txt`, feeds, a calendar, a sitemap.

A family of files is a module with a function from the site to outputs, and one line in `EXPORTERS`. None of them
asks the clock, the network or the disk, and everything is sorted. What the files are and where is told by
the page `api/`.
"""

from collections.abc import Callable, Iterator, Mapping

from generator.config import Export
from generator.exporters import (
    about,
    aliases,
    browser,
    cards,
    feeds,
    headers,
    history,
    ics,
    litellm,
    llms,
    modelsdev,
    modelsdev_shape,
    openai,
    openrouter,
    records,
    sitemap,
    tables,
)
from generator.output import Output
from generator.site import Site

__all__ = ["EXPORTERS", "outputs"]

EXPORTERS: Mapping[Export, tuple[Callable[[Site], Iterator[Output]], ...]] = {
    Export.MODELSDEV: (modelsdev.outputs, modelsdev_shape.schema),
    Export.RECORDS: (records.outputs, records.schemas, about.outputs, about.schema),
    Export.TABLES: (tables.csv_outputs, tables.index_outputs, tables.schemas),
    Export.LITELLM: (litellm.outputs, litellm.schema),
    Export.OPENAI: (openai.outputs, openai.schema),
    Export.OPENROUTER: (openrouter.outputs, openrouter.schema),
    Export.LLMS: (llms.outputs,),
    Export.ALIASES: (aliases.outputs, aliases.schema),
    Export.FEEDS: (feeds.outputs,),
    Export.CALENDAR: (ics.outputs,),
    Export.SITEMAP: (sitemap.outputs,),
    Export.HEADERS: (headers.outputs,),
}
"""What writes each family of files."""


def outputs(site: Site) -> Iterator[Output]:
    """Yield what belongs to the pages, every family that the settings ask for, and the page that explains them."""
    yield from browser.outputs(site)
    yield from cards.outputs(site)
    for export in site.settings.exports:
        for made in EXPORTERS[export]:
            yield from made(site)
    yield from history.outputs(site)
