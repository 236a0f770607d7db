import errno
from datetime import timedelta, timezone
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence import file_system, start_checks, study_folder
from models.persistence.holder import ReadOnlyError
from models.persistence.study_folder import open_folder
from models.study import Edit
from tests.backup_fixtures import ADMINISTRATOR, COORDINATOR, HandClock, screen_somebody, signed_in
from tests.study_fixtures import PASSWORD


def by_sql(path: Path, *statements: str) -> None:
    """What somebody does who holds the key and goes past the program."""
    folder = open_folder(path, COORDINATOR, PASSWORD, HandClock())
    assert folder.write is not None
    with folder.write.begin() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    folder.close()


def test_a_study_in_order_has_nothing_to_say(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        assert study.problems == ()


def test_r7_a_clock_that_was_set_back_is_said_and_in_the_trail(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        screen_somebody(study)
    clock.go(minutes=-6)
    with signed_in(path, clock) as study:
        said = "The clock of this computer was set back: the last entry was made on 2 Oct 2026, "
        assert study.problems[0].startswith(said)
        assert [line.act for line in study.trail.lines()].count("clock set back") == 1
    with signed_in(path, clock) as study:
        assert study.problems == ()  # said once, for this jump


def test_r7_a_clock_set_back_while_the_study_is_open_is_said_and_in_the_trail_before_the_entry(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        clock.go(days=-3)
        screen_somebody(study)
        assert [words[:38] for words in study.problems] == ["The clock of this computer was set bac"]
        acts = [line.act for line in study.trail.lines()]
        assert acts.count("clock set back") == 1
        assert acts.index("clock set back") > acts.index("insert")  # the newest line comes first
        screen_somebody(study)
        assert [line.act for line in study.trail.lines()].count("clock set back") == 1


def test_r7_a_clock_set_while_the_study_is_open_is_in_the_trail_with_what_it_showed(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        clock.go(hours=1)
        clock.jump(days=2)
        screen_somebody(study)
        [line] = [line for line in study.trail.lines() if line.act == "clock set forward"]
        assert line.told == "from: 2 Oct 2026, 10:00 UTC+01:00; to: 4 Oct 2026, 10:00 UTC+01:00"
        assert study.problems == (
            "The clock of this computer was set forward while the study was open, from 2 Oct 2026, 10:00 UTC+01:00 to "
            "4 Oct 2026, 10:00 UTC+01:00. The audit trail says so. Make sure that it is right before working on.",
        )
        clock.jump(days=-2)
        screen_somebody(study)
        assert [line.act for line in study.trail.lines(limit=20)].count("clock set back") == 1


def test_r7_a_clock_set_back_less_far_than_the_last_entry_is_found_too(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        clock.go(hours=2)
        clock.jump(hours=-1)
        screen_somebody(study)
        [line] = [line for line in study.trail.lines() if line.act == "clock set back"]
        assert line.told == "from: 2 Oct 2026, 11:00 UTC+01:00; to: 2 Oct 2026, 10:00 UTC+01:00"


@pytest.mark.parametrize("minutes", [-5, 5])
def test_a_clock_that_is_set_right_a_little_while_the_study_is_open_is_no_matter(path: Path, minutes: int) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        clock.jump(minutes=minutes)
        screen_somebody(study)
        assert study.problems == ()


def test_a_computer_that_slept_over_the_weekend_and_another_hour_of_summer_time_are_no_jump(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        clock.go(days=3)
        clock.moment = clock.moment.astimezone(timezone(timedelta(hours=2)))
        screen_somebody(study)
        assert study.problems == ()
        assert not any(line.act.startswith("clock") for line in study.trail.lines())


def test_r7_an_entry_that_was_not_kept_leaves_the_clock_to_be_told_by_the_next_one(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock) as study:
        clock.go(days=-3)
        with pytest.raises(TrialError):
            study.screen([Edit("patient", {"screening_number": study.next_screening_number()})], Context("C. Rossi"))
        assert study.problems == ()
        screen_somebody(study)
        assert [line.act for line in study.trail.lines()].count("clock set back") == 1


def test_r7_a_clock_set_back_before_a_change_of_keys_is_told_by_the_new_study(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock, ADMINISTRATOR) as study:
        clock.go(days=-3)
        study.accounts.change_keys(PASSWORD)
    with signed_in(path, clock) as study:
        assert [line.act for line in study.trail.lines()].count("clock set back") == 1


@pytest.mark.parametrize("minutes", [-5, 0, 60])
def test_a_clock_that_was_corrected_a_little_or_goes_on_is_no_matter(path: Path, minutes: int) -> None:
    clock = HandClock()
    signed_in(path, clock).close()
    clock.go(minutes=minutes)
    with signed_in(path, clock) as study:
        assert study.problems == ()


def test_a_missing_row_of_the_trail_is_found_at_the_start(path: Path) -> None:
    by_sql(path, "DROP TRIGGER audit_no_delete", "DELETE FROM audit WHERE seq = 5")
    with signed_in(path, HandClock()) as study:
        assert "The audit trail does not agree" in study.problems[0]


def test_a_changed_row_of_the_trail_is_found_at_the_start(path: Path) -> None:
    by_sql(path, "DROP TRIGGER audit_no_update", "UPDATE audit SET actor = 'somebody' WHERE seq = 5")
    with signed_in(path, HandClock()) as study:
        assert "row 5 of the audit trail" in study.problems[0]


def test_a_table_that_lost_a_trigger_is_found_at_the_start(path: Path) -> None:
    by_sql(path, "DROP TRIGGER audit_mrd_update")
    with signed_in(path, HandClock()) as study:
        assert "changes of mrd are not written into it" in study.problems[0]


def test_a_nearly_full_disk_is_said_and_stops_new_work_but_not_drafts(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_system, "free_bytes", lambda folder: 100_000_000)
    with signed_in(path, HandClock()) as study:
        assert study.problems == (file_system.space_problem(path),)
        assert study.patients() == ()
        study.save_draft("form", {"field": "typed"})
        with pytest.raises(TrialError, match="Only 100 MB are free"):
            screen_somebody(study)
        assert study.patients() == ()
    monkeypatch.undo()
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
        assert study.draft("form") == {"field": "typed"}


def test_a_network_share_whose_locks_hold_is_used_and_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_checks, "shared_as", lambda folder: "cifs")
    with signed_in(path, HandClock()) as study:
        assert study.problems[0].startswith("The study lies on a network share (cifs)")
        screen_somebody(study)


def test_a_network_share_whose_locks_do_not_hold_is_read_only(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(start_checks, "shared_as", lambda folder: "cifs")
    monkeypatch.setattr(start_checks, "locks_hold", lambda folder: False)
    with pytest.raises(ReadOnlyError, match="does not keep two programs apart"):
        signed_in(path, HandClock())
    with signed_in(path, HandClock(), read_only=True) as study:
        assert study.read_only
        [said] = study.problems
        assert said.startswith("The study lies on a network share (cifs). It is open for reading only")
        assert "is written in the way that is safe" not in said


def test_a_folder_that_cannot_be_written_is_offered_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    def refuse(self: FileLock, *given: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(ReadOnlyError, match="Open it for reading only"):
        signed_in(path, HandClock())
    with signed_in(path, HandClock(), read_only=True) as study:
        assert study.read_only


@pytest.mark.parametrize("fails", ["study.holder", "study.db"])
def test_a_study_on_a_full_disk_is_offered_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch, fails: str) -> None:
    if fails == "study.holder":
        monkeypatch.setattr(Path, "write_text", no_space)
    else:
        monkeypatch.setattr(study_folder, "note_missed", no_space_for_the_database)
    with pytest.raises(ReadOnlyError, match=r"cannot be written: (disk is full|no space left)"):
        signed_in(path, HandClock())
    monkeypatch.undo()
    with signed_in(path, HandClock()) as study:  # nothing holds it
        assert not study.read_only


def no_space(*given: object, **named: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def no_space_for_the_database(*given: object) -> None:
    raise TrialError("The study could not be read or written.") from dbapi2.OperationalError("disk is full")


def test_reading_only_leaves_no_trace_of_a_clock(path: Path) -> None:
    clock = HandClock()
    signed_in(path, clock).close()
    clock.go(days=-1)
    with signed_in(path, clock, read_only=True) as study:
        assert study.problems[0].startswith("The clock")
        with pytest.raises(TrialError, match="reading only"):
            study.set_setting("site_name", "North", Context(COORDINATOR))
