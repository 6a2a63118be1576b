"""The published files give the same records as the checkout that they are made from."""

import gzip
import json
import os
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.linking import link
from generator.sources import modelsdev
from generator.sources.content import Content
from generator.sources.modelsdev_json import load, recognises
from generator.sources.tree import Tree
from tests.sources.published import checkout, published

API: dict[str, Any] = {
    "acme": {
        "id": "acme",
        "name": "Acme Cloud",
        "env": ["ACME_API_KEY"],
        "npm": "@ai-sdk/openai-compatible",
        "api": "https://acme.example/v1",
        "doc": "https://acme.example/docs",
        "models": {"rocket": {"id": "rocket", "name": "Rocket", "cost": {"input": 0.1, "output": 0}}},
    }
}


def exact(data: object) -> str:
    """Return JSON in which a decimal is a number with all its digits."""
    return re.sub(r'"decimal (.*?)"', r"\1", json.dumps(data, default=lambda number: f"decimal {number}"))


def tree(place: Path, data: object, name: str = "api.json") -> Tree:
    text = data if isinstance(data, str) else exact(data)
    raw = text.encode()
    (place / name).write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
    return Tree.open(place / name, "m.json")


def told(content: Content) -> list[str]:
    return [str(problem) for problem in content.problems]


@pytest.mark.parametrize(
    ("name", "data", "known"),
    [
        ("api.json", API, True),
        ("api.json.gz", API, True),
        ("catalog.json", {"models": {}, "providers": API}, True),
        ("models.json", {"acme/rocket": {"id": "acme/rocket", "name": "Rocket"}}, False),
        ("openrouter.json", {"data": [{"id": "acme/rocket", "description": '"models": {"env": ['}]}, False),
        ("prices.json", {"rocket": {"litellm_provider": "acme"}}, False),
        ("api.toml", API, False),
    ],
)
def test_the_files_are_recognised_by_what_they_hold(name: str, data: object, known: bool, tmp_path: Path) -> None:
    assert recognises(tree(tmp_path, data, name)) is known


def test_a_checkout_is_not_a_file(tmp_path: Path) -> None:
    assert not recognises(checkout(tmp_path))


def test_api_json_has_providers_and_offerings(tmp_path: Path) -> None:
    content = load(tree(tmp_path, API, "api.json.gz"))
    records = content.records
    assert told(content) == []
    assert [entry.value.id for entry in records.providers] == ["acme"]
    assert (records.models, records.authors) == ((), ())
    (entry,) = records.offerings
    assert entry.document.path == "m.json"
    assert (entry.value.key, entry.value.model) == (("acme", "rocket"), None)
    price = entry.value.price
    assert price is not None
    assert price.rates == {"input": Decimal("0.1"), "output": 0}


def test_catalog_json_gives_what_the_checkout_gives(tmp_path: Path) -> None:
    source = modelsdev.load(checkout(tmp_path / "m"))
    data = published(source)
    content = load(tree(tmp_path, data, "catalog.json"))
    assert told(content) == []
    assert published(content) == data
    assert [entry.value.model for entry in content.records.offerings] == [None, "acme/rocket"]
    assert [entry.value for entry in content.records.models] == [entry.value for entry in source.records.models]
    assert [(e.value.id, e.value.name) for e in content.records.authors] == [("acme", "Acme Cloud")]
    assert link(content.records)[1] == []


def test_what_is_published_beside_the_tiers_is_kept_when_it_differs(tmp_path: Path) -> None:
    cost = {"input": 1, "tiers": [{"input": 2, "tier": {"size": 200000}}], "context_over_200k": {"input": 3}}
    content = load(tree(tmp_path, {"acme": {**API["acme"], "models": {"rocket": {"cost": cost}}}}))
    assert content.records.offerings[0].value.extensions == {
        "models.dev": {"cost": {"context_over_200k": {"input": 3}}}
    }


def test_a_count_with_a_fraction_of_zero_is_a_count(tmp_path: Path) -> None:
    text = exact(with_model({"limit": {"context": Decimal("128000.0"), "output": Decimal("1E+3")}}))
    (entry,) = load(tree(tmp_path, text)).records.offerings
    assert (entry.value.limits.context, entry.value.limits.output) == (128000, 1000)


def with_model(table: object) -> dict[str, Any]:
    return {"acme": {**API["acme"], "models": {"a.b/c": table}}}


@pytest.mark.parametrize(
    ("data", "faults", "broken"),
    [
        ("<html>", [("", "is not JSON: Expecting value")], []),
        (json.dumps(API)[:-9], [("", "is not JSON: Unterminated string starting at")], []),
        ({"acme": 5}, [("acme", "has to be an object, not `5`")], ["provider/acme"]),
        ({"acme": {**API["acme"], "models": []}}, [("acme > models", "has to be an object, not a list")], []),
        ({"models": [], "providers": API}, [("models", "has to be an object, not a list")], []),
        (
            {"models": {}, "providers": {"x": {**API["acme"]}}},
            [("providers > x > id", "is `acme`, and stands under `x`")],
            ["provider/x"],
        ),
        (
            {"acme": {"models": {}}},
            [(f"acme > {key}", "is required") for key in ("name", "env", "npm")],
            ["provider/acme"],
        ),
        (
            with_model({"id": "x"}),
            [("acme > models > a.b/c > id", "is `x`, and stands under `a.b/c`")],
            ["offering/acme/a.b/c"],
        ),
        (
            with_model({"limit": {"context": "big"}}),
            [("acme > models > a.b/c > limit > context", "has to be a whole number, not `big`")],
            ["offering/acme/a.b/c"],
        ),
        (
            with_model({"limit": {"context": Decimal("1.5"), "output": Decimal("0.5")}}),
            [
                ("acme > models > a.b/c > limit > context", "has to be a whole number, not `1.5`"),
                ("acme > models > a.b/c > limit > output", "has to be a whole number, not `0.5`"),
            ],
            ["offering/acme/a.b/c"],
        ),
        (
            with_model({"cost": {"image": 1}}),
            [("acme > models > a.b/c > cost > image", "unknown key; its value is kept and not shown")],
            [],
        ),
        (
            {"models": {"acme/x": {"name": 1}}, "providers": API},
            [("models > acme/x > name", "has to be text, not `1`")],
            ["model/acme/x"],
        ),
        (
            {"models": {"x": {}}, "providers": API},
            [("models > x > id", "has to name a model as `author/model`, not `x`")],
            ["model/x"],
        ),
    ],
)
def test_faults_are_told_with_the_path_of_the_key(
    data: object, faults: list[tuple[str, str]], broken: list[str], tmp_path: Path
) -> None:
    content = load(tree(tmp_path, data))
    assert [(problem.field, problem.message) for problem in content.problems] == faults
    assert {problem.path for problem in content.problems} == {"m.json"}
    assert content.records.broken == set(broken)


DATA = os.environ.get("ALMANAC_DATA", "")


@pytest.mark.skipif(not DATA, reason="ALMANAC_DATA names no folder with modelsdev-2026-07.tar.gz, a whole checkout")
def test_the_whole_catalog_goes_round(tmp_path: Path) -> None:
    data = published(modelsdev.load(Tree.open(Path(DATA) / "modelsdev-2026-07.tar.gz")))
    content = load(tree(tmp_path, data, "catalog.json.gz"))
    assert published(content) == data
    assert len(content.records.offerings) == 5276
    assert link(content.records)[1] == []
