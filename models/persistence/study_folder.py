"""The folder of a study: opening it, and saying plainly why it cannot be opened. Made by `study_making`.

Inside are the encrypted database, the keyring, the documents and the backups. Nobody but the person who runs the
program may read any of it (folders 0700, files 0600).
"""

import contextlib
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Engine

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import DamagedError, TrialError, plain
from models.domain.rights import IDENTITY_KEY_HOLDERS, Right, User
from models.persistence import holder, keyring_watch, waiting_events
from models.persistence.anchors import keep_head
from models.persistence.audit import note_event
from models.persistence.backup_manifest import MANIFEST, is_backup
from models.persistence.clock_watch import watch_of
from models.persistence.engine import forget_keys, reader, writer
from models.persistence.file_lock import FileLock
from models.persistence.hot_journal import refuse_unfinished, undo_unfinished
from models.persistence.key_settling import settle_keys
from models.persistence.keys import sign_in
from models.persistence.keys.keyring_file import KEYRING, read_keyring
from models.persistence.keys.keys import NO_KEYS, Keys
from models.persistence.keys.slots import Keyring
from models.persistence.layout import BACKUPS, DATABASE, DOCUMENTS, STUDY_SUFFIX, VERIFYING
from models.persistence.put_backs import has_trail
from models.persistence.record_format import version_of
from models.persistence.schema import SCHEMA_VERSION
from models.persistence.start_checks import found_later, problems_of, refuse_without_locks, set_back_from
from models.persistence.unit_of_work import writing

if TYPE_CHECKING:
    from models.records.people import Account

_MOST_NAMED = 5
"""Folders that a refusal names."""


class NewAccount(NamedTuple):
    """A person's account to be made. `must_change` asks for a password of their own at the first sign-in."""

    login: str
    name: str
    role: str
    password: str
    must_change: bool = True

    def __repr__(self) -> str:
        """Without the password: this may end up in a message."""
        return f"NewAccount({self.login!r}, {self.name!r}, {self.role!r})"

    @property
    def user(self) -> User:
        """Who that will be."""
        return User(self.login, self.name, self.role)


@dataclass(slots=True, eq=False, repr=False)
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
        self.require_own_password()
        self.user.require(Right.READ_RECORD)
        return self.read

    @contextlib.contextmanager
    def without_identities(self) -> Iterator[Engine]:
        """An engine for reading what leaves the study, which holds no key to the patients' identities."""
        engine = reader(self.database, self.keys._replace(identity=None), beside_writer=self.write is not None)
        try:
            yield engine
        finally:
            forget_keys(engine)

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

    def require_own_password(self) -> None:
        """Raise TrialError while the person has the password that somebody else gave: only changing it is left."""
        if self.must_change:
            raise TrialError(
                "Your password was given to you by somebody else, who could act under your name with it. Change it "
                "first: sign in with it in the window, which asks for one of your own."
            )

    def tell_trail(self, clock: Clock, act: str, details: Mapping[str, Any] | None = None, patient: int = 0) -> None:
        """Add to the trail what happened and changes no data; while reading only, see `keep_event`."""
        if self.write is None:
            self.keep_event(clock.now(), act, details, patient)
        else:
            with writing(self.write, Context(self.user.login), clock) as unit:
                unit.note(act, details, patient)

    def keep_event(self, at: datetime, act: str, details: Mapping[str, Any] | None = None, patient: int = 0) -> None:
        """Keep what happened while the study is open for reading only, for the next one who writes to tell the trail.

        Once the study is closed, and where its folder cannot be written, nothing.
        """
        if self.keys != NO_KEYS:
            waiting_events.keep(self.path, self.keys, self.user.login, at, act, details or {}, patient)

    def problems_by_now(self) -> tuple[str, ...]:
        """`problems`, and that the clock was set since, where it was."""
        jump = watch_of(self.write).jump if self.write is not None else None
        words = (jump.words,) if jump is not None else ()
        return self.problems if set(words) <= set(self.problems) else (*words, *self.problems)

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


