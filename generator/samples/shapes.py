"""What a request says, by protocol and task: its body, where the answer stands, and which package can send it.

Only what the protocols themselves document. A pair of protocol and task that is not here has no sample.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from generator.samples.literals import Encoded
from generator.schema import Operation, Protocol

__all__ = ["ANTHROPIC_SDK", "MODEL", "OPENAI_SDK", "Answer", "Sdk", "Setting", "Shape", "Task", "hosted", "shape"]

MODEL = "ALMANAC-MODEL"
"""Stands for the exact id until it is filled in."""

PICTURE = "https://upload.wikimedia.org/wikipedia/commons/3/3f/JPEG_example_flower.jpg"


class Task(StrEnum):
    """What a sample does."""

    CHAT = "chat"
    VISION = "vision"
    TOOLS = "tools"
    REASONING = "reasoning"
    EMBEDDINGS = "embeddings"
    IMAGES = "images"
    SPEECH = "speech"
    TRANSCRIPTION = "transcription"


class Answer(StrEnum):
    """What a sample does with the answer."""

    TEXT = "text"
    """Prints a text of it."""
    DATA = "data"
    """Prints a part of it as data."""
    COUNT = "count"
    """Prints the length of a list in it."""
    FILE = "file"
    """Writes the whole of it to a file."""
    ENCODED = "encoded"
    """Writes a text of it, which is base64, to a file."""


class Setting(Struct, frozen=True, kw_only=True):
    """What of an offering's facts goes into a body."""

    effort: str | None = None
    """A level of reasoning that it takes."""
    budget: int | None = None
    """Tokens that may be set aside for reasoning."""
    voice: str | None = None
    """A voice that it has."""

    def of(self, task: Task) -> "Setting":
        """Return what of it goes into the body of a task: what does not would only make equal bodies twice."""
        if task is Task.REASONING:
            return Setting(effort=self.effort, budget=self.budget)
        return Setting(voice=self.voice) if task is Task.SPEECH else _NOTHING


_NOTHING = Setting()


class Sdk(Struct, frozen=True):
    """A package for Python that speaks a protocol."""

    package: str
    maker: str
    """The class of its client."""


OPENAI_SDK = Sdk("openai", "OpenAI")
ANTHROPIC_SDK = Sdk("anthropic", "Anthropic")


class Shape(Struct, frozen=True, kw_only=True, eq=False):
    """One request. Each is made once, and is the same as no other."""

    body: Mapping[str, Any]
    answer: tuple[str | int, ...] = ()
    """Where in the answer stands what is wanted."""
    kind: Answer = Answer.TEXT
    file: str = ""
    """The file that is written, or sent where the request is a form."""
    is_form: bool = False
    sdk: Sdk | None = None
    call: str = ""
    """The method of its client."""
    suffix: str = ""
    """What the package adds to its base URL."""


Make = Callable[[Setting], Shape | None]


@lru_cache(maxsize=1024)
def shape(protocol: Protocol, operation: Operation, task: Task, setting: Setting) -> Shape | None:
    """Return what a request says; nothing where that is not known."""
    make = _SHAPES.get((protocol, operation, task))
    return make(setting) if make else None


_HOSTED: Mapping[str, str] = {":rawPredict": "vertex-2023-10-16"}
"""By the end of an address: the version of Anthropic's protocol that the host there wants to read in the body."""


@lru_cache(maxsize=1024)
def hosted(made: Shape, url: str) -> Shape | None:
    """Return a request in Anthropic's protocol as a host wants it whose address holds the id; nothing if not known."""
    version = next((version for end, version in _HOSTED.items() if url.endswith(end)), None)
    if version is None:
        return None
    body = {name: value for name, value in made.body.items() if name != "model"}
    return replace(made, body={"anthropic_version": version, **body})


_HELLO = "Why is the sky blue?"
_LOOK = "What is in this picture?"
_ASK = "What is the weather in Oslo?"
_RIDDLE = "How many times does the letter r stand in strawberry?"
_NAME, _MEANING = "get_weather", "The weather in a city."
_SCHEMA = {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}


def _chat(said: Any, answer: tuple[str | int, ...], kind: Answer = Answer.TEXT, **more: Any) -> Shape:
    return Shape(
        body={"model": MODEL, "messages": [{"role": "user", "content": said}], **more},
        answer=("choices", 0, "message", *answer),
        kind=kind,
        sdk=OPENAI_SDK,
        call="chat.completions.create",
        suffix="/chat/completions",
    )


def _responses(said: Any, answer: tuple[str | int, ...] = ("output",), **more: Any) -> Shape:
    return Shape(
        body={"model": MODEL, "input": said, **more},
        answer=answer,
        kind=Answer.DATA,
        sdk=OPENAI_SDK,
        call="responses.create",
        suffix="/responses",
    )


