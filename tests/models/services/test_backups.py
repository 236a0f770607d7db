"""When a backup is made, where copies go, and what the audit trail says about it (R5, R20, R22)."""

import shutil
from pathlib import Path

import pytest

from models.domain.errors import TrialError
from models.persistence import start_checks
from models.persistence.backup import look_over
from models.persistence.backup_manifest import MANIFEST
from models.persistence.durable_copy import copy_durably
from models.study import Study
from models.study_types import Backup, Rescue, Why, has_backups
from tests.backup_fixtures import (
    ADMINISTRATOR,
    COORDINATOR,
    MONITOR,
    HandClock,
    database_of,
    flip_a_bit,
    numbers,
    screen_somebody,
    signed_in,
)
from tests.study_fixtures import PASSWORD


@pytest.fixture
def study(owned: Study) -> Study:
    return owned


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    file = tmp_path / "report.pdf"
    file.write_bytes(b"%PDF-1.7\nAn MRD report of a made-up patient\n%%EOF")
    return file


def acts(study: Study) -> list[str]:
    return [line.act for line in study.trail.lines()]


# ---- when


def test_the_first_start_asks_for_a_backup(study: Study, hand: HandClock) -> None:
    assert study.backups.due(hand.now()) is Why.START


def test_half_an_hour_later_a_backup_is_due_if_anything_changed(study: Study, hand: HandClock) -> None:
    study.backups.make()
    hand.go(minutes=31)
    assert study.backups.due(hand.now()) is None
    screen_somebody(study)
    assert study.backups.due(hand.now()) is Why.SCHEDULE


def test_before_half_an_hour_none_is_due(study: Study, hand: HandClock) -> None:
    study.backups.make()
    screen_somebody(study)
    hand.go(minutes=29)
    assert study.backups.due(hand.now()) is None


def test_after_a_day_one_is_due_whether_or_not_anything_changed(study: Study, hand: HandClock) -> None:
    study.backups.make()
    hand.go(hours=24)
    assert study.backups.due(hand.now()) is Why.START


def test_a_backup_of_the_future_does_not_keep_others_from_being_made(study: Study, hand: HandClock) -> None:
    study.backups.make()
    hand.go(days=-100)
    assert study.backups.due(hand.now()) is Why.START


def test_closing_makes_a_backup_only_if_anything_changed(study: Study) -> None:
    screen_somebody(study)
    made = study.backups.on_closing()
    assert made is not None
    assert made.backup.manifest.why is Why.CLOSING
    assert study.backups.on_closing() is None


def test_signing_in_and_the_note_of_a_backup_ask_for_no_other_one(path: Path, hand: HandClock) -> None:
    for _ in range(3):
        with signed_in(path, hand) as study:
            study.backups.on_closing()
    with signed_in(path, hand) as study:
        assert len(study.backups.all()) == 1


def test_r5_a_failed_backup_is_in_the_trail_and_the_next_try_waits_half_an_hour(
    study: Study, hand: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*given: object) -> None:
        raise TrialError("The disk is broken.")

    monkeypatch.setattr("models.persistence.backup.copy_database", fail)
    with pytest.raises(TrialError, match="broken"):
        study.backups.make(Why.START)
    assert acts(study)[0] == "backup failed"
    assert study.backups.due(hand.now()) is None
    hand.go(minutes=30)
    assert study.backups.due(hand.now()) is Why.START
    monkeypatch.undo()
    study.backups.make(Why.START)
    assert acts(study)[0] == "backup made"


