"""The palette and the keys, in a browser, by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from generator.build import build
from tests.browser.conftest import opened
from tests.golden import CONTENT

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FOUND = "dialog.palette [role=option]"


def marked(page: Page) -> str:
    """Return the name that a screen reader is told."""
    name: str = page.evaluate("document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))"
                              "?.querySelector('b').textContent ?? ''")  # fmt: skip
    return name


def test_everything_is_found_by_keyboard_from_any_page(browser: Browser, root: str) -> None:
    with opened(browser, f"{root}providers/tiny/index.html") as page:
        assert page.evaluate("document.querySelector('script[src*=catalog-data]')") is None, (
            "loaded before it is needed"
        )
        page.keyboard.press("/")
        page.wait_for_selector(FOUND)
        assert [page.evaluate("document.activeElement.role"), marked(page)] == ["combobox", ""]
        assert page.locator(FOUND).first.inner_text().startswith("Page\n")
        page.keyboard.type("sun 2")
        page.locator("dialog.palette [role=status]", has_text="found").wait_for()
        assert marked(page) == "Sun 2"
        for key, name in [
            ("ArrowDown", "Sun 2"),
            ("ArrowUp", "Sun 2"),
            ("ArrowUp", "Sun 2 (Big Cloud)"),
            ("ArrowDown", "Sun 2"),
        ]:
            page.keyboard.press(key)
            assert marked(page) == name
        assert page.locator("[aria-selected=true]").count() == 1
        page.keyboard.press("Enter")
        page.wait_for_url(f"{root}authors/acme/models/sun-2.html")


@pytest.mark.parametrize(
    ("text", "names", "said"),
    [
        ("two sun", ["Sun 2"], "1 found"),
        ("tiny homemad", ["Homemade"], "1 found"),
        ("bigclod sun", ["Sun 2 (Big Cloud)"], "Nothing is called “bigclod sun”. Did you mean “bigcloud sun”?"),
        ("nothing like it", [], "Nothing is called “nothing like it”."),
    ],
)
def test_other_names_and_slips(browser: Browser, golden_site: str, text: str, names: list[str], said: str) -> None:
    with opened(browser, f"file://{golden_site}/index.html") as page:
        page.keyboard.press("Control+k")
        page.wait_for_selector(FOUND)
        page.keyboard.type(text)
        assert page.locator("dialog.palette [role=status]").text_content() == said
        assert page.locator(f"{FOUND} b").all_text_contents() == names


def test_keys_lead_about_open_and_close_and_can_be_switched_off(browser: Browser, root: str) -> None:
    with opened(browser, f"{root}authors/acme/index.html") as page:
        page.keyboard.press("?")
        told = page.locator("dialog.help dt").all_text_contents()
        assert told[:6] == ["CtrlK", "/", "?", "t", "f", "gm"]
        page.keyboard.press("Escape")
        page.keyboard.press("t")
        assert page.evaluate("document.documentElement.dataset.theme") == "light"
        page.keyboard.press("g")
        page.keyboard.press("p")
        page.wait_for_url(f"{root}providers/index.html")
        page.keyboard.press("?")
        page.get_by_label("Single keys do something").uncheck()
        page.get_by_role("button", name="Close").click()
        page.reload()
        page.keyboard.press("/")
        assert page.locator("dialog[open]").count() == 0
        page.get_by_role("button", name="Search").click()
        page.wait_for_selector(FOUND)
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.className") == "find"
        page.keyboard.press("Control+k")
        assert page.locator("dialog.palette[open]").count() == 1


def test_without_storage_and_without_data_it_says_what_is_the_matter(browser: Browser, golden_site: str) -> None:
    with opened(browser, f"file://{golden_site}/index.html") as page:
        page.evaluate("Object.defineProperty(window, 'localStorage', {get() { throw new Error('refused'); }})")
        page.evaluate("almanac.settings.set('keys', 'off')")
        page.evaluate("almanac.catalog = () => Promise.reject(new Error('Gone.')); null")
        page.keyboard.press("/")
        page.get_by_text("Gone.").wait_for()


@pytest.mark.parametrize("page_with", ["providers/tiny/index.html", "models/index.html"])
def test_a_catalog_in_several_files_is_found_too(
    browser: Browser, page_with: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("generator.exporters.browser.LONGEST", 2000)
    build(CONTENT, tmp_path / "site", changes={"editions": ("html",)}, jobs=1)
    assert len(list((tmp_path / "site/assets").glob("catalog-data-*.js"))) > 1
    with opened(browser, (tmp_path / "site" / page_with).as_uri()) as page:
        page.keyboard.press("Control+k")
        page.wait_for_selector(FOUND)
        page.keyboard.type("sun 2")
        page.locator("dialog.palette [role=status]", has_text="found").wait_for()
        assert marked(page) == "Sun 2"
