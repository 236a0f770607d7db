"""The table of patients: rows are places in the roster, and derived cells are read when they come into view."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from gui.pages.patients.cells import CurveCell, PillCell, PlainCell
from gui.pages.patients.presenter import Line
from gui.pages.patients.roster import Roster
from gui.tables.rows_model import Column, RowsModel
from gui.tables.table_view import RowsView
from models.chart.standing import short
from models.domain.capitals import upper_first

if TYPE_CHECKING:
    from models.study_types import Share

_NOT_READ = "\N{HORIZONTAL ELLIPSIS}"
_NONE = "\N{EN DASH}"


class PatientRows(RowsModel[int]):
    """Rows are places in a `Roster`. `needed` carries the place of a row whose derived line is not read yet.

    Sorting is asked of the page (`sort_asked` carries the name of the column, "" for none, and whether backwards):
    it may need every line.
    """

    needed = Signal(int)
    sort_asked = Signal(str, bool)

    NAMES = (
        "number", "person", "status", "transcript", "class", "since", "visit", "window", "questions", "rising",
        "verified", "curve",
    )  # fmt: skip
    """The columns in order; a click on "window" sorts as "visit" does, "verified" and "curve" cannot be sorted by."""

    def __init__(self, parent: QObject | None = None, *, specimen: str = "") -> None:
        """No patients yet. `specimen` is the one that the class speaks of."""
        self.roster = Roster(())
        self.shares: Mapping[int, Share] = {}
        self._asked: set[int] = set()
        mrd = f"MRD, {short(specimen)}" if specimen else "MRD class"
        columns: tuple[Column[int], ...] = (
            Column("Number", self._number, tip=self._number_tip),
            Column("Patient", self._person),
            Column("Status", self._status),
            Column("Transcript", self._transcript),
            Column(mrd, self._class, tip=self._class_tip, tone=self._class_tone),
            Column("Since", self._since),
            Column("Next visit", self._visit),
            Column("Window", self._window),
            Column("Questions", self._questions, tone=self._questions_tone),
            Column("Rising", self._rising, tip=self._rising_tip, tone=self._rising_tone),
            Column("Verified", self._verified, tip=self._verified_tip),
            Column("Curve", self._no_text, tip=self._curve_tip, points=self._points),
        )
        super().__init__(columns, parent)

    def show_places(self, places: Sequence[int]) -> None:
        """Show these patients in this order."""
        self._asked.clear()
        self.set_rows(places)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the page for another order."""
        name = self.NAMES[column] if 0 <= column < len(self.NAMES) else ""
        name = {"window": "visit", "verified": "", "curve": ""}.get(name, name)
        self.sort_asked.emit(name, order == Qt.SortOrder.DescendingOrder)

    def lines_read(self) -> None:
        """Derived lines have arrived: what is in view is painted again."""
        self._asked.clear()
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    # ---- cells

    def _line(self, place: int) -> Line | None:
        line = self.roster.line(place)
        if line is None and place not in self._asked:
            self._asked.add(place)
            self.needed.emit(place)
        return line

    def _number(self, place: int) -> str:
        return self.roster.base(place).label

    def _number_tip(self, place: int) -> str:
        return f"Screening number {self.roster.base(place).screening_number}"

    def _person(self, place: int) -> str:
        name = self.roster.name(place)
        person = self.roster.base(place).person
        return f"{name}, {person}" if name else person

    def _status(self, place: int) -> str:
        line = self._line(place)
        return line.status_words if line else _NOT_READ

    def _transcript(self, place: int) -> str:
        line = self._line(place)
        return line.transcript or _NONE if line else ""

    def _class(self, place: int) -> str:
        line = self._line(place)
        return line.class_words or _NONE if line else ""

    def _class_tip(self, place: int) -> str:
        line = self._line(place)
        return line.class_tip if line else ""

    def _class_tone(self, place: int) -> str:
        line = self._line(place)
        return line.class_tone if line else ""

    def _since(self, place: int) -> str:
        line = self._line(place)
        return line.since_words if line else ""

    def _visit(self, place: int) -> str:
        line = self._line(place)
        return line.visit or _NONE if line else ""

    def _window(self, place: int) -> str:
        line = self._line(place)
        return line.window if line else ""

    def _questions(self, place: int) -> str:
        line = self._line(place)
        return str(line.questions) if line and line.questions else ""

    def _questions_tone(self, place: int) -> str:
        return "due" if self._questions(place) else ""

    def _rising(self, place: int) -> str:
        line = self._line(place)
        return "\N{NORTH EAST ARROW}" if line and line.rising else ""

    def _rising_tip(self, place: int) -> str:
        line = self._line(place)
        return upper_first(line.rising) if line else ""

    def _rising_tone(self, place: int) -> str:
        return "urgent" if self._rising(place) else ""

    def _verified(self, place: int) -> str:
        share = self.shares.get(self.roster.base(place).id)
        if not share or not share.filled:
            return ""
        percent = 100 * share.verified // share.filled
        return "<1 %" if share.verified and not percent else f"{percent} %"

    def _verified_tip(self, place: int) -> str:
        share = self.shares.get(self.roster.base(place).id)
        return f"{share.verified} of {share.filled} values verified against the source" if share else ""

    def _no_text(self, _place: int) -> str:
        return ""

    def _curve_tip(self, place: int) -> str:
        line = self._line(place)
        return f"{len(line.points)} MRD results" if line and line.points else "No MRD result yet"

    def _points(self, place: int) -> Any:  # noqa: ANN401 - what the delegate draws
        line = self._line(place)
        return line.points if line else ()


