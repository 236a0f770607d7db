"""Making a backup, and looking one over. One that was not opened and found whole does not count as made."""

import os
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Connection, text

from models import VERSION
from models.domain.errors import TrialError, plain
from models.domain.progress import Progress, unwatched
from models.persistence.backup_manifest import (
    MANIFEST,
    Backup,
    Manifest,
    Why,
    backups_in,
    keyring_digest,
    manifest_bytes,
    newest,
    rows_hash,
)
from models.persistence.copying import copy_database, row_counts
from models.persistence.durable import sync_folder, write_durably
from models.persistence.durable_copy import copy_durably, is_file_of, sha256_of
from models.persistence.engine import reader
from models.persistence.hot_journal import undo_unfinished
from models.persistence.keys.keyring_file import read_keyring, write_keyring
from models.persistence.keys.keys import Keys
from models.persistence.keys.sealed_slots import refuse_if_changed
from models.persistence.layout import BACKUPS, DATABASE, DOCUMENTS
from models.persistence.put_backs import has_trail, put_backs
from models.persistence.schema import SCHEMA_VERSION
from models.persistence.thinning import outdated
from models.persistence.verify import Head, verify

BACKED_UP = "backup made"
BACKUP_FAILED = "backup failed"
_UNFINISHED = ".making-"


class Snapshot(NamedTuple):
    """What one transaction saw while it copied the database."""

    schema: str
    head: Head
    restores: int
    rows: Mapping[str, int]
    documents: tuple[str, ...]


def make_backup(folder: Path, keys: Keys, by: str, why: Why, now: datetime, progress: Progress = unwatched) -> Backup:
    """Make a backup of the study in `folder` and look it over; only then it gets its name and counts.

    Raises TrialError where it could not be written, is not whole, or `progress` said to stop: then there is none.
    """
    backups = folder / BACKUPS
    try:
        with _being_made(backups) as making:
            taken = _copied(folder / DATABASE, making / DATABASE, keys)
            ring = read_keyring(folder)
            write_keyring(making, ring)
            documents, missing = _keep_documents(folder, taken.documents, newest(backups_in(backups, keys)))
            manifest = Manifest(
                study=ring.study,
                created=now,
                why=why,
                by=by,
                program=VERSION,
                schema=taken.schema,
                head=taken.head,
                restores=taken.restores,
                rows=rows_hash(taken.rows, keys),
                size=(making / DATABASE).stat().st_size,
                database=sha256_of(making / DATABASE),
                keyring=keyring_digest(ring),
                documents=documents,
                missing=missing,
            )
            write_durably(making / MANIFEST, manifest_bytes(manifest, keys))
            look_over(Backup(making, manifest, genuine=True), keys, progress)
            made = _unused(backups, f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{why.value}")
            os.replace(making, made)
            sync_folder(backups)
    except OSError as fault:
        raise TrialError(f"No backup could be made in {backups}: {plain(fault)}.") from fault
    return Backup(made, manifest, genuine=True)


def made_details(backup: Backup, problems: Sequence[str] = ()) -> dict[str, object]:
    """What the audit trail keeps of a backup; `problems` are sentences about what could not be done with it."""
    known = backup.manifest
    kept = {"backup": backup.name, "why": known.why.value, "rows": known.head.rows, "missing": len(known.missing)}
    return {**kept, "problems": list(problems)} if problems else {**kept}


def look_over(backup: Backup, keys: Keys, progress: Progress = unwatched) -> None:
    """Open a backup on its own and hold it against its manifest.

    Integrity of the file, the audit trail and the data against it, the number of rows of each table, the end of the
    trail, the keyring. A backup in an older record format is not held against the trail, whose watchers were others.

    Raises TrialError with what does not agree, or where `progress` said to stop.
    """
    ring = read_keyring(backup.path)
    refuse_if_changed(ring, keys)
    known = backup.manifest
    if keyring_digest(ring) != known.keyring:
        raise TrialError(f"The backup {backup.name} does not count: its keyring is another one.")
    engine = reader(backup.path / DATABASE, keys)
    try:
        with engine.begin() as connection:
            rows, head = row_counts(connection), _head(connection)
            problems = _damage(connection) if known.schema != SCHEMA_VERSION else []
        if not known.counts(rows, keys):
            problems.append("its tables do not have as many rows as the study's")
        if head != known.head:
            problems.append("its audit trail ends elsewhere")
        if known.schema == SCHEMA_VERSION:
            answers: list[bool] = []

            def going_on(done: int, total: int) -> bool:
                answers.append(progress(done, total))
                return answers[-1]

            found = verify(engine, keys, [known.head], progress=going_on)
            if not all(answers):
                raise TrialError("The backup was stopped before it was looked over. It does not count.")
            problems += [str(problem) for problem in found.problems]
    finally:
        engine.dispose()
    if problems:
        raise TrialError(f"The backup {backup.name} does not count: {problems[0]}.")


def check_files(backup: Backup) -> None:
    """Hold the files of a backup, and the documents it names, against their SHA-256; TrialError with the first."""
    if sha256_of(backup.path / DATABASE) != backup.manifest.database:
        raise TrialError(f"The database of the backup {backup.name} was damaged or changed. Choose another backup.")
    for name, digest in backup.manifest.documents.items():
        path = backup.path.parent / DOCUMENTS / name
        if not is_file_of(path, digest):
            raise TrialError(
                f"The document {name} of the backup {backup.name} is missing, damaged or changed. Remove {path}, if it "
                "is there, and make a backup: that copies the document anew."
            )


def thin(backups: Path, keys: Keys) -> tuple[str, ...]:
    """Remove the backups that are no longer kept; returns their names. The newest one stays whatever its date says."""
    counted = [backup for backup in backups_in(backups, keys) if backup.genuine]
    old = outdated({backup.name: backup.manifest.created for backup in counted})
    gone = [backup for backup in counted[1:] if backup.name in old]
    for backup in gone:
        removing = backups / f"{_UNFINISHED}{backup.name}"
        with suppress(OSError):  # somebody has it open; it goes another time
            os.replace(backup.path, removing)
            shutil.rmtree(removing, ignore_errors=True)
    return tuple(backup.name for backup in gone)


@contextmanager
def _being_made(backups: Path) -> Iterator[Path]:
    """A folder to work in, which is gone afterwards unless it was moved to its place; and what a crash left behind."""
    backups.mkdir(mode=0o700, exist_ok=True)
    for left in backups.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    making = backups / f"{_UNFINISHED}backup"
    making.mkdir(mode=0o700)
    try:
        yield making
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _copied(database: Path, target: Path, keys: Keys) -> Snapshot:
    if not database.exists():
        raise TrialError(f"{database} is missing, so no backup could be made.")
    undo_unfinished(database, keys)
    engine = reader(database, keys)
    try:
        with engine.begin() as connection:
            rows = row_counts(connection)
            taken = Snapshot(
                str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()),
                _head(connection),
                len(put_backs(connection)),
                rows,
                _documents(connection) if "document" in rows else (),
            )
            copy_database(connection, target, keys)
    finally:
        engine.dispose()
    return taken


