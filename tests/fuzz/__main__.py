"""Runs the fuzzer: `python -m tests.fuzz TARGET [FOLDER] [-runs=N ...]`; `make fuzz` goes through all targets.

What is found is written as `crash-...` into the current folder. A case that is worth keeping goes to
`tests/fuzz/corpus/TARGET`; every case there is run by the tests, without the fuzzer.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["generator"]):
    from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"


def main() -> None:
    """Fuzz one target, from the cases in the repository and those in a folder of one's own."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options, str(CORPUS / name), "-timeout=10", "-rss_limit_mb=1024"], TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
