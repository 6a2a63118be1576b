"""A checkout of models.dev becomes records: what its tables say, where they are odd, and nothing lost on the way."""

import os
import re
import tarfile
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.errors import Severity
from generator.linking import link
from generator.schema import Endpoint, Model, Offering, Provider
from generator.sources.content import Content
from generator.sources.modelsdev import load, recognises
from generator.sources.modelsdev_again import again
from generator.sources.tree import Tree
from tests.sources.models_dev import merged
from tests.sources.published import FILES, LOGO, checkout, published


def offering(content: Content, key: str) -> Offering:
    return next(entry.value for entry in content.records.offerings if f"{entry.value.provider}/{entry.value.id}" == key)


def test_the_shape_of_a_checkout_is_recognised(tmp_path: Path) -> None:
    assert recognises(checkout(tmp_path / "m"))
    (tmp_path / "n/providers/acme/models").mkdir(parents=True)
    (tmp_path / "n/providers/acme/models/provider.toml").touch()
    assert not recognises(Tree.open(tmp_path / "n"))


def test_a_definition_is_a_model(tmp_path: Path) -> None:
    content = load(checkout(tmp_path))
    (entry,) = content.records.models
    assert content.problems == ()
    assert entry.document.path == "m/models/acme/rocket.toml"
    assert entry.value == Model.model_validate(
        {
            "id": "acme/rocket",
            "name": "Rocket",
            "family": "rocket",
            "released": "2025-06",
            "updated": "2025-06-17",
            "knowledge": "2025-01",
            "open_weights": True,
            "modalities": {"input": ["text", "image"], "output": ["text"]},
            "capabilities": {
                "attachments": True,
                "reasoning": True,
                "tools": True,
                "tool_calls": True,
                "structured_outputs": True,
                "temperature": False,
            },
            "limits": {"context": 128000, "input": 100000},
            "license": "MIT",
            "links": [{"url": "https://acme.example/rocket", "label": "Post", "kind": "announcement"}],
            "weights": [{"url": "https://weights.example/rocket"}],
            "benchmarks": [
                {
                    "name": "Lift-off",
                    "score": Decimal("59.10"),
                    "date": "2025-06",
                    "source": "https://acme.example/scores",
                }
            ],
            "extensions": {"models.dev": {"limit": {"output": 0}}},
        }
    )


def test_an_offering_takes_over_its_base_and_leaves_out_what_it_omits(tmp_path: Path) -> None:
    content = load(checkout(tmp_path))
    found = offering(content, "acme/rocket")
    assert found == Offering.model_validate(
        {
            "id": "rocket",
            "provider": "acme",
            "model": "acme/rocket",
            "name": "Rocket (hosted)",
            "family": "rocket",
            "status": "beta",
            "released": "2025-06",
            "updated": "2025-06-17",
            "knowledge": "2025-01",
            "open_weights": True,
            "modalities": {"input": ["text", "image"], "output": ["text"]},
            "capabilities": {
                "attachments": True,
                "reasoning": True,
                "reasoning_effort": True,
                "tools": True,
                "tool_calls": True,
                "structured_outputs": None,
                "temperature": False,
            },
            "limits": {"context": 128000, "input": None, "output": 8000},
            "reasoning": {"toggle": True, "effort": {"levels": ["low", "high"]}},
            "price": {
                "input": Decimal("0.50"),
                "output": Decimal("1.5"),
                "cache_read": 0,
                "tiers": [{"above": 272000, "input": Decimal("1.00"), "output": 3}],
            },
            "modes": {
                "fast": {
                    "price": {"input": 2, "output": 6},
                    "body": {"service_tier": "priority"},
                    "headers": {"x-fast": "1"},
                }
            },
        }
    )
    catalog, problems = link(content.records)
    filled = catalog.facts["acme", "rocket"]
    assert problems == []
    assert (filled.limits.context, filled.limits.input, filled.capabilities.structured_outputs) == (128000, None, None)


