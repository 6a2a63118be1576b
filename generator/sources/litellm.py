"""LiteLLM's price map (`model_prices_and_context_window.json`): an object with an entry for each model of a provider.

An entry is an offering of its `litellm_provider`, as it is stated: `bedrock` and `bedrock_converse` are two. Its id is
the key without the provider before it (`groq/x` is `x` at `groq`), unless the provider has an entry of that very name,
too; the key itself is kept. No entry says who made a model, so there are no authors and no definitions.

`max_input_tokens` is the most input, and nothing else: LiteLLM knows no context window that holds input and output
together, so none is stated. A zero for a limit says that it is not known. Where no list tells what goes in and out, the
`mode` does, as far as that is certain and whole: a chat model of which nothing is told about images may well read them.
No entry of the map is `sample_spec`, which explains the format. `fallback_generalizations` is one that names no
provider: LiteLLM's own rules for ids that have no entry. It is left out with a warning and counted, like every entry
of which nothing can be made.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from generator.catalog import Entry, Records
from generator.documents import Document
from generator.errors import ContentError
from generator.faults import shown
from generator.schema import Modality, Offering, Provider
from generator.sources.content import Content
from generator.sources.json_text import parse_json
from generator.sources.litellm_prices import prices
from generator.sources.price_list import DATE, FLAG, LINE, LINES, SLUG, SLUGS, URL, Findings, Item, build, is_valid
from generator.sources.tree import MAX_JSON_BYTES, Tree

__all__ = ["KEY", "load", "recognises"]

KEY = "litellm"
"""The name under which `extensions` keep what has no place in the schema."""

Facts: TypeAlias = dict[str, Any]

_OWNER = re.compile(r'(?<!\\)"litellm_provider"\s*:\s*"')
_FORMAT, _RULES = "sample_spec", "fallback_generalizations"

_NAMES: Mapping[str, str] = {"you_com": "You.com"}
_WORDS: Mapping[str, str] = {
    "agentcore": "AgentCore",
    "ai": "AI",
    "ai21": "AI21",
    "aihubmix": "AIHubMix",
    "aiml": "AIML",
    "anthropic": "Anthropic",
    "assemblyai": "AssemblyAI",
    "aws": "AWS",
    "azure": "Azure",
    "bigmodel": "BigModel",
    "chatgpt": "ChatGPT",
    "clf": "CLF",
    "dashscope": "DashScope",
    "dataforseo": "DataForSEO",
    "deepinfra": "DeepInfra",
    "deepseek": "DeepSeek",
    "duckduckgo": "DuckDuckGo",
    "elevenlabs": "ElevenLabs",
    "eu": "EU",
    "friendliai": "FriendliAI",
    "gigachat": "GigaChat",
    "github": "GitHub",
    "gmi": "GMI",
    "google": "Google",
    "inferenceapis": "InferenceAPIs",
    "libertai": "LibertAI",
    "llamagate": "LlamaGate",
    "mimo": "MiMo",
    "minimax": "MiniMax",
    "nim": "NIM",
    "nlp": "NLP",
    "nvidia": "NVIDIA",
    "oci": "OCI",
    "openai": "OpenAI",
    "opencode": "OpenCode",
    "ovhcloud": "OVHcloud",
    "pse": "PSE",
    "publicai": "PublicAI",
    "qwencloud": "QwenCloud",
    "runwayml": "RunwayML",
    "sagemaker": "SageMaker",
    "sambanova": "SambaNova",
    "scx": "SCX",
    "searxng": "SearXNG",
    "streamlake": "StreamLake",
    "v0": "v0",
    "wandb": "Weights & Biases",
    "watsonx": "watsonx",
    "xai": "xAI",
    "zai": "Z.ai",
    "zerogpu": "ZeroGPU",
}
"""Parts of providers' names that do not just begin with a capital."""

