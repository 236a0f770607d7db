"""The Baseline tab through its widgets."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from gui.pages.patient.baseline.assessment_side import AssessmentSide
from gui.pages.patient.baseline.presenter import by_numbers_words
from gui.pages.patient.baseline.tab import Tab
from gui.pages.patient.page import Page
from gui.widgets.history import HistoryDialog
from gui.widgets.record_dialog import RecordDialog
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.protocols.model import Criterion
from models.records.disease import Assessment, Disease
from models.records.outcome import Death
from models.records.patient import EligibilityAnswer, Identity
from models.study import Context, Edit, Study
from tests.gui.pages.patient.conftest import BY, Reasons

OpenAt = Callable[..., Page]


@pytest.fixture
def tab(open_at: OpenAt, treated: int) -> Tab:
    shown = open_at(treated, "baseline").tab
    assert isinstance(shown, Tab)
    return shown


def dialog() -> RecordDialog:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, RecordDialog) and w.isVisible())


def click(qtbot: QtBot, parent: QWidget, name: str) -> None:
    button = parent.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    qtbot.waitUntil(lambda: button.isVisible() and button.height() > 10)  # once the layout has settled
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def words(part: QWidget) -> str:
    return " ".join(each.text() for each in part.findChildren(QLabel) if not each.isHidden())


def test_the_identity_is_hidden_until_somebody_asks(qtbot: QtBot, tab: Tab, study: Study, treated: int) -> None:
    assert "4 May 1967" not in words(tab.identity)
    click(qtbot, tab, "identity_show")
    qtbot.waitUntil(lambda: "4 May 1967" in words(tab.identity))
    click(qtbot, tab, "identity_show")
    qtbot.waitUntil(lambda: "4 May 1967" not in words(tab.identity))


def test_the_identity_is_covered_again_for_another_patient(
    qtbot: QtBot, open_at: OpenAt, tab: Tab, study: Study, treated: int
) -> None:
    click(qtbot, tab, "identity_show")
    edits = (
        Edit("patient", {"screening_number": "S042-009", "screened": PartialDate(2026, 9, 1), "sex": "M"}),
        Edit("identity", {"family_name": "Bianchi"}),
    )
    other = study.screen(edits, BY).patient
    assert other is not None
    open_at(other, "baseline")
    assert not tab.identity.shown
    assert "Bianchi" not in words(tab.identity)


def test_demographics_are_corrected_with_a_reason(
    qtbot: QtBot, tab: Tab, study: Study, treated: int, reasons: Reasons
) -> None:
    click(qtbot, tab, "patient_card_open")
    form = dialog().form
    form.editor("age").set_typed("59")
    assert form.save()
    assert study.chart(treated).patient.age == 59
    assert "Age at consent: 58 → 59" in reasons.asked[0][0]
    assert "59" in words(tab.patient)


def test_whether_a_patient_is_made_up_is_not_offered(qtbot: QtBot, tab: Tab) -> None:
    click(qtbot, tab, "patient_card_open")
    values = dialog().form.values()
    assert "age" in values
    assert "synthetic" not in values


def test_a_number_that_is_taken_is_said_in_the_form(qtbot: QtBot, tab: Tab, study: Study, treated: int) -> None:
    values = {"screening_number": "S042-009", "screened": PartialDate(2026, 9, 1), "sex": "M"}
    study.screen([Edit("patient", values)], BY)
    click(qtbot, tab, "patient_card_open")
    form = dialog().form
    form.editor("screening_number").set_typed("S042-009")
    assert not form.save()
    assert "The number S042-009 is taken by another patient" in words(form)


def test_a_kind_of_which_there_is_one_is_corrected_never_doubled(
    open_at: OpenAt, tab: Tab, study: Study, treated: int
) -> None:
    open_at(treated, "baseline", ("disease", 0))
    form = dialog().form
    form.editor("karyotype").set_typed("46,XX,t(9;22)(q34;q11.2)")
    assert form.save()
    assert len(study.chart(treated).of(Disease)) == 1


def show_again(tab: Tab, study: Study, patient: int) -> None:
    """Show the patient as stored; the buttons from before are gone."""
    tab.show_chart(study.chart(patient))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def unanswered(study: Study, patient: int, tab: Tab) -> Criterion:
    """The first criterion, whose answer is withdrawn."""
    criterion = study.protocol.criteria[0]
    [answer] = [each for each in study.chart(patient).of(EligibilityAnswer) if each.criterion == criterion.code]
    study.void(patient, "eligibility", answer.id, Context(BY.actor, "Answered too early"))
    show_again(tab, study, patient)
    return criterion


def test_a_criterion_is_answered_and_judged(qtbot: QtBot, tab: Tab, study: Study, treated: int) -> None:
    criterion = unanswered(study, treated, tab)
    assert tab.eligibility.status.text() == "incomplete"
    click(qtbot, tab, f"criterion_{criterion.code}")
    form = dialog().form
    assert form.values()["criterion"] == criterion.code
    form.editor("answer").set_value("YES")
    assert form.save()
    assert criterion.code in [answer.criterion for answer in study.chart(treated).of(EligibilityAnswer)]
    assert tab.eligibility.status.text() == "eligible"


def test_the_history_of_an_answer_opens_from_its_criterion(qtbot: QtBot, tab: Tab, study: Study, treated: int) -> None:
    criterion = next(c for c in study.protocol.criteria if c.exclusion and c.limit is None)
    [answer] = [each for each in study.chart(treated).of(EligibilityAnswer) if each.criterion == criterion.code]
    study.save(treated, [Edit("eligibility", {"answer": "YES"}, answer.id)], Context(BY.actor, "Misread"))
    show_again(tab, study, treated)
    click(qtbot, tab, f"history_{criterion.code}")
    history = next(w for w in QApplication.topLevelWidgets() if isinstance(w, HistoryDialog) and w.isVisible())
    assert [(row.old, row.new, row.reason) for row in history.table.model.rows] == [("No", "Yes", "Misread")]
    history.close()


def test_a_criterion_without_an_answer_has_no_history(tab: Tab, study: Study, treated: int) -> None:
    criterion = unanswered(study, treated, tab)
    assert tab.eligibility.findChild(QPushButton, f"history_{study.protocol.criteria[1].code}") is not None
    assert tab.eligibility.findChild(QPushButton, f"history_{criterion.code}") is None


def test_one_criterion_not_met_makes_the_list_fail(tab: Tab, study: Study, treated: int) -> None:
    excluding = next(c for c in study.protocol.criteria if c.exclusion and c.limit is None)
    edit = Edit("eligibility", {"criterion": excluding.code, "answer": "YES"})
    study.save(treated, [edit], BY)
    tab.show_chart(study.chart(treated))
    assert tab.eligibility.status.text() == "not eligible"
    assert excluding.code in words(tab.eligibility)


def test_the_ikzf1_class_follows_the_calls_and_answers_why(tab: Tab, study: Study, treated: int) -> None:
    assert tab.ikzf1_why.isHidden()
    calls = [Edit("lesion", {"gene": gene, "call": "not deleted"}) for gene in ("IKZF1", "CDKN2A")]
    study.save(treated, calls, BY)
    tab.show_chart(study.chart(treated))
    assert tab.lists["lesion"].remark.text() == "IKZF1 wild type"
    assert not tab.ikzf1_why.isHidden()


def test_the_numbers_of_an_assessment_propose_a_response(qtbot: QtBot, tab: Tab) -> None:
    tab.open_record("assessment", 0, {})
    form = dialog().form
    for name, text in (
        ("marrow_blasts", "2"),
        ("blood_blasts", "no"),
        ("extramedullary", "no"),
        ("neutrophils", "0.8"),
        ("platelets", "70"),
    ):
        form.editor(name).set_typed(text)
    form.announce()
    side = form.findChild(AssessmentSide)
    assert isinstance(side, AssessmentSide)
    assert side.proposal.text() == "Complete remission, partial recovery"
    assert form.editor("response").value() is None
    form.discard()


@pytest.mark.parametrize(
    ("blasts", "recorded", "shown"),
    [("60", "NR", "No remission"), ("60", "CR", "No remission (differs)"), ("60", "RELAPSE", "No remission"),
     (None, "CR", "cannot be told")],
)  # fmt: skip
def test_a_response_that_the_numbers_do_not_bear_out_is_marked(blasts: str | None, recorded: str, shown: str) -> None:
    marrow = Quantity(Decimal(blasts), "%") if blasts else None
    assessment = Assessment(assessed=PartialDate(2026, 4, 3), marrow_blasts=marrow, response=recorded)
    assert by_numbers_words(assessment) == shown


@pytest.mark.parametrize(
    "kind", ["consent", "lesion", "history", "relapse", "disposition", "contact", "death", "identity", "patient"]
)
def test_every_kind_can_be_opened_from_elsewhere(open_at: OpenAt, tab: Tab, treated: int, kind: str) -> None:
    open_at(treated, "baseline", (kind, 0))
    assert dialog().form.kind.name == kind


def test_a_death_is_entered_and_withdrawn(qtbot: QtBot, tab: Tab, study: Study, treated: int, reasons: Reasons) -> None:
    click(qtbot, tab, "death_card_open")
    form = dialog().form
    form.editor("date").set_typed("1/9/2026")
    assert form.save()
    assert study.chart(treated).status == "DEAD"
    click(qtbot, tab, "death_card_withdraw")
    assert study.chart(treated).status != "DEAD"


def test_a_death_withdrawn_is_shown_as_that_and_can_be_entered_anew(
    qtbot: QtBot, tab: Tab, study: Study, treated: int
) -> None:
    study.save(treated, [Edit("death", {"date": PartialDate(2026, 9, 1), "cause": "LEUKAEMIA"})], BY)
    [gone] = study.chart(treated).of(Death)
    study.void(treated, "death", gone.id, Context(BY.actor, "Another patient's"))
    tab.show_chart(study.chart(treated))
    click(qtbot, tab, "death_card_withdrawn")
    assert "Date of death: 1 Sep 2026" in words(tab.death)
    assert "by C. Rossi: Another patient's" in words(tab.death)
    click(qtbot, tab, "death_card_open")
    form = dialog().form
    form.editor("date").set_typed("2/9/2026")
    assert form.save()
    [death] = study.chart(treated).of(Death)
    assert death.date == PartialDate(2026, 9, 2)


def test_a_withdrawn_identity_is_covered_for_the_next_patient(
    qtbot: QtBot, open_at: OpenAt, tab: Tab, study: Study, treated: int
) -> None:
    known = study.chart(treated).one(Identity)
    assert known is not None
    study.void(treated, "identity", known.id, Context(BY.actor, "Entered for the wrong patient"))
    tab.show_chart(study.chart(treated))
    assert "4 May 1967" not in words(tab.identity)
    click(qtbot, tab, "identity_card_withdrawn")
    assert "4 May 1967" in words(tab.identity)
    values = {"screening_number": "S042-009", "screened": PartialDate(2026, 9, 1), "sex": "M"}
    other = study.screen([Edit("patient", values)], BY).patient
    assert other is not None
    open_at(other, "baseline")
    open_at(treated, "baseline")
    assert "4 May 1967" not in words(tab.identity)


def test_an_identity_that_is_not_recorded_can_be_entered(qtbot: QtBot, tab: Tab, study: Study, treated: int) -> None:
    known = study.chart(treated).one(Identity)
    assert known is not None
    study.void(treated, "identity", known.id, BY.__class__("C. Rossi", "Entered for the wrong patient"))
    tab.show_chart(study.chart(treated))
    assert tab.identity.toggle.isHidden()
    click(qtbot, tab, "identity_card_open")
    assert dialog().form.record is None
