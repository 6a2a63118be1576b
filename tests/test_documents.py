"""Documents: what YAML means here, everything that is refused and where, front matter, bytes, and the limits of all."""

import os
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from generator.documents import (
    MAX_BYTES,
    MAX_DEPTH,
    Document,
    Loc,
    decode,
    parse_markdown,
    parse_yaml,
    parse_yaml_list,
    read,
    read_bytes,
)
from generator.errors import ContentError, Severity


def value(text: str) -> Any:
    return parse_yaml(f"a: {text}", "f").data["a"]


def fault(call: Callable[[], object]) -> str:
    with pytest.raises(ContentError) as caught:
        call()
    return str(caught.value)


def refused(text: str) -> str:
    return fault(lambda: parse_yaml(text, "f"))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", None),
        ("NULL", None),
        ("nULL", "nULL"),
        ('""', ""),
        ("'null'", "null"),
        ("true", True),
        ("True", True),
        ("FALSE", False),
        ("tRUE", "tRUE"),
        ("'true'", "true"),
        # Norway and her sisters.
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("y", "y"),
        ("on", "on"),
        ("Off", "Off"),
        # Whole numbers.
        ("0", 0),
        ("-0", 0),
        ("+7", 7),
        ("-7", -7),
        ("12", 12),
        ("012", 12),
        ("0o17", 15),
        ("0o18", "0o18"),
        ("0x1F", 31),
        ("-0x1F", "-0x1F"),
        ("0b101", "0b101"),
        ("1_000", "1_000"),
        ("1,000", "1,000"),
        ("9" * 30, int("9" * 30)),
        # Sexagesimal is text, as are dates and versions.
        ("1:30", "1:30"),
        ("190:20:30", "190:20:30"),
        ("2025-06-17", "2025-06-17"),
        ("2025-06-17T10:00:00Z", "2025-06-17T10:00:00Z"),
        ("1.2.3", "1.2.3"),
        # Fractions keep their digits.
        ("4.10", Decimal("4.10")),
        ("0.075", Decimal("0.075")),
        ("0.1", Decimal("0.1")),
        (".5", Decimal("0.5")),
        ("5.", Decimal(5)),
        ("-0.50", Decimal("-0.50")),
        ("1e3", Decimal("1E+3")),
        ("1.5E-7", Decimal("1.5E-7")),
        ("1e30", Decimal("1E+30")),
        ("0.000000000000000000000000000123", Decimal("1.23E-28")),
        ("1e", "1e"),
        (".", "."),
        ("+", "+"),
        ("-.", "-."),
        ("e5", "e5"),
        ("inf", "inf"),
        ("nan", "nan"),
        ("'.nan'", ".nan"),
        # Text.
        ("it's", "it's"),
        ("'it''s'", "it's"),
        ('"a\\tb"', "a\tb"),
        ("gpt-4: x".replace(": ", ":"), "gpt-4:x"),
        ("b # said", "b"),
        ("b#said", "b#said"),
        ("! b", "b"),
        ("|\n  b\n  c\n", "b\nc\n"),
        (">\n  b\n  c\n", "b c\n"),
        ("b\n  c", "b c"),
        ("[b, 1, {c: no}]", ["b", 1, {"c": "no"}]),
        ("\n- b\n- - c", ["b", ["c"]]),
        ("{}", {}),
        ("[]", []),
        ("Ünïcode 日本 😀", "Ünïcode 日本 😀"),
    ],
)
def test_scalars_mean_what_yaml_1_2_says(text: str, meant: object) -> None:
    found = value(text)
    assert found == meant
    assert type(found) is type(meant)
    if isinstance(found, Decimal):
        assert str(found) == str(meant)


@pytest.mark.parametrize(
    ("text", "key"), [("1: x", "1"), ("null: x", "null"), ("true: x", "true"), ("'a b': x", "a b"), ('"<<": x', "<<")]
)
def test_keys_are_text(text: str, key: str) -> None:
    assert parse_yaml(text, "f").data == {key: "x"}


@pytest.mark.parametrize("text", ["---\na: 1\n...\n", "%YAML 1.2\n---\na: 1", "# said\na: 1\n", "a: 1\r\n", "\n\na: 1"])
def test_what_may_stand_around_a_document(text: str) -> None:
    assert parse_yaml(text, "f").data == {"a": 1}


