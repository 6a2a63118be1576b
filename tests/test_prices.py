"""Prices: every rate and operation of the schema has a line, and tiers make a table without gaps."""

from decimal import Decimal

import pytest

from generator.pages.prices import (
    OPERATIONS,
    RATES,
    PriceLine,
    operation_lines,
    operation_table,
    tier_lines,
    token_lines,
    token_table,
)
from generator.schema import Operations, Price, Rates, Tier, UnitPrice


def test_everything_that_can_be_priced_has_a_name() -> None:
    assert list(RATES) == list(Rates.model_fields)
    assert set(OPERATIONS) == set(Operations.model_fields)
    assert len(set(RATES.values())) == len(RATES)
    assert len({label for label, _ in OPERATIONS.values()}) == len(OPERATIONS)


def test_each_known_rate_has_a_line_in_the_order_of_the_schema() -> None:
    price = Price(cache_read=Decimal("0.075"), output=Decimal(2), input=Decimal(0), currency="EUR")
    assert token_lines(price) == (
        PriceLine("Input", "€0.00", "1M tokens"),
        PriceLine("Output", "€2.00", "1M tokens"),
        PriceLine("Cache Read", "€0.075", "1M tokens"),
    )


def test_operations_and_other_units_follow() -> None:
    price = Price(
        operations=Operations(web_search=Decimal("0.01"), request=Decimal(0)),
        units=(UnitPrice(name="Speech", amount=Decimal(15), per="1M characters"),),
    )
    assert operation_lines(price) == (
        PriceLine("Request", "$0.00", "request"),
        PriceLine("Web Search", "$0.01", "query"),
        PriceLine("Speech", "$15.00", "1M characters"),
    )


@pytest.mark.parametrize("price", [None, Price(), Price(note="none")])
def test_what_is_not_known_has_no_line(price: Price | None) -> None:
    assert (token_lines(price), operation_lines(price)) == ((), ())


def test_tiers_follow_each_other_without_a_gap() -> None:
    price = Price(
        input=Decimal(1),
        output=Decimal(8),
        tiers=(Tier(above=1000, input=Decimal(2)), Tier(above=10_000, cache_read=Decimal("0.5"))),
    )
    columns, rows = tier_lines(price)
    assert columns == ("Tokens in context", "Input", "Output", "Cache Read")
    assert rows == (
        ("Up to 1,000", "$1.00", "$8.00", "—"),
        ("1,001 to 10,000", "$2.00", "$8.00", "—"),
        ("Over 10,000", "$1.00", "$8.00", "$0.50"),
    )


def test_a_table_of_rates_has_a_column_for_the_usual_ones_and_for_others_that_are_known() -> None:
    price = Price(output=Decimal(0), input_audio=Decimal(1))
    assert [(line.label, line.amount) for line in token_table(token_lines(price))] == [
        ("Input", "—"),
        ("Output", "$0.00"),
        ("Reasoning", "—"),
        ("Cache Read", "—"),
        ("Cache Write", "—"),
        ("Audio Input", "$1.00"),
    ]


def test_a_table_of_operations_has_a_column_for_the_usual_ones_and_for_others_that_are_known() -> None:
    price = Price(operations=Operations(image_output=Decimal("0.04"), request=Decimal(0)))
    assert [(line.label, line.amount, line.unit) for line in operation_table(operation_lines(price))] == [
        ("Image Input", "—", ""),
        ("Audio Input", "—", ""),
        ("Video Input", "—", ""),
        ("Image Gen", "$0.04", "image"),
        ("Audio Gen", "—", ""),
        ("Web Search", "—", ""),
        ("Request", "$0.00", "request"),
    ]


@pytest.mark.parametrize("price", [None, Price(), Price(note="none")])
def test_there_is_no_table_of_nothing(price: Price | None) -> None:
    assert (token_table(token_lines(price)), operation_table(operation_lines(price))) == ((), ())
