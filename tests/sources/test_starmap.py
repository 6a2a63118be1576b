"""Both layouts of a Starmap catalog: small extracts; the whole where `ALMANAC_DATA` names a folder of archives."""

import os
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.catalog import Catalog
from generator.documents import parse_yaml_list
from generator.errors import ContentError, Problem, Severity
from generator.linking import link
from generator.schema import Author, AuthorKind, Model, Offering, Provider
from generator.sources import starmap2025, starmap2026
from generator.sources.content import Content
from generator.sources.tree import Tree

Files = Mapping[str, str]

AUTHORS = """\
- id: google
  name: Google
  website: https://ai.google
  catalog:
    provider_id: vertex
- id: labs
  name: Small Labs
  aliases: [smalllabs]
"""
PROVIDERS = """\
- id: studio
  name: Studio
- id: vertex
  name: Vertex
- id: third
  name: Third
"""
OLD: Files = {
    "authors.yaml": AUTHORS,
    "providers.yaml": PROVIDERS,
    "providers/studio/models/gem.yaml": "id: gem\nname: Gem\nauthors: [{id: google, name: Google}]\n",
}
NEW: Files = {
    "authors.yaml": AUTHORS,
    "providers.yaml": PROVIDERS,
    "authors/google/models/gem.yaml": "id: gem\nname: Gem\nauthors: [{id: google, name: Google}]\n",
    "providers/studio/models/gem@1.yaml": "id: gem@1\nmodel: google/gem\nname: gem\n",
}


def plant(root: Path, files: Files) -> Tree:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Tree.open(root, "catalog")


def read(root: Path, files: Files) -> Content:
    return load(plant(root, files))


def load(tree: Tree) -> Content:
    old, new = starmap2025.recognises(tree), starmap2026.recognises(tree)
    assert old is not new
    return starmap2025.load(tree) if old else starmap2026.load(tree)


def linked(content: Content) -> Catalog:
    catalog, problems = link(content.records)
    assert problems == []
    return catalog


def stated(value: Author | Model | Provider | Offering) -> dict[str, Any]:
    return value.model_dump(mode="json", exclude_unset=True)


# Lists at the top level of a file


def test_the_items_of_a_list_know_their_places_in_the_file() -> None:
    first, second = parse_yaml_list("- id: a\n  name: A\n# between\n- id: b\n  tags: [x, y]\n", "list.yaml")
    assert (first.data, second.data) == ({"id": "a", "name": "A"}, {"id": "b", "tags": ["x", "y"]})
    assert first.locate(("name",)) == (2, 9)
    assert second.locate(("tags", 1)) == (5, 13)
    assert second.locate(("tags",), key=True) == (5, 3)
    assert second.locate(("absent",)) == (4, 3)
    assert str(second.problem(("tags", 1), "is odd")) == "list.yaml:5:13: error: tags[1]: is odd"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", ["list.yaml: error: is empty\n    hint: it has to hold a list, each item after a `- `"]),
        ("# nothing\n", ["list.yaml: error: is empty\n    hint: it has to hold a list, each item after a `- `"]),
        (
            "a: 1\n",
            [
                (
                    "list.yaml:1:1: error: holds a mapping at its top level\n"
                    "    hint: it has to hold a list, each item after a `- `"
                )
            ],
        ),
        (
            "word\n",
            [
                (
                    "list.yaml:1:1: error: holds a single value at its top level\n"
                    "    hint: it has to hold a list, each item after a `- `"
                )
            ],
        ),
        (
            "- id: a\n- word\n-\n- [1]\n",
            [
                "list.yaml:2:3: error: has to hold `key: value` lines",
                "list.yaml:3:2: error: has to hold `key: value` lines",
                "list.yaml:4:3: error: has to hold `key: value` lines",
            ],
        ),
        (
            "- id: a\n  id: b\n",
            ["list.yaml:2:3: error: the key `id` stands here a second time\n    hint: remove one of the two"],
        ),
    ],
)
def test_a_file_that_is_no_list_of_mappings_is_refused(text: str, messages: list[str]) -> None:
    with pytest.raises(ContentError) as caught:
        parse_yaml_list(text, "list.yaml")
    assert [str(problem) for problem in caught.value.problems] == messages


