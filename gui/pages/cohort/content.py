"""What stands below the choices: the chart, beside it the patients of the number chosen, and the table."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.pages.cohort.cells_view import CellsView
from gui.pages.cohort.exhibits import Exhibit
from gui.pages.cohort.figure_card import FigureCard
from gui.pages.cohort.patients_side import PatientsSide
from gui.widgets.card import Card
from gui.workspace import Workspace

_WIDE_LETTERS = 118
"""Letters of room from which on the patients stand beside the chart."""
_CHART, _SIDE = 13, 5
"""How chart and patients share the width."""
_CARD_EDGES = 26
_NO_LIMIT = 16_777_215  # Qt's own QWIDGETSIZE_MAX, which PySide does not have


class Content(QWidget):
    """The table is as wide as the page: it has many columns. Without a chart the patients stand below it.

    `chosen` carries the `Place` of a number, `hit` the place of the drawing that was opened.
    """

    chosen = Signal(object)
    hit = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Empty until `show_exhibit`."""
        super().__init__(parent)
        self._workspace = workspace
        self.figure = FigureCard(workspace)
        self.cells = CellsView("cohortTable", "Table")
        self.side = PatientsSide()
        self._card = Card()
        self._card.body.addWidget(self.cells, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(10)
        self._drawn = True
        self._arranged: tuple[bool, bool] | None = None
        self.cells.chosen.connect(self.chosen)
        self.figure.opened.connect(self.hit)
        self._arrange()
        # The keyboard goes from the table to the list that a number of it opens.
        self.setTabOrder(self.figure.canvas, self.cells)
        self.setTabOrder(self.cells, self.side.table.view)

    def show_exhibit(self, exhibit: Exhibit) -> None:
        """Show chart and table."""
        self._drawn = exhibit.draw is not None
        self.figure.show_exhibit(exhibit)
        self.cells.setAccessibleName(exhibit.table.title)
        self.cells.show_table(exhibit.table, self._workspace.desk)
        self._card.setMaximumHeight(self.cells.whole_height() + _CARD_EDGES if self._drawn else _NO_LIMIT)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """Never wider than a narrow window."""
        return QSize(300, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the patients beside the chart, or below the table."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        wide = self.width() >= _WIDE_LETTERS * self.fontMetrics().averageCharWidth()
        if (wide, self._drawn) == self._arranged:
            return
        self._arranged = wide, self._drawn
        for widget in (self.figure, self._card, self.side):
            self._grid.removeWidget(widget)
        beside = wide and self._drawn
        self._grid.setColumnStretch(0, _CHART)
        self._grid.setColumnStretch(1, _SIDE)
        self._grid.addWidget(self.figure, 0, 0, 1, 1 if beside else 2)
        self._grid.addWidget(self._card, 1, 0, 1, 2)
        if beside:
            self._grid.addWidget(self.side, 0, 1)
        else:
            self._grid.addWidget(self.side, 2, 0, 1, 2)
        for row, stretch in enumerate(
            (1 if self._drawn else 0, 1 if self._drawn else 2, 0 if beside else 1 + self._drawn)
        ):
            self._grid.setRowStretch(row, stretch)
