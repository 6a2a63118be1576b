"""Atom feeds: new models, the ends of models and offerings, prices, and what changed since the sites before this one.

Every date is a fact of the catalog, at the first moment that it can mean; a feed that is made again says the same. An
entry keeps its id for as long as it is about the same thing: a `tag:` of the site's address, or, where the site does
not know its address, a `urn:uuid:` made from what the entry is about.
"""

from collections.abc import Iterable, Iterator
from urllib.parse import quote, urlsplit
from uuid import NAMESPACE_URL, uuid5

from msgspec import Struct

from generator import __version__, formats
from generator.exporters.address import address, page
from generator.exporters.encode import EPOCH, first_day, instant, xml
from generator.history import Change, Kind, Thing
from generator.history.words import sentence
from generator.output import Output
from generator.pages.routes import CHANGES as CHANGED
from generator.pages.routes import FEEDS
from generator.schema import Facts, Offering
from generator.site import Site

__all__ = ["CHANGES", "LIFECYCLE", "MODELS", "PRICES", "Ending", "endings", "identity", "outputs"]

MODELS, LIFECYCLE, PRICES = (file for _, file in FEEDS)
CHANGES = "feeds/changes.xml"
MAX_ENTRIES = 200


class _Entry(Struct, frozen=True, kw_only=True):
    key: tuple[str, ...]
    """What it is about; never changes."""
    title: str
    date: str
    stem: str
    summary: str
    author: str


class Ending(Struct, frozen=True, kw_only=True):
    """A day on which something is deprecated or stops working."""

    key: tuple[str, ...]
    what: str
    """Name of the model, and of who serves it."""
    retires: bool
    """Whether it stops working, and is not only announced to."""
    date: str
    stem: str
    successor: str
    """Name of what to use instead, where that is known."""
    author: str


def outputs(site: Site) -> Iterator[Output]:
    """Yield the feeds. One without entries is there too, so that a link to it leads somewhere."""
    title = site.settings.title
    yield _feed(site, MODELS, f"{title}: new models", _new(site))
    yield _feed(site, LIFECYCLE, f"{title}: deprecations and retirements", _ends(site))
    yield _feed(site, PRICES, f"{title}: prices", (*_prices(site), *_changed(site, (Kind.PRICE,))))
    if site.world.history is not None:
        yield _feed(site, CHANGES, f"{title}: changes", _changed(site, Kind))


def identity(site: Site, key: Iterable[str]) -> str:
    """Return the IRI that names what an entry is about."""
    about = "/".join(quote(part, safe="") for part in key)
    if site.settings.base_url is None:
        return uuid5(NAMESPACE_URL, f"almanac:{about}").urn
    parts = urlsplit(site.settings.base_url)
    return f"tag:{parts.hostname},2025:{quote(parts.path)}{about}"


def _new(site: Site) -> Iterator[_Entry]:
    """Yield the models, or, in a catalog without definitions, the offerings."""
    world = site.world
    for row in world.newest:
        told = [formats.arrow(row.model.modalities), f"{formats.count(row.model.limits.context)} tokens of context"]
        yield _Entry(
            key=("model", row.model.id),
            title=f"{row.author.label}: {row.ref.label}",
            date=row.model.released or EPOCH,
            stem=row.ref.to,
            summary=row.model.description or ", ".join(told),
            author=row.author.label,
        )
    for key, offering in world.catalog.facts.items() if not world.catalog.models else ():
        if offering.released:
            yield _Entry(
                key=("offering", *key),
                title=_served(site, offering),
                date=offering.released,
                stem=world.routes.offerings[key],
                summary=offering.description or f"{offering.id}: {formats.price_pair(offering.price)}",
                author=world.catalog.providers[offering.provider].name,
            )


def endings(site: Site) -> Iterator[Ending]:
    """Yield every day on which a model or an offering is deprecated or stops working."""
    catalog, routes = site.world.catalog, site.world.routes
    for name, model in catalog.models.items():
        if model.deprecated or model.retires:
            about = _About(("model", name), model.title, routes.models[name], catalog.authors[model.author].name)
            yield from _dated(site, model, about)
    for key, of in catalog.facts.items():
        if of.deprecated or of.retires:
            about = _About(("offering", *key), _served(site, of), routes.offerings[key], catalog.providers[key[0]].name)
            yield from _dated(site, of, about)


class _About(Struct, frozen=True):
    key: tuple[str, ...]
    what: str
    stem: str
    author: str


