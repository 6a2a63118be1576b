"""The pages that list the whole catalog by something: what ends, what is new, what costs least, who can do what."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from generator.build import build
from generator.catalog import Catalog
from generator.config import Settings
from generator.pages import plan
from generator.pages.capabilities import capabilities, capability, label
from generator.pages.cheapest import cheapest
from generator.pages.families import family
from generator.pages.lifecycle import lifecycle
from generator.pages.news import new
from generator.pages.providers import offered, provider
from generator.pages.ranges import price_ranges
from generator.pages.rows import Ref
from generator.pages.timeline import timeline, year
from generator.pages.weights import open_weights
from generator.pages.world import World
from generator.schema import Author, Model, Offering, Provider
from tests.golden import CONTENT

TODAY = "2026-07-02"


def made(models: dict[str, dict[str, Any]], offerings: dict[tuple[str, str], dict[str, Any]]) -> World:
    catalog = Catalog(
        authors={"acme": Author(id="acme", name="Acme")},
        models={name: Model.model_validate({"id": name, **facts}) for name, facts in sorted(models.items())},
        providers={name: Provider(id=name, name=name.title()) for name in sorted({key[0] for key in offerings})},
        offerings={
            key: Offering.model_validate({"provider": key[0], "id": key[1], **facts})
            for key, facts in sorted(offerings.items())
        },
    )
    return World.of(catalog, Settings(data_date=TODAY))


def cost(given: int, **more: Any) -> dict[str, Any]:
    return {"price": {"input": given, "output": given} | more}


TOOLS = {"capabilities": {"tool_calls": True}}


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"retires": "2026-07-02"}, "soon"),
        ({"retires": "2026-09-30"}, "soon"),
        ({"retires": "2026-10-01"}, "later"),
        ({"retires": "2026-07-01"}, "retired"),
        ({"status": "retired"}, "retired"),
        ({"status": "retired", "retires": "2027-01-01"}, "retired"),
        ({"status": "deprecated"}, "deprecated"),
        ({"deprecated": "2026-01"}, "deprecated"),
        ({"status": "deprecated", "retires": "2026-08"}, "soon"),
        ({"status": "beta"}, None),
    ],
)
def test_what_ends_stands_at_one_stage(facts: dict[str, Any], stage: str | None) -> None:
    page = lifecycle(made({}, {("p", "x"): facts, ("q", "y"): {}}))
    assert [found.name for found in page.stages if found.rows] == ([stage] if stage else [])


def test_the_end_names_what_follows_and_an_offering_that_says_the_same_as_its_model_is_not_told_again() -> None:
    facts = {"retires": "2026-08-01", "successor": "acme/new"}
    world = made(
        {"acme/old": {"name": "Old", **facts}, "acme/new": {}}, {("acme", "old"): {"model": "acme/old", **facts}}
    )
    soon = lifecycle(world).stages[0]
    assert [(end.ref.label, end.is_model, end.away) for end in soon.rows] == [("Old", True, "in 30 days")]
    assert soon.rows[0].successor == Ref("new", "authors/acme/models/new")


def test_what_is_past_and_what_is_to_come_are_apart() -> None:
    offering = {
        "price": {"input": 1, "output": 2, "effective_from": "2026-05-01"},
        "prices": [{"input": 3, "output": 4}, {"input": 9, "output": 9, "effective_from": "2026-08-01"}],
        "retires": "2026-09-01",
    }
    page = new(made({"acme/sun": {"released": "2026-06", "updated": "2026-07-02"}}, {("p", "x"): offering}))
    told = [(group.title, [(row.what, row.detail) for row in group.rows]) for group in page.recent]
    assert told == [
        ("2 July 2026", [("Updated", "")]),
        ("June 2026", [("Released", "")]),
        ("1 May 2026", [("Price", "$3.00 / $4.00 → $1.00 / $2.00")]),
    ]
    assert [(group.title, [row.what for row in group.rows]) for group in page.to_come] == [
        ("1 August 2026", ["Price"]),
        ("1 September 2026", ["Retires"]),
    ]


def test_a_model_stands_at_the_lowest_price_of_those_of_its_offerings_that_can() -> None:
    world = made(
        {"acme/sun": {}, "acme/moon": {}},
        {
            ("p", "sun"): {"model": "acme/sun", **cost(1)},
            ("q", "sun"): {"model": "acme/sun", **TOOLS, **cost(5)},
            ("q", "moon"): {"model": "acme/moon", **TOOLS, **cost(3)},
            ("q", "loose"): TOOLS | cost(2),
            ("q", "gone"): TOOLS | cost(1) | {"status": "retired"},
        },
    )
    found = capability(world, "tool-calls", "1").listing
    assert [(row.ref.label, row.best and row.best.key, row.offers) for row in found.rows] == [
        ("moon", ("q", "moon"), 1),
        ("sun", ("q", "sun"), 1),
    ]
    assert [row.ref.label for row in found.loose] == ["loose", "gone"]
    assert found.providers == ((Ref("Q", "providers/q/"), 4),)
    best = capabilities(world).groups[0].rows[0].best
    assert best is not None
    assert best.ref.label == "loose"


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("tool-calls", "show=offerings&can=tool_calls&sort=price_in"),
        ("image-input", "show=offerings&in=image&sort=price_in"),
        ("tool-calls-and-image-input", "show=offerings&in=image&can=tool_calls&sort=price_in"),
        ("audio-output", "show=offerings&out=audio&sort=price_in"),
        ("open-weights", "show=offerings&open=yes&sort=price_in"),
    ],
)
def test_the_table_of_all_offerings_is_asked_for_the_same(name: str, query: str) -> None:
    sees, speaks = {"modalities": {"input": ["image"]}}, {"modalities": {"output": ["audio"]}, "open_weights": True}
    both: list[dict[str, Any]] = [{**TOOLS, **sees}] * 3
    apart: list[dict[str, Any]] = [TOOLS, sees, speaks] * 3
    world = made({}, {("p", str(number)): facts for number, facts in enumerate(both + apart)})
    assert capability(world, name, "1").query == query


def test_a_long_list_goes_on_and_no_model_is_left_out() -> None:
    world = made({f"acme/m{number:03}": TOOLS for number in range(250)}, {})
    pages = [capability(world, "tool-calls", str(part)) for part in (1, 2, 3)]
    assert [page.stem for page in pages] == [f"capabilities/tool-calls{part}" for part in ("", "-2", "-3")]
    assert [len(page.listing.rows) for page in pages] == [100, 100, 50]
    assert len({row.ref for page in pages for row in page.listing.rows}) == 250
    assert [page.listing.after and page.listing.after.to for page in pages] == [pages[1].stem, pages[2].stem, None]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("tool-calls", "Tool calling"),
        ("pdf-input", "PDF files in"),
        ("frequency-penalty", "Frequency penalty"),
        ("tool-calls-and-pdf-input", "Tool calling and PDF files in"),
    ],
)
def test_abilities_have_names_for_people(name: str, words: str) -> None:
    both = TOOLS | {"modalities": {"input": ["pdf"]}}
    apart = {("p", f"t{i}"): TOOLS for i in range(9)} | {
        ("p", f"s{i}"): {"modalities": both["modalities"]} for i in range(9)
    }
    world = made({}, {("p", f"b{i}"): both for i in range(3)} | apart)
    assert label(world, name) == words


def test_the_cheapest_are_in_use_and_not_free() -> None:
    world = made(
        {},
        {
            ("p", "a"): TOOLS | cost(2),
            ("p", "b"): TOOLS | cost(1) | {"status": "deprecated"},
            ("p", "c"): TOOLS | {"price": {"billing": "free"}},
            ("p", "d"): TOOLS | cost(4),
            ("p", "image"): {"price": {"operations": {"image_output": Decimal("0.04")}}},
        },
    )
    page = cheapest(world)
    assert [(group.title, [(row.choice.ref.label, row.share) for row in group.rows]) for group in page.groups] == [
        ("Lowest of all that write", [("a", 50), ("d", 100)]),
        ("Tool calling", [("a", 50), ("d", 100)]),
    ]
    assert [(unit.per, [(row.ref.label, price) for row, price, _ in unit.rows]) for unit in page.units] == [
        ("image", [("image", "$0.04")])
    ]
    assert [row.ref.label for row in page.free] == ["c"]


def test_open_weights_count_licences_and_what_is_not_known() -> None:
    world = made(
        {
            "acme/a": {"open_weights": True, "license": "MIT", "released": "2025"},
            "acme/b": {"weights": [{"url": "https://example.org/b"}]},
            "acme/c": {"open_weights": False},
        },
        {},
    )
    page = open_weights(world, "1")
    assert [row.ref.label for row in page.rows] == ["a", "b"]
    assert (page.licences, page.without_licence, page.parts) == ((("MIT", 1),), 1, ())


def test_years_hold_every_model_with_a_date() -> None:
    days = {"a": "2024", "b": "2025-01-03", "c": "2025-01", "d": "2025-02-01", "e": None}
    world = made({f"acme/{name}": {"released": day} for name, day in days.items()}, {})
    page = timeline(world)
    assert [(row.ref.label, row.ref.to, row.models) for row in page.years] == [
        ("2025", "timeline-2025", 3),
        ("2024", "timeline-2024", 1),
    ]
    assert page.undated == 1
    assert page.lanes is not None
    assert [group.title for group in year(world, "2025").months] == ["February 2025", "January 2025"]
    assert year(world, "2024").lanes is None


def test_a_family_is_drawn_with_what_came_from_what() -> None:
    world = made(
        {
            "acme/one": {"family": "sun", "released": "2024-01-01", "successor": "acme/two", **TOOLS},
            "acme/two": {"family": "sun", "released": "2025-01-01", "capabilities": {"tool_calls": False}},
            "acme/mini": {"family": "sun", "released": "2025-06-01", "lineage": {"parent": "acme/two"}},
            "acme/undated": {"family": "sun"},
        },
        {},
    )
    page = family(world, "sun")
    assert page.ladder is not None
    assert [rung.label for rung in page.ladder.rungs] == ["one", "two", "mini"]
    assert [branch.kind for branch in page.ladder.branches] == ["follows", "made"]
    assert [(row.ref.label, row.parent and row.parent.label) for row in page.descent][2] == ("mini", "two")
    assert page.matrix is not None
    assert page.matrix.columns == (Ref("Tool calling", "capabilities/tool-calls"),)
    assert [(ref.label, cells) for ref, cells in page.matrix.rows] == [
        ("undated", (None,)),
        ("mini", (None,)),
        ("two", (False,)),
        ("one", (True,)),
    ]


@pytest.mark.parametrize(("prices", "drawn"), [((1, 2), 0), ((1, 2, 2), 0), ((0, 1, 2), 0), ((1, 2, 3), 2)])
def test_few_prices_are_not_drawn(prices: tuple[int, ...], drawn: int) -> None:
    offerings = [
        (Offering.model_validate({"provider": "p", "id": str(i), **cost(price)}), Ref(str(i), f"x/{i}"))
        for i, price in enumerate(prices)
    ]
    found = price_ranges(offerings)
    assert len(found) == drawn
    assert all((it.low, it.middle, it.high, it.high_ref.label) == ("$1.00", "$2.00", "$3.00", "2") for it in found)


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.routes.OFFERED", 2)
    monkeypatch.setattr("generator.pages.providers.OFFERED", 2)


@pytest.mark.usefixtures("short_pages")
@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_every_offering_is_on_one_page_of_its_provider(number: int) -> None:
    families = ("x", "y", "x", None, "y")
    world = made({}, {("p", f"o-{i}"): {"family": families[i]} if families[i] else {} for i in range(number)})
    stems = ["providers/p/", "providers/p/page-2", "providers/p/page-3"][: (number + 1) // 2]
    first = provider(world, "p")
    keys = [page.key for page in plan(world) if page.kind == "offerings"]
    rest = [offered(world, *key) for key in keys]
    assert [first.stem, *(page.stem for page in rest)] == stems
    groups = list(first.families)
    for part, page in enumerate(rest, 2):
        assert (page.part, page.parts) == (part, first.parts)
        groups += page.groups
    assert [row.offering.id for group in groups for row in group.rows] == [
        row.offering.id for group in world.offerings_by_family(world.offerings_of_provider("p")) for row in group.rows
    ]
    assert all(group.rows for group in groups)
    assert [ref.to for ref in first.parts] == (stems if len(stems) > 1 else [])
    assert [ref and ref.to for ref in (first.after, *(page.after for page in rest))] == [*stems[1:], None]


@pytest.mark.usefixtures("short_pages")
def test_further_pages_of_a_provider_are_in_both_editions(tmp_path: Path) -> None:
    build(CONTENT, tmp_path / "site", jobs=1)  # which looks at every link
    folder = tmp_path / "site/providers/tiny"
    assert '<a href="page-2.html">2</a>' in (folder / "index.html").read_text()
    assert "[Further models: page 2](page-2.md)" in (folder / "README.md").read_text()
    assert '<b aria-current="page">2</b>' in (folder / "page-2.html").read_text()
    assert "# Tiny, page 2" in (folder / "page-2.md").read_text()


def test_every_author_provider_and_family_is_on_one_page_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("routes", "authors", "providers", "families", "home"):
        monkeypatch.setattr(f"generator.pages.{module}.INDEXED", 1)
    build(CONTENT, tmp_path / "site", jobs=1)  # which looks at every link
    for folder, title in (("authors", "Model Authors"), ("providers", "AI Model Providers"), ("families", "Families")):
        first, second = (tmp_path / "site" / folder / name for name in ("index.html", "all/2.html"))
        assert '<a href="all/2.html">2</a>' in first.read_text()
        assert f"{title}, page 2</h1>" in second.read_text()
        assert '<a href="../index.html">1</a>' in second.read_text()
        told = (tmp_path / "site" / folder / "README.md").read_text()
        assert f"[Further {folder}: page 2](all/2.md)" in told
    assert "[View all 2 providers →](providers/README.md)" in (tmp_path / "site/README.md").read_text()
