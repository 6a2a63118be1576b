"""What changed between two catalogs, fact by fact, and the words for it."""

from decimal import Decimal
from typing import Any

import pytest

from generator.catalog import Catalog
from generator.history import Change, Kind, Thing, compare
from generator.history.words import fact, identity, move, sentence, sides
from generator.schema import Author, Model, Offering, Provider, Record
from tests.exporters.sites import offering, site


def catalog(*values: Record) -> Catalog:
    return site(*values).world.catalog


def changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    return compare(catalog(offering(**old)), catalog(offering(**new)))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ({}, {}, []),
        ({"price": {"input": 2}}, {"price": {"input": Decimal("2.50")}}, ["price Input: $2.00 → $2.50 (+25%)"]),
        ({"price": {"input": 3}}, {"price": {"input": 2}}, ["price Input: $3.00 → $2.00 (-33.3%)"]),
        ({"price": {"input": 3}}, {"price": {"input": Decimal("2.9999")}}, ["price Input: $3.00 → $2.9999 (-0.1%)"]),
        ({"price": {"input": 1}}, {"price": {"input": 40}}, ["price Input: $1.00 → $40.00 (+3,900%)"]),
        ({"price": {"input": 0}}, {"price": {"input": 1}}, ["price Input: $0.00 → $1.00"]),
        ({"price": {"input": 1}}, {"price": {"input": 0}}, ["price Input: $1.00 → $0.00 (-100%)"]),
        ({"price": {"input": 1}}, {"price": {"input": 1, "output": 2}}, ["price Output: — → $2.00"]),
        ({"price": {"input": Decimal("1.0")}}, {"price": {"input": 1}}, []),
        (
            {"price": {"input": 1}},
            {"price": {"input": 2, "currency": "EUR"}},
            ["price Currency: USD → EUR", "price Input: €1.00 → €2.00"],
        ),
        (
            {"price": {"input": 1, "tiers": [{"above": 200, "input": 2}]}},
            {"price": {"input": 1, "tiers": [{"above": 100, "input": 3}, {"above": 200, "input": 4}]}},
            ["price Tiers, 100, input: — → $3.00", "price Tiers, 200, input: $2.00 → $4.00 (+100%)"],
        ),
        (
            {"modes": {"fast": {"price": {"input": 2}, "body": {"tier": 1}}}},
            {"modes": {"fast": {"price": {"input": 1}, "body": {"tier": 2}}}},
            ["price Modes, fast, price, input: $2.00 → $1.00 (-50%)", "other Modes, fast, body, tier: 1 → 2"],
        ),
        (
            {"limits": {"context": 128000}},
            {"limits": {"context": 1000000, "output": 5}},
            ["limit Context: 128,000 → 1,000,000", "limit Output: — → 5"],
        ),
        ({"capabilities": {"tools": False}}, {"capabilities": {"tools": True}}, ["capability Tools: No → Yes"]),
        ({"capabilities": {"tools": False}}, {}, ["capability Tools: No → —"]),
        (
            {"modalities": {"input": ["text"]}},
            {"modalities": {"input": ["text", "image"]}},
            ["capability Modalities, input: text → text, image"],
        ),
        (
            {"status": "active"},
            {"status": "deprecated", "retires": "2027-01"},
            ["lifecycle Retires: — → 2027-01", "lifecycle Status: active → deprecated"],
        ),
        ({"name": "X"}, {"name": "Y"}, ["other Name: X → Y"]),
        ({"description": "a " * 90}, {}, [f"other Description: {('a ' * 90)[:59]}… → —"]),
        ({"checked": "2026-01-01", "updated": "2026"}, {"checked": "2026-02-02", "updated": "2027"}, []),
        ({"extensions": {"a": {"b": 1}}}, {}, []),
    ],
)
def test_every_fact_that_is_another(old: dict[str, Any], new: dict[str, Any], told: list[str]) -> None:
    found = changes(old, new)
    assert [f"{change.kind} {sentence(change)}" for change in found] == told
    assert {identity(change) for change in found} <= {"p/x"}


def test_what_came_and_what_went_and_what_to_use_instead() -> None:
    old = catalog(
        Author(id="a", name="A"),
        Model(id="a/one"),
        Model(id="a/two", successor="a/one"),
        offering(id="org/x", name="X"),
        Provider(id="p", name="P"),
    )
    new = catalog(
        Author(id="a", name="A"), Model(id="a/uno", aliases=("a/one",)), Model(id="a/three"), Provider(id="q", name="Q")
    )
    assert [(c.kind, c.thing, c.key, c.name, c.new) for c in compare(old, new)] == [
        (Kind.ADDED, Thing.PROVIDER, ("q",), "Q", None),
        (Kind.ADDED, Thing.MODEL, ("a/three",), "three", None),
        (Kind.ADDED, Thing.MODEL, ("a/uno",), "uno", None),
        (Kind.REMOVED, Thing.PROVIDER, ("p",), "P", None),
        (Kind.REMOVED, Thing.MODEL, ("a/one",), "one", "a/uno"),
        (Kind.REMOVED, Thing.MODEL, ("a/two",), "two", "a/one"),
        (Kind.REMOVED, Thing.OFFERING, ("p", "org/x"), "X", None),
    ]


def test_a_fact_that_moves_to_the_definition_is_no_change() -> None:
    stated = catalog(Model(id="a/m"), offering(model="a/m", limits={"context": 8}))
    inherited = catalog(Model.model_validate({"id": "a/m", "limits": {"context": 8}}), offering(model="a/m"))
    assert [identity(change) for change in compare(stated, inherited)] == ["a/m"]


def test_an_amount_in_another_currency_has_no_move() -> None:
    change = changes({"price": {"input": 1}}, {"price": {"input": 2, "currency": "EUR"}})[1]
    assert (change.percent, move(change), sides(change), fact(change)) == (None, "", ("€1.00", "€2.00"), "Input")


def test_changes_keep_what_they_say_as_records() -> None:
    (change,) = changes({"price": {"input": 3}}, {"price": {"input": 2}})
    assert isinstance(change.old, Decimal)
    again = Change.model_validate(change.model_dump(exclude_defaults=True))
    assert again == change
    assert isinstance(offering(), Offering)
