"""What use costs: single requests and months of them, worked out exactly from the price that holds for their size.

`templates/static/costs.js` follows the same rule for what a reader enters, and a test gives both the same table of
cases. Nothing is taken as zero because it is not known: then there is no cost, and `missing` says what has no price.
"""

from collections.abc import Iterator
from decimal import Decimal, localcontext

from msgspec import Struct

from generator.formats import amount, count
from generator.pages.prices import rate_of
from generator.schema import Billing, Operations, Price, Tier

__all__ = [
    "Bill",
    "Cost",
    "Item",
    "Usage",
    "Use",
    "bill",
    "examples",
    "monthly",
    "request_cost",
    "tier_of",
]

_MILLIONTH = Decimal("0.000001")
_DAYS = 30
_DIGITS = 200
"""More than any sum of prices has: nothing is ever rounded."""
_REQUESTS = (
    ("Short chat", 1_000, 500),
    ("Document summary", 10_000, 1_000),
    ("Questions over documents", 50_000, 2_000),
    ("Code generation", 5_000, 10_000),
)
_VOLUMES = (("Small", 10, 1_500, 750), ("Medium", 100, 2_000, 1_000), ("Large", 1_000, 3_000, 1_500))


class Cost(Struct, frozen=True, kw_only=True):
    """What one request costs."""

    use: str
    input: str
    output: str
    total: str


class Usage(Struct, frozen=True, kw_only=True):
    """What a month costs."""

    tier: str
    volume: str
    tokens: str
    total: str


class Use(Struct, frozen=True, kw_only=True):
    """One request: what goes in and comes out."""

    input: int = 0
    """Tokens sent, with those that the cache holds or takes."""
    cached: int = 0
    """Those of them that are read from the cache."""
    written: int = 0
    """Those of them that are written to the cache."""
    output: int = 0
    """Tokens of the answer."""
    reasoning: int = 0
    """Tokens of the thoughts before it."""
    images: int = 0
    audio: Decimal | int = 0
    """Minutes sent."""
    images_made: int = 0
    audio_made: Decimal | int = 0
    """Minutes made."""
    searches: int = 0
    image_tokens: int = 1_000
    """What an image counts as where it has no price of its own."""
    audio_tokens: int = 1_500
    """What a minute of audio counts as where it has no price of its own."""


class Item(Struct, frozen=True, kw_only=True):
    """One line of a bill."""

    label: str
    quantity: Decimal | int
    rate: Decimal
    per: str
    """The unit of the rate; empty for a million tokens."""
    instead: str
    """The rate that stands in for one that is not stated."""
    amount: Decimal


class Bill(Struct, frozen=True, kw_only=True):
    """What one request costs, line by line."""

    items: tuple[Item, ...]
    total: Decimal | None
    """Nothing where the price of a part is not known."""
    missing: str = ""
    """That part."""


def bill(price: Price, use: Use) -> Bill:
    """Work out one request line by line, in the price's currency, by the tier that its size falls into."""
    operations = price.operations
    images, audio = _as_tokens(operations, use, "images"), _as_tokens(operations, use, "audio")
    tier = tier_of(price, use.input + images + audio)
    items: list[Item] = []
    with localcontext(prec=_DIGITS):
        for label, quantity, names in _metered(use, operations, images, audio):
            if not quantity:
                continue
            rates = ((name, rate_of(price, tier, name)) for name in names)
            name, rate = next(((name, rate) for name, rate in rates if rate is not None), ("", None))
            if rate is None:
                return Bill(items=tuple(items), total=None, missing=label.lower())
            instead = "" if name == names[0] else name
            cost = rate * quantity * _MILLIONTH
            items.append(Item(label=label, quantity=quantity, rate=rate, per="", instead=instead, amount=cost))
        if operations.request is not None:
            items.append(_operation("Request", 1, operations.request, "request"))
        for label, field, name, per in _OPERATIONS:
            quantity, stated = getattr(use, field), getattr(operations, name)
            if quantity and stated is not None:
                items.append(_operation(label, quantity, stated, per))
            elif quantity and field == "searches":
                return Bill(items=tuple(items), total=None, missing=label.lower())
        return Bill(items=tuple(items), total=sum((item.amount for item in items), Decimal(0)))


