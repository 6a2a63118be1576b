"""The catalog: references and aliases, what an offering takes from its definition, indexes both ways, all faults."""

from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from random import Random
from time import process_time
from typing import Any

import pytest

from generator.catalog import Catalog, Entry, Records, compact, inherit
from generator.documents import Document, parse_yaml
from generator.linking import MAX_HINTS, link
from generator.schema import Author, Limits, Lineage, Model, Offering, Provider, Status

Sources = Mapping[str, Mapping[str, str]]


def records(sources: Sources, *broken: str, shuffled: Random | None = None) -> Records:
    """Return records from the text of files by id, by kind; an offering's id begins with its provider."""

    def entries(kind: str, schema: Any) -> tuple[Entry[Any], ...]:
        found = []
        for name, text in sources.get(kind, {}).items():
            document = parse_yaml(text, f"{kind}/{name}.yaml", may_be_empty=True)
            name = name.rstrip("!")  # noqa: PLW2901  a second file of the same id
            provider, _, rest = name.partition(" ")
            said: dict[str, Any] = {"provider": provider, "id": rest} if kind == "offerings" else {"id": name}
            if schema in (Author, Provider):
                said["name"] = name.upper()
            found.append(Entry(document.load(schema, **said), document))
        if shuffled:
            shuffled.shuffle(found)
        return tuple(found)

    return Records(
        authors=entries("authors", Author),
        models=entries("models", Model),
        providers=entries("providers", Provider),
        offerings=entries("offerings", Offering),
        broken=frozenset(broken),
    )


def linked(sources: Sources, shuffled: Random | None = None) -> Catalog:
    catalog, problems = link(records(sources, shuffled=shuffled))
    assert problems == []
    return catalog


def told(sources: Sources, *broken: str) -> list[str]:
    _, problems = link(records(sources, *broken))
    return [line for problem in problems for line in str(problem).replace("\n    ", "\n").split("\n")]


WORLD: Sources = {
    "authors": {"acme": "aliases: [acme-inc]", "Bolt": "", "quiet": ""},
    "models": {
        "acme/sun-1": "{released: 2024-01, family: sun, name: Sun 1}",
        "acme/sun-2": """
            released: 2025-06-17
            family: sun
            name: sun 2
            authors: [Bolt, acme-inc]
            aliases: [acme/sun-latest]
            lineage: {root: acme/sun-1, parent: acme/sun-1}
            limits: {context: 1000, output: 100}
            capabilities: {tools: true, reasoning: false}
            tags: [chat]
        """,
        "acme/Sun-0": "{family: sun, successor: acme/sun-latest, status: retired, retires: 2024}",
        "Bolt/b": "{family: Arc, lineage: {parent: acme/sun-latest}}",
    },
    "providers": {"tiny": "aliases: [tiny-ai]", "big": ""},
    "offerings": {
        "tiny sun-2": """
            {model: acme/sun-2, limits: {context: 500}, capabilities: {tools: false}, successor: acme/sun-1}
        """,
        "tiny homemade": "authors: [quiet, acme-inc]",
        "big sun-2": "{model: acme/sun-latest, name: Zun}",
        "big Sun-2": "model: acme/sun-2",
        "big sun-1": "{model: acme/sun-1, status: deprecated}",
        "tiny-ai late": "model: Bolt/b",
    },
}


def test_the_graph_is_sorted_by_id_whatever_its_case() -> None:
    catalog = linked(WORLD)
    assert list(catalog.authors) == ["acme", "Bolt", "quiet"]
    assert list(catalog.models) == ["acme/Sun-0", "acme/sun-1", "acme/sun-2", "Bolt/b"]
    assert list(catalog.providers) == ["big", "tiny"]
    assert list(catalog.offerings) == [
        ("big", "sun-1"),
        ("big", "Sun-2"),
        ("big", "sun-2"),
        ("tiny", "homemade"),
        ("tiny", "late"),
        ("tiny", "sun-2"),
    ]


def test_references_go_through_aliases_to_ids() -> None:
    catalog = linked(WORLD)
    assert catalog.offerings["big", "sun-2"].model == "acme/sun-2"
    assert catalog.offerings["tiny", "late"].provider == "tiny"
    assert catalog.offerings["tiny", "homemade"].authors == ("quiet", "acme")
    assert catalog.models["acme/Sun-0"].successor == "acme/sun-2"
    assert catalog.models["acme/sun-2"].authors == ("Bolt", "acme")
    assert catalog.models["Bolt/b"].lineage.parent == "acme/sun-2"


