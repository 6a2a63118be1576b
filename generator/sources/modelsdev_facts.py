"""Tables of models.dev -> authors, models, providers and offerings.

Nothing is invented: how something is called is said only where the named package leaves no choice. Nothing is lost:
what the schema has no place for stands in `extensions["models.dev"]`, as a table that gives models.dev's own when the
facts are written in its words and this is laid on top.
"""

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct
from pydantic import ValidationError

from generator.errors import Severity
from generator.faults import explain
from generator.schema import Author, Capabilities, Modalities, Model, Offering, Provider, Record
from generator.sources.modelsdev_tables import (
    Checked,
    CostTable,
    FactsTable,
    LinkTable,
    ModelTable,
    ModeTable,
    OfferingTable,
    OptionTable,
    OverrideTable,
    PriceTable,
    ProviderTable,
    Report,
    merge,
)

__all__ = ["KEY", "Served", "author", "linked", "model", "offering", "provider"]

KEY = "models.dev"
"""The name under which `extensions` keep what has no place in the schema."""

T = TypeVar("T", bound=Record)

_NAMES: Mapping[str, str] = {
    "deepreinforce": "DeepReinforce",
    "minimax": "MiniMax",
    "mistral": "Mistral AI",
    "nvidia": "NVIDIA",
    "openai": "OpenAI",
    "xai": "xAI",
}
"""Authors whose name is neither that of a provider with the same id nor the id with a capital."""

_SAME = ("name", "description", "family", "status", "knowledge", "modalities", "open_weights")
_FACTS: Mapping[str, str] = {**{key: key for key in _SAME}, "release_date": "released", "last_updated": "updated"}
_FLAGS: Mapping[str, tuple[str, ...]] = {
    "attachment": ("attachments",),
    "reasoning": ("reasoning",),
    "tool_call": ("tools", "tool_calls"),
    "structured_output": ("structured_outputs",),
    "temperature": ("temperature",),
}
_LIMITS = ("context", "input", "output")
_RATES = tuple(CostTable.model_fields)
_OPTIONS = ("toggle", "effort", "budget_tokens")

_CHAT = {"operation": "chat", "protocol": "openai", "path": "/chat/completions"}
_RESPONSES = {"operation": "responses", "protocol": "openai", "path": "/responses"}
_MESSAGES = {"operation": "messages", "protocol": "anthropic", "path": "/messages"}
_GENERATE = {"operation": "generate", "protocol": "google", "path": "/models/{model}:generateContent"}
_SHAPES: Mapping[str, Mapping[str, str]] = {"completions": _CHAT, "responses": _RESPONSES}
_PACKAGES: Mapping[str, Mapping[str, str]] = {
    "@ai-sdk/anthropic": _MESSAGES,
    "@ai-sdk/google": _GENERATE,
    "@ai-sdk/openai": _RESPONSES,
    "@ai-sdk/openai-compatible": _CHAT,
    "@openrouter/ai-sdk-provider": _CHAT,
}
"""What the packages append to the address that they are given."""


def author(name: str, providers: Mapping[str, str], report: Report) -> Author | None:
    """Return the author of a folder of models; `providers` has the names of the providers by id."""
    title = _NAMES.get(name) or providers.get(name) or name.replace("-", " ").title()
    return _build(Author, {"id": name, "name": title}, {}, report)


def provider(checked: Checked[ProviderTable], name: str, report: Report) -> Provider | None:
    """Return the provider of that id."""
    table = checked.value
    credentials: list[dict[str, object]] = [{"env": env} for env in table.env]
    credentials[0]["required"] = True
    stated: dict[str, object] = {"id": name, "name": table.name, "credentials": credentials, "sdk": {"npm": table.npm}}
    if table.doc:
        stated["docs"] = table.doc
    if table.api:
        stated["base_url"] = table.api
    if endpoints := _endpoints(table.npm, table.api, None):
        stated["endpoints"] = endpoints
    return _build(Provider, stated, checked.rest, report)


def model(checked: Checked[ModelTable], name: str, report: Report) -> Model | None:
    """Return the definition of that id."""
    table, rest = checked.value, dict(checked.rest)
    stated = _facts(table, rest, ())
    stated["id"] = name
    for key in ("license", "weights", "benchmarks"):
        if value := getattr(table, key):
            stated[key] = value
    if table.links:
        stated["links"] = [_link(link) for link in table.links]
        if any(link.type == "other" for link in table.links):
            rest["links"] = [link.model_dump(mode="json", exclude_unset=True) for link in table.links]
    return _build(Model, stated, rest, report)


