"""The answer of OpenRouter's `GET /api/v1/models`: models with their facts, and prices as decimal strings per token.

A model stands under its own id with the price of the one offering that stands for it in lists; what has no definition
stands under `provider/id`. Keys that OpenRouter always has are always there, `null` where nothing is known; a price
that is not known, or not in dollars, is left out. The file has no suffix, as that of OpenAI.
"""

from collections.abc import Iterator, Mapping
from operator import itemgetter
from typing import Any

from generator.exporters.encode import json_array, per_token, plain, seconds
from generator.exporters.records import API
from generator.exporters.shapes import AMOUNT, COUNT, DATE, FLAG, TEXT, Shape, each, many, maybe, schema_file, table
from generator.output import Output
from generator.schema import Billing, Modality, Model, Offering, Price
from generator.site import Site

__all__ = ["PATHS", "outputs", "schema"]

PATHS = (f"{API}models", f"{API}models.json")

_PER_TOKEN: Mapping[str, str] = {
    "prompt": "input",
    "completion": "output",
    "internal_reasoning": "reasoning",
    "input_cache_read": "cache_read",
    "input_cache_write": "cache_write",
    "audio": "input_audio",
}
_PER_OPERATION: Mapping[str, str] = {"request": "request", "image": "image_input", "web_search": "web_search"}
_WORDS: Mapping[Modality, str] = {Modality.PDF: "file", Modality.EMBEDDING: "embeddings"}
_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    "tools": ("tools", "tool_calls"),
    "tool_choice": ("tool_choice",),
    "reasoning": ("reasoning",),
    "include_reasoning": ("include_reasoning",),
    "structured_outputs": ("structured_outputs",),
    "response_format": ("format_response", "structured_outputs"),
    "web_search_options": ("web_search",),
    **{
        name: (name,)
        for name in (
            "temperature", "top_p", "top_k", "top_a", "min_p", "frequency_penalty", "presence_penalty",
            "repetition_penalty", "max_tokens", "stop", "seed", "logit_bias", "logprobs", "top_logprobs", "verbosity",
        )
    },
}  # fmt: skip
_DEFAULTS = ("temperature", "top_p", "frequency_penalty")
_HUGGING_FACE = "https://huggingface.co/"


def outputs(site: Site) -> Iterator[Output]:
    """Yield the list under both names."""
    catalog = site.world.catalog
    listed: dict[str, Model | Offering] = dict(catalog.models)
    for offering in catalog.facts.values():
        if not offering.model:
            listed.setdefault(f"{offering.provider}/{offering.id}", offering)
    data = json_array(
        _model(site, facts) if isinstance(facts, Model) else _entry(site, name, facts, facts)
        for name, facts in sorted(listed.items(), key=itemgetter(0))
    )
    made = f'{{"data":{data}}}\n'.encode()
    yield from (Output(path, made) for path in PATHS)


def _model(site: Site, model: Model) -> dict[str, Any]:
    offerings = site.world.catalog.offerings_by_model[model.id]
    shown = site.world.models[model.id].shown or next(iter(offerings), None)
    entry = _entry(site, model.id, model, shown)
    entry["name"] = f"{site.world.catalog.authors[model.author].name}: {model.title}"
    weights = (place.url for place in model.weights if place.url.startswith(_HUGGING_FACE))
    entry["hugging_face_id"] = next(weights, "").removeprefix(_HUGGING_FACE)
    return entry


def _entry(site: Site, name: str, facts: Model | Offering, served: Offering | None) -> dict[str, Any]:
    limits = served.limits if served else facts.limits
    context = facts.limits.context or limits.context
    policies = site.world.catalog.providers[served.provider].policies if served else None
    return {
        "id": name,
        "canonical_slug": name,
        "hugging_face_id": "",
        "name": facts.title,
        "created": seconds(facts.released),
        "description": facts.description or "",
        "context_length": context,
        "architecture": _architecture(facts),
        "pricing": _pricing(served.price) if served and served.price else {},
        "top_provider": {
            "context_length": limits.context,
            "max_completion_tokens": limits.output,
            "is_moderated": policies.moderated if policies else None,
        },
        "per_request_limits": None,
        "supported_parameters": _supported(facts),
        "default_parameters": _defaults(facts),
        "knowledge_cutoff": facts.knowledge,
        "expiration_date": facts.retires,
    }


def _architecture(facts: Model | Offering) -> dict[str, Any]:
    given = [_WORDS.get(word, str(word)) for word in facts.modalities.input]
    made = [_WORDS.get(word, str(word)) for word in facts.modalities.output]
    return {
        "modality": f"{'+'.join(given)}->{'+'.join(made)}" if given or made else None,
        "input_modalities": given,
        "output_modalities": made,
        "tokenizer": facts.architecture.tokenizer,
        "instruct_type": None,
    }


def _pricing(price: Price) -> dict[str, str]:
    if price.currency != "USD":
        return {}
    told = {"prompt": "0", "completion": "0"} if price.billing is Billing.FREE else {}
    for key, name in _PER_TOKEN.items():
        if (amount := getattr(price, name)) is not None:
            told[key] = plain(per_token(amount))
    for key, name in _PER_OPERATION.items():
        if (amount := getattr(price.operations, name)) is not None:
            told[key] = plain(amount)
    return told


def _supported(facts: Model | Offering) -> list[str]:
    can = facts.capabilities
    return sorted(key for key, names in _PARAMETERS.items() if any(getattr(can, name) for name in names))


def _defaults(facts: Model | Offering) -> dict[str, Any]:
    ranges = {name: getattr(facts.generation, name) for name in _DEFAULTS}
    return {name: span.default for name, span in ranges.items() if span and span.default is not None}


def schema(site: Site) -> Iterator[Output]:
    """Yield the schema of the list."""
    amount: Shape = {"type": "string", "pattern": r"^\d+(\.\d+)?$"}
    architecture = {
        "modality": maybe(TEXT),
        "input_modalities": many(TEXT),
        "output_modalities": many(TEXT),
        "tokenizer": maybe(TEXT),
        "instruct_type": {"type": "null"},
    }
    provider = {"context_length": maybe(COUNT), "max_completion_tokens": maybe(COUNT), "is_moderated": maybe(FLAG)}
    entry = table({
        **dict.fromkeys(("id", "canonical_slug", "hugging_face_id", "name", "description"), TEXT),
        "created": COUNT,
        "context_length": maybe(COUNT),
        "architecture": table(architecture),
        "pricing": table({}, dict.fromkeys((*_PER_TOKEN, *_PER_OPERATION), amount)),
        "top_provider": table(provider),
        "per_request_limits": {"type": "null"},
        "supported_parameters": many(TEXT),
        "default_parameters": each(AMOUNT),
        "knowledge_cutoff": maybe(DATE),
        "expiration_date": maybe(DATE),
    })  # fmt: skip
    yield schema_file(
        site, "openrouter", "api/v1/models: the answer of OpenRouter's GET /api/v1/models", table({"data": many(entry)})
    )
