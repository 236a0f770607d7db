from pathlib import Path

import pytest

from models.domain.context import Context
from models.domain.errors import TrialError
from models.persistence import file_system, start_checks
from models.persistence.holder import ReadOnlyError
from models.persistence.study_folder import open_folder
from tests.backup_fixtures import COORDINATOR, HandClock, screen_somebody, signed_in
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
        assert study.problems[0].startswith("The clock of this computer was set back: the last entry was made on 02/10")
        assert [line.act for line in study.trail.lines()].count("clock set back") == 1
    with signed_in(path, clock) as study:
        assert study.problems == ()  # said once, for this jump


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


def test_a_folder_that_cannot_be_written_is_offered_for_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from filelock import FileLock

    def refuse(self: FileLock, *given: object, **named: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(FileLock, "acquire", refuse)
    with pytest.raises(ReadOnlyError, match="Open it for reading only"):
        signed_in(path, HandClock())
    with signed_in(path, HandClock(), read_only=True) as study:
        assert study.read_only


def test_reading_only_leaves_no_trace_of_a_clock(path: Path) -> None:
    clock = HandClock()
    signed_in(path, clock).close()
    clock.go(days=-1)
    with signed_in(path, clock, read_only=True) as study:
        assert study.problems[0].startswith("The clock")
        with pytest.raises(TrialError, match="reading only"):
            study.set_setting("x", "y", Context(COORDINATOR))
