"""Bars: a part of a whole fills as much of its place."""

import pytest

from generator.charts import bar, percent


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [(1, 2, 50), (2, 3, 67), (0, 5, 0), (1, 10_000, 1), (5, 5, 100), (7, 5, 100), (0, 0, 0), (3, 0, 0)],
)
def test_what_is_there_at_all_is_a_percent_at_least(part: float, whole: float, share: int) -> None:
    assert percent(part, whole) == share


def test_a_bar_grows_from_the_right_and_nothing_is_drawn_for_nothing() -> None:
    assert '<path d="M100 0h-42v1H100z"/>' in bar(42)
    assert 'aria-hidden="true"' in bar(42)
    assert bar(None) == ""
