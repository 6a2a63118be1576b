"""Authors', models' and providers' facts in the words of models.dev: the reverse of how `sources` reads them.

Only keys that models.dev knows, and only with values that it allows: an amount in another currency than dollars, a
modality that it has no word for, a rate that it has no key for are left out. What a reader of models.dev's own files
kept under `extensions` is laid on top, so that nothing of those is lost.
"""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from operator import itemgetter
from typing import Any

from generator.exporters.encode import stated
from generator.schema import (
    Billing,
    Endpoint,
    LinkKind,
    Modality,
    Mode,
    Model,
    Offering,
    Price,
    Protocol,
    Provider,
    Rates,
    Reasoning,
    Status,
)

__all__ = ["definition", "offering", "ordered", "provider"]

KEY = "models.dev"
"""Where the reader of models.dev's files keeps what the schema has no place for."""

_STATUS = {
    Status.ALPHA: "alpha",
    Status.BETA: "beta",
    Status.PREVIEW: "beta",
    Status.DEPRECATED: "deprecated",
    Status.RETIRED: "deprecated",
}
_MODALITIES = (Modality.TEXT, Modality.IMAGE, Modality.AUDIO, Modality.VIDEO, Modality.PDF)
_RATES = ("input", "output", "reasoning", "cache_read", "cache_write", "input_audio", "output_audio")
_LINKS = frozenset(LinkKind) - {LinkKind.OTHER, LinkKind.TERMS, LinkKind.REPOSITORY}
_FIELDS = ("reasoning_content", "reasoning_details")
_LIMITS = ("context", "input", "output")
_ORDER = (
    "id", "name", "description", "family", "attachment", "reasoning", "tool_call", "structured_output", "temperature",
    "reasoning_options", "interleaved", "knowledge", "release_date", "last_updated", "modalities", "open_weights",
    "status", "limit", "cost", "experimental", "provider",
)  # fmt: skip
_LARGE = 200_000

_rates_of, _limits_of = itemgetter(*_RATES), itemgetter(*_LIMITS)

_SUFFIXES = {
    "@ai-sdk/openai-compatible": ("/chat/completions",),
    "@openrouter/ai-sdk-provider": ("/chat/completions",),
    "@ai-sdk/openai": ("/responses", "/chat/completions"),
    "@ai-sdk/anthropic": ("/messages",),
}
"""What packages that are given an address append to it."""

_PACKAGES = {
    Protocol.ANTHROPIC: "@ai-sdk/anthropic",
    Protocol.GOOGLE: "@ai-sdk/google",
    Protocol.BEDROCK: "@ai-sdk/amazon-bedrock",
    Protocol.COHERE: "@ai-sdk/cohere",
    Protocol.MISTRAL: "@ai-sdk/mistral",
}
_USUAL = "@ai-sdk/openai-compatible"


def definition(model: Model) -> dict[str, Any]:
    """Return a model's definition as it stands in `models.json`."""
    table = _known(_facts(model))
    if model.license:
        table["license"] = model.license
    if model.links:
        kinds = [link.kind if link.kind in _LINKS else None for link in model.links]
        table["links"] = [
            _stated(label=link.label, url=link.url, type=kind) for link, kind in zip(model.links, kinds, strict=True)
        ]
    for name in ("weights", "benchmarks"):
        if rows := getattr(model, name):
            table[name] = [stated(row) for row in rows]
    kept = _kept(model)
    return ordered(_lay(table, kept)) if kept else table


def offering(of: Offering) -> dict[str, Any]:
    """Return an offering as it stands in `api.json`, as far as its facts go."""
    table, reasoning, price, status = _facts(of), of.reasoning, of.price, of.status
    if of.capabilities.reasoning:
        table["reasoning_options"] = _options(reasoning)
    if reasoning.field in _FIELDS:
        table["interleaved"] = {"field": reasoning.field}
    if status is not None:
        table["status"] = _STATUS.get(status)
    if price is not None:
        table["cost"] = _cost(price, of) or None
    if modes := {name: made for name, mode in of.modes.items() if (made := _mode(mode, of))}:
        table["experimental"] = {"modes": modes}
    headers, sdk = {one.name: one.value for one in of.headers if not one.value.startswith("<")}, of.sdk
    called = {"npm": sdk.npm, "api": sdk.api or of.base_url, "shape": sdk.shape, "headers": headers or None}
    table["provider"] = _known(called) or None
    kept = _kept(of)
    if not kept:
        return _known(table)
    table = _lay(_known(table), kept)
    costs = [table, *table.get("experimental", {}).get("modes", {}).values()]
    for holder in costs:
        if "cost" in holder:
            holder["cost"] = _published(holder["cost"])
    return ordered(table)


def provider(of: Provider) -> dict[str, Any]:
    """Return a provider as it stands in `api.json`, without its offerings."""
    npm = of.sdk.npm or _package(of.endpoints)
    table = _stated(
        id=of.id,
        env=_environment(of),
        npm=npm,
        api=of.sdk.api or _address(of, npm),
        name=of.name,
        doc=of.docs or of.models_page or of.website,
    )
    return _lay(table, _kept(of))


def _package(endpoints: Iterable[Endpoint]) -> str:
    """Return the package for what a provider speaks: the usual one where it speaks as OpenAI, or nobody knows."""
    spoken = {endpoint.protocol for endpoint in endpoints}
    known = (package for protocol, package in _PACKAGES.items() if protocol in spoken)
    return _USUAL if Protocol.OPENAI in spoken else next(known, _USUAL)


