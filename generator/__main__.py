"""`python -m generator` is `almanac`."""

from generator.cli import run

if __name__ == "__main__":
    run()
