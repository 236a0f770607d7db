"""A person at a desk: the whole program in its window, a keyboard in front of it, and eyes that read what is shown."""

import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QListView,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.study_view import StudyView
from gui.widgets.figure_canvas import FigureCanvas
from models.chart.patient_chart import PatientChart
from models.figures.style import Hit
from models.study import Study
from tests.gui.pages.desk import Keyboard, view_of
from tests.study_fixtures import PASSWORD

W = TypeVar("W", bound=QWidget)

REASON = "reason_dialog"


def even(text: str) -> str:
    """The text with plain single spaces, however wide those on the screen are."""
    return " ".join(text.split())


class Person(Keyboard):
    """Acts with keys only. What is read of a widget is what stands on the screen."""

    def __init__(self, qtbot: QtBot, application: Application) -> None:
        super().__init__(qtbot)
        self.application = application

    # ---- acting

    @property
    def focus(self) -> QWidget:
        """What has the focus. What is closed gives it back to the window behind it, as every desktop does."""
        found = QApplication.focusWidget()
        active = QApplication.activeWindow()
        if found is not None and found.isVisible() and (QApplication.activePopupWidget() or found.window() is active):
            return found
        window = QApplication.activeModalWidget() or self.application.window
        window.activateWindow()
        self.until(window.isActiveWindow)
        found = window.focusWidget()
        assert found is not None, f"nothing has the focus in {window.objectName()}"
        return found

    def type(self, text: str) -> None:
        """Type where the cursor is; a list that has popped up below it hands the letters on."""
        for letter in text:
            self._qtbot.keyClicks(QApplication.activePopupWidget() or self.focus, letter)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the cursor is, or in the list that has popped up."""
        self._qtbot.keyClick(QApplication.activePopupWidget() or self.focus, key, modifier)

    def keys(self, *sequences: str) -> None:
        """Press keys by their names: "Ctrl+K", "Return"."""
        for sequence in sequences:
            QTest.keySequence(QApplication.activePopupWidget() or self.focus, QKeySequence(sequence))

    def fill(self, **texts: str) -> None:
        """Go to each field by name and type it anew, whatever stands in it."""
        for name, text in texts.items():
            self.go_to(name)
            self.keys("Ctrl+A")
            self.type(text)

    def sign_in(self, user: str = "", password: str = PASSWORD) -> None:
        """Type user name and password; without a name, the one that stands there is taken."""
        self.until(lambda: self.shows("signInPage") and self.see(QWidget, "signInPassword").isEnabled())
        self.fill(**({"signInUser": user} if user else {}), signInPassword=password)
        self.keys("Return")
        self.until(lambda: self.application.study is not None)

    def find(self, typed: str) -> None:
        """Go somewhere by the find box."""
        self.keys("Ctrl+K")
        self.until(lambda: self.focus.objectName() == "paletteLine")
        self.type(typed)
        self.keys("Return")

    def open_newest_result(self) -> None:
        """Open the newest MRD result of 042-001."""
        self.find("042-001")
        self.keys("Ctrl+3")
        self.go_to("mrd_table")
        self.keys("Home", "Return")
        self.front("mrd_dialog")

    def until(self, true: Callable[[], bool], timeout: int = 5000) -> None:
        """Wait for what is going to be shown."""
        self._qtbot.waitUntil(true, timeout=timeout)

    @contextmanager
    def when_asked(self, name: str, act: Callable[[], None]) -> Iterator[None]:
        """Answer the question of that name, which stops everything else until it is answered. It has to come."""
        answered: list[str] = []
        failures: list[AssertionError] = []
        timer = QTimer()
        timer.setInterval(5)

        def look() -> None:
            dialog = QApplication.activeModalWidget()
            if dialog is None or dialog.objectName() != name:
                return
            timer.stop()
            answered.append(name)
            dialog.activateWindow()
            try:
                self.until(dialog.isActiveWindow)
                act()
            except AssertionError as failure:
                failures.append(failure)
                dialog.close()

        timer.timeout.connect(look)
        timer.start()
        yield
        timer.stop()
        if failures:
            raise failures[0]
        assert answered == [name], f"{name} was not asked"

    @contextmanager
    def reasoned(self, reason: str, seen: list[str] | None = None) -> Iterator[None]:
        """Give a reason when asked for one; what was asked is added to `seen`."""

        def answer() -> None:
            if seen is not None:
                seen.append(even(" ".join(self.words())))
            self.fill(reason_choice=reason)
            self.save()

        with self.when_asked(REASON, answer):
            yield

    @contextmanager
    def file_named(self, path: Path) -> Iterator[None]:
        """Type the path of a file when asked for one."""

        def answer() -> None:
            dialog = QApplication.activeModalWidget()
            assert isinstance(dialog, QFileDialog)
            self.fill(fileNameEdit=str(path))
            self.keys("Return")

        with self.when_asked("QFileDialog", answer):
            yield

    # ---- looking

    @property
    def view(self) -> StudyView:
        """The open study in the window."""
        return view_of(self.application)

    @property
    def study(self) -> Study:
        """What is stored."""
        return self.view.workspace.study

    def chart(self, label: str) -> PatientChart:
        """What is stored of a patient."""
        return self.study.chart(self.study.find(label))

    def front(self, name: str) -> QWidget:
        """The dialog of that name, once it stands in front and takes keys."""
        self.until(lambda: self._shown_window(name) is not None)
        dialog = self._shown_window(name)
        assert dialog is not None
        dialog.activateWindow()
        self.until(dialog.isActiveWindow)
        return dialog

    def gone(self, name: str) -> None:
        """Wait until the dialog of that name is closed."""
        self.until(lambda: self._shown_window(name) is None)

    @property
    def window(self) -> QWidget:
        """The window or dialog in front."""
        return QApplication.activeModalWidget() or QApplication.activeWindow() or self.application.window

    def see(self, kind: builtins.type[W], name: str) -> W:
        """The widget of that name in the window in front; it has to be visible."""
        found = [widget for widget in self.window.findChildren(kind, name) if widget.isVisible()]
        assert found, f"{name} is not to be seen in {self.window.objectName()}"
        return found[0]

    def text(self, name: str) -> str:
        """The words of a visible label, or of a value that is a link to its why."""
        found = self.see(QWidget, name)
        assert isinstance(found, QLabel | QAbstractButton)
        return found.text()

    def words(self) -> list[str]:
        """Every label and button of the window in front that can be seen."""
        parts = self.window.findChildren(QWidget)
        shown = [part for part in parts if isinstance(part, QLabel | QAbstractButton) and part.isVisible()]
        return [part.text() for part in shown if part.text()]

    def says(self, part: str) -> bool:
        """Whether these words stand anywhere in the window in front."""
        return any(part in even(text) for text in self.words())

    def entered(self, name: str) -> str:
        """What stands in a visible line of that name."""
        return even(self.see(QLineEdit, name).text())

    def understood(self) -> str:
        """What the line where the cursor is repeats of what it understood."""
        return even(self.focus.accessibleDescription())

    def rows(self, name: str) -> list[list[str]]:
        """The cells of a visible table."""
        model: Any = self.see(QTableView, name).model()
        return [
            [even(str(model.index(row, column).data() or "")) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    def lines(self, name: str) -> list[str]:
        """The lines of a visible list."""
        model: Any = self.see(QListView, name).model()
        return [even(str(model.index(row, 0).data())) for row in range(model.rowCount())]

    def shows(self, name: str) -> bool:
        """Whether anything of that name stands in the window in front."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def points(self) -> list[Hit]:
        """The MRD results that the curve of the overview names, once it is drawn."""
        canvas = self.see(FigureCanvas, "overviewCurve")
        self.until(lambda: bool(canvas.hits))
        return [hit for hit in canvas.hits if hit.kind == "mrd"]

    @property
    def today(self) -> date:
        """The day at this desk."""
        return self.study.today

    @staticmethod
    def _shown_window(name: str) -> QWidget | None:
        shown = (each for each in QApplication.topLevelWidgets() if each.isVisible())
        return next((each for each in shown if each.objectName() == name), None)
