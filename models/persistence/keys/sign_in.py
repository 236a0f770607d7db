"""Making the keyring of a study, and signing in with it."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from models.domain.errors import TrialError
from models.persistence.keys.accounts import with_account
from models.persistence.keys.attempts import Attempts
from models.persistence.keys.keyring_file import KEYRING, held, read_keyring, write_keyring
from models.persistence.keys.keys import Keys, new_keys
from models.persistence.keys.recovery_key import new_recovery_key, read_recovery_key
from models.persistence.keys.sealed_slots import new_slot, open_slot, sealed
from models.persistence.keys.sealing import DEFAULT_COST, Cost, new_salt, password_key
from models.persistence.keys.slots import RECOVERY, Keyring, Slot

_WRONG = "The user name or the password is not right. Check both, and the Caps Lock key."
_WRONG_RECOVERY = (
    "This recovery key does not open this study. Check that the sheet is the newest one, and that it is of this study."
)


class NewAccount(NamedTuple):
    """An account to make, and whether it may open the patients' identities."""

    user: str
    password: str
    identity: bool = True

    def __repr__(self) -> str:
        """Without the password: this may end up in a message."""
        return f"NewAccount({self.user!r})"


class Missed(NamedTuple):
    """Failed sign-ins that are not yet in the audit trail.

    `user` is None for names that no account has, and "" for the recovery key. Of more than 200 failures the newest 200
    have their moments; `number` counts all.
    """

    user: str | None
    moments: tuple[datetime, ...]
    number: int


class Unlocked(NamedTuple):
    """A successful sign-in: the name of the account as it is kept, its keys, and what the audit trail has to hear of.

    When the trail holds `missed`, call `reported`: until then every sign-in brings it again, and a crash loses none.
    """

    user: str
    keys: Keys
    missed: tuple[Missed, ...]


def create_keyring(
    folder: Path, accounts: Sequence[NewAccount], *, cost: Cost = DEFAULT_COST, synthetic: bool = False
) -> tuple[Keys, str]:
    """Make the keyring of a new study: gives its keys, and the recovery key, which is shown this once.

    Raises:
        TrialError: there is a keyring already, a name will not do or is given twice, or the folder cannot be written.
    """
    study, keys, recovery_key = secrets.token_hex(16), new_keys(), new_recovery_key()
    with held(folder):
        if (folder / KEYRING).exists():
            raise TrialError(f"{folder} holds the keyring of a study already. Choose another folder.")
        ring = Keyring(study, synthetic, cost, (), new_slot(study, cost, RECOVERY, recovery_key, keys))
        for account in accounts:
            ring = with_account(ring, keys, account.user, account.password, identity=account.identity)
        write_keyring(folder, sealed(ring, keys))
    return keys, recovery_key


def unlock(folder: Path, user: str, password: str, now: datetime) -> Unlocked:
    """Sign in.

    Raises:
        TrialError: the name or the password is wrong (one sentence, after the same time), the account waits after
            failures, or the keyring is missing, damaged or changed.
    """
    with held(folder):
        ring = read_keyring(folder)
        return _unlock(folder, ring, ring.find(user), password, now, _WRONG)


def confirm(folder: Path, user: str, password: str, now: datetime) -> None:
    """Ask a signed-in person for the password again, to sign: raises what `unlock` raises, and counts as it does."""
    unlock(folder, user, password, now)


def unlock_with_recovery(folder: Path, recovery_key: str, now: datetime) -> Unlocked:
    """Sign in with the recovery key as a person types it; the name of the account is then empty.

    Raises:
        TrialError: as `unlock`; a key that is only mistyped is said to be so and is not counted.
    """
    typed = read_recovery_key(recovery_key)
    with held(folder):
        ring = read_keyring(folder)
        return _unlock(folder, ring, ring.recovery, typed, now, _WRONG_RECOVERY)


def missed_by(slot: Slot) -> Missed:
    """The failures at one account that the audit trail does not hold yet."""
    return Missed(slot.user, slot.attempts.pending, slot.attempts.pending_count)


def missed(folder: Path) -> tuple[Missed, ...]:
    """The failures that the audit trail does not hold yet; to be `reported` when it does."""
    with held(folder):
        return _missed(read_keyring(folder))


def reported(folder: Path, missed: Iterable[Missed]) -> None:
    """Forget failures that the audit trail now holds; others that came meanwhile stay."""
    with held(folder):
        ring = read_keyring(folder)
        for user, moments, number in missed:
            slot = ring.recovery if user == RECOVERY else ring.find(user) if user else None
            if slot is not None:
                ring = _with_attempts(ring, slot, slot.attempts.reported(moments, number))
            elif user is None:
                ring = _with_attempts(ring, None, ring.unknown.reported(moments, number))
        write_keyring(folder, ring)


def _unlock(folder: Path, ring: Keyring, slot: Slot | None, password: str, now: datetime, wrong: str) -> Unlocked:
    kept = ring.unknown if slot is None else slot.attempts
    attempts = kept.by_clock(now)
    if attempts != kept and not _keep(folder, _with_attempts(ring, slot, attempts)):
        attempts = kept.cleared()  # a wait that cannot be kept would begin anew for ever
    attempts.refuse_while_blocked(now)
    keys = None
    if slot is not None:
        keys = open_slot(ring, slot, password)
    else:
        password_key(password, new_salt(), ring.cost)  # a quicker answer would tell that there is no such account
    if slot is None or keys is None:
        _keep(folder, _with_attempts(ring, slot, attempts.failed(now)))
        raise TrialError(wrong)
    if attempts.failures or ring.unknown.failures:
        cleared = _with_attempts(ring, slot, attempts.cleared())
        _keep(folder, _with_attempts(cleared, None, ring.unknown.cleared()))
    return Unlocked(slot.user, keys, _missed(ring))


def _with_attempts(ring: Keyring, slot: Slot | None, attempts: Attempts) -> Keyring:
    return ring._replace(unknown=attempts) if slot is None else ring.with_slot(slot._replace(attempts=attempts))


def _keep(folder: Path, ring: Keyring) -> bool:
    # On a full disk or in a folder that cannot be written a person must still get in, and a stranger still not.
    try:
        write_keyring(folder, ring)
    except TrialError:
        return False
    return True


def _missed(ring: Keyring) -> tuple[Missed, ...]:
    nobody = Missed(None, ring.unknown.pending, ring.unknown.pending_count)
    return tuple(one for one in (*map(missed_by, (*ring.slots, ring.recovery)), nobody) if one.number)
