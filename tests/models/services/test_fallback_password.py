"""The password of the fallback set: who sees it, and what becomes of it and of the sets when it is made anew."""

from pathlib import Path

import pikepdf
import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence.unit_of_work import writing
from models.services.fallback_password import renew
from models.study import Study
from tests.backup_fixtures import ADMINISTRATOR, MONITOR, HandClock, is_whole, signed_in
from tests.study_fixtures import PASSWORD


@pytest.fixture
def study(owned: Study) -> Study:
    return owned


def newest(study: Study) -> Path:
    paper = study.fallback_set.newest()
    assert paper is not None
    return paper


def opens(paper: Path, password: str) -> bool:
    try:
        with pikepdf.open(paper, password=password):
            return True
    except pikepdf.PasswordError:
        return False


def reasons(study: Study) -> list[str]:
    """Why the password was changed each time, oldest first."""
    return [change.reason for change in study.corrections("study_fact", 0) if change.field == "fallback_password"]


def test_an_administrator_who_sees_no_patient_is_not_shown_it(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        study.backups.make()
        for act in (study.fallback_set.password, study.fallback_set.new_password):
            with pytest.raises(TrialError, match="may not read who the patients are"):
                act()


def test_a_set_made_while_an_administrator_works_opens_for_the_coordinator(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        study.backups.make()
    with signed_in(path, hand) as study:
        assert opens(newest(study), study.fallback_set.password())


def test_a_new_password_opens_the_set_of_the_next_backup_and_the_former_one_the_sets_until_then(study: Study) -> None:
    study.backups.make()
    former, old = study.fallback_set.password(), newest(study)
    new = study.fallback_set.new_password()
    assert new == study.fallback_set.password() != former
    assert study.fallback_set.is_former(newest(study))
    study.backups.make()
    paper = newest(study)
    assert paper.name == "fallback-2026-10-02-2.pdf"
    assert not study.fallback_set.is_former(paper)
    assert (opens(paper, new), opens(paper, former)) == (True, False)
    assert (opens(old, new), opens(old, former)) == (False, True)


def test_a_new_password_is_told_in_the_trail_without_being_said(study: Study) -> None:
    study.backups.make()
    former, new = study.fallback_set.password(), study.fallback_set.new_password()
    told = [change for line in study.trail.lines() for change in line.changes if change.field == "fallback_password"]
    assert [(change.old, change.new) for change in told] == [("not shown", "not shown"), (None, "not shown")]
    assert reasons(study) == ["New password asked for"]
    assert not any(secret in str(line) for line in study.trail.lines() for secret in (former, new))
    assert is_whole(study)


def test_r3_new_keys_of_the_study_bring_a_new_password_and_are_its_reason(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        study.backups.make()
        former = study.fallback_set.password()
    with signed_in(path, hand, ADMINISTRATOR) as study:
        assert study.accounts.change_keys(PASSWORD)
    with signed_in(path, hand) as study:
        new = study.fallback_set.password()
        assert new != former
        assert reasons(study) == ["New keys of the study"]
        assert study.fallback_set.is_former(newest(study))
        study.backups.make()
        assert opens(newest(study), new)
        assert is_whole(study)


def test_r3_the_password_is_not_changed_without_a_reason(study: Study, hand: HandClock) -> None:
    former, write = study.fallback_set.password(), study._folder.write  # noqa: SLF001
    assert write is not None
    with pytest.raises(TrialError, match="changed with a reason"), writing(write, Context("C. Rossi"), hand) as unit:
        renew(unit, ())
    assert study.fallback_set.password() == former


def test_an_account_without_the_identity_key_takes_the_password_away_and_the_next_one_with_it_makes_another(
    path: Path, hand: HandClock
) -> None:
    with signed_in(path, hand) as study:
        study.backups.make()
        former = study.fallback_set.password()
    with signed_in(path, hand, MONITOR) as study:
        write = study._folder.write  # noqa: SLF001
        assert write is not None
        with writing(write, Context(MONITOR, "Somebody read it"), hand) as unit:
            assert renew(unit, ()) == ""
    with signed_in(path, hand) as study:
        assert study.fallback_set.password() not in ("", former)
        assert reasons(study) == ["Somebody read it", "The fallback set had no password"]
        assert study.fallback_set.is_former(newest(study))


def test_a_change_of_keys_that_is_stopped_leaves_the_password(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        former = study.fallback_set.password()
    with signed_in(path, hand, ADMINISTRATOR) as study:
        assert not study.accounts.change_keys(PASSWORD, lambda done, total: False)
    with signed_in(path, hand) as study:
        assert study.fallback_set.password() == former


def test_a_set_that_was_being_made_when_the_password_changed_is_not_kept(
    study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = study.backups._papers  # noqa: SLF001

    def slow(password: str, progress: object) -> bytes | None:
        study.fallback_set.new_password()
        return made(password, progress)  # type: ignore[arg-type]

    monkeypatch.setattr(study.backups, "_papers", slow)
    assert "has a new password" in study.backups.make().problems[0]
    assert study.fallback_set.newest() is None
    monkeypatch.undo()
    study.backups.make()
    assert opens(newest(study), study.fallback_set.password())
