"""The list of all models in pages, for readers without the script."""

import pytest

from generator.config import Edition
from generator.pages import KINDS, context, plan
from generator.pages.models import LISTED, ModelList, Models, list_numbers
from generator.pages.models import models as models_page
from generator.render import Renderer
from generator.schema import Model, Offering
from generator.theme import Theme
from tests.exporters.sites import site


def models(number: int) -> list[Model]:
    return [Model(id=f"a/m-{i:04}") for i in range(number)]


@pytest.mark.parametrize(
    ("number", "pages"), [(1, []), (LISTED, []), (LISTED + 1, [2]), (2 * LISTED, [2]), (2 * LISTED + 1, [2, 3])]
)
def test_every_model_is_on_one_page_of_the_list(number: int, pages: list[int]) -> None:
    world = site(*models(number)).world
    assert list(list_numbers(world)) == pages
    made = [context(world, page) for page in plan(world) if page.kind in ("models", "list")]
    first, *rest = sorted(made, key=lambda one: (len(one.stem), one.stem))
    assert isinstance(first, Models)
    listed = [row.model.id for row in first.first]
    for one in rest:
        assert isinstance(one, ModelList)
        assert one.pages == first.pages
        listed += [row.model.id for row in one.rows]
    assert listed == [row.model.id for row in first.rows] == sorted(world.catalog.models)
    assert [ref.to for ref in first.pages] == (["models/", *(f"models/page-{page}" for page in pages)] if pages else [])


def test_only_the_html_edition_has_pages_of_the_list() -> None:
    assert "list" in KINDS
    made = site(*models(LISTED + 1), editions=["md"])
    assert [page for page in made.pages if page.kind == "list"] == []
    both = site(*models(LISTED + 1))
    assert [file for file in both.files if "page-2" in file] == ["models/page-2.html"]


def test_what_is_too_much_for_one_page_is_told_in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.models.WHOLE", 4)
    families = [
        Model(id=f"a/{family}-{i}", family=family) for family, size in (("x", 3), ("y", 2)) for i in range(size)
    ]
    loose = [Offering(provider=owner, id=f"{owner}-{i}") for owner, size in (("p", 2), ("q", 3)) for i in range(size)]
    found = site(*families, *loose)
    (page,) = (page for page in found.pages if page.kind == "models")
    made = context(found.world, page)
    assert isinstance(made, Models)
    assert [[group.title for group in groups] for groups in (made.families, made.large, made.small)] == [
        ["x", "y"],
        ["x"],
        ["y"],
    ]
    assert (len(made.rows), made.loose) == (4, ())
    assert [(ref.to, number) for ref, number in made.loose_at] == [("providers/q/", 3), ("providers/p/", 2)]
    assert (made.small_more, made.loose_more) == (0, 0)
    monkeypatch.setattr("generator.pages.models.INDEXED", 1)
    monkeypatch.setattr("generator.pages.models.WHOLE", 1)
    short = models_page(found.world)
    assert [[group.title for group in groups] for groups in (short.large, short.small)] == [[], ["x"]]
    assert [(ref.to, number) for ref, number in short.loose_at] == [("providers/q/", 3)]
    assert (short.small_more, short.loose_more) == (1, 1)
    text = Renderer(found, Theme()).output(short, Edition.MD).data.decode()
    assert "- [_...and 1 more_](../families/README.md)" in text
    assert "[_...and 1 more_](../providers/README.md)" in text
    text = Renderer(found, Theme()).output(made, Edition.MD).data.decode()
    for line in (
        "### [x](../families/x.md) (3 models)",
        "- [y](../families/y.md) (2 models)",
        "Further models (1) are on the pages of their [authors](../authors/README.md).",
        "| [Q](../providers/q/README.md) | 3 |",
    ):
        assert f"\n{line}\n" in text
