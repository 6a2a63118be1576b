"""The table of models and offerings as a tool, in a browser: what somebody who chooses does with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.build import build
from tests.browser.conftest import opened, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NUMBER = 120
ANSWER = "?show=offerings&in=image&can=tool_calls&context=200000&price_in=1&open=yes&region=eu"
SAID = (
    "3 offerings of 3 models: image in, tool calls, at least 200,000 tokens of context, at most $1.00 in, "
    "open weights, in Europe."
)
FOUND = ["Model 060", "Model 084", "Model 108"]

MODEL = """name: Model {i:03}
family: line-{line}
released: 2025-{month:02}
open_weights: {open}
license: {license}
modalities: {{input: [{input}], output: [text]}}
capabilities: {{tool_calls: {tools}}}
limits: {{context: {context}}}
"""
OFFERING = "model: {author}/m-{i:03}\nprice: {{input: {price:.1f}, output: {twice:.1f}}}\n"


def flag(value: object) -> str:
    return "true" if value else "false"


def write(folder: Path) -> None:
    """Write a catalog of two authors, two providers, and a model for each number."""
    for author in ("acme", "zeta"):
        (folder / "authors" / author / "models").mkdir(parents=True)
        (folder / "authors" / author / "author.yaml").write_text(f"name: {author.title()}\n")
    for provider, region in (("euro", "eu-west-1"), ("states", "us")):
        (folder / "providers" / provider / "models").mkdir(parents=True)
        about = f"name: {provider.title()} Host\nregions: [{region}]\n"
        (folder / "providers" / provider / "provider.yaml").write_text(about)
    for i in range(NUMBER):
        author, price = ("acme", "zeta")[i % 2], (i % 20) / 10
        model = MODEL.format(
            i=i,
            line=i % 7,
            month=i % 12 + 1,
            open=flag(i % 2 == 0),
            license=("MIT", "Own")[i % 2],
            input="text, image" if i % 3 == 0 else "text",
            tools=flag(i % 4 == 0),
            context=4000 * i,
        )
        (folder / "authors" / author / "models" / f"m-{i:03}.yaml").write_text(model)
        for provider in ("euro", "states"):
            offering = OFFERING.format(author=author, i=i, price=price, twice=price * 2)
            (folder / "providers" / provider / "models" / f"m-{i:03}.yaml").write_text(offering)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("explore")
    write(folder / "content")
    build(folder / "content", folder / "site", changes={"editions": ("html",), "exports": ()}, jobs=1)
    return folder / "site"


@pytest.fixture(params=["disk", "server"])
def models(request: pytest.FixtureRequest, site: Path) -> Iterator[str]:
    """Give the address of the page of all models, once from disk and once from a server."""
    if request.param == "disk":
        yield (site / "models/index.html").as_uri()
    else:
        with served(site) as address:
            yield f"{address}models/index.html"


def ready(page: Page) -> Page:
    page.wait_for_selector("[data-ready] .table:not([aria-busy])")
    return page


def said(page: Page) -> str:
    return page.locator(".said").inner_text()


def names(page: Page) -> list[str]:
    page.wait_for_selector(".explore .table:not([aria-busy])")
    return page.locator(".explore tbody th a").all_text_contents()


def search_of(page: Page) -> str:
    page.wait_for_selector(".explore .table:not([aria-busy])")
    text: str = page.evaluate("location.search")
    return text


def tab_to(page: Page, words: str) -> None:
    """Press Tab until what has the focus is called so."""
    called = "(e => e.closest('label')?.textContent.trim() ?? e.textContent.trim())(document.activeElement)"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate(called).startswith(words):
            return
    raise AssertionError(f"Tab never comes to {words!r}")


def by_address(page: Page) -> None:
    page.goto(page.url + ANSWER)


def by_clicks(page: Page) -> None:
    page.get_by_role("button", name="Offerings", exact=True).click()
    narrow = page.locator(".facets").is_hidden()
    if narrow:
        page.get_by_role("button", name="Filters").click()
    takes = page.get_by_role("group", name="Takes")
    takes.get_by_label("image").check()
    page.get_by_label("Tool calls").check()
    page.get_by_label("Context at least").select_option("200,000")
    page.get_by_label("Input price at most").select_option("$1.00")
    page.get_by_role("group", name="Open weights").get_by_label("Yes").check()
    page.get_by_role("group", name="Region").get_by_label("Europe").check()
    if narrow:
        page.get_by_role("button", name="Show 3 offerings").click()


def by_keyboard(page: Page) -> None:
    tab_to(page, "Offerings")
    page.keyboard.press("Enter")
    if page.locator(".facets").is_hidden():
        page.keyboard.press("f")
    for words in ("image", "Tool calls"):
        tab_to(page, words)
        page.keyboard.press("Space")
    for words, typed in (("Context at least", "200"), ("Input price at most", "$1.00")):
        tab_to(page, words)
        page.keyboard.type(typed)
    for words in ("Yes", "Europe"):
        tab_to(page, words)
        page.keyboard.press("Space")
    if page.locator("dialog[open]").count():
        page.keyboard.press("Escape")


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("way", [by_address, by_clicks, by_keyboard])
def test_tools_images_200k_under_a_dollar_open_weights_in_europe(
    browser: Browser, site: Path, way: object, width: int
) -> None:
    address = (site / "models/index.html").as_uri()
    with opened(browser, address, viewport={"width": width, "height": 900}) as page:
        assert callable(way)
        way(ready(page))
        page.get_by_text(SAID).wait_for()
        assert (names(page), search_of(page)) == (FOUND, ANSWER)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_search_sort_columns_pages_and_the_way_back(browser: Browser, models: str) -> None:
    with opened(browser, models) as page:
        assert said(ready(page)) == "120 models in 240 offerings."
        assert len(names(page)) == 100
        page.get_by_role("link", name="Next page").click()
        assert (search_of(page), names(page)) == ("?page=2", [f"Model {i:03}" for i in range(100, 120)])
        page.get_by_label("Search this table").fill("zeta 11")
        assert (search_of(page), names(page)) == (
            "?q=zeta+11",
            ["Model 011", *(f"Model 11{i}" for i in range(1, 10, 2))],
        )
        page.locator("[data-column=context] .sort").click()
        assert (search_of(page), names(page)[0]) == ("?q=zeta+11&sort=-context", "Model 119")
        assert page.locator("th[aria-sort=descending]").inner_text().startswith("Context")
        page.locator("[data-column=context] .sort").click()
        assert (search_of(page), names(page)[0]) == ("?q=zeta+11&sort=context", "Model 011")
        page.locator("[data-column=context] .sort").click()
        assert search_of(page) == "?q=zeta+11"
        page.get_by_text("Columns").click()
        page.get_by_label("License").check()
        page.keyboard.press("Escape")
        assert "License" in page.locator(".explore thead").inner_text()
        assert "license" in search_of(page)
        for back in ("?q=zeta+11", "?q=zeta+11&sort=context", "?q=zeta+11&sort=-context"):
            page.go_back()
            assert search_of(page) == back
        assert names(page)[0] == "Model 119"
        page.go_forward()
        assert names(page)[0] == "Model 011"
        shown = names(page)
        page.reload()
        assert names(ready(page)) == shown
        page.goto(models)
        assert "License" in ready(page).locator(".explore thead").inner_text(), "what was chosen once is chosen again"


def test_each_value_of_each_facet_finds_as_many_as_it_says(browser: Browser, site: Path) -> None:
    with opened(browser, f"{(site / 'models/index.html').as_uri()}?show=offerings") as page:
        ready(page)
        tried = []
        for group in page.locator(".facets fieldset:visible").all():
            name, value = group.locator("legend").inner_text(), group.locator("li:visible").last
            number = value.locator("small").inner_text()
            value.locator("input").check()
            assert said(page).startswith(f"{number} offering"), name
            assert page.locator(".marks li").count() == 1
            page.get_by_role("button", name="Take back").click()
            assert said(page) == "240 offerings of 120 models."
            ready(page)  # what can be chosen is shown last
            tried.append(name)
        for step in page.locator(".facets .step").all():
            name = step.locator("span").inner_text()
            step.locator("select").select_option(index=3)
            assert said(page) != "240 offerings of 120 models.", name
            page.get_by_role("button", name="Take back").click()
            tried.append(name)
        assert tried == [
            "Takes", "Makes", "Capabilities", "Open weights", "Region", "Author", "Provider", "Family", "License",
            "Context at least", "Input price at most", "Output price at most", "Released since",
        ]  # fmt: skip


def test_a_file_of_the_view_and_a_selection_to_compare(browser: Browser, models: str) -> None:
    with opened(browser, f"{models}{ANSWER}") as page:
        ready(page)
        with page.expect_download() as download:
            page.get_by_role("button", name="CSV").click()
        lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert download.value.suggested_filename == "offerings.csv"
        assert lines[0].startswith("id,provider_id,name,provider,price_in,")
        assert [line.split(",")[:3] for line in lines[1:]] == [["m-060", "euro", "Model 060"],
            ["m-084", "euro", "Model 084"], ["m-108", "euro", "Model 108"]]  # fmt: skip
        page.get_by_label("Compare Model 060").check()
        assert page.locator("a.compare").is_hidden()
        page.get_by_label("Compare Model 108").check()
        # The address is written once the choice is drawn.
        page.wait_for_function("wanted => location.search === wanted", arg=f"{ANSWER}&ids=m-060@euro,m-108@euro")
        assert page.evaluate("document.activeElement.dataset.ref") == "m-108@euro"
        assert page.locator("tr.picked").count() == 2
        address = page.get_by_role("link", name="Compare 2").get_attribute("href")
        assert address is not None
        assert address.endswith("/compare.html?ids=m-060@euro,m-108@euro")
        page.go_back()
        page.wait_for_function("document.querySelectorAll('tr.picked').length === 1")
        assert search_of(page) == f"{ANSWER}&ids=m-060@euro"


@pytest.mark.parametrize(
    ("part", "whole", "found"),
    [
        ("authors/acme/index.html", "60 models in 120 offerings.", "5 models in 10 offerings: “model 11”."),
        ("providers/euro/index.html", "120 offerings of 120 models.", "11 offerings of 11 models: “model 11”."),
        ("families/line-3.html", "17 models in 34 offerings.", "1 model in 2 offerings: “model 11”."),
    ],
)
def test_a_part_of_the_catalog_has_the_tool_for_its_part(
    browser: Browser, site: Path, part: str, whole: str, found: str
) -> None:
    with opened(browser, (site / part).as_uri()) as page:
        assert page.evaluate("document.querySelector('script[src*=catalog-data]')") is None
        before = page.locator(".explore tbody tr:not(.group)").count()
        page.get_by_label("Search this table").focus()
        page.get_by_text(whole).wait_for()
        rows = page.locator(".explore tbody tr")
        rows.nth(min(before, 100) - 1).wait_for()  # the first of them are drawn before the others
        assert rows.count() == min(before, 100)
        page.keyboard.type("model 11")
        page.get_by_text(found).wait_for()


def test_without_a_script_the_list_goes_on_in_pages(browser: Browser, site: Path) -> None:
    with opened(browser, (site / "models/index.html").as_uri(), java_script_enabled=False) as page:
        assert [len(names(page)), page.get_by_role("button").count()] == [100, 0]
        page.get_by_role("navigation", name="Pages of the list").get_by_role("link", name="2").click()
        assert page.locator("tbody th a").all_text_contents() == [f"Model {i}" for i in range(100, 120)]
        page.get_by_role("navigation", name="Pages of the list").get_by_role("link", name="1").click()
        assert len(names(page)) == 100
