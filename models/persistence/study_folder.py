"""The folder of a study: making it, opening it, and saying plainly why one cannot be opened.

Inside are the encrypted database, the keyring, the documents and the backups. Nobody but the person who runs the
program may read any of it (folders 0700, files 0600).
"""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from filelock import FileLock
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import DamagedError, TrialError
from models.domain.rights import IDENTITY_KEY_HOLDERS, Right, User
from models.persistence import holder
from models.persistence.anchors import keep_head
from models.persistence.audit import note_event, watch
from models.persistence.backup_manifest import MANIFEST, is_backup
from models.persistence.durable import sync_folder
from models.persistence.engine import forget_keys, reader, writer
from models.persistence.hot_journal import undo_unfinished
from models.persistence.key_change import settle_keys
from models.persistence.keys import accounts as slots
from models.persistence.keys import sign_in
from models.persistence.keys.keyring_file import KEYRING, read_keyring
from models.persistence.keys.keys import NO_KEYS, Keys
from models.persistence.keys.sealing import Cost
from models.persistence.keys.slots import Keyring
from models.persistence.layout import BACKUPS, DATABASE, DOCUMENTS, VERIFYING
from models.persistence.migrate import upgrade
from models.persistence.schema import SCHEMA_VERSION
from models.persistence.schema_version import bring_up_to_date, version_of
from models.persistence.start_checks import found_later, problems_of, refuse_without_locks, set_back_from
from models.persistence.unit_of_work import UnitOfWork, writing

if TYPE_CHECKING:
    from models.records.people import Account


class NewAccount(NamedTuple):
    """A person's account to be made. `must_change` asks for a password of their own at the first sign-in."""

    login: str
    name: str
    role: str
    password: str
    must_change: bool = True

    @property
    def user(self) -> User:
        """Who that will be."""
        return User(self.login, self.name, self.role)


@dataclass(slots=True)
class StudyFolder:
    """An open study: who opened it, its keys and engines, and the lock that keeps every other program out.

    `write` is None where the study was opened for reading only. `problems` are sentences about what was found on
    opening and does not prevent working.
    """

    path: Path
    user: User
    keys: Keys
    read: Engine
    write: Engine | None
    lock: FileLock | None
    must_change: bool = False
    problems: tuple[str, ...] = ()

    @property
    def records(self) -> Engine:
        """What patients' records are read through, for those who may."""
        self.user.require(Right.READ_RECORD)
        return self.read

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.path / DATABASE

    @property
    def documents(self) -> Path:
        """Where the documents are kept, each encrypted with a key of its own; those of a backup lie beside it."""
        return (self.path.parent if is_backup(self.path) else self.path) / DOCUMENTS

    @property
    def backups(self) -> Path:
        """Where the backups are kept."""
        return self.path / BACKUPS

    def look_longer(self) -> tuple[str, ...]:
        """Look at what takes longer than opening may. What is found joins `problems`; only what is new is returned.

        Long work, for a worker thread.
        """
        found = tuple(words for words in found_later(self.path, self.keys, self.read) if words not in self.problems)
        self.problems = (*found, *self.problems)
        return found

    def close(self) -> None:
        """Let the study and its keys go, and keep where its audit trail ended. Calling it twice is harmless."""
        if self.write is not None:
            with contextlib.suppress(TrialError):  # a study that cannot be read any more must still close
                keep_head(self.path, self.keys, self.read)
        for engine in (self.read, self.write):
            if engine is not None:
                forget_keys(engine)
        self.write, self.keys = None, NO_KEYS
        if self.lock is not None:
            holder.let_go(self.path, self.lock)
            self.lock = None

    def let_go_of_database(self) -> None:
        """Close every connection. Whoever reads or writes next opens a new one."""
        self.read.dispose()
        if self.write is not None:
            self.write.dispose()


