"""What models.dev says, in its own words: the shape of its tables, whether TOML or JSON, and what is wrong with one.

Its own checks let some things through that cannot be meant: keys that no reader knows, days that no month has,
addresses that are none. Such a fact is taken out with a warning and kept in the rest, which goes along with the value;
anything else that is not of the shape is an error.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import takewhile
from typing import Annotated, Any, Generic, Literal, TypeVar, cast

from msgspec import Struct, field
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails

from generator.documents import Loc
from generator.errors import Severity
from generator.faults import Told, explain
from generator.schema import Benchmark, LinkKind, Modalities, Status, Weights
from generator.schema.values import Count, Flag, Line, PartialDate, Slug, Text, Url, UrlTemplate, positive

__all__ = [
    "Checked",
    "CostTable",
    "FactsTable",
    "LinkTable",
    "ModeTable",
    "ModelTable",
    "OfferingTable",
    "OptionTable",
    "OverrideTable",
    "PriceTable",
    "ProviderTable",
    "Report",
    "check",
    "merge",
    "without",
]

MAX_DIGITS = 30

Report = Callable[[Told, Severity], None]
"""Takes what is wrong with a table; the one who gives it knows the file and finds the line."""


def _bounded(value: Any) -> Decimal:
    amount = positive(value)
    is_long = len(str(amount)) > MAX_DIGITS and len(amount.as_tuple().digits) > MAX_DIGITS
    if is_long or abs(amount.adjusted()) > MAX_DIGITS:
        raise ValueError(f"a number may have {MAX_DIGITS} digits at most")
    return amount


Amount = Annotated[Decimal, BeforeValidator(_bounded)]


def _whole(value: Any) -> Any:
    """JSON has one kind of number: `128000.0` is a count as well."""
    return int(value) if isinstance(value, Decimal) and _is_whole(value) else value


def _is_whole(value: Decimal) -> bool:
    return value.is_finite() and abs(value.adjusted()) <= MAX_DIGITS and value == value.to_integral_value()


_Whole = Annotated[int, Strict(), BeforeValidator(_whole)]
_Count = Annotated[Count, BeforeValidator(_whole)]


class _Table(BaseModel):
    # Defaults are plain: pydantic makes a deep copy of any other for each value, and takes twice as long.
    model_config = ConfigDict(frozen=True, extra="forbid")


class CostTable(_Table):
    """Dollars per million tokens."""

    input: Amount | None = None
    output: Amount | None = None
    reasoning: Amount | None = None
    cache_read: Amount | None = None
    cache_write: Amount | None = None
    input_audio: Amount | None = None
    output_audio: Amount | None = None


class _Threshold(_Table):
    type: Literal["context"] = "context"
    size: _Count


class _TierTable(CostTable):
    tier: _Threshold


class PriceTable(CostTable):
    """What an offering costs. `context_over_200k` is written by models.dev itself, from the tiers."""

    tiers: tuple[_TierTable, ...] = ()
    context_over_200k: CostTable | None = None

    @model_validator(mode="after")
    def _distinct(self) -> "PriceTable":
        sizes = [tier.tier.size for tier in self.tiers]
        if sizes and len(set(sizes)) != len(sizes):
            raise ValueError("two tiers have the same size")
        return self


class OptionTable(_Table):
    """One way to control reasoning."""

    type: Literal["toggle", "effort", "budget_tokens"]
    values: tuple[Line | None, ...] = ()
    min: _Whole | None = None
    max: _Whole | None = None

    @model_validator(mode="after")
    def _ordered(self) -> "OptionTable":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min ({self.min}) is more than max ({self.max})")
        return self


class _Interleaved(_Table):
    """Where reasoning stands between tool calls; `true` says that it stands there, and not in which field."""

    field: Line | None = None

    @model_validator(mode="before")
    @classmethod
    def _flag(cls, value: Any) -> Any:
        return {} if value is True else value


class _LimitTable(_Table):
    context: _Count | None = None
    input: _Count | None = None
    output: _Count | None = None


class FactsTable(_Table):
    """What a definition and an offering may both state."""

    id: Line | None = None
    name: Line | None = None
    description: Text | None = None
    family: Line | None = None
    status: Status | None = None
    attachment: Flag | None = None
    reasoning: Flag | None = None
    reasoning_options: tuple[OptionTable, ...] | None = None
    interleaved: _Interleaved | None = None
    tool_call: Flag | None = None
    structured_output: Flag | None = None
    temperature: Flag | None = None
    knowledge: PartialDate | None = None
    release_date: PartialDate | None = None
    last_updated: PartialDate | None = None
    modalities: Modalities | None = None
    open_weights: Flag | None = None
    limit: _LimitTable | None = None


class LinkTable(_Table):
    """A place to read on."""

    label: Line | None = None
    url: Url
    type: LinkKind | None = None


class ModelTable(FactsTable):
    """A definition, whoever serves it."""

    license: Line | None = None
    links: tuple[LinkTable, ...] = ()
    weights: tuple[Weights, ...] = ()
    benchmarks: tuple[Benchmark, ...] = ()


class _RequestTable(_Table):
    body: dict[str, Any] | None = None
    headers: dict[str, Line] | None = None


class OverrideTable(_RequestTable):
    """How one offering is called, when not as the provider's others."""

    npm: Line | None = None
    api: UrlTemplate | None = None
    shape: Literal["responses", "completions"] | None = None


