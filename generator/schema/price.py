"""Prices: exact decimals in one currency, per one million tokens unless the name says otherwise."""

from enum import StrEnum

from pydantic import Field, model_validator

from generator.schema.values import Count, Currency, Line, Money, Parameter, PartialDate, Record, Share

__all__ = ["Billing", "Mode", "Operations", "Price", "Rates", "Tier", "UnitPrice"]


class Rates(Record):
    """Prices per one million tokens. A rate that is left out is not known; `0` is a price of zero."""

    input: Money | None = None
    """Text sent."""
    output: Money | None = None
    """Text received."""
    reasoning: Money | None = None
    """Reasoning, where it is billed apart from output."""
    cache_read: Money | None = None
    """Input found in the provider's cache."""
    cache_write: Money | None = None
    """Input written to the provider's cache, for its standard lifetime."""
    cache_write_1h: Money | None = None
    """Input written to the provider's cache for an hour."""
    input_audio: Money | None = None
    """Audio sent, counted in tokens."""
    output_audio: Money | None = None
    """Audio received, counted in tokens."""
    cache_read_audio: Money | None = None
    """Audio found in the cache."""
    input_image: Money | None = None
    """Images sent, counted in tokens."""
    output_image: Money | None = None
    """Images received, counted in tokens."""
    input_video: Money | None = None
    """Video sent, counted in tokens."""
    output_video: Money | None = None
    """Video received, counted in tokens."""


_RATES = frozenset(Rates.model_fields)


class Tier(Rates):
    """Rates that hold from a size of the request upwards. A rate that is left out stays as in the base price."""

    above: Count
    """The tier holds for requests with more than this many tokens of context."""
    name: Line | None = None
    """What the provider calls it."""


class Operations(Record):
    """Prices for one operation."""

    request: Money | None = None
    """One request."""
    image_input: Money | None = None
    """One image sent."""
    image_output: Money | None = None
    """One image made."""
    audio_input: Money | None = None
    """One minute of audio sent."""
    audio_output: Money | None = None
    """One minute of audio made."""
    video_input: Money | None = None
    """One minute of video sent."""
    video_output: Money | None = None
    """One second of video made."""
    web_search: Money | None = None
    """One search of the web."""
    function_call: Money | None = None
    """One function call."""
    tool_use: Money | None = None
    """One use of a tool."""


class UnitPrice(Record):
    """A price in a unit of its own, where neither tokens nor the named operations fit."""

    name: Line
    """What is paid for."""
    amount: Money
    """How much for `per`."""
    per: Line
    """The unit: `1K characters`, `page`, `1024x1024 image`."""


class Billing(StrEnum):
    """How use is paid."""

    METERED = "metered"
    FREE = "free"
    PLAN = "plan"


class Price(Rates):
    """What an offering costs."""

    currency: Currency = "USD"
    """ISO 4217 code."""
    billing: Billing = Billing.METERED
    """`free` when use costs nothing, `plan` when a subscription includes it. A price of 0 alone says neither."""
    batch_discount: Share | None = None
    """Part of the price that a batch request saves: 0.5 is half."""
    operations: Operations = Operations()
    """Prices for one operation."""
    units: tuple[UnitPrice, ...] = ()
    """Prices in other units."""
    tiers: tuple[Tier, ...] = ()
    """Rates for larger requests, smallest threshold first."""
    effective_from: PartialDate | None = None
    """The first day on which it holds."""
    effective_until: PartialDate | None = None
    """The day on which it stops."""
    note: Line | None = None
    """What has to be known to read it rightly."""

    @model_validator(mode="after")
    def _tiers_in_order(self) -> "Price":
        sizes = [tier.above for tier in self.tiers]
        if sizes and sizes != sorted(set(sizes)):
            raise ValueError("tiers have to stand in order of `above`, each once")
        return self

    @property
    def rates(self) -> dict[str, Money]:
        """The stated rates per million tokens, in the order of the schema."""
        return {name: value for name, value in vars(self).items() if value is not None and name in _RATES}


class Mode(Record):
    """Another way to have the same offering served: faster, in a batch, with priority."""

    description: Line | None = None
    """What it changes."""
    price: Price | None = None
    """What it costs; not known when left out."""
    body: dict[str, Parameter] = {}
    """What a request has to carry to ask for it."""
    headers: dict[str, Line] = Field(default_factory=dict)
    """Headers that a request has to carry."""
