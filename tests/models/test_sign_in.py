"""Signing in at the command line."""

from argparse import Namespace

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.sign_in import PASSWORD as VARIABLE
from models.sign_in import sign_in
from models.study import Study
from tests.study_fixtures import PASSWORD, open_as

OTHER = "seventeen green umbrellas"


def test_who_has_a_password_that_somebody_else_gave_is_sent_to_the_window(
    study: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.close()
    with open_as(study.path, clock, "A. Verdi") as administrator:
        administrator.accounts.reset_password("C. Rossi", OTHER)
    monkeypatch.setenv(VARIABLE, OTHER)
    with pytest.raises(TrialError, match="a password of your own first"):
        sign_in(Namespace(file=study.path, user="C. Rossi"))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with sign_in(Namespace(file=study.path, user="I. Bianchi")) as opened:
        assert opened.user.login == "I. Bianchi"
