"""What everybody was trained in: the list, and the dialogs that add to it and withdraw from it."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from gui.jobs import Progress
from gui.pages.accounts.account_dialog import CHANGED, AccountDialog, Words, Work
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.editors.choice_editor import ChoiceEditor
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.editors.text_editor import TextEditor
from gui.widgets.header import make_button
from gui.widgets.history import ValueRef
from gui.widgets.value_history import TableHistory
from gui.workspace import Workspace
from models.domain.date_notation import write_date
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.records.people import Training
from models.study import Right
from models.study_types import AccountLine


class TrainingCard(Card):
    """The trainings of everybody, the latest first."""

    def __init__(self, workspace: Workspace) -> None:
        """Filled by `show_rows`."""
        super().__init__("Training", "of everybody who works with the study")
        self._workspace = workspace
        self._lines: tuple[AccountLine, ...] = ()
        self.add = make_button("training_add", "Add training…", look="link")
        self.withdraw = make_button("training_withdraw", "Withdraw…", look="link")
        self.table = Table(
            "training_table",
            "Training",
            [
                Column("Name", self._name, stretch=1, field="login"),
                Column("Subject", _subject, stretch=2, field="subject"),
                Column("Given on", self._given, sort=_by_day, field="given"),
                Column("Remark", _remark, stretch=1, spare=1, field="comment"),
            ],
            empty=(
                "No training yet",
                "Who works with the study is trained for it: protocol, this program, good clinical practice.",
                "",
            ),
        )
        TableHistory(workspace, self.table.view, self._asked_about)
        self._failure = Banner("training_failure")
        for button, slot in ((self.add, self._add), (self.withdraw, self._withdraw)):
            self.corner.addWidget(button)
            button.clicked.connect(slot)
        workspace.permit(Right.MANAGE_ACCOUNTS, self.add, self.withdraw)
        self.body.addWidget(self._failure)
        self.body.addWidget(self.table, 1)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)

    def show_rows(self, lines: tuple[AccountLine, ...], trainings: tuple[Training, ...]) -> None:
        """Show what was read."""
        self._lines = lines
        self._failure.hide()
        self.table.set_rows(sorted(trainings, key=_by_day, reverse=True))
        self._follow_choice()

    def _asked_about(self) -> ValueRef | None:
        chosen = self.table.chosen()
        return ValueRef(Training.kind.name, chosen.id, self.table.current_field) if chosen else None

    @Slot()
    def _follow_choice(self) -> None:
        self.withdraw.setEnabled(self.table.chosen() is not None)

    @Slot()
    def _add(self) -> None:
        TrainingDialog(self._workspace, self._lines, self.window()).show()

    @Slot()
    def _withdraw(self) -> None:
        row = self.table.chosen()
        if row is None:
            return
        reason = self._workspace.ask_reason(self, f"Withdraw a training\n{self._name(row)}, {row.subject}", ())
        if reason is None:
            return
        try:
            self._workspace.study.accounts.withdraw_training(row.id, reason)
        except TrialError as refused:
            self._failure.show_text(f"Not withdrawn. {refused}")
            return
        self._workspace.say("Training withdrawn")
        self._workspace.changed(CHANGED)

    def _name(self, row: Training) -> str:
        return next((line.name for line in self._lines if line.login == row.login), row.login)

    def _given(self, row: Training) -> str:
        return write_date(row.given, self._workspace.desk)


class TrainingDialog(AccountDialog):
    """That somebody was trained."""

    def __init__(self, workspace: Workspace, lines: tuple[AccountLine, ...], parent: QWidget | None = None) -> None:
        """Offers the people of `lines`."""
        super().__init__(
            workspace,
            "newTraining",
            Words("Training", "Enter it when it was given.", "Add it", "Training added"),
            parent,
        )
        self.person = ChoiceEditor([(line.login, f"{line.name} ({line.login})") for line in lines])
        self.person.name_parts("newTraining_person", "Person")
        self.person.set_value(lines[0].login)
        self.subject = ChoiceEditor([(words, words) for words in _subjects(workspace)], free=True)
        self.subject.name_parts("newTraining_subject", "Subject")
        self.given = DateEditor(workspace.desk, workspace.study.clock)
        self.given.name_parts("newTraining_given", "Given on")
        self.comment = TextEditor()
        self.comment.name_parts("newTraining_comment", "Remark")
        for words, field in (
            ("&Person", self.person),
            ("&Subject", self.subject),
            ("&Given on", self.given),
            ("Re&mark", self.comment),
        ):
            self.ask(words, field)
        self.person.setFocus()

    def problem(self) -> str:
        """What is missing."""
        if not self.person.value():
            self.person.setFocus()
            return "Say who was trained: choose a person of the list."
        if not self.subject.value():
            self.subject.setFocus()
            return "Say what the training was about."
        if self.given.problem() or not isinstance(self.given.value(), PartialDate):
            self.given.setFocus()
            return self.given.problem() or "Say on which day it was given."
        return ""

    def work(self) -> Work:
        """Add it."""
        accounts, login = self.workspace.study.accounts, str(self.person.value())
        subject, given, comment = str(self.subject.value()), self.given.value(), str(self.comment.value() or "")
        assert isinstance(given, PartialDate)

        def add(_progress: Progress) -> None:
            accounts.add_training(login, subject, given, comment)

        return add


def _subjects(workspace: Workspace) -> tuple[str, ...]:
    protocol = workspace.study.protocol
    return (f"Protocol {protocol.acronym} {protocol.version}", "Good clinical practice", "AlbaTrack")


def _subject(row: Training) -> str:
    return row.subject


def _remark(row: Training) -> str:
    return row.comment or ""


def _by_day(row: Training) -> str:
    return row.given.iso
