"""Whether a database's file is whole: every page against the code that the cipher keeps of it.

No page that was damaged can be read: the cipher refuses it. To look through the whole file finds early what nobody has
read yet. It takes a second for every few hundred megabytes, so a small file is looked through when it is opened, and a
larger one behind the first page. What is found there leaves a mark in the study's folder, and the next opening looks
through the whole file before it lets anybody in: it refuses, and a backup is offered.
"""

from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, Engine

from models.domain.errors import DamagedError, TrialError
from models.persistence.layout import DATABASE

_MARK = "study.damaged"
AT_ONCE_BYTES = 4 * 1024 * 1024
"""Files up to this size are looked through on opening: some hundredths of a second."""


def refuse_if_damaged(connection: Connection, database: Path) -> None:
    """Raise DamagedError where a small file, or one that is under suspicion, is not whole."""
    mark = database.with_name(_MARK)
    if mark.exists() or not _is_large(database):
        if problem := _problem(connection):
            raise DamagedError(damaged(database, problem))
        with suppress(OSError):  # in a folder that can only be read it stays, and costs time only
            mark.unlink(missing_ok=True)


def damage_of(read: Engine, folder: Path) -> str:
    """A sentence where the file of an open study is damaged, "" where it is whole or was looked through on opening.

    Long work, for a worker thread; nobody has to wait with a save until it ends.
    """
    database = folder / DATABASE
    if not _is_large(database):
        return ""
    with read.begin() as connection:
        problem = _problem(connection)
    if not problem:
        return ""
    with suppress(OSError):
        database.with_name(_MARK).touch(mode=0o600)
    return (
        f"The study's file is damaged ({problem}). Do not work on it: close the study and sign in again, and a backup "
        "is offered."
    )


def damaged(database: Path, detail: str) -> str:
    """That a database is damaged, and what to do."""
    return f"{database} is damaged ({detail}). Do not work on it: keep the file as it is and open your newest backup."


def _is_large(database: Path) -> bool:
    return database.stat().st_size > AT_ONCE_BYTES


def _problem(connection: Connection) -> str:
    """What is wrong with a page, "" where all is well."""
    if not _broken_page(connection):
        return ""
    with suppress(TrialError):  # or it was being written at that moment: look again while nobody can write
        connection.exec_driver_sql("SELECT count(*) FROM alembic_version")
    return _broken_page(connection)


def _broken_page(connection: Connection) -> str:
    return str(connection.exec_driver_sql("PRAGMA cipher_integrity_check").scalar() or "")
