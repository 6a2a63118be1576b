import csv
from decimal import Decimal
from io import StringIO
from typing import Any

from generator.exporters import records, tables
from generator.schema import Model
from tests.exporters.sites import files, golden, offering, parsed, site


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode(), newline="")))


def test_the_table_reads_back_equal() -> None:
    facts: dict[str, Any] = {
        "id": "=cmd|' /c calc'!A0",
        "name": 'Say "hi",\u2028twice',
        "family": "-f",
        "status": "beta",
        "released": "2025-06",
        "open_weights": False,
        "modalities": {"input": ["text", "image"], "output": ["text"]},
        "capabilities": {"reasoning": True, "tool_calls": False},
        "limits": {"context": 0, "output": 4096},
        "price": {"input": Decimal("0.0750"), "output": Decimal("1E-7"), "tiers": [{"above": 5, "input": 2}]},
        "checked": "2026-07-02",
    }
    found = rows(files(tables.csv_outputs(site(offering(**facts), offering(id="y"))))["api/v1/offerings.csv"])
    whole, bare = found
    assert {key: value for key, value in whole.items() if value} == {
        "provider": "p",
        "id": "'=cmd|' /c calc'!A0",
        "name": 'Say "hi",\u2028twice',
        "family": "'-f",
        "status": "beta",
        "released": "2025-06",
        "open_weights": "false",
        "input_modalities": "text|image",
        "output_modalities": "text",
        "reasoning": "true",
        "tool_calls": "false",
        "limit_context": "0",
        "limit_output": "4096",
        "currency": "USD",
        "billing": "metered",
        "price_input": "0.075",
        "price_output": "0.0000001",
        "tiers": "1",
        "checked": "2026-07-02",
        "file": f"providers/p/models/{path_of(facts['id'])}.json",
    }
    assert {key: value for key, value in bare.items() if value} == {
        "provider": "p",
        "id": "y",
        "file": "providers/p/models/y.json",
    }


def path_of(name: str) -> str:
    made = site(offering(id=name))
    return made.world.routes.offerings["p", name].rpartition("models/")[2]


def test_the_table_has_a_row_for_each_offering_and_always_the_same_columns() -> None:
    data = files(tables.csv_outputs(golden()))["api/v1/offerings.csv"]
    assert [(row["provider"], row["id"]) for row in rows(data)] == list(golden().world.catalog.offerings)
    assert data.splitlines()[0].decode().split(",") == list(tables.COLUMNS)
    assert all(None not in row for row in rows(data))
    known = files(records.outputs(golden()))
    assert all(row["file"] in known for row in rows(data))


def lines(data: bytes) -> list[dict[str, Any]]:
    return [parsed(line) for line in data.splitlines()]


def test_the_index_has_a_line_for_everything() -> None:
    model = Model.model_validate({"id": "a/m", "name": "M", "limits": {"context": 8}})
    cheap = offering(id="cheap", model="a/m", price={"input": Decimal("0.1"), "output": Decimal("0.2")})
    dear = offering(id="dear", model="a/m", price={"input": 5, "output": 6, "currency": "EUR"}, status="deprecated")
    plan = offering(id="plan", model="a/m", price={"billing": "plan"}, name="Plan")
    found = files(tables.index_outputs(site(model, cheap, dear, plan, Model(id="a/unsold"))))
    assert lines(found["api/v1/index.ndjson"]) == [
        {"author": "a", "name": "A", "models": 2, "file": "authors/a/index.json"},
        {"provider": "p", "name": "P", "offerings": 3, "file": "providers/p/index.json"},
        {"model": "a/m", "name": "M", "context": 8, "offering": "p/cheap", "input": Decimal("0.1"),
         "output": Decimal("0.2"), "providers": 1, "file": "authors/a/models/m.json"},
        {"model": "a/unsold", "providers": 0, "file": "authors/a/models/unsold.json"},
    ]  # fmt: skip
    assert lines(found["providers/p/index.ndjson"]) == [
        {"id": "cheap", "name": "M", "model": "a/m", "context": 8, "input": Decimal("0.1"), "output": Decimal("0.2"),
         "file": "providers/p/models/cheap.json"},
        {"id": "dear", "name": "M", "model": "a/m", "status": "deprecated", "context": 8, "input": 5, "output": 6,
         "currency": "EUR", "file": "providers/p/models/dear.json"},
        {"id": "plan", "name": "Plan", "model": "a/m", "context": 8, "billing": "plan",
         "file": "providers/p/models/plan.json"},
    ]  # fmt: skip


def test_the_index_leads_to_the_files() -> None:
    known = files(records.outputs(golden()))
    for data in files(tables.index_outputs(golden())).values():
        assert all(line["file"] in known for line in lines(data))
