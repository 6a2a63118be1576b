"""Records -> files of the native layout -> the same records."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.catalog import Catalog
from generator.errors import ContentError
from generator.linking import link
from generator.schema import Author, FreePage, Model, Offering, Provider, Record, check_id
from generator.sources import native
from generator.sources.native_writer import File, body, facts, files

GOLDEN = Path(__file__).parent.parent / "golden" / "content"


def catalog(
    authors: Iterable[Author] = (),
    models: Iterable[Model] = (),
    providers: Iterable[Provider] = (),
    offerings: Iterable[Offering] = (),
) -> Catalog:
    return Catalog(
        authors={author.id: author for author in authors},
        models={model.id: model for model in models},
        providers={provider.id: provider for provider in providers},
        offerings={offering.key: offering for offering in offerings},
    )


def served(*names: str) -> Catalog:
    offerings = [Offering(id=name, provider="p") for name in names]
    return catalog(providers=[Provider(id="p", name="P")], offerings=offerings)


def write(made: Iterable[File], folder: Path) -> None:
    for file in made:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file.text, encoding="utf-8")


def read(folder: Path) -> Catalog:
    content = native.load(folder)
    assert content.problems == ()
    found, problems = link(content.records)
    assert problems == []
    return found


def said(found: Catalog) -> dict[str, dict[Any, dict[str, Any]]]:
    """Return everything that a catalog states, down to which facts are stated."""

    def stated(record: Record) -> dict[str, Any]:
        return record.model_dump(exclude_unset=True, exclude={"prose"}) | {"prose": body(record)}

    sections = ("authors", "models", "providers", "offerings")
    return {name: {key: stated(value) for key, value in getattr(found, name).items()} for name in sections}


def test_a_catalog_that_uses_every_field_comes_back_as_it_was(tmp_path: Path) -> None:
    content = native.load(GOLDEN)
    before = link(content.records)[0]
    pages = [entry.value for entry in content.pages]
    write(files(before, pages), tmp_path)
    assert said(read(tmp_path)) == said(before)
    assert [entry.value for entry in native.load(tmp_path).pages] == pages


def test_what_is_written_once_is_written_the_same_again(tmp_path: Path) -> None:
    first = list(files(link(native.load(GOLDEN).records)[0]))
    write(first, tmp_path)
    assert {file.path: file.text for file in files(read(tmp_path))} == {file.path: file.text for file in first}


@pytest.mark.parametrize(
    ("record", "key", "path", "text"),
    [
        (Author(id="acme", name="Acme"), "author/acme", "authors/acme/author.md", "---\nname: Acme\n---\n"),
        (
            Author(id="Acme", name="Acme", prose="\n\n  - a list\n\n"),
            "author/Acme",
            "authors/acme/author.md",
            "---\nid: Acme\nname: Acme\n---\n\n  - a list\n",
        ),
        (Model(id="acme/sun"), "model/acme/sun", "authors/acme/models/sun.yaml", "{}\n"),
        (
            Model(id="acme/sun", name="Sun", description="Warm.", prose="Text."),
            "model/acme/sun",
            "authors/acme/models/sun.md",
            "---\nname: Sun\ndescription: Warm.\n---\n\nText.\n",
        ),
        (
            Model(id="acme/Sun:1"),
            "model/acme/Sun:1",
            "authors/acme/models/sun-1.yaml",
            "id: acme/Sun:1\n",
        ),
        (
            Offering(id="a/b", provider="p", model="acme/sun", family="x", name="B"),
            "offering/p/a/b",
            "providers/p/models/a/b.yaml",
            "name: B\nmodel: acme/sun\nfamily: x\n",
        ),
        (
            Offering(id="a@1.yaml", provider="p"),
            "offering/p/a@1.yaml",
            "providers/p/models/a-at-1-yaml.yaml",
            "id: a@1.yaml\n",
        ),
        (
            Offering(id="a", provider="p", family=None, regions=()),
            "offering/p/a",
            "providers/p/models/a.yaml",
            "family: null\nregions: []\n",
        ),
        (
            FreePage(name="about", title="About", prose="Us."),
            "page/about",
            "pages/about.md",
            "---\ntitle: About\n---\n\nUs.\n",
        ),
    ],
)
def test_a_file_says_what_its_record_states_and_its_path_does_not(
    record: Record, key: str, path: str, text: str
) -> None:
    owners = {"authors": [Author(id="acme", name="Acme")], "providers": [Provider(id="p", name="P")]}
    if isinstance(record, Author):
        found = files(catalog(authors=[record]))
    elif isinstance(record, Model):
        found = files(catalog(**owners, models=[record]))  # type: ignore[arg-type]  # the lists are of the right kinds
    elif isinstance(record, Offering):
        found = files(catalog(**owners, offerings=[record]))  # type: ignore[arg-type]  # as above
    else:
        assert isinstance(record, FreePage)
        found = files(catalog(), [record])
    assert [(file.path, file.text) for file in found if file.key == key] == [(path, text)]


def test_facts_stand_without_what_the_path_and_the_prose_say() -> None:
    assert facts(Offering(id="a", provider="p", name="A")) == {"name": "A"}
    assert facts(Provider(id="p", name="P", prose="Text.")) == {"name": "P"}
    assert facts(FreePage(name="p", title="P", prose="Text.")) == {"title": "P"}


@pytest.mark.parametrize(
    "names",
    [
        ("GPT", "gpt", "Gpt"),
        ("a:b", "a-b", "a b", "a@b", "a-at-b"),
        ("a", "a/b", "a/b/c", "a.yaml", "a.yaml/b", "a.md", "a.md/b"),
        ("con", "aux/x", "index", "readme", "404", "nul.txt", "com1"),
        ("~", "~x", ".hidden", "a/.b", "..a", "a.", "a..."),
        ("ß", "ss", "\u00e9", "e\u0301", "K", "\u212a"),
        ("x" * 200, "x" * 199 + "y"),
        ("a%2Fb", "a/b", "a?b", "a*b", 'a"b', "a|b", "a<b"),
    ],
)
def test_ids_that_no_path_can_say_or_not_beside_another_come_back_as_they_were(
    names: tuple[str, ...], tmp_path: Path
) -> None:
    made = list(files(served(*names)))
    folded = {file.path.casefold() for file in made}
    assert len(folded) == len(made) == len(names) + 1
    write(made, tmp_path)
    assert set(read(tmp_path).offerings) == {("p", name) for name in names}


ODD = st.text(st.sampled_from("aAbB/:@.~- +_é\u212akK%#?*|<>\"'0"), min_size=1, max_size=12)
MARKED = st.lists(st.sampled_from(["a", "A", "b.yaml", "b", ".md", "con", ":", "@", "~", "."]), min_size=1, max_size=5)


def is_id(text: str) -> bool:
    try:
        return check_id(text) == text
    except ValueError:
        return False


IDS = st.lists((ODD | MARKED.map("/".join)).filter(is_id), unique=True, min_size=1, max_size=12)


@given(IDS)
def test_no_two_ids_ever_share_a_file_and_each_file_says_its_own(names: list[str]) -> None:
    made = [file for file in files(served(*names)) if file.key.startswith("offering/")]
    assert len({file.path.casefold() for file in made}) == len(names)
    folders = {parent.as_posix().casefold() for file in made for parent in Path(file.path).parents}
    assert folders.isdisjoint(file.path.casefold() for file in made)
    for file in made:
        said_by_path = file.stem.removeprefix("providers/p/models/")
        assert file.key == f"offering/p/{file.data.get('id', said_by_path)}"
        assert file.path.isprintable()
        assert not any(part.startswith(".") or part != part.strip() for part in file.path.split("/"))


def test_owners_whose_ids_no_folder_can_have_come_back_as_they_were(tmp_path: Path) -> None:
    names = ("Acme", "acme", "01.AI", "a:b", "con")
    before = catalog(
        authors=[Author(id=name, name=name) for name in names],
        models=[Model(id=f"{name}/m") for name in names],
        providers=[Provider(id=name, name=name) for name in names],
        offerings=[Offering(id="m", provider=name, model=f"{name}/m") for name in names],
    )
    write(files(before), tmp_path)
    assert said(read(tmp_path)) == said(before)
    assert len({path.name.casefold() for path in (tmp_path / "authors").iterdir()}) == len(names)


def test_two_files_about_one_owner_are_a_fault(tmp_path: Path) -> None:
    for folder, text in (("a", "name: A\n"), ("b", "id: a\nname: B\n")):
        (tmp_path / "providers" / folder).mkdir(parents=True)
        (tmp_path / "providers" / folder / "provider.yaml").write_text(text)
    problems = link(native.load(tmp_path).records)[1]
    with pytest.raises(ContentError, match="provider `a` is defined a second time"):
        raise ContentError(problems)