REMOVE = "\n    hint: remove it"
WRITE_OUT = "\n    hint: write the value out"
COLUMN = "\n    hint: start all keys of one mapping in one column, and write a quote inside of quotes twice"
COLON = "\n    hint: quote a value that holds `: `, or see to it that this line and the one above start in one column"
DIGITS = "error: a number may have 30 digits at most\n    hint: quote it when it is text"
NUMBER = "\n    hint: leave the key out when the value is not known"
MAPPING = "\n    hint: it has to hold `key: value` lines"
QUOTE = "\n    hint: quote it"
BRACKET = "error: a key has to be plain text\n    hint: quote a value that starts with `{` or `[`"
CLOSE = "\n    hint: close what was opened with `[` or `{`"
ITEMS = "\n    hint: start all items of one list with `- ` in one column"
ESCAPE = "error: this is not an escape\n    hint: write `\\\\` for a backslash, or put the text in single quotes"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # What attacks are made of.
        ("a: &b 1", f"f:1:4: error: the anchor `&b` is not allowed{WRITE_OUT} where it is used"),
        ("a: &b [1]", f"f:1:4: error: the anchor `&b` is not allowed{WRITE_OUT} where it is used"),
        ("a: &b {c: 1}", f"f:1:4: error: the anchor `&b` is not allowed{WRITE_OUT} where it is used"),
        ("x: 1\na: *b", f"f:2:4: error: the alias `*b` is not allowed{WRITE_OUT}"),
        ("a:\n  - *b", f"f:2:5: error: the alias `*b` is not allowed{WRITE_OUT}"),
        ("a: !!str 1", f"f:1:4: error: the tag `!!str` is not allowed{REMOVE}"),
        ("a: !!python/name:os.system x", f"f:1:4: error: the tag `!!python/name:os.system` is not allowed{REMOVE}"),
        ("a: !b {c: 1}", f"f:1:4: error: the tag `!b` is not allowed{REMOVE}"),
        ("a: !<tag:yaml.org,2002:int> 1", f"f:1:4: error: the tag `!!int` is not allowed{REMOVE}"),
        ("!!map {a: 1}", f"f:1:1: error: the tag `!!map` is not allowed{REMOVE}"),
        ("a: !" + "b" * 90, f"f:1:4: error: the tag `!{'b' * 56}...` is not allowed{REMOVE}"),
        ("a: 1\n<<: {b: 2}", "f:2:1: error: the merge key `<<` is not allowed\n    hint: write the values out"),
        ("a: 1\nb: 2\na: 3", "f:3:1: error: the key `a` stands here a second time\n    hint: remove one of the two"),
        ("a: {b: 1, 'b': 2}", "f:1:11: error: the key `b` stands here a second time\n    hint: remove one of the two"),
        ("&b a: 1", f"f:1:1: error: the key `a` carries an anchor or a tag{REMOVE}"),
        ("!!str a: 1", f"f:1:1: error: the key `a` carries an anchor or a tag{REMOVE}"),
        ("*b : 1", f"f:1:1: {BRACKET}"),
        ("? [a]\n: 1", f"f:1:3: {BRACKET}"),
        ("a: {{ b }}", f"f:1:5: {BRACKET}"),
        ("a: 1\n---\nb: 2", "f:2:1: error: a second document starts here\n    hint: one file holds one document"),
        ("a: 1\n...\n---\n", "f:3:1: error: a second document starts here\n    hint: one file holds one document"),
        # Numbers that are none, or too long.
        (f"a: -1e{'3' * 22}", "f:1:4: error: a number may have 30 digits at most\n    hint: quote it when it is text"),
        ("a: .nan", f"f:1:4: error: `.nan` is not a finite number{NUMBER}"),
        ("a: [-.INF]", f"f:1:5: error: `-.INF` is not a finite number{NUMBER}"),
        ("a: " + "9" * 31, f"f:1:4: {DIGITS}"),
        ("a: 1e31", f"f:1:4: {DIGITS}"),
        ("a: 1e400", f"f:1:4: {DIGITS}"),
        ("a: 1e-31", f"f:1:4: {DIGITS}"),
        ("a: 0." + "1" * 31, f"f:1:4: {DIGITS}"),
        ("a: 1e" + "9" * 500, f"f:1:4: {DIGITS}"),
        ("a: " + "9" * 5000, f"f:1:4: {DIGITS}"),
        ("a: 0x" + "f" * 5000, f"f:1:4: {DIGITS}"),
        ("a: 0x" + "f" * 26, f"f:1:4: {DIGITS}"),
        ("a: 0o" + "7" * 5000, f"f:1:4: {DIGITS}"),
        # Characters that only an escape can bring in.
        ('a: "\\0"', f"f:1:4: error: the character U+0000 is not allowed{REMOVE}"),
        ('a: "b\\rc"', f"f:1:4: error: the character U+000D is not allowed{REMOVE}"),
        ('a: "\\e[31m"', f"f:1:4: error: the character U+001B is not allowed{REMOVE}"),
        ('a: "\\N"', f"f:1:4: error: the character U+0085 is not allowed{REMOVE}"),
        ('a: "\\L"', f"f:1:4: error: the character U+2028 is not allowed{REMOVE}"),
        ('a: ["\\u202e"]', f"f:1:5: error: the character U+202E is not allowed{REMOVE}"),
        ('"\\a": 1', f"f:1:1: error: the character U+0007 is not allowed{REMOVE}"),
        ('a: "\\ud800"', f"f:1:7: {ESCAPE}"),
        # Another shape.
        ("", f"f: error: is empty{MAPPING}"),
        ("# nothing\n\n", f"f: error: is empty{MAPPING}"),
        ("---\n", f"f: error: is empty{MAPPING}"),
        ("[a]", f"f:1:1: error: holds a list at its top level{MAPPING}"),
        ("- a", f"f:1:1: error: holds a list at its top level{MAPPING}"),
        ("a", f"f:1:1: error: holds a single value at its top level{MAPPING}"),
        ("a:b", f"f:1:1: error: holds a single value at its top level{MAPPING}"),
        # What did not come through `decode`.
        (
            "a: \x07",
            (
                "f: error: is not YAML: unacceptable character #x0007: control characters are not allowed\\n"
                '  in "<unicode string>", position 3'
            ),
        ),
    ],
)
def test_what_is_refused_is_told_with_its_place(text: str, told: str) -> None:
    assert refused(text) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: b: c", f"f:1:5: error: a `: ` cannot stand here{COLON}"),
        ("a: 1\n  b: 2", f"f:2:4: error: a `: ` cannot stand here{COLON}"),
        ("a\nb: 1", f"f:2:2: error: a `: ` cannot stand here{COLON}"),
        ("a: 1\nb 2\nc: 3", "f:2:1: error: a key lacks its `: `\n    hint: every line has to be `key: value`"),
        ("\ta: 1", "f:1:1: error: a tab cannot stand here\n    hint: indent with spaces"),
        ("a:\n\t- b", "f:2:1: error: a tab cannot stand here\n    hint: indent with spaces"),
        ("a: b\n\tc: d", "f:2:1: error: a tab cannot stand here\n    hint: indent with spaces"),
        ("a:\n\t", "f:2:1: error: a tab cannot stand here\n    hint: indent with spaces"),
        ("a: @b", f"f:1:4: error: a value cannot start with `@`{QUOTE}"),
        ("a: `b`", f"f:1:4: error: a value cannot start with ```{QUOTE}"),
        ("a: %b", f"f:1:4: error: a value cannot start with `%`{QUOTE}"),
        ("a: ]", f"f:1:4: error: a value cannot start with `]`{QUOTE}"),
        ("a: , b", f"f:1:4: error: a value cannot start with `,`{QUOTE}"),
        ("a: [1,,2]", f"f:1:7: error: a value cannot start with `,`{QUOTE}"),
        ("a: ? b", f"f:1:4: error: a value cannot start with `?`{QUOTE}"),
        ("a: & b", f"f:1:4: error: a value cannot start with `&`{QUOTE}"),
        ("a: *", f"f:1:4: error: a value cannot start with `*`{QUOTE}"),
        ("%FOO\n---\na: 1", f"f:1:5: error: a line cannot start with `%`{QUOTE}"),
        ("%YAML 9.9\n---\na: 1", "f:1:1: error: is not YAML: found incompatible YAML document"),
        ('a: "b', "f:1:4: error: the quote that starts here is not closed"),
        ("a: 'b\nc: d\n", "f:1:4: error: the quote that starts here is not closed"),
        ("a: 'it's'", f"f:1:8: error: a key cannot start here{COLUMN}"),
        ('a: "b" c', f"f:1:8: error: a key cannot start here{COLUMN}"),
        ("a: 1\n- b", f"f:2:1: error: a key cannot start here{COLUMN}"),
        (" a: 1\nb: 2", f"f:2:1: error: a key cannot start here{COLUMN}"),
        ('a: "C:\\path"', f"f:1:7: {ESCAPE}"),
        ('a: "\\u12"', f"f:1:7: {ESCAPE}"),
        ("a: [1\nb: 2", "f:1:4: error: the list that starts here lacks a `,` or its `]`"),
        ("a: [1", "f:1:4: error: the list that starts here lacks a `,` or its `]`"),
        ("a: [1}", "f:1:4: error: the list that starts here lacks a `,` or its `]`"),
        ("a: {b: 1", "f:1:4: error: the mapping that starts here lacks a `,` or its `}`"),
        (
            "a: [1,",
            f"f:1:7: error: the text ends inside of a list or a mapping{CLOSE}",
        ),
        ("a: - b", "f:1:4: error: a list cannot start here\n    hint: start it on a line of its own"),
        (
            "a:\n  - b\n  c: d",
            f"f:3:3: error: an item of a list cannot start here{ITEMS}",
        ),
        ("a: | b", "f:1:6: error: text cannot follow `|` or `>` here\n    hint: start it on the next line, indented"),
    ],
)
def test_faults_of_syntax_say_what_to_write_instead(text: str, told: str) -> None:
    assert refused(text) == told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 50_000, "f:1:65"),
        ("a: " + "[" * 50_000, "f:1:67"),
        ("{a: " * 50_000, "f:1:257"),
        ("- " * 50_000, "f:1:129"),
        ("[[]," * 50_000, "f:1:254"),
        ("\n".join(" " * depth + "a:" for depth in range(1400)), "f:65:65"),
    ],
)
def test_deep_nesting_is_refused_at_once(text: str, place: str) -> None:
    begun = process_time()
    assert refused(text) == f"{place}: error: is nested more than 64 levels deep"
    assert process_time() - begun < 5


