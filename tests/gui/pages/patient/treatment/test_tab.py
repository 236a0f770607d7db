"""The Treatment tab through its widgets."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from gui.pages.patient.page import Page
from gui.pages.patient.treatment.tab import Tab
from gui.widgets.banner import Banner
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.why import WhyButton, WhyPanel
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.records.treatment import Exposure
from models.study import Edit, Study
from tests.gui.pages.patient.conftest import BY
from tests.study_fixtures import enrol_a_patient

OpenAt = Callable[..., Page]


@pytest.fixture
def tab(open_at: OpenAt, treated: int, study: Study) -> Tab:
    dose = Quantity(Decimal(140), "mg")
    began = PartialDate(2026, 1, 9)
    study.save(treated, [Edit("exposure", {"drug": "dasatinib", "dose": dose, "began": began})], BY)
    shown = open_at(treated, "treatment").tab
    assert isinstance(shown, Tab)
    return shown


def dialog() -> RecordDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())


def test_phases_and_doses_stand_as_they_ran(tab: Tab) -> None:
    assert [row.phase for row in tab.phases.table.model.rows] == ["induction", "blina-1"]
    assert [row.drug for row in tab.doses.table.model.rows] == ["dasatinib"]
    assert "Dasatinib 140 mg since 9 Jan 2026" in tab.doses.remark.text()


def test_an_interruption_is_entered_and_the_intensity_follows(
    qtbot: QtBot, tab: Tab, study: Study, treated: int
) -> None:
    before = len(tab.findChildren(WhyButton))
    tab.doses.table.view.selectRow(0)
    qtbot.mouseClick(tab.findChild(QPushButton, "exposure_list_open"), Qt.MouseButton.LeftButton)
    form = dialog().form
    form.editor("ended").set_typed("20/1/2026")
    assert form.save()
    qtbot.mouseClick(tab.findChild(QPushButton, "exposure_list_add"), Qt.MouseButton.LeftButton)
    form = dialog().form
    for name, text in (("drug", "dasatinib"), ("dose", "0"), ("began", "21/1/2026"), ("reason", "ADVERSE EVENT")):
        form.editor(name).set_typed(text)
    assert form.save()
    assert [d.dose.value for d in study.chart(treated).of(Exposure) if d.dose] == [140, 0]
    assert len(tab.findChildren(WhyButton)) > before


def test_every_share_of_the_plan_answers_why(qtbot: QtBot, tab: Tab) -> None:
    why = tab.delivered.findChild(WhyButton, "intensity_0_why")
    assert isinstance(why, WhyButton)
    why.explain()
    panel = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WhyPanel))
    assert panel.accessibleName().startswith("Intensity: Dasatinib")
    panel.close()


def test_the_index_brings_a_section_into_view(qtbot: QtBot, tab: Tab) -> None:
    bar = tab.sections.area.verticalScrollBar()
    tab.sections.index.setCurrentRow(5)
    qtbot.waitUntil(lambda: bar.value() > 0)


@pytest.mark.parametrize("kind", ["phase", "exposure", "lumbar_puncture", "transplant", "medication"])
def test_a_new_record_of_every_kind_can_be_opened_from_elsewhere(
    open_at: OpenAt, tab: Tab, treated: int, kind: str
) -> None:
    open_at(treated, "treatment", (kind, 0))
    assert dialog().form.kind.name == kind


def test_a_person_without_any_phase_is_told_what_belongs_here(open_at: OpenAt, study: Study) -> None:
    edits = (Edit("patient", {"screening_number": "S042-009", "screened": PartialDate(2026, 9, 1), "sex": "M"}),)
    patient = study.screen(edits, BY).patient
    assert patient is not None
    shown = open_at(patient, "treatment").tab
    assert isinstance(shown, Tab)
    offer = shown.findChild(QPushButton, "phase_table_offer")
    assert isinstance(offer, QPushButton)
    assert offer.isVisible()


def test_phases_are_sorted_by_their_days_as_numbers(open_at: OpenAt, treated: int, study: Study) -> None:
    study.save(
        treated,
        [Edit("phase", {"phase": "prephase", "began": PartialDate(2026, 1, 2), "ended": PartialDate(2026, 1, 8)})],
        BY,
    )
    tab = open_at(treated, "treatment").tab
    assert isinstance(tab, Tab)
    place = next(n for n, column in enumerate(tab.phases.table.model.columns) if column.title == "Days")
    tab.phases.table.view.sortByColumn(place, Qt.SortOrder.AscendingOrder)
    assert [row.phase for row in tab.phases.table.model.rows] == ["prephase", "blina-1", "induction"]


def test_what_was_refused_of_one_patient_is_not_said_of_the_next(
    open_at: OpenAt, tab: Tab, study: Study, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise TrialError("The record is locked.")

    monkeypatch.setattr(study, "void", refuse)
    tab.doses.table.choose(tab.doses.table.model.rows[0])
    tab.doses.withdraw_chosen()
    banner = tab.doses.findChild(Banner, "exposure_list_failure")
    assert banner is not None
    assert banner.text.text() == "Not withdrawn. The record is locked."
    open_at(enrol_a_patient(study), "treatment")
    assert banner.isHidden()
