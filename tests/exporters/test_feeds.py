from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest

from generator.exporters import feeds
from generator.schema import Model
from generator.site import Site
from tests.exporters.sites import files, golden, offering, site

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(made: Site, path: str = feeds.MODELS) -> ET.Element:
    return ET.fromstring(files(feeds.outputs(made))[path].decode())  # noqa: S314  # our own text


def texts(root: ET.Element, name: str) -> list[str]:
    return [found.text or "" for found in root.iterfind(f"{ATOM}entry/{ATOM}{name}")]


def model(slug: str, **facts: Any) -> Model:
    return Model.model_validate({"id": f"a/{slug}", **facts})


def test_new_models_stand_newest_first_with_the_dates_of_their_release() -> None:
    made = site(
        model("old", released="2024"),
        model("b", released="2025-06-17", description="Words."),
        model("c", released="2025-06"),
        model("undated"),
    )
    root = feed(made)
    assert texts(root, "title") == ["A: b", "A: c", "A: old"]
    assert texts(root, "updated") == ["2025-06-17T00:00:00Z", "2025-06-01T00:00:00Z", "2024-01-01T00:00:00Z"]
    assert texts(root, "published") == texts(root, "updated")
    assert texts(root, "summary")[0] == "Words."
    assert root.findtext(f"{ATOM}updated") == "2025-06-17T00:00:00Z"


def test_the_order_of_one_day_is_that_of_the_ids() -> None:
    made = site(*(model(name, released="2025-06-17") for name in "cab"))
    assert texts(feed(made), "title") == ["A: a", "A: b", "A: c"]


def test_a_catalog_without_definitions_tells_of_its_offerings() -> None:
    made = site(offering(released="2025", price={"input": 1, "output": 2}), offering(id="undated"))
    assert texts(feed(made), "title") == ["x at P"]
    assert texts(feed(made), "summary") == ["x: $1.00 / $2.00"]


def test_the_ends_of_models_and_offerings_are_told_apart() -> None:
    made = site(
        model("m", name="M", deprecated="2026-01-02", retires="2027-01", successor="a/n"),
        model("n", name="N"),
        offering(model="a/m", retires="2026-12-01"),
    )
    root = feed(made, feeds.LIFECYCLE)
    assert texts(root, "title") == [
        "M stops working (2027-01)",
        "M at P stops working (2026-12-01)",
        "M is deprecated (2026-01-02)",
    ]
    assert texts(root, "summary") == [
        "M stops working: January 2027. Use N instead.",
        "M at P stops working: 1 December 2026. Use N instead.",
        "M is deprecated: 2 January 2026. Use N instead.",
    ]


def test_prices_with_a_day_are_told() -> None:
    prices = [{"input": 5, "output": 6, "effective_from": "2025"}, {"input": 9, "output": 9}]
    price = {"input": 1, "output": 2, "effective_from": "2026-03"}
    root = feed(site(offering(price=price, prices=prices)), feeds.PRICES)
    assert texts(root, "title") == ["x at P: $1.00 / $2.00", "x at P: $5.00 / $6.00"]
    assert texts(root, "summary")[0] == "Input / output per one million tokens from March 2026: $1.00 / $2.00."


@pytest.mark.parametrize(
    ("settings", "name"),
    [
        ({"base_url": "https://X.example:8080/c"}, "tag:x.example,2025:/c/model/a%2Fm"),
        ({}, "urn:uuid:5a4bcb20-2cd6-5abb-a512-ee661a486602"),
    ],
)
def test_ids_stay_what_they_are(settings: dict[str, Any], name: str) -> None:
    found = texts(feed(site(model("m", released="2025", name="Other name"), **settings)), "id")
    assert found == [name]
    assert texts(feed(site(model("m", released="2026"), model("k"), **settings)), "id") == [name]


def test_links_are_whole_where_the_site_knows_its_address() -> None:
    def links(made: Site) -> list[str]:
        return [link.attrib["href"] for link in feed(made, feeds.LIFECYCLE).iter(f"{ATOM}link")]

    near = "https://x.example/c"
    about = model("m", retires="2026")
    assert links(site(about)) == ["lifecycle.xml", "../index.html", "../authors/a/models/m.html"]
    assert links(site(about, base_url=near)) == [
        f"{near}/feeds/lifecycle.xml",
        f"{near}/index.html",
        f"{near}/authors/a/models/m.html",
    ]
    assert links(site(about, editions=["md"]))[-1] == "../authors/a/models/m.md"


def elements(root: ET.Element) -> Iterator[str]:
    return (found.tag for found in root.iter())


def test_text_of_strangers_is_text() -> None:
    odd = "</title><x>&amp; ]]> \x07\x1b\x7f\ufffe"
    shown = "</title><x>&amp; ]]> "
    made = site(Model.model_construct(id="a/m", name=odd, released="2025", description=odd), title="<b>", language="en")
    plain = site(model("m", released="2025", name="N", description="D"))
    root = feed(made)
    assert texts(root, "title") == [f"A: {shown}"]
    assert texts(root, "summary") == [shown]
    assert list(elements(root)) == list(elements(feed(plain)))


def test_a_feed_without_entries_is_a_feed() -> None:
    root = feed(site(model("m")))
    assert texts(root, "id") == []
    assert root.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert feed(site(model("m"), data_date="2026-07-02")).findtext(f"{ATOM}updated") == "2026-07-02T00:00:00Z"


def test_a_feed_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_ENTRIES", 2)
    made = site(*(model(f"m{year}", released=str(year)) for year in range(2020, 2025)))
    assert texts(feed(made), "title") == ["A: m2024", "A: m2023"]


@pytest.mark.parametrize("path", [feeds.MODELS, feeds.LIFECYCLE, feeds.PRICES])
def test_every_feed_is_as_the_standard_asks(path: str) -> None:
    made = golden()
    root = feed(made, path)
    ids = [found.text or "" for found in root.iter(f"{ATOM}id")]
    assert len(set(ids)) == len(ids) > 1
    assert all(urlsplit(name).scheme == "tag" for name in ids)
    for entry in (root, *root.iterfind(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(entry.findall(f"{ATOM}{name}")) == 1
        assert entry.findtext(f"{ATOM}author/{ATOM}name")
        moment = datetime.fromisoformat(entry.findtext(f"{ATOM}updated") or "")
        assert moment.tzinfo is not None
        assert moment.date() > date(2000, 1, 1)
    base = made.settings.base_url or ""
    pages = {link.attrib["href"].removeprefix(base) for link in root.iter(f"{ATOM}link")}
    assert pages - {path} <= made.files.keys()
