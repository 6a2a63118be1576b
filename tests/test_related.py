"""Related models: the most alike first, each thing once, never one author's alone, never compared with all."""

import re
from typing import Any

import pytest

from generator.pages.related import Kinship, kinship
from tests.test_world import price, world

CHAT: dict[str, Any] = {"modalities": {"input": ["text"], "output": ["text"]}, "limits": {"context": 128000}}
EYES: dict[str, Any] = {**CHAT, "modalities": {"input": ["text", "image"], "output": ["text"]}}
VECTORS: dict[str, Any] = {**CHAT, "modalities": {"input": ["text"], "output": ["embedding"]}}
MODELS: dict[str, dict[str, Any]] = {
    "a/sun": CHAT,
    "a/sun-2026-01-02": CHAT,
    "a/sun-latest": CHAT,
    "a/one": CHAT,
    "a/two": CHAT,
    "a/three": CHAT,
    "b/same": CHAT,
    "c/same-large": {**CHAT, "limits": {"context": 1024000}},
    "d/eyes": EYES,
    "e/vectors": VECTORS,
    "f/gone": {**CHAT, "status": "retired"},
    "g/dear": CHAT,
}
PRICES = {"a/sun": 1, "b/same": 1, "g/dear": 64}


@pytest.fixture(scope="module")
def found() -> Kinship:
    offerings = {("p", name): {"model": name, "price": price(of, of)} for name, of in PRICES.items()}
    return kinship(world(MODELS, offerings).models.values())


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("a/sun", ["b/same", "a/one", "a/three", "g/dear", "d/eyes", "c/same-large"]),
        ("e/vectors", []),
        ("f/gone", ["a/sun-2026-01-02", "a/three", "d/eyes", "c/same-large", "b/same", "g/dear"]),
    ],
)
def test_the_most_alike_come_first_each_thing_once_and_at_most_two_of_an_author(
    found: Kinship, name: str, like: list[str]
) -> None:
    shown = [row.model.id for row in found.of(name)]
    assert shown == like
    bases = [re.sub(r"-(latest|2026-01-02)", "", other) for other in shown]
    assert len(set(bases)) == len(bases)


def test_what_is_shown_elsewhere_is_left_out(found: Kinship) -> None:
    assert found.of("a/sun")[0].model.id == "b/same"
    assert "b/same" not in [row.model.id for row in found.of("a/sun", ["b/same"])]


def test_the_order_in_which_models_come_does_not_matter(found: Kinship) -> None:
    rows = [traits.row for traits in found.traits.values()]
    rows.reverse()
    other = kinship(rows)
    assert [other.of(name) for name in MODELS] == [found.of(name) for name in MODELS]


def test_a_model_is_compared_with_its_neighbours_and_not_with_all() -> None:
    many = {f"a{i % 7}/m{i}x": {**CHAT, "released": f"20{10 + i % 15}"} for i in range(2000)}
    found = kinship(world(many, {}).models.values())
    assert max(len(set(found._near(name))) for name in many) <= 3 * 17
    assert len(found.of("a0/m0x")) == 6
