"""The Cohort page over the demo study, an empty one, and one with a single patient."""

import csv
import shutil
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.cohort.cut_dialogs import DayDialog
from gui.pages.cohort.exhibits import VIEWS
from gui.pages.cohort.method_dialog import MethodDialog
from gui.pages.cohort.page import Page
from gui.pages.cohort.saving import FORMATS, Format, file_name
from gui.workspace import Target, Workspace
from models.cohort.table import shown
from models.cohort.tables import tables
from models.domain.clock import FixedClock
from models.domain.context import Changes, Context
from models.domain.notation import Desk
from models.domain.quantities import Quantity
from models.study import Edit, Study
from tests import workbooks
from tests.demo_fixtures import open_demo
from tests.gui.fakes import NotingHost
from tests.gui.pages.cohort.conftest import OpenPage, SitDown, choose, listed, rows, settle, turn


def drawn(qtbot: QtBot, page: Page) -> None:
    page.content.figure.canvas.grab()
    qtbot.waitUntil(lambda: bool(page.content.figure.canvas.hits))


def save(page: Page, form: Format, path: Path) -> None:
    assert page.shown is not None
    assert page.shown.exhibit is not None
    page.giving.save_to(page.shown, form, path)


def test_the_head_says_how_many_are_enrolled_and_how_long_they_are_followed(page: Page) -> None:
    words = page.header.remark.text()
    assert words.startswith("63 enrolled · 62 reached remission · median follow-up ")
    assert words.endswith(" months (reverse Kaplan-Meier)")


def test_the_cells_on_the_screen_are_those_of_the_tables(qtbot: QtBot, page: Page) -> None:
    seen = set()
    for view in VIEWS:
        if view.show:
            turn(qtbot, page, view.name, by="ikzf1")
            assert page.shown is not None
            assert page.shown.exhibit is not None
            code = page.shown.exhibit.table.code
            wanted = next(table for table in tables(page.shown.cohort) if table.code == code)
            assert rows(page) == [
                [shown(cell, column, Desk.ENGLISH) for cell, column in zip(row.cells, wanted.columns, strict=True)]
                for row in wanted.rows
            ]
            seen.add(code)
    assert len(seen) == len(VIEWS) - 1


def test_a_number_lists_its_patients_and_enter_opens_one_at_the_record(
    qtbot: QtBot, page: Page, host: NotingHost
) -> None:
    found = choose(page, "all patients/C2", "response")
    assert len(found) == 33
    assert page.content.side.heading.text() == "33 patients"
    assert page.content.side.remark.text() == "After cycle 2, Response"
    view = page.content.side.table.view
    view.selectRow(0)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    target = host.targets[-1]
    assert (target.page, target.tab) == ("patient", "mrd")
    assert target.record is not None


def test_a_number_is_reached_with_the_keyboard(qtbot: QtBot, page: Page) -> None:
    cells = page.content.cells
    assert cells.go_to("all patients/C2", "evaluable")
    qtbot.keyClick(cells, Qt.Key.Key_Left)
    qtbot.keyClick(cells, Qt.Key.Key_Return)
    assert len(listed(page)) == 33


def test_a_click_on_a_number_lists_its_patients(qtbot: QtBot, page: Page) -> None:
    cells = page.content.cells
    cells.go_to("all patients/D85", "response")
    place = cells.visualRect(cells.currentIndex()).center()
    qtbot.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(listed(page)) == 17


def test_a_number_that_counts_nobody_says_so_with_its_rule_and_lists_nobody_else(page: Page) -> None:
    choose(page, "all patients/C2", "response")
    assert choose(page, "all patients/C2", "not_evaluable") == []
    side = page.content.side
    assert (side.heading.text(), side.remark.text()) == ("Nobody", "After cycle 2, not evaluable")
    told = " ".join(each.text() for each in side.findChildren(QLabel) if each.isVisibleTo(page))
    assert "Not evaluable, missing (the visit was due) and not reached" in told
    assert choose(page, "all patients/C2", "response") != []
    assert side.heading.text() == "33 patients"


