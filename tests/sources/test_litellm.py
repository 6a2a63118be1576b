"""LiteLLM's price map becomes providers and offerings; every number in it is told exactly, or kept under its key."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.catalog import Key
from generator.errors import Severity
from generator.linking import link
from generator.schema import Offering, Price
from generator.sources import modelsdev_json, openrouter
from generator.sources.content import Content
from generator.sources.litellm import load, recognises
from generator.sources.tree import Tree

RULES = "holds rules for ids without an entry and no model; it is left out"
ENTRY: dict[str, Any] = {
    "cache_read_input_token_cost": 2.5e-08,
    "comment": "Only for friends",
    "default_reasoning_effort": "none",
    "deprecation_date": "2026-06-01",
    "input_cost_per_token": 2.5e-07,
    "input_cost_per_token_batches": 1.25e-07,
    "litellm_provider": "acme",
    "max_input_tokens": 131072,
    "max_output_tokens": 8192.0,
    "max_tokens": 8192,
    "mode": "chat",
    "output_cost_per_token": 0.0,
    "reasoning_effort_levels": ["none", "low", "high"],
    "rpm": 300,
    "source": "https://acme.example/prices?name='rocket'",
    "supported_regions": ["us", "eu", "us"],
    "supports_audio_output": False,
    "supports_function_calling": True,
    "supports_native_streaming": False,
    "supports_prompt_caching": True,
    "supports_reasoning": True,
    "supports_response_schema": True,
    "supports_tool_choice": False,
    "supports_vision": True,
    "supports_web_search": False,
    "tpm": 800000,
}


def tree(place: Path, data: object, name: str = "prices.json") -> Tree:
    text = data if isinstance(data, str) else json.dumps(data)
    raw = text.encode()
    (place / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return Tree.open(place / name, "l.json")


def read(place: Path, **entries: object) -> Content:
    return load(tree(place, entries))


def offerings(content: Content) -> dict[Key, Offering]:
    return {entry.value.key: entry.value for entry in content.records.offerings}


def told(content: Content) -> list[str]:
    return [str(problem) for problem in content.problems]


@pytest.mark.parametrize(
    ("name", "data", "known"),
    [
        ("prices.json", {"acme/rocket": ENTRY}, True),
        ("prices.json.gz", {"acme/rocket": ENTRY}, True),
        ("prices.yaml", {"acme/rocket": ENTRY}, False),
        ("api.json", {"acme": {"env": ["A"], "models": {}, "name": '"litellm_provider": "x"'}}, False),
        ("models.json", {"data": [{"id": "acme/rocket", "pricing": {}}]}, False),
    ],
)
def test_the_file_is_recognised_by_what_it_holds(name: str, data: object, known: bool, tmp_path: Path) -> None:
    found = tree(tmp_path, data, name)
    assert recognises(found) is known
    assert not (known and (modelsdev_json.recognises(found) or openrouter.recognises(found)))


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "prices.json").write_text(json.dumps({"acme/rocket": ENTRY}))
    assert not recognises(Tree.open(tmp_path))


def test_an_entry_is_an_offering(tmp_path: Path) -> None:
    content = load(tree(tmp_path, {"acme/rocket": ENTRY}))
    assert told(content) == []
    assert offerings(content) == {
        ("acme", "rocket"): Offering.model_validate(
            {
                "id": "rocket",
                "provider": "acme",
                "retires": "2026-06-01",
                "modalities": {"input": ["text", "image"], "output": ["text"]},
                "capabilities": {
                    "tools": True,
                    "tool_calls": True,
                    "tool_choice": False,
                    "structured_outputs": True,
                    "web_search": False,
                    "streaming": False,
                    "reasoning": True,
                    "reasoning_effort": True,
                },
                "reasoning": {"effort": {"levels": ["none", "low", "high"], "default": "none"}},
                "limits": {
                    "input": 131072,
                    "output": 8192,
                    "requests_per_minute": 300,
                    "tokens_per_minute": 800000,
                },
                "price": {"input": Decimal("0.25"), "output": 0, "cache_read": Decimal("0.025")},
                "modes": {"batch": {"price": {"input": Decimal("0.125")}}},
                "regions": ["us", "eu"],
                "notes": ["Only for friends"],
                "source": "https://acme.example/prices?name=%27rocket%27",
                "extensions": {
                    "litellm": {
                        "key": "acme/rocket",
                        "mode": "chat",
                        "max_tokens": 8192,
                        "supports_audio_output": False,
                        "supports_prompt_caching": True,
                    }
                },
            }
        )
    }
    assert content.records.models == ()
    assert content.records.authors == ()
    assert link(content.records)[1] == []


@pytest.mark.parametrize(
    ("keys", "ids"),
    [
        (["acme/x"], {"acme/x": "x"}),
        (["x"], {"x": "x"}),
        (["acme/x", "x"], {"acme/x": "acme/x", "x": "x"}),
        (["x", "acme/x"], {"acme/x": "acme/x", "x": "x"}),
        (["acme/acme/x", "acme/x"], {"acme/acme/x": "acme/acme/x", "acme/x": "x"}),
        (["acme/acme/x", "x"], {"acme/acme/x": "acme/x", "x": "x"}),
        (["acme/lab/x:1@2"], {"acme/lab/x:1@2": "lab/x:1@2"}),
        (["acme-eu/x", "acmes/y"], {"acme-eu/x": "acme-eu/x", "acmes/y": "acmes/y"}),
    ],
)
def test_an_id_is_the_key_without_the_provider_unless_that_is_taken(
    keys: list[str], ids: dict[str, str], tmp_path: Path
) -> None:
    content = read(tmp_path, **{key: {"litellm_provider": "acme", "mode": "chat"} for key in keys})
    found = {o.extensions["litellm"].get("key", o.id): o.id for o in offerings(content).values()}
    assert found == ids
    assert link(content.records)[1] == []


def test_equal_keys_of_two_providers_do_not_meet(tmp_path: Path) -> None:
    content = read(tmp_path, **{"x": {"litellm_provider": "acme"}, "else/x": {"litellm_provider": "else"}})
    assert list(offerings(content)) == [("acme", "x"), ("else", "x")]


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        ("openai", "OpenAI"),
        ("fireworks_ai-embedding-models", "Fireworks AI Embedding Models"),
        ("vertex_ai-zai_models", "Vertex AI Z.ai Models"),
        ("some_new-lab", "Some New Lab"),
        ("you_com", "You.com"),
        ("__", "__"),
    ],
)
def test_names_of_providers(owner: str, name: str, tmp_path: Path) -> None:
    (entry,) = read(tmp_path, x={"litellm_provider": owner}).records.providers
    assert (entry.value.id, entry.value.name) == (owner, name)
    assert entry.value.model_fields_set == {"id", "name"}


@pytest.mark.parametrize(
    ("entry", "given", "made"),
    [
        ({"mode": "chat"}, "", "text"),
        ({"mode": "chat", "supports_vision": False}, "text", "text"),
        ({"mode": "chat", "supports_audio_output": True}, "", "text audio"),
        ({"mode": "responses", "supports_pdf_input": True, "supports_vision": True}, "text image pdf", "text"),
        ({"mode": "completion"}, "", "text"),
        ({"mode": "embedding"}, "", "embedding"),
        ({"mode": "embedding", "supports_embedding_image_input": True}, "text image", "embedding"),
        ({"mode": "image_generation"}, "", "image"),
        ({"mode": "image_generation", "supports_image_input": True}, "text image", "image"),
        ({"mode": "image_edit"}, "text image", "image"),
        ({"mode": "audio_speech"}, "text", "audio"),
        ({"mode": "audio_transcription"}, "audio", "text"),
        ({"mode": "video_generation", "supports_video_input": True}, "", "video"),
        ({"mode": "ocr"}, "", "text"),
        ({"mode": "rerank"}, "", ""),
        ({"mode": "realtime", "supports_audio_input": True, "supports_audio_output": True}, "", ""),
        ({"mode": "realtime", "supported_modalities": ["text"], "supports_audio_input": True}, "text audio", ""),
        ({"mode": ["chat"], "supports_vision": True}, "", ""),
        ({"mode": "chat", "supported_modalities": ["image"], "supports_vision": True}, "image", "text"),
        ({"mode": "chat", "supported_output_modalities": ["audio"]}, "", "audio"),
    ],
)
def test_modalities_are_what_is_certain(entry: dict[str, Any], given: str, made: str, tmp_path: Path) -> None:
    content = read(tmp_path, x={"litellm_provider": "acme", **entry})
    found = offerings(content)["acme", "x"]
    assert (" ".join(found.modalities.input), " ".join(found.modalities.output)) == (given, made)
    told_by_flags = {key for key, value in entry.items() if key.startswith("supports_") and value}
    kept = {key for key, value in found.extensions["litellm"].items() if value is True}
    assert kept == (told_by_flags if not (given or "audio" in made) else set())
    assert told(content) == []


@pytest.mark.parametrize(
    ("key", "value", "fault"),
    [
        ("max_input_tokens", "lots", "has to be a whole number, not `lots`"),
        ("deprecation_date", "next year", "has to be a date like 2025, 2025-06 or 2025-06-17, not `next year`"),
        ("source", "see the docs", "holds a character that an address cannot have"),
        ("supports_reasoning", "yes", "has to be true or false, not `yes`"),
        ("supported_regions", "us", "has to be a list, not `us`"),
        ("comment", 5, "has to be text, not `5`"),
        ("input_cost_per_token", "1e-6", "has to be a number, not `1e-6`"),
        ("input_dbu_cost_per_token", 1, "has no place in a price"),
    ],
)
def test_a_fact_that_cannot_be_is_kept_with_a_warning(key: str, value: object, fault: str, tmp_path: Path) -> None:
    text = json.dumps({"x": {"litellm_provider": "acme", key: value}}, indent=4)
    content = load(tree(tmp_path, text))
    assert told(content) == [f"l.json:4:9: warning: x > {key}: {fault}; its value is kept and not shown"]
    assert offerings(content)["acme", "x"].extensions == {"litellm": {key: value}}


def test_zeros_for_limits_and_empty_lists_of_efforts_are_kept(tmp_path: Path) -> None:
    kept = {"max_input_tokens": 0, "max_output_tokens": 0, "reasoning_effort_levels": []}
    found = offerings(read(tmp_path, x={"litellm_provider": "acme", **kept}))["acme", "x"]
    assert not found.model_fields_set & {"limits", "reasoning", "capabilities"}
    assert found.extensions == {"litellm": kept}


def test_the_length_of_a_vector(tmp_path: Path) -> None:
    entry = {"litellm_provider": "acme", "output_vector_size": 2048.0}
    assert offerings(read(tmp_path, x=entry))["acme", "x"].limits.embedding_dimensions == 2048


def test_entries_that_are_none_are_told_and_left_out(tmp_path: Path) -> None:
    content = read(
        tmp_path,
        sample_spec={"litellm_provider": "one of these"},
        fallback_generalizations={"rules": []},
        a=5,
        b={"mode": "chat"},
        c={"litellm_provider": "a/b"},
        d={"litellm_provider": "acme"},
        **{"e/../f": {"litellm_provider": "acme"}},
    )
    assert list(offerings(content)) == [("acme", "d")]
    left_out = {"fallback_generalizations", "a", "b", "c", "e/../f"}
    assert content.records.broken == {f"offering//{key}" for key in left_out}
    assert [(problem.field, problem.message) for problem in content.problems] == [
        ("fallback_generalizations", RULES),
        ("a", "has to be an object, not `5`; it is left out"),
        ("b", "has no `litellm_provider` that can name one: empty; it is left out"),
        ("c", "has no `litellm_provider` that can name one: `a/b`; it is left out"),
        (
            "e/../f > id",
            "an id may not start or end with `/` nor have an empty part, `.` or `..`; the entry is left out",
        ),
    ]
    assert {problem.severity for problem in content.problems} == {Severity.WARNING}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('{"a": 1', "l.json:1:8: error: is not JSON: Expecting ',' delimiter\n    hint: fetch it again"),
        ("[]", "l.json:1:1: error: has to hold an object at its top level"),
    ],
)
def test_what_is_no_object_is_an_error(text: str, fault: str, tmp_path: Path) -> None:
    content = load(tree(tmp_path, text))
    assert told(content) == [fault]
    assert content.records.offerings == ()


DATA = os.environ.get("ALMANAC_DATA", "")
needs_data = pytest.mark.skipif(
    not DATA, reason="ALMANAC_DATA names no folder with litellm-model-prices-1.109.1.json.gz, a whole map"
)
MILLION = 1_000_000
FACTORS = (1, 60, MILLION)
KEPT = "its value is kept and not shown"
PLACELESS = f"has no place in a price; {KEPT}"
CODE = "`code` is no modality that is known; it is kept and not shown"
NO_ADDRESS = f"holds a character that an address cannot have; {KEPT}"
NOT_TOLD = {
    "input_dbu_cost_per_token",
    "output_dbu_cost_per_token",
    "regional_endpoint_uplift_multiplier",
    "regional_processing_uplift_multiplier_eu",
    "regional_processing_uplift_multiplier_us",
}


def amounts_of(price: Price | None) -> Iterator[Decimal]:
    """Yield every amount of a price."""
    if price is not None:
        yield from price.rates.values()
        yield from price.operations.model_dump(exclude_unset=True).values()
        yield from (unit.amount for unit in price.units)
        for tier in price.tiers:
            yield from tier.model_dump(exclude_unset=True, exclude={"above", "name"}).values()


def costs_of(value: object) -> Iterator[Decimal]:
    """Yield every number in a value of the source but for ranges and hours."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.endswith("range") and key != "windows":
                yield from costs_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from costs_of(inner)
    elif isinstance(value, int | Decimal):
        yield Decimal(value)