class Served(Struct, frozen=True, kw_only=True):
    """Which offering it is, apart from what its table says."""

    provider: str
    id: str
    by: ProviderTable | None
    """The provider, unless its own table is wrong."""
    model: str | None = None
    """Id of the definition of what is served."""
    unsaid: Collection[str] = ()
    """Keys that it does not take over from the definition."""


def offering(checked: Checked[OfferingTable], served: Served, report: Report) -> Offering | None:
    """Return the offering; `checked` holds what the source says of it, with what it inherits."""
    table, rest = checked.value, dict(checked.rest)
    stated = _facts(table, rest, served.unsaid)
    stated["provider"], stated["id"] = served.provider, served.id
    if served.model:
        stated["model"] = served.model
    if table.cost and (price := _price(table.cost, rest)):
        stated["price"] = price
    if table.experimental and table.experimental.modes:
        stated["modes"] = {name: _mode(name, mode, rest) for name, mode in table.experimental.modes.items()}
    if table.provider:
        stated |= _override(table.provider, served.by, rest)
    return _build(Offering, stated, rest, report)


def linked(provider: str, name: str, models: Collection[str]) -> str | None:
    """Return the id of the definition that an offering without a base is linked to by its own id."""
    if name in models:
        return name
    of_provider = f"{provider}/{name}"
    return of_provider if of_provider in models else None


def _build(schema: type[T], stated: dict[str, Any], rest: Mapping[str, Any], report: Report) -> T | None:
    if rest:
        stated["extensions"] = {KEY: rest}
    try:
        return schema.model_validate(stated)
    except ValidationError as error:
        for fault in error.errors():
            report(explain(schema, fault), Severity.ERROR)
        return None


def _facts(table: FactsTable, rest: dict[str, Any], unsaid: Collection[str]) -> dict[str, Any]:
    held = vars(table)
    stated: dict[str, Any] = {field: value for key, field in _FACTS.items() if (value := held[key]) is not None}
    capabilities: dict[str, bool | None] = {
        field: value for key, fields in _FLAGS.items() if (value := held[key]) is not None for field in fields
    }
    limits: dict[str, int | None] = {}
    if table.limit:
        limits = {key: value for key, value in vars(table.limit).items() if value is not None}
    if zeros := {key: 0 for key, value in limits.items() if value == 0}:
        # models.dev has no other way to say that a limit is not known.
        rest["limit"] = {**zeros, **rest.get("limit", {})}
        limits = {key: value for key, value in limits.items() if value != 0}
    _leave_unsaid(unsaid, stated, capabilities, limits)
    if reasoning := _reasoning(table, rest, capabilities):
        stated["reasoning"] = reasoning
    if capabilities:
        stated["capabilities"] = _able(tuple(capabilities.items()))
    if limits:
        stated["limits"] = limits
    return stated


@lru_cache(maxsize=1 << 10)
def _able(stated: tuple[tuple[str, bool | None], ...]) -> Capabilities:
    """Return one record for all that can do the same: thousands of offerings have a hundred kinds of abilities."""
    return Capabilities.model_validate(dict(stated))


def _leave_unsaid(
    unsaid: Collection[str],
    stated: dict[str, Any],
    capabilities: dict[str, bool | None],
    limits: dict[str, int | None],
) -> None:
    """State that nothing is said, which keeps the catalog from filling it in from the definition."""
    for key in unsaid:
        head, _, tail = key.partition(".")
        if head in _FLAGS:
            capabilities.update(dict.fromkeys(_FLAGS[head]))
        elif head == "limit":
            limits.update(dict.fromkeys([tail] if tail in _LIMITS else _LIMITS))
        elif head in _FACTS and not tail:
            stated[_FACTS[head]] = Modalities() if head == "modalities" else None


