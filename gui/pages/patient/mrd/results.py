"""All MRD results under both rule sets, and below them why the chosen one is what it is."""

from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from gui.pages.patient.mrd.presenter import DASH, NUMBERS, ResultRow, result_rows
from gui.tables.delegates import PillDelegate
from gui.tables.rows_model import Column
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.pill import Pill
from gui.widgets.record_list import OpenForm, RecordList
from gui.widgets.side_by_side import SideBySide
from gui.widgets.why import WhyButton, WhyValue
from gui.widgets.words import sort_key
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.molecular.numbers import Numbers
from models.domain.notation import Desk
from models.domain.sentence import write_sentence
from models.records import Record
from models.records.molecular import MrdResult

_CLASS_COLUMN = 10
_UNITS = {"ratio": " %", "sensitivity": " %", "log_reduction": "", "since_last": " log", "since_lowest": " log"}
_LETTERS = 140
"""Letters from which on the numbers stand beside each other."""


class ResultsList(RecordList):
    """The table of results, newest first."""

    def __init__(self, workspace: Workspace, open_form: OpenForm, parent: QWidget | None = None) -> None:
        """`open_form` opens the form that thinks along."""
        self._derived: dict[int, ResultRow] = {}
        self._both = False
        self._patient = 0
        acronym = workspace.study.protocol.acronym
        super().__init__(
            workspace,
            MrdResult.kind,
            (),
            heading="MRD results",
            empty="Each result is typed as copies, as it stands on the laboratory's report; ratio and class follow.",
            extra=(
                Column("Visit", self._visit, stretch=1, field="visit"),
                Column("Collected", self._collected, sort=self._order, field="collected"),
                Column("Day", self._day, sort=self._order, right=True, spare=5, field="collected"),
                Column("Sample", self._sample, spare=1, field="specimen"),
                Column("BCR::ABL1", self._target, sort=_by_target, right=True, spare=3, field="target_copies"),
                Column("Control", self._control, sort=_by_control, right=True, spare=4, field="control_copies"),
                Column("Ratio %", self._ratio, sort=self._by_ratio, right=True),
                Column("Sens. %", self._sensitivity, sort=self._by_sensitivity, right=True, tip=self._depth, spare=6),
                Column("Log red.", self._reduction, sort=self._by_reduction, right=True, spare=2),
                Column("Change", self._since_last, sort=self._by_change, right=True, spare=1),
                Column(acronym, self._words, tone=self._tone, tip=self._reason, stretch=1),
                Column("European", self._european, tip=self._european_reason, spare=1),
            ),
            open_form=open_form,
            parent=parent,
        )
        self.table.view.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the number at the end tells visits apart
        self.table.view.setItemDelegateForColumn(_CLASS_COLUMN, PillDelegate(self.table.view))
        self.table.setMinimumHeight(190)
        self.table.view.horizontalHeader().setSortIndicatorShown(False)  # its room is needed for the columns

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient's results. What was chosen stays so; of a patient shown anew it is the newest.

        A result that was not there before was just entered: it is chosen and brought into view.
        """
        before = self.table.chosen()
        known = {record.id for record in self.table.model.rows} if self._patient == chart.patient.id else None
        self._patient = chart.patient.id
        rows = result_rows(chart, self._workspace.desk)
        self._derived = {row.id: row for row in rows}
        self._both = len({row.transcript for row in rows}) > 1
        super().show_chart(chart)
        places = {row.id: place for place, row in enumerate(rows)}
        records = sorted(self.table.model.rows, key=lambda record: places[record.id])
        self.table.set_rows(records)
        fresh = [record for record in records if known is not None and record.id not in known]
        kept = [record for record in records if known is not None and before and record.id == before.id]
        chosen = next(iter((*fresh, *kept, *records)), None)
        self.table.choose(chosen)
        if fresh:
            self.table.view.scrollTo(self.table.model.index(records.index(fresh[0]), 0))

    def row_of(self, record: Record | None) -> ResultRow | None:
        """What is derived from a record."""
        return self._derived.get(record.id) if record else None

    def _visit(self, record: Record) -> str:
        return self._derived[record.id].visit

    def _collected(self, record: Record) -> str:
        return self._derived[record.id].collected

    def _order(self, record: Record) -> object:
        return self._derived[record.id].order

    def _day(self, record: Record) -> str:
        return self._derived[record.id].day

    def _sample(self, record: Record) -> str:
        row = self._derived[record.id]
        return f"{row.specimen} {row.transcript}" if self._both else row.specimen

    def _depth(self, record: Record) -> str:
        return self._derived[record.id].depth

    def _target(self, record: Record) -> str:
        return self._derived[record.id].target

    def _control(self, record: Record) -> str:
        return self._derived[record.id].control

    def _ratio(self, record: Record) -> str:
        return self._derived[record.id].ratio

    def _sensitivity(self, record: Record) -> str:
        return self._derived[record.id].sensitivity

    def _reduction(self, record: Record) -> str:
        return self._derived[record.id].reduction

    def _since_last(self, record: Record) -> str:
        return self._derived[record.id].since_last

    def _by_ratio(self, record: Record) -> object:
        return _size(self._derived[record.id].point.result.plot_ratio or None)

    def _by_sensitivity(self, record: Record) -> object:
        return _size(self._derived[record.id].point.result.sensitivity_percent)

    def _by_reduction(self, record: Record) -> object:
        return sort_key(self._derived[record.id].point.result.log_reduction)

    def _by_change(self, record: Record) -> object:
        change = self._derived[record.id].point.since_last
        return _size(change.logs if change else None)

    def _words(self, record: Record) -> str:
        return self._derived[record.id].words

    def _tone(self, record: Record) -> str:
        return self._derived[record.id].tone

    def _reason(self, record: Record) -> str:
        return write_sentence(self._derived[record.id].protocol_class.reason, self._workspace.desk)

    def _european(self, record: Record) -> str:
        return self._derived[record.id].european

    def _european_reason(self, record: Record) -> str:
        return write_sentence(self._derived[record.id].european_class.reason, self._workspace.desk)


def _size(number: Decimal | None) -> tuple[bool, Decimal]:
    """What a number sorts by; where there is none it comes before all others."""
    return number is not None, number or Decimal(0)


def _by_target(record: MrdResult) -> object:
    return sort_key(record.target_copies)


def _by_control(record: MrdResult) -> object:
    return sort_key(record.control_copies)


class ReasonCard(Card):
    """Why the chosen result has its two classes, and how the laboratory's word differs from its numbers."""

    def __init__(self, acronym: str, parent: QWidget | None = None) -> None:
        """`acronym` names the protocol's rule set."""
        super().__init__("Why", " ", parent)
        named(self, "mrdReason", "Why the chosen result has its class")
        self._own, self._european = Pill(), label("", "strong")
        self._own_why = WhyButton("mrdOwnWhy", f"Class by {acronym}")
        self._european_why = WhyButton("mrdEuropeanWhy", "Class in European terms")
        self._own_reason = named(label(wrap=True, selectable=True), "mrdOwnReason")
        self._european_reason = label(wrap=True, selectable=True)
        self.numbers = {name: WhyValue(f"mrdNumbers_{name}", title) for name, title in NUMBERS.items()}
        self._difference = Banner("mrdDifference")
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setColumnStretch(2, 1)
        for line, (words, shown, why, reason) in enumerate(
            (
                (acronym, self._own, self._own_why, self._own_reason),
                ("European terms", self._european, self._european_why, self._european_reason),
            )
        ):
            head = QHBoxLayout()
            head.addWidget(shown)
            head.addWidget(why)
            head.addStretch(1)
            grid.addWidget(label(words, "muted"), line, 0)
            grid.addLayout(head, line, 1)
            grid.addWidget(reason, line, 2)
        numbers = SideBySide((*self.numbers.values(), QWidget()), _LETTERS, (*(0 for _ in NUMBERS), 1))
        grid.addWidget(label("Numbers", "muted"), 2, 0)
        grid.addWidget(numbers, 2, 1, 1, 2)
        self.body.addLayout(grid)
        self.body.addWidget(self._difference)

    def show_row(self, row: ResultRow | None, numbers: Numbers | None, desk: Desk) -> None:
        """Explain this result and its numbers; None hides the card."""
        self.setVisible(row is not None)
        if row is None or numbers is None:
            return
        self.remark.setText(f"{row.visit}, {row.collected}, {row.transcript} {row.specimen}")
        self._own.show_word(row.words, row.tone)
        self._own_why.set_derived(row.words, row.protocol_class, desk)
        self._own_reason.setText(write_sentence(row.protocol_class.reason, desk))
        self._european.setText(row.european)
        self._european_why.set_derived(row.european, row.european_class, desk)
        self._european_reason.setText(write_sentence(row.european_class.reason, desk))
        said = (row.ratio, row.sensitivity, row.reduction, row.since_last, row.since_nadir)
        for (name, title), words, derived in zip(NUMBERS.items(), said, numbers, strict=True):
            unit = "" if words == DASH else _UNITS[name]
            self.numbers[name].set_derived(f"{title} {words}{unit}", derived, desk)
        if row.disagreement:
            self._difference.show_text(row.disagreement, "due")
        else:
            self._difference.hide()
