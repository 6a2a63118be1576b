"""What was before: two catalogs compared fact by fact, and what a site keeps of all the comparisons before it."""

from generator.history.changes import Change, History, Kind, Removed, Revision, Thing
from generator.history.compare import compare, named
from generator.history.past import Past

__all__ = ["Change", "History", "Kind", "Past", "Removed", "Revision", "Thing", "compare", "named"]
