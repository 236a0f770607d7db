"""Signing and locking in the window: who may, what is covered, what is said when it does not hold any more."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.jobs import Jobs
from gui.pages.patient.page import Page
from gui.pages.patient.review.sign_dialog import SignDialog
from gui.pages.patient.review.signatures_dialog import SignaturesDialog
from gui.pages.patient.review.standing import NOTHING, signed_words, standing
from gui.pages.patient.visits.form import VisitDialog
from gui.pages.patient.visits.tab import Tab
from gui.settings import SettingsFile
from gui.study_view import StudyView
from gui.widgets.banner import Banner
from gui.widgets.reason_dialog import ReasonDialog
from gui.workspace import Target
from models.domain.context import Context
from models.domain.notation import Desk
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study
from models.study_types import LockView, SignatureView
from tests.gui.fakes import give_a_reason
from tests.gui.pages.patient.conftest import treated
from tests.study_fixtures import PASSWORD, SitDown, sit_down

__all__ = ["sit_down", "treated"]

AT = datetime(2026, 10, 2, 9, tzinfo=UTC)
WHY = Context("", "Source document corrected")


def a_signature(why_void: str = "", visit: int | None = 7) -> SignatureView:
    role, meaning = "Investigator", "I have reviewed these data"
    return SignatureView(
        1, 1, visit, "Day 85", "ib", "I. Bianchi", role, meaning, AT, "ab12", why_void, AT if why_void else None
    )


def test_a_visit_that_nobody_signed_says_nothing() -> None:
    assert standing([a_signature(visit=None)], [], 7, Desk.ENGLISH) == NOTHING


def test_a_void_signature_says_since_when_and_why() -> None:
    found = standing([a_signature("Copies changed by C. Rossi.")], [], 7, Desk.ENGLISH)
    assert (found.words, found.tone) == ("Signature void", "urgent")
    assert found.sentences[0].endswith("VOID since 2 Oct 2026, 09:00 UTC+00:00: Copies changed by C. Rossi.")


def test_one_signature_that_holds_is_enough() -> None:
    found = standing([a_signature("Changed."), a_signature()], [], 7, Desk.ENGLISH)
    assert (found.words, found.tone) == ("Signed", "good")


def test_a_lock_stands_beside_the_signature_with_its_reason() -> None:
    lock = LockView(1, 7, "D85", "I. Bianchi", AT, "Cleaned")
    found = standing([a_signature()], [lock], 7, Desk.ENGLISH)
    assert (found.words, found.locked) == ("Signed, locked", True)
    assert found.sentences[1] == "Locked by I. Bianchi on 2 Oct 2026, 09:00 UTC+00:00: Cleaned."


def test_a_signature_names_role_and_meaning() -> None:
    assert signed_words(a_signature(), Desk.ENGLISH) == (
        "Signed by I. Bianchi (investigator) on 2 Oct 2026, 09:00 UTC+00:00: “I have reviewed these data”."
    )


OpenAs = Callable[[str], tuple[StudyView, Tab]]


@pytest.fixture
def open_as(qtbot: QtBot, sit_down: SitDown, treated: int, tmp_path: Path) -> Iterator[OpenAs]:
    """Opens the visits of the treated patient for a person, the last of them chosen."""
    views: list[StudyView] = []

    def open_(login: str) -> tuple[StudyView, Tab]:
        settings = SettingsFile(tmp_path / "config" / "settings.json")
        settings.change(theme="light")
        view = StudyView(sit_down(login), Jobs(), settings, give_a_reason)
        views.append(view)
        qtbot.addWidget(view)
        view.resize(1366, 730)
        view.show()
        view.show_target(Target("patient", treated, "visits"))
        page = view.page
        assert isinstance(page, Page)
        tab = page.tab
        assert isinstance(tab, Tab)
        tab.table.choose(next(row for row in tab.table.model.rows if row.code == "D85"))
        return view, tab

    yield open_
    for view in views:
        view.workspace.jobs.wait(10)
    for window in QApplication.topLevelWidgets():
        if window not in views:
            window.close()


def in_front(kind: type) -> object:
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, kind) and each.isVisible()]
    assert shown, f"no {kind.__name__} is shown"
    return shown[-1]


def visit_of(study: Study, patient: int) -> int:
    return next(v.id for v in study.chart(patient).records["visit"] if getattr(v, "code", "") == "D85")


def test_only_an_investigator_signs_and_everybody_else_reads_who_may(open_as: OpenAs) -> None:
    _, tab = open_as("C. Rossi")
    assert not tab.review.sign.isEnabled()
    assert "investigator" in tab.review.sign.toolTip()
    assert not tab.review.lock.isEnabled()


def test_a_visit_is_signed_with_user_name_and_password(qtbot: QtBot, open_as: OpenAs) -> None:
    view, tab = open_as("I. Bianchi")
    tab.review.sign.click()
    dialog = in_front(SignDialog)
    assert isinstance(dialog, SignDialog)
    assert not dialog.sign.isEnabled()
    dialog.login.setText("I. Bianchi")
    dialog.password.line.setText(PASSWORD)
    with qtbot.waitSignal(view.notifier.changed, timeout=10_000):
        dialog.sign.click()
    row = tab.table.chosen()
    assert tab.review.standing(row.record).words == "Signed"
    assert not view.workspace.study.signing.asks_for_login


def test_a_wrong_password_is_said_in_the_dialog_and_nothing_is_signed(
    qtbot: QtBot, open_as: OpenAs, treated: int
) -> None:
    view, tab = open_as("I. Bianchi")
    tab.review.sign.click()
    dialog = in_front(SignDialog)
    assert isinstance(dialog, SignDialog)
    dialog.login.setText("I. Bianchi")
    dialog.password.line.setText("not this one")
    with qtbot.waitSignal(view.workspace.jobs.idle, timeout=10_000):
        dialog.sign.click()
    assert dialog.isVisible()
    banner = dialog.findChild(Banner, "sign_failure")
    assert banner is not None
    assert banner.text.text().startswith("Not signed.")
    assert view.workspace.study.signing.signatures(treated) == ()


def test_a_locked_visit_opens_read_only_and_says_who_locked_it(open_as: OpenAs, treated: int) -> None:
    view, tab = open_as("I. Bianchi")
    tab.review.lock.click()
    dialog = in_front(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.choice.set_typed("Verified and signed")
    dialog.accept()
    study = view.workspace.study
    assert [lock.why for lock in study.locking.locks(treated)] == ["Verified and signed"]
    assert tab.review.lock.text() == "Unlock…"
    tab.open_record("visit", visit_of(study, treated), {})
    form = in_front(VisitDialog)
    assert isinstance(form, VisitDialog)
    notice = form.findChild(Banner, "visit_draft")
    assert notice is not None
    assert "was locked by I. Bianchi" in notice.text.text()
    assert form.fields.rows["comment"].editor.held
    form.save()
    assert form.isVisible()


def test_a_lock_that_is_given_up_locks_nothing(open_as: OpenAs, treated: int) -> None:
    view, tab = open_as("I. Bianchi")
    tab.review.lock.click()
    dialog = in_front(ReasonDialog)
    assert isinstance(dialog, ReasonDialog)
    dialog.reject()
    assert view.workspace.study.locking.locks(treated) == ()


def test_the_list_of_signatures_tells_valid_from_void(open_as: OpenAs, treated: int) -> None:
    view, tab = open_as("I. Bianchi")
    study = view.workspace.study
    visit = visit_of(study, treated)
    study.signing.sign(treated, visit, "review", PASSWORD, "I. Bianchi")
    study.save(treated, [Edit("visit", {"comment": "Seen"}, visit)], WHY)
    view.workspace.changed(study.signing.sign(treated, visit, "review", PASSWORD))
    tab.review.list.click()
    dialog = in_front(SignaturesDialog)
    assert isinstance(dialog, SignaturesDialog)
    states = next(column for column in dialog.table.model.columns if column.title == "State")
    assert [states.text(row) for row in dialog.table.model.rows] == ["Valid", "Void"]


def test_the_head_of_the_patient_counts_queries_and_offers_to_unlock(open_as: OpenAs, treated: int) -> None:
    view, _ = open_as("I. Bianchi")
    study = view.workspace.study
    study.review.ask(treated, "patient", treated, "age", "58?", "coordinator")
    view.workspace.changed(study.locking.lock(treated, None, "Data cut"))
    page = view.page
    assert isinstance(page, Page)
    words = [pill.text() for pill in page.header.pills]
    assert "1 query" in words
    assert "Locked" in words
    assert page.review.queries.text() == "&Queries (1 not closed)"
    assert page.review.lock.text() == "Un&lock this patient…"


def test_which_unscheduled_visit_is_signed_stands_with_its_day(open_as: OpenAs, treated: int) -> None:
    view, tab = open_as("I. Bianchi")
    study = view.workspace.study
    edits = [Edit("visit", {"code": "UNS", "status": "DONE", "date": PartialDate(2026, 6, day)}) for day in (1, 20)]
    view.workspace.changed(study.save(treated, edits, WHY))
    second = next(row for row in tab.table.model.rows if row.date == "20 Jun 2026")
    tab.table.choose(second)
    tab.review.sign.click()
    dialog = in_front(SignDialog)
    assert isinstance(dialog, SignDialog)
    assert dialog.accessibleName() == f"Sign: Unscheduled visit, 20 Jun 2026, {study.chart(treated).label}"


def test_a_dialog_that_signs_cannot_be_left_before_the_signature_is_shown(qtbot: QtBot, open_as: OpenAs) -> None:
    view, tab = open_as("I. Bianchi")
    tab.review.sign.click()
    dialog = in_front(SignDialog)
    assert isinstance(dialog, SignDialog)
    dialog.login.setText("I. Bianchi")
    dialog.password.line.setText(PASSWORD)
    with qtbot.waitSignal(view.notifier.changed, timeout=10_000):
        dialog.sign.click()
        dialog.close()
        assert dialog.isVisible()
    assert tab.review.standing(tab.table.chosen().record).words == "Signed"
