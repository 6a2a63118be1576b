"""What the reader says is what tomllib says; faults and keys have a place."""

import tomllib
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.documents import Loc
from generator.errors import ContentError
from generator.sources import toml
from generator.sources.toml import Reader, locate

LINES = (
    "",
    "# a comment",
    "a = 1",
    " a = 1 ",
    "b = 1_000.50 # why",
    'c = "text"',
    'c = "it\'s # no comment"',
    "c = 'literal \\'",
    'c = "a\\tb"',
    "d = []",
    'd = ["x", "y",]',
    "d = [",
    "]",
    "e = {x = 1, y.z = 2}",
    "e = {}",
    'f = """',
    '"""',
    "x.y = 1",
    '"q q" = true',
    "ü = 1",
    "g = 1 2",
    "g = ",
    "= 1",
    "h = 2025-01-01",
    "i = [{x = 2025-01-01T00:00:00Z}, 10:00:00]",
    "[a]",
    "[x]",
    "[x.y]",
    "[x.y.z]",
    "[[x]]",
    "[[x.y]]",
    "[[e.x]]",
    "[x]]",
    "[[x]",
    "[ x . y ]",
    "[x.]",
    "[.x]",
    '["x"]',
    "[x] # more",
    "\t",
    "nonsense",
)


def read(text: str) -> object:
    try:
        return Reader().parse(text, "t")
    except ContentError:
        return "fault"


def dated(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: dated(item) for key, item in value.items()}
    if isinstance(value, list):
        return [dated(item) for item in value]
    return value.isoformat() if isinstance(value, date | time) else value


def judged(text: str) -> object:
    try:
        return dated(tomllib.loads(text, parse_float=Decimal))
    except ValueError:
        return "fault"


@settings(max_examples=500)
@given(st.lists(st.sampled_from(LINES), max_size=8).map("\n".join))
def test_any_text_reads_as_tomllib_reads_it(text: str) -> None:
    assert repr(read(text)) == repr(judged(text))


@pytest.mark.parametrize("text", ["a = 1\n[a.b]", "[[x]]\n[x.y]", "[x.y]\n[x]", "[a]\n[[a]]", "e = {}\n[e.x]", "[a]]"])
def test_a_table_is_opened_as_tomllib_opens_it(text: str) -> None:
    assert repr(read(text)) == repr(judged(text))


def test_plain_text_never_reaches_tomllib_as_a_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(toml, "_whole", None)
    text = 'a = "x" # y\n\n# z\nb = ["x"]\n[c]\nd = 1_0\n[[e.f]]\ng = 0.10\n[[e.f]]\n[h.i.j]\n[h.i.k]\nl = {m = true}\n'
    found = Reader().parse(text, "t")
    assert repr(found) == repr(tomllib.loads(text, parse_float=Decimal))


def test_the_digits_of_a_number_are_kept() -> None:
    assert str(Reader().parse("a = 0.10", "t")["a"]) == "0.10"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a = 1\na = 2\n", "t:2:6: error: is not TOML: cannot overwrite a value"),
        ("a = [1", "t:1:1: error: is not TOML: unclosed array"),
        ("a = 1\n\nb = [1", "t:3:1: error: is not TOML: unclosed array"),
        ("a\n", "t:1:2: error: is not TOML: expected '=' after a key in a key/value pair"),
        ("a = " + "[" * 5000, "t:1:69: error: is nested more than 64 levels deep"),
        ("a = " + "9" * 5000, "t:1:5: error: a number may have 30 digits at most"),
        ("a = 2025-02-31", "t:1:5: error: is not TOML: invalid date or datetime"),
        ("a = 1e" + "9" * 30, "t:1:5: error: a number may have 30 digits at most"),
        ("# 1\nb = 2\na = [1, 1e-31]", "t:3:9: error: a number may have 30 digits at most"),
        (f"a = {'9' * 31}", "t:1:5: error: a number may have 30 digits at most"),
        ("[a]\nb = " + "{a = " * 70 + "1" + "}" * 70, "t:2:325: error: is nested more than 64 levels deep"),
        ("b = 1\n" + "a." * 64 + "a = 1", "t:2:1: error: a key has more than 64 parts"),
        ("b = {" + "a . " * 200 + "a = 1}", "t:1:1: error: a key has more than 64 parts"),
        (
            'a = "\\u0007"',
            "t:1:6: error: the character U+0007 is not allowed\n    hint: remove it; it is invisible in most editors",
        ),
        (
            '"\\u0007" = 1',
            "t:1:2: error: the character U+0007 is not allowed\n    hint: remove it; it is invisible in most editors",
        ),
        (
            'a = [{b = "\\u0007"}]',
            "t:1:12: error: the character U+0007 is not allowed\n    hint: remove it; it is invisible in most editors",
        ),
    ],
)
def test_faults_have_a_place(text: str, told: str) -> None:
    with pytest.raises(ContentError) as caught:
        Reader().parse(text, "t")
    assert str(caught.value) == told


TEXT = """\
name = "x"
"quoted key" = 1

[cost]  # in dollars
input = 1

  [[cost.tiers]]
  input = 2
[[cost.tiers]]
input = 3
[cost.tiers.tier]
size = 4
[a.b]
list = [
  1,
]
"""


@pytest.mark.parametrize(
    ("loc", "value", "key"),
    [
        (("name",), (1, 8), (1, 1)),
        (("quoted key",), (2, 16), (2, 1)),
        (("cost",), (4, 2), (4, 2)),
        (("cost", "input"), (5, 9), (5, 1)),
        (("cost", "output"), (4, 2), (4, 2)),
        (("cost", "tiers"), (7, 5), (7, 5)),
        (("cost", "tiers", 0, "input"), (8, 11), (8, 3)),
        (("cost", "tiers", 1, "input"), (10, 9), (10, 1)),
        (("cost", "tiers", 1, "tier", "size"), (12, 8), (12, 1)),
        (("a",), (13, 2), (13, 2)),
        (("a", "b", "list", 0), (14, 8), (14, 1)),
        (("none",), (1, 1), (1, 1)),
        ((), (1, 1), (1, 1)),
    ],
)
def test_a_key_has_a_place(loc: Loc, value: tuple[int, int], key: tuple[int, int]) -> None:
    assert (locate(TEXT, loc), locate(TEXT, loc, key=True)) == (value, key)


def test_values_are_read_once() -> None:
    reader = Reader()
    first, second = (reader.parse('a = ["text"]', "t") for _ in range(2))
    shared: dict[str, Any] = {'["text"]': ["text"]}
    assert first == second == {"a": ["text"]}
    assert reader.values == shared
