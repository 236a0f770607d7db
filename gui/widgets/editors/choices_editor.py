"""Several choices out of a short list."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from gui.widgets.editors.editor import Editor

_BETWEEN = ";"  # no code has one


class ChoicesEditor(Editor):
    """A check box for each choice, in the order of the list. No box ticked is no answer."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """`choices` are pairs of stored code and words shown."""
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._other: tuple[str, ...] = ()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 2, 0, 2)
        layout.setSpacing(2)
        for code, words in choices:
            box = QCheckBox(words, self)
            box.clicked.connect(self._changed)
            layout.addWidget(box)
            self._boxes[code] = box
            self._adopt(box)

    def value(self) -> object:
        """The codes ticked, in the order of the list; codes stored that are not offered any more stay."""
        ticked = tuple(code for code, box in self._boxes.items() if box.isChecked()) + self._other
        return ticked or None

    def set_value(self, value: object) -> None:
        """Tick these codes."""
        codes = tuple(str(code) for code in value) if isinstance(value, tuple) else ()
        self._other = tuple(code for code in codes if code not in self._boxes)
        for code, box in self._boxes.items():
            box.setChecked(code in codes)

    def typed(self) -> str:
        """The codes ticked."""
        value = self.value()
        return _BETWEEN.join(value) if isinstance(value, tuple) else ""

    def said(self) -> str:
        """The words of the codes ticked."""
        return ", ".join(box.text() for box in self._boxes.values() if box.isChecked())

    def set_typed(self, text: str) -> None:
        """Tick the codes again."""
        self.set_value(tuple(text.split(_BETWEEN)) if text else None)

    def name_parts(self, name: str, label: str) -> None:
        """Each box is named after its code too."""
        super().name_parts(name, label)
        for code, box in self._boxes.items():
            box.setObjectName(f"{name}_{code}")
            box.setAccessibleName(f"{label}: {box.text()}")

    @Slot()
    def _changed(self) -> None:
        self.edited.emit()
