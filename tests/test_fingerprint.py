"""A build of what has not changed is over at once, and one of what has is a whole one."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.build import Report, build
from generator.errors import ContentError
from generator.fingerprint import fingerprint

FILES = {
    "site.yaml": "overlays: [../over]\n",
    "authors/a/author.yaml": "name: A\n",
    "authors/a/models/m.yaml": "name: M\n",
    "providers/p/provider.yaml": "name: P\n",
    "providers/p/models/m.yaml": "model: a/m\n",
    "../over/providers/p/models/m.yaml": "price:\n  input: 1\n",
}


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / "catalog" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "catalog"


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Holds an entry for each build that was not over at once."""
    from generator import build as module  # noqa: PLC0415  # the module has the name of its function

    calls: list[int] = []
    whole = module.publish

    def counted(*given: Any) -> Report:
        calls.append(1)
        return whole(*given)

    monkeypatch.setattr(module, "publish", counted)
    return calls


def nothing(_: Path, __: Path) -> None:
    pass


def edited(name: str, text: str) -> Callable[[Path, Path], None]:
    def edit(catalog: Path, _: Path) -> None:
        (catalog / name).write_text(text, encoding="utf-8")

    return edit


def touched(name: str) -> Callable[[Path, Path], None]:
    def touch(_: Path, site: Path) -> None:
        later = (site / ".almanac.json").stat().st_mtime + 1
        os.utime(site / name, (later, later))

    return touch


CHANGES = {
    "a fact": edited("authors/a/models/m.yaml", "name: N\n"),
    "a comment": edited("authors/a/author.yaml", "name: A # the first\n"),
    "a setting": edited("site.yaml", "overlays: [../over]\ntitle: Other\n"),
    "a new file": edited("authors/a/models/n.yaml", "name: N\n"),
    "a fact in an overlay": edited("../over/providers/p/models/m.yaml", "price:\n  input: 2\n"),
    "a file away": lambda catalog, _: (catalog / "../over/providers/p/models/m.yaml").unlink(),
    "a link to nothing": lambda catalog, _: (catalog / "authors/a/models/n.yaml").symlink_to("gone.yaml"),
    "a page edited": touched("index.html"),
    "a page away": lambda _, site: (site / "index.html").unlink(),
    "a page made a link": lambda _, site: (
        (site / "index.html").unlink(),
        (site / "index.html").symlink_to("README.md"),
    ),
    "no note": lambda _, site: (site / ".almanac.json").write_text(
        (site / ".almanac.json").read_text().replace('"note"', '"not"')
    ),
    "a note of another": lambda _, site: (site / ".almanac.json").write_text(
        (site / ".almanac.json").read_text().replace('"made"', '"did"')
    ),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
def test_what_has_changed_is_built(
    change: Callable[[Path, Path], object], catalog: Path, tmp_path: Path, rendered: list[int]
) -> None:
    build(catalog, tmp_path / "site", jobs=1)
    change(catalog, tmp_path / "site")
    try:
        build(catalog, tmp_path / "site", jobs=1)
    except ContentError:  # which a build that is over at once does not find
        return
    assert len(rendered) == 2


def test_what_has_not_changed_is_not_built(catalog: Path, tmp_path: Path, rendered: list[int]) -> None:
    first = build(catalog, tmp_path / "site", jobs=1)
    (tmp_path / "site" / "mine.txt").write_text("not Almanac's")
    moved = tmp_path / "elsewhere" / "catalog"
    shutil.copytree(catalog, moved, copy_function=shutil.copyfile)  # other times, the same contents
    shutil.copytree(catalog.parent / "over", moved.parent / "over")
    again = build(moved, tmp_path / "site", jobs=2)
    assert len(rendered) == 1
    assert (again.models, again.offerings, again.pages, again.files) == (
        first.models,
        first.offerings,
        first.pages,
        first.files,
    )
    assert (again.published.written, again.published.unchanged, again.published.kept) == (0, first.files, 1)


@pytest.mark.parametrize("options", [{"afresh": True}, {"changes": {"title": "Other"}}, {"overlays": [Path("more")]}])
def test_options_make_a_build_a_whole_one(
    options: dict[str, Any], catalog: Path, tmp_path: Path, rendered: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    more = tmp_path / "more" / "authors" / "a"
    more.mkdir(parents=True)
    (more / "author.yaml").write_text("name: Z\n")
    build(catalog, tmp_path / "site", jobs=1)
    build(catalog, tmp_path / "site", jobs=1, **options)
    assert len(rendered) == 2


def test_hidden_files_do_not_count(catalog: Path) -> None:
    before = fingerprint([catalog], {})
    (catalog / ".git").mkdir()
    (catalog / ".git" / "HEAD").write_text("ref")
    assert fingerprint([catalog], {}) == before


def test_names_and_contents_do_not_run_into_each_other(tmp_path: Path) -> None:
    for name, files in (("one", {"a": "bc", "d": ""}), ("two", {"a": "b", "cd": ""}), ("three", {"ab": "c", "d": ""})):
        (tmp_path / name).mkdir()
        for file, text in files.items():
            (tmp_path / name / file).write_text(text)
    assert len({fingerprint([tmp_path / name], {}) for name in ("one", "two", "three")}) == 3


def test_a_folder_that_links_to_itself_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert fingerprint([tmp_path], {})
