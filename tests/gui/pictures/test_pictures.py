"""The main pages look as they were accepted; see `golden` for how to accept a change."""

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gui.application import Application, build
from gui.settings import SettingsFile
from gui.workspace import Target
from models.domain.clock import FixedClock
from tests.gui.pictures.golden import differences, marked, pixels_of
from tests.gui.pictures.walk import PATIENT, settle
from tests.gui.showing import in_front
from tests.gui.signing_in import signed_in

WINDOW = (1366, 768)
FORM = (980, 700)

OpenWindow = Callable[[str, Path | None], Application]


@pytest.fixture
def open_window(qtbot: QtBot, clock: FixedClock, tmp_path: Path) -> Iterator[OpenWindow]:
    """Opens the window in a theme, with a study or at the start page."""
    made: list[Application] = []
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    blinking = app.cursorFlashTime()
    app.setCursorFlashTime(0)

    def open_it(theme: str, study: Path | None) -> Application:
        settings = SettingsFile(tmp_path / "config" / "settings.json")
        settings.change(theme=theme)
        application = signed_in(study, clock, settings) if study else build(clock=clock, settings=settings)
        made.append(application)
        application.window.resize(*WINDOW)
        in_front(qtbot, application.window)
        return application

    yield open_it
    app.setCursorFlashTime(blinking)
    for application in made:
        application.jobs.wait(10)
        application.close_study()


@pytest.fixture
def demo(demo_study_file: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(demo_study_file, tmp_path / "demo.albatrack"))


def form_of(application: Application, kind: str) -> QWidget:
    view = application.window.view
    assert view is not None
    patient = view.workspace.study.enrolled()[PATIENT]
    view.show_target(Target("patient", patient, record=(kind, 0)))
    settle(application)
    dialog = application.window.findChild(QWidget, f"{kind}_dialog")
    assert dialog is not None
    dialog.resize(*FORM)
    return dialog


def shown(application: Application, page: str) -> QWidget:
    view = application.window.view
    assert view is not None
    if page in ("mrd", "adverse_event"):
        return form_of(application, page)
    patient = view.workspace.study.enrolled()[PATIENT] if page == "patient" else 0
    view.show_target(Target(page, patient))
    return application.window


@pytest.mark.skipif(sys.platform != "linux", reason="the pictures were taken with the letters as Linux draws them")
@pytest.mark.parametrize(
    ("theme", "page"),
    [
        ("light", "start"),
        ("light", "today"),
        ("light", "patients"),
        ("light", "patient"),
        ("dark", "patient"),
        ("light", "mrd"),
        ("light", "adverse_event"),
    ],
)
def test_a_page_looks_as_it_was_accepted(theme: str, page: str, open_window: OpenWindow, demo: Path) -> None:
    application = open_window(theme, None if page == "start" else demo)
    widget = application.window if page == "start" else shown(application, page)
    settle(application)
    wrong = differences(widget, f"{page}-{theme}")
    if widget is not application.window:
        widget.close()
    assert wrong == ""


def test_a_changed_word_is_seen_and_marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.setattr("tests.gui.pictures.golden.ACCEPTED", tmp_path / "accepted")
    monkeypatch.setenv("ALBATRACK_REWRITE_GOLDEN", "1")
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setStyleSheet("background: white")
    widget.resize(400, 300)
    assert differences(widget, "page", tmp_path) == ""
    monkeypatch.delenv("ALBATRACK_REWRITE_GOLDEN")
    assert differences(widget, "page", tmp_path) == ""
    word = QWidget(widget)
    word.setStyleSheet("background: black")
    word.setGeometry(10, 10, 60, 12)
    assert differences(widget, "page", tmp_path).startswith("page: 0.60% of the pixels differ clearly")
    assert {path.name for path in tmp_path.glob("page-*.png")} == {"page-drawn.png", "page-difference.png"}


def test_a_difference_is_marked_in_red_on_the_faded_picture() -> None:
    kept = np.zeros((1, 2, 3), np.uint8)
    assert marked(kept, np.array([[0, 200]])).tolist() == [[[128, 128, 128], [200, 0, 0]]]


def test_an_image_becomes_rows_of_red_green_and_blue() -> None:
    image = QImage(3, 2, QImage.Format.Format_RGB32)
    image.fill(QColor(1, 2, 3))
    assert pixels_of(image).shape == (2, 3, 3)
    assert pixels_of(image)[0, 0].tolist() == [1, 2, 3]
