"""The cases of the fuzzer without the fuzzer: as they stand, and with parts of them mixed up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
CASES = {name: [path.read_bytes() for path in sorted((CORPUS / name).iterdir())] for name in TARGETS}

# What each format gives a meaning to; texts of a case are cut, doubled and mixed with these.
MARKS = [
    *(b"\n", b"  ", b"\t", b"\r", b"\0", b"\xff", b"\xef\xbb\xbf", "\u202e".encode(), b"\\", b'"', b"'", b"`", b"-1"),
    *(b"[", b"]", b"{", b"}", b"<", b">", b"&", b"*", b"|", b": ", b"- ", b"# ", b"---\n", b"!!x ", b"1e999", b"../"),
    *(b"\\u0000", b"\\b", b"nan", b"null", b"[]", b"{}", b'""', b"9" * 40, b"(javascript:x)", b"<!--", b"]]>", b"="),
]


def test_every_target_has_cases_and_the_corpus_is_small() -> None:
    assert {path.name for path in CORPUS.iterdir()} == set(TARGETS)
    assert all(CASES.values())
    assert sum(len(case) for cases in CASES.values() for case in cases) < 100_000


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_the_cases_are_answered(name: str) -> None:
    for case in CASES[name]:
        TARGETS[name](case)


@pytest.mark.parametrize("name", sorted(TARGETS))
def test_what_is_made_of_the_cases_is_answered(name: str) -> None:
    @settings(max_examples=10 if name == "escape" else 60)
    @given(st.data())
    def run(data: st.DataObject) -> None:
        case = data.draw(st.sampled_from(CASES[name]))
        for _ in range(data.draw(st.integers(1, 4))):
            start, end = sorted((data.draw(st.integers(0, len(case))), data.draw(st.integers(0, len(case)))))
            case = case[:start] + data.draw(st.sampled_from([*MARKS, b"", case[start:end] * 2])) + case[end:]
        TARGETS[name](case)

    run()