# Which layout it is


@pytest.mark.parametrize(
    ("names", "old", "new"),
    [
        (("authors.yaml", "providers.yaml"), True, False),
        (("authors.yaml", "providers.yaml", "providers/p/models/a/b.yaml", "authors/a/b.yaml"), True, False),
        (("authors.yaml", "providers.yaml", "authors/a/models/b.yaml"), False, True),
        (("authors.yaml", "providers.yaml", "authors/a/models/notes.md"), True, False),
        (("authors.yaml", "authors/a/models/b.yaml"), False, False),
        (("providers.yaml", "providers/p/models/b.yaml"), False, False),
        (("catalog/authors.yaml", "catalog/providers.yaml"), False, False),
        (("site.yaml", "providers/p/provider.yaml"), False, False),
    ],
)
def test_a_layout_is_known_by_its_shape(tmp_path: Path, names: tuple[str, ...], old: bool, new: bool) -> None:
    tree = plant(tmp_path, dict.fromkeys(names, ""))
    assert (starmap2025.recognises(tree), starmap2026.recognises(tree)) == (old, new)


# Definitions that are made from offerings


def offer(provider: str, facts: str, author: str = "google") -> dict[str, str]:
    return {f"providers/{provider}/models/gem.yaml": f"id: gem\nauthors: [{{id: {author}}}]\n{facts}\n"}


@pytest.mark.parametrize(
    ("author", "facts", "expected"),
    [
        pytest.param("google", {"studio": "name: A"}, "A", id="one states it"),
        pytest.param("google", {"studio": "name: A", "third": "name: A"}, "A", id="all agree"),
        pytest.param("google", {"studio": "", "third": "name: B"}, "B", id="one of two states it"),
        pytest.param(
            "google",
            {"studio": "name: A", "third": "name: A", "vertex": "name: B"},
            "B",
            id="the author's own provider",
        ),
        pytest.param(
            "labs",
            {"studio": "name: A", "third": "name: B", "vertex": "name: B"},
            "B",
            id="most, where there is no own",
        ),
        pytest.param(
            "labs", {"vertex": "name: C", "third": "name: B", "studio": "name: A"}, "A", id="first by provider"
        ),
        pytest.param(
            "google", {"vertex": "", "third": "name: B", "studio": "name: A"}, "A", id="own provider does not say"
        ),
    ],
)
def test_a_definition_settles_what_offerings_say(
    tmp_path: Path, author: str, facts: Mapping[str, str], expected: str
) -> None:
    files = dict(OLD)
    for provider, text in facts.items():
        files.update(offer(provider, text, author))
    catalog = linked(read(tmp_path, files))
    assert catalog.models[f"{author}/gem"].name == expected
    names = {provider: yaml.safe_load(text)["name"] if text else expected for provider, text in facts.items()}
    assert {key[0]: it.name for key, it in catalog.facts.items()} == names


def test_the_provider_that_goes_by_the_authors_id_is_its_own(tmp_path: Path) -> None:
    providers = f"{PROVIDERS}- id: labs\n  name: Small Labs\n"
    files = {
        **OLD,
        "providers.yaml": providers,
        **offer("studio", "name: A", "labs"),
        **offer("third", "name: A", "labs"),
    }
    catalog = linked(read(tmp_path, {**files, **offer("labs", "name: L", "labs")}))
    assert catalog.models["labs/gem"].name == "L"


