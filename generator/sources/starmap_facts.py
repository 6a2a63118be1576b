"""Starmap's tables of model facts -> ours: the one mapping for both of its layouts, for definitions and for offerings.

Starmap writes `0` for a limit it does not know and `false` for most capabilities that nobody checked. The zeros are
taken as not known and kept among the leftovers; a `false` stays as it is stated. Prices are exact: one per token is
moved by six digits.
"""

from collections.abc import Iterable, Mapping
from decimal import Context, Decimal
from typing import Any

from generator.documents import Loc
from generator.schema import Capabilities, Generation, Model, Offering
from generator.sources.starmap_reading import Reading

__all__ = ["author_ids", "definition", "offering"]

_PLAIN = {
    "name": "name",
    "description": "description",
    "status": "status",
    "created_at": "created_at",
    "updated_at": "updated_at",
    "lineage.family": "family",
    "metadata.open_weights": "open_weights",
    "metadata.tags": "tags",
    "metadata.architecture.parameter_count": "architecture.parameters",
    "metadata.architecture.type": "architecture.type",
    "metadata.architecture.tokenizer": "architecture.tokenizer",
    "metadata.architecture.precision": "architecture.precision",
    "metadata.architecture.quantization": "architecture.quantization",
    "metadata.architecture.fine_tuned": "architecture.fine_tuned",
    "metadata.architecture.base_model": "architecture.base_model",
    "features.modalities.input": "modalities.input",
    "features.modalities.output": "modalities.output",
    "attachments.mime_types": "attachments.mime_types",
    "attachments.max_file_size": "attachments.max_file_size",
    "attachments.max_files": "attachments.max_files",
    "reasoning.levels": "reasoning.effort.levels",
    "reasoning.default": "reasoning.effort.default",
    "verbosity.levels": "verbosity.levels",
    "verbosity.default": "verbosity.default",
    "tools.tool_choices": "tools.choices",
    "tools.web_search.max_results": "tools.web_search.max_results",
    "tools.web_search.search_context_sizes": "tools.web_search.context_sizes",
    "tools.web_search.default_context_size": "tools.web_search.default_context_size",
    "response.protocols": "response.protocols",
    "response.streaming": "response.streaming",
    "response.formats": "response.formats",
}
_RELEASE = ("metadata", "release_date")
_DATES: Mapping[Loc, str] = {
    _RELEASE: "released",
    ("metadata", "knowledge_cutoff"): "knowledge",
    ("deprecated_at",): "deprecated",
    ("retires_at",): "retires",
}
_LIMITS = {"context_window": "context", "input_tokens": "input", "output_tokens": "output"}
_TOKENS = {
    "input": "input",
    "output": "output",
    "reasoning": "reasoning",
    "cache_read": "cache_read",
    "cache_write": "cache_write",
    "cache.read": "cache_read",  # the older way to write it
    "cache.write": "cache_write",
}
_OPERATIONS = {
    "request": "request",
    "image_input": "image_input",
    "image_gen": "image_output",
    "web_search": "web_search",
    "function_call": "function_call",
    "tool_use": "tool_use",
}
# Per second, per minute or per million tokens, as it came: the source does not say which.
_WITHOUT_UNIT = {
    "audio_input": "Audio input",
    "audio_gen": "Audio output",
    "video_input": "Video input",
    "video_gen": "Video output",
}
_NO_UNIT = "The source gives prices for audio and video without their unit."


def definition(reading: Reading, known: Mapping[str, str], author: str, path: str) -> Model:
    """Return a model as its author's folder defines it; `known` gives the id of an author by id or alias."""
    slug = _id(reading, path)
    others = [other for other in author_ids(reading, known) if other != known.get(author, author)]
    for name in ("root", "parent"):
        reading.move(f"lineage.{name}", f"lineage.{name}")
    _facts(reading)
    return reading.build(Model, id=f"{author}/{slug}", **({"authors": others} if others else {}))


def offering(reading: Reading, known: Mapping[str, str], provider: str, path: str) -> Offering:
    """Return what a provider serves. It names its authors only when it names no model, which has them."""
    identifier = _id(reading, path)
    named = reading.see("authors")
    authors = author_ids(reading, known)
    if (model := reading.take("model")) is None:
        reading.put(("authors",), authors or None, ("authors",))
    else:
        reading.put(("model",), model, ("model",))
        author = str(model).partition("/")[0]
        if authors != [known.get(author, author)]:
            reading.left["authors"] = named
    _facts(reading)
    _price(reading, ("pricing",), ("price",))
    _modes(reading)
    return reading.build(Offering, id=identifier, provider=provider)


def author_ids(reading: Reading, known: Mapping[str, str]) -> list[str]:
    """Return the ids of the known authors that a record names, in its order; report each of the others.

    The list is taken, unless it names somebody unknown: then it stays among the leftovers.
    """
    named = [(place, str(item.get("id", ""))) for place, item in reading.items("authors")]
    strangers = [(place, author) for place, author in named if author not in known]
    for place, author in strangers:
        reading.warn((*place, "id"), f"there is no author `{author}`", "the author is taken as not known")
    if not strangers:
        reading.take("authors")
    return list(dict.fromkeys(known[author] for _, author in named if author in known))


def _id(reading: Reading, path: str) -> object:
    """Return the id that the record states, else the one its path gives."""
    stated = reading.take("id")
    return path if stated is None else stated