def create_folder(
    path: Path,
    accounts: Sequence[NewAccount],
    fill: Callable[[UnitOfWork], None],
    clock: Clock,
    cost: Cost,
    *,
    synthetic: bool,
) -> str:
    """Make a new study at `path` with its first accounts; returns the recovery key, which is kept nowhere.

    `fill` puts the first facts into it, in the same transaction as the accounts.

    Raises TrialError where something is there already or the folder cannot be written. A half-made study never stays.
    """
    if path.exists():
        raise TrialError(f"{path} exists already. Choose another name, or open it instead.")
    if not path.parent.is_dir():
        raise TrialError(f"The folder {path.parent} does not exist. Make it first, or choose another.")
    try:
        making = Path(tempfile.mkdtemp(prefix=f".{path.name}-", dir=path.parent))
    except OSError as fault:
        raise TrialError(f"No study could be written at {path}: {plain(fault)}. Choose another folder.") from fault
    try:
        recovery_key = _fill(making, accounts, fill, clock, cost, synthetic=synthetic)
        os.replace(making, path)
        sync_folder(path.parent)
    except (OSError, DatabaseError) as fault:
        raise TrialError(f"No study could be written at {path}: {plain(fault)}. Choose another folder.") from fault
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return recovery_key


def _fill(
    folder: Path,
    accounts: Sequence[NewAccount],
    fill: Callable[[UnitOfWork], None],
    clock: Clock,
    cost: Cost,
    *,
    synthetic: bool,
) -> str:
    for name in (DOCUMENTS, BACKUPS):
        (folder / name).mkdir(mode=0o700)
    first, *others = accounts
    keys, recovery_key = sign_in.create_keyring(
        folder,
        sign_in.NewAccount(first.login, first.password, identity=_knows_identities(first)),
        cost=cost,
        synthetic=synthetic,
    )
    for account in others:
        slots.add_slot(folder, keys, account.login, account.password, identity=_knows_identities(account))
    (folder / DATABASE).touch(mode=0o600)
    engine = writer(folder / DATABASE, keys, first.login)
    try:
        with engine.begin() as connection:
            upgrade(connection)
            watch(connection)
        with writing(engine, Context(first.login), clock) as unit:
            unit.note("study made")
            for account in accounts:
                values = {"login": account.login, "name": account.name, "role": account.role}
                unit.insert("account", {**values, "must_change": account.must_change})
            fill(unit)
    finally:
        engine.dispose()
    return recovery_key


def _knows_identities(account: NewAccount) -> bool:
    return account.role in IDENTITY_KEY_HOLDERS


def open_folder(path: Path, login: str, password: str, clock: Clock, *, read_only: bool = False) -> StudyFolder:
    """Sign in to an existing study, bringing an older one to this version's schema on a copy first.

    Raises TrialError with its own sentence where the folder is missing, not ours, damaged, newer than this version, or
    in use by another program; and where user name or password are wrong.
    """
    recognise(path)
    if is_backup(path) and not read_only:
        raise TrialError(f"{path} is a backup, which nothing may change. Open it for reading only, or restore it.")
    lock = None if read_only else holder.take(path)
    try:
        if lock is not None:
            refuse_without_locks(path)
            _clear_copies(path)
        settle_keys(path, writing=lock is not None)
        unlocked = sign_in.unlock(path, login, password, clock.now())
        folder = open_unlocked(path, unlocked.keys, unlocked.user, lock, clock)
        try:
            set_back = set_back_from(folder.read, clock.now())
            folder.problems = problems_of(path, folder.keys, folder.read, set_back)
            if folder.write is not None:
                _note_sign_in(folder.write, folder.user, unlocked.missed, set_back, clock.now())
                if unlocked.missed:
                    sign_in.reported(path, unlocked.missed)
        except BaseException:
            folder.close()
            raise
    except BaseException:
        if lock is not None:
            lock.release()
        raise
    return folder


def _clear_copies(path: Path) -> None:
    """Remove the copies of the database that were being verified when the program ended without a word."""
    for left in path.glob(f"{VERIFYING}*"):
        shutil.rmtree(left, ignore_errors=True)


