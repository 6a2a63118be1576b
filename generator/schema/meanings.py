"""What the fields of a record mean: the text below each in the source, read when somebody asks.

Given up: `use_attribute_docstrings` of pydantic, which reads the source of every class each time the program starts.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

__all__ = ["meanings"]


@cache
def meanings(shape: type) -> Mapping[str, str]:
    """Return by its name what each field of a class means that its source, or that of a class above it, tells."""
    found: dict[str, str] = {}
    for part in reversed(shape.__mro__):
        if part.__module__.startswith(f"{__package__.partition('.')[0]}."):
            found.update(_told(part))
    return found


def _told(shape: type) -> Iterator[tuple[str, str]]:
    for node in _classes(shape.__module__).get(shape.__name__, ()):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)


@cache
def _classes(module: str) -> Mapping[str, tuple[tuple[ast.stmt, ast.stmt], ...]]:
    """Return the classes of a module, each as pairs of statements that follow one another."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {node.name: tuple(pairwise(node.body)) for node in tree.body if isinstance(node, ast.ClassDef)}
