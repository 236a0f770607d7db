"""Entering, correcting and withdrawing records: the one way in which anything reaches the store."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, select

from models.domain.characters import told
from models.domain.context import Changes, Context
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError, errors_of, warnings_of
from models.domain.notation import Desk as Notation
from models.domain.partial_dates import PartialDate
from models.domain.rights import Right
from models.domain.sentence import write_sentence
from models.persistence.engine import tell_driver
from models.persistence.rows import all_standing, by_id, of_parent, of_patients
from models.persistence.schema import TABLES, sealed_place
from models.persistence.schema import facts as of_the_study
from models.persistence.unit_of_work import UnitOfWork
from models.queries.coverage import CLINICAL
from models.records import KINDS, Record
from models.records.laboratory import LabRange
from models.services.about import refuse_unknown_patient
from models.services.desk import Desk
from models.services.drafts import forget
from models.services.edit import Edit
from models.services.locking import refuse_locked

# The checks are loaded when something is first saved or checked: a start would pay for them.
if TYPE_CHECKING:
    from models.checks.facts import Facts, Proposal, Siblings

_ENTERED = CLINICAL | {"identity", LabRange.kind.name}
"""Kinds that are entered and withdrawn here. What is said about data, and accounts, have services with their rights."""


@dataclass(slots=True)
class _Saved:
    records: list[tuple[str, int]] = field(default_factory=list)
    flags: list[tuple[Finding, str, int]] = field(default_factory=list)


def check_edit(
    connection: Connection, desk: Desk, patient: int, edit: Edit, beside: Sequence[Edit] = ()
) -> tuple[Finding, ...]:
    """What stands against an edit, without saving anything; `beside` is what would be saved together with it."""
    return _check(_proposal(connection, edit), _facts(connection, desk, patient, beside))


def save(desk: Desk, patient: int, edits: Sequence[Edit], by: Context) -> Changes:
    """Enter or correct records in one transaction.

    Raises RejectedError where a value is impossible, or where a value is doubtful, or a stored value changes, and no
    reason was given. Doubtful values saved with a reason leave an open question on the record. A new patient comes
    first in `edits`, with `patient` 0; what follows belongs to that patient.
    """
    with desk.writing(Right.ENTER, by.reason) as unit:
        _refuse_other_kinds(edit.kind for edit in edits)
        _refuse_withdrawing(edits)
        if patient:
            refuse_unknown_patient(unit, patient)
        refuse_locked(unit.connection, desk.protocol, patient, ((e.kind, e.id, e.values) for e in edits))
        facts = _facts(unit.connection, desk, patient, edits)
        saved = _Saved()
        for edit in edits:
            _save_one(unit, facts, patient, edit, 0, saved)
            if edit.kind == "patient":
                patient = patient or saved.records[0][1]
        for finding, kind, id_ in saved.flags:
            saved.records.append(("flag", _flag(unit, patient, finding, kind, id_)))
        for edit in edits:
            if edit.draft:
                forget(unit.connection, unit.by.actor, edit.draft)
    return Changes(patient or None, frozenset(kind for kind, _ in saved.records), tuple(saved.records))


def withdraw(desk: Desk, patient: int, kind: str, id_: int, by: Context) -> Changes:
    """Flag a record as withdrawn, with a reason. Its children go with it; nothing is deleted."""
    if not told(by.reason):
        raise TrialError("A record is withdrawn with a reason. Say why it does not belong here.")
    with desk.writing(Right.ENTER, by.reason) as unit:
        _refuse_other_kinds([kind])
        if kind == "patient":
            raise TrialError(
                "A patient is never withdrawn from the record. Keep why somebody did not enter or left the study: as a "
                "screen failure, or as the end of participation."
            )
        refuse_locked(unit.connection, desk.protocol, patient, [(kind, id_, {})])
        gone = [(kind, id_)]
        for child in (k for k in KINDS.values() if k.parent == kind):
            gone += [(child.name, record.id) for record in of_parent(unit.connection, child.record, id_)]
        for name, record_id in gone:
            unit.withdraw(name, record_id)
    return Changes(patient or None, frozenset(name for name, _ in gone), tuple(gone))


def _check(proposal: "Proposal", facts: "Facts") -> tuple[Finding, ...]:
    from models.checks.by_kind import check

    return check(proposal, facts)


def _save_one(unit: UnitOfWork, facts: "Facts", patient: int, edit: Edit, parent: int, saved: _Saved) -> None:
    if edit.withdrawn:
        unit.withdraw(edit.kind, edit.id)
        saved.records.append((edit.kind, edit.id))
        return
    _refuse_untyped(edit)
    findings = () if parent else _check(_proposal(unit.connection, edit), facts)
    if impossible := errors_of(findings):
        raise RejectedError(impossible)
    doubtful = tuple(f for f in warnings_of(findings) if not _asked_before(unit, edit, f))
    if doubtful and not unit.by.reason:
        raise RejectedError(doubtful)
    if edit.id:
        id_ = edit.id
        if unit.correct(edit.kind, id_, edit.values):
            saved.records.append((edit.kind, id_))
    else:
        id_ = unit.insert(edit.kind, {**_filled(edit), **_of_study(unit, edit.kind)}, patient, parent)
        saved.records.append((edit.kind, id_))
    saved.flags += [(finding, edit.kind, id_) for finding in doubtful]
    for child in edit.children:
        _refuse_strange_child(unit, edit.kind, id_, child)
        _save_one(unit, facts, patient, child, id_, saved)


def _refuse_withdrawing(edits: Iterable[Edit]) -> None:
    """A record of its own goes by `withdraw`, which takes its children along and refuses what may not go."""
    if gone := [edit.kind for edit in edits if edit.withdrawn]:
        raise TrialError(f"This record ({KINDS[gone[0]].title.lower()}) is withdrawn, not saved. Use Withdraw for it.")


def _refuse_other_kinds(kinds: Iterable[str]) -> None:
    for kind in kinds:
        if kind not in _ENTERED:
            title = KINDS[kind].title.lower() if kind in KINDS else kind
            raise TrialError(f"This is not entered as data ({title}). Use the page that is made for it.")


def _refuse_strange_child(unit: UnitOfWork, kind: str, id_: int, child: Edit) -> None:
    """A child is reached through its own record only: whether that is locked was asked of it."""
    own = KINDS[child.kind].parent == kind
    if not own or (child.id and by_id(unit.connection, KINDS[child.kind].record, child.id).parent != id_):
        raise TrialError(f"{KINDS[child.kind].title} belongs to another record. Open that one and correct it there.")


def _filled(edit: Edit) -> dict[str, Any]:
    return {name: value for name, value in edit.values.items() if value not in (None, "", ())}


def _refuse_untyped(edit: Edit) -> None:
    fields = KINDS[edit.kind].fields
    for label in (fields[name].label for name in edit.values if not fields[name].typed):
        raise TrialError(f"“{label}” follows from the study and is never changed in a record. Leave it as it is.")


def _of_study(unit: UnitOfWork, kind: str) -> dict[str, Any]:
    """What a new record takes from the study: whether a patient is made up was said when the study was made."""
    if kind != "patient":
        return {}
    made_up = select(of_the_study.c.value).where(of_the_study.c.name == "synthetic")
    return {"synthetic": True} if unit.connection.execute(made_up).scalar() == "yes" else {}


def _asked_before(unit: UnitOfWork, edit: Edit, finding: Finding) -> bool:
    """Whether this very doubt was already answered on this record, so that nobody is asked twice."""
    if not edit.id:
        return False
    table = TABLES["flag"]
    known = select(table.c.id).where(
        table.c.about_kind == edit.kind,
        table.c.about_id == edit.id,
        table.c.rule == finding.rule,
        table.c.message == write_sentence(finding.message, Notation.ENGLISH),
        table.c.voided.is_(None),
    )
    return unit.connection.execute(known).first() is not None


def _flag(unit: UnitOfWork, patient: int, finding: Finding, kind: str, id_: int) -> int:
    values = {
        "about_kind": kind,
        "about_id": id_,
        "about_field": finding.field or None,
        "rule": finding.rule,
        "message": write_sentence(finding.message, Notation.ENGLISH),
        "answer": unit.by.reason,
    }
    return unit.insert("flag", {k: v for k, v in values.items() if v is not None}, patient)


def _proposal(connection: Connection, edit: Edit) -> "Proposal":
    """The record as it would stand after the edit, with all its children: a correction names only what changes."""
    from models.checks.facts import Proposal

    children = [(c.kind, _standing(connection, c)) for c in edit.children if not c.withdrawn]
    named = {c.id for c in edit.children}
    for kind in (k for k in KINDS.values() if edit.id and k.parent == edit.kind):
        stored = of_parent(connection, kind.record, edit.id)
        children += [(kind.name, child.values()) for child in stored if child.id not in named]
    return Proposal(edit.kind, _standing(connection, edit), edit.id, tuple(children))


def _standing(connection: Connection, edit: Edit) -> dict[str, Any]:
    if not edit.id:
        return dict(edit.values)
    return {**by_id(connection, KINDS[edit.kind].record, edit.id).values(), **edit.values}


def _facts(connection: Connection, desk: Desk, patient: int, edits: Sequence[Edit]) -> "Facts":
    """What is stored, and of birth, age, consent and death what the edits make of it: they are often saved together."""
    from models.checks.facts import Facts

    *days, age = tell_driver(connection, _life(), {"patient": patient}).fetchone()
    born, consented, died = (PartialDate.from_iso(day) if day else None for day in days)
    for edit in edits:
        if edit.kind == "identity":
            born = edit.values.get("birth_date", born)
        elif edit.kind == "patient":
            age = edit.values.get("age", age)
        elif edit.kind == "consent" and not edit.id:
            consented = consented or edit.values.get("signed")
        elif edit.kind == "death" and not edit.id:
            died = died or edit.values.get("date")
    return Facts(desk.protocol, desk.clock.now(), _siblings(connection, patient), born, consented, died, age)


def _earliest(kind: str, name: str) -> str:
    place = sealed_place(KINDS[kind], KINDS[kind].fields[name])
    column = f"unseal({name}, '{place}')" if place else name
    return f"(SELECT {column} FROM {kind} WHERE patient_id = :patient AND voided IS NULL ORDER BY {name} LIMIT 1)"


@cache
def _life() -> str:
    """Birth, first consent, death and recorded age of a patient in one statement."""
    days = (_earliest("identity", "birth_date"), _earliest("consent", "signed"), _earliest("death", "date"))
    return f"SELECT {', '.join(days)}, (SELECT age FROM patient WHERE id = :patient)"


def _siblings(connection: Connection, patient: int) -> "Siblings":
    def read(kind: str, **same: object) -> Sequence[Record]:
        record = KINDS[kind].record
        if KINDS[kind].of_study:
            found = all_standing(connection, record, "id")
            return tuple(each for each in found if all(getattr(each, name) == value for name, value in same.items()))
        return tuple(of_patients(connection, record, [patient], **same))

    return read
