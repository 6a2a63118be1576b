"""The four things a catalog is made of: authors, models, providers and offerings."""

from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, Field, Strict

from generator.schema.facts import (
    Architecture,
    Attachments,
    Capabilities,
    Generation,
    Levels,
    Limits,
    Modalities,
    Reasoning,
    Response,
    Status,
    Tools,
)
from generator.schema.internal import Internal
from generator.schema.links import Benchmark, Link, Policies, Weights
from generator.schema.metrics import Metrics
from generator.schema.price import Mode, Price
from generator.schema.service import Credential, Endpoint, Header, Sdk
from generator.schema.values import (
    AuthorId,
    Day,
    Flag,
    Line,
    ModelRef,
    OfferingId,
    PartialDate,
    Record,
    Slug,
    Text,
    Url,
    UrlTemplate,
)

__all__ = ["Author", "AuthorKind", "Facts", "FreePage", "Lineage", "Model", "Offering", "Provider"]

Extensions = dict[str, Any]
"""Facts of the source that the schema has no place for, by the name of the source."""


class AuthorKind(StrEnum):
    """What an author is; the groups of the authors page."""

    COMPANY = "company"
    STARTUP = "startup"
    RESEARCH = "research"
    COMMUNITY = "community"


class Author(Record):
    """Who made a model: a lab, an organisation, a person."""

    id: AuthorId
    """Name of the folder."""
    name: Line
    """Name as the author writes it."""
    aliases: tuple[Slug, ...] = ()
    """Other ids under which sources know the author."""
    description: Text | None = None
    """One or two sentences."""
    kind: AuthorKind | None = None
    """company, startup, research or community."""
    headquarters: Line | None = None
    """City and country."""
    founded: PartialDate | None = None
    """When it began."""
    website: Url | None = None
    """Home page."""
    github: Url | None = None
    """Page on GitHub."""
    huggingface: Url | None = None
    """Page on Hugging Face."""
    twitter: Url | None = None
    """Page on X, once Twitter."""
    links: tuple[Link, ...] = ()
    """Other places to read on."""
    logo: Line | None = None
    """File name of a logo beside the source file; found by itself when it is `logo.svg`."""
    tags: tuple[Slug, ...] = ()
    """Words to find it by."""
    prose: str = ""
    """The text below the front matter, in Markdown."""
    extensions: Extensions = Field(default_factory=dict)
    """Facts of a source that have no place of their own, by the name of the source."""


class Lineage(Record):
    """Where a model comes from."""

    root: ModelRef | None = None
    """The first model of the line."""
    parent: ModelRef | None = None
    """The model it was made from."""
    relation: Line | None = None
    """How it was made from its parent: fine-tune, distillation, merge, quantization, snapshot."""


class Facts(Record):
    """What both a model's definition and an offering of it may state."""

    name: Line | None = None
    """Name for people; the id stands in when it is left out."""
    description: Text | None = None
    """One or two sentences, as plain text or simple Markdown."""
    family: Line | None = None
    """The family it belongs to: `gemini-flash`, `llama`."""
    status: Status | None = None
    """alpha, beta, preview, active, deprecated or retired."""
    released: PartialDate | None = None
    """When it could first be used."""
    updated: PartialDate | None = None
    """When it last changed."""
    knowledge: PartialDate | None = None
    """Up to when its training data reaches."""
    deprecated: PartialDate | None = None
    """When its end was announced, or is to be."""
    retires: PartialDate | None = None
    """When it stops working."""
    successor: ModelRef | None = None
    """The model to use instead."""
    open_weights: Flag | None = None
    """Whether the weights can be downloaded."""
    modalities: Modalities = Modalities()
    """What goes in and what comes out."""
    capabilities: Capabilities = Capabilities()
    """What can be asked for."""
    limits: Limits = Limits()
    """How much goes in and comes out."""
    generation: Generation = Generation()
    """Ranges and defaults of the parameters of generation."""
    reasoning: Reasoning = Reasoning()
    """How reasoning is controlled."""
    verbosity: Levels = Levels()
    """How the length of answers is controlled."""
    attachments: Attachments = Attachments()
    """Files that can be sent along."""
    tools: Tools = Tools()
    """How tools are offered and chosen."""
    response: Response = Response()
    """How answers are delivered."""
    architecture: Architecture = Architecture()
    """How the model is built."""
    tags: tuple[Slug, ...] = ()
    """Words to find it by: coding, math, chat."""
    created_at: Line | None = None
    """When the record was made, as the source writes it."""
    updated_at: Line | None = None
    """When the record last changed, as the source writes it."""
    internal: Internal = Internal()
    """What an organisation says about its own use of it; never taken over from a model to its offerings."""
    extensions: Extensions = Field(default_factory=dict)
    """Facts of a source that have no place of their own, by the name of the source."""


class Model(Facts):
    """A model as its author defines it, whoever serves it."""

    id: ModelRef
    """`author/model`: the folder of the author and the name of the file."""
    authors: tuple[AuthorId, ...] = ()
    """Other authors who took part."""
    aliases: tuple[ModelRef, ...] = ()
    """Other ids under which sources know the model."""
    lineage: Lineage = Lineage()
    """Where it comes from."""
    license: Line | None = None
    """SPDX id or name of the licence."""
    links: tuple[Link, ...] = ()
    """Announcement, documentation, model card, paper."""
    weights: tuple[Weights, ...] = ()
    """Where the weights can be had."""
    benchmarks: tuple[Benchmark, ...] = ()
    """Results, each with where it comes from."""
    use_cases: tuple[Line, ...] = ()
    """What it is good for, as its author or the catalog's editors say."""
    prompts: tuple[Line, ...] = ()
    """Prompts to try."""
    prose: str = ""
    """The text below the front matter, in Markdown."""

    @property
    def author(self) -> str:
        """The id of the author."""
        return self.id.partition("/")[0]

    @property
    def slug(self) -> str:
        """The id without the author."""
        return self.id.partition("/")[2]

    @property
    def title(self) -> str:
        """The name, or the id where there is none."""
        return self.name or self.slug


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise ValueError("names one thing twice")
    return names


