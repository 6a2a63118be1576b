"""What a reader opens and chooses is accessible: axe finds nothing in any state, wide and narrow, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import opened
from tests.browser_checks import accessibility_faults, looks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page


def table(page: Page) -> None:
    page.goto(f"{page.url}?show=offerings&in=image&open=yes&ids=sun-2@tiny,sun-2:free@tiny&sort=-released")
    page.wait_for_selector("[data-ready]")


def drawer(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 900})
    page.wait_for_selector("[data-ready]")
    page.get_by_role("button", name="Filters").click()


def columns(page: Page) -> None:
    page.locator("details.columns summary").click()


def palette(page: Page) -> None:
    page.keyboard.press("/")
    page.wait_for_selector("dialog.palette [role=option]")
    page.keyboard.type("sun")


def slip(page: Page) -> None:
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog.palette [role=option]")
    page.keyboard.type("tyni")


def keys(page: Page) -> None:
    page.keyboard.press("?")


def nothing(page: Page) -> None:
    page.wait_for_selector("[data-ready]")
    page.get_by_label("Search this table").fill("nothing of the kind")


@pytest.mark.parametrize("state", [table, drawer, columns, palette, slip, keys, nothing])
def test_every_state_is_without_faults(browser: Browser, golden_site: Path, state: Callable[[Page], None]) -> None:
    found = []
    with opened(browser, (golden_site / "models/index.html").as_uri()) as page:
        state(page)
        for look in looks(page):
            if state is drawer and look.startswith("1400"):
                continue
            found += [f"{look}: {fault}" for fault in accessibility_faults(page)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{look}: wider than the window")
    assert found == []
