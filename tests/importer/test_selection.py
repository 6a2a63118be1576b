"""Parts of a catalog, each with all that it refers to."""

import pytest

from generator.catalog import Catalog
from generator.errors import UsageError
from generator.importer.selection import Selection
from generator.schema import Author, Lineage, Model, Offering, Provider

AUTHORS = ("acme", "bolt", "calm", "idle")
MODELS = (
    Model(id="acme/one", successor="acme/two"),
    Model(id="acme/two", lineage=Lineage(parent="bolt/base")),
    Model(id="bolt/base", authors=("calm",)),
    Model(id="bolt/other"),
)
OFFERINGS = (
    Offering(id="one", provider="east", model="acme/one"),
    Offering(id="other", provider="west", model="bolt/other"),
    Offering(id="loose", provider="west", authors=("idle",)),
    Offering(id="nobody", provider="west"),
)
WHOLE = Catalog(
    authors={name: Author(id=name, name=name) for name in AUTHORS},
    models={model.id: model for model in MODELS},
    providers={name: Provider(id=name, name=name) for name in ("east", "empty", "west")},
    offerings={offering.key: offering for offering in OFFERINGS},
)
EVERYTHING = "acme bolt calm idle | acme/one acme/two bolt/base bolt/other | east empty west | one other loose nobody"


@pytest.mark.parametrize(
    ("selection", "part"),
    [
        (Selection(), EVERYTHING),
        (Selection(providers=("east",)), "acme bolt calm | acme/one acme/two bolt/base | east | one"),
        (Selection(providers=("e*",)), "acme bolt calm | acme/one acme/two bolt/base | east empty | one"),
        (Selection(providers=("w?st",)), "bolt idle | bolt/other | west | other loose nobody"),
        (Selection(authors=("bolt",)), "bolt calm | bolt/base bolt/other | west | other"),
        (Selection(authors=("idle",)), "idle |  | west | loose"),
        (Selection(authors=("acme",)), "acme bolt calm | acme/one acme/two bolt/base | east | one"),
        (Selection(providers=("west",), authors=("bolt",)), "bolt | bolt/other | west | other"),
        (Selection(kinds=("authors",)), "acme bolt calm idle |  |  | "),
        (Selection(kinds=("models",)), "acme bolt calm idle | acme/one acme/two bolt/base bolt/other |  | "),
        (Selection(kinds=("providers",)), " |  | east empty west | "),
        (Selection(kinds=("offerings",)), EVERYTHING),
        (Selection(kinds=("models",), authors=("bolt",)), "bolt calm | bolt/base bolt/other |  | "),
        (Selection(kinds=("models",), providers=("east",)), "acme bolt calm | acme/one acme/two bolt/base |  | "),
    ],
)
def test_a_part_holds_what_is_asked_for_and_what_that_refers_to(selection: Selection, part: str) -> None:
    found = selection.of(WHOLE)
    offerings = [name for _, name in found.offerings]
    assert " | ".join(map(" ".join, (found.authors, found.models, found.providers, offerings))) == part


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(providers=("eats",)), "there is no provider `eats` in the source; did you mean `east`?"),
        (Selection(authors=("acme", "zzz")), "there is no author `zzz` in the source"),
        (Selection(authors=("x*",)), "there is no author `x*` in the source"),
    ],
)
def test_a_pattern_that_fits_nothing_is_told(selection: Selection, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        selection.of(WHOLE)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("selection", "covered"),
    [
        (Selection(), "author/acme model/acme/x provider/east offering/east/x page/about"),
        (Selection(providers=("east",)), "provider/east offering/east/x"),
        (Selection(authors=("acme",)), "author/acme model/acme/x"),
        (Selection(authors=("acme",), providers=("east",)), ""),
        (Selection(kinds=("models",)), "model/acme/x"),
        (Selection(kinds=("offerings",), providers=("west",)), ""),
    ],
)
def test_what_is_gone_is_missed_only_where_it_was_asked_for(selection: Selection, covered: str) -> None:
    keys = ("author/acme", "model/acme/x", "provider/east", "offering/east/x", "page/about")
    assert [key for key in keys if selection.covers(key)] == covered.split()
