"""The restore drill (R22): whatever happened to the live file, the newest good backup brings the study back whole."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models.domain.errors import DamagedError, TrialError
from models.domain.notation import Desk
from models.persistence.keys.keyring_file import KEYRING, read_keyring, write_keyring
from models.persistence.restore import Loss
from models.services.rescue import Rescue, has_backups
from models.study import Study
from models.study_types import Why
from tests.backup_fixtures import (
    ADMINISTRATOR,
    COORDINATOR,
    DAMAGES,
    START,
    HandClock,
    database_of,
    dies_at,
    flip_a_bit,
    is_whole,
    lose,
    numbers,
    screen_somebody,
    signed_in,
)
from tests.study_fixtures import PASSWORD


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def path(path: Path, clock: HandClock) -> Path:
    """A closed study with two patients of whom the second was entered after the newest backup."""
    with signed_in(path, clock) as study:
        study.backups.make()
        screen_somebody(study)
        study.backups.make()
        screen_somebody(study)
    clock.go(hours=1)
    return path


def rescued(path: Path, clock: HandClock, login: str = ADMINISTRATOR) -> Rescue:
    return Rescue.unlock(path, login, PASSWORD, clock=clock)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_r22_the_restore_drill(path: Path, clock: HandClock, damage: Callable[[Path], None]) -> None:
    damage(database_of(path))
    with pytest.raises(DamagedError):
        signed_in(path, clock)
    assert has_backups(path)
    rescue = rescued(path, clock)
    offered = rescue.backups[0]
    assert rescue.loss(offered).rows > 0
    kept = rescue.put_back(offered)
    assert (kept is None) is (damage is lose)
    if kept is not None:
        assert kept.name == "study.db.damaged-20261002T090000Z"
    with signed_in(path, clock) as study:
        assert study.problems == ()
        assert numbers(study) == ["S042-001"]
        assert is_whole(study)


def test_a_restored_study_says_in_its_trail_where_it_comes_from(path: Path, clock: HandClock) -> None:
    flip_a_bit(database_of(path))
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    with signed_in(path, clock) as study:
        (event,) = [line for line in study.trail.lines() if line.act == "backup put back"]
        assert event.actor == ADMINISTRATOR
        assert rescue.backups[0].name in str(event)


def test_a_backup_that_the_study_once_went_back_behind_is_not_said_to_lose_nothing(
    path: Path, clock: HandClock
) -> None:
    with signed_in(path, clock) as study:
        for _ in range(5):
            screen_somebody(study)
        further = study.backups.make().backup
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[-1])
    signed_in(path, clock).close()
    lose(database_of(path))
    assert rescued(path, clock).loss(further) == Loss(1, exact=False)


def test_what_was_left_behind_by_a_restore_raises_no_alarm_and_what_came_after_it_does(
    path: Path, clock: HandClock
) -> None:
    flip_a_bit(database_of(path))
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[1])
    with signed_in(path, clock) as study:
        assert study.problems == ()
        screen_somebody(study)
        after = study.backups.make().backup
        older = database_of(study.backups.all()[-1].path)
    content = older.read_bytes()
    database_of(path).write_bytes(content)  # somebody puts an old database back whole
    with signed_in(path, clock) as study:
        assert "it was cut off" in study.problems[0]
        lost = f"had {after.manifest.head.rows} rows"
        assert any(lost in problem.words for problem in study.trail.verify().problems)


def test_what_only_the_second_folder_keeps_of_a_trail_that_was_left_behind_raises_no_alarm(
    path: Path, clock: HandClock, tmp_path: Path
) -> None:
    """The study went on from a backup, and went on; then an old copy of its folder took its place, and was rescued."""
    stick = tmp_path / "stick"
    stick.mkdir()
    with signed_in(path, clock) as study:
        study.backups.set_second_folder(stick)
        study.backups.make()
    old_copy = Path(shutil.copytree(path, tmp_path / "old copy"))
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    with signed_in(path, clock) as study:
        screen_somebody(study)
        study.backups.make()
    shutil.rmtree(path)
    old_copy.rename(path)
    flip_a_bit(database_of(path))
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    with signed_in(path, clock) as study:
        assert study.problems == ()
        assert is_whole(study)


def test_only_an_administrator_or_the_recovery_key_restores(path: Path, clock: HandClock) -> None:
    flip_a_bit(database_of(path))
    rescue = rescued(path, clock, COORDINATOR)
    with pytest.raises(TrialError, match="may not restore backups"):
        rescue.put_back(rescue.backups[0])
    with pytest.raises(TrialError, match="may not restore backups"):
        rescue.restore_beside(rescue.backups[0])


def test_a_wrong_password_restores_nothing(path: Path, clock: HandClock) -> None:
    flip_a_bit(database_of(path))
    with pytest.raises(TrialError, match="not right"):
        Rescue.unlock(path, ADMINISTRATOR, "wrong password", clock=clock)


@pytest.mark.parametrize("what", ["gone", "damaged"])
def test_a_study_without_its_keyring_comes_back_with_that_of_the_backup(
    path: Path, clock: HandClock, what: str
) -> None:
    if what == "gone":
        (path / KEYRING).unlink()
    else:
        (path / KEYRING).write_text("{")
    with pytest.raises(DamagedError):
        signed_in(path, clock)
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    with signed_in(path, clock) as study:
        assert numbers(study) == ["S042-001"]


def test_a_keyring_changed_without_the_keys_gives_way_to_that_of_the_backup(path: Path, clock: HandClock) -> None:
    ring = read_keyring(path)
    write_keyring(path, ring._replace(slots=ring.slots[:-1]))
    with pytest.raises(TrialError, match="changed by something other than AlbaTrack"):
        signed_in(path, clock)
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    with signed_in(path, clock) as study:
        assert numbers(study) == ["S042-001"]


def test_a_journal_without_its_database_does_not_meet_the_restored_one(path: Path, clock: HandClock) -> None:
    lose(database_of(path))
    journal = path / "study.db-journal"
    journal.write_bytes(os.urandom(9000))
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    assert not journal.exists()
    assert (path / "study.db.damaged-20261002T090000Z-journal").exists()
    with signed_in(path, clock) as study:
        assert is_whole(study)


def test_a_damaged_backup_is_refused_and_the_one_before_restored(path: Path, clock: HandClock) -> None:
    flip_a_bit(database_of(path))
    rescue = rescued(path, clock)
    flip_a_bit(database_of(rescue.backups[0].path))
    before = database_of(path).read_bytes()
    with pytest.raises(TrialError, match="damaged or changed"):
        rescue.put_back(rescue.backups[0])
    assert database_of(path).read_bytes() == before
    rescue.put_back(rescue.backups[1])
    with signed_in(path, clock) as study:
        assert numbers(study) == []


def test_beside_the_live_study_a_backup_becomes_a_study_of_its_own(path: Path, clock: HandClock) -> None:
    with signed_in(path, clock, ADMINISTRATOR) as study:
        chosen = study.backups.all()[0]
        made = study.restoring.beside(chosen)
    assert made.name == "study restored 2026-10-02.albatrack"
    with signed_in(made, clock) as restored, signed_in(path, clock) as live:
        assert numbers(restored) == ["S042-001"]
        assert numbers(live) == ["S042-001", "S042-002"]
        assert restored.problems == live.problems == ()
        assert is_whole(restored)


def test_a_study_restored_beside_opens_with_the_passwords_of_today(path: Path, clock: HandClock) -> None:
    newer = "another horse battery staple"
    with signed_in(path, clock) as study:
        study.accounts.change_own_password(PASSWORD, newer)
    with signed_in(path, clock, ADMINISTRATOR) as study:
        made = study.restoring.beside(study.backups.all()[0])
    with Study.open(made, COORDINATOR, newer, clock=clock) as restored:
        assert numbers(restored) == ["S042-001"]


def test_nothing_is_restored_over_something(path: Path, clock: HandClock) -> None:
    with signed_in(path, clock, ADMINISTRATOR) as study, pytest.raises(TrialError, match="exists already"):
        study.restoring.beside(study.backups.all()[0], path)


def test_putting_back_keeps_the_live_study_as_a_backup_first(path: Path, clock: HandClock) -> None:
    with signed_in(path, clock, ADMINISTRATOR) as study:
        chosen = study.backups.all()[0]
        loss = study.restoring.loss(chosen)
        assert [person for person, _ in loss.people] == [COORDINATOR, ADMINISTRATOR]
        assert (loss.first, loss.last) == tuple(at.isoformat("T", "milliseconds") for at in (START, clock.now()))
    rescued(path, clock).put_back(chosen)
    with signed_in(path, clock, ADMINISTRATOR) as study:
        kept = study.backups.all()
        before = next(backup for backup in kept if backup.manifest.why is Why.RESTORE)
        assert study.problems == ()
    rescued(path, clock).put_back(before)  # and back again
    with signed_in(path, clock) as study:
        assert numbers(study) == ["S042-001", "S042-002"]
        assert study.problems == ()
        assert is_whole(study)


def test_a_study_keeps_its_newest_passwords_when_a_backup_is_put_back(path: Path, clock: HandClock) -> None:
    from tests.keyring_fixtures import change_password

    change_password(path, COORDINATOR, PASSWORD, "another good password", clock.now())
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    with pytest.raises(TrialError, match="not right"):
        signed_in(path, clock)


@pytest.mark.parametrize(
    ("damage", "step"), [(None, 1), (None, 2), (None, 3), (None, 4), (None, 5), (flip_a_bit, 1), (flip_a_bit, 2)]
)
def test_a_crash_while_putting_back_leaves_one_whole_study(
    path: Path, clock: HandClock, step: int, damage: Callable[[Path], None] | None
) -> None:
    if damage is not None:
        damage(database_of(path))

    def work() -> None:
        rescue = rescued(path, clock)
        rescue.put_back(rescue.backups[0])

    died = dies_at(step, work)
    if damage is not None:
        try:
            signed_in(path, clock).close()
        except DamagedError:
            assert died
            rescue = rescued(path, clock)
            rescue.put_back(rescue.backups[0])
    with signed_in(path, clock) as study:
        assert numbers(study) in ([["S042-001"]] if damage else [["S042-001", "S042-002"], ["S042-001"]])
        assert is_whole(study)


def test_documents_that_are_gone_or_damaged_come_back_with_the_backup(path: Path, clock: HandClock) -> None:
    with signed_in(path, clock) as study:
        paper = path.parent / "report.pdf"
        paper.write_bytes(b"%PDF-1.7\nAn MRD report of a made-up patient\n%%EOF")
        for title in ("one", "two"):
            study.documents.add(study.patients()[0].id, title, None, paper)
        study.backups.make()
        stored = sorted((path / "documents").iterdir())
    sealed = [file.read_bytes() for file in stored]
    stored[0].unlink()
    stored[1].write_bytes(b"damaged")
    flip_a_bit(database_of(path))
    rescue = rescued(path, clock)
    rescue.put_back(rescue.backups[0])
    assert [file.read_bytes() for file in stored] == sealed


@pytest.mark.parametrize("harm", [Path.unlink, lambda kept: kept.write_bytes(b"damaged")], ids=["gone", "damaged"])
def test_a_paper_that_the_backup_lost_keeps_nobody_from_the_study(
    path: Path, clock: HandClock, harm: Callable[[Path], object]
) -> None:
    paper = path.parent / "report.pdf"
    paper.write_bytes(b"%PDF-1.7\nAn MRD report of a made-up patient\n%%EOF")
    with signed_in(path, clock) as study:
        study.documents.add(study.patients()[0].id, "Report", None, paper)
        study.backups.make()
    [kept] = (path / "backups" / "documents").iterdir()
    harm(kept)
    rescue = rescued(path, clock)
    restored = rescue.restore_beside(rescue.backups[0])
    with signed_in(restored, clock) as study:
        assert len(numbers(study)) == 2
        assert study.backups.make().problems[0].startswith("1 paper has no file in the study's folder")
        assert [line.details["missing"] for line in study.trail.lines() if line.act == "restored beside"] == [1]


def test_what_is_lost_is_said_in_a_sentence() -> None:
    at = "2026-10-02T09:00:00.000+01:00"
    said = Loss(3, True, at, at, (("C. Rossi", 2), ("A. Verdi", 1))).words(Desk.ENGLISH)
    assert said.startswith("3 entries of the audit trail, from 2 Oct 2026, 09:00 UTC+01:00")
    assert "C. Rossi 2, A. Verdi 1" in said
    assert Loss(0).words(Desk.ENGLISH) == "Nothing is lost."
    assert Loss(1, exact=False).words(Desk.ENGLISH).startswith("At least 1 entry")
