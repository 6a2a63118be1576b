"""A site that Almanac built, read back from the JSON files beside its pages: what `diff` and `--previous` compare with.

An offering's file holds what its definition adds, too; nothing is lost by that but where a fact was stated. Given up:
prose, logos and `extensions`, which those files leave out, so that a site is no source to go on working with.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from pydantic import ValidationError

from generator.catalog import Entry, Records
from generator.config import Settings
from generator.documents import Document
from generator.errors import ContentError, Problem
from generator.schema import Author, Model, Offering, Provider, Record
from generator.sources.content import Content
from generator.sources.json_text import parse_json
from generator.sources.tree import Tree

__all__ = ["HISTORY", "SITE", "load", "recognises"]

T = TypeVar("T", bound=Record)

SITE = "api/v1/site.json"
"""Where a site tells what it is and from which day its facts are."""
HISTORY = "api/v1/changes.json"
"""Where a site tells what has changed in it, for the next one to go on from."""
_SIGN = "api/v1/offering.schema.json"
_OWN = ("$schema", "models", "offerings", "removed")
"""What the files hold beside the facts."""


def recognises(tree: Tree) -> bool:
    """Return whether a tree is a site with the JSON files of its records."""
    return tree.has(_SIGN)


def load(tree: Tree) -> Content:
    """Read a site."""
    reading = _Reading(tree)
    records = Records(
        authors=tuple(reading.owners("authors", Author)),
        models=tuple(reading.owned("authors", Model)),
        providers=tuple(reading.owners("providers", Provider)),
        offerings=tuple(reading.owned("providers", Offering)),
    )
    settings = reading.settings()
    return Content(records=records, settings=settings, problems=tuple(reading.problems))


@dataclass(slots=True)
class _Reading:
    """Collects what one reading finds."""

    tree: Tree
    problems: list[Problem] = field(default_factory=list)

    def settings(self) -> Settings:
        """Return the one setting that a comparison asks for: the day that the facts are from."""
        if not self.tree.has(SITE):
            return Settings()
        try:
            told = parse_json(self.tree.text(SITE), self.tree.shown(SITE))
            return Settings.model_validate({"data_date": told.get("data_date")})
        except ContentError as error:
            self.problems += error.problems
        except ValidationError:
            message = "`data_date` has to be a whole date like 2025-06-17"
            self.problems.append(Problem(self.tree.shown(SITE), message=message))
        return Settings()

    def owners(self, section: str, schema: type[T]) -> Iterator[Entry[T]]:
        """Yield the authors or providers: `<section>/<id>/index.json`."""
        for name in self.tree.folder(section):
            if name.count("/") == 2 and name.endswith("/index.json"):
                yield from self._entry(name, schema)

    def owned(self, section: str, schema: type[T]) -> Iterator[Entry[T]]:
        """Yield the models or offerings: every file below `<section>/<id>/models/`."""
        for name in self.tree.folder(section):
            if name.split("/")[2:3] == ["models"] and name.endswith(".json"):
                yield from self._entry(name, schema)

    def _entry(self, name: str, schema: type[T]) -> Iterator[Entry[T]]:
        shown = self.tree.shown(name)
        try:
            facts = parse_json(self.tree.text(name), shown)
            document = Document(shown, {key: value for key, value in facts.items() if key not in _OWN})
            yield Entry(document.load(schema), document)
        except ContentError as error:
            self.problems += error.problems