def test_an_offering_keeps_only_what_it_says_otherwise(tmp_path: Path) -> None:
    first = """\
name: Gem
description: One.
created_at: 2025-09-04T14:31:06Z
features: {modalities: {input: [text, image], output: [text]}, tools: true, streaming: true, top_k: false}
limits: {context_window: 1000, output_tokens: 10}
generation: {temperature: {min: 0.0, max: 2.0}}
pricing: {tokens: {input: {per_1m: 1.25}}, currency: USD}
"""
    second = """\
name: gem
features: {modalities: {input: [text, image], output: [text]}, tools: true, streaming: false}
limits: {context_window: 1000, output_tokens: 20}
"""
    catalog = linked(read(tmp_path, {**OLD, **offer("vertex", first), **offer("third", second), **offer("studio", "")}))
    assert stated(catalog.models["google/gem"]) == {
        "id": "google/gem",
        "name": "Gem",
        "description": "One.",
        "modalities": {"input": ["text", "image"], "output": ["text"]},
        "capabilities": {"tools": True, "streaming": True, "top_k": False},
        "limits": {"context": 1000, "output": 10},
        "generation": {"temperature": {"min": "0.0", "max": "2.0"}},
    }
    assert stated(catalog.offerings["vertex", "gem"]) == {
        "id": "gem",
        "provider": "vertex",
        "model": "google/gem",
        "created_at": "2025-09-04T14:31:06Z",
        "price": {"input": "1.25", "currency": "USD"},
    }
    assert stated(catalog.offerings["third", "gem"]) == {
        "id": "gem",
        "provider": "third",
        "model": "google/gem",
        "name": "gem",
        "capabilities": {"streaming": False},
        "limits": {"output": 20},
    }
    assert catalog.facts["third", "gem"].limits.context == 1000
    assert stated(catalog.offerings["studio", "gem"]) == {"id": "gem", "provider": "studio", "model": "google/gem"}


@pytest.mark.parametrize(
    ("authors", "model", "own", "kept", "warnings"),
    [
        ("[{id: google}]", "google/gem", (), None, []),
        ("[{id: smalllabs, name: x}]", "labs/gem", (), None, []),
        ("[{id: labs}, {id: google}, {id: labs}]", "labs/gem", (), None, []),
        ("[]", None, (), None, []),
        (
            "[{id: groq, name: Groq}]",
            None,
            (),
            [{"id": "groq", "name": "Groq"}],
            ["authors[0].id: there is no author `groq`"],
        ),
        (
            "[{id: groq}, {id: labs}]",
            "labs/gem",
            (),
            [{"id": "groq"}, {"id": "labs"}],
            ["authors[0].id: there is no author `groq`"],
        ),
    ],
)
def test_the_first_known_author_owns_the_definition(
    tmp_path: Path, authors: str, model: str | None, own: tuple[str, ...], kept: object, warnings: list[str]
) -> None:
    content = read(tmp_path, {**OLD, "providers/studio/models/gem.yaml": f"id: gem\nname: Gem\nauthors: {authors}\n"})
    (offering,) = linked(content).offerings.values()
    assert (offering.model, offering.authors) == (model, own)
    assert offering.extensions == ({"starmap": {"authors": kept}} if kept else {})
    places = [f"{problem.field}: {problem.message}" for problem in content.problems]
    assert places == warnings
    assert {problem.severity for problem in content.problems} <= {Severity.WARNING}
    assert {problem.line for problem in content.problems} <= {3}


def test_the_other_authors_of_any_offering_take_part(tmp_path: Path) -> None:
    files = {**OLD, "authors.yaml": f"{AUTHORS}- id: third\n  name: Third\n"}
    files["providers/studio/models/gem.yaml"] = "authors: [{id: google}, {id: labs}]\n"
    files["providers/vertex/models/gem.yaml"] = "authors: [{id: google}, {id: third}, {id: labs}]\n"
    assert linked(read(tmp_path, files)).models["google/gem"].authors == ("labs", "third")


def test_an_id_too_long_to_name_a_model_leaves_an_offering_with_its_author(tmp_path: Path) -> None:
    name = "x" * 195
    files = {**OLD, "providers/studio/models/long.yaml": f"id: {name}\nauthors: [{{id: google}}]\n"}
    offering = linked(read(tmp_path, files)).offerings["studio", name]
    assert (offering.model, offering.authors) == (None, ("google",))


def test_an_id_with_folders_is_one_id(tmp_path: Path) -> None:
    files = {**OLD, "providers/studio/models/meta-llama/l@1.yaml": "authors: [{id: labs}]\n"}
    catalog = linked(read(tmp_path, files))
    assert catalog.offerings["studio", "meta-llama/l@1"].model == "labs/meta-llama/l@1"


