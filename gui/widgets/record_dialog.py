"""A record's form in a dialog of its own."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from gui.text import label, named
from gui.widgets.entry_line import EntryLine
from gui.widgets.record_form import RecordForm
from gui.workspace import Workspace
from models.domain.context import Changes
from models.records import KINDS

_WIDTH, _WIDE = 620, 980
_AROUND = 62
"""Pixels that the dialog needs besides its form."""


class RecordDialog(QDialog):
    """A title above the form; it closes when the form was saved or left. Typing that is not saved stays as a draft.

    `saved` carries the `Changes`, `next_wanted` follows it where the person pressed "Save and next".
    """

    saved = Signal(object)
    next_wanted = Signal()

    def __init__(self, form: RecordForm, title: str, parent: QWidget | None = None) -> None:
        """`title` says whose record it is: "MRD result · 042-017"."""
        super().__init__(parent)
        self.form = form
        named(self, f"{form.kind.name}_dialog", title)
        self.setWindowTitle(form.kind.title)  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(10)
        lines.addWidget(label(title, "title", wrap=True))
        self._around = _AROUND
        if form.record is not None:
            entered = EntryLine(form.workspace, form.record, form.patient)
            lines.addWidget(entered)
            self._around += entered.sizeHint().height() + lines.spacing()
        lines.addWidget(form, 1)
        form.saved.connect(self._form_saved)
        form.saved_for_next.connect(self.next_wanted)
        form.left.connect(self.reject)
        room = self.screen().availableGeometry()
        width = _WIDE if form.wide else _WIDTH
        self._fitted = form.content_height() + self._around
        self.resize(min(width, room.width()), min(self._fitted, room.height()))
        form.focus_first()

    def event(self, event: QEvent) -> bool:
        """Grow with what the form has to say, as far as the screen goes, unless the person made the dialog smaller."""
        if event.type() == QEvent.Type.LayoutRequest:
            needed = self.form.content_height() + self._around
            most = self.screen().availableGeometry().height()
            if needed > self._fitted and self.height() >= min(self._fitted, most):
                self.resize(self.width(), max(self.height(), min(needed, most)))
                self._fitted = needed
        return super().event(event)

    def add_above(self, widget: QWidget) -> None:
        """Put something between the title and the form."""
        lines = self.layout()
        assert isinstance(lines, QVBoxLayout)
        lines.insertWidget(lines.indexOf(self.form), widget)
        self._around += widget.sizeHint().height() + lines.spacing()
        self._fitted = self.form.content_height() + self._around
        self.resize(self.width(), max(self.height(), min(self._fitted, self.screen().availableGeometry().height())))

    @Slot(object)
    def _form_saved(self, changes: Changes) -> None:
        self.saved.emit(changes)
        self.accept()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the typing, however the dialog is closed."""
        self.form.keep_draft()
        super().closeEvent(event)


def open_record(
    workspace: Workspace,
    kind: str,
    patient: int,
    record: int | None = None,
    defaults: Mapping[str, object] | None = None,
    *,
    parent: QWidget | None = None,
    **form: Any,
) -> RecordDialog:
    """Open the form of a record in a dialog: a stored one by its id, a new one without. Returns the dialog, shown.

    `form` is handed on to `RecordForm` (children, side, columns ...). An id that is not among the patient's records is
    a fault of the program.
    """
    declared = KINDS[kind]
    chart = workspace.study.chart(patient)
    stored = chart.record(kind, record) if record else None
    if record and stored is None:
        raise KeyError(f"{kind} {record} is not a record of patient {patient}")
    made = RecordForm(workspace, declared, patient, stored, defaults, **form)
    dialog = RecordDialog(made, f"{declared.title} · {chart.label}", parent)
    dialog.show()
    return dialog
