"""A place in JSON is found again: keys, items, and the nearest parent of what is not there."""

import pytest

from generator.documents import Loc
from generator.sources.json_places import locate

TEXT = """
{
  "a \\" [": 1,
  "b": {"c": [10, {"d": null}, "x,]"], "e": {}},
  "é": true
}
"""


@pytest.mark.parametrize(
    ("loc", "place"),
    [
        ((), (2, 1)),
        (('a " [',), (3, 3)),
        (("b",), (4, 3)),
        (("b", "c"), (4, 9)),
        (("b", "c", 0), (4, 15)),
        (("b", "c", 1), (4, 19)),
        (("b", "c", 1, "d"), (4, 20)),
        (("b", "c", 2), (4, 32)),
        (("b", "e"), (4, 40)),
        (("é",), (5, 3)),
        (("é", "not", "there"), (5, 3)),
        (("b", "c", 3), (4, 9)),
        (("b", "e", "nothing"), (4, 40)),
        (("nothing",), (2, 1)),
    ],
)
def test_a_place_is_found(loc: Loc, place: tuple[int, int]) -> None:
    assert locate(TEXT, [loc]) == {loc: place}


def test_many_places_are_found_at_once() -> None:
    assert locate('{"a":{"b":1},"c":[2]}', [("c", 0), ("a", "b"), ("a",)]) == {
        ("c", 0): (1, 19),
        ("a", "b"): (1, 7),
        ("a",): (1, 2),
    }
    assert locate("{}", []) == {}
