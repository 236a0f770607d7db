"""The commands that make and keep a study."""

from pathlib import Path

import pytest

from models.domain.clock import SystemClock
from models.domain.errors import TrialError
from models.persistence import second_folder
from models.study import DEMO_PASSWORD
from tests.command_fixtures import Run
from tests.demo_fixtures import open_demo


def as_somebody(monkeypatch: pytest.MonkeyPatch, login: str) -> list[str]:
    monkeypatch.setenv("ALBATRACK_PASSWORD", DEMO_PASSWORD)
    return ["--user", login]


def test_backup_makes_one_that_counts_and_copies_it_into_a_folder(run: Run, demo: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    status, printed, complaint = run("backup", demo, "--into", stick)
    assert (status, complaint) == (0, "")
    [made] = demo.glob("backups/*-request")
    assert printed.startswith(f"{made}: made and checked, ")
    assert list(stick.glob(f"*/{made.name}/study.db"))
    assert list(demo.glob("backups/fallback-*.pdf"))
    with open_demo(demo, SystemClock()) as study:
        assert [backup.name for backup in study.backups.all() if backup.genuine] == [made.name]


@pytest.mark.parametrize(("inside", "words"), [(False, "There is no folder"), (True, "outside the study")])
def test_backup_into_a_place_that_will_not_do_makes_none(run: Run, demo: Path, inside: bool, words: str) -> None:
    place = demo / "documents" if inside else demo.with_name("nowhere")
    status, printed, complaint = run("backup", demo, "--into", place)
    assert (status, printed) == (1, "")
    assert words in complaint
    assert not list(demo.glob("backups/*-request"))


def test_backup_says_what_could_not_be_copied_and_that_it_was_made(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise TrialError("The stick is full.")

    monkeypatch.setattr(second_folder, "copy_there", full)
    status, _, complaint = run("backup", demo, "--into", tmp_path)
    assert status == 1
    assert "was made and checked, but: The stick is full." in complaint
    assert list(demo.glob("backups/*-request"))


def test_backup_needs_the_right_to_it(run: Run, demo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    status, _, complaint = run("backup", demo, *as_somebody(monkeypatch, "monitor"))
    assert status == 1
    assert "may not" in complaint
    assert not list(demo.glob("backups/*-request"))


def test_verifying_says_where_the_trail_ends(run: Run, demo: Path) -> None:
    status, printed, complaint = run("verify", demo)
    assert (status, complaint) == (0, "")
    assert "rows of the audit trail and the data agree. The trail ends at " in printed


@pytest.mark.parametrize("head", ["5", "5-", "5-zz", "x-ab", f"{'9' * 5000}-ab"])
def test_what_is_no_end_of_a_trail_is_refused(run: Run, demo: Path, head: str) -> None:
    status, _, complaint = run("verify", demo, "--head", head)
    assert status == 1
    assert "is not the end of an audit trail" in complaint
    assert len(complaint) < 200


@pytest.mark.parametrize("option", [(), ("--read-only",)])
def test_a_trail_that_is_shorter_than_a_printed_end_is_told_in_one_sentence(
    run: Run, demo: Path, option: tuple[str, ...]
) -> None:
    status, printed, complaint = run("verify", demo, "--head", "999999-abcdef", *option)
    assert status == 1
    assert "the trail had 999999 rows" in printed
    assert complaint.startswith("albatrack: The study does not agree with its audit trail: ")
    assert complaint.count("\n") == 1
