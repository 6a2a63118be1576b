"""The documentation: what is generated is as the code says, and every command that is shown is one."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner

from generator.cli import main
from generator.config import Export
from generator.sources.fetched import Fetched
from tests.reference import PAGES, WRITTEN

ROOT = PAGES.parent.parent
TEXTS = (*sorted(PAGES.glob("*.md")), ROOT / "README.md", ROOT / "CONTRIBUTING.md")


def shown() -> Iterator[tuple[str, str]]:
    """Yield every command of Almanac in the shell blocks of the documentation."""
    for path in TEXTS:
        for block in re.findall(r"```sh\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            for line in block.splitlines():
                if found := re.match(r"(?:\.venv/bin/)?(almanac .*?)(?:\s+#.*)?$", line.strip()):
                    yield path.name, found[1]


@pytest.mark.parametrize("name", WRITTEN)
def test_a_generated_page_is_what_the_code_says(name: str) -> None:
    assert (PAGES / name).read_text(encoding="utf-8") == WRITTEN[name](), "write it anew: make docs"


@pytest.mark.parametrize(("page", "line"), sorted(set(shown())))
def test_a_command_that_is_shown_is_one(page: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wrong usage raises here."""
    monkeypatch.setattr("generator.sources.fetch.fetch", lambda url: Fetched(url=url, data=b"{}"))
    _, name, *arguments = shlex.split(line.replace("*", "x"))
    command = main.get_command(click.Context(main), name)
    assert command, page
    command.make_context(name, arguments)


def test_the_families_of_files_are_those_that_can_be_chosen() -> None:
    rows = re.findall(r"^\| `(\w+)` \|", (PAGES / "docs-files.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert rows == list(Export)


def test_the_commands_of_the_first_page_do_what_it_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    lines = [line for page, line in shown() if page == "docs-start.md"]
    assert lines[:2] == ["almanac new my-catalog", "almanac serve"]
    for line in lines:
        if line == "almanac serve":
            monkeypatch.chdir(tmp_path / "my-catalog")
            continue
        done = CliRunner().invoke(main, shlex.split(line)[1:])
        assert done.exit_code == 0, f"{line}\n{done.output}"
    assert (tmp_path / "my-catalog/site/index.html").exists()


def test_the_examples_of_theming_work_as_they_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["new", "."]).exit_code == 0
    text = (PAGES / "docs-theming.md").read_text(encoding="utf-8")
    examples = re.findall(r"```\w*\n(?:\{#|/\*) (\S+) (?:#\}|\*/)\n(.*?)```", text, re.DOTALL)
    assert len(examples) == 4
    for name, body in examples:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(body)
    done = CliRunner().invoke(main, ["build", "-q"])
    assert (done.exit_code, done.output) == (0, "")
    model = (tmp_path / "site/authors/acme/models/sun-2.html").read_text()
    assert "Ask the platform team for access to Sun 2" in model
    assert "assets/house.css" in model
    assert "purchasing team" in (tmp_path / "site/providers/bigcloud/README.md").read_text()


@pytest.mark.parametrize(
    "path", [*sorted((ROOT / ".github").rglob("*.yml")), ROOT / ".pre-commit-config.yaml"], ids=lambda path: path.name
)
def test_the_automation_is_yaml(path: Path) -> None:
    made = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.parent.name == "workflows":
        assert made["permissions"] == {"contents": "read"}
        for job in made["jobs"].values():
            assert job["runs-on"]
            assert job["timeout-minutes"]
            assert all(len(step.keys() & {"uses", "run"}) == 1 for step in job["steps"])
    else:
        assert made
