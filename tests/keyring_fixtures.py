"""Changes of a keyring past the services, as a test needs them: nothing tells the audit trail."""

from datetime import datetime
from pathlib import Path

from models.persistence.keys.accounts import (
    Change,
    trusted_keyring,
    with_account,
    with_identity,
    with_password,
    with_recovery_key,
    without_account,
)
from models.persistence.keys.keyring_file import held, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.recovery_key import new_recovery_key
from models.persistence.keys.sealed_slots import sealed
from models.persistence.keys.sign_in import unlock
from models.persistence.keys.slots import Keyring


def change(folder: Path, keys: Keys, made: Change) -> None:
    """Put what `made` makes of the keyring in its place."""
    with held(folder):
        write_keyring(folder, sealed(made(trusted_keyring(folder, keys)), keys))


def add_slot(folder: Path, keys: Keys, user: str, password: str, *, identity: bool) -> None:
    """A new account."""
    change(folder, keys, lambda ring: with_account(ring, keys, user, password, identity=identity))


def set_password(folder: Path, keys: Keys, user: str, new: str) -> None:
    """A new password of an account, which keeps its right to identities."""

    def made(ring: Keyring) -> Keyring:
        return with_password(ring, keys, user, new, identity=ring.slot_of(user).identity_key is not None)

    change(folder, keys, made)


def change_password(folder: Path, user: str, old: str, new: str, now: datetime) -> None:
    """The same by the person, who knows the old one."""
    set_password(folder, unlock(folder, user, old, now).keys, user, new)


def set_identity(folder: Path, keys: Keys, user: str, *, allowed: bool) -> None:
    """The right to identities, given or taken away."""
    change(folder, keys, lambda ring: with_identity(ring, keys, user, allowed=allowed))


def remove_slot(folder: Path, keys: Keys, user: str) -> None:
    """An account's way in, taken away."""
    change(folder, keys, lambda ring: without_account(ring, user))


def renew_recovery_key(folder: Path, keys: Keys) -> str:
    """A new recovery key in the place of the former one."""
    key = new_recovery_key()
    change(folder, keys, lambda ring: with_recovery_key(ring, keys, key))
    return key
