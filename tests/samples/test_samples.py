"""Which samples an offering has, and what stands in them."""

from __future__ import annotations

from typing import Any

import pytest

from generator.samples import Task, agents, code_for
from generator.schema import Protocol
from tests.samples.offers import DRAWS, EMBEDS, HEARS, SPEAKS, TALKS, offering, provider, shown, written

OPENAI, ANTHROPIC, GOOGLE = Protocol.OPENAI, Protocol.ANTHROPIC, Protocol.GOOGLE
CHAT, MESSAGES, GENERATE = ("openai", "chat"), ("anthropic", "messages"), ("google", "generate")
RESPONSES = ("openai", "responses")
TEXT = {"modalities": {"input": ["text"], "output": ["text"]}}
ALL = [Task.CHAT, Task.VISION, Task.TOOLS, Task.REASONING]


@pytest.mark.parametrize(
    ("facts", "ways", "expected"),
    [
        (TALKS, [CHAT], [(OPENAI, task) for task in ALL]),
        (TALKS, [CHAT, RESPONSES], [(OPENAI, task) for task in ALL]),
        (TALKS, [MESSAGES, CHAT], [*((ANTHROPIC, task) for task in ALL), (OPENAI, Task.CHAT)]),
        (TEXT, [GENERATE], [(GOOGLE, Task.CHAT)]),
        ({**TEXT, "capabilities": {"tools": False, "reasoning": True}}, [CHAT], [(OPENAI, Task.CHAT)]),
        (EMBEDS, [CHAT, ("openai", "embeddings")], [(OPENAI, Task.EMBEDDINGS)]),
        (EMBEDS, [CHAT], []),
        (DRAWS, [("openai", "images")], [(OPENAI, Task.IMAGES)]),
        (SPEAKS, [("openai", "speech")], [(OPENAI, Task.SPEECH)]),
        ({**SPEAKS, "model": "acme/voice"}, [("openai", "speech")], []),
        (HEARS, [CHAT, ("openai", "transcription")], [(OPENAI, Task.TRANSCRIPTION)]),
        ({}, [CHAT], []),
        ({"modalities": {"input": ["text"], "output": ["video"]}}, [CHAT], []),
    ],
)
def test_what_it_does_and_how_it_is_called_choose_the_samples(facts: Any, ways: Any, expected: Any) -> None:
    assert shown(*code_for(offering(facts), provider(*ways))) == expected


@pytest.mark.parametrize(
    "facts",
    [
        {"host": "https://{region}.example.com"},
        {"host": "${EXAMPLE_HOST}/v1"},
        {"credentials": [{"env": "EXAMPLE_ACCOUNT"}]},
        {"credentials": [{"env": "not a name KEY", "header": "Authorization"}]},
        {"credentials": [{"env": "EXAMPLE_API_KEY", "header": "X Key: 1"}]},
        {"headers": [{"name": "X-Team", "value": "<team>", "required": True}]},
        {"endpoints": [{"operation": "chat", "protocol": "openai", "path": "/chat", "method": "GET"}]},
        {"endpoints": [{"operation": "chat", "protocol": "native", "path": "/chat"}]},
    ],
)
def test_nothing_is_shown_where_a_part_is_not_known(facts: dict[str, Any]) -> None:
    assert code_for(offering(TEXT), provider(CHAT, **facts)) == ()


def curl(way: tuple[str, str], facts: Any = TEXT, **more: Any) -> str:
    example = code_for(offering(facts), provider(way, **more))[0]
    return written(example)["bash"]