@pytest.mark.parametrize(
    ("path", "unsaid"),
    [
        ("knowledge", ["knowledge"]),
        ("modalities", ["modalities"]),
        ("modalities.input", []),
        ("tool_call", ["capabilities.tools", "capabilities.tool_calls"]),
        ("limit", ["limits.context", "limits.input"]),
        ("limit.context", ["limits.context"]),
        ("experimental.modes.fast", []),
        ("cost.none", []),
        ("none.at.all", []),
    ],
)
def test_what_is_omitted_is_not_filled_in_from_the_definition(path: str, unsaid: list[str], tmp_path: Path) -> None:
    text = f'base_model = "acme/rocket"\nbase_model_omit = ["{path}"]'
    content = load(checkout(tmp_path, {"providers/acme/models/rocket.toml": text}))
    (definition,) = (entry.value for entry in content.records.models)
    found = link(content.records)[0].facts["acme", "rocket"]
    assert content.problems == ()

    def said(facts: Model | Offering, name: str) -> object:
        head, _, tail = name.partition(".")
        return getattr(getattr(facts, head), tail) if tail else getattr(facts, head)

    names = [
        "knowledge",
        "modalities",
        "capabilities.tools",
        "capabilities.tool_calls",
        "limits.context",
        "limits.input",
    ]
    assert [name for name in names if not said(found, name)] == unsaid
    assert all(said(definition, name) for name in names)


def test_an_offering_without_a_definition_says_no_more_than_its_table(tmp_path: Path) -> None:
    found = offering(load(checkout(tmp_path)), "acme/org/other:free")
    assert found == Offering.model_validate(
        {
            "id": "org/other:free",
            "provider": "acme",
            "name": "Other",
            "released": "1970-01-01",
            "updated": "2025-06-17",
            "open_weights": False,
            "modalities": {"input": ["text"], "output": ["text"]},
            "capabilities": {"attachments": False, "reasoning": False, "tools": False, "tool_calls": False},
            "limits": {"output": 4096},
            "reasoning": {"field": "reasoning_content"},
            "extensions": {"models.dev": {"limit": {"context": 0}}},
        }
    )


def test_a_provider_says_how_it_is_called(tmp_path: Path) -> None:
    (entry,) = load(checkout(tmp_path)).records.providers
    assert entry.value == Provider.model_validate(
        {
            "id": "acme",
            "name": "Acme Cloud",
            "docs": "https://acme.example/docs",
            "base_url": "https://${ACME_REGION}.acme.example/v1",
            "endpoints": [{"operation": "chat", "protocol": "openai", "path": "/chat/completions"}],
            "credentials": [{"env": "ACME_API_KEY", "required": True}, {"env": "ACME_REGION"}],
            "sdk": {"npm": "@ai-sdk/openai-compatible"},
        }
    )


def test_authors_are_the_folders_of_models_and_labs(tmp_path: Path) -> None:
    records = load(checkout(tmp_path, {"models/xai/grok.toml": 'name = "Grok"'})).records
    assert [(entry.value.id, entry.value.name, entry.document.path) for entry in records.authors] == [
        ("acme", "Acme Cloud", "m/models/acme"),
        ("open-lab", "Open Lab", "m/labs/open-lab"),
        ("xai", "xAI", "m/models/xai"),
    ]
    assert records.logos == {
        "authors/acme": LOGO.encode(),
        "authors/open-lab": LOGO.encode() + b"<!-- 2 -->",
        "providers/acme": LOGO.encode() + b"<!-- 3 -->",
    }


NAMED = 'name = "X"'


@pytest.mark.parametrize(
    ("path", "base", "model"),
    [
        ("rocket", NAMED, "acme/rocket"),
        ("acme/rocket", NAMED, "acme/rocket"),
        ("other", NAMED, None),
        ("other", 'base_model = "acme/rocket"', "acme/rocket"),
        ("Rocket", NAMED, None),
    ],
)
def test_an_offering_is_linked_by_its_base_or_by_its_id(
    path: str, base: str, model: str | None, tmp_path: Path
) -> None:
    tree = checkout(tmp_path, {"providers/acme/models/rocket.toml": None, f"providers/acme/models/{path}.toml": base})
    assert offering(load(tree), f"acme/{path}").model == model


