"""The site's molecular response by time point, in short: a bar, so many of so many, and the share."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gui.text import label, named
from gui.theme import colour
from gui.widgets.card import Card
from gui.widgets.header import Button, make_button
from models.cohort.table import Form, written_value
from models.domain.notation import Desk

if TYPE_CHECKING:
    from models.cohort.response import ResponseRow

HEADING = "Molecular response, site so far"
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ResponseCard(Card):
    """`opening` asks for the table on the page Cohort, `counting` for the count, where nobody has counted yet."""

    opening = Signal()
    counting = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        """Empty until it is told what to show."""
        super().__init__(HEADING, parent=parent)
        named(self, "today_response", HEADING)
        self.rows: tuple[ResponseRow, ...] = ()
        self._said = label("", "muted", wrap=True)
        self.count = make_button("today_response_count", "Count now", look="link")
        self.count.clicked.connect(self.counting)
        self._table = QWidget()
        self.body.addWidget(self._said)
        self.body.addWidget(self.count, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self._table)
        self.points: list[Button] = []
        self.say("")

    @property
    def said(self) -> str:
        """The sentence in the place of the numbers, "" where they are shown."""
        return "" if self._said.isHidden() else self._said.text()

    def say(self, sentence: str, *, offer: bool = False) -> None:
        """Show a sentence in the place of the numbers. `offer` adds the button that counts them."""
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))
        self.count.setVisible(offer)
        self._table.hide()

    def show_rows(self, rows: tuple["ResponseRow", ...], desk: Desk) -> None:
        """Show the time points at which somebody could be judged, as `desk` writes numbers."""
        self.rows = tuple(row for row in rows if row.evaluable)
        if not self.rows:
            self.say("Nobody has a result at a time point of the protocol yet.")
            return
        self._said.hide()
        self.count.hide()
        self.body.removeWidget(self._table)
        self._table.hide()
        self._table.deleteLater()
        self._table = QWidget()
        self.points.clear()
        grid = QGridLayout(self._table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for line, row in enumerate(self.rows):
            self._add(grid, line, row, desk)
        self.body.addWidget(self._table)

    def _add(self, grid: QGridLayout, line: int, row: "ResponseRow", desk: Desk) -> None:
        share = row.of_evaluable
        percent, lower, upper = (
            written_value(value, Form.PERCENT, desk) for value in (share.estimate, share.lower, share.upper)
        )
        told = (
            f"{share.events} of {share.total} evaluable patients in response: {percent} %, "
            f"exact 95 % interval {lower} to {upper} %"
        )
        point = make_button(f"today_response_{row.code}", row.label, look="link", tip=told)
        point.setAccessibleName(f"{row.label}: {told}")
        point.clicked.connect(self._open)
        self.points.append(point)
        numbers = (label(f"{share.events}/{share.total}"), label(f"{percent} %"))
        for place, widget in enumerate((point, _Bar(share.estimate or 0.0), *numbers)):
            widget.setToolTip(told)
            grid.addWidget(widget, line, place)
        for number in numbers:
            number.setAlignment(_RIGHT)

    @Slot()
    def _open(self) -> None:
        self.opening.emit()


class _Bar(QWidget):
    """A share of its length is filled; the numbers beside it say the same."""

    _HEIGHT = 8

    def __init__(self, share: float) -> None:
        super().__init__()
        self._share = share
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:
        return QSize(90, self._HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(30, self._HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(0, (self.height() - self._HEIGHT) / 2, self.width(), self._HEIGHT)
        painter.setBrush(colour("border"))
        painter.drawRoundedRect(whole, 3, 3)
        painter.setBrush(colour("complete"))
        filled = QRectF(whole)
        filled.setWidth(whole.width() * self._share)
        painter.drawRoundedRect(filled, 3, 3)
        painter.end()