def test_nesting_up_to_the_limit_is_read() -> None:
    assert MAX_DEPTH == 64
    inner = "[" * 63 + "]" * 63
    assert value(inner) == eval(inner)  # noqa: S307  brackets of our own
    assert refused(f"a: [{inner}]") == "f:1:67: error: is nested more than 64 levels deep"


@pytest.mark.parametrize(
    "text",
    [
        "? " * 50_000,
        '"' * 50_000,
        "!" * 50_000,
        "&a " * 50_000,
        '["a":' * 50_000,
        "a: " + "\n" * 800_000 + "b",
        "a: " + "1" * 1_000_000,
        'a: "' + "\\x41" * 200_000,
        "a: &" + "a" * 1_000_000,
    ],
)
def test_no_text_takes_long(text: str) -> None:
    begun = process_time()
    assert len(refused(text)) < 200
    assert process_time() - begun < 5


TEXT = """\
a: 1
b:
  - c: 2
    d:   [3, {e: 4}, 'f']
  - g
"h i": {j: {k: 5},
        l: 6}
m:
n: |
  o
"""


@pytest.mark.parametrize(
    ("loc", "key", "value"),
    [
        ((), (1, 1), (1, 1)),
        (("a",), (1, 1), (1, 4)),
        (("b",), (2, 1), (3, 3)),
        (("b", 0), (3, 5), (3, 5)),
        (("b", 0, "c"), (3, 5), (3, 8)),
        (("b", 0, "d"), (4, 5), (4, 10)),
        (("b", 0, "d", 0), (4, 11), (4, 11)),
        (("b", 0, "d", 1), (4, 14), (4, 14)),
        (("b", 0, "d", 1, "e"), (4, 15), (4, 18)),
        (("b", 0, "d", 2), (4, 22), (4, 22)),
        (("b", 1), (5, 5), (5, 5)),
        (("h i",), (6, 1), (6, 8)),
        (("h i", "j", "k"), (6, 13), (6, 16)),
        (("h i", "l"), (7, 9), (7, 12)),
        (("m",), (8, 1), (8, 3)),
        (("n",), (9, 1), (9, 4)),
        # What is not there has the place of what it would stand in.
        (("z",), (1, 1), (1, 1)),
        (("b", 0, "z"), (3, 5), (3, 5)),
        (("h i", "j", "z", 0), (6, 9), (6, 9)),
    ],
)
def test_every_key_and_value_has_a_place(loc: Loc, key: tuple[int, int], value: tuple[int, int]) -> None:
    document = parse_yaml(TEXT, "f")
    assert (document.locate(loc, key=True), document.locate(loc)) == (key, value)