def _facts(reading: Reading) -> None:
    for theirs, ours in _PLAIN.items():
        reading.move(theirs, ours)
    for place, name in _DATES.items():
        if place == _RELEASE and reading.has_time_of_day(*place):
            what = f"`{reading.see(*place)}` is the moment of a sync, not the day of a release"
            reading.warn(place, what, "the release date is taken as not known")
        else:
            reading.move_date(place, (name,))
    reading.gather(("features",), ("capabilities",), {name: name for name in Capabilities.model_fields})
    _limits(reading)
    for name in Generation.model_fields:
        _range(reading, ("generation", name), ("generation", name))
    _range(reading, ("reasoning_tokens",), ("reasoning", "budget"), _counting(reading.mapping("reasoning_tokens")))


def _limits(reading: Reading) -> None:
    stated = reading.mapping("limits")
    known = {theirs: ours for theirs, ours in _LIMITS.items() if stated.get(theirs) != 0}
    reading.gather(("limits",), ("limits",), known)


def _range(reading: Reading, source: Loc, target: Loc, keys: Iterable[str] = ("min", "max", "default")) -> None:
    """Take the range of a parameter; a single number is the most it may be."""
    value = reading.see(*source)
    if isinstance(value, dict):
        reading.gather(source, target, {key: key for key in keys})
    elif value is not None:
        reading.put((*target, "max"), reading.take(*source), source)


def _counting(stated: Mapping[str, Any]) -> list[str]:
    """Return the keys of a range of token counts that state something: a most or a default of 0 is none."""
    return [key for key in ("min", "max", "default") if stated.get(key) or (key == "min" and stated.get("max"))]


def _price(reading: Reading, source: Loc, target: Loc) -> None:
    """Take a price with its tiers. Amounts alone make it one; a currency does not."""
    _rates(reading, (*source, "tokens"), target)
    reading.gather((*source, "operations"), (*target, "operations"), _OPERATIONS)
    unclear = [name for name in _WITHOUT_UNIT if reading.see(*source, "operations", name) is not None]
    for place, name in enumerate(unclear):
        where = (*source, "operations", name)
        reading.put((*target, "units", place, "amount"), reading.take(*where), where)
        reading.put((*target, "units", place, "name"), _WITHOUT_UNIT[name], where)
        reading.put((*target, "units", place, "per"), "operation", where)
    _tiers(reading, source, target)
    if not reading.states(*target):
        return
    if unclear:
        reading.put((*target, "note"), _NO_UNIT, (*source, "operations"))
    reading.gather(source, target, {"currency": "currency"})
    for name in ("effective_from", "effective_until"):
        reading.move_date((*source, name), (*target, name))


def _rates(reading: Reading, source: Loc, target: Loc) -> None:
    tokens = reading.mapping(*source)
    older = reading.mapping(*source, "cache") if "cache" in tokens else {}
    for theirs, ours in _TOKENS.items():
        path = tuple(theirs.split("."))
        stated = older.get(path[1]) if len(path) > 1 else tokens.get(theirs)
        if stated is None or reading.states(*target, ours):
            continue
        where = (*source, *path)
        reading.mapping(*where)
        if (amount := reading.see(*where, "per_1m")) is not None:
            reading.take(*where, "per_1m")
            reading.put((*target, ours), amount, (*where, "per_1m"))
        elif (amount := reading.take(*where, "per_token")) is not None:
            reading.put((*target, ours), _per_million(amount), (*where, "per_token"))


def _per_million(amount: Any) -> Any:
    """Return a price per token as one per million, to the last digit; what is no number is returned as it is."""
    is_number = isinstance(amount, int | Decimal) and not isinstance(amount, bool)
    return Decimal(amount).scaleb(6, Context(prec=60)) if is_number else amount


def _tiers(reading: Reading, source: Loc, target: Loc) -> None:
    """Take the tiers by size of context, smallest first; a second one of the same size stays among the leftovers."""
    tiers: dict[int, Loc] = {}
    for place, tier in reading.items(*source, "tiers"):
        size = tier.get("size")
        key = size if isinstance(size, int) else -1
        if tier.get("type", "context") != "context":
            reading.warn((*place, "type"), f"`{tier['type']}` is not a kind of tier we know", "the tier is left out")
        elif key in tiers:
            reading.warn((*place, "size"), f"there is a tier above {size} already", "the first one holds")
        else:
            tiers[key] = place
    for index, (_, place) in enumerate(sorted(tiers.items())):
        here = (*target, "tiers", index)
        reading.take(*place, "type")
        reading.gather(place, here, {"size": "above", "name": "name"})
        _rates(reading, (*place, "tokens"), here)


def _modes(reading: Reading) -> None:
    """Take the other ways to have it served. What is nested in the body of a request stays among the leftovers."""
    for name in reading.mapping("modes"):
        here: Loc = ("modes", name)
        if not reading.mapping(*here):
            continue
        reading.facts.setdefault("modes", {})[name] = {}
        reading.places[here] = here
        reading.gather(here, here, {"description": "description", "provider.headers": "headers"})
        _price(reading, (*here, "pricing"), (*here, "price"))
        body = (*here, "provider", "body")
        plain = [key for key, item in reading.mapping(*body).items() if not isinstance(item, dict | list | Decimal)]
        for key in plain:
            reading.put((*here, "body", key), reading.take(*body, key), (*body, key))
