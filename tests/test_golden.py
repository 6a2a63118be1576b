from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from generator.build import build
from generator.config import Settings
from generator.schema import Author, FreePage, Model, Offering, Provider
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


def fields(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield f"{prefix}{name}"
        nested = [t for t in (info.annotation, *getattr(info.annotation, "__args__", ())) if isinstance(t, type)]
        for kind in nested:
            if issubclass(kind, BaseModel):
                yield from fields(kind, f"{prefix}{name}.")


def used(value: Any, prefix: str = "") -> Iterator[str]:
    if isinstance(value, BaseModel):
        for name in value.model_fields_set:
            yield f"{prefix}{name}"
            yield from used(getattr(value, name), f"{prefix}{name}.")
    elif isinstance(value, tuple):
        for item in value:
            yield from used(item, prefix)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from used(item, prefix)


@pytest.mark.parametrize("schema", [Author, Model, Provider, Offering, FreePage, Settings])
def test_the_golden_catalog_uses_every_field(schema: type[BaseModel]) -> None:
    content = native.load(Path(CONTENT))
    assert content.problems == ()
    records = content.records
    values: dict[type[BaseModel], list[Any]] = {
        Author: [entry.value for entry in records.authors],
        Model: [entry.value for entry in records.models],
        Provider: [entry.value for entry in records.providers],
        # What an offering may say about the model itself is used by the models.
        Offering: [entry.value for entry in (*records.offerings, *records.models)],
        FreePage: [entry.value for entry in content.pages],
        Settings: [content.settings],
    }
    stated = {name for value in values[schema] for name in used(value)}
    assert sorted(set(fields(schema)) - stated) == []
