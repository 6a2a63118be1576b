"""What changed since the site before this one, for programs: the file that the next build goes on from.

Amounts are exact. Ids are lists: an offering's is its provider and its exact id.
"""

from collections.abc import Iterator

from generator.exporters.encode import json_file
from generator.output import Output
from generator.site import Site
from generator.sources.built import HISTORY

__all__ = ["outputs"]


def outputs(site: Site) -> Iterator[Output]:
    """Yield the file, for a site that knows what was before it."""
    history = site.world.history
    if history is None:
        return
    yield json_file(HISTORY, {
        "revisions": [revision.model_dump(exclude_defaults=True) for revision in history.revisions],
        "removed": [removed.model_dump(exclude_defaults=True) for removed in history.removed],
    })  # fmt: skip
