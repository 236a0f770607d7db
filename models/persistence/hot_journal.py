"""What a crash in the middle of a commit leaves behind, and how it is undone before anybody reads."""

from pathlib import Path

from sqlalchemy import Engine

from models.domain.errors import DamagedError, TrialError
from models.persistence.engine import connect
from models.persistence.keys.keys import Keys

JOURNAL = "-journal"
"""What SQLite adds to the name of a database for its rollback journal."""


def undo_unfinished(database: Path, keys: Keys) -> None:
    """Roll back a transaction that a crash broke off. A connection that may only read could not, and would be refused.

    The caller holds the study's lock. A damaged file stays as it is: what reads it next says so.
    """
    from sqlcipher3 import dbapi2

    if not database.with_name(database.name + JOURNAL).exists() or not database.exists():
        return
    connection = connect(database, keys)
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except dbapi2.DatabaseError:
        return
    finally:
        connection.close()


def refuse_unfinished(database: Path, read: Engine) -> None:
    """Raise TrialError where there is such a transaction: whoever only reads would take its half for damage.

    The journal of a program that is saving just now is none: its lock says so, and reading waits for it.
    """
    if not database.with_name(database.name + JOURNAL).exists():
        return
    try:
        with read.begin() as connection:
            connection.exec_driver_sql("SELECT count(*) FROM sqlite_master")
    except DamagedError:
        return  # what reads it next says so
    except TrialError as fault:
        if "readonly" not in str(fault.__cause__):
            raise
        raise TrialError(
            f"{database.parent} was being written when the program ended, and what was broken off is undone when it is "
            "opened for writing: do so once. Where its folder cannot be written, copy the folder to a disk that can "
            "be, and open it there."
        ) from fault
