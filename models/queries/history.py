"""The history of a record: what was changed, by whom, when and why."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Engine, select

from models.persistence.column_types import from_text
from models.persistence.schema import corrections
from models.records import KINDS

_OTHER = {"voided": "Withdrawn", "site_code": "Site code", "site_name": "Site name"}


class Correction(NamedTuple):
    """One changed value. `field` is the declared name, or "voided" where the record was withdrawn.

    The kind "study_fact" (record 0) holds the changes of the study's own facts and settings.
    """

    at: datetime
    actor: str
    kind: str
    record_id: int
    field: str
    label: str
    old: Any
    new: Any
    reason: str


def of_record(engine: Engine, kind: str, record_id: int) -> tuple[Correction, ...]:
    """Every correction of one record, oldest first."""
    declared = KINDS[kind].fields if kind in KINDS else {}
    statement = (
        select(corrections)
        .where(corrections.c.kind == kind, corrections.c.record_id == record_id)
        .order_by(corrections.c.id)
    )
    with engine.begin() as connection:
        rows = connection.execute(statement).all()
    return tuple(
        Correction(
            row.at,
            row.actor,
            kind,
            record_id,
            row.field,
            declared[row.field].label if row.field in declared else _OTHER.get(row.field, row.field),
            from_text(declared[row.field].type, row.old) if row.field in declared else row.old,
            from_text(declared[row.field].type, row.new) if row.field in declared else row.new,
            row.reason,
        )
        for row in rows
    )