def test_a_problem_points_at_the_value_or_at_the_key() -> None:
    document = parse_yaml(TEXT, "f")
    loc = ("b", 0, "d", 1, "e")
    assert str(document.problem(loc, "is odd")) == "f:4:18: error: b[0].d[1].e: is odd"
    told = document.problem(loc, "is odd", hint="go", key=True, severity=Severity.WARNING)
    assert str(told) == "f:4:15: warning: b[0].d[1].e: is odd\n    hint: go"


def test_a_document_without_text_has_problems_without_a_line() -> None:
    assert str(Document("f", {"a": 1}).problem(("a",), "is odd")) == "f: error: a: is odd"


FRONT = "---\na: 1\nb: [2]\n---\n"


@pytest.mark.parametrize(
    ("text", "data", "body", "body_line"),
    [
        ("---\na: 1\n---\n", {"a": 1}, "", 4),
        ("---\na: 1\n---", {"a": 1}, "", 4),
        ("---\na: 1\n---\nHello\n", {"a": 1}, "Hello", 4),
        ("---\na: 1\n---\n\n\nHello\n\nyou\n\n", {"a": 1}, "Hello\n\nyou", 6),
        ("---  \na: 1\n--- \nHello\n", {"a": 1}, "Hello", 4),
        ("---\na: |-\n  ---\n---\nHello", {"a": "---"}, "Hello", 5),
        ("---\na: 1\n---\n    code\nHello\n", {"a": 1}, "    code\nHello", 4),
        ("---\na: 1\n---\nHello\n---\nyou\n", {"a": 1}, "Hello\n---\nyou", 4),
        ("---\na: 1\n---\nHello  \nyou  \n", {"a": 1}, "Hello  \nyou", 4),
        ("---\na: no\n---\n", {"a": "no"}, "", 4),
        # The names of the library's own arguments.
        ("---\ncontent: 1\nhandler: 2\ntext: 3\nencoding: 4\nmetadata: 5\n---\nHello", None, "Hello", 8),
    ],
)
def test_front_matter_stands_between_two_lines(text: str, data: object, body: str, body_line: int) -> None:
    document = parse_markdown(text, "f")
    expected = data or {"content": 1, "handler": 2, "text": 3, "encoding": 4, "metadata": 5}
    assert (document.data, document.body, document.body_line) == (expected, body, body_line)
    if body:
        assert body.startswith(text.split("\n")[body_line - 1].rstrip())


