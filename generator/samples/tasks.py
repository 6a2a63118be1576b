"""What an offering does -> which samples it wants, and the ways in which it can be called."""

from dataclasses import dataclass
from functools import lru_cache

from generator.samples.access import Access, access, address
from generator.samples.shapes import Setting, Task
from generator.schema import Credential, Endpoint, Header, Modality, Offering, Operation, Protocol, Provider

__all__ = ["Way", "setting", "tasks", "ways"]

_VOICES = {"openai": "alloy", "google": "Kore"}
"""A voice of each author's speech models that the author's documentation uses first."""

_LEAST_BUDGET = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One endpoint with all that a request to it needs."""

    protocol: Protocol
    operation: Operation
    access: Access


def tasks(offering: Offering) -> tuple[Task, ...]:
    """Return what an offering does, as far as its facts say, the plainest first."""
    given, made = offering.modalities.input, offering.modalities.output
    if made and Modality.TEXT not in made:
        kinds = {Modality.EMBEDDING: Task.EMBEDDINGS, Modality.IMAGE: Task.IMAGES, Modality.AUDIO: Task.SPEECH}
        return tuple(task for kind, task in kinds.items() if kind in made)
    if not made:
        return ()
    if Modality.AUDIO in given and Modality.TEXT not in given:
        return (Task.TRANSCRIPTION,)
    known = offering.capabilities
    wanted = {
        Task.CHAT: True,
        Task.VISION: Modality.IMAGE in given,
        Task.TOOLS: known.tools or known.tool_calls,
        Task.REASONING: known.reasoning,
    }
    return tuple(task for task, is_wanted in wanted.items() if is_wanted)


def setting(offering: Offering) -> Setting:
    """Return what of its facts goes into requests."""
    about = offering.reasoning
    levels = [level for level in about.effort.levels if level not in ("none", "null")] if about.effort else []
    budget = None
    if about.budget and (about.budget.max or about.budget.min):
        least = max(_LEAST_BUDGET, int(about.budget.min or 0))
        budget = min(least, int(about.budget.max)) if about.budget.max else least
    author = offering.model.partition("/")[0] if offering.model else next(iter(offering.authors), "")
    return Setting(
        effort=next((level for level in ("low", "medium", "high") if level in levels), next(iter(levels), None)),
        budget=budget,
        voice=_VOICES.get(author),
    )


def ways(offering: Offering, provider: Provider) -> tuple[Way, ...]:
    """Return the ways to call an offering that are known whole, as its facts order them."""
    own = {header.name for header in offering.headers}
    return _ways(
        offering.base_url or provider.base_url,
        offering.endpoints or provider.endpoints,
        (*offering.headers, *(header for header in provider.headers if header.name not in own)),
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