def _dated(site: Site, of: Facts, about: _About) -> Iterator[Ending]:
    for date, retires in ((of.deprecated, False), (of.retires, True)):
        if date:
            yield Ending(
                key=("retires" if retires else "deprecated", *about.key),
                what=about.what,
                retires=retires,
                date=date,
                stem=about.stem,
                successor=site.world.catalog.models[of.successor].title if of.successor else "",
                author=about.author,
            )


def _ends(site: Site) -> Iterator[_Entry]:
    for ending in endings(site):
        verb = "stops working" if ending.retires else "is deprecated"
        instead = f" Use {ending.successor} instead." if ending.successor else ""
        yield _Entry(
            key=ending.key,
            title=f"{ending.what} {verb} ({ending.date})",
            date=ending.date,
            stem=ending.stem,
            summary=f"{ending.what} {verb}: {formats.date(ending.date)}.{instead}",
            author=ending.author,
        )


def _prices(site: Site) -> Iterator[_Entry]:
    for key, offering in site.world.catalog.facts.items():
        for price in (*offering.prices, offering.price):
            if price is not None and price.effective_from:
                told = formats.price_pair(price)
                yield _Entry(
                    key=("price", *key, price.effective_from),
                    title=f"{_served(site, offering)}: {told}",
                    date=price.effective_from,
                    stem=site.world.routes.offerings[key],
                    summary=f"Input / output per one million tokens from {formats.date(price.effective_from)}: {told}.",
                    author=site.world.catalog.providers[offering.provider].name,
                )


def _changed(site: Site, kinds: Iterable[Kind]) -> Iterator[_Entry]:
    """Yield what changed about each thing on each day: the day of the facts, for that is all that is known."""
    found: dict[tuple[str, ...], list[Change]] = {}
    for revision, change in site.world.told.of(kinds):
        if revision.date:
            found.setdefault((revision.date, change.thing, *change.key), []).append(change)
    places = {removed.key: removed.stem for removed in site.world.told.removed}
    for (date, *about), changes in found.items():
        first = changes[0]
        provider = site.world.catalog.providers.get(first.key[0])
        owner = (provider.name if provider else first.key[0]) if first.thing is Thing.OFFERING else ""
        what = f"{first.name} at {owner}" if owner else first.name
        told = [sentence(change) for change in changes]
        yield _Entry(
            key=("change", date, *about),
            title=f"{what}: {told[0]}" + (f", and {len(told) - 1:,} more" if len(told) > 1 else ""),
            date=date,
            stem=_stem(site, first) or places.get(first.key, CHANGED),
            summary=f"{'; '.join(told)}.",
            author=owner or site.settings.title,
        )


def _stem(site: Site, change: Change) -> str | None:
    """Return where the page of what has changed is, if it has one."""
    routes = site.world.routes
    if change.thing is Thing.OFFERING:
        return routes.offerings.get((change.key[0], change.key[-1]))
    found: str | None = getattr(routes, f"{change.thing}s").get(change.key[-1])
    return found


def _served(site: Site, offering: Offering) -> str:
    return f"{offering.title} at {site.world.catalog.providers[offering.provider].name}"


def _feed(site: Site, here: str, title: str, entries: Iterable[_Entry]) -> Output:
    distinct = {entry.key: entry for entry in entries}
    newest = sorted(distinct.values(), key=lambda entry: (-first_day(entry.date).toordinal(), entry.key))[:MAX_ENTRIES]
    updated = newest[0].date if newest else site.world.data_date or EPOCH
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml(site.settings.language)}">',
        f"<id>{xml(identity(site, ('feed', here)))}</id>",
        f"<title>{xml(title)}</title>",
        f"<updated>{instant(updated)}</updated>",
        f"<author><name>{xml(site.settings.title)}</name></author>",
        f'<generator version="{__version__}">Almanac</generator>',
        f'<link rel="self" href="{xml(address(site, here, here))}"/>',
        f'<link rel="alternate" href="{xml(address(site, here, page(site, "")))}"/>',
    ]
    for entry in newest:
        day = instant(entry.date)
        lines += [
            "<entry>",
            f"<id>{xml(identity(site, entry.key))}</id>",
            f"<title>{xml(entry.title)}</title>",
            f"<updated>{day}</updated>",
            f"<published>{day}</published>",
            f"<author><name>{xml(entry.author)}</name></author>",
            f'<link rel="alternate" href="{xml(address(site, here, page(site, entry.stem)))}"/>',
            f"<summary>{xml(entry.summary)}</summary>",
            "</entry>",
        ]
    return Output(here, "\n".join([*lines, "</feed>", ""]).encode())
