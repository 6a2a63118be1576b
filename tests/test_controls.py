"""Controls: tables of what is known; a table without a known fact is left out, and `false` is a fact."""

from decimal import Decimal
from typing import Any

import pytest

from generator.pages.controls import advanced_grids, capability_grids, control_grids
from generator.pages.rows import Grid
from generator.schema import Capabilities, Facts, Model


def model(**facts: Any) -> Model:
    return Model.model_validate({"id": "a/x", **facts})


def tables(grids: tuple[Grid, ...]) -> dict[str, list[dict[str, str]]]:
    return {grid.title: [dict(zip(grid.columns, row, strict=True)) for row in grid.rows] for grid in grids}


def test_without_facts_there_are_no_tables() -> None:
    nothing = model()
    assert (capability_grids(nothing), control_grids(nothing), advanced_grids(nothing)) == ((), (), ())


@pytest.mark.parametrize(
    ("facts", "title", "rows"),
    [
        (
            {"modalities": {"input": ["text", "image"], "output": ["text"]}},
            "Input/Output Modalities",
            [
                {"Direction": "Input", "Text": "✅", "Image": "✅", "Audio": "❌", "Video": "❌", "PDF": "❌"},
                {"Direction": "Output", "Text": "✅", "Image": "❌", "Audio": "❌", "Video": "❌", "PDF": "❌"},
            ],
        ),
        # What is not known of one direction is not known of each of its columns.
        (
            {"modalities": {"output": ["embedding"]}},
            "Input/Output Modalities",
            [
                dict.fromkeys(["Text", "Image", "Audio", "Video", "PDF", "Embedding"], "—") | {"Direction": "Input"},
                dict.fromkeys(["Text", "Image", "Audio", "Video", "PDF"], "❌")
                | {"Direction": "Output", "Embedding": "✅"},
            ],
        ),
        (
            {"capabilities": {"tools": False}},
            "Core Features",
            [
                {
                    "Tool Calling": "—",
                    "Tool Definitions": "❌",
                    "Tool Choice": "—",
                    "Web Search": "—",
                    "File Attachments": "—",
                }
            ],
        ),
        (
            {
                "capabilities": {"streaming": True},
                "response": {"formats": ["json"]},
                "modalities": {"output": ["text"]},
            },
            "Response Delivery",
            [
                {
                    "Streaming": "✅",
                    "Structured Output": "—",
                    "JSON Mode": "✅",
                    "Function Call": "—",
                    "Text Format": "✅",
                }
            ],
        ),
        (
            {
                "reasoning": {
                    "toggle": False,
                    "effort": {"levels": ["low", "high"], "default": "low"},
                    "budget": {"max": 9},
                }
            },
            "Reasoning Controls",
            [
                {
                    "Can be switched off": "No",
                    "Effort levels": "low, high",
                    "Default effort": "low",
                    "Token budget": "up to 9",
                }
            ],
        ),
        ({"reasoning": {"budget": {"default": 1024}}}, "Reasoning Controls", [{"Token budget": "default 1,024"}]),
    ],
)
def test_tables_of_capabilities(facts: dict[str, Any], title: str, rows: list[dict[str, str]]) -> None:
    assert tables(capability_grids(model(**facts)))[title] == rows


@pytest.mark.parametrize(
    ("facts", "title", "row"),
    [
        (
            {"architecture": {"parameters": "8x7B", "type": "moe", "fine_tuned": False}},
            "Architecture Details",
            {"Parameter Count": "8x7B", "Architecture Type": "moe", "Fine-Tuned": "No"},
        ),
        ({"tags": ["chat", "code"]}, "Model Tags", {"Tags": "chat, code"}),
        (
            {"capabilities": {"temperature": True, "top_p": True}, "generation": {"temperature": {"min": 0, "max": 2}}},
            "Sampling & Decoding",
            {"Temperature": "0 to 2", "Top-P": "✅"},
        ),
        ({"generation": {"top_k": {"default": Decimal("40.0")}}}, "Sampling & Decoding", {"Top-K": "default 40"}),
        (
            {"capabilities": {"top_k": False}, "generation": {"top_k": {"max": 9}}},
            "Sampling & Decoding",
            {"Top-K": "❌"},
        ),
        (
            {"capabilities": {"max_tokens": True}, "limits": {"output": 4096}},
            "Length & Termination",
            {"Max Tokens": "up to 4,096"},
        ),
        ({"capabilities": {"max_tokens": True}}, "Length & Termination", {"Max Tokens": "✅"}),
        ({"capabilities": {"presence_penalty": True}}, "Repetition Control", {"Presence Penalty": "✅"}),
        ({"capabilities": {"seed": True}}, "Advanced Controls", {"Deterministic Seed": "✅"}),
    ],
)
def test_tables_of_controls(facts: dict[str, Any], title: str, row: dict[str, str]) -> None:
    assert tables(control_grids(model(**facts))) == {title: [row]}


def test_parameters_that_are_known_to_be_missing_or_say_nothing_have_no_column() -> None:
    facts = {"capabilities": {"temperature": False, "seed": None}, "generation": {"top_p": {}, "top_k": None}}
    assert control_grids(model(**facts)) == ()


def test_tables_of_the_rest() -> None:
    facts = model(
        tools={"choices": ["auto", "none"], "web_search": {"max_results": 5, "context_sizes": ["low"]}},
        attachments={"mime_types": ["image/png"], "max_files": 0},
        response={"protocols": ["http"]},
    )
    assert tables(advanced_grids(facts)) == {
        "Tool Choices": [{"Choices": "auto, none"}],
        "Web Search": [{"Results": "5", "Context sizes": "low"}],
        "File Attachments": [{"Media types": "image/png", "Files per request": "0"}],
        "Delivery": [{"Protocols": "http"}],
    }


def test_every_capability_that_is_true_is_shown_somewhere() -> None:
    for name in Capabilities.model_fields:
        facts: Facts = model(capabilities={name: True})
        assert capability_grids(facts) + control_grids(facts), name
