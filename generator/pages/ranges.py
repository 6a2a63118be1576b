"""The prices of a provider or an author as a picture: from the lowest to the highest, and where most of them lie."""

from collections.abc import Iterable

from msgspec import Struct

from generator.charts import Axis, Strip, strip
from generator.formats import amount
from generator.pages.rows import Ref, is_active
from generator.schema import Billing, Offering, Price

__all__ = ["PriceRange", "price_ranges"]

_LEAST = 3
_AXIS = Axis(
    low=0.005,
    high=200,
    marks=((0.01, "$0.01"), (0.1, "$0.10"), (1, "$1"), (10, "$10"), (100, "$100")),
)


class PriceRange(Struct, frozen=True, kw_only=True):
    """One rate of many offerings."""

    title: str
    drawing: Strip
    number: int
    low: str
    low_ref: Ref
    middle: str
    high: str
    high_ref: Ref


def price_ranges(offerings: Iterable[tuple[Offering, Ref]]) -> tuple[PriceRange, ...]:
    """Draw the input and the output rates of offerings in use that are known and not zero; few are not drawn."""
    known = [(price, ref) for offering, ref in offerings if (price := _metered(offering)) is not None]
    found = (_range(title, name, known) for title, name in (("Input", "input"), ("Output", "output")))
    return tuple(made for made in found if made)


def _range(title: str, name: str, prices: Iterable[tuple[Price, Ref]]) -> PriceRange | None:
    rates = sorted([(rate, ref.label, ref.to) for price, ref in prices if (rate := getattr(price, name))])
    if len({rate for rate, _, _ in rates}) < _LEAST:
        return None
    low, middle, high = rates[0], rates[(len(rates) - 1) // 2], rates[-1]
    return PriceRange(
        title=title,
        drawing=strip((rate for rate, _, _ in rates), _AXIS),
        number=len(rates),
        low=amount(low[0]),
        low_ref=Ref(*low[1:]),
        middle=amount(middle[0]),
        high=amount(high[0]),
        high_ref=Ref(*high[1:]),
    )


def _metered(offering: Offering) -> Price | None:
    """Return the price of an offering in use that can be drawn beside others: one for what is used, in US dollars."""
    price = offering.price
    if price is None or price.billing is not Billing.METERED or price.currency != "USD":
        return None
    return price if is_active(offering) else None
