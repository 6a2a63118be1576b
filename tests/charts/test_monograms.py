"""Monograms: the same two letters and hue wherever and whenever they are drawn."""

import pytest

from generator.charts import HUES, monogram


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
