"""An endpoint and a provider's facts -> what a request needs to arrive: address, key, headers. Nothing is guessed.

Where the facts do not say which header carries the key, the protocol's own is taken: it is part of the protocol.
"""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from generator.schema import Credential, Endpoint, Header, Protocol

__all__ = ["ID_IN_URL", "Access", "access", "address"]

ID_IN_URL = "{model}"

_HEADERS: Mapping[Protocol, tuple[str, str]] = {
    Protocol.OPENAI: ("Authorization", "Bearer"),
    Protocol.ANTHROPIC: ("x-api-key", ""),
    Protocol.GOOGLE: ("x-goog-api-key", ""),
    Protocol.BEDROCK: ("Authorization", "Bearer"),
    Protocol.COHERE: ("Authorization", "Bearer"),
    Protocol.MISTRAL: ("Authorization", "Bearer"),
    Protocol.OLLAMA: ("Authorization", "Bearer"),
}
"""Which header of a protocol carries the key, and the word before it."""

_ANTHROPIC_VERSION = ("anthropic-version", "2023-06-01")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z", re.ASCII)
_PLACEHOLDER = re.compile(r"\$\{[A-Za-z_][A-Za-z0-9_]*\}|\{model\}")
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+\Z", re.ASCII)


class Access(Struct, frozen=True, kw_only=True, cache_hash=True):
    """How a request arrives."""

    url: str
    """The whole address; `${NAME}` stands for an environment variable, `{model}` for the id."""
    key: str | None = None
    """The environment variable that holds the key; none is needed without."""
    header: str = ""
    """The header that carries it."""
    scheme: str = ""
    """The word before it."""
    headers: tuple[tuple[str, str], ...] = ()
    """Further headers that requests have to carry."""

    @property
    def is_bearer(self) -> bool:
        """Whether the key is sent as most packages send it."""
        return self.key is None or (self.header.lower(), self.scheme.lower()) == ("authorization", "bearer")

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """All headers but that of the body's kind, the key as `${NAME}`."""
        own = ((self.header, f"{self.scheme} ${{{self.key}}}".lstrip()),) if self.key and self.header else ()
        return own + self.headers


def address(base_url: str | None, endpoint: Endpoint) -> str | None:
    """Return the whole address of an endpoint, where it is known."""
    if endpoint.url or base_url is None:
        return endpoint.url
    return base_url.rstrip("/") + "/" + (endpoint.path or "").lstrip("/")


def access(
    url: str, protocol: Protocol, credentials: tuple[Credential, ...], headers: Iterable[Header], *, is_keyless: bool
) -> Access | None:
    """Return how a request arrives at an address; nothing where a part of it is not known."""
    required = _required(protocol, headers, url)
    if "{" in _PLACEHOLDER.sub("", url) or not url.startswith("http") or required is None:
        return None
    found = Access(url=url, headers=required)
    if is_keyless:
        return found
    held = next((item for item in credentials if item.header or item.query), None) or _likely(credentials, url)
    if held is None or not _VARIABLE.match(held.env):
        return None
    if held.query and not held.header:
        mark = "&" if "?" in url else "?"
        return replace(found, url=f"{url}{mark}{quote(held.query)}=${{{held.env}}}", key=held.env)
    header, scheme = _carrier(held, protocol)
    return replace(found, key=held.env, header=header, scheme=scheme) if _HEADER.match(header) else None


def _required(protocol: Protocol, headers: Iterable[Header], url: str) -> tuple[tuple[str, str], ...] | None:
    """Return the headers that requests have to carry; nothing where one of them has a gap to fill in."""
    version, since = _ANTHROPIC_VERSION
    speaks = protocol is Protocol.ANTHROPIC
    # A host whose address holds the id wants the version elsewhere.
    is_own = speaks and ID_IN_URL not in url
    found = [(it.name, it.value) for it in headers if it.required and (speaks or it.name.lower() != version)]
    if any(not _HEADER.match(name) or re.search(r"[<>{}]", value) for name, value in found):
        return None
    if is_own and all(name.lower() != version for name, _ in found):
        found.append((version, since))
    return tuple(found)


def _carrier(held: Credential, protocol: Protocol) -> tuple[str, str]:
    """Return the header that carries a key and the word before it.

    One that belongs to another protocol is that protocol's: the provider speaks this one beside it, by its own rules.
    """
    usual = _HEADERS.get(protocol, ("", ""))
    others = {header for header, scheme in _HEADERS.values() if not scheme} - {usual[0]}
    if held.header is None or held.header.lower() in others:
        return usual
    return held.header, held.scheme or ""


def _likely(credentials: Iterable[Credential], url: str) -> Credential | None:
    """Return the one that is the key by its name, where the facts only name the variables."""
    named = (item for item in credentials if (f"${{{item.env}}}" not in url and item.pattern is None) or item.pattern)
    return next((item for item in named if re.search(r"KEY|TOKEN", item.env)), None)
