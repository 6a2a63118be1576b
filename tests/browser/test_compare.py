"""The page that compares what a reader chooses: adding, removing, differences, the address, links that add."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BOX = "Add a model or an offering"


def chosen(page: Page) -> list[str]:
    return page.locator(".versus thead th a").all_text_contents()


def line(page: Page, label: str) -> list[str]:
    row = page.locator(".versus tbody tr", has=page.locator(f"th[scope=row]:text-matches('^{label}')")).first
    return [" ".join(text.split()) for text in row.locator("td").all_inner_texts()]


def search(page: Page) -> str:
    found: str = page.evaluate("location.search")
    return found


def add(page: Page, text: str, option: str) -> None:
    page.get_by_label(BOX).fill(text)
    page.locator(".chooser [role=option]", has_text=option).first.click()


def test_what_is_chosen_stands_in_the_address_and_back_leads_through_it(browser: Browser, root: str) -> None:
    with opened(browser, f"{root}compare.html") as page:
        page.locator("#compare [role=status]", has_text="Choose two to six").wait_for()
        add(page, "sun 3", "Sun 3")
        page.get_by_label(BOX).fill("acme/sun-2")
        page.keyboard.press("Enter")
        assert search(page) == "?ids=acme/sun-3,acme/sun-2"
        page.keyboard.type("sun")
        page.locator(".chooser [role=option]").first.wait_for()
        page.keyboard.press("Escape")
        assert page.locator(".chooser [role=option]:visible").count() == 0
        assert chosen(page) == ["Sun 3", "Sun 2"]
        assert line(page, "Context window") == ["2,000,000 Best", "1,048,576"]
        assert line(page, "Open weights") == ["—", "Yes"]
        page.get_by_label("Differences only").check()
        assert search(page) == "?ids=acme/sun-3,acme/sun-2&only=differences"
        assert line(page, "Author") == []
        page.get_by_role("button", name="Remove Sun 3").click()
        assert chosen(page) == ["Sun 2"]
        page.go_back()
        assert chosen(page) == ["Sun 3", "Sun 2"]
        page.go_back()
        assert [page.get_by_label("Differences only").is_checked(), line(page, "Author")] == [
            False,
            ["Acme Labs", "Acme Labs"],
        ]
        page.go_forward()
        page.reload()
        page.locator(".versus thead a").first.wait_for()
        assert [chosen(page), page.get_by_label("Differences only").is_checked()] == [["Sun 3", "Sun 2"], True]


def test_an_offering_says_where_the_definition_of_its_model_differs(browser: Browser, golden_site: Path) -> None:
    address = f"{golden_site.as_uri()}/compare.html?ids=acme/Sun-2@002@bigcloud,sun-2:free@tiny,lost/one"
    with opened(browser, address) as page:
        page.locator(".versus thead a").first.wait_for()
        assert chosen(page) == ["Sun 2 (Big Cloud)", "Sun 2"]
        assert line(page, "Context window") == ["524,288 ≠ The definition says 1,048,576", "1,048,576 Best"]
        assert line(page, "Web search$") == ["No ≠ The definition says yes", "Yes"]
        assert line(page, "Input") == ["$0.075", "Free Best"]
        assert "Nothing is called lost/one." in page.locator("#compare [role=status]").last.inner_text()
        with page.expect_download() as file:
            page.get_by_role("button", name="Save as CSV").click()
        rows = list(csv.reader(StringIO(Path(file.value.path()).read_text(encoding="utf-8-sig"))))
        assert rows[0] == ["group", "fact", "unit", "acme/Sun-2@002@bigcloud", "sun-2:free@tiny"]
        assert ["Prices", "Input", "per 1M tokens", "$0.075", "Free"] in rows


def test_links_of_pages_add_to_what_was_chosen_before(browser: Browser, root: str) -> None:
    with opened(browser, f"{root}authors/acme/models/sun-2.html") as page:
        page.get_by_role("link", name="Add to compare").click()
        page.locator(".versus thead a").first.wait_for()
        page.goto(f"{root}providers/tiny/models/zero.html")
        page.get_by_role("link", name="Add to compare").click()
        page.wait_for_url("**/compare.html?ids=acme/sun-2,zero@tiny")
        page.get_by_role("link", name="What they cost").click()
        page.wait_for_url("**/calculator.html?ids=acme/sun-2,zero@tiny")


@pytest.mark.parametrize("name", ["compare.html", "calculator.html"])
def test_without_scripts_it_says_so_and_what_is_ready_can_be_read(
    browser: Browser, golden_site: Path, name: str
) -> None:
    with opened(browser, f"{golden_site.as_uri()}/{name}", java_script_enabled=False) as page:
        assert "needs a script" in page.locator("noscript p").inner_text()
        assert page.locator("form:visible, input:visible").count() == 0
        assert page.locator(".body a:visible").count() > 0


@pytest.mark.parametrize("width", [390, 1400])
def test_a_full_comparison_scrolls_inside_its_own_box(browser: Browser, golden_site: Path, width: int) -> None:
    refs = "acme/sun-1,acme/sun-2,acme/sun-3,quiet/Whisper-A,acme/Sun-2@002@bigcloud,zero@tiny,sun-2@tiny"
    address = f"{golden_site.as_uri()}/compare.html?ids={refs}"
    with opened(browser, address, viewport={"width": width, "height": 900}) as page:
        page.locator(".versus thead a").first.wait_for()
        assert len(chosen(page)) == 6
        assert page.get_by_label(BOX).is_disabled()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        first = page.locator(".versus tbody th[scope=row]").first
        before = first.bounding_box()
        page.locator(".versus").evaluate("box => box.scrollLeft = 300")
        after = first.bounding_box()
        assert before is not None
        assert after is not None
        assert after["x"] == before["x"]