def test_indexes_go_both_ways() -> None:
    catalog = linked(WORLD)
    models = {author: [model.id for model in found] for author, found in catalog.models_by_author.items()}
    assert models == {
        "acme": ["acme/sun-1", "acme/sun-2", "acme/Sun-0"],
        "Bolt": ["Bolt/b", "acme/sun-2"],
        "quiet": [],
    }
    offerings = {model: [offering.key for offering in found] for model, found in catalog.offerings_by_model.items()}
    assert offerings == {
        "acme/Sun-0": [],
        "acme/sun-1": [("big", "sun-1")],
        "acme/sun-2": [("big", "Sun-2"), ("big", "sun-2"), ("tiny", "sun-2")],
        "Bolt/b": [("tiny", "late")],
    }
    by_provider = {name: [offering.id for offering in found] for name, found in catalog.offerings_by_provider.items()}
    assert by_provider == {"big": ["sun-1", "Sun-2", "sun-2"], "tiny": ["homemade", "late", "sun-2"]}
    by_author = {name: [offering.id for offering in found] for name, found in catalog.offerings_by_author.items()}
    assert by_author == {
        "acme": ["sun-1", "Sun-2", "sun-2", "homemade", "sun-2"],
        "Bolt": ["Sun-2", "sun-2", "late", "sun-2"],
        "quiet": ["homemade"],
    }
    families = {family: [model.id for model in found] for family, found in catalog.families.items()}
    assert families == {"Arc": ["Bolt/b"], "sun": ["acme/sun-1", "acme/sun-2", "acme/Sun-0"]}
    assert catalog.children == {"acme/sun-1": ("acme/sun-2",), "acme/sun-2": ("Bolt/b",)}
    assert catalog.predecessors == {"acme/sun-2": ("acme/Sun-0",)}


def test_authors_of_an_offering_are_those_of_its_model_or_its_own() -> None:
    catalog = linked(WORLD)
    assert catalog.authors_of(catalog.facts["big", "sun-2"]) == ("acme", "Bolt")
    assert catalog.authors_of(catalog.facts["tiny", "homemade"]) == ("quiet", "acme")


def test_facts_are_filled_in_and_offerings_stay_as_stated() -> None:
    catalog = linked(WORLD)
    stated, filled = catalog.offerings["tiny", "sun-2"], catalog.facts["tiny", "sun-2"]
    assert (stated.name, filled.name) == (None, "sun 2")
    assert (stated.limits.output, filled.limits.output) == (None, 100)
    assert filled.limits.context == 500
    assert (filled.capabilities.tools, filled.capabilities.reasoning) == (False, False)
    assert filled.successor == "acme/sun-1"
    assert catalog.facts["tiny", "homemade"] is catalog.offerings["tiny", "homemade"]


def test_sources_name_the_file_of_everything() -> None:
    sources = linked(WORLD).sources
    assert sources["author/acme"] == "authors/acme.yaml"
    assert sources["model/Bolt/b"] == "models/Bolt/b.yaml"
    assert sources["provider/tiny"] == "providers/tiny.yaml"
    assert sources["offering/tiny/late"] == "offerings/tiny-ai late.yaml"
    assert len(sources) == 3 + 4 + 2 + 6


@pytest.mark.parametrize("seed", range(5))
def test_the_graph_does_not_depend_on_the_order_of_files(seed: int) -> None:
    first, other = linked(WORLD), linked(WORLD, Random(seed))  # noqa: S311  nothing secret
    assert other == first
    for index in ("models", "offerings", "facts", "models_by_author", "offerings_by_author", "families"):
        assert list(getattr(other, index).items()) == list(getattr(first, index).items())
    assert {name: set(found) for name, found in other.children.items()} == {
        name: set(found) for name, found in first.children.items()
    }


def test_the_graph_cannot_change() -> None:
    with pytest.raises(FrozenInstanceError):
        linked(WORLD).authors = {}  # type: ignore[misc]  # this is what is tested


def test_an_empty_catalog_is_one() -> None:
    catalog = linked({})
    assert (catalog.facts, catalog.families, catalog.children, catalog.models_by_author) == ({}, {}, {}, {})


OFFERING = Offering(id="x", provider="p")


