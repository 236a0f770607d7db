"""Asking the person at the desk for the password again, before what only that person may do."""

from contextlib import suppress

from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence.keys import sign_in
from models.persistence.study_folder import note_missed
from models.persistence.unit_of_work import writing
from models.services.desk import Desk


def confirm_password(desk: Desk, password: str) -> None:
    """Make sure that it is the password of the person at the desk; a wrong one is in the audit trail at once.

    Raises TrialError where it is wrong (counted as a failed sign-in), or the account waits after failures.
    """
    try:
        sign_in.confirm(desk.home, desk.user.login, password, desk.clock.now())
    except TrialError:
        with suppress(TrialError):  # where nothing can be written now, the next sign-in tells the trail
            _tell(desk)
        raise


def _tell(desk: Desk) -> None:
    missed = sign_in.missed(desk.home)
    if missed:
        with writing(desk.writer, Context(desk.user.login), desk.clock) as unit:
            note_missed(unit.connection, unit.by, missed)
        sign_in.reported(desk.home, missed)
