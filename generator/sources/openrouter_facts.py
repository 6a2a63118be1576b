"""One entry of OpenRouter's list -> the facts of the model behind it, and those of the offering.

What is not certain is not stated: a parameter that is not listed is not known, a tokenizer called `Other` names none, a
price of `-1` varies, and the price of an image that is the price of a token cannot mean what it says.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeAlias

from pydantic import AfterValidator, BeforeValidator, TypeAdapter

from generator.faults import shown
from generator.schema import Billing, Capabilities, Generation, Modality
from generator.schema.values import ModelRef, Number, PartialDate
from generator.sources.modelsdev_tables import Amount
from generator.sources.price_list import (
    DATE,
    KEPT,
    LINE,
    LINES,
    MILLION,
    SLUG,
    TEXT,
    Item,
    is_valid,
    payable,
    times,
)

__all__ = ["KEY", "REF", "Facts", "Listed", "served"]

KEY = "openrouter"
"""The id of the provider, and the name under which `extensions` keep what has no place in the schema."""

Facts: TypeAlias = dict[str, Any]

_RATES: Mapping[str, str] = {
    "prompt": "input",
    "completion": "output",
    "internal_reasoning": "reasoning",
    "input_cache_read": "cache_read",
    "input_cache_write": "cache_write",
    "input_cache_write_1h": "cache_write_1h",
    "audio": "input_audio",
    "audio_output": "output_audio",
    "input_audio_cache": "cache_read_audio",
}
_OPERATIONS: Mapping[str, str] = {
    "request": "request",
    "image": "image_input",
    "image_output": "image_output",
    "web_search": "web_search",
}
_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in Capabilities.model_fields},
    "max_completion_tokens": ("max_output_tokens",),
    "response_format": ("format_response",),
    "tools": ("tools", "tool_calls"),
    "web_search_options": ("web_search",),
}
_NO_TOKENIZER = ("Other", "Router")
_HUGGING_FACE = re.compile(r"[\w.-]+/[\w.-]+\Z", re.ASCII)
_OWN_LINK = re.compile(r"\]\((?![A-Za-z][\w+.-]*:|//|[#<\s])/?")


def _from_text(value: object) -> object:
    """Return an amount in quotes as the number it is."""
    if not isinstance(value, str) or not value.isascii() or "_" in value:
        return value
    try:
        return Decimal(value)
    except InvalidOperation:
        return value


def _utc_day(seconds: object) -> object:
    """Return the day of a time in seconds since 1970."""
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise ValueError(f"has to be a number of seconds, not {shown(seconds)}")
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"there is no such time: {shown(seconds)}") from None


REF: TypeAdapter[str] = TypeAdapter(ModelRef)
"""What can name a model."""
_AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Annotated[Amount, AfterValidator(payable), BeforeValidator(_from_text)])
_CREATED: TypeAdapter[str] = TypeAdapter(Annotated[PartialDate, BeforeValidator(_utc_day)])
_DEFAULT: TypeAdapter[Decimal] = TypeAdapter(Number)


@dataclass(slots=True, kw_only=True)
class Listed:
    """An entry of which the facts of the model behind were taken; `item` has the rest."""

    item: Item
    id: str
    base: str
    """The id without its variant."""
    variant: str
    author: str
    """Who made it; nothing where the id names nobody but OpenRouter."""
    canonical: str
    """The id that never changes, of the model as it was on one day."""
    label: str = ""
    """What the entry calls its author."""
    facts: Facts = field(default_factory=dict)
    """What does not depend on who serves the model."""
    weights: str = ""
    """Owner and name of the weights at Hugging Face; they stay in `item`."""

    @classmethod
    def read(cls, item: Item, name: str) -> "Listed":
        """Take an id apart, and take the facts of the model behind it."""
        owner, slash, slug = name.rpartition("/")
        slug, _, variant = slug.partition(":")
        author = owner.partition("/")[0].removeprefix("~")
        canonical = item.left.get("canonical_slug")
        listed = cls(
            item=item,
            id=name,
            base=owner + slash + slug,
            variant=variant,
            author=author if author != KEY and is_valid(SLUG, author) else "",
            canonical=canonical if isinstance(canonical, str) else "",
        )
        listed._read()
        return listed

    @property
    def defined(self) -> bool:
        """Whether the model behind stands for itself: no rolling alias, and not OpenRouter's own."""
        return bool(self.author) and not self.id.startswith("~") and is_valid(REF, self.base)

    @property
    def plain_name(self) -> str | None:
        """The name without the variant in brackets behind it."""
        name: str | None = self.facts["name"]
        return name and (name.removesuffix(f"({self.variant})").strip() or name)

    def _read(self) -> None:
        architecture = self.item.part("architecture")
        description = self.item.take("description", TEXT)
        self.facts = {
            "name": self._name(),
            "description": description and _OWN_LINK.sub("](https://openrouter.ai/", description),
            "modalities": _modalities(architecture),
            "knowledge": self.item.take("knowledge_cutoff", DATE),
            "architecture": _tokenizer(architecture),
        }
        weights = self.item.left.get("hugging_face_id")
        if isinstance(weights, str) and _HUGGING_FACE.match(weights):
            self.weights = weights
        elif weights:
            self.item.warn(("hugging_face_id",), f"has to be `owner/name`, not {shown(weights)}; {KEPT}")

    def _name(self) -> str | None:
        """Return the name, without the author's before it where that is the author whom the id names."""
        name = self.item.take("name", LINE) or ""
        label, _, rest = (part.strip() for part in name.partition(": "))
        own = self.canonical.removeprefix("~").partition("/")[0] in ("", self.author)
        if label and rest and own and self.author:
            self.label = label
            return rest
        return name or None