@pytest.mark.parametrize(
    ("offering", "definition", "inherited"),
    [
        (
            {},
            {"name": "N", "description": "D", "family": "f", "tags": ("a",)},
            {"name": "N", "family": "f", "tags": ("a",)},
        ),
        ({"name": "Own"}, {"name": "N"}, {"name": "Own"}),
        # Stated as not known is stated.
        ({"name": None}, {"name": "N"}, {"name": None}),
        ({"tags": ()}, {"tags": ("a",)}, {"tags": ()}),
        ({"open_weights": False}, {"open_weights": True}, {"open_weights": False}),
        ({}, {"open_weights": False}, {"open_weights": False}),
        ({}, {"released": "2025", "updated": "2026", "knowledge": "2024"}, {"released": "2025", "knowledge": "2024"}),
        ({}, {"successor": "a/y"}, {"successor": "a/y"}),
        # The life of a definition is not that of an offering.
        ({}, {"status": Status.RETIRED}, {"status": None}),
        ({}, {"deprecated": "2025", "retires": "2026"}, {"deprecated": None, "retires": None}),
        # Nor are the records of where it came from.
        ({}, {"created_at": "x", "updated_at": "y", "extensions": {"z": 1}}, {"created_at": None, "extensions": {}}),
        # Limits one by one.
        ({}, {"limits": Limits(context=5, output=0)}, {"limits": Limits(context=5, output=0)}),
        (
            {"limits": Limits(context=7, input=0)},
            {"limits": Limits(context=5, output=3)},
            {"limits": Limits(context=7, output=3, input=0)},
        ),
        ({"limits": Limits(context=None)}, {"limits": Limits(context=5)}, {"limits": Limits(context=None)}),
    ],
)
def test_what_is_inherited(offering: dict[str, Any], definition: dict[str, Any], inherited: dict[str, Any]) -> None:
    found = inherit(OFFERING.model_copy(update=offering), Model(id="a/x", **definition))
    assert {name: getattr(found, name) for name in inherited} == inherited
    assert found.key == ("p", "x")


ONE: Sources = {"authors": {"acme": ""}, "models": {"acme/sun": ""}, "providers": {"p": ""}}


@pytest.mark.parametrize(
    ("more", "lines"),
    [
        (
            {"models": {"acne/sun": ""}},
            ["models/acne/sun.yaml: error: id: there is no author `acne`", "hint: did you mean `acme`?"],
        ),
        (
            {"models": {"acme/x": "authors: [acme, zed]"}},
            ["models/acme/x.yaml:1:17: error: authors[1]: there is no author `zed`"],
        ),
        (
            {"models": {"acme/x": "successor: acme/sum"}},
            ["models/acme/x.yaml:1:12: error: successor: there is no model `acme/sum`"],
        ),
        (
            {"models": {"acme/x": "lineage: {root: a/b, parent: c/d}"}},
            [
                "models/acme/x.yaml:1:17: error: lineage.root: there is no model `a/b`",
                "models/acme/x.yaml:1:30: error: lineage.parent: there is no model `c/d`",
            ],
        ),
        ({"offerings": {"q x": ""}}, ["offerings/q x.yaml: error: provider: there is no provider `q`"]),
        (
            {"offerings": {"p x": "model: acme/son"}},
            ["offerings/p x.yaml:1:8: error: model: there is no model `acme/son`", "hint: did you mean `acme/sun`?"],
        ),
        (
            {"offerings": {"p x": "authors: [zed]"}},
            ["offerings/p x.yaml:1:11: error: authors[0]: there is no author `zed`"],
        ),
        (
            {"offerings": {"p x": "successor: z/z"}},
            ["offerings/p x.yaml:1:12: error: successor: there is no model `z/z`"],
        ),
        # Twice.
        (
            {"authors": {"acme": "", "acme!": ""}},
            [
                "authors/acme!.yaml: error: id: author `acme` is defined a second time",
                "hint: the first is in authors/acme.yaml",
            ],
        ),
        (
            {"models": {"acme/sun!": "id: acme/sun", "acme/sun": ""}},
            [
                "models/acme/sun.yaml: error: id: model `acme/sun` is defined a second time",
                "hint: the first is in models/acme/sun!.yaml",
            ],
        ),
        (
            {"providers": {"p": "", "p!": ""}},
            [
                "providers/p!.yaml: error: id: provider `p` is defined a second time",
                "hint: the first is in providers/p.yaml",
            ],
        ),
        (
            {"offerings": {"p x": "", "p x!": "id: x"}},
            [
                "offerings/p x!.yaml:1:5: error: id: offering `x` of `p` is defined a second time",
                "hint: the first is in offerings/p x.yaml",
            ],
        ),
        (
            {"providers": {"p": "aliases: [q]"}, "offerings": {"p x": "", "q x": ""}},
            [
                "offerings/q x.yaml: error: id: offering `x` of `p` is defined a second time",
                "hint: the first is in offerings/p x.yaml",
            ],
        ),
        # Aliases.
        (
            {"authors": {"acme": "", "b": "aliases: [c, acme]"}},
            ["authors/b.yaml:1:14: error: aliases[1]: the alias `acme` is the id of another author"],
        ),
        (
            {"authors": {"acme": "", "b": "aliases: [z]", "c": "aliases: [z]"}},
            ["authors/c.yaml:1:11: error: aliases[0]: the alias `z` is also an alias of author `b`"],
        ),
        (
            {"models": {"acme/x": "aliases: [acme/sun]", "acme/sun": ""}},
            ["models/acme/x.yaml:1:11: error: aliases[0]: the alias `acme/sun` is the id of another model"],
        ),
        (
            {"providers": {"p": "aliases: [z]", "q": "aliases: [p, z]"}},
            [
                "providers/q.yaml:1:11: error: aliases[0]: the alias `p` is the id of another provider",
                "providers/q.yaml:1:14: error: aliases[1]: the alias `z` is also an alias of provider `p`",
            ],
        ),
        (
            {"authors": {"acme": "aliases: [acme-inc]"}, "models": {"acme-inc/x": ""}},
            [
                "models/acme-inc/x.yaml: error: id: `acme-inc` is an alias of the author `acme`",
                "hint: call the model `acme/x`",
            ],
        ),
        # Circles.
        (
            {"models": {"acme/x": "lineage: {parent: acme/x}"}},
            ["models/acme/x.yaml:1:19: error: lineage.parent: leads back to `acme/x`"],
        ),
        (
            {
                "models": {
                    "acme/x": "successor: acme/y",
                    "acme/y": "successor: acme/z",
                    "acme/z": "successor: acme/y",
                }
            },
            [
                "models/acme/y.yaml:1:12: error: successor: leads back to `acme/y`",
                "models/acme/z.yaml:1:12: error: successor: leads back to `acme/z`",
            ],
        ),
        (
            {"models": {"acme/x": "{aliases: [acme/v], lineage: {parent: acme/v}}"}},
            ["models/acme/x.yaml:1:39: error: lineage.parent: leads back to `acme/x`"],
        ),
    ],
)
def test_faults_are_told_with_their_place(more: Sources, lines: list[str]) -> None:
    assert told({**ONE, **more}) == lines


