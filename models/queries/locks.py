"""What is locked: visits, patients, and with a frozen study everything."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from models.domain.date_notation import NO_MOMENT, write_moment
from models.domain.errors import TrialError
from models.domain.notation import Desk as Notation
from models.persistence.engine import tell_driver
from models.persistence.rows import by_ids, of_patients
from models.persistence.schema import audit, facts
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.protocols.model import Protocol
from models.queries.coverage import Row, belongs
from models.queries.record_words import printed_names, stored
from models.records.review import RecordLock
from models.records.visits import Visit

FROZEN = "frozen"
"""The fact of the study that is "yes" while it is frozen, and empty after it was unfrozen."""


_IS_FROZEN = f"SELECT value FROM {facts.name} WHERE name = :name"
_HAS_LOCK = "SELECT 1 FROM record_lock WHERE patient_id = :patient AND voided IS NULL LIMIT 1"


class LockView(NamedTuple):
    """A lock that holds: on a visit, or with `visit` None on the whole patient; by whom, when and why.

    `code` is the visit's, for its name in the protocol.
    """

    patient: int
    visit: int | None
    code: str
    by: str
    at: datetime
    why: str


class Freeze(NamedTuple):
    """That the study is frozen: by whom, when and why."""

    by: str
    at: datetime
    why: str


def standing_locks(connection: Connection, patient: int) -> tuple[LockView, ...]:
    """The locks that hold for a patient, the oldest first."""
    if tell_driver(connection, _HAS_LOCK, {"patient": patient}).fetchone() is None:
        return ()
    last: dict[int | None, RecordLock] = {}
    for lock in of_patients(connection, RecordLock, [patient]):
        last[lock.visit] = lock
    held = [lock for lock in last.values() if lock.act == "lock"]
    if not held:
        return ()
    names = printed_names(connection)
    codes = {visit.id: visit.code for visit in by_ids(connection, Visit, [lock.visit for lock in held if lock.visit])}
    return tuple(
        LockView(
            lock.patient,
            lock.visit,
            codes.get(lock.visit or 0, ""),
            names.get(lock.entered_by, lock.entered_by),
            lock.entered_at,
            lock.why or "",
        )
        for lock in sorted(held, key=lambda lock: lock.id)
        if lock.entered_at is not None
    )


def locked_visits(connection: Connection, locks: Iterable[LockView]) -> dict[int, Row]:
    """What the records of the locked visits say, by their ids."""
    ids = [lock.visit for lock in locks if lock.visit]
    return {visit.id: stored(visit) for visit in by_ids(connection, Visit, ids)} if ids else {}


def lock_on(locks: Iterable[LockView], visits: dict[int, Row], kind: str, id_: int, *rows: Row) -> LockView | None:
    """The lock that stands on a record, as it is or as it would be (`rows`)."""
    for lock in locks:
        if lock.visit is None or (kind == "visit" and id_ == lock.visit):
            return lock
        if any(belongs(kind, row, visits[lock.visit]) for row in rows):
            return lock
    return None


def refusal(lock: LockView, protocol: Protocol, notation: Notation = Notation.ENGLISH) -> TrialError:
    """What a person is told who would change something locked."""
    plan = protocol.visit(lock.code)
    what = f"The visit “{plan.label if plan else 'Unscheduled visit'}”" if lock.visit else "This patient’s record"
    return TrialError(
        f"{what} was locked by {lock.by} on {write_moment(lock.at, notation)} ({lock.why}), so nothing in it can be "
        "changed. Ask an investigator to unlock it, with a reason."
    )


def frozen(connection: Connection) -> Freeze | None:
    """Who froze the study, None while it is not frozen."""
    if tell_driver(connection, _IS_FROZEN, {"name": FROZEN}).fetchone() != ("yes",):
        return None
    names = printed_names(connection)
    told = select(*(TRAIL[name] for name in ("at", "actor", "reason", "new"))).where(audit.c.kind == facts.name)
    for at, actor, reason, new in rows_of(connection, told.order_by(audit.c.seq.desc())):
        if content_of(new).get("name") == FROZEN:
            return Freeze(names.get(actor, actor), moment_of(at), reason)
    return Freeze("somebody whom the audit trail does not name", NO_MOMENT, "no reason that can be read")


def refuse_frozen(connection: Connection) -> None:
    """Raise TrialError where the study is frozen."""
    found = frozen(connection)
    if found is not None:
        raise TrialError(
            f"The study was frozen by {found.by} on {write_moment(found.at, Notation.ENGLISH)} ({found.why}). It is "
            "open for reading only. Ask an investigator to unfreeze it, with a reason."
        )
