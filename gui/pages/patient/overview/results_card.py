"""The last MRD results, as a small table below the curve."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui.pages.patient.mrd.presenter import ResultRow
from gui.text import label, named
from gui.widgets.card import Card, rule
from gui.widgets.header import make_button
from gui.widgets.history import ValueRef
from gui.widgets.pill import Pill
from gui.widgets.value_history import ValueHistory
from gui.widgets.why import WhyButton
from models.domain.notation import Desk

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEADINGS = ("Visit", "Sample", "Collected", "Day", "BCR::ABL1", "Control", "Ratio %", "Log red.", "Response")
_FIELDS = ("visit", "specimen", "collected", "collected", "target_copies", "control_copies", "", "", "")
"""The field that each column shows; what is derived has the history of the whole result."""
_EXTRA = frozenset({"Sample", "BCR::ABL1", "Control", "Log red."})
_ROOMY = 720
"""Pixels from which on there is room for all columns."""
_FIRST_NUMBER, _FIRST_WORD = 3, 8


class ResultsCard(Card):
    """`opened` carries the id of a result, `adding` asks for a new one, `listing` for all of them."""

    opened = Signal(int)
    adding = Signal()
    listing = Signal()

    def __init__(self, histories: ValueHistory, parent: QWidget | None = None) -> None:
        """Empty until `show_rows`. `histories` opens the history of a value shown."""
        super().__init__("Last MRD results", " ", parent)
        self._histories = histories
        named(self, "overviewResults", "Last MRD results")
        self.add = make_button("overviewAddResult", "Add result", look="link", tip="Ctrl+M")
        self.all = make_button("overviewAllResults", "All results", look="link", tip="Ctrl+3")
        self.add.clicked.connect(self.adding)
        self.all.clicked.connect(self.listing)
        self.corner.addWidget(self.all)
        self.corner.addWidget(self.add)
        self._table: QWidget | None = None
        self._extra: list[QWidget] = []

    def show_rows(self, rows: Sequence[ResultRow], number: int, desk: Desk) -> None:
        """Show these rows, the latest of `number`."""
        if self._table:
            self.body.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
            self._extra.clear()
        self.remark.setText(f"{len(rows)} of {number}, newest first" if number > len(rows) else "")
        self.all.setVisible(bool(number))
        empty = "No result yet. Type the first one as soon as it is back."
        self._table = self._grid(rows, desk) if rows else label(empty, "muted")
        self.body.addWidget(self._table)

    def minimumSizeHint(self) -> QSize:
        """Columns give way where there is no room."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the columns that the list of all results has as well."""
        super().resizeEvent(event)
        self._thin_out(event.size().width())

    def _thin_out(self, width: int) -> None:
        for cell in self._extra:
            cell.setVisible(width >= _ROOMY)

    def _grid(self, rows: Sequence[ResultRow], desk: Desk) -> QWidget:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        both = len({row.transcript for row in rows}) > 1
        for column, heading in enumerate(_HEADINGS):
            caption = label(heading, "small")
            if _FIRST_NUMBER <= column < _FIRST_WORD:
                caption.setAlignment(_RIGHT)
            grid.addWidget(caption, 0, column)
            if heading in _EXTRA:
                self._extra.append(caption)
        for number, row in enumerate(rows):
            line = 2 * number + 1
            grid.addWidget(rule(), line, 0, 1, len(_HEADINGS))
            sample = f"{row.transcript} {row.specimen}" if both else row.specimen
            opening = make_button(f"overviewResult_{row.id}", row.visit, look="link", tip="Open this result")
            opening.setAccessibleName(f"Open the result of {row.visit}, {row.collected}, {row.words}")
            opening.clicked.connect(self._opened)
            self._histories.offer(opening, ValueRef("mrd", row.id))
            grid.addWidget(opening, line + 1, 0, Qt.AlignmentFlag.AlignLeft)
            texts = (sample, row.collected, row.day, row.target, row.control, row.ratio, row.reduction)
            for column, text in enumerate(texts, start=1):
                cell = label(text)
                if column >= _FIRST_NUMBER:
                    cell.setAlignment(_RIGHT)
                self._histories.offer(cell, ValueRef("mrd", row.id, _FIELDS[column]))
                grid.addWidget(cell, line + 1, column)
                if _HEADINGS[column] in _EXTRA:
                    self._extra.append(cell)
            why = WhyButton(f"overviewWhy_{row.id}", f"Response class, {row.collected}", table)
            why.set_derived(row.words, row.protocol_class, desk)
            judged = QHBoxLayout()
            judged.setSpacing(4)
            judged.addWidget(Pill(row.words, row.tone))
            judged.addWidget(why)
            judged.addStretch(1)
            grid.addLayout(judged, line + 1, _FIRST_WORD)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(_FIRST_WORD, 1)
        self._thin_out(self.width())
        return table

    @Slot()
    def _opened(self) -> None:
        button = self.sender()
        if button is not None:
            self.opened.emit(int(button.objectName().rpartition("_")[2]))