CHAT = Endpoint.model_validate({"operation": "chat", "protocol": "openai", "path": "/chat/completions"})
MESSAGES = Endpoint.model_validate({"operation": "messages", "protocol": "anthropic", "path": "/messages"})
RESPONSES = Endpoint.model_validate({"operation": "responses", "protocol": "openai", "path": "/responses"})


@pytest.mark.parametrize(
    ("npm", "api", "override", "usual", "special"),
    [
        ("@ai-sdk/openai-compatible", "https://a.example", "", [CHAT], []),
        ("@ai-sdk/openai-compatible", None, "", [], []),
        ("@ai-sdk/cohere", "https://a.example", "", [], []),
        ("@ai-sdk/anthropic", "https://a.example", "", [MESSAGES], []),
        ("@ai-sdk/openai-compatible", "https://a.example", 'npm = "@ai-sdk/anthropic"', [CHAT], [MESSAGES]),
        ("@ai-sdk/openai-compatible", "https://a.example", 'npm = "@ai-sdk/openai-compatible"', [CHAT], []),
        ("@ai-sdk/openai-compatible", "https://a.example", 'shape = "responses"', [CHAT], [RESPONSES]),
        ("@ai-sdk/azure", None, 'npm = "@ai-sdk/anthropic"\napi = "https://b.example"', [], [MESSAGES]),
        ("@ai-sdk/azure", None, 'npm = "@ai-sdk/anthropic"', [], []),
    ],
)
def test_endpoints_are_told_where_the_package_leaves_no_choice(
    npm: str, api: str | None, override: str, usual: list[Endpoint], special: list[Endpoint], tmp_path: Path
) -> None:
    provider = f'name = "Acme"\nenv = ["KEY"]\nnpm = "{npm}"\n' + (f'api = "{api}"' if api else "")
    changes = {"providers/acme/provider.toml": provider, "providers/acme/models/x.toml": f"[provider]\n{override}"}
    content = load(checkout(tmp_path, changes))
    found = offering(content, "acme/x")
    assert content.problems == ()
    assert content.records.providers[0].value.endpoints == tuple(usual)
    assert found.endpoints == tuple(special)
    assert found.base_url == ("https://b.example" if "b.example" in override else None)
    assert found.sdk.npm == (override.split('"')[1] if "npm" in override else None)


@pytest.mark.parametrize(
    ("table", "facts", "rest"),
    [
        ("reasoning = true\nreasoning_options = []", {}, None),
        (
            'reasoning = true\nreasoning_options = [{ type = "budget_tokens", min = -1, max = 10 }]',
            {"budget": {"min": -1, "max": 10}},
            None,
        ),
        ('reasoning = true\nreasoning_options = [{ type = "budget_tokens" }]', {"budget": {}}, None),
        (
            'reasoning = true\nreasoning_options = [{ type = "effort", values = ["null", "low"] }]',
            {"effort": {"levels": ("low",)}},
            {"reasoning_options": [{"type": "effort", "values": [None, "low"]}]},
        ),
        (
            'reasoning = true\nreasoning_options = [{ type = "budget_tokens" }, { type = "toggle" }]',
            {"budget": {}, "toggle": True},
            {"reasoning_options": [{"type": "budget_tokens"}, {"type": "toggle"}]},
        ),
        ("reasoning_options = []", {}, {"reasoning_options": []}),
        ("interleaved = true", {}, {"interleaved": True}),
        ("[cost]\ninput = 0\noutput = 0", {}, None),
        ("[cost]", {}, {"cost": {}}),
        ("[cost]\nimage = 0.5", {}, {"cost": {"image": Decimal("0.5")}}),
        (
            "[[cost.tiers]]\ntier = { size = 2 }\ninput = 2\n[[cost.tiers]]\ntier = { size = 1 }\ninput = 1",
            {},
            {
                "cost": {
                    "tiers": [
                        {"input": 2, "tier": {"type": "context", "size": 2}},
                        {"input": 1, "tier": {"type": "context", "size": 1}},
                    ]
                }
            },
        ),
        (
            "[experimental.modes.fast]\nprovider = { body = { a = 1, b = [1], c = -1, d = true } }",
            {},
            {"experimental": {"modes": {"fast": {"provider": {"body": {"b": [1], "c": -1}}}}}},
        ),
        ("[provider]\nbody = { a = 1 }", {}, {"provider": {"body": {"a": 1}}}),
        ('name = "X\\t"', {}, {"name": "X\t"}),
        ('colour = "red"', {}, {"colour": "red"}),
        (
            "[[cost.tiers]]\ntier = { size = 1 }\nimag = 1\n[[cost.tiers]]\ntier = { size = 2 }\nimag = 2",
            {},
            {"cost": {"tiers": [{"tier": {"size": 1}, "imag": 1}, {"tier": {"size": 2}, "imag": 2}]}},
        ),
        ('knowledge = "2025-02-31"', {}, {"knowledge": "2025-02-31"}),
    ],
)
def test_what_has_no_place_is_kept(
    table: str, facts: dict[str, Any], rest: dict[str, Any] | None, tmp_path: Path
) -> None:
    found = offering(load(checkout(tmp_path, {"providers/acme/models/x.toml": table})), "acme/x")
    assert found.reasoning.model_dump(exclude_unset=True) == facts
    assert found.extensions == ({"models.dev": rest} if rest else {})


