"""Connections to a study's file: one engine that writes, one that can only read."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, ExceptionContext

from models.domain.errors import TrialError

APPLICATION_ID = 0x414C4241
"""SQLite's application id of our files: the letters ALBA."""


def writer(path: Path) -> Engine:
    """The engine of commands. Every transaction takes the write lock at once, so that no check reads stale data.

    A rollback journal with synchronous FULL: what was acknowledged survives a crash and a power cut, also on a network
    share, where a write-ahead log would corrupt the file.
    """
    engine = _engine(path, "rw")
    event.listen(engine, "connect", _prepare_writing)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader(path: Path) -> Engine:
    """The engine of queries: the database itself refuses a write."""
    engine = _engine(path, "ro")
    event.listen(engine, "connect", _prepare_reading)
    event.listen(engine, "begin", _begin)
    return engine


def _engine(path: Path, mode: str) -> Engine:
    uri = f"file:{quote(str(path.resolve()))}?mode={mode}"

    def connect() -> sqlite3.Connection:
        return sqlite3.connect(uri, uri=True, timeout=5, check_same_thread=False, isolation_level=None)

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool, hide_parameters=True)
    event.listen(engine, "handle_error", _say_plainly)
    return engine


def _say_plainly(context: ExceptionContext) -> None:
    """Turn what the disk or the file does to us into a sentence. A broken rule of the tables stays what it is."""
    fault = context.original_exception
    if isinstance(fault, sqlite3.OperationalError):
        raise TrialError(
            f"The study could not be read or written ({fault}). Nothing was changed, and what you typed is still in "
            "the form. Make sure that the disk has space and can be written, then try again."
        ) from fault
    if type(fault) is sqlite3.DatabaseError:
        raise TrialError(
            f"The study's file is damaged ({fault}). Do not work on it: keep the file and open your newest backup."
        ) from fault


def _prepare_writing(connection: DBAPIConnection, _record: object) -> None:
    for pragma in ("journal_mode=DELETE", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON"):
        connection.cursor().execute(f"PRAGMA {pragma}")


def _prepare_reading(connection: DBAPIConnection, _record: object) -> None:
    connection.cursor().execute("PRAGMA query_only=ON")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
