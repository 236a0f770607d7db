import os
import signal
from pathlib import Path

import pytest

from models.domain.errors import DamagedError, TrialError
from models.persistence.study_folder import open_folder
from tests.backup_fixtures import (
    COORDINATOR,
    HandClock,
    database_of,
    in_a_process_of_its_own,
    is_whole,
    numbers,
    screen_somebody,
    signed_in,
)
from tests.study_fixtures import PASSWORD


def killed_while_writing(path: Path) -> None:
    """Save one patient, and be killed in the middle of a larger transaction."""
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    folder = open_folder(path, COORDINATOR, PASSWORD, HandClock())
    assert folder.write is not None
    with folder.write.begin() as connection:
        connection.exec_driver_sql("PRAGMA cache_size=5")
        for number in range(500):
            connection.exec_driver_sql(
                "INSERT INTO draft VALUES ('x', ?, '2026-01-01T00:00:00+00:00', ?)", (str(number), "y" * 500)
            )
        os.kill(os.getpid(), signal.SIGKILL)


def test_a_transaction_that_a_crash_broke_off_is_undone_at_the_next_start(path: Path) -> None:
    assert in_a_process_of_its_own(lambda: killed_while_writing(path)) == -signal.SIGKILL
    assert database_of(path).with_name("study.db-journal").stat().st_size > 512
    with signed_in(path, HandClock()) as study:
        assert numbers(study) == ["S042-001"]
        assert study.problems == ()
        assert is_whole(study)
        assert study.drafts() == ()
    assert not database_of(path).with_name("study.db-journal").exists()


def test_a_transaction_that_a_crash_broke_off_is_no_damage_for_whoever_only_reads(path: Path) -> None:
    assert in_a_process_of_its_own(lambda: killed_while_writing(path)) == -signal.SIGKILL
    with pytest.raises(TrialError, match=r"is undone when it is opened for writing: do so once\.") as refused:
        signed_in(path, HandClock(), read_only=True)
    assert not isinstance(refused.value, DamagedError)
    signed_in(path, HandClock()).close()
    with signed_in(path, HandClock(), read_only=True) as study:
        assert numbers(study) == ["S042-001"]


def test_the_journal_of_a_saving_under_way_keeps_nobody_from_reading(path: Path) -> None:
    folder = open_folder(path, COORDINATOR, PASSWORD, HandClock())
    assert folder.write is not None
    with folder.write.begin() as connection:
        connection.exec_driver_sql("INSERT INTO draft VALUES ('x', 'y', '2026-01-01T00:00:00+00:00', 'z')")
        assert database_of(path).with_name("study.db-journal").exists()
        with signed_in(path, HandClock(), read_only=True) as study:
            assert study.problems == ()
    folder.close()
