"""The accounts' ways into a study: adding, changing and removing them.

These commands take the keys of the signed-in person: they prove that the keyring is as a holder of the keys left it,
and renew its seal. Nothing here asks for a role: the services do.
"""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from models.domain.errors import TrialError
from models.persistence.keys import recovery_key
from models.persistence.keys.keyring_file import held, read_keyring, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealed_slots import for_right, new_slot, refuse_if_changed, sealed
from models.persistence.keys.sealing import seal_to
from models.persistence.keys.sign_in import Missed, unlock
from models.persistence.keys.slots import RECOVERY, Keyring, Slot, new_name


def users(folder: Path) -> tuple[str, ...]:
    """The names of the accounts, in the order in which they were made."""
    return tuple(slot.user for slot in read_keyring(folder).slots)


def add_slot(folder: Path, keys: Keys, user: str, password: str, *, identity: bool) -> None:
    """Give a new account its way in; with `identity`, to the patients' identities too.

    Raises:
        TrialError: the account exists, the name will not do, or `identity` is given by one who has it not.
    """
    name = new_name(user)
    with held(folder):
        ring = _trusted(folder, keys)
        if ring.find(name) is not None:
            raise TrialError(f"There is an account {name} already. Choose another name: accounts are never shared.")
        _put(folder, ring, keys, _slot(ring, name, password, for_right(keys, identity)))


def change_password(folder: Path, user: str, old: str, new: str, now: datetime) -> None:
    """Change a person's own password; the old one is asked for as at a sign-in."""
    set_password(folder, unlock(folder, user, old, now).keys, user, new)


def set_password(folder: Path, keys: Keys, user: str, new: str) -> None:
    """Give an account a new password without the old one, and end its wait after failures.

    The account gets a new key pair: an old copy of the keyring with the old password opens nothing made later.

    Raises:
        TrialError: there is no such account, or it sees identities and the one who resets it does not.
    """
    with held(folder):
        ring = _trusted(folder, keys)
        old = ring.slot_of(user)
        slot = _slot(ring, old.user, new, for_right(keys, old.identity_key is not None))
        _put(folder, ring, keys, replace(slot, attempts=old.attempts.cleared()))


def set_identity(folder: Path, keys: Keys, user: str, *, allowed: bool) -> None:
    """Give an account the right to the patients' identities, or take it away, as its role changes.

    Raises:
        TrialError: there is no such account, or the right is given by one who has it not.
    """
    with held(folder):
        ring = _trusted(folder, keys)
        slot, identity = ring.slot_of(user), for_right(keys, allowed).identity
        key = None if identity is None else seal_to(slot.pair.public_key, identity)
        _put(folder, ring, keys, replace(slot, identity_key=key))


def remove_slot(folder: Path, keys: Keys, user: str) -> Missed:
    """Take an account's way in away; gives its failed sign-ins that the audit trail has not heard of.

    A person who kept a copy of the keyring still opens what the study's present keys open: offer new keys.

    Raises:
        TrialError: there is no such account, or it is the last one.
    """
    with held(folder):
        ring = _trusted(folder, keys)
        slot = ring.slot_of(user)
        if len(ring.slots) == 1:
            raise TrialError(f"{slot.user} is the only account of this study. Add another one first.")
        left = tuple(other for other in ring.slots if other.user != slot.user)
        write_keyring(folder, sealed(replace(ring, slots=left), keys))
    return Missed(slot.user, slot.attempts.pending, slot.attempts.pending_count)


def lift_block(folder: Path, user: str) -> None:
    """End an account's wait after failed sign-ins."""
    with held(folder):
        ring = read_keyring(folder)
        slot = ring.slot_of(user)
        write_keyring(folder, ring.with_slot(replace(slot, attempts=slot.attempts.cleared())))


def new_recovery_key(folder: Path, keys: Keys) -> str:
    """Make a new recovery key, shown this once; the former one opens nothing from now on.

    Raises:
        TrialError: the keys lack the one to the identities, which the recovery key has to open.
    """
    key = recovery_key.new_recovery_key()
    with held(folder):
        ring = _trusted(folder, keys)
        slot = _slot(ring, RECOVERY, key, for_right(keys, True))
        _put(folder, ring, keys, replace(slot, attempts=ring.recovery.attempts.cleared()))
    return key


def _trusted(folder: Path, keys: Keys) -> Keyring:
    ring = read_keyring(folder)
    refuse_if_changed(ring, keys)
    return ring


def _slot(ring: Keyring, user: str, password: str, keys: Keys) -> Slot:
    return new_slot(ring.study, ring.cost, user, password, keys)


def _put(folder: Path, ring: Keyring, keys: Keys, slot: Slot) -> None:
    write_keyring(folder, sealed(ring.with_slot(slot), keys))