@pytest.fixture(scope="module")
def whole() -> tuple[Content, dict[str, dict[str, Any]]]:
    archive = Path(DATA) / "litellm-model-prices-1.109.1.json.gz"
    entries = json.loads(gzip.decompress(archive.read_bytes()), parse_float=Decimal)
    return load(Tree.open(archive, "l.json")), {key: entry for key, entry in entries.items() if key != "sample_spec"}


@needs_data
def test_a_whole_map(whole: tuple[Content, dict[str, dict[str, Any]]]) -> None:
    content, entries = whole
    found = offerings(content)
    assert (len(entries), len(found), len(content.records.providers)) == (4552, 4551, 152)
    by_key = {o.extensions.get("litellm", {}).get("key", o.id): o for o in found.values()}
    assert content.records.broken == {"offering//fallback_generalizations"}
    assert entries.keys() - by_key.keys() == {"fallback_generalizations"}
    assert all(o.provider == entries[key]["litellm_provider"] for key, o in by_key.items())
    assert link(content.records)[1] == []
    assert [(problem.severity, problem.field, problem.message) for problem in content.problems] == [
        (Severity.WARNING, field, f"{message} (and {more} more like it)" if more else message)
        for field, message, more in (
            ("fallback_generalizations", RULES, 0),
            ("assemblyai/best > output_cost_per_second", PLACELESS, 61),
            ("meta.llama4-maverick-17b-instruct-v1:0 > supported_output_modalities", CODE, 8),
            ("databricks/databricks-bge-large-en > input_dbu_cost_per_token", PLACELESS, 78),
            ("databricks/databricks-bge-large-en > output_dbu_cost_per_token", PLACELESS, 75),
            ("ft:gpt-4-0613 > source", NO_ADDRESS, 0),
            ("gpt-6-astra > regional_processing_uplift_multiplier_eu", PLACELESS, 24),
            ("gpt-6-astra > regional_processing_uplift_multiplier_us", PLACELESS, 24),
            ("vertex_ai/gemini-3.5-flash > regional_endpoint_uplift_multiplier", PLACELESS, 37),
        )
    ]