_OPERATIONS = (
    ("Images", "images", "image_input", "image"),
    ("Audio", "audio", "audio_input", "minute"),
    ("Images made", "images_made", "image_output", "image"),
    ("Audio made", "audio_made", "audio_output", "minute"),
    ("Web searches", "searches", "web_search", "search"),
)
_TOKENS = {
    "images": ("image_input", "image_tokens"),
    "audio": ("audio_input", "audio_tokens"),
    "images_made": ("image_output", "image_tokens"),
    "audio_made": ("audio_output", "audio_tokens"),
}


def _as_tokens(operations: Operations, use: Use, field: str) -> Decimal | int:
    """Return as how many tokens something counts: none where it has a price of its own."""
    operation, tokens = _TOKENS[field]
    if getattr(operations, operation) is not None:
        return 0
    counted: Decimal | int = getattr(use, field) * getattr(use, tokens)
    return counted


def _metered(
    use: Use, operations: Operations, images: Decimal | int, audio: Decimal | int
) -> Iterator[tuple[str, Decimal | int, tuple[str, ...]]]:
    """Yield what is paid by the token, and the rates that it may have: the first that is known holds."""
    yield "Input", max(use.input - use.cached - use.written, 0), ("input",)
    yield "Cache read", use.cached, ("cache_read", "input")
    yield "Cache write", use.written, ("cache_write", "input")
    yield "Image input", images, ("input_image", "input")
    yield "Audio input", audio, ("input_audio", "input")
    yield "Output", use.output, ("output",)
    yield "Reasoning", use.reasoning, ("reasoning", "output")
    yield "Images made", _as_tokens(operations, use, "images_made"), ("output_image",)
    yield "Audio made", _as_tokens(operations, use, "audio_made"), ("output_audio",)


def _operation(label: str, quantity: Decimal | int, rate: Decimal, per: str) -> Item:
    return Item(label=label, quantity=quantity, rate=rate, per=per, instead="", amount=rate * quantity)


def tier_of(price: Price, size: Decimal | int) -> Tier | None:
    """Return the tier that holds for a request of so many tokens; nothing for the base price."""
    reached = None
    for tier in price.tiers:
        if size > tier.above:
            reached = tier
    return reached


def request_cost(price: Price, tokens_in: int, tokens_out: int, *, times: int = 1) -> Decimal | None:
    """Return the cost of so many equal requests of text in the price's currency; nothing without both rates."""
    tier = tier_of(price, tokens_in)
    rate_in, rate_out = rate_of(price, tier, "input"), rate_of(price, tier, "output")
    if rate_in is None or rate_out is None:
        return None
    with localcontext(prec=_DIGITS):
        cost = (rate_in * tokens_in + rate_out * tokens_out) * _MILLIONTH
        return (cost + (price.operations.request or 0)) * times


def examples(price: Price | None) -> tuple[Cost, ...]:
    """Return the cost of four typical requests; nothing unless both directions have a metered price."""
    if price is None or not _is_metered(price):
        return ()
    return tuple(
        Cost(
            use=use,
            input=count(given),
            output=count(made),
            total=amount(request_cost(price, given, made), price.currency),
        )
        for use, given, made in _REQUESTS
    )


def monthly(price: Price | None) -> tuple[Usage, ...]:
    """Return the cost of thirty days at three volumes; nothing unless both directions have a metered price."""
    if price is None or not _is_metered(price):
        return ()
    found = []
    for tier, requests, given, made in _VOLUMES:
        found.append(
            Usage(
                tier=tier,
                volume=f"{count(requests)} requests of {count(given)} + {count(made)} tokens",
                tokens=count(requests * (given + made) * _DAYS),
                total=amount(request_cost(price, given, made, times=requests * _DAYS), price.currency),
            )
        )
    return tuple(found)


def _is_metered(price: Price) -> bool:
    known = price.input is not None and price.output is not None
    return known and price.billing is Billing.METERED and bool(price.input or price.output)
