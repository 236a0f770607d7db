"""Bringing a backup back: beside the live study, or in its place. A crash at any point leaves one whole study."""

import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine, select
from sqlalchemy.exc import DatabaseError

from models.domain.context import Context
from models.domain.date_notation import write_moment
from models.domain.errors import TrialError, plain
from models.domain.notation import Desk
from models.domain.progress import Progress, unwatched
from models.persistence.anchors import Anchor, kept_anchors, left_by
from models.persistence.audit import note_event
from models.persistence.backup import look_over, make_backup
from models.persistence.backup_manifest import Backup, Why
from models.persistence.copying import copy_database
from models.persistence.durable import sync_folder
from models.persistence.durable_copy import copy_durably, is_file_of, sha256_of
from models.persistence.engine import reader, writer
from models.persistence.hot_journal import JOURNAL
from models.persistence.keyring_watch import adopt
from models.persistence.keys.keyring_file import read_keyring, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealed_slots import refuse_if_changed
from models.persistence.keys.slots import Keyring
from models.persistence.layout import BACKUPS, DATABASE, DOCUMENTS
from models.persistence.put_backs import PUT_BACK, RESTORED_BESIDE, has_trail, put_backs
from models.persistence.schema import audit
from models.persistence.second_folder import chosen_in, place_of
from models.persistence.trail_reading import TRAIL, moment_of, rows_of

_COMING = "study.db.restoring"


class Loss(NamedTuple):
    """What the live study has and a backup has not: rows of the audit trail, from when to when, by whom.

    `exact` is false where the live database cannot be read: then it is the least, from heads that were kept elsewhere.
    """

    rows: int
    exact: bool = True
    first: str = ""
    last: str = ""
    people: tuple[tuple[str, int], ...] = ()

    def words(self, desk: Desk) -> str:
        """One sentence."""
        if not self.rows:
            return "Nothing is lost." if self.exact else "Nothing is known to be lost."
        what = f"{self.rows} {'entry' if self.rows == 1 else 'entries'} of the audit trail"
        if not self.exact:
            return f"At least {what} came after this backup and will not be in the restored study."
        people = ", ".join(f"{actor} {number}" for actor, number in self.people)
        since, until = (write_moment(moment_of(at), desk) for at in (self.first, self.last))
        return f"{what}, from {since} to {until} ({people}), came after this backup and will not be in it."


def loss(backup: Backup, engine: Engine | None, newest: Anchor | None) -> Loss:
    """What restoring would lose. `engine` reads the live database.

    Where that cannot be read, `newest` is its last head that is known. If the study went on from another backup since
    this one, that is lost at least, however far this one had come.
    """
    since = backup.manifest.head.rows
    if engine is None:
        ahead = newest.head.rows - since if newest else 0
        went_on = newest is not None and newest.restores > backup.manifest.restores
        return Loss(max(ahead, int(went_on)), exact=False)
    with engine.begin() as connection:
        since = min([since, *(time.rows for time in put_backs(connection)[backup.manifest.restores :])])
        told = select(TRAIL["at"], TRAIL["actor"]).where(audit.c.seq > since).order_by(audit.c.seq)
        rows = list(rows_of(connection, told))
    if not rows:
        return Loss(0)
    people = Counter(row.actor for row in rows).most_common()
    return Loss(len(rows), True, rows[0].at, rows[-1].at, tuple(people))


def restore_beside(
    backup: Backup,
    into: Path,
    live: Path,
    keys: Keys,
    by: str,
    now: datetime,
    progress: Progress = unwatched,
) -> None:
    """Make a study of its own from a backup, at `into`, where nothing may be; the study at `live` stays as it is.

    It opens with the passwords of the live study, where that has the same keys.

    Raises TrialError where something is there, it cannot be written, or the backup is not whole.
    """
    if into.exists():
        raise TrialError(f"{into} exists already. Choose another place for the restored study.")
    try:
        making = Path(tempfile.mkdtemp(prefix=f".{into.name}-", dir=into.parent))
        try:
            for name in (DOCUMENTS, BACKUPS):
                (making / name).mkdir(mode=0o700)
            ring = _own_keyring(live, keys) or read_keyring(backup.path)
            _bring(backup, making / DATABASE, keys, progress)
            origin = {**_origin(backup), "missing": _bring_documents(backup, making / DOCUMENTS)}
            _note(making / DATABASE, keys, by, now, RESTORED_BESIDE, origin, ring)
            write_keyring(making, ring)
            os.replace(making, into)
            sync_folder(into.parent)
        finally:
            shutil.rmtree(making, ignore_errors=True)
    except OSError as fault:
        raise TrialError(f"The study could not be restored to {into}: {plain(fault)}.") from fault


