"""A new catalog: works at once, is without faults, and its files keep to the schemas that come with it."""

import json
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.schema_files import PLACES


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("new") / "catalog"
    done = run("new", folder)
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[1] == f"See it: cd {folder.as_posix()} && almanac serve"
    return folder


def test_it_has_nothing_to_mend(made: Path) -> None:
    done = run("check", made / "content", "--fail-on", "warning")
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "almanac: 0 errors and 0 warnings\n")


def test_it_is_built_from_inside_without_a_word_more(
    made: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(made)
    assert run("build", "-o", tmp_path / "site", "-q").output == ""
    assert run("list", "models").stdout.splitlines()[2].startswith("acme/sun-2 ")


def test_a_folder_that_holds_something_is_left_alone(made: Path) -> None:
    done = run("new", made)
    assert done.exit_code == 2
    assert done.stderr.startswith(f"almanac: {made.as_posix()} is not empty; choose a new folder\n    hint: ")


@pytest.mark.parametrize("path", [".github/workflows/check.yml", ".github/workflows/publish.yml"])
def test_the_workflows_are_yaml_with_jobs(made: Path, path: str) -> None:
    assert yaml.safe_load((made / path).read_text())["jobs"]


def test_the_editor_finds_a_schema_for_each_kind_of_file(made: Path) -> None:
    named = json.loads((made / ".vscode/settings.json").read_text())["yaml.schemas"]
    places = {
        f"./.schemas/{kind}.schema.json": f"/content/{place}" for kind, (place, _) in PLACES.items() if kind != "page"
    }
    assert named == places
    for path in named:
        assert json.loads((made / path).read_text())["properties"]


@pytest.mark.parametrize("kind", PLACES)
def test_a_schema_asks_for_nothing_that_the_path_says(kind: str, tmp_path: Path) -> None:
    assert run("schema", "-o", tmp_path / "schemas").exit_code == 0
    schema = json.loads((tmp_path / "schemas" / f"{kind}.schema.json").read_text())
    assert schema["additionalProperties"] is False
    assert not {"id", "provider", "prose"} & set(schema.get("required", ()))
    assert "prose" not in schema["properties"]
