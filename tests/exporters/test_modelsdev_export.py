"""What models.dev publishes, made from a checkout by its own rules and from other sources by ours."""

import json
import os
import tarfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.config import Settings
from generator.exporters import modelsdev
from generator.linking import link
from generator.schema import Model, Offering, Provider
from generator.site import Site
from generator.sources import modelsdev_json, native
from generator.sources.fetched import Fetched
from generator.sources.layouts import read
from generator.sources.tree import Tree
from tests.exporters.sites import checkout, files, golden, offering, parsed, site
from tests.golden import CONTENT
from tests.sources import models_dev
from tests.sources.published import FILES, LOGO
from tests.sources.published import checkout as write_checkout

FACTS = {
    "name": "X", "released": "2026-01-02", "updated": "2026-01-03", "open_weights": False,
    "modalities": {"input": ["text"], "output": ["text"]},
}  # fmt: skip


def compare(folder: Path) -> dict[str, bytes]:
    """Hold our files to what models.dev's own rules make of a checkout, as JSON values with exact numbers."""
    made = files(modelsdev.outputs(checkout(folder)))
    table = models_dev.published(folder)
    assert parsed(made["catalog.json"]) == table
    assert parsed(made["api.json"]) == table["providers"]
    assert parsed(made["models.json"]) == table["models"]
    names = [f"{key}/{name}" for key, provider in table["providers"].items() for name in provider["models"]]
    assert parsed(made["model-schema.json"])["$defs"]["Model"]["enum"] == sorted(names)
    return made


BASE = 'base_model = "acme/rocket"\nreasoning_options = []\n'
RULES = {
    "providers/acme/models/omits.toml": BASE
    + 'base_model_omit = ["family", "interleaved.field", "limit.input", "no.such", "name.of"]\n'
    + '[interleaved]\nfield = "reasoning_content"\n[limit]\ncontext = 7\n',
    "providers/acme/models/null.toml": BASE.replace("[]", '[{ type = "effort", values = ["null", "low"] }]'),
    "providers/acme/models/tiers/two.toml": BASE
    + "[cost]\ninput = 1\noutput = 2\n[[cost.tiers]]\ninput = 3\noutput = 4\ntier = { size = 200_000 }\n"
    + "[[cost.tiers]]\ninput = 5\noutput = 6.50\ntier = { size = 400_000, type = 'context' }\n",
    "providers/acme/models/tiers/below.toml": BASE
    + "[cost]\ninput = 0.000001\noutput = 2\n[[cost.tiers]]\ninput = 3\noutput = 4\ntier = { size = 199_999 }\n",
    "providers/acme/models/tiers/at.toml": BASE
    + "[cost]\ninput = 1\noutput = 2\n[[cost.tiers]]\ninput = 3\noutput = 4\ncache_read = 0\n"
    + "tier = { size = 200_000 }\n",
    "providers/acme/models/mode.toml": BASE
    + "interleaved = true\n[experimental.modes.fast]\ncost = { input = 1, output = 2, cached_write = 3 }\n",
}
INHERITED = {
    "name": "Rocket", "family": "rocket", "release_date": "2025-06", "last_updated": "2025-06-17", "attachment": True,
    "reasoning": True, "reasoning_options": [], "temperature": False, "tool_call": True, "structured_output": True,
    "knowledge": "2025-01", "open_weights": True, "limit": {"context": 128_000, "input": 100_000, "output": 0},
    "modalities": {"input": ["text", "image"], "output": ["text"]},
}  # fmt: skip
TIERED = {"input": 3, "output": 4, "tier": {"type": "context", "size": 200_000}}


@pytest.mark.parametrize(
    ("name", "own", "gone"),
    [
        ("omits", {"limit": {"context": 7, "output": 0}}, ["family"]),
        ("null", {"reasoning_options": [{"type": "effort", "values": [None, "low"]}]}, []),
        ("mode", {"interleaved": True, "experimental": {"modes": {"fast": {"cost": {"input": 1, "output": 2}}}}}, []),
        ("tiers/two", {"cost": {"input": 1, "output": 2, "tiers": [TIERED, {
            "input": 5, "output": Decimal("6.5"), "tier": {"type": "context", "size": 400_000}}]}}, []),
        ("tiers/below", {"cost": {"input": Decimal("0.000001"), "output": 2, "tiers": [
            {"input": 3, "output": 4, "tier": {"type": "context", "size": 199_999}}]}}, []),
        ("tiers/at", {"cost": {"input": 1, "output": 2, "tiers": [TIERED | {"cache_read": 0}],
            "context_over_200k": {"input": 3, "output": 4, "cache_read": 0}}}, []),
    ],
)  # fmt: skip
def test_the_rules_of_models_dev_are_kept_to_the_key(
    name: str, own: dict[str, Any], gone: list[str], tmp_path: Path
) -> None:
    write_checkout(tmp_path, RULES)
    served = parsed(compare(tmp_path)["api.json"])["acme"]["models"][name]
    assert served == {key: value for key, value in {"id": name, **INHERITED, **own}.items() if key not in gone}


