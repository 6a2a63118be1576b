"""Errors: how a problem is written, what a report can never do to a terminal, which word was meant."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator import errors
from generator.errors import (
    AlmanacError,
    ContentError,
    Problem,
    PublishError,
    Severity,
    TemplateFault,
    UsageError,
    nearest,
    printable,
)


@pytest.mark.parametrize(
    ("problem", "told"),
    [
        (Problem("a.yaml", message="is odd"), "a.yaml: error: is odd"),
        (Problem("a.yaml", 3, 7, message="is odd"), "a.yaml:3:7: error: is odd"),
        (Problem("a.yaml", 3, 7, "b[0].c", "is odd"), "a.yaml:3:7: error: b[0].c: is odd"),
        (Problem("a.yaml", message="is odd", hint="go"), "a.yaml: error: is odd\n    hint: go"),
        (Problem("a.yaml", message="is odd", severity=Severity.WARNING), "a.yaml: warning: is odd"),
        # Names come from content, and content may not write lines of the report.
        (Problem("a\nb.yaml", message="is odd"), "a\\nb.yaml: error: is odd"),
        (Problem("a", field="b\nc", message="d\ne", hint="f\ng"), "a: error: b\\nc: d\\ne\n    hint: f\\ng"),
        (Problem("a\x1b[31m", message="\u202eb\x00"), "a\\x1b[31m: error: \\u202eb\\x00"),
        (Problem("\udcff.yaml", message="is odd"), "\\udcff.yaml: error: is odd"),
        (Problem("über/日本.yaml", message="is odd"), "über/日本.yaml: error: is odd"),
    ],
)
def test_a_problem_is_written_in_one_line_with_a_hint_below(problem: Problem, told: str) -> None:
    assert str(problem) == told


@given(st.builds(Problem, st.text(), st.integers(0, 9), st.integers(0, 9), st.text(), st.text(), st.text()))
def test_no_problem_moves_or_colours_a_terminal(problem: Problem) -> None:
    told = str(problem)
    assert told.count("\n") == (1 if problem.hint else 0)
    assert told.replace("\n", "").isprintable()


def test_printable_keeps_line_breaks_and_what_can_be_seen() -> None:
    assert printable("a b\nü😀\t\r\x7f\u200b\u00a0") == "a b\nü😀\\t\\r\\x7f\\u200b\\xa0"


def test_all_problems_are_told_once_in_the_order_of_their_places() -> None:
    problems = [
        Problem("b", 1, 1, message="z"),
        Problem("a", 10, 1, message="z"),
        Problem("a", 9, 2, message="z"),
        Problem("a", 9, 1, message="z"),
        Problem("a", 9, 1, message="y"),
        Problem("a", message="z"),
        Problem("a", 9, 1, message="z"),
    ]
    error = ContentError(iter(problems))
    assert str(error).split("\n") == [
        "a: error: z",
        "a:9:1: error: y",
        "a:9:1: error: z",
        "a:9:2: error: z",
        "a:10:1: error: z",
        "b:1:1: error: z",
    ]
    assert len(error.problems) == 6


@pytest.mark.parametrize("kind", [ContentError, TemplateFault, PublishError, UsageError])
def test_every_error_is_one_of_ours_and_stands_in_the_tree(kind: type[Exception]) -> None:
    assert issubclass(kind, AlmanacError)
    assert f"── {kind.__name__} " in (errors.__doc__ or "")


@pytest.mark.parametrize(
    ("word", "known", "meant"),
    [
        ("webiste", ["website", "twitter"], "website"),
        ("inptu", ["input", "output"], "input"),
        ("Google", ["google", "openai"], "google"),
        ("acme/sun2", ["acme/sun-2", "acme/moon"], "acme/sun-2"),
        ("zebra", ["website", "twitter"], ""),
        ("x", [], ""),
        ("", ["x"], ""),
        # Equally near: the last by name, whatever their order.
        ("sun", ["sun-2", "sun-1"], "sun-2"),
        ("x" * 1_000_000, ["x" * 199], ""),
    ],
)
def test_the_nearest_word_is_asked_for(word: str, known: list[str], meant: str) -> None:
    question = f"did you mean `{meant}`?" if meant else ""
    assert nearest(word, known) == nearest(word, reversed(known)) == question


def test_among_thousands_of_words_the_nearest_is_found_quickly() -> None:
    known = [f"author-{i % 97}/model-{i}" for i in range(5_000)]
    begun = process_time()
    assert nearest("author-41/modle-1302", known) == "did you mean `author-41/model-1302`?"
    assert nearest("author-7/model1753", known) == "did you mean `author-7/model-1753`?"
    assert nearest("????", known) == ""
    assert process_time() - begun < 3
