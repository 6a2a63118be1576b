"""A provider that speaks every protocol, and an offering for each thing that samples show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from generator.samples import Example, Task, code_for
from generator.schema import Offering, Protocol, Provider

HOST = "https://api.example.com"

# What has to reach the server as it is, whatever the language: quotes, expansions, braces, comments, other alphabets.
HOSTILE_IDS = (
    "plain-1.0",
    'we\'re/"odd":$(id)`id`${HOME}',
    "{{x}}/{% raw %}/{# y #}",
    "@cf/a@b:c-0!!",
    "*/x ?> <?php # --",
    "日本/é😀",
    "</script><b>&amp;",
    "%s%d%%/%2e%2e/a+b=c;d&e|f>g",
    "'''/\"\"\"/```",
    "-o/etc/x",
)

PATHS: Mapping[tuple[str, str], str] = {
    ("openai", "chat"): "/v1/chat/completions",
    ("openai", "responses"): "/v1/responses",
    ("openai", "embeddings"): "/v1/embeddings",
    ("openai", "images"): "/v1/images/generations",
    ("openai", "speech"): "/v1/audio/speech",
    ("openai", "transcription"): "/v1/audio/transcriptions",
    ("anthropic", "messages"): "/anthropic/v1/messages",
    ("google", "generate"): "/v1beta/models/{model}:generateContent",
    ("google", "embeddings"): "/v1beta/models/{model}:embedContent",
    ("cohere", "chat"): "/v2/chat",
    ("cohere", "embeddings"): "/v2/embed",
    ("bedrock", "chat"): "/model/{model}/converse",
    ("ollama", "chat"): "/api/chat",
}

KEY = {"env": "EXAMPLE_API_KEY", "header": "Authorization", "scheme": "Bearer"}

TALKS: Mapping[str, Any] = {
    "model": "acme/sun",
    "modalities": {"input": ["text", "image"], "output": ["text"]},
    "capabilities": {"tools": True, "reasoning": True},
    "reasoning": {"effort": {"levels": ["none", "low", "high"]}, "budget": {"min": 0, "max": 8192}},
}
EMBEDS: Mapping[str, Any] = {"modalities": {"input": ["text"], "output": ["embedding"]}}
DRAWS: Mapping[str, Any] = {"modalities": {"input": ["text"], "output": ["image"]}}
SPEAKS: Mapping[str, Any] = {"modalities": {"input": ["text"], "output": ["audio"]}, "model": "openai/tts"}
SPEAKS_TOO: Mapping[str, Any] = {"modalities": {"input": ["text"], "output": ["audio"]}, "model": "google/tts"}
HEARS: Mapping[str, Any] = {"modalities": {"input": ["audio"], "output": ["text"]}}

# Everything that samples show: protocol, operation, facts.
EVERYTHING: tuple[tuple[str, str, Mapping[str, Any]], ...] = (
    *((protocol, operation, TALKS) for protocol, operation in PATHS if operation in ("chat", "responses", "messages")),
    ("google", "generate", TALKS),
    *((protocol, "embeddings", EMBEDS) for protocol in ("openai", "google", "cohere")),
    ("openai", "images", DRAWS),
    ("openai", "speech", SPEAKS),
    ("google", "generate", SPEAKS_TOO),
    ("openai", "transcription", HEARS),
)


def written(example: Example) -> dict[str, str]:
    """Return the text of an example's samples, by language."""
    return {sample.language: example.text(sample.text) for sample in example.code.samples}


def provider(*ways: tuple[str, str], host: str = HOST, **facts: Any) -> Provider:
    """Return a provider that speaks these protocols."""
    endpoints = [{"protocol": protocol, "operation": work, "path": PATHS[protocol, work]} for protocol, work in ways]
    return Provider.model_validate(
        {"id": "big", "name": "Big", "base_url": host, "endpoints": endpoints, "credentials": [KEY], **facts}
    )


def offering(facts: Mapping[str, Any], name: str = "sun-1") -> Offering:
    """Return an offering of that provider."""
    return Offering.model_validate({"id": name, "provider": "big", **facts})


def every_example(names: Iterable[str], host: str = HOST, **facts: Any) -> list[tuple[str, Example]]:
    """Return every thing that samples show, for each of these ids."""
    return [
        (name, example)
        for name in names
        for protocol, work, said in EVERYTHING
        for example in code_for(offering(said, name), provider((protocol, work), host=host, **facts))
    ]


def shown(*examples: Example) -> list[tuple[Protocol, Task]]:
    """Return what examples are about."""
    return [(example.code.protocol, example.code.task) for example in examples]