def test_a_checkout_gives_what_models_dev_makes_of_it(tmp_path: Path) -> None:
    write_checkout(tmp_path, {
        "providers/acme/models/org/typo.toml": FILES["providers/acme/models/org/other:free.toml"]
        + "\n[cost]\ninput = 1\noutput = 2\ncached_input = 0.5\n",
        "providers/open-lab/provider.toml": FILES["providers/acme/provider.toml"].replace("Acme Cloud", "Open Lab"),
        "providers/open-lab/models/acme/rocket.toml": FILES["providers/acme/models/org/other:free.toml"]
        + '\n[provider]\nnpm = "@ai-sdk/anthropic"\nheaders = { x-a = "1" }\nbody = { b = [1, 2] }\n',
    })  # fmt: skip
    made = compare(tmp_path)
    typo = parsed(made["api.json"])["acme"]["models"]["org/typo"]
    assert typo["cost"] == {"input": 1, "output": 2}
    # Its id is that of a definition, and still it is published as it stands.
    served = parsed(made["api.json"])["open-lab"]["models"]["acme/rocket"]
    assert "knowledge" not in served
    assert "structured_output" not in served
    assert served["provider"] == {"npm": "@ai-sdk/anthropic", "headers": {"x-a": "1"}, "body": {"b": [1, 2]}}


DATA = os.environ.get("ALMANAC_DATA", "")


@pytest.mark.skipif(not DATA, reason="ALMANAC_DATA names no folder with modelsdev-2026-07.tar.gz, a whole checkout")
def test_the_whole_checkout_gives_what_models_dev_makes_of_it(tmp_path: Path) -> None:
    with tarfile.open(Path(DATA) / "modelsdev-2026-07.tar.gz") as archive:
        archive.extractall(tmp_path, filter="data")
    folder = next(path.parent for path in tmp_path.rglob("providers") if path.is_dir())
    made = compare(folder)
    served = parsed(made["api.json"])
    costs = [model["cost"] for provider in served.values() for model in provider["models"].values() if "cost" in model]
    assert len(served) == 147
    assert sum(len(provider["models"]) for provider in served.values()) == 5276
    assert len(parsed(made["models.json"])) == 231
    assert len(costs) == 4894
    assert sum("tiers" in cost for cost in costs) == 190
    assert sum("context_over_200k" in cost for cost in costs) == 184


def reread(made: dict[str, bytes], folder: Path) -> Site:
    place = folder / "catalog.json"
    place.write_bytes(made["catalog.json"])
    content = modelsdev_json.load(Tree.open(place, "catalog.json"))
    assert [str(problem) for problem in content.problems] == []
    return Site.of(link(content.records)[0], golden().settings)


def test_our_own_catalog_json_gives_itself(tmp_path: Path) -> None:
    made = files(modelsdev.outputs(golden()))
    again = files(modelsdev.outputs(reread(made, tmp_path)))
    for name in ("catalog.json", "api.json", "models.json", "model-schema.json"):
        assert again[name] == made[name]


def test_every_source_gives_what_opencode_needs() -> None:
    served = json.loads(files(modelsdev.outputs(golden()))["api.json"])
    assert sorted(served) == ["bigcloud", "tiny"]
    for name, provider in served.items():
        assert provider["id"] == name
        assert all(isinstance(provider[key], str) for key in ("id", "name", "npm"))
        assert provider["env"]
        for key, model in provider["models"].items():
            assert model["id"] == key
            assert all(isinstance(model[flag], bool) for flag in ("attachment", "reasoning", "tool_call"))
            assert all(isinstance(model["limit"][side], int) for side in ("context", "output"))
            assert all(isinstance(model[word], str) for word in ("name", "release_date", "last_updated"))
            assert ("reasoning_options" in model) == model["reasoning"]
    assert served["tiny"]["env"] == ["TINY_API_KEY"]
    assert served["tiny"]["npm"] == "@ai-sdk/openai-compatible"
    assert served["bigcloud"]["env"] == ["BIGCLOUD_API_KEY"]
    homemade = served["tiny"]["models"]["homemade"]
    assert homemade["release_date"] == "1970-01-01"
    assert homemade["limit"] == {"context": 0, "output": 0}
    assert "cost" not in homemade
    assert served["tiny"]["models"]["sun-2:free"]["cost"] == {"input": 0, "output": 0}


