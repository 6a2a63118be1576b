"""Three ways compared, and files put back with what people wrote between the lines."""

from typing import Any

import pytest

from generator.documents import parse_markdown, parse_yaml
from generator.importer.ledger import digests
from generator.importer.merge import merge, rewritten


@pytest.mark.parametrize(
    ("ours", "theirs", "before", "facts", "by_hand", "conflicts"),
    [
        pytest.param({}, {"a": 1}, {}, {"a": 1}, (), (), id="new in the source"),
        pytest.param({"a": 1}, {"a": 1}, {}, {"a": 1}, (), (), id="the same by chance"),
        pytest.param({"a": 1}, {"a": 2}, {"a": 1}, {"a": 2}, (), (), id="changed in the source"),
        pytest.param({"a": 1}, {}, {"a": 1}, {}, (), (), id="gone from the source"),
        pytest.param({"a": 2}, {"a": 1}, {"a": 1}, {"a": 2}, ("a",), (), id="changed by hand"),
        pytest.param({}, {"a": 1}, {"a": 1}, {}, ("a",), (), id="removed by hand"),
        pytest.param({"b": 1}, {}, {}, {"b": 1}, ("b",), (), id="added by hand"),
        pytest.param({"a": 2}, {"a": 3}, {"a": 1}, {"a": 2}, ("a",), ("a",), id="changed by both"),
        pytest.param({"a": 3}, {"a": 3}, {"a": 1}, {"a": 3}, (), (), id="changed by both to the same"),
        pytest.param({}, {"a": 3}, {"a": 1}, {}, ("a",), ("a",), id="removed by hand, changed in the source"),
        pytest.param({"a": 2}, {}, {"a": 1}, {"a": 2}, ("a",), ("a",), id="changed by hand, gone from the source"),
        pytest.param({"a": 2}, {"a": 1}, {}, {"a": 2}, ("a",), ("a",), id="written by hand before the first import"),
        pytest.param(
            {"x": 9, "a": 2},
            {"a": 1, "b": {"c": 2}},
            {"a": 1, "b": {"c": 1}},
            {"a": 2, "x": 9},
            ("a", "b", "x"),
            ("b",),
            id="each fact for itself, those of the source first",
        ),
    ],
)
def test_each_fact_is_taken_from_whoever_changed_it(
    ours: dict[str, Any],
    theirs: dict[str, Any],
    before: dict[str, Any],
    facts: dict[str, Any],
    by_hand: tuple[str, ...],
    conflicts: tuple[str, ...],
) -> None:
    merged = merge(ours, theirs, digests(before))
    assert list(merged.facts.items()) == list(facts.items())
    assert (merged.by_hand, merged.conflicts) == (by_hand, conflicts)


TEXT = """\
# At the top.
name: A   # of old
# About the price.
price:
  input: 1  # cheap

  output: 2
tags:
- x

# At the end.
"""


@pytest.mark.parametrize(
    ("data", "changed", "text"),
    [
        pytest.param({"name": "A", "price": {"input": 1}, "tags": ["x"]}, set(), TEXT, id="nothing"),
        pytest.param(
            {"name": "B", "price": {"input": 1}, "tags": ["x"]},
            {"name"},
            TEXT.replace("name: A   # of old", "name: B"),
            id="one line",
        ),
        pytest.param(
            {"name": "A", "price": {"input": 3}, "tags": ["x"]},
            {"price"},
            TEXT.replace("price:\n  input: 1  # cheap\n\n  output: 2\n", "price:\n  input: 3\n"),
            id="a block",
        ),
        pytest.param(
            {"name": "A", "tags": ["x"]},
            {"price"},
            TEXT.replace("price:\n  input: 1  # cheap\n\n  output: 2\n", ""),
            id="a block is gone",
        ),
        pytest.param(
            {"name": "A", "price": {"input": 1}, "tags": ["x"], "family": "f"},
            {"family"},
            TEXT + "family: f\n",
            id="one more",
        ),
    ],
)
def test_only_what_has_changed_is_written_anew(data: dict[str, Any], changed: set[str], text: str) -> None:
    assert rewritten(parse_yaml(TEXT, "f"), data, changed) == text
    front = rewritten(parse_markdown(f"---\n{TEXT}---\n\nProse.\n", "f.md"), data, changed)
    assert front == text


def test_keys_that_do_not_start_a_line_are_written_anew() -> None:
    assert rewritten(parse_yaml("{name: A, tags: [x]}", "f"), {"name": "B", "tags": ["x"]}, {"name"}) == (
        "name: B\ntags:\n  - x\n"
    )
