"""The Laboratory tab through its widgets."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.patient.laboratory.detail import trend_points
from gui.pages.patient.laboratory.panel_form import PanelForm
from gui.pages.patient.laboratory.tab import Tab
from gui.pages.patient.page import Page
from gui.study_view import StudyView
from gui.widgets.banner import Banner
from gui.widgets.form_draft import draft_key
from gui.widgets.grid_form import GridDialog
from gui.widgets.record_dialog import RecordDialog
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.laboratory import LabResult
from models.study import Edit, Study
from tests.gui.pages.patient.conftest import BY, Reasons, visit
from tests.study_fixtures import enrol_a_patient
from tests.wording import english

OpenAt = Callable[..., Page]


def lab(test: str, value: str, unit: str, day: str, laboratory: str = "Central") -> Edit:
    values = {
        "test": test,
        "value": Quantity(Decimal(value), unit),
        "collected": PartialDate.from_iso(day),
        "laboratory": laboratory,
    }
    return Edit("lab", values)


def limits(test: str, lower: str, upper: str, unit: str) -> Edit:
    low, high = Quantity(Decimal(lower), unit), Quantity(Decimal(upper), unit)
    start = PartialDate(2020, 1, 1)
    return Edit("lab_range", {"laboratory": "Central", "test": test, "valid_from": start, "lower": low, "upper": high})


@pytest.fixture
def measured(study: Study, treated: int) -> int:
    """The treated patient with platelets on many days and ALT on one."""
    study.save(0, [limits("PLAT", "150", "400", "10^9/L"), limits("HGB", "12", "16", "g/dL")], BY)
    days = [f"2026-{month:02d}-{day:02d}" for month in range(2, 9) for day in (3, 17)]
    values = [lab("PLAT", "48" if place == 3 else "210", "10^9/L", day) for place, day in enumerate(days)]
    study.save(treated, [*values, lab("ALT", "300", "U/L", days[-1])], BY)
    return treated


@pytest.fixture
def tab(open_at: OpenAt, measured: int) -> Tab:
    shown = open_at(measured, "laboratory").tab
    assert isinstance(shown, Tab)
    return shown


@pytest.fixture
def form(tab: Tab, qtbot: QtBot) -> PanelForm:
    tab.enter_values()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, GridDialog))
    assert isinstance(dialog.form, PanelForm)
    return dialog.form


def type_value(qtbot: QtBot, form: PanelForm, test: str, text: str) -> None:
    line = form.grid.findChild(QLineEdit, f"lab_panel_{test}")
    assert isinstance(line, QLineEdit)
    line.clear()
    qtbot.keyClicks(line, text)


def test_the_newest_samples_are_in_view_and_the_newest_value_is_chosen(tab: Tab) -> None:
    assert tab.grid.later == 0
    assert tab.grid.earlier > 0
    view = tab.grid.current()
    assert view is not None
    assert view.record.collected == PartialDate(2026, 8, 17)
    assert tab.detail.value.heading.text() == "Platelets 210 × 10⁹/L"


def test_earlier_samples_come_into_view_by_button_and_by_arrow(qtbot: QtBot, tab: Tab) -> None:
    before = tab.grid.earlier
    qtbot.mouseClick(tab.earlier, Qt.MouseButton.LeftButton)
    assert tab.grid.earlier < before
    assert tab.grid.later > 0
    tab.grid.setCurrentIndex(tab.grid.rows.index(0, 2))
    first = tab.grid.rows.first
    qtbot.keyClick(tab.grid, Qt.Key.Key_Left)
    assert tab.grid.rows.first == max(0, first - 1)


def test_the_value_chosen_says_its_grade_and_why(tab: Tab, study: Study, measured: int) -> None:
    low = next(r for r in study.chart(measured).of(LabResult) if r.value and r.value.value == 48)
    assert tab.grid.choose(low.id)
    assert tab.detail.grade.text() == "Grade 3: platelet count decreased"
    assert "grade 3" in tab.detail.reason.text()
    assert not tab.detail.why.isHidden()


def test_the_trend_is_drawn_and_a_point_chooses_its_value(qtbot: QtBot, tab: Tab, study: Study, measured: int) -> None:
    qtbot.waitUntil(lambda: len(tab.detail.canvas.hits) == 14)
    hit = tab.detail.canvas.hits[0]
    tab.detail.canvas.opened.emit(hit)
    view = tab.grid.current()
    assert view is not None
    assert view.record.id == hit.record_id


def test_points_in_another_unit_are_converted_for_the_trend(study: Study, measured: int) -> None:
    study.save(measured, [lab("PLAT", "150000", "/uL", "2026-09-01")], BY.__class__("C. Rossi", "Checked"))
    points = trend_points(study.chart(measured), "PLAT", "10^9/L")
    assert points[-1].value.value == 150


def test_missing_ranges_lead_to_the_settings(qtbot: QtBot, tab: Tab, view: StudyView) -> None:
    assert "no reference range for ALT" in tab.missing.text.text()
    qtbot.mouseClick(tab.missing.button, Qt.MouseButton.LeftButton)
    assert view.target.page == "settings"
    assert view.target.values["section"] == "ranges"


def test_a_panel_is_typed_weighed_and_saved_in_one_transaction(
    qtbot: QtBot, form: PanelForm, study: Study, measured: int, reasons: Reasons
) -> None:
    form.head.rows["collected"].editor.set_typed("1/9/2026")
    form.head.edited.emit()
    type_value(qtbot, form, "PLAT", "40")
    assert form.why.isVisibleTo(form)
    type_value(qtbot, form, "HGB", "12,5")
    broadcast = study.chart(measured).of(LabResult)
    assert form.save()
    saved = [r for r in study.chart(measured).of(LabResult) if r not in broadcast]
    assert {(r.test, str(r.value), r.laboratory) for r in saved} == {
        ("PLAT", "40 10^9/L", "Central"),
        ("HGB", "12.5 g/dL", "Central"),
    }
    assert reasons.asked == []


def test_typing_says_the_grade_before_saving(qtbot: QtBot, form: PanelForm) -> None:
    form.head.rows["collected"].editor.set_typed("1/9/2026")
    form.head.edited.emit()
    type_value(qtbot, form, "PLAT", "40")
    line = form.grid.findChild(QLineEdit, "lab_panel_PLAT")
    assert isinstance(line, QLineEdit)
    assert line.accessibleDescription() == "40 × 10⁹/L · grade 3"


def test_the_albumin_typed_corrects_the_calcium_typed_before_it(qtbot: QtBot, form: PanelForm) -> None:
    line = form.grid.findChild(QLineEdit, "lab_panel_CA")
    assert isinstance(line, QLineEdit)
    type_value(qtbot, form, "CA", "7.6 mg/dL")
    assert line.accessibleDescription().endswith("grade 2")
    type_value(qtbot, form, "ALB", "25 g/L")
    assert line.accessibleDescription().endswith("not graded")  # 8.8 mg/dL, and no limit of normal is known
    form.head.rows["collected"].editor.set_typed("1/9/2026")
    form.head.edited.emit()
    again = form.grid.findChild(QLineEdit, "lab_panel_CA")
    assert isinstance(again, QLineEdit)
    assert again.accessibleDescription().endswith("not graded")


def test_doubts_are_asked_about_once_for_the_whole_panel(
    qtbot: QtBot, form: PanelForm, study: Study, measured: int, reasons: Reasons
) -> None:
    form.head.rows["collected"].editor.set_typed("1/9/2026")
    type_value(qtbot, form, "PLAT", "0.1")
    type_value(qtbot, form, "ALT", "2")
    assert form.save()
    assert len(reasons.asked) == 1
    assert len(reasons.asked[0][1]) == 2


def test_what_cannot_be_read_saves_nothing_and_keeps_the_typing(
    qtbot: QtBot, form: PanelForm, study: Study, measured: int
) -> None:
    before = len(study.chart(measured).of(LabResult))
    form.head.rows["collected"].editor.set_typed("1/9/2026")
    type_value(qtbot, form, "PLAT", "40")
    type_value(qtbot, form, "HGB", "low")
    assert not form.save()
    assert len(study.chart(measured).of(LabResult)) == before
    form.keep_draft()
    assert (study.draft(draft_key("lab", measured)) or {})["test/HGB"] == "low"


def test_a_panel_needs_its_day(qtbot: QtBot, form: PanelForm) -> None:
    type_value(qtbot, form, "PLAT", "40")
    assert not form.save()
    assert any("which day" in english(finding.message) for finding in form.edits()[1])


def test_a_draft_comes_back_and_can_be_discarded(qtbot: QtBot, tab: Tab, form: PanelForm) -> None:
    type_value(qtbot, form, "PLAT", "40")
    form.leave()
    tab.enter_values()
    again = next(
        w.form
        for w in QApplication.topLevelWidgets()
        if isinstance(w, GridDialog) and w.form is not form and isinstance(w.form, PanelForm)
    )
    assert again.texts()["test/PLAT"] == "40"
    again.discard()
    assert again.texts() == {}


def test_a_day_that_was_typed_is_kept_before_any_value_is(qtbot: QtBot, tab: Tab, form: PanelForm) -> None:
    day = form.head.rows["collected"].editor
    day.set_typed("")
    qtbot.keyClicks(day.focusProxy(), "3 Apr")
    assert form.texts()["collected"].startswith("3 Apr")


def test_a_visit_brings_its_day_and_its_panels(open_at: OpenAt, tab: Tab, measured: int) -> None:
    open_at(measured, "laboratory", ("lab", 0), visit="D57")
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, GridDialog))
    assert isinstance(dialog.form, PanelForm)
    assert dialog.form.head.head().collected == PartialDate(2026, 3, 6)
    assert "INR" not in dialog.form.head.tests()
    assert "PLAT" in dialog.form.head.tests()


def test_a_value_is_opened_withdrawn_and_gone(
    qtbot: QtBot, open_at: OpenAt, tab: Tab, study: Study, measured: int, reasons: Reasons
) -> None:
    view = tab.grid.current()
    assert view is not None
    open_at(measured, "laboratory", ("lab", view.record.id))
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog))
    assert dialog.form.record == view.record
    dialog.close()
    qtbot.mouseClick(tab.findChild(QPushButton, "lab_withdraw"), Qt.MouseButton.LeftButton)
    assert view.record.id not in {r.id for r in study.chart(measured).of(LabResult)}
    assert "Withdraw a laboratory value" in reasons.asked[0][0]


def test_a_patient_without_values_is_offered_the_panel(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    shown = open_at(treated, "laboratory").tab
    assert isinstance(shown, Tab)
    assert shown.detail.isHidden()
    qtbot.mouseClick(shown.findChild(QPushButton, "lab_offer"), Qt.MouseButton.LeftButton)
    assert any(isinstance(w, GridDialog) for w in QApplication.topLevelWidgets())


def panel() -> PanelForm:
    shown = next(w for w in QApplication.topLevelWidgets() if isinstance(w, GridDialog) and w.isVisible())
    assert isinstance(shown.form, PanelForm)
    return shown.form


def test_values_left_as_a_draft_come_back_with_their_own_visit_and_day(
    qtbot: QtBot, open_at: OpenAt, measured: int
) -> None:
    open_at(measured, "laboratory", ("lab", 0), visit="D57")
    type_value(qtbot, panel(), "PLAT", "40")
    panel().leave()
    open_at(measured, "laboratory", ("lab", 0), visit="D85")
    head = panel().head.head()
    assert (head.visit, head.collected) == ("D57", PartialDate(2026, 3, 6))
    panel().discard()
    assert panel().head.head().visit == "D85"


def test_the_course_stays_while_the_cursor_is_in_an_empty_cell(qtbot: QtBot, tab: Tab) -> None:
    qtbot.waitUntil(lambda: len(tab.detail.canvas.hits) == 14)
    row = next(row for row, test in enumerate(tab.grid.rows.grid.rows) if test.code == "ALT")
    tab.grid.setCurrentIndex(tab.grid.rows.index(row, 2))
    assert tab.detail.value.heading.text() == "Nothing measured in this cell"
    tab.detail.canvas.resize(500, 188)
    assert len(tab.detail.canvas.hits) == 14
    assert not tab.detail.canvas.grab().isNull()


def test_what_was_refused_of_one_patient_is_not_said_of_the_next(
    qtbot: QtBot, open_at: OpenAt, tab: Tab, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TrialError("The record is locked.")

    monkeypatch.setattr(study, "void", refuse)
    qtbot.mouseClick(tab.findChild(QPushButton, "lab_withdraw"), Qt.MouseButton.LeftButton)
    banner = tab.findChild(Banner, "lab_failure")
    assert banner is not None
    assert banner.text.text() == "Not withdrawn. The record is locked."
    open_at(enrol_a_patient(study), "laboratory")
    assert banner.isHidden()


def test_vital_signs_open_over_the_tab_that_lists_them(open_at: OpenAt, measured: int) -> None:
    page = open_at(measured, "", ("vitals", 0))
    assert isinstance(page.tab, Tab)
    shown = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())
    assert shown.form.kind.name == "vitals"
    shown.close()


def test_an_unscheduled_visit_brings_no_day_to_the_panel(
    open_at: OpenAt, study: Study, measured: int, form: PanelForm
) -> None:
    study.save(measured, [visit("UNS", "2026-06-01")], BY.__class__("C. Rossi", "Fever"))
    open_at(measured, "laboratory", ("lab", 0), visit="UNS")
    fresh = [w.form for w in QApplication.topLevelWidgets() if isinstance(w, GridDialog) and w.form is not form]
    assert [each.head.head().collected for each in fresh if isinstance(each, PanelForm)] == [None]
