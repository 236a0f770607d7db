"""How much a patient page asks of the database does not follow what the patient has."""

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from benchmarks.counting import counted
from gui.pages.patient.page import Page
from gui.pages.patient.tab import TABS
from gui.study_view import StudyView
from models.domain.partial_dates import PartialDate
from models.study import Context, Edit, Study
from tests.gui.pages.patient.conftest import result, visit

BY = Context("C. Rossi", "Checked against the source document")


def of_every_tab(qtbot: QtBot, view: StudyView, page: Page) -> list[str]:
    """The statements of the page read again and of each of its tabs."""
    with counted() as seen:
        page.refresh(None)
        for tab in TABS:
            assert page.show_tab(tab.name)
            qtbot.waitUntil(lambda: not view.workspace.jobs.running)
    return seen


def event_with_grades(day: int) -> Edit:
    grades = (
        Edit("ae_grade", {"since": PartialDate(2026, 2, day), "grade": "2"}),
        Edit("ae_grade", {"since": PartialDate(2026, 2, day + 1), "grade": "3"}),
        Edit("ae_drug", {"drug": "dasatinib", "causality": "RELATED"}),
    )
    began = PartialDate(2026, 2, day)
    return Edit("adverse_event", {"term": "Nausea", "version": "4.03", "began": began}, children=grades)


def test_the_number_of_statements_is_the_same_for_a_patient_with_few_records_and_with_many(
    qtbot: QtBot, view: StudyView, study: Study, patient: int, open_at: Callable[..., Page]
) -> None:
    page = open_at(patient)
    of_every_tab(qtbot, view, page)  # what is read once, when a tab is made
    few = of_every_tab(qtbot, view, page)
    for day in range(1, 21):
        then = f"2026-02-{day:02}"
        study.save(patient, [visit("UNS", then), result("UNS", then, 9, 43_800, laboratory=f"Laboratory {day}")], BY)
        study.save(patient, [event_with_grades(day)], BY)
        study.save(patient, [Edit("medication", {"name": f"Drug {day}", "began": PartialDate(2026, 2, day)})], BY)
    assert len(study.chart(patient).records["adverse_event"]) == 20
    many = of_every_tab(qtbot, view, page)
    assert len(many) == len(few)
