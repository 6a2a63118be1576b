"""Data -> YAML -> the same data, through the strict reader; and what a person would have written."""

from decimal import Decimal
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.documents import parse_markdown, parse_yaml
from generator.sources.yaml_text import block


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("word", "word"),
        ("Claude Opus 4.8", "Claude Opus 4.8"),
        ("https://a.example/b#c", "https://a.example/b#c"),
        ("2025-06-17", "2025-06-17"),
        ("2025-06", "2025-06"),
        ("2025", '"2025"'),
        ("2.1", '"2.1"'),
        ("8x7B", '"8x7B"'),
        ("0o17", '"0o17"'),
        ("1e5", '"1e5"'),
        ("-1", '"-1"'),
        (".5", '".5"'),
        (".inf", '".inf"'),
        ("~", '"~"'),
        ("", '""'),
        ("no", '"no"'),
        ("True", '"True"'),
        ("NULL", '"NULL"'),
        ("nothing", "nothing"),
        ("a: b", '"a: b"'),
        ("a:", '"a:"'),
        ("a:b", "a:b"),
        ("a # b", '"a # b"'),
        ("a#b", "a#b"),
        ("a ", '"a "'),
        ("- a", '"- a"'),
        ("@cf/meta", '"@cf/meta"'),
        ('say "hi"', 'say "hi"'),
        ('"hi"', '"\\"hi\\""'),
        ("tab\there", '"tab\\there"'),
        ("Über", "Über"),
        ("日本", "日本"),
        ("🎉", '"🎉"'),
        (True, "true"),
        (False, "false"),
        (None, "null"),
        (0, "0"),
        (Decimal("0.50"), "0.50"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+7"), "1E+7"),
        (Decimal(5), "5"),
        ({}, "{}"),
        ([], "[]"),
        ((), "[]"),
        ("two\nlines", "|-\n  two\n  lines"),
        ("two\nlines\n", "|\n  two\n  lines"),
        ("two\n\n  lines", "|-\n  two\n\n    lines"),
        (" two\nlines", '" two\\nlines"'),
        ("two\nlines\n\n", '"two\\nlines\\n\\n"'),
        ("two\n\x85", '"two\\n\x85"'),
    ],
)
def test_a_value_stands_as_a_person_would_write_it(value: object, text: str) -> None:
    assert block({"key": value}) == f"key: {text}\n"


def test_lists_and_mappings_stand_in_blocks() -> None:
    data = {"a": {"b": [1, {"c": "x", "d": ["x"]}, ["z"], "two\nlines", {}]}, "no": 1, "": 2}
    assert block(data) == (
        "a:\n  b:\n    - 1\n    - c: x\n      d:\n        - x\n    - - z\n    - |-\n      two\n      lines\n    - {}\n"
        '"no": 1\n"": 2\n'
    )
    assert parse_yaml(block(data), "f").data == data


def test_a_value_that_no_catalog_has_is_refused() -> None:
    with pytest.raises(TypeError, match="no place in YAML for float"):
        block({"a": 0.5})


def test_nothing_is_nothing() -> None:
    assert block({}) == ""


# What the strict reader lets in: no controls, no surrogates, no marks that cannot be seen.
FORBIDDEN = "\x7f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\ufff9\ufffa\ufffb\ufffe\uffff"
TEXT = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters=FORBIDDEN, include_characters="\n\t")
    | st.sampled_from(" -:#'\"|>%@&*!?,[]{}~.0123456789eExo\n"),
    max_size=30,
)
KEY = TEXT.filter(lambda text: "\n" not in text)
NUMBER = st.integers(-(10**25), 10**25) | st.decimals(-(10**9), 10**9, places=7) | st.sampled_from([Decimal("1E+5")])
VALUE: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEY, inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(KEY, VALUE, max_size=5))
def test_whatever_is_written_is_read_as_it_was(data: dict[str, Any]) -> None:
    text = block(data)
    if data:
        read = parse_yaml(text, "f").data
        assert read == data
        assert _kinds(read) == _kinds(data)
        assert parse_markdown(f"---\n{text}---\n\nProse.\n", "f").data == data


@given(TEXT)
def test_another_reader_reads_the_same_text(text: str) -> None:
    """Also by the rules of YAML 1.1, where `no` is false and `12:30` a number; dates aside, which are dates there."""
    read = yaml.safe_load(block({"key": text}))["key"]
    assert str(read) == text
    assert type(read).__name__ in ("str", "date")


def _kinds(value: object) -> object:
    """Return the types of all values; a whole number may be of either type."""
    if isinstance(value, dict):
        return {key: _kinds(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_kinds(inner) for inner in value]
    return "number" if isinstance(value, int | Decimal) and not isinstance(value, bool) else type(value).__name__