def test_a_study_open_for_reading_makes_none_and_shows_them(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        made = study.backups.make().backup
    hand.go(days=2)
    with signed_in(path, hand, read_only=True) as study:
        assert study.backups.due(hand.now()) is None
        assert study.backups.on_closing() is None
        assert study.backups.all() == (made,)


# ---- who


def test_a_monitor_asks_for_none_but_closing_makes_one_for_everybody(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, MONITOR) as study:
        with pytest.raises(TrialError, match="may not make backups"):
            study.backups.make()
        assert study.backups.on_closing() is not None


def test_r22_a_backup_can_be_checked_again_and_the_trail_says_so(study: Study) -> None:
    made = study.backups.make().backup
    study.backups.check(made)
    assert acts(study)[0] == "backup checked"
    flip_a_bit(database_of(made.path))
    with pytest.raises(TrialError):
        study.backups.check(made)


# ---- the second folder


def copies(stick: Path) -> list[Path]:
    return sorted(found.parent for found in stick.glob(f"*/*/{MANIFEST}"))


def test_r22_copies_go_to_the_second_folder_and_open_there(study: Study, stick: Path, hand: HandClock) -> None:
    study.backups.set_second_folder(stick)
    number = screen_somebody(study)
    made = study.backups.make()
    assert made.problems == ()
    (copy,) = copies(stick)
    assert copy.name == made.backup.name
    look_over(Backup(copy, made.backup.manifest, genuine=True), study._folder.keys)  # noqa: SLF001
    assert (copy.parent / "fallback-2026-10-02.pdf").exists()
    with signed_in(copy, hand, read_only=True) as opened:
        assert numbers(opened) == [number]


def test_r20_a_copy_that_differs_does_not_count_there(
    study: Study, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    study.backups.set_second_folder(stick)

    def bad_copy(source: Path, target: Path, digest: str = "") -> str:
        flip_a_bit(source)
        return copy_durably(source, target, digest)

    monkeypatch.setattr("models.persistence.second_folder.copy_durably", bad_copy)
    made = study.backups.make()
    assert "not as it was when it was put away" in made.problems[0]
    assert copies(stick) == []


def test_while_reading_only_no_backup_is_made(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, read_only=True) as study:
        with pytest.raises(TrialError, match="open for reading only"):
            study.backups.make()
        assert study.backups.all() == ()


def test_a_check_while_reading_only_reaches_the_trail_with_the_next_one_who_writes(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        study.backups.make()
    with signed_in(path, hand, read_only=True) as study:
        study.backups.check(study.backups.all()[0])
    with signed_in(path, hand) as study:
        assert "backup checked" in acts(study)


def test_a_backup_without_a_password_for_its_papers_has_failed_and_waits(
    study: Study, hand: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*given: object) -> None:
        raise TrialError("The disk is full.")

    monkeypatch.setattr("models.services.backups.password_for", refuse)
    with pytest.raises(TrialError, match="disk is full"):
        study.backups.make(Why.START)
    assert "backup failed" in acts(study)
    assert study.backups.due(hand.now()) is None


def test_a_paper_that_lost_its_file_is_said_with_the_first_backup_only(study: Study, patient: int, paper: Path) -> None:
    study.documents.add(patient, "Report", None, paper)
    for file in study.path.glob("documents/*"):
        file.unlink()
    [said] = study.backups.make().problems
    assert said.startswith("1 paper has no file in the study's folder any more, nor among its backups.")
    assert study.backups.make().problems == ()


# ---- rescue


def test_the_recovery_key_rescues_when_no_administrator_is_there(tmp_path: Path, hand: HandClock) -> None:
    from models.persistence.keys.sealing import LEAST_COST
    from models.protocols.loading import find_protocol
    from tests.study_fixtures import ACCOUNTS

    path = tmp_path / "own.albatrack"
    key = Study.create(path, find_protocol("dalba"), "042", "Haematology", ACCOUNTS, clock=hand, cost=LEAST_COST)
    with signed_in(path, hand) as study:
        study.backups.make()
    flip_a_bit(database_of(path))
    rescue = Rescue.unlock(path, "", key, clock=hand)
    rescue.put_back(rescue.backups[0])
    with signed_in(path, hand) as study:
        assert study.problems == ()


def test_without_any_backup_a_rescue_says_where_to_look(path: Path, hand: HandClock) -> None:
    with pytest.raises(TrialError, match="Look in the second folder"):
        Rescue.unlock(path, COORDINATOR, PASSWORD, clock=hand)


def test_r19_the_backups_on_a_stick_bring_the_study_to_another_computer(
    study: Study, stick: Path, tmp_path: Path, hand: HandClock
) -> None:
    study.backups.set_second_folder(stick)
    number = screen_somebody(study)
    study.backups.make()
    study.close()
    shutil.rmtree(study.path)
    (copy,) = copies(stick)
    for chosen in (copy, copy.parent, stick):
        assert has_backups(chosen)
        rescue = Rescue.unlock(chosen, ADMINISTRATOR, PASSWORD, clock=hand)
        assert not rescue.in_place
        with pytest.raises(TrialError, match="Choose where to restore"):
            rescue.put_back(rescue.backups[0])
        made = rescue.restore_beside(rescue.backups[0], tmp_path / f"{chosen.name}.albatrack")
        with signed_in(made, hand) as opened:
            assert numbers(opened) == [number]
            assert opened.problems == ()


def test_an_older_backup_on_a_stick_is_known_to_lack_what_the_newest_one_there_has(
    study: Study, stick: Path, hand: HandClock
) -> None:
    study.backups.set_second_folder(stick)
    made = []
    for _ in range(2):
        made.append(study.backups.make().backup.manifest.head.rows)
        screen_somebody(study)
    study.close()
    shutil.rmtree(study.path)
    rescue = Rescue.unlock(stick, ADMINISTRATOR, PASSWORD, clock=hand)
    assert [rescue.loss(backup).rows for backup in rescue.backups] == [0, made[1] - made[0]]


def test_nothing_is_put_back_on_a_share_whose_locks_let_everybody_in(
    path: Path, hand: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    with signed_in(path, hand) as study:
        study.backups.make()
    rescue = Rescue.unlock(path, ADMINISTRATOR, PASSWORD, clock=hand)
    monkeypatch.setattr(start_checks, "shared_as", lambda folder: "cifs")
    monkeypatch.setattr(start_checks, "locks_hold", lambda folder: False)
    with pytest.raises(TrialError, match="does not keep two programs apart"):
        rescue.put_back(rescue.backups[0])
