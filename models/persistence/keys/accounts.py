"""What becomes of a keyring when accounts are added, changed and removed: each makes a new keyring of the one at hand.

They take the keys of the signed-in person. Nothing here asks for a role, tells the audit trail or writes the file: the
services do (`models.services.account_keys`).
"""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from models.domain.errors import TrialError
from models.persistence.keys.keyring_file import held, read_keyring, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.recovery_key import read_recovery_key
from models.persistence.keys.sealed_slots import for_right, new_slot, refuse_if_changed
from models.persistence.keys.sealing import seal_to
from models.persistence.keys.slots import RECOVERY, Keyring, Slot, new_name

Change: TypeAlias = Callable[[Keyring], Keyring]
"""What makes a new keyring of the one at hand; it is not sealed yet."""


def trusted_keyring(folder: Path, keys: Keys) -> Keyring:
    """The keyring in the folder; TrialError where it is not as a holder of these keys left it."""
    ring = read_keyring(folder)
    refuse_if_changed(ring, keys)
    return ring


def with_account(ring: Keyring, keys: Keys, user: str, password: str, *, identity: bool) -> Keyring:
    """Give a new account its way in; with `identity`, to the patients' identities too.

    Raises:
        TrialError: the account exists, the name will not do, or `identity` is given by one who has it not.
    """
    name = new_name(user)
    if ring.find(name) is not None:
        raise TrialError(f"There is an account {name} already. Choose another name: accounts are never shared.")
    return ring.with_slot(_slot(ring, name, password, for_right(keys, identity)))


def with_password(ring: Keyring, keys: Keys, user: str, new: str, *, identity: bool) -> Keyring:
    """Give an account a new password without the old one, and end its wait after failures.

    The account gets a new key pair: an old copy of the keyring with the old password opens nothing made later.

    Raises:
        TrialError: there is no such account, or `identity` is given by one who has it not.
    """
    old = ring.slot_of(user)
    slot = _slot(ring, old.user, new, for_right(keys, identity))
    return ring.with_slot(slot._replace(attempts=old.attempts.cleared()))


def with_identity(ring: Keyring, keys: Keys, user: str, *, allowed: bool) -> Keyring:
    """Give an account the right to the patients' identities, or take it away, as its role changes.

    Raises:
        TrialError: there is no such account, or the right is given by one who has it not.
    """
    slot, identity = ring.slot_of(user), for_right(keys, allowed).identity
    key = None if identity is None else seal_to(slot.pair.public_key, identity)
    return ring.with_slot(slot._replace(identity_key=key))


def without_account(ring: Keyring, user: str) -> Keyring:
    """Take an account's way in away.

    A person who kept a copy of the keyring still opens what the study's present keys open: offer new keys.

    Raises:
        TrialError: there is no such account, or it is the last one.
    """
    slot = ring.slot_of(user)
    if len(ring.slots) == 1:
        raise TrialError(f"{slot.user} is the only account of this study. Add another one first.")
    return ring._replace(slots=tuple(other for other in ring.slots if other.user != slot.user))


def with_recovery_key(ring: Keyring, keys: Keys, recovery_key: str) -> Keyring:
    """Put a recovery key, as a person types it, in the place of the former one, which opens nothing from then on.

    Raises:
        TrialError: it is mistyped, or the keys lack the one to the identities, which the recovery key has to open.
    """
    slot = _slot(ring, RECOVERY, read_recovery_key(recovery_key), for_right(keys, True))
    return ring.with_slot(slot._replace(attempts=ring.recovery.attempts.cleared()))


def lift_block(folder: Path, user: str) -> None:
    """End an account's wait after failed sign-ins. The ways in stay as they are, and so does the seal over them."""
    with held(folder):
        ring = read_keyring(folder)
        slot = ring.slot_of(user)
        write_keyring(folder, ring.with_slot(slot._replace(attempts=slot.attempts.cleared())))


def _slot(ring: Keyring, user: str, password: str, keys: Keys) -> Slot:
    return new_slot(ring.study, ring.cost, user, password, keys)