NOT_THERE = "f:1:1: error: has no front matter\n    hint: the first line has to be `---`"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", NOT_THERE),
        ("Hello\n", NOT_THERE),
        ("a: 1\n---\n", NOT_THERE),
        ("\n---\na: 1\n---\n", NOT_THERE),
        (" ---\na: 1\n---\n", NOT_THERE),
        ("----\na: 1\n----\n", NOT_THERE),
        ("+++\na = 1\n+++\n", NOT_THERE),
        ("---js\na: 1\n---\n", NOT_THERE),
        ("---", "f:1:1: error: front matter is not closed\n    hint: put a line `---` below it"),
        ("---\na: 1\n", "f:1:1: error: front matter is not closed\n    hint: put a line `---` below it"),
        ("---\na: 1\n ---\n", "f:1:1: error: front matter is not closed\n    hint: put a line `---` below it"),
        ("---\na: 1\n...\nHello", "f:1:1: error: front matter is not closed\n    hint: put a line `---` below it"),
        ("---\n---\nHello", f"f:1:1: error: front matter is empty{MAPPING}"),
        ("---\n# no\n---\nHello", f"f:1:1: error: front matter is empty{MAPPING}"),
        ("---\n- a\n---\nHello", f"f:2:1: error: holds a list at its top level{MAPPING}"),
        ("---\na\n---\nHello", f"f:2:1: error: holds a single value at its top level{MAPPING}"),
        ("---\na: 1\nb: *c\n---\n", f"f:3:4: error: the alias `*c` is not allowed{WRITE_OUT}"),
        (
            "---\na: 1\na: 2\n---\n",
            "f:3:1: error: the key `a` stands here a second time\n    hint: remove one of the two",
        ),
        (
            "---\na: 1\n--- b\n---\n",
            "f:3:1: error: a second document starts here\n    hint: one file holds one document",
        ),
        ("---\na: [1\n---\n", "f:2:4: error: the list that starts here lacks a `,` or its `]`"),
        ("---\na: 1\nb: @\n---\n", f"f:3:4: error: a value cannot start with `@`{QUOTE}"),
    ],
)
def test_front_matter_that_is_not_as_it_should_be(text: str, told: str) -> None:
    assert fault(lambda: parse_markdown(text, "f")) == told


