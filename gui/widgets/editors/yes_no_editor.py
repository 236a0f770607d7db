"""Yes, no, or not answered."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from gui.keys import unmodified
from gui.widgets.editors.editor import Editor

_ANSWERS: tuple[tuple[str, str, bool | None], ...] = (
    ("yes", "Yes", True),
    ("no", "No", False),
    ("", "Not answered", None),
)
_KEYS = {Qt.Key.Key_Y: "yes", Qt.Key.Key_S: "yes", Qt.Key.Key_N: "no", Qt.Key.Key_Delete: "", Qt.Key.Key_Backspace: ""}
"""Y or S (sì), N; Delete takes the answer back."""


class YesNoEditor(Editor):
    """Three buttons of which one is always set. The keys Y and N answer, Delete takes the answer back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Not answered."""
        super().__init__(parent)
        self._buttons: dict[str, QRadioButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 3, 0, 3)
        layout.setSpacing(10)
        for answer, words, _ in _ANSWERS:
            button = QRadioButton(words, self)
            button.clicked.connect(self._changed)
            layout.addWidget(button)
            self._buttons[answer] = button
            self._adopt(button)
        layout.addStretch(1)
        self._buttons[""].setChecked(True)

    def value(self) -> object:
        """True, False, or None while not answered."""
        return next(value for answer, _, value in _ANSWERS if self._buttons[answer].isChecked())

    def set_value(self, value: object) -> None:
        """Set the button of the answer."""
        self.set_typed(next(answer for answer, _, meant in _ANSWERS if meant is value))

    def typed(self) -> str:
        """`yes`, `no` or nothing."""
        return next(answer for answer, button in self._buttons.items() if button.isChecked())

    def said(self) -> str:
        """The words of the answer."""
        return self._buttons[self.typed()].text()

    def set_typed(self, text: str) -> None:
        """Set the button of the answer."""
        self._buttons.get(text, self._buttons[""]).setChecked(True)

    def name_parts(self, name: str, label: str) -> None:
        """Each button is named after its answer too."""
        super().name_parts(name, label)
        for answer, button in self._buttons.items():
            button.setObjectName(f"{name}_{answer or 'unanswered'}")
            button.setAccessibleName(f"{label}: {button.text()}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer by key."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and unmodified(event):
            answer = _KEYS.get(Qt.Key(event.key()))
            if answer is not None:
                button = self._buttons[answer]
                button.setChecked(True)
                button.setFocus()
                self.edited.emit()
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _changed(self) -> None:
        self.edited.emit()
