"""Starmap's authors and providers -> ours, in both of its layouts.

What has no place here stays in the source's shape among the leftovers: icons on other servers, which models an author's
pattern finds, how a list of models is fetched, and the newer way to describe credentials, of which we state only a
part.
"""

import re
from collections.abc import Mapping
from typing import Any

from generator.documents import Loc
from generator.schema import Author, AuthorKind, Operation, Protocol, Provider
from generator.sources.starmap_reading import Reading

__all__ = ["author", "provider"]

_AUTHOR = ("id", "name", "aliases", "description", "headquarters", "website", "github", "huggingface", "twitter")
_KINDS = {
    AuthorKind.COMPANY: ("amazon", "apple", "google", "meta", "microsoft"),
    AuthorKind.STARTUP: ("adept", "ai21", "anthropic", "cohere", "deepseek", "mistral", "openai", "xai"),
    AuthorKind.RESEARCH: ("bigscience", "eleutherai", "laion", "mit", "stanford"),
}
_PROVIDER = {
    "name": "name",
    "aliases": "aliases",
    "description": "description",
    "headquarters": "headquarters",
    "docs_url": "docs",
    "catalog.docs_url": "docs",
    "status_page_url": "status_page",
    "inference.base_url": "base_url",
    "catalog.api_key_required": "key_required",
    "privacy_policy.privacy_policy_url": "policies.privacy",
    "privacy_policy.terms_of_service_url": "policies.terms",
    "privacy_policy.retains_data": "policies.retains_data",
    "privacy_policy.trains_on_data": "policies.trains_on_data",
    "retention_policy.type": "policies.retention",
    "retention_policy.details": "policies.retention_details",
    "governance_policy.moderation_required": "policies.moderation_required",
    "governance_policy.moderated": "policies.moderated",
    "governance_policy.moderator": "policies.moderator",
}
_SDK = {"npm": "npm", "api": "api"}
_DURATION = re.compile(r"(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?\Z", re.ASCII)
_PROTOCOLS = {
    "openai": Protocol.OPENAI,
    "anthropic": Protocol.ANTHROPIC,
    "google": Protocol.GOOGLE,
    "google-cloud": Protocol.GOOGLE,
    "ollama": Protocol.OLLAMA,
}
# Whose wire format is certain though the older layout does not name it.
_BY_PROVIDER = {
    "anthropic": Protocol.ANTHROPIC,
    "cerebras": Protocol.OPENAI,
    "deepseek": Protocol.OPENAI,
    "google-ai-studio": Protocol.GOOGLE,
    "google-vertex": Protocol.GOOGLE,
    "groq": Protocol.OPENAI,
    "openai": Protocol.OPENAI,
}
_CHATS = {Protocol.ANTHROPIC: Operation.MESSAGES, Protocol.GOOGLE: Operation.GENERATE}
_OPERATIONS = {
    "responses": Operation.RESPONSES,
    "completions": Operation.COMPLETIONS,
    "embeddings": Operation.EMBEDDINGS,
    "rerank": Operation.RERANK,
    "moderation": Operation.MODERATION,
}
_SCHEMES = {"bearer": "Bearer", "basic": "Basic"}


def author(reading: Reading, *, others: AuthorKind | None = None) -> Author:
    """Return an author. `others` is the kind of those who stand in none of Starmap's named groups."""
    reading.gather((), (), {name: name for name in _AUTHOR})
    name = reading.facts.get("id")
    kind = next((kind for kind, names in _KINDS.items() if name in names), others)
    return reading.build(Author, **({"kind": kind} if kind else {}))


def provider(reading: Reading) -> Provider:
    """Return a provider of either layout: a key that the one does not have is simply not there."""
    reading.gather((), (), {"id": "id"})
    for theirs, ours in _PROVIDER.items():
        if not reading.states(ours):
            reading.move(theirs, ours)
    if (docs := reading.take("catalog", "docs")) is not None:
        reading.put(("links", 0, "url"), docs, ("catalog", "docs"))
        reading.put(("links", 0, "kind"), "docs", ("catalog", "docs"))
    reading.gather(("extensions", "models.dev", "fields"), ("sdk",), _SDK)
    _retention(reading)
    _keys(reading)
    _credentials(reading)
    _endpoints(reading)
    return reading.build(Provider)


