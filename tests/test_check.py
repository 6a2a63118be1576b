"""`almanac check` and `almanac explain`: everything told, nothing written."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import main
from generator.rules import RULES, explain, page


@pytest.fixture(autouse=True)
def no_workflow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def small(folder: Path, **files: str) -> Path:
    """Write a catalog that has nothing wrong with it, and `files` over it."""
    texts = {
        "site.yaml": "data_date: 2026-07-02",
        "providers/p/provider.yaml": "name: P\ndescription: words",
        "providers/p/models/a.yaml": "modalities: {input: [text], output: [text]}",
        **files,
    }
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_a_catalog_without_faults(tmp_path: Path) -> None:
    done = run("check", small(tmp_path / "c"))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "almanac: 0 errors and 0 warnings\n")


def test_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = small(tmp_path / "c")
    before = files(tmp_path)
    monkeypatch.chdir(source)
    assert run("check", ".").exit_code == 0
    assert files(tmp_path) == before


FAULTS: list[tuple[dict[str, str], list[str]]] = [
    (
        {"providers/p/provider.yaml": "name: P\nnaem: P"},
        ["providers/p/provider.yaml:2:1: error[A001]: naem: unknown key"],
    ),
    ({"pages/x.txt": "x"}, ["pages/x.txt: error[A001]: is not part of the layout"]),
    (
        {"providers/p/models/a.yaml": "model: acme/a"},
        ["providers/p/models/a.yaml:1:8: error[A002]: model: there is no model `acme/a`"],
    ),
    ({"site.yaml": "featured: [x/y]"}, ["site.yaml:1:12: error[A002]: featured[0]: there is no model `x/y`"]),
    (
        {"pages/x.md": "---\ntitle: X\n---\n\n[a](b.html) [c](x.html#d)\n"},
        ["pages/x.md:5:1: error[A003]: broken link b.html"],
    ),
    (
        {"templates/page.html": "\n{{ page.x }}", "pages/x.md": "---\ntitle: X\n---\n"},
        ["templates/page.html:2:1: error[A004]: "],
    ),
    (
        {"providers/p/models/a.yaml": "price: {input: 0}\nmodalities: {input: [text], output: [text]}"},
        ["providers/p/models/a.yaml:1:8: warning[A302]: price: every price is 0"],
    ),
    (  # what is wrong with the facts is told beside what is wrong with the files
        {"providers/p/models/a.yaml": "price: {input: 0}\nmodel: acme/a", "pages/x.txt": ""},
        [
            "pages/x.txt: error[A001]: is not part of the layout",
            "providers/p/models/a.yaml:2:8: error[A002]: model: there is no model `acme/a`",
        ],
    ),
    (
        {
            "site.yaml": "severities: {A302: error}",
            "providers/p/models/a.yaml": "price: {input: 0}\nmodalities: {input: [text], output: [text]}",
        },
        ["providers/p/models/a.yaml:1:8: error[A302]: price: every price is 0"],
    ),
]


@pytest.mark.parametrize(("changes", "expected"), FAULTS)
def test_every_kind_of_fault_has_its_code(tmp_path: Path, changes: dict[str, str], expected: list[str]) -> None:
    source = small(tmp_path / "c", **changes)
    done = run("check", source)
    lines = [line.removeprefix(f"{source}/") for line in done.stdout.splitlines()]
    told = [line for line in lines if not line.startswith("    hint: ")]
    for start in expected:
        assert [line for line in told if line.startswith(start)], told
    assert done.exit_code == (1 if any("error[" in line for line in expected) else 0)


@pytest.mark.parametrize(
    ("fail_on", "price", "code"),
    [("error", "0", 0), ("warning", "0", 1), ("warning", "1", 0)],
)
def test_the_exit_code_goes_by_severity(tmp_path: Path, fail_on: str, price: str, code: int) -> None:
    offering = f"price: {{input: {price}}}\nmodalities: {{input: [text], output: [text]}}"
    source = small(tmp_path / "c", **{"providers/p/models/a.yaml": offering})
    assert run("check", source, "--fail-on", fail_on).exit_code == code


def test_a_rule_that_is_an_error_stops_the_build_too(tmp_path: Path) -> None:
    source = small(tmp_path / "c", **{"site.yaml": "severities: {A404: error}", "providers/p/models/a.yaml": "name: A"})
    done = run("build", source, "-o", tmp_path / "site")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[0].endswith("a.yaml:1:1: error[A404]: no modalities of input and output are stated")
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("severities: {A999: off}", "site.yaml:1:13: error[A001]: severities: there is no rule `A999`"),
        ("severities: {A001: off}", "site.yaml:1:13: error[A001]: severities: A001 is always an error"),
        (
            "severities: {A101: loud}",
            "site.yaml:1:20: error[A001]: severities.A101: has to be one of `error`, `warning` or `off`, not `loud`",
        ),
        (
            "checks: {price_factor: 1}",
            "site.yaml:1:24: error[A001]: checks.price_factor: has to be a number above 1, not `1`",
        ),
        ("checks: {stale_days: 0}", "site.yaml:1:22: error[A001]: checks.stale_days: has to be 1 or more, not `0`"),
    ],
)  # fmt: skip
def test_wrong_settings_are_told(tmp_path: Path, settings: str, told: str) -> None:
    source = small(tmp_path / "c", **{"site.yaml": settings})
    done = run("check", source)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == f"{source}/{told}"


@pytest.mark.parametrize(
    ("options", "workflow", "start"),
    [
        ([], "", "{at}/providers/p/models/a.yaml:1:1: error[A001]: "),
        (
            [],
            "true",
            "::error file={at}/providers/p/models/a.yaml,line=1,col=1,title=A001%3A Fault in a source file::",
        ),
        (["--format", "text"], "true", "{at}/providers/p/models/a.yaml:1:1: "),
        (["--format", "json"], "", "{{\n"),
        (["--format", "sarif"], "", "{{\n"),
    ],
)
def test_the_format_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], workflow: str, start: str
) -> None:
    monkeypatch.setenv("GITHUB_ACTIONS", workflow)
    source = small(tmp_path / "c", **{"providers/p/models/a.yaml": "naem: A"})
    done = run("check", source, *options)
    assert done.stdout.startswith(start.format(at=source))
    assert done.stderr == "almanac: 1 error and 0 warnings\n"
    if "{" in done.stdout[:1]:
        assert json.loads(done.stdout)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "--format", "xml"], "almanac: Invalid value for '--format': 'xml' is not one of"),
        (["check", "--fail-on", "note"], "almanac: Invalid value for '--fail-on': 'note' is not one of"),
        (["explain", "A9"], "almanac: there is no rule `A9`; `almanac explain` lists them"),
    ],
)
def test_wrong_usage_is_exit_code_2(arguments: list[str], message: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert done.stderr.startswith(message)


def test_a_source_that_is_not_there(tmp_path: Path) -> None:
    done = run("check", tmp_path / "none")
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{tmp_path / 'none'}: error[A001]: ")


@pytest.mark.parametrize("code", list(RULES))
def test_explain_says_what_a_code_means(code: str) -> None:
    rule = RULES[code]
    done = run("explain", code.lower())
    assert (done.exit_code, done.stdout) == (0, explain(code) + "\n")
    assert done.stdout.startswith(f"{code}: {rule.title} (")
    for part in (rule.meaning, f"Why it matters: {rule.why}\n", f"How to mend it: {rule.mend}.\n", "\nExample:\n    "):
        assert part in done.stdout


def test_explain_without_a_code_lists_them_all() -> None:
    lines = run("explain").stdout.splitlines()
    assert [line[:4] for line in lines] == list(RULES)
    assert lines[4] == "A101  warning  Output above context"


def test_the_page_about_the_rules_is_made_from_their_table() -> None:
    written = (Path(__file__).parent.parent / "content/pages/checks.md").read_text(encoding="utf-8")
    assert written == page(), "write what generator.rules.page() returns into it"


def test_the_site_shows_what_was_found(tmp_path: Path) -> None:
    changes = {"providers/p/models/a.yaml": "name: <b>A</b>\nprice: {input: 0}", "providers/p/models/b.yaml": "name: B"}
    source, site = small(tmp_path / "c", **changes), tmp_path / "site"
    assert run("build", source, "-o", site).exit_code == 0
    html, text = ((site / f"quality.{edition}").read_text() for edition in ("html", "md"))
    assert '<h2 id="a302"><a href="#a302">Zero that does not say why</a></h2>' in html
    row = (
        '<a href="providers/p/models/a.html">&lt;b&gt;A&lt;/b&gt;</a></th>'
        '<td><a href="providers/p/index.html">P</a></td>'
        "<td>every price is 0, and nothing says that it is free or part of a plan</td>"
    )
    assert row in html
    assert "## A404: Modalities not stated\n\n2 findings, warning.\n" in text
    assert "| Price | Offerings | 1 | 2 | 50.0% |" in text
    assert "2 findings about" not in text
    assert "3 findings about 2 pages" in text
    assert '<a href="../../../quality.html">Data quality</a>' in (site / "providers/p/models/a.html").read_text()


def test_the_site_need_not_show_it(tmp_path: Path) -> None:
    source, site = small(tmp_path / "c", **{"site.yaml": "checks: {page: false}"}), tmp_path / "site"
    assert run("build", source, "-o", site).exit_code == 0
    assert not (site / "quality.html").exists()
    assert "Data quality" not in (site / "index.html").read_text()