_SAMPLES = {
    "number": "042-0000", "person": "F \N{MIDDLE DOT} 58 y", "status": "On treatment", "transcript": "p190/p210",
    "class": "Non-quantifiablemm", "since": "26 Mar 2026", "visit": "Follow-up month 12",
    "window": "18 Jul \N{EN DASH} 17 Aug, overdue", "questions": "Questionsm", "rising": "Rising",
    "verified": "Verifiedm", "curve": "0" * 10,
}  # fmt: skip
"""What each column has room for. Fixed: measuring the cells would read every patient's chart."""
_GIVES_UP_FIRST = ("since", "transcript", "questions", "curve", "status", "window", "rising")
"""Columns hidden, in this order, where there is no room for all."""
_PADDING = 14


class PatientView(RowsView):
    """The table, with columns of fixed shares; where it is narrow, the least telling columns are hidden."""

    def __init__(self, model: PatientRows, parent: QWidget | None = None) -> None:
        """Shows `model`."""
        super().__init__(model, parent)
        self._plain = PlainCell(self)
        self._pills = PillCell(self)
        self._curves = CurveCell(parent=self)
        self.setItemDelegate(self._plain)
        for name in ("class", "questions", "rising"):
            self.setItemDelegateForColumn(PatientRows.NAMES.index(name), self._pills)
        self.setItemDelegateForColumn(PatientRows.NAMES.index("curve"), self._curves)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.shows_verified = False

    def reset(self) -> None:
        """Let the scroll bar come or go before the new rows are painted: they would be painted twice."""
        super().reset()
        self.executeDelayedItemsLayout()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)  # by which Qt shows or hides the scroll bar

    def fit_columns(self) -> None:
        """Share the width."""
        room = self.viewport().width()
        metrics = QFontMetrics(self.font())
        wanted = {name: metrics.horizontalAdvance(sample) + _PADDING for name, sample in _SAMPLES.items()}
        left_out = "since" if self.shows_verified else "verified"
        shown = [name for name in PatientRows.NAMES if name != left_out]
        for name in (each for each in _GIVES_UP_FIRST if each in shown):
            if sum(wanted[each] for each in shown) <= room:
                break
            shown.remove(name)
        spare = max(room - sum(wanted[each] for each in shown), 0)
        with QSignalBlocker(self.horizontalHeader()):  # of each new width the view would paint its rows once more
            for place, name in enumerate(PatientRows.NAMES):
                self.setColumnHidden(place, name not in shown)
                if name in shown:
                    self.setColumnWidth(place, wanted[name] + spare // len(shown))
        self.updateGeometries()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up in the first row goes back to the search."""
        if event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.focusPreviousChild()
        else:
            super().keyPressEvent(event)

    def choose_row(self, row: int) -> None:
        """Choose a row, the first one to begin with, and bring it into view."""
        if 0 <= row < self.model().rowCount(QModelIndex()):
            self.selectRow(row)
            self.scrollTo(self.currentIndex())
