"""The drawing of a tab, as high as it needs: what does not fit scrolls inside its card."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from gui.pages.cohort.exhibits import Exhibit
from gui.text import named
from gui.theme import current_scheme
from gui.widgets.card import Card
from gui.widgets.figure_canvas import PIXELS_PER_INCH, FigureCanvas
from gui.workspace import Workspace
from models.figures.cohort.frame import CohortDrawing
from models.figures.style import DrawOptions

_LEAST = 210


class FigureCard(Card):
    """`opened` carries the `Hit` that was chosen."""

    opened = Signal(object)

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Empty until `show_exhibit`."""
        super().__init__(parent=parent)
        self._workspace = workspace
        self._exhibit: Exhibit | None = None
        self.canvas = FigureCanvas("cohortFigure", "Drawing")
        self._scroll = named(QScrollArea(), "cohortFigureArea", "Drawing")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self.canvas)
        self.body.addWidget(self._scroll, 1)
        self.canvas.opened.connect(self.opened)

    def show_exhibit(self, exhibit: Exhibit) -> None:
        """Draw the exhibit; a card without a drawing is not there."""
        self._exhibit = exhibit
        self.setVisible(exhibit.draw is not None)
        if exhibit.draw is not None:
            self.canvas.setAccessibleName(exhibit.table.title)
            self.canvas.show_drawing(self._draw)
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """The smallest drawing that can be read."""
        return QSize(300, _LEAST)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The height that a drawing needs follows from its width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = 0
        if self._exhibit is not None and self._exhibit.height is not None:
            width = max(self._scroll.viewport().width(), 300) / PIXELS_PER_INCH
            wanted = round(self._exhibit.height(self._options(width, 1.0)) * PIXELS_PER_INCH)
        self.canvas.setMinimumHeight(max(wanted, _LEAST - 30))

    def _draw(self, width: float, height: float) -> CohortDrawing:
        assert self._exhibit is not None
        assert self._exhibit.draw is not None
        return self._exhibit.draw(self._options(width, height))

    def _options(self, width: float, height: float) -> DrawOptions:
        return DrawOptions(
            width_inch=width,
            height_inch=height,
            scheme="dark" if current_scheme() == "dark" else "light",
            desk=self._workspace.desk,
        )
