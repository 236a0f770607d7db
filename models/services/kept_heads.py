"""Where the ends of an open study's audit trail are kept: in its folder, in its backups, and in the second folder."""

from pathlib import Path

from models.persistence.anchors import known_heads
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.second_folder import chosen_in, place_of
from models.persistence.study_folder import StudyFolder
from models.persistence.verify import Head


def second_folder(folder: StudyFolder) -> Path | None:
    """Where copies of the backups go besides, None if nowhere."""
    with folder.read.begin() as connection:
        return chosen_in(connection)


def second_place(folder: StudyFolder) -> Path | None:
    """Where the copies of this study lie in there, reachable or not."""
    second = second_folder(folder)
    return place_in(second, folder) if second else None


def place_in(other: Path, folder: StudyFolder) -> Path:
    """Where copies of this study's backups lie in another folder."""
    return place_of(other, folder.path, read_keyring(folder.path).study)


def heads_kept(folder: StudyFolder) -> tuple[Head, ...]:
    """What the trail must contain. A second folder that is not connected says nothing."""
    place = second_place(folder)
    return known_heads(folder.path, folder.keys, folder.read, (place,) if place else ())
