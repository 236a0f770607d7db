"""The Backups page: which there are, making one, the second folder, the papers, and restoring one beside the study."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from gui.backing_up import BACKUP
from gui.jobs import Progress
from gui.pages.backups.papers_card import PapersCard
from gui.pages.backups.presenter import (
    counts_words,
    drill_words,
    former_words,
    kinds_words,
    second_words,
    size_words,
    standing_words,
    summary,
    why_words,
)
from gui.pages.backups.restore_dialog import RestoreDialog
from gui.tables.rows_model import Column
from gui.tables.table_view import Table
from gui.text import label, named, set_role
from gui.widgets.banner import Banner
from gui.widgets.card import Card
from gui.widgets.header import Button, PageHeader, make_button
from gui.widgets.side_by_side import SideBySide
from gui.workspace import Workspace
from models.domain.context import Changes
from models.domain.date_notation import write_moment
from models.domain.errors import TrialError
from models.study import STUDY_FACT, Right, Study
from models.study_types import Backup, Made, Why

_BESIDE = 130
"""Letters of room from which on the two cards below the list stand beside each other."""


class Page(QWidget):
    """The newest backup stands first. `made` follows each backup that was made or restored here."""

    title = "Backups"
    made = Signal()

    def __init__(self, workspace: Workspace) -> None:
        """Filled by the first `refresh`."""
        super().__init__()
        self._workspace = workspace
        self._asked: Backup | None = None
        self._busy = False
        self.header = PageHeader("Backups", " ")
        self.make = self.header.add_button("backups_make", "&Make one now", primary=True)
        self.message = Banner("backups_message")
        self.table = Table(
            "backups_table",
            "Backups",
            [
                Column("Made", self._when, sort=_age),
                Column("Why", why_words, stretch=1),
                Column("Counts", counts_words),
                Column("By", _by, stretch=1, spare=2),
                Column("Size", self._size, sort=_size, right=True, spare=1),
                Column("Rows of the trail", _rows, sort=_age, right=True),
                Column("End of the trail", _head, stretch=1, spare=3),
            ],
            empty=("No backup yet", "One is made at the start, every half hour after changes, and on closing.", ""),
        )
        self.table.setMinimumHeight(200)
        card = Card("In the study's folder", " ")
        self.kinds = card.remark
        self.check = self._button(card, "backups_check", "Check again", self._check, Right.BACK_UP)
        self.restore = self._button(card, "backups_restore", "Restore beside…", self._ask_restore, Right.RESTORE)
        self._drill = named(label("", "muted", wrap=True), "backups_drill", "Last restore")
        self.standing = named(label("", "due", wrap=True), "backups_standing", "About the chosen backup")
        card.body.addWidget(self.table, 1)
        card.body.addWidget(self.standing)
        card.body.addWidget(self._drill)
        second = Card("Second folder", "copies go there too")
        self._second = named(label("", wrap=True, selectable=True), "backups_second", "Second folder")
        self._button(second, "backups_choose", "&Choose…", self._choose_second, Right.BACK_UP)
        self.without = self._button(second, "backups_without", "Do without", self._drop_second, Right.BACK_UP)
        second.body.addWidget(self._second)
        second.body.addStretch(1)
        self.papers = PapersCard(workspace)
        self.papers.renewed.connect(self._make)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 10)
        column.setSpacing(10)
        column.addWidget(self.header)
        column.addWidget(self.message)
        column.addWidget(card, 1)
        column.addWidget(SideBySide((second, self.papers), _BESIDE, (2, 3)))
        workspace.permit(Right.BACK_UP, self.make)
        self.make.clicked.connect(self._make)
        self.table.view.selectionModel().selectionChanged.connect(self._follow_choice)

    def refresh(self, changes: Changes | None) -> None:
        """Read what lies in the folder of backups."""
        study, desk = self._workspace.study, self._workspace.desk
        backups = study.backups.all()
        self.table.set_rows(backups)
        if self.table.chosen() is None:
            self.table.choose(next(iter(backups), None))
        self.kinds.setText(kinds_words(backups))
        self.header.remark.setText(summary([backup for backup in backups if backup.genuine], desk))
        words, due = drill_words(study.restoring.last(), study.clock.now(), desk)
        self._drill.setText(words)
        self._drill.setVisible(bool(backups))
        set_role(self._drill, "due" if due else "muted")
        place = study.backups.second_folder
        self._second.setText(second_words(place))
        self.without.setVisible(place is not None)
        self.papers.refresh()
        self._follow_choice()

    # ---- making and checking

    @Slot()
    def _make(self) -> None:
        self._start("Making a backup", _Making(self._workspace.study), self._show_made)

    @Slot(object)
    def _show_made(self, made: Made) -> None:
        self._set_busy(busy=False)
        if made.problems:
            self.message.show_text(f"The backup was made and checked. {' '.join(made.problems)}", "due")
        else:
            self.message.show_text("The backup was made and checked.", "good")
        self._tell()

    @Slot()
    def _check(self) -> None:
        backup = self.table.chosen()
        if backup is not None:
            self._start("Checking the backup", _Checking(self._workspace.study, backup), self._checked)

    @Slot(object)
    def _checked(self, backup: Backup) -> None:
        self._set_busy(busy=False)
        self.message.show_text(f"The backup of {self._when(backup)} is whole.", "good")

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self._set_busy(busy=False)
        self.message.show_text(str(refused))
        self.refresh(None)

    # ---- restoring

    @Slot()
    def _ask_restore(self) -> None:
        self._asked = self.table.chosen()
        if self._asked is not None:
            loss = self._workspace.study.restoring.loss(self._asked).words(self._workspace.desk)
            former = former_words(self._asked, self._workspace.desk)
            dialog = RestoreDialog(self._when(self._asked), loss, former, self.window())
            dialog.answered.connect(self._restore)
            dialog.show()

    @Slot(str, str)
    def _restore(self, login: str, password: str) -> None:
        if self._asked is not None:
            work = _Restoring(self._workspace.study, self._asked, login, password)
            self._start("Restoring the backup", work, self._restored)

    @Slot(object)
    def _restored(self, place: Path) -> None:
        self._set_busy(busy=False)
        self.message.show_text(f"Restored as {place}. Open it from the start page to look at it.", "good")
        self._tell()

    def _tell(self) -> None:
        self._workspace.changed(Changes(None, frozenset({BACKUP})))
        self.made.emit()

    # ---- the second folder

    @Slot()
    def _choose_second(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Second folder for backups")
        if chosen:
            self.use_second(Path(chosen))

    @Slot()
    def _drop_second(self) -> None:
        self.use_second(None)

    def use_second(self, place: Path | None) -> None:
        """Let copies go to that folder, or to none."""
        try:
            self._workspace.study.backups.set_second_folder(place)
        except TrialError as refused:
            self.message.show_text(str(refused))
            return
        self.message.hide()
        self._workspace.changed(Changes(None, frozenset({STUDY_FACT})))

    # ---- inside

    def _button(self, card: Card, name: str, words: str, slot: object, right: Right) -> Button:
        button = make_button(name, words, look="link")
        button.clicked.connect(slot)
        self._workspace.permit(right, button)
        card.corner.addWidget(button)
        return button

    def _start(self, title: str, work: Callable[[Progress], object], done: Callable[[Any], None]) -> None:
        self._set_busy(busy=True)
        job = self._workspace.jobs.start(title, work, done, self._refused)
        job.cancelled.connect(self._stopped)

    @Slot()
    def _stopped(self) -> None:
        """A backup may be whole already, and only its papers not made."""
        self._set_busy(busy=False)
        self.message.show_text("Stopped before the end. The list shows what there is.", "due")
        self._tell()

    def _set_busy(self, *, busy: bool) -> None:
        """One thing at a time: what it has to say must not be covered by the next."""
        self._busy = busy
        self.make.setEnabled(not busy)
        self.papers.new_password.setEnabled(not busy)
        self._follow_choice()

    @Slot()
    def _follow_choice(self) -> None:
        chosen = self.table.chosen()
        free = chosen is not None and not self._busy
        self.check.setEnabled(free and chosen.genuine)
        self.restore.setEnabled(free and (chosen.genuine or chosen.keys_until is not None))
        words = standing_words(chosen, self._workspace.desk) if chosen is not None else ""
        self.standing.setText(words)
        self.standing.setVisible(bool(words))

    def _when(self, backup: Backup) -> str:
        return write_moment(backup.manifest.created, self._workspace.desk)

    def _size(self, backup: Backup) -> str:
        return size_words(backup.manifest.size, self._workspace.desk)


class _Making:
    def __init__(self, study: Study) -> None:
        self._study = study

    def __call__(self, progress: Progress) -> Made:
        return self._study.backups.make(Why.REQUEST, progress)


class _Checking:
    def __init__(self, study: Study, backup: Backup) -> None:
        self._study, self._backup = study, backup

    def __call__(self, progress: Progress) -> Backup:
        self._study.backups.check(self._backup, progress)
        return self._backup


class _Restoring:
    def __init__(self, study: Study, backup: Backup, login: str, password: str) -> None:
        self._study, self._backup = study, backup
        self._login, self._password = login, password

    def __call__(self, progress: Progress) -> Path:
        restoring = self._study.restoring
        if self._backup.genuine:
            return restoring.beside(self._backup, progress=progress)
        return restoring.former(self._backup, self._login, self._password, progress=progress)


def _age(backup: Backup) -> datetime:
    return backup.manifest.created


def _by(backup: Backup) -> str:
    return backup.manifest.by


def _size(backup: Backup) -> int:
    return backup.manifest.size


def _rows(backup: Backup) -> str:
    return str(backup.manifest.head.rows)


def _head(backup: Backup) -> str:
    return backup.manifest.head.short
