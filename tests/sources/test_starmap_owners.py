"""Starmap's providers on their way into the schema, in the words of both layouts."""

from textwrap import dedent
from typing import Any

import pytest

from generator.documents import parse_yaml
from generator.sources.starmap_owners import provider
from generator.sources.starmap_reading import Reading


def facts_of(text: str, name: str = "studio") -> dict[str, Any]:
    reading = Reading(parse_yaml(f"id: {name}\nname: N\n{dedent(text)}", "providers.yaml"))
    facts = provider(reading).model_dump(mode="json", exclude_unset=True)
    assert (facts.pop("id"), facts.pop("name"), reading.warnings) == (name, "N", [])
    return facts


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "  icon_url: https://a.b/c.ico\n  headquarters: Here\n  status_page_url: https://s.t/\n",
            {
                "headquarters": "Here",
                "status_page": "https://s.t/",
                "extensions": {"starmap": {"icon_url": "https://a.b/c.ico"}},
            },
        ),
        (
            (
                "  api_key: {name: KEY, pattern: .*, header: Authorization, scheme: Bearer, query_param: ''}\n"
                "  env_vars:\n  - {name: PROJECT, required: false, description: The project., pattern: a+}\n"
            ),
            {
                "credentials": [
                    {"env": "KEY", "header": "Authorization", "scheme": "Bearer"},
                    {"env": "PROJECT", "required": False, "description": "The project.", "pattern": "a+"},
                ],
                "extensions": {"starmap": {"api_key": {"pattern": ".*"}}},
            },
        ),
        (
            (
                "  catalog: {docs_url: https://d.e/, api_url: 'https://a.b/{project}/models', api_key_required: true}\n"
                "  chat_completions:\n    url: https://a.b/v1/chat/completions\n    health_api_url: https://s.t/x\n"
                "    health_components: [{id: x, name: y}]\n"
            ),
            {
                "docs": "https://d.e/",
                "key_required": True,
                "endpoints": [
                    {"operation": "chat", "protocol": "openai", "url": "https://a.b/v1/chat/completions"},
                    {
                        "operation": "models",
                        "protocol": "native",
                        "url": "https://a.b/{project}/models",
                        "method": "GET",
                    },
                    {"operation": "health", "protocol": "native", "url": "https://s.t/x", "method": "GET"},
                ],
                "extensions": {"starmap": {"chat_completions": {"health_components": [{"id": "x", "name": "y"}]}}},
            },
        ),
        (
            "  chat_completions: {url: https://a.b/v1/projects}\n",
            {"endpoints": [{"operation": "chat", "protocol": "native", "url": "https://a.b/v1/projects"}]},
        ),
        (
            (
                "  privacy_policy: {privacy_policy_url: https://p.q/, terms_of_service_url: https://t.u/,"
                " retains_data: true, trains_on_data: false}\n"
                "  retention_policy: {type: fixed, duration: 720h0m0s, details: Thirty days.}\n"
                "  governance_policy: {moderation_required: false, moderated: true, moderator: studio}\n"
            ),
            {
                "policies": {
                    "privacy": "https://p.q/",
                    "terms": "https://t.u/",
                    "retains_data": True,
                    "trains_on_data": False,
                    "retention": "fixed",
                    "retention_hours": 720,
                    "retention_details": "Thirty days.",
                    "moderation_required": False,
                    "moderated": True,
                    "moderator": "studio",
                }
            },
        ),
        ("  retention_policy: {type: none, duration: 0s}\n", {"policies": {"retention": "none", "retention_hours": 0}}),
        (
            "  retention_policy: {type: fixed, duration: 90m}\n",
            {"policies": {"retention": "fixed"}, "extensions": {"starmap": {"retention_policy": {"duration": "90m"}}}},
        ),
        (
            "  retention_policy: {type: indefinite, duration: 0s}\n",
            {
                "policies": {"retention": "indefinite"},
                "extensions": {"starmap": {"retention_policy": {"duration": "0s"}}},
            },
        ),
        (
            (
                "  docs_url: https://d.e/\n  catalog: {docs: https://d.e/models}\n"
                "  extensions: {models.dev: {fields: {npm: '@ai-sdk/groq', api: https://a.b/v1}}}\n"
            ),
            {
                "docs": "https://d.e/",
                "links": [{"url": "https://d.e/models", "kind": "docs"}],
                "sdk": {"npm": "@ai-sdk/groq", "api": "https://a.b/v1"},
            },
        ),
        (
            (
                "  inference:\n    base_url: '{base_url}'\n    health_api_url: https://s.t/x\n    endpoints:\n"
                "    - {operation: chat-completions, type: openai, path: /v1/chat/completions}\n"
                "    - {operation: chat-completions, type: anthropic, path: /v1/messages}\n"
                "    - {operation: chat-completions, type: google-cloud, path: '/{provider_model_id}:generate'}\n"
                "    - {operation: embeddings, type: ollama, path: /api/embed}\n"
                "    - {operation: paint, type: easel, path: /paint}\n"
                "  catalog: {endpoint: {type: openai, url: '{base_url}/v1/models', author_mapping: {field: id}}}\n"
            ),
            {
                "base_url": "{base_url}",
                "endpoints": [
                    {"operation": "chat", "protocol": "openai", "path": "/v1/chat/completions"},
                    {"operation": "messages", "protocol": "anthropic", "path": "/v1/messages"},
                    {"operation": "generate", "protocol": "google", "path": "/{model}:generate"},
                    {"operation": "embeddings", "protocol": "ollama", "path": "/api/embed"},
                    {"operation": "other", "protocol": "native", "path": "/paint"},
                    {"operation": "models", "protocol": "openai", "url": "{base_url}/v1/models", "method": "GET"},
                    {"operation": "health", "protocol": "native", "url": "https://s.t/x", "method": "GET"},
                ],
                "extensions": {
                    "starmap": {
                        "inference": {"endpoints": [{}, {}, {}, {}, {"operation": "paint", "type": "easel"}]},
                        "catalog": {"endpoint": {"author_mapping": {"field": "id"}}},
                    }
                },
            },
        ),
    ],
)
def test_providers_take_our_names(text: str, facts: dict[str, Any]) -> None:
    assert facts_of(text) == facts