def _environment(of: Provider) -> list[str]:
    """Return the variables that tools look for; models.dev names one even where no key is needed."""
    needed = [credential for credential in of.credentials if credential.required is not False]
    found = [credential.env for credential in needed or of.credentials]
    return found or [f"{''.join(c if c.isalnum() else '_' for c in of.id).upper()}_API_KEY"]


def _address(of: Provider, npm: str) -> str | None:
    """Return the address that a package has to be given; nothing where it knows by itself."""
    if not of.base_url or (npm.startswith("@ai-sdk/") and npm not in _SUFFIXES):
        return None
    for suffix in _SUFFIXES.get(npm, ()):
        for endpoint in of.endpoints:
            whole = _whole(of.base_url, endpoint)
            if whole.endswith(suffix):
                return whole.removesuffix(suffix)
    return of.base_url


def _whole(base: str, endpoint: Endpoint) -> str:
    return endpoint.url or base + (endpoint.path or "")


def _facts(of: Model | Offering) -> dict[str, Any]:
    """Return what definitions and offerings have in common, with every key in its place."""
    can, words = of.capabilities, of.modalities
    as_schema = True if "json_schema" in of.response.formats else None
    return {
        "id": of.id,
        "name": of.name,
        "description": of.description,
        "family": of.family,
        "attachment": can.attachments,
        "reasoning": can.reasoning,
        "tool_call": can.tools if (calls := can.tool_calls) is None else calls,
        "structured_output": as_schema if (held := can.structured_outputs) is None else held,
        "temperature": can.temperature,
        "reasoning_options": None,
        "interleaved": None,
        "knowledge": of.knowledge,
        "release_date": of.released,
        "last_updated": of.updated,
        "modalities": _words(words.input, words.output, frozenset(words.__pydantic_fields_set__)),
        "open_weights": of.open_weights,
        "status": None,
        "limit": _known(dict(zip(_LIMITS, _limits_of(vars(of.limits)), strict=True))) or None,
        "cost": None,
        "experimental": None,
        "provider": None,
    }


@lru_cache(maxsize=1024)
def _words(given: tuple[Modality, ...], made: tuple[Modality, ...], said: frozenset[str]) -> Mapping[str, Any] | None:
    sides = (("input", given), ("output", made))
    told = {side: [word for word in words if word in _MODALITIES] for side, words in sides if side in said}
    return told or None


def _options(of: Reasoning) -> list[dict[str, Any]]:
    options: list[dict[str, Any]] = []
    if of.toggle:
        options.append({"type": "toggle"})
    if of.effort is not None:
        options.append({"type": "effort", "values": list(of.effort.levels)})
    if (budget := of.budget) is not None:
        options.append({"type": "budget_tokens", **_stated(min=budget.min, max=budget.max)})
    return options


def _cost(price: Price, of: Offering) -> dict[str, Any]:
    """Return a price; nothing for one that models.dev cannot say: without both main rates, or not in dollars."""
    if price.currency != "USD":
        return {}
    rates = _rates(price)
    if price.billing is Billing.FREE:
        rates = {"input": 0, "output": 0, **rates}
    if "output" not in rates and of.modalities.output and Modality.TEXT not in of.modalities.output:
        rates["output"] = 0  # an embedding has no output that could be charged
    if "input" not in rates or "output" not in rates:
        return {}
    if not of.capabilities.reasoning:
        rates.pop("reasoning", None)
    cost: dict[str, Any] = {name: rates[name] for name in _RATES if name in rates}
    tiers = [(tier.above, {"input": cost["input"], "output": cost["output"], **_rates(tier)}) for tier in price.tiers]
    if tiers:
        cost["tiers"] = [{**own, "tier": {"type": "context", "size": size}} for size, own in tiers]
    if len(tiers) == 1 and tiers[0][0] >= _LARGE:
        cost["context_over_200k"] = tiers[0][1]
    return cost


def _published(cost: Mapping[str, Any]) -> dict[str, Any]:
    """Return a price without the keys that models.dev does not know: its own build drops them without a word."""
    return {key: value for key, value in cost.items() if key in _RATES or key in ("tiers", "context_over_200k")}


def _rates(of: Rates) -> dict[str, Any]:
    return {name: value for name, value in zip(_RATES, _rates_of(vars(of)), strict=True) if value is not None}


def _mode(mode: Mode, of: Offering) -> dict[str, Any]:
    asked = {name: dict(value) for name in ("body", "headers") if (value := getattr(mode, name))}
    return _stated(cost=(mode.price and _cost(mode.price, of)) or None, provider=asked or None)


def ordered(table: Mapping[str, Any]) -> dict[str, Any]:
    """Return a table with its keys in the order that they always have."""
    found: dict[str, Any] = {**{key: table[key] for key in _ORDER if key in table}, **table}
    if "limit" in table:
        found["limit"] = {key: table["limit"][key] for key in _LIMITS if key in table["limit"]}
    return found


def _stated(**values: object) -> dict[str, Any]:
    return _known(values)


def _known(values: Mapping[str, object]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def _kept(of: Model | Offering | Provider) -> Mapping[str, Any]:
    """Return what the reader of models.dev's files kept; Starmap keeps something else of that name, below `fields`."""
    kept = of.extensions.get(KEY, {})
    return kept if isinstance(kept, Mapping) and "fields" not in kept else {}


def _lay(table: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**table, **over}
    for key, value in over.items():
        below = table.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = _lay(below, value)
    return merged
