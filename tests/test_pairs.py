"""Pairs: who is compared with whom, in which order, and how many pages that makes at most."""

from typing import Any

import pytest

from generator.pages.pairs import LIMIT, pairs, query, slugs
from tests.test_world import world


def catalog(models: dict[str, dict[str, Any]], **prices: int) -> Any:
    offerings: dict[tuple[str, str], dict[str, Any]] = {
        ("p", name): {"model": name.replace("_", "/"), "price": {"input": price, "output": price}}
        for name, price in prices.items()
    }
    return world(models, offerings).catalog


@pytest.mark.parametrize(
    ("models", "prices", "found"),
    [
        ({"a/x": {}}, {}, ()),
        ({"a/x": {}, "b/y": {}}, {}, ()),
        # Neighbours of one author, the newer first; what was retired is no neighbour.
        (
            {"a/x": {"released": "2024"}, "a/y": {"released": "2025"}, "a/z": {"released": "2026"}},
            {},
            (("a/z", "a/y"), ("a/y", "a/x")),
        ),
        (
            {
                "a/x": {"released": "2024"},
                "a/y": {"released": "2025", "status": "retired"},
                "a/z": {"released": "2026"},
            },
            {},
            (("a/z", "a/x"),),
        ),
        # Neighbours in a family, whoever made them, also what was retired.
        (
            {
                "a/x": {"released": "2024", "family": "f", "status": "retired"},
                "b/y": {"released": "2025", "family": "f"},
            },
            {},
            (("b/y", "a/x"),),
        ),
        # The rival is the one of another author that is nearest in price, and a pair is one pair from both sides.
        (
            {"a/x": {"released": "2025"}, "b/y": {"released": "2025"}, "c/z": {"released": "2025"}},
            {"a_x": 10, "b_y": 11, "c_z": 90},
            (("a/x", "b/y"), ("b/y", "c/z")),
        ),
        # What makes pictures is no rival of what makes text.
        (
            {"a/x": {"modalities": {"output": ["text"]}}, "b/y": {"modalities": {"output": ["image"]}}},
            {"a_x": 10, "b_y": 10},
            (),
        ),
    ],
)
def test_who_is_compared(
    models: dict[str, dict[str, Any]], prices: dict[str, int], found: tuple[tuple[str, str], ...]
) -> None:
    assert pairs(catalog(models, **prices)) == found


def test_the_number_is_bounded_and_the_newest_come_first() -> None:
    models = {f"a/m{number:04}": {"released": f"{2000 + number // 12}-{number % 12 + 1:02}"} for number in range(400)}
    found = pairs(catalog(models))
    assert len(found) == LIMIT
    assert found[0] == ("a/m0399", "a/m0398")


def test_paths_are_the_names_of_the_models_unless_two_pairs_have_the_same() -> None:
    made = slugs([("a/x", "b/y"), ("c/x", "d/y"), ("a/x/1", "b/y:free")])
    assert made == {
        ("a/x", "b/y"): "a-x-vs-b-y",
        ("c/x", "d/y"): "c-x-vs-d-y",
        ("a/x/1", "b/y:free"): "x-1-vs-y-free",
    }


def test_what_is_chosen_stands_in_an_address_as_scripts_write_it() -> None:
    assert query(["a/x", "v:1@p", "50%,é"]) == "ids=a/x,v:1@p,50%25%2C%C3%A9"
