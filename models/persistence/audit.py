"""The audit trail: the table, and the triggers that fill it for whoever writes, by whatever path.

Completeness comes from the database: triggers write every insert and change of every table, with the whole row before
and after. Who and why come from the command, through the connection's own functions (`models.persistence.acting`). A
program that has the key but not these functions cannot write at all. Rows are only ever added, each one linked to the
one before (`models.persistence.chain`); a record is withdrawn, never deleted.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, Table, column, insert, table

from models.domain.context import Context
from models.persistence.schema import audit, whole_schema

EVENT = "event"
CONTENT = "json_array(seq, at, actor, act, kind, record_id, patient_id, old, new, reason)"
"""What a link covers, as SQL over the columns of `audit`: the same when a row is written and when it is verified."""

UNTRAILED = frozenset({"audit", "draft", "alembic_version"})
"""Drafts are not part of the record: an autosave a second would drown the trail."""

_entry = table("audit_entry", *(column(c.name) for c in audit.c if c.name not in {"seq", "mac"}))


def note_event(
    connection: Connection, by: Context, at: str, act: str, details: Mapping[str, Any] | None = None, patient: int = 0
) -> None:
    """Add to the trail something that happened and is not a change of data: a sign-in, a print, a backup."""
    import json

    connection.execute(
        insert(_entry).values(
            at=at,
            actor=by.actor,
            act=act,
            kind=EVENT,
            patient_id=patient or None,
            new=json.dumps(dict(details or {}), ensure_ascii=False, sort_keys=True),
            reason=by.reason,
        )
    )


def snapshot(source: Table, prefix: str = "") -> str:
    """SQL for the JSON object of what a row holds besides its id; empty columns are left out.

    The names are in alphabetical order, so that the text does not depend on the order of the columns.
    """
    columns = sorted(c.name for c in source.columns if c.name not in {"id", "patient_id"})
    pairs = ", ".join(f"'{name}', {prefix}\"{name}\"" for name in columns)
    return f"json_patch('{{}}', json_object({pairs}))"


def trailed() -> Iterator[Table]:
    """The tables whose every change is in the trail."""
    return (t for t in whole_schema().sorted_tables if t.name not in UNTRAILED)


def record_id(source: Table, prefix: str = "") -> str:
    """SQL for the number under which the trail knows a row."""
    return f'{prefix}"id"' if "id" in source.columns else f"{prefix}rowid"


def patient_id(source: Table, prefix: str = "") -> str:
    """SQL for the patient a row is about."""
    if source.name == "patient":
        return f'{prefix}"id"'
    return f'{prefix}"patient_id"' if "patient_id" in source.columns else "NULL"


def watchers() -> Mapping[str, str]:
    """Every view and trigger of the trail: name -> the SQL that makes it."""
    made = {
        "audit_entry": (
            "CREATE VIEW audit_entry AS SELECT at, actor, act, kind, record_id, patient_id, old, new, reason FROM audit"
        ),
        "audit_entry_insert": (
            "CREATE TRIGGER audit_entry_insert INSTEAD OF INSERT ON audit_entry BEGIN "
            "INSERT INTO audit SELECT seq, at, actor, act, kind, record_id, patient_id, old, new, reason, "
            f"audit_mac(before, {CONTENT}) FROM (SELECT "
            "(SELECT coalesce(max(seq), 0) + 1 FROM audit) AS seq, new.at AS at, new.actor AS actor, new.act AS act, "
            "new.kind AS kind, new.record_id AS record_id, new.patient_id AS patient_id, new.old AS old, "
            "new.new AS new, new.reason AS reason, "
            "coalesce((SELECT mac FROM audit ORDER BY seq DESC LIMIT 1), x'') AS before); END"
        ),
        "audit_only_next": (
            "CREATE TRIGGER audit_only_next BEFORE INSERT ON audit "
            "WHEN new.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM audit) "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is only added to'); END"
        ),
        "audit_no_delete": (
            "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is never shortened'); END"
        ),
        "audit_no_update": (
            "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN NOT audit_redacting() "
            "BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END"
        ),
    }
    for source in trailed():
        made |= _watchers_of(source)
    return made


def _watchers_of(source: Table) -> dict[str, str]:
    name = source.name
    changed = " OR ".join(f'old."{c.name}" IS NOT new."{c.name}"' for c in source.columns)
    return {
        f"audit_{name}_insert": _trigger(source, "insert", "INSERT", "", "NULL", snapshot(source, "new.")),
        f"audit_{name}_update": _trigger(
            source, "update", "UPDATE", f"WHEN {changed} ", snapshot(source, "old."), snapshot(source, "new.")
        ),
        f"audit_{name}_delete": (
            f'CREATE TRIGGER audit_{name}_delete BEFORE DELETE ON "{name}" '
            "BEGIN SELECT RAISE(ABORT, 'a record is withdrawn, never deleted'); END"
        ),
    }


def _trigger(source: Table, act: str, on: str, when: str, old: str, new: str) -> str:
    name = source.name
    return (
        f'CREATE TRIGGER audit_{name}_{act} AFTER {on} ON "{name}" {when}BEGIN INSERT INTO audit_entry '
        f"VALUES (audit_moment(), audit_actor(), '{act}', '{name}', {record_id(source, 'new.')}, "
        f"{patient_id(source, 'new.')}, {old}, {new}, audit_reason()); END"
    )


def watch(connection: Connection) -> None:
    """Put every trigger in place, as this version of the program has them."""
    unwatch(connection)
    for statement in watchers().values():
        connection.exec_driver_sql(statement)


def unwatch(connection: Connection) -> None:
    """Take them away, for a migration that rebuilds tables; `watch` and `reconcile` follow in its transaction."""
    found = connection.exec_driver_sql(
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') AND name LIKE 'audit%'"
    ).all()
    for kind, name in sorted(found):
        connection.exec_driver_sql(f'DROP {kind} IF EXISTS "{name}"')


def reconcile(connection: Connection) -> int:
    """Add to the trail what changed while nobody watched; returns how many rows differed from what the trail held."""
    added = 0
    for source in trailed():
        name = source.name
        last = (
            "SELECT record_id, new, max(seq) FROM audit "
            f"WHERE kind = '{name}' AND act IN ('insert', 'update') GROUP BY record_id"
        )
        added += connection.exec_driver_sql(
            "INSERT INTO audit_entry SELECT audit_moment(), audit_actor(), "
            "CASE WHEN known.record_id IS NULL THEN 'insert' ELSE 'update' END, "
            f"'{name}', {record_id(source, 't.')}, {patient_id(source, 't.')}, known.new, {snapshot(source, 't.')}, "
            f'audit_reason() FROM "{name}" AS t LEFT JOIN ({last}) AS known '
            f"ON known.record_id = {record_id(source, 't.')} WHERE known.new IS NOT {snapshot(source, 't.')}"
        ).rowcount
    return added
