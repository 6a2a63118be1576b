"""Where to read on, where weights are, how a model scored, and what a provider does with data."""

from decimal import Decimal
from enum import StrEnum

from generator.schema.values import Count, Flag, Line, PartialDate, Record, Score, Text, Url

__all__ = ["Benchmark", "Link", "LinkKind", "Policies", "RetentionKind", "Weights"]


class LinkKind(StrEnum):
    """What is behind a link."""

    ANNOUNCEMENT = "announcement"
    BLOG = "blog"
    DOCS = "docs"
    LICENSE = "license"
    MODEL_CARD = "model_card"
    PAPER = "paper"
    WEIGHTS = "weights"
    TERMS = "terms"
    REPOSITORY = "repository"
    OTHER = "other"


class Link(Record):
    """A place to read on."""

    url: Url
    """Its address."""
    label: Line | None = None
    """What to call it; its kind stands in when left out."""
    kind: LinkKind = LinkKind.OTHER
    """What is behind it."""


class Weights(Record):
    """A place where weights can be had."""

    url: Url
    """Its address."""
    label: Line | None = None
    """What to call it."""
    format: Line | None = None
    """safetensors, gguf and the like."""
    quantization: Line | None = None
    """How the numbers were shortened: Q4_K_M, AWQ."""


class Benchmark(Record):
    """One result."""

    name: Line
    """Name of the benchmark."""
    score: Score
    """A number, or the source's words."""
    metric: Line | None = None
    """What the number counts: accuracy, pass@1, Elo."""
    harness: Line | None = None
    """What ran the benchmark."""
    variant: Line | None = None
    """How the model was set: effort, tools, turns."""
    dataset: Line | None = None
    """The part of the benchmark, or the data, that was used."""
    version: Line | None = None
    """Version of the benchmark."""
    source: Url | None = None
    """Where the result was published."""
    date: PartialDate | None = None
    """When it was measured or published."""

    @property
    def number(self) -> Decimal | None:
        """The score as a number, where it is one."""
        return self.score if isinstance(self.score, Decimal) else None


class RetentionKind(StrEnum):
    """For how long a provider keeps what is sent."""

    FIXED = "fixed"
    NONE = "none"
    INDEFINITE = "indefinite"
    CONDITIONAL = "conditional"


class Policies(Record):
    """What a provider does with data and who watches it."""

    privacy: Url | None = None
    """Privacy policy."""
    terms: Url | None = None
    """Terms of service."""
    retains_data: Flag | None = None
    """Whether what is sent is kept."""
    trains_on_data: Flag | None = None
    """Whether what is sent is used for training."""
    retention: RetentionKind | None = None
    """For how long it is kept: fixed, none, indefinite, conditional."""
    retention_hours: Count | None = None
    """The fixed time, in hours; 0 is deletion at once."""
    retention_details: Text | None = None
    """The provider's own words about it."""
    moderation_required: Flag | None = None
    """Whether users have to moderate content."""
    moderated: Flag | None = None
    """Whether content is moderated."""
    moderator: Line | None = None
    """Who moderates."""
