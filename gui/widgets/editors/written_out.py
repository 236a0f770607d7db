"""The common part of the editors whose line is short to type and stands in full afterwards: a day, a moment."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.widgets.editors.line import LineEditor


class WrittenOutEditor(LineEditor):
    """On leaving, the line is written out in full, where it can be read."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """An empty line."""
        super().__init__(parent)
        self.line.editingFinished.connect(self.finish)

    def typed(self) -> str:
        """The value in full where it can be read, so that `-3` or `now` in a draft still means the same tomorrow."""
        return self._written(self._value) if self._value is not None else super().typed()

    @Slot()
    def finish(self) -> None:
        """Write the value out in full."""
        if self._value is not None:
            self.line.setText(self._written(self._value))
            self.line.setCursorPosition(0)  # of a line too long for its place, what comes first stays in sight
