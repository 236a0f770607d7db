"""Restoring a backup of an open study beside it."""

from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.study import Study
from tests.backup_fixtures import ADMINISTRATOR, HandClock, database_of, flip_a_bit, numbers, screen_somebody, signed_in


@pytest.fixture
def study(owned: Study) -> Study:
    return owned


def test_restoring_is_for_administrators(study: Study) -> None:
    made = study.backups.make().backup
    with pytest.raises(TrialError, match="may not restore backups"):
        study.restoring.beside(made)


def test_a_backup_that_cannot_be_restored_leaves_the_study_open(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        made = study.backups.make().backup
        screen_somebody(study)
    flip_a_bit(database_of(made.path))
    with signed_in(path, hand, ADMINISTRATOR) as study:
        with pytest.raises(TrialError, match="damaged or changed"):
            study.restoring.beside(made)
        study.backups.make()
    with signed_in(path, hand) as study:
        assert numbers(study) == ["S042-001"]


def test_the_last_restore_is_known_by_whom_and_of_which_backup(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        assert study.restoring.last() is None
        backup = study.backups.make().backup
        study.restoring.beside(backup)
        found = study.restoring.last()
    assert found is not None
    assert (found.by, found.backup, found.at) == ("A. Verdi", backup.name, hand.now())


def test_nothing_is_restored_into_the_folder_of_the_live_study(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        backup = study.backups.make().backup
        with pytest.raises(TrialError, match=r"lies inside this study\. Choose a place beside it"):
            study.restoring.beside(backup, path / "restored.albatrack")
    assert not (path / "restored.albatrack").exists()


def test_a_restore_while_reading_only_reaches_the_trail_with_the_next_one_who_writes(
    path: Path, hand: HandClock
) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        backup = study.backups.make().backup
    with signed_in(path, hand, ADMINISTRATOR, read_only=True) as study:
        study.restoring.beside(backup)
    with signed_in(path, hand) as study:
        found = study.restoring.last()
    assert found is not None
    assert (found.by, found.backup) == ("A. Verdi", backup.name)
