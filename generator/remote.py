"""How a site reaches an object store, or any other place that fsspec knows by an address: `s3://bucket/models`.

    manifest, listing -> pages made and checked elsewhere -> new files -> changed ones -> stale ones go -> manifest

Nothing of the published site is touched before every page is made and checked. Then only what differs is sent. What
the last build wrote goes by its manifest, so that nothing is read back; what is gone is sent again, and what Almanac
did not write stays. Pages are made in a folder of this machine; where other machines make them (a Dask cluster), below
a prefix of the address that is gone afterwards, from where the store copies them to their places.

Given up, because no store has them: the exchange, so that for a while a reader finds new pages beside old ones;
undoing, so that a build that is killed while it sends leaves the two side by side until the next one; the lock. A build
that finds another manifest than it began with publishes nothing, but who begins that step in the same moment is not
noticed. An object that somebody else has overwritten is not noticed either: delete it, and the next build sends it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from functools import cached_property
from itertools import groupby
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from generator.comparison import refuse_to_overwrite
from generator.errors import AlmanacError, PublishError, UsageError
from generator.output import (
    MANIFEST,
    PRIVATE,
    UNCHANGED,
    Draft,
    Output,
    digest,
    manifest,
    parse_manifest,
    parse_note,
    reason,
    refuse,
    shown,
)
from generator.publish import Published

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

__all__ = ["Parcel", "Remote", "Upload", "is_remote"]

_ADDRESS = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_LOCAL = ("file", "local")
_READ_ONLY = ("data", "http", "https")
_HALFWAY = "old and new files may stand side by side there until the next build"


def is_remote(target: str) -> bool:
    """Return whether the place of a site is named by an address and not by a path."""
    return _ADDRESS.match(target) is not None


class Remote:
    """The place of a site behind an address, as `publish.Folder` is one on this machine.

    The first that is asked of it raises `UsageError` if the address means nothing, or what it needs is not installed.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self.shown = re.sub(r"(?<=[^:/])/+$", "", re.sub(r"//[^/]*@", "//***@", url))
        """How messages call it: without a password."""

    @cached_property
    def _opened(self) -> "tuple[AbstractFileSystem, str]":
        return _opened(self.url, self.shown)

    @property
    def files(self) -> "AbstractFileSystem":
        """What reaches the place."""
        return self._opened[0]

    @property
    def root(self) -> str:
        """How that calls it."""
        return self._opened[1]

    def refuse(self, sources: Iterable[Path]) -> None:
        """Raise `UsageError` where it would be dangerous to publish."""
        if self.files.protocol == _LOCAL:
            refuse(Path(self.root), sources)
        elif not self.root.strip("/"):
            raise UsageError(f"the address {shown(self.shown)} names no place for a site: add a folder to it")
        elif self.manifest() is None and (others := sorted(n for n in self.names() if not n.startswith("."))):
            raise UsageError(
                f"{shown(self.shown)} is not empty and was not made by Almanac (it holds {shown(others[0])}); "
                "choose a place of its own"
            )

    def note(self) -> dict[str, Any]:
        """Return what the build that made the site noted."""
        return parse_note(self.manifest() or b"")

    def still_holds(self) -> int | None:
        """Return how many files of others are there, if all that the last build wrote are."""
        listed = self.manifest()
        if listed is None:
            return None
        own, names = parse_manifest(listed, self.shown).keys(), self.names()
        return None if own - names else len(names - own)

    def staging(self, *, shared: bool) -> "Upload":
        """Return a new site on its way there; `shared` if other machines make pages of it."""
        return Upload(self, shared=shared)

    def manifest(self) -> bytes | None:
        """Return the manifest of the site that is there."""
        with _told(f"cannot read {shown(self.shown)}", UNCHANGED), suppress(FileNotFoundError):
            data: bytes = self.files.cat_file(f"{self.root}/{MANIFEST}")
            return data
        return None

    def names(self, *, private: bool = False) -> set[str]:
        """Return the paths of all files there: of those of a site, or of those that are Almanac's own."""
        self.files.invalidate_cache()
        places: list[str] = []
        with _told(f"cannot list {shown(self.shown)}", UNCHANGED), suppress(FileNotFoundError):
            places = self.files.find(self.root)
        # Some stores have an object for a folder, whose name ends so.
        names = {place.removeprefix(f"{self.root}/") for place in places if not place.endswith("/")}
        return {name for name in names - {MANIFEST, self.root} if name.startswith(f"{PRIVATE}-") is private}


