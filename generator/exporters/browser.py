"""Site -> the file that the pages' scripts read: what can be searched, filtered, compared and reckoned with.

A classic script, because a page from disk can load nothing else, that hands JSON to the parser for JSON, which is four
times as fast as the one for scripts. It holds tables as columns, `templates/static/catalog.js` makes rows of them. Left
out: prose, descriptions, parameters of generation, how to call it: those are on the pages, or in the JSON files. What
is too long for one file goes on in others: the text is cut, and the script joins it again.
"""

import re
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from generator.config import Edition
from generator.exporters.encode import json_text, stated
from generator.formats import words
from generator.output import Output
from generator.pages import context
from generator.pages.routes import FAMILIES
from generator.paths import file_of
from generator.schema import Capabilities, Facts, Mode, Offering, Price, Rates, Record
from generator.site import Site

__all__ = ["PATH", "outputs"]

T = TypeVar("T", bound=Hashable)
R = TypeVar("R", bound=Record)

PATH = "assets/catalog-data.js"

LONGEST = 5_000_000
"""Characters in one file."""

_FACTS = ("family", "status", "released", "updated", "knowledge", "deprecated", "retires", "open_weights")
_LIMITS = {"context": "context", "max_input": "input", "max_output": "output",
           "images_per_request": "images_per_request", "dimensions": "embedding_dimensions"}  # fmt: skip
_INTERNAL = ("approval", "data_class", "owner")
_RATES = frozenset({"currency", "billing", *Rates.model_fields})


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
    models, offered, ids = list(catalog.models.values()), _in_order(site), _numbers(catalog.models)
    said = _stated((*models, *offered))
    base, facts = _facts(models, ids, said), _facts(offered, ids, said)
    return {
        "date": world.data_date,
        "currency": site.settings.currency,
        "capabilities": [[name, words(name)] for name in said],
        "authors": _owners(catalog.authors, routes.authors),
        "providers": _owners(catalog.providers, routes.providers, "regions", "headquarters", "free_tier"),
        "families": {
            "id": list(routes.families),
            "slug": _slugs([(name, stem.removeprefix(FAMILIES)) for name, stem in routes.families.items()]),
        },
        "models": _models(site, base),
        "offerings": _offerings(site, offered, facts, base),
        "pages": _pages(site),
    }


def _stated(things: Iterable[Facts]) -> tuple[str, ...]:
    """Return the capabilities about which anything says yes or no."""
    found: set[str] = set()
    for able in _distinct([thing.capabilities for thing in things]):
        found.update([name for name in able.model_fields_set if getattr(able, name) is not None])
    return tuple(name for name in Capabilities.model_fields if name in found)


def _distinct(shared: Sequence[R]) -> Iterable[R]:
    """Return each record once: thousands of offerings share a hundred."""
    return {id(record): record for record in shared}.values()


def _owners(things: Mapping[str, Any], stems: Mapping[str, str], *more: str) -> dict[str, Any]:
    """Return the table of authors or of providers."""
    values = list(things.values())
    return {
        "id": list(things),
        "name": [thing.name for thing in values],
        "aliases": _column([thing.aliases or None for thing in values]),
        "slug": _slugs([(name, stems[name].split("/")[1]) for name in things]),
        **{
            name: _column([value if (value := getattr(thing, name)) != () else None for thing in values])
            for name in more
        },
    }


def _models(site: Site, facts: Mapping[str, Sequence[object]]) -> dict[str, Any]:
    world = site.world
    things = list(world.catalog.models.values())
    authors = _numbers(world.catalog.authors)
    rows = [world.models[model.id] for model in things]
    places = [[row.offering.key for row in world.cheapest_first[model.id]] for model in things]
    shown = [of.index(row.shown.key) if row.shown else None for of, row in zip(places, rows, strict=True)]
    return {
        "author": _column([authors[model.author] for model in things]),
        "id": [model.slug for model in things],
        "name": [model.name for model in things],
        "aliases": _column([model.aliases or None for model in things]),
        "slug": _slugs([(model.slug, _below(world.routes.models[model.id])) for model in things]),
        "authors": _column([_list(authors[name] for name in of.authors if name != of.author) for of in things]),
        "shown": _column(shown),
        "license": _column([model.license for model in things]),
        "parameters": _column([model.architecture.parameters for model in things]),
        "active_parameters": _column([model.architecture.active_parameters for model in things]),
        "overlays": _overlays(site, [f"model/{model.id}" for model in things]),
        **{name: _column(values) for name, values in facts.items()},
        "internal": _internal(things),
    }


def _offerings(
    site: Site, rows: Sequence[Offering], facts: Mapping[str, Sequence[object]], base: Mapping[str, Sequence[object]]
) -> dict[str, Any]:
    """Return the table of offerings; `base` are the facts of the models that they may have theirs from."""
    catalog, routes = site.world.catalog, site.world.routes.offerings
    ids, providers, authors = _numbers(catalog.models), _numbers(catalog.providers), _numbers(catalog.authors)
    held = _held(rows, ("id", "provider", "model", "name", "authors", "price", "modes", "regions", "checked"))
    models = [None if name is None else ids[name] for name in held["model"]]
    keys = [*zip(held["provider"], held["id"], strict=True)]
    titles = [model.title for model in catalog.models.values()]
    return {
        "id": held["id"],
        "provider": _column([providers[name] for name in held["provider"]]),
        "model": _column(models),
        "authors": _column([_list(authors[name] for name in names) if names else None for names in held["authors"]]),
        "name": _column([name or key[1] for name, key in zip(held["name"], keys, strict=True)], _of(titles, models)),
        "slug": _slugs([(key[1], _below(routes[key])) for key in keys]),
        "price": _prices(held["price"], site.settings.currency),
        "modes": _tables_of([_modes(modes, site.settings.currency) if modes else None for modes in held["modes"]]),
        "regions": _column([regions or None for regions in held["regions"]]),
        "checked": _column(held["checked"]),
        "overlays": _overlays(site, [f"offering/{provider}/{name}" for provider, name in keys]),
        **{name: _column(values, _of(base[name], models)) for name, values in facts.items()},
        "internal": _internal(rows),
    }


