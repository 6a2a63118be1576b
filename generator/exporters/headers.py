"""`_headers`, for hosts that take it (Netlify, Cloudflare Pages and others): types, a policy, leave to read the data.

Rules that match are added up, so none sets what another has set; a star stands at the end of a path only, which all of
those hosts understand. The file works where the site is the root of its host. Given up: the files of other servers.
"""

from collections.abc import Iterator, Mapping

from generator.config import Export
from generator.exporters import feeds, ics
from generator.exporters.records import API
from generator.output import Output
from generator.site import Site

__all__ = ["PATH", "POLICY", "outputs"]

PATH = "_headers"

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types almanac"
)
"""What pages may load, as every page says itself; said by the host it holds for pictures and data, too."""

_ALL = {
    "Content-Security-Policy": f"{POLICY}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
}
_JSON = "application/json; charset=utf-8"
_ATOM = "application/atom+xml; charset=utf-8"
_TYPES: Mapping[Export, Mapping[str, str]] = {
    Export.OPENAI: {"/v1/models": _JSON},
    Export.OPENROUTER: {f"/{API}models": _JSON},
    Export.TABLES: {f"/{API}index.ndjson": "application/x-ndjson; charset=utf-8"},
    Export.FEEDS: {f"/{feeds.MODELS}": _ATOM, "/feeds/*": _ATOM},
    Export.CALENDAR: {f"/{ics.PATH}": "text/calendar; charset=utf-8"},
}
"""What a host would not know by the end of the name."""


def outputs(site: Site) -> Iterator[Output]:
    """Yield the file."""
    lines = ["/*", *(f"  {name}: {value}" for name, value in _ALL.items())]
    for export, types in _TYPES.items():
        if export in site.settings.exports:
            for path, kind in types.items():
                lines += [path, f"  Content-Type: {kind}"]
    yield Output(PATH, "\n".join([*lines, ""]).encode())