def test_a_zero_is_chosen_with_a_click(qtbot: QtBot, page: Page) -> None:
    cells = page.content.cells
    cells.go_to("all patients/C2", "not_evaluable")
    place = cells.visualRect(cells.currentIndex()).center()
    qtbot.mouseClick(cells.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.content.side.heading.text() == "Nobody"


def test_a_boundary_of_zero_patients_is_not_taken_for_nobody(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "boundary")
    cells = page.content.cells
    assert cells.go_to("5", "boundary")
    cells.choose_current()
    assert page.content.side.heading.text() == "Patients"


def test_subgroups_stand_below_each_other(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "survival")
    page.controls.groups.setCurrentIndex(page.controls.groups.findData("ikzf1"))
    settle(qtbot, page)
    assert [row[0] for row in rows(page)][1:] == ["IKZF1 wild type", "IKZF1 only", "IKZF1plus", "not evaluable"]


def test_a_day_before_anybody_was_screened_does_not_say_that_the_study_is_empty(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "response", until="2001-01-01")
    assert page.nothing.accessibleDescription().startswith("Nobody was in the study yet. Nobody had been screened")
    offer = page.nothing.findChild(QPushButton, "cohortOffer")
    assert offer is not None
    assert not offer.isVisible()


def test_coming_back_to_a_tab_that_divides_by_itself_divides_no_other(qtbot: QtBot, page: Page) -> None:
    page.tabs.setCurrentIndex(1)
    settle(qtbot, page)
    assert page.controls.by == "ikzf1"
    page.show_target(page.place)
    settle(qtbot, page)
    assert page.controls.by == "ikzf1"
    page.tabs.setCurrentIndex(0)
    settle(qtbot, page)
    assert page.controls.by == ""


def test_a_choice_is_kept_for_when_its_tab_is_shown_again(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "survival")
    page.controls.choice.setCurrentIndex(page.controls.choice.findData("CIR"))
    settle(qtbot, page)
    page.tabs.setCurrentIndex(0)
    settle(qtbot, page)
    page.tabs.setCurrentIndex(1)
    settle(qtbot, page)
    assert page.controls.code == "CIR"
    assert page.place.values["choice"] == "CIR"


def test_what_was_counted_is_shown_again_at_once(qtbot: QtBot, page: Page) -> None:
    page.tabs.setCurrentIndex(1)
    settle(qtbot, page)
    page.tabs.setCurrentIndex(0)
    assert page.settled


def test_a_single_patient_of_the_drawing_is_opened(qtbot: QtBot, page: Page, host: NotingHost) -> None:
    turn(qtbot, page, "courses")
    drawn(qtbot, page)
    hit = next(hit for hit in page.content.figure.canvas.hits if hit.record_id)
    page.content.figure.canvas.opened.emit(hit)
    assert host.targets[-1].patient == hit.record_id


def test_several_patients_of_the_drawing_are_listed(qtbot: QtBot, page: Page) -> None:
    drawn(qtbot, page)
    hit = next(hit for hit in page.content.figure.canvas.hits if not hit.record_id)
    page.content.figure.canvas.opened.emit(hit)
    assert len(listed(page)) > 1
    assert page.content.side.remark.text() == hit.lines[0]


def test_how_it_is_computed_is_told_with_wording_and_source(qtbot: QtBot, page: Page) -> None:
    turn(qtbot, page, "survival", by="ikzf1")
    page.controls.how.click()
    dialog = page.window().findChild(MethodDialog)
    assert dialog is not None
    told = " ".join(each.text() for each in dialog.findChildren(QLabel))
    for part in (
        "Kaplan-Meier",
        "Numbers at risk are those just before",
        "Log-rank test",
        "Source: Peto",
        "IKZF1 class",
    ):
        assert part in told
    dialog.close()


def test_a_record_that_changed_is_counted_again(qtbot: QtBot, page: Page, demo: Study) -> None:
    choose(page, "all patients/C2", "response")
    assert page.shown is not None
    member = next(
        one for one in page.shown.cohort.members if (at := one.landmark("C2")) and at.molecular.outcome == "positive"
    )
    at = member.landmark("C2")
    assert at is not None
    nothing = Quantity(Decimal(0), "copies")
    edit = Edit("mrd", {"target_copies": nothing, "lab_category": None}, at.molecular.records[0])
    page.refresh(demo.save(member.who.id, [edit], Context("", "Typing error")))
    settle(qtbot, page)
    assert len(listed(page)) == 34
    assert member.who.label in dict(listed(page))


def test_a_change_that_counts_for_nothing_is_passed_over(page: Page) -> None:
    before = page.shown
    page.refresh(Changes(None, frozenset({"query"})))
    assert page.settled
    assert page.shown is before


def test_the_count_ends_with_a_day(qtbot: QtBot, page: Page, workspace: Workspace) -> None:
    dialog = DayDialog(workspace, page)
    dialog.editor.set_typed("1 jan 2026")
    dialog.finish()
    assert dialog.day is not None
    turn(qtbot, page, "response", until=dialog.day.isoformat())
    assert page.place.values["until"] == "2026-01-01"
    assert page.header.data.text() == "Data: up to 1 Jan 2026"
    assert page.shown is not None
    assert len(page.shown.cohort.enrolled) < 63


def test_a_day_after_today_is_refused_with_a_sentence(page: Page, workspace: Workspace) -> None:
    dialog = DayDialog(workspace, page)
    dialog.editor.set_typed("1 jan 2030")
    dialog.finish()
    assert dialog.day is None
    assert dialog.failure.isVisibleTo(dialog)


def test_what_is_shown_is_saved_and_the_trail_keeps_it(qtbot: QtBot, page: Page, demo: Study, tmp_path: Path) -> None:
    turn(qtbot, page, "survival")
    begins = {".pdf": b"%PDF", ".svg": b"<?xml", ".png": b"\x89PNG", ".csv": b"", ".xlsx": b"PK"}
    for form in FORMATS:
        path = tmp_path / f"{form.code}{form.suffix}"
        save(page, form, path)
        assert path.read_bytes().startswith(begins[form.suffix])
        assert path.stat().st_size > 300
    noted = [line.details["as"] for line in demo.trail.lines() if line.act == "cohort exported"]
    assert sorted(noted) == sorted(form.code for form in FORMATS)


def test_the_data_of_a_chart_of_curves_are_its_steps(qtbot: QtBot, page: Page, tmp_path: Path) -> None:
    turn(qtbot, page, "survival")
    save(page, next(each for each in FORMATS if each.code == "data"), tmp_path / "data.csv")
    head = (tmp_path / "data.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    origin = "protocol,site,synthetic,data_cut,until"
    assert head == f"group,curve,months,at_risk,events,estimate,std_err,lower,upper,{origin}"


def test_a_table_saved_says_of_which_study_and_cut_it_tells(
    qtbot: QtBot, page: Page, demo: Study, tmp_path: Path
) -> None:
    (cut,) = demo.cohorts.cuts.all()
    turn(qtbot, page, "response", cut=cut.name)
    assert page.shown is not None
    as_csv, as_workbook = (form for form in FORMATS if form.code.startswith("table"))
    assert file_name(page.shown, as_csv) == f"cohort-response-protocol-{demo.today.isoformat()}.csv"
    save(page, as_csv, tmp_path / "table.csv")
    save(page, as_workbook, tmp_path / "table.xlsx")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as stream:
        first = next(csv.DictReader(stream))
    for line in (first, workbooks.lines(tmp_path / "table.xlsx")[0]):
        assert (line["protocol"], line["synthetic"], line["data_cut"]) == (demo.protocol.id, "yes", cut.name)


def test_a_failure_to_save_is_said_in_the_page(page: Page, tmp_path: Path) -> None:
    save(page, FORMATS[-1], tmp_path / "nowhere" / "table.csv")
    assert page.message.isVisible()


def test_the_report_is_shown_as_it_will_print(qtbot: QtBot, page: Page) -> None:
    from gui.pages.cohort.report import ReportDialog

    page.print_report()
    assert not page.header.print.isEnabled()
    qtbot.waitUntil(lambda: page.findChild(ReportDialog) is not None, timeout=60_000)
    dialog = page.findChild(ReportDialog)
    assert dialog is not None
    assert dialog.pdf.startswith(b"%PDF")
    assert page.header.print.isEnabled()
    dialog.close()


def test_a_count_that_is_stopped_says_so_and_can_be_begun_again(qtbot: QtBot, page: Page, workspace: Workspace) -> None:
    page.refresh(None)
    workspace.jobs.cancel_all()
    qtbot.waitUntil(lambda: page.message.isVisible(), timeout=30_000)
    assert "stopped" in page.message.text.text()
    page.message.button.click()
    settle(qtbot, page)
    assert not page.message.isVisible()


def test_numbers_of_another_state_than_the_one_asked_for_do_not_stay(
    qtbot: QtBot, page: Page, workspace: Workspace
) -> None:
    until = workspace.study.today - timedelta(days=400)
    page.show_target(Target("cohort", values={"view": "response", "until": until.isoformat()}))
    assert not page.controls.save.isEnabled()
    workspace.jobs.cancel_all()
    qtbot.waitUntil(lambda: page.message.isVisible(), timeout=30_000)
    assert page.nothing.isVisible()
    assert not page.content.isVisible()
    page.message.button.click()
    settle(qtbot, page)
    assert page.content.isVisible()
    assert page.controls.save.isEnabled()


# ---- little to count


@pytest.fixture
def one_patient(study: Study, patient: int) -> Study:
    return study


def test_an_empty_study_says_why_there_is_nothing(open_page: OpenPage, sit_down: SitDown, study: Study) -> None:
    page = open_page(sit_down(study))
    assert page.header.remark.text() == "nobody is enrolled yet"
    assert page.nothing.isVisible()
    assert page.nothing.accessibleDescription().startswith("Nobody is in the study yet")


@pytest.mark.parametrize("view", [view.name for view in VIEWS])
def test_a_single_patient_fills_every_tab_or_leaves_a_sentence(
    qtbot: QtBot, open_page: OpenPage, sit_down: SitDown, one_patient: Study, view: str
) -> None:
    page = open_page(sit_down(one_patient))
    turn(qtbot, page, view, by="ikzf1")
    assert page.nothing.isVisible() != page.content.isVisible()
    page.grab()
    assert page.nothing.isHidden() or page.nothing.accessibleDescription()


def test_without_a_cut_the_changes_offer_to_make_one(
    qtbot: QtBot, open_page: OpenPage, sit_down: SitDown, one_patient: Study
) -> None:
    page = open_page(sit_down(one_patient))
    turn(qtbot, page, "changes")
    assert page.nothing.accessibleDescription().startswith("No data cut yet")
    offer = page.nothing.findChild(QPushButton, "cohortOffer")
    assert offer is not None
    assert offer.text() == "Make a data cut…"
    assert not page.header.compare.isEnabled()


# ---- who may do what


def test_a_monitor_reads_and_makes_no_cut(
    open_page: OpenPage, sit_down: SitDown, demo_study_file: Path, tmp_path: Path, clock: FixedClock
) -> None:
    path = Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack"))
    with open_demo(path, clock, "monitor") as study:
        page = open_page(sit_down(study))
        assert len(choose(page, "all patients/C2", "response")) == 33
        assert not page.header.cut_action.isEnabled()
        assert page.header.print.isEnabled()
        page.make_cut()
        assert "may not change the study's settings" in page.message.text.text()