_FLAGS: Mapping[str, tuple[str, ...]] = {
    "supports_function_calling": ("tools", "tool_calls"),
    "supports_native_streaming": ("streaming",),
    "supports_reasoning": ("reasoning",),
    "supports_response_schema": ("structured_outputs",),
    "supports_tool_choice": ("tool_choice",),
    "supports_web_search": ("web_search",),
}
_GOES_IN: Mapping[str, Modality] = {
    "supports_vision": Modality.IMAGE,
    "supports_image_input": Modality.IMAGE,
    "supports_embedding_image_input": Modality.IMAGE,
    "supports_audio_input": Modality.AUDIO,
    "supports_video_input": Modality.VIDEO,
    "supports_pdf_input": Modality.PDF,
}
_COMES_OUT: Mapping[str, Modality] = {"supports_audio_output": Modality.AUDIO}
_AT_LEAST: Mapping[str, tuple[Modality, ...]] = {
    "chat": (Modality.TEXT,),
    "completion": (Modality.TEXT,),
    "embedding": (Modality.TEXT,),
    "image_generation": (Modality.TEXT,),
    "responses": (Modality.TEXT,),
}
"""What goes into every model of a mode: all of it only where the entry tells what else does or does not."""
_TAKEN: Mapping[str, tuple[Modality, ...]] = {
    "audio_speech": (Modality.TEXT,),
    "audio_transcription": (Modality.AUDIO,),
    "image_edit": (Modality.TEXT, Modality.IMAGE),
}
_MADE: Mapping[str, tuple[Modality, ...]] = {
    "audio_speech": (Modality.AUDIO,),
    "audio_transcription": (Modality.TEXT,),
    "chat": (Modality.TEXT,),
    "completion": (Modality.TEXT,),
    "embedding": (Modality.EMBEDDING,),
    "image_edit": (Modality.IMAGE,),
    "image_generation": (Modality.IMAGE,),
    "ocr": (Modality.TEXT,),
    "responses": (Modality.TEXT,),
    "video_generation": (Modality.VIDEO,),
}
_LIMITS: Mapping[str, str] = {
    "max_input_tokens": "input",
    "max_output_tokens": "output",
    "output_vector_size": "embedding_dimensions",
    "rpm": "requests_per_minute",
    "tpm": "tokens_per_minute",
}


def recognises(tree: Tree) -> bool:
    """Return whether a tree is one file that looks like LiteLLM's price map."""
    if not tree.single or not tree.names[0].endswith(".json"):
        return False
    return bool(_OWNER.search(tree.text(tree.names[0], MAX_JSON_BYTES)))


def load(tree: Tree) -> Content:
    """Read a price map."""
    try:
        text = tree.text(tree.names[0], MAX_JSON_BYTES)
        data = parse_json(text, tree.name)
    except ContentError as error:
        return Content(records=Records(), problems=error.problems)
    return _Loader(tree.name, Findings(tree.name, text)).load(data)


@dataclass(slots=True)
class _Loader:
    """Collects what one reading finds."""

    name: str
    findings: Findings

    def load(self, data: Mapping[str, Any]) -> Content:
        owners: defaultdict[str, dict[str, Item]] = defaultdict(dict)
        for item, owner in self._items(data):
            owners[owner][item.name] = item
        offerings = []
        broken = {f"offering//{key}" for key in data if key != _FORMAT}
        for owner, items in sorted(owners.items()):
            for key, item in items.items():
                if found := _offering(item, owner, _id(key, owner, items)):
                    offerings.append(Entry(found, self._document()))
                    broken.discard(f"offering//{key}")
        providers = tuple(Entry(Provider(id=owner, name=_title(owner)), self._document()) for owner in sorted(owners))
        records = Records(providers=providers, offerings=tuple(offerings), broken=frozenset(broken))
        return Content(records=records, problems=self.findings.problems())

    def _items(self, data: Mapping[str, Any]) -> Iterator[tuple[Item, str]]:
        for key, entry in data.items():
            if key == _FORMAT:
                continue
            if key == _RULES:
                self.findings.warn(key, (key,), (), "holds rules for ids without an entry and no model; it is left out")
                continue
            if not isinstance(entry, dict):
                self.findings.warn(key, (key,), (), f"has to be an object, not {shown(entry)}; it is left out")
                continue
            item = Item(name=key, at=(key,), left=dict(entry), findings=self.findings)
            owner = item.left.pop("litellm_provider", None)
            if is_valid(SLUG, owner):
                yield item, owner
            else:
                item.warn((), f"has no `litellm_provider` that can name one: {shown(owner)}; it is left out")

    def _document(self) -> Document:
        return Document(self.name, {})


