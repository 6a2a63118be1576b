"""One source file -> its data, its prose and the place of every key.

YAML that is written plainly is cut by `plain_yaml`; any other is read over libyaml's event stream instead of
`yaml.load`: half the time, and the reader decides what is allowed *before* anything is built from it. Given up for
that: anchors, aliases, merge keys, explicit tags and several documents in a file, none of which a catalog needs and
each of which has been used to attack one. Scalars follow the YAML 1.2 core schema (`no` is text, `012` is twelve, dates
are text), and a number with a fraction is a `Decimal` with exactly its written digits.

Places (line and column) are worked out a second time, and only for a file that turned out to be wrong.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from typing import Any, TypeVar

import frontmatter
import yaml
from frontmatter.default_handlers import YAMLHandler
from msgspec import Struct
from pydantic import BaseModel, ValidationError

from generator import plain_yaml
from generator.errors import ContentError, Problem, Severity
from generator.faults import explain, explain_syntax, shown
from generator.plain_yaml import scalar

__all__ = ["MAX_BYTES", "MAX_DEPTH", "Document", "parse_markdown", "parse_yaml", "parse_yaml_list", "read"]

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 64
MAX_FAULTS = 100
"""How many faults of one file are told."""
Loc = tuple[int | str, ...]
Place = tuple[int, int]
"""Line and column, from 0."""
M = TypeVar("M", bound=BaseModel)

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# Controls (and CR, which is no line end any more here), surrogates, bidirectional overrides and isolates, the
# interlinear marks and a BOM inside the text.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_PLAIN = bytes((*b"\t\n\r", *range(0x20, 0x7F)))
"""What most files hold nothing else of: there is nothing to refuse."""
_INVISIBLE = "remove it; it is invisible in most editors"
_KEY_VALUE = "it has to hold `key: value` lines"


class Document(Struct, frozen=True):
    """A source file after parsing: its mapping, its prose, and enough to find any key again.

    `path` is how messages name the file. `first_line` is the number of lines above the YAML text, `body_line` the line
    of the first line of prose, `prefix` the place of the mapping in the YAML text when it is not the whole of it.
    """

    path: str
    data: Mapping[str, Any]
    body: str = ""
    yaml_text: str = ""
    first_line: int = 0
    body_line: int = 0
    prefix: Loc = ()

    def locate(self, loc: Loc, *, key: bool = False) -> tuple[int, int]:
        """Return line and column of the value at `loc` (of its key with `key`), or of the nearest parent there is."""
        places = _places(self.yaml_text)
        wanted = (*self.prefix, *loc)
        while wanted and wanted not in places:
            wanted = wanted[:-1]
            key = True
        line, column = places.get(wanted, ((0, 0), (0, 0)))[0 if key else 1]
        return line + self.first_line + 1, column + 1

    def problem(
        self, loc: Loc, message: str, *, hint: str = "", key: bool = False, severity: Severity = Severity.ERROR
    ) -> Problem:
        """Return a problem that points at the value (or the key) at `loc`."""
        line, column = self.locate(loc, key=key) if self.yaml_text else (0, 0)
        return Problem(self.path, line, column, _dotted(loc), message, hint, severity)

    def load(self, model: type[M], **extra: object) -> M:
        """Return the document as a `model`, with `extra` fields added; raise `ContentError` with all faults at once."""
        try:
            return model.model_validate({**self.data, **extra})
        except ValidationError as error:
            raise ContentError(self._problems(model, error)) from None

    def _problems(self, model: type[BaseModel], error: ValidationError) -> Iterator[Problem]:
        faults = error.errors(include_url=False)
        for fault in faults[:MAX_FAULTS]:
            told = explain(model, fault)
            yield self.problem(told.loc, told.message, hint=told.hint, key=told.at_key)
        if len(faults) > MAX_FAULTS:
            yield Problem(self.path, message=f"has {len(faults):,} faults; the first {MAX_FAULTS} are told")


def read(path: str | Path, name: str = "", *, may_be_empty: bool = False) -> Document:
    """Read a `.yaml`, `.yml` or `.md` file; `name` is how messages call it.

    Raises:
        ContentError: Something in it is not as it should be.
    """
    called = name or Path(path).as_posix()
    text = decode(read_bytes(path, called), called)
    if str(path).endswith(".md"):
        return parse_markdown(text, called)
    return parse_yaml(text, called, may_be_empty=may_be_empty)


def read_bytes(path: str | Path, name: str, limit: int = MAX_BYTES) -> bytes:
    """Return the bytes of a regular file of at most `limit` bytes. Devices and pipes are never opened."""
    try:
        status = os.stat(path)  # noqa: PTH116  # a Path for each of thousands of files takes longer
        if not S_ISREG(status.st_mode):
            raise ContentError([Problem(name, message="is not a regular file")])
        if status.st_size > limit:
            raise ContentError([Problem(name, message=f"is larger than {_size(limit)}")])
        descriptor = os.open(path, _FLAGS)
        try:
            return os.read(descriptor, status.st_size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise ContentError([Problem(name, message=f"cannot be read: {error.strerror or error}")]) from None


def decode(data: bytes, name: str) -> str:
    """Return UTF-8 bytes as text with line feeds at its line ends and without a BOM; refuse what is not text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContentError([Problem(name, 1, 1, message="is UTF-16", hint="save the file as UTF-8")])
    if not data.translate(None, _PLAIN):
        return _with_line_feeds(data.decode("ascii"))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _with_line_feeds(error.object[: error.start].decode())
        line, column = _place(before, len(before))
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8"
        raise ContentError([Problem(name, line, column, message=message, hint="save the file as UTF-8")]) from None
    text = _with_line_feeds(text)
    if found := _FORBIDDEN.search(text):
        line, column = _place(text, found.start())
        message = f"the character U+{ord(found[0]):04X} is not allowed"
        raise ContentError([Problem(name, line, column, message=message, hint=_INVISIBLE)])
    return text


