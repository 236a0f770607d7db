"""The command line: what each command gives, and one plain sentence for everything that can be wrong."""

import csv
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from models import cli
from models.domain.clock import SystemClock
from models.domain.errors import TrialError
from models.persistence import second_folder
from models.study import DEMO_PASSWORD
from tests.demo_fixtures import open_demo
from tests.models.reports.reading import page_texts

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo study of nine patients, made by the command itself."""
    path = tmp_path_factory.mktemp("demo") / "demo.albatrack"
    assert cli.main(["demo", str(path), "--patients", "9", "--seed", "5"]) == 0
    return path


@pytest.fixture
def demo(demo_file: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(demo_file, tmp_path / "demo.albatrack"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command: its status, what it printed, and what it complained of."""

    def call(*arguments: object) -> tuple[int, str, str]:
        capsys.readouterr()
        status = cli.main([str(a) for a in arguments])
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return call


@pytest.mark.parametrize(
    ("command", "complaint"),
    [
        (("report", "clinic", "x", "--out", "y", "--date", "31/02/2026"), "“31/02/2026” is no day"),
        (("demo", "x", "--patients", "abc"), "“abc” is no whole number above 0"),
        (("demo", "x", "--patients", "0"), "“0” is no whole number above 0"),
        (("grade", "--csv", "x", "--out", "y"), "the following arguments are required: --ctcae"),
        (("paint", "x"), "invalid choice: 'paint'"),
    ],
)
def test_a_command_that_is_not_written_as_it_must_be_is_refused_in_one_line(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...], complaint: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(command)
    said = capsys.readouterr().err
    assert complaint in said
    assert said.endswith("--help shows how it is written.\n")
    assert said.count("\n") == 1


def test_patients_lists_everyone_and_counts(run: Run, demo: Path) -> None:
    status, printed, _ = run("patients", demo)
    assert status == 0
    lines = printed.splitlines()
    assert lines[-1] == f"{len(lines) - 1} patients."


def test_patients_as_json_says_that_they_are_synthetic(run: Run, demo: Path) -> None:
    _, printed, _ = run("patients", demo, "--json")
    listed = json.loads(printed)
    assert all(line["synthetic"] for line in listed)
    assert sum(line["subject_number"] is not None for line in listed) == 9


def test_chart_gives_the_points_of_the_curve(run: Run, demo: Path) -> None:
    _, listed, _ = run("patients", demo, "--json")
    label = next(line["label"] for line in json.loads(listed) if line["last_class"])
    status, printed, _ = run("chart", demo, "--patient", label, "--json")
    data = json.loads(printed)
    assert status == 0
    assert data["patient"] == label
    assert data["overview"]["points"]


@pytest.mark.parametrize("command", [("chart", "--json"), ("report", "visit", "--out", "x.pdf")])
@pytest.mark.parametrize("nobody", ["", "  "])
def test_a_patient_without_a_number_is_nobody(run: Run, demo: Path, command: tuple[str, ...], nobody: str) -> None:
    words = command[:2] if command[0] == "report" else command[:1]
    status, printed, said = run(*words, demo, "--patient", nobody, *command[len(words) :])
    assert (status, printed) == (1, "")
    assert said == "albatrack: No patient is named. Give a subject or screening number.\n"


def test_the_list_names_the_specimen_of_the_class(run: Run, demo: Path) -> None:
    _, printed, _ = run("patients", demo)
    classes = [line.split("\t")[2] for line in printed.splitlines()[:-1]]
    assert [words for words in classes if words]
    assert all(" in marrow" in words for words in classes if words)


def test_a_report_is_noted_and_its_foot_tells_where_the_audit_trail_ended(run: Run, demo: Path, tmp_path: Path) -> None:
    with open_demo(demo, SystemClock()) as study:
        [first, *_] = study.enrolled()
        label = study.chart(first).label
    out = tmp_path / "summary.pdf"
    assert run("report", "visit", demo, "--patient", label, "--out", out)[0] == 0
    assert run("report", "clinic", demo, "--all", "--out", tmp_path / "clinic")[0] == 0
    with open_demo(demo, SystemClock()) as study:
        lines = [line for line in study.trail.lines() if line.act == "visit summary saved"]
        assert len(lines) == 10
        [earlier] = [line for line in lines if line.patient_id == first][1:]
    assert earlier.details["pages"] == 1
    (text,) = page_texts(out)
    assert f"audit trail {earlier.row - 1}-" in text


