"""What models.dev publishes: `api.json`, providers by id, or `catalog.json`, which holds that and the definitions.

Bases are not published, so an offering is linked to a definition by its id alone, and `api.json` has no definitions and
no authors. The file stands on one line: a fault is told by the path of its key.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from generator.catalog import Entry, Records
from generator.documents import Document, Loc
from generator.errors import ContentError, Problem, Severity
from generator.faults import Told, shown
from generator.schema import Author, Model, Offering, Provider
from generator.sources import modelsdev_facts as facts
from generator.sources.content import Content
from generator.sources.json_text import parse_json
from generator.sources.modelsdev_tables import ModelTable, OfferingTable, ProviderTable, Report, check
from generator.sources.tree import MAX_JSON_BYTES, Tree

__all__ = ["load", "recognises"]

_MODELS = re.compile(r'(?<!\\)"models"\s*:\s*\{')
_ENV = re.compile(r'(?<!\\)"env"\s*:\s*\[')


def recognises(tree: Tree) -> bool:
    """Return whether a tree is one file that looks like models.dev's `api.json` or `catalog.json`."""
    if not tree.single or not tree.names[0].endswith(".json"):
        return False
    text = tree.text(tree.names[0], MAX_JSON_BYTES)
    return bool(_MODELS.search(text) and _ENV.search(text))


def load(tree: Tree) -> Content:
    """Read `api.json` or `catalog.json`."""
    try:
        data = parse_json(tree.text(tree.names[0], MAX_JSON_BYTES), tree.name)
    except ContentError as error:
        return Content(records=Records(), problems=error.problems)
    return _Loader(tree.name).load(data)


@dataclass(slots=True)
class _Loader:
    """Collects what one reading finds."""

    name: str
    problems: list[Problem] = field(default_factory=list)
    broken: set[str] = field(default_factory=set)
    models: dict[str, Entry[Model]] = field(default_factory=dict)
    providers: dict[str, Entry[Provider]] = field(default_factory=dict)
    offerings: list[Entry[Offering]] = field(default_factory=list)

    def load(self, data: Mapping[str, Any]) -> Content:
        if data.keys() == {"models", "providers"}:
            self._models(data["models"])
            self._providers(data["providers"], ("providers",))
        else:
            self._providers(data, ())
        records = Records(
            authors=tuple(self._authors()),
            models=tuple(self.models.values()),
            providers=tuple(self.providers.values()),
            offerings=tuple(self.offerings),
            broken=frozenset(self.broken),
        )
        return Content(records=records, problems=tuple(self.problems))

    def _models(self, tables: object) -> None:
        for slug, table, place in self._objects(tables, ("models",), "model"):
            report = self._report(place)
            checked = check(ModelTable, table, report)
            value = facts.model(checked, slug, report) if checked else None
            if value:
                self.models[slug] = Entry(value, Document(self.name, table))
            else:
                self.broken.add(f"model/{slug}")

    def _providers(self, tables: object, top: Loc) -> None:
        for owner, table, place in self._objects(tables, top, "provider"):
            report = self._report(place)
            own = {key: value for key, value in table.items() if key != "models"}
            checked = check(ProviderTable, own, report)
            value = facts.provider(checked, owner, report) if checked else None
            if checked and value:
                self.providers[owner] = Entry(value, Document(self.name, own))
                self._offerings(owner, checked.value, table.get("models", {}), (*place, "models"))
            else:
                self.broken.add(f"provider/{owner}")

    def _offerings(self, owner: str, by: ProviderTable, tables: object, place: Loc) -> None:
        for name, table, here in self._objects(tables, place, f"offering/{owner}"):
            report = self._report(here)
            checked = check(OfferingTable, table, report)
            served = facts.Served(provider=owner, id=name, by=by, model=facts.linked(owner, name, self.models))
            value = facts.offering(checked, served, report) if checked else None
            if value:
                self.offerings.append(Entry(value, Document(self.name, table)))
            else:
                self.broken.add(f"offering/{owner}/{name}")

    def _authors(self) -> Iterator[Entry[Author]]:
        names = {owner: entry.value.name for owner, entry in self.providers.items()}
        for lab in sorted({slug.partition("/")[0] for slug in self.models}):
            if value := facts.author(lab, names, self._report(("models",))):
                yield Entry(value, Document(self.name, {}))

    def _objects(self, tables: object, place: Loc, kind: str) -> Iterator[tuple[str, dict[str, Any], Loc]]:
        """Yield id, table and place of every object in an object; report what is none, and an `id` that differs."""
        if not isinstance(tables, dict):
            self._report(place)(Told((), f"has to be an object, not {shown(tables)}"), Severity.ERROR)
            return
        for name, table in sorted(tables.items()):
            here = (*place, name)
            if not isinstance(table, dict):
                told = Told((), f"has to be an object, not {shown(table)}")
            elif table.get("id", name) != name:
                told = Told(("id",), f"is {shown(table['id'])}, and stands under `{name}`")
            else:
                yield name, table, here
                continue
            self.broken.add(f"{kind}/{name}")
            self._report(here)(told, Severity.ERROR)

    def _report(self, place: Loc) -> Report:
        def report(told: Told, severity: Severity) -> None:
            where = " > ".join(map(str, (*place, *told.loc)))
            self.problems.append(Problem(self.name, 0, 0, where, told.message, told.hint, severity))

        return report
