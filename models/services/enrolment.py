"""From the first contact to day 1: screening, enrolment, and the screen failure that keeps its reason."""

import re
from collections.abc import Sequence

from sqlalchemy import Connection, select

from models.domain.characters import told
from models.domain.context import Changes, Context
from models.domain.errors import TrialError
from models.domain.findings import Finding, RejectedError
from models.domain.partial_dates import PartialDate
from models.domain.rights import Right
from models.persistence.rows import of_patients
from models.persistence.schema import TABLES
from models.records.patient import Patient
from models.services.desk import Desk
from models.services.edit import Edit
from models.services.records import check_edit, save

_RUNNING_NUMBER = re.compile(r"(\d+)\D*\Z")
_DIGITS = 3
"""That a running number has at the least."""


def next_number(connection: Connection, column: str, prefix: str) -> str:
    """The next free running number behind `prefix`. Numbers are never reused, not even of withdrawn patients."""
    table = TABLES["patient"]
    taken = connection.execute(select(table.c[column]).where(table.c[column].startswith(prefix, autoescape=True)))
    numbers = [int(match.group(1)) for (text,) in taken if (match := _RUNNING_NUMBER.search(text[len(prefix) :]))]
    return f"{prefix}{max(numbers, default=0) + 1:0{_DIGITS}d}"


def screen(desk: Desk, edits: tuple[Edit, ...], by: Context) -> Changes:
    """Take a person into screening: the patient first, then what is known already (identity, consent)."""
    return save(desk, 0, edits, by)


def enrol(desk: Desk, patient: int, enrolment: Edit, beside: Sequence[Edit], by: Context) -> Changes:
    """Give a screened person a subject number and the day of enrolment; `beside` are the phases that have begun.

    Raises TrialError where the person is enrolled already, and RejectedError where something is impossible, or doubtful
    (no consent, a criterion open or not fulfilled) and no reason is given. Where nothing is, enrolling is its own.
    """
    desk.user.require(Right.ENTER)
    with desk.read.begin() as connection:
        stored = next(of_patients(connection, Patient, [patient]), None)
        if stored and stored.enrolled:
            raise TrialError(
                f"{stored.subject_number} is enrolled already. Where the day or the number is wrong, correct it in the "
                "demographics, with a reason."
            )
        edits = (enrolment, *beside)
        against = [f for edit in edits for f in check_edit(connection, desk, patient, edit, edits)] if stored else []
    return save(desk, patient, edits, _its_own(by, "Enrolled", against))


def fail_screening(desk: Desk, patient: int, on: PartialDate, why: str, by: Context) -> Changes:
    """Close a screening that did not lead to enrolment. The reason stays with the person's number.

    Raises RejectedError where something is impossible, or doubtful and `by` gives no reason for it.
    """
    if not told(why):
        raise TrialError("A screen failure keeps its reason. Say which criterion was not met.")
    desk.user.require(Right.ENTER)
    edit = Edit("patient", {"screen_failure": on, "screen_failure_reason": told(why)}, patient)
    with desk.read.begin() as connection:
        stored = next(of_patients(connection, Patient, [patient]), None)
        against = check_edit(connection, desk, patient, edit) if stored else ()
    return save(desk, patient, [edit], _its_own(by, "Screen failure", against))


def _its_own(by: Context, reason: str, against: Sequence[Finding]) -> Context:
    """What happens is its own reason; but nobody is taken to have answered a doubt that was never shown."""
    if against and not told(by.reason):
        raise RejectedError(against)
    return Context(by.actor, told(by.reason) or reason)
