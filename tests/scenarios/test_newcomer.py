"""Somebody who has never seen the program: start page, demo, a patient, the curve, a result, the summary."""

from pathlib import Path

from tests.models.reports.reading import page_texts
from tests.scenarios.conftest import OpenDesk


def test_from_the_start_page_to_a_printed_summary_of_the_demo(open_desk: OpenDesk, tmp_path: Path) -> None:
    newcomer = open_desk(None)
    newcomer.go_to("startDemo")
    newcomer.keys("Return")
    newcomer.until(lambda: newcomer.shows("signInPage"), timeout=40_000)
    assert newcomer.says("The patients of this study are made up")
    newcomer.go_to("demo_coordinator")
    newcomer.keys("Return")
    newcomer.until(lambda: newcomer.application.study is not None)
    assert newcomer.says("Demo study: made-up patients")
    assert newcomer.says("63 enrolled")

    newcomer.find("042-063")
    assert newcomer.text("patientNumber") == "042-063"
    newcomer.until(lambda: newcomer.says("MRD positive in marrow since"))
    before = newcomer.points()
    newcomer.go_to("overviewCurve")
    newcomer.keys("End", "Right")
    assert newcomer.understood()

    newcomer.keys("Ctrl+M")
    newcomer.front("mrd_dialog")
    newcomer.fill(mrd_collected="today", mrd_target_copies="0", mrd_control_copies="45310")
    assert newcomer.text("mrd_class") == "Complete molecular response"
    newcomer.save()
    newcomer.gone("mrd_dialog")
    newcomer.until(lambda: newcomer.says("Complete molecular response in marrow since"))
    newcomer.keys("Ctrl+1")
    newcomer.until(lambda: len(newcomer.points()) == len(before) + 1)

    newcomer.keys("Ctrl+P")
    newcomer.front("paper_dialog")
    with newcomer.file_named(tmp_path / "summary.pdf"):
        newcomer.keys("Ctrl+S")
    text = " ".join(page_texts(tmp_path / "summary.pdf"))
    assert "042-063" in text
    assert "2 Oct 2026" in text
    assert "SYNTHETIC PATIENT" in text
    newcomer.keys("Esc")
    newcomer.gone("paper_dialog")
