"""The answer of OpenRouter's `GET /api/v1/models`: models with their facts, and prices as decimal strings per token.

A model stands under its own id with the price of the one offering that stands for it in lists; what has no definition
stands under `provider/id`. Keys that OpenRouter always has are always there, `null` where nothing is known; a price
that is not known, or not in dollars, is left out. The file has no suffix, as that of OpenAI.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from operator import itemgetter

from generator.exporters.encode import json_pairs, json_text, number, per_token, plain, seconds
from generator.exporters.records import API
from generator.exporters.shapes import AMOUNT, COUNT, DATE, FLAG, TEXT, Shape, each, many, maybe, schema_file, table
from generator.output import Output
from generator.schema import Billing, Capabilities, Modality, Model, Offering, Price
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

_rates_of = itemgetter(*_PER_TOKEN.values())
_operations_of = itemgetter(*_PER_OPERATION.values())


def outputs(site: Site) -> Iterator[Output]:
    """Yield the list under both names."""
    catalog = site.world.catalog
    listed: dict[str, Model | Offering] = dict(catalog.models)
    for (provider, name), offering in catalog.facts.items():
        if not offering.model:
            listed.setdefault(f"{provider}/{name}", offering)
    texts = [
        _model(site, facts) if isinstance(facts, Model) else _entry(site, name, facts, facts)
        for name, facts in sorted(listed.items(), key=itemgetter(0))
    ]
    made = f'{{"data":[{",".join(texts)}]}}\n'.encode()
    yield from (Output(path, made) for path in PATHS)


def _model(site: Site, model: Model) -> str:
    offerings = site.world.catalog.offerings_by_model[model.id]
    shown = site.world.models[model.id].shown or next(iter(offerings), None)
    title = f"{site.world.catalog.authors[model.author].name}: {model.title}"
    weights = (place.url for place in model.weights if place.url.startswith(_HUGGING_FACE))
    told = {"hugging_face_id": next(weights, "").removeprefix(_HUGGING_FACE), "name": title}
    return _entry(site, model.id, model, shown, told)


def _entry(
    site: Site, name: str, facts: Model | Offering, served: Offering | None, told: Mapping[str, str] = {}
) -> str:
    limits = served.limits if served else facts.limits
    price = served.price if served else None
    policies = site.world.catalog.providers[served.provider].policies if served else None
    top = {
        "context_length": json_text(limits.context),
        "max_completion_tokens": json_text(limits.output),
        "is_moderated": json_text(policies.moderated if policies else None),
    }
    named = json_text(name)
    return json_pairs(
        {
            "id": named,
            "canonical_slug": named,
            "hugging_face_id": json_text(told.get("hugging_face_id", "")),
            "name": json_text(told.get("name") or facts.title),
            "created": str(seconds(facts.released)),
            "description": json_text(facts.description or ""),
            "context_length": json_text(facts.limits.context or limits.context),
            "architecture": _architecture(
                facts.modalities.input, facts.modalities.output, facts.architecture.tokenizer
            ),
            "pricing": _pricing(price) if price else "{}",
            "top_provider": json_pairs(top),
            "per_request_limits": "null",
            "supported_parameters": _supported(tuple(vars(facts.capabilities).values())),
            "default_parameters": _defaults(facts),
            "knowledge_cutoff": json_text(facts.knowledge),
            "expiration_date": json_text(facts.retires),
        }
    )


@lru_cache(maxsize=1024)
def _architecture(takes: tuple[Modality, ...], makes: tuple[Modality, ...], tokenizer: str | None) -> str:
    given = [_WORDS.get(word, str(word)) for word in takes]
    made = [_WORDS.get(word, str(word)) for word in makes]
    return json_text(
        {
            "modality": f"{'+'.join(given)}->{'+'.join(made)}" if given or made else None,
            "input_modalities": given,
            "output_modalities": made,
            "tokenizer": tokenizer,
            "instruct_type": None,
        }
    )


def _pricing(price: Price) -> str:
    if price.currency != "USD":
        return "{}"
    told = {"prompt": '"0"', "completion": '"0"'} if price.billing is Billing.FREE else {}
    rates = zip(_PER_TOKEN, _rates_of(vars(price)), strict=True)
    told |= {key: f'"{plain(per_token(amount))}"' for key, amount in rates if amount is not None}
    costs = zip(_PER_OPERATION, _operations_of(vars(price.operations)), strict=True)
    told |= {key: f'"{plain(amount)}"' for key, amount in costs if amount is not None}
    return json_pairs(told)


@lru_cache(maxsize=1024)
def _supported(facts: tuple[bool | None, ...]) -> str:
    """Return the parameters, of what a record of capabilities states in the order of its fields."""
    can = dict(zip(Capabilities.model_fields, facts, strict=True))
    return json_text(sorted(key for key, names in _PARAMETERS.items() if any(can[name] for name in names)))


def _defaults(facts: Model | Offering) -> str:
    ranges = {name: getattr(facts.generation, name) for name in _DEFAULTS}
    return json_pairs(
        {name: number(span.default) for name, span in ranges.items() if span and span.default is not None}
    )


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
