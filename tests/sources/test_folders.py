"""Folders are looked at once, and what is in them is told by the name of the whole."""

from pathlib import Path

import pytest

from generator.errors import Problem
from generator.sources.folders import Folders


@pytest.fixture
def told() -> list[Problem]:
    return []


def folders(root: Path, told: list[Problem]) -> Folders:
    for name in ("b/models/x.yaml", "b/.hidden", "a/y.md", "site.yaml"):
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    return Folders(root, "content", told.append)


def test_entries_come_by_name_without_hidden_ones(tmp_path: Path, told: list[Problem]) -> None:
    found = folders(tmp_path, told)
    assert [entry.name for entry in found.entries(str(tmp_path))] == ["a", "b", "site.yaml"]
    assert [entry.name for entry in found.section("b")] == ["models"]
    assert [entry.name for entry in found.named(found.path("a"), "x.md", "y.md")] == ["y.md"]
    assert found.section("none") == []
    assert told == []


def test_names_are_seen_from_the_whole_or_from_a_folder(tmp_path: Path, told: list[Problem]) -> None:
    found = folders(tmp_path, told)
    path = found.path("b/models/x.yaml")
    assert (found.below(path), found.below(path, found.path("b"))) == ("b/models/x.yaml", "models/x.yaml")
    assert (found.shown(path), found.shown(str(tmp_path))) == ("content/b/models/x.yaml", "content")


def test_what_cannot_be_listed_is_told_once(tmp_path: Path, told: list[Problem]) -> None:
    found = folders(tmp_path, told)
    for _ in range(2):
        assert found.entries(found.path("site.yaml")) == []
        assert found.section("site.yaml") == []
    assert [str(problem) for problem in told] == ["content/site.yaml: error: has to be a folder"]


def test_a_folder_is_looked_at_once(tmp_path: Path, told: list[Problem]) -> None:
    found = folders(tmp_path, told)
    before = found.section("a")
    (tmp_path / "a" / "z.md").touch()
    assert found.section("a") == before
