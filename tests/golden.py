"""The golden site: what a small catalog that uses every field is built into.

`make golden` (or `python -m tests.golden`) writes `tests/golden/site` anew; `test_golden.py` compares. Read the
difference before you commit it: it is what every reader of every site will see.
"""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build import build
from tests import record_schemas, reference

CONTENT = Path(__file__).parent / "golden" / "content"
SITE = Path(__file__).parent / "golden" / "site"


def pages(folder: Path) -> dict[str, str]:
    """Return the text of every page of a built site, by path."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    return {name: path.read_text(encoding="utf-8") for name, path in found.items() if path.suffix in (".html", ".md")}


def rewrite() -> None:
    """Write the golden site anew."""
    with TemporaryDirectory() as folder:
        made = Path(folder) / "site"
        build(CONTENT, made)
        shutil.rmtree(SITE, ignore_errors=True)
        for name, text in pages(made).items():
            target = SITE / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    record_schemas.rewrite()
    rewrite()
    reference.rewrite()  # what the code says on pages of the documentation changes with it
