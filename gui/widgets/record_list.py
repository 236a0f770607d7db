"""All records of one kind of a patient in a table: to review, add, open, withdraw, and to look at their history."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import named
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.choices_of import choices_of_kind
from gui.widgets.header import make_button
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.record_dialog import open_record
from gui.widgets.value_history import TableHistory
from gui.widgets.withdrawn import WithdrawnLines
from gui.widgets.words import Choices, first_words, in_words, sort_key
from gui.workspace import Workspace
from models.chart.patient_chart import PatientChart
from models.domain.capitals import within_sentence
from models.domain.errors import TrialError
from models.domain.fields import Field, FieldType
from models.records import Kind, Record
from models.study import Right

_KEPT = 3
"""Columns that stay however narrow the window is; the others are left out from the last one on."""

OpenForm = Callable[[int | None], None]
"""Opens the form of a record by its id, or of a new one (None); for kinds that have a form of their own."""


class RecordList(Card):
    """A card with heading, buttons and table. `show_chart` shows a patient.

    The buttons are named `<kind>_list_add`, `_open`, `_withdraw`, `_history` and `_withdrawn`, which shows what was
    withdrawn and is there where anything was. Without `open_form` records open in
    the form made from their declaration.
    """

    def __init__(
        self,
        workspace: Workspace,
        kind: Kind,
        columns: Sequence[str],
        *,
        heading: str = "",
        empty: str = "",
        extra: Sequence[Column[Any]] = (),
        open_form: OpenForm | None = None,
        form: Mapping[str, Any] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """`columns` names the fields shown; `extra` are further columns; `form` is handed on to `RecordForm`."""
        super().__init__(heading or f"{kind.title}s", parent=parent)
        named(self, f"{kind.name}_list", heading or kind.title)
        self._workspace = workspace
        self._kind = kind
        self._open_form = open_form
        self._form = dict(form or {})
        self._chart: PatientChart | None = None
        self._choices: dict[str, Choices] = {}
        add = f"Add {within_sentence(kind.title)}"
        sentence = empty or f"What is entered here stands in this list. {add} when there is one."
        shown = [self._column(kind.fields[name], max(place - _KEPT, 0)) for place, name in enumerate(columns, start=1)]
        self.table = Table(
            f"{kind.name}_table", heading or kind.title, [*shown, *extra], empty=("None yet", sentence, add)
        )
        self.body.addWidget(self.table)
        self._failure = Banner(f"{kind.name}_list_failure")
        self.body.insertWidget(0, self._failure)
        self._buttons = {}
        for name, text, slot in (
            ("add", "Add", self.add),
            ("open", "Open", self.open_chosen),
            ("withdraw", "Withdraw", self.withdraw_chosen),
            ("history", "History", self.show_history),
        ):
            button = make_button(f"{kind.name}_list_{name}", text, look="link")
            button.clicked.connect(slot)
            self.corner.addWidget(button)
            self._buttons[name] = button
        self.withdrawn = WithdrawnLines(workspace, kind, f"{kind.name}_list_withdrawn", self._in_words)
        self.corner.insertWidget(0, self.withdrawn.toggle)
        self.body.addWidget(self.withdrawn)
        workspace.permit(Right.ENTER, self._buttons["add"], self._buttons["withdraw"], self.table.offer)
        self.table.stand_for(kind.name, _id)
        self.table.opened.connect(self._open)
        self.table.offered.connect(self.add)
        TableHistory(workspace, self.table.view, self._asked_about)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)
        self._follow_choice()

    def show_chart(self, chart: PatientChart) -> None:
        """Show a patient's records of the kind."""
        self._chart = chart
        self._choices = choices_of_kind(self._workspace, self._kind, chart)
        records = chart.records.get(self._kind.name, ())
        self.table.set_rows(records)
        self._failure.hide()
        self.remark.setText(str(len(records)) if len(records) > 1 else "")
        self._buttons["add"].setVisible(bool(records) and not self._kind.single)
        self.withdrawn.show_patient(chart.patient.id)
        self._follow_choice()

    @Slot()
    def add(self) -> None:
        """Open the form for a new record."""
        self._show_form(None)

    @Slot()
    def open_chosen(self) -> None:
        """Open the record chosen."""
        record = self.table.chosen()
        if record is not None:
            self._open(record)

    @Slot()
    def withdraw_chosen(self) -> None:
        """Withdraw the record chosen, with a reason. It stays in the study, and its history says why."""
        record, chart = self.table.chosen(), self._chart
        if record is None or chart is None:
            return
        name = f"{self._kind.title}: {first_words(record, self._workspace.desk, self._choices)}"
        reason = self._workspace.ask_reason(self, f"Withdraw a record\n{name}", ())
        if reason is None:
            return
        try:
            changes = self._workspace.study.void(
                chart.patient.id, self._kind.name, record.id, self._workspace.context(reason)
            )
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._failure.hide()
        self._workspace.say(f"{self._kind.title} withdrawn")
        self._workspace.changed(changes)

    @Slot()
    def show_history(self) -> None:
        """Show the corrections of the record chosen."""
        record = self.table.chosen()
        if record is not None:
            HistoryDialog(self._workspace, ValueRef(self._kind.name, record.id), self.window()).show()

    def _in_words(self, record: Record) -> str:
        fields = [column for column in self.table.model.columns if column.field]
        return " · ".join(filter(None, (column.text(record) for column in fields)))

    def _asked_about(self) -> ValueRef | None:
        record = self.table.chosen()
        return ValueRef(self._kind.name, record.id, self.table.current_field) if record is not None else None

    def _show_form(self, record: int | None) -> None:
        if self._chart is None:
            return
        if self._open_form:
            self._open_form(record)
            return
        dialog = open_record(
            self._workspace, self._kind.name, self._chart.patient.id, record, parent=self.window(), **self._form
        )
        dialog.next_wanted.connect(self.add)

    @Slot(object)
    def _open(self, record: Record) -> None:
        self._show_form(record.id)

    @Slot()
    def _follow_choice(self) -> None:
        chosen = self.table.chosen() is not None
        for name in ("open", "withdraw", "history"):
            self._buttons[name].setVisible(bool(self.table.model.rows))
            self._buttons[name].setEnabled(chosen)

    def _column(self, field: Field, spare: int) -> Column[Record]:
        def text(record: Record) -> str:
            value = getattr(record, field.name)
            return in_words(field, value, self._workspace.desk, self._choices.get(field.name, ()))

        def sort(record: Record) -> object:
            return sort_key(getattr(record, field.name))

        right = field.type in (FieldType.QUANTITY, FieldType.INTEGER)
        long = field.type in (FieldType.TEXT, FieldType.NOTE, FieldType.CHOICES)
        return Column(
            field.label,
            text,
            sort=None if field.type is FieldType.CHOICE else sort,
            right=right,
            stretch=int(long),
            spare=spare,
            field=field.name,
        )


def _id(record: Record) -> int:
    return record.id
