"""The print preview: the very file that is printed or saved, page by page."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QPageSize, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QDialog,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from gui.pages.print.paper import PaperView, print_pages
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from models.domain.errors import TrialError
from models.domain.whole_files import write_whole

ZOOMS: tuple[tuple[str, float], ...] = (
    ("Fit the width", 0.0),
    ("75 %", 0.75),
    ("100 %", 1.0),
    ("150 %", 1.5),
    ("200 %", 2.0),
)
_A4_INCHES = 8.27
_PIXELS_PER_INCH = 96
_WIDE = 900
"""Width of the screen from which on the choices about the paper stand beside the buttons."""
_FRAME = 46  # pixels of a page's edge and of the scroll bar


class PaperDialog(QDialog):
    """Shows a PDF, turns and enlarges its pages, prints it and saves it.

    `job` is the title in the printer's queue and of the window, where other people read it: it never names a patient.
    `file_name` is offered for saving. Other choices about the paper go into `choices`, left of the buttons.
    `given_out` follows each print and each file: "printed" or "saved", and how many pages.
    """

    given_out = Signal(str, int)

    def __init__(self, title: str, job: str, file_name: str, parent: QWidget | None = None) -> None:
        """Empty until `show_pdf`."""
        super().__init__(parent)
        named(self, "paper_dialog", title)
        self.setWindowTitle(job)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.job, self.file_name = job, file_name
        self.pdf = self.kept = b""
        self.paper = PaperView()
        self._failure = Banner("paperFailure")
        self.zoom = named(QComboBox(), "paperZoom", "Zoom")
        self.zoom.addItems([words for words, _ in ZOOMS])
        self.back = make_button("paperBack", "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}", tip="Page Up")
        self.back.setAccessibleName("Page before")
        self.forth = make_button("paperForth", "\N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}", tip="Page Down")
        self.forth.setAccessibleName("Next page")
        self.where = label("", "muted")
        self.save_button = make_button("paperSave", "&Save as PDF…")
        self.print_button = make_button("paperPrint", "&Print…", look="primary", tip="Ctrl+P")
        close = make_button("paperClose", "Close", tip="Esc")
        self.choices = QHBoxLayout()
        room = self.screen().availableGeometry()
        directions = QBoxLayout.Direction
        head = QBoxLayout(directions.LeftToRight if room.width() >= _WIDE else directions.TopToBottom)
        head.setSpacing(8)
        head.addLayout(self.choices)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        head.addLayout(bar, 1)
        for widget in (self.zoom, self.back, self.where, self.forth):
            bar.addWidget(widget)
        bar.addStretch(1)
        for widget in (close, self.save_button, self.print_button):
            bar.addWidget(widget)
        self._scroll = named(QScrollArea(), "paperScroll", "Page as it will print")
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._scroll.setWidget(self.paper)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(14, 12, 14, 12)
        lines.addLayout(head)
        lines.addWidget(self._failure)
        lines.addWidget(self._scroll, 1)
        self.zoom.currentIndexChanged.connect(self._show_pages)
        self.back.clicked.connect(self._turn_back)
        self.forth.clicked.connect(self._turn_forth)
        self.save_button.clicked.connect(self.save_as)
        self.print_button.clicked.connect(self.print_out)
        close.clicked.connect(self.reject)
        for keys, slot in (
            ("Ctrl+P", self.print_out),
            ("Ctrl+S", self.save_as),
            ("PgUp", self._turn_back),
            ("PgDown", self._turn_forth),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)
        self.resize(min(940, room.width()), min(1060, room.height() - 40))

    def show_pdf(self, pdf: bytes, kept: bytes = b"") -> None:
        """Show this file. `kept` is what is saved of it: the encrypted file, where that was opened to be shown."""
        self.pdf, self.kept = pdf, kept or pdf
        self._failure.hide()
        self._show_pages()

    def show_failure(self, sentence: str) -> None:
        """Say why there is nothing to print."""
        self._failure.show_text(sentence)

    def save_to(self, path: Path) -> bool:
        """Write the file shown; says in the dialog why it could not."""
        try:
            write_whole(path, self.kept)
        except TrialError as refused:
            self.show_failure(f"Not saved. {refused}")
            return False
        self._failure.show_text(f"Saved as {path}", "good")
        self.given_out.emit("saved", self.paper.count)
        return True

    def print_to(self, printer: QPrinter) -> bool:
        """Send the pages shown to a printer; says in the dialog when it does not take them."""
        printer.setDocName(self.job)
        printed = print_pages(self.pdf, printer)
        if printed:
            self._failure.show_text("Sent to the printer.", "good")
            self.given_out.emit("printed", printed)
        else:
            self.show_failure("The printer did not take it. Choose another printer, or save the PDF and print that.")
        return bool(printed)

    @Slot()
    def save_as(self) -> None:
        """Ask where, and save."""
        name, _ = QFileDialog.getSaveFileName(self, "Save as PDF", self.file_name, "PDF (*.pdf)")
        if name:
            self.save_to(Path(name))

    @Slot()
    def print_out(self) -> None:
        """Ask for the printer, and print."""
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        dialog = QPrintDialog(printer, self)
        dialog.setMinMax(1, max(self.paper.count, 1))
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.print_to(printer)
        dialog.deleteLater()

    def showEvent(self, event: QShowEvent) -> None:
        """Now the width to fit is known."""
        super().showEvent(event)
        self._show_pages()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page to the new width."""
        super().resizeEvent(event)
        if self.isVisible() and self.zoom.currentIndex() == 0:
            self._show_pages()

    @Slot()
    def _show_pages(self) -> None:
        if self.pdf:
            zoom = ZOOMS[self.zoom.currentIndex()][1]
            fitting = (self._scroll.width() - _FRAME) / (_A4_INCHES * _PIXELS_PER_INCH)
            self.paper.show_pdf(self.pdf, zoom or max(fitting, 0.3))
            self._turn(self.paper.number)

    @Slot()
    def _turn_back(self) -> None:
        self._turn(self.paper.number - 1)

    @Slot()
    def _turn_forth(self) -> None:
        self._turn(self.paper.number + 1)

    def _turn(self, number: int) -> None:
        self.paper.turn_to(number)
        self.where.setText(f"page {self.paper.number} of {self.paper.count}")
        self.back.setEnabled(self.paper.number > 1)
        self.forth.setEnabled(self.paper.number < self.paper.count)
        self._scroll.verticalScrollBar().setValue(0)
