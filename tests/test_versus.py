"""Side by side: every stated fact has a line, the better value is marked where better is defined, and only there."""

from decimal import Decimal
from typing import Any

import pytest

from generator.pages.compare import comparison
from generator.pages.versus import Value
from generator.pages.world import World
from generator.schema import Modality
from tests.test_world import world

PAIR = ("a/x", "a/y")


def compared(one: dict[str, Any], other: dict[str, Any], *prices: dict[str, Any] | None, **served: Any) -> World:
    models = {"a/x": {"released": "2026", **one}, "a/y": {"released": "2025", **other}}
    offerings: dict[tuple[str, str], dict[str, Any]] = {
        ("p", name): {"model": name, **({"price": price} if price else {}), **served}
        for name, price in zip(PAIR, prices, strict=False)
    }
    return world(models, offerings)


def lines(made: World) -> dict[str, list[Value]]:
    groups = comparison(made, *PAIR).groups
    return {f"{group.title}: {line.label}": list(line.values) for group in groups for line in group.rows}


def marks(made: World, label: str) -> list[tuple[str, bool]]:
    return [(value.text, value.is_best) for value in lines(made)[label]]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ({"input": 1, "output": 2}, {"input": 3, "output": 2}, [("$1.00", True), ("$3.00", False)]),
        ({"input": 1}, {"input": 1}, [("$1.00", False), ("$1.00", False)]),
        ({"input": 1}, None, [("$1.00", False), ("—", False)]),
        # What is free costs less than anything; what a plan includes does not compare.
        ({"input": 1}, {"billing": "free"}, [("$1.00", False), ("Free", True)]),
        ({"input": 1}, {"billing": "plan"}, [("$1.00", False), ("In plan", False)]),
        # Two currencies do not compare.
        ({"input": 1}, {"input": 2, "currency": "EUR"}, [("$1.00", False), ("—", False)]),
    ],
)
def test_a_lower_price_is_better(
    one: dict[str, Any] | None, other: dict[str, Any] | None, found: list[tuple[str, bool]]
) -> None:
    assert marks(compared({}, {}, one, other), "Prices: Input") == found


def test_a_price_of_zero_says_too_little_to_be_the_best() -> None:
    made = compared({}, {}, {"input": 1, "output": 0}, {"input": 2, "output": 5})
    assert marks(made, "Prices: Output") == [("$0.00", False), ("$5.00", False)]


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (1000, 2000, [("1,000", False), ("2,000", True)]),
        (1000, 1000, [("1,000", False), ("1,000", False)]),
        (1000, None, [("1,000", False), ("—", False)]),
    ],
)
def test_a_larger_limit_is_better(one: int | None, other: int | None, found: list[tuple[str, bool]]) -> None:
    made = compared({"limits": {"context": one}}, {"limits": {"context": other}})
    assert marks(made, "Limits: Context window") == found


def test_what_nobody_states_has_no_line_and_an_empty_group_no_heading() -> None:
    assert list(lines(compared({}, {}))) == ["Overview: Author", "Overview: Providers", "Dates: Released"]


def test_yes_no_and_not_known_are_three_things() -> None:
    made = compared({"capabilities": {"reasoning": True, "seed": False}}, {"capabilities": {"reasoning": False}})
    assert [value.text for value in lines(made)["Capabilities: Reasoning"]] == ["Yes", "No"]
    assert [value.text for value in lines(made)["Capabilities: Seed"]] == ["No", "—"]


def test_providers_that_say_otherwise_are_told() -> None:
    served = {"limits": {"context": 500}}
    made = compared({"limits": {"context": 1000}}, {"limits": {"context": 500}}, {"input": 1}, {"input": 1}, **served)
    assert [value.note for value in lines(made)["Limits: Context window"]] == ["Providers say 500", ""]


def test_tiers_and_batches_are_told() -> None:
    price = {"input": 1, "output": 2, "batch_discount": Decimal("0.5"), "tiers": [{"above": 200_000, "input": 2}]}
    made = lines(compared({}, {}, price, {"input": 1}))
    assert [value.text for value in made["Prices: In a batch"]] == ["50% less", "—"]
    assert [value.text for value in made["Prices: Larger requests"]] == ["above 200,000 tokens: input $2.00", "—"]


def test_in_short_says_who_is_better_at_what() -> None:
    one = {"limits": {"context": 1000}, "capabilities": {"reasoning": True, "seed": False}}
    other = {"limits": {"context": 2000}, "capabilities": {"reasoning": False, "seed": True}}
    made = comparison(compared(one, other, {"input": 1, "output": 3}, {"input": 2, "output": 2}), *PAIR)
    assert [(found.label, found.ref.label, found.text) for found in made.verdicts] == [
        ("Lower input price", "x", "$1.00 against $2.00"),
        ("Lower output price", "y", "$2.00 against $3.00"),
        ("Larger context window", "y", "2,000 against 1,000"),
        ("Only", "x", "reasoning"),
        ("Only", "y", "seed"),
    ]


def test_a_line_differs_where_its_values_do() -> None:
    text = {"modalities": {"input": [Modality.TEXT], "output": [Modality.TEXT]}}
    groups = comparison(compared(text, {"modalities": {"input": [Modality.TEXT]}}), *PAIR).groups
    found = {line.label: line.differs for group in groups if group.title == "Modalities" for line in group.rows}
    assert found == {"Takes": False, "Makes": True}