def _id(key: str, owner: str, keys: Mapping[str, object]) -> str:
    """Return the provider's own id: the key without the provider before it, unless that is another entry's key."""
    plain = key.removeprefix(f"{owner}/")
    return key if plain in keys else plain


def _title(owner: str) -> str:
    words = " ".join(_WORDS.get(word) or word.capitalize() for word in re.split(r"[-_]+", owner) if word)
    return _NAMES.get(owner) or words or owner


def _offering(item: Item, owner: str, name: str) -> Offering | None:
    if name != item.name:
        item.left["key"] = item.name
    price, modes = prices(item)
    capabilities, reasoning = _capabilities(item)
    comment, regions = item.take("comment", LINE), item.take("supported_regions", SLUGS)
    stated: Facts = {
        "id": name,
        "provider": owner,
        "retires": item.take("deprecation_date", DATE),
        "modalities": _modalities(item),
        "capabilities": capabilities,
        "reasoning": reasoning,
        "limits": {ours: limit for key, ours in _LIMITS.items() if (limit := item.limit(key)) is not None},
        "price": price,
        "modes": modes,
        "regions": list(dict.fromkeys(regions or ())),
        "notes": [comment] if comment else [],
        "source": item.take("source", URL),
    }
    if rest := item.rest():
        stated["extensions"] = {KEY: rest}
    return build(Offering, stated, item)


def _capabilities(item: Item) -> tuple[dict[str, bool], Facts]:
    """Return what can be asked for, and how reasoning is controlled."""
    found: dict[str, bool] = {}
    for key, names in _FLAGS.items():
        if (value := item.take(key, FLAG)) is not None:
            found |= dict.fromkeys(names, value)
    effort: Facts = {}
    if item.left.get("reasoning_effort_levels") and (levels := item.take("reasoning_effort_levels", LINES)):
        effort["levels"] = levels
        found["reasoning_effort"] = True
    if default := item.take("default_reasoning_effort", LINE):
        effort["default"] = default
    return found, {"effort": effort} if effort else {}


def _modalities(item: Item) -> dict[str, list[Modality]]:
    """Return what goes in and out, where it is certain that nothing is missing; flags that add nothing stay."""
    mode = item.left.get("mode")
    mode = mode if isinstance(mode, str) else ""
    told = any(isinstance(item.left.get(flag), bool) for flag in _GOES_IN)
    taken = _TAKEN.get(mode) or (_AT_LEAST.get(mode) if told else None) or ()
    return {
        side: words
        for side, words in (
            ("input", _side(item, "supported_modalities", taken, _GOES_IN)),
            ("output", _side(item, "supported_output_modalities", _MADE.get(mode, ()), _COMES_OUT)),
        )
        if words
    }


def _side(item: Item, key: str, usual: Iterable[Modality], flags: Mapping[str, Modality]) -> list[Modality]:
    """Return what the list says, else what is usual, and what the flags add to it."""
    words = item.modalities(key) or [*usual]
    if not words:
        return []
    added = [word for flag, word in flags.items() if item.left.get(flag) is True and item.take(flag, FLAG)]
    return list(dict.fromkeys((*words, *added)))
