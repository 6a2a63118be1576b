"""Every offering as a row of a table, and short lines about everything for readers with little room.

    api/v1/offerings.csv            one row for each offering
    api/v1/index.ndjson             one line for each author, model and provider
    providers/<provider>/index.ndjson   one line for each of its offerings

In the table a text cell that a spreadsheet would run gets a `'` in front; nothing else in any file is changed.
"""

import csv
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import StringIO
from operator import itemgetter

from generator.exporters.encode import cell, json_pairs, json_text, number, plain
from generator.exporters.records import API, file
from generator.exporters.shapes import AMOUNT, COUNT, TEXT, one_of, schema_file, table
from generator.output import Output
from generator.schema import Billing, Modality, Model, Offering, Price, Rates, Status
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

_stated = itemgetter("provider", "id", "model", "name", *_FACTS)
_abilities, _sizes, _rates = itemgetter(*_CAN), itemgetter(*_LIMITS), itemgetter(*_RATES)


def csv_outputs(site: Site) -> Iterator[Output]:
    """Yield the table of all offerings."""
    routes, text = site.world.routes.offerings, StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(offering, file(routes[key])) for key, offering in site.world.catalog.facts.items())
    yield Output(f"{API}offerings.csv", text.getvalue().encode())


def _row(of: Offering, where: str) -> list[object]:
    """Return the cells of an offering; the writer knows how to write numbers and what is not known."""
    words = of.modalities
    return [
        *map(cell, _stated(vars(of))),
        *_listed(words.input, words.output),
        *_flags(_abilities(vars(of.capabilities))),
        *_sizes(vars(of.limits)),
        *(_NO_PRICE if of.price is None else _costs(of.price)),
        of.checked,
        cell(where),
    ]


@lru_cache(maxsize=1024)
def _listed(*lists: tuple[Modality, ...]) -> list[str]:
    return [cell(words) for words in lists]


@lru_cache(maxsize=1024)
def _flags(facts: tuple[bool | None, ...]) -> list[str]:
    return [cell(fact) for fact in facts]


def _costs(of: Price) -> list[object]:
    rates = [None if rate is None else plain(rate) for rate in _rates(vars(of))]
    operations = of.operations
    return [of.currency, of.billing, *rates, cell(operations.request), cell(operations.image_output), len(of.tiers)]


def index_outputs(site: Site) -> Iterator[Output]:
    """Yield the short lines."""
    offered, routes = site.world.catalog.offerings_by_provider, site.world.routes
    yield _lines(f"{API}index.ndjson", _index(site))
    for name, stem in routes.providers.items():
        lines = [_line(offering, file(routes.offerings[offering.key])) for offering in offered[name]]
        yield _lines(f"{stem}index.ndjson", lines)


def _index(site: Site) -> Iterator[str]:
    world = site.world
    for name, author in world.catalog.authors.items():
        made, where = len(world.catalog.models_by_author[name]), file(world.routes.authors[name])
        yield json_text({"author": name, "name": author.name, "models": made, "file": where})
    for name, provider in world.catalog.providers.items():
        offered, where = len(world.catalog.offerings_by_provider[name]), file(world.routes.providers[name])
        yield json_text({"provider": name, "name": provider.name, "offerings": offered, "file": where})
    for name, row in world.models.items():
        line, best = {"model": json_text(name), **_told(row.model)}, row.best
        if best:
            line |= {"offering": json_text(f"{best.provider}/{best.id}"), **_price(best.price)}
        line |= {"providers": str(len(row.providers)), "file": json_text(file(world.routes.models[name]))}
        yield json_pairs(line)


def _line(of: Offering, where: str) -> str:
    return json_pairs({"id": json_text(of.id), **_told(of), **_price(of.price), "file": json_text(where)})


def _told(of: Model | Offering) -> dict[str, str]:
    """Return what a line tells of a model and of an offering alike, as texts of JSON."""
    model = of.model if type(of) is Offering else None
    told = {"name": of.name, "model": model, "status": of.status, "context": of.limits.context}
    return {key: json_text(value) for key, value in told.items() if value is not None}


def _price(of: Price | None) -> dict[str, str]:
    """Return what stands for a price in a line: its two main rates, and all that is unusual about it."""
    if of is None:
        return {}
    told = {key: number(rate) for key, rate in (("input", of.input), ("output", of.output)) if rate is not None}
    if of.currency != "USD":
        told["currency"] = json_text(of.currency)
    if of.billing != "metered":
        told["billing"] = json_text(of.billing)
    return told


def _lines(path: str, lines: Iterable[str]) -> Output:
    return Output(path, "".join([f"{line}\n" for line in lines]).encode())


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
