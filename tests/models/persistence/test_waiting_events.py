"""What happened while a study was open for reading only reaches the trail with the next one who writes."""

import stat
from pathlib import Path

import pytest

from models.persistence import waiting_events
from models.persistence.waiting_events import WAITING
from tests.backup_fixtures import ADMINISTRATOR, COORDINATOR, MONITOR, HandClock, signed_in
from tests.study_fixtures import PASSWORD


def read_and_print(path: Path, clock: HandClock, what: str = "audit trail") -> None:
    with signed_in(path, clock, MONITOR, read_only=True) as study:
        clock.go(minutes=2)
        study.trail.note("export", {"what": what})
        clock.go(minutes=2)


def told(path: Path, clock: HandClock) -> list[tuple[str, str]]:
    with signed_in(path, clock) as study:
        return [(line.act, line.actor) for line in study.trail.lines()]


def test_r5_what_was_done_reading_only_is_told_by_the_next_one_who_writes(path: Path) -> None:
    clock = HandClock()
    began = clock.now()
    with signed_in(path, clock):
        read_and_print(path, clock)
    with signed_in(path, clock) as study:
        acts = {(line.act, line.actor): line for line in study.trail.lines()}
        assert study.trail.verify().problems == ()
    assert (acts["export", MONITOR].at - began).total_seconds() == 120
    assert ("sign-in", MONITOR) in acts
    assert ("sign-out", MONITOR) in acts
    assert not (path / WAITING).exists()


def test_r5_what_waits_is_sealed_and_its_owners_alone(path: Path) -> None:
    read_and_print(path, HandClock())
    file = path / WAITING
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert b"export" not in file.read_bytes()
    assert MONITOR.encode() not in file.read_bytes()


@pytest.mark.parametrize("what", ["audit trail", "percentuali di blasti — Università"])
def test_r5_a_crash_before_the_file_is_gone_tells_nothing_twice(path: Path, what: str) -> None:
    clock = HandClock()
    read_and_print(path, clock, what)
    waiting = (path / WAITING).read_bytes()
    told(path, clock)
    (path / WAITING).write_bytes(waiting)
    assert told(path, clock).count(("export", MONITOR)) == 1


def test_r5_a_sign_in_that_fails_keeps_what_waits(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = HandClock()
    read_and_print(path, clock)

    def die(*given: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(waiting_events, "tell", die)
    with pytest.raises(RuntimeError):
        signed_in(path, clock)
    monkeypatch.undo()
    assert ("export", MONITOR) in told(path, clock)


def test_r5_a_forged_or_broken_line_is_counted_and_the_others_are_told(path: Path) -> None:
    clock = HandClock()
    with (path / WAITING).open("wb") as file:
        file.write(b"Zm9yZ2Vk\nbroken")
    read_and_print(path, clock)
    acts = told(path, clock)
    assert ("events unreadable", COORDINATOR) in acts
    assert ("export", MONITOR) in acts


def test_a_folder_that_cannot_be_written_keeps_nobody_from_reading(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*given: object) -> None:
        raise PermissionError

    monkeypatch.setattr(waiting_events, "_held", refuse)
    with signed_in(path, HandClock(), read_only=True) as study:
        assert study.read_only
    assert not (path / WAITING).exists()


def test_a_backup_is_read_and_not_written(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        made = study.backups.make()
    read_and_print(made.backup.path, HandClock())
    assert not (made.backup.path / WAITING).exists()


def test_r5_what_waits_is_told_before_the_study_gets_new_keys(path: Path) -> None:
    clock = HandClock()
    with signed_in(path, clock, ADMINISTRATOR) as study:
        read_and_print(path, clock)
        study.accounts.change_keys(PASSWORD)
    assert ("export", MONITOR) in told(path, clock)
