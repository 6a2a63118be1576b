"""Values over days as paths: where they begin and end, what the scales say."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.charts import bars, steps
from generator.charts.series import day
from generator.formats import number


@pytest.mark.parametrize(
    ("text", "first"), [("2025", "2025-01-01"), ("2025-06", "2025-06-01"), ("2025-06-17", "2025-06-17")]
)
def test_a_date_begins_on_its_first_day(text: str, first: str) -> None:
    assert day(text).isoformat() == first


def test_a_value_holds_until_the_next() -> None:
    plot = steps([("Input", [("2026-01-01", Decimal(4)), ("2026-03-02", Decimal(1))])], "2026-05-01", number)
    assert [line.path for line in plot.lines] == ["M0 0H220V98H440"]
    assert [(tick.at, tick.label) for tick in plot.columns] == [
        (0, "2026-01"),
        (113, "2026-02"),
        (216, "2026-03"),
        (330, "2026-04"),
        (440, "2026-05"),
    ]
    assert [(tick.at, tick.label) for tick in plot.rows] == [(130, "0"), (65, "2"), (0, "4")]


def test_the_last_value_can_be_seen_though_it_starts_on_the_last_day() -> None:
    plot = steps([("Input", [("2026-01-01", Decimal(4)), ("2026-12-31", Decimal(2))])], "2026-12-31", number)
    assert plot.lines[0].path == "M0 0H406V65H440"


def test_ticks_name_days_that_have_a_bar() -> None:
    plot = bars([("Sent", [("2026-06-28", 3), ("2026-06-29", 1)])], number)
    assert [(tick.at, tick.label) for tick in plot.columns] == [(0, "2026-06-28"), (220, "2026-06-29")]


def test_bars_stand_on_one_another() -> None:
    rows = [("Sent", [("2026-01-01", 3), ("2026-01-02", 1)]), ("Received", [("2026-01-01", 1), ("2026-01-02", 0)])]
    plot = bars(rows, number)
    assert [line.path for line in plot.lines] == ["M0 130V33h219V130zM220 130V98h219V130z", "M0 33V0h219V33z"]


@pytest.mark.parametrize(
    ("values", "scale", "labels"),
    [
        ([0, 0], None, ["0", "1"]),
        ([7], None, ["0", "5", "10"]),
        ([1], None, ["0", "0.5", "1"]),
        ([60, 2], None, ["0", "20", "40", "60"]),
        ([100], (Decimal(99), Decimal(100)), ["99", "99.5", "100"]),
    ],
)
def test_scales_have_round_numbers(values: list[int], scale: Any, labels: list[str]) -> None:
    plot = bars([("", [(f"2026-01-{i + 1:02}", value) for i, value in enumerate(values)])], number, scale=scale)
    assert [tick.label for tick in plot.rows] == labels


@pytest.mark.parametrize(
    ("first", "last", "labels"),
    [
        ("2026-06-28", "2026-06-30", ["2026-06-28", "2026-06-30"]),
        ("2026-01-15", "2026-03-02", ["2026-02-01", "2026-03-01"]),
        ("2024-05-14", "2026-06-01", ["2024-07", "2025-01", "2025-07", "2026-01"]),
        ("2019-01-01", "2026-06-01", ["2020-01", "2022-01", "2024-01", "2026-01"]),
    ],
)
def test_ticks_stand_at_starts_of_months(first: str, last: str, labels: list[str]) -> None:
    plot = steps([("", [(first, 1)])], last, number)
    assert [tick.label for tick in plot.columns] == labels
