"""Blacking a personal text out of the audit trail: logged, justified, with the chain unbroken (ICH E6(R3) 4.2.2).

Each row keeps its link, which covers the fingerprint of what it said; the event that is added to the trail keeps that
fingerprint and the one of what is left, so that nobody changes the rest unseen, and says who did it, when and why. The
text itself is gone from the file.

Only what a person typed as text can go so: a former text of a field, and the reason of a change. A value that was
measured, chosen or dated is evidence, and names nobody.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from models.domain.errors import TrialError
from models.domain.fields import FieldType
from models.persistence.acting import acting_of
from models.persistence.audit import CONTENT, EVENT
from models.persistence.chain import fingerprint
from models.persistence.identity_seal import of_connection
from models.persistence.schema import sealed_place
from models.persistence.unit_of_work import UnitOfWork
from models.records import KINDS

ACT = "redaction"
BLACK = "[removed from the audit trail]"
_NOT_TYPED = frozenset(
    {"about_field", "about_kind", "digest", "login", "printed_name", "rule", "secret", "sha256", "stored_as"}
    | {"screening_number", "subject_number", "version"}
)
"""Texts by which the program and people know what is what; without them the trail would say nothing any more."""
_NOT_CORRECTED = frozenset(
    {("data_cut", "comment"), ("data_cut", "name"), ("flag", "answer"), ("flag", "message")}
    | {("query_step", "words"), ("record_lock", "why")}
)
"""Texts that no command corrects: to leave the trail they leave the record too."""
_REASONS = ("answer", "voided", "why")
"""Where a record keeps the reason of a change: an open question, a withdrawal, a lock."""


class Redacted(NamedTuple):
    """Fingerprints of a row of the trail: of what it said, which its link covers, and of what it says since."""

    said: bytes
    says: bytes


class Removed(NamedTuple):
    """What is gone: from how many rows of the trail, and the texts themselves, which may stand in a draft."""

    rows: int
    texts: frozenset[str]


def is_text(kind: str, field: str) -> bool:
    """Whether a field holds what a person typed as text, so that a name of somebody may have got into it."""
    declared = KINDS[kind].fields.get(field) if kind in KINDS and kind != "account" else None
    return declared is not None and declared.type in (FieldType.TEXT, FieldType.NOTE) and field not in _NOT_TYPED


def redact_text(unit: UnitOfWork, kind: str, record: int, field: str) -> Removed:
    """Black out every former text of a field that a person typed.

    The standing one goes too where nobody can correct it: in a record that was withdrawn, or in what a query says.

    Raises TrialError where the field is no such text, and as `redact`.
    """
    if not is_text(kind, field):
        declared = KINDS[kind].fields.get(field) if kind in KINDS else None
        raise TrialError(
            f"{declared.label if declared else 'This'} is no text that somebody typed, and stays in the audit trail. "
            "Only texts can be removed from it; a wrong value is corrected."
        )
    if (kind, field) in _NOT_CORRECTED or unit.read(kind, record).voided is not None:
        unit.cover(kind, record, field, BLACK)
    return redact(unit, kind, record, field)


def redact(unit: UnitOfWork, kind: str, record: int, field: str) -> Removed:
    """Black out every former value of a field of a record.

    Raises TrialError where there is no former value: what still stands is corrected first, or the record withdrawn.
    """
    rows = unit.connection.execute(
        text(
            "SELECT seq, patient_id, old, new, reason FROM audit "
            "WHERE kind = :kind AND record_id = :record AND act IN ('insert', 'update') ORDER BY seq"
        ),
        {"kind": kind, "record": record},
    ).all()
    standing = json.loads(rows[-1].new).get(field) if rows else None
    changed, former = [], set()
    for row in rows:
        held = [json.loads(content).get(field) if content else None for content in (row.old, row.new)]
        gone = {value for value in held if value not in (None, standing, BLACK)}
        if gone:
            former |= gone
            covered = (_covered(content, field, gone) for content in (row.old, row.new))
            changed.append((row.seq, *covered, row.reason))
    if not changed:
        raise TrialError(
            "The audit trail holds no former value of this field. A text that still stands in the record is corrected "
            "there first, or the record is withdrawn."
        )
    blackened = _black_out(unit, changed)
    unit.note(ACT, {"kind": kind, "record": record, "field": field, "rows": blackened}, rows[0].patient_id or 0)
    declared, sealing = KINDS[kind].fields.get(field), of_connection(unit.connection.info)
    place = sealed_place(KINDS[kind], declared) if declared else ""
    opened = (sealing.open(value, place) if place else value for value in former)
    return Removed(len(blackened), frozenset(value for value in opened if value))


def redact_reason(unit: UnitOfWork, row: int) -> Removed:
    """Black out the reason of a change: in every row of what was saved with it, and where the record keeps it too.

    Raises TrialError where that row of the trail has none.
    """
    asked = unit.connection.execute(
        text("SELECT at, actor, kind, record_id, patient_id, reason FROM audit WHERE seq = :row"), {"row": row}
    ).first()
    if asked is None or asked.reason in ("", BLACK):
        raise TrialError(
            "This line of the audit trail has no reason that could be removed. Choose the line that has it."
        )
    together = unit.connection.execute(
        text(
            "SELECT seq, kind, record_id, old, new FROM audit "
            "WHERE at = :at AND actor = :actor AND reason = :reason ORDER BY seq"
        ),
        {"at": asked.at, "actor": asked.actor, "reason": asked.reason},
    ).all()
    blackened = _black_out(unit, [(each.seq, each.old, each.new, BLACK) for each in together])
    about = {"kind": asked.kind, "record": asked.record_id} if asked.kind in KINDS else {}
    unit.note(ACT, {**about, "what": "reason", "rows": blackened}, asked.patient_id or 0)
    kept = {
        (each.kind, each.record_id, name)
        for each in together
        if each.kind in KINDS
        for name in _REASONS
        if json.loads(each.new).get(name) == asked.reason
    }
    for kind, record, name in sorted(kept):
        if getattr(unit.read(kind, record), name) == asked.reason:
            unit.cover(kind, record, name, BLACK)
        redact(unit, kind, record, name)
    return Removed(len(blackened), frozenset({asked.reason}))


def redacted_rows(connection: Connection) -> Mapping[int, Redacted]:
    """The rows of which something was blacked out; the last event about a row holds. Forged events say nothing."""
    found = connection.execute(
        text("SELECT new FROM audit WHERE kind = :kind AND act = :act ORDER BY seq"), {"kind": EVENT, "act": ACT}
    )
    rows: dict[int, Redacted] = {}
    for (details,) in found:
        with suppress(ValueError, KeyError, TypeError, AttributeError, RecursionError):
            told = json.loads(details)["rows"]
            rows |= {int(row): Redacted(*map(bytes.fromhex, digests)) for row, digests in told.items()}
    return rows


def _black_out(
    unit: UnitOfWork, changed: Iterable[tuple[int, str | None, str | None, str]]
) -> dict[int, tuple[str, str]]:
    """Write what is left of these rows (old, new, reason); returns row -> fingerprints of what it said and says."""
    known = redacted_rows(unit.connection)
    said = text(f"SELECT {CONTENT} FROM audit WHERE seq = :seq")
    left = text(f"UPDATE audit SET old = :old, new = :new, reason = :reason WHERE seq = :seq RETURNING {CONTENT}")
    blackened: dict[int, tuple[str, str]] = {}
    own = acting_of(unit.connection)
    own.redacts = True
    try:
        for seq, old, new, reason in changed:
            before = fingerprint(unit.connection.execute(said, {"seq": seq}).scalar_one())
            after = unit.connection.execute(left, {"seq": seq, "old": old, "new": new, "reason": reason}).scalar_one()
            first = known[seq].said if seq in known else before
            blackened[seq] = first.hex(), fingerprint(after).hex()
    finally:
        own.redacts = False
    return blackened


def _covered(content: str | None, field: str, gone: Iterable[Any]) -> str | None:
    """The same row content with the field covered, where it says something that has to go."""
    held = json.loads(content) if content else {}
    if held.get(field) not in gone or held.get(field) is None:
        return content
    return json.dumps({**held, field: BLACK}, ensure_ascii=False, separators=(",", ":"))
