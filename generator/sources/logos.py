"""Logos of strangers: SVG files that may be shown, or the reason why not.

A logo is shown through `<img>`, where nothing in it can run; but a host also serves the file under its own address,
where a script in it would run on the site. So whatever is active or comes from elsewhere is refused. Given up: cleaning
a file, which would change it.
"""

import re
from xml.parsers.expat import ExpatError, ParserCreate

from generator.errors import Problem

__all__ = ["MAX_LOGO_BYTES", "check_logo"]

MAX_LOGO_BYTES = 256 * 1024
MAX_DEPTH = 64

_ELEMENTS = frozenset({
    "svg", "g", "defs", "symbol", "use", "title", "desc", "metadata", "path", "rect", "circle", "ellipse",
    "line", "polyline", "polygon", "text", "tspan", "textpath", "image", "switch", "style", "lineargradient",
    "radialgradient", "stop", "pattern", "clippath", "mask", "marker", "filter", "feblend", "fecolormatrix",
    "fecomponenttransfer", "fecomposite", "feconvolvematrix", "fediffuselighting", "fedisplacementmap",
    "fedropshadow", "feflood", "fefunca", "fefuncb", "fefuncg", "fefuncr", "fegaussianblur", "feimage",
    "femerge", "femergenode", "femorphology", "feoffset", "fespecularlighting", "fetile", "feturbulence",
    "fedistantlight", "fepointlight", "fespotlight",
})  # fmt: skip
# Written by drawing programs; shown by nothing.
_IGNORED = (
    "http://www.inkscape.org",
    "http://sodipodi.",
    "http://www.w3.org/1999/02/22-rdf",
    "http://creativecommons.org",
    "http://purl.org",
)
_SVG = "http://www.w3.org/2000/svg"
_PICTURE = re.compile(r"data:image/(png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*\Z")
_REMOTE = re.compile(
    r"url\(\s*['\"]?\s*(?!#|['\"]?#|data:image/(?:png|jpeg|gif|webp);)|@import|expression\s*\(|behavior\s*:|-moz-binding|\\",
    re.IGNORECASE,
)


def check_logo(data: bytes, name: str) -> Problem | None:
    """Return why an SVG file may not be shown, or nothing. Never raises, however the file is broken."""
    return _Checker(name).check(data)


class _Refused(Exception):
    """The file holds what it may not; the message says what."""


class _Checker:
    """Walks one file with expat, which reads no DTD, follows no reference and builds no tree."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.depth = 0
        self.in_style = False
        self.parser = ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._entity
        self.parser.ProcessingInstructionHandler = self._instruction
        self.parser.buffer_text = True

    def check(self, data: bytes) -> Problem | None:
        if len(data) > MAX_LOGO_BYTES:
            return Problem(self.name, message=f"is larger than {MAX_LOGO_BYTES // 1024} KiB")
        try:
            self.parser.Parse(data, True)  # noqa: FBT003  # expat's own signature
        except ExpatError as error:
            return Problem(self.name, error.lineno, error.offset + 1, message="is not a well-formed SVG file")
        except _Refused as refused:
            line, column = self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1
            return Problem(self.name, line, column, message=str(refused), hint="a logo holds shapes only")
        except (ValueError, LookupError):
            return Problem(self.name, message="is not a well-formed SVG file")
        return None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, local = tag.rpartition(" ")
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise _Refused(f"is nested more than {MAX_DEPTH} levels deep")
        if self.depth == 1 and (space, local) != (_SVG, "svg"):
            raise _Refused("is not an SVG file")
        if space == _SVG or not space:
            if local.lower() not in _ELEMENTS:
                raise _Refused(f"holds a `{local[:40]}` element")
        elif not space.startswith(_IGNORED):
            raise _Refused(f"holds an element of another language: `{local[:40]}`")
        self.in_style = local.lower() == "style"
        for key, value in attributes.items():
            self._attribute(key.rpartition(" ")[2].lower(), value)

    def _attribute(self, key: str, value: str) -> None:
        if key.startswith("on"):
            raise _Refused(f"holds the event handler `{key[:40]}`")
        if key in ("href", "src") and value and not value.strip().startswith("#") and not _PICTURE.match(value.strip()):
            raise _Refused(f"refers to something outside of the file: `{value.strip()[:40]}`")
        if key != "d" and _REMOTE.search(value):
            raise _Refused(f"refers to something outside of the file in `{key[:40]}`")

    def _end(self, _: str) -> None:
        self.depth -= 1
        self.in_style = False

    def _text(self, text: str) -> None:
        if self.in_style and _REMOTE.search(text):
            raise _Refused("has a style that refers to something outside of the file")

    def _entity(self, *_: object) -> None:
        raise _Refused("declares an entity")

    def _instruction(self, target: str, _: str) -> None:
        raise _Refused(f"holds a processing instruction: `{target[:40]}`")
