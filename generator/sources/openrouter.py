"""An answer of OpenRouter's `/api/v1/models`: one provider, an offering for each id, and the models behind the ids.

An id is `author/slug`, with `:variant` behind it for another way to be served. What does not depend on OpenRouter
(name, description, modalities, knowledge, tokenizer, weights) defines the model `author/slug`. The rest is the
offering's, `created` among it: the day on which OpenRouter added the model, not that on which its author released it. A
rolling alias (`~author/x-latest`) and what stands under OpenRouter's own name (`openrouter/auto`) have no definition.
What the schema has no place for stays in `extensions["openrouter"]`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import TypeAdapter

from generator.catalog import Entry, Records
from generator.documents import Document
from generator.errors import ContentError, Problem
from generator.faults import shown
from generator.schema import Author, Model, Offering, Provider, Record
from generator.schema.values import OfferingId
from generator.sources.content import Content
from generator.sources.json_text import parse_json
from generator.sources.openrouter_facts import KEY, REF, Facts, Listed, served
from generator.sources.price_list import Findings, Item, build, is_valid
from generator.sources.tree import MAX_JSON_BYTES, Tree

__all__ = ["load", "recognises"]

T = TypeVar("T", bound=Record)

_DATA = re.compile(r'(?<!\\)"data"\s*:\s*\[')
_PRICING = re.compile(r'(?<!\\)"pricing"\s*:\s*\{')
_ID: TypeAdapter[str] = TypeAdapter(OfferingId)

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
class _Loader:
    """Collects what one reading finds. `sources` has the entry by which each model is defined."""

    name: str
    findings: Findings
    sources: dict[str, Listed] = field(default_factory=dict)
    models: dict[str, Entry[Model]] = field(default_factory=dict)

    def load(self, entries: Sequence[object]) -> Content:
        listed = tuple(self._listed(entries))
        self._define(listed)
        made = {found.item.at: value for found in listed if (value := self._offering(found))}
        offerings = tuple(map(self._entry, made.values()))
        records = Records(
            authors=tuple(self._authors(listed, offerings)),
            models=tuple(self.models.values()),
            providers=(self._entry(Provider.model_validate(_PROVIDER)),),
            offerings=offerings,
            broken=frozenset(f"offering//data[{i}]" for i in range(len(entries)) if ("data", i) not in made),
        )
        return Content(records=records, problems=self.findings.problems())

    def _listed(self, entries: Iterable[object]) -> Iterator[Listed]:
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            item = Item(name=f"data[{i}]", at=("data", i), left={}, findings=self.findings)
            if not isinstance(entry, dict):
                item.warn((), f"has to be an object, not {shown(entry)}; it is left out")
                continue
            item.left = dict(entry)
            name = item.left.pop("id", None)
            if not is_valid(_ID, name):
                item.warn((), f"has no `id` that can name it: {shown(name)}; it is left out")
            elif name in seen:
                item.warn((), f"`{name}` stands here a second time; the first is taken")
            else:
                seen.add(name)
                item.name = name
                yield Listed.read(item, name)

    def _define(self, listed: Iterable[Listed]) -> None:
        """Define the model of each id without its variant, by the entry without a variant where there is one."""
        for found in sorted(listed, key=lambda found: (found.base, found.variant)):
            if found.defined:
                self.sources.setdefault(found.base, found)
        names = Counter(found.canonical for found in self.sources.values())
        for base, found in self.sources.items():
            alias = found.canonical
            free = names[alias] == 1 and alias not in self.sources and is_valid(REF, alias)
            stated = {
                **found.facts,
                "id": base,
                "name": found.plain_name,
                "aliases": [alias] if free else [],
                "weights": [{"url": f"https://huggingface.co/{found.weights}"}] if found.weights else [],
            }
            if model := build(Model, stated, found.item):
                self.models[base] = self._entry(model)

    def _offering(self, found: Listed) -> Offering | None:
        stated: Facts = {"id": found.id, "provider": KEY, **served(found)}
        if found.base in self.models:
            definition = self.models[found.base].value
            stated["model"] = found.base
            stated |= {key: value for key, value in found.facts.items() if value != _said(definition, key)}
            if found.weights and found.weights == self.sources[found.base].weights:
                del found.item.left["hugging_face_id"]
        else:
            stated |= {**found.facts, "authors": [found.author] if found.author else []}
        if rest := found.item.rest():
            stated["extensions"] = {KEY: rest}
        return build(Offering, stated, found.item)

    def _authors(self, listed: Iterable[Listed], offerings: Iterable[Entry[Offering]]) -> Iterator[Entry[Author]]:
        """Yield everyone who is named, each under the name that most entries give."""
        labels = Counter((found.author, found.label) for found in listed if found.label)
        named = {entry.value.author for entry in self.models.values()}
        named |= {author for entry in offerings for author in entry.value.authors}
        for author in sorted(named):
            known = [(-count, label) for (owner, label), count in labels.items() if owner == author]
            name = min(known)[1] if known else author.replace("-", " ").title()
            yield self._entry(Author(id=author, name=name))

    def _entry(self, value: T) -> Entry[T]:
        return Entry(value, Document(self.name, {}))


def _said(model: Model, key: str) -> object:
    """Return what a definition says, as it is written in the facts of an entry."""
    value = getattr(model, key)
    if key == "modalities":
        return {side: list(getattr(value, side)) for side in value.model_fields_set}
    return value.model_dump(exclude_unset=True) if key == "architecture" else value
