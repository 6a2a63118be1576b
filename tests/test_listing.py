"""`almanac list` and `almanac show` on the golden catalog."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.sources.fetched import Fetched
from tests.golden import CONTENT


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def ids(*arguments: str) -> list[str]:
    done = run("list", arguments[0], CONTENT, *arguments[1:], "--format", "json")
    assert done.exit_code == 0, done.output
    return [row["id"] for row in json.loads(done.stdout)]


def test_every_wish_leaves_fewer_and_all_meet_it() -> None:
    everything = ids("offerings")
    assert len(everything) == 5
    for wish in (["--provider", "tiny"], ["--max-input-price", "1"], ["--min-context", "100k"], ["--free"]):
        fewer = ids("offerings", *wish)
        assert set(fewer) < set(everything), wish
        assert ids("offerings", *wish, "--provider", "tiny") == [name for name in fewer if name.startswith("tiny/")]


def test_what_is_not_known_is_last_whatever_the_order() -> None:
    done = run("list", "offerings", CONTENT, "--sort", "price", "--format", "json")
    prices = [row["input"] for row in json.loads(done.stdout) if row["input"] not in (None, "0")]
    assert prices
    done = run("list", "models", CONTENT, "--sort", "released", "--format", "json")
    dates = [row["released"] for row in json.loads(done.stdout)]
    known = [date for date in dates if date]
    assert dates[: len(known)] == sorted(known, reverse=True)


def test_a_table_for_the_eye_and_csv_for_a_sheet() -> None:
    lines = run("list", "models", CONTENT).stdout.splitlines()
    assert lines[0].split() == [
        "id",
        "name",
        "provider",
        "offers",
        "input",
        "output",
        "currency",
        "context",
        "released",
    ]
    assert set(lines[1]) == {"-", " "}
    rows = run("list", "models", CONTENT, "--format", "csv", "--limit", "2").stdout.splitlines()
    assert (len(rows), rows[0]) == (3, "id,name,provider,offers,input,output,currency,context,released")


@pytest.mark.parametrize("each", ["providers", "authors"])
def test_owners_are_counted(each: str) -> None:
    assert len(ids(each)) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["list", "modles"], "Invalid value for 'WHAT': 'modles' is not one of"),
        (["list", "models", CONTENT, "--provider", "tinny"], "there is no provider `tinny`; did you mean `tiny`?"),
        (
            ["list", "models", CONTENT, "--capability", "vison"],
            "there is no capability `vison`; did you mean `vision`?",
        ),
        (["list", "models", CONTENT, "--min-context", "big"], "`big` is no number of tokens; write 200000, 200k or 1m"),
        (["list", "models", CONTENT, "--max-input-price", "nan"], "`nan` is no amount; write 1 or 0.25"),
        (["show", "acme/sun-22", CONTENT], "there is no `acme/sun-22` in the catalog; did you mean `acme/sun-2`?"),
    ],
)
def test_wrong_usage_is_told_with_what_was_meant(arguments: list[str | Path], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert message in done.stderr
    assert done.stderr.splitlines()[-1] == f"    hint: `almanac {arguments[0]} --help` says what can be given"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("acme/sun-2", "model"), ("tiny/homemade", "offering"), ("tiny", "provider"), ("acme", "author")],
)
def test_everything_with_an_id_can_be_shown(name: str, kind: str) -> None:
    done = run("show", name, CONTENT)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[1] == f"{kind} {name}"
    assert "\x1b" not in done.stdout


def test_an_address_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    data = b'{"p": {"id": "p", "name": "P", "env": ["K"], "npm": "n", "doc": "https://a.example", "models": {}}}'
    monkeypatch.setattr("generator.sources.fetch.fetch", lambda url: Fetched(url=url, data=data))
    assert "no models and no offerings" in run("list", "providers", "https://a.example/api.json").stderr
    assert "no models and no offerings" in run("show", "p", "https://a.example/api.json").stderr