# Definitions that stand in files


def test_definitions_and_offerings_are_read_apart(tmp_path: Path) -> None:
    files = dict(NEW)
    files["authors/google/models/gem.yaml"] = """\
id: gem
name: Gem
authors: [{id: google}, {id: smalllabs}, {id: nobody}]
lineage: {family: gems, root: google/gem, parent: labs/base}
updated_at: 2025-10-19T18:13:08Z
"""
    files["authors/labs/models/base.yaml"] = "authors: [{id: smalllabs}]\nlineage: {}\n"
    files["providers/studio/models/gem@1.yaml"] = """\
model: google/gem
authors: [{id: google}, {id: labs}]
status: deprecated
deprecated_at: 2026-01-02T03:04:05Z
retires_at: 2026-06
lineage: {family: gem-mini, root: HF/Gem}
"""
    content = read(tmp_path, files)
    catalog = linked(content)
    assert stated(catalog.models["google/gem"]) == {
        "id": "google/gem",
        "name": "Gem",
        "family": "gems",
        "authors": ["labs"],
        "lineage": {"root": "google/gem", "parent": "labs/base"},
        "updated_at": "2025-10-19T18:13:08Z",
        "extensions": {"starmap": {"authors": [{"id": "google"}, {"id": "smalllabs"}, {"id": "nobody"}]}},
    }
    assert stated(catalog.models["labs/base"]) == {"id": "labs/base"}
    assert stated(catalog.offerings["studio", "gem@1"]) == {
        "id": "gem@1",
        "provider": "studio",
        "model": "google/gem",
        "family": "gem-mini",
        "status": "deprecated",
        "deprecated": "2026-01-02",
        "retires": "2026-06",
        "extensions": {"starmap": {"authors": [{"id": "google"}, {"id": "labs"}], "lineage": {"root": "HF/Gem"}}},
    }
    assert [str(problem) for problem in content.problems] == [
        (
            "catalog/authors/google/models/gem.yaml:3:47: warning: authors[2].id: there is no author `nobody`\n"
            "    hint: the author is taken as not known"
        )
    ]


# Authors and providers


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("google", AuthorKind.COMPANY, AuthorKind.COMPANY),
        ("deepseek", AuthorKind.STARTUP, AuthorKind.STARTUP),
        ("mit", AuthorKind.RESEARCH, AuthorKind.RESEARCH),
        ("huawei", AuthorKind.COMMUNITY, None),
    ],
)
def test_the_older_layout_puts_everybody_else_in_its_last_group(
    tmp_path: Path, name: str, old: AuthorKind, new: AuthorKind | None
) -> None:
    authors = f"- id: {name}\n  name: X\n"
    files = {"authors.yaml": authors, "providers.yaml": PROVIDERS}
    (entry,) = read(tmp_path / "old", files).records.authors
    assert entry.value.kind == old
    (entry,) = read(tmp_path / "new", {**files, f"authors/{name}/models/m.yaml": "name: M\n"}).records.authors
    assert entry.value.kind == new


def test_an_author_keeps_its_addresses(tmp_path: Path) -> None:
    author = linked(read(tmp_path, OLD)).authors["google"]
    assert stated(author) == {
        "id": "google",
        "name": "Google",
        "kind": "company",
        "website": "https://ai.google",
        "extensions": {"starmap": {"catalog": {"provider_id": "vertex"}}},
    }


LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'
SCRIPTED = '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'


def test_logos_that_are_safe_belong_to_owners(tmp_path: Path) -> None:
    logos = {"authors/google": LOGO, "providers/third": LOGO, "providers/studio": SCRIPTED, "authors/x": LOGO}
    content = read(tmp_path, {**NEW, **{f"{owner}/logo.svg": text for owner, text in logos.items()}})
    assert content.records.logos == {"authors/google": LOGO.encode(), "providers/third": LOGO.encode()}
    assert [(it.path, it.message, it.severity) for it in content.problems] == [
        ("catalog/providers/studio/logo.svg", "holds a `script` element", Severity.ERROR),
        ("catalog/authors/x/logo.svg", "is not part of the layout", Severity.WARNING),
    ]