X = "providers/acme/models/x.toml"
NEW = "models/acme/new.toml"
KEPT = "unknown key; its value is kept and not shown"
UNKNOWN = "it is taken as not known"
TIER = "cache_read, cache_write, input, input_audio, output, output_audio, reasoning, tier"
MODALITIES = "`text`, `image`, `audio`, `video`, `pdf` or `embedding`"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            X,
            'name = "X"\n\n[cost]\ncached_input = 1',
            [f"4:1: warning: cost.cached_input: {KEPT}|did you mean `cache_read`?"],
        ),
        (X, "naem = 1", [f"1:1: warning: naem: {KEPT}|did you mean `name`?"]),
        (
            X,
            'release_date = "2025-25-11"',
            [f"1:16: warning: release_date: there is no such date: `2025-25-11`; {UNKNOWN}"],
        ),
        (
            X,
            'knowledge = "soon"',
            [f"1:13: warning: knowledge: has to be a date like 2025, 2025-06 or 2025-06-17, not `soon`; {UNKNOWN}"],
        ),
        (X, 'name = "X "', ["1:8: warning: name: has white space at its edge; it is left out"]),
        (
            X,
            '[provider]\napi = "a b"',
            [f"2:7: warning: provider.api: holds a character that an address cannot have; {UNKNOWN}"],
        ),
        (X, "knowledge = 2025-01-01", []),
        (X, "name = ' '", ["1:8: error: name: has to hold some text|leave the key out when it is not known"]),
        (
            X,
            "knowledge = [1]",
            ["1:13: error: knowledge: has to be a date like 2025, 2025-06 or 2025-06-17, not a list"],
        ),
        (X, 'name = "X\nfamily = "x"', ["1:10: error: is not TOML: illegal character '\\n'"]),
        (X, "a = 1\na = 2\nb = 3", ["2:6: error: is not TOML: cannot overwrite a value"]),
        (X, '\ufeffname = "X"', []),
        (
            X,
            'name = "X\\u202e"',
            ["1:10: error: the character U+202E is not allowed|remove it; it is invisible in most editors"],
        ),
        (X, 'reasoning = "yes"', ["1:13: error: reasoning: has to be true or false, not `yes`|write true"]),
        (
            X,
            '[limit]\ncontext = "big"\noutput = -1',
            [
                "2:11: error: limit.context: has to be a whole number, not `big`",
                "3:10: error: limit.output: has to be 0 or more, not `-1`",
            ],
        ),
        (X, "limit = 5", ["1:9: error: limit: has to hold `key: value` lines, not `5`"]),
        (X, '[cost]\ninput = "free"', ["2:9: error: cost.input: has to be a number, not `free`"]),
        (X, "[cost]\ninput = -1", ["2:9: error: cost.input: has to be 0 or more, not `-1`"]),
        (X, "[cost]\ninput = 1e99", ["2:9: error: a number may have 30 digits at most"]),
        (X, "[cost]\ninput = nan", ["2:9: error: `nan` is not a finite number"]),
        (X, "[[cost.tiers]]\ntier = { size = 1 }\n" * 2, ["1:3: error: cost: two tiers have the same size"]),
        (
            X,
            "[[cost.tiers]]\ntier = { size = 1 }\nimag = 1\n" * 2,
            [
                f"3:1: warning: cost.tiers[0].imag: {KEPT}|known keys: {TIER}",
                f"6:1: warning: cost.tiers[1].imag: {KEPT}|known keys: {TIER}",
                "1:3: error: cost: two tiers have the same size",
            ],
        ),
        (
            X,
            'reasoning_options = [{ type = "x" }]',
            ["1:21: error: reasoning_options[0].type: has to be one of `toggle`, `effort` or `budget_tokens`, not `x`"],
        ),
        (
            X,
            'reasoning_options = [{ type = "budget_tokens", min = 2, max = 1 }]',
            ["1:21: error: reasoning_options[0]: min (2) is more than max (1)"],
        ),
        (X, "interleaved = 1", ["1:15: error: interleaved: has to hold `key: value` lines, not `1`"]),
        (
            X,
            '[modalities]\ninput = ["text", "x"]',
            [f"2:9: error: modalities.input[1]: has to be one of {MODALITIES}, not `x`"],
        ),
        (
            X,
            'base_model = "acme/roket"',
            ["1:14: error: base_model: there is no model `acme/roket`|did you mean `acme/rocket`?"],
        ),
        (X, "base_model = 5", ["1:14: error: base_model: has to name a model, not `5`"]),
        (X, 'base_model_omit = ["x"]', ["1:1: error: base_model: has to name a model, not empty"]),
        (
            X,
            'base_model = "acme/rocket"\nbase_model_omit = "x"',
            ["2:19: error: base_model_omit: has to be a list of keys"],
        ),
        (X, "id = 'y'", ["1:6: error: id: is `y`, and the path says `x`"]),
        (
            "providers/acme/models/README",
            "",
            ["warning: is not a .toml file; it is left out|add the suffix if it is meant to be read"],
        ),
        ("providers/acme/notes.txt", "", []),
        ("providers/README.md", "", []),
        (
            "providers/new/provider.toml",
            'env = []\nnpm = "x"\ndoc = "y"',
            [
                "1:1: error: name: is required",
                "1:7: error: env: has to hold at least one item",
                f"3:7: warning: doc: has to be an address that starts with https:// or http://, not `y`; {UNKNOWN}",
            ],
        ),
        (
            NEW,
            '[[benchmarks]]\nname = "A"\nscore = 1\n\n[[benchmarks]]\nname = "B"\nscore = 2\ndate = "2025-13"',
            [f"8:8: warning: benchmarks[1].date: there is no such date: `2025-13`; {UNKNOWN}"],
        ),
        (
            NEW,
            "[[links]]\nurl = 'ftp://x'",
            ["2:7: error: links[0].url: has to be an address that starts with https:// or http://, not `ftp://x`"],
        ),
        ("models/acme/new.toml", "# soon\n", ["error: is empty|remove the file, or say what it describes"]),
        ("models/new.toml", NAMED, ["1:1: error: id: has to name a model as `author/model`, not `new`"]),
    ],
)
def test_faults_are_told_with_their_place(name: str, text: str, told: list[str], tmp_path: Path) -> None:
    found = [str(problem) for problem in load(checkout(tmp_path, {name: text})).problems]
    shown = f"m/{name}".encode("ascii", "backslashreplace").decode()
    assert found == [
        (f"{shown}:" if fault[0].isdigit() else f"{shown}: ") + fault.replace("|", "\n    hint: ") for fault in told
    ]


