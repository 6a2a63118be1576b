"""The HTML edition of the default theme: nothing inline, every section listed, scripts that do what they say."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from selectolax.lexbor import LexborHTMLParser

from generator.build import build
from generator.theme import packaged
from tests.golden import CONTENT, pages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

TEMPLATES = sorted(path.relative_to(packaged()).as_posix() for path in packaged().rglob("*.html"))


@pytest.mark.parametrize("name", TEMPLATES)
def test_templates_hold_nothing_that_the_policy_forbids(name: str) -> None:
    text = (packaged() / name).read_text(encoding="utf-8")
    assert (
        re.findall(
            r'<style|\sstyle=|\son\w+=|javascript:|\|\s*safe\b|<script(?! src=| type="application/ld\+json">)', text
        )
        == []
    )
    assert re.findall(r"=\{\{", text) == [], "an attribute without quotes"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LexborHTMLParser]:
    target = tmp_path_factory.mktemp("html") / "site"
    build(CONTENT, target, changes={"editions": ("html",)})
    return {name: LexborHTMLParser(text) for name, text in pages(target).items() if "<main" in text}


def test_every_page_has_a_title_and_a_description_of_its_own(built: dict[str, LexborHTMLParser]) -> None:
    for query in ("head title", 'head meta[name="description"]'):
        told = [
            (node.text() or node.attributes["content"]) for page in built.values() if (node := page.css_first(query))
        ]
        assert len(told) == len(built), query
        assert all(told), query
    titles = [node.text() for page in built.values() if (node := page.css_first("head title"))]
    assert sorted(set(titles)) == sorted(titles)


def test_the_styles_are_small() -> None:
    assert len(gzip.compress((packaged() / "static" / "almanac.css").read_bytes())) < 20_000


def test_the_policy_comes_first(built: dict[str, LexborHTMLParser]) -> None:
    for name, page in built.items():
        first, second, third = page.css("head > *")[:3]
        assert first.attributes == {"charset": "utf-8"}, name
        assert second.attributes["http-equiv"] == "Content-Security-Policy", name
        assert third.attributes == {"name": "referrer", "content": "no-referrer"}, name


def test_every_section_is_listed_and_every_entry_leads_to_one(built: dict[str, LexborHTMLParser]) -> None:
    for name, page in built.items():
        listed = [link.attributes["href"] for link in page.css(".toc a")]
        if listed:
            assert listed == [f"#{heading.id}" for heading in page.css(".body > h2")], name


def test_ids_are_given_once(built: dict[str, LexborHTMLParser]) -> None:
    for name, page in built.items():
        ids = [node.id for node in page.css("[id]")]
        assert len(ids) == len(set(ids)), name


def test_pages_have_one_heading_of_the_first_level_and_a_title_of_their_own(built: dict[str, LexborHTMLParser]) -> None:
    titles = [node.text() for page in built.values() for node in page.css("head > title")]
    assert len(titles) == len(built)
    assert len(set(titles)) == len(titles)
    assert {len(page.css("h1")) for page in built.values()} == {1}


ROWS = "".join(
    f'<tr><th scope="row"><a href="#">Model {number}</a></th><td class="n">{price}</td><td>{word}</td></tr>'
    for number, price, word in [
        (10, "$2.50", "text"),
        (9, "$0.075", '<span title="Takes images">i</span>'),
        (2, "—", "text"),
        (11, "$10.00", "text"),
        (1, "Free", "text"),
        *((number, f"$1,{number}00.00", "other") for number in range(20, 30)),
    ]
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>x</title>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self';
require-trusted-types-for 'script'; trusted-types 'none'">
<script src="almanac.js"></script><script src="tables.js" defer></script></head><body>
<button class="tool theme" type="button" hidden></button><code data-copy>acme/sun-2</code>
<div class="table"><table class="sortable" data-filter="Filter"><thead><tr>
<th>Model</th><th>Input</th><th data-fixed>Takes</th></tr></thead><tbody>{ROWS}</tbody></table></div></body></html>"""


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    for name in ("almanac.js", "tables.js"):
        (tmp_path / name).write_bytes((packaged() / "static" / name).read_bytes())
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    context = browser.new_context()
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text))
    page.goto((tmp_path / "page.html").as_uri())
    yield page
    assert faults == []
    context.close()


def names(page: Page) -> list[str]:
    return page.locator("tbody tr:visible th").all_text_contents()


def test_a_column_sorts_up_down_and_back_with_what_is_not_known_last(opened: Page) -> None:
    first = names(opened)
    column = opened.get_by_role("button", name="Input")
    column.click()
    assert names(opened)[:5] == ["Model 1", "Model 9", "Model 10", "Model 11", "Model 20"]
    assert names(opened)[-1] == "Model 2"
    assert opened.locator("th[aria-sort=ascending]").count() == 1
    column.click()
    assert [*names(opened)[:2], names(opened)[-1]] == ["Model 29", "Model 28", "Model 2"]
    column.click()
    assert names(opened) == first
    assert opened.locator("[aria-sort]").count() == 0


def test_names_sort_by_their_numbers_and_a_fixed_column_does_not_sort(opened: Page) -> None:
    opened.get_by_role("button", name="Model").click()
    assert names(opened)[:4] == ["Model 1", "Model 2", "Model 9", "Model 10"]
    assert opened.locator("th[data-fixed] button").count() == 0


def test_the_filter_looks_in_text_and_titles_and_counts(opened: Page) -> None:
    opened.get_by_label("Filter").fill("IMAGES 9")
    assert names(opened) == ["Model 9"]
    assert opened.locator("output").text_content() == "1 of 15"
    opened.get_by_label("Filter").fill("nothing of the kind")
    assert names(opened) == []
    opened.get_by_label("Filter").fill("")
    assert len(names(opened)) == 15
    assert opened.locator("output").text_content() == ""


def test_copying_says_so_even_from_disk(opened: Page) -> None:
    opened.get_by_role("button", name="Copy acme/sun-2").click()
    opened.locator("button[data-state=Copied]").wait_for()
    assert opened.locator("[role=status]").text_content() == "Copied"


def test_the_colours_that_were_chosen_stay(opened: Page) -> None:
    colours = "document.documentElement.dataset.theme ?? 'system'"
    button = opened.locator("button.theme")
    assert [opened.evaluate(colours), button.get_attribute("aria-label")] == ["system", "Colours: system. Change"]
    button.click()
    button.click()
    opened.reload()
    assert [opened.evaluate(colours), button.get_attribute("title")] == ["dark", "Colours: dark"]
    button.click()
    assert opened.evaluate(colours) == "system"