CREDENTIALS = """\
  credentials:
    fields:
    - {id: key, kind: secret, required: true, environment: [KEY, OTHER_KEY]}
    - {id: token, kind: secret, required: true}
    - {id: url, kind: parameter, required: true, environment: [BASE_URL], default: http://localhost:1}
    - {id: org, kind: parameter, required: false, environment: [ORG], description: Who pays.}
    - {id: sync, kind: secret, required: true, environment: [SYNC_KEY]}
    profiles:
    - id: by-key
      primitive: api-key
      fields: [key, url, org]
      placements:
      - {field: key, kind: header, name: Authorization, scheme: bearer}
      - {field: org, kind: query, name: org, scheme: direct}
    - {id: by-token, primitive: google-default, fields: [token, url]}
    - {id: open, primitive: none, fields: [url]}
    - {id: sync, primitive: api-key, fields: [sync]}
    inference: INFERENCE
"""


@pytest.mark.parametrize(
    ("inference", "key_required", "credentials"),
    [
        (
            "{required: true, alternatives: [by-key]}",
            True,
            [
                {"env": "KEY", "required": True, "header": "Authorization", "scheme": "Bearer"},
                {"env": "BASE_URL", "required": True, "default": "http://localhost:1"},
                {"env": "ORG", "required": False, "description": "Who pays.", "query": "org"},
            ],
        ),
        (
            "{required: true, alternatives: [by-key, by-token]}",
            None,
            [
                {"env": "KEY", "header": "Authorization", "scheme": "Bearer"},
                {"env": "BASE_URL", "required": True, "default": "http://localhost:1"},
                {"env": "ORG", "description": "Who pays.", "query": "org"},
            ],
        ),
        (
            "{required: false, alternatives: [open]}",
            False,
            [{"env": "BASE_URL", "required": True, "default": "http://localhost:1"}],
        ),
        ("{required: true, alternatives: [nothing]}", None, None),
        ("{}", None, None),
    ],
)
def test_credentials_say_what_calling_a_model_needs(
    inference: str, key_required: bool | None, credentials: list[dict[str, Any]] | None
) -> None:
    found = facts_of(CREDENTIALS.replace("INFERENCE", inference))
    assert found.get("credentials") == credentials
    assert found.get("key_required") == key_required
    assert found["extensions"]["starmap"]["credentials"]["fields"][0]["environment"] == ["KEY", "OTHER_KEY"]


@pytest.mark.parametrize(
    ("name", "chat", "models"),
    [("groq", "openai", "openai"), ("anthropic", "openai", "anthropic"), ("new", "openai", "native")],
)
def test_a_wire_format_is_stated_only_where_it_is_certain(name: str, chat: str, models: str) -> None:
    text = "catalog: {api_url: https://a.b/models}\nchat_completions: {url: https://a.b/v1/chat/completions}\n"
    assert [it["protocol"] for it in facts_of(text, name)["endpoints"]] == [chat, models]
