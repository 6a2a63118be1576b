"""One folder for each mistake: `tests/invalid/<case>/content` makes it, `expected.txt` is all that is told about it.

A new case is a new folder with the smallest catalog that shows the mistake. `python -m tests.test_invalid` writes every
`expected.txt` anew from what is told now; read the difference before you commit it, as the person who made the mistake
would. What git does not keep alike on every system (links, pipes, odd names) is made in `MADE`; its folder holds no
more than the text.
"""

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from generator.errors import ContentError
from generator.reading import planned, sound
from generator.sources import native

CASES = Path(__file__).parent / "invalid"
AUTHOR = "authors/acme/author.yaml"
PROVIDER = "providers/tiny/provider.yaml"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def linked(name: str, target: str, files: Mapping[str, str] | None = None) -> Callable[[Path], None]:
    """Return what makes a catalog with a link called `name` to `target`."""

    def make(folder: Path) -> None:
        write(folder, {AUTHOR: "name: Acme\n", **(files or {})})
        write(folder.parent, {"outside/author.yaml": "secret: never to be told\n"})
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).symlink_to(target)

    return make


def pipe(folder: Path) -> None:
    write(folder, {AUTHOR: "name: Acme\n"})
    (folder / "authors/acme/models").mkdir()
    os.mkfifo(folder / "authors/acme/models/sun.yaml")


def circle_of_two(folder: Path) -> None:
    """Make two folders that each hold a link to the other."""
    models = folder / "providers/tiny/models"
    write(folder, {PROVIDER: "name: Tiny\n"})
    write(models, {"a/x.yaml": "id: x\n", "b/y.yaml": "id: y\n"})
    (models / "a/to-b").symlink_to("../b")
    (models / "b/to-a").symlink_to("../a")


def odd_names(folder: Path) -> None:
    """Make files whose names would colour a terminal, add lines to the report or cannot be written in UTF-8."""
    write(folder, {PROVIDER: "name: Tiny\n"})
    models = folder / "providers/tiny/models"
    models.mkdir()
    for name in ("a\x1b[31m.yaml", "b\nc.yaml", "d\\e.yaml", " f.yaml", "g\u202eh.yaml", "i\udcff.yaml"):
        (models / name).write_text("name: X\n", encoding="utf-8")


def too_large(folder: Path) -> None:
    write(folder, {AUTHOR: "name: Acme\n#" + "x" * 1024 * 1024})


MADE: Mapping[str, Callable[[Path], None]] = {
    "link-to-nothing": linked("authors/acme/models/sun.yaml", "moon.yaml"),
    "link-to-itself": linked("authors/acme/models/sun.yaml", "sun.yaml"),
    "link-out": linked("authors/acme/models/sun.yaml", "../../../../outside/author.yaml"),
    "link-out-of-a-folder": linked("authors/bolt", "../../outside"),
    "link-out-as-author": linked("authors/bolt/author.yaml", "../../../outside/author.yaml"),
    "link-out-as-logo": linked("authors/acme/logo.svg", "../../../outside/author.yaml"),
    "link-out-as-models": linked("authors/acme/models", "../../../outside"),
    "link-out-as-section": linked("providers", "../outside"),
    "link-out-as-settings": linked("site.yaml", "../outside/author.yaml"),
    "link-to-its-folder": linked("authors/acme/models/again", ".", {"authors/acme/models/sun.yaml": "name: Sun\n"}),
    "link-circle-of-two": circle_of_two,
    "link-twin": linked(
        "authors/acme/models/moon.yaml", "sun.yaml", {"authors/acme/models/sun.yaml": "id: acme/sun\n"}
    ),
    "odd-names": odd_names,
    "pipe": pipe,
    "too-large": too_large,
}


def told(case: str, place: Path, jobs: int = 1) -> str:
    """Return what is told about a case that so many processes read; `place` is empty, for what has to be made."""
    folder = CASES / case
    if case in MADE:
        (place / "content").mkdir()
        MADE[case](place / "content")
        folder = place
    with chdir(folder):
        try:
            sound(planned(Path("content"), jobs=jobs)[1])
        except ContentError as error:
            return f"{error}\n"
    return ""


def cases() -> list[str]:
    return sorted({*MADE, *(folder.name for folder in CASES.iterdir())})


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("case", cases())
def test_all_that_is_told_about_a_mistake(case: str, jobs: int, tmp_path: Path) -> None:
    text = told(case, tmp_path, jobs)
    assert text
    assert text == (CASES / case / "expected.txt").read_text(encoding="utf-8")


def test_every_case_has_its_catalog() -> None:
    assert [case for case in cases() if (CASES / case / "content").is_dir() == (case in MADE)] == []


def test_links_never_multiply_files(tmp_path: Path) -> None:
    """Twenty folders in which links would count up to a million files."""
    write(tmp_path, {PROVIDER: "name: Tiny\n", "providers/tiny/models/20/x.yaml": "name: X\n"})
    for depth in range(20):
        for side in "ab":
            link = tmp_path / f"providers/tiny/models/{depth}/{side}"
            link.parent.mkdir(exist_ok=True)
            link.symlink_to(f"../{depth + 1}")
    content = native.load(tmp_path)
    assert len(content.problems) == 19 * 4
    assert len(content.records.offerings) == 3


def rewrite() -> None:
    """Write what is expected of every case anew."""
    for case in cases():
        with TemporaryDirectory() as folder:
            text = told(case, Path(folder))
        (CASES / case).mkdir(exist_ok=True)
        (CASES / case / "expected.txt").write_text(text, encoding="utf-8", newline="\n")
        if not text:
            sys.exit(f"{case}: nothing is told")


if __name__ == "__main__":
    rewrite()
