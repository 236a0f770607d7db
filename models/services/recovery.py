"""The way in when nobody who has an account can open the study: the recovery key gives an account a new password."""

from contextlib import AbstractContextManager
from pathlib import Path

from models.domain.clock import Clock, SystemClock
from models.domain.context import Context
from models.persistence import holder
from models.persistence.key_settling import settle_keys
from models.persistence.keys.sign_in import Unlocked, reported, unlock_with_recovery
from models.persistence.keys.slots import login as kept_login
from models.persistence.start_checks import refuse_without_locks
from models.persistence.study_folder import StudyFolder, note_missed, open_unlocked, recognise
from models.persistence.unit_of_work import UnitOfWork, writing
from models.protocols.loading import parse_protocol
from models.services import settings
from models.services.account_keys import BY_RECOVERY, changing_keyring, let_in, refuse_weak


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
        refuse_without_locks(path)
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
    write = folder.write
    assert write is not None, "it was opened under its lock"

    def transaction() -> AbstractContextManager[UnitOfWork]:
        return writing(write, Context(BY_RECOVERY), clock)

    with transaction() as unit:
        note_missed(unit.connection, unit.by, unlocked.missed)
    reported(folder.path, unlocked.missed)
    with changing_keyring(
        folder.path,
        unlocked.keys,
        lambda ring: let_in(ring, unlocked.keys, login, password, role),
        transaction,
        "Use the recovery key again.",
    ) as (unit, _):
        unit.note("password reset with the recovery key", {"user": login})
