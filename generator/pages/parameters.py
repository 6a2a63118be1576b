"""The parameters of generation that an offering takes: range, default and meaning of each."""

from functools import cache, lru_cache

from msgspec import Struct

from generator.formats import UNKNOWN, count, number, span
from generator.schema import Capabilities, Facts, Generation, Range
from generator.schema.meanings import meanings

__all__ = ["Parameter", "parameters"]

_NAMES = (
    *("temperature", "top_p", "top_k", "top_a", "min_p", "typical_p", "tfs"),
    *("max_tokens", "max_output_tokens", "stop", "stop_token_ids", "length_penalty"),
    *("frequency_penalty", "presence_penalty", "repetition_penalty", "no_repeat_ngram_size"),
    *("seed", "n", "best_of", "logit_bias", "logprobs", "top_logprobs", "echo", "bad_words", "allowed_tokens"),
    *("mirostat", "mirostat_tau", "mirostat_eta", "contrastive_search_penalty_alpha", "num_beams", "early_stopping"),
    "diversity_penalty",
)
"""In the order of the page: sampling, length, repetition, the rest."""
_OPEN = Range()
"""A range that says nothing."""


class Parameter(Struct, frozen=True):
    """One parameter."""

    name: str
    span: str
    default: str
    meaning: str


def parameters(facts: Facts) -> tuple[Parameter, ...]:
    """Return the parameters that are known to be taken."""
    known, ranges = facts.capabilities, facts.generation
    # Where no limit may be sent for an answer, the largest one would only set apart what is the same.
    is_limited = known.max_tokens or known.max_output_tokens or ranges.max_tokens or ranges.max_output_tokens
    return _parameters(known, ranges, facts.limits.output if is_limited else None)


@lru_cache(maxsize=4096)
def _parameters(known: Capabilities, ranges: Generation, most: int | None) -> tuple[Parameter, ...]:
    found, supported, limited = [], vars(known), vars(ranges)
    for name in _NAMES:
        limits: Range | None = limited.get(name)
        if supported[name] is False or not (supported[name] or (limits is not None and limits != _OPEN)):
            continue
        size = span(limits)
        if size == UNKNOWN and most and name in ("max_tokens", "max_output_tokens"):
            size = f"up to {count(most)}"
        default = limits.default if limits else None
        found.append(Parameter(name, size, UNKNOWN if default is None else number(default), _meaning(name)))
    return tuple(found)


@cache
def _meaning(name: str) -> str:
    """Return what the schema says of a parameter, without its full stop."""
    shape = Generation if name in Generation.model_fields else Capabilities
    return meanings(shape).get(name, "").rstrip(".")
