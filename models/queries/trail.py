"""Reading the audit trail: by patient, record, field, person and day, newest first, a page at a time."""

from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, select

from models.domain.notation import Desk as Notation
from models.domain.partial_dates import PartialDate
from models.persistence.audit import EVENT
from models.persistence.schema import audit
from models.persistence.trail_reading import TRAIL, content_of, moment_of, rows_of
from models.protocols.model import Protocol
from models.queries.history import STUDY_FACT, Correction, changes
from models.queries.record_words import patient_labels, printed_names
from models.queries.trail_naming import Naming
from models.records import KINDS

PAGE = 200
"""Lines read at once."""
_TITLES = {STUDY_FACT: "Study setting", "protocol": "Protocol", EVENT: ""}


class TrailFilter(NamedTuple):
    """Which part of the trail; what is left empty does not narrow it.

    `kinds` are names of kinds, or "event". A month or a year in the place of a `day` stands for all its days. `before`
    is the row that the last page ended at. `nobody` wants only what is about no patient.
    """

    patient: int = 0
    kinds: tuple[str, ...] = ()
    record: int = 0
    field: str = ""
    actor: str = ""
    day: PartialDate | None = None
    before: int = 0
    nobody: bool = False


EVERYTHING = TrailFilter()


class TrailLine(NamedTuple):
    """One row of the trail: who, when and why; what was entered or changed; or the event and its details.

    `actor` is the login, `name` the printed name of that account. `patient` is the number the patient is known by,
    empty where the line is about none. `act` is "insert", "update" or an event's name. `title` names the kind of
    record, `which` the record among those of its kind, or what an event is about; `told` is what else an event says.
    """

    row: int
    at: datetime
    actor: str
    name: str
    act: str
    kind: str
    title: str
    which: str
    record: int
    patient_id: int
    patient: str
    changes: tuple[Correction, ...]
    details: Mapping[str, Any]
    told: str
    reason: str


def lines(
    engine: Engine,
    protocol: Protocol,
    notation: Notation = Notation.ENGLISH,
    wanted: TrailFilter = EVERYTHING,
    limit: int = PAGE,
) -> tuple[TrailLine, ...]:
    """The newest lines that fit, at most `limit`. `notation` is how dates are written in what is named."""
    fits = tuple(_conditions(wanted))
    newest = select(audit.c.seq).where(*fits).order_by(audit.c.seq.desc()).limit(None if wanted.field else limit)
    # By their numbers first: the database would sort whole rows, and of a large trail that is all of its texts.
    statement = select(*TRAIL.values()).where(audit.c.seq.in_(newest)).order_by(audit.c.seq.desc())
    with engine.begin() as connection:
        found = _found(connection, statement, wanted.field, limit)
        naming = Naming(connection, protocol, notation, ((one.row.kind, one.content) for one in found))
        numbers, names = patient_labels(connection), printed_names(connection)
        return tuple(_line(one, naming, numbers, names) for one in found)


def _conditions(wanted: TrailFilter) -> Iterator[ColumnElement[bool]]:
    if wanted.patient:
        yield audit.c.patient_id == wanted.patient
    if wanted.nobody:
        yield audit.c.patient_id.is_(None)
    if wanted.kinds:
        yield audit.c.kind.in_(wanted.kinds)
    if wanted.record:
        yield audit.c.record_id == wanted.record
    if wanted.actor:
        yield audit.c.actor == wanted.actor
    if wanted.day:
        yield audit.c.at.startswith(wanted.day.iso)
    if wanted.before:
        yield audit.c.seq < wanted.before


def people(engine: Engine) -> Mapping[str, str]:
    """Everybody the trail knows, by login, in the order of the logins: the printed name, else the login itself."""
    with engine.begin() as connection:
        names = printed_names(connection)
        logins = rows_of(connection, select(TRAIL["actor"]).distinct().order_by(TRAIL["actor"]))
        return {login: names.get(login, login) for (login,) in logins}


class _Found(NamedTuple):
    """A row that fits, what it says, and what it changed."""

    row: Row[Any]
    content: Mapping[str, Any]
    changes: tuple[Correction, ...]


def _found(connection: Connection, statement: Select[*tuple[Any, ...]], field: str, limit: int) -> list[_Found]:
    found: list[_Found] = []
    with closing(rows_of(connection.execution_options(yield_per=limit), statement)) as rows:
        for row in rows:
            changed = () if row.kind == EVENT else tuple(changes(connection, row))
            if not field or any(change.field == field for change in changed):
                found.append(_Found(row, content_of(row.new), changed))
            if len(found) == limit:
                break
    return found


def _line(one: _Found, naming: Naming, numbers: Mapping[int, str], names: Mapping[str, str]) -> TrailLine:
    row, event = one.row, one.row.kind == EVENT
    return TrailLine(
        row.seq,
        moment_of(row.at),
        row.actor,
        names.get(row.actor, row.actor),
        row.act,
        row.kind,
        KINDS[row.kind].title if row.kind in KINDS else _TITLES.get(row.kind, row.kind),
        naming.which(row.kind, one.content),
        row.record_id or 0,
        row.patient_id or 0,
        numbers.get(row.patient_id or 0, ""),
        one.changes,
        one.content if event else {},
        naming.told(one.content) if event else "",
        row.reason,
    )
