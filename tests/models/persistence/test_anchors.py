"""A tail cut off, or an old database put back whole, is found by the heads that were kept outside it (R9)."""

import json
import shutil
from pathlib import Path

import pytest

from models.persistence.anchors import ANCHOR, known_heads
from models.persistence.study_folder import open_folder
from models.persistence.verify import Head
from tests.backup_fixtures import COORDINATOR, HandClock, copy_of, database_of, screen_somebody, signed_in
from tests.study_fixtures import PASSWORD


@pytest.fixture
def path(empty_study_file: Path, tmp_path: Path) -> Path:
    return copy_of(empty_study_file, tmp_path)


def test_closing_keeps_where_the_trail_ended(path: Path) -> None:
    with signed_in(path, HandClock()) as study:
        screen_somebody(study)
    kept = json.loads((path / ANCHOR).read_text())
    with signed_in(path, HandClock()) as study:
        [signed_out] = [line for line in study.trail.lines() if line.row == kept["rows"]]
        assert signed_out.act == "sign-out"
        assert study.trail.verify([Head(kept["rows"], kept["link"])]).problems == ()


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


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"rows": 9999, "link": "ff", "restores": 0, "mac": "00"}'])
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
