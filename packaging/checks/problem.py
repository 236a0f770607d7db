"""One place where a file breaks a house rule."""

from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """A file, a line of it, and what to do instead."""

    file: Path
    line: int
    message: str

    def __str__(self) -> str:
        """The form that editors turn into a link."""
        return f"{self.file}:{self.line}: {self.message}"
