"""Files that the program writes outside the study: whole or not at all, and readable by their owner only.

They hold data of people or tell where such data lie, and the computer of a site may have several users.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from models.domain.errors import TrialError

OWNER_FILE = 0o600
"""Who may read and write a file: its owner."""
OWNER_FOLDER = 0o700
"""Who may look into a folder that the program makes for its own files: its owner."""
STUDY_MARK = "keyring.json"
"""The file by which the folder of a study, or of a backup, is known."""


def owners_opener(path: str, flags: int) -> int:
    """The `opener` with which `open` makes a file that only its owner can read."""
    return os.open(path, flags, OWNER_FILE)


def refuse_in_study(path: Path) -> None:
    """Refuse a place in the folder of a study: what is written there by name could be the record itself.

    Raises:
        TrialError: it lies in such a folder, however deep.
    """
    if any((folder / STUDY_MARK).exists() for folder in Path(os.path.realpath(path), STUDY_MARK).parents):
        raise TrialError(f"{path} lies in the folder of a study, which keeps the record only. Choose another folder.")


def place_of(path: Path) -> Path:
    """Where a file of that name is written: a link stays a link, and what it points to is replaced.

    Raises:
        TrialError: a folder, a device or a pipe stands there, and a file moved to its place would put an end to it;
            or it lies in the folder of a study.
    """
    refuse_in_study(path)
    place = Path(os.path.realpath(path))
    if place.is_dir():
        raise TrialError(f"{path} is a folder. Name a file to write to.")
    if place.exists() and not place.is_file():
        raise TrialError(f"{path} is not an ordinary file. Name a file to write to.")
    return place


def write_whole(path: Path, content: bytes) -> None:
    """Write beside the place and move there at once; what stood there before stays until then.

    Raises:
        TrialError: the folder is missing or may not be written, the disk is full, or the place is no file's.
    """
    draft = None
    try:
        place = place_of(path)
        handle, name = tempfile.mkstemp(prefix=f".{place.name}.", suffix=".part", dir=place.parent)  # made 0600
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, place)
    except OSError as failure:
        if draft is not None:
            with contextlib.suppress(OSError):
                draft.unlink()
        why = failure.strerror or failure
        raise TrialError(f"{path} cannot be written: {why}. Choose another folder.") from failure
