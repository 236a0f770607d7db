"""What something is said about: the record that a query, a mark or a document names, looked up before it is written."""

from models.domain.characters import told
from models.domain.errors import TrialError
from models.domain.fields import LONGEST_NAME, LONGEST_TEXT, length_problem
from models.persistence.engine import tell_driver
from models.persistence.rows import by_ids
from models.persistence.unit_of_work import UnitOfWork
from models.queries.coverage import CLINICAL
from models.records import KINDS, Record

ASKABLE = CLINICAL | {"identity"}
"""Kinds of record that a query or a document may be about."""


def record_about(unit: UnitOfWork, patient: int, kind: str, id_: int, allowed: frozenset[str] = ASKABLE) -> Record:
    """The record as it stands; TrialError where it is none of this patient's, of another kind, or withdrawn."""
    if kind not in allowed:
        title = KINDS[kind].title.lower() if kind in KINDS else kind
        raise TrialError(f"This cannot be said about a record of this kind ({title}). Choose a record of the patient.")
    found = next(by_ids(unit.connection, KINDS[kind].record, [id_]), None)
    if found is None or found.patient != patient:
        raise TrialError(f"{KINDS[kind].title} {id_} is not in this patient’s record. Open the record and try again.")
    if found.voided is not None:
        raise TrialError(f"This record ({KINDS[kind].title.lower()}) was withdrawn: {found.voided}. Choose another.")
    return found


def refuse_unknown_patient(unit: UnitOfWork, patient: int) -> None:
    """TrialError where there is no such patient."""
    if tell_driver(unit.connection, "SELECT 1 FROM patient WHERE id = :id", {"id": patient}).fetchone() is None:
        raise TrialError("This patient is not in the study any more. Go back to the list of patients.")


def refuse_unknown_fields(kind: str, fields: tuple[str, ...]) -> None:
    """TrialError where a kind has not these fields."""
    for name in fields:
        if name not in KINDS[kind].fields:
            raise TrialError(f"{KINDS[kind].title} has no field “{name}”. Choose one of its fields.")


def said(words: str, otherwise: str, what: str = "This text", longest: int = LONGEST_TEXT) -> str:
    """What a person said, without space around it; TrialError where it is nothing (`otherwise`) or too long."""
    found = told(words)
    if not found:
        raise TrialError(otherwise)
    if problem := length_problem(what, found, longest):
        raise TrialError(problem)
    return found


def name_said(words: str, what: str) -> str:
    """The same of a name that must not be empty, such as "The printed name"."""
    return said(words, f"{what} is empty. Fill it in.", what, LONGEST_NAME)
