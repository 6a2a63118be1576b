"""Rules about prices."""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from generator.lint.view import Fault, Rules, View, first_day, is_served, last_day
from generator.schema import Billing, Modality, Offering, Price

__all__ = ["OFFERINGS"]

LEAST, MOST = Decimal("0.0005"), Decimal(5000)
"""Between these lies every price for one million tokens."""
_MEDIA = (Modality.IMAGE, Modality.AUDIO, Modality.VIDEO)


def media_for_nothing(_: View, offering: Offering) -> Iterator[Fault]:
    """Find what makes media at a price of zero (A301)."""
    made = [modality for modality in offering.modalities.output if modality in _MEDIA]
    if made and _is_zero(offering.price):
        yield Fault(f"makes {' and '.join(made)} at a price of 0", (("price",),))


def zero_without_reason(_: View, offering: Offering) -> Iterator[Fault]:
    """Find prices of zero without a word on why (A302)."""
    if _is_zero(offering.price) and not any(modality in _MEDIA for modality in offering.modalities.output):
        yield Fault("every price is 0, and nothing says that it is free or part of a plan", (("price",),))


def price_beside_others(view: View, offering: Offering) -> Iterator[Fault]:
    """Find prices far above or below those of the model's other providers (A303)."""
    price, factor = offering.price, view.checks.price_factor
    if not offering.model or not price or price.billing is not Billing.METERED or not is_served(offering):
        return
    currency = price.currency
    for name in ("input", "output"):
        own: Decimal | None = getattr(price, name)
        value = partial(_metered, name=name, currency=currency)
        middle = view.middle(offering, f"{name} in {currency}", value) if own else None
        if own and middle and (own >= middle * factor or middle >= own * factor):
            yield Fault(f"{_plain(own)} for {name}, and {_plain(middle)} at the other providers", (("price", name),))


def output_below_input(_: View, offering: Offering) -> Iterator[Fault]:
    """Find output that costs less than input (A304)."""
    price = offering.price
    if price and price.input and price.output and price.output < price.input and offering.modalities.output != _VECTORS:
        message = f"{_plain(price.output)} for output is less than {_plain(price.input)} for input"
        yield Fault(message, (("price", "output"),))


def cache_above_input(_: View, offering: Offering) -> Iterator[Fault]:
    """Find caches that cost more than they save (A305)."""
    price = offering.price
    if price and price.input and price.cache_read and price.cache_read > price.input:
        message = f"{_plain(price.cache_read)} for cached input is more than {_plain(price.input)} for input"
        yield Fault(message, (("price", "cache_read"),))


def another_unit(_: View, offering: Offering) -> Iterator[Fault]:
    """Find prices that cannot be for one million tokens (A306)."""
    if offering.price is None:
        return
    odd = {name: rate for name, rate in offering.price.rates.items() if rate and not LEAST <= rate <= MOST}
    for name, rate in sorted(odd.items()):
        yield Fault(f"{_plain(rate)} for one million tokens of {name}", (("price", name),))


def another_day(view: View, offering: Offering) -> Iterator[Fault]:
    """Find present prices of the past or the future (A307)."""
    price = offering.price
    if not price or not view.today:
        return
    if price.effective_until and last_day(price.effective_until) < view.today:
        yield Fault(f"the price ended on {price.effective_until}", (("price", "effective_until"),))
    if price.effective_from and first_day(price.effective_from) > view.today:
        yield Fault(f"the price begins on {price.effective_from}", (("price", "effective_from"),))


def _is_zero(price: Price | None) -> bool:
    """Return whether something is said to be charged for, at a price of 0 throughout."""
    if price is None or price.input or price.output or price.billing is not Billing.METERED:
        return False
    if not price.rates or price.units or price.tiers:
        return False
    operations = price.operations
    return not any(price.rates.values()) and not any(getattr(operations, name) for name in operations.model_fields_set)


def _metered(offering: Offering, name: str, currency: str) -> Decimal | None:
    price = offering.price
    if price is None or price.billing is not Billing.METERED or price.currency != currency:
        return None
    rate: Decimal | None = getattr(price, name)
    return rate


def _plain(amount: Decimal) -> str:
    """Return an amount with all its digits, without zeros at its end."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_VECTORS = (Modality.EMBEDDING,)

OFFERINGS: Rules[Offering] = {
    "A301": media_for_nothing,
    "A302": zero_without_reason,
    "A303": price_beside_others,
    "A304": output_below_input,
    "A305": cache_above_input,
    "A306": another_unit,
    "A307": another_day,
}
