"""Every kind of page in the browser, from disk: axe finds nothing, nothing fails, nothing is asked of another host."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from generator.build import build, load
from tests.browser_checks import accessibility_faults, listen, looks, one_of_each_kind
from tests.golden import CONTENT as GOLDEN

SHIPPED = Path(__file__).parent.parent / "content"

# A long table has one kind of row over and over; what holds for its first rows holds for the others.
SHORTEN = "() => [...document.querySelectorAll('table')].forEach(t => [...t.rows].slice(15).forEach(r => r.remove()))"
# What the width and the colours can change. All rules are looked at in one look, for they take half a second.
LOOKS = ("color-contrast", "scrollable-region-focusable", "target-size")


@pytest.fixture
def opened(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    faults = listen(page)
    yield page
    assert faults == []
    context.close()


def kinds(content: Path, folder: Path) -> dict[str, Path]:
    # Without the address of a site the page for lost addresses finds its style from disk too.
    changes: dict[str, object] = {"base_url": None, "editions": ("html",)}
    build(content, folder, changes=changes)
    return one_of_each_kind(load(content, changes=changes)[0], folder)


def test_every_kind_of_page_that_uses_every_field_is_without_faults_in_every_look(opened: Page, tmp_path: Path) -> None:
    found = []
    for kind, path in kinds(GOLDEN, tmp_path / "site").items():
        opened.goto(path.as_uri())
        for look in looks(opened):
            rules = () if look == "1400 light" else LOOKS
            found += [f"{kind}, {look}: {fault}" for fault in accessibility_faults(opened, rules)]
            if opened.evaluate("document.documentElement.scrollWidth > innerWidth"):
                found.append(f"{kind}, {look}: wider than the window")
    assert found == []


def test_every_kind_of_page_of_the_shipped_catalog_is_without_faults(opened: Page, tmp_path: Path) -> None:
    found = []
    for kind, path in kinds(SHIPPED, tmp_path / "site").items():
        opened.goto(path.as_uri())
        opened.evaluate(SHORTEN)
        for look in looks(opened):
            if look in ("1400 light", "390 dark"):
                rules = () if look == "1400 light" else LOOKS
                found += [f"{kind}, {look}: {fault}" for fault in accessibility_faults(opened, rules)]
    assert found == []


def test_pages_are_readable_without_scripts(browser: Browser, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    found = []
    for kind, path in kinds(GOLDEN, tmp_path / "site").items():
        page.goto(path.as_uri())
        # What scripts would fill or press is not shown; what there is to read is.
        # The languages of samples need no script.
        idle = page.locator("button:visible, input:visible").and_(page.locator(":not(.tabs input)"))
        found += [f"{kind}: {it.text_content()}" for it in idle.all()]
        if not page.locator("h1:visible").count() or len(page.locator("main").inner_text()) < 40:
            found.append(f"{kind}: nothing to read")
    assert found == []
    context.close()


def test_a_fault_is_found_and_told(opened: Page, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<!doctype html><html lang="en"><title>Page</title><main><h1>Page</h1>'
        '<img src="data:,"><p style="color:#aaa;background:#fff">pale</p></main>',
        encoding="utf-8",
    )
    opened.goto((tmp_path / "page.html").as_uri())
    found = accessibility_faults(opened)
    assert [line.partition(":")[0] for line in found] == ["color-contrast", "image-alt"]
    assert found[1].startswith("image-alt: img: Element does not have an alt attribute")
    assert accessibility_faults(opened, ["image-alt"]) == found[1:]