# What is wrong with a catalog

OFFER = "providers/studio/models/gem@1.yaml"
CLOSE = "\n    hint: close what was opened with `[` or `{`"
A_DATE = "has to be a date like 2025, 2025-06 or 2025-06-17"


def told(problem: Problem) -> str:
    return str(problem).removeprefix("catalog/")


@pytest.mark.parametrize(
    ("files", "messages", "broken"),
    [
        pytest.param(
            {OFFER: "id: [\n"},
            [f"{OFFER}:1:6: error: the text ends inside of a list or a mapping{CLOSE}"],
            {"offering/studio/gem@1"},
            id="syntax",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nlimits:\n  context_window: many\n  output_tokens: -1\nname: 5\n"},
            [
                f"{OFFER}:3:19: error: limits.context_window: has to be a whole number, not `many`",
                f"{OFFER}:4:18: error: limits.output_tokens: has to be 0 or more, not `-1`",
                f'{OFFER}:5:7: error: name: has to be text, not `5`\n    hint: quote it: "5"',
            ],
            {"offering/studio/gem@1"},
            id="wrong types, all of them",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nfeatures: [tools]\npricing: free\nauthors: google\n"},
            [
                f"{OFFER}:2:11: error: features: has to hold `key: value` lines, not a list",
                f"{OFFER}:3:10: error: pricing: has to hold `key: value` lines, not `free`",
                f"{OFFER}:4:10: error: authors: has to be a list, not `google`",
            ],
            {"offering/studio/gem@1"},
            id="wrong shapes",
        ),
        pytest.param(
            {OFFER: "model: google/gem\npricing:\n  tokens:\n    input: {per_1m: -1}\n    output: 3\n"},
            [
                f"{OFFER}:4:21: error: pricing.tokens.input.per_1m: has to be 0 or more, not `-1`",
                f"{OFFER}:5:13: error: pricing.tokens.output: has to hold `key: value` lines, not `3`",
            ],
            {"offering/studio/gem@1"},
            id="wrong prices",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nfeatures:\n  modalities: {input: [text, smell]}\n"},
            [
                (
                    f"{OFFER}:3:30: error: features.modalities.input[1]: "
                    "has to be one of `text`, `image`, `audio`, `video`, `pdf` or `embedding`, not `smell`"
                )
            ],
            {"offering/studio/gem@1"},
            id="a modality that is none",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nid: ../gem\n"},
            [
                f"{OFFER}:2:5: error: id: an id may not start or end with `/` nor have an empty part, `.` or `..`",
            ],
            {"offering/studio/gem@1"},
            id="an id that cannot name a page",
        ),
        pytest.param(
            {"authors/google/models/gem.yaml": "name: [Gem]\n"},
            ["authors/google/models/gem.yaml:1:7: error: name: has to be text, not a list"],
            {"model/google/gem"},
            id="a definition, and its offering is no fault",
        ),
        pytest.param(
            {"authors.yaml": f"{AUTHORS}- id: third\n  website: nowhere\n"},
            [
                "authors.yaml:9:3: error: name: is required",
                (
                    "authors.yaml:10:12: error: website: "
                    "has to be an address that starts with https:// or http://, not `nowhere`"
                ),
            ],
            {"author/third"},
            id="an author",
        ),
        pytest.param(
            {"authors.yaml": "- {\n"},
            [f"authors.yaml:1:4: error: the text ends inside of a list or a mapping{CLOSE}"],
            {"author/google"},
            id="all authors, and nobody is unknown",
        ),
        pytest.param(
            {"providers.yaml": "x: 1\n"},
            [
                (
                    "providers.yaml:1:1: error: holds a mapping at its top level\n"
                    "    hint: it has to hold a list, each item after a `- `"
                )
            ],
            {"provider/studio"},
            id="all providers, and none is undeclared",
        ),
        pytest.param(
            {"providers/fourth/models/a.yaml": "model: google/gem\n"},
            ["providers/fourth/models/a.yaml:1:1: error: provider: there is no provider `fourth`"],
            set(),
            id="an undeclared provider",
        ),
        pytest.param(
            {"providers/studio/models/again.yaml": "id: gem@1\nmodel: google/gem\n"},
            [
                (
                    f"{OFFER}:1:5: error: id: offering `gem@1` of `studio` is defined a second time\n"
                    "    hint: the first is in catalog/providers/studio/models/again.yaml"
                )
            ],
            set(),
            id="an offering that stands twice",
        ),
        pytest.param(
            {OFFER: "model: google/gen\n"},
            [f"{OFFER}:1:8: error: model: there is no model `google/gen`\n    hint: did you mean `google/gem`?"],
            set(),
            id="a dangling reference",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nmetadata:\n  knowledge_cutoff: 2025-02-31\n  release_date: soon\n"},
            [
                (
                    f"{OFFER}:3:21: warning: metadata.knowledge_cutoff: there is no such date: `2025-02-31`\n"
                    "    hint: the date is taken as not known"
                ),
                (
                    f"{OFFER}:4:17: warning: metadata.release_date: there is no such date: `soon`\n"
                    "    hint: the date is taken as not known"
                ),
            ],
            set(),
            id="impossible dates",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nmetadata: {release_date: true}\n"},
            [f"{OFFER}:2:26: error: metadata.release_date: {A_DATE}, not true"],
            {"offering/studio/gem@1"},
            id="a date that is none",
        ),
        pytest.param(
            {OFFER: "model: google/gem\nmetadata:\n  release_date: 2025-09-04T14:31:01Z\n"},
            [
                (
                    f"{OFFER}:3:17: warning: metadata.release_date: "
                    "`2025-09-04T14:31:01Z` is the moment of a sync, not the day of a release\n"
                    "    hint: the release date is taken as not known"
                )
            ],
            set(),
            id="a release in the middle of a sync",
        ),
        pytest.param(
            {
                OFFER: "model: google/gem\npricing:\n  tiers:\n"
                "  - {type: context, size: 9, tokens: {input: {per_1m: 1}}}\n"
                "  - {type: context, size: 9, tokens: {input: {per_1m: 2}}}\n"
                "  - {type: time, size: 3}\n"
            },
            [
                (
                    f"{OFFER}:5:27: warning: pricing.tiers[1].size: there is a tier above 9 already\n"
                    "    hint: the first one holds"
                ),
                (
                    f"{OFFER}:6:12: warning: pricing.tiers[2].type: `time` is not a kind of tier we know\n"
                    "    hint: the tier is left out"
                ),
            ],
            set(),
            id="odd tiers",
        ),
        pytest.param(
            {OFFER: "model: google/gem\npricing:\n  tiers:\n  - {type: context, size: big, name: x}\n"},
            [f"{OFFER}:4:27: error: pricing.tiers[0].size: has to be a whole number, not `big`"],
            {"offering/studio/gem@1"},
            id="a tier without a size",
        ),
        pytest.param(
            {"providers.yaml": f"{PROVIDERS}  retention_policy: {{duration: a month}}\n"},
            [
                (
                    "providers.yaml:7:32: warning: retention_policy.duration: `a month` is no duration like 720h0m0s\n"
                    "    hint: the duration is taken as not known"
                )
            ],
            set(),
            id="a duration that is none",
        ),
    ],
)
def test_faults_are_told_where_they_stand(tmp_path: Path, files: Files, messages: list[str], broken: set[str]) -> None:
    content = read(tmp_path, {**NEW, **files})
    _, dangling = link(content.records)
    assert [told(it) for it in sorted([*content.problems, *dangling])] == messages
    assert content.records.broken == broken


