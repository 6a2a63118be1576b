from collections.abc import Iterator
from typing import Any, cast, get_args

import pytest
from pydantic import BaseModel

from generator.build import build
from generator.catalog import Entry
from generator.config import Settings
from generator.schema import Author, Facts, FreePage, Model, Offering, Provider, Rates
from generator.sources import native
from tests.golden import CONTENT, SITE, pages


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    target = tmp_path_factory.mktemp("golden") / "site"
    build(CONTENT, target)
    return pages(target)


def test_the_same_pages_exist(built: dict[str, str]) -> None:
    assert sorted(built) == sorted(pages(SITE))


@pytest.mark.parametrize("name", sorted(pages(SITE)))
def test_each_page_is_as_it_was_read_and_approved(built: dict[str, str], name: str) -> None:
    assert built[name] == (SITE / name).read_text(encoding="utf-8")


def test_pages_are_ascii_but_for_what_the_catalog_says(built: dict[str, str]) -> None:
    others = {letter for name, page in built.items() if name.endswith(".html") for letter in page if letter > "\x7f"}
    assert others == {"í"}  # of Reykjavík


def fields(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield f"{model.__name__}.{name}"
        for kind in (info.annotation, *get_args(info.annotation)):
            if isinstance(kind, type) and issubclass(kind, BaseModel):
                yield from fields(kind)


def used(value: Any) -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield from (f"{kind.__name__}.{name}" for kind in type(value).__mro__)
            yield from used(getattr(value, name))
    elif isinstance(value, tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from used(item)


def test_the_golden_catalog_uses_every_field() -> None:
    content = native.load(CONTENT)
    assert content.problems == ()
    records = content.records
    kinds = (records.authors, records.models, records.providers, records.offerings, content.pages)
    values = [entry.value for entries in kinds for entry in cast("tuple[Entry[Any], ...]", entries)]
    stated = {name for value in (*values, content.settings) for name in used(value)}
    # What an offering may say about the model itself is said by the models; what a tier may say, by its price.
    inherited = {f"Offering.{name}" for name in Facts.model_fields} | {f"Tier.{name}" for name in Rates.model_fields}
    known = {name for schema in (Author, Model, Provider, Offering, FreePage, Settings) for name in fields(schema)}
    assert sorted(known - stated - inherited) == []
