"""The Overview: the drawing, what stands beside it, and the way from each to its record."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui import theme
from gui.pages.patient.overview.presenter import event_lines, last_event, milestone_lines, next_lines, question_lines
from gui.pages.patient.overview.tab import Tab
from gui.pages.patient.page import Page
from gui.study_view import StudyView
from gui.widgets.record_dialog import RecordDialog
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate, Special
from models.records.molecular import Mutation
from models.records.visits import Sample
from models.study import Study
from tests.builders import a_patient, a_treated_patient
from tests.gui.pages.patient.conftest import BY, answer, press, result

OpenAt = Callable[..., Page]


def tab(page: Page) -> Tab:
    assert isinstance(page.tab, Tab)
    page.tab.curve.canvas.grab()
    return page.tab


def test_next_lists_due_visits_before_planned_ones() -> None:
    lines = next_lines(a_treated_patient().chart(), Desk.ENGLISH)
    assert lines[0].tone in ("due", "urgent")
    assert all(line.kind == "visit" and line.values for line in lines)


def test_an_awaited_result_opens_the_form_of_that_sample() -> None:
    builder = a_treated_patient()
    day = builder.when(260)
    builder.add(Sample(purpose="MRD", specimen="BLOOD", collected=day, sent=day))
    line = next_lines(builder.chart(), Desk.ENGLISH)[-1]
    assert line.text == "MRD result awaited"
    assert (line.kind, line.record_id) == ("mrd", 0)
    assert dict(line.values) == {"collected": day, "specimen": "BLOOD"}


def test_open_events_stand_with_their_grade_and_the_gravest_first() -> None:
    builder = a_treated_patient().event("Sepsis", 262, grade=4, serious=True)
    lines = event_lines(builder.chart(), Desk.ENGLISH)
    assert [line.text for line in lines] == ["Sepsis", "Fatigue"]
    assert lines[0].remark.startswith("Grade 4 · serious")


def test_without_an_open_event_the_last_one_is_named() -> None:
    chart = a_patient().phase("induction", 1).event("Fever", 3, 6, grade=3).chart()
    assert last_event(chart, Desk.ENGLISH) == "None. Last: grade 3 fever, until 14 Jan 2026."
    assert last_event(a_patient().chart(), Desk.ENGLISH) == "None recorded."


def test_milestones_are_days() -> None:
    lines = {line.text: line.remark for line in milestone_lines(a_treated_patient().chart(), Desk.ENGLISH)}
    assert lines["First molecular response"] == "day 130"


def test_a_rise_has_to_be_settled() -> None:
    lines = question_lines(a_treated_patient().mrd(262, 900, 40_000).chart(), Desk.ENGLISH)
    assert lines[0].tone == "urgent"
    assert "mutation test" in lines[0].remark


def test_another_specimen_that_turned_positive_is_to_be_settled_and_said_once() -> None:
    builder = a_patient().mrd(85, 0, 50_000).mrd(130, 12, 50_000, specimen="BLOOD")
    [line] = question_lines(builder.chart(), Desk.ENGLISH)
    assert line.text.replace("\N{NO-BREAK SPACE}", " ") == "Blood positive since 18 May 2026"
    assert line.remark.endswith(": complete.")
    told = question_lines(builder.mrd(100, 0, 50_000, specimen="BLOOD").chart(), Desk.ENGLISH)
    assert [each.text for each in told] == ["Complete response to positive, p190, peripheral blood"]


def test_an_alert_answers_why(qtbot: QtBot, open_at: OpenAt, treated: int, study: Study) -> None:
    study.save(treated, [result("C3", "2026-07-01", 900, 40_000)], BY)
    [line] = [line for line in tab(open_at(treated)).questions.lines if line.line.text.startswith("Rise")]
    assert line.why is not None
    line.why.setFocus()
    press(qtbot, Qt.Key.Key_Return)
    said = answer()
    assert "positive, 2.25 %" in said
    assert "Rule D-ALBA" in said
    assert not [w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog)]


def test_the_day_of_a_milestone_answers_why(open_at: OpenAt, treated: int, study: Study) -> None:
    study.save(treated, [result("C3", "2026-07-01", 0, 40_000)], BY)
    lines = {line.line.text: line for line in tab(open_at(treated)).milestones.lines}
    why = lines["First complete molecular response"].why
    assert why is not None
    assert why.text() == "day 174"
    why.explain()
    assert "1 Jul 2026, complete" in answer()


def test_a_visit_that_is_next_answers_why(open_at: OpenAt, treated: int) -> None:
    line = tab(open_at(treated)).next.lines[0]
    assert line.why is not None
    line.why.explain()
    assert "Planned on" in answer()


def test_a_new_patient_is_told_what_belongs_here(open_at: OpenAt, patient: int) -> None:
    shown = tab(open_at(patient))
    assert all(hit.kind != "mrd" for hit in shown.curve.canvas.hits)
    assert "first one" in shown.results.findChildren(type(shown.results.heading))[-1].text()


def test_the_results_of_the_patient_before_are_forgotten(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    shown = tab(open_at(treated))
    shown.results.show_rows((), 0, Desk.ENGLISH)
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    shown.results.resize(QSize(300, 200))
    shown.results.resize(QSize(900, 200))
    assert not shown.results.findChildren(QPushButton, "overviewResult_1")


def test_a_point_of_the_curve_opens_its_result_by_key(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    shown = tab(open_at(treated))
    shown.curve.canvas.setFocus()
    press(qtbot, Qt.Key.Key_Right)
    press(qtbot, Qt.Key.Key_Return)
    dialogs = [w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog)]
    assert dialogs[0].form.record is not None
    assert dialogs[0].form.record.values()["visit"] == "BL"


def test_zoom_and_dates_draw_anew(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    shown = tab(open_at(treated))
    whole = len(shown.curve.canvas.hits)
    shown.curve.zoom.setFocus()
    press(qtbot, Qt.Key.Key_Down)
    shown.curve.canvas.grab()
    assert shown.curve.zoom.currentText() == "Induction: dasatinib + steroids"
    assert len(shown.curve.canvas.hits) < whole
    days = shown.curve.canvas.image()
    shown.curve.dates.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    shown.curve.canvas.grab()
    assert shown.curve.canvas.image() != days


def test_a_saved_result_changes_the_curve_and_the_zoom_stays(
    open_at: OpenAt, treated: int, study: Study, view: StudyView
) -> None:
    shown = tab(open_at(treated))
    shown.curve.zoom.setCurrentIndex(1)
    view.workspace.changed(study.save(treated, [result("D45", "2026-02-22", 400, 40_000)], BY))
    shown.curve.canvas.grab()
    assert shown.curve.zoom.currentIndex() == 1
    assert len([hit for hit in shown.curve.canvas.hits if hit.kind == "mrd"]) == 4


def test_the_last_results_open_and_answer_why(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    shown = tab(open_at(treated))
    buttons = [b for b in shown.results.findChildren(QPushButton) if b.objectName().startswith("overviewResult_")]
    assert [button.text() for button in buttons] == ["Day 85", "Day 57", "Day 22", "Baseline"]


def test_the_curve_is_drawn_in_the_colours_of_the_theme(
    qtbot: QtBot, open_at: OpenAt, treated: int, view: StudyView
) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    theme.apply(application, "light")
    canvas = tab(open_at(treated)).curve.canvas
    light = canvas.image().pixelColor(2, 2)
    theme.apply(application, "dark")
    canvas.grab()
    assert canvas.image().pixelColor(2, 2) != light
    theme.apply(application, "light")


def test_the_cohort_stands_behind_the_curve_only_when_it_is_wanted(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    curve = tab(open_at(treated)).curve
    assert not curve.cohort.isChecked()
    with qtbot.waitSignal(curve.behind.counted, timeout=30_000):
        curve.cohort.setChecked(True)
    assert curve.standing is not None
    assert [place.patients for place in curve.standing.places] == [1] * len(curve.standing.places)
    curve.cohort.setChecked(False)
    assert curve.standing is None


def test_the_cohort_is_counted_again_only_after_a_change(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    curve = tab(open_at(treated)).curve
    with qtbot.waitSignal(curve.behind.counted, timeout=30_000):
        curve.cohort.setChecked(True)
    curve.cohort.setChecked(False)
    curve.cohort.setChecked(True)
    assert curve.standing is not None
    curve.cohort.setChecked(False)
    study.save(treated, [result("C3", "2026-07-01", 5, 40_000)], BY)
    with qtbot.waitSignal(curve.behind.counted, timeout=30_000):
        curve.cohort.setChecked(True)


def test_a_visit_due_before_the_first_phase_is_named_with_what_it_comes_before() -> None:
    line = next_lines(a_patient().chart(), Desk.ENGLISH)[0]
    assert line.remark.startswith("Due before ")


def test_an_awaited_result_says_the_days_only_where_they_can_be_counted() -> None:
    builder = a_patient()
    for sent in (PartialDate(2026, 10, 1), PartialDate(2026, 9), PartialDate(special=Special.UNKNOWN)):
        builder.add(Sample(purpose="HLA", sent=sent))
    lines = [line for line in next_lines(builder.chart(), Desk.ENGLISH) if line.kind == "sample"]
    assert [(line.remark, line.tone) for line in lines] == [
        ("sent 1 Oct 2026 · 1 day", ""),
        ("sent Sep 2026", "due"),
        ("day of sending not known", "due"),
    ]


def test_an_event_that_ended_on_a_day_not_known_is_not_the_last_one() -> None:
    builder = a_patient().phase("induction", 1).event("Fever", 3, 6, grade=3)
    builder.event("Nausea", 2, PartialDate(special=Special.UNKNOWN), ongoing=False)
    assert last_event(builder.chart(), Desk.ENGLISH) == "None. Last: grade 3 fever, until 14 Jan 2026."


def test_a_rise_asks_for_a_mutation_test_until_one_was_taken() -> None:
    builder = a_treated_patient().mrd(262, 900, 40_000)
    [asked] = [line.remark for line in question_lines(builder.chart(), Desk.ENGLISH) if line.kind == "mrd"]
    builder.add(Mutation(collected=builder.on(263), result="NONE"))
    [answered] = [line.remark for line in question_lines(builder.chart(), Desk.ENGLISH) if line.kind == "mrd"]
    assert answered.endswith("An ABL1 mutation test was taken since.")
    assert asked.partition(".")[0] == answered.partition(".")[0]
    assert asked != answered
