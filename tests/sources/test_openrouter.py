"""OpenRouter's list becomes one provider, its offerings and the models behind; nothing that it says is lost."""

import gzip
import json
import os
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.errors import Severity
from generator.linking import link
from generator.schema import Author, Billing, Model, Offering, Provider
from generator.sources import modelsdev_json
from generator.sources.content import Content
from generator.sources.openrouter import load, recognises
from generator.sources.tree import Tree

ENTRY: dict[str, Any] = {
    "id": "acme/rocket-2",
    "canonical_slug": "acme/rocket-2-20250617",
    "hugging_face_id": "Acme/Rocket-2",
    "name": "ACME Labs: Rocket 2",
    "created": 1750118401,
    "description": "Faster than [Rocket 1](/acme/rocket-1).",
    "context_length": 131072,
    "architecture": {
        "modality": "text+image+file->text",
        "input_modalities": ["text", "file", "image"],
        "output_modalities": ["text"],
        "tokenizer": "Rocket",
        "instruct_type": "chatml",
    },
    "pricing": {
        "prompt": "0.00000025",
        "completion": "0.000001",
        "request": "0",
        "image": "0.0002",
        "web_search": "0.01",
        "internal_reasoning": "0.0000015",
        "input_cache_read": "0.000000025",
        "input_cache_write": "0.00000008333333333333334",
        "input_cache_write_1h": "0.0000001",
        "audio": "0.0000005",
    },
    "top_provider": {"context_length": 131072, "max_completion_tokens": 8192, "is_moderated": True},
    "per_request_limits": None,
    "supported_parameters": ["tools", "response_format", "max_completion_tokens", "top_k", "parallel_tool_calls"],
    "default_parameters": {"temperature": 0.6, "top_k": 20, "top_p": None},
    "supported_voices": None,
    "knowledge_cutoff": "2024-12-31",
    "expiration_date": "2026-06-01",
    "links": {"details": "/api/v1/models/acme/rocket-2-20250617/endpoints"},
}


VARIES = "Varies from request to request."
SMELL = "`smell` is no modality that is known; it is kept and not shown"


def tree(place: Path, entries: object, name: str = "models.json") -> Tree:
    text = entries if isinstance(entries, str) else json.dumps({"data": entries})
    raw = text.encode()
    (place / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return Tree.open(place / name, "o.json")


def read(place: Path, *entries: object) -> Content:
    return load(tree(place, [*entries]))


def other(key: str, /, **changes: object) -> dict[str, Any]:
    """Return an entry under another id that does not share what has to be one of a kind."""
    return {**ENTRY, "id": key, "canonical_slug": key.partition(":")[0], "hugging_face_id": "", **changes}


def offerings(content: Content) -> dict[str, Offering]:
    return {entry.value.id: entry.value for entry in content.records.offerings}


def models(content: Content) -> dict[str, Model]:
    return {entry.value.id: entry.value for entry in content.records.models}


def told(content: Content) -> list[str]:
    return [str(problem) for problem in content.problems]


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("models.json", json.dumps({"data": [ENTRY]}), True),
        ("models.json.gz", json.dumps({"data": [ENTRY]}), True),
        ("models", json.dumps({"data": [ENTRY]}, indent=1), True),
        ("models.yaml", json.dumps({"data": [ENTRY]}), False),
        ("models.json", '{"object": "list", "data": [{"id": "acme/rocket", "object": "model"}]}', False),
        ("models.json", json.dumps({"acme": {"name": '"data": [', "b": '"pricing": {'}}), False),
        ("prices.json", '{"rocket": {"litellm_provider": "acme"}}', False),
    ],
)
def test_the_file_is_recognised_by_what_it_holds(name: str, text: str, known: bool, tmp_path: Path) -> None:
    found = tree(tmp_path, text, name)
    assert recognises(found) is known
    assert not modelsdev_json.recognises(found)


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    (tmp_path / "models.json").write_text(json.dumps({"data": [ENTRY]}))
    assert not recognises(Tree.open(tmp_path))


