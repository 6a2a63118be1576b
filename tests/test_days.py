"""Days with the precision they have: what is past, what is near, counted from the day of the facts."""

import pytest

from generator.pages.days import after, in_words, is_past, is_within


@pytest.mark.parametrize(
    ("day", "days", "found"),
    [
        ("2026-07-02", 90, "2026-09-30"),
        ("2026-12-31", 1, "2027-01-01"),
        ("2026-02", 1, "2026-02-02"),
        ("2026", 0, "2026-01-01"),
        (None, 90, None),
    ],
)
def test_days_are_added(day: str | None, days: int, found: str | None) -> None:
    assert after(day, days) == found


@pytest.mark.parametrize(
    ("day", "today", "past", "near"),
    [
        ("2026-07-01", "2026-07-02", True, False),
        ("2026-07-02", "2026-07-02", False, True),
        ("2026-09-30", "2026-07-02", False, True),
        ("2026-10-01", "2026-07-02", False, False),
        ("2026-06", "2026-07-02", True, False),
        ("2026-07", "2026-07-02", False, True),
        ("2026-09", "2026-07-02", False, True),
        ("2026-10", "2026-07-02", False, False),
        ("2026", "2026-07-02", False, True),
        ("2025", "2026-07-02", True, False),
        ("2020-01-01", None, False, False),
    ],
)
def test_a_month_is_over_when_the_next_has_begun(day: str, today: str | None, *, past: bool, near: bool) -> None:
    assert is_past(day, today) is past
    assert is_within(day, today, 90) is near


@pytest.mark.parametrize(
    ("day", "today", "words"),
    [
        ("2026-07-02", "2026-07-02", "today"),
        ("2026-07-03", "2026-07-02", "in 1 day"),
        ("2029-07-02", "2026-07-02", "in 1,096 days"),
        ("2026-07-01", "2026-07-02", ""),
        ("2026-08", "2026-07-02", ""),
        ("2026-08-01", "2026-07", ""),
        ("2026-08-01", None, ""),
    ],
)
def test_how_far_away_is_told_to_the_day_or_not(day: str, today: str | None, words: str) -> None:
    assert in_words(day, today) == words
