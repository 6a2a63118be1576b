"""A reading that remembers gives what one gives that does not, whatever happened to the files in between."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from time import sleep
from typing import Any

import pytest

from generator.errors import AlmanacError
from generator.sources import layouts, toml
from generator.sources.memory import Memory, state
from tests.golden import CONTENT
from tests.sources.published import FILES, checkout

TICK = 0.01
"""Seconds after which a file that is written again has another time, on any file system that tests run on."""


def native(folder: Path) -> Path:
    return Path(shutil.copytree(CONTENT, folder / "c"))


def modelsdev(folder: Path) -> Path:
    checkout(folder / "m")
    (folder / "m/providers/acme/models/linked.toml").symlink_to("rocket.toml")
    return folder / "m"


def told(root: Path, memory: Memory | None = None) -> object:
    """Return all that a reading gives, to the last digit: 1.0 is equal to 1.00."""
    try:
        content = layouts.read(root, memory)
    except AlmanacError as error:
        return str(error)
    records = content.records
    kinds = (records.authors, records.models, records.providers, records.offerings, content.pages, content.settings)
    names = (sorted(records.broken), sorted(records.meant), sorted(records.logos.items()))
    return (*map(repr, kinds), names, content.problems)


def states(file: Path) -> Iterator[None]:
    """Bring a file into every state, and at last back into its own."""
    data = file.read_bytes()
    lines = data.splitlines(keepends=True)
    other = file.with_name(f"other{file.suffix}")
    for text in (b"\0", data.replace(lines[-1], b"", 1), data.replace(b"1", b"7")):
        file.write_bytes(text)
        yield
    file.unlink()
    yield
    other.write_bytes(data)
    yield
    file.symlink_to(other.name)
    yield
    file.unlink()
    file.mkdir()
    yield
    file.rmdir()
    file.write_bytes(data)
    yield
    other.unlink()
    yield


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take files for known as soon as they are written: the tests wait for the clock."""
    monkeypatch.setattr("generator.sources.memory._FRESH_NS", 0)


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("made", [native, modelsdev])
def test_what_is_remembered_is_as_if_it_were_read(made: Callable[[Path], Path], tmp_path: Path) -> None:
    root, memory = made(tmp_path), Memory()
    first = told(root, memory)
    found = (path for path in sorted(root.rglob("*")) if "overlays" not in path.parts)
    files = [path for path in found if path.is_file() and not path.is_symlink()]
    for file in files:
        for _ in states(file):
            sleep(TICK)
            assert told(root, memory) == told(root), file
    assert told(root, memory) == first


@pytest.mark.usefixtures("quick")
def test_nothing_is_read_again_that_is_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root, memory = modelsdev(tmp_path), Memory()
    before = layouts.read(root, memory)
    parsed: list[str] = []
    parse = toml.Reader.parse

    def noted(reader: toml.Reader, text: str, shown: str) -> dict[str, Any]:
        parsed.append(shown)
        return parse(reader, text, shown)

    monkeypatch.setattr(toml.Reader, "parse", noted)
    name = "providers/acme/provider.toml"
    sleep(TICK)
    (root / name).write_text(FILES[name].replace("Acme Cloud", "Acme Sky"))
    after = layouts.read(root, memory)
    assert parsed == [f"{root.as_posix()}/{name}"]
    pairs = list(zip(before.records.offerings, after.records.offerings, strict=True))
    assert all(one is other for one, other in pairs if "provider" not in one.document.data)
    assert {entry.value.name for entry in after.records.providers} >= {"Acme Sky"}


def test_a_file_that_has_just_changed_is_not_known_by_its_time(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_text("one")
    assert state(str(file)) != state(str(file))
    assert state(str(tmp_path / "none")) != state(str(tmp_path / "none"))


def test_what_is_made_of_another_thing_is_made_again() -> None:
    memory, made = Memory(), list[int]()

    def make() -> int:
        made.append(len(made))
        return made[-1]

    one, other = [1], [1]
    for of, wanted in [((one,), 0), ((one,), 0), ((other,), 1), ((other, "a"), 2), ((other, "".join("a")), 2), ((), 3)]:
        assert memory.once("x", of, make) == wanted
    assert memory.once("y", (), make) == 4
