"""Overlays: folders of partial native files that add to or change what a catalog says, and lists of what stays in it.

    overlay.yaml                            name of the overlay, allow and deny lists
    authors/<author>/author.md              each file says only what it changes; logo.svg beside it
    authors/<author>/models/**/<slug>.yaml
    providers/<provider>/provider.yaml
    providers/<provider>/models/**/<id>.yaml

A mapping is changed key by key, anything else as a whole, and `null` takes back what was said. What a file is about,
its path or its `id:` tells, as in a catalog; it has to be there. The facts come first, then the lists. A model or an
owner that loses its last offering by them goes too, for "no provider serves it" would not be true.
"""

from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from generator.documents import Document, parse_yaml
from generator.errors import ContentError, Problem
from generator.overlay.layer import Layer
from generator.overlay.lists import Lists, Screen
from generator.sources.content import Content
from generator.sources.tree import Tree

__all__ = ["lay_over"]

_RULES = "overlay.yaml"


def lay_over(content: Content, folders: Iterable[Path]) -> Content:
    """Return a catalog with overlays on it, the later over the earlier. Their faults are among its problems."""
    for folder in folders:
        content = _over(content, folder)
    return content


def _over(content: Content, folder: Path) -> Content:
    if not folder.is_dir():
        fault = Problem(folder.as_posix(), message="is not a folder", hint=f"give the folder that holds {_RULES}")
        return replace(content, problems=(*content.problems, fault))
    tree = Tree.open(folder)
    faults: list[Problem] = []
    lists, document = Lists(), Document(tree.shown(_RULES), {})
    if tree.has(_RULES):
        try:
            document = parse_yaml(tree.text(_RULES), document.path, may_be_empty=True)
            lists = document.load(Lists)
        except ContentError as error:
            faults.extend(error.problems)
    layer = Layer(content.records)
    layer.read(tree, besides=(_RULES, "README.md", "LICENSE"))
    screen = Screen(layer.laid(lists.name or folder.resolve().name), lists, document)
    records = screen.screened()
    featured = tuple(name for name in content.settings.featured if f"model/{name}" not in records.excused)
    settings = content.settings
    if featured != settings.featured:
        settings = settings.model_copy(update={"featured": featured})
    problems = (*content.problems, *faults, *layer.problems, *screen.problems)
    return replace(content, records=records, settings=settings, problems=problems)
