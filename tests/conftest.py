"""What tests of several modules share: the machine's tools, and one way of drawing examples."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run: a failure is the change's, and a machine under load is no failure.
settings.register_profile("deterministic", derandomize=True, deadline=None)
settings.load_profile("deterministic")

# A shell has its background jobs ignore Ctrl+C, and so would the programs that tests start and end with it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

CHROMIUM_OPTIONS = (
    "--no-sandbox",  # there is none for root in a container; only pages of our own making are opened
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--no-first-run",
)


LONGEST = ("test_accessibility", "test_shipped_site", "test_markup", "test_explore", "test_sandbox", "test_publish")
"""The modules that take longest, which come first: else one process works on the last of them alone."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest modules first."""
    items.sort(key=lambda item: item.path.stem not in LONGEST)


def find_tool(name: str) -> str:
    """Return the command of a tool; without it the test is skipped, under CI=true it fails."""
    found = subprocess.run([ROOT / ".ci" / "tools", "--path", name], capture_output=True, text=True, check=False)
    if found.returncode == 0:
        return found.stdout.strip()
    return _miss(f"{name} is missing: `.ci/tools {name}` installs it, or says what to do")


def find_package(file: str) -> Path:
    """Return a file of the packages from npm; without it the test is skipped, under CI=true it fails."""
    path = ROOT / "tests" / "node_modules" / file
    if not path.is_file():
        _miss(f"{file} is missing: `.ci/tools npm` installs what tests/package-lock.json names, or says what to do")
    return path


def _miss(reason: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{reason} (CI=true: nothing is left out)", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    return find_tool("chromium")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  a third of a second that most tests do not need

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(CHROMIUM_OPTIONS))
        yield browser
        browser.close()
