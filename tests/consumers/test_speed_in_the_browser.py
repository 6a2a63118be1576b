"""How quick the tools of a whole site are in a browser, from disk, and how much they load.

Part of `make qa`, where `ALMANAC_DATA` names the folder of the archives. It measures time: each figure is the median
of `TIMES`, from the key or the click until the answer is laid out and painted. `LIMITS` are those that the project
holds on a quiet machine; here each may take `PATIENCE` times as long, for machines with other work.
"""

from __future__ import annotations

import gzip
import os
import statistics
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from generator.build import build
from tests.browser.conftest import opened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

DATA = os.environ.get("ALMANAC_DATA", "")
ARCHIVE = "modelsdev-2026-07.tar.gz"
TIMES = 10
PATIENCE = 4

LIMITS = {"usable": 500, "key": 50, "facet": 50, "sort": 60, "palette": 30}
"""Milliseconds."""
MOST_SCRIPT, MOST_DATA, MOST_STYLE = 30_000, 150_000, 20_000
MEDIAN_PAGE = 40_000
"""Bytes: of scripts, data and stylesheets compressed, of a page as it is."""

# Told by the page itself when the table can be used: its rows are there and answer.
_WATCH = """
new MutationObserver((_, self) => {
  if (!document.querySelector(".explore[data-ready]")) return;
  self.disconnect();
  requestAnimationFrame(() => { window.usable = performance.now(); });
}).observe(document, { subtree: true, childList: true, attributes: true });
"""

_TIME = """async (act) => {
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(null);
  }));
  const times = [];
  const run = eval(act);
  for (let i = 0; i < TIMES; i += 1) {
    await new Promise((done) => setTimeout(done, 250));
    const start = performance.now();
    run(i);
    await painted();
    times.push(performance.now() - start);
  }
  return times;
}""".replace("TIMES", str(TIMES))

_KEY = """(i) => {
  const input = document.querySelector(".explore input[type=search]");
  input.value = "claude sonnet".slice(0, 1 + i);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""
_FACET = """(i) => document.querySelectorAll(".panel li input")[i % 5].click()"""
_SORT = """(i) => document.querySelectorAll(".explore thead button")[1 + i % 5].click()"""
_PALETTE = """(i) => {
  const input = document.querySelector("dialog.palette input");
  input.value = "gemini-flash-1.5".slice(0, 3 + i);
  input.dispatchEvent(new Event("input", { bubbles: true }));
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (Path(DATA) / ARCHIVE).is_file() or not DATA:
        pytest.skip(f"ALMANAC_DATA names no folder with {ARCHIVE}")
    folder = tmp_path_factory.mktemp("whole") / "site"
    build(Path(DATA) / ARCHIVE, folder, changes={"editions": ("html",), "exports": ()})
    return folder


@pytest.fixture
def table(browser: Browser, site: Path) -> Iterator[Page]:
    with opened(browser, f"{site.as_uri()}/models/index.html?show=offerings", bypass_csp=True) as page:
        page.wait_for_selector(".explore[data-ready]")
        yield page


def took(name: str, times: list[float]) -> None:
    median = statistics.median(times)
    print(f"{name}: {median:.0f} ms, median of {len(times)}; at most {LIMITS[name]} on a quiet machine")  # noqa: T201
    assert median < LIMITS[name] * PATIENCE


def test_the_table_is_usable_at_once(browser: Browser, site: Path) -> None:
    times = []
    for _ in range(TIMES):
        context = browser.new_context()
        context.add_init_script(_WATCH)
        page = context.new_page()
        page.goto(f"{site.as_uri()}/models/index.html?show=offerings")
        times.append(page.wait_for_function("window.usable").json_value())
        context.close()
    took("usable", times)


@pytest.mark.parametrize(("name", "act"), [("key", _KEY), ("facet", _FACET), ("sort", _SORT)])
def test_the_table_answers_at_once(table: Page, name: str, act: str) -> None:
    took(name, table.evaluate(_TIME, act))


def test_the_palette_answers_at_once(table: Page) -> None:
    table.keyboard.press("/")
    table.wait_for_selector("dialog.palette [role=option]")
    took("palette", table.evaluate(_TIME, _PALETTE))


def test_it_is_small(site: Path) -> None:
    assets = site / "assets"
    scripts = b"".join(path.read_bytes() for path in sorted(assets.glob("*.js")) if path.name != "catalog-data.js")
    styles = b"".join(path.read_bytes() for path in sorted(assets.glob("*.css")))
    pages = [path.stat().st_size for path in site.rglob("*.html")]
    assert len(gzip.compress(scripts, 9)) < MOST_SCRIPT
    assert len(gzip.compress((assets / "catalog-data.js").read_bytes(), 9)) < MOST_DATA
    assert len(gzip.compress(styles, 9)) < MOST_STYLE
    assert statistics.median(pages) < MEDIAN_PAGE
