"""What a visit covers: the records that are signed, locked and counted together with it.

A visit covers its own record; every record that names it; every record that names no visit and was collected, assessed,
measured or done on its day; what belongs to these (the replicates of an MRD result); and the papers about any of them,
from which it was reviewed. Unscheduled visits share one code, so that a record that names one must be of its day too.
What goes on after a visit (phases, doses, adverse events, other medication) belongs to no visit: its end would make
every earlier signature void. It is covered by the whole record of the patient, as is everything with all papers but the
identity, which is kept apart, and the program's own doubts.

Rows are mappings of stored texts, as the audit trail and the tables have them. A forged one may say anything.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from models.records import KINDS
from models.records.visits import UNSCHEDULED

Key = tuple[str, int]
"""The name of a kind and the id of a record."""
Row = Mapping[str, Any]
State = Mapping[Key, Row]
"""What a patient's records said at some moment, withdrawn ones included."""

CLINICAL = frozenset(
    name for name, kind in KINDS.items() if not kind.of_study and not kind.review and name not in {"identity", "flag"}
)
"""The kinds that make up the record of a patient."""
PAPER = "document"
KEEPING = frozenset({"secret", "shows_identity", "stored_as"})
"""How a paper is kept, not what it is: where its mark is corrected, the same file is encrypted anew."""

_DAYS = ("collected", "assessed", "measured", "done")
_DAY_OF = {name: day for name in CLINICAL for day in _DAYS if day in KINDS[name].fields}
_FULL = len("2026-01-31")


def belongs(kind: str, row: Row, visit: Row) -> bool:
    """Whether a record belongs to a visit by what it says itself: by the visit it names, or by its day."""
    if kind not in _DAY_OF:
        return False
    day, code = visit.get("date") or "", visit.get("code")
    same_day = len(str(day)) == _FULL and row.get(_DAY_OF[kind]) == day
    named = row.get("visit")
    if named and code != UNSCHEDULED:
        return bool(named == code)
    return same_day and named in (None, code)


def parent_of(kind: str, row: Row) -> Key | None:
    """The record that a row belongs to besides its patient."""
    parent = row.get("parent_id")
    return (KINDS[kind].parent, parent) if KINDS[kind].parent and isinstance(parent, int) else None


def about_of(kind: str, row: Row) -> Key | None:
    """The record that a paper is about; None for other kinds, and for a paper about the patient as a whole."""
    about, id_ = row.get("about_kind"), row.get("about_id")
    return (about, id_) if kind == PAPER and isinstance(about, str) and isinstance(id_, int) else None


def covered(state: State, visit: int | None) -> frozenset[Key]:
    """The standing records that a visit covers, or without a visit the whole record of the patient."""
    standing = {key: row for key, row in state.items() if key[0] in CLINICAL | {PAPER} and not row.get("voided")}
    if visit is None:
        return frozenset(standing)
    own = standing.get(("visit", visit))
    if own is None:
        return frozenset()
    top = {key for key, row in standing.items() if belongs(key[0], row, own)} | {("visit", visit)}
    data = top | {key for key, row in standing.items() if parent_of(key[0], row) in top}
    return frozenset(data | {key for key, row in standing.items() if about_of(key[0], row) in data})


def without_papers(keys: frozenset[Key]) -> frozenset[Key]:
    """The records alone."""
    return frozenset(key for key in keys if key[0] != PAPER)


def digest(state: State, keys: frozenset[Key]) -> str:
    """SHA-256 over the records as canonical JSON: kind, id and everything each of them says, in order.

    Of a paper without `KEEPING`: the key of its file may have to leave the trail.
    """
    content = [[kind, id_, _said(kind, state[kind, id_])] for kind, id_ in sorted(keys)]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _said(kind: str, row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if kind != PAPER or name not in KEEPING}
