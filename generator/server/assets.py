"""The static files of a theme as pages of this server link to them: each address says which state of the file it means.

A browser may then keep a file for as long as it likes, and asks for none of them when a page shows itself anew: a dozen
requests take longer than the page. Given up: the addresses that a build writes; all else on a page is as it is built.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from generator.theme import Theme

__all__ = ["Assets", "state_of"]

_LINK = re.compile(rb'(?<==")(?:\.\./)*(assets/[^"?#]+)(?=")')


@dataclass(frozen=True)
class Assets:
    """The static files of one theme. They are read when they are asked for, as they are then."""

    theme: Theme

    @cached_property
    def _files(self) -> Mapping[str, Path]:
        """Where each file of the site is; no link leads out of the folders."""
        folders = [folder.resolve() for folder in self.theme.folders]
        found = self.theme.static().items()
        return {f"assets/{name}": path for name, path in found if any(map(path.resolve().is_relative_to, folders))}

    def linked(self, page: bytes) -> bytes:
        """Return a page with the state of each static file in the address that leads to it."""
        return _LINK.sub(self._with_state, page)

    def _with_state(self, link: re.Match[bytes]) -> bytes:
        path = self._files.get(link[1].decode())
        return link[0] + f"?{state_of(path)}".encode() if path else link[0]

    def find(self, name: str) -> Path | None:
        """Return where a file of the site is, when it is one of these."""
        return self._files.get(name)


def state_of(path: Path) -> str:
    """Return what is another as soon as a file is another; nothing when there is none."""
    try:
        stat = path.stat()
    except OSError:
        return ""
    return f"{stat.st_mtime_ns:x}-{stat.st_size:x}"
