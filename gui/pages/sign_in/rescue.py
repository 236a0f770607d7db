"""The page for a study that is damaged: what its backups can bring back, and what would be missing then."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from gui.text import label, named, set_property
from gui.widgets.banner import Banner
from gui.widgets.header import Button, make_button
from gui.widgets.middle import in_the_middle
from models.domain.date_notation import write_moment
from models.domain.notation import Desk
from models.study import Right
from models.study_types import Backup, Rescue

_COLUMN = 560
_BESIDE = "“Restore beside”: a study of its own is made from it in the same folder. The damaged one is not touched."
_ELSEWHERE = "The study is made from it in a folder that you choose. The backups are not touched."


class Wanted(NamedTuple):
    """The backup that was chosen, and whether it takes the place of the damaged study.

    Else a study of its own is made from it: at `target`, or beside the damaged one if that is None.
    """

    backup: Backup
    in_place: bool
    target: Path | None = None


class RescuePage(QWidget):
    """Shows the backups that a person's password opens. `chosen` carries a `Wanted`, `left` gives up."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        """Filled by `show_for`."""
        super().__init__()
        named(self, "rescuePage", "Restore a damaged study")
        self._rescue: Rescue | None = None
        self._desk = Desk.ENGLISH
        self.fault = Banner("rescueFault")
        self.failure = Banner("rescueMessage")
        self.backups = named(QComboBox(), "rescueBackup", "Backup")
        self.backups.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.backups.setMinimumContentsLength(24)
        self.loss = named(label(role="strong", wrap=True, selectable=True), "rescueLoss", "What is lost")
        self.standing = named(label("", "due", wrap=True), "rescueRight")
        self.progress = named(label("", "muted"), "rescueProgress")
        self.put_back = make_button("rescuePutBack", "Put back in place", look="primary")
        self.beside = make_button("rescueBeside", "Restore beside")
        self.back = make_button("rescueBack", "Back", look="link", tip="Back to the sign-in page")
        self._in_place_words = label(
            "“Put back in place”: the study goes on from this backup, at the same place. The damaged file is kept.",
            "muted",
            wrap=True,
        )
        self._title = label("", "title")
        self._beside_words = label("", "muted", wrap=True)
        self._lay_out()
        self.backups.currentIndexChanged.connect(self._tell_loss)
        self.put_back.clicked.connect(self._put_back_pressed)
        self.beside.clicked.connect(self._beside_pressed)
        self.back.clicked.connect(self.left)

    def _lay_out(self) -> None:
        caption = label("Back&up", "muted")
        caption.setBuddy(self.backups)
        choice = QHBoxLayout()
        choice.setSpacing(14)
        choice.addWidget(caption)
        choice.addWidget(self.backups, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.back)
        buttons.addWidget(self.progress)
        buttons.addStretch(1)
        buttons.addWidget(self.beside)
        buttons.addWidget(self.put_back)
        column = QVBoxLayout()
        column.setContentsMargins(0, 28, 0, 16)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addWidget(self.fault)
        column.addWidget(self.failure)
        column.addLayout(choice)
        column.addWidget(self.loss)
        column.addWidget(self._in_place_words)
        column.addWidget(self._beside_words)
        column.addWidget(self.standing)
        column.addLayout(buttons)
        column.addStretch(1)
        in_the_middle(self, column, _COLUMN)

    def show_for(self, rescue: Rescue, fault: str, desk: Desk) -> None:
        """Offer what a person may restore, the newest backup first; `fault` says what is wrong with the study."""
        self._rescue = rescue
        self.fault.show_text(fault)
        self.failure.hide()
        self._desk = desk
        self.backups.clear()
        for backup in rescue.backups:
            known = backup.manifest
            self.backups.addItem(f"{write_moment(known.created, desk)}, {known.why.words}")
        for widget in (self.put_back, self._in_place_words):
            widget.setVisible(rescue.in_place)
        self._title.setText("Restore a damaged study" if rescue.in_place else "Restore a study from its backups")
        self._beside_words.setText(_BESIDE if rescue.in_place else _ELSEWHERE)
        self.beside.setText("Restore beside" if rescue.in_place else "Restore…")
        set_property(self.beside, "look", "" if rescue.in_place else "primary")
        person = f"You are signed in as {rescue.user.name} ({rescue.user.role_words.lower()})."
        self.standing.setText("" if self._may else f"{person} Only an administrator restores a study: ask one to.")
        self.standing.setVisible(not self._may)
        self.set_busy(busy=False)

    def focus_first(self) -> None:
        """Put the cursor on what comes next."""
        self._first.setFocus()

    def forget(self) -> None:
        """Let go of the keys that opened the backups."""
        self._rescue = None
        self.backups.clear()
        self.loss.clear()

    @property
    def _backup(self) -> Backup | None:
        place = self.backups.currentIndex()
        return self._rescue.backups[place] if self._rescue is not None and place >= 0 else None

    @property
    def _may(self) -> bool:
        return self._rescue is not None and self._rescue.user.may(Right.RESTORE)

    @property
    def _first(self) -> Button:
        if not self._may:
            return self.back
        return self.put_back if self._rescue is not None and self._rescue.in_place else self.beside

    def set_busy(self, *, busy: bool) -> None:
        """While a backup is being restored, nothing can be chosen."""
        for button in (self.put_back, self.beside):
            button.setEnabled(self._may and not busy)
        for widget in (self.backups, self.back):
            widget.setEnabled(not busy)
        self.progress.setText("Restoring…" if busy else "")

    @Slot(int, int)
    def show_progress(self, done: int, total: int) -> None:
        """Say how far it is."""
        if total:
            self.progress.setText(f"Restoring… {100 * done // total} %")

    def refuse(self, sentence: str) -> None:
        """Say why it did not work; another backup may be chosen."""
        self.set_busy(busy=False)
        self.failure.show_text(sentence)
        self.focus_first()

    @Slot()
    def _tell_loss(self) -> None:
        backup = self._backup
        if self._rescue is not None and backup is not None:
            self.loss.setText(self._rescue.loss(backup).words(self._desk))

    @Slot()
    def _put_back_pressed(self) -> None:
        self._choose(in_place=True)

    @Slot()
    def _beside_pressed(self) -> None:
        if self._rescue is None or self._rescue.in_place:
            self._choose(in_place=False)
            return
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        folder = QFileDialog.getExistingDirectory(self, "Folder for the restored study", documents)
        if folder and self._rescue is not None:  # the page may have been left alone meanwhile
            self._choose(in_place=False, target=self._rescue.free_place(Path(folder)))

    def _choose(self, *, in_place: bool, target: Path | None = None) -> None:
        backup = self._backup
        if backup is not None:
            self.set_busy(busy=True)
            self.failure.hide()
            self.chosen.emit(Wanted(backup, in_place, target))
