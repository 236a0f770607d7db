"""A kind of which there is one record a patient: its answers as pairs of words, and the buttons to correct it.

Where it was withdrawn it can be entered anew; what was withdrawn is shown when it is asked for.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.choices_of import choices_of_kind
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_dialog import RecordDialog
from gui.widgets.record_form import RecordForm
from gui.widgets.value_history import ValueHistory
from gui.widgets.withdrawn import WithdrawnLines
from gui.widgets.words import in_words
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.capitals import within_sentence
from models.domain.errors import TrialError
from models.domain.fields import Field
from models.records import Kind, Record
from models.study import Right

_PAIRS = 2


class RecordCard(Card):
    """Shows what is recorded; what is not recorded is named in one line. Buttons: `<kind>_card_open` and so on."""

    def __init__(
        self,
        workspace: Workspace,
        kind: Kind,
        *,
        heading: str = "",
        empty: str = "",
        quiet: Sequence[str] = (),
        withdrawable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """`empty` says what belongs here; `quiet` fields are not missed. A patient cannot be withdrawn."""
        super().__init__(heading or kind.title, " ", parent)
        named(self, f"{kind.name}_card", heading or kind.title)
        self._workspace = workspace
        self._kind = kind
        self._empty = empty
        self._quiet = {kind.fields[name].label for name in quiet}
        self._chart: PatientChart | None = None
        self._record: Record | None = None
        self._histories = ValueHistory(workspace, self)
        self._failure = Banner(f"{kind.name}_card_failure")
        self.body.addWidget(self._failure)
        self._inside = QWidget()
        self.body.addWidget(self._inside)
        self._buttons = {}
        for name, text, slot in (
            ("open", "Open", self.open_form),
            ("withdraw", "Withdraw", self._withdraw),
            ("history", "History", self._history),
        ):
            if name == "withdraw" and not withdrawable:
                continue
            button = make_button(f"{kind.name}_card_{name}", text, look="link")
            button.clicked.connect(slot)
            self.corner.addWidget(button)
            self._buttons[name] = button
        self.withdrawn: WithdrawnLines | None = None
        if withdrawable:
            self.withdrawn = WithdrawnLines(workspace, kind, f"{kind.name}_card_withdrawn", self._in_words)
            self.corner.insertWidget(0, self.withdrawn.toggle)
            self.body.addWidget(self.withdrawn)
        workspace.permit(Right.ENTER, self._buttons.get("withdraw"))

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient's record of the kind."""
        self._chart = chart
        own = chart.patient if self._kind.name == "patient" else None
        self._record = own or next(iter(chart.records.get(self._kind.name, ())), None)
        if self._record is not None:
            self._histories.offer(self._buttons["history"], ValueRef(self._kind.name, self._record.id))
        self._failure.hide()
        open_ = self._buttons["open"]
        open_.setText("Open" if self._record else f"Enter {within_sentence(self._kind.title)}")
        open_.hold_back("" if self._record else self._workspace.refusal(Right.ENTER))
        open_.setAccessibleName(f"{open_.text()}: {self._kind.title}")
        for name, button in self._buttons.items():
            button.setVisible(name == "open" or self._record is not None)
        if self.withdrawn is not None:
            self.withdrawn.show_patient(chart.patient.id)
        pairs = self._pairs(self._record)
        self._fill(pairs, self._remark(pairs))

    @Slot()
    def open_form(self) -> None:
        """Correct the record, or enter it."""
        if self._chart is None:
            return
        form = RecordForm(
            self._workspace, self._kind, self._chart.patient.id, self._record, columns=2 if self._long else 1
        )
        RecordDialog(form, f"{self._kind.title} · {self._chart.label}", self.window()).show()

    @property
    def _long(self) -> bool:
        return len(self._kind.fields) > 7

    def _in_words(self, record: Record) -> str:
        return " · ".join(f"{field.label}: {words}" for field, words in self._pairs(record) if words)

    def _pairs(self, record: Record | None) -> Sequence[tuple[Field, str]]:
        if record is None or self._chart is None:
            return ()
        choices = choices_of_kind(self._workspace, self._kind, self._chart)
        values = record.values()
        return [
            (field, in_words(field, values[name], self._workspace.desk, choices.get(name, ())))
            for name, field in self._kind.fields.items()
        ]

    def _remark(self, pairs: Sequence[tuple[Field, str]]) -> str:
        if not any(words for _, words in pairs):
            return self._empty
        missing = [field.label for field, words in pairs if not words and field.label not in self._quiet]
        return f"Not recorded: {', '.join(map(within_sentence, missing))}." if missing else ""

    def _fill(self, pairs: Sequence[tuple[Field, str]], remark: str) -> None:
        fresh = QWidget()
        grid = QGridLayout(fresh)
        grid.setContentsMargins(0, 2, 0, 2)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(5)
        given = [(field, words) for field, words in pairs if words]
        columns = _PAIRS if self._long else 1
        per_column = -(-len(given) // columns)
        for place, (field, words) in enumerate(given):
            line, column = place % per_column, 2 * (place // per_column)
            grid.addWidget(label(field.label, "muted"), line, column, Qt.AlignmentFlag.AlignTop)
            text = label(words, wrap=True, selectable=True)
            text.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            if self._record is not None:
                self._histories.offer(text, ValueRef(self._kind.name, self._record.id, field.name))
            grid.addWidget(text, line, column + 1)
        for column in range(columns):
            grid.setColumnStretch(2 * column + 1, 1)
        if remark:
            grid.addWidget(label(remark, "small" if given else "muted", wrap=True), per_column, 0, 1, 2 * columns)
        self.body.replaceWidget(self._inside, fresh)
        self._inside.hide()
        self._inside.deleteLater()
        self._inside = fresh

    @Slot()
    def _withdraw(self) -> None:
        if self._record is None or self._chart is None:
            return
        reason = self._workspace.ask_reason(self, f"Withdraw a record\n{self._kind.title} · {self._chart.label}", ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.void(
                self._chart.patient.id, self._kind.name, self._record.id, self._workspace.context(reason)
            )
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._workspace.say(f"{self._kind.title} withdrawn")
        self._workspace.changed(changes)

    @Slot()
    def _history(self) -> None:
        if self._record is not None:
            HistoryDialog(self._workspace, ValueRef(self._kind.name, self._record.id), self.window()).show()