def open_folder(
    path: Path, login: str, password: str, clock: Clock, *, read_only: bool = False, identities: bool = True
) -> StudyFolder:
    """Sign in to an existing study, bringing an older one to this version's schema on a copy first.

    Without `identities` the key to them is let go of, whoever signs in.

    Raises TrialError with its own sentence where the folder is missing, not ours, damaged, newer than this version, or
    in use by another program; and where user name or password are wrong.
    """
    recognise(path)
    if is_backup(path) and not read_only:
        raise holder.ReadOnlyError(
            f"{path} is a backup, which nothing may change. Open it for reading only, or restore it."
        )
    lock = None if read_only else holder.take(path)
    try:
        if lock is not None:
            refuse_without_locks(path)
            _clear_copies(path)
        settle_keys(path, writing=lock is not None)
        unlocked = sign_in.unlock(path, login, password, clock.now())
        folder = open_unlocked(path, unlocked.keys, unlocked.user, lock, clock, identities=identities)
        try:
            set_back = set_back_from(folder.read, clock.now())
            folder.problems = problems_of(path, folder.keys, folder.read, set_back, reading=folder.write is None)
            if folder.write is not None:
                _note_sign_in(folder, folder.write, unlocked.missed, read_keyring(path), clock)
                if unlocked.missed:
                    sign_in.reported(path, unlocked.missed)
            else:
                folder.keep_event(clock.now(), "sign-in", {"role": folder.user.role, "reading only": True})
                if strange := keyring_watch.strangers_to(folder.read, path):
                    details = keyring_watch.former_details(strange, read_keyring(path))
                    folder.keep_event(clock.now(), keyring_watch.FORMER, details)
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


def open_unlocked(
    path: Path, keys: Keys, login: str, lock: FileLock | None, clock: Clock, *, identities: bool = True
) -> StudyFolder:
    """The study for an account, with keys at hand; TrialError where that account is closed, or as `open_folder`."""
    database = path / DATABASE
    if lock is not None:
        undo_unfinished(database, keys)
    read = reader(database, keys, beside_writer=lock is not None)
    try:
        if lock is None:
            refuse_unfinished(database, read)
        version = version_of(database, read)
        if version != SCHEMA_VERSION:
            read.dispose()
            _bring_up_to_date(path, version, keys, login, lock, clock)
        account = _account(read, login)
    except BaseException:
        read.dispose()
        raise
    if not (identities and account.role in IDENTITY_KEY_HOLDERS) and keys.identity is not None:
        keys = keys._replace(identity=None)  # its slot may still hold that key if a change of role was broken off
        read.dispose()
        read = reader(database, keys, beside_writer=lock is not None)
    user = User(account.login, account.name, account.role)
    write = writer(database, keys, user.login) if lock is not None else None
    if lock is not None:
        try:
            holder.sign(path, user.name, clock.now())
        except BaseException:
            read.dispose()
            raise
    return StudyFolder(path, user, keys, read, write, lock, bool(account.must_change))


def _bring_up_to_date(path: Path, version: str, keys: Keys, login: str, lock: FileLock | None, clock: Clock) -> None:
    if version > SCHEMA_VERSION:
        raise TrialError(
            f"{path} was written by a newer AlbaTrack (record format {version}, this one knows {SCHEMA_VERSION}). "
            "Open it with the newer version; it has not been changed."
        )
    if is_backup(path):
        raise TrialError(
            f"The backup {path} was written by an older AlbaTrack, and nothing may bring a backup up to date. Restore "
            "it beside the study: the restored study is brought up to date when it is opened."
        )
    if lock is None:
        raise TrialError(
            f"{path} was written by an older AlbaTrack and is opened for reading only. Open it once for writing, "
            "which brings it up to date on a copy. Where its folder cannot be written, copy the folder to a disk that "
            "can be, and open it there."
        )
    from models.persistence.schema_version import bring_up_to_date  # once in the life of a study

    bring_up_to_date(path / DATABASE, keys, login, clock)


