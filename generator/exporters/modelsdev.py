"""The files that models.dev publishes, for everything that reads models.dev: opencode, the AI SDK and others.

    api.json            providers by id, each with its offerings by exact id
    models.json         definitions by id
    catalog.json        both
    model-schema.json   the names `provider/id` as a JSON Schema
    logos/              of providers, and of authors in labs/; a drawing of our own stands in for what is missing

An offering that states all that models.dev demands is written as it stands, key for key; so a checkout of models.dev
gives what models.dev itself makes of it. Any other offering gets what its definition adds, and then what is still
demanded, as models.dev writes what it does not know: `0` for a limit, `1970-01-01` for a date, `false`.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from generator.exporters.encode import EPOCH, json_file, json_object
from generator.exporters.modelsdev_tables import definition, offering, ordered, provider
from generator.output import Output
from generator.schema import Offering
from generator.site import Site

__all__ = ["DEFAULT_LOGO", "outputs"]

DEFAULT_LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.5">'
    '<rect x="3" y="3" width="18" height="18" rx="5"/><path d="M8 15.5 12 8l4 7.5M9.4 13h5.2"/></svg>\n'
)
"""A letter in a frame, in the colour of the text around it."""

_DEMANDED = frozenset({
    "name", "attachment", "reasoning", "tool_call", "release_date", "last_updated", "modalities", "open_weights",
    "limit", })  # fmt: skip


def outputs(site: Site) -> Iterator[Output]:
    """Yield the files of models.dev's shape."""
    models = json_object((model.id, definition(model)) for model in site.world.catalog.models.values())
    providers = json_object(_providers(site))
    yield Output("api.json", f"{providers}\n".encode())
    yield Output("models.json", f"{models}\n".encode())
    yield Output("catalog.json", f'{{"models":{models},"providers":{providers}}}\n'.encode())
    yield json_file("model-schema.json", _names(site))
    yield from _logos(site)


def _providers(site: Site) -> Iterator[tuple[str, object]]:
    catalog = site.world.catalog
    offered: dict[str, list[Offering]] = {name: [] for name in catalog.providers}
    for stated in catalog.offerings.values():
        offered[stated.provider].append(stated)
    for name, value in catalog.providers.items():
        models = {stated.id: _offering(stated, catalog.facts[stated.key]) for stated in offered[name]}
        yield name, {**provider(value), "models": models}


def _offering(stated: Offering, filled: Offering) -> dict[str, Any]:
    # What leaves the weights to its definition is not complete, and need not be looked at as it stands.
    if stated.open_weights is not None or stated.extensions:
        table = offering(stated)
        if _complete(table):
            return table
    return _demanded(offering(filled), filled)


def _complete(table: Mapping[str, Any]) -> bool:
    limits = table.get("limit", {})
    return table.keys() >= _DEMANDED and "context" in limits and "output" in limits


def _demanded(table: dict[str, Any], of: Offering) -> dict[str, Any]:
    """Return a table with everything that models.dev demands; what is not known in models.dev's way of saying so."""
    for flag in ("attachment", "reasoning", "tool_call", "open_weights"):
        table.setdefault(flag, False)
    if table["reasoning"]:
        table.setdefault("reasoning_options", [])
    table.setdefault("name", of.title)
    table.setdefault("release_date", of.updated or EPOCH)
    table.setdefault("last_updated", table["release_date"])
    table["modalities"] = {"input": [], "output": [], **table.get("modalities", {})}
    table["limit"] = {"context": 0, "output": 0, **table.get("limit", {})}
    return ordered(table)


def _names(site: Site) -> dict[str, Any]:
    names = [f"{provider}/{name}" for provider, name in site.world.catalog.offerings]
    schema: dict[str, Any] = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    if site.settings.base_url:
        schema["$id"] = f"{site.settings.base_url}model-schema.json"
    described = "An offering as provider/id; the id may hold slashes of its own."
    return {**schema, "$defs": {"Model": {"type": "string", "enum": sorted(names), "description": described}}}


def _logos(site: Site) -> Iterator[Output]:
    routes, logos = site.world.routes, site.world.catalog.logos
    default = DEFAULT_LOGO.encode()
    found = {"logos/default.svg": default}
    for name, stem in routes.providers.items():
        found[f"logos/{_last(stem)}.svg"] = logos.get(f"providers/{name}", default)
    for name, stem in routes.authors.items():
        found[f"logos/labs/{_last(stem)}.svg"] = logos.get(f"authors/{name}", default)
    for path, data in sorted(found.items()):
        yield Output(path, data)


def _last(stem: str) -> str:
    return stem.rstrip("/").rpartition("/")[2]
