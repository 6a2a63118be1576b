"""JSON is read strictly: what other readers let through in silence is a fault."""

from decimal import Decimal

import pytest

from generator.errors import ContentError
from generator.sources.json_text import parse_json


def test_numbers_keep_their_digits() -> None:
    found = parse_json('{"a": 0.10, "b": 1e-7, "c": 5, "d": ["\\u00e9", null]}', "t")
    assert found == {"a": Decimal("0.10"), "b": Decimal("1E-7"), "c": 5, "d": ["é", None]}
    assert str(found["a"]) == "0.10"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "t:1:1: error: is not JSON: Expecting value\n    hint: fetch it again"),
        ("<html>", "t:1:1: error: is not JSON: Expecting value\n    hint: fetch it again"),
        ('{"a": 1,\n"b"', "t:2:4: error: is not JSON: Expecting ':' delimiter\n    hint: fetch it again"),
        ('{"a": 1} x', "t:1:10: error: is not JSON: Extra data\n    hint: fetch it again"),
        ("[]", "t:1:1: error: has to hold an object at its top level"),
        ('{"a": {"b": 1, "c": 2, "b": 3}}', "t:1:24: error: the key `b` stands twice in one object"),
        ('{"a": NaN}', "t:1:7: error: `NaN` is not a finite number"),
        ('{"a": -Infinity}', "t:1:7: error: `-Infinity` is not a finite number"),
        ('{"a": ' + "9" * 5000 + "}", "t:1:7: error: a number may have 30 digits at most"),
        ('{"a": 1e' + "9" * 30 + "}", "t:1:7: error: a number may have 30 digits at most"),
        ('{"a": 1,\n "b": 2.5e-48}', "t:2:7: error: a number may have 30 digits at most"),
        ('{"a": ' + "[" * 100_000, "t:1:70: error: is nested more than 64 levels deep"),
        ('{"a": "\\u0000"}', "t:1:8: error: the character U+0000 is not allowed"),
        ('{"a": [{"\\u202e": 1}]}', "t:1:10: error: the character U+202E is not allowed"),
        ('{"a": "\\b"}', "t:1:8: error: the character U+0008 is not allowed"),
        ('{"a": "\\ud800"}', "t:1:8: error: byte 0xed is not UTF-8"),
    ],
)
def test_what_is_not_plain_json_is_a_fault(text: str, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        parse_json(text, "t")
    assert (
        str(caught.value)
        .removesuffix("\n    hint: remove it; it is invisible in most editors")
        .removesuffix("\n    hint: save the file as UTF-8")
        == told
    )


def test_line_ends_are_line_feeds() -> None:
    assert parse_json('{"a\\r": ["x\\r\\ny\\rz", {"b": 1}]}', "t") == {"a\n": ["x\ny\nz", {"b": 1}]}
