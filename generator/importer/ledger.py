"""What the source said when it was last imported: for each file, the digest of every fact.

It is what tells a change by hand from a change of the source. Facts are kept as digests: enough to compare, and a file
that nobody is tempted to edit.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from generator.errors import UsageError
from generator.output import digest
from generator.sources.yaml_text import block

__all__ = ["LEDGER", "Ledger", "digests"]

LEDGER = ".almanac-import.json"
"""Name of the file, in the folder of the imported catalog."""

_SCHEMA = 1
_LENGTH = 12


class Ledger(Struct, frozen=True):
    """By the key of each thing: the digest of every fact that the source stated."""

    facts: Mapping[str, Mapping[str, str]]

    @classmethod
    def read(cls, folder: Path) -> "Ledger":
        """Read the ledger of a folder; an empty one where there is none.

        Raises:
            UsageError: It is damaged, or of a later version.
        """
        place = folder / LEDGER
        try:
            held = json.loads(place.read_bytes())
            if held["schema"] != _SCHEMA:
                raise UsageError(f"`{place.as_posix()}` was written by a later Almanac; use that one")
            return cls({str(key): {str(k): str(v) for k, v in facts.items()} for key, facts in held["facts"].items()})
        except FileNotFoundError:
            return cls({})
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            message = f"`{place.as_posix()}` is damaged, so nobody can say what was changed by hand; delete it"
            raise UsageError(f"{message}, and every difference counts as a change by hand") from error

    def text(self) -> str:
        """Return the ledger as it is written: one line for each thing, for those who keep it under version control."""
        lines = [f"  {json.dumps(key)}: {json.dumps(self.facts[key], sort_keys=True)}" for key in sorted(self.facts)]
        return f'{{"generator": "almanac", "schema": {_SCHEMA}, "facts": {{\n' + ",\n".join(lines) + "\n}}\n"


def digests(facts: Mapping[str, Any]) -> dict[str, str]:
    """Return the digest of each fact; of bytes as they are, of anything else as it stands in a file."""
    return {name: digest(_bytes(value))[:_LENGTH] for name, value in facts.items()}


def _bytes(value: object) -> bytes:
    return value if isinstance(value, bytes) else block({"": value}).encode()
