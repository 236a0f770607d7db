"""Backups from before a change of keys: known from forged ones, and restored beside with a password of their time."""

import json
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.persistence.backup_manifest import MANIFEST
from models.study import Study
from models.study_types import Backup, Why
from tests.backup_fixtures import ADMINISTRATOR, HandClock, is_whole, numbers, screen_somebody, signed_in
from tests.study_fixtures import PASSWORD


@pytest.fixture
def rekeyed(path: Path, hand: HandClock) -> Path:
    """A study with one patient and a backup; then another patient and new keys."""
    with signed_in(path, hand) as study:
        screen_somebody(study)
        study.backups.make()
        screen_somebody(study)
    hand.go(minutes=1)
    with signed_in(path, hand, ADMINISTRATOR) as study:
        study.accounts.change_keys(PASSWORD)
    return path


def old_one(study: Study) -> Backup:
    return next(backup for backup in study.backups.all() if not backup.genuine)


def test_a_backup_is_made_and_checked_with_the_new_keys_at_once(rekeyed: Path, hand: HandClock) -> None:
    with signed_in(rekeyed, hand, ADMINISTRATOR) as study:
        newest = study.backups.newest()
        assert newest is not None
        assert newest.manifest.why is Why.KEYS
        study.backups.check(newest)
        assert next(line.details["backup"] for line in study.trail.lines() if line.act == "backup made") == newest.name
        assert is_whole(study)


def test_an_older_backup_says_when_the_keys_were_changed(rekeyed: Path, hand: HandClock) -> None:
    with signed_in(rekeyed, hand, ADMINISTRATOR) as study:
        assert old_one(study).keys_until == hand.now()


def test_a_manifest_that_was_changed_after_the_keys_is_not_known(rekeyed: Path, hand: HandClock) -> None:
    with signed_in(rekeyed, hand, ADMINISTRATOR) as study:
        manifest = old_one(study).path / MANIFEST
        manifest.write_text(json.dumps({**json.loads(manifest.read_text()), "by": "Somebody"}))
        forged = old_one(study)
        assert forged.keys_until is None
        with pytest.raises(TrialError, match="not known to this study"):
            study.restoring.former(forged, ADMINISTRATOR, PASSWORD)


def test_an_older_backup_is_restored_beside_with_a_password_of_then(rekeyed: Path, hand: HandClock) -> None:
    with signed_in(rekeyed, hand, ADMINISTRATOR) as study:
        with pytest.raises(TrialError, match="password is not right"):
            study.restoring.former(old_one(study), ADMINISTRATOR, "not the one")
        beside = study.restoring.former(old_one(study), ADMINISTRATOR, PASSWORD)
    with signed_in(beside, hand) as restored:
        assert len(numbers(restored)) == 1
        assert is_whole(restored)
    with signed_in(rekeyed, hand) as study:
        assert len(numbers(study)) == 2


def test_where_no_backup_could_be_made_the_keys_are_new_all_the_same_and_the_trail_says_so(
    path: Path, hand: HandClock
) -> None:
    signed_in(path, hand).close()
    (path / "backups").rmdir()
    (path / "backups").touch()
    with signed_in(path, hand, ADMINISTRATOR) as study:
        assert study.accounts.change_keys(PASSWORD)
    (path / "backups").unlink()
    (path / "backups").mkdir()
    with signed_in(path, hand, ADMINISTRATOR) as study:
        assert "backup failed" in [line.act for line in study.trail.lines()]
        assert study.backups.due(hand.now()) is Why.START


def test_a_forged_event_of_new_keys_keeps_nobody_from_the_list(rekeyed: Path, hand: HandClock) -> None:
    with signed_in(rekeyed, hand, ADMINISTRATOR) as study:
        with study._folder.write.begin() as connection:  # type: ignore[union-attr] # noqa: SLF001
            for details in ("not JSON", '{"backups": 3}', "[]", "[" * 100_000):
                connection.exec_driver_sql(
                    "INSERT INTO audit_entry (at, actor, act, kind, new, reason) "
                    "VALUES ('no moment', 'x', 'keys changed', 'event', ?, '')",
                    (details,),
                )
        assert old_one(study).keys_until is not None
