"""Starmap's tables of facts on their way into the schema, one record at a time."""

from decimal import Decimal
from typing import Any

import pytest

from generator.documents import parse_yaml
from generator.schema import Offering
from generator.sources.starmap_facts import offering
from generator.sources.starmap_reading import Reading


def offering_of(text: str) -> Offering:
    reading = Reading(parse_yaml(f"model: google/gem\n{text}", "gem.yaml"))
    value = offering(reading, {"google": "google"}, "studio", "gem@1")
    assert reading.warnings == []
    return value


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("features: {tools: false, n: null}", {"capabilities": {"tools": False}}),
        ('features: {"n": true, best_of: true, new_flag: true}', {"capabilities": {"n": True, "best_of": True}}),
        ("features: {modalities: {input: [text, pdf], output: []}}", {"modalities": {"input": ["text", "pdf"]}}),
        ("limits: {context_window: 0, input_tokens: 0, output_tokens: 5}", {"limits": {"output": 5}}),
        ("limits: {context_window: null}", {}),
        (
            "metadata: {open_weights: true, release_date: 2025-06-17T00:00:00Z, knowledge_cutoff: 2024-10, tags: [x]}",
            {"open_weights": True, "released": "2025-06-17", "knowledge": "2024-10", "tags": ["x"]},
        ),
        ("metadata: {release_date: 2025}", {"released": "2025"}),
        ("metadata: {release_date: '2025-06-17 00:00:00'}", {"released": "2025-06-17"}),
        ("metadata: {release_date: null, tags: []}", {}),
        (
            "metadata: {architecture: {parameter_count: 70B, type: moe, quantized: false, fine_tuned: true}}",
            {"architecture": {"parameters": "70B", "type": "moe", "fine_tuned": True}},
        ),
        (
            "generation: {temperature: {min: 0.0, max: 2.0, default: 0.0}, max_tokens: 4096}",
            {
                "generation": {
                    "temperature": {"min": "0.0", "max": "2.0", "default": "0.0"},
                    "max_tokens": {"max": "4096"},
                }
            },
        ),
        ("reasoning_tokens: {min: 1024, max: 0, default: 0}", {"reasoning": {"budget": {"min": "1024"}}}),
        ("reasoning_tokens: {min: 0, max: 24576, default: 0}", {"reasoning": {"budget": {"min": "0", "max": "24576"}}}),
        ("reasoning_tokens: {min: 0, max: 0, default: 0}", {}),
        (
            "reasoning: {levels: [low, high], default: null}\nverbosity: {levels: [low], default: low}",
            {"reasoning": {"effort": {"levels": ["low", "high"]}}, "verbosity": {"levels": ["low"], "default": "low"}},
        ),
        (
            "tools: {tool_choices: [auto], web_search: {max_results: 3, search_prompt: x, search_context_sizes: [a]}}",
            {"tools": {"choices": ["auto"], "web_search": {"max_results": 3, "context_sizes": ["a"]}}},
        ),
        ("attachments: {mime_types: [a/b], max_files: 2}", {"attachments": {"mime_types": ["a/b"], "max_files": 2}}),
        ("response: {streaming: [sse], formats: [json]}", {"response": {"streaming": ["sse"], "formats": ["json"]}}),
        ("name: ''\ndescription: |\n\ncreated_at: null", {}),
    ],
)
def test_facts_take_our_names(text: str, facts: dict[str, Any]) -> None:
    found = offering_of(text).model_dump(mode="json", exclude_unset=True)
    found.pop("extensions", None)
    assert found == {"id": "gem@1", "provider": "studio", "model": "google/gem", **facts}


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("limits: {context_window: 0, output_tokens: 5}", {"starmap": {"limits": {"context_window": 0}}}),
        ("reasoning_tokens: {min: 9, max: 0}", {"starmap": {"reasoning_tokens": {"max": 0}}}),
        ("features: {new_flag: true, tools: true}", {"starmap": {"features": {"new_flag": True}}}),
        ("new: {a: null, b: [], c: ''}\nother: 0", {"starmap": {"other": 0}}),
        ("extensions: {models.dev: {fields: {x: 1}}}", {"models.dev": {"fields": {"x": 1}}}),
        ("extensions: {starmap: {a: 1}}\nnew: 2", {"starmap": {"a": 1, "new": 2}}),
        ("extensions: [1]\nnew: 2", {"starmap": {"extensions": [1], "new": 2}}),
        (
            "metadata: {architecture: {quantized: false}}",
            {"starmap": {"metadata": {"architecture": {"quantized": False}}}},
        ),
        ("pricing: {tokens: {}, currency: USD}", {"starmap": {"pricing": {"currency": "USD"}}}),
        ("lineage: {root: BAAI/bge-m3}", {"starmap": {"lineage": {"root": "BAAI/bge-m3"}}}),
    ],
)
def test_what_has_no_place_is_kept(text: str, left: dict[str, Any]) -> None:
    assert offering_of(text).extensions == left


