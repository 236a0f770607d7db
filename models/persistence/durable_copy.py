"""Copying a file and knowing that the copy is the file: counted and compared on both sides (ICH E6(R3) 4.2.5)."""

import hashlib
import os
from pathlib import Path

from models.domain.errors import TrialError
from models.persistence.durable import sync_folder

_AT_ONCE = 1024 * 1024


def sha256_of(path: Path) -> str:
    """SHA-256 of a file. Never of a database that this program has open: closing the file would drop its locks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_file_of(path: Path, digest: str) -> bool:
    """Whether a file is there, and is the one with that SHA-256."""
    return path.exists() and sha256_of(path) == digest


def copy_durably(source: Path, target: Path, digest: str = "") -> str:
    """Put a copy at `target`, forced to the disk and read back; returns the SHA-256 of both.

    Raises TrialError where the copy differs, or where the source is not the one with the `digest` given; then nothing
    is at `target` that was not there before.
    """
    beside = target.with_name(f".{target.name}.new")
    try:
        read = hashlib.sha256()
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as written, source.open("rb") as file:
            while part := file.read(_AT_ONCE):
                read.update(part)
                written.write(part)
            written.flush()
            os.fsync(written.fileno())
        found = read.hexdigest()
        if digest and found != digest:
            raise TrialError(f"{source} is not as it was when it was put away: it was damaged or changed.")
        if sha256_of(beside) != found:
            raise TrialError(f"The copy {target} differs from {source}. The disk it was written to may be failing.")
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(target.parent)
    return found
