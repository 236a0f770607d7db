"""The way in when nobody who has an account can open the study: the recovery key gives an account a new password."""

from pathlib import Path

from models.domain.clock import Clock, SystemClock
from models.domain.context import Context
from models.persistence import holder
from models.persistence.key_settling import settle_keys
from models.persistence.keys.sign_in import Unlocked, reported, unlock_with_recovery
from models.persistence.keys.slots import login as kept_login
from models.persistence.study_folder import StudyFolder, note_missed, open_unlocked, recognise
from models.persistence.unit_of_work import writing
from models.protocols.loading import parse_protocol
from models.services import settings
from models.services.account_keys import give_key, in_keyring, refuse_weak

BY_RECOVERY = "recovery key"
"""Who acts here, as the trail has it: it cannot know the person. No account may have this name."""


def recover(path: Path, recovery_key: str, login: str, new_password: str, clock: Clock | None = None) -> str:
    """Give an account a new password with the recovery key; returns its user name as it is kept.

    Usually an administrator's, who then looks after the others. Nobody is signed in afterwards.

    Raises TrialError where the key is mistyped or another study's (counted, with a wait after five), the account is
    closed or unknown, the password may not be used, or the study is in use.
    """
    clock = clock or SystemClock()
    recognise(path)
    lock = holder.take(path)
    try:
        settle_keys(path, writing=True)
        unlocked = unlock_with_recovery(path, recovery_key, clock.now())
        folder = open_unlocked(path, unlocked.keys, kept_login(login), lock, clock)
    except BaseException:
        lock.release()
        raise
    try:
        _let_in(folder, unlocked, new_password, clock)
    finally:
        folder.close()
    return folder.user.login


def _let_in(folder: StudyFolder, unlocked: Unlocked, password: str, clock: Clock) -> None:
    login, name, role = folder.user
    protocol = parse_protocol(settings.read_protocol(folder.read), "the study's own protocol")
    refuse_weak(folder.read, protocol, login, name, password)
    assert folder.write is not None, "it was opened under its lock"
    with writing(folder.write, Context(BY_RECOVERY), clock) as unit:
        note_missed(unit.connection, unit.by, unlocked.missed)
        unit.note("password reset with the recovery key", {"user": login})
    reported(folder.path, unlocked.missed)
    in_keyring(lambda: give_key(folder.path, unlocked.keys, login, password, role), "Use the recovery key again.")
