"""Prices over time and what was measured, as an offering's page shows them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from generator.pages.history import history
from generator.pages.measured import measurements
from generator.schema import Offering

FROM = {"source": "https://tiny.example/status", "as_of": "2026-07-01", "window": "2 days"}


def offering(**facts: Any) -> Offering:
    return Offering.model_validate({"id": "sun", "provider": "tiny", **facts})


def test_without_another_price_there_is_no_history() -> None:
    assert history(offering(price={"input": 1}), "2026-07-01") is None


def test_prices_stand_in_their_order_with_tiers_and_todays() -> None:
    found = history(
        offering(
            released="2024-05-14",
            price={"input": 1, "cache_read": 0},
            prices=[
                {"input": 3, "effective_from": "2026-11", "note": "Announced"},
                {"input": 2, "effective_until": "2025-01-31", "tiers": [{"above": 128000, "input": 4}]},
            ],
        ),
        "2026-07-01",
    )
    assert found is not None
    assert found.columns == ("From", "Until", "Input", "Note")
    assert found.rows == (
        ("—", "31 January 2025", "$2.00", "—"),
        ("—", "31 January 2025", "$4.00", "Requests over 128,000 tokens"),
        ("—", "—", "$1.00", "Now"),
        ("November 2026", "—", "$3.00", "Announced"),
    )
    assert found.summary == "Input: $2.00 from 14 May 2024, $1.00 from 31 January 2025, $3.00 from November 2026."
    assert found.plot is not None
    assert [line.label for line in found.plot.lines] == ["Input"]


@pytest.mark.parametrize(
    "facts",
    [
        {"price": {"input": 1}, "prices": [{"input": 2, "effective_until": "2025"}]},
        {"price": {"input": 1}, "prices": [{"input": 1, "effective_from": "2024", "effective_until": "2025"}]},
        {"prices": [{"units": [{"name": "Page", "amount": 1, "per": "page"}], "effective_from": "2024"}]},
    ],
)
def test_nothing_is_drawn_of_a_price_that_never_moved_or_whose_start_is_not_known(facts: dict[str, Any]) -> None:
    found = history(offering(**facts), "2026-07-01")
    assert found is not None
    assert found.plot is None


def test_without_its_file_nothing_was_measured() -> None:
    assert measurements(offering()) == ()


@pytest.mark.parametrize(
    ("facts", "title", "figures", "rows"),
    [
        (
            {"latency": {"p50": 420, "p99": Decimal("1200.5")}},
            "Time to the first token",
            (("Median", "420 ms"), ("99 of 100", "1,200.5 ms")),
            (),
        ),
        ({"throughput": {"p50": 0}}, "Throughput", (("Median", "0 tokens/s"),), ()),
        (
            {"uptime": {"percent": Decimal("99.9"), "points": [{"date": "2026-06-30", "percent": Decimal("99.9")}]}},
            "Uptime",
            (("Over the whole time", "99.9%"),),
            (("2026-06-30", "99.9%"),),
        ),
        (
            {"usage": {"points": [{"date": "2026-06-30", "prompt": 3000, "completion": 20}]}},
            "Tokens processed per day",
            (("Last day", "3,020"), ("Busiest day", "3,020")),
            (("2026-06-30", "3,000", "20"),),
        ),
        (
            {"versions": {"items": [{"version": "a", "tokens": 3}, {"version": "b", "tokens": 1}]}},
            "Versions by token share",
            (),
            (("a", "3", "75.0%"), ("b", "1", "25.0%")),
        ),
        ({"apps": {"items": [{"name": "A", "tokens": 3}]}}, "Apps that use it", (), (("A", "3", "—"),)),
    ],
)
def test_each_measurement(facts: dict[str, Any], title: str, figures: Any, rows: Any) -> None:
    dated = {name: {**FROM, **value} for name, value in facts.items()}
    (found,) = measurements(offering(metrics=dated))
    assert (found.title, found.figures, found.rows) == (title, figures, rows)
    assert found.about.window == "2 days"


def test_a_scale_of_percent_starts_below_the_lowest() -> None:
    points = [{"date": "2026-06-29", "percent": 100}, {"date": "2026-06-30", "percent": 96}]
    (found,) = measurements(offering(metrics={"uptime": {**FROM, "percent": 98, "points": points}}))
    assert found.summary == "Uptime by day; the lowest is 96%. The scale starts at 95%."
    assert found.plot is not None
    assert [tick.label for tick in found.plot.rows] == ["95%", "97.5%", "100%"]
