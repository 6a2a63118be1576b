"""The price map of LiteLLM: dollars per token, by the names under which LiteLLM calls models.

Only offerings whose price is known are in it: LiteLLM takes a missing price for none. A tier whose threshold LiteLLM
has no key for goes into its table of ranges instead. Given up: prices in other currencies, and by units that are no
tokens.
"""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from operator import itemgetter

from generator.exporters.encode import json_pairs, json_text, number, per_token
from generator.exporters.records import API
from generator.exporters.shapes import AMOUNT, COUNT, DATE, FLAG, TEXT, each, many, schema_file, table
from generator.output import Output
from generator.schema import Billing, Modality, Offering, Price, Rates
from generator.site import Site

__all__ = ["PATH", "outputs", "schema"]

PATH = f"{API}litellm.json"

_PROVIDERS: Mapping[str, str] = {
    "alibaba": "dashscope",
    "amazon-bedrock": "bedrock",
    "cloudflare-workers-ai": "cloudflare",
    "fireworks-ai": "fireworks_ai",
    "friendli": "friendliai",
    "github-copilot": "github_copilot",
    "github-models": "github",
    "google": "gemini",
    "google-ai-studio": "gemini",
    "google-vertex": "vertex_ai",
    "llama": "meta_llama",
    "lmstudio": "lm_studio",
    "moonshotai": "moonshot",
    "novita-ai": "novita",
    "nvidia": "nvidia_nim",
    "snowflake-cortex": "snowflake",
    "togetherai": "together_ai",
    "vercel": "vercel_ai_gateway",
}
"""What LiteLLM calls providers that are widely known by another name."""

_BARE = frozenset({"openai", "anthropic"})
"""Whose models LiteLLM knows by their ids alone."""

_RATES: Mapping[str, str] = {
    "input": "input_cost_per_token",
    "output": "output_cost_per_token",
    "reasoning": "output_cost_per_reasoning_token",
    "cache_read": "cache_read_input_token_cost",
    "cache_write": "cache_creation_input_token_cost",
    "cache_write_1h": "cache_creation_input_token_cost_above_1hr",
    "input_audio": "input_cost_per_audio_token",
    "output_audio": "output_cost_per_audio_token",
    "cache_read_audio": "cache_read_input_audio_token_cost",
    "input_image": "input_cost_per_image_token",
    "output_image": "output_cost_per_image_token",
    "input_video": "input_cost_per_video_token",
    "output_video": "output_cost_per_video_token",
}
_OPERATIONS: Mapping[str, str] = {
    "request": "input_cost_per_request",
    "image_input": "input_cost_per_image",
    "image_output": "output_cost_per_image",
    "video_output": "output_cost_per_second",
}
_IN_TIERS = ("input", "output", "cache_read", "cache_write")
_THRESHOLDS = (128_000, 200_000, 272_000, 512_000)
_NO_END = 10**12
_SERVICES: Mapping[str, str] = {"batch": "_batches", "flex": "_flex", "priority": "_priority"}
_FLAGS: Mapping[str, str] = {
    "tool_calls": "supports_function_calling",
    "tool_choice": "supports_tool_choice",
    "structured_outputs": "supports_response_schema",
    "reasoning": "supports_reasoning",
    "web_search": "supports_web_search",
    "streaming": "supports_native_streaming",
}
_GOES_IN: Mapping[Modality, str] = {
    Modality.IMAGE: "supports_vision",
    Modality.PDF: "supports_pdf_input",
    Modality.AUDIO: "supports_audio_input",
    Modality.VIDEO: "supports_video_input",
}

_rates_of = itemgetter(*_RATES)
_operations_of = itemgetter(*_OPERATIONS)
_flags_of = itemgetter(*_FLAGS)


def outputs(site: Site) -> Iterator[Output]:
    """Yield the price map."""
    found: dict[str, str] = {}
    for offering in site.world.catalog.facts.values():
        if costs := _costs(offering):
            own, name = offering.provider, offering.id
            provider = _PROVIDERS.get(own, own)
            if provider not in _BARE:
                name = f"{provider}/{name}"
            if name in found:  # another provider that LiteLLM calls the same
                provider, name = own, f"{own}/{offering.id}"
            found.setdefault(name, json_pairs({"litellm_provider": json_text(provider), **costs, **_facts(offering)}))
    entries = [f"{json_text(name)}:{text}" for name, text in sorted(found.items())]
    yield Output(PATH, f"{{{','.join(entries)}}}\n".encode())


def _costs(of: Offering) -> dict[str, str]:
    """Return what use costs, as texts of JSON; nothing where that is not known."""
    price = of.price
    if price is None or price.currency != "USD":
        return {}
    costs = _rates(price)
    if price.billing is Billing.FREE:
        costs = {"input_cost_per_token": "0", "output_cost_per_token": "0", **costs}
    amounts = zip(_OPERATIONS.values(), _operations_of(vars(price.operations)), strict=True)
    costs |= {key: number(amount) for key, amount in amounts if amount is not None}
    if costs:
        if price.tiers:
            costs |= _tiers(price)
        if of.modes or price.batch_discount is not None:
            for name, suffix in _SERVICES.items():
                costs |= {f"{key}{suffix}": amount for key, amount in _service(of, price, name).items()}
    return costs


