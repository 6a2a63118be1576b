"""The picture in README.md: pages of the shipped site as a browser shows them.

`make picture` (or `python -m tests.picture`) builds the site and takes it anew.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from generator.build import build
from tests.conftest import CHROMIUM_OPTIONS, find_tool

ROOT = Path(__file__).resolve().parent.parent
PAGE = "authors/google/models/gemini-2.5-flash.html"


def take(site: Path) -> None:
    """Take the picture of a built site."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_tool("chromium"), args=list(CHROMIUM_OPTIONS))
        page = browser.new_page(viewport={"width": 1180, "height": 760})
        page.goto((site / PAGE).as_uri())
        page.screenshot(path=ROOT / ".github" / "site.png")
        browser.close()


if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        build(ROOT / "content", Path(folder).resolve() / "site")
        take(Path(folder).resolve() / "site")
