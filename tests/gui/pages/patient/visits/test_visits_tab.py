"""Visits: planned and real, and the one form of what a visit collects."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.patient.page import Page
from gui.pages.patient.visits.form import VisitDialog
from gui.pages.patient.visits.pieces import pieces_of, records_of
from gui.pages.patient.visits.presenter import deviation_words, piece_lines, visit_rows
from gui.pages.patient.visits.section import Section
from gui.pages.patient.visits.tab import Tab
from gui.study_view import StudyView
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.wrapped_link import WrappedLink
from models.domain.context import Context
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.laboratory import Vitals
from models.records.treatment import PhaseRun
from models.records.visits import UNSCHEDULED, Visit
from models.study import Edit, Study
from tests.builders import a_patient
from tests.gui.pages.patient.conftest import Reasons, answer, press, type_on, visit

OpenAt = Callable[..., Page]
CHECKED = Context("C. Rossi", "Checked against the source document")


def tab(page: Page) -> Tab:
    assert isinstance(page.tab, Tab)
    return page.tab


def form(qtbot: QtBot, page: Page) -> VisitDialog:
    opened = tab(page).dialog
    assert opened is not None
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    return opened


def section(dialog: VisitDialog, code: str) -> Section:
    return next(each for each in dialog.sections if each.piece.code == code)


def save(qtbot: QtBot) -> None:
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_row_says_window_state_deviation_and_what_is_lacking() -> None:
    chart = a_patient().phase("induction", 1, 85).visit("D22", 30).mrd(30, 5, visit="D22").chart()
    row = next(row for row in visit_rows(chart, Desk.ENGLISH) if row.code == "D22")
    assert (row.date, row.day, row.state, row.tone) == ("7 Feb 2026", "30", "Done out of window", "due")
    assert row.deviation == "5 days late"
    assert "Laboratory" in row.lacks
    assert "MRD" not in row.lacks


def test_deviations_count_in_days() -> None:
    assert [deviation_words(days) for days in (-1, 0, 2)] == ["1 day early", "", "2 days late"]


def test_a_due_visit_is_chosen_when_the_tab_opens(open_at: OpenAt, treated: int) -> None:
    chosen = tab(open_at(treated, "visits")).table.chosen()
    assert chosen.tone in ("urgent", "due", "accent")


def test_a_visit_is_recorded_with_its_pieces_in_one_transaction(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    page = open_at(treated, "visits", ("visit", 0), visit="D45")
    dialog = form(qtbot, page)
    type_on(qtbot, "22/2/2026")
    vitals = section(dialog, "vitals")
    assert vitals.fields is not None
    vitals.fields.rows["weight"].editor.setFocus()
    type_on(qtbot, "62.5", "36.6")
    with qtbot.waitSignal(dialog.finished):
        save(qtbot)
    chart = study.chart(treated)
    assert [v.date for v in chart.of(Visit) if v.code == "D45"] == [PartialDate(2026, 2, 22)]
    measured = chart.of(Vitals)[0]
    assert (measured.visit, measured.measured) == ("D45", PartialDate(2026, 2, 22))
    assert measured.weight == Quantity(Decimal("62.5"), "kg")
    assert study.drafts() == ()


def test_one_impossible_piece_keeps_the_whole_visit_from_being_saved(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    page = open_at(treated, "visits", ("visit", 0), visit="D45")
    dialog = form(qtbot, page)
    type_on(qtbot, "22/2/2026")
    vitals = section(dialog, "vitals")
    assert vitals.fields is not None
    vitals.fields.rows["weight"].editor.setFocus()
    type_on(qtbot, "heavy")
    save(qtbot)
    assert dialog.isVisible()
    assert "D45" not in [visit.code for visit in study.chart(treated).of(Visit)]
    dialog.discard()


def test_the_form_of_a_visit_shows_what_stands_against_the_typing(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    dialog = form(qtbot, open_at(treated, "visits", ("visit", 0), visit="D85"))
    vitals, marrow = section(dialog, "vitals").fields, section(dialog, "assessment").fields
    assert vitals is not None
    assert marrow is not None
    for row, typed in ((vitals.rows["weight"], "720"), (marrow.rows["marrow_blasts"], "130")):
        row.editor.setFocus()
        type_on(qtbot, typed)
    qtbot.waitUntil(lambda: bool(vitals.rows["weight"].findings.findings))
    assert [f.rule for f in vitals.rows["weight"].findings.findings] == ["quantity.implausible"]
    assert [f.rule for f in marrow.rows["marrow_blasts"].findings.findings] == ["quantity.percent"]
    save(qtbot)
    assert dialog.isVisible()
    assert study.chart(treated).of(Vitals) == ()
    dialog.discard()


def test_a_visit_that_starts_a_phase_records_the_phase_on_its_day(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    page = open_at(treated, "visits", ("visit", 0), visit="C2D1")
    dialog = form(qtbot, page)
    phase = section(dialog, "phase")
    assert phase.tick is not None
    assert phase.tick.isChecked()
    type_on(qtbot, "22/5/2026")
    with qtbot.waitSignal(dialog.finished):
        save(qtbot)
    started = {run.phase: run.began for run in study.chart(treated).of(PhaseRun)}
    assert started["blina-2"] == PartialDate(2026, 5, 22)


def test_a_visit_that_was_missed_collects_nothing(qtbot: QtBot, open_at: OpenAt, treated: int, study: Study) -> None:
    page = open_at(treated, "visits", ("visit", 0), visit="C2D1")
    dialog = form(qtbot, page)
    dialog.fields.rows["status"].editor.setFocus()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_on(qtbot, "missed", "holiday")
    assert not any(each.isVisible() for each in dialog.sections)
    with qtbot.waitSignal(dialog.finished):
        save(qtbot)
    assert "blina-2" not in [run.phase for run in study.chart(treated).of(PhaseRun)]


def test_typing_that_was_left_comes_back(qtbot: QtBot, open_at: OpenAt, treated: int, study: Study) -> None:
    page = open_at(treated, "visits", ("visit", 0), visit="D45")
    dialog = form(qtbot, page)
    type_on(qtbot, "22/2/2026")
    press(qtbot, Qt.Key.Key_Escape)
    assert [line.key for line in study.drafts()] == [f"visit/{treated}/0/D45"]
    page = open_at(treated, "visits", ("visit", 0), visit="D45")
    dialog = form(qtbot, page)
    assert dialog.fields.rows["date"].editor.value() == PartialDate(2026, 2, 22)
    dialog.discard()
    assert study.drafts() == ()


def test_an_unscheduled_visit_that_was_left_comes_back_as_one(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    page = open_at(treated, "visits", ("visit", 0), visit=UNSCHEDULED)
    form(qtbot, page)
    type_on(qtbot, "22/2/2026")
    press(qtbot, Qt.Key.Key_Escape)
    assert [line.key for line in study.drafts()] == [f"visit/{treated}/0/{UNSCHEDULED}"]
    page = open_at(treated, "visits", ("visit", 0), visit=UNSCHEDULED)
    dialog = form(qtbot, page)
    assert dialog.fields.rows["date"].editor.value() == PartialDate(2026, 2, 22)
    dialog.discard()


def test_the_date_of_a_visit_is_corrected_with_a_reason(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study, reasons: Reasons
) -> None:
    stored = next(visit for visit in study.chart(treated).of(Visit) if visit.code == "D57")
    page = open_at(treated, "visits", ("visit", stored.id))
    dialog = form(qtbot, page)
    dialog.fields.rows["date"].editor.setFocus()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_on(qtbot, "7/3/2026")
    with qtbot.waitSignal(dialog.finished):
        save(qtbot)
    assert study.corrections("visit", stored.id)[0].reason == "Typing error"


def test_an_unscheduled_visit_can_be_added(qtbot: QtBot, open_at: OpenAt, treated: int, study: Study) -> None:
    page = open_at(treated, "visits")
    button = page.findChild(QWidget, "visit_unscheduled")
    assert button is not None
    button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    dialog = form(qtbot, page)
    type_on(qtbot, "1/6/2026", "", "fever")
    with qtbot.waitSignal(dialog.finished):
        save(qtbot)
    assert "Unscheduled" in [row.state for row in tab(page).table.model.rows]
    assert any(visit.reason == "fever" for visit in study.chart(treated).of(Visit))


def test_what_is_recorded_already_is_shown_in_its_section(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    stored = next(visit for visit in study.chart(treated).of(Visit) if visit.code == "D57")
    dialog = form(qtbot, open_at(treated, "visits", ("visit", stored.id)))
    shown = [w.text() for w in section(dialog, "mrd").findChildren(QWidget) if hasattr(w, "text")]
    assert any("p190, marrow: Positive" in text for text in shown)
    dialog.discard()


def test_a_withdrawn_visit_is_expected_again(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study, view: StudyView
) -> None:
    page = open_at(treated, "visits")
    rows = tab(page).table.model.rows
    tab(page).table.choose(next(row for row in rows if row.code == "D57"))
    button = tab(page).withdraw_button
    button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    row = next(row for row in tab(page).table.model.rows if row.code == "D57")
    assert row.record == 0
    assert row.state.startswith("Overdue")


def test_the_visit_chosen_answers_why_by_key_wherever_the_lines_are_sorted(
    qtbot: QtBot, open_at: OpenAt, treated: int
) -> None:
    table = tab(open_at(treated, "visits")).table
    table.view.sortByColumn(0, Qt.SortOrder.DescendingOrder)
    table.choose(next(row for row in table.model.rows if row.code == "D57"))
    table.view.setFocus()
    press(qtbot, Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    said = answer()
    for part in ("Day 57", "day 57 of Induction", "took place, 6 Mar 2026", "Rule LAL2116, visit D57"):
        assert part in said


def test_the_form_of_a_visit_answers_why(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    dialog = form(qtbot, open_at(treated, "visits", ("visit", 0), visit="D45"))
    dialog.why_button.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    assert "Target day" in answer()
    dialog.discard()


def twice(study: Study, patient: int) -> dict[str, int]:
    """Record day 45 as missed, and then as one that took place; returns the ids by status."""
    study.save(patient, [Edit("visit", {"code": "D45", "status": "MISSED", "reason": "holiday"})], CHECKED)
    study.save(patient, [visit("D45", "2026-02-22")], CHECKED)
    return {each.status: each.id for each in study.chart(patient).of(Visit) if each.code == "D45"}


def test_a_visit_recorded_twice_has_a_line_for_each_record(open_at: OpenAt, treated: int, study: Study) -> None:
    ids = twice(study, treated)
    rows = [row for row in tab(open_at(treated, "visits")).table.model.rows if row.code == "D45"]
    assert [(row.record, row.date, row.state) for row in rows] == [
        (ids["DONE"], "22 Feb 2026", "Done in window"),
        (ids["MISSED"], "", "Recorded again: missed"),
    ]


def test_of_a_visit_recorded_twice_the_record_chosen_is_withdrawn(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study, reasons: Reasons
) -> None:
    ids = twice(study, treated)
    shown = tab(open_at(treated, "visits"))
    shown.table.choose(next(row for row in shown.table.model.rows if row.record == ids["MISSED"]))
    qtbot.mouseClick(shown.withdraw_button, Qt.MouseButton.LeftButton)
    assert reasons.asked[-1][0] == "Withdraw a record\nVisit: Day 45"
    assert [each.status for each in study.chart(treated).of(Visit) if each.code == "D45"] == ["DONE"]


def test_of_two_unscheduled_visits_the_one_chosen_stays_chosen(open_at: OpenAt, treated: int, study: Study) -> None:
    study.save(treated, [visit(UNSCHEDULED, "2026-06-01"), visit(UNSCHEDULED, "2026-06-20")], CHECKED)
    page = open_at(treated, "visits")
    second = [row for row in tab(page).table.model.rows if row.code == UNSCHEDULED][1]
    tab(page).table.choose(second)
    study.save(treated, [Edit("visit", {"date": PartialDate(2026, 6, 21)}, second.record)], CHECKED)
    page.refresh(None)
    assert tab(page).table.chosen().record == second.record


def test_what_names_an_unscheduled_visit_belongs_to_the_one_of_its_day() -> None:
    builder = a_patient().phase("induction", 1)
    for day in ("2026-06-01", "2026-06-20"):
        builder.add(Visit(code=UNSCHEDULED, status="DONE", date=PartialDate.from_iso(day)))
    weighed = builder.add(Vitals(visit=UNSCHEDULED, measured=PartialDate(2026, 6, 1)))
    chart = builder.chart()
    vitals = next(piece for piece in pieces_of(None) if piece.code == "vitals")
    shown = [
        [record.id for record in records_of(chart, vitals, each, each.date.full if each.date else None)]
        for each in chart.visits
        if each.code == UNSCHEDULED
    ]
    assert shown == [[weighed], []]


def test_one_value_is_not_many_and_no_ratio_has_no_percent_sign() -> None:
    chart = a_patient().lab("PLAT", 45, 210, "10^9/L", visit="D45").mrd(45, None, None, category="positive").chart()
    pieces = {piece.code: piece for piece in pieces_of(None)}
    said = {
        code: piece_lines(chart, pieces[code], chart.records[code], Desk.ENGLISH)[0].words for code in ("lab", "mrd")
    }
    assert said == {"lab": "1 value recorded", "mrd": "p190, marrow: Positive"}


def test_the_start_of_a_phase_stays_ticked_in_a_draft(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    form(qtbot, open_at(treated, "visits", ("visit", 0), visit="C2D1"))
    type_on(qtbot, "22/5/2026")
    press(qtbot, Qt.Key.Key_Escape)
    dialog = form(qtbot, open_at(treated, "visits", ("visit", 0), visit="C2D1"))
    tick = section(dialog, "phase").tick
    assert tick is not None
    assert tick.isChecked()
    dialog.discard()


def test_a_missed_visit_is_saved_whatever_was_typed_of_what_it_would_have_collected(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    dialog = form(qtbot, open_at(treated, "visits", ("visit", 0), visit="D45"))
    vitals = section(dialog, "vitals").fields
    assert vitals is not None
    vitals.rows["weight"].editor.set_typed("heavy")
    for name, value in (("status", "MISSED"), ("reason", "holiday")):
        dialog.fields.rows[name].editor.set_value(value)
    with qtbot.waitSignal(dialog.finished):
        dialog.save()
    assert [each.status for each in study.chart(treated).of(Visit) if each.code == "D45"] == ["MISSED"]


def test_what_was_measured_on_the_day_typed_is_shown(qtbot: QtBot, open_at: OpenAt, treated: int, study: Study) -> None:
    weight = Quantity(Decimal("62.5"), "kg")
    study.save(treated, [Edit("vitals", {"measured": PartialDate(2026, 2, 22), "weight": weight})], CHECKED)
    dialog = form(qtbot, open_at(treated, "visits", ("visit", 0), visit="D45"))
    vitals = section(dialog, "vitals")
    assert vitals.findChildren(WrappedLink) == []
    type_on(qtbot, "22/2/2026")
    links = [link for link in vitals.findChildren(WrappedLink) if link.isVisible()]
    assert [link.text() for link in links] == ["Weight 62.5 kg"]
    dialog.discard()


@pytest.mark.parametrize("piece", ["adverse_events", "exposure", "mrd"])
def test_a_form_opened_from_a_visit_starts_with_fields_of_its_own_kind_only(
    qtbot: QtBot, open_at: OpenAt, treated: int, piece: str
) -> None:
    dialog = form(qtbot, open_at(treated, "visits", ("visit", 0), visit="D45"))
    type_on(qtbot, "22/2/2026")
    add = section(dialog, piece).button
    assert add is not None
    add.click()
    opened = next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())
    assert set(opened.form.edit().values) <= set(opened.form.kind.fields)
    opened.form.discard()
    opened.close()
