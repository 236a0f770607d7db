"""An older study is brought to this version's schema on a copy, which is looked over before it takes its place."""

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from models.domain.clock import Clock
from models.domain.context import Context
from models.persistence.acting import acting
from models.persistence.audit import note_event, reconcile, unwatch, watch
from models.persistence.backup import BACKED_UP, made_details, make_backup
from models.persistence.backup_manifest import Why
from models.persistence.copying import copy_database, row_counts
from models.persistence.durable import sync_folder
from models.persistence.engine import reader, writer
from models.persistence.keys.keys import Keys
from models.persistence.migrate import upgrade
from models.persistence.record_format import version_of
from models.persistence.schema import SCHEMA_VERSION


def stored_version(database: Path, keys: Keys) -> str:
    """The record format of a database that nobody has open, as `version_of`."""
    engine = reader(database, keys)
    try:
        return version_of(database, engine)
    finally:
        engine.dispose()


def bring_up_to_date(database: Path, keys: Keys, login: str, clock: Clock) -> None:
    """Back the study up, migrate a copy of its database, check it, and put it in the place of the old one."""
    backup = make_backup(database.parent, keys, login, Why.MIGRATION, clock.now())
    copy = database.with_name(database.name + ".upgrading")
    copy.unlink(missing_ok=True)
    try:
        _copy(database, copy, keys)
        engine = writer(copy, keys, login, foreign_keys=False)
        try:
            with (
                engine.begin() as connection,
                acting(connection, Context(login, f"Brought to record format {SCHEMA_VERSION}"), clock.now()),
            ):
                before = row_counts(connection)
                unwatch(connection)
                upgrade(connection)
                watch(connection)
                reconcile(connection)
                at = clock.now().isoformat(timespec="milliseconds")
                note_event(connection, Context(login), at, BACKED_UP, made_details(backup))
                note_event(connection, Context(login), at, "migration", {"to": SCHEMA_VERSION})
                _compare(before, row_counts(connection), connection)
        finally:
            engine.dispose()
        os.replace(copy, database)
        sync_folder(database.parent)
    finally:
        copy.unlink(missing_ok=True)


def _copy(source: Path, target: Path, keys: Keys) -> None:
    engine = reader(source, keys)
    try:
        with engine.begin() as connection:
            copy_database(connection, target, keys)
    finally:
        engine.dispose()


def _compare(before: Mapping[str, int], after: Mapping[str, int], connection: Connection) -> None:
    """A migration may take tables away or add to the trail; a table of the record must keep every row."""
    for name, rows in before.items():
        if name in after and name != "audit" and after[name] != rows:
            raise RuntimeError(f"migration changed the number of rows of {name} from {rows} to {after[name]}")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise RuntimeError(f"migration left rows of {broken[0][0]} without what they belong to")
