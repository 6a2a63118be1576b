"""The corpus: what is done to a catalog, and what has to come of it.

A case that is refused has to be `told` on standard error, in a line that begins so, seen from the folder of the
catalog. Cases that are built are put into one catalog of their layout, and prose that is refused into one catalog:
making pages is what takes the time.
"""

from tests.hostile.accepted import ACCEPTED
from tests.hostile.case import Case
from tests.hostile.refused import REFUSED

__all__ = ["CASES"]

CASES: tuple[Case, ...] = (*REFUSED, *ACCEPTED)