def test_a_visit_summary_is_a_pdf_at_the_place_named(run: Run, demo: Path, tmp_path: Path) -> None:
    with open_demo(demo, SystemClock()) as study:
        [first, *_] = study.enrolled()
        label = study.chart(first).label
    out = tmp_path / "summary.pdf"
    status, printed, _ = run("report", "visit", demo, "--patient", label, "--out", out)
    assert (status, printed.strip()) == (0, str(out))
    assert out.read_bytes().startswith(b"%PDF-")


def test_the_clinic_of_a_day_prints_one_page_set_per_patient(run: Run, demo: Path, tmp_path: Path) -> None:
    status, printed, _ = run("report", "clinic", demo, "--all", "--out", tmp_path / "out")
    assert status == 0
    assert len(list((tmp_path / "out").glob("*.pdf"))) == 9
    assert printed.startswith("9 visit summaries")


def test_nobody_is_expected_on_a_day_long_past(run: Run, demo: Path, tmp_path: Path) -> None:
    status, printed, _ = run("report", "clinic", demo, "--date", "1990-01-01", "--out", tmp_path / "out")
    assert (status, printed) == (0, "Nobody is expected on 1990-01-01.\n")


def test_the_cohort_report_is_a_pdf_and_is_noted(run: Run, demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "cohort.pdf"
    status, printed, _ = run("report", "cohort", demo, "--by", "sex", "--cut", "2026-09-01", "--out", out)
    assert status == 0
    assert printed.startswith(f"{out}: ")
    pages = page_texts(out)
    assert "Data up to 1 Sep 2026" in pages[0].replace("\N{NO-BREAK SPACE}", " ")
    assert "SYNTHETIC PATIENTS" in pages[0]
    with open_demo(demo, SystemClock()) as study:
        [line] = [line for line in study.trail.lines() if line.act == "cohort report saved"]
    assert line.details == {"until": "2026-09-01", "by": "sex", "cut": "", "pages": len(pages)}


@pytest.mark.parametrize(("cut", "complaint"), [("2199-01-01", "lies after today"), ("", "--cut is empty")])
def test_a_cohort_of_a_day_to_come_or_of_an_empty_cut_is_refused(
    run: Run, demo: Path, cut: str, complaint: str
) -> None:
    status, printed, told = run("cohort", demo, "--json", "--cut", cut)
    assert (status, printed) == (1, "")
    assert complaint in told


def test_a_cohort_report_of_an_unknown_cut_names_the_known_ones(run: Run, demo: Path, tmp_path: Path) -> None:
    status, _, complaint = run("report", "cohort", demo, "--cut", "Board", "--out", tmp_path / "cohort.pdf")
    assert status == 1
    assert "There is no data cut named Board" in complaint


def test_classify_names_class_and_reason(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(
        "transcript,specimen,target_copies,control_copies,lab_category,baseline_ratio\n"
        "p190,BONE MARROW,0,45310,,0.6\n"
        "p190,BONE MARROW,0,900,not detected,0.6\n",
        encoding="utf-8",
    )
    status, _, _ = run("classify", "--csv", source, "--out", out, "--protocol", "dalba")
    with out.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert status == 0
    assert [row["class"] for row in rows] == ["complete", "not evaluable"]
    assert all(row["reason"] for row in rows)


def test_grade_names_grade_and_rule(run: Run, tmp_path: Path) -> None:
    source, out = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("term_or_test,value,unit,lln,uln,baseline\nPLAT,48,10^9/L,150,400,\n", encoding="utf-8")
    assert run("grade", "--csv", source, "--out", out, "--ctcae", "5.0")[0] == 0
    with out.open(newline="", encoding="utf-8") as file:
        assert [row["grade"] for row in csv.DictReader(file)] == ["3"]


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


def test_a_study_open_elsewhere_is_said_to_be_in_use(run: Run, demo: Path) -> None:
    with open_demo(demo, SystemClock()):
        status, _, complaint = run("patients", demo)
    assert status == 1
    assert "in use" in complaint


def test_without_a_display_the_demo_is_made_once_and_printed(
    run: Run, demo_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(demo_file, tmp_path / "demo.albatrack")
    assert cli.headless_demo(tmp_path) == 0
    assert len(list((tmp_path / "visit-summaries").glob("*.pdf"))) == 9
    assert str(tmp_path / "visit-summaries") in capsys.readouterr().out


# ---- backup


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
