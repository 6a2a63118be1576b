"""The tag `{% kept key %}…{% endkept %}`: what stands between is made once for each key, and printed again after that.

For what many pages have in common. The key has to name everything that the fragment depends on besides the site. A
second expression, a function, makes of the kept text what is printed: `{% kept lesson.code, lesson.fill %}`. The texts
are kept where `fragments` says, a name that each page is rendered with, so that they live as long as their site.
"""

from collections.abc import Callable, Hashable

from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup

__all__ = ["Fragments", "Kept"]

MOST = 2048
"""How many texts are kept at a time: pages come folder by folder, and folders do not come back."""

Fragments = dict[tuple[str, Hashable], Markup]
"""By the place of the tag, and the key."""


class Kept(Extension):
    """Adds the tag to an environment."""

    tags = {"kept"}  # noqa: RUF012  # as Jinja declares it

    def parse(self, parser: Parser) -> nodes.Node:
        """Return what calls `printed` where the tag stands."""
        line = next(parser.stream).lineno
        given = [parser.parse_expression()]
        if parser.stream.skip_if("comma"):
            given.append(parser.parse_expression())
        body = parser.parse_statements(("name:endkept",), drop_needle=True)
        kept = nodes.Name("fragments", "load")
        place = f"{parser.name}:{parser.free_identifier().name}"
        call = self.call_method("printed", [kept, nodes.Const(place), *given])
        return nodes.CallBlock(call, [], [], body).set_lineno(line)

    def printed(
        self,
        fragments: Fragments,
        place: str,
        key: Hashable,
        fill: Callable[[Markup], str] | None = None,
        *,
        caller: Callable[[], str],
    ) -> str:
        """Return the text that is kept under a key, made by `caller` if there is none."""
        text = fragments.get((place, key))
        if text is None:
            if len(fragments) >= MOST:
                fragments.clear()
            text = fragments[place, key] = Markup(caller())  # noqa: S704  # a template has escaped it
        return text if fill is None else fill(text)