def _retention(reading: Reading) -> None:
    """Take a duration as Go writes it, `720h0m0s`, when it is a number of whole hours and the policy has an end."""
    where = ("retention_policy", "duration")
    value = reading.see(*where)
    if value is None or reading.facts.get("policies", {}).get("retention") == "indefinite":
        return
    found = _DURATION.match(str(value)) if str(value) else None
    if not found or not any(found.groups()):
        reading.warn(where, f"`{value}` is no duration like 720h0m0s", "the duration is taken as not known")
        return
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = 3600 * hours + 60 * minutes + seconds
    if total % 3600 == 0:
        reading.take(*where)
        reading.put(("policies", "retention_hours"), total // 3600, where)


def _keys(reading: Reading) -> None:
    """Take the older way to say what a request needs: one key, and environment variables."""
    places: list[Loc] = [("api_key",)] if reading.mapping("api_key") else []
    places += [place for place, _ in reading.items("env_vars")]
    for index, place in enumerate(places):
        here = ("credentials", index)
        reading.gather(place, here, {"name": "env", "required": "required", "description": "description"})
        reading.gather(place, here, {"header": "header", "scheme": "scheme", "query_param": "query"})
        if reading.see(*place, "pattern") != ".*":
            reading.gather(place, here, {"pattern": "pattern"})


def _credentials(reading: Reading) -> None:
    """State what the newer profiles of credentials say about calling models; the block itself stays.

    A field that only some of several alternatives need is not stated to be required. One without an environment
    variable has no name to go by and is left out.
    """
    needed = reading.mapping("credentials", "inference")
    if not needed:
        return
    wanted = needed.get("alternatives")
    profiles = [item for item in reading.items("credentials", "profiles") if _holds(wanted, item[1].get("id"))]
    found = len(reading.facts.get("credentials", ()))
    for place, field in reading.items("credentials", "fields"):
        users = [it for _, it in profiles if _holds(it.get("fields"), field.get("id"))]
        if users and _credential(reading, place, found, sure=len(users) == len(profiles)):
            _placement(reading, field.get("id"), [where for where, _ in profiles], found)
            found += 1
    required = needed.get("required")
    by_key = bool(profiles) and all(it.get("primitive") == "api-key" for _, it in profiles)
    if required is False or by_key:
        reading.put(("key_required",), required, ("credentials", "inference", "required"))


def _credential(reading: Reading, place: Loc, index: int, *, sure: bool) -> bool:
    """State one field as a credential, and return whether it has a name to go by."""
    names = reading.see(*place, "environment")
    if not isinstance(names, list):
        return False
    here = ("credentials", index)
    reading.put((*here, "env"), names[0], (*place, "environment", 0))
    for name in ("description", "default", *(["required"] if sure else [])):
        reading.put((*here, name), reading.see(*place, name), (*place, name))
    return True


def _placement(reading: Reading, field: object, profiles: list[Loc], index: int) -> None:
    """State where a request carries the credential, as the first profile that places it says."""
    for profile in profiles:
        for place, it in reading.items(*profile, "placements"):
            if it.get("field") != field:
                continue
            here = ("credentials", index)
            target = "query" if it.get("kind") == "query" else "header"
            reading.put((*here, target), it.get("name"), (*place, "name"))
            reading.put((*here, "scheme"), _SCHEMES.get(str(it.get("scheme"))), (*place, "scheme"))
            return


def _endpoints(reading: Reading) -> None:
    """Take the addresses in the order: calling models, listing them, asking after their health."""
    name = str(reading.facts.get("id"))
    found: list[tuple[Operation, Protocol, str, Loc]] = []
    for place, it in reading.items("inference", "endpoints"):
        protocol = _protocol(reading, place)
        found.append((_operation(reading, place, protocol, it), protocol, "path", (*place, "path")))
    if url := reading.see("chat_completions", "url"):
        openai = str(url).endswith("/chat/completions")
        protocol = Protocol.OPENAI if openai else _BY_PROVIDER.get(name, Protocol.NATIVE)
        found.append((Operation.CHAT, protocol, "url", ("chat_completions", "url")))
    if reading.see("catalog", "api_url"):
        found.append((Operation.MODELS, _BY_PROVIDER.get(name, Protocol.NATIVE), "url", ("catalog", "api_url")))
    if reading.mapping("catalog", "endpoint").get("url"):
        found.append(
            (Operation.MODELS, _protocol(reading, ("catalog", "endpoint")), "url", ("catalog", "endpoint", "url"))
        )
    blocks = [block for block in ("inference", "chat_completions") if reading.see(block, "health_api_url")]
    found += [(Operation.HEALTH, Protocol.NATIVE, "url", (block, "health_api_url")) for block in blocks]
    for index, (operation, protocol, kind, place) in enumerate(found):
        here = ("endpoints", index)
        value = reading.take(*place)
        if kind == "path" and isinstance(value, str):
            value = value.replace("{provider_model_id}", "{model}")
        reading.put((*here, "operation"), operation, place)
        reading.put((*here, "protocol"), protocol, place)
        reading.put((*here, kind), value, place)
        if operation in (Operation.MODELS, Operation.HEALTH):
            reading.put((*here, "method"), "GET", place)


def _operation(reading: Reading, place: Loc, protocol: Protocol, endpoint: Mapping[str, Any]) -> Operation:
    """Take what an endpoint does; a word that we do not have stays among the leftovers."""
    word = str(endpoint.get("operation"))
    if word == "chat-completions":
        reading.take(*place, "operation")
        return _CHATS.get(protocol, Operation.CHAT)
    if word in _OPERATIONS:
        reading.take(*place, "operation")
    return _OPERATIONS.get(word, Operation.OTHER)


def _protocol(reading: Reading, endpoint: Loc) -> Protocol:
    """Take the wire format that an endpoint names; one that we have no word for stays among the leftovers."""
    protocol = _PROTOCOLS.get(str(reading.see(*endpoint, "type")))
    if protocol:
        reading.take(*endpoint, "type")
    return protocol or Protocol.NATIVE


def _holds(names: object, name: object) -> bool:
    return isinstance(names, list) and name in names
