"""The files of a new catalog: those of `files/` beside this module, and the JSON Schemas.

A name that starts with `dot.` there starts with `.` in the catalog: hidden files are what tools that pass through this
folder take for their own.
"""

from collections.abc import Iterator
from pathlib import Path

from generator.output import Output
from generator.schema_files import schemas

__all__ = ["files"]


def files() -> Iterator[Output]:
    """Yield every file of a new catalog."""
    root = Path(__file__).resolve().parent / "files"
    for path in sorted(root.rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix().replace("dot.", ".")
            yield Output(name, path.read_bytes())
    for schema in schemas():
        yield Output(f".schemas/{schema.path}", schema.data)
