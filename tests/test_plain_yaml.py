"""What is cut line by line is what the event stream gives; whatever is written in another way is left to that."""

import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from generator import plain_yaml
from generator.documents import _Builder  # the one judge of what YAML is
from generator.errors import ContentError


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1", {"a": 1}),
        ("a:\nb: x y\n", {"a": None, "b": "x y"}),
        ("# c\n\na: 0.50 \n", None),
        ("a: 0.50\n  # c\n", {"a": Decimal("0.50")}),
        ("a: true\nb: null\nc: no\nd: 2025-01-02\n", {"a": True, "b": None, "c": "no", "d": "2025-01-02"}),
        ("a: 'it: is'\nb: \"# this\"\n", {"a": "it: is", "b": "# this"}),
        ("a: https://x:80/y\nb: /z/{id}\nc: 12:30\n", {"a": "https://x:80/y", "b": "/z/{id}", "c": "12:30"}),
        ("a:\n  b:\n    c: 1\n  d: 2\ne: 3\n", {"a": {"b": {"c": 1}, "d": 2}, "e": 3}),
        ("a:\n- 1\n- x\nb: 2\n", {"a": [1, "x"], "b": 2}),
        ("a:\n  - b: 1\n    c:\n    - 2\n  - d\n", {"a": [{"b": 1, "c": [2]}, "d"]}),
        ("a: [b]\nc: [text, image]\nd: []\n", {"a": ["b"], "c": ["text", "image"], "d": []}),
        ("a: [1, 0.50, true, null, no, 2025-01-02]\n", {"a": [1, Decimal("0.50"), True, None, "no", "2025-01-02"]}),
        ("a:\n  - [b, c/d.e-f]\n", {"a": [["b", "c/d.e-f"]]}),
    ],
)
def test_plain_lines_are_cut(text: str, data: object) -> None:
    found = plain_yaml.mapping(text)
    assert found == data
    assert repr(found) == repr(data)


@pytest.mark.parametrize(
    "text",
    [
        *("", "# c\n", "a", "- a\n", "a: b: c\n", "a: b:\n", "a: x #y\n", "a: |\n  b\n"),
        *("a: [b\n", "a: [b,\n  c]\n", "a: [b,c]\n", "a: [b, ]\n", "a: [[b]]\n", "a: [b c]\n", "a: [b: c]\n"),
        *("a: ['b']\n", "a: [b] # c\n", "a: {b: c}\n", "a: [-]\n", "a: [&b c]\n", "a: [1e99]\n"),
        *(
            "a: &b c\n",
            "a: !!str c\n",
            "a: *b\n",
            "<<: 1\n",
            "a: 1\na: 2\n",
            "a: b\n  c\n",
            "a: b\n  c: d\n",
            " a: 1\n",
        ),
        *(
            "\ta: 1\n",
            "a:\n    b: 1\n  c: 2\n",
            "a:\n  - 1\n  b: 2\n",
            "a: 1\n- b\n",
            "a:\n  - - 1\n",
            "a:\n  - 1\n   - 2\n",
        ),
        *('a: "\\t"\n', 'a: "b\n', "a: 'it''s'\n", "a: b \n", "---\na: 1\n", "a: 1\n...\n"),
        *("a: 1\x07\n", "a: \u2028\n", "a: " + "9" * 31, "a: 1e99\n", "a: b\r\nc: d\n", f"{'k' * 101}: 1\n"),
    ],
)
def test_the_rest_is_left_to_the_event_stream(text: str) -> None:
    assert plain_yaml.mapping(text) is None


def test_no_nesting_is_too_deep_for_it() -> None:
    assert plain_yaml.mapping("".join(f"{'  ' * depth}a:\n" for depth in range(10_000))) is None


_LINES = (
    *("key:", "a: 1", "b: x", "c:", 'd: "q"', "- 1", "- x y", "- a: 1", "- a:", "a", "# c", "", "x: y # z"),
    *("- b: c: d", "null: 0x1f", "u: http://a:1/b", "t: 12:30", "m: a#b", "k: \u2014x", "k: v: ", "- 'it'", "e: -1"),
    *("---", "- - 1", "l: [a, b]", "l2: [1, 0x1f]", "- [c]", "l3: [d,e]", "l4: []"),
)


def _mangled() -> Iterator[str]:
    chance = random.Random(7)  # noqa: S311  # not for a secret
    for _ in range(3000):
        count = chance.randint(1, 6)
        yield "\n".join(" " * chance.choice((0, 0, 0, 2, 2, 4, 1)) + chance.choice(_LINES) for _ in range(count))


def _kept() -> Iterator[str]:
    for path in sorted(Path("content").rglob("*.yaml"))[::5]:
        yield path.read_text()


def test_both_readers_agree() -> None:
    cut = 0
    for text in (*_mangled(), *_kept()):
        found = plain_yaml.mapping(text)
        if found is not None:
            cut += 1
            try:
                assert repr(found) == repr(_Builder(text, "f", 0).build()), text
            except ContentError as error:
                raise AssertionError(text) from error
    assert cut > 250