TIER = {"above": 272_000, "input": 2, "output": 4}
WRITTEN_TIER = {"input": 2, "output": 4, "tier": {"type": "context", "size": 272_000}}


@pytest.mark.parametrize(
    ("facts", "cost"),
    [
        ({}, None),
        ({"price": {"input": 1}}, None),
        ({"price": {"input": 1, "output": 2, "currency": "EUR"}}, None),
        ({"price": {"billing": "plan"}}, None),
        ({"price": {"billing": "free"}}, {"input": 0, "output": 0}),
        ({"price": {"input": 0, "output": 0}}, {"input": 0, "output": 0}),
        ({"price": {"input": 0.075, "output": 0.30, "cache_write_1h": 9}},
         {"input": Decimal("0.075"), "output": Decimal("0.3")}),
        ({"price": {"input": 1, "output": 2, "reasoning": 3}}, {"input": 1, "output": 2}),
        ({"price": {"input": 1, "output": 2, "reasoning": 3}, "capabilities": {"reasoning": True}},
         {"input": 1, "output": 2, "reasoning": 3}),
        ({"price": {"input": 1}, "modalities": {"input": ["text"], "output": ["embedding"]}},
         {"input": 1, "output": 0}),
        ({"price": {"input": 1, "output": 2, "tiers": [TIER]}},
         {"input": 1, "output": 2, "tiers": [WRITTEN_TIER], "context_over_200k": {"input": 2, "output": 4}}),
        ({"price": {"input": 1, "output": 2, "tiers": [{"above": 128_000, "input": 2}]}},
         {"input": 1, "output": 2, "tiers": [{"input": 2, "output": 2, "tier": {"type": "context", "size": 128_000}}]}),
        ({"price": {"input": 1, "output": 2, "tiers": [{**TIER, "above": 200_000}, TIER]}},
         {"input": 1, "output": 2,
          "tiers": [{**WRITTEN_TIER, "tier": {"type": "context", "size": 200_000}}, WRITTEN_TIER]}),
    ],
)  # fmt: skip
def test_a_price_is_written_when_models_dev_can_say_it(facts: dict[str, Any], cost: dict[str, Any] | None) -> None:
    made = parsed(files(modelsdev.outputs(site(offering(**exact(facts)))))["api.json"])
    assert made["p"]["models"]["x"].get("cost") == cost


def exact(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exact(item) for item in value]
    return Decimal(str(value)) if isinstance(value, float) else value


@pytest.mark.parametrize(
    ("facts", "key", "value"),
    [
        ({"status": "preview"}, "status", "beta"),
        ({"status": "retired"}, "status", "deprecated"),
        ({"status": "alpha"}, "status", "alpha"),
        ({"status": "active"}, "status", None),
        ({"capabilities": {"tools": True}}, "tool_call", True),
        ({"response": {"formats": ["json_schema"]}}, "structured_output", True),
        ({"reasoning": {"field": "reasoning_details"}}, "interleaved", {"field": "reasoning_details"}),
        ({"reasoning": {"field": "thoughts"}}, "interleaved", None),
        ({"capabilities": {"reasoning": True}}, "reasoning_options", []),
        ({"capabilities": {"reasoning": True}, "reasoning": {"budget": {"min": 0, "max": 9}, "toggle": True}},
         "reasoning_options", [{"type": "toggle"}, {"type": "budget_tokens", "min": 0, "max": 9}]),
        ({"modalities": {"input": ["text", "pdf"], "output": ["embedding"]}}, "modalities",
         {"input": ["text", "pdf"], "output": []}),
        ({"limits": {"input": 5}}, "limit", {"context": 0, "output": 0, "input": 5}),
        ({"updated": "2025"}, "release_date", "2025"),
        ({"sdk": {"npm": "@ai-sdk/anthropic"},
          "headers": [{"name": "a", "value": "1"}, {"name": "b", "value": "<KEY>"}]},
         "provider", {"npm": "@ai-sdk/anthropic", "headers": {"a": "1"}}),
    ],
)  # fmt: skip
def test_facts_are_written_in_the_words_of_models_dev(facts: dict[str, Any], key: str, value: object) -> None:
    made = parsed(files(modelsdev.outputs(site(offering(**facts))))["api.json"])
    assert made["p"]["models"]["x"].get(key) == value


