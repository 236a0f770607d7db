"""What a crash in the middle of a commit leaves behind, and how it is undone before anybody reads."""

from pathlib import Path

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
