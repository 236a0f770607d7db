"""The patients whom a number counts, each with what he contributes; Enter opens one, at the record if it is known."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QWidget

from gui.pages.cohort.contributions import Line
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.card import Card
from gui.widgets.empty import Empty
from models.cohort.method import Method
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
        self._nobody = named(QScrollArea(), "cohortNobody", "Why nobody is counted")
        self._nobody.setFrameShape(QFrame.Shape.NoFrame)
        self._nobody.setWidgetResizable(True)
        self._nobody.viewport().setAutoFillBackground(False)
        self._stack = named(QStackedWidget(), "cohortPatientsStack")
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._nobody)
        self.body.addWidget(self._stack, 1)
        self.table.opened.connect(self.opened)

    def show_nobody(self, heading: str, rule: Method) -> None:
        """Say that a number counts nobody, and by which rule."""
        self._show("Nobody", heading, ())
        told = Empty(rule.name, rule.wording)
        self._nobody.setWidget(told)
        told.setAutoFillBackground(False)  # a scroll area switches it on: the card is to show through
        self._nobody.setAccessibleDescription(f"{rule.name}. {rule.wording}")
        self._stack.setCurrentWidget(self._nobody)

    def show_lines(self, heading: str, lines: Sequence[Line]) -> None:
        """Show the patients of a number; "" and no lines where none is chosen."""
        number = len(distinct(line.who for line in lines))
        counted = "1 patient" if number == 1 else f"{number} patients"
        self._show(counted if heading else "Patients", heading, lines)
        self._stack.setCurrentWidget(self.table)

    def _show(self, counted: str, heading: str, lines: Sequence[Line]) -> None:
        self.heading.setText(counted)
        self.remark.setText(heading)
        self.setAccessibleName(f"{heading}: {counted}" if heading else counted)
        self.table.set_rows(lines)

    def minimumSizeHint(self) -> QSize:
        """A few lines at least."""
        return QSize(180, max(_LEAST, self.table.empty_height()))


def _label(line: Line) -> str:
    return line.who.label


def _words(line: Line) -> str:
    return line.words
