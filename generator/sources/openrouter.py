"""An answer of OpenRouter's `/api/v1/models`: one provider, an offering for each id, and what it tells of the models behind.

An id is `author/slug`, with `:variant` behind it for another way to be served. What does not depend on OpenRouter (name,
description, modalities, knowledge, tokenizer, weights) defines the model `author/slug`; the rest is the offering's, the
day it was added to OpenRouter (`created`) among it. A rolling alias (`~author/x-latest`) and what stands under OpenRouter's
own name (`openrouter/auto`) is no model with a definition. A parameter that is not listed is not known, not absent.
Given up: a tokenizer called `Other`, which names none, and prices that cannot mean what they say (`-1`, a token's price for
an image); what is given up stays in `extensions["openrouter"]`, as does everything that the schema has no place for.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, TypeAlias

from pydantic import BeforeValidator, TypeAdapter

from generator.catalog import Entry, Records
from generator.documents import Document
from generator.errors import ContentError, Problem
from generator.faults import shown
from generator.schema import Author, Billing, Capabilities, Generation, Modality, Model, Offering, Provider
from generator.schema.values import ModelRef, Number, OfferingId, PartialDate, Slug
from generator.sources.content import Content
from generator.sources.json_text import parse_json
from generator.sources.modelsdev_tables import Amount
from generator.sources.price_list import DATE, KEPT, LINE, LINES, MILLION, TEXT, Findings, Item, build, times
from generator.sources.tree import MAX_JSON_BYTES, Tree

__all__ = ["KEY", "load", "recognises"]

KEY = "openrouter"
"""The id of the provider, and the name under which `extensions` keep what has no place in the schema."""

Facts: TypeAlias = dict[str, Any]

_DATA = re.compile(r'(?<!\\)"data"\s*:\s*\[')
_PRICING = re.compile(r'(?<!\\)"pricing"\s*:\s*\{')

_PROVIDER: Mapping[str, Any] = {
    "id": KEY,
    "name": "OpenRouter",
    "website": "https://openrouter.ai",
    "docs": "https://openrouter.ai/docs",
    "models_page": "https://openrouter.ai/models",
    "base_url": "https://openrouter.ai/api/v1",
    "endpoints": [
        {"operation": "chat", "protocol": "openai", "path": "/chat/completions"},
        {"operation": "models", "protocol": "openai", "path": "/models", "method": "GET"},
    ],
    "credentials": [{"env": "OPENROUTER_API_KEY", "required": True, "header": "Authorization", "scheme": "Bearer"}],
    "source": "https://openrouter.ai/api/v1/models",
}
_RATES: Mapping[str, str] = {
    "prompt": "input",
    "completion": "output",
    "internal_reasoning": "reasoning",
    "input_cache_read": "cache_read",
    "input_cache_write": "cache_write",
    "input_cache_write_1h": "cache_write_1h",
    "audio": "input_audio",
    "audio_output": "output_audio",
    "input_audio_cache": "cache_read_audio",
}
_OPERATIONS: Mapping[str, str] = {
    "request": "request",
    "image": "image_input",
    "image_output": "image_output",
    "web_search": "web_search",
}
_PARAMETERS: Mapping[str, tuple[str, ...]] = {
    **{name: (name,) for name in Capabilities.model_fields},
    "max_completion_tokens": ("max_output_tokens",),
    "response_format": ("format_response",),
    "tools": ("tools", "tool_calls"),
    "web_search_options": ("web_search",),
}
_NO_TOKENIZER = ("Other", "Router")
_HUGGING_FACE = re.compile(r"[\w.-]+/[\w.-]+\Z", re.ASCII)
_ROOTED_LINK = re.compile(r"\]\(/(?!/)")


def _from_text(value: object) -> object:
    """Return an amount in quotes as the number it is."""
    if not isinstance(value, str):
        return value
    try:
        return Decimal(value) if value.isascii() and "_" not in value else value
    except InvalidOperation:
        return value


def _utc_day(seconds: object) -> object:
    """Return the day of a time in seconds since 1970."""
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        raise ValueError(f"has to be a number of seconds, not {shown(seconds)}")
    try:
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()
    except (OverflowError, OSError, ValueError):
        raise ValueError(f"there is no such time: {shown(seconds)}") from None


_AMOUNT: TypeAdapter[Decimal] = TypeAdapter(Annotated[Amount, BeforeValidator(_from_text)])
_CREATED: TypeAdapter[str] = TypeAdapter(Annotated[PartialDate, BeforeValidator(_utc_day)])
_DEFAULT: TypeAdapter[Decimal] = TypeAdapter(Number)
_ID: TypeAdapter[str] = TypeAdapter(OfferingId)
_REF: TypeAdapter[str] = TypeAdapter(ModelRef)
_SLUG: TypeAdapter[str] = TypeAdapter(Slug)


def recognises(tree: Tree) -> bool:
    """Return whether a tree is one file that looks like OpenRouter's list of models."""
    if not tree.single or ("." in tree.names[0] and not tree.names[0].endswith(".json")):
        return False
    text = tree.text(tree.names[0], MAX_JSON_BYTES)
    return bool(_DATA.search(text) and _PRICING.search(text))


