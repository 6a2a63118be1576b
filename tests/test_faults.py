"""Faults: what is told about every kind of wrong value, unknown key and broken syntax, with the hint that mends it."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from generator.config import Settings
from generator.documents import parse_yaml
from generator.errors import ContentError
from generator.faults import _SENTENCES, _SYNTAX, _WHOLE, Syntax, explain, explain_syntax, shown
from generator.schema import Author, Model, Offering, Provider

OUT = "\n    hint: leave the key out when it is not known"
LINES = "has to hold `key: value` lines"
ADDRESS = "has to be an address that starts with https:// or http://"

OFFERING = [
    # Keys.
    ("limits: {contxt: 1}", "1:10: error: limits.contxt: unknown key\n    hint: did you mean `context`?"),
    ("price: {inpt: 1}", "1:9: error: price.inpt: unknown key\n    hint: did you mean `input`?"),
    (
        "capabilities: {tolls: true}",
        ("1:16: error: capabilities.tolls: unknown key\n    hint: did you mean `tools`?"),
    ),
    (
        "tools: {web_search: {max: 1}}",
        (
            "1:22: error: tools.web_search.max: unknown key"
            "\n    hint: known keys: context_sizes, default_context_size, max_results"
        ),
    ),
    (
        "price: {tiers: [{above: 1, inptu: 2}]}",
        ("1:28: error: price.tiers[0].inptu: unknown key\n    hint: did you mean `input`?"),
    ),
    (
        "modes: {fast: {price: {inptu: 1}}}",
        ("1:24: error: modes.fast.price.inptu: unknown key\n    hint: did you mean `input`?"),
    ),
    # ... below a key of free choice that is called like another.
    (
        "modes: {price: {price: {inptu: 1}}}",
        ("1:25: error: modes.price.price.inptu: unknown key\n    hint: did you mean `input`?"),
    ),
    (
        "modes: {price: {prize: {}}}",
        ("1:17: error: modes.price.prize: unknown key\n    hint: did you mean `price`?"),
    ),
    ("modes: {a/b: {}}", "1:9: error: modes.a/b: may not hold `/`"),
    ("price: {tiers: [{input: 1}]}", "1:17: error: price.tiers[0].above: is required"),
    ("endpoints: [{path: /x}]", "1:13: error: endpoints[0].operation: is required"),
    # Text.
    ("name: 4.10", '1:7: error: name: has to be text, not `4.10`\n    hint: quote it: "4.10"'),
    ("name: 5", '1:7: error: name: has to be text, not `5`\n    hint: quote it: "5"'),
    ("name: true", '1:7: error: name: has to be text, not true\n    hint: quote it: "true"'),
    ("name: 1e5", "1:7: error: name: has to be text, not `1E+5`\n    hint: quote it"),
    ("name: [a]", "1:7: error: name: has to be text, not a list"),
    ("name: {a: 1}", "1:7: error: name: has to be text, not a mapping"),
    ("name: ''", f"1:7: error: name: has to hold some text{OUT}"),
    ("name: '  '", f"1:7: error: name: has to hold some text{OUT}"),
    ("name: |\n  a\n  b", "1:7: error: name: has to be on one line, without tabs"),
    ('name: "a\\tb"', "1:7: error: name: has to be on one line, without tabs"),
    ("name: " + "x" * 501, "1:7: error: name: may be 500 characters long at most, not 501"),
    ("tags: [5]", '1:8: error: tags[0]: has to be text, not `5`\n    hint: quote it: "5"'),
    ("tags: [a, ]\nnotes: [b, '']", f"2:12: error: notes[1]: has to hold some text{OUT}"),
    # Lists and mappings.
    ("tags: coding", "1:7: error: tags: has to be a list, not `coding`\n    hint: write [coding]"),
    (
        "tags: |\n  a\n  b",
        ("1:7: error: tags: has to be a list, not `a\\nb`\n    hint: start each item with `- `"),
    ),
    ("tags: {a: 1}", "1:7: error: tags: has to be a list, not a mapping"),
    ("tags: ", f"1:6: error: tags: has to be a list, not empty{OUT}"),
    ("limits: 5", f"1:9: error: limits: {LINES}, not `5`"),
    ("limits: [1]", f"1:9: error: limits: {LINES}, not a list"),
    ("limits:", f"1:8: error: limits: {LINES}, not empty{OUT}"),
    ("modes: [fast]", f"1:8: error: modes: {LINES}, not a list"),
    ("modes: {fast: 1}", f"1:15: error: modes.fast: {LINES}, not `1`"),
    ("headers: [Accept]", f"1:11: error: headers[0]: {LINES}, not `Accept`"),
    ("regions: [eu, us, eu]", "1:10: error: regions: names one thing twice"),
    # True and false.
    (
        "open_weights: yes",
        ("1:15: error: open_weights: has to be true or false, not `yes`\n    hint: write true"),
    ),
    ("open_weights: No", "1:15: error: open_weights: has to be true or false, not `No`\n    hint: write false"),
    (
        "open_weights: 'true'",
        ("1:15: error: open_weights: has to be true or false, not `true`\n    hint: write it without quotes"),
    ),
    ("open_weights: 1", "1:15: error: open_weights: has to be true or false, not `1`"),
    ("open_weights: maybe", "1:15: error: open_weights: has to be true or false, not `maybe`"),
    # Whole numbers.
    ("limits: {context: 1.5}", "1:19: error: limits.context: has to be a whole number, not `1.5`"),
    (
        "limits: {context: 1e6}",
        ("1:19: error: limits.context: has to be a whole number, not `1E+6`\n    hint: write 1000000"),
    ),
    (
        "limits: {context: '128,000'}",
        ("1:19: error: limits.context: has to be a whole number, not `128,000`\n    hint: write 128000"),
    ),
    (
        "limits: {context: 128_000}",
        ("1:19: error: limits.context: has to be a whole number, not `128_000`\n    hint: write 128000"),
    ),
    (
        "limits: {context: '128000'}",
        ("1:19: error: limits.context: has to be a whole number, not `128000`\n    hint: write it without quotes"),
    ),
    ("limits: {context: 128k}", "1:19: error: limits.context: has to be a whole number, not `128k`"),
    ("limits: {context: true}", "1:19: error: limits.context: has to be a whole number, not true"),
    ("limits: {context: -1}", "1:19: error: limits.context: has to be 0 or more, not `-1`"),
    (
        "limits: {context: 1000000000000001}",
        "1:19: error: limits.context: has to be 1,000,000,000,000,000 or less, not `1000000000000001`",
    ),
    # Numbers and money.
    ("price: {input: -1}", "1:16: error: price.input: has to be 0 or more, not `-1`"),
    (
        "price: {input: $0.30}",
        ("1:16: error: price.input: has to be a number, not `$0.30`\n    hint: write 0.30, without quotes"),
    ),
    (
        "price: {input: '0.3'}",
        ("1:16: error: price.input: has to be a number, not `0.3`\n    hint: write 0.3, without quotes"),
    ),
    ("price: {input: free}", "1:16: error: price.input: has to be a number, not `free`"),
    ("price: {input: true}", "1:16: error: price.input: has to be a number, not true"),
    (
        "price: {units: [{name: a, per: b, amount: }]}",
        "1:43: error: price.units[0].amount: has to be a number, not empty",
    ),
    (
        "price: {batch_discount: 50}",
        ("1:25: error: price.batch_discount: has to be a part of 1, not `50`\n    hint: 0.5 is half"),
    ),
    (
        "price: {currency: usd}",
        "1:19: error: price.currency: has to be a currency code such as USD or EUR, not `usd`",
    ),
    (
        "price: {tiers: [{above: 2}, {above: 1}]}",
        "1:8: error: price: tiers have to stand in order of `above`, each once",
    ),
    ("generation: {n: {min: 2, max: 1}}", "1:17: error: generation.n: min (2) is more than max (1)"),
    ("generation: {n: {min: few}}", "1:23: error: generation.n.min: has to be a number, not `few`"),
    # Words to choose from.
    (
        "status: activ",
        (
            "1:9: error: status: has to be one of `alpha`, `beta`, `preview`, `active`, `deprecated` or "
            "`retired`, not `activ`"
            "\n    hint: did you mean `active`?"
        ),
    ),
    (
        "price: {billing: FREE}",
        (
            "1:18: error: price.billing: has to be one of `metered`, `free` or `plan`, not `FREE`"
            "\n    hint: did you mean `free`?"
        ),
    ),
    (
        "price: {billing: 1}",
        "1:18: error: price.billing: has to be one of `metered`, `free` or `plan`, not `1`",
    ),
    (
        "price: {billing: }",
        "1:18: error: price.billing: has to be one of `metered`, `free` or `plan`, not empty" + OUT,
    ),
    (
        "modalities: {input: [[text]]}",
        (
            "1:22: error: modalities.input[0]: has to be one of `text`, `image`, `audio`, `video`, `pdf` or "
            "`embedding`, not a list"
        ),
    ),
    ("modalities: {output: [text, text]}", "1:13: error: modalities: `output` names a modality twice"),
    (
        "endpoints: [{operation: chat, method: PATCH}]",
        ("1:39: error: endpoints[0].method: has to be one of `GET`, `POST`, `PUT`, `DELETE` or `WS`, not `PATCH`"),
    ),
    # Dates.
    (
        "released: last year",
        "1:11: error: released: has to be a date like 2025, 2025-06 or 2025-06-17, not `last year`",
    ),
    (
        "released: 17.06.2025",
        "1:11: error: released: has to be a date like 2025, 2025-06 or 2025-06-17, not `17.06.2025`",
    ),
    (
        "released: 20250617",
        "1:11: error: released: has to be a date like 2025, 2025-06 or 2025-06-17, not `20250617`",
    ),
    ("released: 2025-13", "1:11: error: released: there is no such date: `2025-13`"),
    ("released: 2025-02-29", "1:11: error: released: there is no such date: `2025-02-29`"),
    ("released: 0999", "1:11: error: released: has to be a date like 2025, 2025-06 or 2025-06-17, not `999`"),
    ("released: 9999", "1:11: error: released: has to be a date from 1000 to 2100, not `9999`"),
    ("checked: 2025-06", "1:10: error: checked: has to be a whole date like 2025-06-17, not `2025-06`"),
    ("checked: 2025", "1:10: error: checked: has to be a whole date like 2025-06-17, not `2025`"),
    ("checked: 2025-06-31", "1:10: error: checked: there is no such date: `2025-06-31`"),
    # Addresses.
    ("source: javascript:alert(1)", f"1:9: error: source: {ADDRESS}, not `javascript:alert(1)`"),
    ("source: data:text/html,x", f"1:9: error: source: {ADDRESS}, not `data:text/html,x`"),
    (
        "source: example.com/x",
        f"1:9: error: source: {ADDRESS}, not `example.com/x`\n    hint: write https://example.com/x",
    ),
    ("source: //example.com", f"1:9: error: source: {ADDRESS}, not `//example.com`"),
    ("source: 'https://'", f"1:9: error: source: {ADDRESS}, not `https://`"),
    (
        "source: https://a b",
        ("1:9: error: source: holds a character that an address cannot have\n    hint: percent-encode it"),
    ),
    ("source: https://u:p@example.com", "1:9: error: source: may not hold a user name or a password"),
    ("source: https://example.com:99999", "1:9: error: source: is not an address: `https://example.com:99999`"),
    (
        "base_url: '{x}javascript:alert(1)'",
        "1:11: error: base_url: is not an address: `{x}javascript:alert(1)`",
    ),
    (
        "base_url: ftp://{region}.example.com",
        f"1:11: error: base_url: {ADDRESS}, not `ftp://{{region}}.example.com`",
    ),
    # Ids.
    ("model: sun-2", "1:8: error: model: has to name a model as `author/model`, not `sun-2`"),
    (
        "model: acme/../x",
        "1:8: error: model: an id may not start or end with `/` nor have an empty part, `.` or `..`",
    ),
    ("authors: [acme/sun]", "1:11: error: authors[0]: may not hold `/`"),
    # One fault for a value that may be of several types.
    (
        "modes: {fast: {body: {a: [1]}}}",
        "1:26: error: modes.fast.body.a: has to be text, a whole number, true or false, not a list",
    ),
    (
        "modes: {fast: {body: {a: 1.5}}}",
        "1:26: error: modes.fast.body.a: has to be text, a whole number, true or false, not `1.5`",
    ),
]


def told(model: type[BaseModel], text: str, **more: str) -> str:
    with pytest.raises(ContentError) as caught:
        parse_yaml(text, "f").load(model, **more)
    return str(caught.value).removeprefix("f:")


@pytest.mark.parametrize(("text", "expected"), OFFERING)
def test_faults_of_an_offering(text: str, expected: str) -> None:
    assert told(Offering, text, id="x", provider="p") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("benchmarks: [{name: a, score: }]", "1:31: error: benchmarks[0].score: has to be a number or text, not empty"),
        (
            "benchmarks: [{name: a, score: [1]}]",
            "1:31: error: benchmarks[0].score: has to be a number or text, not a list",
        ),
        (
            "benchmarks: [{name: a, score: true}]",
            "1:31: error: benchmarks[0].score: has to be a number or text, not true",
        ),
        ("links: [{label: a}]", "1:9: error: links[0].url: is required"),
        ("lineage: {parent: sun}", "1:19: error: lineage.parent: has to name a model as `author/model`, not `sun`"),
        ("aliases: [sun]", "1:11: error: aliases[0]: has to name a model as `author/model`, not `sun`"),
    ],
)
def test_faults_of_a_model(text: str, expected: str) -> None:
    assert told(Model, text, id="a/x") == expected


@pytest.mark.parametrize("schema", [Author, Provider])
def test_what_has_to_be_there_is_told_without_advice_to_leave_it_out(schema: type[BaseModel]) -> None:
    assert told(schema, "tags: []", id="x") == "1:1: error: name: is required"
    assert told(schema, "name:", id="x") == "1:6: error: name: has to be text, not empty"


def test_a_key_that_is_like_no_other_is_told_with_all_that_are_known() -> None:
    assert told(Author, "name: A\nzzz: 1", id="x") == (
        "2:1: error: zzz: unknown key\n    hint: known keys: aliases, description, extensions, founded, github, "
        "headquarters, huggingface, id, kind, links, logo, name, prose, tags, twitter, website"
    )


def test_every_sentence_is_used() -> None:
    kinds = set()
    documents = [(Offering, text) for text, _ in OFFERING] + [(Settings, "editions: []\ntitle: ''")]
    for model, text in documents:
        with pytest.raises(ValidationError) as caught:
            model.model_validate(
                {**parse_yaml(text, "f").data, **({"id": "x", "provider": "p"} if model is Offering else {})}
            )
        kinds |= {fault["type"] for fault in caught.value.errors()}
    assert set(_SENTENCES) | set(_WHOLE) <= kinds | set(_WHOLE)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, "empty"),
        (True, "true"),
        (False, "false"),
        ({}, "a mapping"),
        ([], "a list"),
        ((), "a list"),
        (5, "`5`"),
        ("a", "`a`"),
        ("a\nb", "`a\\nb`"),
        ("x" * 60, f"`{'x' * 60}`"),
        ("x" * 61, f"`{'x' * 57}...`"),
    ],
)
def test_values_are_shown_short_and_in_the_words_of_the_format(value: object, words: str) -> None:
    assert shown(value) == words


def test_what_pydantic_says_and_nobody_thought_of_is_passed_on() -> None:
    class Odd(BaseModel):
        a: bytes

    with pytest.raises(ValidationError) as caught:
        Odd.model_validate({"a": 1})
    (fault,) = caught.value.errors()
    assert explain(Odd, fault).message == "Input should be a valid bytes (found `1`)"


@pytest.mark.parametrize(
    ("what", "character", "expected"),
    [
        ("found a {brace}", "x", Syntax("is not YAML: found a {{brace}}")),
        (
            "while parsing a flow node did not find expected node content",
            ",",
            Syntax("a value cannot start with `{}`", "quote it"),
        ),
        ("anything", "\t", Syntax("a tab cannot stand here", "indent with spaces")),
    ],
)
def test_syntax_is_explained(what: str, character: str, expected: Syntax) -> None:
    assert explain_syntax(what, character) == expected


def test_every_explanation_can_be_written() -> None:
    for _, syntax in _SYNTAX:
        text: Any = syntax.message.format("x")
        assert "{}" not in text
