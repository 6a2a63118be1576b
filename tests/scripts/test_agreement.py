"""What scripts and pages both say is the same: every ready-made comparison, line by line."""

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from generator.build import load
from generator.exporters import browser
from generator.pages.compare import comparison
from generator.pages.world import World
from tests.conftest import ROOT, find_tool
from tests.golden import CONTENT

HERE = Path(__file__).parent


def as_scripts_say(data: Path, pairs: list[tuple[str, str]]) -> Any:
    run = subprocess.run(
        [find_tool("node"), HERE / "compare.js", data],
        input=json.dumps(pairs),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def as_pages_say(world: World, pair: tuple[str, str]) -> list[Any]:
    return [
        [
            group.title,
            [
                [line.label, line.unit, [[value.text, value.is_best, value.note] for value in line.values]]
                for line in group.rows
            ],
        ]
        for group in comparison(world, *pair).groups
    ]


@pytest.mark.parametrize("content", [CONTENT, ROOT / "content"], ids=["golden", "shipped"])
def test_a_comparison_made_by_a_script_is_the_one_made_beforehand(content: Path, tmp_path: Path) -> None:
    site = load(content)[0]
    data = tmp_path / "catalog-data.js"
    data.write_bytes(next(browser.outputs(site)).data)
    pairs = list(site.world.routes.comparisons)
    assert pairs
    found = as_scripts_say(data, pairs)
    for pair, groups in zip(pairs, found, strict=True):
        assert groups == as_pages_say(site.world, pair), pair
