"""Facts are taken out of an object one by one; what is odd stays and is told once; amounts keep every digit."""

import json
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter

from generator.schema import Author, Modality
from generator.sources.price_list import (
    AMOUNT,
    DATE,
    FLAG,
    LINE,
    LINES,
    MILLION,
    NUMBER,
    SLUGS,
    URL,
    Findings,
    Item,
    build,
    times,
)


def item(table: dict[str, Any]) -> Item:
    return Item(
        name="x", at=("x",), left=dict(table), findings=Findings("f.json", json.dumps({"x": table}, default=str))
    )


def told(found: Item) -> list[str]:
    return [f"{problem.field}: {problem.message}" for problem in found.findings.problems()]


@pytest.mark.parametrize(
    ("text", "factor", "shown"),
    [
        ("0.00000025", MILLION, "0.25"),
        ("2.5E-7", MILLION, "0.25"),
        ("0.00000008333333333333334", MILLION, "0.08333333333333334"),
        ("3.0001999999999996e-07", MILLION, "0.30001999999999996"),
        ("0.00003", MILLION, "30"),
        ("1", MILLION, "1000000"),
        ("1.50", 1, "1.5"),
        ("0.0", MILLION, "0"),
        ("0.0002833333333333333", 60, "0.016999999999999998"),
        ("1234567890123456789012345678.01", MILLION, "1234567890123456789012345678010000"),
    ],
)
def test_an_amount_times_a_factor_is_exact(text: str, factor: int, shown: str) -> None:
    assert str(times(Decimal(text), factor)) == shown


@pytest.mark.parametrize(
    ("value", "kind", "found", "fault"),
    [
        (Decimal("1e-7"), AMOUNT, Decimal("1e-7"), ""),
        (0, AMOUNT, 0, ""),
        (-1, AMOUNT, None, "has to be 0 or more, not `-1`"),
        ("1e-7", AMOUNT, None, "has to be a number, not `1e-7`"),
        (True, AMOUNT, None, "has to be a number, not "),
        (Decimal("1e-99"), AMOUNT, None, "a number may have 30 digits at most"),
        (Decimal("4096.0"), NUMBER, 4096, ""),
        (Decimal("4096.5"), NUMBER, None, "has to be a whole number, not `4096.5`"),
        ("4096", NUMBER, None, "has to be a whole number, not `4096`"),
        ("yes", FLAG, None, "has to be true or false, not `yes`"),
        ("2025-02-30", DATE, None, "there is no such date: `2025-02-30`"),
        (" a ", LINE, "a", ""),
        ("a\nb", LINE, None, "has to be on one line"),
        (5, LINE, None, "has to be text, not `5`"),
        (["a", "b"], LINES, ("a", "b"), ""),
        ("a", LINES, None, "has to be a list, not `a`"),
        (["a/b"], SLUGS, None, "may not hold `/`"),
        ("https://a.example/?q='x'", URL, "https://a.example/?q=%27x%27", ""),
        ("see the docs", URL, None, "holds a character that an address cannot have"),
        (None, LINE, None, ""),
        ("", LINE, None, ""),
    ],
)
def test_a_value_of_another_kind_stays_with_a_warning(
    value: object, kind: TypeAdapter[object], found: object, fault: str
) -> None:
    reading = item({"key": value})
    assert reading.take("key", kind) == found
    index = " > 0" if isinstance(value, list) else ""
    faults = told(reading)
    assert len(faults) == bool(fault)
    assert all(told.startswith(f"x > key{index}: {fault}") for told in faults)
    assert all(told.endswith("; its value is kept and not shown") for told in faults)
    assert reading.rest() == ({"key": value} if fault else {})
    assert ("key" in reading.refused) is bool(fault)


def test_what_is_not_there_is_not_missed() -> None:
    reading = item({})
    assert (reading.take("key", LINE), reading.limit("key"), reading.part("key").left) == (None, None, {})
    assert reading.rest() == {}
    assert told(reading) == []


def test_a_limit_of_zero_is_not_known() -> None:
    reading = item({"a": 0, "b": 8})
    assert (reading.limit("a"), reading.limit("b")) == (None, 8)
    assert reading.rest() == {"a": 0}
    assert told(reading) == []


def test_a_part_leaves_what_nobody_took() -> None:
    table = {"a": {"b": "1", "c": {"d": None}, "e": 2}, "f": [], "g": "", "h": {"i": {}}, "j": False}
    reading = item(table)
    assert reading.part("a").take("b", LINE) == "1"
    assert reading.part("a").part("c").take("d", LINE) is None
    assert reading.rest() == {"a": {"e": 2}, "f": [], "j": False}
    assert table["a"] == {"b": "1", "c": {"d": None}, "e": 2}


def test_a_part_has_to_be_an_object() -> None:
    reading = item({"a": {"b": [1]}})
    part = reading.part("a").part("b")
    assert part.take("c", LINE) is None
    assert told(reading) == ["x > a > b: has to be an object, not a list; its value is kept and not shown"]
    assert reading.rest() == {"a": {"b": [1]}}


@pytest.mark.parametrize(
    ("words", "found", "left", "faults"),
    [
        (["text", "file", "embeddings"], [Modality.TEXT, Modality.PDF, Modality.EMBEDDING], {}, []),
        (["file", "pdf"], [Modality.PDF], {}, []),
        (
            ["code", "text"],
            [Modality.TEXT],
            {"m": ["code"]},
            ["`code` is no modality that is known; it is kept and not shown"],
        ),
        ("text", [], {"m": "text"}, ["has to be a list, not `text`; its value is kept and not shown"]),
    ],
)
def test_modalities(words: object, found: list[Modality], left: dict[str, object], faults: list[str]) -> None:
    reading = item({"m": words})
    assert reading.modalities("m") == found
    assert reading.rest() == left
    assert told(reading) == [f"x > m: {fault}" for fault in faults]


def test_the_same_fault_is_told_once_with_the_first_place() -> None:
    findings = Findings("f.json", '{\n "a": {"k": 1},\n "b": {"k": 2, "l": 3},\n "c": {"k": 4}\n}')
    for name in ("b", "c", "a"):
        Item(name=name, at=(name,), left={}, findings=findings).warn(("k",), "is odd", "look")
    Item(name="b", at=("b",), left={}, findings=findings).warn(("l",), "is odd")
    assert [str(problem) for problem in findings.problems()] == [
        "f.json:3:8: warning: b > k: is odd (and 2 more like it)\n    hint: look",
        "f.json:3:16: warning: b > l: is odd",
    ]
    assert Findings("f.json", "no JSON at all").problems() == ()


def test_what_cannot_be_built_is_left_out_with_every_fault() -> None:
    reading = item({})
    assert build(Author, {"id": "a", "name": "A", "links": [], "website": None}, reading) == Author(id="a", name="A")
    assert told(reading) == []
    assert build(Author, {"id": "a/b", "website": "x"}, reading) is None
    assert told(reading) == [
        "x > id: may not hold `/`; the entry is left out",
        "x > name: is required; the entry is left out",
        "x > website: has to be an address that starts with https:// or http://, not `x`; the entry is left out",
    ]
