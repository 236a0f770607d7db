"""What narrows the list of patients: search, status, class, and three marks to switch on."""

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from gui.pages.patients.presenter import CLASSES
from gui.pages.patients.roster import Filter
from gui.text import named
from gui.widgets.header import make_button
from models.domain.codelists import PATIENT_STATUS

_ONE_LINE_FROM, _TWO_LINES_FROM = 960, 640
"""Widths from which on everything stands on one line, and on two."""


class FilterBar(QWidget):
    """`searched` follows every keystroke, `filtered` every other change, `entered` is Enter or Down in the search."""

    searched = Signal(str)
    filtered = Signal()
    names_asked = Signal(bool)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is narrowed."""
        super().__init__(parent)
        self.search = named(QLineEdit(), "patients_search", "Search by number")
        self.search.setPlaceholderText("Search: number or screening number")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self.searched)
        self.names = named(QCheckBox("&Names too"), "patients_names", "Search and show names too")
        self.names.setToolTip("Names are kept apart; they are read and shown only while this is set")
        self.names.toggled.connect(self._names_toggled)
        self.status = self._list("patients_status", "Status", "Any status", tuple(PATIENT_STATUS.terms.items()))
        classes = tuple((code, words) for code, (words, _) in CLASSES.items())
        self.mrd_class = self._list("patients_class", "MRD class", "Any MRD class", classes)
        self.due = self._chip("patients_due", "&Due now", "A visit's window is open or past")
        self.rising = self._chip("patients_rising", "&Rising MRD", "A rise of MRD, or a response lost")
        self.questions = self._chip("patients_questions", "Open &questions", "Doubtful values waiting for an answer")
        self.clear = make_button("patients_clear", "Clear", look="link", tip="Show everybody again")
        self.clear.clicked.connect(self.clear_all)
        self.clear.hide()
        self._narrowing = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        first = _line(self.search, self.names)
        first.setStretch(0, 1)
        self._box.addLayout(first, 1)
        self._box.addLayout(self._narrowing)
        self._narrowing.addLayout(_line(self.status, self.mrd_class))
        marks = _line(self.due, self.rising, self.questions, self.clear)
        marks.addStretch(1)
        self._narrowing.addLayout(marks, 1)
        for box in (self._box, self._narrowing):
            box.setSpacing(8)

    def forbid_names(self, sentence: str) -> None:
        """Let names not be asked for, and say why; "" changes nothing."""
        if sentence:
            self.names.setEnabled(False)
            self.names.setToolTip(sentence)
            self.names.setAccessibleDescription(sentence)

    @property
    def wanted(self) -> Filter:
        """What is set besides the search."""
        return Filter(
            str(self.status.currentData() or ""),
            str(self.mrd_class.currentData() or ""),
            self.due.isChecked(),
            self.rising.isChecked(),
            self.questions.isChecked(),
        )

    @Slot()
    def clear_all(self) -> None:
        """Narrow nothing any more."""
        self.reset_filters()
        self.search.clear()
        self.search.setFocus()
        self._changed()

    def reset_filters(self) -> None:
        """Take the filters away without a word; the search stays."""
        for widget in (self.status, self.mrd_class):
            with QSignalBlocker(widget):
                widget.setCurrentIndex(0)
        for chip in (self.due, self.rising, self.questions):
            with QSignalBlocker(chip):
                chip.setChecked(False)
        self.clear.setVisible(False)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and Down go on from the search to the list; Escape empties it."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
                self.entered.emit()
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as may be: the bar takes more lines then."""
        return QSize(200, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One line, two or three."""
        super().resizeEvent(event)
        for box, room in ((self._box, _ONE_LINE_FROM), (self._narrowing, _TWO_LINES_FROM)):
            wide = event.size().width() >= room
            box.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)

    def _list(self, name: str, title: str, anything: str, terms: tuple[tuple[str, str], ...]) -> QComboBox:
        box = named(QComboBox(), name, title)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(len(anything) + 2)
        box.addItem(anything, "")
        for code, words in terms:
            box.addItem(words, code)
        box.currentIndexChanged.connect(self._changed)
        return box

    def _chip(self, name: str, text: str, tip: str) -> QPushButton:
        chip = make_button(name, text, tip=tip)
        chip.setCheckable(True)
        chip.setProperty("look", "chip")
        chip.toggled.connect(self._changed)
        return chip

    @Slot()
    def _changed(self) -> None:
        self.clear.setVisible(self.wanted.active)
        self.filtered.emit()

    @Slot(bool)
    def _names_toggled(self, on: bool) -> None:
        self.search.setPlaceholderText("Search: number or name" if on else "Search: number or screening number")
        self.names_asked.emit(on)


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(8)
    for widget in widgets:
        line.addWidget(widget)
    return line
