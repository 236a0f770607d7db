"""A former keyring put back is found by the audit trail; a crash at any moment, or a restore, is not taken for one."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.persistence import keyring_watch
from models.persistence.keys.keyring_file import KEYRING, read_keyring
from models.services import account_keys
from models.services.rescue import Rescue
from models.study import Study
from models.study_types import recover
from tests.models.services.people import NEW, OTHER, new_recovery_key, open_with, told
from tests.study_fixtures import PASSWORD, open_as

ADMINISTRATOR = "A. Verdi"
OTHER_STILL = "nine quiet lighthouses"


class Crash(BaseException):
    """The program ends here."""


def crash(*_: object, **__: object) -> None:
    raise Crash


class Act(NamedTuple):
    """A change of the keyring, and whose way in it changes."""

    do: Callable[[Study], object]
    whose: str


ACTS = {
    "a new account": Act(lambda study: study.accounts.create(NEW), NEW.login),
    "a role without identities": Act(
        lambda study: study.accounts.change_role("C. Rossi", "monitor", "Moved"), "C. Rossi"
    ),
    "a closed account": Act(lambda study: study.accounts.close("C. Rossi", "Retired"), "C. Rossi"),
    "a password reset": Act(lambda study: study.accounts.reset_password("C. Rossi", OTHER), "C. Rossi"),
    "a password of one's own": Act(
        lambda study: study.accounts.change_own_password(PASSWORD, PASSWORD[::-1]), ADMINISTRATOR
    ),
    "a recovery key": Act(new_recovery_key, ""),
}


@pytest.fixture
def known(path: Path, clock: FixedClock) -> Path:
    """A study whose trail knows its keyring, closed."""
    open_as(path, clock, ADMINISTRATOR).close()
    return path


@pytest.fixture
def kept(known: Path, tmp_path: Path) -> Path:
    """The keyring of a study, kept by somebody."""
    return Path(shutil.copy(known / KEYRING, tmp_path / "kept.json"))


def administrator(path: Path, clock: FixedClock, password: str = PASSWORD) -> Study:
    return open_with(path, clock, ADMINISTRATOR, password)


def warnings(study: Study) -> list[str]:
    return [words for words in study.problems if words.startswith("The keyring in the study's folder")]


def found_by_verifying(study: Study) -> list[str]:
    return [problem.words for problem in study.trail.verify().problems]


@pytest.mark.parametrize("name", ACTS)
def test_r9_a_keyring_from_before_a_change_put_back_is_said_at_the_start_and_names_the_account(
    known: Path, kept: Path, clock: FixedClock, name: str
) -> None:
    act = ACTS[name]
    with administrator(known, clock) as study:
        act.do(study)
        assert found_by_verifying(study) == []
    shutil.copy(kept, known / KEYRING)
    with administrator(known, clock) as study:
        [words] = warnings(study)
        assert f"again by the former {f'passwords of {act.whose}' if act.whose else 'recovery key'}. To mend" in words
        assert study.accounts.recovery_key_waiting() is None


def test_r9_a_former_keyring_is_named_by_verifying_with_the_row_that_knows_better(
    known: Path, kept: Path, clock: FixedClock
) -> None:
    with administrator(known, clock) as study:
        study.accounts.reset_password("C. Rossi", OTHER)
        row = study.trail.head().rows
    shutil.copy(kept, known / KEYRING)
    with administrator(known, clock) as study:
        for found in (study.trail.verify(), study.trail.verify_copy()):
            [problem] = found.problems
            assert (problem.row, "the way in of C. Rossi that the keyring holds" in problem.words) == (row, True)


def test_a_former_keyring_is_in_the_trail_at_the_next_sign_in(known: Path, kept: Path, clock: FixedClock) -> None:
    with administrator(known, clock) as study:
        study.accounts.reset_password("C. Rossi", OTHER)
        assert told(study, keyring_watch.FORMER) == []
    shutil.copy(kept, known / KEYRING)
    with administrator(known, clock) as study:
        [event] = told(study, keyring_watch.FORMER)
        assert list(event["slots"]) == ["C. Rossi"]  # type: ignore[call-overload]


def test_who_only_reads_is_told_too_and_the_trail_by_the_next_who_writes(
    known: Path, kept: Path, clock: FixedClock
) -> None:
    with administrator(known, clock) as study:
        study.accounts.close("C. Rossi", "Retired")
    newest = (known / KEYRING).read_bytes()
    shutil.copy(kept, known / KEYRING)
    with Study.open(known, "M. Neri", PASSWORD, clock=clock, read_only=True) as study:
        assert len(warnings(study)) == 1
    (known / KEYRING).write_bytes(newest)
    with administrator(known, clock) as study:
        assert warnings(study) == []
        assert len(told(study, keyring_watch.FORMER)) == 1


def test_a_former_keyring_locks_nobody_out_and_new_passwords_mend_it(
    known: Path, kept: Path, clock: FixedClock
) -> None:
    with administrator(known, clock) as study:
        study.accounts.reset_password("C. Rossi", OTHER)
        study.accounts.close("M. Neri", "Left")
        new_recovery_key(study)
    shutil.copy(kept, known / KEYRING)
    open_as(known, clock).close()  # the former password
    with administrator(known, clock) as study:
        with pytest.raises(TrialError, match=r"passwords of C\. Rossi and M\. Neri and by the former recovery key"):
            study.accounts.change_keys(PASSWORD)
        study.accounts.reset_password("C. Rossi", OTHER_STILL)
        study.accounts.close("M. Neri", "Left")
        new_recovery_key(study)
        assert found_by_verifying(study) == []
        assert study.accounts.change_keys(PASSWORD)
    with administrator(known, clock) as study:
        assert warnings(study) == []


def test_failed_sign_ins_and_lifted_blocks_change_no_fingerprint(known: Path, clock: FixedClock) -> None:
    for _ in range(5):
        with pytest.raises(TrialError, match="not right"):
            Study.open(known, "C. Rossi", "wrong", clock=clock)
    with administrator(known, clock) as study:
        study.accounts.lift_block("C. Rossi")
    with administrator(known, clock) as study:
        assert warnings(study) == []


def test_a_study_from_before_fingerprints_were_kept_takes_the_keyring_as_it_is(path: Path, clock: FixedClock) -> None:
    with Study.open(path, "M. Neri", PASSWORD, clock=clock, read_only=True) as study:
        assert warnings(study) == []
    with administrator(path, clock) as study:
        [event] = told(study, keyring_watch.KEPT)
        assert set(event["slots"]) == {"", *(slot.user for slot in read_keyring(path).slots)}  # type: ignore[call-overload]


def test_a_study_that_the_recovery_key_opens_first_knows_everybody_afterwards(path: Path, clock: FixedClock) -> None:
    with administrator(path, clock) as study:
        key = new_recovery_key(study)
    shutil.copy(path / KEYRING, path.parent / "kept.json")
    recover(path, key, "C. Rossi", OTHER, clock)
    with administrator(path, clock) as study:
        assert warnings(study) == []
    shutil.copy(path.parent / "kept.json", path / KEYRING)
    with administrator(path, clock) as study:
        assert "passwords of C. Rossi." in warnings(study)[0]


# ---- the program ends


@pytest.fixture(params=["before the file is written", "after it is written"])
def dying(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program ends between the two rows of the trail."""
    if request.param == "before the file is written":
        monkeypatch.setattr(account_keys, "write_keyring", crash)
    else:
        monkeypatch.setattr(keyring_watch, "tell_kept", crash)