def parse_yaml(text: str, name: str, *, may_be_empty: bool = False) -> Document:
    """Parse a YAML file whose top level is a mapping."""
    return Document(name, _mapping(text, name, 0, may_be_empty=may_be_empty), yaml_text=text)


def parse_yaml_list(text: str, name: str) -> tuple[Document, ...]:
    """Parse a YAML file whose top level is a list of mappings: one document for each, with its place in the file."""
    value = _Builder(text, name, 0).build()
    hint = "it has to hold a list, each item after a `- `"
    if value is None:
        raise ContentError([Problem(name, message="is empty", hint=hint)])
    if not isinstance(value, list):
        kind = "a mapping" if isinstance(value, dict) else "a single value"
        raise ContentError([Problem(name, 1, 1, message=f"holds {kind} at its top level", hint=hint)])
    documents = tuple(Document(name, item, yaml_text=text, prefix=(i,)) for i, item in enumerate(value))
    odd = [item for item in documents if not isinstance(item.data, dict)]
    if faults := [item.problem((), "has to hold `key: value` lines") for item in odd]:
        raise ContentError(faults)
    return documents


def parse_markdown(text: str, name: str) -> Document:
    """Parse a Markdown file with YAML front matter between two lines of `---`."""
    handler = _FrontMatter(name)
    if text[:1].isspace():  # the library would strip it, and the lines would be counted from there
        handler.split(text)
    data, _ = frontmatter.parse(text, handler=handler)
    return Document(name, data, handler.body, handler.yaml_text, handler.first_line, handler.body_line)


