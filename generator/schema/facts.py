"""Facts that a model's definition and an offering of it may both state: what goes in and out, abilities, limits."""

from enum import StrEnum
from typing import Literal

from pydantic import model_validator

from generator.schema.values import Count, Flag, Line, Number, Record, Slug, Text, Url

__all__ = [
    "Architecture",
    "Attachments",
    "Capabilities",
    "Generation",
    "Levels",
    "Limits",
    "Modalities",
    "Modality",
    "Range",
    "Reasoning",
    "Response",
    "Status",
    "Tools",
    "WebSearch",
]


class Modality(StrEnum):
    """What goes into a model or comes out of it."""

    TEXT = "text"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    PDF = "pdf"
    EMBEDDING = "embedding"


class Status(StrEnum):
    """Where a model or an offering is in its life."""

    ALPHA = "alpha"
    BETA = "beta"
    PREVIEW = "preview"
    ACTIVE = "active"
    DEPRECATED = "deprecated"
    RETIRED = "retired"


class Modalities(Record):
    """What goes in and what comes out."""

    input: tuple[Modality, ...] = ()
    """What can be sent, in the order the source gives it."""
    output: tuple[Modality, ...] = ()
    """What comes back."""

    @model_validator(mode="after")
    def _distinct(self) -> "Modalities":
        for name, words in vars(self).items():
            if len(words) > 1 and len(set(words)) != len(words):
                raise ValueError(f"`{name}` names a modality twice")
        return self


class Capabilities(Record):
    """What can be asked for. Each is true, false or, when left out, not known."""

    tool_calls: Flag | None = None
    """Can invoke and call tools in responses."""
    tools: Flag | None = None
    """Accepts tool definitions in requests."""
    tool_choice: Flag | None = None
    """Supports tool choice strategies (auto, none, required)."""
    web_search: Flag | None = None
    """Can search the web."""
    attachments: Flag | None = None
    """Accepts file attachments."""
    reasoning: Flag | None = None
    """Reasons before it answers."""
    reasoning_effort: Flag | None = None
    """The intensity of reasoning can be set."""
    reasoning_tokens: Flag | None = None
    """A number of tokens can be set aside for reasoning."""
    include_reasoning: Flag | None = None
    """The reasoning can be included in the response."""
    verbosity: Flag | None = None
    """The length of answers can be controlled."""
    temperature: Flag | None = None
    """Temperature sampling control."""
    top_p: Flag | None = None
    """Nucleus sampling (top-p)."""
    top_k: Flag | None = None
    """Top-k sampling."""
    top_a: Flag | None = None
    """Top-a sampling threshold."""
    min_p: Flag | None = None
    """Minimum probability threshold."""
    typical_p: Flag | None = None
    """Typical sampling."""
    tfs: Flag | None = None
    """Tail free sampling."""
    max_tokens: Flag | None = None
    """Maximum token limit."""
    max_output_tokens: Flag | None = None
    """Output token limit."""
    stop: Flag | None = None
    """Stop sequences."""
    stop_token_ids: Flag | None = None
    """Numeric stop token ids."""
    frequency_penalty: Flag | None = None
    """Frequency penalty."""
    presence_penalty: Flag | None = None
    """Presence penalty."""
    repetition_penalty: Flag | None = None
    """Repetition penalty."""
    no_repeat_ngram_size: Flag | None = None
    """N-gram repetition blocking."""
    length_penalty: Flag | None = None
    """Length penalty."""
    logit_bias: Flag | None = None
    """Token-level bias adjustment."""
    bad_words: Flag | None = None
    """Disallowed tokens."""
    allowed_tokens: Flag | None = None
    """Token allow-list."""
    seed: Flag | None = None
    """Deterministic seeding."""
    logprobs: Flag | None = None
    """Log probabilities."""
    top_logprobs: Flag | None = None
    """Top N log probabilities."""
    echo: Flag | None = None
    """Echoes the prompt with the completion."""
    n: Flag | None = None
    """Several candidates in one request."""
    best_of: Flag | None = None
    """Server-side sampling of the best candidate."""
    mirostat: Flag | None = None
    """Mirostat sampling."""
    mirostat_tau: Flag | None = None
    """Mirostat tau parameter."""
    mirostat_eta: Flag | None = None
    """Mirostat eta parameter."""
    contrastive_search_penalty_alpha: Flag | None = None
    """Contrastive decoding."""
    num_beams: Flag | None = None
    """Beam search."""
    early_stopping: Flag | None = None
    """Early stopping in beam search."""
    diversity_penalty: Flag | None = None
    """Diversity penalty in beam search."""
    format_response: Flag | None = None
    """Alternative response formats."""
    structured_outputs: Flag | None = None
    """Answers that follow a JSON schema."""
    streaming: Flag | None = None
    """Streams the response."""


