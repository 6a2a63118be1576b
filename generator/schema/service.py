"""How a provider is called: protocols, addresses, keys, headers, packages."""

from enum import StrEnum
from typing import Literal

from generator.schema.values import Flag, Line, Record, Text, UrlTemplate

__all__ = ["Credential", "Endpoint", "Header", "Operation", "Protocol", "Sdk"]


class Protocol(StrEnum):
    """The wire format that an endpoint speaks."""

    OPENAI = "openai"
    ANTHROPIC = "anthropic"
    GOOGLE = "google"
    BEDROCK = "bedrock"
    COHERE = "cohere"
    MISTRAL = "mistral"
    OLLAMA = "ollama"
    NATIVE = "native"


class Operation(StrEnum):
    """What an endpoint does."""

    CHAT = "chat"
    RESPONSES = "responses"
    MESSAGES = "messages"
    COMPLETIONS = "completions"
    GENERATE = "generate"
    COUNT_TOKENS = "count_tokens"
    EMBEDDINGS = "embeddings"
    IMAGES = "images"
    SPEECH = "speech"
    TRANSCRIPTION = "transcription"
    VIDEOS = "videos"
    RERANK = "rerank"
    MODERATION = "moderation"
    MODELS = "models"
    HEALTH = "health"
    OTHER = "other"


class Endpoint(Record):
    """One address and what it does."""

    operation: Operation
    """What it does."""
    protocol: Protocol = Protocol.NATIVE
    """The wire format that it speaks."""
    path: Line | None = None
    """Appended to the base URL; `{model}` stands for the exact model id."""
    url: UrlTemplate | None = None
    """The whole address, where it does not start with the base URL."""
    method: Literal["GET", "POST", "PUT", "DELETE", "WS"] = "POST"
    """HTTP method, WS for a WebSocket."""
    label: Line | None = None
    """What the provider calls it."""
    docs: UrlTemplate | None = None
    """Where it is documented."""


class Credential(Record):
    """Something secret or personal that a request needs."""

    env: Line
    """The environment variable that tools look for."""
    required: Flag | None = None
    """Whether requests fail without it."""
    description: Line | None = None
    """What it is and where to get it."""
    pattern: Line | None = None
    """What a key looks like, as a regular expression."""
    header: Line | None = None
    """The header that carries it."""
    scheme: Line | None = None
    """The word before it in the header: Bearer, Basic."""
    query: Line | None = None
    """The query parameter that carries it, where no header does."""
    default: Line | None = None
    """What is used when it is not set, for settings that are no secret."""


class Header(Record):
    """A header that requests may or have to carry."""

    name: Line
    """Its name."""
    value: Line
    """Its value, or a placeholder in angle brackets."""
    required: Flag | None = None
    """Whether requests fail without it."""
    description: Text | None = None
    """What it does."""


class Sdk(Record):
    """Packages that speak to a provider."""

    npm: Line | None = None
    """Package of the AI SDK for JavaScript."""
    python: Line | None = None
    """Package on PyPI."""
    shape: Line | None = None
    """Which of its protocols the package has to use: responses, completions."""
    api: UrlTemplate | None = None
    """Base URL to hand to the package."""
