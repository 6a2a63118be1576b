"""The rules about facts: what each one tells, where, and what it leaves alone."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.build import examine
from generator.catalog import Entry, Records
from generator.config import Settings
from generator.documents import Document, parse_yaml
from generator.linking import link
from generator.lint import MODEL_RULES, OFFERING_RULES, OWNER_RULES, lint, locate
from generator.rules import RULES, Level
from generator.schema import Author, Model, Offering, Provider

TODAY = "2026-07-02"
Files = Mapping[str, str]


def told(files: Files, code: str, settings: Settings | None = None) -> list[str]:
    """Return what one rule says about a catalog, as `place: field: message`, each file called by its key."""
    said = "description: words\nmodalities: {input: [text], output: [text]}\n"
    texts = {"author/acme": "name: Acme\ndescription: words", "author/other": "name: Other\ndescription: words"}
    texts |= {f"provider/{name}": f"name: {name}\ndescription: words" for name in ("p1", "p2", "p3", "p4")}
    texts |= {key: text if not key.startswith("model/") else f"{text}\n{said}" for key, text in files.items()}
    documents = {key: parse_yaml(text, key) for key, text in texts.items()}
    catalog, problems = link(records(documents))
    assert problems == []
    settings = settings or Settings(severities={code: Level.WARNING})
    findings = lint(catalog, settings, TODAY, documents)
    return [
        f"{problem.path}:{problem.line}:{problem.column}: {problem.field}: {problem.message}"
        for problem in locate((finding for finding in findings if finding.code == code), documents)
    ]


def records(documents: Mapping[str, Document]) -> Records:
    def of(kind: str) -> list[tuple[str, Document]]:
        return [(key.partition("/")[2], found) for key, found in documents.items() if key.startswith(f"{kind}/")]

    offerings = []
    for key, document in of("offering"):
        provider, _, name = key.partition("/")
        offerings.append(Entry(document.load(Offering, id=name, provider=provider), document))
    return Records(
        authors=tuple(Entry(document.load(Author, id=name), document) for name, document in of("author")),
        models=tuple(Entry(document.load(Model, id=name), document) for name, document in of("model")),
        providers=tuple(Entry(document.load(Provider, id=name), document) for name, document in of("provider")),
        offerings=tuple(offerings),
    )


M, O = "model/acme/a", "offering/p1/a"  # noqa: E741  # short names for long tables
ASK = {f"offering/p{n}/a": f"model: acme/a\nprice: {{input: {n}, output: 10}}" for n in (2, 3, 4)}
WINDOWS = {f"offering/p{n}/a": "model: acme/a\nlimits: {context: 128000}" for n in (2, 3)}

FOUND: list[tuple[str, Files, list[str]]] = [
    (
        "A101",
        {M: "limits: {context: 8192, output: 16384}"},
        [f"{M}:1:33: limits.output: the output limit of 16,384 is more than the context window of 8,192"],
    ),
    (  # a fault of the definition is told once, a fault that the offering adds is told there
        "A101",
        {M: "limits: {context: 8192}", O: "model: acme/a\nlimits: {output: 9000}", "offering/p2/a": "model: acme/a"},
        [f"{O}:2:18: limits.output: the output limit of 9,000 is more than the context window of 8,192"],
    ),
    (
        "A101",
        {M: "limits: {output: 8192}", O: "model: acme/a\nlimits: {context: 4096}"},
        [f"{O}:2:19: limits.context: the output limit of 8,192 is more than the context window of 4,096"],
    ),
    (
        "A102",
        {M: "limits: {context: 8192, input: 8193}"},
        [f"{M}:1:32: limits.input: the input limit of 8,193 is more than the context window of 8,192"],
    ),
    (
        "A103",
        {M: "limits: {context: 0, output: 0}"},
        [
            f"{M}:1:19: limits.context: the context window is 0 tokens",
            f"{M}:1:30: limits.output: writes text, and the output limit is 0 tokens",
        ],
    ),
    (
        "A104",
        {M: "limits: {context: 1000, output: 100}", O: "model: acme/a\nlimits: {context: 8000, output: 800}"},
        [
            f"{O}:2:19: limits.context: the context window is 8,000, and 1,000 in the definition of `acme/a`",
            f"{O}:2:33: limits.output: the output limit is 800, and 100 in the definition of `acme/a`",
        ],
    ),
    (
        "A105",
        {M: "name: A", O: "model: acme/a\nlimits: {context: 4096}", **WINDOWS},
        [f"{O}:2:19: limits.context: the context window is 4,096, and 128,000 at the other providers"],
    ),
    (
        "A201",
        {M: "retires: 2026-06\nstatus: active", O: "retires: 2026-07-01"},
        [
            f"{M}:2:9: status: stopped working on 2026-06, and the status is `active`",
            f"{O}:1:10: retires: stopped working on 2026-07-01, and no status says so",
        ],
    ),
    (
        "A202",
        {M: "deprecated: 2026-07-01\nstatus: preview"},
        [f"{M}:2:9: status: deprecated on 2026-07-01, and the status is `preview`"],
    ),
    (
        "A203",
        {M: "retires: 2026-07-03\nstatus: retired"},
        [f"{M}:2:9: status: retires on 2026-07-03, and the status is `retired` already"],
    ),
    (
        "A204",
        {M: "released: 2025-06-17\nupdated: 2025-05\ndeprecated: 2026-05-01\nretires: 2026-04-30"},
        [
            f"{M}:4:10: retires: retires on 2026-04-30, before it is deprecated on 2026-05-01",
            f"{M}:2:10: updated: updated on 2025-05, before its release on 2025-06-17",
        ],
    ),
    (
        "A205",
        {M: "released: 2024-05-13\nknowledge: 2024-06"},
        [f"{M}:2:12: knowledge: knowledge up to 2024-06, after its release on 2024-05-13"],
    ),
    (
        "A206",
        {M: "released: 2026-07-03\nupdated: 2027"},
        [
            f"{M}:1:11: released: released on 2026-07-03, after the day the facts are from (2026-07-02)",
            f"{M}:2:10: updated: updated on 2027, after the day the facts are from (2026-07-02)",
        ],
    ),
    (
        "A207",
        {M: "released: 1970-01-01"},
        [f"{M}:1:11: released: released on 1970-01-01, before there were such models"],
    ),
    (
        "A208",
        {M: "released: 2025-03-01", O: "model: acme/a\nreleased: 2025-02-28"},
        [f"{O}:2:11: released: released on 2025-02-28, and the model itself on 2025-03-01"],
    ),
    (
        "A301",
        {O: "modalities: {output: [image, video]}\nprice: {input: 0, output: 0.00}"},
        [f"{O}:2:8: price: makes image and video at a price of 0"],
    ),
    (
        "A302",
        {O: "price: {input: 0}"},
        [f"{O}:1:8: price: every price is 0, and nothing says that it is free or part of a plan"],
    ),
    (
        "A303",
        {M: "name: A", O: "model: acme/a\nprice: {input: 30, output: 1.00}", **ASK},
        [
            f"{O}:2:16: price.input: 30 for input, and 3 at the other providers",
            f"{O}:2:28: price.output: 1 for output, and 10 at the other providers",
        ],
    ),
    (
        "A304",
        {O: "price: {input: 15, output: 3.50}"},
        [f"{O}:1:28: price.output: 3.5 for output is less than 15 for input"],
    ),
    (
        "A305",
        {O: "price: {input: 0.25, cache_read: 0.3}"},
        [f"{O}:1:34: price.cache_read: 0.3 for cached input is more than 0.25 for input"],
    ),
    (
        "A306",
        {O: "price: {input: 0.0000025, output: 5001}"},
        [
            f"{O}:1:16: price.input: 0.0000025 for one million tokens of input",
            f"{O}:1:35: price.output: 5001 for one million tokens of output",
        ],
    ),
    (
        "A307",
        {O: "price: {input: 1, effective_from: 2026-08, effective_until: 2026-07-01}"},
        [
            f"{O}:1:35: price.effective_from: the price begins on 2026-08",
            f"{O}:1:61: price.effective_until: the price ended on 2026-07-01",
        ],
    ),
    (
        "A401",
        {"author/odd": "name: Odd", "provider/p9": "name: P9"},
        ["author/odd:1:1: : has no description", "provider/p9:1:1: : has no description"],
    ),
    (
        "A402",
        {O: "checked: 2026-01-02", "provider/p9": "name: P9\nchecked: 2023-01-01"},
        [
            f"{O}:1:10: checked: checked on 2026-01-02, 181 days before the day the facts are from",
            "provider/p9:2:10: checked: checked on 2023-01-01, 1,278 days before the day the facts are from",
        ],
    ),
    (
        "A403",
        {O: "checked: 2026-07-03"},
        [f"{O}:1:10: checked: checked on 2026-07-03, after the day the facts are from (2026-07-02)"],
    ),
    (
        "A404",
        {O: "name: A", "offering/p2/b": "modalities: {input: [text]}"},
        [
            f"{O}:1:1: : no modalities of input and output are stated",
            "offering/p2/b:1:13: modalities: no modalities of output are stated",
        ],
    ),
    (
        "A501",
        {M: "status: retired", O: "model: acme/a", "offering/p2/a": "model: acme/a\nstatus: active"},
        [
            f"{O}:1:8: model: `acme/a` is retired, and the offering has no status",
            "offering/p2/a:2:9: status: `acme/a` is retired, and its status here is `active`",
        ],
    ),
    (
        "A502",
        {M: "successor: acme/b", "model/acme/b": "status: deprecated"},
        [f"{M}:1:12: successor: the successor `acme/b` is deprecated itself"],
    ),
    (
        "A503",
        {"author/odd": "name: Odd\naliases: [o1, o2]", M: "aliases: [acme/x]\nauthors: [o2]"},
        ["author/odd:2:11: aliases[0]: no file names it `o1`", f"{M}:1:11: aliases[0]: no file names it `acme/x`"],
    ),
    (
        "A504",
        {M: "family: Sun `Flash", "model/acme/b": "family: sun-flash", "model/acme/c": "family: sun-flash"},
        [f"{M}:1:9: family: the family `Sun 'Flash` is elsewhere written `sun-flash`"],
    ),
    (
        "A505",
        {M: "name: Sun", "model/acme/b": "name: sun", "model/other/c": "name: Sun"},
        [f"{M}:1:7: name: `acme/b` has the same name", "model/acme/b:1:7: name: `acme/a` has the same name"],
    ),
    (
        "A506",
        {M: "open_weights: false\nweights: [{url: 'https://x.example/w'}]", O: "model: acme/a\nopen_weights: true"},
        [
            f"{M}:1:15: open_weights: its weights are listed, and said not to be open",
            f"{O}:2:15: open_weights: the definition of `acme/a` says that the weights are not open",
        ],
    ),
    (
        "A507",
        {
            M: "capabilities: {reasoning: false, tool_calls: true, tools: false}\nreasoning: {toggle: true}",
            O: "model: acme/a\nprice: {reasoning: 3}",
        },
        [
            f"{M}:1:59: capabilities.tools: calls tools, and does not accept any",
            f"{M}:2:12: reasoning: does not reason, and its reasoning can be controlled",
            f"{O}:2:20: price.reasoning: does not reason, and its reasoning has a price",
        ],
    ),
    (
        "A508",
        {M: "released: 2024\nlineage: {parent: acme/b}", "model/acme/b": "released: 2025-01"},
        [f"{M}:1:11: released: released on 2024, and `acme/b`, which it was made from, on 2025-01"],
    ),
]

LEFT_ALONE: list[tuple[str, Files]] = [
    ("A101", {M: "limits: {context: 8192, output: 8192}"}),
    ("A101", {M: "limits: {context: 0, output: 8192}"}),
    ("A103", {O: "modalities: {output: [embedding]}\nlimits: {output: 0}"}),
    ("A104", {M: "limits: {context: 1000}", O: "model: acme/a\nlimits: {context: 7999}"}),
    ("A104", {M: "limits: {context: 9999999, output: 99999}", O: "model: acme/a\nlimits: {output: 10}"}),  # a cut
    ("A104", {M: "limits: {context: 9999999}", O: "model: acme/a\nlimits: {context: 128000}", **WINDOWS}),  # as all do
    ("A105", {M: "name: A", O: "model: acme/a\nlimits: {context: 1}", "offering/p2/a": WINDOWS["offering/p2/a"]}),
    ("A201", {M: "retires: 2026-07\nstatus: active"}),  # the month is not over
    ("A201", {M: "retires: 2026-07-02\nstatus: active"}),
    ("A201", {M: "retires: 2020\nstatus: retired"}),
    ("A202", {M: "deprecated: 2020"}),
    ("A203", {M: "retires: 2026\nstatus: retired"}),
    ("A204", {M: "released: 2025-06-17\nupdated: 2025-06"}),
    ("A204", {M: "updated: 2025-01-01", O: "model: acme/a\nreleased: 2025-02-01"}),  # the provider began later
    ("A205", {M: "released: 2024\nknowledge: 2024-12-31"}),
    ("A206", {M: "released: 2026-07-02\nupdated: 2026"}),
    ("A207", {M: "released: 2000"}),
    ("A208", {M: "released: 2025-03", O: "model: acme/a\nreleased: 2025-03-01"}),
    ("A301", {O: "modalities: {output: [image]}\nprice: {input: 0, operations: {image_output: 0.04}}"}),
    ("A301", {O: "modalities: {output: [image]}\nprice: {input: 0, units: [{name: i, amount: 1, per: image}]}"}),
    ("A302", {O: "price: {input: 0, billing: free}", "offering/p2/b": "price: {input: 0, billing: plan}"}),
    ("A302", {O: "price: {input: 0, output: 0.01}", "offering/p2/b": "price: {operations: {request: 1}}"}),
    ("A303", {M: "name: A", O: "model: acme/a\nprice: {input: 29.99}", **ASK}),
    ("A303", {M: "name: A", O: "model: acme/a\nprice: {input: 3000, currency: JPY}", **ASK}),
    ("A303", {M: "name: A", O: "model: acme/a\nprice: {input: 0, billing: free}", **ASK}),
    ("A303", {M: "name: A", O: "model: acme/a\nstatus: retired\nprice: {input: 90}", **ASK}),
    ("A304", {O: "price: {input: 15, output: 0}", "offering/p2/b": "price: {input: 1, output: 1}"}),
    ("A304", {O: "modalities: {output: [embedding]}\nprice: {input: 15, output: 1}"}),
    ("A305", {O: "price: {input: 0.25, cache_read: 0.25}"}),
    ("A306", {O: "price: {input: 0.0005, output: 5000, cache_read: 0}"}),
    ("A307", {O: "price: {input: 1, effective_from: 2026-07, effective_until: 2026-07}"}),
    ("A402", {O: "checked: 2026-01-03"}),
    ("A402", {O: "checked: 2020-01-01\nstatus: retired"}),
    ("A403", {O: "checked: 2026-07-02"}),
    ("A404", {M: "name: A", O: "model: acme/a"}),
    ("A501", {M: "status: retired", O: "model: acme/a\nstatus: deprecated"}),
    ("A502", {M: "successor: acme/b", "model/acme/b": "status: active"}),
    ("A504", {M: "family: sun-1", "model/acme/b": "family: sun-2"}),
    ("A506", {M: "open_weights: true", O: "model: acme/a\nopen_weights: true"}),
    ("A507", {M: "reasoning: {toggle: true}", O: "model: acme/a\ncapabilities: {reasoning: false}"}),  # served without
    ("A507", {M: "capabilities: {reasoning: false}\nreasoning: {toggle: false}"}),
    ("A508", {M: "released: 2025\nlineage: {parent: acme/b}", "model/acme/b": "released: 2025-12"}),
]


@pytest.mark.parametrize(("code", "files", "expected"), FOUND)
def test_a_rule_says_what_is_wrong_and_where(code: str, files: Files, expected: list[str]) -> None:
    assert told(files, code) == expected


@pytest.mark.parametrize(("code", "files"), LEFT_ALONE)
def test_a_rule_leaves_alone_what_may_be(code: str, files: Files) -> None:
    assert told(files, code) == []


def test_every_rule_about_facts_is_looked_for_and_tried() -> None:
    judged = {code for code, rule in RULES.items() if not rule.is_fixed}
    assert {*MODEL_RULES, *OFFERING_RULES, *OWNER_RULES} == judged
    assert {code for code, _, _ in FOUND} == judged


@pytest.mark.parametrize(
    ("level", "expected"), [(Level.OFF, []), (Level.WARNING, ["A302 warning"]), (Level.ERROR, ["A302 error"])]
)
def test_the_settings_say_how_much_a_rule_weighs(level: Level, expected: list[str]) -> None:
    document = parse_yaml("price: {input: 0}\nmodalities: {input: [text], output: [text]}", "o.yaml")
    owner = parse_yaml("name: P\ndescription: words", "p.yaml")
    catalog, _ = link(records({"provider/p1": owner, "offering/p1/a": document}))
    findings = lint(catalog, Settings(severities={"A302": level}), TODAY)
    assert [f"{finding.code} {finding.level}" for finding in findings] == expected


def test_without_a_date_no_rule_speaks_of_time() -> None:
    document = parse_yaml("retires: 2001\nstatus: active\nreleased: 2099\nchecked: 2099-01-01", "o.yaml")
    catalog, _ = link(
        records({"provider/p1": parse_yaml("name: P\nchecked: 2001-01-01", "p"), "offering/p1/a": document})
    )
    assert {finding.code for finding in lint(catalog, Settings(), None)} == {"A401", "A404", "A204"}


def test_how_far_apart_facts_may_be_is_a_setting() -> None:
    files = {M: "limits: {context: 1000}", O: "model: acme/a\nlimits: {context: 3000}\nchecked: 2026-06-30"}
    strict = parse_yaml("checks: {limit_factor: 2.5, stale_days: 1}", "site.yaml").load(Settings)
    assert [len(told(files, code)) for code in ("A104", "A402")] == [0, 0]
    assert [len(told(files, code, strict)) for code in ("A104", "A402")] == [1, 1]


def test_the_shipped_catalog_contradicts_itself_nowhere() -> None:
    found = examine(Path(__file__).parent.parent / "content")
    assert (found.faults, found.dangling) == ((), ())
    grave = ("A101", "A102", "A201", "A202", "A203", "A204", "A206", "A207", "A304", "A305", "A306", "A502", "A505")
    assert [finding for finding in found.findings if finding.code in grave] == []