def test_places_in_front_matter_are_those_of_the_file() -> None:
    document = parse_markdown("---\n# said\na: 1\nb: [2]\n---\nHello", "f")
    assert (document.locate(("a",)), document.locate(("b", 0)), document.locate(("c",))) == ((3, 4), (4, 5), (2, 1))


LIST = "\n    hint: it has to hold a list, each item after a `- `"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", f"f: error: is empty{LIST}"),
        ("a: 1", f"f:1:1: error: holds a mapping at its top level{LIST}"),
        ("a", f"f:1:1: error: holds a single value at its top level{LIST}"),
        (
            "- a: 1\n- b\n-\n  - c",
            "f:2:3: error: has to hold `key: value` lines\nf:4:3: error: has to hold `key: value` lines",
        ),
        ("- a: *b", f"f:1:6: error: the alias `*b` is not allowed{WRITE_OUT}"),
    ],
)
def test_a_list_of_mappings_is_nothing_else(text: str, told: str) -> None:
    assert fault(lambda: parse_yaml_list(text, "f")) == told


def test_every_mapping_of_a_list_is_a_document_with_its_place() -> None:
    first, second = parse_yaml_list("- a: 1\n- b: 2\n  c: [3]\n", "f")
    assert (first.data, second.data) == ({"a": 1}, {"b": 2, "c": [3]})
    assert str(second.problem(("c", 0), "is odd")) == "f:3:7: error: c[0]: is odd"
    assert str(second.problem(("z",), "is required", key=True)) == "f:2:3: error: z: is required"


def test_only_where_it_is_allowed_a_file_may_be_empty() -> None:
    assert parse_yaml("# nothing\n", "f", may_be_empty=True).data == {}
    told = fault(lambda: parse_yaml("[]", "f", may_be_empty=True))
    assert told == f"f:1:1: error: holds a list at its top level{MAPPING}"