def test_the_provider_is_openrouter(tmp_path: Path) -> None:
    (entry,) = read(tmp_path).records.providers
    assert entry.value == Provider.model_validate(
        {
            "id": "openrouter",
            "name": "OpenRouter",
            "website": "https://openrouter.ai",
            "docs": "https://openrouter.ai/docs",
            "models_page": "https://openrouter.ai/models",
            "base_url": "https://openrouter.ai/api/v1",
            "endpoints": [
                {"operation": "chat", "protocol": "openai", "path": "/chat/completions"},
                {"operation": "models", "protocol": "openai", "path": "/models", "method": "GET"},
            ],
            "credentials": [
                {"env": "OPENROUTER_API_KEY", "required": True, "header": "Authorization", "scheme": "Bearer"}
            ],
            "source": "https://openrouter.ai/api/v1/models",
        }
    )


def test_an_entry_is_an_offering_and_defines_its_model(tmp_path: Path) -> None:
    content = read(tmp_path, ENTRY)
    assert told(content) == []
    assert models(content)["acme/rocket-2"] == Model.model_validate(
        {
            "id": "acme/rocket-2",
            "name": "Rocket 2",
            "description": "Faster than [Rocket 1](https://openrouter.ai/acme/rocket-1).",
            "knowledge": "2024-12-31",
            "modalities": {"input": ["text", "pdf", "image"], "output": ["text"]},
            "architecture": {"tokenizer": "Rocket"},
            "aliases": ["acme/rocket-2-20250617"],
            "weights": [{"url": "https://huggingface.co/Acme/Rocket-2"}],
        }
    )
    assert offerings(content)["acme/rocket-2"] == Offering.model_validate(
        {
            "id": "acme/rocket-2",
            "provider": "openrouter",
            "model": "acme/rocket-2",
            "released": "2025-06-17",
            "retires": "2026-06-01",
            "capabilities": {
                "tools": True,
                "tool_calls": True,
                "format_response": True,
                "max_output_tokens": True,
                "top_k": True,
            },
            "limits": {"context": 131072, "output": 8192},
            "generation": {"temperature": {"default": Decimal("0.6")}, "top_k": {"default": 20}},
            "price": {
                "input": Decimal("0.25"),
                "output": 1,
                "reasoning": Decimal("1.5"),
                "cache_read": Decimal("0.025"),
                "cache_write": Decimal("0.08333333333333334"),
                "cache_write_1h": Decimal("0.1"),
                "input_audio": Decimal("0.5"),
                "operations": {"request": 0, "image_input": Decimal("0.0002"), "web_search": Decimal("0.01")},
            },
            "extensions": {
                "openrouter": {
                    "canonical_slug": "acme/rocket-2-20250617",
                    "architecture": {"instruct_type": "chatml"},
                    "top_provider": {"is_moderated": True},
                    "supported_parameters": ["parallel_tool_calls"],
                    "links": {"details": "/api/v1/models/acme/rocket-2-20250617/endpoints"},
                }
            },
        }
    )
    assert [entry.value for entry in content.records.authors] == [Author(id="acme", name="ACME Labs")]
    assert link(content.records)[1] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[a](/acme/a)", "[a](https://openrouter.ai/acme/a)"),
        ("[a](acme/a), [b](/b)", "[a](https://openrouter.ai/acme/a), [b](https://openrouter.ai/b)"),
        ("[a](https://a.example/) [b](mailto:b@a.example)", "[a](https://a.example/) [b](mailto:b@a.example)"),
        ("[a](//a.example) [b](#b) [c](<x y>)", "[a](//a.example) [b](#b) [c](<x y>)"),
        ("", None),
    ],
)
def test_links_of_a_description_lead_to_openrouter(text: str, shown: str | None, tmp_path: Path) -> None:
    assert models(read(tmp_path, other("acme/a", description=text)))["acme/a"].description == shown


def test_a_variant_is_another_offering_of_the_same_model(tmp_path: Path) -> None:
    zero = {"prompt": "0", "completion": "0"}
    free = {**ENTRY, "id": "acme/rocket-2:free", "name": "ACME Labs: Rocket 2 (free)", "pricing": zero}
    content = read(tmp_path, free, ENTRY)
    assert list(models(content)) == ["acme/rocket-2"]
    assert models(content)["acme/rocket-2"].name == "Rocket 2"
    found = offerings(content)["acme/rocket-2:free"]
    assert (found.model, found.name) == ("acme/rocket-2", "Rocket 2 (free)")
    assert not found.model_fields_set & {"description", "modalities", "knowledge", "architecture"}
    assert "hugging_face_id" not in found.extensions["openrouter"]
    assert link(content.records)[1] == []