@pytest.mark.parametrize(
    ("more", "broken"),
    [
        ({"models": {"zed/x": ""}}, "author/zed"),
        ({"models": {"acme/x": "successor: a/b"}}, "model/a/b"),
        ({"offerings": {"q x": ""}}, "provider/q"),
        ({"offerings": {"p x": "model: a/b"}}, "model/a/b"),
    ],
)
def test_a_reference_to_what_could_not_be_read_is_no_second_fault(more: Sources, broken: str) -> None:
    assert told({**ONE, **more}) != []
    assert told({**ONE, **more}, broken) == []


def test_an_alias_of_ones_own_id_is_harmless() -> None:
    assert told({**ONE, "authors": {"acme": "aliases: [acme, acme]"}}) == []


def bare(models: list[Model]) -> Records:
    """Return records of models and their author without the text of files."""
    return Records(
        authors=(Entry(Author(id="acme", name="Acme"), Document("a.yaml", {})),),
        models=tuple(Entry(model, Document(f"{model.id}.yaml", {})) for model in models),
    )


def test_thousands_of_dangling_references_are_told_in_seconds() -> None:
    entries = bare([Model(id=f"acme/model-{i}", successor=f"acme/modle-{i}") for i in range(2_000)])
    begun = process_time()
    _, problems = link(entries)
    assert process_time() - begun < 4
    assert len(problems) == 2_000
    assert sum(bool(problem.hint) for problem in problems) == MAX_HINTS


def test_a_chain_of_thousands_is_walked_once() -> None:
    parents = {i: i + 1 for i in range(6_000)} | {6_000: 5_999}
    entries = bare([Model(id=f"acme/{i}", lineage=Lineage(parent=f"acme/{parent}")) for i, parent in parents.items()])
    begun = process_time()
    _, problems = link(entries)
    assert process_time() - begun < 3
    assert [problem.path for problem in problems] == ["acme/5999.yaml", "acme/6000.yaml"]


def test_equal_facts_are_held_once_and_what_is_stated_to_be_none_is_not_equal_to_what_is_unstated() -> None:
    def offering(name: str, **limits: int | None) -> Offering:
        return Offering.model_validate({"provider": "p", "id": name, "limits": limits})

    one, other, stated = (
        compact(it) for it in (offering("a", context=9), offering("b", context=9), offering("c", context=9, input=None))
    )
    assert one.limits is other.limits
    assert one.model_fields_set is other.model_fields_set
    assert stated.limits == one.limits
    assert [it.limits.model_fields_set for it in (one, stated)] == [{"context"}, {"context", "input"}]
    assert other.model_copy(update={"name": "B"}).model_fields_set == one.model_fields_set | {"name"}
    assert "name" not in one.model_fields_set
