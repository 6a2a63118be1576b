"""An import into a folder, and the next one after the source, the folder or both have changed."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from generator.build import build
from generator.errors import ContentError, UsageError
from generator.importer import Report, Selection, run
from generator.importer.ledger import LEDGER
from tests.sources.published import FILES

LOGO = '<svg xmlns="http://www.w3.org/2000/svg"/>'
SOURCE = {
    "site.yaml": "title: Ours\n",
    "authors/acme/author.md": "---\nname: Acme\n---\n\nMakers of suns.\n",
    "authors/acme/logo.svg": LOGO,
    "authors/acme/models/sun.yaml": "name: Sun\nreleased: 2025-06\n",
    "providers/east/provider.yaml": "name: East\n",
    "providers/east/models/sun.yaml": "model: acme/sun\nprice:\n  input: 1.50\n  output: 2\n",
    "providers/east/models/moon.yaml": "name: Moon\n",
    "pages/about.md": "---\ntitle: About\n---\n\nUs.\n",
}
SUN = "providers/east/models/sun.yaml"


def put(root: Path, files: Mapping[str, str | None]) -> Path:
    for name, text in files.items():
        path = root / name
        if text is None:
            path.unlink()
            for folder in path.relative_to(root).parents:
                if not any((root / folder).iterdir()):
                    (root / folder).rmdir()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def texts(root: Path) -> dict[str, str]:
    paths = sorted(path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_text(encoding="utf-8") for path in paths}


def pages(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return put(tmp_path / "source", SOURCE)


@pytest.fixture
def folder(source: Path, tmp_path: Path) -> Path:
    run(source, tmp_path / "content")
    return tmp_path / "content"


def again(source: Path, folder: Path, selection: Selection = Selection()) -> tuple[Report, dict[str, str]]:  # noqa: B008  # frozen
    """Import once more; return the report, and the files that differ from before, without the ledger."""
    before = texts(folder)
    report = run(source, folder, selection)
    after = texts(folder)
    changed = {name: after.get(name, "gone") for name in {*before, *after} if before.get(name) != after.get(name)}
    assert not any(name.rpartition("/")[2].endswith(".new") for name in after)
    changed.pop(LEDGER, None)
    return report, changed


def test_a_catalog_is_written_as_native_content(source: Path, tmp_path: Path) -> None:
    report = run(source, tmp_path / "new" / "content")
    assert report.kept == {"author": 1, "model": 1, "provider": 1, "offering": 2}
    assert (report.written, report.unchanged, report.removed, report.by_hand, report.warnings) == (8, 0, 0, 0, ())
    found = texts(tmp_path / "new" / "content")
    assert set(json.loads(found.pop(LEDGER))["facts"]) == {
        "author/acme",
        "logo/authors/acme",
        "model/acme/sun",
        "offering/east/moon",
        "offering/east/sun",
        "page/about",
        "provider/east",
    }
    assert found == {
        **{name: text for name, text in SOURCE.items() if name != "providers/east/provider.yaml"},
        "site.yaml": "# The settings of the site. An empty file is a site with the defaults.\ntitle: Ours\n",
        "providers/east/provider.md": "---\nname: East\n---\n",
    }


def site(folder: Path) -> dict[str, bytes]:
    """Return a site without its manifest, which also notes what it was built from."""
    return {path: data for path, data in pages(folder).items() if path != ".almanac.json"}


@pytest.mark.parametrize("files", [FILES, SOURCE], ids=["models.dev checkout", "native"])
def test_the_imported_catalog_makes_the_same_site(files: Mapping[str, str], tmp_path: Path) -> None:
    source = put(tmp_path / "source", files)
    build(source, tmp_path / "direct", jobs=1)
    run(source, tmp_path / "content")
    build(tmp_path / "content", tmp_path / "imported", jobs=1)
    assert site(tmp_path / "imported") == site(tmp_path / "direct")


def test_nothing_is_touched_when_nothing_has_changed(source: Path, folder: Path) -> None:
    stamps = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    report, changed = again(source, folder)
    assert (report.written, report.unchanged, report.removed, changed) == (0, 7, 0, {})
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == stamps


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        pytest.param({SUN: "model: acme/sun\n"}, {SUN: "model: acme/sun\n"}, id="a fact is gone"),
        pytest.param({"providers/east/models/new.yaml": "{}\n"}, {"providers/east/models/new.yaml": "{}\n"}, id="new"),
        pytest.param({SUN: None}, {SUN: "gone"}, id="gone"),
        pytest.param(
            {"authors/acme/author.md": "---\nname: Acme\n---\n\nNew.\n"},
            {"authors/acme/author.md": "---\nname: Acme\n---\n\nNew.\n"},
            id="prose",
        ),
        pytest.param(
            {"authors/acme/models/sun.yaml": None, "authors/acme/models/sun.md": "---\nname: Sun\n---\n\nHot.\n"},
            {"authors/acme/models/sun.yaml": "gone", "authors/acme/models/sun.md": "---\nname: Sun\n---\n\nHot.\n"},
            id="prose where there was none",
        ),
        pytest.param({"authors/acme/logo.svg": LOGO + "\n"}, {"authors/acme/logo.svg": LOGO + "\n"}, id="another logo"),
        pytest.param({"authors/acme/logo.svg": None}, {"authors/acme/logo.svg": "gone"}, id="no logo"),
        pytest.param(
            {SUN: None, "providers/east/models/moon.yaml": None, "providers/east/provider.yaml": None},
            {SUN: "gone", "providers/east/models/moon.yaml": "gone", "providers/east/provider.md": "gone"},
            id="a provider with all it served",
        ),
        pytest.param({"site.yaml": "title: Other\n"}, {}, id="settings are the folder's own"),
    ],
)
def test_only_what_has_changed_in_the_source_is_written(
    change: Mapping[str, str | None], changed: Mapping[str, str], source: Path, folder: Path
) -> None:
    put(source, change)
    report, found = again(source, folder)
    assert found == changed
    assert report.written == sum(text != "gone" for text in changed.values())
    assert (report.by_hand, report.warnings) == (0, ())
    assert again(source, folder)[1] == {}
    assert not [path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir())]


BY_HAND = {
    "authors/acme/author.md": "---\n# Ours.\nname: Acme\nkind: startup\n---\n\nWritten by us.\n",
    SUN: "# Checked.\nmodel: acme/sun\nprice: {input: 1.0}  # negotiated\nnotes:\n  - Ask first.\n",
}


def test_what_was_changed_by_hand_stays(source: Path, folder: Path) -> None:
    put(folder, BY_HAND)
    report, changed = again(source, folder)
    assert (report.by_hand, report.warnings, changed) == (2, (), {})


def test_what_the_source_changes_goes_in_between_what_was_written_by_hand(source: Path, folder: Path) -> None:
    put(folder, BY_HAND)
    put(source, {"authors/acme/author.md": "---\nname: Acme Labs\n---\n\nMakers of suns.\n"})
    put(source, {SUN: SOURCE[SUN] + "status: beta\n"})
    report, changed = again(source, folder)
    assert changed == {
        "authors/acme/author.md": BY_HAND["authors/acme/author.md"].replace("name: Acme", "name: Acme Labs"),
        SUN: BY_HAND[SUN] + "status: beta\n",
    }
    assert (report.written, report.by_hand, report.warnings) == (2, 2, ())


def test_what_both_have_changed_is_told_once_and_stays(source: Path, folder: Path) -> None:
    put(folder, BY_HAND)
    put(source, {SUN: SOURCE[SUN].replace("1.50", "1.25")})
    report, changed = again(source, folder)
    assert changed == {}
    told = "price: was changed by hand and in the source; it stays as it was changed by hand"
    assert [str(problem) for problem in report.warnings] == [f"{folder.as_posix()}/{SUN}: warning: {told}"]
    assert again(source, folder)[0].warnings == ()


def test_a_file_that_a_person_moved_renamed_or_gave_prose_is_found(source: Path, folder: Path) -> None:
    put(folder, {"authors/acme/models/sun.yaml": None, SUN: None, "providers/east/models/moon.yaml": None})
    moved = {
        "authors/acme/models/sun.md": "---\nname: Sun\nreleased: 2025-06\n---\n\nOurs.\n",
        "providers/east/models/big/sun.yaml": f"id: sun\n{SOURCE[SUN]}",
        "providers/east/models/moon.yml": "name: Moon\n",
    }
    put(folder, moved)
    assert again(source, folder)[1] == {}
    put(source, {SUN: SOURCE[SUN] + "status: beta\n", "authors/acme/models/sun.yaml": "name: Sun 1\n"})
    put(source, {"providers/east/models/moon.yaml": "name: Moon 2\n"})
    assert again(source, folder)[1] == {
        "authors/acme/models/sun.md": "---\nname: Sun 1\n---\n\nOurs.\n",
        "providers/east/models/big/sun.yaml": (
            "id: sun\nmodel: acme/sun\nstatus: beta\nprice:\n  input: 1.50\n  output: 2\n"
        ),
        "providers/east/models/moon.yml": "name: Moon 2\n",
    }


def test_a_new_id_never_takes_the_file_of_another(source: Path, folder: Path) -> None:
    put(folder, {"providers/east/models/star.yaml": "id: Star\n"})
    put(source, {"providers/east/models/star.yaml": "name: Small\n", "authors/ACME/author.yaml": "name: Other\n"})
    changed = again(source, folder)[1]
    (star,) = (name for name in changed if name.startswith("providers/"))
    assert star.startswith("providers/east/models/star-")
    assert changed[star] == "id: star\nname: Small\n"
    (other,) = (name for name in changed if name.startswith("authors/"))
    assert other.startswith("authors/acme-")
    assert changed[other] == "---\nid: ACME\nname: Other\n---\n"
    assert again(source, folder)[1] == {}


@pytest.mark.parametrize(
    ("by_hand", "message"),
    [
        ({"authors/acme/author.md": "---\nname: Ours\n---\n"}, "it stays because it was changed by hand"),
        ({"authors/acme/logo.svg": LOGO + " "}, "it stays because there are other files in its folder"),
        ({"authors/acme/models/own.yaml": "{}\n"}, "it stays because there are other files in its folder"),
    ],
)
def test_what_is_gone_from_the_source_stays_where_a_person_had_a_hand_in_it(
    by_hand: dict[str, str], message: str, source: Path, folder: Path
) -> None:
    put(folder, by_hand)
    put(source, {name: None for name in SOURCE if name.startswith("authors/")} | {SUN: None})
    report, changed = again(source, folder)
    kept = f"{folder.as_posix()}/authors/acme/author.md"
    assert [str(problem) for problem in report.warnings] == [f"{kept}: warning: is no longer in the source; {message}"]
    assert "authors/acme/author.md" not in changed
    assert changed[SUN] == "gone"
    assert again(source, folder)[0].warnings == ()


def test_files_that_were_there_before_the_first_import_count_as_written_by_hand(source: Path, tmp_path: Path) -> None:
    folder = put(tmp_path / "content", {"site.yaml": "title: Mine\n", "providers/east/provider.yaml": "name: Mine\n"})
    report, changed = again(source, folder)
    assert "site.yaml" not in changed
    assert "providers/east/provider.yaml" not in changed
    assert [problem.field for problem in report.warnings] == ["name"]


def test_a_selection_leaves_the_rest_of_the_folder_alone(source: Path, folder: Path) -> None:
    put(source, {"authors/acme/models/sun.yaml": None, SUN: None})
    put(source, {"authors/bolt/author.yaml": "name: Bolt\n"})
    report, changed = again(source, folder, Selection(authors=("bolt",)))
    assert changed == {"authors/bolt/author.md": "---\nname: Bolt\n---\n"}
    assert report.left_out == {"author": 1, "model": 0, "provider": 1, "offering": 1}
    assert sorted(again(source, folder)[1]) == ["authors/acme/models/sun.yaml", SUN]


def test_one_part_after_another_makes_the_whole(source: Path, tmp_path: Path) -> None:
    for selection in (Selection(kinds=("models",)), Selection(providers=("east",)), Selection()):
        run(source, tmp_path / "parts", selection)
    run(source, tmp_path / "whole")
    assert texts(tmp_path / "parts") == texts(tmp_path / "whole")


def test_a_source_with_faults_is_not_written(source: Path, tmp_path: Path) -> None:
    put(source, {SUN: "model: acme/son\n"})
    with pytest.raises(ContentError, match="there is no model `acme/son`"):
        run(source, tmp_path / "content")
    assert not (tmp_path / "content").exists()


def test_a_folder_with_faults_is_not_written_to(source: Path, folder: Path) -> None:
    put(folder, {SUN: "modle: acme/sun\n"})
    before = texts(folder)
    with pytest.raises(ContentError, match="unknown key"):
        run(source, folder)
    assert texts(folder) == before


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ("source", "`{}` and the source lie in one another; choose a folder of its own"),
        ("source/inside", "`{}` and the source lie in one another; choose a folder of its own"),
        (".", "`{}` and the source lie in one another; choose a folder of its own"),
        ("full", "`{}` is not empty and holds no catalog; choose a folder of its own"),
        ("full/file", "`{}` is not a folder"),
    ],
)
def test_a_folder_that_is_no_place_for_content_is_refused(
    place: str, message: str, source: Path, tmp_path: Path
) -> None:
    put(tmp_path, {"full/file": "x"})
    with pytest.raises(UsageError) as caught:
        run(source, tmp_path / place)
    assert str(caught.value) == message.format((tmp_path / place).as_posix())


def test_what_nobody_can_read_is_counted(tmp_path: Path) -> None:
    source = put(tmp_path / "source", FILES)
    (source / "providers/acme/models/gone.toml").symlink_to("nowhere.toml")
    whole = run(source, tmp_path / "content")
    assert (whole.dropped, len(whole.warnings)) == ({"offering": 1}, 1)
