"""The patients whom a number counts, each with what he contributes; Enter opens one, at the record if it is known."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QWidget

from gui.pages.cohort.contributions import Line
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.widgets.card import Card
from models.cohort.table import distinct

_LEAST = 160


class PatientsSide(Card):
    """A card with a list. `opened` carries the `Line`."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        """Nothing is chosen yet."""
        super().__init__("Patients", " ", parent)
        self.setObjectName("cohortPatientsCard")
        self.table = Table(
            "cohortPatients",
            "Patients counted by the number chosen",
            [Column("Patient", _label), Column("Contributes", _words, stretch=1, tip=_words)],
            empty=("No number chosen", "Choose a number in the table: the patients it counts stand here.", ""),
        )
        view = self.table.view
        view.setWordWrap(True)
        view.verticalHeader().setDefaultSectionSize(2 * view.fontMetrics().lineSpacing() + 10)
        self.body.addWidget(self.table, 1)
        self.table.opened.connect(self.opened)

    def show_lines(self, heading: str, lines: Sequence[Line]) -> None:
        """Show the patients of a number; "" and no lines where none is chosen."""
        number = len(distinct(line.who for line in lines))
        counted = "1 patient" if number == 1 else f"{number} patients"
        self.heading.setText(counted if heading else "Patients")
        self.remark.setText(heading)
        self.setAccessibleName(f"{heading}: {counted}" if heading else "Patients")
        self.table.set_rows(lines)

    def minimumSizeHint(self) -> QSize:
        """A few lines at least."""
        return QSize(180, max(_LEAST, self.table.empty_height()))

    @Slot()
    def take_focus(self) -> None:
        """Let the arrows walk through the list."""
        self.table.view.setFocus()
        if self.table.model.rows and not self.table.view.currentIndex().isValid():
            self.table.view.selectRow(0)


def _label(line: Line) -> str:
    return line.who.label


def _words(line: Line) -> str:
    return line.words
