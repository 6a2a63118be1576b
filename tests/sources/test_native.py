"""The native layout: ids from paths, the forms a file may have, links inside the folder, and what is left alone.

What is told about a catalog with mistakes stands in `tests/invalid`.
"""

import os
from collections.abc import Mapping
from errno import EACCES
from pathlib import Path

import pytest

from generator.errors import ContentError
from generator.sources import native
from generator.sources.content import Content

LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>\n'
CATALOG: Mapping[str, str] = {
    "site.yaml": "# all as it is\n",
    "README.md": "About this catalog.\n",
    "LICENSE": "MIT\n",
    "templates/model.html": "x\n",
    "authors/acme/author.md": "---\nname: Acme\n---\n\nA lab.\n",
    "authors/acme/logo.svg": LOGO,
    "authors/acme/models/sun.yaml": "name: Sun\n",
    "authors/acme/models/moon.md": "---\nname: Moon\n---\nShines.\n",
    "authors/acme/models/2025/star-1.5.yml": "{}\n",
    "authors/acme/models/odd.yaml": "id: acme/Odd:1\n",
    "authors/idle/author.yaml": "name: Idle\n",
    "providers/tiny/provider.yaml": "name: Tiny\n",
    "providers/tiny/models/acme/sun-1.5.yaml": "model: acme/sun\n",
    "providers/tiny/models/x.yaml": "{id: 'sun:free', model: acme/sun}\n",
    "pages/about.md": "---\ntitle: About\n---\nHello\n",
    ".git/config": "x\n",
    "authors/.DS_Store": "x\n",
    "providers/tiny/models/.x.yaml.swp": "x\n",
}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def clean(folder: Path) -> Content:
    content = native.load(folder, "content")
    assert content.problems == ()
    return content


def test_ids_come_from_paths_unless_a_file_says_its_own(tmp_path: Path) -> None:
    records = clean(write(tmp_path, CATALOG)).records
    assert [entry.value.id for entry in records.authors] == ["acme", "idle"]
    assert [entry.value.id for entry in records.models] == ["acme/2025/star-1.5", "acme/moon", "acme/Odd:1", "acme/sun"]
    assert [entry.value.key for entry in records.offerings] == [("tiny", "acme/sun-1.5"), ("tiny", "sun:free")]
    assert records.broken == frozenset()


def test_text_below_front_matter_is_prose(tmp_path: Path) -> None:
    content = clean(write(tmp_path, CATALOG))
    assert {entry.value.id: entry.value.prose for entry in content.records.authors} == {"acme": "A lab.", "idle": ""}
    assert {entry.value.id: entry.value.prose for entry in content.records.models if entry.value.prose} == {
        "acme/moon": "Shines."
    }
    assert [(page.value.name, page.value.title, page.value.prose) for page in content.pages] == [
        ("about", "About", "Hello")
    ]


def test_logos_stand_beside_their_owners(tmp_path: Path) -> None:
    assert clean(write(tmp_path, CATALOG)).records.logos == {"authors/acme": LOGO.encode()}


def test_documents_are_called_by_the_name_of_the_catalog(tmp_path: Path) -> None:
    records = clean(write(tmp_path, CATALOG)).records
    assert records.providers[0].document.path == "content/providers/tiny/provider.yaml"
    named = native.load(tmp_path).records.providers[0]
    assert named.document.path == f"{tmp_path.as_posix()}/providers/tiny/provider.yaml"


def test_links_inside_the_folder_are_followed(tmp_path: Path) -> None:
    write(tmp_path, CATALOG)
    (tmp_path / "providers/tiny/models/twin.yaml").symlink_to("acme/sun-1.5.yaml")
    (tmp_path / "providers/tiny/models/more").symlink_to("acme")
    assert [entry.value.id for entry in clean(tmp_path).records.offerings] == [
        "acme/sun-1.5",
        "more/sun-1.5",
        "twin",
        "sun:free",
    ]


def test_a_link_to_an_owner_is_another_owner(tmp_path: Path) -> None:
    write(tmp_path, CATALOG)
    (tmp_path / "providers/big").symlink_to("tiny")
    records = clean(tmp_path).records
    assert [entry.value.id for entry in records.providers] == ["big", "tiny"]
    assert [entry.value.provider for entry in records.offerings] == ["big", "big", "tiny", "tiny"]


@pytest.mark.parametrize(
    ("files", "is_native"),
    [
        ({"site.yaml": ""}, True),
        ({"authors/a/author.md": ""}, True),
        ({"providers/a/provider.yaml": ""}, True),
        ({"providers/a/models/b.yaml": ""}, False),
        ({"authors/a.yaml": ""}, False),
        ({"providers.yaml": ""}, False),
        ({}, False),
    ],
)
def test_the_layout_is_known_by_its_shape(files: dict[str, str], is_native: bool, tmp_path: Path) -> None:
    assert native.recognises(write(tmp_path, files)) is is_native


def test_what_is_no_folder_is_no_catalog(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as caught:
        native.load(tmp_path / "content", "content")
    assert str(caught.value) == "content: error: is not a folder\n    hint: give the folder that holds site.yaml"


def test_a_catalog_has_a_limit_of_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(native, "MAX_FILES", 2)
    with pytest.raises(ContentError) as caught:
        native.load(write(tmp_path, CATALOG), "content")
    assert str(caught.value) == "content: error: holds more than 2 files"


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scandir = os.scandir

    def refuse(folder: str) -> object:
        if Path(folder).name == "models":
            raise PermissionError(EACCES, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert [str(problem) for problem in native.load(write(tmp_path, CATALOG), "content").problems] == [
        "content/authors/acme/models: error: cannot be read: Permission denied",
        "content/providers/tiny/models: error: cannot be read: Permission denied",
    ]


def test_references_to_what_has_faults_are_not_told_again(tmp_path: Path) -> None:
    files = {
        "authors/acme/author.yaml": "nmae: Acme\naliases: [acme-inc]\n",
        "authors/acme/models/sun.yaml": "{id: acme/Sun, nmae: Sun, aliases: [acme/sol]}\n",
        "providers/tiny/models/x.yaml": "id: x\n",
    }
    records = native.load(write(tmp_path, files)).records
    assert records.broken == {"author/acme", "model/acme/sun", "provider/tiny"}
    assert records.meant == {"author/acme-inc", "model/acme/Sun", "model/acme/sol"}