class _FrontMatter(YAMLHandler):
    """python-frontmatter's handler, made strict: it raises where the library would return `{}` without a word.

    The body is taken here too: the library strips the indentation of its first line.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.yaml_text = self.body = ""
        self.first_line = self.body_line = 0

    def split(self, text: str) -> tuple[str, str]:
        """Return the text between the fences and the text below them."""
        lines = text.split("\n")
        if lines[0].rstrip() != "---":
            raise self._fault(1, "has no front matter", "the first line has to be `---`")
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "---":
                self.yaml_text = "\n".join(lines[1:number]) + "\n"
                self.first_line = 1
                blank = next((i for i, line in enumerate(lines[number + 1 :]) if line.strip()), 0)
                self.body_line = number + blank + 2
                self.body = "\n".join(lines[number + blank + 1 :]).rstrip()
                return self.yaml_text, self.body
        raise self._fault(1, "front matter is not closed", "put a line `---` below it")

    def load(self, fm: str, **_: object) -> dict[str, Any]:
        """Parse the front matter with the strict reader."""
        return _mapping(fm, self.name, self.first_line)

    def _fault(self, line: int, message: str, hint: str) -> ContentError:
        return ContentError([Problem(self.name, line, 1, message=message, hint=hint)])


def _mapping(text: str, name: str, first_line: int, *, may_be_empty: bool = False) -> dict[str, Any]:
    value = plain_yaml.mapping(text)
    if value is None:
        value = _Builder(text, name, first_line).build()
    if value is None and may_be_empty:
        return {}
    if value is None:
        line, message = (1, "front matter is empty") if first_line else (0, "is empty")
        raise ContentError([Problem(name, line, line, message=message, hint=_KEY_VALUE)])
    if not isinstance(value, dict):
        kind = "a list" if isinstance(value, list) else "a single value"
        message = f"holds {kind} at its top level"
        raise ContentError([Problem(name, first_line + 1, 1, message=message, hint=_KEY_VALUE)])
    return value


class _Builder:
    """Builds plain data from the events of one YAML document, and refuses what is not plain."""

    def __init__(
        self, text: str, name: str, first_line: int, visit: Callable[[Loc, Any, Any], None] | None = None
    ) -> None:
        self.text = text
        self.name = name
        self.first_line = first_line
        self.loader = _Loader(text)
        self.next: Callable[[], Any] = self.loader.get_event
        self.visit = visit

    def build(self) -> Any:
        try:
            self.next()  # stream start
            start = self.next()
            if isinstance(start, yaml.StreamEndEvent):
                return None
            value = self._node(self.next(), ())
            self.next()  # document end
            extra = self.next()
            if not isinstance(extra, yaml.StreamEndEvent):
                raise self._fault(extra, "a second document starts here", "one file holds one document")
            return value
        except yaml.MarkedYAMLError as error:
            raise self._syntax(error) from None
        except yaml.YAMLError as error:
            raise ContentError([Problem(self.name, message=f"is not YAML: {error}")]) from None
        finally:
            self.loader.dispose()

    def _node(self, event: Any, loc: Loc) -> Any:
        kind = type(event)
        if kind is yaml.AliasEvent:
            raise self._fault(event, f"the alias {shown('*' + event.anchor)} is not allowed", "write the value out")
        if event.anchor is not None:
            message = f"the anchor {shown('&' + event.anchor)} is not allowed"
            raise self._fault(event, message, "write the value out where it is used")
        if event.tag is not None and event.tag != "!":
            tag = shown(event.tag.replace("tag:yaml.org,2002:", "!!"))
            raise self._fault(event, f"the tag {tag} is not allowed", "remove it")
        if kind is yaml.ScalarEvent:
            return self._scalar(event)
        if len(loc) >= MAX_DEPTH:
            raise self._fault(event, f"is nested more than {MAX_DEPTH} levels deep")
        return self._map(loc) if kind is yaml.MappingStartEvent else self._list(loc)

    def _map(self, loc: Loc) -> dict[str, Any]:
        found: dict[str, Any] = {}
        while type(event := self.next()) is not yaml.MappingEndEvent:
            if type(event) is not yaml.ScalarEvent:
                raise self._fault(event, "a key has to be plain text", "quote a value that starts with `{` or `[`")
            key = event.value
            if event.anchor is not None or event.tag is not None:
                raise self._fault(event, f"the key {shown(key)} carries an anchor or a tag", "remove it")
            if key in found:
                raise self._fault(event, f"the key {shown(key)} stands here a second time", "remove one of the two")
            if key == "<<" and not event.style:
                raise self._fault(event, "the merge key `<<` is not allowed", "write the values out")
            self._clean(event)
            value = self.next()
            found[key] = self._node(value, (*loc, key))
            if self.visit:
                self.visit((*loc, key), event, value)
        return found

    def _list(self, loc: Loc) -> list[Any]:
        found: list[Any] = []
        while type(event := self.next()) is not yaml.SequenceEndEvent:
            here = (*loc, len(found))
            found.append(self._node(event, here))
            if self.visit:
                self.visit(here, event, event)
        return found

    def _scalar(self, event: Any) -> Any:
        text: str = event.value
        if event.style or event.tag == "!":
            self._clean(event)
            return text
        try:
            return scalar(text)
        except ValueError as error:
            raise self._fault(event, *str(error).split("\n")) from None

    def _clean(self, event: Any) -> None:
        """Refuse characters that only an escape can bring in: the text itself was checked before."""
        if found := _FORBIDDEN.search(event.value):
            raise self._fault(event, f"the character U+{ord(found[0]):04X} is not allowed", "remove it")

    def _fault(self, event: Any, message: str, hint: str = "") -> ContentError:
        return self._fault_at((event.start_mark.line, event.start_mark.column), message, hint)

    def _fault_at(self, place: Place, message: str, hint: str) -> ContentError:
        line, column = place
        return ContentError([Problem(self.name, self.first_line + line + 1, column + 1, message=message, hint=hint)])

    def _syntax(self, error: yaml.MarkedYAMLError) -> ContentError:
        what = " ".join(part for part in (error.context, error.problem) if part)
        place, character = self._seen(error.problem_mark)
        told = explain_syntax(what, character)
        if told.at_start and error.context_mark:
            place, character = self._seen(error.context_mark)
        return self._fault_at(place, told.message.format(character), told.hint)

    def _seen(self, mark: yaml.Mark | None) -> tuple[Place, str]:
        lines = _lines(self.text)
        line, column = _inside(lines, mark)
        return (line, column), lines[line][column : column + 1]


# The last ones are kept: a file that has one fault often has a hundred.
@lru_cache(maxsize=2)
def _places(text: str) -> Mapping[Loc, tuple[Place, Place]]:
    """Return for every key path of a well-formed YAML text the places of its key and of its value."""
    found: dict[Loc, tuple[Place, Place]] = {}
    lines = _lines(text)

    def visit(loc: Loc, key: Any, value: Any) -> None:
        found[loc] = (_inside(lines, key.start_mark), _inside(lines, value.start_mark))

    _Builder(text, "", 0, visit).build()
    return found


def _lines(text: str) -> list[str]:
    return text.rstrip("\n").split("\n")


def _inside(lines: list[str], mark: yaml.Mark | None) -> Place:
    """Return a place inside the text: libyaml counts a line more at its end."""
    if mark is None or mark.line >= len(lines):
        return len(lines) - 1, len(lines[-1])
    return mark.line, mark.column


def _dotted(loc: Loc) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _with_line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _place(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _size(count: int) -> str:
    if count >= 1024 * 1024 and count % (1024 * 1024) == 0:
        return f"{count // (1024 * 1024)} MiB"
    return f"{count // 1024} KiB" if count >= 1024 else f"{count} bytes"
