"""JSON-LD: what each kind of page tells search engines, and nothing that could leave its element."""

import json
from typing import Any

import pytest

from generator.pages import Page, World, context
from generator.pages.page import Context
from generator.structured import structured
from tests.test_world import price, world

MODELS: dict[str, dict[str, Any]] = {
    "acme/sun": {"name": "Sun", "released": "2026-03", "license": "MIT"},
    "acme/moon": {},
}
OFFERINGS: dict[tuple[str, str], dict[str, Any]] = {
    ("big", "sun"): {"model": "acme/sun", "price": price(2, 8)},
    ("free", "sun"): {"model": "acme/sun", "price": {"billing": "free"}},
    ("old", "sun"): {"model": "acme/sun", "price": price(1, 1), "status": "retired"},
    ("plan", "sun"): {"model": "acme/sun", "price": {"billing": "plan"}},
}
SOFTWARE = {"@type": "SoftwareApplication", "applicationCategory": "AI model"}


def rate(name: str, amount: str) -> dict[str, Any]:
    unit = {"@type": "QuantitativeValue", "value": 1_000_000, "unitText": "tokens"}
    return {
        "@type": "UnitPriceSpecification",
        "name": name,
        "price": amount,
        "priceCurrency": "USD",
        "referenceQuantity": unit,
    }


def organization(name: str) -> dict[str, str]:
    return {"@type": "Organization", "name": name}


@pytest.fixture(scope="module")
def found() -> World:
    return world(MODELS, OFFERINGS, providers={"big": {"website": "https://big.example/"}})


def told(world: World, kind: str, *key: str) -> list[dict[str, Any]]:
    page = context(world, Page(stem="", kind=kind, key=key))
    value = json.loads(structured(page, "Catalog of Ours", lambda stem: f"at:{stem}"))
    assert value.pop("@context") == "https://schema.org"
    things: list[dict[str, Any]] = value.get("@graph", [value])
    return things


@pytest.mark.parametrize(
    ("kind", "key", "thing"),
    [
        ("author", ("acme",), {**organization("Acme"), "url": "at:authors/acme/"}),
        ("provider", ("big",), {**organization("Big"), "sameAs": "https://big.example/", "url": "at:providers/big/"}),
        (
            "model",
            ("acme/sun",),
            {
                **SOFTWARE,
                "name": "Sun",
                "identifier": "acme/sun",
                "url": "at:authors/acme/models/sun",
                "creator": organization("Acme"),
                "datePublished": "2026-03",
                "license": {"@type": "CreativeWork", "name": "MIT"},
                "offers": {
                    "@type": "AggregateOffer",
                    "name": "Input, per 1M tokens",
                    "offerCount": 2,
                    "lowPrice": "0",
                    "highPrice": "2",
                    "priceCurrency": "USD",
                },
            },
        ),
        (
            "model",
            ("acme/moon",),
            {
                **SOFTWARE,
                "name": "moon",
                "identifier": "acme/moon",
                "url": "at:authors/acme/models/moon",
                "creator": organization("Acme"),
            },
        ),
    ],
)
def test_a_page_tells_its_thing_and_the_way_to_it(
    found: World, kind: str, key: tuple[str, ...], thing: dict[str, Any]
) -> None:
    way, about = told(found, kind, *key)
    assert about == thing
    assert way["@type"] == "BreadcrumbList"
    assert [step["position"] for step in way["itemListElement"]] == list(range(1, len(way["itemListElement"]) + 1))
    assert way["itemListElement"][0] == {"@type": "ListItem", "position": 1, "name": "Catalog", "item": "at:"}
    assert way["itemListElement"][-1]["name"] == thing["name"]


@pytest.mark.parametrize(
    ("provider", "offers"),
    [
        ("big", {"@type": "Offer", "priceSpecification": [rate("Input", "2"), rate("Output", "8")]}),
        ("free", {"@type": "Offer", "price": "0", "priceCurrency": "USD"}),
        (
            "old",
            {
                "@type": "Offer",
                "priceSpecification": [rate("Input", "1"), rate("Output", "1")],
                "availability": "https://schema.org/Discontinued",
            },
        ),
        ("plan", None),
    ],
)
def test_an_offering_tells_its_price(found: World, provider: str, offers: dict[str, Any] | None) -> None:
    thing = told(found, "offering", provider, "sun")[1]
    assert thing.get("offers") == (offers and {**offers, "seller": organization(provider.title())})


def test_a_list_tells_the_way_alone_and_the_home_page_the_site(found: World) -> None:
    assert [thing["@type"] for thing in told(found, "models")] == ["BreadcrumbList"]
    assert [thing["@type"] for thing in told(found, "home")] == ["WebSite"]


def test_nothing_ends_the_element() -> None:
    hostile = "</script><script>alert(1)</script><!-- & \u2028"
    page = Context(stem="", kind="home", title=hostile, description=hostile)
    text = structured(page, hostile, str)
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text)["name"] == hostile
