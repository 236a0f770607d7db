"""Signing in at the command line."""

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

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
        sign_in(Namespace(file=study.path, user="C. Rossi", read_only=False))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    with sign_in(Namespace(file=study.path, user="I. Bianchi", read_only=False)) as opened:
        assert opened.user.login == "I. Bianchi"


def typing(monkeypatch: pytest.MonkeyPatch, keyboard: Callable[[str], str]) -> None:
    """Sit somebody at the keyboard."""
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setattr("sys.stdin", Namespace(isatty=lambda: True))
    monkeypatch.setattr("getpass.getpass", keyboard)


def test_the_password_is_asked_for_by_the_user_s_name(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def keyboard(question: str) -> str:
        asked.append(question)
        return PASSWORD

    study.close()
    typing(monkeypatch, keyboard)
    with sign_in(Namespace(file=study.path, user="C. Rossi", read_only=False)):
        assert asked == ["Password of C. Rossi: "]


def end_of_input(_question: str) -> str:
    raise EOFError


def nothing(_question: str) -> str:
    return ""


@pytest.mark.parametrize("keyboard", [end_of_input, nothing])
def test_no_password_is_not_tried_as_one(
    study: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, keyboard: Callable[[str], str]
) -> None:
    study.close()
    typing(monkeypatch, keyboard)
    with pytest.raises(TrialError, match=r"No password was given\."):
        sign_in(Namespace(file=study.path, user="C. Rossi", read_only=False))
    monkeypatch.setenv(VARIABLE, "")
    with pytest.raises(TrialError, match=r"No password was given\."):
        sign_in(Namespace(file=study.path, user="C. Rossi", read_only=False))
    with open_as(study.path, clock) as opened:
        assert not [line for line in opened.trail.lines() if line.act == "sign-in failed"]


def test_nobody_is_asked_for_the_password_of_what_is_no_study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    typing(monkeypatch, end_of_input)
    with pytest.raises(TrialError, match="There is no study at"):
        sign_in(Namespace(file=tmp_path / "none", user="C. Rossi", read_only=False))
