"""The W3C's validator (the Nu HTML checker) has nothing to say about any page."""

import json
import subprocess
from pathlib import Path

import pytest

from generator.build import build, load
from tests.browser_checks import one_of_each_kind
from tests.conftest import find_package, find_tool
from tests.golden import CONTENT as GOLDEN

SHIPPED = Path(__file__).parent.parent / "content"


@pytest.fixture(scope="module")
def validator() -> list[str]:
    jar = find_package("vnu-jar/build/dist/vnu.jar")
    return [find_tool("java"), "-Xss4m", "-jar", str(jar), "--errors-only", "--exit-zero-always", "--format", "json"]


def errors(validator: list[str], *paths: Path) -> list[str]:
    done = subprocess.run([*validator, *paths], capture_output=True, text=True, check=True)
    told = json.loads(done.stderr)["messages"]
    return [f"{Path(it['url']).name}:{it.get('lastLine')}: {it['message']}" for it in told]


def test_every_golden_page_and_one_page_of_each_kind_of_the_shipped_catalog(
    validator: list[str], tmp_path: Path
) -> None:
    build(GOLDEN, tmp_path / "golden", changes={"editions": ("html",)})
    build(SHIPPED, tmp_path / "shipped", changes={"editions": ("html",)})
    pages = [*sorted((tmp_path / "golden").rglob("*.html"))]
    pages += one_of_each_kind(load(SHIPPED)[0], tmp_path / "shipped").values()
    assert len(pages) > 35
    assert errors(validator, *pages) == []


def test_a_fault_is_found_and_told(validator: list[str], tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '<!doctype html><html lang="en"><title>Page</title><p><li>one', encoding="utf-8"
    )
    found = errors(validator, tmp_path / "page.html")
    assert found[0].startswith("page.html:1: Element “li” not allowed as child of element “body” in this context.")
