"""What was behind an address: its bytes, and how messages call it.

Apart from `fetch`, so that a build that fetches nothing does not import a client of the web.
"""

import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

__all__ = ["Fetched", "is_address", "shown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A source that was behind an address. Its bytes are here; it has no folder, and nothing stands beside it."""

    url: str
    data: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """The name of the file, with the suffix that answers of an API go without."""
        last = urlsplit(self.url).path.rpartition("/")[2] or "index"
        return last if "." in last else f"{last}.json"

    def as_posix(self) -> str:
        """Return how messages call the source, where a path says its own."""
        return shown(self.url)


def is_address(source: str) -> bool:
    """Return whether a source is named by an address and not by a path."""
    return source.startswith(("https://", "http://"))


def shown(url: str) -> str:
    """Return an address as it may be shown: without a password, and not longer than a line or two."""
    return re.sub(r"//[^/?#]*@", "//***@", url)[:300]
