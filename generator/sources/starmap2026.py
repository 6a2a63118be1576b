"""A Starmap catalog in its newer layout: authors' folders define models, offerings name them by `model:`."""

from generator.sources.content import Content
from generator.sources.starmap_facts import definition, offering
from generator.sources.starmap_walk import Walk, is_definition
from generator.sources.tree import Tree

__all__ = ["load", "recognises"]


def recognises(tree: Tree) -> bool:
    """Return whether a tree has the shape of this layout."""
    lists = tree.has("authors.yaml") and tree.has("providers.yaml")
    return lists and any(map(is_definition, tree.folder("authors")))


def load(tree: Tree) -> Content:
    """Read the catalog; what is wrong with it is in the problems of what is returned."""
    walk = Walk(tree)
    walk.owners()
    models = walk.records("model", "authors", definition)
    offerings = walk.records("offering", "providers", offering)
    return walk.content(models, offerings)
