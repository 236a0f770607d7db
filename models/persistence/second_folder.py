"""The second place of the backups: a USB stick, a share. Apart from the computer, they survive it (Annex 11, 7.2)."""

import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from sqlalchemy import Connection

from models.domain.errors import TrialError, plain
from models.persistence.backup import thin
from models.persistence.backup_manifest import MANIFEST, Backup
from models.persistence.durable import sync_folder
from models.persistence.durable_copy import copy_durably
from models.persistence.keys.keyring_file import KEYRING
from models.persistence.keys.keys import Keys
from models.persistence.layout import DATABASE, DOCUMENTS

SECOND_FOLDER = "backup_folder"
"""The fact of the study that names it."""
BETWEEN = " backups "
"""Stands in the name of a place between the study's name and the beginning of its identity."""
_UNFINISHED = ".making-"


def chosen_in(connection: Connection) -> Path | None:
    """The second folder that a study has, None for none."""
    known = "SELECT value FROM study_fact WHERE name = ?"
    chosen = connection.exec_driver_sql(known, (SECOND_FOLDER,)).scalar()
    return Path(chosen) if chosen else None


def place_of(second: Path, study: Path, identity: str) -> Path:
    """Where the backups of a study lie in the second folder, apart from those of other studies."""
    return second / f"{study.stem}{BETWEEN}{identity[:8]}"


def places_in(folder: Path) -> tuple[Path, ...]:
    """The places with backups that lie in a folder, such as a stick. Deeper ones are not searched for."""
    try:
        named = sorted(place for place in folder.iterdir() if BETWEEN in place.name)
        return tuple(place for place in named if any(place.glob(f"[!.]*/{MANIFEST}")))
    except OSError:  # a disk that is out of reach
        return ()


def begin_in(place: Path) -> None:
    """Make the place of a study in a folder that somebody has just chosen. TrialError where it cannot be written."""
    try:
        place.mkdir(mode=0o700, exist_ok=True)
    except OSError as fault:
        raise TrialError(
            f"Backups cannot be copied to {place.parent}: {plain(fault)}. Choose another folder."
        ) from fault


def copy_there(backup: Backup, second: Path, keys: Keys) -> Backup:
    """Copy a backup, with the documents it names, into its place in the second folder, and compare it there.

    Raises TrialError where the folder is absent or cannot be written, or where what arrived differs: then it does not
    count there, and the backup in the study's own folder is untouched. The same where the place was not begun there
    (`begin_in`): the folder that a disk appears in often stays when the disk is gone, and what is put into it then lies
    on the disk of the study.
    """
    if not second.parent.is_dir():
        raise TrialError(f"The second folder for backups, {second.parent}, is not there. Plug in the disk or connect.")
    try:
        if not second.is_dir():
            raise TrialError(
                f"The second folder for backups, {second.parent}, has nothing of this study: its disk is not "
                "connected, or is another one. Plug it in. To begin on this one, choose the folder again."
            )
        return _copied(backup, second, keys)
    except OSError as fault:
        raise TrialError(f"The backup could not be copied to {second.parent}: {plain(fault)}.") from fault


def copy_to_each(backup: Backup, places: Iterable[Path | None], keys: Keys) -> Iterator[str]:
    """Copy a backup to each place that there is; sentences about what could not be done."""
    for place in places:
        try:
            if place is not None:
                copy_there(backup, place, keys)
        except TrialError as fault:
            yield str(fault)


def _copied(backup: Backup, place: Path, keys: Keys) -> Backup:
    documents = place / DOCUMENTS
    making = place / f"{_UNFINISHED}{backup.name}"
    documents.mkdir(mode=0o700, exist_ok=True)
    shutil.rmtree(making, ignore_errors=True)
    making.mkdir(mode=0o700)
    try:
        for name, digest in backup.manifest.documents.items():
            if not (documents / name).exists():
                copy_durably(backup.path.parent / DOCUMENTS / name, documents / name, digest)
        copy_durably(backup.path / DATABASE, making / DATABASE, backup.manifest.database)
        for name in (KEYRING, MANIFEST):
            copy_durably(backup.path / name, making / name)
        arrived = place / backup.name
        os.replace(making, arrived)
        sync_folder(place)
    finally:
        shutil.rmtree(making, ignore_errors=True)
    thin(place, keys)
    return Backup(arrived, backup.manifest, genuine=True)
