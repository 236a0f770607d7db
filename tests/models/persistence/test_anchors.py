"""A tail cut off, or an old database put back whole, is found by the heads that were kept outside it (R9)."""

import json
import shutil
from pathlib import Path

import pytest

from models.persistence.anchors import ANCHOR, known_heads
from models.persistence.engine import connect
from models.persistence.study_folder import open_folder
from models.persistence.verify import Head
from tests.backup_fixtures import ADMINISTRATOR, COORDINATOR, HandClock, database_of, screen_somebody, signed_in
from tests.study_fixtures import PASSWORD


def test_closing_keeps_where_the_trail_ended(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    kept = json.loads((path / ANCHOR).read_text())
    with signed_in(path, HandClock()) as study:
        [signed_out] = [line for line in study.trail.lines() if line.row == kept["rows"]]
        assert signed_out.act == "sign-out"
        assert study.trail.verify(heads=[Head(kept["rows"], kept["link"])]).problems == ()


def test_r9_an_old_database_put_back_whole_is_found(path: Path, tmp_path: Path) -> None:
    old = shutil.copy(database_of(path), tmp_path / "old.db")
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    shutil.copy(old, database_of(path))
    with signed_in(path, HandClock()) as study:
        assert "The audit trail does not agree with what was kept of it" in study.problems[0]
        assert "cut off" in study.problems[0]


def test_r9_an_old_database_put_back_with_its_anchor_is_found_by_the_backups(path: Path, tmp_path: Path) -> None:
    signed_in(path, HandClock()).close()
    for name in (database_of(path).name, ANCHOR):
        shutil.copy(path / name, tmp_path / name)
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
        study.backups.make()
    for name in (database_of(path).name, ANCHOR):
        shutil.copy(tmp_path / name, path / name)
    with signed_in(path, HandClock()) as study:
        assert "cut off" in study.problems[0]


def test_r9_an_old_database_that_grew_on_is_found(path: Path, tmp_path: Path) -> None:
    old = shutil.copy(database_of(path), tmp_path / "old.db")
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    shutil.copy(old, database_of(path))
    (path / ANCHOR).rename(tmp_path / ANCHOR)
    later = HandClock()
    later.go(minutes=1)
    with signed_in(path, later) as study:
        for _ in range(3):
            screen_somebody(study)
    (tmp_path / ANCHOR).rename(path / ANCHOR)
    with signed_in(path, later) as study:
        assert "is another one than it was" in study.problems[0]


@pytest.mark.parametrize(
    "content",
    ["", "{}", "[]", '{"rows": 9999, "link": "ff", "restores": 0, "mac": "00"}', '{"rows": 1e999, "link": "ff"}'],
)
def test_an_anchor_that_no_holder_of_the_keys_made_says_nothing(path: Path, content: str) -> None:
    (path / ANCHOR).write_text(content)
    with signed_in(path, HandClock()) as study:
        assert study.problems == ()


def test_a_crash_raises_no_alarm(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    kept = (path / ANCHOR).read_bytes()
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    (path / ANCHOR).write_bytes(kept)  # as if the program had been killed before it closed
    with signed_in(path, HandClock()) as study:
        assert study.problems == ()


def test_heads_of_a_second_folder_are_known_too(path: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "stick"
    with signed_in(path, HandClock()) as study:
        made = study.backups.make().backup
    shutil.move(path / "backups", elsewhere)
    (path / ANCHOR).unlink()
    folder = open_folder(path, COORDINATOR, PASSWORD, HandClock(), read_only=True)
    try:
        assert known_heads(path, folder.keys, folder.read) == ()
        assert known_heads(path, folder.keys, folder.read, [elsewhere]) == (made.manifest.head,)
    finally:
        folder.close()


@pytest.mark.parametrize(
    "details",
    ["NULL", "'no JSON'", "'[]'", '\'{"rows": 1e999, "left": []}\'', '\'{"rows": 2, "left": 7}\'', "x'ff'"],
)
def test_r9_a_forged_event_of_a_restore_keeps_nobody_out_and_is_named_by_verifying(path: Path, details: str) -> None:
    hand = HandClock()
    with signed_in(path, hand) as study:
        screen_somebody(study)
        study.backups.make()
        keys, row = study._folder.keys, study.trail.head().rows  # noqa: SLF001
    connection = connect(database_of(path), keys)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute(f"UPDATE audit SET act = 'backup put back', kind = 'event', new = {details} WHERE seq = {row}")
    for _, made in triggers:
        connection.execute(made)
    connection.close()
    with signed_in(path, hand) as study:
        assert str(row) in study.problems[0]
        assert row in [problem.row for problem in study.trail.verify().problems]


def test_r9_verifying_asks_the_second_folder_too(path: Path, tmp_path: Path) -> None:
    hand, stick = HandClock(), tmp_path / "stick"
    stick.mkdir()
    with signed_in(path, hand) as study:
        study.backups.set_second_folder(stick)
    old = shutil.copytree(path, tmp_path / "old")
    with signed_in(path, hand) as study:
        screen_somebody(study)
        study.backups.make()
    shutil.rmtree(path)
    old.rename(path)  # the whole folder, with its anchor and its backups, put back as it was
    with signed_in(path, hand) as study:
        for verify in (study.trail.verify, study.trail.verify_copy):
            assert "kept elsewhere" in verify().problems[0].words
        stick.rename(tmp_path / "pulled out")
        assert study.trail.verify().problems == ()


def test_a_study_restored_beside_is_not_held_against_what_came_after_its_backup(path: Path, tmp_path: Path) -> None:
    hand, stick = HandClock(), tmp_path / "stick"
    stick.mkdir()
    with signed_in(path, hand) as study:
        study.backups.set_second_folder(stick)
        study.backups.make()
        screen_somebody(study)
        study.backups.make()
    with signed_in(path, hand, ADMINISTRATOR) as study:
        beside = study.restoring.beside(study.backups.all()[-1])
    shutil.rmtree(path)
    beside.rename(path)
    with signed_in(path, hand) as study:
        assert study.trail.verify().problems == ()
