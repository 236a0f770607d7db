"""Queries as they are shown: what was asked about which value, what was said since, and whose turn it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from sqlalchemy import Connection

from models.domain.codelists import QUERY_STEP, ROLE
from models.domain.notation import Desk as Notation
from models.domain.rights import Right, User
from models.persistence.engine import tell_driver
from models.persistence.rows import all_standing, by_ids, of_parents, of_patients
from models.protocols.model import Protocol
from models.queries.record_words import RecordWords, field_words, patient_labels, printed_names
from models.records import KINDS, Record
from models.records.review import Query, QueryStep


class QueryState(Enum):
    """Where a query stands; the value is the word shown."""

    OPEN = "open"
    ANSWERED = "answered"
    CLOSED = "closed"


STATE_AFTER = {
    "asked": QueryState.OPEN,
    "answered": QueryState.ANSWERED,
    "closed": QueryState.CLOSED,
    "reopened": QueryState.OPEN,
}
"""The state that the last step leaves a query in."""

_UNCLOSED = (
    "SELECT parent_id FROM query_step WHERE id IN (SELECT max(id) FROM query_step GROUP BY parent_id) "
    "AND act <> 'closed' ORDER BY parent_id"
)


class StepView(NamedTuple):
    """What somebody did with a query: a code of `codelists.QUERY_STEP`, and the words said."""

    act: str
    words: str
    by: str
    at: datetime

    @property
    def act_words(self) -> str:
        """The act as it is shown."""
        return QUERY_STEP.label(self.act)


class QueryView(NamedTuple):
    """One query with everything that a list or a card of it needs.

    `kind`, `record` and `field` (empty for the whole record) lead to the value; `record_words` and `field_words` name
    them, `patient_label` is the patient's number. `age_days` counts from the asking to the closing, or to today.
    `assigned_to` is a role.
    """

    id: int
    patient: int
    patient_label: str
    kind: str
    record: int
    field: str
    record_words: str
    field_words: str
    state: QueryState
    assigned_to: str
    age_days: int
    steps: tuple[StepView, ...]

    @property
    def asked(self) -> StepView:
        """The question."""
        return self.steps[0]

    @property
    def last(self) -> StepView:
        """What was said last."""
        return self.steps[-1]

    @property
    def assigned_words(self) -> str:
        """The role that has to answer, as it is shown."""
        return ROLE.label(self.assigned_to)

    def waits_for(self, user: User) -> bool:
        """Whether the next step is this person's: to answer what the role was asked, or to close what was answered."""
        if self.state is QueryState.OPEN:
            return self.assigned_to == user.role
        return self.state is QueryState.ANSWERED and user.may(Right.CLOSE_QUERY)


def queries(
    connection: Connection,
    protocol: Protocol,
    today: date,
    notation: Notation,
    patients: Sequence[int] | None = None,
    *,
    unclosed: bool = False,
) -> tuple[QueryView, ...]:
    """The queries about these patients (all, if none are named), oldest first, or only those not closed.

    The number of statements depends on how many kinds of record are asked about, not on how much is asked.
    """
    found = _found(connection, patients, unclosed=unclosed)
    if not found:
        return ()
    steps: dict[int, list[QueryStep]] = defaultdict(list)
    for step in of_parents(connection, QueryStep, [query.id for query in found]):
        steps[step.parent].append(step)
    reading = _Reading(
        patient_labels(connection),
        printed_names(connection),
        _abouts(connection, found),
        RecordWords(connection, protocol, notation),
        today,
    )
    return tuple(reading.view(query, steps[query.id]) for query in found)


def waiting(
    connection: Connection,
    protocol: Protocol,
    today: date,
    user: User,
    notation: Notation,
    patients: Sequence[int] | None = None,
) -> tuple[QueryView, ...]:
    """The queries that wait for this person: to be answered by the role, or to be closed."""
    return tuple(
        query
        for query in queries(connection, protocol, today, notation, patients, unclosed=True)
        if query.waits_for(user)
    )


def state_of(connection: Connection, query: int) -> QueryState:
    """Where a query stands."""
    *_, last = of_parents(connection, QueryStep, [query])
    return STATE_AFTER[last.act]


def _found(connection: Connection, patients: Sequence[int] | None, *, unclosed: bool) -> list[Query]:
    if unclosed:
        wanted = [query for (query,) in tell_driver(connection, _UNCLOSED)]
        records = by_ids(connection, Query, wanted) if wanted else iter(())
    elif patients is None:
        records = all_standing(connection, Query, "id")
    else:
        records = of_patients(connection, Query, patients)
    within = None if patients is None else frozenset(patients)
    return sorted((q for q in records if within is None or q.patient in within), key=lambda query: query.id)


def _abouts(connection: Connection, found: Sequence[Query]) -> Mapping[tuple[str, int], Record]:
    ids: dict[str, set[int]] = defaultdict(set)
    for query in found:
        ids[query.about_kind].add(query.about_id)
    return {
        (kind, record.id): record
        for kind, wanted in ids.items()
        for record in by_ids(connection, KINDS[kind].record, sorted(wanted))
    }


class _Reading(NamedTuple):
    """What the queries of one reading are put into words with."""

    patients: Mapping[int, str]
    names: Mapping[str, str]
    records: Mapping[tuple[str, int], Record]
    words: RecordWords
    today: date

    def view(self, query: Query, steps: Sequence[QueryStep]) -> QueryView:
        said = tuple(self._step(step) for step in steps)
        state = STATE_AFTER[said[-1].act]
        until = said[-1].at.date() if state is QueryState.CLOSED else self.today
        return QueryView(
            query.id,
            query.patient,
            self.patients[query.patient],
            query.about_kind,
            query.about_id,
            query.about_field or "",
            self.words.of_record(self.records[query.about_kind, query.about_id]),
            field_words(query.about_kind, query.about_field),
            state,
            query.assigned_to,
            max((until - said[0].at.date()).days, 0),
            said,
        )

    def _step(self, step: QueryStep) -> StepView:
        assert step.entered_at is not None
        return StepView(step.act, step.words or "", self.names.get(step.entered_by, step.entered_by), step.entered_at)
