"""What a case of the corpus is, and the three kinds there are."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.hostile.trees import Make, files

__all__ = ["Case", "bombs", "built", "refused"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One thing that a stranger does to a catalog of a layout."""

    name: str
    layout: str
    make: Make
    told: str = ""
    """How the line begins that has to be told; warnings are told of what is built too."""
    pages: tuple[str, ...] = ()
    """Pages that a case which is built has to have."""
    group: str = ""
    """Cases of one group are done to one catalog."""


def refused(layout: str, *cases: tuple[str, Make, str]) -> Iterator[Case]:
    """Make cases that are told and not built."""
    for name, make, told in cases:
        yield Case(name=f"{layout}: {name}", layout=layout, make=make, told=told)


def built(layout: str, *cases: tuple[str, Make, str, tuple[str, ...]]) -> Iterator[Case]:
    """Make cases that are built: in one catalog, for none may be in the way of another."""
    for name, make, told, pages in cases:
        yield Case(name=f"{layout}: {name}", layout=layout, make=make, told=told, pages=pages, group=f"{layout}: built")


def bombs(*cases: tuple[str, str, str]) -> Iterator[Case]:
    """Make cases of prose that would take too long, each as a model of one catalog; the text begins at line 4."""
    for number, (name, text, told) in enumerate(cases):
        line = 24 if "lists deep" in name else 4
        path = f"authors/acme/models/bomb-{number}.md"
        make = files({path: f"---\nname: Bomb\n---\n{text}\n"})
        yield Case(
            name=f"prose: {name}", layout="native", make=make, told=f"{path}:{line}:1: error: {told}", group="prose"
        )
