"""One small JSON file for each author, model, provider and offering, beside its page, and the schemas of all four.

A file holds every fact that the page shows, an offering's with what its definition adds, and relative addresses of the
files of what belongs to it. Left out: prose, which the Markdown edition has, and what a source keeps to itself.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from generator.exporters.encode import json_file, json_pairs, json_text, quoted, stated
from generator.output import Output
from generator.paths import file_of, from_folder, href
from generator.schema import Author, Mode, Model, Offering, Price, Provider, Record
from generator.site import Site

__all__ = ["API", "KINDS", "file", "outputs", "schema", "schemas"]

API = "api/v1/"
"""Where everything lies that is no page's own. A path below it is not given another meaning, ever: that takes a
`v2`."""

KINDS: Mapping[str, type[Record]] = {"author": Author, "model": Model, "provider": Provider, "offering": Offering}
"""What there is a file for, and the facts in it."""

_LEFT_OUT = ("prose", "extensions", "logo")
_SHARED = frozenset({"modalities", "capabilities", "limits", "reasoning", "architecture"})
"""What the catalog keeps once for many: for all that state the same, or for a definition and what has it from there."""

_LISTED: Mapping[str, Mapping[str, str]] = {
    "author": {"models": "Models of the author.", "offerings": "Offerings by the author that have no definition."},
    "model": {"offerings": "Who serves the model."},
    "provider": {"offerings": "What the provider serves."},
    "offering": {},
}


def file(stem: str) -> str:
    """Return the path of the JSON file beside the page of a stem."""
    return file_of(stem, "json")


def schema(kind: str) -> str:
    """Return the path of the JSON Schema of a kind of file."""
    return f"{API}{kind}.schema.json"


def outputs(site: Site) -> Iterator[Output]:
    """Yield the file of everything in the catalog."""
    catalog, routes = site.world.catalog, site.world.routes
    shared: dict[int, str] = {}
    for name, author in catalog.authors.items():
        here = file(routes.authors[name])
        loose = [offering for offering in catalog.offerings_by_author[name] if not offering.model]
        models = [{"id": m.id, "href": href(here, file(routes.models[m.id]))} for m in catalog.models_by_author[name]]
        yield _file(here, "author", author, shared, models=models, offerings=_served(site, here, loose))
    for name, model in catalog.models.items():
        here = file(routes.models[name])
        served = _served(site, here, catalog.offerings_by_model[name])
        yield _file(here, "model", model, shared, offerings=served)
    for name, provider in catalog.providers.items():
        here = file(routes.providers[name])
        served = _served(site, here, catalog.offerings_by_provider[name])
        yield _file(here, "provider", provider, shared, offerings=served)
    for key, offering in catalog.facts.items():
        yield _file(file(routes.offerings[key]), "offering", offering, shared)


def _served(site: Site, here: str, offerings: Iterable[Offering]) -> list[dict[str, str]]:
    routes = site.world.routes.offerings
    keys = [offering.key for offering in offerings]
    return [{"provider": key[0], "id": key[1], "href": href(here, file(routes[key]))} for key in keys]


def _file(here: str, kind: str, value: Record, shared: dict[int, str], **lists: list[dict[str, str]]) -> Output:
    """Return the file of a record; `shared` holds the texts of what many have in common, and is first given empty."""
    facts = stated(value)
    for name in _LEFT_OUT:
        facts.pop(name, None)
    if isinstance(value, Offering):
        _complete(facts, value)
    own: dict[str, object] = {key: facts[key] for key in ("provider", "id") if key in facts}
    first = {"$schema": _schema(here.rpartition("/")[0], kind), **own}
    return Output(here, f"{_text({**first, **facts, **lists}, shared)}\n".encode())


@lru_cache(maxsize=1024)
def _schema(folder: str, kind: str) -> str:
    return from_folder(folder, schema(kind))


def _text(facts: Mapping[str, object], shared: dict[int, str]) -> str:
    """Write facts by the names of their fields."""
    texts: dict[str, str] = {}
    for name, fact in facts.items():
        if isinstance(fact, str):
            texts[name] = quoted(fact)
        elif name in _SHARED:
            texts[name] = shared.get(id(fact)) or shared.setdefault(id(fact), json_text(fact))
        elif name == "price" and isinstance(fact, dict):
            texts[name] = _text(fact, shared)
        else:
            texts[name] = json_text(fact)
    return json_pairs(texts)


def _complete(facts: dict[str, Any], offering: Offering) -> None:
    """Say of each price in what currency it is and how use is paid, also where that is the usual."""
    if offering.price is not None:
        facts["price"] = _price(offering.price)
    if offering.prices:
        facts["prices"] = [_price(price) for price in offering.prices]
    if offering.modes:
        facts["modes"] = {name: _mode(mode) for name, mode in offering.modes.items()}


def _mode(mode: Mode) -> dict[str, Any]:
    facts = stated(mode)
    return {**facts, "price": _price(mode.price)} if mode.price else facts


def _price(price: Price) -> dict[str, Any]:
    return {"currency": price.currency, "billing": price.billing, **stated(price)}


def schemas(site: Site) -> Iterator[Output]:
    """Yield the JSON Schema of each kind of file."""
    # Kept in the package, for making them of the classes takes longer than all records together.
    kept = json.loads(files("generator.exporters").joinpath("schemas.json").read_bytes())
    for kind, made in kept.items():
        properties = {name: value for name, value in made["properties"].items() if name not in _LEFT_OUT}
        properties = {"$schema": {"type": "string", "description": "Where this schema is."}, **properties}
        for name, told in _LISTED[kind].items():
            properties[name] = {"type": "array", "description": told, "items": _ITEM}
        named = {"$id": f"{site.settings.base_url}{schema(kind)}"} if site.settings.base_url else {}
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", **named}
        yield json_file(schema(kind), {**head, **made, "properties": properties})


_ITEM: Mapping[str, Any] = {
    "type": "object",
    "properties": {
        "provider": {"type": "string"},
        "id": {"type": "string"},
        "href": {"type": "string", "description": "Address of its file, seen from this one."},
    },
    "required": ["id", "href"],
    "additionalProperties": False,
}