def test_a_variant_alone_defines_the_model_without_the_variant(tmp_path: Path) -> None:
    entry = other("acme/rocket:free", name="ACME: Rocket  (free)", hugging_face_id="Acme/Rocket")
    content = read(tmp_path, entry)
    assert [(model.id, model.name) for model in models(content).values()] == [("acme/rocket", "Rocket")]
    assert offerings(content)["acme/rocket:free"].name == "Rocket  (free)"


def test_a_variant_states_what_differs_from_the_definition(tmp_path: Path) -> None:
    architecture = {"input_modalities": ["text"], "output_modalities": ["text"], "tokenizer": "Rocket"}
    entry = other("acme/rocket-2:long", name="Rocket 2", architecture=architecture, hugging_face_id="Acme/Long")
    found = offerings(read(tmp_path, ENTRY, entry))["acme/rocket-2:long"]
    assert found.modalities.input == ("text",)
    assert not found.model_fields_set & {"name", "architecture"}
    assert found.extensions["openrouter"]["hugging_face_id"] == "Acme/Long"


@pytest.mark.parametrize(
    ("name", "author"),
    [("~acme/rocket-latest", ("acme",)), ("openrouter/auto", ()), ("rocket", ()), (f"{'a' * 101}/rocket", ())],
)
def test_what_stands_for_no_model_has_no_definition(name: str, author: tuple[str, ...], tmp_path: Path) -> None:
    content = read(tmp_path, other(name, name="Rocket Latest", hugging_face_id="Acme/Rocket"))
    found = offerings(content)[name]
    assert (found.model, found.authors, found.name) == (None, author, "Rocket Latest")
    assert found.modalities.input == ("text", "pdf", "image")
    assert found.extensions["openrouter"]["hugging_face_id"] == "Acme/Rocket"
    assert models(content) == {}
    assert tuple(entry.value.id for entry in content.records.authors) == author
    assert told(content) == []
    assert link(content.records)[1] == []


def test_the_name_of_an_author_is_what_most_entries_call_it(tmp_path: Path) -> None:
    names = {"acme/a": "Acme: A", "acme/b": "ACME: B", "acme/c": "ACME: C", "open-lab/d": "D", "~else/e": "Else One: E"}
    content = read(tmp_path, *(other(name, name=title) for name, title in names.items()))
    assert {entry.value.id: entry.value.name for entry in content.records.authors} == {
        "acme": "ACME",
        "else": "Else One",
        "open-lab": "Open Lab",
    }


def test_a_name_is_whole_when_it_begins_with_someone_else(tmp_path: Path) -> None:
    content = read(tmp_path, other("acme/a", name="Guest: A", canonical_slug="guest/a"))
    assert models(content)["acme/a"].name == "Guest: A"
    assert [entry.value.name for entry in content.records.authors] == ["Acme"]


def test_a_slug_that_several_models_share_is_no_alias(tmp_path: Path) -> None:
    content = read(
        tmp_path,
        other("acme/a", canonical_slug="acme/x"),
        other("acme/b", canonical_slug="acme/x"),
        other("acme/c", canonical_slug="acme/a"),
        other("acme/d", canonical_slug="d"),
    )
    assert [model.aliases for model in models(content).values()] == [(), (), (), ()]
    assert link(content.records)[1] == []


