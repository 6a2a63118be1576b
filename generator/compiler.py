"""Templates -> Python: Jinja's compiler with the detours left out that this project's templates never need.

What is printed is escaped by one call of the edition's own function, blocks collect their pieces in a list instead of
yielding each one up through every frame, and `a.b` is an attribute. Together this is half of the time of a page. Given
up: `finalize`, autoescaping that is switched on and off within a template, async templates.
"""

from collections.abc import Callable, Iterable, MutableMapping
from keyword import iskeyword
from typing import Any, cast

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame

from generator.whole import with_extended, with_included, without_blocks

__all__ = ["DirectEnvironment", "EscapingCodeGenerator", "EscapingEnvironment"]

_PLACED = frozenset({"asset", "badge", "file", "href", "link", "prose"})
"""What knows the place of a page. These take plain arguments and give `Markup`."""

_WORDS = {"none": "None", "true": "True", "false": "False"}


class EscapingCodeGenerator(CodeGenerator):
    """Compiles what is printed to one call of the environment's own function, and the rest as Jinja does."""

    environment: "EscapingEnvironment"

    def write_commons(self) -> None:
        """Begin a module with the names that its functions use."""
        super().write_commons()
        self.writeline("escaped, escaped_text = environment.escaped, environment.escaped_text")

    def _output_child_pre(self, *_: Any) -> None:
        self.write("(escaped_text(value) if type(value := ")

    def _output_child_post(self, *_: Any) -> None:
        self.write(") is str else escaped(value))")


class _CodeGenerator(EscapingCodeGenerator):
    def _output_child_pre(self, *arguments: Any) -> None:
        if self._is_safe(arguments[0]):
            self.write("(")
        else:
            super()._output_child_pre(*arguments)

    def _output_child_post(self, *arguments: Any) -> None:
        if self._is_safe(arguments[0]):
            self.write(")")
        else:
            super()._output_child_post(*arguments)

    def _is_safe(self, node: nodes.Expr) -> bool:
        """Return whether an expression gives `Markup` whatever the facts are."""
        if isinstance(node, nodes.Filter):
            return node.name in self.environment.safe
        return _is_placed(node)

    # The name and the arguments of these are Jinja's.
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Call what knows the place of a page directly; Jinja would look at each of its arguments first."""
        if not _is_placed(node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(frame.symbols.ref(cast("nodes.Name", node.node).name))
        self.write("(")
        self._write_arguments(node, frame)
        self.write(")")

    def _write_arguments(self, node: nodes.Call, frame: Frame) -> None:
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")

    def visit_Test(self, node: nodes.Test, frame: Frame) -> None:  # noqa: N802  # as above
        """Ask `is none`, `is true` and `is false` as Python does."""
        word = _WORDS.get(node.name)
        if word is None:
            super().visit_Test(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f" is {word})")

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802  # as above
        """Take in what a block yields; Jinja would see each piece through."""
        if frame.buffer is None or (frame.toplevel and self.extends_so_far) or node.scoped or node.required:
            super().visit_Block(node, frame)
            return
        blocks = f"{self.get_context_ref()}.blocks"
        self.writeline(f"{frame.buffer}.extend({blocks}[{node.name!r}][0]({self.get_context_ref()}))", node)

    def visit_CallBlock(self, node: nodes.CallBlock, frame: Frame) -> None:  # noqa: N802  # as above
        """Call the tag that keeps fragments directly, with what makes one."""
        function = node.call.node
        if not isinstance(function, nodes.ExtensionAttribute):
            super().visit_CallBlock(node, frame)
            return
        self.macro_body(node, frame)
        self.start_write(frame, node)
        self.visit(function, frame)
        self.write("(")
        self._write_arguments(node.call, frame)
        self.write("caller=macro)")
        self.end_write(frame)

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Collect what a block, or a template that extends none, prints, and yield it whole."""
        whole = frame.block_frame or (frame.rootlevel and not (self.has_known_extends or frame.require_output_check))
        if frame.buffer is not None or not whole:
            super().blockvisit(nodes, frame)
            return
        self.buffer(frame)
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")


class _DirectCodeGenerator(_CodeGenerator):
    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802  # as above
        """Call a method as Python does: Jinja would look whether it wants to be told of the context."""
        if not isinstance(node.node, nodes.Getattr) or node.kwargs or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        self._write_arguments(node, frame)
        self.write(")")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  # as above
        """Read an attribute as Python does. A name without a value has no attributes, so that needs no question."""
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
        elif isinstance(node.node, nodes.Name):
            self.write(f"{frame.symbols.ref(node.node.name)}.{node.attr}")
        elif isinstance(node.node, nodes.Getattr):
            self.visit(node.node, frame)
            self.write(f".{node.attr}")
        else:
            self.write("(")
            self.visit(node.node, frame)
            self.write(f").{node.attr}")


class EscapingEnvironment(Environment):
    """An environment that escapes everything printed by one function of its own."""

    code_generator_class: type[CodeGenerator] = _CodeGenerator
    escaped: Callable[[object], str]
    """Makes text of a value, safe for the edition."""
    escaped_text: Callable[[str], str]
    """The same of a value that is plain text, as most are: it is called without a detour."""
    safe: frozenset[str]
    """The filters whose result needs no escaping."""


class DirectEnvironment(EscapingEnvironment):
    """The same where `a.b` is an attribute of `a` and nothing else. A missing one is an `AttributeError`."""

    code_generator_class = _DirectCodeGenerator
    is_fixed = False
    """Whether no other template can take the place of one that is included: then it is compiled where it is."""
    whole: frozenset[str] = frozenset()
    """Templates that are compiled as one function with those they extend: worth its time for thousands of pages."""

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what every template knows, as it is now; a map of maps would be gone through for each page."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        template = super()._parse(source, name, filename)
        if self.is_fixed:
            template = with_included(template, self)
        return with_extended(template, self) if name in self.whole else template

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,  # noqa: FBT001, FBT002  # Jinja's
    ) -> str:
        return super()._generate(without_blocks(source) if name in self.whole else source, name, filename, defer_init)


def _is_placed(node: nodes.Expr) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in _PLACED
        and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
    )
