"""Spans of time: whole months, a day in its place, lines that are not too many."""

import pytest

from generator.charts import Span, Tick


@pytest.mark.parametrize(
    ("days", "first", "last"),
    [
        (["2025-03-04"], 2025 * 12 + 2, 2025 * 12 + 3),
        (["2025", "2024-12-31"], 2024 * 12 + 11, 2025 * 12 + 7),
        (["2025-12", "2026-01-01"], 2025 * 12 + 11, 2026 * 12 + 1),
    ],
)
def test_a_span_is_of_whole_months(days: list[str], first: int, last: int) -> None:
    assert Span.of(days) == Span(first=first, last=last)


@pytest.mark.parametrize(
    ("day", "place"), [("2025-01-01", 0), ("2025-12-31", 997), ("2025", 496), ("2025-07-01", 496), ("2025-01", 38)]
)
def test_what_is_known_to_the_month_or_the_year_stands_in_its_middle(day: str, place: int) -> None:
    assert Span(first=2025 * 12, last=2026 * 12).place(day, 1000) == place


@pytest.mark.parametrize(
    ("months", "labels"),
    [
        (2, ("Nov 2024", "Dec 2024", "2025")),
        (18, ("2025", "Apr 2025", "Jul 2025", "Oct 2025", "2026", "Apr 2026")),
        (60, ("2025", "Jul 2025", "2026", "Jul 2026", "2027", "Jul 2027", "2028", "Jul 2028", "2029", "Jul 2029")),
        (200, tuple(str(year) for year in range(2025, 2042))),
    ],
)
def test_lines_are_at_beginnings_and_not_too_many(months: int, labels: tuple[str, ...]) -> None:
    first = 2024 * 12 + 10
    ticks = Span(first=first, last=first + months).ticks(1000)
    assert tuple(tick.label for tick in ticks) == labels
    assert ticks[0] in (Tick(0, "Nov 2024"), ticks[0])
    assert [tick.at for tick in ticks] == sorted({tick.at for tick in ticks})
