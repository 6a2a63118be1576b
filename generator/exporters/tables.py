"""Every offering as a row of a table, and short lines about everything for readers with little room.

    api/v1/offerings.csv            one row for each offering
    api/v1/index.ndjson             one line for each author, model and provider
    providers/<provider>/index.ndjson   one line for each of its offerings

In the table a text cell that a spreadsheet would run gets a `'` in front; nothing else in any file is changed.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from typing import Any

from generator.exporters.encode import cell, json_text
from generator.exporters.records import API, file
from generator.exporters.shapes import AMOUNT, COUNT, TEXT, one_of, schema_file, table
from generator.output import Output
from generator.schema import Billing, Offering, Rates, Record, Status
from generator.site import Site

__all__ = ["COLUMNS", "csv_outputs", "index_outputs", "schemas"]

_FACTS = ("family", "status", "released", "updated", "knowledge", "deprecated", "retires", "successor", "open_weights")
_CAN = ("attachments", "reasoning", "tool_calls", "structured_outputs", "temperature", "streaming", "web_search")
_LIMITS = ("context", "input", "output", "embedding_dimensions")
_RATES = tuple(Rates.model_fields)

COLUMNS = (
    "provider", "id", "model", "name", *_FACTS, "input_modalities", "output_modalities", *_CAN,
    *(f"limit_{name}" for name in _LIMITS), "currency", "billing", *(f"price_{name}" for name in _RATES),
    "price_per_request", "price_per_image", "tiers", "checked", "file",
)  # fmt: skip
"""The columns of the table. Prices are for one million tokens unless the name says otherwise."""

_NO_PRICE = (None,) * (len(_RATES) + 5)


def csv_outputs(site: Site) -> Iterator[Output]:
    """Yield the table of all offerings."""
    routes, text = site.world.routes.offerings, StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for key, offering in site.world.catalog.facts.items():
        writer.writerow([cell(value) for value in _row(offering, file(routes[key]))])
    yield Output(f"{API}offerings.csv", text.getvalue().encode())


def _row(of: Offering, where: str) -> Iterator[object]:
    yield from (of.provider, of.id, of.model, of.name)
    yield from _each(of, _FACTS)
    yield from (of.modalities.input, of.modalities.output)
    yield from _each(of.capabilities, _CAN)
    yield from _each(of.limits, _LIMITS)
    if (price := of.price) is None:
        yield from _NO_PRICE
    else:
        yield from (price.currency, price.billing)
        yield from _each(price, _RATES)
        yield from (price.operations.request, price.operations.image_output, len(price.tiers))
    yield from (of.checked, where)


def _each(of: Record, names: tuple[str, ...]) -> Iterator[object]:
    return (getattr(of, name) for name in names)


def index_outputs(site: Site) -> Iterator[Output]:
    """Yield the short lines."""
    yield _lines(f"{API}index.ndjson", _index(site))
    for name, stem in site.world.routes.providers.items():
        yield _lines(f"{stem}index.ndjson", (_line(site, o) for o in site.world.catalog.offerings_by_provider[name]))


def _index(site: Site) -> Iterator[dict[str, Any]]:
    world = site.world
    for name, author in world.catalog.authors.items():
        models = len(world.catalog.models_by_author[name])
        yield {"author": name, "name": author.name, "models": models, "file": file(world.routes.authors[name])}
    for name, provider in world.catalog.providers.items():
        offerings = len(world.catalog.offerings_by_provider[name])
        stem = world.routes.providers[name]
        yield {"provider": name, "name": provider.name, "offerings": offerings, "file": file(stem)}
    for name, row in world.models.items():
        line = {"model": name, "name": row.model.name, "status": row.model.status, "context": row.model.limits.context}
        if row.best:
            line |= {"offering": f"{row.best.provider}/{row.best.id}", **_price(row.best)}
        yield _known({**line, "providers": len(row.providers), "file": file(world.routes.models[name])})


def _line(site: Site, of: Offering) -> dict[str, Any]:
    line = {"id": of.id, "name": of.name, "model": of.model, "status": of.status, "context": of.limits.context}
    return _known({**line, **_price(of), "file": file(site.world.routes.offerings[of.key])})


def _price(of: Offering) -> dict[str, Any]:
    """Return what stands for a price in a line: its two main rates, and all that is unusual about it."""
    if of.price is None:
        return {}
    told: dict[str, Any] = {"input": of.price.input, "output": of.price.output}
    if of.price.currency != "USD":
        told["currency"] = of.price.currency
    if of.price.billing != "metered":
        told["billing"] = of.price.billing
    return told


def _known(line: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if value is not None}


def _lines(path: str, lines: Iterable[Mapping[str, Any]]) -> Output:
    return Output(path, "".join(f"{json_text(line)}\n" for line in lines).encode())


def schemas(site: Site) -> Iterator[Output]:
    """Yield the schemas of a line of the index, whatever it is about, and of a row of the table, all of it text."""
    price = {"input": AMOUNT, "output": AMOUNT, "currency": TEXT, "billing": one_of(Billing)}
    facts = {"name": TEXT, "status": one_of(Status), "context": COUNT, **price}
    lines = [
        table({"author": TEXT, "name": TEXT, "models": COUNT, "file": TEXT}),
        table({"provider": TEXT, "name": TEXT, "offerings": COUNT, "file": TEXT}),
        table({"model": TEXT, "providers": COUNT, "file": TEXT}, {**facts, "offering": TEXT}),
        table({"id": TEXT, "file": TEXT}, {**facts, "model": TEXT}),
    ]
    yield schema_file(site, "index", "index.ndjson: one line of it", {"anyOf": lines})
    row = table(dict.fromkeys(COLUMNS, TEXT))
    yield schema_file(site, "offerings", "offerings.csv: one row of it, by the names of its columns", row)