def _rates(of: Rates) -> dict[str, str]:
    amounts = zip(_RATES.values(), _rates_of(vars(of)), strict=True)
    return {key: _token(amount) for key, amount in amounts if amount is not None}


@lru_cache(maxsize=65536)
def _token(amount: Decimal) -> str:
    return number(per_token(amount))


def _tiers(price: Price) -> dict[str, str]:
    """Return the rates of larger requests: by keys where LiteLLM has them, else as a table of ranges."""
    if all(tier.above in _THRESHOLDS for tier in price.tiers):
        return {
            f"{_RATES[name]}_above_{tier.above // 1000}k_tokens": _token(amount)
            for tier in price.tiers
            for name in _IN_TIERS
            if (amount := getattr(tier, name)) is not None
        }
    base, table = _rates(price), []
    ends = (0, *(tier.above for tier in price.tiers), _NO_END)
    for (low, high), rates in zip(pairwise(ends), (price, *price.tiers), strict=True):
        table.append(json_pairs({"range": f"[{low},{high}]", **base, **_rates(rates)}))
    return {"tiered_pricing": f"[{','.join(table)}]"}


def _service(of: Offering, price: Price, name: str) -> dict[str, str]:
    mode = of.modes.get(name)
    if mode and mode.price and mode.price.currency == "USD":
        return _rates(mode.price)
    if name != "batch" or price.batch_discount is None:
        return {}
    left = 1 - price.batch_discount
    main = ((_RATES["input"], price.input), (_RATES["output"], price.output))
    return {key: number(per_token(amount) * left) for key, amount in main if amount is not None}


def _facts(of: Offering) -> dict[str, str]:
    limits, price, words, retires = of.limits, of.price, of.modalities, of.retires
    facts: dict[str, str] = {}
    if mode := _mode(words.input, words.output):
        facts["mode"] = f'"{mode}"'
    sizes = {
        "max_input_tokens": limits.input or limits.context,
        "max_output_tokens": limits.output,
        "max_tokens": limits.output,
        "output_vector_size": limits.embedding_dimensions,
    }
    facts |= {key: str(size) for key, size in sizes.items() if size is not None}
    if retires and len(retires) == len("2025-06-17"):
        facts["deprecation_date"] = f'"{retires}"'
    if (source := of.source) is not None:
        facts["source"] = json_text(source)
    facts |= _flags(_flags_of(vars(of.capabilities)), words.input)
    if price is not None and price.cache_read is not None:
        facts["supports_prompt_caching"] = "true"
    return facts


@lru_cache(maxsize=1024)
def _flags(facts: tuple[bool | None, ...], given: tuple[Modality, ...]) -> Mapping[str, str]:
    flags = dict(zip(_FLAGS.values(), facts, strict=True))
    flags |= {key: modality in given for modality, key in _GOES_IN.items()} if given else {}
    return {key: json_text(flag) for key, flag in flags.items() if flag is not None}


@lru_cache(maxsize=1024)
def _mode(given: tuple[Modality, ...], made: tuple[Modality, ...]) -> str | None:
    """Return what LiteLLM calls the kind of a model, as far as what goes in and out tells."""
    if not made:
        return None
    if Modality.EMBEDDING in made:
        return "embedding"
    if Modality.TEXT in made:
        return "audio_transcription" if given == (Modality.AUDIO,) else "chat"
    kinds = {Modality.IMAGE: "image_generation", Modality.VIDEO: "video_generation", Modality.AUDIO: "audio_speech"}
    return next((kind for modality, kind in kinds.items() if modality in made), None)


def schema(site: Site) -> Iterator[Output]:
    """Yield the schema of the price map."""
    rates = dict.fromkeys(_RATES.values(), AMOUNT)
    above = (f"{_RATES[name]}_above_{size // 1000}k_tokens" for size in _THRESHOLDS for name in _IN_TIERS)
    services = (f"{key}{suffix}" for key in rates for suffix in _SERVICES.values())
    ranges = table({"range": many(COUNT)}, rates)
    flags = (*_FLAGS.values(), *_GOES_IN.values(), "supports_prompt_caching")
    facts = {
        **rates,
        **dict.fromkeys((*_OPERATIONS.values(), *above, *services), AMOUNT),
        "tiered_pricing": many(ranges),
        "mode": TEXT,
        **dict.fromkeys(("max_input_tokens", "max_output_tokens", "max_tokens", "output_vector_size"), COUNT),
        "deprecation_date": DATE,
        "source": TEXT,
        **dict.fromkeys(flags, FLAG),
    }
    shape = each(table({"litellm_provider": TEXT}, facts))
    yield schema_file(site, "litellm", "litellm.json: a price map for LiteLLM, in dollars per token", shape)
