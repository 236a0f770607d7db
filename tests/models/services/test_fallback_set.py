"""The fallback set that backups bring: when it is made, what opens it, and where it goes."""

import re
from pathlib import Path

import pikepdf
import pytest

from models.domain.errors import TrialError
from models.study import Study
from models.study_types import Why
from tests.backup_fixtures import MONITOR, HandClock, signed_in


@pytest.fixture
def study(owned: Study) -> Study:
    return owned


def test_r22_the_first_backup_of_a_day_brings_the_fallback_set(study: Study, hand: HandClock) -> None:
    study.backups.make()
    paper = study.fallback_set.newest()
    assert paper is not None
    assert paper.name == "fallback-2026-10-02.pdf"
    first = paper.read_bytes()
    study.backups.make()
    assert paper.read_bytes() == first
    hand.go(days=1)
    study.backups.make()
    newer = study.fallback_set.newest()
    assert newer is not None
    assert newer.name == "fallback-2026-10-03.pdf"


def test_the_fallback_set_opens_with_the_password_of_the_study_only(study: Study) -> None:
    study.backups.make()
    paper = study.fallback_set.newest()
    assert paper is not None
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)
    with pikepdf.open(paper, password=study.fallback_set.password()) as opened:
        assert opened.encryption.R == 6
        assert opened.encryption.bits == 256


def test_the_fallback_password_can_be_read_out_and_stays(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand) as study:
        password = study.fallback_set.password()
        assert re.fullmatch(r"([b-df-hj-np-tv-z][aeiou]){2}(-([b-df-hj-np-tv-z][aeiou]){2}){5}", password)
    with signed_in(path, hand) as study:
        assert study.fallback_set.password() == password


def test_the_fallback_password_stands_nowhere_in_clear(study: Study) -> None:
    password = study.fallback_set.password()
    assert password not in str(study.setting("fallback_password"))
    [line] = [line for line in study.trail.lines() if any(c.field == "fallback_password" for c in line.changes)]
    assert [(change.old, change.new) for change in line.changes] == [(None, "not shown")]


def test_a_monitor_who_makes_the_first_backup_of_a_day_gets_no_fallback_set(path: Path, hand: HandClock) -> None:
    with signed_in(path, hand, MONITOR) as study:
        made = study.backups.make(Why.CLOSING)
        assert not made.problems
        assert study.fallback_set.newest() is None
        with pytest.raises(TrialError, match="may not read who the patients are"):
            study.fallback_set.password()
    with signed_in(path, hand) as study:
        study.backups.make()
        assert study.fallback_set.newest() is not None


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

    monkeypatch.setattr("models.services.fallback_set.write_durably", full)
    made = study.backups.make()
    assert made.backup in study.backups.all()
    assert made.problems == ("The fallback set could not be written: no space left on device.",)