def test_an_id_that_cannot_be_one_is_told(tmp_path: Path) -> None:
    content = load(checkout(tmp_path, {"providers/acme/models/a\u200b.toml": NAMED}))
    assert [(problem.field, problem.severity) for problem in content.problems] == [("id", Severity.ERROR)]
    assert content.records.broken == {"offering/acme/a\u200b"}


def test_a_definition_with_a_fault_spoils_what_builds_on_it_and_is_told_once(tmp_path: Path) -> None:
    content = load(checkout(tmp_path, {"models/acme/rocket.toml": "name = 1"}))
    assert [str(problem) for problem in content.problems] == [
        'm/models/acme/rocket.toml:1:8: error: name: has to be text, not `1`\n    hint: quote it: "1"'
    ]
    assert content.records.broken == {"model/acme/rocket", "offering/acme/rocket"}
    assert link(content.records)[1] == []


@pytest.mark.parametrize("text", ["name = ", None])
def test_a_file_that_cannot_be_parsed_spoils_what_builds_on_it(text: str | None, tmp_path: Path) -> None:
    tree = checkout(tmp_path, {"models/acme/rocket.toml": text})
    if text is None:
        (tmp_path / "models/acme").mkdir(parents=True)
        (tmp_path / "models/acme/rocket.toml").symlink_to("none.toml")
        tree = Tree.open(tmp_path, "m")
    content = load(tree)
    assert len(content.problems) == 1
    assert content.records.broken == {"model/acme/rocket", "offering/acme/rocket"}


