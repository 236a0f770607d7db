"""One field of a form: its label, its editor, and below the editor what there is to say."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gui.text import label, set_property
from gui.widgets.editors.editor import Editor
from gui.widgets.findings import FindingList
from models.domain.fields import Field
from models.domain.findings import Finding, Severity, error
from models.domain.notation import Desk

_UNREADABLE = "typed.unreadable"


class FieldRow(QObject):
    """Label, editor and messages of a field; a layout places `label` and `cell`.

    `edited` carries the row. A row is `touched` once its field was left or edited: what is missing in an untouched
    field is not held against anybody who has only just opened the form.
    """

    edited = Signal(object)
    left = Signal(object)

    def __init__(self, field: Field, editor: Editor, desk: Desk, parent: QObject | None = None) -> None:
        """The editor's name and help come from the field; `desk` is how the messages write numbers and dates."""
        super().__init__(parent)
        self.field = field
        self.editor = editor
        self.touched = False
        self.label: QLabel = label(field.label, "muted", wrap=True)
        self.label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self.label.setContentsMargins(0, 6, 0, 0)
        self.label.setBuddy(editor)
        self.label.setToolTip(field.help)
        self.cell = QWidget()
        help_line = label(field.help, "small", wrap=True)
        help_line.setVisible(bool(field.help))  # always there: text that comes with the focus moves what is clicked
        self.findings = FindingList(desk)
        self.findings.setObjectName(f"{editor.objectName()}_findings")
        lines = QVBoxLayout(self.cell)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(1)
        self._line = QHBoxLayout()
        self._line.setSpacing(4)
        self._line.addWidget(editor, 1)
        lines.addLayout(self._line)
        for widget in (help_line, self.findings):
            lines.addWidget(widget)
        lines.addStretch(1)
        editor.edited.connect(self._edited)
        editor.settled.connect(self._left)

    def add_sign(self, sign: QWidget) -> None:
        """Put a small sign behind the editor."""
        self._line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """Show what stands against the field; typing that cannot be read comes first."""
        problem = self.editor.problem() if self.touched else ""
        own = (error(self.field.name, problem, _UNREADABLE),) if problem else ()
        shown = (*own, *findings)
        self.findings.show_findings(shown)
        severities = {finding.severity for finding in shown}
        invalid = Severity.ERROR in severities
        part = self.editor.focusProxy() or self.editor
        set_property(part, "invalid", invalid)
        set_property(part, "doubtful", bool(severities) and not invalid)

    @Slot()
    def _edited(self) -> None:
        self.edited.emit(self)

    @Slot()
    def _left(self) -> None:
        self.editor.finish()
        self.touched = True
        self.left.emit(self)
