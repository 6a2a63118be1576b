"""The JSON Schemas of records, made of the schema's classes.

`make golden` (or `python -m tests.record_schemas`) writes `generator/exporters/schemas.json` anew: making them takes
longer than all records together, and they change with the program alone. `test_records.py` compares.
"""

import json
from pathlib import Path

from generator.exporters.records import KINDS

TARGET = Path(__file__).parent.parent / "generator" / "exporters" / "schemas.json"


def made() -> str:
    """Return the schemas by kind, as they are kept."""
    found = {kind: shape.model_json_schema(mode="serialization") for kind, shape in KINDS.items()}
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def rewrite() -> None:
    """Keep the schemas anew."""
    TARGET.write_text(made(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rewrite()