def _modalities(architecture: Item) -> dict[str, list[Modality]]:
    """Return what goes in and out; the short form (`text+image->text`) stays where it does not repeat the lists."""
    lists = [architecture.left.get(f"{side}_modalities") for side in ("input", "output")]
    short = architecture.left.get("modality")
    if isinstance(short, str) and [set(part.split("+")) for part in short.split("->")] == [
        set(map(str, words)) if isinstance(words, list) else None for words in lists
    ]:
        del architecture.left["modality"]
    found = {side: architecture.modalities(f"{side}_modalities") for side in ("input", "output")}
    return {side: words for side, words in found.items() if words}


def _tokenizer(architecture: Item) -> Facts:
    if architecture.left.get("tokenizer") in _NO_TOKENIZER:
        return {}
    name = architecture.take("tokenizer", LINE)
    return {"tokenizer": name} if name else {}


def served(listed: Listed) -> Facts:
    """Take the facts that are OpenRouter's: first and last day, what can be asked for, limits, defaults, price."""
    item = listed.item
    return {
        "released": item.take("created", _CREATED),
        "retires": item.take("expiration_date", DATE),
        "capabilities": _capabilities(item),
        "limits": _limits(item),
        "generation": _defaults(item.part("default_parameters")),
        "price": _price(item.part("pricing"), listed.variant),
    }


def _capabilities(item: Item) -> dict[str, bool]:
    """Return what can be asked for; words that are no capability stay."""
    words = item.take("supported_parameters", LINES) or ()
    if unknown := [word for word in words if word not in _PARAMETERS]:
        item.left["supported_parameters"] = unknown
    return {name: True for word in words for name in _PARAMETERS.get(word, ())}


def _limits(item: Item) -> dict[str, int]:
    top = item.part("top_provider")
    if top.left.get("context_length") == item.left.get("context_length"):
        top.left.pop("context_length", None)
    limits = {"context": item.limit("context_length"), "output": top.limit("max_completion_tokens")}
    return {key: value for key, value in limits.items() if value is not None}


def _defaults(parameters: Item) -> dict[str, dict[str, Decimal]]:
    found = {key: parameters.take(key, _DEFAULT) for key in list(parameters.left) if key in Generation.model_fields}
    return {key: {"default": value} for key, value in found.items() if value is not None}


def _price(pricing: Item, variant: str) -> Facts:
    rates: dict[str, Decimal] = {}
    operations: dict[str, Decimal] = {}
    varies = False
    for key, value in sorted(pricing.left.items()):
        if _from_text(value) == -1:
            varies = True
        elif key == "image" and _same_amount(value, pricing.left.get("prompt")):
            pricing.warn((key,), f"is the price of a token and not of an image; {KEPT}")
        elif key in _RATES:
            _state(rates, _RATES[key], pricing.take(key, _AMOUNT), MILLION)
        elif key in _OPERATIONS:
            _state(operations, _OPERATIONS[key], pricing.take(key, _AMOUNT), 1)
        elif value is not None:
            pricing.warn((key,), f"has no place in a price; {KEPT}")
    price: Facts = {**rates, "operations": operations} if operations else {**rates}
    if varies:
        price["note"] = "Varies from request to request."
    elif variant == "free" and rates and not any((*rates.values(), *operations.values(), *pricing.rest())):
        price["billing"] = Billing.FREE
    return price


def _state(prices: dict[str, Decimal], name: str, amount: Decimal | None, factor: int) -> None:
    if amount is not None:
        prices[name] = times(amount, factor)


def _same_amount(one: object, other: object) -> bool:
    """Return whether two amounts are the same and not zero."""
    first, second = _from_text(one), _from_text(other)
    return isinstance(first, Decimal | int) and first == second and bool(first)
