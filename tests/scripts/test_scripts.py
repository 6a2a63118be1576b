"""The scripts' own unit tests, and that they are what a page from disk can run."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest

from generator.theme import Theme, packaged
from tests.conftest import find_tool

HERE = Path(__file__).parent
SCRIPTS = sorted((packaged() / "static").glob("*.js"))


def test_the_unit_tests_of_the_scripts_pass() -> None:
    tests = sorted(str(path) for path in HERE.glob("*.test.js"))
    run = subprocess.run(
        [find_tool("node"), "--test", "--test-reporter=tap", *tests], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "# fail 0" in run.stdout
    assert "# tests 0" not in run.stdout


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_a_classic_one_that_makes_no_code_from_text(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [
        word for word in ("import ", "export ", "eval(", "innerHTML", "outerHTML", "document.write") if word in text
    ] == []
    assert text.startswith("/*\n")
    assert text.count('"use strict";') == 1


def packed(name: str) -> int:
    """Return how many bytes of a static file, as a site has it, are sent."""
    return len(gzip.compress(Theme().published(packaged() / "static" / name)))


FRAME = ("almanac", "tables", "dom", "format", "catalog", "search", "palette", "keys")
TEMPLATES = sorted(packaged().glob("*.html"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_what_a_page_loads_is_small(template: Path) -> None:
    named = re.findall(r'asset\("([\w-]+\.(?:js|css))"\)', template.read_text(encoding="utf-8"))
    names = {*named, *(f"{name}.js" for name in FRAME), "almanac.css"}
    assert sum(packed(name) for name in names if name.endswith(".js")) < 30_000
    assert sum(packed(name) for name in names if name.endswith(".css")) < 20_000
