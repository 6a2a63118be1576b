"""Every catalog of the corpus gets its verdict, in time, in little memory, and the published site stays as it is."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.corpus import SECONDS
from tests.hostile.trees import BASES

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    command = [sys.executable, "-W", "error", "-m", "tests.hostile.corpus", str(tmp_path_factory.mktemp("corpus"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"ended with {done.returncode} at {done.stderr[-1000:]}"
    found: dict[str, dict[str, Any]] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_hostile_catalog_gets_its_verdict(results: dict[str, dict[str, Any]], case: Case) -> None:
    came = results[case.name]
    is_built = case.group.endswith(": built")
    assert came["crash"] == ""
    assert came["code"] == (0 if is_built else 1), came["told"]
    assert [line for line in came["told"] if line.startswith(case.told)] or not case.told, came["told"]
    assert sorted(set(case.pages) - set(came["pages"])) == []
    assert came["seconds"] < SECONDS
    assert came["same"], "the published site was changed"
    assert came["beside"] == sorted(BASES), "something was left beside the published site"


def test_what_is_refused_says_why() -> None:
    assert [case.name for case in CASES if not case.told and not case.group.endswith(": built")] == []


def test_no_text_of_a_stranger_writes_lines_of_the_report(results: dict[str, dict[str, Any]]) -> None:
    lines = {line for came in results.values() for line in came["told"]}
    assert [line for line in lines if not line.isprintable()] == []


def test_the_corpus_is_large_and_its_names_are_its_own() -> None:
    names = [case.name for case in CASES]
    assert len(names) >= 100
    assert len(set(names)) == len(names)
    assert {case.layout for case in CASES} == set(BASES)
