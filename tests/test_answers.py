"""Questions about a model: what the facts answer is asked, and nothing else; who says what where they do not agree."""

from typing import Any

import pytest

from generator.pages.answers import answers
from generator.pages.disagreements import disagreements
from generator.pages.rows import Ref
from tests.test_world import price, world

FREE = {"billing": "free"}
PLAN = {"billing": "plan"}


def asked(facts: dict[str, Any], *offers: dict[str, Any], successor: Ref | None = None) -> dict[str, str]:
    offerings = {(f"p{place}", of.pop("id", "x")): {"model": "a/x", **of} for place, of in enumerate(map(dict, offers))}
    made = world({"a/x": {"name": "X", **facts}}, offerings)
    told = answers(made.models["a/x"], made.cheapest_first["a/x"], "Acme", successor)
    return {answer.question: answer.text for answer in told}


@pytest.mark.parametrize(
    ("offers", "tiers", "answer"),
    [
        ([{}, {}], {"p1"}, "P1 has one; what it holds is the provider's to say."),
        ([{}, {}], {"p0", "p1"}, "P0 and P1 have one; what it holds is the provider's to say."),
        ([{"status": "retired"}], {"p0"}, None),
        ([{}], set(), None),
    ],
)
def test_free_tiers_are_those_of_its_providers(offers: list[dict[str, Any]], tiers: set[str], answer: str) -> None:
    made = world({"a/x": {"name": "X"}}, {(f"p{i}", "x"): {"model": "a/x", **of} for i, of in enumerate(offers)})
    told = answers(made.models["a/x"], made.cheapest_first["a/x"], "Acme", None, tiers)
    assert {it.question: it.text for it in told}.get("Is there a free tier with X?") == answer


def test_without_facts_nothing_is_asked() -> None:
    assert asked({}) == {}


@pytest.mark.parametrize(
    ("facts", "offers", "question", "answer"),
    [
        (
            {"modalities": {"input": ["text", "image", "pdf"], "output": ["text"]}},
            [],
            "What is X?",
            "A model by Acme that takes text, images and PDF files and returns text.",
        ),
        ({"modalities": {"input": ["text"]}}, [], "What is X?", None),
        (
            {},
            [{"price": price(2, 8)}],
            "How much does X cost?",
            "$2.00 per million input tokens and $8.00 per million output tokens, at P0.",
        ),
        (
            {},
            [{"price": price(2, 8)}, {"price": price(1, 8)}, {"price": FREE}, {"price": PLAN}],
            "How much does X cost?",
            (
                "The lowest known price is $1.00 per million input tokens and $8.00 per million output tokens, at P1. "
                "It can be used free of charge at P2. A plan includes it at P3."
            ),
        ),
        ({}, [{"price": {"input": 0, "output": 0}}], "How much does X cost?", None),
        ({}, [{"price": FREE, "status": "retired"}], "How much does X cost?", None),
        ({}, [{}, {}, {"status": "retired"}], "Which providers serve X?", "2 providers: P0 and P1."),
        ({}, [{}] * 7, "Which providers serve X?", "7 providers: P0, P1, P2, P3, P4 and 2 more."),
        ({}, [{}, {}], "Which id do I send to call X?", "x, at every provider."),
        ({}, [{}, {"id": "vendor/x@1"}], "Which id do I send to call X?", "x at P0; vendor/x@1 at P1."),
        (
            {"limits": {"context": 128000, "output": 8000}},
            [{}, {"limits": {"context": 32000}}],
            "How large is the context window of X?",
            "128,000 tokens, of which up to 8,000 can be output. Providers differ: from 32,000 to 128,000 tokens.",
        ),
        ({"modalities": {"input": ["text"]}}, [], "Can X read images?", "No. It takes text."),
        ({"modalities": {"input": ["text", "image"]}}, [], "Can X read images?", "Yes."),
        ({"modalities": {"output": ["text"]}}, [], "Can X read images?", None),
        ({"capabilities": {"tool_calls": False}}, [], "Can X call tools?", "No, as far as its definition says."),
        (
            {"capabilities": {"tools": True, "structured_outputs": False}},
            [],
            "Can X call tools?",
            "Yes. It cannot be held to a JSON schema.",
        ),
        ({"capabilities": {"reasoning": False}}, [], "Does X reason before it answers?", "No."),
        ({"released": "2026-03"}, [], "When was X released?", "In March 2026."),
        (
            {"released": "2026-03-05", "status": "preview"},
            [],
            "When was X released?",
            "On 5 March 2026. It is in preview.",
        ),
        ({"knowledge": "2025"}, [], "How recent is what X knows?", "Its knowledge ends in 2025."),
        ({"open_weights": False}, [], "Is X open?", "No, its weights are not published."),
        (
            {"open_weights": True, "license": "MIT"},
            [],
            "Is X open?",
            "Yes, its weights are published. License: MIT.",
        ),
        (
            {"status": "deprecated", "retires": "2026-10-01"},
            [],
            "How long can X be used?",
            "Deprecated, retires 2026-10-01.",
        ),
    ],
)
def test_what_the_facts_answer(
    facts: dict[str, Any], offers: list[dict[str, Any]], question: str, answer: str | None
) -> None:
    assert asked(facts, *offers).get(question) == answer


def test_what_to_use_instead_is_named() -> None:
    told = asked({"status": "deprecated"}, successor=Ref("Y", "y"))
    assert told["How long can X be used?"] == "Deprecated. Use Y instead."


@pytest.mark.parametrize(
    ("facts", "offers", "told"),
    [
        ({"limits": {"context": 10}}, [{}, {}], {}),
        (
            {"limits": {"context": 10}},
            [{}, {"limits": {"context": 8}}],
            {"Context window": "10 tokens by definition; 10 tokens at P0; 8 tokens at P1"},
        ),
        (
            {"limits": {"context": 10}},
            [{"limits": {"context": 8}}],
            {"Context window": "10 tokens by definition; 8 tokens at P0"},
        ),
        ({}, [{"limits": {"output": 8}}], {}),
        (
            {},
            [{"limits": {"output": 8}}] * 4 + [{"limits": {"output": 9}}],
            {"Max output": "8 tokens at P0, P1, P2 and 1 more; 9 tokens at P4"},
        ),
        (
            {"capabilities": {"tool_calls": True}},
            [{"capabilities": {"tool_calls": False}}, {"status": "retired", "limits": {"context": 1}}],
            {"Tool calling": "yes by definition; no at P0"},
        ),
    ],
)
def test_disagreements_are_told_with_who_says_what(
    facts: dict[str, Any], offers: list[dict[str, Any]], told: dict[str, str]
) -> None:
    offerings = {(f"p{place}", "x"): {"model": "a/x", **of} for place, of in enumerate(offers)}
    made = world({"a/x": facts}, offerings)
    assert dict(disagreements(made.catalog.models["a/x"], made.cheapest_first["a/x"])) == told
