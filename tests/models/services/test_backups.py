"""When a backup is made, where copies go, and what the audit trail says about it (R5, R20, R22)."""

import re
import shutil
from pathlib import Path

import pikepdf
import pytest

from models.domain.errors import TrialError
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
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


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


def test_putting_back_is_for_administrators(study: Study) -> None:
    made = study.backups.make().backup
    with pytest.raises(TrialError, match="may not restore backups"):
        study.backups.put_back(made)


def test_a_backup_that_cannot_be_put_back_leaves_the_study_open(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        made = study.backups.make().backup
        screen_somebody(study)
    flip_a_bit(database_of(made.path))
    with signed_in(path, hand, ADMINISTRATOR) as study:
        with pytest.raises(TrialError, match="damaged or changed"):
            study.backups.put_back(made)
        study.backups.make()
    with signed_in(path, hand) as study:
        assert numbers(study) == ["S042-001"]


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


# ---- the fallback set


def test_r22_the_first_backup_of_a_day_brings_the_fallback_set(study: Study, hand: HandClock) -> None:
    study.backups.make()
    paper = study.backups.fallback_set()
    assert paper is not None
    assert paper.name == "fallback-2026-10-02.pdf"
    first = paper.read_bytes()
    study.backups.make()
    assert paper.read_bytes() == first
    hand.go(days=1)
    study.backups.make()
    newer = study.backups.fallback_set()
    assert newer is not None
    assert newer.name == "fallback-2026-10-03.pdf"


def test_the_fallback_set_opens_with_the_password_of_the_study_only(study: Study) -> None:
    study.backups.make()
    paper = study.backups.fallback_set()
    assert paper is not None
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)
    with pikepdf.open(paper, password=study.backups.fallback_password()) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256


def test_the_fallback_password_can_be_read_out_and_stays(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        password = study.backups.fallback_password()
        assert re.fullmatch(r"([b-df-hj-np-tv-z][aeiou]){2}(-([b-df-hj-np-tv-z][aeiou]){2}){5}", password)
    with signed_in(path, hand) as study:
        assert study.backups.fallback_password() == password


def test_the_fallback_password_stands_nowhere_in_clear(study: Study) -> None:
    password = study.backups.fallback_password()
    assert password not in str(study.setting("fallback_password"))
    [line] = [line for line in study.trail.lines() if any(c.field == "fallback_password" for c in line.changes)]
    assert [(change.old, change.new) for change in line.changes] == [(None, "not shown")]


def test_a_monitor_who_makes_the_first_backup_of_a_day_gets_no_fallback_set(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, MONITOR) as study:
        made = study.backups.make(Why.CLOSING)
        assert not made.problems
        assert study.backups.fallback_set() is None
        with pytest.raises(TrialError, match="may not read who the patients are"):
            study.backups.fallback_password()
    with signed_in(path, hand) as study:
        study.backups.make()
        assert study.backups.fallback_set() is not None


def test_the_last_restore_is_known_by_whom_and_of_which_backup(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        assert study.backups.last_restore() is None
        backup = study.backups.make().backup
        study.backups.restore_beside(backup)
        found = study.backups.last_restore()
    assert found is not None
    assert (found.by, found.backup, found.at) == ("A. Verdi", backup.name, hand.now())


def test_nothing_is_restored_into_the_folder_of_the_live_study(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, ADMINISTRATOR) as study:
        backup = study.backups.make().backup
        with pytest.raises(TrialError, match=r"lies inside this study\. Choose a place beside it"):
            study.backups.restore_beside(backup, path / "restored.albatrack")
    assert not (path / "restored.albatrack").exists()


def test_three_fallback_sets_are_kept(study: Study, hand: HandClock) -> None:
    for _ in range(5):
        study.backups.make()
        hand.go(days=1)
    assert len(list((study.path / "backups").glob("fallback-*.pdf"))) == 3


def papers(stick: Path) -> list[str]:
    return sorted(paper.name for paper in stick.glob("*/fallback-*.pdf"))


def test_r22_the_fallback_set_reaches_a_second_folder_that_was_chosen_after_the_first_backup_of_the_day(
    study: Study, stick: Path
) -> None:
    study.backups.make()
    study.backups.set_second_folder(stick)
    assert study.backups.make().problems == ()
    assert papers(stick) == ["fallback-2026-10-02.pdf"]


def test_r22_the_fallback_set_reaches_a_second_folder_that_was_absent(study: Study, stick: Path) -> None:
    study.backups.set_second_folder(stick)
    away = stick.rename(stick.with_name("away"))
    study.backups.make()
    away.rename(stick)
    assert study.backups.make().problems == ()
    assert papers(stick) == ["fallback-2026-10-02.pdf"]


def test_the_fallback_set_goes_with_a_copy_that_is_asked_for_once(study: Study, stick: Path) -> None:
    study.backups.make()
    study.backups.make(into=stick)
    assert papers(stick) == ["fallback-2026-10-02.pdf"]


def test_old_fallback_sets_are_removed_from_the_second_folder_too(study: Study, stick: Path, hand: HandClock) -> None:
    study.backups.set_second_folder(stick)
    for _ in range(5):
        study.backups.make()
        hand.go(days=1)
    assert papers(stick) == [f"fallback-2026-10-0{day}.pdf" for day in (4, 5, 6)]


def test_a_fallback_set_that_fails_does_not_undo_the_backup(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(place: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("models.services.backups.write_durably", full)
    made = study.backups.make()
    assert made.backup in study.backups.all()
    assert made.problems[0].startswith("The fallback set could not be written")


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