def _head(connection: Connection) -> Head:
    if not has_trail(connection):
        return Head(0, "")
    last = connection.execute(text("SELECT seq, mac FROM audit ORDER BY seq DESC LIMIT 1")).first()
    return Head(last.seq, last.mac.hex()) if last else Head(0, "")


def _damage(connection: Connection) -> list[str]:
    found = [
        str(words)
        for check in ("cipher_integrity_check", "quick_check")
        for words in connection.exec_driver_sql(f"PRAGMA {check}").scalars()
    ]
    return [words for words in found if words != "ok"]


def _documents(connection: Connection) -> tuple[str, ...]:
    found = connection.exec_driver_sql("SELECT DISTINCT stored_as FROM document ORDER BY stored_as").scalars().all()
    return tuple(name for name in found if re.fullmatch(r"[\w.-]+", name))


def _keep_documents(
    folder: Path, names: tuple[str, ...], before: Backup | None
) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Copy the documents that are not kept yet: SHA-256 of each, and those that are nowhere."""
    kept = folder / BACKUPS / DOCUMENTS
    kept.mkdir(mode=0o700, exist_ok=True)
    known = before.manifest.documents if before else {}
    digests: dict[str, str] = {}
    missing: list[str] = []
    for name in names:
        if (kept / name).exists():
            digests[name] = known.get(name) or sha256_of(kept / name)
        elif (folder / DOCUMENTS / name).exists():
            digests[name] = copy_durably(folder / DOCUMENTS / name, kept / name)
        else:
            missing.append(name)
    return digests, tuple(missing)


def _unused(backups: Path, name: str) -> Path:
    path, number = backups / name, 2
    while path.exists():
        path, number = backups / f"{name}-{number}", number + 1
    return path
