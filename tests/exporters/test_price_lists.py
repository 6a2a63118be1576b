"""LiteLLM's price map, OpenAI's list of models and OpenRouter's."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.exporters import litellm, openai, openrouter
from generator.schema import Model, Provider
from generator.sources import litellm as litellm_source
from generator.sources import openrouter as openrouter_source
from generator.sources.tree import Tree
from tests.exporters.sites import files, golden, offering, parsed, site

D = Decimal


def price_map(*values: Any) -> dict[str, Any]:
    found: dict[str, Any] = parsed(files(litellm.outputs(site(*values)))[litellm.PATH])
    return found


@pytest.mark.parametrize(
    ("price", "costs"),
    [
        (None, None),
        ({"billing": "plan"}, None),
        ({"input": 1, "output": 2, "currency": "EUR"}, None),
        ({"billing": "free"}, {"input_cost_per_token": 0, "output_cost_per_token": 0}),
        ({"input": 0}, {"input_cost_per_token": 0}),
        ({"input": D("0.075"), "output": D("0.30"), "cache_read": D("0.01"), "cache_write_1h": 3},
         {"input_cost_per_token": D("7.5E-8"), "output_cost_per_token": D("3E-7"),
          "cache_read_input_token_cost": D("1E-8"), "cache_creation_input_token_cost_above_1hr": D("0.000003"),
          "supports_prompt_caching": True}),
        ({"input": 1, "output": 2, "tiers": [{"above": 200_000, "input": 3}, {"above": 272_000, "output": 9}]},
         {"input_cost_per_token": D("0.000001"), "output_cost_per_token": D("0.000002"),
          "input_cost_per_token_above_200k_tokens": D("0.000003"),
          "output_cost_per_token_above_272k_tokens": D("0.000009")}),
        ({"input": 1, "output": 2, "tiers": [{"above": 256_000, "input": 3}]},
         {"input_cost_per_token": D("0.000001"), "output_cost_per_token": D("0.000002"), "tiered_pricing": [
             {"range": [0, 256_000], "input_cost_per_token": D("0.000001"), "output_cost_per_token": D("0.000002")},
             {"range": [256_000, 10**12], "input_cost_per_token": D("0.000003"),
              "output_cost_per_token": D("0.000002")},
         ]}),
        ({"input": 1, "output": 2, "batch_discount": D("0.5")},
         {"input_cost_per_token": D("0.000001"), "output_cost_per_token": D("0.000002"),
          "input_cost_per_token_batches": D("5E-7"), "output_cost_per_token_batches": D("0.000001")}),
        ({"operations": {"image_output": D("0.04"), "function_call": 1}}, {"output_cost_per_image": D("0.04")}),
    ],
)  # fmt: skip
def test_litellm_gets_the_prices_that_are_known(price: dict[str, Any] | None, costs: dict[str, Any] | None) -> None:
    found = price_map(offering(**({"price": price} if price else {})))
    assert found == ({} if costs is None else {"p/x": {"litellm_provider": "p", **costs}})


def test_litellm_gets_the_prices_of_other_services() -> None:
    fast = {"price": {"input": 4, "output": 8}}
    found = price_map(offering(price={"input": 1}, modes={"priority": fast, "fast": {"price": {"input": 9}}}))
    assert found["p/x"] == {
        "litellm_provider": "p",
        "input_cost_per_token": D("0.000001"),
        "input_cost_per_token_priority": D("0.000004"),
        "output_cost_per_token_priority": D("0.000008"),
    }


def test_litellm_gets_the_facts_in_its_words() -> None:
    facts = {
        "price": {"input": 1, "output": 2, "cache_read": 0},
        "modalities": {"input": ["text", "pdf"], "output": ["text"]},
        "capabilities": {"tool_calls": True, "structured_outputs": False, "reasoning": True},
        "limits": {"context": 9, "output": 5},
        "retires": "2027-01-02",
        "source": "https://a.example/prices",
    }
    assert price_map(offering(**facts))["p/x"] == {
        "litellm_provider": "p",
        "input_cost_per_token": D("0.000001"),
        "output_cost_per_token": D("0.000002"),
        "cache_read_input_token_cost": 0,
        "mode": "chat",
        "max_input_tokens": 9,
        "max_output_tokens": 5,
        "max_tokens": 5,
        "deprecation_date": "2027-01-02",
        "source": "https://a.example/prices",
        "supports_function_calling": True,
        "supports_response_schema": False,
        "supports_reasoning": True,
        "supports_vision": False,
        "supports_pdf_input": True,
        "supports_audio_input": False,
        "supports_video_input": False,
        "supports_prompt_caching": True,
    }


@pytest.mark.parametrize(
    ("given", "made", "mode"),
    [
        (["text"], ["text"], "chat"),
        (["text"], ["text", "image"], "chat"),
        (["audio"], ["text"], "audio_transcription"),
        (["text"], ["audio"], "audio_speech"),
        (["text"], ["image"], "image_generation"),
        (["text"], ["video"], "video_generation"),
        (["text"], ["embedding"], "embedding"),
        (["text"], [], None),
    ],
)
def test_litellm_is_told_the_kind_of_a_model(given: list[str], made: list[str], mode: str | None) -> None:
    found = price_map(offering(price={"input": 1}, modalities={"input": given, "output": made}))
    assert found["p/x"].get("mode") == mode


def test_litellm_finds_models_under_its_own_names() -> None:
    found = price_map(*(
        offering(provider=provider, id=name, price={"input": number})
        for number, (provider, name) in enumerate([
            ("anthropic", "c"), ("google", "g"), ("google-ai-studio", "g"), ("openai", "o"), ("togetherai", "org/t"),
        ], 1)
    ))  # fmt: skip
    assert {name: (entry["litellm_provider"], entry["input_cost_per_token"]) for name, entry in found.items()} == {
        "c": ("anthropic", D("0.000001")),
        "gemini/g": ("gemini", D("0.000002")),
        "google-ai-studio/g": ("google-ai-studio", D("0.000003")),
        "o": ("openai", D("0.000004")),
        "together_ai/org/t": ("together_ai", D("0.000005")),
    }


def test_our_own_reader_finds_the_same_prices_in_the_price_map(tmp_path: Path) -> None:
    tiers = ({"above": 200_000, "input": D("0.15")},)
    price = {"input": D("0.075"), "output": D("0.3"), "cache_read": 0, "tiers": tiers}
    made = files(litellm.outputs(site(offering(price=price, modalities={"input": ["text"], "output": ["text"]}))))
    (tmp_path / "prices.json").write_bytes(made[litellm.PATH])
    content = litellm_source.load(Tree.open(tmp_path / "prices.json", "prices.json"))
    assert [str(problem) for problem in content.problems] == []
    (entry,) = content.records.offerings
    assert entry.value.key == ("p", "x")
    assert entry.value.price is not None
    assert entry.value.price.model_dump(exclude_unset=True, exclude_none=True) == price


def test_openai_gets_a_list() -> None:
    model = Model(id="a/m")
    made = files(openai.outputs(site(model, offering(model="a/m", released="2025-06"), offering(id="org/y:free"))))
    assert sorted(made) == ["v1/models", "v1/models.json"]
    assert parsed(made["v1/models"]) == {
        "object": "list",
        "data": [
            {"id": "p/org/y:free", "object": "model", "created": 0, "owned_by": "p"},
            {"id": "p/x", "object": "model", "created": 1748736000, "owned_by": "a"},
        ],
    }
    assert made["v1/models"] == made["v1/models.json"]


def listed(*values: Any) -> list[dict[str, Any]]:
    made = files(openrouter.outputs(site(*values)))
    assert sorted(made) == ["api/v1/models", "api/v1/models.json"]
    assert made["api/v1/models"] == made["api/v1/models.json"]
    found: list[dict[str, Any]] = parsed(made["api/v1/models"])["data"]
    return found


def test_openrouter_gets_a_model_with_the_price_of_one_offering() -> None:
    model = Model.model_validate({
        "id": "a/m", "name": "M", "description": "Words.", "released": "2025", "knowledge": "2024-12",
        "modalities": {"input": ["text", "pdf"], "output": ["text"]},
        "capabilities": {"tools": True, "temperature": True, "top_p": False, "structured_outputs": True},
        "generation": {"temperature": {"default": D("0.7")}, "top_p": {"max": 1}},
        "limits": {"context": 8}, "weights": [{"url": "https://huggingface.co/a/m"}], "retires": "2027",
    })  # fmt: skip
    price = {"input": D("0.075"), "output": D("0.3"), "cache_read": 0, "operations": {"image_input": D("0.001")}}
    cheap = offering(id="cheap", model="a/m", price=price, limits={"context": 7, "output": 3})
    dear = offering(id="dear", model="a/m", price={"input": 5, "output": 6})
    provider = Provider.model_validate({"id": "p", "name": "P", "policies": {"moderated": True}})
    assert listed(model, cheap, dear, provider) == [{
        "id": "a/m",
        "canonical_slug": "a/m",
        "hugging_face_id": "a/m",
        "name": "A: M",
        "created": 1735689600,
        "description": "Words.",
        "context_length": 8,
        "architecture": {
            "modality": "text+file->text",
            "input_modalities": ["text", "file"],
            "output_modalities": ["text"],
            "tokenizer": None,
            "instruct_type": None,
        },
        "pricing": {"prompt": "0.000000075", "completion": "0.0000003", "input_cache_read": "0", "image": "0.001"},
        "top_provider": {"context_length": 7, "max_completion_tokens": 3, "is_moderated": True},
        "per_request_limits": None,
        "supported_parameters": ["response_format", "structured_outputs", "temperature", "tools"],
        "default_parameters": {"temperature": D("0.7")},
        "knowledge_cutoff": "2024-12",
        "expiration_date": "2027",
    }]  # fmt: skip


@pytest.mark.parametrize(
    ("price", "pricing"),
    [
        (None, {}),
        ({"input": 1, "currency": "EUR"}, {}),
        ({"billing": "plan"}, {}),
        ({"billing": "free"}, {"prompt": "0", "completion": "0"}),
        ({"output": 1000000}, {"completion": "1"}),
    ],
)
def test_openrouter_gets_no_price_that_is_not_known(price: dict[str, Any] | None, pricing: dict[str, str]) -> None:
    (entry,) = listed(offering(id="org/x", **({"price": price} if price else {})))
    assert entry["id"] == "p/org/x"
    assert entry["pricing"] == pricing
    assert entry["context_length"] is None


def test_our_own_reader_takes_the_list_for_openrouters(tmp_path: Path) -> None:
    place = tmp_path / "models.json"
    place.write_bytes(files(openrouter.outputs(golden()))["api/v1/models.json"])
    tree = Tree.open(place, "models.json")
    assert openrouter_source.recognises(tree)
    content = openrouter_source.load(tree)
    assert [str(problem) for problem in content.problems if problem.severity == "error"] == []
