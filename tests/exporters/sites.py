"""Sites that the tests of exporters look at: the golden catalog, a checkout of models.dev, and any records at hand."""

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from generator.catalog import Catalog, Entry, Records
from generator.config import Settings
from generator.documents import Document
from generator.linking import link
from generator.output import Output
from generator.schema import Author, FreePage, Model, Offering, Provider, Record
from generator.site import Site
from generator.sources import modelsdev, native
from generator.sources.tree import Tree
from tests.golden import CONTENT


@cache
def golden(**changes: Any) -> Site:
    """Return the golden catalog as a site, with other settings where they are given."""
    content = native.load(CONTENT)
    catalog, problems = link(content.records)
    assert problems == []
    settings = {**content.settings.model_dump(exclude_unset=True), **changes}
    return Site.of(catalog, Settings.model_validate(settings), [entry.value for entry in content.pages])


def checkout(folder: Path, settings: Settings = Settings()) -> Site:
    """Return a checkout of models.dev as a site."""
    content = modelsdev.load(Tree.open(folder, "m"))
    return Site.of(link(content.records)[0], settings)


def site(*values: Record, pages: Iterable[FreePage] = (), logos: Mapping[str, bytes] = {}, **settings: Any) -> Site:
    """Return a site of records; whoever is named and not among them is made."""
    found: dict[type[Record], dict[Any, Record]] = {Author: {}, Model: {}, Provider: {}, Offering: {}}
    for value in values:
        found[type(value)][getattr(value, "key", None) or value.id] = value  # type: ignore[attr-defined]  # all four have one
    for model in found[Model].values():
        assert isinstance(model, Model)
        found[Author].setdefault(model.author, Author(id=model.author, name=model.author.title()))
    for offering in found[Offering].values():
        assert isinstance(offering, Offering)
        found[Provider].setdefault(offering.provider, Provider(id=offering.provider, name=offering.provider.title()))
    return Site.of(_catalog(found, logos), Settings.model_validate(settings), pages)


def _catalog(found: Mapping[type[Record], Mapping[Any, Any]], logos: Mapping[str, bytes]) -> Catalog:
    def entries(kind: type[Any]) -> tuple[Entry[Any], ...]:
        return tuple(Entry(value, Document("t", {})) for value in found[kind].values())

    records = Records(
        authors=entries(Author),
        models=entries(Model),
        providers=entries(Provider),
        offerings=entries(Offering),
        logos=logos,
    )
    catalog, problems = link(records)
    assert problems == []
    return catalog


def offering(**facts: Any) -> Offering:
    """Return an offering of a provider `p` under the id `x`, unless the facts say otherwise."""
    return Offering.model_validate({"provider": "p", "id": "x", **facts})


def files(outputs: Iterable[Output]) -> dict[str, bytes]:
    """Return outputs by path; two of one path are a fault."""
    found: dict[str, bytes] = {}
    for output in outputs:
        assert output.path not in found
        found[output.path] = output.data
    return found


def parsed(data: bytes) -> Any:
    """Return what JSON says, its numbers exact."""
    return json.loads(data, parse_float=Decimal)
