"""The recovery key, and what a crash between the trail and the keyring leaves (R12, R13)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.persistence import keyring_watch, start_checks
from models.persistence.keys.keyring_file import read_keyring
from models.persistence.keys.sealing import LEAST_COST
from models.persistence.keys.sign_in import unlock
from models.persistence.study_folder import open_folder
from models.protocols.loading import find_protocol
from models.services import account_keys
from models.study import NewAccount, Study
from models.study_types import recover
from tests.keyring_fixtures import add_slot
from tests.models.services.people import NEW, OTHER, line, new_recovery_key, open_with, told
from tests.study_fixtures import PASSWORD, open_as

SitDown = Callable[[str], Study]


class Crash(BaseException):
    """The program ends here."""


def crash(*_: object, **__: object) -> None:
    raise Crash


@pytest.fixture
def administrator(sit_down: SitDown) -> Study:
    return sit_down("A. Verdi")


# ---- the recovery key


def test_a_new_recovery_key_opens_the_study_and_the_former_one_no_more(administrator: Study, clock: FixedClock) -> None:
    first = new_recovery_key(administrator)
    second = new_recovery_key(administrator)
    administrator.close()
    with pytest.raises(TrialError, match="does not open this study"):
        recover(administrator.path, first, "A. Verdi", OTHER, clock)
    assert recover(administrator.path, second.lower(), "a. verdi", OTHER, clock) == "A. Verdi"
    with open_with(administrator.path, clock, "A. Verdi", OTHER) as study:
        assert told(study, "password reset with the recovery key") == [{"user": "A. Verdi"}]
        assert told(study, "sign-in failed") == [{"user": "", "failures": 1}]
        assert len(told(study, "new recovery key")) == 2


def test_the_recovery_key_lets_any_open_account_in_with_the_rights_of_its_role(
    administrator: Study, clock: FixedClock
) -> None:
    key = new_recovery_key(administrator)
    administrator.close()
    recover(administrator.path, key, "M. Neri", OTHER, clock)
    assert read_keyring(administrator.path).slot_of("M. Neri").identity_key is None
    with open_with(administrator.path, clock, "M. Neri", OTHER) as study:
        assert study.user.role == "monitor"


def test_the_recovery_key_opens_no_closed_account_and_takes_no_weak_password(
    administrator: Study, clock: FixedClock
) -> None:
    key = new_recovery_key(administrator)
    administrator.accounts.close("C. Rossi", "Retired")
    administrator.close()
    with pytest.raises(TrialError, match="was closed"):
        recover(administrator.path, key, "C. Rossi", OTHER, clock)
    with pytest.raises(TrialError, match="needs 15 characters"):
        recover(administrator.path, key, "A. Verdi", "short", clock)
    with open_as(administrator.path, clock, "A. Verdi") as study:  # and nothing holds it
        assert told(study, "password reset with the recovery key") == []


def test_while_somebody_works_the_recovery_key_has_to_wait(administrator: Study, clock: FixedClock) -> None:
    key = new_recovery_key(administrator)
    with pytest.raises(TrialError, match="in use"):
        recover(administrator.path, key, "A. Verdi", OTHER, clock)


# ---- a crash between trail and keyring


def after_crash(administrator: Study, clock: FixedClock, act: Callable[[], object]) -> Study:
    with pytest.raises(Crash):
        act()
    administrator.close()
    return open_as(administrator.path, clock, "A. Verdi")


def test_an_account_whose_key_a_crash_left_out_lets_nobody_in_and_gets_one_by_a_reset(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(account_keys, "write_keyring", crash)
        again = after_crash(administrator, clock, lambda: administrator.accounts.create(NEW))
    assert "Reset the password" in line(again, "G. Blu").trouble
    again.accounts.reset_password("G. Blu", OTHER)
    assert line(again, "G. Blu").trouble == ""
    again.close()
    with open_with(again.path, clock, "G. Blu", OTHER) as study:
        assert study.user == NEW.user


def test_a_closed_account_whose_key_a_crash_left_in_is_refused_and_closed_again(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(account_keys, "write_keyring", crash)
        again = after_crash(administrator, clock, lambda: administrator.accounts.close("C. Rossi", "Retired"))
    assert "Close the account again" in line(again, "C. Rossi").trouble
    again.close()
    with pytest.raises(TrialError, match="was closed"):
        open_as(again.path, clock)
    with open_as(again.path, clock, "A. Verdi") as once_more:
        once_more.accounts.close("C. Rossi", "Retired")
        assert line(once_more, "C. Rossi").trouble == ""


def test_a_monitor_whose_identity_key_a_crash_left_in_reads_no_names(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(account_keys, "write_keyring", crash)
        act = lambda: administrator.accounts.change_role("C. Rossi", "monitor", "Moved")  # noqa: E731
        again = after_crash(administrator, clock, act)
    assert "does not fit its role" in line(again, "C. Rossi").trouble
    again.close()
    folder = open_folder(again.path, "C. Rossi", PASSWORD, clock)
    folder.close()
    assert folder.keys.identity is None
    with open_as(again.path, clock, "A. Verdi") as once_more:
        once_more.accounts.change_role("C. Rossi", "monitor", "Moved")
        assert line(once_more, "C. Rossi").trouble == ""


def test_a_password_change_that_a_crash_broke_off_leaves_the_old_password_and_the_duty_to_change_it(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    administrator.accounts.reset_password("C. Rossi", OTHER)
    administrator.close()
    with open_with(administrator.path, clock, "C. Rossi", OTHER) as study, monkeypatch.context() as patch:
        patch.setattr(account_keys, "write_keyring", crash)
        with pytest.raises(Crash):
            study.accounts.change_own_password(OTHER, PASSWORD)
    with open_with(administrator.path, clock, "C. Rossi", OTHER) as study:
        assert study.must_change_password


def test_a_recovery_that_a_crash_broke_off_is_done_again(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_recovery_key(administrator)
    administrator.close()
    with monkeypatch.context() as patch:
        patch.setattr(account_keys, "write_keyring", crash)
        with pytest.raises(Crash):
            recover(administrator.path, key, "A. Verdi", OTHER, clock)
    recover(administrator.path, key, "A. Verdi", OTHER, clock)
    with open_with(administrator.path, clock, "A. Verdi", OTHER) as study:
        assert study.user.login == "A. Verdi"


def test_a_keyring_that_cannot_be_written_says_what_to_do_again(
    administrator: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TrialError("The disk is full.")

    monkeypatch.setattr(account_keys, "write_keyring", full)
    with pytest.raises(TrialError, match=r"The disk is full\. Reset its password"):
        administrator.accounts.create(NEW)


def test_a_key_without_an_account_is_named_and_taken_away_by_closing_it(
    administrator: Study, clock: FixedClock
) -> None:
    keys = unlock(administrator.path, "A. Verdi", PASSWORD, clock.now()).keys
    add_slot(administrator.path, keys, "left over", OTHER, identity=False)
    assert administrator.accounts.strangers() == ("left over",)
    administrator.accounts.close("left over", "Left by a restore")
    assert administrator.accounts.strangers() == ()
    assert told(administrator, "account closed") == [{"user": "left over"}]


def test_a_recovery_key_that_was_only_shown_opens_nothing_and_the_former_one_goes_on(
    administrator: Study, clock: FixedClock
) -> None:
    former = new_recovery_key(administrator)
    shown = administrator.accounts.show_recovery_key()
    assert administrator.accounts.recovery_key_waiting() == clock.now()
    administrator.close()
    with pytest.raises(TrialError, match="does not open this study"):
        recover(administrator.path, shown, "A. Verdi", OTHER, clock)
    assert recover(administrator.path, former, "A. Verdi", OTHER, clock) == "A. Verdi"


@pytest.mark.parametrize("end", ["take_recovery_key", "give_up_recovery_key"])
def test_a_recovery_key_waits_until_it_is_taken_or_given_up(administrator: Study, end: str) -> None:
    key = administrator.accounts.show_recovery_key()
    getattr(administrator.accounts, end)(*([key] if end == "take_recovery_key" else []))
    assert administrator.accounts.recovery_key_waiting() is None


def test_the_program_that_ends_while_a_recovery_key_is_taken_leaves_one_that_opens(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    former, shown = new_recovery_key(administrator), administrator.accounts.show_recovery_key()
    with monkeypatch.context() as patch:
        patch.setattr(account_keys, "write_keyring", crash)
        again = after_crash(administrator, clock, lambda: administrator.accounts.take_recovery_key(shown))
    assert again.accounts.recovery_key_waiting() == clock.now()
    again.close()
    with pytest.raises(TrialError, match="does not open this study"):
        recover(again.path, shown, "A. Verdi", OTHER, clock)
    assert recover(again.path, former, "A. Verdi", OTHER, clock) == "A. Verdi"


def test_the_program_that_ends_right_after_a_recovery_key_was_taken_leaves_that_one(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = administrator.accounts.show_recovery_key()
    with monkeypatch.context() as patch:
        patch.setattr(keyring_watch, "tell_kept", crash)
        again = after_crash(administrator, clock, lambda: administrator.accounts.take_recovery_key(shown))
    assert again.accounts.recovery_key_waiting() is None
    again.close()
    assert recover(again.path, shown, "A. Verdi", OTHER, clock) == "A. Verdi"


def test_no_study_is_made_with_an_account_that_is_named_as_the_recovery_key(tmp_path: Path) -> None:
    named = NewAccount("Recovery Key", "A. Verdi", "administrator", PASSWORD)
    with pytest.raises(TrialError, match="stands for the key in the safe"):
        Study.create(
            tmp_path / "new.albatrack", find_protocol("dalba"), "042", "Haematology", (named,), cost=LEAST_COST
        )
    assert not (tmp_path / "new.albatrack").exists()


def test_on_a_share_whose_locks_let_everybody_in_the_recovery_key_changes_nothing(
    administrator: Study, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = new_recovery_key(administrator)
    administrator.close()
    monkeypatch.setattr(start_checks, "shared_as", lambda folder: "cifs")
    monkeypatch.setattr(start_checks, "locks_hold", lambda folder: False)
    with pytest.raises(TrialError, match="does not keep two programs apart"):
        recover(administrator.path, key, "A. Verdi", OTHER, clock)
