"""The Adverse events tab through its widgets."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.patient.adverse_events.form import EventForm, grade_choices
from gui.pages.patient.adverse_events.side import EventSide
from gui.pages.patient.adverse_events.tab import Tab
from gui.pages.patient.page import Page
from gui.study_view import StudyView
from gui.widgets.banner import Banner
from gui.widgets.child_table import ChildTable
from gui.widgets.history import HistoryDialog
from gui.widgets.record_dialog import RecordDialog
from models.domain.clock import FixedClock
from models.domain.context import Context
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.records.safety import AdverseEvent
from models.study import Edit, Study
from tests.gui.pages.patient.conftest import BY, Reasons, answer
from tests.study_fixtures import enrol_a_patient

OpenAt = Callable[..., Page]
CHECKED = Context("C. Rossi", "Checked against the source document")


def event(term: str, began: str, grade: str, **more: object) -> Edit:
    day = PartialDate.from_iso(began)
    values = {"term": term, "version": "4.03", "began": day, **more}
    drug = Edit("ae_drug", {"drug": "dasatinib", "causality": "RELATED"})
    return Edit("adverse_event", values, children=(Edit("ae_grade", {"since": day, "grade": grade}), drug))


@pytest.fixture
def tab(open_at: OpenAt, treated: int, study: Study) -> Tab:
    study.save(
        treated,
        [
            event("Pleural effusion", "2026-03-01", "2", ended=PartialDate(2026, 3, 20), ongoing=False),
            event("Fatigue", "2026-05-01", "1", ongoing=True),
        ],
        BY,
    )
    shown = open_at(treated, "adverse_events").tab
    assert isinstance(shown, Tab)
    return shown


def dialog() -> RecordDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())


def click(qtbot: QtBot, parent: QDialog | Tab, name: str) -> None:
    qtbot.mouseClick(parent.findChild(QPushButton, name), Qt.MouseButton.LeftButton)


def form_of(shown: RecordDialog) -> EventForm:
    assert isinstance(shown.form, EventForm)
    return shown.form


def table(form: EventForm, kind: str) -> ChildTable:
    return next(each for each in form.findChildren(ChildTable) if each.kind.name == kind)


def test_the_event_that_goes_on_is_chosen_and_its_grades_and_drugs_stand_below(tab: Tab) -> None:
    view = tab.chosen()
    assert view is not None
    assert view.record.term == "Fatigue"
    assert tab.facts.heading.text() == "Fatigue"
    assert [row.grade for row in tab.grades.table.model.rows] == ["1"]
    assert [row.drug for row in tab.drugs.table.model.rows] == ["dasatinib"]


def test_a_new_event_is_typed_with_its_term_grade_and_drug_and_saved_at_once(
    qtbot: QtBot, tab: Tab, study: Study, treated: int
) -> None:
    click(qtbot, tab, "event_add")
    form = form_of(dialog())
    qtbot.keyClicks(form.editor("term").focusProxy(), "pleural eff")
    qtbot.keyClick(QApplication.activePopupWidget() or form.editor("term").focusProxy(), Qt.Key.Key_Tab)
    form.editor("term").set_typed("Pleural effusion")
    form.editor("began").set_typed("10/9/2026")
    grade = table(form, "ae_grade").editors[0]
    grade["since"].set_typed("10/9/2026")
    grade["grade"].set_value("3")
    drug = table(form, "ae_drug").editors[0]
    drug["causality"].set_value("POSSIBLY RELATED")
    assert form.save()
    saved = study.chart(treated).events[-1]
    assert (saved.record.term, saved.record.version, saved.worst) == ("Pleural effusion", "4.03", 3)
    assert [(d.drug, d.causality) for d in saved.drugs] == [("dasatinib", "POSSIBLY RELATED")]
    assert tab.chosen() is not None
    assert tab.chosen().record.id == saved.record.id  # type: ignore[union-attr]


def test_the_panel_shows_the_criteria_of_the_term_typed(qtbot: QtBot, tab: Tab) -> None:
    tab.add()
    shown = dialog()
    form_of(shown).editor("term").set_typed("Fever")
    form_of(shown).announce()
    side = shown.findChild(EventSide)
    assert isinstance(side, EventSide)
    assert side.title.text() == "Fever"
    assert set(side.words()) == {1, 2, 3, 4, 5}
    shown.form.discard()


def test_only_grades_that_exist_are_offered(tab: Tab) -> None:
    assert [code for code, _ in grade_choices("4.03", "Alopecia")] == ["1", "2"]
    assert len(grade_choices("4.03", "my own words")) == 5
    assert len(grade_choices("4.03", "Alopecia", "ASTCT")) == 5
    tab.add()
    form = form_of(dialog())
    form.editor("term").set_typed("Alopecia")
    form.announce()
    grade = table(form, "ae_grade").editors[0]["grade"]
    grade.set_typed("3")
    assert "not one of the choices" in grade.problem()
    form.discard()


def test_what_belongs_to_serious_events_appears_with_the_answer(tab: Tab, study: Study) -> None:
    tab.add()
    form = form_of(dialog())
    criteria, side = form.editor("seriousness").parentWidget(), form.findChild(EventSide)
    assert criteria is not None
    assert isinstance(side, EventSide)
    clock = side.clock
    assert criteria.isHidden()
    assert clock.isHidden()
    form.editor("serious").set_typed("yes")
    form.editor("aware").set_value(study.clock.now() - timedelta(hours=20))
    form.announce()
    assert not criteria.isHidden()
    assert "4 h left" in clock.text.text()
    form.discard()


def test_a_further_grade_is_entered_from_its_own_list(qtbot: QtBot, tab: Tab, study: Study, treated: int) -> None:
    click(qtbot, tab, "ae_grade_list_add")
    form = dialog().form
    form.editor("since").set_typed("1/6/2026")
    form.editor("grade").set_value("3")
    assert form.save()
    view = next(v for v in study.chart(treated).events if v.record.term == "Fatigue")
    assert [g.grade for g in view.grades] == ["1", "3"]
    assert "Grade 3" in [line.grade for line in tab.table.model.rows]


def test_a_drug_is_judged_once_and_only_the_others_are_offered(qtbot: QtBot, tab: Tab) -> None:
    click(qtbot, tab, "ae_drug_list_add")
    offered = [code for code, _ in dialog().form.editor("drug").choices]  # type: ignore[attr-defined]
    assert "dasatinib" not in offered
    assert "blinatumomab" in offered


def test_a_correction_asks_for_a_reason_and_stands_in_the_history(
    qtbot: QtBot, tab: Tab, study: Study, treated: int, reasons: Reasons
) -> None:
    click(qtbot, tab, "event_open")
    form = dialog().form
    form.editor("comment").set_typed("seen again")
    assert form.save()
    assert "Adverse event: correct" in reasons.asked[0][0]
    click(qtbot, tab, "event_history")
    history = next(w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog))
    assert [row.new for row in history.table.model.rows] == ["seen again"]


def test_a_withdrawn_event_leaves_the_list_and_keeps_its_reason(
    qtbot: QtBot, tab: Tab, study: Study, treated: int, reasons: Reasons
) -> None:
    reasons.answer = "Entered for the wrong patient"
    click(qtbot, tab, "event_withdraw")
    assert [event.term for event in study.chart(treated).of(AdverseEvent)] == ["Pleural effusion"]
    assert len(tab.table.model.rows) == 1


def test_giving_up_the_reason_withdraws_nothing(qtbot: QtBot, tab: Tab, reasons: Reasons) -> None:
    reasons.answer = None
    click(qtbot, tab, "event_withdraw")
    assert len(tab.table.model.rows) == 2


def test_an_event_is_opened_from_elsewhere_also_by_one_of_its_grades(
    open_at: OpenAt, tab: Tab, study: Study, treated: int
) -> None:
    first = study.chart(treated).events[0]
    open_at(treated, "adverse_events", ("ae_grade", first.grades[0].id))
    assert form_of(dialog()).record == first.record


def test_a_patient_without_events_is_offered_the_first(qtbot: QtBot, open_at: OpenAt, treated: int) -> None:
    shown = open_at(treated, "adverse_events").tab
    assert isinstance(shown, Tab)
    qtbot.mouseClick(shown.findChild(QPushButton, "event_table_offer"), Qt.MouseButton.LeftButton)
    assert form_of(dialog()).record is None


def test_the_deadline_of_a_serious_event_answers_why(tab: Tab, treated: int, study: Study, view: StudyView) -> None:
    aware = datetime(2026, 5, 2, 9, 30, tzinfo=UTC)
    sepsis = event("Sepsis", "2026-05-01", "4", serious=True, seriousness=("AESLIFE",), aware=aware)
    view.workspace.changed(study.save(treated, [sepsis], BY))
    tab.table.choose(next(line for line in tab.table.model.rows if line.term == "Sepsis"))
    tab.facts.clock_why.explain()
    said = answer()
    for part in ("Reporting deadline", "24 hours", "Rule LAL2116, clock SAE"):
        assert part in said


def test_an_event_stays_chosen_after_its_grade_was_corrected(tab: Tab) -> None:
    lower = tab.table.model.rows[-1]
    tab.table.choose(lower)
    tab.open_record("adverse_event", lower.record, {})
    form = form_of(dialog())
    table(form, "ae_grade").editors[0]["grade"].set_value("3")
    assert form.save()
    chosen = tab.chosen()
    assert chosen is not None
    assert (chosen.record.id, chosen.worst) == (lower.record, 3)


def test_events_are_sorted_by_their_last_day_and_those_that_go_on_come_last(
    tab: Tab, study: Study, treated: int
) -> None:
    study.save(treated, [event("Nausea", "2026-02-01", "1", ended=PartialDate(2026, 4, 3), ongoing=False)], BY)
    tab.show_chart(study.chart(treated))
    tab.table.view.sortByColumn(3, Qt.SortOrder.AscendingOrder)
    assert [row.term for row in tab.table.model.rows] == ["Pleural effusion", "Nausea", "Fatigue"]


def test_what_was_refused_of_one_patient_is_not_said_of_the_next(
    qtbot: QtBot, open_at: OpenAt, tab: Tab, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TrialError("The record is locked.")

    monkeypatch.setattr(study, "void", refuse)
    click(qtbot, tab, "event_withdraw")
    banner = tab.findChild(Banner, "event_failure")
    assert banner is not None
    assert banner.text.text() == "Not withdrawn. The record is locked."
    open_at(enrol_a_patient(study), "adverse_events")
    assert banner.isHidden()


def test_the_clock_of_a_serious_event_goes_on_while_the_tab_is_in_view(
    tab: Tab, study: Study, treated: int, clock: FixedClock, view: StudyView, monkeypatch: pytest.MonkeyPatch
) -> None:
    aware = clock.now() - timedelta(hours=1)
    saved = study.save(
        treated, [event("Sepsis", "2026-09-01", "4", serious=True, seriousness=("AESLIFE",), aware=aware)], BY
    )
    view.workspace.changed(saved)
    tab.table.choose(next(row for row in tab.table.model.rows if row.term == "Sepsis"))
    assert "23 h left" in tab.facts.clock.text.text()
    monkeypatch.setattr(clock, "_now", clock.now() + timedelta(hours=5))
    for minutes in tab.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly):
        minutes.timeout.emit()
    assert "18 h left" in tab.facts.clock.text.text()
    assert "18 h left" in tab.table.model.rows[0].serious


def test_below_an_event_stands_what_was_withdrawn_of_it_and_not_of_another(
    tab: Tab, study: Study, treated: int
) -> None:
    effusion, fatigue = (
        next(v for v in study.chart(treated).events if v.record.term == term)
        for term in ("Pleural effusion", "Fatigue")
    )
    later = Edit("ae_grade", {"since": PartialDate(2026, 3, 4), "grade": "3"})
    study.save(treated, [Edit("adverse_event", {}, effusion.record.id, (later,))], BY)
    grade = next(view for view in study.chart(treated).events if view.worst == 3).grades[-1]
    study.void(treated, "ae_grade", grade.id, CHECKED)
    tab.show_chart(study.chart(treated))
    for view, shown in ((fatigue, False), (effusion, True)):
        tab.table.choose(next(row for row in tab.table.model.rows if row.record == view.record.id))
        assert tab.grades.withdrawn.toggle.isVisible() is shown
