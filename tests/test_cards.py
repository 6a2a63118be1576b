"""Pictures of pages: valid PNG of the size that is asked for, quick, the same each time, for every name."""

import struct
import zlib
from pathlib import Path
from time import process_time

import pytest
from playwright.sync_api import Browser

from generator.build import load
from generator.exporters.cards import card, outputs
from tests.golden import CONTENT


def points(picture: bytes) -> bytes:
    """Return the points of a picture, and see that each chunk is whole."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    at, data = 8, b""
    while at < len(picture):
        (size,), kind = struct.unpack(">I", picture[at : at + 4]), picture[at + 4 : at + 8]
        body = picture[at + 8 : at + 8 + size]
        assert struct.unpack(">I", picture[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + body),)
        data += body if kind == b"IDAT" else b""
        at += 12 + size
    return zlib.decompress(data)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "Mistral AI",
        "Éclair Łódź",
        "深度求索",
        "W" * 500,
        "word " * 200,
        "a\x00b\n",
        "<script>",
        "\U0001d54f AI",
    ],
)
def test_every_name_makes_a_picture_of_the_right_size(name: str) -> None:
    made = points(card((name, "id"), name, name))
    assert len(made) == 630 * 301
    assert set(made[::301]) == {0}


def test_a_name_without_letters_is_shown_by_its_id_and_marks_without_letters_are_left_out() -> None:
    assert card(("深度求索", "deepseek"), "", "") == card(("deepseek",), "", "")
    assert card(("n\u0331", "x"), "", "") == card(("n",), "", "")
    assert card(("深度求索", "deepseek"), "", "") != card(("qwen",), "", "")


def test_the_site_each_author_and_each_provider_has_one_when_the_site_knows_its_address() -> None:
    site = load(CONTENT)[0]
    made = {output.path: output.data for output in outputs(site)}
    assert sorted(made) == sorted(
        ["card.png"]
        + [f"{stem}card.png" for stem in (*site.world.routes.authors.values(), *site.world.routes.providers.values())]
    )
    assert made == {output.path: output.data for output in outputs(site)}
    assert list(outputs(load(CONTENT, changes={"base_url": None})[0])) == []
    assert list(outputs(load(CONTENT, changes={"editions": ("md",)})[0])) == []


def test_170_pictures_cost_less_than_a_third_of_a_second() -> None:
    card(("warm",), "", "")
    began = process_time()
    for number in range(34):
        card((f"Laboratory {number}",), "12 models · 4 providers", "Catalog")
    assert (process_time() - began) * 5 < 1  # three times what was measured, for slower machines


def test_a_browser_shows_it(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "card.png").write_bytes(card(("Mistral AI",), "12 models", "Catalog"))
    page = browser.new_page()
    page.goto((tmp_path / "card.png").as_uri())
    sizes = page.evaluate("[document.images[0].naturalWidth, document.images[0].naturalHeight]")
    page.close()
    assert sizes == [1200, 630]