def load(tree: Tree) -> Content:
    """Read an answer of `/api/v1/models`."""
    try:
        text = tree.text(tree.names[0], MAX_JSON_BYTES)
        entries = parse_json(text, tree.name).get("data")
    except ContentError as error:
        return Content(records=Records(), problems=error.problems)
    if not isinstance(entries, list):
        fault = Problem(tree.name, 1, 1, "data", f"has to be a list, not {shown(entries)}", "fetch it again")
        return Content(records=Records(), problems=(fault,))
    return _Loader(tree.name, Findings(tree.name, text)).load(entries)


@dataclass(slots=True)
class _Listed:
    """An entry while it is read. `base` is the id without its variant, `facts` what it tells of the model behind."""

    item: Item
    id: str
    base: str
    variant: str
    author: str
    """Nothing where the id names none."""
    rolling: bool
    canonical: str
    label: str = ""
    """What the entry calls its author."""
    facts: Facts = field(default_factory=dict)
    weights: str | None = None

    @classmethod
    def open(cls, item: Item, name: str) -> "_Listed":
        """Take an id apart."""
        path, _, variant = name.rpartition("/")[2].partition(":")
        owner = name.rpartition("/")[0]
        base = f"{owner}/{path}" if owner else path
        author = owner.partition("/")[0].removeprefix("~")
        canonical = item.left.get("canonical_slug")
        known = canonical if isinstance(canonical, str) else ""
        rolling = name.startswith("~")
        known_author = author if author != KEY and _is(_SLUG, author) else ""
        listed = cls(item, name, base, variant, known_author, rolling=rolling, canonical=known)
        listed.read_facts()
        return listed

    def read_facts(self) -> None:
        """Take the facts that do not depend on who serves the model."""
        item = self.item
        architecture = item.part("architecture")
        description = item.take("description", TEXT)
        self.facts = {
            "name": self._name(),
            "description": description and _ROOTED_LINK.sub("](https://openrouter.ai/", description),
            "modalities": _modalities(architecture),
            "knowledge": item.take("knowledge_cutoff", DATE),
            "architecture": _tokenizer(architecture),
        }
        weights = item.left.get("hugging_face_id")
        if isinstance(weights, str) and _HUGGING_FACE.match(weights):
            self.weights = weights
        elif weights:
            item.warn(("hugging_face_id",), f"has to be `owner/name`, not {shown(weights)}; {KEPT}")

    def _name(self) -> str | None:
        """Return the name, without the author's before it where the author is the one that the id names."""
        name = self.item.take("name", LINE)
        if not name:
            return None
        label, colon, rest = name.partition(": ")
        own = self.canonical.removeprefix("~").partition("/")[0] in ("", self.author)
        if colon and label.strip() and rest.strip() and own and self.author:
            self.label = label.strip()
            return rest.strip()
        return name

    @property
    def defined(self) -> bool:
        """Whether there is a model behind the entry that stands for itself."""
        return bool(self.author) and not self.rolling and _is(_REF, self.base)


