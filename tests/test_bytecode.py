"""Compiled templates are kept, and used for what they were made of alone."""

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from generator import bytecode
from generator.bytecode import Bytecode
from generator.config import Edition
from generator.theme import Theme

MAKERS = ("generator.compiler",)


@pytest.fixture(autouse=True)
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "kept"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "kept"


def render(folder: Path, *, kind: str = "html", makers: tuple[str, ...] = MAKERS, name: str = "a.html") -> list[str]:
    """Render a template and return the names of those that had to be compiled for it."""
    compiled = []

    class Watched(Environment):
        def compile(self, source: str, name: str | None = None, *rest: object, **named: object) -> object:  # type: ignore[override]  # whatever Jinja gives it
            compiled.append(str(name))
            return super().compile(source, name, *rest, **named)  # type: ignore[call-overload]  # as above

    kept = Bytecode(folder / "packaged", kind, makers, ())
    environment = Watched(loader=FileSystemLoader([folder / "own", folder / "packaged"]), bytecode_cache=kept)
    assert (
        environment.get_template(name).render()
        == (folder / ("own" if name == "own.html" else "packaged") / name).read_text()
    )
    return compiled


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("packaged/a.html", "packaged/part/a.html", "own/own.html"):
        (tmp_path / name).parent.mkdir(exist_ok=True, parents=True)
        (tmp_path / name).write_text(f"This is {name}.")
    return tmp_path


def test_a_template_is_compiled_once(folder: Path) -> None:
    assert render(folder) == ["a.html"]
    assert render(folder) == []
    assert render(folder, name="part/a.html") == ["part/a.html"]
    assert render(folder) == []


def test_the_template_counts_and_not_its_time(folder: Path) -> None:
    render(folder)
    (folder / "packaged/a.html").write_text("This is packaged.html!")
    assert render(folder) == ["a.html"]


def test_what_makes_code_counts(folder: Path) -> None:
    render(folder)
    assert render(folder, kind="md") == ["a.html"]
    assert render(folder, makers=("generator.compiler", "generator.marks")) == ["a.html"]


def test_another_place_counts_for_it_is_told_with_a_fault(folder: Path) -> None:
    render(folder)
    (folder / "moved").mkdir()
    (folder / "packaged").rename(folder / "moved/packaged")
    assert render(folder / "moved") == ["a.html"]


def test_a_template_of_the_site_is_not_kept(folder: Path, kept: Path) -> None:
    assert render(folder, name="own.html") == ["own.html"]
    assert render(folder, name="own.html") == ["own.html"]
    assert not kept.exists()


@pytest.mark.parametrize("data", [b"", b"x", None])
def test_what_is_spoilt_is_made_again(folder: Path, kept: Path, data: bytes | None) -> None:
    render(folder)
    (file,) = (path for path in kept.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-9] if data is None else data)
    assert render(folder) == ["a.html"]
    assert render(folder) == []


def test_where_nothing_can_be_written_nothing_is_kept(folder: Path, kept: Path) -> None:
    kept.write_text("no folder")
    assert render(folder) == ["a.html"]
    assert render(folder) == ["a.html"]


def test_where_python_writes_no_bytecode_nothing_is_kept(
    folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert render(folder) == ["a.html"]
    assert not kept.exists()


def test_by_default_it_lies_with_the_bytecode_of_the_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", None)
    bucket = Bytecode(tmp_path, "html", MAKERS, ()).get_bucket(Environment(), "b", str(tmp_path / "b.html"), "x")  # noqa: S701  # nothing is rendered
    assert Path(bucket.key).parent == Path(bytecode.__file__).parent / "__pycache__"


def test_the_theme_keeps_what_is_trusted_and_direct() -> None:
    theme = Theme()
    assert theme.environment(Edition.HTML).bytecode_cache
    assert not theme.environment(Edition.HTML, direct=False).bytecode_cache
    assert not Theme(trusted=False).environment(Edition.HTML).bytecode_cache
