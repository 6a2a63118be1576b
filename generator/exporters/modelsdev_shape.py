"""The schema of `catalog.json`, and with it of `api.json` and `models.json`, which are its two halves."""

from collections.abc import Iterator

from generator.exporters.shapes import AMOUNT, COUNT, DATE, FLAG, TEXT, Shape, each, many, one_of, schema_file, table
from generator.output import Output
from generator.site import Site

__all__ = ["schema"]

_RATES = dict.fromkeys(("reasoning", "cache_read", "cache_write", "input_audio", "output_audio"), AMOUNT)
_MAIN = {"input": AMOUNT, "output": AMOUNT}
_TIER = table({**_MAIN, "tier": table({"type": one_of(["context"]), "size": COUNT})}, _RATES)
_COST = table(_MAIN, {**_RATES, "tiers": many(_TIER), "context_over_200k": table(_MAIN, _RATES)})
_WORDS = many(one_of(["text", "image", "audio", "video", "pdf"]))
_ANY: Shape = {"type": ["string", "number", "boolean", "object", "array", "null"]}
_REQUEST = {"body": each(_ANY), "headers": each(TEXT)}
_OPTIONS: Shape = {
    "anyOf": [
        table({"type": one_of(["toggle"])}),
        table({"type": one_of(["effort"]), "values": many({"type": ["string", "null"]})}),
        table({"type": one_of(["budget_tokens"])}, {"min": {"type": "integer"}, "max": COUNT}),
    ]
}
_FACTS = {
    "description": TEXT,
    "family": TEXT,
    "structured_output": FLAG,
    "temperature": FLAG,
    "knowledge": DATE,
}
_STATED = {
    "attachment": FLAG,
    "reasoning": FLAG,
    "tool_call": FLAG,
    "release_date": DATE,
    "last_updated": DATE,
    "open_weights": FLAG,
}
_SIDES = {"input": _WORDS, "output": _WORDS}
_OFFERING = table(
    {
        "id": TEXT,
        "name": TEXT,
        **_STATED,
        "modalities": table(_SIDES),
        "limit": table({"context": COUNT, "output": COUNT}, {"input": COUNT}),
    },
    {
        **_FACTS,
        "reasoning_options": many(_OPTIONS),
        "interleaved": {"anyOf": [FLAG, table({"field": one_of(["reasoning_content", "reasoning_details"])})]},
        "status": one_of(["alpha", "beta", "deprecated"]),
        "cost": _COST,
        "experimental": table({}, {"modes": each(table({}, {"cost": _COST, "provider": table({}, _REQUEST)}))}),
        "provider": table({}, {"npm": TEXT, "api": TEXT, "shape": TEXT, **_REQUEST}),
    },
)
_PROVIDER = table(
    {"id": TEXT, "env": many(TEXT), "npm": TEXT, "name": TEXT, "models": each({"$ref": "#/$defs/offering"})},
    {"api": TEXT, "doc": TEXT},
)
_MODEL = table(
    {"id": TEXT},
    {
        "name": TEXT,
        **_FACTS,
        **_STATED,
        "modalities": table({}, _SIDES),
        "limit": table({}, {"context": COUNT, "input": COUNT, "output": COUNT}),
        "license": TEXT,
        "links": many(table({"url": TEXT}, {"label": TEXT, "type": TEXT})),
        "weights": many(table({"url": TEXT}, dict.fromkeys(("label", "format", "quantization"), TEXT))),
        "benchmarks": many(
            table(
                {"name": TEXT, "score": {"type": ["number", "string"]}},
                dict.fromkeys(("metric", "harness", "variant", "dataset", "version", "source", "date"), TEXT),
            )
        ),
    },
)


def schema(site: Site) -> Iterator[Output]:
    """Yield the schema."""
    shape = table({"models": each({"$ref": "#/$defs/model"}), "providers": each({"$ref": "#/$defs/provider"})})
    parts = {"$defs": {"model": _MODEL, "provider": _PROVIDER, "offering": _OFFERING}}
    yield schema_file(site, "catalog", "catalog.json: the shape of models.dev", {**shape, **parts})