def test_a_fault_that_is_inherited_is_told_where_it_stands(tmp_path: Path) -> None:
    text = FILES["models/acme/rocket.toml"].replace("2025-01", "2025-02-31")
    content = load(checkout(tmp_path, {"models/acme/rocket.toml": text}))
    found = offering(content, "acme/rocket")
    assert [problem.path for problem in content.problems] == ["m/models/acme/rocket.toml"]
    assert (found.knowledge, found.extensions) == (None, {"models.dev": {"knowledge": "2025-02-31"}})


def test_the_offerings_of_a_provider_with_a_fault_are_read_for_their_own_faults(tmp_path: Path) -> None:
    content = load(checkout(tmp_path, {"providers/acme/provider.toml": None, X: "name = 1\n[provider]\nnpm = 'x'"}))
    assert [str(problem) for problem in content.problems] == [
        "m/providers/acme: error: has no provider.toml\n    hint: it names the provider",
        f'm/{X}:1:8: error: name: has to be text, not `1`\n    hint: quote it: "1"',
    ]
    assert content.records.broken == {"provider/acme", "offering/acme/x"}
    catalog, problems = link(content.records)
    assert (problems, catalog.offerings) == ([], {})


def test_a_link_to_nothing_is_a_warning_and_a_link_to_a_file_is_a_file(tmp_path: Path) -> None:
    checkout(tmp_path)
    for name, target in {"dead": "none", "alias": "rocket"}.items():
        (tmp_path / f"providers/acme/models/{name}.toml").symlink_to(f"{target}.toml")
    content = load(Tree.open(tmp_path, "m"))
    assert [str(problem) for problem in content.problems] == [
        told("providers/acme/models/dead.toml", "warning: is a link to nothing")
    ]
    assert content.records.broken == {"offering/acme/dead"}
    assert offering(content, "acme/alias").model == "acme/rocket"


def told(name: str, what: str) -> str:
    return f"m/{name}: {what}\n    hint: nothing is known of what it stands for"


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("providers/acme/models/a/b.toml", "offering/acme/a/b"),
        ("providers/new/provider.toml", "provider/new"),
        ("providers/new", "provider/new"),
        ("models/acme/new.toml", "model/acme/new"),
        ("labs/new/logo.svg", "author/new"),
        ("docs/new.toml", None),
    ],
)
def test_a_link_out_of_the_checkout_is_an_error(name: str, broken: str | None, tmp_path: Path) -> None:
    checkout(tmp_path)
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).symlink_to("/")
    content = load(Tree.open(tmp_path, "m"))
    faults = [told(name, "error: is a link out of the tree")] if broken else []
    assert [str(problem) for problem in content.problems] == faults
    assert content.records.broken == ({broken} if broken else set())


@pytest.mark.parametrize(
    ("logo", "what"),
    [
        ("x" * (256 * 1024 + 1), "is larger than 256 KiB"),
        (LOGO.replace("/>", "><script/></svg>"), "holds a `script` element"),
    ],
)
def test_a_logo_that_may_not_be_shown_is_an_error(logo: str, what: str, tmp_path: Path) -> None:
    content = load(checkout(tmp_path, {"labs/acme/logo.svg": logo}))
    (problem,) = content.problems
    assert (problem.path, problem.message, problem.severity) == ("m/labs/acme/logo.svg", what, Severity.ERROR)
    assert "authors/acme" not in content.records.logos


