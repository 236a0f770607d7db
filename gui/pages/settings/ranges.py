"""The laboratories' reference ranges: which one holds from which day on."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from gui.pages.settings.range_form import RangeForm
from gui.pages.settings.regrading import RangeCorrection, regraded_words, without
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.grid_form import GridDialog
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.side_by_side import SideBySide
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.chart.laboratory import Ranges
from models.domain.codelists import SEX
from models.domain.context import Changes
from models.domain.date_notation import write_date
from models.domain.errors import TrialError
from models.domain.notation import unit_beside
from models.domain.range_notation import write_range
from models.domain.toxicity.laboratory_tests import TESTS, find_test
from models.records.laboratory import LabRange
from models.study import Right

_STATE = 5
_ORDER = {test.code: place for place, test in enumerate(TESTS)}


class Section(QWidget):
    """One laboratory at a time. A changed range is a new one from its day on; the old one keeps grading its days."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._ranges: tuple[LabRange, ...] = ()
        self._known = Ranges(())
        self.laboratory = named(QComboBox(), "ranges_laboratory", "Laboratory")
        self.laboratory.setMinimumContentsLength(20)
        self.laboratory.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.enter = make_button("ranges_enter", "&Enter ranges", tip="A line for each test, all from one day on")
        self.copy = make_button("ranges_copy", "&Copy to a new date", tip="Starts with the ranges in force today")
        self.table = Table(
            "ranges_table",
            "Reference ranges",
            [
                Column("Test", _test, sort=_by_test, field="test"),
                Column("Sex", _sex, field="sex"),
                Column("Valid from", self._from, sort=_by_date, spare=1, field="valid_from"),
                Column("Range", self._range, right=True),
                Column("Unit", _unit),
                Column("State", self._state, tone=self._tone, stretch=1, spare=2),
            ],
            empty=(
                "No reference ranges yet",
                "Many CTCAE grades are counted from the limits of the laboratory that measured. Enter them once.",
                "Enter ranges",
            ),
        )
        self.table.view.setItemDelegateForColumn(_STATE, PillDelegate(self.table.view))
        TableHistory(workspace, self.table.view, self._asked_about)
        self._failure = Banner("ranges_failure")
        card = Card("Reference ranges", "a new range holds from its day on")
        caption = label("&Laboratory", "muted")
        caption.setBuddy(self.laboratory)
        tools = SideBySide((_line(caption, self.laboratory), _line(self.enter, self.copy)), 78, (0, 1))
        self._buttons = {}
        for name, slot in (("Open", self._open_chosen), ("Withdraw", self._withdraw), ("History", self._history)):
            button = make_button(f"ranges_{name.lower()}", name, look="link")
            button.clicked.connect(slot)
            card.corner.addWidget(button)
            self._buttons[name] = button
        workspace.permit(Right.ENTER, self.enter, self.copy, self._buttons["Withdraw"], self.table.offer)
        card.body.addWidget(self._failure)
        card.body.addWidget(tools)
        card.body.addWidget(self.table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.laboratory.currentIndexChanged.connect(self._show)
        self.enter.clicked.connect(self.enter_ranges)
        self.copy.clicked.connect(self.copy_ranges)
        self.table.offered.connect(self.enter_ranges)
        self.table.opened.connect(self._open)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)

    def refresh(self, changes: Changes | None) -> None:
        """Read the ranges."""
        self._ranges = self._workspace.study.ranges()
        self._known = Ranges(self._ranges)
        names = sorted({row.laboratory for row in self._ranges})
        kept = self.laboratory.currentText()
        self.laboratory.blockSignals(True)
        self.laboratory.clear()
        self.laboratory.addItems(names)
        self.laboratory.setCurrentIndex(max(0, self.laboratory.findText(kept)))
        self.laboratory.blockSignals(False)
        self._show()

    @Slot()
    def enter_ranges(self) -> None:
        """Open the empty form of this laboratory."""
        self._show_form(RangeForm(self._workspace, self.laboratory.currentText(), ()))

    @Slot()
    def copy_ranges(self) -> None:
        """Open the form with the ranges in force, for the sex of the range chosen (for both, if none is)."""
        chosen = self.table.chosen()
        sex = chosen.sex if chosen else None
        rows = [row for row in self._of_laboratory() if row.sex == sex and self._in_force(row)]
        self._show_form(RangeForm(self._workspace, self.laboratory.currentText(), rows))

    def _show_form(self, form: RangeForm) -> None:
        GridDialog(form, "Reference ranges", self.window()).show()

    @Slot()
    def _show(self) -> None:
        rows = sorted(self._of_laboratory(), key=_by_date, reverse=True)
        self.table.set_rows(sorted(rows, key=_by_test))
        self.enter.setVisible(bool(self._ranges))
        self.copy.setVisible(bool(rows))
        self._follow_choice()

    def _of_laboratory(self) -> list[LabRange]:
        return [row for row in self._ranges if row.laboratory == self.laboratory.currentText()]

    def _in_force(self, row: LabRange) -> bool:
        """Whether a range is the one that grades today's values of women or of men."""
        today = self._workspace.study.today
        return any(self._known.find(row.laboratory, row.test, today, sex) is row for sex in SEX.terms)

    @Slot()
    def _open_chosen(self) -> None:
        if row := self.table.chosen():
            self._open(row)

    @Slot(object)
    def _open(self, row: LabRange) -> None:
        form = RangeCorrection(self._workspace, row)
        RecordDialog(form, f"Reference range · {_test(row)}", self.window()).show()

    @Slot()
    def _withdraw(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        what = f"Withdraw a reference range\n{_test(row)}, {row.laboratory}, {self._range(row)} {_unit(row)}"
        study = self._workspace.study
        regraded = regraded_words(study.signing.regraded(without(self._workspace, row)))
        reason = self._workspace.ask_reason(self, "\n".join(filter(None, (what, regraded))), ())
        if reason is None:
            return
        try:
            changes = study.void(0, LabRange.kind.name, row.id, self._workspace.context(reason))
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._failure.hide()
        self._workspace.say("Reference range withdrawn")
        self._workspace.changed(changes)

    def _asked_about(self) -> ValueRef | None:
        row = self.table.chosen()
        return ValueRef(LabRange.kind.name, row.id, self.table.current_field) if row else None

    @Slot()
    def _history(self) -> None:
        if row := self.table.chosen():
            HistoryDialog(self._workspace, ValueRef(LabRange.kind.name, row.id), self.window()).show()

    @Slot()
    def _follow_choice(self) -> None:
        for button in self._buttons.values():
            button.setVisible(bool(self.table.model.rows))
            button.setEnabled(self.table.chosen() is not None)

    def _from(self, row: LabRange) -> str:
        return write_date(row.valid_from, self._workspace.desk)

    def _range(self, row: LabRange) -> str:
        return write_range(row.lower, row.upper, self._workspace.desk)

    def _state(self, row: LabRange) -> str:
        if self._in_force(row):
            return "in force"
        start = row.valid_from.earliest
        return "to come" if start and start > self._workspace.study.today else "replaced"

    def _tone(self, row: LabRange) -> str:
        return "good" if self._in_force(row) else ""


def _line(*widgets: QWidget) -> QWidget:
    part = QWidget()
    line = QHBoxLayout(part)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(10)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return part


def _test(row: LabRange) -> str:
    test = find_test(row.test)
    return test.label if test else row.test


def _by_test(row: LabRange) -> int:
    return _ORDER.get(row.test, len(_ORDER))


def _by_date(row: LabRange) -> str:
    return row.valid_from.iso


def _sex(row: LabRange) -> str:
    return SEX.label(row.sex) if row.sex else "both"


def _unit(row: LabRange) -> str:
    limit = row.lower or row.upper
    return unit_beside(limit.unit) if limit else ""
