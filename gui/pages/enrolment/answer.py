"""The answer to one criterion: buttons, a value where the criterion has a limit, a comment where it is waived."""

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from gui.keys import unmodified
from gui.widgets.editors.editor import Editor
from gui.widgets.editors.going_on import go_on

_KEYS = {Qt.Key.Key_Y: "YES", Qt.Key.Key_S: "YES", Qt.Key.Key_N: "NO", Qt.Key.Key_W: "WAIVED"}
"""Y or S (sì), N, W; Delete takes the answer back."""
_WORDS = {"YES": "Yes", "NO": "No", "WAIVED": "Waived"}


class AnswerEditor(Editor):
    """Yes, no, and waived where the protocol allows it; the letters answer, Delete takes the answer back."""

    def __init__(self, answers: tuple[str, ...], parent: QWidget | None = None) -> None:
        """`answers` are codes of `ELIGIBILITY_ANSWER`; nothing is answered."""
        super().__init__(parent)
        self._buttons: dict[str, QRadioButton] = {}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        for code in answers:
            button = QRadioButton(_WORDS[code], self)
            button.clicked.connect(self._clicked)
            line.addWidget(button)
            self._buttons[code] = button
            self._adopt(button)
        line.addStretch(1)

    def value(self) -> object:
        """The code, None while nothing is answered."""
        return next((code for code, button in self._buttons.items() if button.isChecked()), None)

    def set_value(self, value: object) -> None:
        """Show a code; None, or one that is not offered, shows no answer."""
        for code, button in self._buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(code == value)
            button.setAutoExclusive(True)

    def typed(self) -> str:
        """The code."""
        return str(self.value() or "")

    def set_typed(self, text: str) -> None:
        """Show the code again."""
        self.set_value(text or None)

    def name_parts(self, name: str, label: str) -> None:
        """Each button is named after its answer too."""
        super().name_parts(name, label)
        for code, button in self._buttons.items():
            button.setObjectName(f"{name}_{code.lower()}")
            button.setAccessibleName(f"{label}: {button.text()}")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Answer by key; Enter goes on to the next criterion."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and unmodified(event):
            key = Qt.Key(event.key())
            code = _KEYS.get(key)
            if code in self._buttons:
                self._answer(code)
                return True
            if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
                self._answer(None)
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                list(self._buttons.values())[-1].setFocus()
                go_on(self)
                return True
        return super().eventFilter(watched, event)

    def _answer(self, code: str | None) -> None:
        self.set_value(code)
        if code:
            self._buttons[code].setFocus()
        self.edited.emit()

    @Slot()
    def _clicked(self) -> None:
        self.edited.emit()
