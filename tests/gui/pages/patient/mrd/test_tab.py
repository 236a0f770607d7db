"""The MRD tab through its widgets: typed, seen, saved, corrected."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.patient.mrd.side import MrdSide
from gui.pages.patient.mrd.tab import Tab
from gui.pages.patient.page import Page
from gui.study_view import StudyView
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.record_form import RecordForm
from gui.widgets.why import WhyValue
from models.domain.context import Context
from models.domain.partial_dates import PartialDate
from models.records.molecular import MrdResult
from models.study import Study
from tests.gui.pages.patient.conftest import BY, Reasons, answer, press, result, type_on, visit

OpenAt = Callable[..., Page]


def dialog(qtbot: QtBot, kind: str = "mrd") -> RecordDialog:
    """The form in front, once it takes keys."""

    def front() -> RecordDialog | None:
        found = [w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible()]
        return next((w for w in found if w.form.kind.name == kind), None)

    qtbot.waitUntil(lambda: front() is not None)
    made = front()
    assert made is not None
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def side(made: RecordDialog) -> MrdSide:
    found = made.findChild(MrdSide)
    assert found is not None
    return found


def tab(page: Page) -> Tab:
    assert isinstance(page.tab, Tab)
    return page.tab


def test_a_new_form_starts_at_the_next_missing_result_on_the_day_of_its_visit(
    qtbot: QtBot, open_at: OpenAt, treated: int
) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    form = dialog(qtbot).form
    assert form.editor("visit").value() == "C1"
    assert form.editor("collected").value() == PartialDate(2026, 5, 18)
    assert form.editor("laboratory").value() == "Central"
    form.discard()


def test_the_panel_thinks_along_with_every_keystroke(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "0", "45310")
    panel = side(made)
    assert panel.pill.text() == "Complete molecular response"
    assert panel.value("Ratio") == "not detected"
    assert panel.value("Assay sensitivity") == "0.0022 % (MR4.5)"
    assert "10 000" in panel.reason.text().replace("\u202f", " ")
    made.form.discard()


def test_too_few_control_copies_are_not_evaluable_before_anything_is_saved(
    qtbot: QtBot, open_at: OpenAt, treated: int
) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "0", "4500")
    assert side(made).pill.text() == "Not evaluable"
    made.form.discard()


def test_the_difference_between_laboratory_and_numbers_is_shown(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "120", "45310", "not detected")
    assert side(made).difference.isVisible()
    assert "not detected" in side(made).difference.text.text()
    made.form.discard()


def test_a_rise_offers_the_mutation_test_prefilled(qtbot: QtBot, open_at: OpenAt, treated: int, study: Study) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "9000", "45310")
    assert side(made).alert.button.text() == "Request mutation test"
    side(made).alert.button.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    test = dialog(qtbot, "mutation")
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(study.chart(treated).mutations))
    stored = study.chart(treated).mutations[0]
    assert (stored.collected, stored.specimen, stored.result) == (PartialDate(2026, 5, 18), "BONE MARROW", None)
    assert not test.isVisible()
    made.activateWindow()
    made.form.discard()


def test_a_typo_is_corrected_with_a_reason_and_the_old_value_stays(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study, reasons: Reasons
) -> None:
    last = study.chart(treated).of(MrdResult)[-1]
    open_at(treated, "mrd", ("mrd", last.id))
    made = dialog(qtbot)
    made.form.editor("target_copies").setFocus()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(at, "19")
    with qtbot.waitSignal(made.saved):
        qtbot.keyClick(at, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "9 copies → 19 copies" in reasons.asked[0][0]
    correction = study.corrections("mrd", last.id)[0]
    assert correction.reason == "Typing error"
    assert str(study.chart(treated).of(MrdResult)[-1].target_copies) == "19 copies"


def test_a_second_sample_of_one_day_is_asked_about_and_kept_as_a_second_point(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study, reasons: Reasons
) -> None:
    page = open_at(treated, "mrd", ("mrd", 0), visit="D85", collected=PartialDate(2026, 4, 3), specimen="BONE MARROW")
    made = dialog(qtbot)
    made.form.editor("target_copies").setFocus()
    type_on(qtbot, "11", "40000")
    reasons.answer = "Second sample of that day"
    with qtbot.waitSignal(made.saved):
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert reasons.asked[0][1][0].rule == "mrd.twice"
    days = [point.when for series in study.chart(treated).course.series for point in series.points]
    assert days.count(PartialDate(2026, 4, 3).full) == 2
    assert len(tab(page).results.table.model.rows) == 5


def test_a_day_of_which_only_the_year_is_known_is_kept_as_typed(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    made.form.editor("collected").setFocus()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_on(qtbot, "2026", "", "", "3", "40000")
    assert side(made).value("Change since last") == "needs the day of the sample"
    with qtbot.waitSignal(made.saved):
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert PartialDate(2026) in [r.collected for r in study.chart(treated).of(MrdResult)]


def test_an_italian_desk_types_and_reads_its_own_numbers(
    qtbot: QtBot, open_at: OpenAt, treated: int, view: StudyView, study: Study
) -> None:
    view.workspace.settings.change(language="it")
    page = open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "2,1", "35002")
    assert side(made).value("Ratio") == "0,006 %"
    with qtbot.waitSignal(made.saved):
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    rows = tab(page).results
    newest = rows.row_of(rows.table.model.rows[0])
    assert newest is not None
    assert (newest.target, newest.collected) == ("2,1", "18 mag 2026")


def test_save_and_next_goes_to_the_next_missing_result(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study, view: StudyView
) -> None:
    study.save(treated, [visit("D45", "2026-02-22")], BY)
    open_at(treated, "mrd", ("mrd", 0))
    first = dialog(qtbot)
    type_on(qtbot, "0", "45310")
    following = first.findChild(QPushButton, "mrd_next")
    assert following is not None
    following.setFocus()
    press(qtbot, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not first.isVisible())
    second = dialog(qtbot)
    assert second.form.editor("visit").value() == "D45"
    second.form.discard()


@pytest.mark.parametrize("kind", ["mrd", "sample"])
def test_another_visit_brings_its_day_along(qtbot: QtBot, open_at: OpenAt, treated: int, kind: str) -> None:
    open_at(treated, "mrd", (kind, 0))
    form = dialog(qtbot, kind).form
    retype(qtbot, form, "visit", "day 57")
    assert form.editor("collected").value() == PartialDate(2026, 3, 6)
    form.discard()


@pytest.mark.parametrize("kind", ["mrd", "sample"])
def test_a_visit_that_has_no_day_yet_takes_the_day_of_another_away(
    qtbot: QtBot, open_at: OpenAt, treated: int, kind: str
) -> None:
    open_at(treated, "mrd", (kind, 0))
    form = dialog(qtbot, kind).form
    retype(qtbot, form, "visit", "day 45")
    assert form.editor("visit").value() == "D45"
    assert form.editor("collected").value() is None
    form.discard()


@pytest.mark.parametrize("typed", ["2026-03-08", "8 marr 2026"])
def test_a_day_that_was_typed_stays_whatever_visit_is_chosen(
    qtbot: QtBot, open_at: OpenAt, treated: int, typed: str
) -> None:
    open_at(treated, "mrd", ("sample", 0))
    form = dialog(qtbot, "sample").form
    retype(qtbot, form, "collected", typed)
    before = form.editor("collected").typed()
    retype(qtbot, form, "visit", "day 85")
    assert form.editor("collected").typed() == before
    form.discard()


def retype(qtbot: QtBot, form: RecordForm, name: str, words: str) -> None:
    form.editor(name).setFocus()
    at = QApplication.focusWidget()
    assert at is not None
    qtbot.keyClick(at, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_on(qtbot, words)


@pytest.mark.parametrize("kind", ["mrd", "sample"])
def test_the_visit_follows_the_day_of_the_sample(qtbot: QtBot, open_at: OpenAt, treated: int, kind: str) -> None:
    open_at(treated, "mrd", (kind, 0))
    form = dialog(qtbot, kind).form
    assert form.editor("visit").value() == "C1"
    retype(qtbot, form, "collected", "2026-03-06")
    assert form.editor("visit").value() == "D57"
    retype(qtbot, form, "collected", "2026-03-20")
    assert form.editor("visit").value() is None
    form.discard()


def test_a_visit_that_was_chosen_stays_and_is_doubted(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    form = dialog(qtbot).form
    retype(qtbot, form, "visit", "day 57")
    retype(qtbot, form, "collected", "2026-04-03")
    assert form.editor("visit").value() == "D57"
    found = form.workspace.study.check(treated, form.edit())
    assert "mrd.visit-day" in [finding.rule for finding in found]
    form.discard()


def test_a_result_that_was_saved_is_chosen_and_in_view(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    study.save(treated, [result("UNS", f"2026-06-{day:02}", 0, 40_000) for day in range(1, 25)], BY)
    page = open_at(treated, "mrd")
    rows = tab(page).results
    rows.table.view.scrollToBottom()
    tab(page).open_record("mrd", 0, {})
    made = dialog(qtbot)
    retype(qtbot, made.form, "collected", "2026-09-24")
    retype(qtbot, made.form, "target_copies", "7")
    retype(qtbot, made.form, "control_copies", "45310")
    with qtbot.waitSignal(made.saved):
        press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    chosen = rows.table.chosen()
    assert chosen.collected == PartialDate(2026, 9, 24)
    reason = tab(page).reason.remark.text()
    assert "24 Sep 2026" in reason
    place = rows.table.view.model().index(rows.table.model.rows.index(chosen), 0)
    assert rows.table.view.viewport().rect().contains(rows.table.view.visualRect(place).center())


def test_copies_that_cannot_be_read_are_not_judged_as_missing(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "12,500", "45310")
    panel = side(made)
    assert not panel.pill.isVisible()
    assert panel.sentence.text().startswith("What is typed cannot be read: BCR::ABL1 copies.")
    retype(qtbot, made.form, "target_copies", "12")
    assert panel.pill.text() == "Positive"
    made.form.discard()


def test_the_chosen_result_answers_why_under_both_rule_sets(open_at: OpenAt, treated: int) -> None:
    card = tab(open_at(treated, "mrd")).reason
    reason = card.findChild(QLabel, "mrdOwnReason")
    assert reason is not None
    assert "BCR::ABL1 was detected" in reason.text()


def test_a_standing_alert_offers_the_test_until_one_is_asked_for(
    open_at: OpenAt, treated: int, study: Study, view: StudyView
) -> None:
    page = open_at(treated, "mrd")
    banner = tab(page).alert
    assert not banner.isVisible()
    view.workspace.changed(study.save(treated, [result("C1", "2026-05-18", 9000, 40_000)], BY))
    assert banner.isVisible()
    assert banner.button.text() == "Request mutation test"


def test_where_the_panel_stands_below_its_headline_stands_above_the_fields(
    qtbot: QtBot, open_at: OpenAt, treated: int
) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    brief = side(made).brief
    assert not brief.isVisible()
    made.resize(520, 384)
    qtbot.waitUntil(brief.isVisible)
    type_on(qtbot, "0", "45310")
    assert (brief.pill.text(), brief.words.text()) == ("Complete molecular response", "not detected")
    assert brief.mapTo(made, brief.rect().bottomLeft()).y() < made.form.mapTo(made, made.form.rect().topLeft()).y()
    made.form.discard()


def test_every_number_beside_the_form_answers_why(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "9", "40000")
    formulas = {
        "Ratio": "9 / 40\u202f000 × 100 = 0.0225 %.",
        "Assay sensitivity": "1 / 40\u202f000 × 100 = 0.0025 %.",
        "Log reduction": "Log10(64 / 0.0225) = 3.45.",
        "Change since last": "Log10(0.0225 / 0.02055) = 0.04.",
        "Change since lowest": "Log10(0.0225 / 0.02055) = 0.04.",
    }
    for number, (name, formula) in enumerate(formulas.items()):
        value = side(made).findChild(WhyValue, f"mrd_side_{number}")
        assert value is not None
        value.explain()
        said = answer()
        assert name in said
        assert formula in said
    made.form.discard()


def test_the_numbers_of_the_result_chosen_answer_why(open_at: OpenAt, treated: int) -> None:
    reason = tab(open_at(treated, "mrd")).reason
    assert reason.numbers["ratio"].text() == "Ratio 0.0205 %"
    reason.numbers["since_last"].explain()
    assert "Log10(0.02055 / 0.09) = −0.64." in answer()


def test_the_alert_of_the_tab_answers_why(open_at: OpenAt, treated: int, study: Study) -> None:
    study.save(treated, [result("C3", "2026-07-01", 900, 40_000)], BY)
    tab(open_at(treated, "mrd")).alert_why.explain()
    assert "Last result" in answer()


def test_an_unscheduled_visit_brings_no_day_since_several_share_its_code(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    study.save(treated, [visit("UNS", "2026-06-01")], Context("C. Rossi", "Fever"))
    open_at(treated, "mrd", ("mrd", 0))
    form = dialog(qtbot).form
    retype(qtbot, form, "visit", "unscheduled")
    assert (form.editor("visit").value(), form.editor("collected").value()) == ("UNS", None)
    form.discard()


def test_results_are_sorted_by_their_numbers(open_at: OpenAt, treated: int) -> None:
    table = tab(open_at(treated, "mrd")).results.table
    for title in ("BCR::ABL1", "Ratio %"):
        place = next(n for n, column in enumerate(table.model.columns) if column.title == title)
        table.view.sortByColumn(place, Qt.SortOrder.AscendingOrder)
        copies = [row.target_copies.value for row in table.model.rows]
        assert copies == sorted(copies)


def test_where_two_limits_cannot_be_held_against_each_other_no_change_is_told(
    qtbot: QtBot, open_at: OpenAt, treated: int, study: Study
) -> None:
    study.save(treated, [result("D45", "2026-02-22", 0, 40_000)], BY)
    open_at(treated, "mrd", ("mrd", 0))
    made = dialog(qtbot)
    type_on(qtbot, "0", "45310")
    assert side(made).value("Change since last").startswith("<")
    assert side(made).value("Change since lowest") == "\N{EN DASH}"
    made.form.discard()
