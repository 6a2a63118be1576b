"""The calculator: costs worked out by hand, what has none, the address and back."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from tests.browser.conftest import opened

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

BIG = "ids=acme/Sun-2@002@bigcloud"
RESULTS = "#costs tbody tr"
TIMES = "\u00d7"

# Big Cloud: 0.075 in, 2.50 out, 3 reasoning, 0.01875 cache read, 0.10 cache write; 0.15 and 5 above 200,000 tokens,
# 0.30 in above 1,000,000; 0.0001 a request, 0.00004 an image, 0.006 a minute of audio, 0.035 a search; half in a batch.
BY_HAND = [
    ("input=1000&output=500", "$0.001425"),  # 0.000075 + 0.00125 + 0.0001
    ("input=200000&output=1000", "$0.0176"),  # at the threshold: 0.015 + 0.0025 + 0.0001
    ("input=200001&output=1000", "$0.03510015"),  # above it, all of it: 0.03000015 + 0.005 + 0.0001
    ("input=1000001&output=1000", "$0.3026003"),  # the second tier: 0.3000003 + 0.0025 + 0.0001
    ("input=10000&cached=8000&output=100", "$0.00065"),  # 0.00015 + 0.00015 + 0.00025 + 0.0001
    ("input=300000&cached=100000&output=1000", "$0.036975"),  # 0.03 + 0.001875 + 0.005 + 0.0001
    ("input=10000&cached=4000&written=5000&output=100", "$0.001"),  # 0.000075 + 0.000075 + 0.0005 + 0.00025 + 0.0001
    ("input=1000&output=100&reasoning=200", "$0.001025"),  # 0.000075 + 0.00025 + 0.0006 + 0.0001
    ("input=100&output=10&images=2", "$0.0002125"),  # 0.0000075 + 0.000025 + 0.00008 + 0.0001
    ("input=100&output=10&audio=1.5", "$0.0091325"),  # 0.0000075 + 0.000025 + 0.009 + 0.0001
    ("input=0&output=0&searches=2", "$0.0701"),  # 0.07 + 0.0001
]


def cells(page: Page, column: int) -> list[str]:
    return page.locator(f"{RESULTS} > :nth-child({column})").all_inner_texts()


def test_costs_worked_out_by_hand(browser: Browser, root: str) -> None:
    with opened(browser, f"{root}calculator.html?{BIG}") as page:
        for query, one in BY_HAND:
            page.goto(f"{root}calculator.html?{BIG}&{query}&requests=1000")
            page.locator(RESULTS).first.wait_for()
            thousand = f"${float(one[1:]) * 1000:,.8f}".rstrip("0")
            assert cells(page, 3) == [one], query
            assert [text.rstrip("0") for text in cells(page, 2)] == [thousand], query


def test_modes_batches_and_the_arithmetic(browser: Browser, golden_site: Path) -> None:
    address = f"{golden_site.as_uri()}/calculator.html?{BIG}&input=1000&output=500&requests=100&modes=1"
    with opened(browser, address) as page:
        page.locator(RESULTS).first.wait_for()
        # Half of 0.001425; as usual; the mode has no price of a request: 0.0002 + 0.003.
        assert cells(page, 3) == ["$0.0007125", "$0.001425", "$0.0032"]
        assert page.locator(f"{RESULTS} .flag:not(.gone)").all_inner_texts() == ["batch", "fast"]
        page.get_by_text("Show", exact=True).first.click()
        page.locator(f"{RESULTS} li").first.wait_for()  # written when it is opened
        assert page.locator(f"{RESULTS} li").all_inner_texts() == [
            f"Input: 1,000 {TIMES} $0.075 per 1M = $0.000075",
            f"Output: 500 {TIMES} $2.50 per 1M = $0.00125",
            f"Request: 1 {TIMES} $0.0001 per request = $0.0001",
            "In a batch: 50% less",
            "One request: $0.0007125",
            f"100 requests: 100 {TIMES} $0.0007125 = $0.07125",
        ]


def test_all_offerings_in_order_and_apart_those_without_a_known_cost(browser: Browser, golden_site: Path) -> None:
    with opened(browser, f"{golden_site.as_uri()}/calculator.html?input=1000&output=500&requests=1") as page:
        page.locator(RESULTS).first.wait_for()
        assert cells(page, 3) == ["Free", "$0.001425", "$0.00159"]
        assert "3 offers of 1 model, cheapest first; 2 apart." in page.locator("#costs-said").inner_text()
        assert page.locator("#apart summary").all_inner_texts() == [
            "A plan includes it (1)",
            "Only prices of zero are stated, which does not make it free (1)",
        ]
        page.get_by_label("Cheapest of each model only").check()
        assert cells(page, 3) == ["Free"]


def test_what_is_entered_stands_in_the_address_and_back_takes_it_out(browser: Browser, root: str) -> None:
    with opened(browser, f"{root}calculator.html") as page:
        page.get_by_label("Tokens in", exact=False).first.fill("20000")
        page.keyboard.press("Tab")
        assert page.evaluate("location.search") == "?input=20000"
        page.get_by_role("button", name="Short chat").click()
        assert page.evaluate("location.search") == "?input=1000&output=500&requests=10000"
        page.get_by_label("All. Or choose models and offerings").fill("sun-2")
        page.keyboard.press("Enter")
        assert page.evaluate("location.search").endswith("&ids=acme/sun-2")
        assert cells(page, 2) == ["Free", "$14.25", "$15.90"]
        page.reload()
        page.locator(RESULTS).first.wait_for()
        assert cells(page, 2) == ["Free", "$14.25", "$15.90"]
        page.go_back()
        page.go_back()
        assert [page.locator("[name=input]").input_value(), page.evaluate("location.search")] == [
            "20000",
            "?input=20000",
        ]
        page.go_back()
        assert page.locator("[name=input]").input_value() == "10000"


def test_the_tokens_of_a_text_are_an_estimate_and_the_text_stays_in_the_page(
    browser: Browser, golden_site: Path
) -> None:
    with opened(browser, f"{golden_site.as_uri()}/calculator.html") as page:
        page.get_by_text("Estimate tokens from a text").click()
        page.locator("textarea").fill("Twelve signs" * 10)
        assert page.locator(".estimate").inner_text().startswith("About 30 tokens: an estimate")
        page.get_by_role("button", name="Use as tokens in").click()
        assert page.evaluate("location.search") == "?input=30"


def test_the_order_can_be_kept_as_a_table(browser: Browser, golden_site: Path) -> None:
    with opened(browser, f"{golden_site.as_uri()}/calculator.html?input=1000&output=500&requests=100") as page:
        page.locator(RESULTS).first.wait_for()
        with page.expect_download() as file:
            page.get_by_role("button", name="Save as CSV").click()
        rows = list(csv.reader(StringIO(Path(file.value.path()).read_text(encoding="utf-8-sig"))))
        assert rows[0][:7] == ["offering", "provider", "model", "mode", "currency", "one request", "100 requests"]
        assert rows[2][:7] == ["acme/Sun-2@002", "bigcloud", "acme/sun-2", "", "USD", "0.001425", "0.1425"]
