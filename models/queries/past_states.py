"""The changes of a patient's records in their order, as the audit trail has them."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from models.persistence.schema import audit
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.queries.coverage import Key, Row
from models.queries.history import STUDY_FACT
from models.records import KINDS

_STATES = ("insert", "update")
_UNSAID = frozenset({"changed_at", "entered_at", "entered_by", "parent_id"})


class Change(NamedTuple):
    """A record entered or changed: what its row said before (empty where it was entered) and after."""

    seq: int
    at: datetime
    actor: str
    key: Key
    old: Row
    new: Row

    @property
    def fields(self) -> frozenset[str]:
        """The names of the fields that say something else now; "voided" where the record was withdrawn."""
        names = (self.old.keys() | self.new.keys()) - _UNSAID
        return frozenset(name for name in names if self.old.get(name) != self.new.get(name))

    @property
    def entered(self) -> bool:
        """Whether the record was not there before."""
        return not self.old


def head(connection: Connection) -> int:
    """The last position of the trail."""
    return int(connection.execute(select(func.coalesce(func.max(audit.c.seq), 0))).scalar_one())


def changes_of(connection: Connection, patient: int) -> Iterator[Change]:
    """Everything that the trail holds of one patient's records, and of the study's own facts, oldest first."""
    return _changes(connection, (audit.c.patient_id == patient) | (audit.c.kind == STUDY_FACT))


def changes_since(connection: Connection, position: int) -> Iterator[Change]:
    """What was changed in anybody's records after a position; of first entries only what belongs to another record."""
    children = [kind.name for kind in KINDS.values() if kind.parent]
    return _changes(connection, audit.c.seq > position, (audit.c.act == "update") | audit.c.kind.in_(children))


def _changes(connection: Connection, *which: ColumnElement[bool]) -> Iterator[Change]:
    columns = (TRAIL[name] for name in ("seq", "at", "actor", "kind", "record_id", "old", "new"))
    statement = select(*columns).where(audit.c.act.in_(_STATES), *which).order_by(audit.c.seq)
    for seq, at, actor, kind, record, old, new in rows_of(connection, statement):
        if kind in KINDS or kind == STUDY_FACT:
            yield Change(seq, moment_of(at), actor, (kind, record), content_of(old), content_of(new))