SAVE = "\n    hint: save the file as UTF-8"
INVISIBLE = "\n    hint: remove it; it is invisible in most editors"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a: 1\n", "a: 1\n"),
        (b"\xef\xbb\xbfa: 1\n", "a: 1\n"),
        (b"a: 1\r\nb: 2\rc: 3\n", "a: 1\nb: 2\nc: 3\n"),
        ("a: Ü\t日\u200b\u00a0\u200f😀".encode(), "a: Ü\t日\u200b\u00a0\u200f😀"),
        (b"", ""),
    ],
)
def test_bytes_are_text(data: bytes, text: str) -> None:
    assert decode(data, "f") == text


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ("a: 1".encode("utf-16"), f"f:1:1: error: is UTF-16{SAVE}"),
        (b"\xfe\xff\0a", f"f:1:1: error: is UTF-16{SAVE}"),
        ("a: 1".encode("utf-16-le"), f"f:1:2: error: the character U+0000 is not allowed{INVISIBLE}"),
        (b"a: 1\nb: \xfcber\n", f"f:2:4: error: byte 0xfc is not UTF-8{SAVE}"),
        ("ä: 1\nüü: ".encode() + b"\xe9", f"f:2:5: error: byte 0xe9 is not UTF-8{SAVE}"),
        (b"\xef\xbb\xbfa: 1\nb: \xfc", f"f:2:4: error: byte 0xfc is not UTF-8{SAVE}"),
        (b"a: 1\r\nb: 2\rc: \xff", f"f:3:4: error: byte 0xff is not UTF-8{SAVE}"),
        (b"\xed\xa0\x80", f"f:1:1: error: byte 0xed is not UTF-8{SAVE}"),
        (b"a: 1\nb: \0", f"f:2:4: error: the character U+0000 is not allowed{INVISIBLE}"),
        (b"a: \x1b[31m", f"f:1:4: error: the character U+001B is not allowed{INVISIBLE}"),
        (b"a: \x7f", f"f:1:4: error: the character U+007F is not allowed{INVISIBLE}"),
        ("a: \x85".encode(), f"f:1:4: error: the character U+0085 is not allowed{INVISIBLE}"),
        ("a: \u2028b".encode(), f"f:1:4: error: the character U+2028 is not allowed{INVISIBLE}"),
        ("a: x\u202ey".encode(), f"f:1:5: error: the character U+202E is not allowed{INVISIBLE}"),
        ("a: \u2066".encode(), f"f:1:4: error: the character U+2066 is not allowed{INVISIBLE}"),
        ("\ufeff\ufeffa: 1".encode(), f"f:1:1: error: the character U+FEFF is not allowed{INVISIBLE}"),
        ("a: \uffff".encode(), f"f:1:4: error: the character U+FFFF is not allowed{INVISIBLE}"),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(data: bytes, told: str) -> None:
    assert fault(lambda: decode(data, "f")) == told


def test_what_decode_lets_through_is_what_yaml_can_hold() -> None:
    allowed = [c for c in map(chr, range(0x110000)) if c not in "\n\r\"'\\" and not "\ud800" <= c <= "\udfff"]
    kept = []
    for start in range(0, len(allowed), 4096):
        text = "".join(allowed[start : start + 4096])
        for _ in range(4096):
            try:
                kept.append(decode(text.encode(), "f"))
                break
            except ContentError as error:
                bad = error.problems[0].column - 1
                text = text[:bad] + text[bad + 1 :]
    whole = "".join(kept).replace("\t", "").strip()
    assert len(whole) > 1_100_000
    assert parse_yaml(f"a: '{whole}'", "f").data == {"a": whole}


def test_files_are_read_by_their_suffix(tmp_path: Path) -> None:
    for name in ("a.yaml", "a.yml", "a.md"):
        (tmp_path / name).write_bytes(b"---\r\na: 1\r\n---\r\n" + (b"\r\nHello\r\n" if name == "a.md" else b""))
    document = read(tmp_path / "a.md", "site/a.md")
    assert (document.path, document.data, document.body, document.body_line) == ("site/a.md", {"a": 1}, "Hello", 5)
    assert fault(lambda: read(tmp_path / "a.yml", "a.yml")).startswith(
        "a.yml:3:1: error: a second document starts here"
    )
    (tmp_path / "a.yaml").write_text("a: 1")
    assert read(tmp_path / "a.yaml").path == (tmp_path / "a.yaml").as_posix()
    (tmp_path / "a.yaml").write_text("# later")
    assert read(tmp_path / "a.yaml", may_be_empty=True).data == {}


def test_a_file_has_a_limit(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"a: 1 #".ljust(MAX_BYTES, b"x"))
    assert read(tmp_path / "a.yaml").data == {"a": 1}
    (tmp_path / "a.yaml").write_bytes(b"a: 1 #".ljust(MAX_BYTES + 1, b"x"))
    assert fault(lambda: read(tmp_path / "a.yaml", "a.yaml")) == "a.yaml: error: is larger than 1 MiB"
    for limit, words in ((256 * 1024, "256 KiB"), (1500, "1 KiB"), (10, "10 bytes")):
        assert (
            fault(partial(read_bytes, tmp_path / "a.yaml", "a.yaml", limit)) == f"a.yaml: error: is larger than {words}"
        )