@pytest.mark.parametrize(
    ("way", "facts", "line"),
    [
        (CHAT, {}, '-H "Authorization: Bearer $EXAMPLE_API_KEY"'),
        (CHAT, {"credentials": [{"env": "MY_KEY"}]}, '-H "Authorization: Bearer $MY_KEY"'),
        (CHAT, {"credentials": [{"env": "ACCOUNT"}, {"env": "MY_TOKEN"}]}, '-H "Authorization: Bearer $MY_TOKEN"'),
        (CHAT, {"credentials": [{"env": "K", "header": "api-key"}]}, '-H "api-key: $K"'),
        (CHAT, {"credentials": [{"env": "K", "header": "x-goog-api-key"}]}, '-H "Authorization: Bearer $K"'),
        (GENERATE, {"credentials": [{"env": "K", "header": "x-goog-api-key"}]}, '-H "x-goog-api-key: $K"'),
        (MESSAGES, {"credentials": [{"env": "THE_KEY"}]}, '-H "x-api-key: $THE_KEY"'),
        (MESSAGES, {}, "-H 'anthropic-version: 2023-06-01'"),
        (CHAT, {"credentials": [{"env": "K", "query": "key"}]}, '"https://api.example.com/v1/chat/completions?key=$K"'),
        (CHAT, {"host": "https://${ZONE}.example.com"}, '"https://${ZONE}.example.com/v1/chat/completions"'),
        (CHAT, {"headers": [{"name": "X-Team", "value": "it's $1", "required": True}]}, "-H 'X-Team: it'\\''s $1'"),
        (CHAT, {"headers": [{"name": "X-Team", "value": "<team>"}]}, "curl 'https://api.example.com/"),
    ],
)
def test_requests_carry_what_the_facts_say(way: tuple[str, str], facts: dict[str, Any], line: str) -> None:
    assert line in curl(way, **facts)


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/models/{model}:rawPredict", '"anthropic_version": "vertex-2023-10-16",'),
        ("/models/{model}:invoke", None),
    ],
)
def test_where_the_address_holds_the_id_the_body_is_the_hosts(path: str, body: str | None) -> None:
    endpoint = {"protocol": "anthropic", "operation": "messages", "path": path}
    found = code_for(offering(TEXT, "sun@1"), provider(MESSAGES, endpoints=[endpoint]))
    if body is None:
        assert found == ()
        return
    text = written(found[0])["bash"]
    assert "/models/sun@1:rawPredict" in text
    assert body in text
    assert '"model"' not in text
    assert "anthropic-version" not in text


def test_a_provider_without_keys_is_called_without_one() -> None:
    text = curl(CHAT, credentials=[])
    assert "Authorization" not in text
    example = code_for(offering(TEXT), provider(CHAT, credentials=[]))[0]
    assert 'api_key="none"' in written(example)["python"]


@pytest.mark.parametrize(
    ("way", "facts", "lines"),
    [
        (CHAT, {}, ("from openai import OpenAI", 'base_url="https://api.example.com/v1",', "client.chat.completions")),
        (MESSAGES, {}, ("from anthropic import Anthropic", 'auth_token=os.environ["EXAMPLE_API_KEY"],')),
        (MESSAGES, {"credentials": [{"env": "A_KEY"}]}, ('api_key=os.environ["A_KEY"],',)),
        (CHAT, {"credentials": [{"env": "K", "header": "api-key"}]}, ("import urllib.request", '"api-key": os.env')),
        (CHAT, {"headers": [{"name": "X-A", "value": "b", "required": True}]}, ('default_headers={"X-A": "b"},',)),
    ],
)
def test_python_uses_the_package_that_can_send_the_request(way: Any, facts: Any, lines: tuple[str, ...]) -> None:
    text = written(code_for(offering(TEXT), provider(way, **facts))[0])["python"]
    for line in lines:
        assert line in text


def test_text_of_the_facts_is_escaped_once_it_is_html() -> None:
    example = code_for(offering(TEXT, "<b>&'\"ALMANAC-RAW"), provider(CHAT))[0]
    assert 'model=<i>"&lt;b&gt;&amp;&#39;\\&#34;ALMANAC-RAW"</i>' in example.html(example.code.samples[0].html)


@pytest.mark.parametrize(
    ("facts", "ways", "names"),
    [
        (TALKS, [CHAT], ["opencode", "Aider"]),
        (TALKS, [MESSAGES, CHAT, RESPONSES], ["Claude Code", "opencode", "Aider", "Codex"]),
        (TALKS, [GENERATE], []),
        (TEXT, [CHAT, MESSAGES], []),
        (EMBEDS, [CHAT], []),
    ],
)
def test_coding_agents_need_tools_and_their_protocol(facts: Any, ways: Any, names: list[str]) -> None:
    assert [agent.name for agent in agents(offering(facts), provider(*ways))] == names
