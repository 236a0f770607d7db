import errno
from pathlib import Path

import pytest

from models.persistence.file_lock import Timeout, lock_at
from models.persistence.file_system import locks_hold
from models.persistence.holder import InUseError, ReadOnlyError, take


def test_what_one_holds_another_does_not_get(tmp_path: Path) -> None:
    first = lock_at(tmp_path / "lock")
    with first, pytest.raises(Timeout):
        lock_at(tmp_path / "lock").acquire()
    with lock_at(tmp_path / "lock"):
        assert not first.is_locked


def test_a_lock_that_is_held_names_no_program_where_none_signed(tmp_path: Path) -> None:
    held = take(tmp_path)
    try:
        with pytest.raises(InUseError, match="by another AlbaTrack"):
            take(tmp_path)
    finally:
        held.release()


@pytest.fixture
def no_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file system that has no locks at all."""
    fcntl = pytest.importorskip("fcntl", reason="Windows has locks on every file system")

    def missing(file: int, operation: int) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr(fcntl, "flock", missing)


@pytest.mark.usefixtures("no_locks")
def test_without_locks_nothing_stands_in_for_them(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Function not implemented"):
        lock_at(tmp_path / "lock").acquire()
    assert not locks_hold(tmp_path)


@pytest.mark.usefixtures("no_locks")
def test_a_study_there_is_offered_for_reading(tmp_path: Path) -> None:
    with pytest.raises(ReadOnlyError, match=r"knows no locks.*Open it for reading only, or move it"):
        take(tmp_path)
