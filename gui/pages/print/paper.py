"""A PDF on the screen and on a printer: the very pages of the file, as pictures."""

from collections.abc import Iterator

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageRanges, QPainter, QPaintEvent
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.text import named
from gui.theme import colour
from models.reports.raster import PagePicture, one_page, page_pictures

MOST_PRINT_DPI = 300
"""Dots per inch sent to a printer: finer ones cannot be told apart on paper, and make slow queues."""
_PIXELS_PER_INCH = 96
_EDGE = 12


def image_of(picture: PagePicture) -> QImage:
    """A page as an image that owns its pixels."""
    image = QImage(picture.rgb, picture.width, picture.height, 3 * picture.width, QImage.Format.Format_RGB888)
    return image.copy()


def print_pages(pdf: bytes, printer: QPrinter) -> int:
    """Draw the pages that the printer was asked for, or all; returns how many were drawn, 0 where it took not all."""
    printer.setFullPage(True)
    dots = min(printer.resolution(), MOST_PRINT_DPI)
    painter = QPainter()
    if not painter.begin(printer):
        return 0
    drawn, taken = 0, True
    try:
        for picture in _chosen(page_pictures(pdf, dots), printer.pageRanges()):
            taken = taken and (not drawn or printer.newPage())
            painter.drawImage(_place(picture, printer.paperRect(QPrinter.Unit.DevicePixel)), image_of(picture))
            drawn += 1
    finally:
        taken = painter.end() and taken
    return drawn if taken else 0


def _chosen(pictures: Iterator[PagePicture], asked: QPageRanges) -> Iterator[PagePicture]:
    for number, picture in enumerate(pictures, start=1):
        if asked.isEmpty() or asked.contains(number):
            yield picture


def _place(picture: PagePicture, paper: QRectF) -> QRectF:
    """As large as it gets on the paper, in its own proportions, in the middle: the paper may be of another format."""
    scale = min(paper.width() / picture.width, paper.height() / picture.height)
    width, height = picture.width * scale, picture.height * scale
    return QRectF((paper.width() - width) / 2, (paper.height() - height) / 2, width, height)


class PaperView(QWidget):
    """One page of a PDF at a zoom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """No page yet."""
        super().__init__(parent)
        named(self, "paperPage", "Page as it will print")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pdf = b""
        self._dpi = 0.0
        self._count = 0
        self._number = 0
        self._drawn: dict[int, QImage] = {}

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._count

    @property
    def number(self) -> int:
        """The page in view, from 1; 0 while there is none."""
        return self._number + 1 if self._count else 0

    def image(self) -> QImage:
        """The page in view, drawn when it is first turned to: a long paper would keep the window waiting."""
        if not self._count:
            return QImage()
        if self._number not in self._drawn:
            self._draw(self._number)
        return self._drawn[self._number]

    def show_pdf(self, pdf: bytes, zoom: float) -> None:
        """Show a PDF; at zoom 1 an inch of paper is an inch of the screen."""
        self._pdf, self._dpi = pdf, zoom * _PIXELS_PER_INCH * self.devicePixelRatioF()
        self._drawn.clear()
        self._draw(0)
        self._number = min(self._number, max(self._count - 1, 0))
        self._resize()

    def turn_to(self, number: int) -> None:
        """Show that page, from 1."""
        self._number = min(max(number - 1, 0), max(self._count - 1, 0))
        self.setAccessibleDescription(f"Page {self.number} of {self.count}")
        self._resize()

    def sizeHint(self) -> QSize:
        """The page with an edge around it."""
        size = self.image().deviceIndependentSize().toSize()
        return size + QSize(2 * _EDGE, 2 * _EDGE)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paper is white in any theme."""
        painter = QPainter(self)
        page = QRectF(_EDGE, _EDGE, self.width() - 2 * _EDGE, self.height() - 2 * _EDGE)
        painter.fillRect(page.translated(2, 2), colour("shadow"))
        painter.fillRect(page, Qt.GlobalColor.white)
        if self._count:
            painter.drawImage(page.topLeft(), self.image())
        painter.end()

    def _draw(self, place: int) -> None:
        picture, self._count = one_page(self._pdf, place + 1, self._dpi)
        page = image_of(picture)
        page.setDevicePixelRatio(self.devicePixelRatioF())
        self._drawn[place] = page

    def _resize(self) -> None:
        self.setFixedSize(self.sizeHint())
        self.update()
