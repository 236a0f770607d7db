"""The records of a patient that were withdrawn: they stay in the study, with who withdrew them, when and why."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from models.persistence.rows import by_ids
from models.persistence.schema import TABLES, audit
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.queries.record_words import printed_names
from models.records import KINDS, Record


class Withdrawn(NamedTuple):
    """A record that does not count any more. `by` is the printed name of the person who withdrew it."""

    record: Record
    at: datetime
    by: str
    reason: str


def any_of_patient(engine: Engine, kind: str, patient: int) -> bool:
    """Whether a patient had anything of a kind that was withdrawn, in one statement."""
    table = TABLES[kind]
    gone = select(table.c.id).where(table.c.patient_id == patient, table.c.voided.is_not(None)).limit(1)
    with engine.begin() as connection:
        return connection.execute(gone).first() is not None


def of_patient(engine: Engine, kind: str, patient: int) -> tuple[Withdrawn, ...]:
    """What a patient had of a kind and was withdrawn, the last one first."""
    table = TABLES[kind]
    with engine.begin() as connection:
        gone = select(table.c.id).where(table.c.patient_id == patient, table.c.voided.is_not(None))
        ids = tuple(connection.execute(gone).scalars())
        if not ids:
            return ()
        told = _told(connection, kind, patient)
        records = [record for record in by_ids(connection, KINDS[kind].record, ids) if record.id in told]
        found = (Withdrawn(record, *told[record.id], record.voided or "") for record in records)
        return tuple(sorted(found, key=lambda each: each.at, reverse=True))


def _told(connection: Connection, kind: str, patient: int) -> dict[int, tuple[datetime, str]]:
    """When and by whom each record was withdrawn, as the audit trail has it."""
    names = printed_names(connection)
    statement = select(*(TRAIL[name] for name in ("record_id", "at", "actor", "old", "new"))).where(
        audit.c.kind == kind, audit.c.patient_id == patient, audit.c.act == "update"
    )
    told = {}
    for record, at, actor, old, new in rows_of(connection, statement.order_by(audit.c.seq)):
        if content_of(old).get("voided") is None and content_of(new).get("voided") is not None:
            told[record] = moment_of(at), names.get(actor, actor)
    return told
