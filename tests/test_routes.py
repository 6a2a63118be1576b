"""Routes: every thing of a catalog has a stem of its own, whatever the ids."""

from generator.catalog import Catalog
from generator.pages.routes import Routes
from generator.paths import file_of
from generator.schema import Author, FreePage, Model, Offering, Provider

AUTHORS = ["acme", "ACME", "index.html", "readme.md"]
MODELS = ["acme/sun", "acme/Sun", "acme/sun/2", "ACME/sun", "acme/models"]
PROVIDERS = ["tiny", "Tiny"]
OFFERINGS = [("tiny", "sun:free"), ("tiny", "sun-free"), ("tiny", "@cf/acme/sun"), ("Tiny", "sun-free")]
FAMILIES = ["sun/small", "sun-small", "Sun", "sun", "index"]


def made() -> Routes:
    families = dict(zip(MODELS, FAMILIES, strict=True))
    catalog = Catalog(
        authors={name: Author(id=name, name=name) for name in AUTHORS},
        models={name: Model(id=name, family=families[name]) for name in MODELS},
        providers={name: Provider(id=name, name=name) for name in PROVIDERS},
        offerings={key: Offering(provider=key[0], id=key[1]) for key in OFFERINGS},
    )
    return Routes.of(catalog, [FreePage(name="about", title="About"), FreePage(name="About", title="About")])


def test_plain_ids_have_plain_stems() -> None:
    routes = made()
    assert routes.authors["acme"] == "authors/acme/"
    assert routes.models["acme/sun"] == "authors/acme/models/sun"
    assert routes.models["acme/sun/2"] == "authors/acme/models/sun/2"
    assert routes.providers["tiny"] == "providers/tiny/"
    assert routes.offerings["tiny", "sun-free"] == "providers/tiny/models/sun-free"
    assert routes.offerings["tiny", "@cf/acme/sun"] == "providers/tiny/models/-at-cf/acme/sun"
    assert routes.families["sun"] == "families/sun"
    assert routes.pages["about"] == "pages/about"


def test_no_two_things_share_a_file_nor_a_file_its_name_with_a_folder() -> None:
    routes = made()
    tables = (routes.authors, routes.models, routes.providers, routes.offerings, routes.families, routes.pages)
    stems = [stem for table in tables for stem in table.values()] + [
        "",
        "authors/",
        "providers/",
        "models/",
        "families/",
    ]
    assert len(stems) == len(AUTHORS) + len(MODELS) + len(PROVIDERS) + len(OFFERINGS) + len(FAMILIES) + 2 + 5
    files = [file_of(stem, edition).casefold() for stem in stems for edition in ("html", "md")]
    assert len(set(files)) == len(files)
    folders = {file[:i] for file in files for i, c in enumerate(file) if c == "/"}
    assert not folders & set(files)


def test_a_model_lies_below_its_own_author() -> None:
    routes = made()
    assert routes.models["ACME/sun"] == f"{routes.authors['ACME']}models/sun"
    assert routes.offerings["Tiny", "sun-free"] == f"{routes.providers['Tiny']}models/sun-free"


def test_families_have_one_part_and_do_not_meet() -> None:
    routes = made()
    assert routes.families["sun-small"] == "families/sun-small"
    assert routes.families["sun/small"].startswith("families/sun-small-")
