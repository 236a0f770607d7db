"""The file of a study: making it, opening it, and saying plainly why one cannot be opened."""

import os
import shutil
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Engine, insert
from sqlalchemy.exc import DatabaseError

from models.domain.errors import TrialError
from models.persistence.engine import APPLICATION_ID, reader, writer
from models.persistence.migrate import upgrade
from models.persistence.schema import SCHEMA_VERSION, facts

_SQLITE_MAGIC = b"SQLite format 3\0"
_APPLICATION_ID_AT = slice(68, 72)
_HEADER_BYTES = 100
_CHECKED_BYTES = 64 * 1024 * 1024
"""Files up to this size are looked through whole when they are opened; a larger one shows damage when it is read."""


@dataclass(slots=True)
class StudyFile:
    """An open study: its two engines, and the lock that keeps every other program out."""

    path: Path
    write: Engine
    read: Engine
    lock: FileLock

    def close(self) -> None:
        """Let the file go. Calling it twice is harmless."""
        self.write.dispose()
        self.read.dispose()
        self.lock.release()


def create_file(path: Path, about: Mapping[str, str]) -> StudyFile:
    """Make a new study at `path` with its first facts.

    Raises TrialError where something is there already or the folder cannot be written. A half-made file never stays.
    """
    if path.exists():
        raise TrialError(f"{path} exists already. Choose another name, or open it instead.")
    if not path.parent.is_dir():
        raise TrialError(f"The folder {path.parent} does not exist. Make it first, or choose another.")
    lock = _lock(path)
    try:
        path.touch(mode=0o600)
        engine = writer(path)
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            upgrade(connection)
            connection.execute(insert(facts), [{"name": n, "value": v} for n, v in about.items()])
    except BaseException as fault:
        path.unlink(missing_ok=True)
        lock.release()
        if isinstance(fault, OSError | DatabaseError):
            raise TrialError(f"No study could be written at {path}: {_plain(fault)}. Choose another folder.") from fault
        raise
    return StudyFile(path, engine, reader(path), lock)


def open_file(path: Path) -> StudyFile:
    """Open an existing study, bringing an older one to this version's schema on a copy first.

    Raises TrialError with its own sentence where the file is missing, not ours, damaged, newer than this version, or in
    use by another program.
    """
    _recognise(path)
    lock = _lock(path)
    try:
        version = _schema_version(path)
        if version > SCHEMA_VERSION:
            raise TrialError(
                f"{path} was written by a newer AlbaTrack (record format {version}, this one "
                f"knows {SCHEMA_VERSION}). "
                "Open it with the newer version; it has not been changed."
            )
        if version < SCHEMA_VERSION:
            _upgrade_on_copy(path)
    except BaseException:
        lock.release()
        raise
    return StudyFile(path, writer(path), reader(path), lock)


def _recognise(path: Path) -> None:
    if not path.exists():
        raise TrialError(f"There is no study at {path}. Check the name and the folder.")
    if path.is_dir():
        raise TrialError(f"{path} is a folder, not a study. Choose the study's file inside it.")
    try:
        with path.open("rb") as file:
            header = file.read(_HEADER_BYTES)
    except OSError as fault:
        raise TrialError(f"{path} cannot be read: {_plain(fault)}. Ask for the right to read it.") from fault
    if not header.startswith(_SQLITE_MAGIC):
        raise TrialError(f"{path} is not an AlbaTrack study. Choose another file.")
    if int.from_bytes(header[_APPLICATION_ID_AT], "big") != APPLICATION_ID:
        raise TrialError(f"{path} is a database of another program, not an AlbaTrack study. Choose another file.")


def _schema_version(path: Path) -> str:
    connection = None
    try:
        connection = sqlite3.connect(path)
        if path.stat().st_size <= _CHECKED_BYTES:
            problem = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
            if problem != "ok":
                raise TrialError(_damaged(path, problem))
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])
    except (sqlite3.Error, TypeError) as fault:
        raise TrialError(_damaged(path, _plain(fault))) from fault
    finally:
        if connection is not None:
            connection.close()


def _damaged(path: Path, detail: str) -> str:
    return f"{path} is damaged ({detail}). Do not work on it: keep the file as it is and open your newest backup."


def _upgrade_on_copy(path: Path) -> None:
    # A migration that fails half-way must leave the study as it was: it runs on a copy, which then takes its place.
    copy = path.with_name(path.name + ".upgrading")
    shutil.copy2(path, copy)
    try:
        engine = writer(copy)
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()
        os.replace(copy, path)
    finally:
        copy.unlink(missing_ok=True)


def _lock(path: Path) -> FileLock:
    lock = FileLock(f"{path}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise TrialError(
            f"{path} is in use by another AlbaTrack, here or on another workstation. Close it there first."
        ) from None
    except OSError as fault:
        raise TrialError(f"The folder {path.parent} cannot be written: {_plain(fault)}.") from fault
    return lock


def _plain(fault: BaseException) -> str:
    if isinstance(fault, OSError) and fault.strerror:
        return fault.strerror.lower()
    return str(getattr(fault, "orig", fault))
