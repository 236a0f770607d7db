"""A second marrow of the same day is no mistake: asked about once, it is a second point on the curve and on paper."""

from pathlib import Path

from models.records.molecular import MrdResult
from tests.models.reports.reading import page_texts
from tests.scenarios.person import Person


def test_both_are_points_of_the_course_and_rows_on_paper(nurse: Person, tmp_path: Path) -> None:
    nurse.find("042-001")
    before = len(nurse.points())
    nurse.keys("Ctrl+M")
    nurse.front("mrd_dialog")
    nurse.fill(
        mrd_visit="after cycle 1", mrd_collected="18 may 2026", mrd_target_copies="5", mrd_control_copies="41000"
    )
    nurse.save()
    nurse.gone("mrd_dialog")

    nurse.keys("Ctrl+M")
    nurse.front("mrd_dialog")
    nurse.fill(mrd_visit="after cycle 1", mrd_collected="18 may 2026", mrd_specimen="bone")
    nurse.fill(mrd_target_copies="7", mrd_control_copies="52000")
    asked: list[str] = []
    with nurse.reasoned("Confirmed by the laboratory", asked):
        nurse.save()
    assert len(asked) == 1
    assert "is recorded already" in asked[0]
    nurse.gone("mrd_dialog")

    of_the_day = [r for r in nurse.chart("042-001").of(MrdResult) if str(r.collected.iso) == "2026-05-18"]
    assert len(of_the_day) == 2
    nurse.keys("Ctrl+1")
    nurse.until(lambda: len(nurse.points()) == before + 2)
    nurse.keys("Ctrl+P")
    nurse.front("paper_dialog")
    with nurse.file_named(tmp_path / "summary.pdf"):
        nurse.keys("Ctrl+S")
    text = " ".join(page_texts(tmp_path / "summary.pdf"))
    assert "41 000" in text
    assert "52 000" in text
    nurse.keys("Esc")
    nurse.gone("paper_dialog")
