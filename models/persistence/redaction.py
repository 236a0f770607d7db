"""Blacking a personal text out of the audit trail: logged, justified, with the chain unbroken (ICH E6(R3) 4.2.2).

Each row keeps its link, which covers the fingerprint of what it said; the event that is added to the trail keeps that
fingerprint and the one of what is left, so that nobody changes the rest unseen, and says who did it, when and why. The
text itself is gone from the file.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from models.domain.errors import TrialError
from models.persistence.acting import acting_of
from models.persistence.audit import CONTENT, EVENT
from models.persistence.chain import fingerprint
from models.persistence.unit_of_work import UnitOfWork

ACT = "redaction"
BLACK = "[removed from the audit trail]"


class Redacted(NamedTuple):
    """Fingerprints of a row of the trail: of what it said, which its link covers, and of what it says since."""

    said: bytes
    says: bytes


def redact(unit: UnitOfWork, kind: str, record: int, field: str) -> int:
    """Black out every former value of a field of a record; returns in how many rows of the trail.

    Raises TrialError where there is no former value: what still stands in the record is corrected there first.
    """
    rows = unit.connection.execute(
        text(
            f"SELECT seq, patient_id, old, new, {CONTENT} AS content FROM audit "
            "WHERE kind = :kind AND record_id = :record AND act IN ('insert', 'update') ORDER BY seq"
        ),
        {"kind": kind, "record": record},
    ).all()
    standing = json.loads(rows[-1].new).get(field) if rows else None
    known = redacted_rows(unit.connection)
    blackened: dict[int, tuple[str, str]] = {}
    own = acting_of(unit.connection)
    own.redacts = True
    try:
        for row in rows:
            old, new = (_blackened(content, field, standing) for content in (row.old, row.new))
            if (old, new) != (row.old, row.new):
                said = known[row.seq].said if row.seq in known else fingerprint(row.content)
                says = unit.connection.execute(
                    text(f"UPDATE audit SET old = :old, new = :new WHERE seq = :seq RETURNING {CONTENT}"),
                    {"seq": row.seq, "old": old, "new": new},
                ).scalar_one()
                blackened[row.seq] = said.hex(), fingerprint(says).hex()
    finally:
        own.redacts = False
    if not blackened:
        raise TrialError(
            "The audit trail holds no former value of this field. A text that still stands in the record is corrected "
            "there first."
        )
    details = {"kind": kind, "record": record, "field": field, "rows": blackened}
    unit.note(ACT, details, rows[0].patient_id or 0)
    return len(blackened)


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


def _blackened(content: str | None, field: str, standing: Any) -> str | None:  # noqa: ANN401 - as JSON holds it
    """The same row content with the field's value covered, unless it is the one that stands."""
    held = json.loads(content) if content else {}
    if held.get(field) is None or held[field] in (standing, BLACK):
        return content
    return json.dumps({**held, field: BLACK}, ensure_ascii=False, separators=(",", ":"))
