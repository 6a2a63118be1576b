"""The JSON Schemas of the files that people write, for editors: what may stand where, with words about each key.

A file need not say what its path says. Given up: conditions between keys, which `almanac check` tells.
"""

from collections.abc import Iterator, Mapping
from json import dumps

from pydantic import BaseModel

from generator.config import Settings
from generator.output import Output
from generator.schema import Author, FreePage, Model, Offering, Provider

__all__ = ["PLACES", "schemas"]

PLACES: Mapping[str, tuple[str, type[BaseModel]]] = {
    "site": ("site.yaml", Settings),
    "author": ("authors/*/author.yaml", Author),
    "model": ("authors/*/models/**/*.yaml", Model),
    "provider": ("providers/*/provider.yaml", Provider),
    "offering": ("providers/*/models/**/*.yaml", Offering),
    "page": ("pages/*.md", FreePage),
}
"""For each kind of file where it stands, and what it states."""

_SAID = frozenset({"id", "provider", "name", "prose"})


def schemas() -> Iterator[Output]:
    """Yield a file `KIND.schema.json` for each kind of file."""
    for kind, (place, shape) in PLACES.items():
        made = shape.model_json_schema()
        properties = dict(made.pop("properties"))
        properties.pop("prose", None)
        said = _SAID - {"name"} if kind in ("author", "provider") else _SAID
        required = [key for key in made.pop("required", ()) if key not in said]
        made = {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": f"{kind.capitalize()} of a catalog ({place})",
            **{key: value for key, value in made.items() if key != "title"},
            "properties": properties,
            **({"required": required} if required else {}),
        }
        yield Output(f"{kind}.schema.json", (dumps(made, indent=1, ensure_ascii=False) + "\n").encode())