def _in_order(site: Site) -> list[Offering]:
    """Return the offerings: those of each model together in the order of its page, the others after them."""
    world = site.world
    rows = [row.offering for model in world.catalog.models for row in world.cheapest_first[model]]
    return rows + [offering for offering in world.catalog.facts.values() if not offering.model]


def _held(records: Iterable[Record], names: tuple[str, ...]) -> dict[str, Sequence[Any]]:
    """Return facts of records as columns; more than one, and each record is read once."""
    rows = [*map(itemgetter(*names), map(vars, records))]
    return dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())


def _of(values: Sequence[object], numbers: Iterable[int | None]) -> list[object]:
    return [None if number is None else values[number] for number in numbers]


def _facts(things: Sequence[Facts], ids: Mapping[str, int], stated: tuple[str, ...]) -> dict[str, Sequence[object]]:
    """Return the columns of what both models and offerings state."""
    held = _held(things, (*_FACTS, "successor", "modalities", "capabilities", "limits"))
    limits, words = _held(held["limits"], tuple(_LIMITS.values())), _held(held["modalities"], ("input", "output"))
    can = {
        id(able): "".join([_TRI[getattr(able, name)] for name in stated]) for able in _distinct(held["capabilities"])
    }
    return {
        **{name: held[name] for name in _FACTS},
        **{name: limits[fact] for name, fact in _LIMITS.items()},
        "input": [given or None for given in words["input"]],
        "output": [made or None for made in words["output"]],
        "can": [can[id(able)] for able in held["capabilities"]],
        "successor": [ids[name] if name else None for name in held["successor"]],
    }


_TRI = {True: "1", False: "0", None: "-"}


def _internal(things: Iterable[Facts]) -> object:
    stated = [of.internal or None for of in things]
    return _tables_of(
        [{name: value for name in _INTERNAL if (value := getattr(of, name))} or None if of else None for of in stated]
    )


def _overlays(site: Site, keys: Iterable[str]) -> object:
    laid = site.world.catalog.overlaid
    return _column([_list(layer.overlay for layer in laid[key]) if key in laid else None for key in keys])


def _list(values: Iterable[T]) -> tuple[T, ...] | None:
    """Return what a column holds for a list: nothing for an empty one, which says no more than that it is not known."""
    return tuple(values) or None


def _prices(prices: Sequence[Price | None], currency: str) -> object:
    """Return the column of prices: thousands of offerings have some hundreds."""
    seen: dict[Hashable, int] = {}
    told: list[object] = []
    places: list[int | None] = []
    for price in prices:
        place = None
        if price is not None and (place := seen.setdefault(_price_key(price, currency), len(told))) == len(told):
            told.append(_price(price, currency))
        places.append(place)
    return _column(_of(told, places), keys=places)


_rates = itemgetter("currency", "billing", *Rates.model_fields)


def _price_key(price: Price, currency: str) -> Hashable:
    if price.model_fields_set <= _RATES or (told := _price(price, currency)).keys() <= _RATES:
        key: Hashable = _rates(vars(price))
        return key
    return json_text(told)


def _price(price: Price, currency: str) -> Mapping[str, object]:
    """Return what a price states; its currency and billing only where they are not the usual."""
    told = stated(price) | {"currency": price.currency, "billing": price.billing}
    usual = {"currency": currency, "billing": "metered", "units": (), "tiers": ()}
    if not stated(price.operations):
        told.pop("operations", None)
    return {name: value for name, value in told.items() if name not in usual or value != usual[name]}


def _modes(modes: Mapping[str, Mode], currency: str) -> dict[str, object]:
    return {name: None if (price := mode.price) is None else _price(price, currency) for name, mode in modes.items()}


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


def _tables_of(values: Sequence[object]) -> object:
    """Return a column of tables, which are told apart by their texts."""
    return _column(values, keys=[None if value is None else json_text(value) for value in values])


def _column(values: Sequence[object], bases: Sequence[object] = (), keys: Sequence[Hashable] = ()) -> object:
    """Return a column in its shortest form.

    What is not told is what the base says, or null. `{}`: nothing is told; `{on, is}`: these rows are; `{at, is}`: for
    each row the place of its value, -1 for one that is not told; a list: the values. `keys` stand for values of which
    no table can be made.
    """
    keys = keys or values
    if bases:
        told = [number for number, (key, base) in enumerate(zip(keys, bases, strict=True)) if key != base]
    else:
        told = [number for number, key in enumerate(keys) if key is not None]
    if len(told) * _FEW < len(values):
        return {"on": told, "is": [values[number] for number in told]} if told else {}
    known = {keys[number]: values[number] for number in told}
    if bases or len(known) * 2 < len(values):
        places = _numbers(known)
        at = [-1] * len(values)
        for number in told:
            at[number] = places[keys[number]]
        return {"at": at, "is": list(known.values())}
    return list(values)


_FEW = 8
"""One of so many rows is few."""
