import threading
from pathlib import Path

import pytest

from models.domain.errors import DamagedError
from models.persistence import wholeness
from models.persistence.study_folder import open_folder
from tests.backup_fixtures import (
    COORDINATOR,
    PAGE,
    HandClock,
    database_of,
    screen_somebody,
    signed_in,
)
from tests.study_fixtures import PASSWORD


@pytest.fixture
def every_file_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wholeness, "AT_ONCE_BYTES", 0)


def flip_a_bit_that_no_start_reads(path: Path) -> None:
    folder = open_folder(path, COORDINATOR, PASSWORD, HandClock())
    with folder.read.begin() as connection:
        page = connection.exec_driver_sql("SELECT rootpage FROM sqlite_master WHERE name = 'transplant'").scalar_one()
    folder.close()
    content = bytearray(database_of(path).read_bytes())
    content[(page - 1) * PAGE + 100] ^= 4
    database_of(path).write_bytes(content)


def test_a_small_file_is_looked_through_before_anybody_gets_in(path: Path) -> None:
    flip_a_bit_that_no_start_reads(path)
    with pytest.raises(DamagedError):
        signed_in(path, HandClock())


@pytest.mark.usefixtures("every_file_is_large")
def test_damage_of_a_large_file_is_found_behind_the_first_page(path: Path) -> None:
    flip_a_bit_that_no_start_reads(path)
    with signed_in(path, HandClock()) as study:
        assert not study.problems
        (found,) = study.look_longer()
        assert "file is damaged" in found
        assert study.problems == (found,)


@pytest.mark.usefixtures("every_file_is_large")
def test_a_file_that_was_found_damaged_is_refused_from_then_on(path: Path) -> None:
    flip_a_bit_that_no_start_reads(path)
    with signed_in(path, HandClock()) as study:
        study.look_longer()
    for _ in range(2):
        with pytest.raises(DamagedError, match="is damaged"):
            signed_in(path, HandClock())


@pytest.mark.usefixtures("every_file_is_large")
def test_a_restored_file_is_under_suspicion_once_and_no_more(path: Path) -> None:
    whole = database_of(path).read_bytes()
    flip_a_bit_that_no_start_reads(path)
    with signed_in(path, HandClock()) as study:
        study.look_longer()
    database_of(path).write_bytes(whole)
    signed_in(path, HandClock()).close()
    assert not (path / "study.damaged").exists()


@pytest.mark.usefixtures("every_file_is_large")
def test_a_whole_file_has_nothing_to_say(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        assert study.look_longer() == ()
        assert study.problems == ()


@pytest.mark.usefixtures("every_file_is_large")
def test_a_page_that_is_being_written_is_not_taken_for_damage(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        found: list[str] = []
        done = threading.Event()

        def look() -> None:
            while not done.is_set():
                found.extend(study.look_longer())

        looking = threading.Thread(target=look)
        looking.start()
        for _ in range(10):
            screen_somebody(study)
        done.set()
        looking.join()
        assert found == []


def test_a_row_of_the_trail_that_a_start_does_not_reach_is_found_afterwards(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.persistence.start_checks._LATEST", 1)
    folder = open_folder(path, COORDINATOR, PASSWORD, HandClock())
    assert folder.write is not None
    with folder.write.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_no_update")
        connection.exec_driver_sql("UPDATE audit SET actor = 'somebody' WHERE seq = 5")
    folder.close()
    with signed_in(path, HandClock()) as study:
        assert not study.problems
        (found,) = study.look_longer()
        assert "row 5 of the audit trail" in found
        assert study.problems == (found,)
        assert study.look_longer() == ()
