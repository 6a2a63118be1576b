"""A source -> what was before: its catalog, and what it told of the time before it."""

from pydantic import ValidationError

from generator.errors import ContentError, Problem, Severity
from generator.faults import explain
from generator.history import History, Past
from generator.linking import link
from generator.overlay import lay_over
from generator.sources import built, layouts
from generator.sources.content import in_currency
from generator.sources.json_text import parse_json
from generator.sources.layouts import Source, beside
from generator.sources.tree import MAX_JSON_BYTES

__all__ = ["read"]


def read(source: Source) -> tuple[Past, tuple[Problem, ...]]:
    """Read what was before, a catalog in any layout or a site that was built; and warnings.

    Raises:
        ContentError: It cannot be read without errors; says so with every fault.
    """
    content = layouts.read(source)
    content = lay_over(content, filter(None, (beside(source, name) for name in content.settings.overlays)))
    catalog, dangling = link(in_currency(content.records, content.settings.currency))
    problems = (*content.problems, *dangling)
    if any(problem.severity is Severity.ERROR for problem in problems):
        raise ContentError(problems)
    return Past(catalog=catalog, settings=content.settings, history=_history(source)), problems


def _history(source: Source) -> History:
    """Return what a built site tells; nothing of any other source."""
    tree = layouts.tree(source)
    if not (built.recognises(tree) and tree.has(built.HISTORY)):
        return History()
    shown = tree.shown(built.HISTORY)
    data = parse_json(tree.text(built.HISTORY, MAX_JSON_BYTES), shown)
    try:
        return History.model_validate(data)
    except ValidationError as error:
        faults = [explain(History, fault) for fault in error.errors(include_url=False)]
        raise ContentError(
            Problem(shown, field=".".join(map(str, fault.loc)), message=fault.message) for fault in faults
        ) from None
