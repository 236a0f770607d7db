"""The head of a table of the cohort: neighbours that belong together stand under one word."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QStyle, QStyleOptionHeader, QWidget


class BandedHeader(QHeaderView):
    """Below the bands stand the headings of the columns; without any band it is a header like others."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No bands yet."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._bands: tuple[str, ...] = ()
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.sectionResized.connect(self.viewport().update)

    def show_bands(self, bands: Sequence[str]) -> None:
        """The band of each column, "" for none."""
        self._bands = tuple(bands) if any(bands) else ()
        self.updateGeometry()
        self.viewport().update()

    def sectionSizeFromContents(self, section: int) -> QSize:
        """A heading, and the line of the bands above it."""
        size = super().sectionSizeFromContents(section)
        return QSize(size.width(), size.height() + self._above())

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The heading alone: its band is painted over it."""
        if section < len(self._bands) and self._bands[section]:
            rect = rect.adjusted(0, self._above(), 0, 0)
        super().paintSection(painter, rect, section)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The headings, then each band over all its columns."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        for words, left, width in self._spans():
            option = QStyleOptionHeader()
            self.initStyleOption(option)
            option.rect = QRect(left, 0, width, self._above())
            option.textAlignment = Qt.AlignmentFlag.AlignCenter
            option.text = option.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
            self.style().drawControl(QStyle.ControlElement.CE_Header, option, painter, self)
        painter.end()

    def _above(self) -> int:
        """The height of the line of bands."""
        return self.fontMetrics().height() + _EDGES if self._bands else 0

    def _spans(self) -> Iterator[tuple[str, int, int]]:
        """Each band with its left edge and its width in pixels, a gap at both ends."""
        shown = [place for place in range(len(self._bands)) if not self.isSectionHidden(place)]
        for words, places in groupby(shown, key=self._bands.__getitem__):
            if words:
                held = list(places)
                width = sum(self.sectionSize(place) for place in held)
                yield words, self.sectionViewportPosition(held[0]) + _GAP, width - 2 * _GAP


_EDGES = 8
_GAP = 4
"""Pixels that a band leaves free at either end, so that two of them are told apart."""
