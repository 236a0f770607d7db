from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.chart.patient_chart import PatientChart
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.domain.printing import Printing
from models.reports.batch import Paper, clinic, file_name
from tests.builders import a_patient

CHARTS = [a_patient().phase("induction", 1).mrd(1, 5).chart() for _ in range(3)]
PRINTING = Printing("D-ALBA", "042", "C. Rossi", datetime(2026, 10, 2, 8, tzinfo=UTC), Desk.ENGLISH, "1")


def run(
    folder: Path, stop_after: int = 99, charts: list[PatientChart] = CHARTS
) -> tuple[list[Paper], list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []

    def progress(done: int, total: int) -> bool:
        told.append((done, total))
        return done < stop_after

    return clinic(charts, folder, PRINTING, total=len(charts), progress=progress), told


def test_each_patient_gets_a_file_of_its_own_even_under_the_same_number(tmp_path: Path) -> None:
    papers, _ = run(tmp_path / "clinic")
    assert [paper.path.name for paper in papers] == [
        "visit-summary-042-017.pdf",
        "visit-summary-042-017-2.pdf",
        "visit-summary-042-017-3.pdf",
    ]
    assert sorted(tmp_path.joinpath("clinic").iterdir()) == sorted(paper.path for paper in papers)


def test_the_papers_of_an_earlier_day_stay(tmp_path: Path) -> None:
    (before, *_), _ = run(tmp_path)
    kept = before.path.read_bytes()
    before.path.write_bytes(kept + b"% noted by hand")
    papers, _ = run(tmp_path, stop_after=1)
    assert before.path.read_bytes() == kept + b"% noted by hand"
    assert [paper.path.name for paper in papers] == ["visit-summary-042-017-4.pdf"]


@pytest.mark.parametrize(
    ("label", "name"), [("042/017", "visit-summary-042-017"), ("9" * 200, "visit-summary-" + "9" * 100)]
)
def test_any_number_makes_a_name_that_a_file_can_have(label: str, name: str) -> None:
    assert file_name(label) == name


def test_progress_is_told_from_the_start_to_the_end(tmp_path: Path) -> None:
    assert run(tmp_path)[1] == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_stopping_keeps_what_is_whole_and_nothing_else(tmp_path: Path) -> None:
    papers, _ = run(tmp_path, stop_after=1)
    assert list(tmp_path.iterdir()) == [paper.path for paper in papers]
    assert len(papers) == 1


def test_stopping_before_the_first_writes_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, stop_after=0)[0] == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(TrialError, match="taken"):
        run(tmp_path / "taken" / "clinic")
