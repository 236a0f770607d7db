"""A walk through the window over the demo study: every page, every tab, and the forms a coordinator lives in."""

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from gui.application import Application
from gui.page_table import PAGES
from gui.pages.enrolment.presenter import STEPS
from gui.pages.patient.tab import TABS
from gui.pages.settings.page import SECTIONS
from gui.pages.start.new_study import NewStudyDialog
from gui.workspace import Target
from models.domain.notation import Desk

FORMS = ("mrd", "adverse_event", "visit", "lab", "exposure", "medication", "disease", "assessment")
"""Kinds whose new form is opened."""

_ROUNDS = 4
"""Rounds of events after the last work: what is laid out in one of them is drawn in the next."""
_PAUSE = 8
"""Milliseconds of a round."""
_SOON = 1000
"""Milliseconds; pages read and forms check with timers shorter than this."""

PATIENT = 16
"""The place of the patient shown, among the enrolled: a transplanted one with a long course."""


def places(application: Application) -> Iterator[tuple[str, QWidget]]:
    """Everything to be seen in turn: its name and the window or dialog that shows it, settled."""
    window = application.window
    view = window.view
    assert view is not None
    patient = view.workspace.study.enrolled()[PATIENT]
    targets = {page.name: Target(page.name, patient if page.needs_patient else 0) for page in PAGES}
    targets |= {f"patient-{tab.name}": Target("patient", patient, tab.name) for tab in TABS}
    targets |= {f"settings-{s.name}": Target("settings", values={"section": s.name}) for s in SECTIONS}
    targets |= {f"enrolment-{n}": Target("enrolment", patient, values={"step": n}) for n in range(len(STEPS))}
    for name, target in targets.items():
        view.show_target(target)
        settle(application)
        yield name, window
    window.open_find_box()
    settle(application)
    yield "find", window
    window.palette_panel.hide()
    for kind in FORMS:
        view.show_target(Target("patient", patient, record=(kind, 0)))
        yield from _dialogs(application, f"form-{kind}")
    visit = view.workspace.study.chart(patient).records["visit"][0].id
    view.show_target(Target("patient", patient, record=("visit", visit)))
    yield from _dialogs(application, "form-visit-recorded")
    view.show_target(Target("patient", patient, "overview"))
    page = view.page
    if page is not None:
        page.print_summary()  # type: ignore[attr-defined]  # the patient page is in view
        yield from _dialogs(application, "print-preview")
    window.print_clinic()
    yield from _dialogs(application, "print-clinic")


def ways_in(application: Application, study: Path) -> Iterator[tuple[str, QWidget]]:
    """The pages and dialogs in front of a study, of which none is open."""
    window, door = application.window, application.door
    application.open_path(study)
    settle(application)
    yield "sign-in-demo", window
    door.ask(study, synthetic=False, login="C. Rossi")
    door.page.refuse("The study is in use by I. Bianchi at WARD-3. Close it there first.", offer_reading=True)
    settle(application)
    yield "sign-in", window
    for name, page in (("recovery", door.recovery_page), ("new-password", door.password_page)):
        window.show_page(page)
        settle(application)
        yield name, window
    dialog = NewStudyDialog(application.jobs, application.clock, Desk.ENGLISH, window)
    dialog.show()
    for step in range(3):
        dialog.show_step(step)
        settle(application)
        yield f"new-study-{step}", dialog
    dialog.close()
    application.show_start()
    settle(application)
    yield "start", window


def settle(application: Application) -> None:
    """Let everything be laid out, drawn and read that is going to be: no work goes on, and no short timer runs."""
    QCursor.setPos(QPoint(0, 0))
    quiet = 0
    while quiet < _ROUNDS:
        QTest.qWait(_PAUSE)
        quiet = 0 if application.jobs.running or _due_soon() else quiet + 1


def _due_soon() -> bool:
    timers = (timer for window in QApplication.topLevelWidgets() for timer in window.findChildren(QTimer))
    return any(timer.isActive() and timer.interval() < _SOON for timer in timers)


def _dialogs(application: Application, name: str) -> Iterator[tuple[str, QWidget]]:
    settle(application)
    shown = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog) and each.isVisible()]
    assert shown, f"nothing was opened for {name}"
    for dialog in shown:
        dialog.activateWindow()
        settle(application)
        yield name, dialog
    for dialog in shown:
        dialog.close()
    settle(application)