class Upload:
    """A new site on its way to a place behind an address: used as `publish.Staging` is.

    Args:
        place: Where the site is to be.
        shared: Whether other machines make pages of it, which see that place and no folder of this machine.
    """

    def __init__(self, place: Remote, *, shared: bool) -> None:
        self._place = place
        self._shared = shared
        self._closing = ExitStack()

    def __enter__(self) -> Self:
        place, prefix = self._place, f"{PRIVATE}-new-{token_hex(8)}"
        self._listed = place.manifest()
        before = parse_manifest(self._listed, place.shown) if self._listed is not None else {}
        names = place.names()
        self._foreign = names - before.keys()
        self._before = {path: hashed for path, hashed in before.items() if path in names}
        if self._shared:
            self._from = f"{place.root}/{prefix}"
            self._draft: Draft | Parcel = Parcel(place.url, f"{prefix}/", self._before)
            self._closing.callback(self._clear, [prefix])
        else:
            self._from = self._closing.enter_context(TemporaryDirectory(prefix="almanac-", ignore_cleanup_errors=True))
            self._draft = Draft(Path(self._from))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.__exit__(kind, error, trace)

    def write(self, output: Output) -> None:
        """Write one new file of the site.

        Raises:
            PublishError: The path is unsafe or was written before, or could not be written.
        """
        self._draft.write([output])

    def draft(self, inside: str) -> "Draft | Parcel":
        """Return where pages go: the top of the site, or a folder inside it."""
        if isinstance(self._draft, Parcel):
            return self._draft.below(inside)
        folder = self._draft.folder / inside
        folder.mkdir(exist_ok=True)
        return Draft(folder)

    def publish(self, written: Mapping[str, str], note: Mapping[str, object] | None = None) -> Published:
        """Send what differs and remove what is no more; when nothing differs, send nothing.

        Args:
            written: The path and the digest of every file that was written, by any process.
            note: What the next build is to be told.

        Raises:
            PublishError: The store refused; what it has taken until then is there.
            UsageError: A file that is not ours stands where one of ours has to be.
        """
        refuse_to_overwrite(self._place.shown, self._foreign & written.keys())
        fresh = {path for path, hashed in written.items() if self._before.get(path) != hashed}
        stale, after = sorted(self._before.keys() - written.keys()), manifest(written, note)
        if fresh or stale or after != self._listed:
            self._put_in_place(fresh, stale, after)
        return Published(
            written=len(fresh), unchanged=len(written) - len(fresh), removed=len(stale), kept=len(self._foreign)
        )

    def _put_in_place(self, fresh: set[str], stale: list[str], after: bytes) -> None:
        files, root = self._place.files, self._place.root
        if self._place.manifest() != self._listed:
            raise PublishError(
                f"another build has published {shown(self._place.shown)} meanwhile, and this one did not: build again"
            )
        # Whose a file is stays known if this ends halfway; that its bytes are right is not said before they are there.
        both = manifest({**self._before, **dict.fromkeys(fresh, "")})
        move = files.copy if self._shared else files.put
        with _told(f"cannot publish {shown(self._place.shown)}", _HALFWAY):
            files.pipe_file(f"{root}/{MANIFEST}", both)
            for paths in _in_order(fresh, self._before):
                move([f"{self._from}/{path}" for path in paths], [f"{root}/{path}" for path in paths])
            if stale:
                files.rm([f"{root}/{path}" for path in stale])
            files.pipe_file(f"{root}/{MANIFEST}", after)
        # Of builds that were killed: one that is still at it cannot publish any more.
        self._clear({name.partition("/")[0] for name in self._place.names(private=True)})

    def _clear(self, prefixes: Iterable[str]) -> None:
        """Remove what builds have put beside the site. What resists is left to the next one."""
        for prefix in prefixes:
            with suppress(Exception):
                self._place.files.rm(f"{self._place.root}/{prefix}", recursive=True)