def put_back(
    backup: Backup,
    live: Path,
    keys: Keys,
    by: str,
    now: datetime,
    progress: Progress = unwatched,
) -> Path | None:
    """Put a backup in the place of the live database; the caller holds the study's lock and has closed its engines.

    The live database is kept first: as a backup of its own where it is whole, else as the file that it is, whose path
    is returned. The keyring stays, with the newest passwords, unless there is none or it cannot be read.

    Raises TrialError where the backup is not whole, has other keys than the study or no audit trail yet, or cannot be
    written.
    """
    coming, database = live / _COMING, live / DATABASE
    mend = _must_mend_keyring(live, backup, keys)
    try:
        whole = _backed_up(live, keys, by, now)
        try:
            ring = read_keyring(backup.path if mend else live)
            _bring(backup, coming, keys, progress)
            left = _left(live, coming, keys, ring)
            (live / DOCUMENTS).mkdir(mode=0o700, exist_ok=True)
            lost = _bring_documents(backup, live / DOCUMENTS)
            origin = {**_origin(backup), "missing": lost, "left": left}
            _note(coming, keys, by, now, PUT_BACK, origin, ring)
            damaged = None if whole else _set_aside(database, now)
            if mend:
                write_keyring(live, ring)
            os.replace(coming, database)
            sync_folder(live)
        finally:
            coming.unlink(missing_ok=True)
    except OSError as fault:
        raise TrialError(f"The backup could not be put back into {live}: {plain(fault)}. Try again.") from fault
    return damaged


def _bring(backup: Backup, target: Path, keys: Keys, progress: Progress) -> None:
    """A copy of a backup's database, after the backup was looked over."""
    if not backup.genuine:
        raise TrialError(f"The backup {backup.name} was made with other keys than the study has now.")
    if sha256_of(backup.path / DATABASE) != backup.manifest.database:
        raise TrialError(f"The database of the backup {backup.name} was damaged or changed. Choose another backup.")
    look_over(backup, keys, progress)
    target.unlink(missing_ok=True)
    source = reader(backup.path / DATABASE, keys)
    try:
        with source.begin() as connection:
            copy_database(connection, target, keys)
    finally:
        source.dispose()


def _origin(backup: Backup) -> dict[str, object]:
    known = backup.manifest
    made = known.created.isoformat(timespec="milliseconds")
    return {"backup": backup.name, "made": made, "rows": known.head.rows, "link": known.head.link}


def _left(live: Path, coming: Path, keys: Keys, ring: Keyring) -> tuple[str, ...]:
    """The kept ends of the trail that it will not have any more, also those that only the second folder keeps.

    Raises TrialError where the backup has no trail that could say so: every kept end would be missed in it for ever.
    """
    engine = reader(coming, keys)
    try:
        with engine.begin() as connection:
            if not has_trail(connection):
                raise TrialError(
                    "This backup is in the first record format, which had no audit trail: it is never put in the place "
                    "of the study. Restore it beside the study."
                )
            second = chosen_in(connection)
            elsewhere = (place_of(second, live, ring.study),) if second else ()
            return left_by(kept_anchors(live, keys, elsewhere), connection)
    finally:
        engine.dispose()


def _note(
    database: Path, keys: Keys, by: str, now: datetime, act: str, details: Mapping[str, object], ring: Keyring
) -> None:
    """Have the restored database say in its trail where it comes from and which keyring it goes with.

    Where its record format has no trail yet, nothing.
    """
    engine = writer(database, keys, by)
    try:
        with engine.begin() as connection:
            if not has_trail(connection):
                return
            at = now.isoformat(timespec="milliseconds")
            note_event(connection, Context(by), at, act, details)
            adopt(connection, Context(by), at, ring)
    finally:
        engine.dispose()


def _bring_documents(backup: Backup, target: Path) -> int:
    """Documents that are missing or damaged; those that are whole stay as they are. Returns how many stay without one.

    A paper that the backup has lost must keep nobody from the study: the first backup of it says that it is gone.
    """
    lost = len(backup.manifest.missing)
    for name, digest in backup.manifest.documents.items():
        kept = backup.path.parent / DOCUMENTS / name
        if is_file_of(target / name, digest):
            continue
        if is_file_of(kept, digest):
            copy_durably(kept, target / name, digest)
        else:
            lost += 1
    return lost


def _backed_up(live: Path, keys: Keys, by: str, now: datetime) -> bool:
    """Whether the live study is whole, and now has a backup of its own."""
    try:
        make_backup(live, keys, by, Why.RESTORE, now)
    except TrialError:
        return False
    return True


def _set_aside(database: Path, now: datetime) -> Path | None:
    """Keep a damaged database under another name, with what a crash left beside it: that must not meet the new one."""
    kept = database.with_name(f"{database.name}.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if database.exists() and not kept.exists():
        try:
            os.link(database, kept)
        except OSError:  # a file system without links
            copy_durably(database, kept)
    journal = database.with_name(database.name + JOURNAL)
    if journal.exists():
        os.replace(journal, kept.with_name(kept.name + JOURNAL))
    return kept if kept.exists() else None


def _own_keyring(live: Path, keys: Keys) -> Keyring | None:
    """The live keyring, if it opens what these keys open."""
    try:
        ring = read_keyring(live)
        refuse_if_changed(ring, keys)
    except TrialError:
        return None
    return ring


def _must_mend_keyring(live: Path, backup: Backup, keys: Keys) -> bool:
    if _own_keyring(live, keys):
        return False
    try:
        read_keyring(live)
    except TrialError:
        return True
    if _opens(live / DATABASE, keys):  # it is not other keys that the keyring holds: it was damaged or changed
        return True
    raise TrialError(
        f"The study has other keys than the backup {backup.name}. Restore it beside the study: it opens there with the "
        "passwords of its time."
    )


def _opens(database: Path, keys: Keys) -> bool:
    engine = reader(database, keys)
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except (TrialError, DatabaseError):
        return False
    finally:
        engine.dispose()
    return True