@pytest.mark.parametrize(
    ("name", "pricing", "price", "left"),
    [
        ("acme/a:free", {"prompt": "0", "completion": "0"}, {"input": 0, "output": 0, "billing": "free"}, {}),
        ("acme/a", {"prompt": "0", "completion": "0"}, {"input": 0, "output": 0}, {}),
        ("acme/a:free", {"prompt": "0", "completion": "0.000001"}, {"input": 0, "output": 1}, {}),
        ("acme/a:free", {"prompt": "0", "request": "0.1"}, {"input": 0, "operations": {"request": Decimal("0.1")}}, {}),
        ("acme/a:free", {"prompt": "0", "discount": "1"}, {"input": 0}, {"discount": "1"}),
        ("acme/a:free", {}, None, {}),
        ("acme/a", {"prompt": "-1", "request": "1"}, {"note": VARIES, "operations": {"request": 1}}, {"prompt": "-1"}),
        ("acme/a", {"prompt": "0", "image": "0"}, {"input": 0, "operations": {"image_input": 0}}, {}),
        ("acme/a", {"prompt": "0.000001", "image": "0.0000010"}, {"input": 1}, {"image": "0.0000010"}),
        ("acme/a", {"prompt": 0.25, "completion": 1}, {"input": 250000, "output": 1000000}, {}),
        ("acme/a", {"prompt": None, "completion": ""}, None, {}),
        ("acme/a", {"prompt": "a lot", "completion": "1_0"}, None, {"prompt": "a lot", "completion": "1_0"}),
    ],
)  # fmt: skip
def test_prices(name: str, pricing: object, price: object, left: object, tmp_path: Path) -> None:
    found = offerings(read(tmp_path, other(name, pricing=pricing)))[name]
    assert (found.price and found.price.model_dump(mode="python", exclude_unset=True)) == price
    assert found.extensions["openrouter"].get("pricing", {}) == left


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"pricing": {"prompt": "a lot"}}, "pricing > prompt: has to be a number, not `a lot`"),
        ({"pricing": {"prompt": "-2"}}, "pricing > prompt: has to be 0 or more, not `-2`"),
        ({"pricing": {"video": "1"}}, "pricing > video: has no place in a price"),
        ({"pricing": []}, "pricing: has to be an object, not a list"),
        ({"created": "2025"}, "created: has to be a number of seconds, not `2025`"),
        ({"created": 10**20}, "created: there is no such time: `100000000000000000000`"),
        ({"knowledge_cutoff": "2024-13"}, "knowledge_cutoff: there is no such date: `2024-13`"),
        ({"context_length": "8k"}, "context_length: has to be a whole number, not `8k`"),
        ({"supported_parameters": "tools"}, "supported_parameters: has to be a list, not `tools`"),
        ({"hugging_face_id": "https://a.example"}, "hugging_face_id: has to be `owner/name`, not `https://a.example`"),
        ({"architecture": {"input_modalities": ["text", "smell"]}}, f"architecture > input_modalities: {SMELL}"),
    ],
)  # fmt: skip
def test_a_fact_that_cannot_be_is_kept_with_a_warning(changes: dict[str, Any], fault: str, tmp_path: Path) -> None:
    content = read(tmp_path, other("acme/a", **changes))
    (problem,) = content.problems
    told = f"{problem.field}: {problem.message}".replace("; its value is kept and not shown", "")
    assert (problem.severity, told) == (Severity.WARNING, f"acme/a > {fault}")
    ((key, value),) = changes.items()
    kept = offerings(content)["acme/a"].extensions["openrouter"][key]
    assert kept == ({"input_modalities": ["smell"]} if key == "architecture" else value)


def test_the_short_form_of_the_modalities_is_kept_when_it_says_something_else(tmp_path: Path) -> None:
    entry = other("acme/a", architecture={**ENTRY["architecture"], "modality": "text->text", "tokenizer": "Other"})
    assert offerings(read(tmp_path, entry))["acme/a"].extensions["openrouter"]["architecture"] == {
        "modality": "text->text",
        "tokenizer": "Other",
        "instruct_type": "chatml",
    }


def test_limits_that_say_nothing_or_something_else_are_kept(tmp_path: Path) -> None:
    top = {"context_length": 4096, "max_completion_tokens": 0}
    found = offerings(read(tmp_path, other("acme/a", top_provider=top)))["acme/a"]
    assert found.limits.model_dump(exclude_unset=True) == {"context": 131072}
    assert found.extensions["openrouter"]["top_provider"] == top


