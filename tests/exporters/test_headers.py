"""What hosts are told about the files: a few rules that all of them read alike."""

import re
from typing import Any

import pytest

from generator.exporters import headers
from generator.theme import packaged
from tests.exporters.sites import files, offering, site


def rules(**settings: Any) -> dict[str, dict[str, str]]:
    text = files(headers.outputs(site(offering(), **settings)))[headers.PATH].decode()
    found: dict[str, dict[str, str]] = {}
    here: dict[str, str] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            here = found.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            here[name] = value
    return found


def test_every_file_may_be_read_and_none_may_act() -> None:
    told = rules()["/*"]
    assert told["Access-Control-Allow-Origin"] == "*"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Content-Security-Policy"].endswith("; frame-ancestors 'none'")


def test_the_policy_is_that_of_the_pages() -> None:
    layout = (packaged() / "_layout.html").read_text()
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', layout)
    assert policy == headers.POLICY


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/v1/models", "application/json; charset=utf-8"),
        ("/api/v1/models", "application/json; charset=utf-8"),
        ("/api/v1/index.ndjson", "application/x-ndjson; charset=utf-8"),
        ("/feed.xml", "application/atom+xml; charset=utf-8"),
        ("/feeds/*", "application/atom+xml; charset=utf-8"),
        ("/retirements.ics", "text/calendar; charset=utf-8"),
    ],
)
def test_a_name_that_does_not_say_its_type(path: str, kind: str) -> None:
    assert rules()[path] == {"Content-Type": kind}


def test_no_rule_is_about_a_file_that_is_not_there() -> None:
    assert set(rules(exports=["headers", "openai"])) == {"/*", "/v1/models"}


def test_hosts_read_the_file_alike() -> None:
    """A star at the end of a path only, no header set by two rules that match one path, few and short rules."""
    found = rules()
    assert len(found) < 100
    assert all("*" not in path.removesuffix("*") for path in found)
    assert all(len(f"  {name}: {value}") < 2000 for told in found.values() for name, value in told.items())
    for path, told in found.items():
        assert path == "/*" or found["/*"].keys().isdisjoint(told)
