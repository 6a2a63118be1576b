"""A built site read back: the same catalog as the one that it was built from."""

import json
from pathlib import Path

import pytest

from generator.build import build
from generator.diff import diff
from generator.errors import ContentError
from generator.history import Revision
from generator.past import read
from generator.sources.foreign import LAYOUTS
from generator.sources.layouts import tree
from tests.golden import CONTENT


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("built") / "site"
    build(CONTENT, target, jobs=1)
    return target


def test_a_site_is_the_catalog_that_it_was_built_from(built: Path) -> None:
    assert diff(CONTENT, built) == ((), ())
    assert diff(built, CONTENT)[0] == ()


def test_a_site_without_a_history_tells_none(built: Path) -> None:
    assert read(built)[0].history.revisions == ()


def test_a_record_that_is_none_is_told_with_its_file(built: Path, tmp_path: Path) -> None:
    for name in ("api/v1/offering.schema.json", "providers/p/index.json", "providers/p/models/x/y.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    with pytest.raises(ContentError) as caught:
        read(tmp_path)
    told = {
        str(problem).partition("\n")[0].removeprefix(f"{tmp_path.as_posix()}/") for problem in caught.value.problems
    }
    assert "providers/p/models/x/y.json: error: id: is required" in told
    assert built.is_dir()


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ("{}", None),
        (json.dumps({"revisions": [{"date": "2026-01-01"}]}), None),
        (json.dumps({"revisions": [{"date": "soon"}]}), "revisions.0.date"),
        (json.dumps({"removed": [{"thing": "model"}]}), "removed.0.key"),
        ("[]", ""),
    ],
)
def test_the_history_of_a_site(told: str, fault: str | None, tmp_path: Path) -> None:
    (tmp_path / "api/v1").mkdir(parents=True)
    (tmp_path / "api/v1/offering.schema.json").write_text("{}")
    (tmp_path / "api/v1/changes.json").write_text(told)
    if fault is None:
        assert read(tmp_path)[0].history.revisions in ((), (Revision(date="2026-01-01"),))
        return
    with pytest.raises(ContentError) as caught:
        read(tmp_path)
    assert caught.value.problems[0].field == fault


def test_a_site_is_found_by_its_shape(built: Path) -> None:
    found = [layout.name for layout in LAYOUTS if layout.recognises(tree(built))]
    assert found == ["built site"]