class Limits(Record):
    """How much goes in and comes out, in tokens unless the name says otherwise."""

    context: Count | None = None
    """Context window: input and output together."""
    input: Count | None = None
    """The most input tokens."""
    output: Count | None = None
    """The most output tokens."""
    requests_per_minute: Count | None = None
    """Requests per minute on the provider's standard terms."""
    tokens_per_minute: Count | None = None
    """Tokens per minute on the provider's standard terms."""
    images_per_request: Count | None = None
    """The most images in one request."""
    embedding_dimensions: Count | None = None
    """Length of the vectors that come out."""


class Range(Record):
    """The numbers that a parameter may take."""

    min: Number | None = None
    """The least."""
    max: Number | None = None
    """The most."""
    default: Number | None = None
    """What is used when nothing is sent."""

    @model_validator(mode="after")
    def _ordered(self) -> "Range":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min ({self.min}) is more than max ({self.max})")
        return self


class Generation(Record):
    """The ranges and defaults of generation parameters, as far as the source states them."""

    temperature: Range | None = None
    """Randomness of sampling."""
    top_p: Range | None = None
    """Part of the probability mass that is sampled from."""
    top_k: Range | None = None
    """Number of most likely tokens that are sampled from."""
    top_a: Range | None = None
    """Threshold relative to the most likely token, squared."""
    min_p: Range | None = None
    """Threshold relative to the most likely token."""
    typical_p: Range | None = None
    """Part of the mass of typical tokens that is sampled from."""
    tfs: Range | None = None
    """Tail free sampling."""
    max_tokens: Range | None = None
    """The most tokens of an answer."""
    max_output_tokens: Range | None = None
    """The most tokens that come out, reasoning included."""
    frequency_penalty: Range | None = None
    """Penalty that grows with each use of a token."""
    presence_penalty: Range | None = None
    """Penalty for a token that was used."""
    repetition_penalty: Range | None = None
    """Factor by which used tokens become less likely."""
    length_penalty: Range | None = None
    """Preference for longer or shorter answers in beam search."""
    diversity_penalty: Range | None = None
    """Penalty for beams that are alike."""
    no_repeat_ngram_size: Range | None = None
    """Length of the sequences that may not come twice."""
    n: Range | None = None
    """Candidates in one request."""
    best_of: Range | None = None
    """Candidates of which the best is returned."""
    num_beams: Range | None = None
    """Beams of beam search."""
    mirostat_tau: Range | None = None
    """Target surprise of Mirostat."""
    mirostat_eta: Range | None = None
    """Learning rate of Mirostat."""
    contrastive_search_penalty_alpha: Range | None = None
    """Penalty of contrastive search."""
    top_logprobs: Range | None = None
    """Most likely tokens whose probability is returned."""


class Levels(Record):
    """Named steps of a control, lowest first."""

    levels: tuple[Line, ...] = ()
    """The words that may be sent."""
    default: Line | None = None
    """What is used when nothing is sent."""


class Reasoning(Record):
    """How reasoning is controlled."""

    toggle: Flag | None = None
    """Reasoning can be switched on and off."""
    effort: Levels | None = None
    """Named levels of effort."""
    budget: Range | None = None
    """How many tokens may be set aside for reasoning."""
    field: Line | None = None
    """The field of a response that carries the reasoning between turns."""


class Attachments(Record):
    """Files that can be sent along."""

    mime_types: tuple[Line, ...] = ()
    """Media types that are accepted."""
    max_file_size: Count | None = None
    """The largest file, in bytes."""
    max_files: Count | None = None
    """The most files in one request."""


class WebSearch(Record):
    """How web search is controlled."""

    max_results: Count | None = None
    """The most results that are read."""
    context_sizes: tuple[Line, ...] = ()
    """The sizes of search context that may be asked for."""
    default_context_size: Line | None = None
    """The size used when nothing is sent."""


class Tools(Record):
    """How tools are offered and chosen."""

    choices: tuple[Slug, ...] = ()
    """Tool choice strategies: auto, none, required."""
    web_search: WebSearch | None = None
    """Web search, when it can be tuned."""


class Response(Record):
    """How responses are delivered."""

    protocols: tuple[Line, ...] = ()
    """http, grpc, websocket."""
    streaming: tuple[Line, ...] = ()
    """sse, websocket, chunked."""
    formats: tuple[Line, ...] = ()
    """text, json, json_schema and the like."""


class Architecture(Record):
    """How the model is built, as far as its author says."""

    parameters: Line | None = None
    """Number of parameters as its author writes it: `70B`, `8x7B`."""
    active_parameters: Line | None = None
    """Parameters used for each token, for mixtures of experts."""
    type: (
        Literal["transformer", "moe", "cnn", "rnn", "lstm", "gru", "vae", "gan", "diffusion", "ssm", "hybrid"] | None
    ) = None
    """The kind of network."""
    tokenizer: Line | None = None
    """Name of the tokenizer."""
    precision: Line | None = None
    """Numeric precision of the published weights."""
    quantization: Line | None = None
    """Quantization of what is served or published."""
    fine_tuned: Flag | None = None
    """Whether it was tuned from another model."""
    base_model: Line | None = None
    """Name of the model it was tuned from."""
    description: Text | None = None
    """Anything else that is known about it."""
    paper: Url | None = None
    """Where it is described."""
