"""New keys for a study: a database under a new key, and a keyring that opens it, put in place of the old ones together.

Whoever had an account and kept a copy of its slot opens what the old key opens, for ever: old copies and backups. What
is written from now on they cannot read. Two things stay. The identity key, because sealed texts also lie in the audit
trail, which nothing may change; they are inside the database, and out of reach with it. And the key of the trail's
chain, so that its links, and those printed on paper, still hold; to use it somebody needs the database's key too.

A backup under the new key is made at once: the older ones, under the old key, do not count any more. The trail names
them (`models.persistence.former_backups`), so that they are known from forged ones; whoever has a password of their
time can still restore them beside the study.

Both files are written beside the old ones, and looked over, before anything is replaced. The database goes first: as
long as both lie beside, the old ones hold; once the new database is in place, the new keyring has to follow.
"""

import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, QueuePool, event

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import TrialError, plain
from models.domain.progress import Progress, unwatched
from models.persistence.anchors import keep_head
from models.persistence.audit import note_event
from models.persistence.backup import BACKED_UP, BACKUP_FAILED, made_details, make_backup
from models.persistence.backup_manifest import Why
from models.persistence.copying import copy_database, row_counts
from models.persistence.durable import sync_folder, write_durably
from models.persistence.engine import forget_keys, reader, writer
from models.persistence.former_backups import KEYS_CHANGED, fingerprints
from models.persistence.holder import unwritable
from models.persistence.key_settling import new_database, new_keyring, settle
from models.persistence.keys.keyring_file import held, read_keyring
from models.persistence.keys.keyring_text import keyring_bytes
from models.persistence.keys.keys import KEY_BYTES, Keys
from models.persistence.keys.sealed_slots import resealed
from models.persistence.second_folder import copy_to_each
from models.persistence.unit_of_work import UnitOfWork, writing
from models.persistence.verify import head_of, refuse_unless_whole, verify
from models.persistence.waiting_events import tell_before_new_keys

if TYPE_CHECKING:
    from models.persistence.study_folder import StudyFolder

_WHY = "New keys of the study"
"""The reason of what is written with them, which the trail keeps."""


def change_keys(
    folder: "StudyFolder",
    clock: Clock,
    progress: Progress = unwatched,
    elsewhere: Sequence[Path] = (),
    also: Callable[[UnitOfWork], object] = lambda unit: None,
) -> bool:
    """Give an open study a new data key; every account keeps its password. The study is closed then.

    `elsewhere` are other places of its backups, to which the new one is copied. `also` writes what becomes true with
    the new keys, which are its reason: under the old ones nobody reads it, and it stays unwritten where these stay.
    Where no backup could be made, the trail says so, and the next session begins with one.

    False where `progress` said to stop. Then, and where TrialError says that the disk is full or the copy is not whole,
    the study is open as before, under its old keys.
    """
    path, write = folder.path, folder.write
    assert write is not None, "a study that is open for reading only keeps its keys"
    new, swapped = folder.keys._replace(data=secrets.token_bytes(KEY_BYTES)), False
    try:
        tell_before_new_keys(path, folder.keys, write, Context(folder.user.login), clock)
    except OSError as fault:
        raise unwritable(path, plain(fault)) from fault
    event.listen(write, "begin", _refuse, insert=True)
    try:
        if not _copied(folder, write, new, clock, progress, elsewhere, also):
            return False
        with held(path):
            write_durably(new_keyring(path), keyring_bytes(resealed(read_keyring(path), folder.keys, new)))
            folder.let_go_of_database()
            os.replace(new_database(path), folder.database)
            swapped = True
            sync_folder(path)
            settle(path)
        _back_up(folder, new, clock, elsewhere)
        _anchor(folder, new)
    except OSError as fault:
        words = "Open the study again: that finishes it" if swapped else "The study keeps the keys it has"
        raise TrialError(f"The change of keys was broken off: {plain(fault)}. {words}.") from fault
    finally:
        if swapped:
            for engine in (folder.read, write):
                forget_keys(engine, "The study has new keys. Sign in again.")
            folder.write = None
            folder.close()
        else:
            settle(path)
            event.remove(write, "begin", _refuse)
    return True


def _copied(
    folder: "StudyFolder",
    write: Engine,
    new: Keys,
    clock: Clock,
    progress: Progress,
    elsewhere: Sequence[Path],
    also: Callable[[UnitOfWork], object],
) -> bool:
    """Write the database anew under the new key and look it over; false where `progress` said to stop."""
    answers = [True]

    def report(done: int, total: int) -> bool:
        answers.append(progress(done, total))
        return answers[-1]

    copy, login = new_database(folder.path), folder.user.login
    with _still(folder, write), folder.read.begin() as connection:
        head, rows = head_of(folder.read), row_counts(connection)
        copy_database(connection, copy, new)
    engine = writer(copy, new, login)
    try:
        with engine.begin() as connection:
            if row_counts(connection) != rows:
                raise TrialError("The copy under the new key has not as many rows as the study, which keeps its keys.")
        with writing(engine, Context(login, _WHY), clock) as unit:
            unit.note(KEYS_CHANGED, {"backups": fingerprints((folder.backups, *elsewhere), folder.keys)})
            also(unit)
    finally:
        engine.dispose()
    engine = reader(copy, new)
    try:
        found = verify(engine, new, [head], progress=report)
    finally:
        engine.dispose()
    refuse_unless_whole(found)
    return all(answers)


@contextmanager
def _still(folder: "StudyFolder", write: Engine) -> Iterator[None]:
    """Let nobody write into the database. Saving is refused by now; one that had begun would come too late."""
    engine = writer(folder.database, folder.keys, folder.user.login)
    try:
        with engine.begin():
            assert isinstance(write.pool, QueuePool)
            if write.pool.checkedout():
                raise TrialError("Somebody was saving at that moment, so the study keeps its keys. Try again.")
            yield
    finally:
        engine.dispose()


def _back_up(folder: "StudyFolder", new: Keys, clock: Clock, elsewhere: Sequence[Path]) -> None:
    """Make the first backup that counts with the new keys, and tell the trail, also where it could not be made."""
    login, now = folder.user.login, clock.now()
    try:
        made = make_backup(folder.path, new, login, Why.KEYS, now)
        act, details = BACKED_UP, made_details(made, tuple(copy_to_each(made, elsewhere, new)))
    except TrialError as fault:
        act, details = BACKUP_FAILED, {"why": Why.KEYS.value, "reason": str(fault)}
    engine = writer(folder.database, new, login)
    try:
        with suppress(TrialError), engine.begin() as connection:
            note_event(connection, Context(login), now.isoformat(timespec="milliseconds"), act, details)
    finally:
        engine.dispose()


def _anchor(folder: "StudyFolder", new: Keys) -> None:
    """The head that was kept outside the database is under the old key: keep it again under the new one."""
    engine = reader(folder.database, new)
    try:
        keep_head(folder.path, new, engine)
    finally:
        engine.dispose()


def _refuse(_connection: Connection) -> None:
    raise TrialError("The study is getting new keys, and nothing can be saved meanwhile. Wait until it is done.")
