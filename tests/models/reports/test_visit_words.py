"""What the visit summary says where a day or a window is not fully known, and of visits outside the plan."""

from pathlib import Path

import pytest

from models.records.molecular import MrdResult
from tests.builders import a_patient
from tests.models.reports.reading import page_lines
from tests.models.reports.test_visit_summary import summary, written


def test_a_visit_due_before_the_first_phase_is_the_next_one_in_words(tmp_path: Path) -> None:
    said = summary(a_patient(), tmp_path)
    assert "Next visit Baseline: Due before Steroid pre-phase begins Molecular" in said
    assert "Next visits Baseline: Due before Steroid pre-phase begins (open)" in said


def test_where_samples_differ_an_unscheduled_result_is_named_in_one_word(tmp_path: Path) -> None:
    builder = a_patient().phase("induction", 1).mrd(22, 40, visit="UNS").mrd(22, 40, specimen="BLOOD", visit="UNS")
    path = written(builder.chart(), tmp_path / "visit.pdf", by="")
    assert [line for line in page_lines(path) if "Unscheduled" in line]
    changed = frozenset(("mrd", record.id, "visit") for record in builder.chart().of(MrdResult))
    assert "Unscheduled\u2021" in " ".join(page_lines(written(builder.chart(), path, by="", changed=changed)))


def test_a_response_from_before_day_one_is_dated_with_a_minus_sign(tmp_path: Path) -> None:
    assert "Positive since day \u22126" in summary(a_patient().phase("induction", 1).mrd(-6, 40), tmp_path)


@pytest.mark.parametrize(
    ("code", "day", "status", "told"),
    [
        ("D45", "2026-02", "MISSED", "Day 45: missed. Reason: ill"),
        ("D45", "2026-04", "DONE", "Day 45: at least 35 days after its window closed. Reason: ill"),
        ("BL", None, "MISSED", "Baseline: missed. Reason: ill"),
    ],
)
def test_a_deviation_on_a_day_not_fully_known_is_told(
    code: str, day: str | None, status: str, told: str, tmp_path: Path
) -> None:
    builder = a_patient().phase("induction", 1) if day else a_patient()
    assert told in summary(builder.visit(code, day, status=status, reason="ill"), tmp_path)
