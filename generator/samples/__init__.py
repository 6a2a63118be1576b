"""Facts about an offering -> sample code that calls it, and what coding agents need to use it.

A sample is made once for each request, way in and language, with marks for id, address and key, and coloured once;
for each page the marks are filled in. Given up: samples for protocols that no document fixes (`native`), and whatever
the facts leave open: a key without a name, an address with a gap, a voice that nobody stated.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape

from generator.samples.access import ID_IN_URL, Access
from generator.samples.agents import Agent, Block, agents
from generator.samples.colours import coloured
from generator.samples.languages import LANGUAGES, RAW, Language, raw
from generator.samples.shapes import MODEL, Shape, Task, hosted, shape
from generator.samples.tasks import setting, tasks, ways
from generator.schema import Offering, Protocol, Provider

__all__ = ["Agent", "Block", "Example", "Sample", "Task", "agents", "code_for"]

_URL, _KEY, _ID_IN_PATH = "https://ALMANAC-URL", "ALMANAC_KEY", "ALMANAC-PATH"
_SAFE = "/:@-._~+,="
_MARKS = re.compile(f"({_URL}|{_KEY}|{_ID_IN_PATH}|{MODEL}|{RAW})")


@dataclass(frozen=True, slots=True)
class Values:
    """What the marks stand for in one language, as text and as HTML. All samples of one way in share them."""

    text: Mapping[str, str]
    html: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A piece of code."""

    language: str
    """What the highlighter calls it."""
    label: str
    """What people call it."""
    skeleton: str
    values: Values

    @property
    def text(self) -> str:
        """The code."""
        return _filled(_plain(self.skeleton), self.values.text)

    @property
    def html(self) -> Markup:
        """The code with its strings, keywords and comments marked."""
        return Markup(_filled(_marked_up(self.skeleton, self.language), self.values.html))  # noqa: S704  # escaped


@lru_cache(maxsize=8192)
def _plain(skeleton: str) -> tuple[str, ...]:
    """Return code cut at its marks: every second piece is one."""
    return tuple(_MARKS.split(skeleton))


@lru_cache(maxsize=8192)
def _marked_up(skeleton: str, language: str) -> tuple[str, ...]:
    """Return the same of the code as HTML."""
    return tuple(_MARKS.split(coloured(skeleton, language)))


def _filled(pieces: tuple[str, ...], values: Mapping[str, str]) -> str:
    filled = list(pieces)
    filled[1::2] = [values[mark] for mark in pieces[1::2]]
    return "".join(filled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One thing that an offering does, in each language."""

    protocol: Protocol
    task: Task
    """What it does."""
    samples: tuple[Sample, ...]


def code_for(offering: Offering, provider: Provider) -> tuple[Example, ...]:
    """Return what an offering does, by its first protocol; by each further protocol the first of it only."""
    return tuple(_examples(offering, provider))


def _examples(offering: Offering, provider: Provider) -> Iterator[Example]:
    wanted, given = tasks(offering), setting(offering)
    done: set[Protocol] = set()
    for way in ways(offering, provider):
        found = [(task, shape(way.protocol, way.operation, task, given)) for task in wanted]
        if way.protocol is Protocol.ANTHROPIC and ID_IN_URL in way.access.url:
            found = [(task, made and hosted(made, way.access.url)) for task, made in found]
        shapes = [(task, made) for task, made in found if made]
        if not shapes or way.protocol in done:
            continue
        marked, base = _marked(way.access, shapes[0][1].suffix)
        values = _values(way.access, base, offering.id)
        for task, made in shapes[:1] if done else shapes:
            yield Example(protocol=way.protocol, task=task, samples=_samples(made, marked, values))
        done.add(way.protocol)


def _values(way: Access, base: str, name: str) -> tuple[Values, ...]:
    """Return what the marks stand for, for each language."""
    path = quote(name, safe=_SAFE)
    url = base.replace(ID_IN_URL, path)
    found = []
    for language in LANGUAGES:
        fill = language.fill
        text = {_URL: fill(url), _KEY: way.key or "", _ID_IN_PATH: path, MODEL: fill(name), RAW: raw(name)}
        found.append(Values(text, {mark: str(escape(value)) for mark, value in text.items()}))
    return tuple(found)


def _samples(shape: Shape, marked: Access, values: tuple[Values, ...]) -> tuple[Sample, ...]:
    written = [(language, _skeleton(language, shape, marked)) for language in LANGUAGES]
    return tuple(
        Sample(language=language.name, label=language.label, skeleton=skeleton, values=own)
        for (language, skeleton), own in zip(written, values, strict=True)
        if skeleton is not None
    )


def _marked(way: Access, suffix: str) -> tuple[Access, str]:
    """Return how a request arrives with marks for what many offerings differ in, and what the first mark stands for."""
    key = _KEY if way.key else None
    if "${" in way.url:
        return replace(way, url=way.url.replace(ID_IN_URL, _ID_IN_PATH)), ""
    if suffix and way.url.endswith(suffix):
        return replace(way, url=_URL + suffix, key=key), way.url.removesuffix(suffix)
    return replace(way, url=_URL, key=key), way.url


@lru_cache(maxsize=4096)
def _skeleton(language: Language, shape: Shape, way: Access) -> str | None:
    return language.write(shape, way)
