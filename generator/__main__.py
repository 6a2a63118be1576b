"""`python -m generator` is `almanac`."""

from generator.cli import main

if __name__ == "__main__":
    main()
