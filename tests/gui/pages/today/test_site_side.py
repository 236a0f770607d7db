"""Beside the work of the day: the site's molecular response, and what was changed last."""

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from pytestqt.qtbot import QtBot

from gui.pages.today import site_side
from gui.pages.today.page import Page
from gui.pages.today.site_side import SiteSide
from gui.workspace import Workspace
from models.domain.context import Changes, Context
from models.domain.partial_dates import PartialDate
from models.domain.quantities import Quantity
from models.study import Edit, Study
from tests.gui.fakes import NotingHost
from tests.gui.pages.today.test_today_page import page_of

PROJECT = Path(__file__).parents[4]
BY = Context("C. Rossi", "Late report")

PROGRAM = """
import sys
from gui.start import open_window
application = open_window([])
from gui.pages.today.page import Page
print("gui.pages.today.site_side" in sys.modules, "models.cohort.cohort" in sys.modules)
"""


def result(study: Study, patient: int, day: int = 2) -> Changes:
    """An MRD result of the visit on day 85, in response."""
    values = {
        "visit": "D85", "collected": PartialDate(2026, 4, day), "specimen": "BONE MARROW", "transcript": "p190",
        "target_copies": Quantity(Decimal(0), "copies"), "control_copies": Quantity(Decimal(45310), "copies"),
    }  # fmt: skip
    return study.save(patient, [Edit("mrd", values)], BY)


def side_of(page: Page, qtbot: QtBot) -> SiteSide:
    """The side column, once it is filled."""
    qtbot.waitUntil(lambda: page.findChild(SiteSide) is not None)
    side = page.findChild(SiteSide)
    assert side is not None
    qtbot.waitUntil(lambda: bool(side.changes.lines.items) and side.response.said != "Counting…")
    return side


def test_it_is_neither_loaded_nor_counted_before_the_work_is_painted() -> None:
    run = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=PROJECT,
        env={"QT_QPA_PLATFORM": "offscreen", "PATH": "", "ALBATRACK_CONFIG": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.strip() == "False False"


def test_the_response_so_far_is_counted_once_the_list_is_there(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int
) -> None:
    result(study, patient)
    page = page_of(bare, qtbot)
    side = side_of(page, qtbot)
    [day_85] = side.response.rows
    assert (day_85.label, day_85.of_evaluable.events, day_85.of_evaluable.total) == ("Day 85", 1, 1)


def test_whoever_went_on_by_then_does_not_wait_for_it(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    page = page_of(bare, qtbot)
    page.hide()
    timers = page.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)
    [put_off] = [timer for timer in timers if timer.isSingleShot()]
    qtbot.waitUntil(lambda: not put_off.isActive())
    assert page.findChild(SiteSide) is None
    assert not page.settled
    page.show()
    side_of(page, qtbot)
    assert page.settled


def test_a_time_point_leads_to_the_table_of_the_cohort(
    bare: Workspace, host: NotingHost, qtbot: QtBot, study: Study, patient: int
) -> None:
    result(study, patient)
    page = page_of(bare, qtbot)
    side = side_of(page, qtbot)
    side.response.points[0].click()
    assert (host.targets[-1].page, host.targets[-1].values["view"]) == ("cohort", "response")


def test_without_a_judged_patient_it_says_so(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    page = page_of(bare, qtbot)
    side = side_of(page, qtbot)
    assert side.response.said == "Nobody has a result at a time point of the protocol yet."


def test_the_last_change_opens_its_record_with_enter(
    bare: Workspace, host: NotingHost, qtbot: QtBot, patient: int
) -> None:
    page = page_of(bare, qtbot)
    side = side_of(page, qtbot)
    assert side.changes.lines.items[0].text == "Patient entered"
    side.changes.lines.setFocus()
    qtbot.keyClick(side.changes.lines, Qt.Key.Key_Return)
    assert host.targets[-1].record == ("patient", patient)


def test_a_new_result_is_counted_when_today_is_shown_again(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int
) -> None:
    page = page_of(bare, qtbot)
    side = side_of(page, qtbot)
    changes = result(study, patient)
    bare.notifier.changed.emit(changes)
    page.refresh(changes)
    qtbot.waitUntil(lambda: bool(side.response.rows))
    qtbot.waitUntil(lambda: not bare.jobs.running)


def test_a_result_that_comes_while_the_count_goes_on_is_counted_the_next_time(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int
) -> None:
    side = SiteSide(bare)
    qtbot.addWidget(side)
    side.refresh(1)
    bare.notifier.changed.emit(Changes(patient, frozenset({"mrd"}), ()))
    qtbot.waitUntil(lambda: not bare.jobs.running)
    result(study, patient)
    side.refresh(1)
    qtbot.waitUntil(lambda: bool(side.response.rows))


def test_a_large_site_is_counted_when_somebody_asks_for_it(
    bare: Workspace, qtbot: QtBot, study: Study, patient: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site_side, "COUNTED_UP_TO", 0)
    result(study, patient)
    page = page_of(bare, qtbot)
    side = side_of(page, qtbot)
    assert not side.response.rows
    side.response.count.click()
    qtbot.waitUntil(lambda: bool(side.response.rows))


def test_a_count_that_was_stopped_can_be_asked_for_again(bare: Workspace, qtbot: QtBot, patient: int) -> None:
    side = SiteSide(bare)
    qtbot.addWidget(side)
    side.show()
    side.refresh(1)
    bare.jobs.cancel_all()
    qtbot.waitUntil(lambda: not bare.jobs.running)
    assert side.response.said == "Counting was stopped."
    assert side.response.count.isVisible()
