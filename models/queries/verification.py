"""Source verification: which values a monitor has compared with the source, and which have changed since.

A mark on a record covers each of its fields and what belongs to it (the grades of an adverse event); a mark on a field
covers that field. A mark falls when the audit trail has, after its position, a change of what it covers; the other
values of a record stay verified. Nothing is stored about this.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, func, literal, select

from models.persistence.rows import all_standing, by_ids, of_parents, of_patients
from models.persistence.schema import TABLES
from models.queries.coverage import CLINICAL, Key, Row, State, covered, parent_of, without_papers
from models.queries.past_states import Change, changes_of, changes_since
from models.queries.record_words import field_words, printed_names, stored
from models.records import KINDS
from models.records.review import Verification

Value = tuple[str, int, str]
"""A kind, the id of a record, and a field of it; with an empty field the record as a whole."""


class Fall(NamedTuple):
    """What has changed under a mark, by whom, in a sentence; and when."""

    words: str
    at: datetime


class Mark(NamedTuple):
    """That somebody verified a record, or one field of it (`field` is empty for the whole record).

    `falls` has what changed since, value by value, the first change first; it is empty while all of it stands.
    """

    id: int
    kind: str
    record: int
    field: str
    by: str
    at: datetime
    falls: Mapping[Value, Fall]

    @property
    def stands(self) -> bool:
        """Whether what was verified is still what is there."""
        return not self.falls

    @property
    def fell(self) -> str:
        """What was changed first, as a sentence; empty while the mark stands."""
        return next((fall.words for fall in self.falls.values()), "")

    def on(self, *values: Value) -> "Mark":
        """The mark as it concerns these values: what changed elsewhere in the record leaves it standing."""
        return self._replace(falls={value: fall for value, fall in self.falls.items() if value in values})


class Share(NamedTuple):
    """How many values were verified and have not changed since, of how many that are filled in."""

    verified: int
    filled: int

    def __add__(self, other: object) -> "Share":
        """Both together."""
        assert isinstance(other, Share)
        return Share(self.verified + other.verified, self.filled + other.filled)


class VerificationView(NamedTuple):
    """The source verification of one patient: every mark, and the share by visit (by the id of its record) and in all.

    The identity is not part of it: a monitor does not see it. Neither are the papers: they are what values are compared
    with.
    """

    marks: tuple[Mark, ...]
    visits: Mapping[int, Share]
    whole: Share

    def of(self, kind: str, record: int, field: str = "") -> Mark | None:
        """What is known of a field or, without one, of a record: the newest standing mark, else the newest fallen one.

        None where it was never verified ("not verified"); a fallen mark means "was verified, changed since".
        """
        own = [m for m in self.marks if (m.kind, m.record) == (kind, record) and m.field in ("", field)]
        about = [m.on((kind, record, field), (kind, record, "")) for m in own] if field else own
        return max(about, key=lambda mark: (mark.stands, mark.id), default=None)


def verification(connection: Connection, patient: int) -> VerificationView:
    """What was verified of one patient, in three statements whatever there is."""
    made = list(of_patients(connection, Verification, [patient]))
    changes = list(changes_of(connection, patient))
    marks = _marks(made, changes, printed_names(connection))
    state: dict[Key, Row] = {change.key: change.new for change in changes}
    standing = _Counting(marks)
    visits = {id_: without_papers(covered(state, id_)) for kind, id_ in state if kind == "visit"}
    return VerificationView(
        marks,
        {id_: standing.share(state, keys) for id_, keys in visits.items() if keys},
        standing.share(state, without_papers(covered(state, None))),
    )


def shares(connection: Connection) -> dict[int, Share]:
    """The share verified of every patient, by id. The number of statements does not depend on how many there are."""
    filled: Counter[int] = Counter()
    for kind in sorted(CLINICAL):
        filled.update(_filled(connection, kind))
    verified = _verified(connection)
    return {patient: Share(verified[patient], values) for patient, values in filled.items()}


def _verified(connection: Connection) -> Counter[int]:
    made = list(all_standing(connection, Verification, "id"))
    if not made:
        return Counter()
    changes = list(changes_since(connection, min(mark.as_of for mark in made)))
    standing = _Counting(_marks(made, changes, {}))
    state: dict[Key, Row] = {}
    owner: dict[Key, int] = {}
    for kind, ids in standing.records.items():
        children = [child.record for child in KINDS.values() if child.parent == kind]
        found = [*by_ids(connection, KINDS[kind].record, ids)]
        found += [row for child in children for row in of_parents(connection, child, ids)]
        for record in found:
            if record.voided is None:
                key = (record.kind.name, record.id)
                state[key], owner[key] = stored(record), record.patient
    counted: Counter[int] = Counter()
    for key in state:
        counted[owner[key]] += standing.share(state, [key]).verified
    return counted


def _filled(connection: Connection, kind: str) -> dict[int, int]:
    """How many values each patient has in records of a kind."""
    table = TABLES[kind]
    owner: ColumnElement[int] = table.c.id if kind == "patient" else table.c.patient_id
    values = sum((case((table.c[name].is_not(None), 1), else_=0) for name in KINDS[kind].fields), start=literal(0))
    rows = connection.execute(select(owner, func.sum(values)).where(table.c.voided.is_(None)).group_by(owner))
    return {patient: int(count) for patient, count in rows}


def _marks(made: Sequence[Verification], changes: Iterable[Change], names: Mapping[str, str]) -> tuple[Mark, ...]:
    about: dict[Key, list[Verification]] = {}
    for mark in made:
        about.setdefault((mark.about_kind, mark.about_id), []).append(mark)
    falls: dict[int, dict[Value, Fall]] = {mark.id: {} for mark in made}
    for change in changes:
        who = names.get(change.actor, change.actor)
        for key in _touched(change):
            for mark in about.get(key, ()):
                if change.seq > mark.as_of:
                    for value, what in _fallen(change, mark):
                        falls[mark.id].setdefault(value, Fall(f"{what} by {who}.", change.at))
    return tuple(_view(mark, falls[mark.id], names) for mark in made)


def _touched(change: Change) -> Iterator[Key]:
    """The records whose marks a change may touch: its own, and the one it belongs to."""
    yield change.key
    if change.key[0] in CLINICAL and (parent := parent_of(change.key[0], change.new)):
        yield parent


def _fallen(change: Change, mark: Verification) -> Iterator[tuple[Value, str]]:
    """The values under a mark that a change touched, each with the beginning of a sentence about it."""
    kind, id_ = change.key
    own = (mark.about_kind, mark.about_id) == (kind, id_)
    if mark.about_field and not own:
        return
    title = KINDS[kind].title
    if change.entered or "voided" in change.fields:
        yield (kind, id_, ""), f"{title} {'added' if change.entered else 'withdrawn'}"
    else:
        for name in KINDS[kind].fields:
            if name in change.fields and mark.about_field in (None, name):
                words = f"{field_words(kind, name)} changed"
                yield (kind, id_, name), words if own else f"{title}: {words}"


def _view(mark: Verification, falls: Mapping[Value, Fall], names: Mapping[str, str]) -> Mark:
    assert mark.entered_at is not None
    by = names.get(mark.entered_by, mark.entered_by)
    return Mark(mark.id, mark.about_kind, mark.about_id, mark.about_field or "", by, mark.entered_at, falls)


class _Counting:
    """The marks, for counting what of them stands."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        self._marks: dict[Value, list[Mark]] = {}
        for mark in marks:
            self._marks.setdefault((mark.kind, mark.record, mark.field), []).append(mark)
        self.records: dict[str, list[int]] = {}
        for kind, record in sorted({(kind, record) for kind, record, _ in self._marks}):
            self.records.setdefault(kind, []).append(record)

    def share(self, state: State, keys: Iterable[Key]) -> Share:
        """Of the values of these records."""
        verified = filled = 0
        for key in keys:
            values = [name for name in KINDS[key[0]].fields if state[key].get(name) is not None]
            whole = [*self._marks.get((*key, ""), ())]
            if parent := parent_of(key[0], state[key]):
                whole += self._marks.get((*parent, ""), ())
            filled += len(values)
            verified += sum(self._stands(key, name, whole) for name in values)
        return Share(verified, filled)

    def _stands(self, key: Key, name: str, whole: Sequence[Mark]) -> bool:
        marks = (*whole, *self._marks.get((*key, name), ()))
        return any((*key, name) not in mark.falls and (*key, "") not in mark.falls for mark in marks)
