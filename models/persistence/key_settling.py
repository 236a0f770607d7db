"""What a change of keys leaves in the folder until it is done, and what becomes of it when the program ended meanwhile.

The new database and the new keyring lie beside the old ones: see `models.persistence.key_change`.
"""

import os
from pathlib import Path

from models.domain.errors import TrialError
from models.persistence.durable import sync_folder
from models.persistence.keys.keyring_file import KEYRING, held
from models.persistence.layout import DATABASE


def settle_keys(folder: Path, *, writing: bool) -> None:
    """Undo a change of keys that was broken off, or bring it to its end. The study is whole either way.

    Raises TrialError where the keyring does not fit the database yet and the study is opened for reading only.
    """
    undone = new_database(folder).exists()
    if not undone and not new_keyring(folder).exists():
        return
    if writing:
        with held(folder):
            settle(folder)
    elif not undone:
        raise TrialError(f"{folder} was getting new keys when the program ended. Open it once for writing.")


def settle(folder: Path) -> None:
    """The same, whatever is found. Nobody may be at the keyring meanwhile."""
    database, keyring = new_database(folder), new_keyring(folder)
    if database.exists():
        keyring.unlink(missing_ok=True)
        sync_folder(folder)  # before the database goes: a new keyring alone would mean that it is in place
        for left in (f"{keyring}.new", f"{database}-journal", database):
            Path(left).unlink(missing_ok=True)
    elif keyring.exists():
        os.replace(keyring, folder / KEYRING)
    sync_folder(folder)


def new_database(folder: Path) -> Path:
    """Where the database under the new key is written."""
    return folder / f"{DATABASE}.next"


def new_keyring(folder: Path) -> Path:
    """Where the keyring that opens it is written."""
    return folder / f"{KEYRING}.next"
