"""What an offering does -> which samples it wants, and the ways in which it can be called."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress

from msgspec import Struct

from generator.samples.access import Access, access, address
from generator.samples.shapes import Setting, Task
from generator.schema import Credential, Endpoint, Header, Modality, Offering, Operation, Protocol, Provider, Range

__all__ = ["Way", "setting", "tasks", "ways"]

_VOICES = {"openai": "alloy", "google": "Kore"}
"""A voice of each author's speech models that the author's documentation uses first."""

_LEAST_BUDGET = 1024


class Way(Struct, frozen=True, kw_only=True):
    """One endpoint with all that a request to it needs."""

    protocol: Protocol
    operation: Operation
    access: Access


def tasks(offering: Offering) -> tuple[Task, ...]:
    """Return what an offering does, as far as its facts say, the plainest first."""
    about, known = offering.modalities, offering.capabilities
    given, made = about.input, about.output
    if made and Modality.TEXT not in made:
        kinds = {Modality.EMBEDDING: Task.EMBEDDINGS, Modality.IMAGE: Task.IMAGES, Modality.AUDIO: Task.SPEECH}
        return tuple([task for kind, task in kinds.items() if kind in made])
    if not made:
        return ()
    if Modality.AUDIO in given and Modality.TEXT not in given:
        return (Task.TRANSCRIPTION,)
    wanted = (True, Modality.IMAGE in given, known.tools or known.tool_calls, known.reasoning)
    return tuple(compress((Task.CHAT, Task.VISION, Task.TOOLS, Task.REASONING), wanted))


def setting(offering: Offering) -> Setting:
    """Return what of its facts goes into requests."""
    about, model = offering.reasoning, offering.model
    effort, budget = about.effort, about.budget
    author = model.partition("/")[0] if model else next(iter(offering.authors), "")
    return Setting(
        effort=_effort(effort.levels) if effort is not None else None,
        budget=_tokens(budget) if budget is not None else None,
        voice=_VOICES.get(author),
    )


def _effort(levels: Sequence[str]) -> str | None:
    """Return the lowest level that people know by its name, else the first that is one at all."""
    known = [level for level in levels if level not in ("none", "null")]
    return next((level for level in ("low", "medium", "high") if level in known), next(iter(known), None))


def _tokens(budget: Range) -> int | None:
    """Return how many tokens are set aside for reasoning, where it is known how many may be."""
    if not budget.max and not budget.min:
        return None
    least = max(_LEAST_BUDGET, int(budget.min or 0))
    return min(least, int(budget.max)) if budget.max else least


def ways(offering: Offering, provider: Provider) -> tuple[Way, ...]:
    """Return the ways to call an offering that are known whole, as its facts order them."""
    headers = provider.headers
    if offering.headers:
        own = {header.name for header in offering.headers}
        headers = (*offering.headers, *[header for header in headers if header.name not in own])
    return _ways(
        offering.base_url or provider.base_url,
        offering.endpoints or provider.endpoints,
        headers,
        provider.credentials,
        responses_only=(offering.sdk or provider.sdk).shape == "responses",
        is_keyless=provider.needs_key is False,
    )


@lru_cache(maxsize=4096)
def _ways(  # noqa: PLR0913  # the facts of a way, which most offerings of a provider share
    base_url: str | None,
    endpoints: tuple[Endpoint, ...],
    headers: tuple[Header, ...],
    credentials: tuple[Credential, ...],
    *,
    responses_only: bool,
    is_keyless: bool,
) -> tuple[Way, ...]:
    found = []
    for endpoint in endpoints:
        url = address(base_url, endpoint)
        if url is None or endpoint.method != "POST" or "stream" in url.lower():
            continue
        if responses_only and (endpoint.protocol, endpoint.operation) == (Protocol.OPENAI, Operation.CHAT):
            continue
        arrives = access(url, endpoint.protocol, credentials, headers, is_keyless=is_keyless)
        if arrives:
            found.append(Way(protocol=endpoint.protocol, operation=endpoint.operation, access=arrives))
    return tuple(found)
