"""Problems -> text for people, JSON for programs, SARIF for code scanning, annotations for GitHub's pages.

Paths and messages come from content: each format writes them so that they cannot become anything else.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from generator import __version__
from generator.errors import Problem, Severity, printable
from generator.rules import RULES, Rule

__all__ = ["Format", "as_data", "count", "report"]

Problems = Sequence[Problem]
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Format(StrEnum):
    """How problems are written."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def report(problems: Problems, form: Format) -> str:
    """Return problems in a format, as whole lines."""
    return _WRITERS[form](problems)


def count(problems: Problems) -> str:
    """Return how many errors and warnings there are, in words."""
    numbers = _numbers(problems)
    return " and ".join(f"{number:,} {kind}{'' if number == 1 else 's'}" for kind, number in numbers.items())


def _numbers(problems: Problems) -> dict[str, int]:
    return {str(kind): sum(1 for problem in problems if problem.severity is kind) for kind in Severity}


def _text(problems: Problems) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def as_data(problem: Problem) -> dict[str, Any]:
    """Return a problem as reports for programs hold it."""
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "path": _valid(problem.path),
        "line": problem.line or None,
        "column": problem.column or None,
        "field": problem.field or None,
        "message": _valid(problem.message),
        "hint": problem.hint or None,
    }


def _json(problems: Problems) -> str:
    listed = [as_data(problem) for problem in problems]
    numbers = {f"{kind}s": number for kind, number in _numbers(problems).items()}
    return json.dumps({"version": 1, "almanac": __version__, **numbers, "problems": listed}, indent=2) + "\n"


def _sarif(problems: Problems) -> str:
    codes = sorted({problem.code for problem in problems if problem.code in RULES})
    driver = {
        "name": "almanac",
        "semanticVersion": __version__,
        "rules": [_sarif_rule(RULES[code]) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(problem, codes) for problem in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _sarif_rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.code,
        "name": "".join(word.capitalize() for word in rule.title.split()),
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": rule.meaning},
        "help": {"text": f"{rule.why} To mend it: {rule.mend}."},
        "defaultConfiguration": {"level": "none" if rule.level == "off" else str(rule.level)},
    }


def _sarif_result(problem: Problem, codes: Sequence[str]) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _uri(problem.path)}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": max(problem.column, 1)}
    result: dict[str, Any] = {
        "level": str(problem.severity),
        "message": {"text": _valid(_told(problem))},
        "locations": [{"physicalLocation": place}],
    }
    if problem.code in codes:
        result = {"ruleId": problem.code, "ruleIndex": codes.index(problem.code), **result}
    return result


def _github(problems: Problems) -> str:
    """Return workflow commands, errors first: GitHub shows ten of each kind."""
    lines = []
    for problem in sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR):
        rule = RULES.get(problem.code)
        properties = {
            "file": problem.path,
            "line": str(problem.line) if problem.line else "",
            "col": str(problem.column) if problem.column else "",
            "title": f"{rule.code}: {rule.title}" if rule else "",
        }
        stated = ",".join(f"{name}={_property(value)}" for name, value in properties.items() if value)
        lines.append(f"::{problem.severity} {stated}::{_data(_told(problem))}\n")
    return "".join(lines)


def _told(problem: Problem) -> str:
    what = f"{problem.field}: {problem.message}" if problem.field else problem.message
    return f"{what} (hint: {problem.hint})" if problem.hint else what


def _data(text: str) -> str:
    """Return text for a workflow command: GitHub reads percent signs and line ends."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return printable(text)


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _uri(path: str) -> str:
    """Return a path as a URI reference: relative to where the command was run, or absolute."""
    name = PurePath(path)
    text = quote(name.as_posix().encode("utf-8", "surrogateescape"), safe="/._~-")
    return f"file://{text}" if name.is_absolute() else text


def _valid(text: str) -> str:
    """Return text without lone surrogates, which names of files that are not UTF-8 have and JSON may not."""
    return text.encode("utf-8", "backslashreplace").decode()


_WRITERS: Mapping[Format, Callable[[Problems], str]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.SARIF: _sarif,
    Format.GITHUB: _github,
}
