"""What models.dev makes of a checkout, by its own rules written down once more: with `tomllib`, and nothing of ours.

Its build merges an offering with its `base_model`, takes out what `base_model_omit` names, holds the result to a strict
schema, and adds `context_over_200k`. The key tables below are that schema; a key that they do not know is a fault here
as it is there. Only in a price such a key is dropped without a word.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

Table = dict[str, Any]

MODALITIES = {"text", "audio", "image", "video", "pdf"}
EFFORTS = {None, "none", "minimal", "low", "medium", "high", "xhigh", "max", "default"}
RATES = "input output reasoning cache_read cache_write input_audio output_audio"
KEYS = {
    "provider": ("id env npm name doc models", "api"),
    "model": (
        "id name",
        (
            "description family attachment reasoning tool_call structured_output temperature knowledge release_date"
            " last_updated modalities open_weights limit license links weights benchmarks"
        ),
    ),
    "offering": (
        "id name attachment reasoning tool_call release_date last_updated modalities open_weights limit",
        (
            "description family reasoning_options interleaved structured_output temperature knowledge status cost"
            " experimental provider"
        ),
    ),
    "modalities": ("input output", ""),
    "limit": ("context output", "input"),
    "limit of a model": ("context", "input output"),
    "cost": ("input output", f"{RATES} tiers context_over_200k"),
    "tier": ("input output tier", RATES),
    "size": ("type size", ""),
    "toggle": ("type", ""),
    "effort": ("type values", ""),
    "budget_tokens": ("type", "min max"),
    "interleaved": ("field", ""),
    "experimental": ("", "modes"),
    "mode": ("", "cost provider"),
    "request": ("", "body headers"),
    "call": ("", "npm api shape body headers"),
    "link": ("url", "label type"),
    "weights": ("url", "label format quantization"),
    "benchmark": ("name score", "metric harness variant dataset version source date"),
}
"""What a table has to have, and what it may have beside that."""

NOT_INHERITED = ("id", "benchmarks", "license", "links", "weights")
LONG = 200_000


def published(root: Path) -> Table:
    """Return `catalog.json` as models.dev writes it: what was merged, as far as the schema knows it."""
    catalog = merged(root)
    for model in catalog["models"].values():
        hold_model(model)
    for provider in catalog["providers"].values():
        hold(provider, "provider")
        for offering in provider["models"].values():
            strip_prices(offering)
            hold_offering(offering)
    return catalog


def merged(root: Path) -> Table:
    """Return the same before the schema sees it, with the misspelt rates of prices."""
    models = dict(tables(root / "models"))
    providers = {}
    for file in root.glob("providers/*/provider.toml"):
        served = {name: complete(table, models) for name, table in tables(file.parent / "models")}
        providers[file.parent.name] = {"id": file.parent.name, **read(file), "models": served}
    return {"models": models, "providers": providers}


def tables(folder: Path) -> Iterable[tuple[str, Table]]:
    for path in folder.rglob("*.toml"):
        if path.exists():  # a link to nothing is passed over
            name = path.relative_to(folder).as_posix().removesuffix(".toml")
            yield name, {"id": name, **read(path)}


def read(path: Path) -> Table:
    return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def complete(own: Table, models: Mapping[str, Table]) -> Table:
    omitted, base = own.pop("base_model_omit", []), own.pop("base_model", None)
    table = own
    if base is not None:
        below = {key: value for key, value in models[base].items() if key not in NOT_INHERITED}
        table = lay(deepcopy(below), own)
        for path in omitted:
            omit(table, path.split("."))
    for option in table.get("reasoning_options", ()):
        if option["type"] == "effort":
            option["values"] = [None if value == "null" else value for value in option["values"]]
    add_long_price(table.get("cost", {}))
    return table


def lay(below: Table, over: Mapping[str, Any]) -> Table:
    """Merge tables at every depth; lists and single values are replaced."""
    for key, value in over.items():
        both = isinstance(value, dict) and isinstance(below.get(key), dict)
        below[key] = lay(below[key], value) if both else value
    return below


def omit(table: Table, path: list[str]) -> None:
    """Take out what a path names, if it is there, and every table that is left empty by that."""
    if len(path) == 1:
        table.pop(path[0], None)
    elif isinstance(table.get(path[0]), dict):
        omit(table[path[0]], path[1:])
        if not table[path[0]]:
            del table[path[0]]


def add_long_price(cost: Table) -> None:
    """Add `context_over_200k` where there is one tier and it begins there or above."""
    tiers = cost.get("tiers", [])
    for tier in tiers:
        tier["tier"].setdefault("type", "context")
    if len(tiers) == 1 and tiers[0]["tier"]["size"] >= LONG:
        cost["context_over_200k"] = {key: value for key, value in tiers[0].items() if key != "tier"}


def strip_prices(offering: Table) -> None:
    known = {*RATES.split(), "tiers", "context_over_200k"}
    for holder in (offering, *offering.get("experimental", {}).get("modes", {}).values()):
        if "cost" in holder:
            holder["cost"] = {key: value for key, value in holder["cost"].items() if key in known}


def hold(table: Table, kind: str) -> None:
    """Fail when a table has a key too few or too many."""
    needed, allowed = (set(words.split()) for words in KEYS[kind])
    assert needed <= table.keys() <= needed | allowed, (kind, table)


def hold_facts(table: Table, limit: str) -> None:
    for key in ("release_date", "last_updated", "knowledge"):
        assert re.fullmatch(r"\d{4}-\d\d(-\d\d)?", table.get(key, "2026-01")), table
    if "modalities" in table:
        hold(table["modalities"], "modalities")
        assert all(MODALITIES.issuperset(words) for words in table["modalities"].values()), table
    if "limit" in table:
        hold(table["limit"], limit)


def hold_model(model: Table) -> None:
    hold(model, "model")
    hold_facts(model, "limit of a model")
    for key, kind in (("links", "link"), ("weights", "weights"), ("benchmarks", "benchmark")):
        for row in model.get(key, ()):
            hold(row, kind)


def hold_offering(offering: Table) -> None:
    hold(offering, "offering")
    hold_facts(offering, "limit")
    assert ("reasoning_options" in offering) == offering["reasoning"], offering
    assert offering.get("status") in (None, "alpha", "beta", "deprecated"), offering
    for option in offering.get("reasoning_options", ()):
        hold(option, option["type"])
        assert EFFORTS.issuperset(option.get("values", ())), offering
    if isinstance(offering.get("interleaved"), dict):
        hold(offering["interleaved"], "interleaved")
    hold(offering.get("provider", {}), "call")
    hold(offering.get("experimental", {}), "experimental")
    costs = [offering["cost"]] if "cost" in offering else []
    for mode in offering.get("experimental", {}).get("modes", {}).values():
        hold(mode, "mode")
        hold(mode.get("provider", {}), "request")
        costs += [mode["cost"]] if "cost" in mode else []
    for cost in costs:
        hold_cost(cost)
        assert offering["reasoning"] or "reasoning" not in cost, offering


def hold_cost(cost: Table) -> None:
    hold(cost, "cost")
    sizes = [tier["tier"]["size"] for tier in cost.get("tiers", ())]
    assert len(set(sizes)) == len(sizes), cost
    for tier in cost.get("tiers", ()):
        hold(tier, "tier")
        hold(tier["tier"], "size")
