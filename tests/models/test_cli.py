"""The command line: one plain sentence for everything that can be wrong."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from models import cli
from models.domain.errors import TrialError
from tests.command_fixtures import Run

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["patients", "{tmp}/none"], "There is no study at"),
        (["patients", "{tmp}"], "is not an AlbaTrack study"),
        (["patients", "{tmp}/letter.txt"], "is a file, not an AlbaTrack study"),
        (["chart", "{demo}", "--patient", "999", "--json"], "no patient 999"),
        (["report", "visit", "{demo}", "--patient", "999", "--out", "{tmp}/x.pdf"], "no patient 999"),
        (["report", "visit", "{demo}", "--patient", "042-001", "--visit", "X", "--out", "{tmp}/x.pdf"], "no visit X"),
        (["report", "visit", "{demo}", "--patient", "042-001", "--out", "{tmp}/no/such/x.pdf"], "/no/such"),
        (["demo", "{demo}"], "exists already"),
        (["demo", "{tmp}/no/demo"], "does not exist"),
        (["classify", "--csv", "{tmp}/none.csv", "--out", "{tmp}/o.csv"], "none.csv"),
        (["classify", "--csv", "{tmp}/letter.txt", "--out", "{tmp}/o.csv"], "letter.txt"),
        (["classify", "--csv", "{tmp}/letter.txt", "--out", "{tmp}/o.csv", "--protocol", "nosuch"], "nosuch"),
        (["grade", "--csv", "{tmp}/none.csv", "--out", "{tmp}/o.csv", "--ctcae", "5.0"], "none.csv"),
    ],
)
def test_what_is_wrong_is_one_plain_sentence(
    run: Run, demo: Path, tmp_path: Path, arguments: list[str], sentence: str
) -> None:
    (tmp_path / "letter.txt").write_text("Dear colleague", encoding="utf-8")
    status, printed, complaint = run(*(a.format(tmp=tmp_path, demo=demo) for a in arguments))
    assert status == 1
    assert printed == ""
    assert complaint.startswith("albatrack: ")
    assert sentence in complaint
    assert "Traceback" not in complaint
    assert not list(tmp_path.glob("o.csv"))


def test_without_a_display_the_demo_is_made_once_and_printed(
    run: Run, demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(demo_file, tmp_path / "demo.albatrack")
    assert cli.headless_demo(tmp_path) == 0
    assert len(list((tmp_path / "visit-summaries").glob("*.pdf"))) == 9
    assert str(tmp_path / "visit-summaries") in capsys.readouterr().out


def test_what_the_computer_refuses_is_a_sentence(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", "secret.csv")

    monkeypatch.setattr("models.exchange.survival_csv.survival_file", refused)
    status, _, complaint = run("survival", "--csv", tmp_path / "in.csv", "--json")
    assert status == 1
    assert complaint.startswith("albatrack: secret.csv cannot be used: permission denied. ")
    assert complaint.count("\n") == 1


def test_a_command_that_is_stopped_in_the_middle_of_a_transaction_says_so(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def interrupted(_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as stop:
            raise TrialError("The study could not be written: a function failed.") from stop

    monkeypatch.setattr("models.exchange.survival_csv.survival_file", interrupted)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # in the background it would be ignored
    try:
        assert run("survival", "--csv", tmp_path / "in.csv", "--json") == (130, "", "albatrack: stopped.\n")
        assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    finally:
        signal.signal(signal.SIGINT, before)


def test_where_the_demo_cannot_be_made_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "build").write_text("", encoding="utf-8")
    assert cli.headless_demo(tmp_path / "build" / "demo") == 1
    assert "cannot be used: not a directory" in capsys.readouterr().err


def test_a_sentence_is_one_line_whatever_it_quotes(run: Run, tmp_path: Path) -> None:
    _, _, complaint = run("patients", tmp_path / "two\nlines\x1b[2J")
    assert complaint == f"albatrack: There is no study at {tmp_path}/two lines [2J. Check the name and the folder.\n"


def test_a_name_that_is_empty_is_not_the_folder_one_is_in(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(["grade", "--csv", "in.csv", "--out", "", "--ctcae", "5.0"])
    assert "argument --out: the name is empty" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a shell of another kind")
@pytest.mark.parametrize(
    ("redirected", "sentence"),
    [
        (">&-", "There is nowhere to write to: the standard output is closed."),
        ("| true", "The output was not taken to its end: what read it stopped reading."),
        ("--user coordinator <&-", "There is nobody to ask for the password."),
        ("--user coordinator 2>&1 <&- >&-", ""),
    ],
)
def test_closed_streams_are_a_sentence_where_there_is_anybody_to_read_it(
    demo: Path, redirected: str, sentence: str
) -> None:
    command = (
        f'{{ "{sys.executable}" "{ROOT / "main.py"}" patients "{demo}" {redirected.partition("|")[0]}; echo $? >&2; }}'
    )
    command += f" {redirected.partition('|')[1]} {redirected.partition('|')[2]}"
    ended = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, timeout=60)
    *told, status = ended.stderr.splitlines()
    assert status == "1"
    assert [line for line in told if sentence not in line] == []
    assert len(told) == bool(sentence)
