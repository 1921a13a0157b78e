"""Files that hold keys: whole on the disk or not there, readable by their owner only."""

import os
from pathlib import Path


def place(content: bytes, path: Path) -> None:
    """In the place of the one there: whoever reads finds one or the other, also after a crash."""
    _written(content, path).replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def place_new(content: bytes, path: Path) -> None:
    """Never over another. Raises FileExistsError."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = _written(content, path)
    os.link(unfinished, path)
    unfinished.unlink()


def _written(content: bytes, path: Path) -> Path:
    """Beside the path."""
    unfinished = path.with_suffix(".new")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return unfinished
