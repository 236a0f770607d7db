"""The history of a record: what was changed, by whom, when and why, as the audit trail has it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, select, tuple_
from sqlalchemy.sql.functions import count

from models.domain.fields import Field
from models.persistence.column_types import decoder
from models.persistence.identity_seal import of_connection
from models.persistence.redaction import BLACK
from models.persistence.schema import audit, facts, sealed_place
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.records import KINDS

FALLBACK_PASSWORD = "fallback_password"
"""The fact of the study that opens the fallback set. What it was is in no history."""
FALLBACK_FORMER = "fallback_former"
"""The fact of the study that names the sets which open with the password from before."""
COVERED = "[identity]"
"""What stands in the place of who a patient is, for those who may not know and in all that leaves the study."""
HIDDEN = "not shown"
"""What stands in a history in the place of a secret."""
OTHER_LABELS = {
    "voided": "Withdrawn",
    "adopted_at": "Adopted on",
    "adopted_by": "Adopted by",
    "protocol_id": "Protocol",
    "text": "Text of the file",
    "version": "Version",
    "backup_folder": "Second folder for backups",
    "created_at": "Study made on",
    "frozen": "Frozen",
    "idle_lock_minutes": "Minutes until the window locks",
    "site_code": "Site number",
    "site_name": "Site name",
    "synthetic": "Synthetic patients",
    FALLBACK_PASSWORD: "Password of the fallback set",
    FALLBACK_FORMER: "Fallback sets with the former password",
}
"""What is called here because no record declares it: what every row has, the protocol's columns, the study's facts."""
STUDY_FACT = facts.name
"""The kind under which the trail has the study's own facts and settings."""
_FORGED = (ValueError, TypeError, AttributeError, KeyError, ArithmeticError)
"""What reading a value raises where the trail keeps something that no such field ever held."""
UNSHOWN = frozenset({"changed_at", "entered_at", "entered_by", "parent_id", "secret"})
"""What is said elsewhere, and the keys of documents, which leave the study with nothing that is printed or exported."""


class Correction(NamedTuple):
    """One changed value. `field` is the declared name, or "voided" where the record was withdrawn.

    The kind `STUDY_FACT` (record 0) holds the changes of the study's own facts and settings.
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
    of_kind = audit.c.kind == kind
    own = of_kind if kind == STUDY_FACT else of_kind & (audit.c.record_id == record_id)
    statement = select(*TRAIL.values()).where(own, audit.c.act == "update").order_by(audit.c.seq)
    with engine.begin() as connection:
        return tuple(change for row in rows_of(connection, statement) for change in changes(connection, row))


def changed_fields(engine: Engine, patient: int | None = None) -> frozenset[tuple[str, int, str]]:
    """The fields of a patient's records that once held another value: kind, id of the record, name of the field.

    Without a patient, of everybody's. A value that was added later to a field left empty is a first entry, and changes
    nothing.
    """
    columns = (TRAIL[name] for name in ("kind", "record_id", "old", "new"))
    statement = select(*columns).where(audit.c.act == "update")
    if patient is not None:
        statement = statement.where(audit.c.patient_id == patient)
    else:
        # The index tells whose rows are more than the first entry: of millions only theirs are read.
        records = audit.c.kind, audit.c.record_id
        statement = statement.where(tuple_(*records).in_(select(*records).group_by(*records).having(count() > 1)))
    found = set()
    with engine.begin() as connection:
        for kind, record, before, after in rows_of(connection, statement):
            old, new = content_of(before), content_of(after)
            found |= {(kind, record, name) for name in old.keys() - UNSHOWN if old[name] != new.get(name)}
    return frozenset(found)


def changes(connection: Connection, row: Row[Any]) -> Iterator[Correction]:
    """What one row of the trail changed, field by field."""
    old, new = content_of(row.old), content_of(row.new)
    at = moment_of(row.at)
    if row.kind == STUDY_FACT:
        name = str(new.get("name", ""))
        before, after = old.get("value"), new.get("value")
        if name == FALLBACK_PASSWORD:
            before, after = before and HIDDEN, HIDDEN
        yield Correction(at, row.actor, row.kind, 0, name, OTHER_LABELS.get(name, name), before, after, row.reason)
        return
    declared = KINDS[row.kind].fields if row.kind in KINDS else {}
    for name in (*declared, *sorted((old.keys() | new.keys()) - declared.keys())):
        if name not in UNSHOWN and old.get(name) != new.get(name):
            field = declared.get(name)
            yield Correction(
                at,
                row.actor,
                row.kind,
                row.record_id,
                name,
                field.label if field else OTHER_LABELS.get(name, name),
                value_of(connection, row.kind, field, old.get(name)),
                value_of(connection, row.kind, field, new.get(name)),
                row.reason,
            )


def value_of(connection: Connection, kind: str, field: Field | None, stored: Any) -> Any:  # noqa: ANN401
    """A value as the trail keeps it, as the value of its field; `COVERED` where the identity key would be needed.

    What the trail keeps for it and no such field can hold, somebody forged: that stays the text it is.
    """
    if stored is None or field is None or stored == BLACK:
        return stored
    place = sealed_place(KINDS[kind], field)
    decode = decoder(field.type)
    try:
        opened = of_connection(connection.info).open(stored, place) if place else stored
        if opened is None:
            return COVERED
        return decode(opened) if decode else opened
    except _FORGED:
        return str(stored)
