"""Templates made whole before they are compiled: what they include and what they extend, put in its place.

Jinja finds the parts of a template anew for each page that is made of it, and each block looks up its names anew. Given
up for that: `self.block()`, and what a template that extends another prints outside of its blocks, which nobody sees.
"""

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import cast

from jinja2 import BaseLoader, Environment, nodes
from jinja2.visitor import NodeTransformer

__all__ = ["with_extended", "with_included", "without_blocks"]


def with_included(template: nodes.Template, environment: Environment) -> nodes.Template:
    """Return a template with what it includes in its place."""
    return cast("nodes.Template", _Including(environment).visit(template))


def with_extended(template: nodes.Template, environment: Environment) -> nodes.Template:
    """Return the template that one extends, with the blocks that it fills, after the names that it sets."""
    extends = next((node for node in template.body if isinstance(node, nodes.Extends)), None)
    if extends is None:
        return template
    filled = {block.name: block for block in template.find_all(nodes.Block)}
    below = with_extended(_read(environment, cast("nodes.Const", extends.template).value), environment)
    below = _Filling(filled).visit(below)
    own = [node for node in template.body if isinstance(node, nodes.Assign | nodes.AssignBlock)]
    return nodes.Template([*own, *below.body], lineno=1)


def without_blocks(template: nodes.Template) -> nodes.Template:
    """Return a template whose blocks nobody will fill any more, as the plain parts that they are."""
    return cast("nodes.Template", _Opening().visit(template))


def _read(environment: Environment, name: str) -> nodes.Template:
    source = cast("BaseLoader", environment.loader).get_source(environment, name)[0]
    return environment.parse(source, name)


class _Including(NodeTransformer):
    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def visit_Include(self, node: nodes.Include) -> nodes.Node:  # noqa: N802  # Jinja's name
        if not isinstance(node.template, nodes.Const) or not node.with_context or node.ignore_missing:
            return node
        return nodes.Scope(_read(self._environment, node.template.value).body, lineno=node.lineno)


class _Filling(NodeTransformer):
    """Puts blocks in the place of those of the same name."""

    def __init__(self, filled: Mapping[str, nodes.Block]) -> None:
        self._filled = filled

    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802  # as above
        self.generic_visit(node)
        filled = self._filled.get(node.name)
        return node if filled is None else _Above(node.body).visit(filled)


class _Above(NodeTransformer):
    """Puts what a block takes the place of where it prints `super()`."""

    def __init__(self, body: Sequence[nodes.Node]) -> None:
        self._body = body

    def visit_Output(self, node: nodes.Output) -> list[nodes.Node]:  # noqa: N802  # as above
        parts: list[nodes.Node] = []
        for is_above, printed in groupby(node.nodes, _is_above):
            if is_above:
                parts += [nodes.Scope(list(self._body), lineno=node.lineno) for _ in printed]
            else:
                parts.append(nodes.Output(list(printed), lineno=node.lineno))
        return parts


class _Opening(NodeTransformer):
    def visit_Block(self, node: nodes.Block) -> nodes.Node:  # noqa: N802  # as above
        self.generic_visit(node)
        return nodes.Scope(node.body, lineno=node.lineno)


def _is_above(node: nodes.Expr) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name == "super"
