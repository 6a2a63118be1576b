"""What was before -> the history of the site that is being built: what has changed, and whose pages are gone.

A page that was there once stays, and says what it was: nobody's link dies. It goes only when its place is taken by
something that is in the catalog, or when its thing has come back.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from generator.catalog import Catalog
from generator.history import History, Past, Removed, Revision, Thing, compare, named
from generator.pages.days import data_date
from generator.pages.routes import AUTHORS, PROVIDERS, Routes
from generator.pages.world import World
from generator.paths import slug
from generator.schema import Model, Offering

__all__ = ["after"]

KEPT = 50
"""Revisions that a site remembers."""


def after(world: World, past: Past) -> World:
    """Return the world with what it knows of the time before it."""
    since, date = data_date(past.catalog, past.settings), world.data_date
    changes = compare(past.catalog, world.catalog)
    revisions = past.history.revisions
    if changes:
        revisions = (Revision(date=date, since=since, changes=changes), *revisions)[:KEPT]
    taken = {stem.casefold() for stem in _stems(world.routes)}
    found: dict[str, Removed] = {}
    for removed in (*_gone(past.catalog, world, date), *past.history.removed):
        stem = removed.stem.casefold()
        if stem not in taken and _is_place(removed.stem) and removed.key not in named(world.catalog, removed.thing):
            found.setdefault(stem, removed)
    history = History(revisions=revisions, removed=tuple(found[stem] for stem in sorted(found)))
    return replace(world, history=history)


def _stems(routes: Routes) -> Iterator[str]:
    for table in (routes.authors, routes.models, routes.providers, routes.offerings):
        yield from table.values()


def _gone(old: Catalog, world: World, date: str | None) -> Iterator[Removed]:
    """Yield what had a page before and is in the catalog no longer; what has another name there has a redirect."""
    routes, catalog = Routes.of(old, ()), world.catalog
    stems: Mapping[Thing, Mapping[tuple[str, ...], str]] = {
        Thing.AUTHOR: {(key,): stem for key, stem in routes.authors.items()},
        Thing.PROVIDER: {(key,): stem for key, stem in routes.providers.items()},
        Thing.MODEL: {(key,): stem for key, stem in routes.models.items()},
        Thing.OFFERING: {(provider, name): stem for (provider, name), stem in routes.offerings.items()},
    }
    for thing, places in stems.items():
        now, before = named(catalog, thing), named(old, thing)
        renamed = {alias for value in now.values() for alias in getattr(value, "aliases", ())}
        for key, stem in places.items():
            value = before[key]
            if key in now or key[-1] in renamed:
                continue
            facts = value if isinstance(value, Model | Offering) else None
            yield Removed(
                thing=thing,
                key=key,
                name=facts.title if facts else getattr(value, "name", key[-1]),
                stem=stem,
                date=date,
                model=value.model if isinstance(value, Offering) else None,
                successor=facts.successor if facts else None,
            )


def _is_place(stem: str) -> bool:
    """Return whether a stem that a file names is one that this program could have given."""
    plain = stem.removesuffix("/")
    return plain.startswith((AUTHORS, PROVIDERS)) and slug(plain) == plain