class Parcel:
    """Where a process of any machine puts pages of a site: below a prefix of its address, and only those that differ.

    Given up: noticing that two processes write one path.
    """

    def __init__(self, url: str, inside: str, before: Mapping[str, str], folder: str = "") -> None:
        self._url, self._inside, self._before, self._folder = url, inside, before, folder

    def below(self, folder: str) -> "Parcel":
        """Return the same for a folder of the site."""
        return Parcel(self._url, self._inside, self._before, folder)

    def write(self, outputs: Iterable[Output]) -> None:
        """Write new files; raise `PublishError` where that is refused."""
        placed = [Output(self._folder + output.path, output.data) for output in outputs]
        fresh = [output for output in placed if self._before.get(output.path) != digest(output.data)]
        if not fresh:
            return
        place = Remote(self._url)
        start = f"{place.root}/{self._inside}"
        with TemporaryDirectory(prefix="almanac-") as name, _told(f"cannot write to {shown(place.shown)}", UNCHANGED):
            Draft(Path(name)).write(fresh)
            # From files, because stores take the type of an object from the name of a file, and of nothing else.
            place.files.put([f"{name}/{one.path}" for one in fresh], [f"{start}{one.path}" for one in fresh])

    def text(self, file: str) -> str:
        """Return a file that was made, by whatever process: one that does not differ is the published one."""
        place, path = Remote(self._url), self._folder + file
        with _told(f"cannot read {shown(place.shown)}", UNCHANGED):
            with suppress(FileNotFoundError):
                return str(place.files.cat_file(f"{place.root}/{self._inside}{path}"), "utf-8")
            return str(place.files.cat_file(f"{place.root}/{path}"), "utf-8")


def _opened(url: str, told: str) -> "tuple[AbstractFileSystem, str]":
    """Return what reaches an address, and how it calls the place."""
    protocol = url.partition("://")[0]
    try:
        from fsspec.core import url_to_fs  # noqa: PLC0415  # an extra, and slow to import
    except ImportError:
        raise UsageError(
            f"to write to {shown(told)} needs one more package: pip install 'almanac-catalog[remote]'"
        ) from None
    if protocol in _READ_ONLY:
        raise UsageError(f"nothing can be written to {shown(told)}: name a folder or the address of a store")
    try:
        files, root = url_to_fs(url, **({"auto_mkdir": True} if protocol in _LOCAL else {}))
    except ImportError as error:
        raise UsageError(f"to write to {shown(told)} needs one more package ({_line(error)})") from None
    except ValueError:
        raise UsageError(f"{shown(told)} is not an address that fsspec knows") from None
    except Exception as error:  # each store has errors of its own
        raise UsageError(f"{shown(told)} cannot be reached: {_line(error)}") from error
    return files, root.rstrip("/")


def _in_order(fresh: Iterable[str], before: Mapping[str, str]) -> Iterator[list[str]]:
    """Yield what is to be sent, in steps: what others lead to before those that do.

    New files first, for nothing leads to them yet. Then what is no page before what is one, and pages from the deepest
    folders up, with the page of a folder after those in it. The home page is the last.
    """

    def step(path: str) -> tuple[bool, bool, int, bool]:
        name = path.rpartition("/")[2]
        return path in before, name.endswith((".html", ".md")), -path.count("/"), name in ("index.html", "README.md")

    for _, paths in groupby(sorted(fresh, key=lambda path: (step(path), path)), key=step):
        yield list(paths)


@contextmanager
def _told(what: str, state: str) -> Iterator[None]:
    """Turn whatever a store raises into a sentence for the user."""
    try:
        yield
    except AlmanacError:
        raise
    except Exception as error:
        raise PublishError(f"{what}: {_line(error)}; {state}") from error


def _line(error: Exception) -> str:
    return " ".join(reason(error).split())
