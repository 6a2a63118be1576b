from collections.abc import Iterator, Mapping
from decimal import Decimal
from posixpath import dirname, normpath
from typing import Any

import pytest

from generator.exporters import records
from generator.paths import href
from generator.schema import Model, Offering, Provider
from tests import record_schemas
from tests.exporters.described import undescribed
from tests.exporters.sites import files, golden, offering, parsed, site


def test_the_schemas_that_are_kept_are_those_of_the_classes() -> None:
    kept = record_schemas.TARGET.read_text(encoding="utf-8")
    assert kept == record_schemas.made(), "the schema has changed: run `make golden`"


def test_a_file_stands_beside_each_page() -> None:
    found = files(records.outputs(golden()))
    kinds = {"author", "model", "provider", "offering"}
    assert sorted(found) == sorted(records.file(page.stem) for page in golden().pages if page.kind in kinds)
    assert "authors/acme/index.json" in found
    assert "providers/bigcloud/models/acme/sun-2-at-002.json" in found


def test_an_offering_holds_what_its_definition_adds_and_exact_prices() -> None:
    model = Model.model_validate({"id": "a/m", "family": "f", "limits": {"context": 8, "output": 4}, "prose": "Long."})
    price = {"input": Decimal("0.10"), "output": Decimal("7.5E-8"), "tiers": [{"above": 5, "input": Decimal("0.2")}]}
    served = offering(model="a/m", price=price, limits={"context": 6}, extensions={"s": {"k": 1}})
    found = files(records.outputs(site(model, served)))
    assert found["providers/p/models/x.json"] == (
        b'{"$schema":"../../../api/v1/offering.schema.json","provider":"p","id":"x","family":"f",'
        b'"limits":{"context":6,"output":4},"model":"a/m","price":{"currency":"USD","billing":"metered","input":0.1,"output":7.5e-08,'
        b'"tiers":[{"input":0.2,"above":5}]}}\n'
    )
    assert parsed(found["authors/a/models/m.json"]) == {
        "$schema": "../../../api/v1/model.schema.json",
        "id": "a/m",
        "family": "f",
        "limits": {"context": 8, "output": 4},
        "offerings": [{"provider": "p", "id": "x", "href": "../../../providers/p/models/x.json"}],
    }


def test_every_price_says_its_currency_and_how_use_is_paid() -> None:
    mode = {"price": {"input": 2, "output": 3, "currency": "EUR"}}
    served = offering(price={"billing": "free"}, prices=[{"input": 1}], modes={'"fast"': mode, "slow": {}})
    found = parsed(files(records.outputs(site(served)))["providers/p/models/x.json"])
    assert found["price"] == {"currency": "USD", "billing": "free"}
    assert found["prices"] == [{"currency": "USD", "billing": "metered", "input": 1}]
    priced = {"currency": "EUR", "billing": "metered", "input": 2, "output": 3}
    assert found["modes"] == {'"fast"': {"price": priced}, "slow": {}}


def test_what_is_not_known_is_not_there_and_false_and_zero_are() -> None:
    served = offering(capabilities={"tools": False}, limits={"context": 0}, price={"input": 0})
    found = parsed(files(records.outputs(site(served)))["providers/p/models/x.json"])
    assert found.keys() == {"$schema", "provider", "id", "capabilities", "limits", "price"}
    assert found["capabilities"] == {"tools": False}
    assert found["limits"] == {"context": 0}
    assert found["price"]["input"] == 0


def test_things_without_a_definition_stand_with_their_author() -> None:
    found = parsed(files(records.outputs(golden()))["authors/acme/index.json"])
    assert found["offerings"] == [
        {"provider": "tiny", "id": "homemade", "href": "../../providers/tiny/models/homemade.json"}
    ]
    assert [row["id"] for row in found["models"]] == ["acme/sun-1", "acme/sun-2", "acme/sun-3"]


def addresses(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        if isinstance(value.get("href"), str):
            yield value["href"]
        if isinstance(value.get("$schema"), str):
            yield value["$schema"]
        for item in value.values():
            yield from addresses(item)
    elif isinstance(value, list):
        for item in value:
            yield from addresses(item)


def test_every_address_leads_to_a_file() -> None:
    found = files([*records.outputs(golden()), *records.schemas(golden())])
    for path, data in found.items():
        if not path.startswith("api/"):
            for address in addresses(parsed(data)):
                assert normpath(f"{dirname(path)}/{address}") in found


@pytest.mark.parametrize("kind", sorted(records.KINDS))
def test_the_schemas_describe_the_files(kind: str) -> None:
    everything = files([*records.outputs(golden()), *records.schemas(golden())])
    schema = parsed(everything[records.schema(kind)])
    assert schema["$id"] == f"https://catalog.example.org/models/{records.schema(kind)}"
    assert schema["additionalProperties"] is False
    assert "prose" not in schema["properties"]
    looked_at = 0
    for path, data in everything.items():
        value = parsed(data)
        if not path.startswith("api/") and value["$schema"] == href(path, records.schema(kind)):
            assert list(undescribed(value, schema, schema, kind)) == []
            assert list(undescribed({**value, "more": 1}, schema, schema, kind)) == [f"{kind}.more is not known"]
            looked_at += 1
    assert looked_at


def test_the_check_of_schemas_finds_faults() -> None:
    schema = parsed(files(records.schemas(golden()))[records.schema("offering")])
    value = {"provider": 1, "price": {"input": "1"}, "status": "gone"}
    assert list(undescribed(value, schema, schema, "o")) == [
        "o misses id",
        "o.provider is no string",
        "o.price.input is no number",
        "o.status is not one of ['alpha', 'beta', 'preview', 'active', 'deprecated', 'retired']",
    ]


def test_paths_and_references_hold_for_odd_ids() -> None:
    odd = offering(provider="A b", id="Org/x:free@1")
    found = files(records.outputs(site(Provider(id="A b", name="A"), odd)))
    assert sorted(found) == ["providers/a-b/index.json", "providers/a-b/models/org/x-free-at-1.json"]
    assert parsed(found["providers/a-b/index.json"])["offerings"] == [
        {"provider": "A b", "id": "Org/x:free@1", "href": "models/org/x-free-at-1.json"}
    ]


def test_the_kinds_are_the_records_of_a_catalog() -> None:
    assert records.KINDS["offering"] is Offering
    assert [records.schema(kind) for kind in records.KINDS] == [
        "api/v1/author.schema.json",
        "api/v1/model.schema.json",
        "api/v1/provider.schema.json",
        "api/v1/offering.schema.json",
    ]
