"""What the source said before, as it is kept."""

from decimal import Decimal
from pathlib import Path

import pytest

from generator.errors import UsageError
from generator.importer.ledger import LEDGER, Ledger, digests


def test_it_is_one_line_for_each_thing_and_comes_back(tmp_path: Path) -> None:
    ledger = Ledger({"offering/p/b": {"name": "2"}, "offering/p/a": {"price": "1", "name": "3"}})
    assert ledger.text() == (
        '{"generator": "almanac", "schema": 1, "facts": {\n'
        '  "offering/p/a": {"name": "3", "price": "1"},\n'
        '  "offering/p/b": {"name": "2"}\n'
        "}}\n"
    )
    (tmp_path / LEDGER).write_text(ledger.text())
    assert Ledger.read(tmp_path) == ledger


def test_there_need_not_be_one(tmp_path: Path) -> None:
    assert Ledger.read(tmp_path) == Ledger({})


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"schema": 1}', '{"schema": 1, "facts": [1]}', "\x00"])
def test_a_damaged_one_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_text(text)
    message = f"`{tmp_path.as_posix()}/{LEDGER}` is damaged, so nobody can say what was changed by hand; delete it, and"
    with pytest.raises(UsageError) as caught:
        Ledger.read(tmp_path)
    assert str(caught.value) == message + " every difference counts as a change by hand"


def test_a_later_one_is_told(tmp_path: Path) -> None:
    (tmp_path / LEDGER).write_text('{"schema": 2}')
    with pytest.raises(UsageError, match="was written by a later Almanac; use that one"):
        Ledger.read(tmp_path)


def test_a_digest_is_of_what_would_stand_in_a_file() -> None:
    found = digests({"int": 5, "decimal": Decimal(5), "text": "5", "more": Decimal("5.0"), "bytes": b"5"})
    assert found["int"] == found["decimal"]
    assert len(set(found.values())) == 4
    assert digests({"a": ("x",)}) == digests({"a": ["x"]})
