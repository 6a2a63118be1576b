"""Problems in the formats that people, programs, code scanning and GitHub's pages read."""

import json
from typing import Any

import pytest

from generator import __version__
from generator.errors import Problem, Severity
from generator.reports import Format, count, report

WARNING = Severity.WARNING
PLAIN = Problem("content/a.yaml", 3, 7, "limits.output", "is odd", "look again", WARNING, "A101")
GRAVE = Problem("b, c:d.yaml", message="100% wrong", code="A001")
UNKNOWN = Problem("x.yaml", 1, 1, message="is odd")


def test_text_is_what_a_build_prints_with_the_code_of_the_rule() -> None:
    assert report([PLAIN, GRAVE], Format.TEXT) == (
        "content/a.yaml:3:7: warning[A101]: limits.output: is odd\n"
        "    hint: look again\n"
        "b, c:d.yaml: error[A001]: 100% wrong\n"
    )


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "0 errors and 0 warnings"),
        ([PLAIN, GRAVE], "1 error and 1 warning"),
        ([GRAVE] * 1000, "1,000 errors and 0 warnings"),
    ],
)
def test_the_count_is_in_words(problems: list[Problem], words: str) -> None:
    assert count(problems) == words


def test_json_holds_every_part_and_null_for_what_is_not_known() -> None:
    assert json.loads(report([PLAIN, GRAVE], Format.JSON)) == {
        "version": 1,
        "almanac": __version__,
        "errors": 1,
        "warnings": 1,
        "problems": [
            {
                "code": "A101",
                "severity": "warning",
                "path": "content/a.yaml",
                "line": 3,
                "column": 7,
                "field": "limits.output",
                "message": "is odd",
                "hint": "look again",
            },
            {
                "code": "A001",
                "severity": "error",
                "path": "b, c:d.yaml",
                "line": None,
                "column": None,
                "field": None,
                "message": "100% wrong",
                "hint": None,
            },
        ],
    }


@pytest.mark.parametrize(
    ("problem", "line"),
    [
        (
            PLAIN,
            (
                "::warning file=content/a.yaml,line=3,col=7,title=A101%3A Output above context::limits.output: is odd "
                "(hint: look again)"
            ),
        ),
        (GRAVE, "::error file=b%2C c%3Ad.yaml,title=A001%3A Fault in a source file::100%25 wrong"),
        (UNKNOWN, "::error file=x.yaml,line=1,col=1::is odd"),
        # Content may not write commands of its own.
        (
            Problem("a\n::set-env::b", message="c\r\n::stop-commands::x"),
            "::error file=a%0A%3A%3Aset-env%3A%3Ab::c%0D%0A::stop-commands::x",
        ),
        (Problem("\udcff\x1b[2J", message="x"), "::error file=\\udcff\\x1b[2J::x"),
    ],
)
def test_an_annotation_of_github_is_one_line(problem: Problem, line: str) -> None:
    assert report([problem], Format.GITHUB) == line + "\n"


def test_github_is_told_errors_first() -> None:
    lines = report([PLAIN, GRAVE, PLAIN], Format.GITHUB).splitlines()
    assert [line.split(" ")[0] for line in lines] == ["::error", "::warning", "::warning"]


def sarif(*problems: Problem) -> dict[str, Any]:
    log = json.loads(report(problems, Format.SARIF))
    assert (log["version"], len(log["runs"])) == ("2.1.0", 1)
    run: dict[str, Any] = log["runs"][0]
    return run


def test_sarif_names_the_program_and_the_rules_that_were_broken() -> None:
    driver = sarif(GRAVE, PLAIN, PLAIN, UNKNOWN)["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("almanac", __version__)
    assert [rule["id"] for rule in driver["rules"]] == ["A001", "A101"]
    assert driver["rules"][1]["name"] == "OutputAboveContext"
    assert driver["rules"][1]["defaultConfiguration"] == {"level": "warning"}
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in driver["rules"])


@pytest.mark.parametrize(
    ("problem", "result"),
    [
        (
            PLAIN,
            {
                "ruleId": "A101",
                "ruleIndex": 0,
                "level": "warning",
                "message": {"text": "limits.output: is odd (hint: look again)"},
                "locations": [
                    {
                        "physicalLocation": {
                            "artifactLocation": {"uri": "content/a.yaml"},
                            "region": {"startLine": 3, "startColumn": 7},
                        }
                    }
                ],
            },
        ),
        (
            GRAVE,
            {
                "ruleId": "A001",
                "ruleIndex": 0,
                "level": "error",
                "message": {"text": "100% wrong"},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "b%2C%20c%3Ad.yaml"}}}],
            },
        ),
        (
            Problem("/x/\udcff é.yaml", message="\udcff"),
            {
                "level": "error",
                "message": {"text": "\\udcff"},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": "file:///x/%FF%20%C3%A9.yaml"}}}],
            },
        ),
    ],
)
def test_a_result_of_sarif(problem: Problem, result: dict[str, Any]) -> None:
    assert sarif(problem)["results"] == [result]


@pytest.mark.parametrize("form", list(Format))
def test_any_path_and_message_can_be_written_as_utf_8(form: Format) -> None:
    problem = Problem("\udcff", 1, 1, "\ud800", "\udfff\x00", "\x1b", WARNING, "A101")
    assert report([problem], form).encode("utf-8")
