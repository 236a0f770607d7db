"""An older study is brought to this version's schema on a copy, which is verified before it takes its place."""

import os
from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import Connection

from models.domain.clock import Clock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence.acting import acting
from models.persistence.audit import note_event, reconcile, unwatch, watch
from models.persistence.backup import BACKED_UP, made_details, make_backup
from models.persistence.backup_manifest import Why
from models.persistence.copying import copy_database, row_counts
from models.persistence.durable import sync_folder
from models.persistence.engine import reader, writer
from models.persistence.keys.keys import Keys
from models.persistence.migrate import upgrade
from models.persistence.schema import SCHEMA_VERSION
from models.persistence.verify import verify


def bring_up_to_date(database: Path, keys: Keys, login: str, clock: Clock) -> None:
    """Back the study up, migrate a copy of its database, verify that, and put it in the place of the old one.

    Raises TrialError where the copy is not whole, lacks a row, or does not agree with the audit trail. The study is
    then as it was.
    """
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
                _compare(before, row_counts(connection), connection, database)
        finally:
            engine.dispose()
        _look_over(copy, keys, database)
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


def _compare(before: Mapping[str, int], after: Mapping[str, int], connection: Connection, database: Path) -> None:
    """A migration may take tables away or add to the trail; a table of the record must keep every row."""
    for name, rows in before.items():
        if name in after and name != "audit" and after[name] != rows:
            raise _not_migrated(database, f"{name} had {rows} rows and would have {after[name]}")
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise _not_migrated(database, f"rows of {broken[0][0]} would lack what they belong to")


def _look_over(copy: Path, keys: Keys, database: Path) -> None:
    """The file itself, the links of the trail, and every row of the record against it."""
    engine = reader(copy, keys)
    try:
        found = verify(engine, keys)
    finally:
        engine.dispose()
    if found.problems:
        raise _not_migrated(database, str(found.problems[0]))


def _not_migrated(database: Path, why: str) -> TrialError:
    return TrialError(
        f"{database.parent} was not brought to this version’s record format ({SCHEMA_VERSION}), because of its copy: "
        f"{why}. Nothing in the study was changed. Open it with the AlbaTrack that it was written with, verify it, and "
        "tell the administrator."
    )
