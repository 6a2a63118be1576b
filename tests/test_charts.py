"""Drawings: a monogram, a bar and a field of points are the same wherever and whenever they are drawn."""

import pytest

from generator.charts import HUES, Axis, Point, Spot, Tick, bar, monogram, percent, scatter


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Google", "Go"),
        ("xAI", "Xa"),
        ("Mistral AI", "MA"),
        ("Allen Institute for AI", "AI"),
        ("Z.ai", "ZA"),
        ("01.AI", "0A"),
        ("snake_case", "SC"),
        ("K", "K"),
        ("深度求索", "深度"),
        ("<b>", "B"),
        ("!?", "?"),
    ],
)
def test_a_monogram_is_two_letters(name: str, letters: str) -> None:
    assert monogram(name)[0] == letters


def test_hues_depend_on_the_name_alone_and_are_all_used() -> None:
    assert monogram("Mistral AI") == ("MA", 7)
    assert monogram("mistral ai")[1] == monogram("Mistral AI")[1]
    assert {monogram(f"provider {number}")[1] for number in range(200)} == set(range(HUES))


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


def spot(x: float, y: float, name: str) -> Spot:
    return Spot(x=x, y=y, label=name, to=f"models/{name}")


AXIS = Axis(low=1, high=100, marks=((1, "1"), (10, "10"), (100, "100")))


@pytest.mark.parametrize(("value", "place"), [(1, 0), (10, 50), (100, 100), (0.001, 0), (1e9, 100), (3.1622776601, 25)])
def test_an_axis_is_logarithmic_and_ends_where_it_ends(value: float, place: int) -> None:
    assert AXIS.place(value, 100) == place


def test_points_stand_up_from_the_bottom_and_none_covers_another() -> None:
    drawn = scatter([spot(10, 10, "a"), spot(10.1, 10, "b"), spot(100, 1, "c")], AXIS, AXIS, width=200, height=100)
    assert drawn.points == (
        Point(x=100, y=50, label="a", to="models/a"),
        Point(x=200, y=100, label="c", to="models/c"),
    )
    assert drawn.columns == (Tick(0, "1"), Tick(100, "10"), Tick(200, "100"))
    assert drawn.lines == (Tick(100, "1"), Tick(50, "10"), Tick(0, "100"))
