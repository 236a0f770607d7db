"""The file of the keyring: read, written whole or not at all, and changed by one program at a time."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from models.domain.errors import DamagedError, TrialError, plain
from models.domain.whole_files import STUDY_MARK
from models.persistence.file_lock import Timeout, lock_at
from models.persistence.keys.keyring_text import keyring_bytes, parse_keyring
from models.persistence.keys.slots import Keyring

KEYRING = STUDY_MARK
"""The name of the file in the folder of a study."""
_MOST_BYTES = 16 * 1024 * 1024
_LONGEST_WAIT = 15.0  # seconds; a sign-in of another program takes less than one


def read_keyring(folder: Path) -> Keyring:
    """The keyring of the study in that folder.

    Raises:
        TrialError: it is missing, may not be read, is damaged, or was written by a newer version.
    """
    path = folder / KEYRING
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except FileNotFoundError:
        raise DamagedError(
            f"There is no keyring in {folder}: nothing opens the study without it. Put the keyring of the newest "
            "backup there, or choose another folder."
        ) from None
    except OSError as fault:
        raise TrialError(f"{path} cannot be read: {plain(fault)}. Ask for the right to read it.") from fault
    return parse_keyring(content, path)


def write_keyring(folder: Path, ring: Keyring) -> None:
    """Put the keyring in place of the one in the folder. After a crash one or the other is there, whole.

    Raises:
        TrialError: the folder may not be written, or the disk is full.
    """
    path = folder / KEYRING
    draft = path.with_suffix(".part")
    try:
        draft.unlink(missing_ok=True)  # what a crash left behind
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(keyring_bytes(ring))
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, path)
        _settle(folder)
    except OSError as fault:
        raise TrialError(f"{path} cannot be written: {plain(fault)}. Nothing was changed.") from fault


@contextlib.contextmanager
def held(folder: Path) -> Iterator[None]:
    """Keep other programs from changing the keyring meanwhile.

    Raises:
        TrialError: another program holds it for long.
    """
    lock = lock_at(folder / f"{KEYRING}.lock", _LONGEST_WAIT)
    try:
        lock.acquire()
    except Timeout:
        raise TrialError(f"Another AlbaTrack is changing the keyring in {folder}. Try again in a minute.") from None
    except OSError:
        pass  # A folder that cannot be written: nobody changes anything there, and reading it must go on.
    try:
        yield
    finally:
        lock.release()


def _settle(folder: Path) -> None:
    """Make the new name last through a power cut. Windows has no such call, and needs none."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
