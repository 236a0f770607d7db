"""Which record format a database has: the first thing that is asked of it."""

from pathlib import Path

from sqlalchemy import Engine

from models.domain.errors import DamagedError, TrialError
from models.persistence.wholeness import damaged, refuse_if_damaged


def version_of(database: Path, read: Engine) -> str:
    """The record format of a database. Raises TrialError where the database is damaged, empty or missing."""
    if not database.exists() or not database.stat().st_size:
        raise DamagedError(f"{database} is missing or empty. Do not work on it: open your newest backup.")
    try:
        with read.begin() as connection:
            refuse_if_damaged(connection, database)
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    except TrialError:
        raise
    except Exception as fault:
        raise DamagedError(damaged(database, str(getattr(fault, "orig", fault)))) from fault
    if found is None:
        raise DamagedError(damaged(database, "it names no record format"))
    return str(found)