def _reasoning(table: FactsTable, rest: dict[str, Any], capabilities: dict[str, bool | None]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    options = table.reasoning_options or ()
    for option in options:
        if option.type == "toggle":
            found["toggle"] = True
        elif option.type == "effort":
            found["effort"] = {"levels": [value for value in option.values if value not in (None, "null")]}
            capabilities["reasoning_effort"] = True
        else:
            found["budget"] = option.model_dump(include={"min", "max"}, exclude_none=True)
            capabilities["reasoning_tokens"] = True
    if not _usual(options, table):
        rest["reasoning_options"] = [_option(option) for option in options]
    if table.interleaved:
        if table.interleaved.field:
            found["field"] = table.interleaved.field
        else:
            rest["interleaved"] = True
    return found


def _usual(options: Collection[OptionTable], table: FactsTable) -> bool:
    """Whether the facts alone tell the options: each once, in the usual order, and there when it reasons."""
    if not options:
        return table.reasoning_options is None or bool(table.reasoning)
    places = [_OPTIONS.index(option.type) for option in options]
    if places != sorted(set(places)) or (table.reasoning_options is not None and not table.reasoning):
        return False
    return not any(value in (None, "null") for option in options for value in option.values)


def _option(option: OptionTable) -> dict[str, Any]:
    """Return an option as models.dev publishes it. TOML has no null; the word stands for it there."""
    told = option.model_dump(exclude_unset=True)
    if "values" in told:
        told["values"] = [None if value == "null" else value for value in option.values]
    return told


def _rates(table: CostTable) -> dict[str, Any]:
    held = vars(table)
    return {name: value for name in _RATES if (value := held[name]) is not None}


def _price(table: PriceTable, rest: dict[str, Any]) -> dict[str, Any]:
    price = _rates(table)
    if not price:
        rest.setdefault("cost", {})
    if table.tiers:
        tiers = sorted(table.tiers, key=lambda tier: tier.tier.size)
        price["tiers"] = [{"above": tier.tier.size, **_rates(tier)} for tier in tiers]
        if tiers != list(table.tiers):
            rest.setdefault("cost", {})["tiers"] = [tier.model_dump(exclude_none=True) for tier in table.tiers]
    if table.context_over_200k and (over := _rates(table.context_over_200k)) != _over_200k(table):
        rest.setdefault("cost", {})["context_over_200k"] = over
    return price


def _over_200k(table: PriceTable) -> dict[str, Any] | None:
    """Return what models.dev adds to its JSON by itself: a single tier, when it starts at 200,000 tokens or more."""
    return _rates(table.tiers[0]) if len(table.tiers) == 1 and table.tiers[0].tier.size >= 200_000 else None


def _mode(name: str, table: ModeTable, rest: dict[str, Any]) -> dict[str, Any]:
    left: dict[str, Any] = {}
    asked = (table.provider and table.provider.body) or {}
    body = {key: value for key, value in asked.items() if _plain(value)}
    if len(body) < len(asked):
        left["provider"] = {"body": {key: value for key, value in asked.items() if key not in body}}
    mode: dict[str, Any] = {"body": body, "headers": table.provider and table.provider.headers}
    if table.cost:
        mode["price"] = _price(table.cost, left)
    if left:
        modes = rest.setdefault("experimental", {}).setdefault("modes", {})
        modes[name] = merge(left, modes.get(name, {}))
    return {key: value for key, value in mode.items() if value}


def _plain(value: object) -> bool:
    """Whether a value can stand in the body of a mode: a flag, a count or a line of text."""
    if isinstance(value, str):
        return 0 < len(value.strip()) == len(value) <= 500 and value.isprintable()
    return isinstance(value, int) and value >= 0


def _override(table: OverrideTable, by: ProviderTable | None, rest: dict[str, Any]) -> dict[str, Any]:
    sdk = {key: value for key in ("npm", "shape", "api") if (value := getattr(table, key)) is not None}
    npm, api = (by.npm, by.api) if by else (None, None)
    usual = _endpoints(npm, api, None)
    endpoints = _endpoints(table.npm or npm, table.api or api, table.shape)
    stated: dict[str, Any] = {
        "sdk": sdk,
        "base_url": table.api,
        "endpoints": endpoints if endpoints != usual else [],
        "headers": [{"name": name, "value": value} for name, value in (table.headers or {}).items()],
    }
    if table.body:
        rest.setdefault("provider", {})["body"] = table.body
    return {key: value for key, value in stated.items() if value}


def _endpoints(npm: str | None, api: str | None, shape: str | None) -> list[Mapping[str, str]]:
    """Return how a package calls an address; nothing when that is not certain."""
    found = _SHAPES.get(shape) if shape else _PACKAGES.get(npm or "")
    return [found] if found and api else []


def _link(table: LinkTable) -> dict[str, Any]:
    stated: dict[str, Any] = {"url": table.url, "label": table.label, "kind": table.type}
    return {key: value for key, value in stated.items() if value is not None}
