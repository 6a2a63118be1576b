"""Site -> the file that the pages' scripts read: what can be searched, filtered, compared and reckoned with.

A classic script, because a page from disk can load nothing else, that hands JSON to the parser for JSON, which is four
times as fast as the one for scripts. It holds tables as columns, `templates/static/catalog.js` makes rows of them. Left
out: prose, descriptions, parameters of generation, how to call it: those are on the pages, or in the JSON files. What
is too long for one file goes on in others: the text is cut, and the script joins it again.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from generator.config import Edition
from generator.exporters.encode import json_text
from generator.formats import words
from generator.output import Output
from generator.pages import context
from generator.pages.routes import FAMILIES
from generator.paths import file_of
from generator.schema import Capabilities, Facts, Price
from generator.site import Site

__all__ = ["PATH", "outputs"]

T = TypeVar("T", bound=Hashable)

PATH = "assets/catalog-data.js"

LONGEST = 5_000_000
"""Characters in one file."""

_FACTS = ("family", "status", "released", "updated", "knowledge", "deprecated", "retires", "open_weights")
_LIMITS = {"context": "context", "max_input": "input", "max_output": "output",
           "images_per_request": "images_per_request", "dimensions": "embedding_dimensions"}  # fmt: skip
_INTERNAL = ("approval", "data_class", "owner")


def outputs(site: Site) -> Iterator[Output]:
    """Yield the file; the Markdown edition has no scripts."""
    if Edition.HTML not in site.settings.editions:
        return
    text = json_text(_tables(site))
    first, *others = (_quoted(text[start : start + LONGEST]) for start in range(0, len(text), LONGEST))
    if not others:
        yield Output(PATH, f"globalThis.almanacCatalog = JSON.parse({first});\n".encode())
        return
    yield Output(PATH, f"globalThis.almanacCatalog = {{of: {1 + len(others)}, parts: [{first}]}};\n".encode())
    for number, part in enumerate(others, 2):
        path = PATH.replace(".js", f"-{number}.js")
        yield Output(path, f"globalThis.almanacCatalog.parts[{number - 1}] = {part};\n".encode())


def _quoted(text: str) -> str:
    """Return a text for a script, in which only these three would end or change it."""
    text = text.replace("\\", "\\\\").replace("'", "\\'")
    return "'" + text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029") + "'"


def _tables(site: Site) -> dict[str, Any]:
    world = site.world
    catalog, routes = world.catalog, world.routes
    stated = _stated((*catalog.models.values(), *catalog.facts.values()))
    return {
        "date": world.data_date,
        "currency": site.settings.currency,
        "capabilities": [[name, words(name)] for name in stated],
        "authors": _owners(catalog.authors, routes.authors),
        "providers": _owners(catalog.providers, routes.providers, "regions", "headquarters", "free_tier"),
        "families": {
            "id": list(routes.families),
            "slug": _slugs((name, stem.removeprefix(FAMILIES)) for name, stem in routes.families.items()),
        },
        "models": _models(site, stated),
        "offerings": _offerings(site, stated),
        "pages": _pages(site),
    }


def _stated(things: Iterable[Facts]) -> tuple[str, ...]:
    """Return the capabilities about which anything says yes or no."""
    found: set[str] = set()
    for thing in things:
        able = thing.capabilities
        found.update(name for name in able.model_fields_set if name not in found and getattr(able, name) is not None)
    return tuple(name for name in Capabilities.model_fields if name in found)


def _owners(things: Mapping[str, Any], stems: Mapping[str, str], *more: str) -> dict[str, Any]:
    """Return the table of authors or of providers."""
    values = list(things.values())
    return {
        "id": list(things),
        "name": [thing.name for thing in values],
        "aliases": _column([thing.aliases or None for thing in values]),
        "slug": _slugs((name, stems[name].split("/")[1]) for name in things),
        **{
            name: _column([value if (value := getattr(thing, name)) != () else None for thing in values])
            for name in more
        },
    }


def _models(site: Site, stated: tuple[str, ...]) -> dict[str, Any]:
    world = site.world
    things = list(world.catalog.models.values())
    authors, ids = _numbers(world.catalog.authors), _numbers(world.catalog.models)
    rows = [world.models[model.id] for model in things]
    places = [[row.offering.key for row in world.cheapest_first[model.id]] for model in things]
    shown = [of.index(row.shown.key) if row.shown else None for of, row in zip(places, rows, strict=True)]
    return {
        "author": _column([authors[model.author] for model in things]),
        "id": [model.slug for model in things],
        "name": [model.name for model in things],
        "aliases": _column([model.aliases or None for model in things]),
        "slug": _slugs((model.slug, _below(world.routes.models[model.id])) for model in things),
        "authors": _column([_list(authors[name] for name in of.authors if name != of.author) for of in things]),
        "shown": _column(shown),
        "license": _column([model.license for model in things]),
        "parameters": _column([model.architecture.parameters for model in things]),
        "active_parameters": _column([model.architecture.active_parameters for model in things]),
        "overlays": _column([_overlays(site, f"model/{model.id}") for model in things]),
        **_facts(things, (), ids, stated),
    }


def _offerings(site: Site, stated: tuple[str, ...]) -> dict[str, Any]:
    """Return the table of offerings: those of each model together in the order of its page, the others after them."""
    world = site.world
    ids, providers = _numbers(world.catalog.models), _numbers(world.catalog.providers)
    rows = [row.offering for model in world.catalog.models for row in world.cheapest_first[model]]
    rows += [offering for offering in world.catalog.facts.values() if not offering.model]
    models = [world.catalog.models[offering.model] if offering.model else None for offering in rows]
    authors = _numbers(world.catalog.authors)
    return {
        "id": [offering.id for offering in rows],
        "provider": _column([providers[offering.provider] for offering in rows]),
        "model": _column([ids[offering.model] if offering.model else None for offering in rows]),
        "authors": _column([_list(authors[name] for name in offering.authors) for offering in rows]),
        "name": _column([offering.title for offering in rows], [m.title if m else None for m in models]),
        "slug": _slugs((offering.id, _below(world.routes.offerings[offering.key])) for offering in rows),
        "price": _column([_price(offering.price, site) for offering in rows]),
        "modes": _column(
            [{name: _price(mode.price, site) for name, mode in row.modes.items()} or None for row in rows]
        ),
        "regions": _column([offering.regions or None for offering in rows]),
        "checked": _column([offering.checked for offering in rows]),
        "overlays": _column([_overlays(site, f"offering/{of.provider}/{of.id}") for of in rows]),
        **_facts(rows, models, ids, stated),
    }


def _facts(
    things: Sequence[Facts], bases: Sequence[Facts | None], ids: Mapping[str, int], stated: tuple[str, ...]
) -> dict[str, Any]:
    """Return the columns of what both models and offerings state; `bases` are what they may have it from."""
    made: dict[str, Callable[[Facts], object]] = {name: attrgetter(name) for name in _FACTS}
    made |= {name: attrgetter(f"limits.{fact}") for name, fact in _LIMITS.items()}
    made |= {
        "input": lambda of: of.modalities.input or None,
        "output": lambda of: of.modalities.output or None,
        "can": lambda of: "".join(_TRI[getattr(of.capabilities, name)] for name in stated),
        "successor": lambda of: ids[of.successor] if of.successor else None,
    }
    columns = {
        name: _column([make(of) for of in things], [make(base) if base is not None else None for base in bases])
        for name, make in made.items()
    }
    internal = [{name: value for name in _INTERNAL if (value := getattr(of.internal, name))} or None for of in things]
    return {**columns, "internal": _column(internal)}


_TRI = {True: "1", False: "0", None: "-"}


def _overlays(site: Site, key: str) -> tuple[str, ...] | None:
    return _list(layer.overlay for layer in site.world.catalog.overlaid.get(key, ()))


def _list(values: Iterable[T]) -> tuple[T, ...] | None:
    """Return what a column holds for a list: nothing for an empty one, which says no more than that it is not known."""
    return tuple(values) or None


def _price(price: Price | None, site: Site) -> object:
    """Return what a price states; its currency and billing only where they are not the usual."""
    if price is None:
        return None
    usual = {"currency": site.settings.currency, "billing": "metered"}
    stated = price.model_dump(exclude_unset=True, exclude_none=True)
    stated |= {"currency": price.currency, "billing": price.billing}
    return {name: value for name, value in stated.items() if value != usual.get(name) and value not in ({}, ())}


def _pages(site: Site) -> dict[str, Any]:
    """Return the table of the pages that show no one thing, as far as a search should find them."""
    pages = [page for page in site.pages if page.is_own]
    told = [context(site.world, page) for page in pages]
    return {
        "name": [one.title for one in told],
        "path": [file_of(page.stem, Edition.HTML) for page in pages],
        "description": [one.description for one in told],
    }


def _below(stem: str) -> str:
    """Return the part of a stem that stands below its owner's folder of models."""
    return stem.split("/models/", 1)[1]


