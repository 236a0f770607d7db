"""Copying a database whole, through the database's own interface: a copied file could lack what is being written."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from models.domain.errors import TrialError
from models.persistence.engine import connect
from models.persistence.keys.keys import Keys


def copy_database(source: Connection, target: Path, keys: Keys) -> None:
    """Write what this transaction sees into a new file at `target`, under `keys`, readable by its owner only.

    In one step: done in several, it would begin again whenever somebody saves. Raises TrialError where the disk is full
    or the source damaged.
    """
    from sqlcipher3 import dbapi2

    target.touch(mode=0o600)
    writing = connect(target, keys)
    try:
        source.connection.driver_connection.backup(writing)  # type: ignore[union-attr] # a connection of the driver
    except dbapi2.DatabaseError as fault:
        raise TrialError(
            f"The database could not be copied to {target} ({fault}). Make sure that the disk has space and can be "
            "written, then try again."
        ) from fault
    finally:
        writing.close()


def row_counts(connection: Connection) -> Mapping[str, int]:
    """How many rows each table has."""
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
    ).scalars()
    return {
        name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one()) for name in names.all()
    }
