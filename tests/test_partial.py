"""A build that keeps going leaves out what is faulty and what hangs on it, publishes the rest and counts everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator import partial
from generator.cli import main
from generator.output import read_manifest
from tests.hostile.trees import BASES, files

NATIVE = {
    **BASES["native"],
    "authors/acme/models/moon.md": "---\nname: Moon\nsuccessor: acme/sun\nlineage: {parent: acme/sun}\n---\nMoon.\n",
    "authors/bolt/author.yaml": "name: Bolt\naliases: [volt]\n",
    "authors/bolt/models/nut.yaml": "name: Nut\nauthors: [acme]\n",
    "providers/p/models/moon.yaml": "model: acme/moon\nprice: {input: 1, output: 2}\n",
    "providers/q/provider.yaml": "name: Q\n",
    "providers/q/models/sun.yaml": "model: acme/sun\n",
    "providers/q/models/nut.yaml": "model: bolt/nut\n",
    "providers/q/models/loose.yaml": "name: Loose\n",
    "pages/about.md": "---\ntitle: About\n---\nWords.\n",
    "site.yaml": "data_date: 2026-07-02\nfeatured: [acme/sun, acme/moon]\nnavigation:\n- {label: About, page: about}\n",
}
SUN = {"model/acme/sun": "", "offering/p/sun": "model/acme/sun", "offering/q/sun": "model/acme/sun"}
ACME = {"author/acme": "", "model/acme/sun": "author/acme", "model/acme/moon": "author/acme"}
BOMB = "---\nname: Sun\n---\n" + ">" * 5000 + " x\n"


def built(tmp_path: Path, texts: dict[str, str]) -> tuple[partial.Partial, dict[str, Any], dict[str, str]]:
    source, target = tmp_path / "content", tmp_path / "site"
    files(texts)(source)
    made = partial.build(source, target, changes={"editions": ("md",)})
    return made, json.loads(made.text(source)), read_manifest(target) or {}


@pytest.mark.parametrize(
    ("changes", "left"),
    [
        ({}, {}),
        ({"authors/acme/models/sun.md": "---\nnmae: Sun\n---\n"}, SUN),
        ({"authors/acme/models/sun.md": "---\nname: Sun\nsuccessor: acme/none\n---\n"}, SUN),
        ({"authors/acme/models/sun.md": "---\nname: Sun\nauthors: [nobody]\n---\n"}, SUN),
        ({"authors/acme/models/sun.md": BOMB}, SUN),
        ({"authors/acme/models/sun.md": "---\nname: Sun\n---\n[x](nowhere.md)\n"}, SUN),
        (
            {"authors/acme/author.yaml": "nmae: Acme\n"},
            ACME
            | {"offering/p/sun": "model/acme/sun", "offering/q/sun": "model/acme/sun"}
            | {"offering/p/moon": "model/acme/moon"},
        ),
        (
            {"authors/bolt/author.yaml": "nmae: Bolt\n"},
            {"author/bolt": "", "model/bolt/nut": "author/bolt", "offering/q/nut": "model/bolt/nut"},
        ),
        (
            {"providers/p/provider.yaml": "- p\n"},
            {"provider/p": "", "offering/p/sun": "provider/p", "offering/p/moon": "provider/p"},
        ),
        ({"providers/q/models/loose.yaml": "model: acme/none\n"}, {"offering/q/loose": ""}),
        ({"providers/q/models/second.yaml": "id: loose\n"}, {"offering/q/loose": "", "offering/q/loose 2": ""}),
        (
            {"authors/acme/models/moon.md": "---\nname: Moon\nsuccessor: acme/moon\n---\n"},
            {"model/acme/moon": "", "offering/p/moon": "model/acme/moon"},
        ),
        ({"pages/about.md": "---\ntitel: About\n---\n"}, {"page/about": ""}),
        ({"pages/about.md": "---\ntitle: About\n---\n[x](nowhere.md)\n"}, {"page/about": ""}),
        (
            {
                "site.yaml": "severities: {A101: error}\n",
                "providers/q/models/loose.yaml": "limits: {context: 1, output: 2}\n",
            },
            {"offering/q/loose": ""},
        ),
    ],
)
def test_what_is_faulty_goes_with_what_hangs_on_it(
    tmp_path: Path, changes: dict[str, str], left: dict[str, str]
) -> None:
    made, told, written = built(tmp_path, NATIVE | changes)
    keys: dict[str, str] = {}
    for one in made.rest.left_out:
        keys[one.key if one.key not in keys else f"{one.key} 2"] = one.because_of
    assert keys == left
    assert all(one["problems"] or one["because_of"] for one in told["left_out"])
    assert all(one["path"] for one in told["left_out"])
    assert told["problems"] == []
    things = [name for name in NATIVE | changes if name != "site.yaml"]
    assert sum(counts["input"] for counts in told["counts"].values()) == len(things)
    for counts in told["counts"].values():
        assert counts["kept"] + counts["left_out"] == counts["input"]
    shown = {key.replace("/", f"s/{'models/' if key.startswith('offering') else ''}", 1) for key in left}
    assert not [name for name in written for key in shown if name.startswith((f"{key}/", f"{key}."))]


def command(folder: Path, *options: str) -> tuple[int, list[str], list[str]]:
    done = CliRunner().invoke(main, ["build", str(folder / "content"), "-o", str(folder / "site"), *options])
    return done.exit_code, done.stdout.splitlines(), done.stderr.replace(f"{folder}/", "").splitlines()


def test_the_command_tells_what_was_left_out_and_ends_with_code_one(tmp_path: Path) -> None:
    files(NATIVE | {"providers/q/models/loose.yaml": "nmae: Loose\n", "authors/acme/logo.svg": "x"})(
        tmp_path / "content"
    )
    code, out, told = command(tmp_path, "--keep-going", "--report", str(tmp_path / "left.json"))
    assert code == 1
    assert out[0].startswith("2 authors, 3 models, 2 providers, 4 offerings: ")
    assert told == [
        "content/authors/acme/logo.svg:1:1: error: is not a well-formed SVG file",
        "content/providers/q/models/loose.yaml:1:1: error: nmae: unknown key",
        "    hint: did you mean `name`?",
        "almanac: 1 thing was left out; the rest is published",
    ]
    report = json.loads((tmp_path / "left.json").read_text())
    assert report["version"] == 1
    assert report["counts"]["offering"] == {"input": 5, "kept": 4, "left_out": 1}
    assert [(one["kind"], one["id"], one["because_of"]) for one in report["left_out"]] == [
        ("offering", "q/loose", None)
    ]
    assert [problem["line"] for problem in report["left_out"][0]["problems"]] == [1]
    assert [problem["message"] for problem in report["problems"]] == ["is not a well-formed SVG file"]
    assert not (tmp_path / "site/providers/q/models/loose.html").exists()
    files(NATIVE)(tmp_path / "content")
    (tmp_path / "content/authors/acme/logo.svg").unlink()
    assert command(tmp_path, "--keep-going", "-q") == (0, [], [])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"site.yaml": "titel: X\n"}, "content/site.yaml:1:1: error: titel: unknown key"),
        ({"site.yaml": "featured: [acme/none]\n"}, "content/site.yaml:1:12: error: featured[0]: there is no model"),
        ({"site.yaml": "overlays: [none]\n"}, "content/none: error: is not a folder"),
        (
            dict.fromkeys(NATIVE, "- x\n") | {"site.yaml": ""},
            "content/authors/acme/author.yaml:1:1: error: holds a list",
        ),
        ({"templates/model.html": "\n{{ nothing }}"}, "almanac: model.html:2: 'nothing' is undefined"),
    ],
)
def test_faults_of_the_whole_site_stop_it(tmp_path: Path, changes: dict[str, str], told: str) -> None:
    files(NATIVE | changes)(tmp_path / "content")
    code, _, lines = command(tmp_path, "--keep-going")
    assert code == 1
    assert [line for line in lines if line.startswith(told)], lines
    assert not (tmp_path / "site").exists()


P_SUN = "offering/p/sun"
Q = BASES["modelsdev"]["providers/p/provider.toml"]
MORE = {
    "starmap-2025": {"providers/p/models/x.yaml": "id: x\nname: X\n"},
    "starmap-2026": {
        "providers/p/models/x.yaml": "id: x\nname: X\n",
        "authors/acme/models/x.yaml": "id: x\nname: X\n",
    },
    "modelsdev": {
        "providers/q/provider.toml": Q,
        "providers/q/models/x.toml": 'name = "X"\n',
        "models/bolt/x.toml": 'name = "X"\n',
    },
}


@pytest.mark.parametrize(
    ("layout", "file", "text", "left", "number"),
    [
        ("starmap-2025", "providers/p/models/sun.yaml", "id: sun\nname: [\n", [P_SUN], 4),
        ("starmap-2025", "authors.yaml", "- {id: acme, nmae: 1}\n", ["author/acme", "model/acme/sun", P_SUN], 5),
        ("starmap-2026", "authors/acme/models/sun.yaml", "id: ../sun\n", ["model/acme/sun", P_SUN], 6),
        ("starmap-2026", "providers.yaml", "- {id: p, name: 1}\n", ["provider/p", P_SUN, "offering/p/x"], 6),
        ("modelsdev", "models/acme/sun.toml", "name = 1\n", ["model/acme/sun"], 8),
        ("modelsdev", "providers/p/provider.toml", "name = 1\n", ["provider/p", P_SUN], 8),
        ("modelsdev", "providers/p/models/sun.toml", "base_model = 'acme/x'\n", [P_SUN], 8),
    ],
)
def test_in_every_layout_what_is_kept_and_what_is_left_out_is_the_input(
    tmp_path: Path, layout: str, file: str, text: str, left: list[str], number: int
) -> None:
    made, told, _ = built(tmp_path, {**BASES[layout], **MORE[layout], file: text})
    assert [one.key for one in made.rest.left_out] == left
    assert made.problems != ()
    counts = told["counts"].values()
    assert sum(one["kept"] for one in counts) + len(left) == sum(one["input"] for one in counts) == number