@dataclass(slots=True)
class _Loader:
    """Collects what one reading finds."""

    name: str
    findings: Findings
    models: dict[str, Entry[Model]] = field(default_factory=dict)
    facts: dict[str, _Listed] = field(default_factory=dict)
    """The entry that each model was defined by."""

    def load(self, entries: list[Any]) -> Content:
        listed = {found.id: found for found in self._listed(entries)}
        self._define(listed)
        offerings = tuple(self._offerings(listed))
        problems = list(self.findings.problems())
        records = Records(
            authors=tuple(self._authors(listed, offerings)),
            models=tuple(self.models.values()),
            providers=(self._entry(Provider.model_validate(_PROVIDER)),),
            offerings=offerings,
        )
        return Content(records=records, problems=tuple(problems))

    def _listed(self, entries: list[Any]) -> Iterator[_Listed]:
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            at = ("data", i)
            if not isinstance(entry, dict):
                self.findings.warn(f"data[{i}]", at, (), f"has to be an object, not {shown(entry)}; it is left out")
                continue
            item = Item(name=f"data[{i}]", at=at, left=dict(entry), findings=self.findings)
            name = item.take("id", _ID)
            if name is None:
                if "id" not in item.refused:
                    item.warn((), "names no `id`; it is left out")
                continue
            item.name = name
            if name in seen:
                item.warn((), "stands here a second time; the first is taken")
                continue
            seen.add(name)
            yield _Listed.open(item, name)

    def _define(self, listed: Mapping[str, _Listed]) -> None:
        """Define the model of every id without its variant, by the entry without one where there is such an entry."""
        for found in sorted(listed.values(), key=lambda found: (found.base, found.variant)):
            if found.defined and found.base not in self.facts:
                self.facts[found.base] = found
        aliases = Counter(found.canonical for found in self.facts.values())
        for base, found in self.facts.items():
            alias = found.canonical
            free = _is(_REF, alias) and aliases[alias] == 1 and alias not in self.facts
            stated = {
                **found.facts,
                "id": base,
                "name": _without(found.facts["name"], found.variant),
                "aliases": [alias] if free else [],
                "weights": [{"url": f"https://huggingface.co/{found.weights}"}] if found.weights else [],
            }
            if model := build(Model, stated, found.item):
                self.models[base] = self._entry(model)

    def _offerings(self, listed: Mapping[str, _Listed]) -> Iterator[Entry[Offering]]:
        for found in listed.values():
            if offering := self._offering(found):
                yield self._entry(offering)

    def _offering(self, found: _Listed) -> Offering | None:
        item = found.item
        stated: Facts = {"id": found.id, "provider": KEY}
        if found.base in self.models:
            definition, weights = self.models[found.base].value, self.facts[found.base].weights
            stated["model"] = found.base
            stated |= {key: value for key, value in _own(found.facts).items() if value != _said(definition, key)}
        else:
            stated |= {**found.facts, "authors": [found.author] if found.author else []}
            weights = None
        if found.weights and found.weights == weights:
            del item.left["hugging_face_id"]
        stated |= {
            "released": item.take("created", _CREATED),
            "retires": item.take("expiration_date", DATE),
            "capabilities": _capabilities(item),
            "limits": _limits(item),
            "generation": _defaults(item.part("default_parameters")),
            "price": _price(item.part("pricing"), found),
        }
        if rest := item.rest():
            stated["extensions"] = {KEY: rest}
        return build(Offering, stated, item)

    def _authors(
        self, listed: Mapping[str, _Listed], offerings: tuple[Entry[Offering], ...]
    ) -> Iterator[Entry[Author]]:
        """Yield everyone who is named, each under the name that most entries give."""
        labels = Counter((found.author, found.label) for found in listed.values() if found.label)
        named = {entry.value.author for entry in self.models.values()}
        named |= {author for entry in offerings for author in entry.value.authors}
        for author in sorted(named):
            known = [(-count, label) for (owner, label), count in labels.items() if owner == author]
            name = min(known)[1] if known else author.replace("-", " ").title()
            yield self._entry(Author(id=author, name=name))

    def _entry(self, value: Any) -> Entry[Any]:
        return Entry(value, Document(self.name, {}))