def open_unlocked(path: Path, keys: Keys, login: str, lock: FileLock | None, clock: Clock) -> StudyFolder:
    """The study for an account, with keys at hand; TrialError where that account is closed, or as `open_folder`."""
    database = path / DATABASE
    if lock is not None:
        undo_unfinished(database, keys)
    read = reader(database, keys, beside_writer=lock is not None)
    try:
        version = version_of(database, read)
        if version != SCHEMA_VERSION:
            read.dispose()
            _bring_up_to_date(path, version, keys, login, lock, clock)
        account = _account(read, login)
    except BaseException:
        read.dispose()
        raise
    if account.role not in IDENTITY_KEY_HOLDERS and keys.identity is not None:
        keys = replace(keys, identity=None)  # its slot may still hold that key if a change of role was broken off
        read.dispose()
        read = reader(database, keys, beside_writer=lock is not None)
    user = User(account.login, account.name, account.role)
    write = writer(database, keys, user.login) if lock is not None else None
    if lock is not None:
        holder.sign(path, user.name, clock.now())
    return StudyFolder(path, user, keys, read, write, lock, bool(account.must_change))


def _bring_up_to_date(path: Path, version: str, keys: Keys, login: str, lock: FileLock | None, clock: Clock) -> None:
    if version > SCHEMA_VERSION:
        raise TrialError(
            f"{path} was written by a newer AlbaTrack (record format {version}, this one knows {SCHEMA_VERSION}). "
            "Open it with the newer version; it has not been changed."
        )
    if lock is None:
        raise TrialError(
            f"{path} was written by an older AlbaTrack and is opened for reading only. Open it once for writing, "
            "which brings it up to date on a copy."
        )
    bring_up_to_date(path / DATABASE, keys, login, clock)


def account_of(database: Path, keys: Keys, login: str) -> "Account":
    """The account as a database that nobody has open has it; TrialError where it was closed or never made."""
    engine = reader(database, keys)
    try:
        return _account(engine, login)
    finally:
        engine.dispose()


def _account(read: Engine, login: str) -> "Account":
    from models.persistence.rows import all_standing
    from models.records.people import Account

    with read.begin() as connection:
        for found in all_standing(connection, "account", "id"):
            if isinstance(found, Account) and found.login.casefold() == login.casefold() and not found.closed:
                return found
    raise TrialError(f"The account {login} was closed, or never made. Ask an administrator for another one.")


def _note_sign_in(
    write: Engine, user: User, missed: Sequence[sign_in.Missed], set_back: datetime | None, now: datetime
) -> None:
    by = Context(user.login)
    with write.begin() as connection:
        note_missed(connection, by, missed)
        if set_back is not None:
            note_event(connection, by, _written(now), "clock set back", {"last entry": _written(set_back)})
        note_event(connection, by, _written(now), "sign-in", {"role": user.role})


def note_missed(connection: Connection, by: Context, missed: Sequence[sign_in.Missed]) -> None:
    """Put failed sign-ins into the trail, each with its own moment."""
    for failed in missed:
        whose = {"user": failed.user, "failures": failed.number}
        for moment in failed.moments:
            note_event(connection, by, _written(moment), "sign-in failed", whose)


def keyring_of(path: Path) -> Keyring:
    """What the study's keyring says without being unlocked; TrialError where there is no study."""
    recognise(path)
    return read_keyring(path)


def recognise(path: Path) -> None:
    """Raise TrialError where there is no study of ours at `path`."""
    if not path.exists():
        raise TrialError(f"There is no study at {path}. Check the name and the folder.")
    if not path.is_dir():
        raise TrialError(f"{path} is a file, not an AlbaTrack study. Choose the study's folder.")
    if not (path / KEYRING).exists():
        if any((path / BACKUPS).glob(f"*/{MANIFEST}")):
            raise DamagedError(f"The keyring of {path} is gone: nothing opens the study without it. Restore a backup.")
        if any(path.glob(f"*/{MANIFEST}")):
            raise DamagedError(f"{path} holds backups of a study, and no study. One of them can be restored.")
        raise TrialError(f"{path} is not an AlbaTrack study: it has no keyring. Choose another folder.")


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")


def plain(fault: BaseException) -> str:
    """What went wrong, in the system's own words."""
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror.lower()
    return str(getattr(fault, "orig", fault))