def account_of(database: Path, keys: Keys, login: str) -> "Account":
    """The account as a database that nobody has open has it; TrialError where it was closed or never made."""
    engine = reader(database, keys)
    try:
        with engine.begin() as connection:
            if not has_trail(connection):
                raise TrialError(
                    "The backup is in the first record format, which knew no accounts: only the recovery key restores "
                    "it."
                )
        return _account(engine, login)
    finally:
        engine.dispose()


def _account(read: Engine, login: str) -> "Account":
    from models.persistence.rows import all_standing
    from models.records.people import Account

    with read.begin() as connection:
        for found in all_standing(connection, Account, "id"):
            if found.login.casefold() == login.casefold() and not found.closed:
                return found
    raise TrialError(f"The account {login} was closed, or never made. Ask an administrator for another one.")


def _note_sign_in(
    folder: StudyFolder, write: Engine, missed: Sequence[sign_in.Missed], ring: Keyring, clock: Clock
) -> None:
    path, user = folder.path, folder.user
    try:
        with waiting_events.taken(path, folder.keys) as kept, writing(write, Context(user.login), clock) as unit:
            note_missed(unit.connection, unit.by, missed)
            waiting_events.tell(unit.connection, unit.by, kept, _written(unit.at))
            unit.note("sign-in", {"role": user.role})
            keyring_watch.tell_found(unit, ring)
    except OSError as fault:
        raise holder.unwritable(path, plain(fault)) from fault
    except DamagedError:
        raise
    except TrialError as fault:  # a full disk often takes the small files and not the database's
        raise holder.unwritable(path, str(fault.__cause__ or fault)) from fault


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
    """Raise TrialError where there is no study of ours at `path`, or where it may not be entered."""
    try:
        _recognise(path)
    except OSError as fault:
        raise TrialError(
            f"{path} may not be entered ({plain(fault)}). Ask whoever keeps its disk for the right to read and write "
            "there."
        ) from fault


def _recognise(path: Path) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        (path / KEYRING).stat()  # asked so, a folder that may not be entered says so; `exists` need not
    if not path.exists():
        raise TrialError(f"There is no study at {path}. Check the name and the folder.")
    if not path.is_dir():
        raise TrialError(f"{path} is a file, not an AlbaTrack study. Choose the study's folder.")
    if not (path / KEYRING).exists():
        if any((path / BACKUPS).glob(f"*/{MANIFEST}")):
            raise DamagedError(f"The keyring of {path} is gone: nothing opens the study without it. Restore a backup.")
        if any(path.glob(f"*/{MANIFEST}")):
            raise DamagedError(f"{path} holds backups of a study, and no study. One of them can be restored.")
        raise _no_study(path)


def _no_study(path: Path) -> TrialError:
    """Why a folder without a keyring is refused, and which folder in it to choose. Deeper ones are not searched for."""
    from models.persistence.second_folder import places_in  # only where somebody chose the wrong folder

    places = places_in(path)
    try:
        studies = sorted(each for each in path.glob(f"*{STUDY_SUFFIX}") if (each / KEYRING).exists())
    except OSError:  # a disk that is out of reach
        studies = []
    if len(places) == 1 and not studies:
        return DamagedError(
            f"{path} holds backups of a study, in “{places[0].name}”, and no study. One of them can be restored."
        )
    if places or studies:
        names = ", ".join(f"“{each.name}”" for each in (*studies, *places)[:_MOST_NAMED])
        return TrialError(f"{path} is not an AlbaTrack study. Choose a folder inside it: {names}.")
    return TrialError(f"{path} is not an AlbaTrack study: it has no keyring. Choose another folder.")


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
