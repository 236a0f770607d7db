"""Print the clinic day: a visit summary of each patient expected on a day, into a folder."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from gui.jobs import Job, Progress
from gui.text import label, named
from gui.widgets.banner import Banner
from gui.widgets.editors.date_editor import DateEditor
from gui.widgets.header import make_button
from gui.workspace import Workspace
from models.chart.lines import visit_on
from models.domain.errors import TrialError
from models.domain.partial_dates import PartialDate
from models.reports.batch import Paper, clinic


@dataclass(frozen=True, slots=True)
class Expected:
    """One patient of the day."""

    id: int
    label: str
    visit: str


class ClinicDialog(QDialog):
    """Choose the day, leave out whom you like, choose the folder. The work goes on beside the window."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        """Read who is expected today."""
        super().__init__(parent)
        named(self, "clinic_dialog", "Print the clinic day")
        self.setWindowTitle("Print the clinic day")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._workspace = workspace
        self._job: Job | None = None
        self._reading: Job | None = None
        self._into = Path()  # where the files being made go, whatever is typed meanwhile
        today = workspace.study.today
        self.day = DateEditor(workspace.desk, workspace.study.clock)
        self.day.name_parts("clinic_day", "Day of the clinic")
        self.day.set_value(PartialDate.from_date(today))
        self.patients = named(QListWidget(), "clinic_patients", "Patients expected")
        self.folder = named(QLineEdit(str(Path.home())), "clinic_folder", "Folder for the PDF files")
        choose = make_button("clinic_choose", "&Choose…")
        self.message = Banner("clinicMessage")
        self.progress = named(QProgressBar(), "clinic_progress", "Summaries made")
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.count = label("", "muted")
        self.stop = make_button("clinic_close", "Close", tip="Esc")
        self.make = make_button("clinic_make", "&Make the PDF files", look="primary")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(20, 14, 20, 14)
        lines.setSpacing(8)
        lines.addWidget(label("Print the clinic day", "title"))
        for words, widget in (("&Day", self.day), ("&Patients expected", self.patients), ("&Folder", self.folder)):
            caption = label(words, "muted")
            caption.setBuddy(widget)
            lines.addWidget(caption)
            if widget is self.folder:
                row = QHBoxLayout()
                row.addWidget(self.folder, 1)
                row.addWidget(choose)
                lines.addLayout(row)
            else:
                lines.addWidget(widget)
        lines.addWidget(self.message)
        foot = QHBoxLayout()
        foot.addWidget(self.count)
        foot.addWidget(self.progress)
        foot.addStretch(1)
        foot.addWidget(self.stop)
        foot.addWidget(self.make)
        lines.addLayout(foot)
        room = self.screen().availableGeometry()
        self.resize(min(560, room.width()), min(520, room.height() - 40))
        self.day.edited.connect(self.read)
        choose.clicked.connect(self._choose_folder)
        self.stop.clicked.connect(self.close)
        self.make.clicked.connect(self.start)
        self.patients.itemChanged.connect(self._follow)
        self.read()

    @property
    def chosen(self) -> tuple[int, ...]:
        """The ids of the patients that are ticked."""
        items = (self.patients.item(place) for place in range(self.patients.count()))
        return tuple(
            int(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked
        )

    @Slot()
    def read(self) -> None:
        """Find out who is expected on the day typed."""
        day = self._day()
        if self._reading:
            self._reading.cancel()
        self.patients.clear()
        self._follow()
        if day is None:
            self._say("Type the day of the clinic.", "due")
            return
        self._reading = self._workspace.jobs.start(
            "Finding the patients of the day", self._expected(day), self._show, self._not_read
        )
        self._reading.finished.connect(self._read_ended)

    @Slot()
    def start(self) -> None:
        """Make the files."""
        if not self.folder.text().strip():
            self._say("Choose the folder for the PDF files.", "due")
            return
        self._into = folder = Path(os.path.expanduser(self.folder.text().strip()))
        self.progress.setRange(0, len(self.chosen))
        self.progress.setValue(0)
        self.progress.show()
        self.message.hide()
        self.make.setEnabled(False)
        self.stop.setText("Cancel")
        job = self._workspace.jobs.start(
            "Making visit summaries", self._summaries(self.chosen, folder), self._made, self._refused
        )
        job.progressed.connect(self._progress)
        job.cancelled.connect(self._cancelled)
        self._job = job

    def _day(self) -> date | None:
        """The day typed, once it is whole."""
        value = self.day.value()
        return value.full if isinstance(value, PartialDate) else None

    def closeEvent(self, event: QCloseEvent) -> None:
        """While files are being made, closing stops the work first."""
        if self._job:
            self._job.cancel()
            event.ignore()
        else:
            super().closeEvent(event)

    def reject(self) -> None:
        """Escape closes as the button does."""
        self.close()

    # ---- on the worker thread

    def _expected(self, day: date) -> "_Reading":
        return _Reading(self._workspace, day)

    def _summaries(self, ids: Sequence[int], folder: Path) -> "_Making":
        return _Making(self._workspace, ids, folder)

    # ---- what comes back

    @Slot(object)
    def _show(self, found: tuple[date, Sequence[Expected]]) -> None:
        day, expected = found
        if day != self._day():
            return  # another day was typed while this one was read
        self.patients.clear()
        for each in expected:
            item = QListWidgetItem(f"{each.label}   {each.visit}")
            item.setData(Qt.ItemDataRole.UserRole, each.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked)
            self.patients.addItem(item)
        if expected:
            self.message.hide()
        else:
            self._say("Nobody is expected on that day: no window is open, and no visit took place.", "neutral")
        self._follow()

    @Slot(object)
    def _not_read(self, refused: TrialError) -> None:
        self._say(str(refused), "urgent")

    @Slot(object)
    def _read_ended(self, job: Job) -> None:
        if job is self._reading:
            self._reading = None

    @Slot(int, int)
    def _progress(self, done: int, _total: int) -> None:
        self.progress.setValue(done)

    @Slot(object)
    def _made(self, papers: Sequence[Paper]) -> None:
        self._finish(f"{_files(len(papers))} made in {self._into}", "good")

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        self._finish(f"Not finished. {refused}", "urgent")

    @Slot()
    def _cancelled(self) -> None:
        self._finish("Stopped. The files made so far are complete and stay in the folder.", "due")

    def _finish(self, sentence: str, tone: str) -> None:
        self._job = None
        self.progress.hide()
        self.stop.setText("Close")
        self._say(sentence, tone)
        self._follow()

    def _say(self, sentence: str, tone: str) -> None:
        self.message.show_text(sentence, tone)

    @Slot()
    def _follow(self) -> None:
        number = len(self.chosen)
        self.count.setText(f"{number} of {self.patients.count()} chosen" if self.patients.count() else "")
        self.make.setEnabled(bool(number) and self._job is None)

    @Slot()
    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, "Folder for the PDF files", self.folder.text())
        if name:
            self.folder.setText(name)


class _Reading:
    """The work of finding the patients of a day."""

    def __init__(self, workspace: Workspace, day: date) -> None:
        self._study, self._day = workspace.study, day

    def __call__(self, progress: Progress) -> tuple[date, tuple[Expected, ...]]:
        found: list[Expected] = []
        for chart in self._study.charts(self._study.expected_on(self._day)):
            if not progress(len(found), 0):
                break
            here = visit_on(chart, self._day)
            found.append(Expected(chart.patient.id, chart.label, here.label if here else ""))
        return self._day, tuple(sorted(found, key=_label))


class _Making:
    """The work of making the files. What it needs of the window is read before it starts."""

    def __init__(self, workspace: Workspace, ids: Sequence[int], folder: Path) -> None:
        self._study, self._desk = workspace.study, workspace.desk
        self._ids, self._folder = tuple(ids), folder

    def __call__(self, progress: Progress) -> list[Paper]:
        trail = self._study.trail
        return clinic(
            self._study.charts(self._ids, laboratory=True),
            self._folder,
            self._study.printing(self._desk),
            total=len(self._ids),
            changed=trail.changed,
            signatures=self._study.signing.lines,
            progress=progress,
            written_one=self._note,
        )

    def _note(self, paper: Paper) -> None:
        self._study.trail.note("visit summary saved", paper.printed._asdict(), paper.patient)


def _label(expected: Expected) -> str:
    return expected.label


def _files(number: int) -> str:
    return "1 PDF file" if number == 1 else f"{number} PDF files"
