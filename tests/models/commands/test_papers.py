"""The commands that print."""

from collections.abc import Callable
from pathlib import Path

import pytest

from models.domain.clock import SystemClock
from models.domain.errors import TrialError
from tests.command_fixtures import Run
from tests.demo_fixtures import open_demo
from tests.models.reports.reading import page_texts


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


def test_a_cohort_report_of_an_unknown_cut_names_the_known_ones(run: Run, demo: Path, tmp_path: Path) -> None:
    status, _, complaint = run("report", "cohort", demo, "--cut", "Board", "--out", tmp_path / "cohort.pdf")
    assert status == 1
    assert "There is no data cut named Board" in complaint


def test_of_nobody_no_folder_is_made(run: Run, demo: Path, tmp_path: Path) -> None:
    run("report", "clinic", demo, "--date", "1990-01-01", "--out", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_what_was_printed_is_in_the_audit_trail_even_where_the_next_page_fails(
    run: Run, demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stuck(what: str) -> Callable[[int, int], bool]:
        def show(done: int, _total: int) -> bool:
            if done == 2:
                raise TrialError(f"{what}: the disk is full.")
            return True

        return show

    monkeypatch.setattr("models.commands.papers.progress", stuck)
    status, _, complaint = run("report", "clinic", demo, "--all", "--out", tmp_path / "clinic")
    assert (status, complaint) == (1, "albatrack: Pages: the disk is full.\n")
    with open_demo(demo, SystemClock()) as study:
        noted = [line for line in study.trail.lines() if line.act == "visit summary saved"]
    assert len(noted) == len(list((tmp_path / "clinic").iterdir())) == 2


def test_a_visit_without_a_code_is_no_visit(run: Run, demo: Path, tmp_path: Path) -> None:
    with open_demo(demo, SystemClock()) as study:
        label = study.chart(study.enrolled()[0]).label
    status, _, complaint = run(
        "report", "visit", demo, "--patient", label, "--visit", " ", "--out", tmp_path / "summary.pdf"
    )
    assert status == 1
    assert "--visit is empty" in complaint


@pytest.mark.parametrize("place", ["study.db", "keyring.json", "documents/a.pdf", "backups/new.pdf"])
def test_no_report_is_written_into_the_folder_of_a_study(run: Run, demo: Path, tmp_path: Path, place: str) -> None:
    held = sorted(demo.rglob("*"))
    (tmp_path / "link").symlink_to(demo)
    for folder in (demo, tmp_path / "link"):
        status, _, complaint = run("report", "visit", demo, "--patient", "042-001", "--out", folder / place)
        assert (status, complaint) == (
            1,
            f"albatrack: {folder / place} lies in the folder of a study, which keeps the record only. "
            "Choose another folder.\n",
        )
    assert sorted(demo.rglob("*")) == held
    with open_demo(demo, SystemClock()) as study:
        assert study.enrolled()


def test_no_papers_of_a_clinic_are_put_into_the_folder_of_a_study(run: Run, demo: Path) -> None:
    status, _, complaint = run("report", "clinic", demo, "--all", "--out", demo / "papers")
    assert status == 1
    assert "lies in the folder of a study" in complaint
    assert not (demo / "papers").exists()