class Provider(Record):
    """Who serves models over an API."""

    id: Slug
    """Name of the folder."""
    name: Line
    """Name as the provider writes it."""
    aliases: tuple[Slug, ...] = ()
    """Other ids under which sources know the provider."""
    description: Text | None = None
    """One or two sentences."""
    headquarters: Line | None = None
    """City and country."""
    regions: Annotated[tuple[Slug, ...], AfterValidator(_distinct)] = ()
    """Where requests can be served: `us`, `eu`, or the provider's own names."""
    website: Url | None = None
    """Home page."""
    docs: Url | None = None
    """Documentation of the API."""
    models_page: Url | None = None
    """The provider's own list of models."""
    pricing_page: Url | None = None
    """The provider's own list of prices."""
    status_page: Url | None = None
    """Where outages are told."""
    console: Url | None = None
    """Where keys are made."""
    playground: Url | None = None
    """Where models can be tried in a browser."""
    support: Url | None = None
    """Where help can be had."""
    links: tuple[Link, ...] = ()
    """Other places to read on."""
    logo: Line | None = None
    """File name of a logo beside the source file; found by itself when it is `logo.svg`."""
    base_url: UrlTemplate | None = None
    """What every endpoint's path is appended to."""
    endpoints: tuple[Endpoint, ...] = ()
    """How to call it, by protocol."""
    credentials: tuple[Credential, ...] = ()
    """What a request needs to be let in; the first is the usual key. An empty list says that nothing is needed."""
    headers: tuple[Header, ...] = ()
    """Headers that requests may or have to carry."""
    sdk: Sdk = Sdk()
    """Packages that speak to it."""
    free_tier: Flag | None = None
    """Whether it can be tried for nothing."""
    key_required: Flag | None = None
    """Whether a key is needed."""
    policies: Policies = Policies()
    """Privacy, retention, moderation."""
    routing: Text | None = None
    """How requests reach models, for providers that pass them on."""
    tags: tuple[Slug, ...] = ()
    """Words to find it by."""
    checked: Day | None = None
    """The day on which the facts of its offerings were taken from their source."""
    source: Url | None = None
    """Where the facts were taken from."""
    internal: Internal = Internal()
    """What an organisation says about its own use of it."""
    prose: str = ""
    """The text below the front matter, in Markdown."""
    extensions: Extensions = Field(default_factory=dict)
    """Facts of a source that have no place of their own, by the name of the source."""

    @property
    def needs_key(self) -> bool | None:
        """Whether a key is needed, as far as the facts say."""
        if self.key_required is not None:
            return self.key_required
        if "credentials" in self.model_fields_set:
            return any(credential.required is not False for credential in self.credentials)
        return None


class Offering(Facts):
    """One provider serving one thing under its own exact id."""

    id: OfferingId
    """The id that a request has to name. Given by the path of the file unless the file says it."""
    provider: Slug
    """The folder of the provider."""
    model: ModelRef | None = None
    """The model that is served; left out when it has no definition in the catalog."""
    authors: tuple[AuthorId, ...] = ()
    """Who made it, for an offering without a definition."""
    price: Price | None = None
    """What it costs now; not known when left out."""
    prices: tuple[Price, ...] = ()
    """What it cost before and what it is announced to cost, with dates."""
    modes: dict[Slug, Mode] = Field(default_factory=dict)
    """Other ways to have it served: fast, batch, priority."""
    regions: Annotated[tuple[Slug, ...], AfterValidator(_distinct)] = ()
    """Where it is served, when not in all regions of the provider."""
    base_url: UrlTemplate | None = None
    """Where this offering is called, when not as the provider's others."""
    endpoints: tuple[Endpoint, ...] = ()
    """How to call it, when not as the provider's others."""
    sdk: Sdk = Sdk()
    """Packages that speak to it, when not as the provider's others."""
    headers: tuple[Header, ...] = ()
    """Headers that requests may or have to carry, besides the provider's."""
    notes: tuple[Line, ...] = ()
    """What a user has to know."""
    checked: Day | None = None
    """The day on which the facts were taken from their source."""
    source: Url | None = None
    """Where the facts were taken from."""
    metrics: Metrics = Metrics()
    """What was measured and counted; usually in a file of its own below `metrics/`."""

    @property
    def key(self) -> tuple[str, str]:
        """What makes it one of a kind: provider id and exact model id."""
        return self.provider, self.id

    @property
    def title(self) -> str:
        """The name, or the exact id where there is none."""
        return self.name or self.id


class FreePage(Record):
    """A page of the site's owner: front matter and Markdown."""

    name: Slug
    """Name of the file without `.md`."""
    title: Line
    """Title of the page and its label in the navigation."""
    description: Line | None = None
    """One sentence for lists and search engines."""
    order: Annotated[int, Strict()] = 100
    """Place among the free pages, smallest first."""
    navigation: Flag = True
    """Whether the navigation leads to it; a page that another one leads to need not stand there."""
    prose: str = ""
    """The text below the front matter, in Markdown."""
