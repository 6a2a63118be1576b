"""Facts about an offering -> what coding agents need to use it: variables to set, a file to write, a command to run.

Only for what calls tools, for an agent does nothing else, and only over protocols that the agent speaks.
"""

from collections.abc import Iterator

from msgspec import Struct

from generator.samples.access import Access
from generator.samples.literals import JSON, joined_in_shell, shell
from generator.samples.shapes import Task
from generator.samples.tasks import tasks, ways
from generator.schema import Offering, Operation, Protocol, Provider

__all__ = ["Agent", "Block", "agents"]


class Block(Struct, frozen=True, kw_only=True):
    """A text to put somewhere."""

    language: str
    place: str
    """The file that it stands in; a shell's commands stand in none."""
    text: str


class Agent(Struct, frozen=True, kw_only=True):
    """A coding agent and what it needs."""

    name: str
    website: str
    blocks: tuple[Block, ...]


def agents(offering: Offering, provider: Provider) -> tuple[Agent, ...]:
    """Return the coding agents that can use an offering, each with what it needs."""
    if Task.TOOLS not in tasks(offering):
        return ()
    found: dict[str, Agent] = {}
    for way in ways(offering, provider):
        for agent in _of(way.protocol, way.operation, way.access, offering, provider):
            found.setdefault(agent.name, agent)
    return tuple(found.values())


def _of(
    protocol: Protocol, operation: Operation, way: Access, offering: Offering, provider: Provider
) -> Iterator[Agent]:
    if way.key is None or (way.headers and protocol is not Protocol.ANTHROPIC):
        return
    match protocol, operation:
        case Protocol.ANTHROPIC, Operation.MESSAGES:
            if way.url.endswith("/v1/messages"):
                yield _claude_code(way, offering.id)
        case Protocol.OPENAI, Operation.CHAT:
            if way.is_bearer and way.url.endswith("/chat/completions"):
                base = way.url.removesuffix("/chat/completions")
                yield _opencode(base, way.key, offering, provider)
                yield _aider(base, way.key, offering.id)
        case Protocol.OPENAI, Operation.RESPONSES:
            if way.is_bearer and way.url.endswith("/responses") and "${" not in way.url:
                yield _codex(way.url.removesuffix("/responses"), way.key, offering.id, provider)


def _claude_code(way: Access, name: str) -> Agent:
    variable = "ANTHROPIC_AUTH_TOKEN" if way.is_bearer else "ANTHROPIC_API_KEY"
    lines = [f"export ANTHROPIC_BASE_URL={joined_in_shell(way.url.removesuffix('/v1/messages'))}"]
    if way.key != variable:
        lines.append(f'export {variable}="${way.key}"')
    lines += [f"export ANTHROPIC_MODEL={shell(name)}", "claude"]
    return Agent(name="Claude Code", website="https://code.claude.com/docs", blocks=(_commands(lines),))


def _aider(base: str, key: str, name: str) -> Agent:
    lines = [f"export OPENAI_API_BASE={joined_in_shell(base)}"]
    if key != "OPENAI_API_KEY":
        lines.append(f'export OPENAI_API_KEY="${key}"')
    lines.append(f"aider --model {shell(f'openai/{name}')}")
    return Agent(name="Aider", website="https://aider.chat/docs", blocks=(_commands(lines),))


def _opencode(base: str, key: str, offering: Offering, provider: Provider) -> Agent:
    url, owner, name = JSON.string(base), JSON.string(provider.id), JSON.string(offering.id)
    # No text of the facts holds a brace once it is written as JSON; these are ours.
    for variable in _variables(base):
        url = url.replace(JSON.string(f"${{{variable}}}")[1:-1], f"{{env:{variable}}}")
    text = f"""{{
  "$schema": "https://opencode.ai/config.json",
  "provider": {{
    {owner}: {{
      "npm": "@ai-sdk/openai-compatible",
      "name": {JSON.string(provider.name)},
      "options": {{
        "baseURL": {url},
        "apiKey": "{{env:{key}}}"
      }},
      "models": {{
        {name}: {{"name": {JSON.string(offering.title)}}}
      }}
    }}
  }},
  "model": {JSON.string(f"{provider.id}/{offering.id}")}
}}
"""
    return Agent(
        name="opencode",
        website="https://opencode.ai/docs",
        blocks=(Block(language="json", place="opencode.json", text=text),),
    )


def _codex(base: str, key: str, name: str, provider: Provider) -> Agent:
    lines = [
        f"model = {JSON.string(name)}",
        f"model_provider = {JSON.string(provider.id)}",
        "",
        f"[model_providers.{JSON.string(provider.id)}]",
        f"name = {JSON.string(provider.name)}",
        f"base_url = {JSON.string(base)}",
        f"env_key = {JSON.string(key)}",
        'wire_api = "responses"',
    ]
    text = "\n".join(lines) + "\n"
    return Agent(
        name="Codex",
        website="https://developers.openai.com/codex",
        blocks=(Block(language="toml", place="~/.codex/config.toml", text=text),),
    )


def _variables(text: str) -> list[str]:
    return [part.partition("}")[0] for part in text.split("${")[1:]]


def _commands(lines: list[str]) -> Block:
    return Block(language="bash", place="", text="\n".join(lines) + "\n")