def _messages(said: Any, answer: tuple[str | int, ...] = ("content",), room: int = 1024, **more: Any) -> Shape:
    return Shape(
        body={"model": MODEL, "max_tokens": room, **more, "messages": [{"role": "user", "content": said}]},
        answer=answer,
        kind=Answer.TEXT if answer[-1] == "text" else Answer.DATA,
        sdk=ANTHROPIC_SDK,
        call="messages.create",
        suffix="/v1/messages",
    )


def _generate(parts: list[Any], answer: tuple[str | int, ...] = ("parts", 0, "text"), **more: Any) -> Shape:
    return Shape(
        body={"contents": [{"role": "user", "parts": parts}], **more},
        answer=("candidates", 0, "content", *answer),
        kind=Answer.TEXT if answer[-1] == "text" else Answer.DATA,
    )


def _google_speech(setting: Setting) -> Shape | None:
    if setting.voice is None:
        return None
    voice = {"voiceConfig": {"prebuiltVoiceConfig": {"voiceName": setting.voice}}}
    return Shape(
        body={
            "contents": [{"role": "user", "parts": [{"text": "Good morning!"}]}],
            "generationConfig": {"responseModalities": ["AUDIO"], "speechConfig": voice},
        },
        answer=("candidates", 0, "content", "parts", 0, "inlineData", "data"),
        kind=Answer.ENCODED,
        file="speech.pcm",
    )


def _cohere(said: Any, answer: tuple[str | int, ...], kind: Answer = Answer.TEXT, **more: Any) -> Shape:
    body = {"model": MODEL, "messages": [{"role": "user", "content": said}], **more}
    return Shape(body=body, answer=("message", *answer), kind=kind)


def _bedrock(content: list[Any], answer: tuple[str | int, ...] = ("content", 0, "text"), **more: Any) -> Shape:
    return Shape(
        body={"messages": [{"role": "user", "content": content}], **more},
        answer=("output", "message", *answer),
        kind=Answer.TEXT if answer[-1] == "text" else Answer.DATA,
    )


def _ollama(
    answer: str = "content", ask: str = _HELLO, pictures: Mapping[str, Any] | None = None, **more: Any
) -> Shape:
    said = {"role": "user", "content": ask, **(pictures or {})}
    kind = Answer.TEXT if answer == "content" else Answer.DATA
    body = {"model": MODEL, "messages": [said], "stream": False, **more}
    return Shape(body=body, answer=("message", answer), kind=kind)


def _openai_speech(setting: Setting) -> Shape | None:
    if setting.voice is None:
        return None
    return Shape(
        body={"model": MODEL, "voice": setting.voice, "input": "Good morning!"},
        kind=Answer.FILE,
        file="speech.mp3",
        sdk=OPENAI_SDK,
        call="audio.speech.create",
        suffix="/audio/speech",
    )


_TOOL = [{"type": "function", "function": {"name": _NAME, "description": _MEANING, "parameters": _SCHEMA}}]
_FLAT_TOOL = [{"type": "function", "name": _NAME, "description": _MEANING, "parameters": _SCHEMA}]
_PART = [{"type": "text", "text": _LOOK}, {"type": "image_url", "image_url": {"url": PICTURE}}]
_EMBEDDED = "The sky is blue because of Rayleigh scattering."

