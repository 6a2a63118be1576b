"""An address -> the bytes behind it: https only, with an end to how long it takes and how much there is.

The standard library's client without what a catalog has no use for: no `file:`, no `ftp:`, no redirect to anything but
https, no user name in an address. Only a server on this machine may be asked without encryption, and only a server on
this machine leads there. A proxy that the environment names is used. Nothing is kept between two fetches.
"""

from http.client import HTTPException, HTTPMessage, HTTPResponse
from time import monotonic
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from generator.errors import ContentError, Problem
from generator.sources.fetched import Fetched, shown

__all__ = ["MAX_BYTES", "fetch"]

MAX_BYTES = 64 * 1024 * 1024
_PATIENCE = 12
"""How many times the timeout a whole answer may take."""
_CHUNK = 64 * 1024
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
"""The hosts that are this machine whatever a name server says."""


def fetch(url: str, *, timeout: float = 10, limit: int = MAX_BYTES) -> Fetched:
    """Return what is at an https address; raise `ContentError` when it cannot be had.

    Args:
        url: The address.
        timeout: How many seconds the server may be silent; the whole may take twelve times as long.
        limit: How many bytes there may be.
    """
    schemes = ("https", "http") if _is_here(url) else ("https",)
    _check(url, url, schemes)
    request = Request(url, headers={"User-Agent": "almanac", "Accept": "application/json, */*;q=0.5"})  # noqa: S310  # checked above
    end = monotonic() + _PATIENCE * timeout
    try:
        with _opener(schemes).open(request, timeout=timeout) as response:
            return Fetched(url=url, data=_read(response, url, limit, end))
    except HTTPError as error:
        error.close()
        raise _fault(url, f"cannot be fetched: the server answers {error.code} {error.reason}".rstrip()) from None
    except TimeoutError:
        raise _fault(url, f"cannot be fetched: the server is silent for {timeout:g} seconds") from None
    except URLError as error:
        silent = isinstance(error.reason, TimeoutError)
        reason = f"the server is silent for {timeout:g} seconds" if silent else error.reason
        raise _fault(url, f"cannot be fetched: {reason}") from None
    except (HTTPException, OSError, ValueError) as error:
        raise _fault(url, f"cannot be fetched: {str(error) or type(error).__name__}") from None


def _is_here(url: str) -> bool:
    """Return whether an address is one of this machine's own, which needs no encryption."""
    try:
        return urlsplit(url).hostname in _HERE
    except ValueError:
        return False


def _check(url: str, target: str, schemes: tuple[str, ...]) -> None:
    """Refuse a target that is no plain address of one of the schemes; `url` is what was asked for."""
    led = "" if target == url else f"leads to `{shown(target)}`, which "
    try:
        parts = urlsplit(target)
        plain = parts.hostname and parts.username is None and parts.password is None and parts.port != 0
    except ValueError:
        raise _fault(url, f"{led}is not an address") from None
    if parts.scheme not in schemes or (parts.scheme == "http" and not _is_here(target)):
        raise _fault(url, f"{led}does not start with https://")
    if not plain:
        raise _fault(url, f"{led}is not an address without user name and password")


class _Redirects(HTTPRedirectHandler):
    """Follows a redirect to an address that could have been asked for, and no other."""

    def __init__(self, schemes: tuple[str, ...]) -> None:
        self.schemes = schemes

    def redirect_request(  # noqa: PLR0913, PLR0917  # the library's signature
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        try:
            _check(req.full_url, newurl, self.schemes)
        except ContentError:
            fp.close()
            raise
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(schemes: tuple[str, ...]) -> OpenerDirector:
    transports = (HTTPSHandler(), HTTPHandler()) if "http" in schemes else (HTTPSHandler(),)
    errors = (HTTPDefaultErrorHandler(), HTTPErrorProcessor(), _Redirects(schemes))
    opener = OpenerDirector()
    for handler in (ProxyHandler(), *transports, *errors):
        opener.add_handler(handler)
    return opener


def _read(response: HTTPResponse, url: str, limit: int, end: float) -> bytes:
    """Read at most `limit` bytes until `end`, and as many as the server says there are."""
    said = response.headers.get("Content-Length", "")
    expected = int(said) if said.isdecimal() else None
    data = bytearray()
    while len(data) <= limit and (expected is None or expected <= limit):
        if monotonic() > end:
            raise _fault(url, "cannot be fetched: it takes too long")
        chunk = response.read1(_CHUNK)
        if not chunk:
            if expected is not None and len(data) != expected:
                raise _fault(url, f"ends after {len(data):,} of {expected:,} bytes", "fetch it again")
            return bytes(data)
        data += chunk
    raise _fault(url, f"is larger than {limit:,} bytes")


def _fault(url: str, message: str, hint: str = "") -> ContentError:
    return ContentError([Problem(shown(url), message=message, hint=hint)])
