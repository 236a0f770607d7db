"""Questions about values, and source verification: what monitor and site say to each other about the record."""

from collections.abc import Mapping, Sequence

from models.domain.characters import told
from models.domain.codelists import ROLE
from models.domain.context import Changes
from models.domain.errors import TrialError
from models.domain.notation import Desk as Notation
from models.domain.rights import Right, User
from models.persistence.rows import by_ids
from models.persistence.unit_of_work import UnitOfWork
from models.queries import review
from models.queries.coverage import CLINICAL
from models.queries.past_states import head
from models.queries.review import QueryState, QueryView
from models.queries.verification import Share, VerificationView, shares, verification
from models.records import Record
from models.records.review import Query, Verification
from models.services.about import record_about, refuse_unknown_fields, said
from models.services.desk import Desk

_TURN = {
    "answered": (QueryState.OPEN,),
    "closed": (QueryState.OPEN, QueryState.ANSWERED),
    "reopened": (QueryState.ANSWERED, QueryState.CLOSED),
}
"""From which state each step leads on."""


class Review:
    """Queries and source verification of an open study. Every verb checks its right."""

    def __init__(self, desk: Desk) -> None:
        """Made by the study."""
        self._desk = desk

    # ---- queries

    def ask(self, patient: int, kind: str, record: int, field: str, words: str, assigned_to: str) -> Changes:
        """Ask about a field of a record, or with `field` empty about the record, and say which role has to answer."""
        with self._desk.writing(Right.ASK) as unit:
            record_about(unit, patient, kind, record)
            refuse_unknown_fields(kind, (field,) if field else ())
            if not User("", "", assigned_to).may(Right.ANSWER):
                who = ROLE.label(assigned_to).lower() or "nobody"
                raise TrialError(
                    f"A query cannot be answered by this role ({who}). Choose coordinator or investigator."
                )
            question = said(words, "A query needs words: say what is asked.")
            about = {"about_kind": kind, "about_id": record, "about_field": field or None, "assigned_to": assigned_to}
            query = unit.insert("query", about, patient)
            step = unit.insert("query_step", {"act": "asked", "words": question}, patient, query)
        return _changed(patient, ("query", query), ("query_step", step))

    def answer(self, query: int, words: str) -> Changes:
        """Answer an open query."""
        with self._desk.writing(Right.ANSWER) as unit:
            return _step(unit, query, "answered", said(words, "An answer needs words: say what was found."))

    def close(self, query: int, words: str = "") -> Changes:
        """Close a query. One that was not answered is closed with words that say why."""
        with self._desk.writing(Right.CLOSE_QUERY) as unit:
            if told(words) or _state(unit, query) is QueryState.OPEN:
                words = said(words, "This query was not answered. Say why it is closed without an answer.")
            return _step(unit, query, "closed", told(words))

    def reopen(self, query: int, words: str) -> Changes:
        """Open a query again whose answer does not settle it."""
        with self._desk.writing(Right.CLOSE_QUERY) as unit:
            return _step(unit, query, "reopened", said(words, "Say what is still asked."))

    def queries(
        self, patient: int | None = None, *, unclosed: bool = False, notation: Notation = Notation.ENGLISH
    ) -> tuple[QueryView, ...]:
        """The queries about a patient, or of the whole site, oldest first; or only those not closed."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            patients = None if patient is None else [patient]
            desk = self._desk
            return review.queries(connection, desk.protocol, desk.clock.today(), notation, patients, unclosed=unclosed)

    def waiting(
        self, patients: Sequence[int] | None = None, notation: Notation = Notation.ENGLISH
    ) -> tuple[QueryView, ...]:
        """The queries that wait for the person at the desk: to be answered by the role, or to be closed."""
        user = self._desk.user
        user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            today = self._desk.clock.today()
            return review.waiting(connection, self._desk.protocol, today, user, notation, patients)

    # ---- source verification

    def verify(self, patient: int, kind: str, record: int, fields: Sequence[str] = ()) -> Changes:
        """Mark fields of a record, or without fields the whole record, as compared with the source.

        What is marked already and has not changed since is not marked again.
        """
        with self._desk.writing(Right.VERIFY) as unit:
            record_about(unit, patient, kind, record, CLINICAL)
            refuse_unknown_fields(kind, tuple(fields))
            known = verification(unit.connection, patient)
            position = head(unit.connection)
            made = []
            for field in fields or ("",):
                standing = known.of(kind, record, field)
                if standing is None or not standing.stands:
                    about = {"about_kind": kind, "about_id": record, "about_field": field or None, "as_of": position}
                    made.append(("verification", unit.insert("verification", about, patient)))
        return _changed(patient, *made)

    def withdraw_mark(self, mark: int, reason: str) -> Changes:
        """Take back a mark that was set by mistake."""
        with self._desk.writing(Right.VERIFY, said(reason, "A mark is taken back with a reason: say why.")) as unit:
            found = _known(unit, Verification, mark)
            if found.voided is None:
                unit.withdraw("verification", mark)
        return _changed(found.patient, ("verification", mark))

    def verification(self, patient: int) -> VerificationView:
        """What was verified of a patient, what has changed since, and the share verified of each visit."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            return verification(connection, patient)

    def shares(self) -> Mapping[int, Share]:
        """The share verified of every patient, by the patient's id."""
        self._desk.user.require(Right.READ_RECORD)
        with self._desk.read.begin() as connection:
            return shares(connection)


def _step(unit: UnitOfWork, query: int, act: str, words: str) -> Changes:
    patient = _known(unit, Query, query).patient
    state = _state(unit, query)
    if state not in _TURN[act]:
        raise TrialError(f"This query is {state.value} already. Read it again: somebody else has worked on it.")
    step = unit.insert("query_step", {"act": act, "words": words or None}, patient, query)
    return _changed(patient, ("query_step", step))


def _state(unit: UnitOfWork, query: int) -> QueryState:
    _known(unit, Query, query)
    return review.state_of(unit.connection, query)


def _known(unit: UnitOfWork, kind: type[Record], id_: int) -> Record:
    found = next(by_ids(unit.connection, kind, [id_]), None)
    if found is None:
        raise TrialError("This is not in the study any more. Read the list again.")
    return found


def _changed(patient: int, *records: tuple[str, int]) -> Changes:
    return Changes(patient, frozenset(kind for kind, _ in records), records)