@pytest.mark.parametrize("kept", [{"fields": {"reasoning_options": []}}, "words", ["fields"]])
def test_what_other_readers_keep_under_that_name_is_not_laid_on_top(kept: object) -> None:
    plain = files(modelsdev.outputs(site(offering())))
    assert files(modelsdev.outputs(site(offering(extensions={"models.dev": kept})))) == plain


def test_an_offering_gets_what_its_definition_adds_unless_it_says_it_all() -> None:
    model = Model.model_validate({"id": "a/m", "knowledge": "2025-01", "limits": {"context": 9, "output": 3}, **FACTS})
    said = {
        "capabilities": {"attachments": True, "reasoning": False, "tools": True},
        "limits": {"context": 8, "output": 2},
    }
    made = parsed(files(modelsdev.outputs(site(
        model, offering(id="short", model="a/m"), offering(id="whole", model="a/m", **FACTS, **said),
    )))["api.json"])["p"]["models"]  # fmt: skip
    assert made["short"]["knowledge"] == "2025-01"
    assert made["short"]["limit"] == {"context": 9, "output": 3}
    assert "knowledge" not in made["whole"]
    assert made["whole"]["limit"] == {"context": 8, "output": 2}


@pytest.mark.parametrize(
    ("facts", "npm", "api"),
    [
        ({}, "@ai-sdk/openai-compatible", None),
        ({"base_url": "https://a.example/v1"}, "@ai-sdk/openai-compatible", "https://a.example/v1"),
        ({"base_url": "https://a.example", "endpoints": [("chat", "openai", "/v1/chat/completions")]},
         "@ai-sdk/openai-compatible", "https://a.example/v1"),
        ({"base_url": "https://a.example", "endpoints": [("messages", "anthropic", "/v1/messages")]},
         "@ai-sdk/anthropic", "https://a.example/v1"),
        ({"base_url": "https://a.example", "endpoints": [("generate", "google", "/v1beta/{model}")]},
         "@ai-sdk/google", None),
        ({"base_url": "https://a.example", "sdk": {"npm": "own-package"}}, "own-package", "https://a.example"),
        ({"sdk": {"npm": "own-package", "api": "https://b.example"}}, "own-package", "https://b.example"),
    ],
)  # fmt: skip
def test_a_package_is_given_the_address_that_it_wants(facts: dict[str, Any], npm: str, api: str | None) -> None:
    if "endpoints" in facts:
        named = [dict(zip(("operation", "protocol", "path"), row, strict=True)) for row in facts["endpoints"]]
        facts = {**facts, "endpoints": named}
    provider = Provider.model_validate({"id": "p", "name": "P", **facts})
    made = parsed(files(modelsdev.outputs(site(provider)))["api.json"])["p"]
    assert (made["npm"], made.get("api"), made["env"]) == (npm, api, ["P_API_KEY"])


def test_every_provider_and_author_has_a_logo() -> None:
    own = LOGO.encode()
    model = Model(id="lab/m")
    logos = {"providers/p": own}
    found = files(modelsdev.outputs(site(model, offering(), Offering(provider="q.r", id="y"), logos=logos)))
    drawn = modelsdev.DEFAULT_LOGO.encode()
    assert {path: data for path, data in found.items() if path.startswith("logos/")} == {
        "logos/default.svg": drawn,
        "logos/labs/lab.svg": drawn,
        "logos/p.svg": own,
        "logos/q.r.svg": drawn,
    }


def again(name: str, data: bytes) -> Site:
    """Return the site of a file that a site has made, as it is read from an address."""
    content = read(Fetched(url=f"https://a.example/{name}", data=data))
    catalog, problems = link(content.records)
    assert [*content.problems, *problems] == []
    return Site.of(catalog, Settings(base_url="https://catalog.example.org/models/"))


@pytest.mark.parametrize("folder", [CONTENT, CONTENT.parents[2] / "content"])
def test_the_catalog_of_our_own_file_gives_the_same_file(folder: Path) -> None:
    """To the byte, so that no key moves, no digit is lost and nothing is added."""
    catalog, _ = link(native.load(folder).records)
    made = files(modelsdev.outputs(Site.of(catalog, Settings(base_url="https://catalog.example.org/models/"))))
    whole = files(modelsdev.outputs(again("catalog.json", made["catalog.json"])))
    names = ("api.json", "models.json", "catalog.json", "model-schema.json")
    assert [name for name in names if whole[name] != made[name]] == []
    assert files(modelsdev.outputs(again("api.json", made["api.json"])))["api.json"] == made["api.json"]