@needs_data
def test_every_number_of_a_whole_map_is_exact(whole: tuple[Content, dict[str, dict[str, Any]]]) -> None:
    content, entries = whole
    checked: Counter[str] = Counter()
    for offering in offerings(content).values():
        kept = offering.extensions.get("litellm", {})
        entry = entries[kept.get("key", offering.id)]
        costs = {key: value for key, value in entry.items() if "cost" in key or "pricing" in key}
        told = {*amounts_of(offering.price)}
        for mode in offering.modes.values():
            told |= {*amounts_of(mode.price)}
        may_be: set[Decimal] = set()
        for key, value in costs.items():
            if key in kept and key != "off_peak_pricing":
                assert kept[key] == value
                assert key in NOT_TOLD or (key, entry["mode"]) == ("output_cost_per_second", "audio_transcription")
                continue
            for amount in costs_of(value):
                checked["amounts"] += 1
                assert not told.isdisjoint(amount * factor for factor in FACTORS), (entry, key)
                may_be |= {amount * factor for factor in FACTORS}
        assert told <= may_be
        for key, rate in (("input_cost_per_token", "input"), ("output_cost_per_token", "output")):
            for suffix, mode_name in (("", ""), ("_batches", "batch"), ("_priority", "priority")):
                if key + suffix in entry:
                    checked["rates"] += 1
                    price = offering.modes[mode_name].price if mode_name else offering.price
                    assert price is not None
                    assert getattr(price, rate) / MILLION == entry[key + suffix]
    assert checked == {"amounts": 18353, "rates": 9239}