_CHAT: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _chat(_HELLO, ("content",)),
    Task.VISION: lambda _: _chat(_PART, ("content",)),
    Task.TOOLS: lambda _: _chat(_ASK, ("tool_calls",), Answer.DATA, tools=_TOOL),
    Task.REASONING: lambda s: _chat(_RIDDLE, ("content",), reasoning_effort=s.effort) if s.effort else None,
}
_RESPONSES: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _responses(_HELLO),
    Task.VISION: lambda _: _responses(
        [
            {
                "role": "user",
                "content": [{"type": "input_text", "text": _LOOK}, {"type": "input_image", "image_url": PICTURE}],
            }
        ]
    ),
    Task.TOOLS: lambda _: _responses(_ASK, tools=_FLAT_TOOL),
    Task.REASONING: lambda s: _responses(_RIDDLE, reasoning={"effort": s.effort}) if s.effort else None,
}
_MESSAGES: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _messages(_HELLO, ("content", 0, "text")),
    Task.VISION: lambda _: _messages(
        [{"type": "image", "source": {"type": "url", "url": PICTURE}}, {"type": "text", "text": _LOOK}],
        ("content", 0, "text"),
    ),
    Task.TOOLS: lambda _: _messages(_ASK, tools=[{"name": _NAME, "description": _MEANING, "input_schema": _SCHEMA}]),
    Task.REASONING: lambda s: (
        _messages(_RIDDLE, room=s.budget + 1024, thinking={"type": "enabled", "budget_tokens": s.budget})
        if s.budget
        else None
    ),
}
_GENERATE: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _generate([{"text": _HELLO}]),
    Task.VISION: lambda _: _generate(
        [{"inlineData": {"mimeType": "image/jpeg", "data": Encoded("picture.jpg")}}, {"text": _LOOK}]
    ),
    Task.TOOLS: lambda _: _generate(
        [{"text": _ASK}],
        ("parts",),
        tools=[{"functionDeclarations": [{"name": _NAME, "description": _MEANING, "parameters": _SCHEMA}]}],
    ),
    Task.REASONING: lambda s: (
        _generate([{"text": _RIDDLE}], generationConfig={"thinkingConfig": {"thinkingBudget": s.budget}})
        if s.budget
        else None
    ),
    Task.SPEECH: _google_speech,
}
_COHERE: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _cohere(_HELLO, ("content", 0, "text")),
    Task.VISION: lambda _: _cohere(_PART, ("content", 0, "text")),
    Task.TOOLS: lambda _: _cohere(_ASK, ("tool_calls",), Answer.DATA, tools=_TOOL),
}
_BEDROCK: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _bedrock([{"text": _HELLO}]),
    Task.VISION: lambda _: _bedrock(
        [{"image": {"format": "jpeg", "source": {"bytes": Encoded("picture.jpg")}}}, {"text": _LOOK}]
    ),
    Task.TOOLS: lambda _: _bedrock(
        [{"text": _ASK}],
        ("content",),
        toolConfig={
            "tools": [{"toolSpec": {"name": _NAME, "description": _MEANING, "inputSchema": {"json": _SCHEMA}}}]
        },
    ),
}
_OLLAMA: Mapping[Task, Make] = {
    Task.CHAT: lambda _: _ollama(),
    Task.VISION: lambda _: _ollama(ask=_LOOK, pictures={"images": [Encoded("picture.jpg")]}),
    Task.TOOLS: lambda _: _ollama("tool_calls", _ASK, tools=_TOOL),
}


def _openai(call: str, suffix: str, answer: tuple[str | int, ...], kind: Answer, **said: Any) -> Make:
    made = Shape(body={"model": MODEL, **said}, answer=answer, kind=kind, sdk=OPENAI_SDK, call=call, suffix=suffix)
    return lambda _: made


def _transcription(_: Setting) -> Shape:
    return Shape(
        body={"model": MODEL},
        answer=("text",),
        file="speech.mp3",
        is_form=True,
        sdk=OPENAI_SDK,
        call="audio.transcriptions.create",
        suffix="/audio/transcriptions",
    )


_SHAPES: Mapping[tuple[Protocol, Operation, Task], Make] = {
    **{(Protocol.OPENAI, Operation.CHAT, task): make for task, make in _CHAT.items()},
    **{(Protocol.OPENAI, Operation.RESPONSES, task): make for task, make in _RESPONSES.items()},
    **{(Protocol.ANTHROPIC, Operation.MESSAGES, task): make for task, make in _MESSAGES.items()},
    **{(Protocol.GOOGLE, Operation.GENERATE, task): make for task, make in _GENERATE.items()},
    **{(Protocol.COHERE, Operation.CHAT, task): make for task, make in _COHERE.items()},
    **{(Protocol.BEDROCK, Operation.CHAT, task): make for task, make in _BEDROCK.items()},
    **{(Protocol.OLLAMA, Operation.CHAT, task): make for task, make in _OLLAMA.items()},
    (Protocol.OPENAI, Operation.EMBEDDINGS, Task.EMBEDDINGS): _openai(
        "embeddings.create", "/embeddings", ("data", 0, "embedding"), Answer.COUNT, input=_EMBEDDED
    ),
    (Protocol.OPENAI, Operation.IMAGES, Task.IMAGES): _openai(
        "images.generate", "/images/generations", ("data", 0), Answer.DATA, prompt="A red fox in fresh snow"
    ),
    (Protocol.OPENAI, Operation.SPEECH, Task.SPEECH): _openai_speech,
    (Protocol.OPENAI, Operation.TRANSCRIPTION, Task.TRANSCRIPTION): _transcription,
    (Protocol.GOOGLE, Operation.EMBEDDINGS, Task.EMBEDDINGS): lambda _: Shape(
        body={"content": {"parts": [{"text": _EMBEDDED}]}}, answer=("embedding", "values"), kind=Answer.COUNT
    ),
    (Protocol.COHERE, Operation.EMBEDDINGS, Task.EMBEDDINGS): lambda _: Shape(
        body={
            "model": MODEL,
            "input_type": "search_document",
            "embedding_types": ["float"],
            "texts": [_EMBEDDED],
        },
        answer=("embeddings", "float", 0),
        kind=Answer.COUNT,
    ),
}
