"""Facts about an offering -> sample code that calls it, and what coding agents need to use it.

A sample is made once for each request, way in and language, with marks for id, address and key, and coloured once;
for each page the marks are filled in. Given up: samples for protocols that no document fixes (`native`), and whatever
the facts leave open: a key without a name, an address with a gap, a voice that nobody stated.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from urllib.parse import quote

from markupsafe import Markup, escape
from msgspec import Struct
from msgspec.structs import replace

from generator.samples.access import ID_IN_URL, Access
from generator.samples.agents import Agent, Block, agents
from generator.samples.colours import coloured
from generator.samples.languages import LANGUAGES, RAW, raw
from generator.samples.shapes import MODEL, Setting, Shape, Task, hosted, shape
from generator.samples.tasks import setting, tasks, ways
from generator.schema import Offering, Operation, Protocol, Provider

__all__ = ["Agent", "Block", "Code", "Example", "Sample", "Task", "agents", "code_for"]

_URL, _KEY, _ID_IN_PATH = "https://ALMANAC-URL", "ALMANAC_KEY", "ALMANAC-PATH"
_SAFE = "/:@-._~+,="
_CALM = re.compile(r"[A-Za-z0-9/:@._~+,=-]*\Z")
"""What means itself in every language, in an address and in HTML."""

_MARKS = (_URL, _KEY, _ID_IN_PATH, MODEL, RAW)
_SIGNS = tuple(chr(0xE000 + number) for number in range(len(LANGUAGES) * len(_MARKS)))
"""What the marks become once a sample is written: one character for each in each language."""

_SIGN = re.compile(f"([{_SIGNS[0]}-{_SIGNS[-1]}])")


class Sample(Struct, frozen=True, kw_only=True):
    """A piece of code, with signs for what offerings differ in."""

    language: str
    """What the highlighter calls it."""
    label: str
    """What people call it."""
    text: str
    html: Markup
    """The same with its strings, keywords and comments marked."""


class Code(Struct, frozen=True, kw_only=True, eq=False):
    """One thing that offerings do, in each language. Made once for all of them, and the same as no other."""

    protocol: Protocol
    task: Task
    """What it does."""
    samples: tuple[Sample, ...]


class Values(Struct, frozen=True):
    """What the signs stand for at one offering, as text and as HTML."""

    text: Mapping[str, str]
    html: Mapping[str, str]


class Example(Struct, frozen=True, kw_only=True):
    """One thing that an offering does."""

    code: Code
    values: Values

    def text(self, signed: str) -> str:
        """Return what was written of the code, with its signs filled in."""
        return _filled(signed, self.values.text)

    def html(self, signed: str) -> Markup:
        """Return the same of what was written of it in HTML."""
        return Markup(_filled(signed, self.values.html))  # noqa: S704  # escaped


@lru_cache(maxsize=8192)
def _pieces(signed: str) -> tuple[str, ...]:
    """Return text cut at its signs: every second piece is one."""
    return tuple(_SIGN.split(signed))


def _filled(signed: str, values: Mapping[str, str]) -> str:
    pieces = list(_pieces(signed))
    pieces[1::2] = [values[sign] for sign in pieces[1::2]]
    return "".join(pieces)


def code_for(offering: Offering, provider: Provider) -> tuple[Example, ...]:
    """Return what an offering does, by its first protocol; by each further protocol the first of it only."""
    return tuple(_examples(offering, provider))


def _examples(offering: Offering, provider: Provider) -> Iterator[Example]:
    wanted, given = tasks(offering), setting(offering)
    done: set[Protocol] = set()
    for way in ways(offering, provider):
        protocol, arrives = way.protocol, way.access
        if protocol in done:
            continue
        at = arrives.url if protocol is Protocol.ANTHROPIC and ID_IN_URL in arrives.url else ""
        shapes = _shapes(protocol, way.operation, wanted, given, at)
        if not shapes:
            continue
        marked, base = _marked(arrives, shapes[0][1].suffix)
        values = _values(arrives.key or "", base, offering.id)
        for code in _codes(protocol, shapes[:1] if done else shapes, marked):
            yield Example(code=code, values=values)
        done.add(protocol)


@lru_cache(maxsize=4096)
def _shapes(
    protocol: Protocol, operation: Operation, wanted: tuple[Task, ...], given: Setting, at: str
) -> tuple[tuple[Task, Shape], ...]:
    """Return what requests say, task by task, as far as that is known; `at` is an address that holds the id."""
    found = [(task, shape(protocol, operation, task, given.of(task))) for task in wanted]
    return tuple([(task, told) for task, made in found if made and (told := hosted(made, at) if at else made)])


def _values(key: str, base: str, name: str) -> Values:
    """Return what the signs stand for, language by language in the order of the marks."""
    if _CALM.match(name) and _CALM.match(base) and _CALM.match(key):
        same = dict(zip(_SIGNS, (base, key, name, name, name) * len(LANGUAGES), strict=True))
        return Values(same, same)
    path = quote(name, safe=_SAFE)
    url = base.replace(ID_IN_URL, path)
    filled = [
        value for language in LANGUAGES for value in (language.fill(url), key, path, language.fill(name), raw(name))
    ]
    text = dict(zip(_SIGNS, filled, strict=True))
    return Values(text, {sign: str(escape(value)) for sign, value in text.items()})


@lru_cache(maxsize=4096)
def _marked(way: Access, suffix: str) -> tuple[Access, str]:
    """Return how a request arrives with marks for what many offerings differ in, and what the first mark stands for."""
    key = _KEY if way.key else None
    if "${" in way.url:
        return replace(way, url=way.url.replace(ID_IN_URL, _ID_IN_PATH)), ""
    if suffix and way.url.endswith(suffix):
        return replace(way, url=_URL + suffix, key=key), way.url.removesuffix(suffix)
    return replace(way, url=_URL, key=key), way.url


@lru_cache(maxsize=4096)
def _codes(protocol: Protocol, shapes: tuple[tuple[Task, Shape], ...], way: Access) -> tuple[Code, ...]:
    return tuple([_code(protocol, task, made, way) for task, made in shapes])


@lru_cache(maxsize=4096)
def _code(protocol: Protocol, task: Task, shape: Shape, way: Access) -> Code:
    return Code(protocol=protocol, task=task, samples=tuple(_samples(shape, way)))


def _samples(shape: Shape, way: Access) -> Iterator[Sample]:
    for number, language in enumerate(LANGUAGES):
        written = language.write(shape, way)
        if written is not None:
            first = number * len(_MARKS)
            signs = dict(zip(_MARKS, _SIGNS[first : first + len(_MARKS)], strict=True))
            html = Markup(_signed(str(coloured(written, language.name)), signs))  # noqa: S704  # marks hold nothing that acts
            yield Sample(language=language.name, label=language.label, text=_signed(written, signs), html=html)


def _signed(text: str, signs: Mapping[str, str]) -> str:
    for mark, sign in signs.items():
        text = text.replace(mark, sign)
    return text
