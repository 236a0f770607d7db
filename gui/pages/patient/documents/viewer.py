"""Shows a document from memory: nothing of it is ever written to a file that the study does not encrypt."""

from PySide6.QtCore import QBuffer, Qt, Slot
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.keys import on_keys
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from models.domain.errors import TrialError

_ZOOMS: tuple[tuple[str, float], ...] = (("Fit the width", 0.0), ("100 %", 1.0), ("150 %", 1.5), ("200 %", 2.0))
_DOTS = 144
"""Dots per inch at which a page of a PDF is drawn: sharp at twice its size on the screen."""
_PER_INCH = 96
_EDGE = 30
_PDF = "application/pdf"


class DocumentViewer(QDialog):
    """One page at a time, drawn when it comes into view."""

    def __init__(self, title: str, content: bytes, media_type: str, parent: QWidget | None = None) -> None:
        """`content` is the file as it was added."""
        super().__init__(parent)
        named(self, "document_viewer", title)
        self.setWindowTitle("Document")  # the desktop shows it to others: no patient in it
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._content, self._is_pdf = content, media_type == _PDF
        self._image = QImage()
        self._number, self.pages = 1, 1
        self.failure = Banner("document_view_failure")
        self.zoom = named(QComboBox(), "document_zoom", "Zoom")
        self.zoom.addItems([words for words, _ in _ZOOMS])
        self.back = make_button("document_back", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", tip="Page Up")
        self.back.setAccessibleName("Page before")
        self.forth = make_button("document_forth", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", tip="Page Down")
        self.forth.setAccessibleName("Next page")
        self.where = label("", "muted")
        close = make_button("document_close", "Close", look="primary", tip="Esc")
        self._page = named(QLabel(), "document_page", "Page of the document")
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll = named(QScrollArea(), "document_scroll", "The document")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(self._page)
        bar = QHBoxLayout()
        for widget in (self.zoom, self.back, self.where, self.forth):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 12, 14, 12)
        column.addWidget(label(title, "heading", wrap=True))
        column.addLayout(bar)
        column.addWidget(self.failure)
        column.addWidget(self._scroll, 1)
        self.zoom.currentIndexChanged.connect(self._show)
        self.back.clicked.connect(self._turn_back)
        self.forth.clicked.connect(self._turn_forth)
        close.clicked.connect(self.accept)
        on_keys(self, self._turn_back, "PgUp")
        on_keys(self, self._turn_forth, "PgDown")
        room = self.screen().availableGeometry()
        self.resize(min(900, room.width()), min(1000, room.height() - 40))
        self._read()

    def image(self) -> QImage:
        """The page in view."""
        return self._image

    def showEvent(self, event: QShowEvent) -> None:
        """Now the width to fit is known."""
        super().showEvent(event)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        self._show()

    def _read(self) -> None:
        """Draw the first page."""
        self._draw()
        self._turn(1)

    def _draw(self) -> None:
        self.failure.hide()
        try:
            self._draw_page()
        except TrialError as refused:
            self._image = QImage()
            self._page.clear()  # the page before it must not stand under another page's number
            self.failure.show_text(str(refused))

    def _draw_page(self) -> None:
        if self._is_pdf:
            from gui.pages.print.paper import image_of
            from models.reports.raster import one_page  # loads the PDF library

            picture, self.pages = one_page(self._content, self._number, _DOTS)
            self._image = image_of(picture)
            return
        content = QBuffer()
        content.setData(self._content)
        reader = QImageReader(content)
        reader.setAutoTransform(True)  # a photograph says which side of it is up
        self._image = reader.read()
        if self._image.isNull():
            raise TrialError("This picture cannot be shown: the file is damaged, or larger than a screen can hold.")

    def _turn(self, number: int) -> None:
        wanted = min(max(number, 1), self.pages)
        if wanted != self._number:
            self._number = wanted
            self._draw()
        self.where.setText(f"page {self._number} of {self.pages}")
        self.back.setEnabled(self._number > 1)
        self.forth.setEnabled(self._number < self.pages)
        self._show()
        self._scroll.verticalScrollBar().setValue(0)

    @Slot()
    def _turn_back(self) -> None:
        self._turn(self._number - 1)

    @Slot()
    def _turn_forth(self) -> None:
        self._turn(self._number + 1)

    @Slot()
    def _show(self) -> None:
        if self._image.isNull():
            return
        zoom = _ZOOMS[self.zoom.currentIndex()][1]
        natural = self._image.width() * (_PER_INCH / _DOTS if self._is_pdf else 1)
        width = round(natural * zoom) if zoom else min(self._scroll.width() - _EDGE, max(round(natural * 2), 1))
        ratio = self.devicePixelRatioF()
        smooth = Qt.TransformationMode.SmoothTransformation
        picture = QPixmap.fromImage(self._image.scaledToWidth(max(round(width * ratio), 1), smooth))
        picture.setDevicePixelRatio(ratio)
        self._page.setPixmap(picture)
        self._page.resize(picture.deviceIndependentSize().toSize())
