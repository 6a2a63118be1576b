"""The answer of OpenAI's `GET /v1/models`: what is on offer, as clients of that API list it.

The file has no suffix, so every static host serves it at the address that clients ask for; `.json` holds the same for
hosts that go by suffixes. An id is `provider/id`, for two providers may use the same. `created` is demanded: it is the
release, at its first moment, and 0 where that is not known.
"""

from collections.abc import Iterator

from generator.exporters.encode import json_array, seconds
from generator.exporters.shapes import COUNT, TEXT, many, one_of, schema_file, table
from generator.output import Output
from generator.site import Site

__all__ = ["PATHS", "outputs", "schema"]

PATHS = ("v1/models", "v1/models.json")


def outputs(site: Site) -> Iterator[Output]:
    """Yield the list under both names."""
    catalog = site.world.catalog
    listed = json_array(
        {
            "id": f"{offering.provider}/{offering.id}",
            "object": "model",
            "created": seconds(offering.released),
            "owned_by": next(iter(catalog.authors_of(offering)), offering.provider),
        }
        for offering in catalog.facts.values()
    )
    made = f'{{"object":"list","data":{listed}}}\n'.encode()
    yield from (Output(path, made) for path in PATHS)


def schema(site: Site) -> Iterator[Output]:
    """Yield the schema of the list."""
    entry = table({"id": TEXT, "object": one_of(["model"]), "created": COUNT, "owned_by": TEXT})
    shape = table({"object": one_of(["list"]), "data": many(entry)})
    yield schema_file(site, "openai", "v1/models: the answer of OpenAI's GET /v1/models", shape)
