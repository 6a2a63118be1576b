"""Abilities: who can be asked for what, and which two at once are worth a page."""

from typing import Any

import pytest

from generator.abilities import Able, abilities, index, pairs
from generator.schema import Model, Offering


def model(name: str, **facts: Any) -> Model:
    return Model.model_validate({"id": name, **facts})


def offering(provider: str, name: str, **facts: Any) -> Offering:
    return Offering.model_validate({"provider": provider, "id": name, **facts})


TOOLS = {"capabilities": {"tool_calls": True}}
SEES = {"modalities": {"input": ["text", "image"], "output": ["text"]}}


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        ({}, []),
        ({"capabilities": {"tool_calls": True, "top_p": True, "seed": False}}, ["tool-calls", "top-p"]),
        ({"modalities": {"input": ["text", "pdf"], "output": ["embedding"]}}, ["pdf-input", "embedding-output"]),
        ({"open_weights": True}, ["open-weights"]),
        ({"open_weights": False}, []),
    ],
)
def test_only_what_is_true_has_a_name_and_text_has_none(facts: dict[str, Any], names: list[str]) -> None:
    assert abilities(model("acme/sun", **facts)) == names


def test_a_model_has_what_its_definition_or_an_offering_of_it_says() -> None:
    found = index(
        [model("acme/defined", **TOOLS), model("acme/served"), model("acme/neither")],
        [
            offering("p", "a", model="acme/defined", **TOOLS),
            offering("q", "a", model="acme/defined"),
            offering("p", "b", model="acme/served", **TOOLS),
            offering("p", "c", **TOOLS),
        ],
    )
    assert found == {"tool-calls": Able({"acme/defined": (("p", "a"),), "acme/served": (("p", "b"),)}, (("p", "c"),))}
    assert len(found["tool-calls"]) == 3


def test_one_offering_has_to_have_both_halves() -> None:
    both = TOOLS | SEES
    known = index(
        [model(f"acme/{name}") for name in "abcd"] + [model("acme/e", **both)],
        [
            offering("p", "a", model="acme/a", **both),
            offering("p", "b", model="acme/b", **TOOLS),
            offering("q", "b", model="acme/b", **SEES),
            offering("p", "c", model="acme/c", **both),
            offering("p", "loose", **both),
            offering("p", "d", model="acme/d", **TOOLS),
        ],
    )
    assert pairs(known) == {
        "tool-calls-and-image-input": (
            "tool-calls",
            "image-input",
            Able({"acme/a": (("p", "a"),), "acme/c": (("p", "c"),), "acme/e": ()}, (("p", "loose"),)),
        )
    }


@pytest.mark.parametrize(("shared", "alone", "is_worth"), [(2, 9, False), (3, 9, True), (9, 1, False), (9, 0, False)])
def test_a_pair_has_to_be_of_use(shared: int, alone: int, *, is_worth: bool) -> None:
    offerings = [offering("p", f"both-{i}", **TOOLS, **SEES) for i in range(shared)]
    for name, facts in (("tools", TOOLS), ("sees", SEES)):
        offerings += [offering("p", f"{name}-{i}", **facts) for i in range(alone)]
    assert bool(pairs(index([], offerings))) is is_worth


def test_pairs_are_few_and_none_is_a_half_of_too_many() -> None:
    names = ("tool_calls", "structured_outputs", "reasoning", "web_search")
    kinds = [("capabilities", name) for name in names] + [
        ("modalities", word) for word in ("image", "pdf", "audio", "video")
    ]
    offerings = []
    for first in kinds:
        for second in kinds:
            facts: dict[str, Any] = {"capabilities": {}, "modalities": {"input": [], "output": []}}
            for where, name in dict.fromkeys((first, second)):
                if where == "capabilities":
                    facts[where][name] = True
                else:
                    facts[where]["input"].append(name)
            offerings += [offering("p", f"{first}-{second}-{i}", **facts) for i in range(3)]
    found = pairs(index([], offerings))
    assert len(found) == 16
    halves = [half for first, second, _ in found.values() for half in (first, second)]
    assert max(halves.count(half) for half in halves) == 5
