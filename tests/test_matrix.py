"""The offerings of a model side by side: what has a column, what is marked, what is told."""

from decimal import Decimal
from typing import Any

import pytest

from generator.pages.matrix import Cell, Column, Note, differences, matrix, notes
from generator.pages.rows import OfferingRow, Ref
from generator.schema import (
    Billing,
    Capabilities,
    Limits,
    Modalities,
    Modality,
    Model,
    Offering,
    Operations,
    Price,
    Status,
    Tier,
)

MODEL = Model(id="acme/sun", limits=Limits(context=1000, output=100))


def row(provider: str, price: Price | None = None, **facts: Any) -> OfferingRow:
    offering = Offering(id="sun", provider=provider, model="acme/sun", price=price, **facts)
    ref = Ref(provider, f"providers/{provider}/")
    return OfferingRow(offering=offering, ref=ref, provider=ref, model=None, authors=(), signs=())


def metered(given: str, made: str, **more: Any) -> Price:
    return Price(input=Decimal(given), output=Decimal(made), **more)


def test_only_what_some_offering_states_has_a_column() -> None:
    found = matrix(MODEL, [row("a", metered("1", "2", cache_read=Decimal("0.1"))), row("b", limits=Limits(context=1))])
    assert found.columns == (
        Column("Input", "per 1M"),
        Column("Output", "per 1M"),
        Column("Cache Read", "per 1M"),
        Column("Context", "tokens"),
    )
    assert [cell.text for cell in found.sides[0].cells] == ["$1.00", "$2.00", "$0.10", "—"]
    assert [cell.text for cell in found.sides[1].cells] == ["—", "—", "—", "1"]


def test_prices_of_operations_follow_the_limits() -> None:
    price = metered("1", "2", operations=Operations(web_search=Decimal("0.01")))
    found = matrix(MODEL, [row("a", price, limits=Limits(output=100))])
    assert [column.label for column in found.columns] == ["Input", "Output", "Max output", "Web Search"]
    assert found.columns[-1].unit == "per query"


def test_bars_compare_what_can_be_compared() -> None:
    rows = [
        row("a", metered("1", "8")),
        row("b", metered("4", "8")),
        row("free", Price(billing=Billing.FREE)),
        row("old", metered("100", "100"), status=Status.RETIRED),
        row("euro", metered("50", "50", currency="EUR")),
    ]
    shares = [[cell.share for cell in side.cells] for side in matrix(MODEL, rows).sides]
    assert shares == [[25, None], [100, None], [None, None], [None, None], [None, None]]


def test_a_limit_that_differs_names_what_the_definition_says() -> None:
    rows = [row("a", limits=Limits(context=1000, output=100)), row("b", limits=Limits(context=500))]
    cells = [side.cells[2:] for side in matrix(MODEL, rows).sides]
    assert cells == [
        (Cell("1,000", 100), Cell("100")),
        (Cell("500", 50, "1,000"), Cell("—")),
    ]


TEXT, IMAGE, AUDIO = Modality.TEXT, Modality.IMAGE, Modality.AUDIO


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        ((TEXT,), (TEXT, IMAGE), [Note("No image input", "The definition has text, image input", "caution")]),
        ((TEXT, AUDIO), (TEXT,), [Note("Also audio input", "The definition has text input")]),
        ((IMAGE, TEXT), (TEXT, IMAGE), []),
        ((), (TEXT,), []),
        ((TEXT,), (), []),
    ],
)
def test_modalities_that_differ_are_told(
    here: tuple[Modality, ...], there: tuple[Modality, ...], told: list[Note]
) -> None:
    offering = Offering(id="sun", provider="a", modalities=Modalities(input=here))
    assert differences(offering, Model(id="acme/sun", modalities=Modalities(input=there))) == told


@pytest.mark.parametrize(
    ("here", "there", "told"),
    [
        (False, True, [Note("No tool calling", "The definition has it", "caution")]),
        (True, False, [Note("Tool calling", "The definition does not have it")]),
        (None, True, []),
        (True, None, []),
        (False, False, []),
    ],
)
def test_only_facts_that_contradict_are_told(here: bool | None, there: bool | None, told: list[Note]) -> None:
    offering = Offering(id="sun", provider="a", capabilities=Capabilities(tool_calls=here))
    assert differences(offering, Model(id="acme/sun", capabilities=Capabilities(tool_calls=there))) == told


def test_tiers_regions_and_words_of_the_source_are_notes() -> None:
    price = metered("1", "2", tiers=(Tier(above=200_000, input=Decimal(3)), Tier(above=500_000, input=Decimal(4))))
    assert notes(row("a", price, regions=("eu", "us"), notes=("Needs an agreement",)), MODEL) == (
        Note("Other price above 200,000", "Requests of more than 200,000 tokens: input $3.00", "caution"),
        Note("Regions: eu, us"),
        Note("Needs an agreement"),
    )
    assert not matrix(MODEL, [row("a")]).has_notes
    assert matrix(MODEL, [row("a", price)]).has_notes
