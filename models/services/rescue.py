"""A study that does not open any more: what its backups can bring back, for whoever can unlock it."""

from datetime import datetime
from itertools import dropwhile
from pathlib import Path

from models.domain.clock import Clock, SystemClock
from models.domain.errors import TrialError
from models.domain.progress import Progress, unwatched
from models.domain.rights import Right, User
from models.persistence import holder
from models.persistence.anchors import newest_anchor
from models.persistence.backup_manifest import MANIFEST, Backup, backups_in, is_backup
from models.persistence.durable_copy import sha256_of
from models.persistence.key_settling import settle_keys
from models.persistence.keys import sign_in
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.slots import RECOVERY
from models.persistence.layout import BACKUPS, DATABASE, STUDY_SUFFIX
from models.persistence.restore import Loss, loss, put_back, restore_beside
from models.persistence.second_folder import BETWEEN, places_in
from models.persistence.start_checks import refuse_without_locks
from models.persistence.study_folder import account_of
from models.services.account_keys import BY_RECOVERY
from models.services.restoring import restored_name

_BY_RECOVERY_KEY = User(BY_RECOVERY, "Recovery key", "administrator")


def has_backups(path: Path) -> bool:
    """Whether there is anything to restore for the study, or in the folder of backups, at `path`; asks no password."""
    return any(_place(path).glob(f"[!.]*/{MANIFEST}"))


class Rescue:
    """The backups of a study whose database or keyring is damaged or gone, unlocked by a person's password.

    It also opens a folder of backups by itself, or one backup of it: those that a dead computer left on a stick.
    """

    def __init__(self, path: Path, keys: Keys, backups: tuple[Backup, ...], login: str, clock: Clock) -> None:
        """Made by `unlock`."""
        self._path = path
        self._keys = keys
        self._clock = clock
        self.backups = backups
        """The newest first, the one to offer."""
        self.user = _BY_RECOVERY_KEY if login == RECOVERY else _person(backups[0], keys, login)

    @classmethod
    def unlock(cls, path: Path, login: str, password: str, *, clock: Clock | None = None) -> "Rescue":
        """Sign in to the backups with the keyring of the study or, where that is damaged, of the newest backup.

        With an empty `login`, `password` is the recovery key. Raises TrialError where these are wrong, or there is no
        backup that they open.
        """
        clock = clock or SystemClock()
        unlocked = _unlocked(path, login, password, clock.now())
        genuine = (backup for backup in backups_in(_place(path), unlocked.keys) if backup.genuine)
        opened = tuple(dropwhile(_is_damaged, genuine))
        if not opened:
            raise TrialError(
                f"There is no backup in {_place(path)} that this account opens. Look in the second folder."
            )
        return cls(path, unlocked.keys, opened, unlocked.user, clock)

    @property
    def in_place(self) -> bool:
        """Whether there is a study to put a backup back into."""
        return (self._path / BACKUPS).is_dir()

    def free_place(self, folder: Path) -> Path:
        """Where the study can be restored to in another folder, under its own name."""
        name = self._path.stem if self.in_place else _place(self._path).name.partition(BETWEEN)[0]
        return restored_name(folder / f"{name}{STUDY_SUFFIX}", self._now)

    def loss(self, backup: Backup) -> Loss:
        """What is known to be lost with that backup; the damaged database itself cannot say."""
        return loss(backup, None, newest_anchor(self._path, self._keys, (_place(self._path),)))

    def put_back(self, backup: Backup, progress: Progress = unwatched) -> Path | None:
        """Put a backup in the place of the damaged database, which is kept: returns where, None if there was none."""
        self.user.require(Right.RESTORE)
        if not self.in_place:
            raise TrialError(f"{self._path} is no study but a folder of backups. Choose where to restore the study to.")
        lock = holder.take(self._path)
        try:
            refuse_without_locks(self._path)
            settle_keys(self._path, writing=True)
            return put_back(backup, self._path, self._keys, self.user.login, self._now, progress=progress)
        finally:
            lock.release()

    def restore_beside(self, backup: Backup, into: Path | None = None, progress: Progress = unwatched) -> Path:
        """Make a study of its own from a backup, and leave the damaged one as it is; returns where it is."""
        self.user.require(Right.RESTORE)
        target = into or restored_name(self._path, self._now)
        restore_beside(backup, target, self._path, self._keys, self.user.login, self._now, progress)
        return target

    @property
    def _now(self) -> datetime:
        return self._clock.now()


def _unlocked(path: Path, login: str, password: str, now: datetime) -> sign_in.Unlocked:
    """What the study's keyring opens, else the newest backup's: a damaged slot looks like a wrong password."""
    made = sorted((found.parent for found in _place(path).glob(f"[!.]*/{MANIFEST}")), reverse=True)
    usable = [folder for folder in (path, *made) if _is_readable(folder)][:2]
    if not usable:
        raise TrialError(f"There is no backup in {_place(path)}. Look in the second folder for backups.")
    faults = []
    for folder in usable:
        try:
            if login == RECOVERY:
                return sign_in.unlock_with_recovery(folder, password, now)
            return sign_in.unlock(folder, login, password, now)
        except TrialError as fault:
            faults.append(fault)
    raise faults[0]


def _place(path: Path) -> Path:
    """The folder of backups that belongs to a study, or that was chosen itself, or of which one backup was chosen.

    Where the stick was chosen on which it lies, that one, if it is the only one there.
    """
    if is_backup(path):
        return path.parent
    own = path / BACKUPS
    if own.is_dir():
        return own
    places = () if any(path.glob(f"[!.]*/{MANIFEST}")) else places_in(path)
    return places[0] if len(places) == 1 else path


def _is_readable(folder: Path) -> bool:
    try:
        read_keyring(folder)
    except TrialError:
        return False
    return True


def _is_damaged(backup: Backup) -> bool:
    try:
        return sha256_of(backup.path / DATABASE) != backup.manifest.database
    except OSError:
        return True


def _person(backup: Backup, keys: Keys, login: str) -> User:
    account = account_of(backup.path / DATABASE, keys, login)
    return User(account.login, account.name, account.role)
