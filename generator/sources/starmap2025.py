"""A Starmap catalog in its older layout: the facts of a model stand in each provider's record of it, and nowhere else.

Records of one author under one id are one model. Its definition takes every fact that they agree on or that only one of
them states. Where they disagree, it takes what the author's own provider says (the one that the author names, else the
one that goes by the author's id), else what most of them say, else the first by provider id; an offering that says
otherwise keeps its own. A record without a known author has no definition. Given up: the definitions below `authors/`,
which Starmap itself did not read.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from generator.catalog import Entry
from generator.schema import Author, AuthorKind, Facts, Model, Offering, check_id
from generator.sources.content import Content
from generator.sources.starmap_facts import offering
from generator.sources.starmap_walk import Walk, is_definition
from generator.sources.tree import Tree

__all__ = ["load", "recognises"]

_Fact = tuple[str, ...]
_SPLIT = ("capabilities", "limits", "generation")
_SHARED = frozenset(Facts.model_fields) - {"status", "deprecated", "retires", "created_at", "updated_at", "extensions"}


def recognises(tree: Tree) -> bool:
    """Return whether a tree has the shape of this layout."""
    lists = tree.has("authors.yaml") and tree.has("providers.yaml")
    return lists and not any(map(is_definition, tree.folder("authors")))


def load(tree: Tree) -> Content:
    """Read the catalog; what is wrong with it is in the problems of what is returned."""
    walk = Walk(tree)
    walk.owners(others=AuthorKind.COMMUNITY)
    records = walk.records("offering", "providers", offering)
    groups: defaultdict[tuple[str, str], list[Entry[Offering]]] = defaultdict(list)
    for entry in records:
        if _is_named(entry.value):
            groups[entry.value.authors[0], entry.value.id].append(entry)
    own = {entry.value.id: _own_provider(entry.value) for entry in walk.authors}
    models = []
    offerings = [entry for entry in records if not _is_named(entry.value)]
    for (author, name), group in sorted(groups.items()):
        settled = _settle(group, own.get(author, author))
        model = _model(f"{author}/{name}", group, settled)
        models.append(model)
        offerings += [Entry(_offering(entry.value, model.value.id, settled), entry.document) for entry in group]
    return walk.content(tuple(models), tuple(offerings))


def _is_named(offering: Offering) -> bool:
    """Return whether an offering has an author and an id that can name a model together."""
    try:
        return bool(offering.authors and check_id(f"{offering.authors[0]}/{offering.id}"))
    except ValueError:
        return False


def _own_provider(author: Author) -> str:
    catalog = author.extensions.get("starmap", {}).get("catalog")
    named = catalog.get("provider_id") if isinstance(catalog, dict) else None
    return str(named or author.id)


def _settle(group: Sequence[Entry[Offering]], own: str) -> Mapping[_Fact, Any]:
    """Return what the definition of a group says, fact by fact."""
    stated: defaultdict[_Fact, list[tuple[str, Any]]] = defaultdict(list)
    for entry in sorted(group, key=lambda entry: entry.value.provider):
        for fact, value in _facts(entry.value).items():
            stated[fact].append((entry.value.provider, value))
    return {fact: _choose(values, own) for fact, values in stated.items()}


def _choose(stated: Sequence[tuple[str, Any]], own: str) -> Any:
    values = [value for _, value in stated]
    return next((value for provider, value in stated if provider == own), max(values, key=values.count))


def _facts(facts: Offering) -> dict[_Fact, Any]:
    """Return the shared facts that an offering states, by path, in the grain in which a catalog fills them in."""
    found: dict[_Fact, Any] = {}
    for name in sorted(facts.model_fields_set & _SHARED):
        value = getattr(facts, name)
        if name in _SPLIT:
            found.update({(name, part): getattr(value, part) for part in sorted(value.model_fields_set)})
        else:
            found[name,] = value
    return found


def _nested(facts: Mapping[_Fact, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (name, *part), value in facts.items():
        if part:
            found.setdefault(name, {})[part[0]] = value
        else:
            found[name] = value
    return found


def _model(name: str, group: Sequence[Entry[Offering]], settled: Mapping[_Fact, Any]) -> Entry[Model]:
    others = dict.fromkeys(author for entry in group for author in entry.value.authors[1:])
    more = {"authors": tuple(others)} if others else {}
    return Entry(Model.model_validate({"id": name, **more, **_nested(settled)}), group[0].document)


def _offering(offering: Offering, model: str, settled: Mapping[_Fact, Any]) -> Offering:
    """Return an offering of the model, without the facts that it shares with the definition."""
    kept = {name: getattr(offering, name) for name in offering.model_fields_set - _SHARED - {"authors"}}
    own = {fact: value for fact, value in _facts(offering).items() if settled[fact] != value}
    return Offering.model_validate({**kept, "model": model, **_nested(own)})
