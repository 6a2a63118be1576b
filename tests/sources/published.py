"""A small checkout of models.dev, and the tables that models.dev publishes, made of our facts.

That they are what `models_dev` makes of the files shows that a reader loses nothing.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator.schema import Mode, Model, Offering, Price, Provider, Rates
from generator.sources.content import Content
from generator.sources.tree import Tree

LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'
FILES = {
    "models/acme/rocket.toml": """\
name = "Rocket"
family = "rocket"
release_date = "2025-06"
last_updated = "2025-06-17"
attachment = true
reasoning = true
temperature = false
tool_call = true
structured_output = true
knowledge = "2025-01"
open_weights = true
license = "MIT"

[limit]
context = 128_000
input = 100_000
output = 0

[modalities]
input = ["text", "image"]
output = ["text"]

[[links]]
label = "Post"
url = "https://acme.example/rocket"
type = "announcement"

[[weights]]
url = "https://weights.example/rocket"

[[benchmarks]]
name = "Lift-off"
score = 59.10
date = "2025-06"
source = "https://acme.example/scores"
""",
    "labs/acme/logo.svg": LOGO,
    "labs/open-lab/logo.svg": LOGO + "<!-- 2 -->",
    "providers/acme/provider.toml": """\
name = "Acme Cloud"
env = ["ACME_API_KEY", "ACME_REGION"]
npm = "@ai-sdk/openai-compatible"
api = "https://${ACME_REGION}.acme.example/v1"
doc = "https://acme.example/docs"
""",
    "providers/acme/logo.svg": LOGO + "<!-- 3 -->",
    "providers/acme/models/rocket.toml": """\
base_model = "acme/rocket"
base_model_omit = ["limit.input", "structured_output"]
reasoning_options = [{ type = "toggle" }, { type = "effort", values = ["low", "high"] }]
name = "Rocket (hosted)"
status = "beta"

[limit]
output = 8_000

[cost]
input = 0.50
output = 1.5
cache_read = 0

[[cost.tiers]]
tier = { size = 272_000 }
input = 1.00
output = 3

[experimental.modes.fast]
cost = { input = 2, output = 6 }
provider = { body = { service_tier = "priority" }, headers = { x-fast = "1" } }
""",
    "providers/acme/models/org/other:free.toml": """\
name = "Other"
attachment = false
reasoning = false
tool_call = false
release_date = "1970-01-01"
last_updated = "2025-06-17"
open_weights = false

[limit]
context = 0
output = 4096

[modalities]
input = ["text"]
output = ["text"]

[interleaved]
field = "reasoning_content"
""",
    "LICENSE": "MIT",
}


def checkout(place: Path, changes: Mapping[str, str | None] = {}) -> Tree:
    for name, text in {**FILES, **changes}.items():
        if text is not None:
            (place / name).parent.mkdir(parents=True, exist_ok=True)
            (place / name).write_text(text)
    return Tree.open(place, "m")


FLAGS = {
    "attachment": "attachments",
    "reasoning": "reasoning",
    "tool_call": "tool_calls",
    "structured_output": "structured_outputs",
    "temperature": "temperature",
}


def stated(**values: object) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None}


def lay(table: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = {**table, **over}
    for key in table.keys() & over.keys():
        if isinstance(table[key], dict) and isinstance(over[key], dict):
            merged[key] = lay(table[key], over[key])
    return merged


def written_facts(facts: Model | Offering) -> dict[str, Any]:
    table = stated(
        id=facts.id,
        name=facts.name,
        description=facts.description,
        family=facts.family,
        status=facts.status,
        knowledge=facts.knowledge,
        release_date=facts.released,
        last_updated=facts.updated,
        open_weights=facts.open_weights,
        **{key: getattr(facts.capabilities, name) for key, name in FLAGS.items()},
    )
    if facts.modalities:
        table["modalities"] = {name: list(value) for name, value in facts.modalities if value}
    table["limit"] = stated(context=facts.limits.context, input=facts.limits.input, output=facts.limits.output)
    return table


def written_model(model: Model) -> dict[str, Any]:
    table = lay(written_facts(model), stated(license=model.license))
    if model.links:
        table["links"] = [
            stated(label=link.label, url=link.url, type=None if link.kind == "other" else link.kind)
            for link in model.links
        ]
    for name in ("weights", "benchmarks"):
        if rows := getattr(model, name):
            table[name] = [row.model_dump(exclude_unset=True) for row in rows]
    return lay(table, model.extensions.get("models.dev", {}))


def written_offering(offering: Offering) -> dict[str, Any]:
    table = written_facts(offering)
    reasoning = offering.reasoning
    if offering.capabilities.reasoning:
        options: list[dict[str, Any]] = []
        table["reasoning_options"] = options
        if reasoning.toggle:
            options.append({"type": "toggle"})
        if reasoning.effort is not None:
            options.append({"type": "effort", "values": list(reasoning.effort.levels)})
        if reasoning.budget is not None:
            options.append(stated(type="budget_tokens", min=reasoning.budget.min, max=reasoning.budget.max))
    if reasoning.field:
        table["interleaved"] = {"field": reasoning.field}
    if offering.price:
        table["cost"] = written_price(offering.price)
    if offering.modes:
        table["experimental"] = {"modes": {name: written_mode(mode) for name, mode in offering.modes.items()}}
    if offering.sdk or offering.headers:
        table["provider"] = stated(npm=offering.sdk.npm, api=offering.sdk.api, shape=offering.sdk.shape)
    return lay(table, offering.extensions.get("models.dev", {}))


def written_price(price: Price) -> dict[str, Any]:
    table: dict[str, Any] = dict(price.rates)
    if price.tiers:
        rates = [
            {name: value for name in Rates.model_fields if (value := getattr(tier, name)) is not None}
            for tier in price.tiers
        ]
        table["tiers"] = [
            {**own, "tier": {"type": "context", "size": tier.above}}
            for own, tier in zip(rates, price.tiers, strict=True)
        ]
        if len(price.tiers) == 1 and price.tiers[0].above >= 200_000:
            table["context_over_200k"] = rates[0]
    return table


def written_mode(mode: Mode) -> dict[str, Any]:
    table = {"cost": written_price(mode.price)} if mode.price else {}
    provider = {**({"body": mode.body} if mode.body else {}), **({"headers": mode.headers} if mode.headers else {})}
    return {**table, **({"provider": provider} if provider else {})}


def written_provider(provider: Provider) -> dict[str, Any]:
    table = stated(
        id=provider.id,
        name=provider.name,
        env=[credential.env for credential in provider.credentials],
        npm=provider.sdk.npm,
        api=provider.base_url,
        doc=provider.docs,
    )
    return lay(table, provider.extensions.get("models.dev", {}))


def published(content: Content) -> dict[str, Any]:
    """Return what models.dev would write as catalog.json from these records."""
    providers = {entry.value.id: {**written_provider(entry.value), "models": {}} for entry in content.records.providers}
    for found in content.records.offerings:
        providers[found.value.provider]["models"][found.value.id] = written_offering(found.value)
    return {"models": {e.value.id: written_model(e.value) for e in content.records.models}, "providers": providers}
