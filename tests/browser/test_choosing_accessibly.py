"""The comparison and the calculator with all they can show: axe finds nothing, wide and narrow, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.browser.conftest import opened
from tests.browser_checks import accessibility_faults, looks

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page

FULL = "compare.html?ids=acme/sun-1,acme/sun-2,acme/sun-3,quiet/Whisper-A,acme/Sun-2@002@bigcloud,zero@tiny"
LOOKS = ("color-contrast", "scrollable-region-focusable", "target-size")


def faults(page: Page) -> list[str]:
    found = []
    for look in looks(page):
        rules = () if look == "1400 light" else LOOKS
        found += [f"{look}: {fault}" for fault in accessibility_faults(page, rules)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{look}: wider than the window")
    return found


def test_a_full_comparison_and_an_open_search(browser: Browser, golden_site: Path) -> None:
    with opened(browser, f"{golden_site.as_uri()}/{FULL}") as page:
        page.locator(".versus thead a").first.wait_for()
        assert faults(page) == []
        page.get_by_role("button", name="Remove").first.click()
        page.get_by_label("Add a model or an offering").fill("sun")
        page.locator(".chooser [role=option]").first.wait_for()
        assert faults(page) == []


def test_a_calculator_with_everything_open(browser: Browser, golden_site: Path) -> None:
    with opened(browser, f"{golden_site.as_uri()}/calculator.html?modes=1&ids=acme/sun-2,zero@tiny") as page:
        page.locator("#costs tbody tr").first.wait_for()
        for summary in page.locator("main summary").all():
            summary.click()
        page.locator("#costs li").first.wait_for()
        assert faults(page) == []
