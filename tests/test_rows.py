"""Rows: which offering is the cheapest, which come before which, and what is newest."""

from decimal import Decimal
from typing import Any

import pytest

from generator.pages.rows import (
    ModelRow,
    OfferingRow,
    Ref,
    cheapest,
    newest_first,
    parts_near,
    price_order,
    rank_price,
    without_charge,
)
from generator.schema import Billing, Model, Offering, Price, Status


def exact(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def costs(given: str | None, made: str | None = None, **more: Any) -> Price:
    return Price(input=exact(given), output=exact(made), **more)


FREE, PLAN = Price(billing=Billing.FREE), Price(billing=Billing.PLAN)


@pytest.mark.parametrize(
    ("price", "rank"),
    [
        (None, None),
        (costs(None), None),
        (costs(None, "1"), None),
        (costs("0.3", "2.5"), "0.85"),
        (costs("1"), "1"),
        (costs("0", "2"), "0.5"),
        (costs("0", "0"), None),
        (costs("0"), None),
        (costs("1", "2", currency="EUR"), None),
        (costs("1", "2", billing=Billing.PLAN), None),
        (FREE, None),
    ],
)
def test_only_prices_that_can_be_compared_have_a_rank(price: Price | None, rank: str | None) -> None:
    assert rank_price(price) == exact(rank)


def offers(*prices: tuple[str, Price | None, Status | None]) -> list[Offering]:
    return [Offering(id=name, provider="p", price=price, status=status) for name, price, status in prices]


@pytest.mark.parametrize(
    ("offerings", "best"),
    [
        ([], None),
        ([("a", None, None), ("b", FREE, None), ("c", costs("0", "0"), None)], None),
        ([("a", costs("2", "2"), None), ("b", costs("1", "2"), None)], "b"),
        ([("b", costs("1", "2"), None), ("a", costs("1", "2"), None)], "a"),
        ([("a", costs("1", "1"), Status.DEPRECATED), ("b", costs("2", "2"), Status.BETA)], "b"),
        ([("a", costs("1", "1"), Status.RETIRED)], None),
    ],
)
def test_the_cheapest_is_in_use_and_its_price_is_known(offerings: list[Any], best: str | None) -> None:
    found = cheapest(offers(*offerings))
    assert (found and found.id) == best


@pytest.mark.parametrize(
    ("offerings", "chosen"),
    [
        ([("a", costs("1"), None), ("b", None, None)], None),
        ([("a", PLAN, None), ("b", FREE, None)], "b"),
        ([("a", PLAN, None), ("b", FREE, Status.RETIRED)], "a"),
    ],
)
def test_what_costs_nothing_comes_before_what_a_plan_includes(offerings: list[Any], chosen: str | None) -> None:
    found = without_charge(offers(*offerings))
    assert (found and found.id) == chosen


def test_offerings_stand_in_the_order_of_their_prices() -> None:
    offerings = offers(
        ("ended", costs("0.1", "0.1"), Status.DEPRECATED),
        ("unknown", None, None),
        ("zero", costs("0", "0"), None),
        ("plan", PLAN, None),
        ("free", FREE, None),
        ("dear", costs("9", "9"), None),
        ("cheap", costs("1", "1"), None),
    )
    rows = [
        OfferingRow(offering=offering, ref=Ref("x", "x"), provider=Ref("P", "p"), model=None, authors=(), signs=())
        for offering in offerings
    ]
    ordered = [row.offering.id for row in sorted(rows, key=price_order)]
    assert ordered == ["cheap", "dear", "free", "plan", "unknown", "zero", "ended"]


def test_the_latest_come_first_and_those_without_a_month_after_their_year() -> None:
    dates = {"a": "2025", "b": "2025-06", "c": "2025-06-17", "d": None, "e": "2024-12-31", "F": "2025-06", "g": "2026"}
    rows = [
        ModelRow(
            model=Model(id=f"acme/{name}", released=date),
            ref=Ref(name, name),
            author=Ref("A", "a"),
            providers=(),
            best=None,
            best_ref=None,
            shown=None,
            signs=(),
        )
        for name, date in dates.items()
    ]
    assert "".join(row.ref.label for row in newest_first(rows)) == "gcbFae"
    assert newest_first(reversed(rows)) == newest_first(rows)


@pytest.mark.parametrize(
    ("number", "at", "shown"),
    [
        (0, 1, []),
        (1, 1, []),
        (2, 1, [1, 2]),
        (50, 7, [*range(1, 51)]),
        (1000, 1, [1, 2, 3, 4, 5, 6, *range(50, 1001, 50)]),
        (1000, 777, [1, *range(50, 751, 50), *range(772, 783), *range(800, 1001, 50)]),
        (1000, 1000, [1, *range(50, 951, 50), *range(995, 1001)]),
    ],
)
def test_of_many_parts_those_near_and_some_between_are_shown(number: int, at: int, shown: list[int]) -> None:
    refs = parts_near([f"list-{part}" for part in range(1, number + 1)], at)
    assert refs == tuple(Ref(str(part), f"list-{part}") for part in shown)
