"""Compiled templates of the packaged theme, kept as Python keeps its own: beside the program, in `__pycache__`.

Compiling them takes longer than making a thousand pages. What is kept counts only for the very same template, made by
the same program. Where Python would write no bytecode, or can't, nothing is kept. A site's own templates are compiled
each time: they are few, and nothing is written into its folder.
"""

import marshal
import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from hashlib import sha256
from importlib import import_module
from importlib.util import cache_from_source
from pathlib import Path
from uuid import uuid4

from jinja2 import Environment
from jinja2.bccache import Bucket, BytecodeCache, bc_magic

__all__ = ["Bytecode"]


class Bytecode(BytecodeCache):
    """Keeps the compiled templates below a folder.

    Args:
        folder: The only one whose templates are kept.
        kind: A name for what sets the environment apart from the others of the program.
        makers: The modules that make code of a template, or are called while it is compiled.
        parts: The templates that others are compiled with.
    """

    def __init__(self, folder: Path, kind: str, makers: Iterable[str], parts: Iterable[Path]) -> None:
        self.folder, self.kind = f"{folder}{os.sep}", kind
        made_by = sha256(bc_magic)
        for name in makers:
            made_by.update(Path(import_module(name).__file__ or "").read_bytes())
        for path in sorted(parts):
            made_by.update(path.read_bytes())
        self.made_by = made_by.hexdigest()

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the place of a template's code: a file, or none, and what tells the template from another."""
        path = ""
        if filename is not None and filename.startswith(self.folder):
            flat = filename.removeprefix(self.folder).replace(os.sep, "-")
            path = cache_from_source(str(Path(__file__).with_name(f"{self.kind}-{flat}.py")))
        told_by = "\0".join((self.made_by, name, filename or "", source))
        bucket = Bucket(environment, path, sha256(told_by.encode()).hexdigest())
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code of a template, if it is kept."""
        if not bucket.key:
            return
        with suppress(OSError, EOFError, ValueError, TypeError):
            data, head = Path(bucket.key).read_bytes(), bucket.checksum.encode()
            if data.startswith(head):
                bucket.code = marshal.loads(data[len(head) :])  # noqa: S302  # as Python loads its own, from beside it

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, whole or not at all: others may be reading it."""
        if not bucket.key or sys.dont_write_bytecode:
            return
        path = Path(bucket.key)
        written = path.with_suffix(f".{uuid4().hex}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                written.write_bytes(bucket.checksum.encode() + marshal.dumps(bucket.code))
                written.replace(path)
            finally:
                written.unlink(missing_ok=True)