@pytest.mark.parametrize("name", ACTS)
def test_a_crash_in_a_change_raises_no_alarm_and_the_next_sign_in_settles_what_is_there(
    known: Path, kept: Path, clock: FixedClock, dying: None, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with administrator(known, clock) as study, pytest.raises(Crash):
        ACTS[name].do(study)
    monkeypatch.undo()
    now = (known / KEYRING).read_bytes()
    own = ACTS[name].whose == ADMINISTRATOR and now != kept.read_bytes()
    password = PASSWORD[::-1] if own else PASSWORD
    with Study.open(known, "M. Neri", PASSWORD, clock=clock, read_only=True) as study:
        assert warnings(study) == []
    for _ in range(2):
        with administrator(known, clock, password) as study:
            assert warnings(study) == []
            assert found_by_verifying(study) == []
    if now != kept.read_bytes():
        shutil.copy(kept, known / KEYRING)
        with administrator(known, clock) as study:
            assert len(warnings(study)) == 1


def test_a_keyring_older_than_the_change_that_was_broken_off_is_found(
    known: Path, kept: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with administrator(known, clock) as study:
        study.accounts.reset_password("C. Rossi", OTHER)
        monkeypatch.setattr(account_keys, "write_keyring", crash)
        with pytest.raises(Crash):
            study.accounts.reset_password("C. Rossi", OTHER_STILL)
    monkeypatch.undo()
    shutil.copy(kept, known / KEYRING)
    with administrator(known, clock) as study:
        assert len(warnings(study)) == 1


def test_a_keyring_that_could_not_be_written_raises_no_alarm(
    known: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TrialError("The disk is full.")

    with administrator(known, clock) as study:
        with monkeypatch.context() as patch:
            patch.setattr(account_keys, "write_keyring", full)
            with pytest.raises(TrialError, match="The disk is full"):
                study.accounts.reset_password("C. Rossi", OTHER)
        assert found_by_verifying(study) == []
        study.accounts.reset_password("C. Rossi", OTHER)
    with administrator(known, clock) as study:
        assert warnings(study) == []


# ---- backups


def test_after_a_backup_from_before_a_change_was_put_back_the_newest_keyring_is_right(
    known: Path, kept: Path, clock: FixedClock
) -> None:
    with administrator(known, clock) as study:
        study.backups.make()
        study.accounts.reset_password("C. Rossi", OTHER)
        oldest = study.backups.all()[-1]
    Rescue.unlock(known, "A. Verdi", PASSWORD, clock=clock).put_back(oldest)
    with administrator(known, clock) as study:
        assert warnings(study) == []
    shutil.copy(kept, known / KEYRING)
    with administrator(known, clock) as study:
        assert "passwords of C. Rossi." in warnings(study)[0]


def test_a_study_restored_beside_goes_with_the_keyring_that_it_got(
    known: Path, clock: FixedClock, tmp_path: Path
) -> None:
    with administrator(known, clock) as study:
        study.backups.make()
        study.accounts.close("C. Rossi", "Retired")
        study.restoring.beside(study.backups.all()[-1], tmp_path / "beside.albatrack")
    with administrator(tmp_path / "beside.albatrack", clock) as study:
        assert warnings(study) == []


def test_new_keys_of_the_study_change_no_fingerprint(known: Path, clock: FixedClock) -> None:
    with administrator(known, clock) as study:
        study.accounts.change_keys(PASSWORD)
    with administrator(known, clock) as study:
        assert warnings(study) == []
        assert found_by_verifying(study) == []
