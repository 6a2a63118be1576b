"""The cost keys of LiteLLM's price map -> prices: USD for one unit become USD for a million tokens or a named unit.

A key says what is paid for, from which size of the prompt on (`_above_200k_tokens`: then for the whole request) and in
which mode of service (`_batches`, `_priority`). What fits no rate and no operation is a unit price that names its unit.
Given up, and kept by their keys: amounts that are no dollars (`dbu`), multipliers for regions, and the output of a
transcription by the second, which LiteLLM bills instead of the input and not beside it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any, TypeAlias

from msgspec import Struct
from pydantic import ValidationError

from generator.sources.price_list import AMOUNT, KEPT, MILLION, RANGE, Item, times

__all__ = ["prices"]

Facts: TypeAlias = dict[str, Any]

_SERVICES: Mapping[str, str] = {
    "balanced": "balanced",
    "batches": "batch",
    "decisions": "decisions",
    "flex": "flex",
    "priority": "priority",
    "ultrafast": "ultrafast",
}
_KEY = re.compile(rf"(?P<base>.+?)(?:_above_(?P<size>\d{{1,9}})k_tokens)?(?:_(?P<service>{'|'.join(_SERVICES)}))?")
_COST = re.compile(r"cost|pric|multiplier")
_TABLES = frozenset({"search_context_cost_per_query", "guardrail_cost_per_unit", "off_peak_pricing", "tiered_pricing"})
_HOURS = frozenset({"windows", "weekday_timezone"})

_RATES: Mapping[str, str] = {
    "input_cost_per_token": "input",
    "output_cost_per_token": "output",
    "output_cost_per_reasoning_token": "reasoning",
    "cache_read_input_token_cost": "cache_read",
    "input_cost_per_token_cache_hit": "cache_read",
    "cache_creation_input_token_cost": "cache_write",
    "cache_creation_input_token_cost_above_1hr": "cache_write_1h",
    "input_cost_per_audio_token": "input_audio",
    "output_cost_per_audio_token": "output_audio",
    "cache_read_input_audio_token_cost": "cache_read_audio",
    "input_cost_per_image_token": "input_image",
    "output_cost_per_image_token": "output_image",
    "input_cost_per_video_token": "input_video",
    "output_cost_per_video_token": "output_video",
}
_TWINS: Mapping[str, str] = {
    "input_cost_per_token_cache_hit": "cache_read_input_token_cost",
    "input_cost_per_second": "cost_per_second",
}
"""Keys that only repeat another one, when their values are equal."""


class _Unit(Struct, frozen=True):
    """How a price is told that is no rate: what is paid for, the unit, and the operation that so many units are."""

    name: str
    per: str
    factor: int = 1
    operation: str = ""
    amount: int = 1
    """How many units the operation is."""


_MINUTE = 60
_TOKENS = ("1M tokens", MILLION)
_UNITS: Mapping[str, _Unit] = {
    "annotation_cost_per_page": _Unit("Annotation", "page"),
    "cache_creation_input_audio_token_cost": _Unit("Audio written to the cache", *_TOKENS),
    "cache_creation_input_token_cost_above_12hr": _Unit("Cache write, kept above 12 hours", *_TOKENS),
    "cache_read_input_image_token_cost": _Unit("Images found in the cache", *_TOKENS),
    "citation_cost_per_token": _Unit("Citations", *_TOKENS),
    "code_interpreter_cost_per_session": _Unit("Code interpreter", "session"),
    "cost_per_second": _Unit("Use", "second"),
    "explicit_cache_read_input_token_cost": _Unit("Explicit cache read", *_TOKENS),
    "google_maps_grounding_cost_per_query": _Unit("Grounding with Google Maps", "query"),
    "input_cost_per_audio_per_second": _Unit("Audio sent", "second", 1, "audio_input", _MINUTE),
    "input_cost_per_character": _Unit("Text sent", "1M characters", MILLION),
    "input_cost_per_image": _Unit("Image sent", "image", 1, "image_input"),
    "input_cost_per_pixel": _Unit("Pixels, as input", "1M pixels", MILLION),
    "input_cost_per_query": _Unit("Query", "query"),
    "input_cost_per_request": _Unit("Request", "request", 1, "request"),
    "input_cost_per_second": _Unit("Input", "second"),
    "input_cost_per_text_message": _Unit("Text message", "message"),
    "input_cost_per_video_per_second": _Unit("Video sent", "second", 1, "video_input", _MINUTE),
    "input_cost_per_video_per_second_above_15s_interval": _Unit("Video sent, interval above 15 seconds", "second"),
    "input_cost_per_video_per_second_above_8s_interval": _Unit("Video sent, interval above 8 seconds", "second"),
    "ocr_cost_per_credit": _Unit("OCR", "credit"),
    "ocr_cost_per_page": _Unit("OCR", "page"),
    "output_cost_per_character": _Unit("Text received", "1M characters", MILLION),
    "output_cost_per_image": _Unit("Image made", "image", 1, "image_output"),
    "output_cost_per_pixel": _Unit("Pixels, as output", "1M pixels", MILLION),
    "output_cost_per_second": _Unit("Output", "second"),
    "output_cost_per_video_per_second": _Unit("Video made", "second", 1, "video_output"),
}
_BY_MODE: Mapping[tuple[str, object], _Unit | None] = {
    ("input_cost_per_second", "audio_transcription"): _Unit("Audio sent", "second", 1, "audio_input", _MINUTE),
    ("output_cost_per_second", "audio_speech"): _Unit("Audio made", "second", 1, "audio_output", _MINUTE),
    ("output_cost_per_second", "audio_transcription"): None,
    ("output_cost_per_second", "video_generation"): _Unit("Video made", "second", 1, "video_output"),
}
_SIZED: Mapping[str, tuple[str, str]] = {"image": ("Image made", "image"), "second": ("Video made", "second")}
_SIZE = re.compile(r"output_cost_per_(image|second)_(\d[\d.]*[kKp]?)")

_LEVELS = ("low", "medium", "high")


@dataclass(slots=True)
class _Bill:
    """What is paid in one mode of service, while it is added up."""

    rates: dict[str, Decimal] = field(default_factory=dict)
    operations: dict[str, Decimal] = field(default_factory=dict)
    units: list[Facts] = field(default_factory=list)
    tiers: defaultdict[int, dict[str, Decimal]] = field(default_factory=lambda: defaultdict(dict))

    def add(self, unit: _Unit, amount: Decimal, size: int | None = None) -> None:
        if unit.operation and size is None and unit.operation not in self.operations:
            self.operations[unit.operation] = times(amount, unit.amount)
            return
        name = unit.name if size is None else f"{unit.name}, requests above {size:,} tokens"
        self.units.append({"name": name, "amount": times(amount, unit.factor), "per": unit.per})

    def stated(self) -> Facts:
        found: Facts = {
            **self.rates,
            "operations": self.operations,
            "units": self.units,
            "tiers": [{"above": above, **rates} for above, rates in sorted(self.tiers.items()) if rates],
        }
        return {key: value for key, value in found.items() if value not in ({}, [])}


def prices(item: Item) -> tuple[Facts, Facts]:
    """Take every cost out of an entry; return its price and its modes, and warn of what has no place in them."""
    bills: defaultdict[str, _Bill] = defaultdict(_Bill)
    _drop_twins(item)
    for key in sorted(key for key in item.left if _is_cost(key)):
        _single(item, key, bills)
    main = bills[""]
    _web_search(item, main)
    _guardrail(item, main)
    _tiered(item, main)
    _off_peak(item, bills)
    _leave(item, (key for key in item.left if _is_cost(key) and key not in _TABLES))
    stated = {service: bill.stated() for service, bill in sorted(bills.items())}
    return stated[""], {service: {"price": bill} for service, bill in stated.items() if service and bill}


@lru_cache(maxsize=4096)
def _is_cost(key: str) -> bool:
    return bool(_COST.search(key))


@lru_cache(maxsize=4096)
def _parts(key: str) -> tuple[str, int | None, str]:
    """Return what a key is about, the size of the prompt from which on it holds, and the mode of service."""
    named = _KEY.fullmatch(key)
    if not named:
        return key, None, ""
    return named["base"], int(named["size"]) * 1000 if named["size"] else None, _SERVICES.get(named["service"], "")


def _leave(item: Item, keys: Iterable[str]) -> None:
    """Warn of the keys whose values stay, unless that was told already or they say nothing."""
    for key in keys:
        if item.left[key] is not None and key not in item.refused:
            item.warn((key,), f"has no place in a price; {KEPT}")


def _drop_twins(item: Item) -> None:
    for key, twin in _TWINS.items():
        if key in item.left and item.left[key] == item.left.get(twin):
            del item.left[key]


def _single(item: Item, key: str, bills: Mapping[str, _Bill]) -> None:
    """Take one amount, if it is clear what it is paid for."""
    base, size, service = _parts(key)
    rate, unit = _RATES.get(base), _unit(base, item.left.get("mode"))
    if not rate and not unit:
        return
    bill = bills[service]
    rates = bill.rates if size is None else bill.tiers[size]
    amount = None if rate in rates else item.take(key, AMOUNT)
    if amount is not None and rate:
        rates[rate] = times(amount, MILLION)
    elif amount is not None and unit:
        bill.add(unit, amount, size)


def _unit(base: str, mode: object) -> _Unit | None:
    """Return the unit that a key is about, which for seconds depends on what the model does."""
    if sized := _SIZE.fullmatch(base):
        name, per = _SIZED[sized[1]]
        return _Unit(f"{name}, {sized[2]}", per)
    here = (base, mode if isinstance(mode, str) else None)
    return _BY_MODE[here] if here in _BY_MODE else _UNITS.get(base)


def _web_search(item: Item, bill: _Bill) -> None:
    """Take the price of a search: one operation, or units where it depends on how much is read."""
    sizes = item.part("search_context_cost_per_query")
    found = {level: sizes.take(f"search_context_size_{level}", AMOUNT) for level in _LEVELS}
    amounts = [amount for amount in found.values() if amount is not None]
    if len(amounts) == len(_LEVELS) and len(set(amounts)) == 1:
        bill.operations["web_search"] = times(amounts[0], 1)
        found.clear()
    for level, amount in found.items():
        if amount is not None:
            bill.add(_Unit(f"Web search, {level} context", "search"), amount)
    _leave(sizes, sizes.left)


def _guardrail(item: Item, bill: _Bill) -> None:
    units = item.part("guardrail_cost_per_unit")
    for name in sorted(name for name in units.left if name.isidentifier()):
        amount = units.take(name, AMOUNT)
        if amount is not None:
            bill.add(_Unit(name, "unit"), amount)
    _leave(units, units.left)


def _off_peak(item: Item, bills: Mapping[str, _Bill]) -> None:
    """Take the rates that hold at some hours; the hours themselves stay."""
    table = item.part("off_peak_pricing")
    rates = bills["off-peak"].rates
    for key in sorted(key for key in table.left if key in _RATES):
        amount = None if _RATES[key] in rates else table.take(key, AMOUNT)
        if amount is not None:
            rates[_RATES[key]] = times(amount, MILLION)
    _leave(table, (key for key in table.left if key not in _HOURS))


def _tiered(item: Item, bill: _Bill) -> None:
    """Take a table of prices by the size of the prompt or by the number of results, if all of it can be told."""
    table = item.left.get("tiered_pricing")
    if not isinstance(table, list):
        _leave(item, {"tiered_pricing"}.intersection(item.left))
        return
    steps = [step for row in table if (step := _step(row))]
    if steps and len(steps) == len(table) and _fits(steps, bill):
        for start, _, rates in steps:
            (bill.tiers[start] if start else bill.rates).update(rates)
    else:
        results = [found for row in table if (found := _results(row))]
        if not results or len(results) < len(table):
            _leave(item, ("tiered_pricing",))
            return
        for unit, amount in results:
            bill.add(unit, amount)
    del item.left["tiered_pricing"]


def _step(row: object) -> tuple[int, int, dict[str, Decimal]] | None:
    """Return where a step begins and ends, and its rates; nothing when a part of it is of another kind."""
    found = dict(_pairs(row, "range"))
    start, end = found.pop("range", (0, 0))
    rates = {_RATES.get(key, ""): times(amount, MILLION) for key, amount in found.items()}
    return (start, end, rates) if start < end and rates and "" not in rates and len(rates) == len(found) else None


def _results(row: object) -> tuple[_Unit, Decimal] | None:
    found = dict(_pairs(row, "max_results_range"))
    if found.keys() != {"max_results_range", "input_cost_per_query"}:
        return None
    start, end = found["max_results_range"]
    return _Unit(f"Query, {start:,} to {end:,} results", "query"), found["input_cost_per_query"]


def _pairs(row: object, bounds: str) -> Iterator[tuple[str, Any]]:
    """Yield the keys of a row with their values as what they have to be; nothing at all when one is something else."""
    if not isinstance(row, dict) or bounds not in row:
        return
    try:
        yield from [(k, RANGE.validate_python(v) if k == bounds else AMOUNT.validate_python(v)) for k, v in row.items()]
    except ValidationError:
        return


def _fits(steps: list[tuple[int, int, dict[str, Decimal]]], bill: _Bill) -> bool:
    """Return whether steps follow one another from zero on, and say nothing else than what was already said."""
    ends = [0, *(end for _, end, _ in steps)]
    said = (bill.tiers.get(start, {}) if start else bill.rates for start, _, _ in steps)
    agree = all(
        known.get(rate, amount) == amount
        for (_, _, rates), known in zip(steps, said, strict=True)
        for rate, amount in rates.items()
    )
    return agree and all(start == end for (start, _, _), end in zip(steps, ends, strict=False))
