"""The parameters of an offering, and the table of its modes."""

from __future__ import annotations

from typing import Any

import pytest

from generator.pages.parameters import parameters
from generator.pages.prices import mode_lines
from generator.schema import Capabilities, Mode, Model


def model(**facts: Any) -> Model:
    return Model.model_validate({"id": "acme/sun", **facts})


@pytest.mark.parametrize(
    ("facts", "rows"),
    [
        ({}, []),
        ({"capabilities": {"temperature": False}, "generation": {"temperature": {"max": 2}}}, []),
        ({"capabilities": {"seed": True}}, [("seed", "—", "—", "Deterministic seeding")]),
        (
            {"generation": {"temperature": {"min": 0, "max": 2, "default": 1}}},
            [("temperature", "0 to 2", "1", "Randomness of sampling")],
        ),
        (
            {"generation": {"top_k": {"default": 0}}},
            [("top_k", "—", "0", "Number of most likely tokens that are sampled from")],
        ),
        (
            {"capabilities": {"max_tokens": True}, "limits": {"output": 8192}},
            [("max_tokens", "up to 8,192", "—", "The most tokens of an answer")],
        ),
    ],
)
def test_each_parameter_that_is_taken(facts: dict[str, Any], rows: list[tuple[str, str, str, str]]) -> None:
    assert [(it.name, it.span, it.default, it.meaning) for it in parameters(model(**facts))] == rows


def test_every_parameter_has_a_meaning() -> None:
    everything = dict.fromkeys(Capabilities.model_fields, True)
    found = parameters(model(capabilities=everything))
    assert len(found) > 25
    assert all(it.meaning for it in found)


def test_modes_show_every_rate_that_one_of_them_states() -> None:
    modes = {"batch": {"price": {"input": 1, "cache_read": 0}}, "fast": {"price": {"input": 4}}, "slow": {}}
    named = [(name, Mode.model_validate(mode)) for name, mode in modes.items()]
    assert mode_lines(named) == (
        ("Mode", "Input", "Cache Read"),
        (("batch", "$1.00", "$0.00"), ("fast", "$4.00", "—"), ("slow", "—", "—")),
    )
