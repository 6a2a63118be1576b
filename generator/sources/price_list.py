"""What the readers of OpenRouter's list and of LiteLLM's price map share: taking facts out of one object of a list.

Such a list is made by many hands, and one odd value says nothing about the rest. What is not of the right kind stays
where it was, among what goes to `extensions`, with a warning; the same fault in many entries is told once, with the
place of the first. Amounts are exact: they are decimals from the text on, and a factor that costs a digit is an error.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact
from typing import Annotated, Any, TypeGuard, TypeVar

from pydantic import AfterValidator, BeforeValidator, TypeAdapter, ValidationError

from generator.documents import Loc
from generator.errors import Problem, Severity
from generator.faults import explain, shown
from generator.schema import Modality, Record
from generator.schema.values import Count, Flag, Line, PartialDate, Slug, Text, Url
from generator.sources.json_places import locate
from generator.sources.modelsdev_tables import Amount

__all__ = [
    "AMOUNT",
    "DATE",
    "FLAG",
    "KEPT",
    "LINE",
    "LINES",
    "MILLION",
    "NUMBER",
    "RANGE",
    "SLUG",
    "SLUGS",
    "TEXT",
    "URL",
    "Findings",
    "Item",
    "build",
    "is_valid",
    "payable",
    "times",
]

T = TypeVar("T")
M = TypeVar("M", bound=Record)

KEPT = "its value is kept and not shown"
MILLION = 1_000_000


def _whole(value: object) -> object:
    """Return a whole number that was written as `4096.0` as what it is."""
    return int(value) if isinstance(value, Decimal) and value == value.to_integral_value() else value


def _without_quotes(value: object) -> object:
    """Return an address with its single quotes encoded: they are allowed in one, and nowhere that one is written."""
    return value.replace("'", "%27") if isinstance(value, str) else value


def payable(amount: Decimal) -> Decimal:
    """Return an amount that somebody could ask for one token; refuse others."""
    if amount >= 10**20:  # for one token: a million of them would be more digits than a number may have
        raise ValueError("is more than anybody could pay")
    return amount


_Number = Annotated[Count, BeforeValidator(_whole)]
AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Annotated[Amount, AfterValidator(payable)])
DATE: TypeAdapter[str] = TypeAdapter(PartialDate)
FLAG: TypeAdapter[bool] = TypeAdapter(Flag)
LINE: TypeAdapter[str] = TypeAdapter(Line)
LINES: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Line, ...])
NUMBER: TypeAdapter[int] = TypeAdapter(_Number)
RANGE: TypeAdapter[tuple[int, int]] = TypeAdapter(tuple[_Number, _Number])
SLUG: TypeAdapter[str] = TypeAdapter(Slug)
SLUGS: TypeAdapter[tuple[str, ...]] = TypeAdapter(tuple[Slug, ...])
TEXT: TypeAdapter[str] = TypeAdapter(Text)
URL: TypeAdapter[str] = TypeAdapter(Annotated[Url, BeforeValidator(_without_quotes)])

_EXACT = Context(prec=100, traps=[Inexact])
_MODALITIES: Mapping[str, Modality] = {
    **{str(word): word for word in Modality},
    "embeddings": Modality.EMBEDDING,
    "file": Modality.PDF,
}


def is_valid(kind: TypeAdapter[T], value: object) -> TypeGuard[T]:
    """Return whether a value is of that kind as it is."""
    try:
        return kind.validate_python(value) == value
    except ValidationError:
        return False


def times(amount: Decimal, factor: int) -> Decimal:
    """Return `factor` times an amount, with all its digits and without an exponent where there is a whole number."""
    value = _EXACT.multiply(amount, Decimal(factor)).normalize(_EXACT)
    exponent = value.as_tuple().exponent
    return value.quantize(Decimal(1), context=_EXACT) if isinstance(exponent, int) and exponent > 0 else value


@dataclass(slots=True)
class Findings:
    """What is odd in a file: each kind of fault once, with the place of the first and how many there are."""

    path: str
    text: str
    found: dict[tuple[Loc, str, str], list[tuple[str, Loc]]] = field(default_factory=dict)

    def warn(self, entry: str, at: Loc, loc: Loc, message: str, hint: str = "") -> None:
        """Note a fault at `loc` of the entry of that name, which stands at `at` in the file."""
        self.found.setdefault((loc, message, hint), []).append((entry, (*at, *loc)))

    def problems(self) -> tuple[Problem, ...]:
        """Return a warning for each kind of fault."""
        places = locate(self.text, {first for (_, first), *_ in self.found.values()}) if self.found else {}
        return tuple(
            Problem(
                self.path,
                *places[same[0][1]],
                " > ".join(map(str, (same[0][0], *loc))),
                message if len(same) == 1 else f"{message} (and {len(same) - 1:,} more like it)",
                hint,
                Severity.WARNING,
            )
            for (loc, message, hint), same in self.found.items()
        )


@dataclass(slots=True, kw_only=True)
class Item:
    """One object of a list while its facts are taken out of it: `left` is what nobody took."""

    name: str
    """How messages call the entry."""
    at: Loc
    """Where the entry stands in the file."""
    left: dict[str, Any]
    findings: Findings
    within: Loc = ()
    """Where the object stands in its entry."""
    refused: set[str] = field(default_factory=set)
    """The keys whose values were not of the right kind."""

    def take(self, key: str, kind: TypeAdapter[T]) -> T | None:
        """Return the value at `key` and remove it; nothing when it is none or, with a warning, another kind."""
        value = self.left.get(key)
        if value is None or value == "":
            return None
        try:
            found = kind.validate_python(value)
        except ValidationError as error:
            told = explain(Record, error.errors(include_url=False)[0])
            self.refused.add(key)
            self.warn((key, *told.loc), f"{told.message}; {KEPT}")
            return None
        del self.left[key]
        return found

    def limit(self, key: str) -> int | None:
        """Return the number at `key` and remove it. A zero stays: it says that the number is not known."""
        return None if self.left.get(key) == 0 else self.take(key, NUMBER)

    def part(self, key: str) -> "Item":
        """Return the object at `key` as an item of its own; what is left of it stays at `key`."""
        value = self.left.get(key)
        inner = dict(value) if isinstance(value, dict) else {}
        if isinstance(value, dict):
            self.left[key] = inner
        elif value is not None:
            self.refused.add(key)
            self.warn((key,), f"has to be an object, not {shown(value)}; {KEPT}")
        within = (*self.within, key)
        return Item(name=self.name, at=self.at, left=inner, findings=self.findings, within=within)

    def modalities(self, key: str) -> list[Modality]:
        """Return the modalities that the list at `key` names, each once; words for none that is known stay."""
        words = self.take(key, LINES) or ()
        unknown = [word for word in words if word not in _MODALITIES]
        for word in unknown:
            self.warn((key,), f"`{word}` is no modality that is known; it is kept and not shown")
        if unknown:
            self.left[key] = unknown
        return list(dict.fromkeys(_MODALITIES[word] for word in words if word in _MODALITIES))

    def warn(self, loc: Loc, message: str, hint: str = "") -> None:
        """Report something odd at `loc` of this object."""
        self.findings.warn(self.name, self.at, (*self.within, *loc), message, hint)

    def rest(self) -> dict[str, Any]:
        """Return what is left, without what says nothing: null, blank, and objects of which nothing is left."""
        return _pruned(self.left)


def _pruned(table: Mapping[str, Any]) -> dict[str, Any]:
    found = {key: _pruned(value) if isinstance(value, dict) else value for key, value in table.items()}
    return {key: value for key, value in found.items() if value is not None and value not in ("", {})}


def build(schema: type[M], stated: Mapping[str, Any], item: Item) -> M | None:
    """Return the facts as a `schema`, or nothing after a warning for each that cannot be."""
    try:
        return schema.model_validate({key: value for key, value in stated.items() if value not in (None, {}, [], ())})
    except ValidationError as error:
        for fault in error.errors(include_url=False):
            told = explain(schema, fault)
            item.findings.warn(item.name, item.at, tuple(told.loc), f"{told.message}; the entry is left out")
        return None