@pytest.mark.parametrize(
    ("names", "messages"),
    [
        (["providers.yaml.bak"], ["providers.yaml.bak: warning: is not part of the layout"]),
        (
            ["a.tmp", "b.tmp"],
            ["catalog: warning: holds 2 files that are not part of the layout: a.tmp, b.tmp"],
        ),
        (
            [f"sources/cache/{n}.json" for n in range(5)],
            ["sources/cache: warning: holds 5 files that are not part of the layout: 0.json, 1.json, 2.json, ..."],
        ),
        (
            ["authors/google/old.yaml", "authors/google/older.yaml"],
            [
                (
                    "authors/google: warning: holds 2 files that are not part of the layout: old.yaml, older.yaml\n"
                    "    hint: a model is read from a `models` folder below its author or provider"
                )
            ],
        ),
        (
            ["providers/studio/models/notes.txt"],
            ["providers/studio/models/notes.txt: warning: is not part of the layout"],
        ),
        (["endpoints.yaml", "generation.json", "LOGO-NOTICE.md", "README.md", "authors/README.md", ".cache/x"], []),
    ],
)
def test_strays_are_told_once_for_each_folder(tmp_path: Path, names: list[str], messages: list[str]) -> None:
    content = read(tmp_path, {**OLD, **dict.fromkeys(names, "junk: [")})
    assert [told(it) for it in content.problems] == messages
    assert len(linked(content).offerings) == 1