@pytest.mark.parametrize("kind", ["pipe", "link to a pipe", "folder", "device", "nothing", "link to nothing"])
def test_what_is_no_file_is_never_opened(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    elif kind == "link to a pipe":
        os.mkfifo(tmp_path / "pipe")
        path.symlink_to("pipe")
    elif kind == "link to nothing":
        path.symlink_to("nothing")
    reason = "cannot be read: No such file or directory" if "nothing" in kind else "is not a regular file"
    assert fault(lambda: read(path, "a.yaml")) == f"a.yaml: error: {reason}"


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    c: int


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    a: int = 0
    b: tuple[Inner, ...] = ()
    more: str = ""


def test_a_document_is_loaded_with_what_is_known_from_elsewhere() -> None:
    loaded = parse_yaml("a: 1\nb: [{c: 2}]", "f").load(Outer, more="x")
    assert loaded == Outer(a=1, b=(Inner(c=2),), more="x")


def test_all_faults_of_a_document_are_told_in_the_order_of_its_lines() -> None:
    text = "---\nz: 1\nb:\n  - c: 1\n  - d: 1\na: x\n---\n"
    assert fault(lambda: parse_markdown(text, "f").load(Outer)).split("\n") == [
        "f:2:1: error: z: unknown key",
        "    hint: known keys: a, b, more",
        "f:5:5: error: b[1].c: is required",
        "f:5:5: error: b[1].d: unknown key",
        "    hint: known keys: c",
        "f:6:4: error: a: Input should be a valid integer, unable to parse string as an integer (found `x`)",
    ]


def test_of_very_many_faults_the_first_hundred_are_told_and_in_no_time() -> None:
    document = parse_yaml("".join(f"k{i}: 1\n" for i in range(3_000)), "f")
    begun = process_time()
    lines = fault(lambda: document.load(Outer)).split("\n")
    assert process_time() - begun < 5
    assert lines[0] == "f: error: has 3,000 faults; the first 100 are told"
    assert lines[-2] == "f:100:1: error: k99: unknown key"


def lines_of(text: str) -> int:
    return text.count("\n") + 1


TOKENS = [
    *("a", "b: ", "- ", "[", "]", "{", "}", ",", ": ", "#", "&a", "*a", "!", "%", "? ", "\\", "1", "0x", ".5", "null"),
    *("<<: ", "'", '"', "|", ">", "`", "@", "é", "😀", "|\n", "\n", "\n  ", "\t", "---\n", "..."),
]
YAML_LIKE = st.lists(st.sampled_from(TOKENS), max_size=30).map("".join)


@given(st.one_of(YAML_LIKE, st.text(), st.binary().map(lambda data: data.decode("latin-1"))))
@settings(max_examples=250)
@example("a: [1,\n")
@example("\n\n  '")
@example("---\na: '\n---\n")
def test_any_text_is_read_or_refused_at_a_line_of_its_own(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    for parse in (parse_yaml, parse_yaml_list, parse_markdown):
        try:
            parse(decode(text.encode(), "f"), "f")
        except ContentError as error:
            for problem in error.problems:
                assert 0 <= problem.line <= lines_of(text.replace("\r", "\n"))
                assert (problem.line == 0) == (problem.column == 0)
                assert "\n" not in problem.message
                assert "{" not in problem.message or "{" in text or "is not YAML" in problem.message


@given(st.one_of(YAML_LIKE, st.text(st.characters(exclude_categories=["Cs", "Cc"]))))
@settings(max_examples=200)
def test_whatever_is_read_can_be_found_again(text: str) -> None:
    try:
        document = parse_yaml(decode(text.encode(), "f"), "f")
    except ContentError:
        return

    def check(found: object, loc: Loc) -> None:
        line, column = document.locate(loc)
        assert 1 <= line <= lines_of(document.yaml_text)
        assert 1 <= column <= len(document.yaml_text.split("\n")[line - 1]) + 1
        if isinstance(found, dict):
            for key, inner in found.items():
                check(inner, (*loc, key))
        elif isinstance(found, list):
            for i, inner in enumerate(found):
                check(inner, (*loc, i))

    check(document.data, ())
