"""What a patient had of a kind and was withdrawn: struck through, each with the reason, who gave it and when."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.text import label, named, set_property
from gui.widgets.card import rule
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.workspace import Workspace
from models.domain.date_notation import write_moment
from models.records import Kind, Record
from models.study import Withdrawn


class WithdrawnLines(QWidget):
    """A line for each record, with a button for its history. Nothing here can be changed.

    `toggle` is the button that shows and hides them, for the owner to place; it is there where anything was withdrawn.
    With `parent_record` only what belonged to that record is shown (the grades of one adverse event).
    """

    def __init__(self, workspace: Workspace, kind: Kind, toggle: str, words: Callable[[Record], str]) -> None:
        """`toggle` is the name of that button; `words` says what a record held."""
        super().__init__()
        named(self, f"{kind.name}_withdrawn", "Withdrawn records")
        self.toggle = make_button(toggle, "Show withdrawn", look="link")
        self.toggle.setCheckable(True)
        self.toggle.toggled.connect(self._follow)
        self._kind = kind
        self._patient = 0
        self.parent_record = 0
        self._workspace = workspace
        self._words = words
        self._histories: dict[str, ValueRef] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)

    def show_patient(self, patient: int) -> None:
        """Show what this patient had, where it was asked for."""
        self._patient = patient
        any_gone = self._workspace.study.has_withdrawn(patient, self._kind.name)
        self.toggle.setVisible(any_gone and (not self.parent_record or bool(self._gone())))
        self._follow()

    def _gone(self) -> Sequence[Withdrawn]:
        gone = self._workspace.study.withdrawn(self._patient, self._kind.name)
        return [each for each in gone if self.parent_record in (0, each.record.parent)]

    @Slot()
    def _follow(self) -> None:
        asked = self.toggle.isChecked()
        shown = asked and bool(self._patient) and not self.toggle.isHidden()
        self._show_records(self._gone() if shown else ())
        self.setVisible(shown)
        self.toggle.setText("Hide withdrawn" if asked else "Show withdrawn")
        self.toggle.setAccessibleName(self.toggle.text())

    def _show_records(self, records: Sequence[Withdrawn]) -> None:
        while item := self._grid.takeAt(0):
            if old := item.widget():
                old.hide()
                old.deleteLater()
        self._histories.clear()
        top = Qt.AlignmentFlag.AlignTop
        for place, gone in enumerate(records):
            held = label(self._words(gone.record), "muted", wrap=True)
            set_property(held, "withdrawn", True)
            held.setAccessibleName(f"Withdrawn: {held.text()}")
            when = write_moment(gone.at, self._workspace.desk)
            said = label(f"Withdrawn {when} by {gone.by}: {gone.reason}", wrap=True, selectable=True)
            name = f"{self.objectName()}_{gone.record.id}"
            button = make_button(name, "History", look="link")
            button.setAccessibleName(f"History: {held.text()}")
            button.clicked.connect(self._show_history)
            self._histories[name] = ValueRef(self._kind.name, gone.record.id)
            self._grid.addWidget(rule(), 2 * place, 0, 1, 3)
            for column, widget in enumerate((held, said, button)):
                self._grid.addWidget(widget, 2 * place + 1, column, top)

    @Slot()
    def _show_history(self) -> None:
        ref = self._histories[self.sender().objectName()]
        HistoryDialog(self._workspace, ref, self.window()).show()
