"""Every sample of every page parses in its language, whatever the id holds."""

from __future__ import annotations

import json
import subprocess
import tomllib
from pathlib import Path

import pytest

from generator.build import load
from generator.catalog import Catalog
from generator.samples import Task, agents, code_for
from tests.conftest import ROOT, find_tool
from tests.golden import CONTENT
from tests.samples.offers import HOSTILE_IDS, TALKS, every_example, offering, provider, written
from tests.samples.parsers import PARSERS

BROKEN = {
    "python": 'print("a" "b',
    "javascript": 'const a = "b;',
    "bash": "curl 'https://example.com\n",
    "php": '<?php echo "a;',
}


def by_language(catalog: Catalog) -> dict[str, list[str]]:
    """Return the distinct samples of all offerings of a catalog, by language."""
    found: dict[str, dict[str, None]] = {name: {} for name in PARSERS}
    for (owner, _), facts in catalog.facts.items():
        for example in code_for(facts, catalog.providers[owner]):
            for language, text in written(example).items():
                found[language][text] = None
    return {name: list(texts) for name, texts in found.items()}


def faults(language: str, texts: list[str]) -> list[tuple[str, str]]:
    return [(fault, text) for fault, text in zip(PARSERS[language](texts), texts, strict=True) if fault]


@pytest.mark.parametrize("language", PARSERS)
def test_a_parser_finds_what_is_broken_and_nothing_else(language: str) -> None:
    good = BROKEN[language].rstrip("\n") + {"python": '")', "javascript": '";', "bash": "'\n", "php": '";'}[language]
    found = PARSERS[language]([good, BROKEN[language]])
    assert [bool(fault) for fault in found] == [False, True]


@pytest.fixture(scope="module", params=[CONTENT, ROOT / "content"], ids=["golden", "shipped"])
def samples(request: pytest.FixtureRequest) -> dict[str, list[str]]:
    return by_language(load(request.param)[0].world.catalog)


@pytest.mark.parametrize("language", PARSERS)
def test_samples_of_a_catalog_parse(samples: dict[str, list[str]], language: str) -> None:
    assert len(samples[language]) > 3
    assert faults(language, samples[language]) == []


@pytest.mark.parametrize("language", PARSERS)
def test_samples_with_hostile_ids_parse(language: str) -> None:
    found = every_example(HOSTILE_IDS)
    texts = [text for _, example in found for name, text in written(example).items() if name == language]
    assert len(texts) > 200
    assert faults(language, texts) == []


@pytest.mark.parametrize(
    ("language", "tool", "options", "suffix"),
    [("javascript", "node", ["--check"], ".mjs"), ("php", "php", ["-l"], ".php"), ("bash", "", ["-n"], ".sh")],
)
def test_each_kind_of_sample_passes_the_check_of_its_own_program(
    language: str, tool: str, options: list[str], suffix: str, tmp_path: Path
) -> None:
    command = [find_tool(tool) if tool else "/bin/bash", *options]
    told = {}
    for number, (_, example) in enumerate(every_example(HOSTILE_IDS[1:2])):
        if example.code.task in (Task.TOOLS, Task.REASONING):
            continue  # written like the others, and starting a program takes long
        if language in (texts := written(example)):
            path = tmp_path / f"{number}{suffix}"
            path.write_text(texts[language], encoding="utf-8")
            done = subprocess.run([*command, path], capture_output=True, text=True, check=False)
            told[example.code.protocol, example.code.task] = "" if done.returncode == 0 else done.stdout + done.stderr
    assert len(told) > 12
    assert {key: fault for key, fault in told.items() if fault} == {}


@pytest.mark.parametrize("name", HOSTILE_IDS)
def test_what_coding_agents_read_says_the_id(name: str) -> None:
    ways = (("anthropic", "messages"), ("openai", "chat"), ("openai", "responses"))
    found = {agent.name: agent.blocks[0].text for agent in agents(offering(TALKS, name), provider(*ways))}
    config = json.loads(found["opencode"])
    assert config["model"] == f"big/{name}"
    assert list(config["provider"]["big"]["models"]) == [name]
    assert config["provider"]["big"]["options"] == {
        "baseURL": "https://api.example.com/v1",
        "apiKey": "{env:EXAMPLE_API_KEY}",
    }
    toml = tomllib.loads(found["Codex"])
    assert toml["model"] == name
    assert toml["model_providers"]["big"]["env_key"] == "EXAMPLE_API_KEY"
    for agent, end in (("Claude Code", "claude"), ("Aider", "aider --model")):
        script = found[agent].replace(end, 'echo -n "$ANTHROPIC_MODEL"' if agent == "Claude Code" else "echo -n")
        done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, text=True, check=True)
        assert done.stdout == (name if agent == "Claude Code" else f"openai/{name}")
        assert done.stderr == ""


@pytest.mark.parametrize("name", HOSTILE_IDS)
def test_no_sample_holds_what_a_program_before_the_reader_acts_on(name: str) -> None:
    for _, example in every_example([name]):
        for text in written(example).values():
            for act in ("{{", "{%", "{#"):
                assert act not in text, text
            assert not any(line.startswith(("```", "~~~")) for line in text.split("\n"))
