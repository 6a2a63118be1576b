"""Runs the corpus: `python -m tests.hostile.corpus FOLDER` builds every case and prints what came of it as JSON.

It is a process of its own, so that its memory can be bounded and a crash or a hang ends it and not the tests.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterable
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from time import process_time

from click.testing import CliRunner

from generator.cli import main
from tests.hostile.case import Case
from tests.hostile.cases import CASES
from tests.hostile.trees import BASES, files

__all__ = ["run"]

SECONDS = 10
"""Of the processor: the machine may have other work."""
PATIENCE = 60
"""Seconds after which what waits for something is ended."""
MEMORY = 512 * 1024 * 1024


def run(folder: Path) -> dict[str, dict[str, object]]:
    """Build every case over the site of its harmless twin; return what came of each, by its name."""
    sites = {}
    for layout, texts in BASES.items():
        twin, sites[layout] = folder / "twins" / layout, folder / "sites" / layout
        files(texts)(twin)
        done = CliRunner().invoke(main, ["build", str(twin), "-o", str(sites[layout]), "-q"])
        if (done.exit_code, done.stderr) != (0, ""):
            raise AssertionError(f"the harmless {layout} catalog is not built: {done.stderr}")
    found: dict[str, dict[str, object]] = {}
    groups = groupby(sorted(CASES, key=lambda case: case.group or case.name), key=lambda case: case.group or case.name)
    for number, (name, members) in enumerate(groups):
        sys.stderr.write(f"{name}\n")  # the last one told is the one that crashed
        cases = list(members)
        came = _built(cases, folder / str(number), sites[cases[0].layout])
        found |= {case.name: came for case in cases}
    return found


def _built(cases: Iterable[Case], root: Path, site: Path) -> dict[str, object]:
    """Make a catalog, build it, and say what came of it."""
    is_good = False
    for case in cases:
        files({name: text for name, text in BASES[case.layout].items() if not (root / name).exists()})(root)
        case.make(root)
        is_good = case.group.endswith(": built")
    target = root.with_suffix(".site") if is_good else site
    before, began = _digest(site), process_time()
    signal.alarm(PATIENCE)
    done = CliRunner().invoke(main, ["build", str(root), "-o", str(target), "-v", "-j", "1"])
    signal.alarm(0)
    return {
        "code": done.exit_code,
        "crash": "" if done.exception is None or isinstance(done.exception, SystemExit) else repr(done.exception),
        "told": done.stderr.replace(f"{root}/", "").splitlines(),
        "seconds": process_time() - began,
        "same": _digest(site) == before,
        "beside": sorted(path.name for path in site.parent.iterdir()),
        "pages": sorted(path.relative_to(target).as_posix() for path in target.rglob("*.html")) if is_good else [],
    }


def _digest(folder: Path) -> str:
    """Return one number for every name, content and time in a folder."""
    found = sha256()
    for path in sorted(folder.rglob("*")):
        found.update(repr((path.as_posix(), path.stat().st_mtime_ns)).encode())
        found.update(path.read_bytes() if path.is_file() else b"")
    return found.hexdigest()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sys.stdout.write(json.dumps(run(Path(sys.argv[1]))))
