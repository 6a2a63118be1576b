"""The reading of one record: what is taken, what is left, and where a fault is told."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
import yaml

from generator.documents import Document, parse_yaml
from generator.errors import ContentError
from generator.schema import Author, Record
from generator.sources.starmap_facts import definition, offering
from generator.sources.starmap_owners import author, provider
from generator.sources.starmap_reading import Reading

TEXT = """\
id: a
outer: {inner: {name: Name, rest: 1}, blank: " ", none: null}
items: [{word: x}, {word: y, more: 2}, 3]
"""


def reading_of(text: str) -> Reading:
    return Reading(parse_yaml(text, "a.yaml"))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (("id",), "a"),
        (("outer", "inner", "rest"), 1),
        (("outer", "blank"), None),
        (("outer", "none"), None),
        (("outer", "absent", "below"), None),
        (("absent",), None),
        (("items", 1, "word"), "y"),
    ],
)
def test_what_says_nothing_is_nothing(place: tuple[int | str, ...], value: object) -> None:
    reading = reading_of(TEXT)
    assert reading.see(*place) == value
    assert reading.take(*place) == value
    assert reading.see(*place) is None
    assert reading.faults == []


def test_what_was_not_taken_is_left() -> None:
    reading = reading_of(TEXT)
    reading.move("id", "id")
    reading.move("outer.inner.name", "name")
    for place, _ in reading.items("items"):
        reading.take(*place, "word")
    assert [str(fault) for fault in reading.faults] == [
        "a.yaml:3:40: error: items[2]: has to hold `key: value` lines, not `3`"
    ]
    reading.faults.clear()
    value = reading.build(Author)
    assert (value.id, value.name) == ("a", "Name")
    assert value.extensions == {"starmap": {"outer": {"inner": {"rest": 1}}, "items": [{}, {"more": 2}, 3]}}


def test_the_source_is_not_changed() -> None:
    document = parse_yaml(TEXT, "a.yaml")
    before = yaml.safe_dump(dict(document.data))
    reading = Reading(document)
    for name in list(document.data):
        reading.take(name)
    reading.take("outer", "inner", "name")
    assert yaml.safe_dump(dict(document.data)) == before


def test_every_fault_is_told_at_once_in_the_words_of_the_source() -> None:
    reading = reading_of("id: a/b\nouter:\n  inner: {name: 5}\nitems: word\n")
    reading.move("id", "id")
    reading.move("outer.inner.name", "name")
    reading.items("items")
    reading.take("id", "below")
    with pytest.raises(ContentError) as caught:
        reading.build(Author)
    assert [str(problem) for problem in caught.value.problems] == [
        "a.yaml:1:5: error: id: may not hold `/`",
        'a.yaml:3:17: error: outer.inner.name: has to be text, not `5`\n    hint: quote it: "5"',
        "a.yaml:4:8: error: items: has to be a list, not `word`",
    ]


@pytest.mark.parametrize(
    ("text", "day", "warned"),
    [
        ("2025", "2025", False),
        ("2025-06", "2025-06", False),
        ("2025-06-17", "2025-06-17", False),
        ("2025-06-17T23:59:59.999Z", "2025-06-17", False),
        ("2025-06-17T00:00:00+02:00", "2025-06-17", False),
        ("2025-02-29", None, True),
        ("2025-13", None, True),
        ("1025-01-01", None, True),
        ("17 June 2025", None, True),
        ("2025-6-1", None, True),
    ],
)
def test_a_date_is_the_day_of_a_timestamp(text: str, day: str | None, warned: bool) -> None:
    reading = reading_of(f"when: '{text}'\n")
    reading.move_date(("when",), ("founded",))
    assert reading.facts.get("founded") == day
    assert (reading.see("when") == text) is warned
    warning = f"when: there is no such date: `{text}`"
    assert [f"{it.field}: {it.message}" for it in reading.warnings] == [warning] * warned


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-09-04T14:31:01Z", True),
        ("2025-09-04T14:31:01", True),
        ("2025-09-04T00:00:01Z", True),
        ("2025-09-04T00:00:00Z", False),
        ("2025-09-04T00:00:00.000+00:00", False),
        ("2025-09-04 00:00", False),
        ("2025-09-04", False),
        ("soon", False),
    ],
)
def test_midnight_is_no_time_of_day(text: str, expected: bool) -> None:
    assert reading_of(f"when: '{text}'\n").has_time_of_day("when") is expected


FACTS = """\
id: gem
authors: [{id: google, name: Google}]
metadata: {release_date: 2025-01-01, tags: [chat], architecture: {type: moe}}
lineage: {family: gems, parent: google/base}
features: {modalities: {input: [text], output: [text]}, tools: true}
generation: {temperature: {min: 0, max: 2}, max_tokens: 9}
reasoning_tokens: {min: 0, max: 9}
reasoning: {levels: [low], default: low}
pricing:
  tokens: {input: {per_1m: 1}, cache: {read: {per_token: 0.1}}}
  operations: {request: 0, audio_gen: 1}
  tiers: [{type: context, size: 9, tokens: {input: {per_1m: 1}}}]
  effective_from: 2025-01-01
limits: {context_window: 9}
modes: {fast: {pricing: {tokens: {input: {per_1m: 1}}}, provider: {headers: {a: b}, body: {c: {d: e}}}}}
extensions: {models.dev: {fields: {x: 1}}}
"""
OWNER = """\
id: x
name: X
aliases: [y]
api_key: {name: K, pattern: a+}
env_vars: [{name: E}]
catalog: {docs: "https://a.b", api_url: "https://a.b", endpoint: {type: openai, url: "https://a.b"}}
inference: {base_url: "https://a.b", endpoints: [{operation: chat, type: openai, path: /c}]}
chat_completions: {url: "https://a.b"}
retention_policy: {type: fixed, duration: 1h}
credentials:
  fields: [{id: key, required: true, environment: [K]}]
  profiles: [{id: p, primitive: api-key, fields: [key], placements: [{field: key, kind: header, name: H}]}]
  inference: {required: true, alternatives: [p]}
extensions: {models.dev: {fields: {npm: n}}}
"""
ODD: tuple[Any, ...] = ([], [[]], {}, {"x": {}}, "word", 5, True, None)
KNOWN = {"google": "google"}


def spoiled(value: Any) -> Iterator[Any]:
    """Yield copies of plain data, each with one value replaced by something odd."""
    yield from ODD
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        for part in spoiled(value[key]):
            copy = value.copy()
            copy[key] = part
            yield copy


@pytest.mark.parametrize(
    ("text", "build"),
    [
        pytest.param(OWNER, author, id="author"),
        pytest.param(OWNER, provider, id="provider"),
        pytest.param(FACTS, partial(definition, known=KNOWN, author="google", path="gem"), id="definition"),
        pytest.param(FACTS, partial(offering, known=KNOWN, provider="studio", path="gem"), id="offering"),
    ],
)
def test_an_odd_value_is_a_fact_a_leftover_or_a_fault(text: str, build: Callable[[Reading], Record]) -> None:
    read, refused = 0, 0
    for data in spoiled(parse_yaml(text, "x.yaml").data):
        if isinstance(data, dict):
            try:
                build(Reading(Document("x.yaml", data)))
                read += 1
            except ContentError:
                refused += 1
    assert min(read, refused) > 20
