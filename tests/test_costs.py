"""Costs: worked out by hand, by the rates of the tier, without a rounded digit."""

import json
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.costs import Cost, Item, Usage, Use, bill, examples, monthly, request_cost
from generator.pages.prices import tier_lines
from generator.schema import Billing, Operations, Price, Tier


def costs(
    given: str | None = None, made: str | None = None, *tiers: tuple[int, str | None, str | None], **more: Any
) -> Price:
    return Price(
        input=exact(given),
        output=exact(made),
        tiers=tuple(Tier(above=above, input=exact(first), output=exact(second)) for above, first, second in tiers),
        **more,
    )


def exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


FLASH = costs("0.30", "2.50")
LONG = costs("1.25", "10", (200_000, "2.50", "15"))
STEPS = costs("1", "8", (1_000, "2", None), (10_000, None, "16"), (100_000, "4", "32"))


@pytest.mark.parametrize(
    ("price", "tokens_in", "tokens_out", "total"),
    [
        (FLASH, 1_000, 500, "0.00155"),  # 0.0003 + 0.00125
        (FLASH, 1_000_000, 1_000_000, "2.80"),
        (FLASH, 0, 0, "0"),
        (FLASH, 1, 1, "0.0000028"),
        (LONG, 200_000, 1_000, "0.26"),  # at the threshold: 0.25 + 0.01
        (LONG, 200_001, 1_000, "0.5150025"),  # above it, for all tokens: 0.5000025 + 0.015
        (LONG, 1_000_000, 2_000, "2.53"),
        (STEPS, 1_000, 1_000, "0.009"),  # 0.001 + 0.008
        (STEPS, 5_000, 1_000, "0.018"),  # first tier, output as in the base price: 0.01 + 0.008
        (STEPS, 50_000, 1_000, "0.066"),  # second tier, input as in the base price, not as in the first: 0.05 + 0.016
        (STEPS, 500_000, 1_000, "2.032"),  # third tier: 2 + 0.032
        (costs("0", "0"), 5_000, 5_000, "0"),
        (
            costs("0.000000000000000000000000000001", "1E+30"),
            1,
            1,
            "1000000000000000000000000.000000000000000000000000000000000001",
        ),
        (costs("1"), 1_000, 0, None),
        (costs(None, "1"), 0, 1_000, None),
        (costs(None, None, (0, "1", "2")), 1_000_000, 500_000, "2"),
        (costs("1", None, (1_000, None, "2")), 1_000, 1_000, None),
        (costs(), 1_000, 1_000, None),
    ],
)
def test_the_cost_of_a_request(price: Price, tokens_in: int, tokens_out: int, total: str | None) -> None:
    found = request_cost(price, tokens_in, tokens_out)
    assert found == exact(total)


RATE = st.decimals(min_value=0, max_value=10**6, allow_nan=False, allow_infinity=False, places=12)


@given(RATE, RATE, st.integers(0, 10**7), st.integers(0, 10**7), st.integers(1, 10**6))
def test_many_requests_cost_exactly_that_many_times_one(
    rate_in: Decimal, rate_out: Decimal, tokens_in: int, tokens_out: int, times: int
) -> None:
    price = Price(input=rate_in, output=rate_out)
    one = request_cost(price, tokens_in, tokens_out)
    many = request_cost(price, tokens_in, tokens_out, times=times)
    assert one is not None
    assert many is not None
    with localcontext(prec=300):
        assert many == one * times
        assert one * 1_000_000 == rate_in * tokens_in + rate_out * tokens_out


def test_examples_are_written_with_all_their_digits() -> None:
    assert examples(FLASH) == (
        Cost(use="Short chat", input="1,000", output="500", total="$0.00155"),
        Cost(use="Document summary", input="10,000", output="1,000", total="$0.0055"),
        Cost(use="Questions over documents", input="50,000", output="2,000", total="$0.02"),
        Cost(use="Code generation", input="5,000", output="10,000", total="$0.0265"),
    )


def test_months_have_thirty_days() -> None:
    assert monthly(costs("0.30", "2.50", currency="EUR")) == (
        Usage(tier="Small", volume="10 requests of 1,500 + 750 tokens", tokens="675,000", total="€0.6975"),
        Usage(tier="Medium", volume="100 requests of 2,000 + 1,000 tokens", tokens="9,000,000", total="€9.30"),
        Usage(tier="Large", volume="1,000 requests of 3,000 + 1,500 tokens", tokens="135,000,000", total="€139.50"),
    )


@pytest.mark.parametrize(
    "price",
    [
        None,
        costs(),
        costs("1"),
        costs(None, "1"),
        costs("0", "0"),
        costs(billing=Billing.FREE),
        costs("1", "2", billing=Billing.FREE),
        costs("1", "2", billing=Billing.PLAN),
    ],
)
def test_nothing_is_worked_out_from_a_price_that_does_not_say_it_all(price: Price | None) -> None:
    assert (examples(price), monthly(price)) == ((), ())


def test_a_price_of_zero_in_one_direction_is_one() -> None:
    assert [cost.total for cost in examples(costs("0", "2"))] == ["$0.001", "$0.002", "$0.004", "$0.02"]


@pytest.mark.parametrize(("tokens", "row"), [(1_000, 0), (1_001, 1), (10_000, 1), (10_001, 2), (100_001, 3)])
def test_a_request_costs_what_the_table_of_tiers_says(tokens: int, row: int) -> None:
    _, rows = tier_lines(STEPS)
    rate_in, rate_out = (Decimal(cell.removeprefix("$")) for cell in rows[row][1:])
    assert request_cost(STEPS, tokens, 1_000_000) == rate_in * tokens / 1_000_000 + rate_out


CASES = json.loads((Path(__file__).parent / "scripts/costs.json").read_text(encoding="utf-8"), parse_float=Decimal)


def plain(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():f}"


def written(item: Item) -> str:
    rate = plain(item.rate) + (f"/{item.per}" if item.per else "")
    instead = f" ({item.instead})" if item.instead else ""
    return f"{item.label} {plain(item.quantity)} * {rate} = {plain(item.amount)}{instead}"


# The scripts' own tests read the same table.
@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_bill_says_how_it_comes_about(case: dict[str, Any]) -> None:
    made = bill(Price.model_validate(case["price"]), Use(**case["use"]))
    assert [written(item) for item in made.items] == case["lines"]
    assert (made.total, made.missing) == (exact(case["total"]), case.get("missing", ""))


@given(RATE, RATE, st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_request_of_text_costs_what_its_bill_says(rate_in: Decimal, rate_out: Decimal, given: int, made: int) -> None:
    price = Price(input=rate_in, output=rate_out, operations=Operations(request=Decimal("0.01")))
    assert request_cost(price, given, made) == bill(price, Use(input=given, output=made)).total