def test_entries_that_are_none_are_told_and_left_out(tmp_path: Path) -> None:
    content = read(tmp_path, 5, {"name": "x"}, other("acme/../b"), other("acme/a"), other("acme/a", name="Twin"))
    assert list(offerings(content)) == ["acme/a"]
    assert [(problem.field, problem.message) for problem in content.problems] == [
        ("data[0]", "has to be an object, not `5`; it is left out"),
        ("data[1]", "has no `id` that can name it: empty; it is left out"),
        ("data[2]", "has no `id` that can name it: `acme/../b`; it is left out"),
        ("data[4]", "`acme/a` stands here a second time; the first is taken"),
    ]
    assert link(content.records)[1] == []


def test_a_warning_has_the_place_of_the_first_of_its_kind(tmp_path: Path) -> None:
    odd = [other(f"acme/{name}", pricing={"video": "1"}) for name in "abc"]
    text = json.dumps({"data": odd}, indent=1)
    line = next(number for number, line in enumerate(text.split("\n"), start=1) if '"video"' in line)
    (fault,) = told(load(tree(tmp_path, text)))
    assert fault.startswith(f"o.json:{line}:5: warning: acme/a > pricing > video: has no place in a price")
    assert fault.endswith("(and 2 more like it)")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("<html>", "o.json:1:1: error: is not JSON: Expecting value\n    hint: fetch it again"),
        ("[]", "o.json:1:1: error: has to hold an object at its top level"),
        ("{}", "o.json:1:1: error: data: has to be a list, not empty\n    hint: fetch it again"),
        ('{"data": {}}', "o.json:1:1: error: data: has to be a list, not a mapping\n    hint: fetch it again"),
    ],
)
def test_what_is_no_list_is_an_error(text: str, fault: str, tmp_path: Path) -> None:
    content = load(tree(tmp_path, text))
    assert told(content) == [fault]
    assert (content.records.providers, content.records.offerings) == ((), ())


DATA = os.environ.get("ALMANAC_DATA", "")
PER_MILLION: Mapping[str, str] = {
    "prompt": "input",
    "completion": "output",
    "internal_reasoning": "reasoning",
    "input_cache_read": "cache_read",
    "input_cache_write": "cache_write",
    "audio": "input_audio",
}


@pytest.mark.skipif(not DATA, reason="ALMANAC_DATA names no folder with openrouter-models-2026.json.gz, a whole answer")
def test_a_whole_answer() -> None:
    archive = Path(DATA) / "openrouter-models-2026.json.gz"
    content = load(Tree.open(archive, "o.json"))
    entries = {entry["id"]: entry for entry in json.loads(gzip.decompress(archive.read_bytes()))["data"]}
    found = offerings(content)
    assert list(found) == list(entries)
    assert (len(found), len(content.records.models), len(content.records.authors)) == (364, 334, 54)
    assert [(problem.severity, problem.field, problem.message) for problem in content.problems] == [
        (
            Severity.WARNING,
            "google/gemini-3.1-flash-lite > pricing > image",
            "is the price of a token and not of an image; its value is kept and not shown (and 16 more like it)",
        )
    ]
    catalog, faults = link(content.records)
    assert faults == []
    checked: Counter[str] = Counter()
    for name, entry in entries.items():
        price = found[name].price
        assert price is not None
        told = {ours: getattr(price, ours) / 1_000_000 for ours in price.rates}
        told |= price.operations.model_dump(exclude_unset=True)
        kept = found[name].extensions["openrouter"].get("pricing", {})
        for key, text in entry["pricing"].items():
            checked[key] += 1
            if key in kept:
                assert kept[key] == text
                assert text == "-1" or (key, text) == ("image", entry["pricing"]["prompt"])
            else:
                assert told.pop(PER_MILLION.get(key, key)) == Decimal(text)
        assert told == {}
        assert (price.billing is Billing.FREE) == name.endswith(":free")
        facts = catalog.facts["openrouter", name]
        assert len(facts.modalities.input) == len(entry["architecture"]["input_modalities"])
        assert facts.knowledge == entry["knowledge_cutoff"] or name.endswith(":free")
        assert facts.limits.context == entry["context_length"]
    assert checked == {
        "prompt": 364,
        "completion": 364,
        "input_cache_read": 159,
        "web_search": 79,
        "input_cache_write": 43,
        "audio": 21,
        "internal_reasoning": 18,
        "image": 17,
    }
