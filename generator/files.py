"""Files that are given to the user to keep: written once, and never over what is there unless that is meant."""

from collections.abc import Iterable
from pathlib import Path

from generator.errors import PublishError, UsageError
from generator.output import Output

__all__ = ["write_new"]


def write_new(folder: Path, files: Iterable[Output], *, over: bool = False) -> tuple[str, ...]:
    """Write files into a folder and return their paths.

    Raises:
        UsageError: The folder holds something, and what is there may not be written `over`.
        PublishError: It cannot be written.
    """
    written = []
    try:
        if not over and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder.as_posix()} is not empty; choose a new folder")
        for file in files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
            written.append(file.path)
    except OSError as error:
        raise PublishError(f"{folder.as_posix()} cannot be written: {error.strerror or error}") from None
    return tuple(written)
