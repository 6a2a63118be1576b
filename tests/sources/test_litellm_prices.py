"""Every key of LiteLLM about money has one place in a price, or stays under its name with a warning."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from generator.sources.litellm_prices import prices
from generator.sources.price_list import Findings, Item

Table = Mapping[str, Any]


def read(text: str) -> tuple[Table, Table, Table, list[str]]:
    """Return price, modes, what is left, and the keys that were warned of."""
    table = json.loads(text, parse_float=Decimal)
    item = Item(name="x", at=(), left=table, findings=Findings("f.json", text))
    price, modes = prices(item)
    return price, modes, item.rest(), [problem.field for problem in item.findings.problems()]


def unit(name: str, amount: str, per: str) -> dict[str, object]:
    return {"name": name, "amount": Decimal(amount), "per": per}


@pytest.mark.parametrize(
    ("key", "rate"),
    [
        ("input_cost_per_token", "input"),
        ("output_cost_per_token", "output"),
        ("output_cost_per_reasoning_token", "reasoning"),
        ("cache_read_input_token_cost", "cache_read"),
        ("input_cost_per_token_cache_hit", "cache_read"),
        ("cache_creation_input_token_cost", "cache_write"),
        ("cache_creation_input_token_cost_above_1hr", "cache_write_1h"),
        ("input_cost_per_audio_token", "input_audio"),
        ("output_cost_per_audio_token", "output_audio"),
        ("cache_read_input_audio_token_cost", "cache_read_audio"),
        ("input_cost_per_image_token", "input_image"),
        ("output_cost_per_image_token", "output_image"),
        ("input_cost_per_video_token", "input_video"),
        ("output_cost_per_video_token", "output_video"),
    ],
)
def test_rates_are_for_a_million_tokens_in_every_mode_and_tier(key: str, rate: str) -> None:
    text = f"""{{
        "{key}": 2.5e-07, "{key}_above_200k_tokens": 5e-07, "{key}_above_32k_tokens": 0,
        "{key}_batches": 3.0001999999999996e-07, "{key}_above_200k_tokens_priority": 0.00001, "{key}_flex": 3e-5
    }}"""
    price, modes, left, warned = read(text)
    assert price == {
        rate: Decimal("0.25"),
        "tiers": [{"above": 32_000, rate: 0}, {"above": 200_000, rate: Decimal("0.5")}],
    }
    assert modes == {
        "batch": {"price": {rate: Decimal("0.30001999999999996")}},
        "flex": {"price": {rate: 30}},
        "priority": {"price": {"tiers": [{"above": 200_000, rate: 10}]}},
    }
    assert (left, warned) == ({}, [])


@pytest.mark.parametrize("service", ["balanced", "decisions", "ultrafast"])
def test_other_modes_keep_their_names(service: str) -> None:
    price, modes, _, _ = read(f'{{"output_cost_per_token_{service}": 1e-6}}')
    assert (price, modes) == ({}, {service: {"price": {"output": 1}}})


@pytest.mark.parametrize(
    ("key", "mode", "operation", "amount"),
    [
        ("input_cost_per_request", "chat", "request", "0.5"),
        ("input_cost_per_image", "embedding", "image_input", "0.5"),
        ("output_cost_per_image", "image_generation", "image_output", "0.5"),
        ("input_cost_per_audio_per_second", "embedding", "audio_input", "30"),
        ("input_cost_per_video_per_second", "embedding", "video_input", "30"),
        ("output_cost_per_video_per_second", "video_generation", "video_output", "0.5"),
        ("input_cost_per_second", "audio_transcription", "audio_input", "30"),
        ("output_cost_per_second", "audio_speech", "audio_output", "30"),
        ("output_cost_per_second", "video_generation", "video_output", "0.5"),
    ],
)
def test_operations(key: str, mode: str, operation: str, amount: str) -> None:
    price, modes, left, warned = read(f'{{"mode": "{mode}", "{key}": 0.5}}')
    assert (price, modes) == ({"operations": {operation: Decimal(amount)}}, {})
    assert (left, warned) == ({"mode": mode}, [])


@pytest.mark.parametrize(
    ("key", "name", "amount", "per"),
    [
        ("annotation_cost_per_page", "Annotation", "0.005", "page"),
        ("cache_creation_input_audio_token_cost", "Audio written to the cache", "5000", "1M tokens"),
        ("cache_creation_input_token_cost_above_12hr", "Cache write, kept above 12 hours", "5000", "1M tokens"),
        ("cache_read_input_image_token_cost", "Images found in the cache", "5000", "1M tokens"),
        ("citation_cost_per_token", "Citations", "5000", "1M tokens"),
        ("code_interpreter_cost_per_session", "Code interpreter", "0.005", "session"),
        ("cost_per_second", "Use", "0.005", "second"),
        ("explicit_cache_read_input_token_cost", "Explicit cache read", "5000", "1M tokens"),
        ("google_maps_grounding_cost_per_query", "Grounding with Google Maps", "0.005", "query"),
        ("input_cost_per_character", "Text sent", "5000", "1M characters"),
        ("input_cost_per_pixel", "Pixels, as input", "5000", "1M pixels"),
        ("input_cost_per_query", "Query", "0.005", "query"),
        ("input_cost_per_second", "Input", "0.005", "second"),
        ("input_cost_per_text_message", "Text message", "0.005", "message"),
        (
            "input_cost_per_video_per_second_above_8s_interval",
            "Video sent, interval above 8 seconds",
            "0.005",
            "second",
        ),
        ("input_cost_per_image_above_128k_tokens", "Image sent, requests above 128,000 tokens", "0.005", "image"),
        ("ocr_cost_per_credit", "OCR", "0.005", "credit"),
        ("ocr_cost_per_page", "OCR", "0.005", "page"),
        ("output_cost_per_character", "Text received", "5000", "1M characters"),
        ("output_cost_per_image_0.5K", "Image made, 0.5K", "0.005", "image"),
        ("output_cost_per_image_1024", "Image made, 1024", "0.005", "image"),
        ("output_cost_per_pixel", "Pixels, as output", "5000", "1M pixels"),
        ("output_cost_per_second", "Output", "0.005", "second"),
        ("output_cost_per_second_1080p", "Video made, 1080p", "0.005", "second"),
        ("output_cost_per_second_4k", "Video made, 4k", "0.005", "second"),
    ],
)
def test_what_is_neither_a_rate_nor_an_operation_names_its_unit(key: str, name: str, amount: str, per: str) -> None:
    price, modes, left, warned = read(f'{{"mode": "chat", "{key}": 0.005, "{key}_batches": 0}}')
    assert price == {"units": [unit(name, amount, per)]}
    assert modes == {"batch": {"price": {"units": [unit(name, "0", per)]}}}
    assert (left, warned) == ({"mode": "chat"}, [])


def test_a_second_price_of_one_operation_is_a_unit() -> None:
    text = '{"mode": "audio_transcription", "input_cost_per_audio_per_second": 0.5, "input_cost_per_second": 0.25}'
    price, _, _, _ = read(text)
    assert price == {"operations": {"audio_input": 30}, "units": [unit("Audio sent", "0.25", "second")]}


@pytest.mark.parametrize(
    ("text", "price", "left"),
    [
        ('{"cost_per_second": 0.5, "input_cost_per_second": 0.5}', {"units": [unit("Use", "0.5", "second")]}, {}),
        (
            '{"cache_read_input_token_cost": 1e-6, "input_cost_per_token_cache_hit": 0.000001}',
            {"cache_read": 1},
            {},
        ),
        (
            '{"input_cost_per_token_cache_hit": 2e-6, "cache_read_input_token_cost": 1e-6}',
            {"cache_read": 1},
            {"input_cost_per_token_cache_hit": Decimal("2e-6")},
        ),
    ],
)
def test_a_key_that_only_repeats_another_says_nothing_new(text: str, price: Table, left: Table) -> None:
    assert read(text) == (price, {}, left, [f"x > {key}" for key in left])


def search(low: str, medium: str, high: str) -> str:
    sizes = {"low": low, "medium": medium, "high": high}
    levels = ", ".join(f'"search_context_size_{level}": {amount}' for level, amount in sizes.items())
    return f'{{"search_context_cost_per_query": {{{levels}}}}}'


def test_a_search_has_one_price_or_one_for_each_size() -> None:
    assert read(search("0.01", "0.010", "1e-2"))[0] == {"operations": {"web_search": Decimal("0.01")}}
    price, _, left, warned = read(search("0.006", "0.01", "null"))
    assert price == {
        "units": [
            unit("Web search, low context", "0.006", "search"),
            unit("Web search, medium context", "0.01", "search"),
        ]
    }
    assert (left, warned) == ({}, [])


def test_the_parts_of_a_guardrail_have_their_own_prices() -> None:
    price, _, left, warned = read('{"guardrail_cost_per_unit": {"wordUnits": 0.0, "topicUnits": 0.00015, "a b": 1}}')
    assert price == {"units": [unit("topicUnits", "0.00015", "unit"), unit("wordUnits", "0", "unit")]}
    assert left == {"guardrail_cost_per_unit": {"a b": 1}}
    assert warned == ["x > guardrail_cost_per_unit > a b"]


def test_off_peak_is_a_mode_and_its_hours_stay() -> None:
    text = '{"off_peak_pricing": {"input_cost_per_token": 1e-6, "fee": 1, "windows": [{"weekdays": [6, 7]}]}}'
    price, modes, left, warned = read(text)
    assert (price, modes) == ({}, {"off-peak": {"price": {"input": 1}}})
    assert left == {"off_peak_pricing": {"fee": 1, "windows": [{"weekdays": [6, 7]}]}}
    assert warned == ["x > off_peak_pricing > fee"]


STEPS = """[
    {"range": [0, 32000.0], "input_cost_per_token": 1e-6, "output_cost_per_token": 5e-6},
    {"range": [32000.0, 128000], "input_cost_per_token": 2e-6}
]"""
TABLE = f'"tiered_pricing": {STEPS}'
PAGES = '[{"max_results_range": [1, 10], "input_cost_per_query": 0.002}]'


@pytest.mark.parametrize(
    ("text", "price"),
    [
        (f'{{"tiered_pricing": {STEPS}}}', {"input": 1, "output": 5, "tiers": [{"above": 32000, "input": 2}]}),
        (
            f'{{"input_cost_per_token": 1e-6, "input_cost_per_token_above_32k_tokens": 2e-6, {TABLE}}}',
            {"input": 1, "output": 5, "tiers": [{"above": 32000, "input": 2}]},
        ),
        (f'{{"tiered_pricing": {PAGES}}}', {"units": [unit("Query, 1 to 10 results", "0.002", "query")]}),
    ],
)
def test_a_table_by_size_becomes_tiers_or_units(text: str, price: Table) -> None:
    assert read(text) == (price, {}, {}, [])


@pytest.mark.parametrize(
    "table",
    [
        "5",
        "[]",
        "[5]",
        '[{"range": [1, 5], "input_cost_per_token": 1}]',
        '[{"range": [0, 5], "input_cost_per_token": 1}, {"range": [6, 9], "input_cost_per_token": 1}]',
        '[{"range": [0, 5], "input_cost_per_token": 1}, {"range": [5, 5], "input_cost_per_token": 1}]',
        '[{"range": [0, 5], "input_cost_per_token": 2e-6}]',
        '[{"range": [0, 5], "fee": 1}]',
        '[{"range": [0, 5]}]',
        '[{"range": [0], "input_cost_per_token": 1}]',
        '[{"range": [0, 5], "input_cost_per_token": -1}]',
        '[{"range": [0, 5], "cache_read_input_token_cost": 1, "input_cost_per_token_cache_hit": 2}]',
        '[{"max_results_range": [0, 5], "input_cost_per_token": 1}]',
        '[{"max_results_range": [0, 5], "input_cost_per_query": 1}, {"range": [0, 5]}]',
    ],
)
def test_a_table_that_cannot_be_told_stays_whole(table: str) -> None:
    price, modes, left, warned = read(f'{{"input_cost_per_token": 1e-6, "tiered_pricing": {table}}}')
    assert (price, modes) == ({"input": 1}, {})
    assert left == {"tiered_pricing": json.loads(table, parse_float=Decimal)}
    assert warned == ["x > tiered_pricing"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("input_dbu_cost_per_token", "0.00014"),
        ("regional_endpoint_uplift_multiplier", "1.1"),
        ("input_cost_per_token_turbo", "1e-6"),
        ("input_cost_per_token_batches_above_200k_tokens", "1e-6"),
        ("input_cost_per_smell", "1"),
        ("pricing", '"a lot"'),
        ("search_context_cost_per_query", "1"),
        ("input_cost_per_token", '"1e-6"'),
        ("input_cost_per_token_above_200k_tokens", "-1"),
    ],
)
def test_what_has_no_place_stays_with_one_warning(key: str, value: str) -> None:
    price, modes, left, warned = read(f'{{"{key}": {value}}}')
    assert (price, modes) == ({}, {})
    assert left == {key: json.loads(value, parse_float=Decimal)}
    assert warned == [f"x > {key}"]


def test_the_output_of_a_transcription_is_not_paid_beside_its_input() -> None:
    price, _, left, warned = read(
        '{"mode": "audio_transcription", "input_cost_per_second": 0.5, "output_cost_per_second": 0.5}'
    )
    assert price == {"operations": {"audio_input": 30}}
    assert left == {"mode": "audio_transcription", "output_cost_per_second": Decimal("0.5")}
    assert warned == ["x > output_cost_per_second"]


def test_an_entry_without_costs_has_no_price() -> None:
    assert read('{"mode": "chat", "input_cost_per_token": null}') == ({}, {}, {"mode": "chat"}, [])
