"""Facts -> words: the one way each kind of fact is written, in both editions and on every page.

Unknown, zero and free have three signs. A price keeps every digit of its source and shows two decimals at least; a
number of tokens is written out, so that no rounding makes two pages disagree.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from generator.schema import Billing, Capabilities, Facts, Modalities, Price, Range, RetentionKind, Status

__all__ = [
    "UNKNOWN",
    "abilities",
    "amount",
    "arrow",
    "controls",
    "count",
    "date",
    "duration",
    "flag",
    "lifecycle",
    "moment",
    "number",
    "plural",
    "price",
    "price_pair",
    "reasoning",
    "retention",
    "share",
    "shell_export",
    "sign",
    "span",
    "tools",
    "words",
]

UNKNOWN = "—"
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.0+)?(?:Z|\+00:00)", re.ASCII)
FREE = "Free"
PLAN = "In plan"
_METERED, _FREE, _PLAN = Billing.METERED, Billing.FREE, Billing.PLAN

_SYMBOLS: Mapping[str, str] = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CNY": "CN¥",
    "CAD": "CA$",
    "AUD": "A$",
    "INR": "₹",
}
_MONTHS = ("January", "February", "March", "April", "May", "June",
           "July", "August", "September", "October", "November", "December")  # fmt: skip


@lru_cache(maxsize=65536)
def count(value: int | None) -> str:
    """Write a whole number with its thousands apart: `131,072`."""
    return UNKNOWN if value is None else f"{value:,}"


def plural(value: int, noun: str) -> str:
    """Write a number of things: `1 offering`, `4,000 offerings`."""
    return f"{value:,} {noun}" if value == 1 else f"{value:,} {noun}s"


@lru_cache(maxsize=65536)
def number(value: Decimal | int | None) -> str:
    """Write a number with the digits it has and no exponent: `0.95`, `24,576`."""
    if value is None:
        return UNKNOWN
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=65536)
def amount(value: Decimal | None, currency: str = "USD") -> str:
    """Write an amount of money with all its digits, two decimals at least: `$0.075`, `$2.50`, `$0.00`."""
    if value is None:
        return UNKNOWN
    whole, _, fraction = f"{value:,f}".partition(".")
    digits = f"{whole}.{fraction.rstrip('0'):0<2}"
    symbol = _SYMBOLS.get(currency)
    return f"{symbol}{digits}" if symbol else f"{currency} {digits}"


def price(of: Price | None, rate: str = "input") -> str:
    """Write one rate of a price: an amount, `Free`, `In plan` or the sign for not known."""
    if of is None:
        return UNKNOWN
    held = of.__dict__  # every table of every page asks: a record is slow to give its values one by one
    value: Decimal | None = held[rate]
    if (billing := held["billing"]) is not _METERED:
        if billing is _FREE:
            return FREE
        if billing is _PLAN and not value:
            return PLAN
    return amount(value, held["currency"])


def price_pair(of: Price | None) -> str:
    """Write the two main rates of a price: `$0.30 / $2.50`, one sign when both are the same word."""
    given, made = price(of), price(of, "output")
    return given if given == made and given in (UNKNOWN, FREE, PLAN) else f"{given} / {made}"


def sign(value: bool | None) -> str:
    """Write a yes-or-no fact as a sign, for narrow columns."""
    return UNKNOWN if value is None else "✅" if value else "❌"


def flag(value: bool | None) -> str:
    """Write a yes-or-no fact: `Yes`, `No` or the sign for not known."""
    return UNKNOWN if value is None else "Yes" if value else "No"


@lru_cache(maxsize=4096)
def date(value: str | None) -> str:
    """Write a date for reading, with the precision it has: `17 June 2025`, `June 2025`, `2025`."""
    if value is None:
        return UNKNOWN
    year, _, rest = value.partition("-")
    if not rest:
        return year
    month, _, day = rest.partition("-")
    name = _MONTHS[int(month) - 1]
    return f"{int(day)} {name} {year}" if day else f"{name} {year}"


def moment(value: str) -> str:
    """Write a point in time for reading, `2025-09-04 14:31:06 UTC`; what is not written as one is left as it is."""
    return f"{value[:10]} {value[11:19]} UTC" if _MOMENT.fullmatch(value) else value


def span(of: Range | None) -> str:
    """Write a range as far as it is known: `0 to 2`, `up to 2`, `0 or more`."""
    if of is None or (of.min is None and of.max is None):
        return UNKNOWN
    if of.min is None:
        return f"up to {number(of.max)}"
    if of.max is None:
        return f"{number(of.min)} or more"
    return f"{number(of.min)} to {number(of.max)}"


def duration(hours: int | None) -> str:
    """Write a retention time: whole days as days, else hours; 0 is deletion at once."""
    if hours is None:
        return UNKNOWN
    if hours == 0:
        return "Deleted at once"
    size, unit = (hours // 24, "day") if hours % 24 == 0 else (hours, "hour")
    return f"{size:,} {unit}" if size == 1 else f"{size:,} {unit}s"


def share(part: int, whole: int) -> str:
    """Write a part of a whole in percent, one decimal: `19.2%`."""
    return UNKNOWN if whole == 0 else f"{100 * part / whole:.1f}%"


def lifecycle(of: Facts) -> str:
    """Write the end of a model's or an offering's life, as far as one is known; nothing for what is simply in use."""
    status, deprecated, retires = of.status, of.deprecated, of.retires
    if status is Status.RETIRED:
        return f"Retired {retires}" if retires else "Retired"
    if status is Status.DEPRECATED:
        since = f"Deprecated since {deprecated}" if deprecated else "Deprecated"
        return f"{since}, retires {retires}" if retires else since
    if not deprecated and not retires:
        return ""
    planned = [f"{word} {date}" for word, date in (("deprecation", deprecated), ("retirement", retires)) if date]
    return f"Planned: {', '.join(planned)}"


def words(value: str) -> str:
    """Write an identifier of the schema as words: `model_card` is `Model card`."""
    return value.replace("_", " ").capitalize()


_ABILITIES = {"tools": "Functions"}
_RETENTION = {
    RetentionKind.FIXED: "Fixed Duration",
    RetentionKind.NONE: "No Retention",
    RetentionKind.INDEFINITE: "Indefinite",
    RetentionKind.CONDITIONAL: "Conditional",
}


def retention(value: RetentionKind | None) -> str:
    """Write for how long a provider keeps what is sent."""
    return UNKNOWN if value is None else _RETENTION[value]


def shell_export(name: str) -> str:
    """Write the line that sets an environment variable; a name that no shell would take is written as a comment."""
    known = name.isascii() and name.replace("_", "a").isalnum() and not name[:1].isdigit()
    return f'export {name}="<your value>"' if known else f"# set {name!r}"


def arrow(of: Modalities) -> str:
    """Write what goes in and what comes out: `text, image → text`."""
    if not of.input and not of.output:
        return UNKNOWN
    return f"{', '.join(of.input) or UNKNOWN} → {', '.join(of.output) or UNKNOWN}"


def tools(of: Capabilities) -> str:
    """Write which tools a model works with, for a column of a comparison."""
    return _listed(
        ("🔧 Tools", _any(of.tools, of.tool_calls)), ("🌐 Search", of.web_search), ("📎 Files", of.attachments)
    )


def abilities(signs: Iterable[tuple[str, str]]) -> str:
    """Write what a model takes, makes and works with as words: `Text, Vision, Functions`."""
    found = [_ABILITIES.get(word) or word.capitalize() for _, word in signs if word != "streaming"]
    return ", ".join(found) or UNKNOWN


def reasoning(of: Capabilities) -> str:
    """Write how a model reasons, for a column of a comparison."""
    return _listed(
        ("🧠 Basic", of.reasoning), ("⚙️ Configurable", of.reasoning_effort), ("🎯 Tokens", of.reasoning_tokens)
    )


def controls(of: Capabilities) -> str:
    """Write how a model can be steered, for a column of a comparison."""
    penalties = _any(of.frequency_penalty, of.presence_penalty, of.repetition_penalty)
    sampling = _all(of.temperature, of.top_p)
    return _listed(
        ("🌡️ Sampling", sampling), ("🎲 Seed", of.seed), ("📊 Logprobs", of.logprobs), ("🔁 Penalties", penalties)
    )


def _any(*facts: bool | None) -> bool | None:
    return True if any(facts) else None if None in facts else False


def _all(*facts: bool | None) -> bool | None:
    return False if False in facts else None if None in facts else True


def _listed(*pairs: tuple[str, bool | None]) -> str:
    return ", ".join(label for label, has in pairs if has) or sign(_any(*(has for _, has in pairs)))
