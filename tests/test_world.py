"""The world: the day of the facts, what rows say about offerings, and who comes first."""

from typing import Any

import pytest

from generator.catalog import Catalog
from generator.config import Settings
from generator.pages.world import World
from generator.schema import Author, FreePage, Model, Offering, Provider


def world(
    models: dict[str, dict[str, Any]],
    offerings: dict[tuple[str, str], dict[str, Any]],
    *,
    providers: dict[str, dict[str, Any]] | None = None,
    settings: Settings | None = None,
    pages: tuple[FreePage, ...] = (),
) -> World:
    about: dict[str, dict[str, Any]] = {name: {} for name, _ in offerings} | (providers or {})
    authors = {name.partition("/")[0] for name in models}
    catalog = Catalog(
        authors={name: Author(id=name, name=name.title()) for name in sorted(authors)},
        models={name: Model.model_validate({"id": name, **facts}) for name, facts in sorted(models.items())},
        providers={
            name: Provider.model_validate({"id": name, "name": name.title(), **facts})
            for name, facts in sorted(about.items())
        },
        offerings={
            key: Offering.model_validate({"provider": key[0], "id": key[1], **facts})
            for key, facts in sorted(offerings.items())
        },
    )
    return World.of(catalog, settings or Settings(), pages)


def price(given: int, made: int) -> dict[str, Any]:
    return {"input": given, "output": made}


@pytest.mark.parametrize(
    ("model", "provider", "offering", "setting", "day"),
    [
        ({}, {}, {}, None, None),
        ({"released": "2025"}, {}, {}, None, "2025"),
        ({"released": "2025-05", "updated": "2025-06"}, {}, {}, None, "2025-06"),
        ({"released": "2027"}, {"checked": "2026-01-02"}, {}, None, "2026-01-02"),
        ({}, {"checked": "2026-01-02"}, {"checked": "2026-02-01"}, None, "2026-02-01"),
        ({}, {"checked": "2026-01-02"}, {}, "2025-12-31", "2025-12-31"),
    ],
)
def test_the_day_of_the_facts(
    model: dict[str, Any], provider: dict[str, Any], offering: dict[str, Any], setting: str | None, day: str | None
) -> None:
    settings = Settings(data_date=setting) if setting else None
    made = world({"acme/sun": model}, {("p", "x"): offering}, providers={"p": provider}, settings=settings)
    assert made.data_date == day


def test_only_what_costs_less_than_another_is_the_best() -> None:
    same = {"model": "acme/same", "price": price(1, 2)}
    made = world(
        {"acme/sun": {}, "acme/same": {}},
        {
            ("p", "sun"): {"model": "acme/sun", "price": price(1, 2)},
            ("q", "sun"): {"model": "acme/sun", "price": price(2, 2)},
            ("r", "sun"): {"model": "acme/sun", "price": price(1, 2)},
            ("s", "sun"): {"model": "acme/sun", "price": price(0, 1), "status": "retired"},
            ("t", "sun"): {"model": "acme/sun"},
            ("p", "same"): same,
            ("q", "same"): same,
            ("p", "loose"): {"price": price(1, 1)},
        },
    )
    assert [key for key, row in made.offerings.items() if row.is_best] == [("p", "sun"), ("r", "sun")]
    best = made.models["acme/sun"].best
    assert best is not None
    assert best.key == ("p", "sun")
    assert [ref.label for ref in made.models["acme/sun"].providers] == ["P", "Q", "R", "S", "T"]


def test_nothing_is_cheaper_than_free() -> None:
    made = world(
        {"acme/sun": {}},
        {
            ("p", "a"): {"model": "acme/sun", "price": price(1, 2)},
            ("p", "b"): {"model": "acme/sun", "price": price(2, 2)},
            ("q", "a"): {"model": "acme/sun", "price": {"billing": "free"}},
        },
    )
    assert [row.is_best for row in made.offerings.values()] == [False, False, False]


def test_offerings_of_one_name_carry_their_ids() -> None:
    made = world(
        {}, {("p", "a"): {"name": "Sun"}, ("p", "b"): {"name": "Sun"}, ("q", "c"): {"name": "Sun"}, ("p", "d"): {}}
    )
    assert [row.ref.label for row in made.offerings.values()] == ["Sun (a)", "Sun (b)", "d", "Sun"]


@pytest.mark.parametrize(
    ("model", "offering", "notes"),
    [
        ({}, {}, ()),
        ({}, {"status": "active"}, ()),
        (
            {},
            {"status": "deprecated", "regions": ["eu", "us"], "notes": ["Slow."]},
            ("Deprecated", "Regions: eu, us", "Slow."),
        ),
        ({"limits": {"context": 8}}, {"limits": {"context": 8}}, ()),
        ({"limits": {"context": 8}}, {}, ()),
        ({"limits": {"context": 8, "output": 2}}, {"limits": {"context": 4}}, ("Custom context",)),
        ({"limits": {"output": 2}}, {"limits": {"context": 4, "output": 1}}, ("Custom output limit",)),
    ],
)
def test_notes_say_where_an_offering_differs(
    model: dict[str, Any], offering: dict[str, Any], notes: tuple[str, ...]
) -> None:
    made = world({"acme/sun": model}, {("p", "x"): {"model": "acme/sun", **offering}})
    assert made.offerings["p", "x"].notes == notes


def test_owners_with_most_come_first() -> None:
    made = world(
        {"acme/a": {}, "bolt/b": {}, "bolt/c": {}, "core/d": {}},
        {("p", "a"): {}, ("q", "a"): {}, ("q", "b"): {"price": {"billing": "free"}}, ("r", "a"): {"model": "core/d"}},
        providers={"idle": {"free_tier": False}},
    )
    assert list(made.authors) == ["bolt", "core", "acme"]
    assert list(made.providers) == ["q", "p", "r", "idle"]
    assert [row.free for row in made.providers.values()] == [True, None, None, False]
    assert [row.models for row in made.providers.values()] == [0, 0, 1, 0]


def test_an_authors_models_stand_by_date_and_then_by_name() -> None:
    models: dict[str, dict[str, Any]] = {
        "acme/a": {"released": "2024"},
        "acme/b": {},
        "acme/A": {},
        "acme/c": {"released": "2025-01"},
        "bolt/d": {"released": "2026", "authors": ("acme",)},
    }
    made = world(models, {})
    assert [row.model.id for row in made.newest_by_author["acme"]] == ["acme/c", "acme/a", "acme/A", "acme/b"]
    assert [row.model.id for row in made.newest] == ["bolt/d", "acme/c", "acme/a"]


def test_free_pages_stand_in_their_order() -> None:
    pages = [("b", "About", 100), ("a", "about", 100), ("z", "Start", 1)]
    made = world({}, {}, pages=tuple(FreePage(name=name, title=title, order=order) for name, title, order in pages))
    assert [page.name for page in made.pages] == ["z", "a", "b"]