@pytest.mark.parametrize(
    ("pricing", "price"),
    [
        ("tokens: {input: {per_1m: 0.075}, output: {per_1m: 10.00}}", {"input": "0.075", "output": "10.00"}),
        ("tokens: {input: {per_1m: 0.0}, output: {}}", {"input": "0.0"}),
        ("tokens: {input: {per_token: 7.5e-08}, output: {per_token: 0}}", {"input": "0.075", "output": "0"}),
        ("tokens: {input: {per_1m: 3, per_token: 1}}", {"input": "3"}),
        ("tokens: {cache: {read: {per_1m: 1}, write: {per_1m: 2}}}", {"cache_read": "1", "cache_write": "2"}),
        ("tokens: {cache_read: {per_1m: 5}, cache: {read: {per_1m: 1}}}", {"cache_read": "5"}),
        ("tokens: {reasoning: {per_1m: 8.4}}\n  currency: CNY", {"reasoning": "8.4", "currency": "CNY"}),
        ("operations: {request: 0.0, image_gen: 0.04}", {"operations": {"request": "0.0", "image_output": "0.04"}}),
        (
            "operations: {audio_input: 5e-05, video_gen: 0.4}",
            {
                "units": [
                    {"name": "Audio input", "amount": "0.00005", "per": "operation"},
                    {"name": "Video output", "amount": "0.4", "per": "operation"},
                ],
                "note": "The source gives prices for audio and video without their unit.",
            },
        ),
        (
            (
                "tiers:\n"
                "  - {type: context, size: 256000, tokens: {input: {per_1m: 2.0}}}\n"
                "  - {type: context, size: 200000, name: context_over_200k, tokens: {input: {per_1m: 2.0}}}"
            ),
            {
                "tiers": [
                    {"above": 200000, "name": "context_over_200k", "input": "2.0"},
                    {"above": 256000, "input": "2.0"},
                ]
            },
        ),
        (
            "tokens: {input: {per_1m: 1}}\n  effective_from: 2026-01-01T00:00:00Z\n  effective_until: 2026-12-31",
            {"input": "1", "effective_from": "2026-01-01", "effective_until": "2026-12-31"},
        ),
    ],
)
def test_prices_are_exact(pricing: str, price: dict[str, Any]) -> None:
    found = offering_of(f"pricing:\n  {pricing}\n").price
    assert found is not None
    assert plain(found.model_dump(exclude_unset=True)) == price


def plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return f"{value:f}" if isinstance(value, Decimal) else value


@pytest.mark.parametrize(
    "pricing", ["{}", "{tokens: {}}", "{tokens: {input: {}}, currency: USD}", "null", "{tiers: []}"]
)
def test_no_amount_is_no_price(pricing: str) -> None:
    assert offering_of(f"pricing: {pricing}\n").price is None


def test_modes_keep_price_headers_and_body() -> None:
    text = """\
modes:
  fast:
    pricing: {tokens: {input: {per_1m: 30.0}}, currency: USD}
    provider: {headers: {beta: fast-1}, body: {speed: fast}}
  pro:
    provider: {body: {reasoning: {mode: pro}, level: 2}}
    extra: 1
"""
    found = offering_of(text).model_dump(mode="json", exclude_unset=True)
    assert found["modes"] == {
        "fast": {
            "price": {"input": "30.0", "currency": "USD"},
            "headers": {"beta": "fast-1"},
            "body": {"speed": "fast"},
        },
        "pro": {"body": {"level": 2}},
    }
    assert found["extensions"] == {
        "starmap": {"modes": {"pro": {"provider": {"body": {"reasoning": {"mode": "pro"}}}, "extra": 1}}}
    }