def test_a_link_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    plant(tmp_path, NEW)
    (tmp_path / "providers/studio/models/lost.yaml").symlink_to("nothing.yaml")
    content = starmap2026.load(Tree.open(tmp_path, "catalog"))
    assert [it.path for it in content.problems] == ["catalog/providers/studio/models/lost.yaml"]
    assert content.records.broken == {"offering/studio/lost"}


# The whole catalogs

DATA = os.environ.get("ALMANAC_DATA", "")
whole = pytest.mark.skipif(not DATA, reason="ALMANAC_DATA does not name the folder of the catalogs' archives")
OLD_ARCHIVE, NEW_ARCHIVE = "starmap-2025-09-catalog.tar.gz", "starmap-2026-08-catalog.tar.gz"


@whole
@pytest.mark.parametrize(
    ("archive", "counts", "warnings"),
    [
        (
            OLD_ARCHIVE,
            {"authors": 80, "models": 298, "providers": 7, "offerings": 449, "logos": 6},
            {"is the moment of a sync": 106, "there is no author": 19, "files that are not part of the layout": 4},
        ),
        (
            NEW_ARCHIVE,
            {"authors": 104, "models": 591, "providers": 15, "offerings": 613, "logos": 57},
            {"is the moment of a sync": 185},
        ),
    ],
)
def test_a_whole_catalog_is_read(archive: str, counts: dict[str, int], warnings: dict[str, int]) -> None:
    content = load(Tree.open(Path(DATA) / archive))
    assert {name: len(getattr(content.records, name)) for name in counts} == counts
    assert content.records.broken == frozenset()
    linked(content)
    assert {problem.severity for problem in content.problems} == {Severity.WARNING}
    kinds = Counter(kind for problem in content.problems for kind in warnings if kind in problem.message)
    assert (dict(kinds), len(content.problems)) == (warnings, sum(warnings.values()))


@whole
@pytest.mark.parametrize("archive", [OLD_ARCHIVE, NEW_ARCHIVE])
def test_every_stated_fact_of_a_whole_catalog_is_shown(archive: str) -> None:
    tree = Tree.open(Path(DATA) / archive)
    catalog = linked(load(tree))
    seen = 0
    for name in tree.folder("providers"):
        _, provider, *rest = name.split("/", 3)
        if rest[0] != "models":
            continue
        source = yaml.load(tree.text(name), yaml.CBaseLoader)  # noqa: S506  CBaseLoader makes text only
        facts = catalog.facts[provider, source["id"]]
        assert facts.name == source["name"].strip()
        for flag, value in source.get("features", {}).items():
            if flag != "modalities" and value != "null":
                assert getattr(facts.capabilities, flag) is (value == "true")
                seen += 1
        for side, words in source.get("features", {}).get("modalities", {}).items():
            assert list(getattr(facts.modalities, side)) == words
        for theirs, ours in (("context_window", "context"), ("output_tokens", "output")):
            if (value := source.get("limits", {}).get(theirs, "0")) != "0":
                assert getattr(facts.limits, ours) == int(value)
        for kind, amount in source.get("pricing", {}).get("tokens", {}).items():
            if amount:
                assert facts.price is not None
                assert getattr(facts.price, kind) == Decimal(amount["per_1m"])
    assert seen > 15_000
