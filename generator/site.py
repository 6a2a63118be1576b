"""A site: settings, catalog and the table of its pages, with every file that will be written known beforehand."""

from collections import Counter
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from generator.catalog import Catalog
from generator.config import Edition, Settings
from generator.history import Past
from generator.pages import Page, World, plan
from generator.pages.past import after
from generator.paths import file_of
from generator.rules import Finding
from generator.schema import FreePage

__all__ = ["Site"]


@dataclass(frozen=True, kw_only=True)
class Site:
    """Everything a build needs to know to make any page, alone or in a range."""

    world: World
    pages: tuple[Page, ...]
    root: str = "."
    """What messages call the folder of the catalog."""

    @classmethod
    def of(cls, catalog: Catalog, settings: Settings, pages: Iterable[FreePage] = (), root: str = ".") -> "Site":
        """Make the site of a catalog."""
        world = World.of(catalog, settings, pages)
        return cls(world=world, pages=plan(world), root=root)

    def with_findings(self, findings: tuple[Finding, ...]) -> "Site":
        """Return the site with what the rules found, which its page of data quality shows."""
        made, world = copy(self), copy(self.world)
        vars(world)["findings"] = findings  # everything that was worked out stays: only one page asks for findings
        vars(world).pop("contexts", None)
        vars(made)["world"] = world
        return made

    def after(self, past: Past) -> "Site":
        """Return the site with what has changed since another, and a page in the place of each that is gone."""
        world = after(self.world, past)
        return replace(self, world=world, pages=plan(world))

    @property
    def settings(self) -> Settings:
        """The settings of the site."""
        return self.world.settings

    @cached_property
    def files(self) -> Mapping[str, Page]:
        """The page behind each file of each edition. Two pages never share a file, on any file system."""
        found = {file_of(page.stem, edition): page for page in self.pages for edition in self.editions_of(page)}
        expected = sum(len(self.editions_of(page)) for page in self.pages)
        folded = Counter(file.casefold() for file in found)
        if len(found) != expected or max(folded.values(), default=0) > 1:
            raise AssertionError("two pages ask for one file")
        return found

    @cached_property
    def logos(self) -> Mapping[str, bytes]:
        """The logo files, by path."""
        routes, found = self.world.routes, {}
        for key, data in self.world.catalog.logos.items():
            section, _, name = key.partition("/")
            folder = routes.authors.get(name) if section == "authors" else routes.providers.get(name)
            if folder:
                found[f"{folder}logo.svg"] = data
        return found

    def editions_of(self, page: Page) -> tuple[Edition, ...]:
        """Return the editions a page is written in: only HTML has pages of lists, and one for lost addresses."""
        if page.kind in ("404", "list"):
            return tuple(edition for edition in self.settings.editions if edition is Edition.HTML)
        return self.settings.editions