def _numbers(names: Iterable[T]) -> dict[T, int]:
    return {name: number for number, name in enumerate(names)}


_PLAIN = re.compile(r"[a-z0-9._~+/-]*", re.ASCII)


def _plain(name: str) -> str | None:
    """Return the path of an id by the rule that the script knows too; nothing where only `paths.slug` knows."""
    text = name.lower().replace(":", "-").replace(" ", "-").replace("@", "-at-") if name.isascii() else "?"
    return text if _PLAIN.fullmatch(text) else None


def _slugs(pairs: Iterable[tuple[str, str]]) -> object:
    """Return the column of paths, of which only those are told that the rule does not give."""
    return _column([None if _plain(name) == path else path for name, path in pairs])


def _column(values: Sequence[object], bases: Sequence[object] = ()) -> object:
    """Return a column in its shortest form.

    What is not told is what the base says, or null. `{}`: nothing is told; `{on, is}`: these rows are; `{at, is}`: for
    each row the place of its value, -1 for one that is not told; a list: the values.
    """
    keys, usual = [_key(value) for value in values], [_key(base) for base in bases] or [None] * len(values)
    told = [number for number, key in enumerate(keys) if key != usual[number]]
    if len(told) * _FEW < len(values):
        return {"on": told, "is": [values[number] for number in told]} if told else {}
    known = {keys[number]: values[number] for number in told}
    if bases or len(known) * 2 < len(values):
        places = _numbers(known)
        at = [places[key] if key != base else -1 for key, base in zip(keys, usual, strict=True)]
        return {"at": at, "is": list(known.values())}
    return list(values)


def _key(value: object) -> Hashable:
    return json_text(value) if isinstance(value, dict) else value


_FEW = 8
"""One of so many rows is few."""