class ModeTable(_Table):
    """Another way to have an offering served."""

    cost: PriceTable | None = None
    provider: _RequestTable | None = None


class _Experimental(_Table):
    modes: dict[Slug, ModeTable] | None = None


class OfferingTable(FactsTable):
    """One thing that a provider serves."""

    cost: PriceTable | None = None
    experimental: _Experimental | None = None
    provider: OverrideTable | None = None


class ProviderTable(_Table):
    """A provider, without its models."""

    id: Line | None = None
    name: Line
    env: Annotated[tuple[Line, ...], Field(min_length=1)]
    npm: Line
    api: UrlTemplate | None = None
    doc: Url | None = None


T = TypeVar("T", bound=_Table)


class Checked(Struct, Generic[T], frozen=True):
    """A table of the right shape. `rest` is what was taken out of it, as a table of the same shape."""

    value: T
    rest: dict[str, Any] = field(default_factory=dict)


def check(schema: type[T], table: Mapping[str, Any], report: Report) -> Checked[T] | None:
    """Return `table` as a `schema`, or nothing when it is not of that shape; tell what is wrong to `report`."""
    rest: dict[str, Any] = {}
    table = _trim(table, rest, report)
    try:
        return Checked(schema.model_validate(table), rest)
    except ValidationError as error:
        faults = [(explain(schema, fault), _mended(fault)) for fault in error.errors()]
    for told, mended in faults:
        if not mended:
            report(told, Severity.ERROR)
            continue
        table = _take(table, told.loc, rest)
        meant = _MEANT.get(str(told.loc[-1]))
        hint = f"did you mean `{meant}`?" if meant else told.hint if told.at_key else ""
        report(Told(told.loc, f"{told.message}; {mended}", hint, told.at_key), Severity.WARNING)
    if not all(mended for _, mended in faults):
        return None
    # What compares several facts speaks up only now that each of them is right.
    again = check(schema, table, report)
    return again and Checked(again.value, merge(again.rest, rest))


_DATES = frozenset({"knowledge", "release_date", "last_updated", "date"})
_ADDRESSES = frozenset({"api", "doc", "source"})
_MEANT = {"cache_input": "cache_read", "cached_input": "cache_read", "cached_write": "cache_write"}
"""Keys that are written for others, and not the ones that look most like them."""


def _mended(fault: ErrorDetails) -> str:
    """Return what becomes of a fact that models.dev lets through and nobody can use, or nothing for other faults."""
    if fault["type"] == "extra_forbidden":
        return "its value is kept and not shown"
    unknown = fault["type"] == "value_error" and isinstance(fault["input"], str)
    return "it is taken as not known" if unknown and fault["loc"][-1] in _DATES | _ADDRESSES else ""


def _trim(table: Mapping[str, Any], rest: dict[str, Any], report: Report) -> Mapping[str, Any]:
    name = table.get("name")
    if not isinstance(name, str) or name == name.strip() or not name.strip():
        return table
    rest["name"] = name
    report(Told(("name",), "has white space at its edge; it is left out"), Severity.WARNING)
    return {**table, "name": name.strip()}


def _take(table: Mapping[str, Any], loc: Loc, rest: dict[str, Any]) -> dict[str, Any]:
    """Return the table without what is at `loc`, which goes to `rest`: a whole list when it stands in one."""
    keys = [str(part) for part in takewhile(lambda part: isinstance(part, str), loc)]
    here: Any = table
    for key in keys:
        here = here[key]
    for key in keys[:-1]:
        rest = rest.setdefault(key, {})
    rest.setdefault(keys[-1], here)
    return cast(dict[str, Any], without(table, loc))


def without(value: Any, loc: Loc, *, prune: bool = False) -> Any:
    """Return a copy of nested tables and lists without what is at `loc`; with `prune` without tables that become empty.

    What is not there is not missed.
    """
    part, rest = loc[0], loc[1:]
    if isinstance(value, list) and isinstance(part, int) and rest:
        return [without(item, rest) if i == part else item for i, item in enumerate(value)]
    if not isinstance(value, Mapping) or part not in value:
        return value
    kept = {key: item for key, item in value.items() if key != part}
    if rest:
        inner = without(value[part], rest, prune=prune)
        if not prune or inner != {}:
            return {**value, part: inner}
    return kept


def merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """Return `base` with `over` laid on it: tables are merged, anything else is replaced."""
    merged = {**base, **over}
    for key, value in over.items():
        below = base.get(key)
        if isinstance(value, Mapping) and isinstance(below, Mapping):
            merged[key] = merge(below, value)
    return merged
