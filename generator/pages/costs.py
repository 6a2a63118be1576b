"""What use costs: single requests and months of them, worked out exactly from the price that holds for their size."""

from dataclasses import dataclass
from decimal import Decimal, localcontext
from functools import lru_cache

from generator.formats import amount, count
from generator.schema import Billing, Price

__all__ = ["Cost", "Usage", "examples", "monthly", "request_cost"]

_MILLION = Decimal(1_000_000)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one request costs."""

    use: str
    input: str
    output: str
    total: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What a month costs."""

    tier: str
    volume: str
    tokens: str
    total: str


def request_cost(price: Price, tokens_in: int, tokens_out: int, *, times: int = 1) -> Decimal | None:
    """Return the cost of so many equal requests in the price's currency, by the tier that one's input falls into."""
    rate_in, rate_out = price.input, price.output
    reached = [tier for tier in price.tiers if tokens_in > tier.above]
    if reached:
        rate_in = reached[-1].input if reached[-1].input is not None else rate_in
        rate_out = reached[-1].output if reached[-1].output is not None else rate_out
    if rate_in is None or rate_out is None:
        return None
    with localcontext(prec=_DIGITS):
        return (rate_in * tokens_in + rate_out * tokens_out) * times / _MILLION


@lru_cache(maxsize=4096)
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


@lru_cache(maxsize=4096)
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
