"""Locking visits and patients, and freezing the study: what is finished is not changed without a word."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection

from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.rights import Right
from models.persistence.column_types import encode
from models.persistence.rows import by_id
from models.protocols.model import Protocol
from models.queries.history import STUDY_FACT
from models.queries.locks import (
    FROZEN,
    Freeze,
    LockView,
    frozen,
    lock_on,
    locked_visits,
    refusal,
    standing_locks,
)
from models.queries.record_words import stored
from models.records import KINDS
from models.services import settings
from models.services.about import record_about, refuse_unknown_patient, said
from models.services.desk import Desk

Touched = tuple[str, int, Mapping[str, Any]]
"""A record to be entered (id 0), changed or withdrawn: its kind, its id, and the values that it would get."""


class Locking:
    """The locks of an open study. Unlocking voids the signatures under what it opens (`queries.signatures`)."""

    def __init__(self, desk: Desk) -> None:
        """Made by the study."""
        self._desk = desk
        self._frozen: Freeze | None = None
        self._read = False

    @property
    def frozen(self) -> Freeze | None:
        """Who froze the study, when and why; None while it is not frozen. Read once: nobody else writes meanwhile."""
        if not self._read:
            with self._desk.read.begin() as connection:
                self._frozen, self._read = frozen(connection), True
        return self._frozen

    def locks(self, patient: int) -> tuple[LockView, ...]:
        """The locks that hold for a patient, oldest first."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            return standing_locks(connection, patient)

    def refusal(self, patient: int, kind: str, record: int) -> str:
        """Why nothing may be changed in a record, or with `record` 0 entered as a new one; empty where it may.

        A new record of a locked visit is refused only when it is saved: before, it belongs to none.
        """
        self._desk.user.require(Right.READ_RECORD)
        try:
            with self._desk.read.begin() as connection:
                refuse_locked(connection, self._desk.protocol, patient, [(kind, record, {})])
        except TrialError as refused:
            return str(refused)
        return ""

    def lock(self, patient: int, visit: int | None, why: str) -> Changes:
        """Lock a visit with all that it covers, or without a visit the patient's whole record."""
        return self._turn(patient, visit, "lock", said(why, "Locking needs a reason: say why nothing may change."))

    def unlock(self, patient: int, visit: int | None, why: str) -> Changes:
        """Unlock it again. The signatures under it become void."""
        return self._turn(patient, visit, "unlock", said(why, "Unlocking needs a reason: say what has to change."))

    def freeze(self, why: str) -> Changes:
        """Freeze the study: from now on it is open for reading, printing and backups only."""
        return self._set_frozen("yes", said(why, "Freezing the study needs a reason: say why it is finished."))

    def unfreeze(self, why: str) -> Changes:
        """Unfreeze the study. Every signature in it becomes void."""
        return self._set_frozen("", said(why, "Unfreezing the study needs a reason: say what has to change."))

    def _turn(self, patient: int, visit: int | None, act: str, why: str) -> Changes:
        with self._desk.writing(Right.LOCK, why) as unit:
            if visit is None:
                refuse_unknown_patient(unit, patient)
            else:
                record_about(unit, patient, "visit", visit)
            locked = any(lock.visit == visit for lock in standing_locks(unit.connection, patient))
            if locked == (act == "lock"):
                raise TrialError(f"This is {'locked already' if locked else 'not locked'}. Read the page again.")
            made = unit.insert("record_lock", {"visit": visit, "act": act, "why": why}, patient)
        return Changes(patient, frozenset({"record_lock"}), (("record_lock", made),))

    def _set_frozen(self, value: str, why: str) -> Changes:
        with self._desk.writing(Right.LOCK, why, thawing=not value) as unit:
            if not value and frozen(unit.connection) is None:
                raise TrialError("The study is not frozen. Read the page again.")
            settings.put(unit, FROZEN, value)
        self._read = False
        return Changes(None, frozenset({STUDY_FACT}))


def refuse_locked(connection: Connection, protocol: Protocol, patient: int, edits: Iterable[Touched]) -> None:
    """Raise TrialError where one of the edits would change something locked, or add something to it."""
    locks = standing_locks(connection, patient) if patient else ()
    visits = locked_visits(connection, locks)
    for kind, id_, values in edits:
        record = by_id(connection, KINDS[kind].record, id_) if id_ else None
        if record is not None and record.patient != patient and not KINDS[kind].of_study:
            raise TrialError("This record is another patient’s. Open that patient and correct it there.")
        if record is not None and KINDS[kind].parent:
            record = by_id(connection, KINDS[KINDS[kind].parent].record, record.parent)
            values = {}
        if locks:
            now = stored(record) if record else {}
            then = {**now, **{name: encode(value) for name, value in values.items()}}
            name, number = (record.kind.name, record.id) if record else (kind, 0)
            if lock := lock_on(locks, visits, name, number, now, then):
                raise refusal(lock, protocol)
