"""A button that saves a list as CSV or as an Excel workbook, beside the work; and asking where a file goes."""

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from gui.jobs import Progress
from gui.text import named
from gui.widgets.banner import Banner
from gui.workspace import Workspace
from models.domain.capitals import upper_first
from models.domain.errors import TrialError
from models.study import Right


class Format(NamedTuple):
    """A kind of file that a list is saved as: its words in a menu, the end of its name, its line in the dialog."""

    words: str
    suffix: str
    kind: str


CSV = Format("CSV", ".csv", "CSV (*.csv)")
WORKBOOK = Format("Excel workbook", ".xlsx", "Excel workbook (*.xlsx)")


class Written(NamedTuple):
    """A file that was written, and how many lines it has."""

    path: Path
    lines: int


Write = Callable[[Path], int]
"""Writes a list to its file, tells the audit trail, and returns the lines written. Runs on a worker thread."""


def ask_where(parent: QWidget, title: str, name: str, kind: str) -> Path | None:
    """Ask for a file of one kind; `name` is offered, and its end is put to a name that is typed without one."""
    dialog = QFileDialog(parent, title, name, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(Path(name).suffix.removeprefix("."))
    chosen = Path(dialog.selectedFiles()[0]) if dialog.exec() else None
    dialog.deleteLater()
    return chosen


def menu_of(button: QPushButton) -> QMenu:
    """Give a button a menu for one or more lists."""
    menu = named(QMenu(button), f"{button.objectName()}_menu", button.accessibleName())
    button.setMenu(menu)
    return menu


class SavedList(QObject):
    """The entries of a menu that save one list, one for each format.

    `prepare` gives the writing of the list as it stands; what came of it stands in `result`.
    """

    def __init__(
        self, workspace: Workspace, menu: QMenu, result: Banner, what: str, prepare: Callable[[], Write]
    ) -> None:
        """`what` names the list in small letters: "adverse events"."""
        super().__init__(menu)
        self._workspace, self._result, self._what, self._prepare = workspace, result, what, prepare
        for form in (CSV, WORKBOOK):
            action = QAction(f"{upper_first(what)} as {form.words}…", menu)
            action.setObjectName(f"{menu.objectName()}_{what.replace(' ', '_')}_{form.suffix[1:]}")
            action.setData(form)
            action.triggered.connect(self._asked)
            menu.addAction(action)

    @Slot()
    def _asked(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            form = Format(*action.data())
            name = f"{self._what.replace(' ', '-')}-{self._workspace.study.today.isoformat()}{form.suffix}"
            path = ask_where(self._result.window(), f"Save {self._what} as {form.words}", name, form.kind)
            if path is not None:
                self.save_to(path)

    def save_to(self, path: Path) -> None:
        """Write the list as it stands now, beside the work."""
        work = _Saving(self._workspace, path, self._prepare())
        self._workspace.jobs.start(f"Saving {self._what}", work, self._saved, self._refused)

    @Slot(object)
    def _saved(self, written: Written) -> None:
        words = "line" if written.lines == 1 else "lines"
        self._result.show_text(f"{written.lines} {words} written to {written.path}", "good")

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self._result.show_text(str(refused), "urgent")


class _Saving:
    """The work of writing the file."""

    def __init__(self, workspace: Workspace, path: Path, write: Write) -> None:
        self._user, self._path, self._write = workspace.user, path, write

    def __call__(self, _progress: Progress) -> Written:
        self._user.require(Right.PRINT)
        return Written(self._path, self._write(self._path))