def test_the_facts_give_the_published_tables_again(tmp_path: Path) -> None:
    content = load(checkout(tmp_path))
    table = merged(tmp_path)
    assert published(content) == table
    assert table["providers"]["acme"]["models"]["rocket"]["cost"]["context_over_200k"] == {"input": 1, "output": 3}


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".toml")])
def test_a_file_that_is_read_again_is_as_if_all_were(name: str, tmp_path: Path) -> None:
    checkout(tmp_path)
    before = load(Tree.open(tmp_path))
    (tmp_path / name).write_text(re.sub(r"^name = .*$", 'name = "New"', FILES[name], count=1, flags=re.MULTILINE))
    now = again(tmp_path, before, name)
    assert now
    assert now.records == load(Tree.open(tmp_path)).records
    assert now.records != before.records


def test_two_processes_read_what_one_reads(tmp_path: Path) -> None:
    files = {
        "providers/acme/models/a.txt": "",
        "providers/acme/models/bad.toml": "name = ",
        "providers/zoo/models/zebra.toml": 'name = " Zebra"\nbase_model = "acme/rocket"\nknowledge = "2025-02-30"\n',
        "providers/zoo/models/zorilla.toml": 'name = "Zorilla"\nlimit = 3\n',
        "providers/zoo/provider.toml": FILES["providers/acme/provider.toml"],
    }
    tree = checkout(tmp_path, files)
    one, two = load(tree), load(tree, jobs=2)
    assert len(one.problems) > 3
    assert two == one


def test_the_links_to_a_file_are_read_again_with_it(tmp_path: Path) -> None:
    checkout(tmp_path)
    (tmp_path / "providers/beta/models").mkdir(parents=True)
    (tmp_path / "providers/beta/provider.toml").write_text(
        FILES["providers/acme/provider.toml"].replace("Acme", "Beta")
    )
    (tmp_path / "providers/beta/models/linked.toml").symlink_to("../../acme/models/rocket.toml")
    before = load(Tree.open(tmp_path))
    name = "providers/acme/models/rocket.toml"
    (tmp_path / name).write_text(FILES[name].replace("output = 1.5", "output = 7"))
    now = again(tmp_path, before, name)
    assert now
    assert now.records == load(Tree.open(tmp_path)).records
    assert [entry.value.price.output for entry in now.records.offerings if entry.value.price] == [7, 7]


def test_where_a_base_cannot_be_read_all_is_read_again(tmp_path: Path) -> None:
    checkout(tmp_path)
    before = load(Tree.open(tmp_path))
    (tmp_path / "models/acme/rocket.toml").unlink()
    assert again(tmp_path, before, "providers/acme/models/rocket.toml") is None


DATA = os.environ.get("ALMANAC_DATA", "")


@pytest.mark.skipif(not DATA, reason="ALMANAC_DATA names no folder with modelsdev-2026-07.tar.gz, a whole checkout")
def test_a_whole_checkout_is_read_and_nothing_of_it_is_lost(tmp_path: Path) -> None:
    archive = Path(DATA) / "modelsdev-2026-07.tar.gz"
    content = load(Tree.open(archive, "m"))
    records = content.records
    counts = [len(found) for found in (records.providers, records.offerings, records.models, records.authors)]
    assert counts == [147, 5276, 231, 20]
    assert sum(entry.value.model is not None for entry in records.offerings) == 1844
    assert Counter(problem.message.partition("`")[0] for problem in content.problems) == {
        "is a link to nothing": 31,
        "unknown key; its value is kept and not shown": 25,
        "has white space at its edge; it is left out": 12,
        "there is no such date: ": 3,
        "is not a .toml file; it is left out": 2,
    }
    assert len({problem.path for problem in content.problems if problem.field.startswith("cost.")}) == 19
    assert {problem.severity for problem in content.problems} == {Severity.WARNING}
    assert link(records)[1] == []
    with tarfile.open(archive) as file:
        file.extractall(tmp_path, filter="data")
    assert published(content) == merged(tmp_path)
    assert published(load(Tree.open(tmp_path, "m"))) == published(content)
