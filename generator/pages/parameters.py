"""The parameters of generation that an offering takes: range, default and meaning of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from generator.formats import UNKNOWN, count, number, span
from generator.schema import Capabilities, Facts, Generation
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


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter."""

    name: str
    span: str
    default: str
    meaning: str


def parameters(facts: Facts) -> tuple[Parameter, ...]:
    """Return the parameters that are known to be taken."""
    return tuple(_parameters(facts))


def _parameters(facts: Facts) -> Iterable[Parameter]:
    known, generation = vars(facts.capabilities), vars(facts.generation)
    for name in _NAMES:
        limits = generation.get(name)
        if known[name] is False or not (known[name] or limits):
            continue
        size = span(limits)
        if size == UNKNOWN and name in ("max_tokens", "max_output_tokens") and facts.limits.output:
            size = f"up to {count(facts.limits.output)}"
        default = limits.default if limits else None
        yield Parameter(name, size, UNKNOWN if default is None else number(default), _meaning(name))


@cache
def _meaning(name: str) -> str:
    """Return what the schema says of a parameter, without its full stop."""
    shape = Generation if name in Generation.model_fields else Capabilities
    return meanings(shape).get(name, "").rstrip(".")
