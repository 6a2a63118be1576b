"""What an offering can do and how it can be steered, as small tables whose columns are the facts that are known.

Thousands of offerings can do one of a hundred things, so what is made of those facts is kept.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from msgspec import Struct

from generator.badges import Badge, feature_badges, technical_badges
from generator.formats import count, flag, number, sign, span
from generator.pages.rows import Grid
from generator.schema import (
    Architecture,
    Attachments,
    Capabilities,
    Facts,
    Generation,
    Modalities,
    Modality,
    Range,
    Reasoning,
    Response,
    Tools,
)

__all__ = ["Abilities", "abilities", "advanced_grids", "build_grids", "capability_grids", "control_grids"]

_MODALITIES = (
    ("Text", Modality.TEXT),
    ("Image", Modality.IMAGE),
    ("Audio", Modality.AUDIO),
    ("Video", Modality.VIDEO),
    ("PDF", Modality.PDF),
)
_CORE = (
    ("Tool Calling", "tool_calls"),
    ("Tool Definitions", "tools"),
    ("Tool Choice", "tool_choice"),
    ("Web Search", "web_search"),
    ("File Attachments", "attachments"),
)
_REASONING = (
    ("Basic Reasoning", "reasoning"),
    ("Reasoning Effort", "reasoning_effort"),
    ("Reasoning Tokens", "reasoning_tokens"),
    ("Include Reasoning", "include_reasoning"),
    ("Verbosity Control", "verbosity"),
)
_SAMPLING = (
    ("Temperature", "temperature"),
    ("Top-P", "top_p"),
    ("Top-K", "top_k"),
    ("Top-A", "top_a"),
    ("Min-P", "min_p"),
    ("Typical-P", "typical_p"),
    ("TFS", "tfs"),
)
_LENGTH = (
    ("Max Tokens", "max_tokens"),
    ("Max Output Tokens", "max_output_tokens"),
    ("Stop Sequences", "stop"),
    ("Stop Token Ids", "stop_token_ids"),
    ("Length Penalty", "length_penalty"),
)
_REPETITION = (
    ("Frequency Penalty", "frequency_penalty"),
    ("Presence Penalty", "presence_penalty"),
    ("Repetition Penalty", "repetition_penalty"),
    ("No-Repeat N-gram", "no_repeat_ngram_size"),
)
_ADVANCED = (
    ("Logit Bias", "logit_bias"),
    ("Deterministic Seed", "seed"),
    ("Log Probabilities", "logprobs"),
    ("Top Log Probabilities", "top_logprobs"),
    ("Echo", "echo"),
    ("Candidates", "n"),
    ("Best Of", "best_of"),
    ("Bad Words", "bad_words"),
    ("Allowed Tokens", "allowed_tokens"),
    ("Mirostat", "mirostat"),
    ("Mirostat Tau", "mirostat_tau"),
    ("Mirostat Eta", "mirostat_eta"),
    ("Contrastive Search", "contrastive_search_penalty_alpha"),
    ("Beam Search", "num_beams"),
    ("Early Stopping", "early_stopping"),
    ("Diversity Penalty", "diversity_penalty"),
)
_LISTS = frozenset({"input", "output"})
_OPEN = Range()
"""A range that says nothing."""
_STEERING = frozenset({"core", "advanced", "niche", "configurable"})


class Abilities(Struct, frozen=True, kw_only=True):
    """What pages tell of what goes in and out and what can be done: the same of all that can do the same."""

    badges: tuple[Badge, ...]
    highlights: tuple[Badge, ...]
    """Those of them that tell what goes in and out and what it can do.

    A modality that has its own is not told a second time by those that list them.
    """
    steering: tuple[Badge, ...]
    """Those of how it is steered."""
    technical: tuple[tuple[str, tuple[Badge, ...]], ...]
    grids: tuple[Grid, ...]


def abilities(facts: Facts) -> Abilities:
    """Return what pages tell of what something can do."""
    return _abilities(facts.capabilities, facts.modalities, facts.response.formats)


@lru_cache(maxsize=4096)
def _abilities(known: Capabilities, modalities: Modalities, formats: tuple[str, ...]) -> Abilities:
    badges = feature_badges(modalities, known)
    grids = (
        _modalities(modalities),
        _flags("Core Features", _CORE, known),
        _delivery(known, modalities, formats),
        _flags("Advanced Reasoning", _REASONING, known) if _any_true(_REASONING, known) else None,
    )
    return Abilities(
        badges=badges,
        highlights=tuple([it for it in badges if it.value not in _STEERING and it.label not in _LISTS]),
        steering=tuple([it for it in badges if it.value in _STEERING]),
        technical=technical_badges(known),
        grids=tuple([grid for grid in grids if grid]),
    )


def capability_grids(facts: Facts) -> tuple[Grid, ...]:
    """Return the tables of what goes in and out, tools, delivery and reasoning.

    Those without a known fact are left out.
    """
    grids, controls = abilities(facts).grids, _reasoning(facts.reasoning)
    return (*grids, controls) if controls else grids


def build_grids(facts: Facts) -> tuple[Grid, ...]:
    """Return the tables of how the model is built and what it is tagged with."""
    return _build(facts.architecture, facts.tags)


@lru_cache(maxsize=1024)
def _build(about: Architecture, tags: tuple[str, ...]) -> tuple[Grid, ...]:
    tagged = Grid("Model Tags", ("Tags",), ((", ".join(tags),),)) if tags else None
    return tuple([grid for grid in (_architecture(about), tagged) if grid])


def control_grids(facts: Facts) -> tuple[Grid, ...]:
    """Return the tables of architecture, tags and generation parameters; those without a known fact are left out."""
    known, ranges = facts.capabilities, facts.generation
    # The largest answer is told where a limit for one may be sent, and else is no part of what they have in common.
    most = facts.limits.output if known.max_tokens and ranges.max_tokens is None else None
    return build_grids(facts) + _parameter_grids(known, ranges, most)


@lru_cache(maxsize=4096)
def _parameter_grids(known: Capabilities, ranges: Generation, most: int | None) -> tuple[Grid, ...]:
    grids = (
        _parameters("Sampling & Decoding", _SAMPLING, known, ranges, most),
        _parameters("Length & Termination", _LENGTH, known, ranges, most),
        _parameters("Repetition Control", _REPETITION, known, ranges, most),
        _parameters("Advanced Controls", _ADVANCED, known, ranges, most),
    )
    return tuple([grid for grid in grids if grid])


def advanced_grids(facts: Facts) -> tuple[Grid, ...]:
    """Return the tables of tool choices, web search, attachments and delivery.

    Those without a known fact are left out.
    """
    return _advanced(facts.tools, facts.attachments, facts.response)


@lru_cache(maxsize=1024)
def _advanced(tools: Tools, files: Attachments, response: Response) -> tuple[Grid, ...]:
    search = tools.web_search
    grids = [
        _one_row("Tool Choices", [("Choices", ", ".join(tools.choices))] if tools.choices else []),
        _one_row(
            "Web Search",
            _known(
                ("Results", search.max_results),
                ("Context sizes", search.context_sizes),
                ("Default size", search.default_context_size),
            )
            if search is not None
            else [],
        ),
        _one_row(
            "File Attachments",
            _known(
                ("Media types", files.mime_types),
                ("Largest file (bytes)", files.max_file_size),
                ("Files per request", files.max_files),
            ),
        ),
        _one_row(
            "Delivery",
            _known(("Protocols", response.protocols), ("Streaming", response.streaming), ("Formats", response.formats)),
        ),
    ]
    return tuple(grid for grid in grids if grid)


def _known(*pairs: tuple[str, int | str | tuple[str, ...] | None]) -> list[tuple[str, str]]:
    return [
        (label, count(value) if isinstance(value, int) else value if isinstance(value, str) else ", ".join(value))
        for label, value in pairs
        if value or value == 0
    ]


def _modalities(of: Modalities) -> Grid | None:
    given, made = of.input, of.output
    if not given and not made:
        return None
    columns = list(_MODALITIES)
    if Modality.EMBEDDING in (*given, *made):
        columns.append(("Embedding", Modality.EMBEDDING))
    rows = tuple(
        (name, *(sign(modality in words if words else None) for _, modality in columns))
        for name, words in (("Input", given), ("Output", made))
    )
    return Grid("Input/Output Modalities", ("Direction", *(label for label, _ in columns)), rows, has_names=True)


def _flags(title: str, wanted: Iterable[tuple[str, str]], known: Capabilities) -> Grid | None:
    values = vars(known)
    found = [(label, values[name]) for label, name in wanted]
    if all(value is None for _, value in found):
        return None
    return Grid(title, tuple([label for label, _ in found]), (tuple([sign(value) for _, value in found]),))


def _any_true(wanted: Iterable[tuple[str, str]], known: Capabilities) -> bool:
    values = vars(known)
    return any(values[name] for _, name in wanted)


def _delivery(known: Capabilities, modalities: Modalities, formats: tuple[str, ...]) -> Grid | None:
    json_mode = True if {"json", "json_mode", "json_object"} & set(formats) else None
    found = [
        ("Streaming", known.streaming),
        ("Structured Output", known.structured_outputs),
        ("JSON Mode", json_mode or known.format_response),
        ("Function Call", known.tool_calls),
        ("Text Format", Modality.TEXT in modalities.output if modalities.output else None),
    ]
    if all(value is None for _, value in found[:3]):
        return None
    return Grid("Response Delivery", tuple(label for label, _ in found), (tuple(sign(value) for _, value in found),))


def _reasoning(about: Reasoning) -> Grid | None:
    found = [("Can be switched off", flag(about.toggle))] if about.toggle is not None else []
    effort = about.effort
    if effort is not None and effort.levels:
        found.append(("Effort levels", ", ".join(effort.levels)))
    if effort is not None and effort.default:
        found.append(("Default effort", effort.default))
    if budget := _span(about.budget):
        found.append(("Token budget", budget))
    return _one_row("Reasoning Controls", found)


def _architecture(about: Architecture) -> Grid | None:
    found: list[tuple[str, Any]] = [
        ("Parameter Count", about.parameters),
        ("Active Parameters", about.active_parameters),
        ("Architecture Type", about.type),
        ("Tokenizer", about.tokenizer),
        ("Precision", about.precision),
        ("Quantization", about.quantization),
        ("Fine-Tuned", None if about.fine_tuned is None else flag(about.fine_tuned)),
        ("Base Model", about.base_model),
    ]
    return _one_row("Architecture Details", [(label, str(value)) for label, value in found if value is not None])


def _parameters(
    title: str, wanted: Iterable[tuple[str, str]], known: Capabilities, ranges: Generation, most: int | None
) -> Grid | None:
    """Return a column for each parameter that is supported or has a known range: this range, else a sign."""
    found = []
    supported, limited = vars(known), vars(ranges)
    for label, name in wanted:
        has: bool | None = supported[name]
        limits: Range | None = limited.get(name)
        if not has and (limits is None or limits == _OPEN):
            continue
        if name == "max_tokens" and limits is None and most:
            found.append((label, f"up to {count(most)}"))
        else:
            found.append((label, sign(has) if has is False else _span(limits) or sign(has)))
    return _one_row(title, found)


def _span(limits: Range | None) -> str:
    """Return a range with its default, as far as they are known."""
    if limits is None:
        return ""
    known = [] if limits.min is None and limits.max is None else [span(limits)]
    if limits.default is not None:
        known.append(f"default {number(limits.default)}")
    return ", ".join(known)


def _one_row(title: str, found: list[tuple[str, str]]) -> Grid | None:
    if not found:
        return None
    return Grid(title, tuple(label for label, _ in found), (tuple(value for _, value in found),))
