"""A longer text."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from gui.widgets.editors.editor import Editor

_LINES = 2


class _Note(QPlainTextEdit):
    """A text box as high as a few lines, that grows with its text."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()

    @Slot()
    def _fit(self) -> None:
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        taken = int(self.document().size().height())  # of a plain text this is counted in lines
        lines = min(max(_LINES, taken), 4 * _LINES)
        margins = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 8
        return QSize(super().sizeHint().width(), self.fontMetrics().lineSpacing() * lines + margins)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())


class NoteEditor(Editor):
    """A text of several lines. Tab leaves it; Enter starts a new line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty box."""
        super().__init__(parent)
        self.box = _Note(self)
        self._adopt(self.box)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        self.box.textChanged.connect(self._changed)

    def value(self) -> object:
        """The text, None where there is none."""
        return self.box.toPlainText().strip() or None

    def set_value(self, value: object) -> None:
        """Show the text."""
        self.set_typed("" if value is None else str(value))

    def typed(self) -> str:
        """The text as it stands."""
        return self.box.toPlainText()

    def set_typed(self, text: str) -> None:
        """Put the text back."""
        with QSignalBlocker(self.box):
            self.box.setPlainText(text)
        self.box.updateGeometry()

    def expect(self) -> None:
        """The word stands in the box until something is typed."""
        self.box.setPlaceholderText("required")

    @Slot()
    def _changed(self) -> None:
        self.edited.emit()