def _is(kind: TypeAdapter[str], text: str) -> bool:
    try:
        return bool(kind.validate_python(text))
    except ValueError:
        return False


def _without(name: str | None, variant: str) -> str | None:
    """Return a name without the variant in brackets behind it."""
    return name and (name.removesuffix(f"({variant})").strip() or name)


def _own(facts: Facts) -> Facts:
    return {key: value for key, value in facts.items() if value}


def _said(model: Model, key: str) -> object:
    value = getattr(model, key)
    if key == "modalities":
        return {side: list(getattr(value, side)) for side in value.model_fields_set}
    return value.model_dump(exclude_unset=True) if key == "architecture" else value


def _modalities(architecture: Item) -> dict[str, list[Modality]]:
    """Return what goes in and out. The short form (`text+image->text`) is left where it does not just repeat the lists."""
    lists = [architecture.left.get(f"{side}_modalities") for side in ("input", "output")]
    short = architecture.left.get("modality")
    if isinstance(short, str) and [set(part.split("+")) for part in short.split("->")] == [
        set(map(str, words)) if isinstance(words, list) else None for words in lists
    ]:
        del architecture.left["modality"]
    found = {side: architecture.modalities(f"{side}_modalities") for side in ("input", "output")}
    return {side: words for side, words in found.items() if words}


def _tokenizer(architecture: Item) -> dict[str, str]:
    if architecture.left.get("tokenizer") in _NO_TOKENIZER:
        return {}
    name = architecture.take("tokenizer", LINE)
    return {"tokenizer": name} if name else {}


def _capabilities(item: Item) -> dict[str, bool]:
    """Return what can be asked for; words that are no capability stay."""
    words = item.take("supported_parameters", LINES) or ()
    if unknown := [word for word in words if word not in _PARAMETERS]:
        item.left["supported_parameters"] = unknown
    return {name: True for word in words for name in _PARAMETERS.get(word, ())}


def _limits(item: Item) -> dict[str, int]:
    top = item.part("top_provider")
    if top.left.get("context_length") == item.left.get("context_length"):
        top.left.pop("context_length", None)
    limits = {"context": item.limit("context_length"), "output": top.limit("max_completion_tokens")}
    return {key: value for key, value in limits.items() if value is not None}


def _defaults(parameters: Item) -> dict[str, dict[str, Decimal]]:
    found = {key: parameters.take(key, _DEFAULT) for key in list(parameters.left) if key in Generation.model_fields}
    return {key: {"default": value} for key, value in found.items() if value is not None}


def _price(pricing: Item, found: _Listed) -> Facts:
    varies = [key for key, value in pricing.left.items() if value in ("-1", -1)]
    token = [key for key in ("image",) if _same_amount(pricing.left.get(key), pricing.left.get("prompt"))]
    for key in token:
        pricing.warn((key,), f"is the price of a token and not of an image; {KEPT}")
    stated: Facts = {}
    operations: dict[str, Decimal] = {}
    for key in [key for key in pricing.left if key not in (*varies, *token)]:
        if key in _RATES and (amount := pricing.take(key, _AMOUNT)) is not None:
            stated[_RATES[key]] = times(amount, MILLION)
        elif key in _OPERATIONS and (amount := pricing.take(key, _AMOUNT)) is not None:
            operations[_OPERATIONS[key]] = times(amount, 1)
        elif key not in (*_RATES, *_OPERATIONS) and pricing.left[key] is not None:
            pricing.warn((key,), f"has no place in a price; {KEPT}")
    if operations:
        stated["operations"] = operations
    if varies:
        stated["note"] = "Varies from request to request."
    elif found.variant == "free" and stated and not pricing.rest() and not any((*_amounts(stated),)):
        stated["billing"] = Billing.FREE
    return stated


def _same_amount(one: object, other: object) -> bool:
    """Return whether two amounts are the same and not zero."""
    first, second = _from_text(one), _from_text(other)
    return isinstance(first, Decimal | int) and first == second and bool(first)


def _amounts(price: Facts) -> Iterator[Decimal]:
    for value in price.values():
        if isinstance(value, dict):
            yield from value.values()
        else:
            yield value
