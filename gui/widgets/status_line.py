"""The line at the bottom of the window: which study, whether all is saved, what goes on, who works here until when."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from gui.jobs import Jobs
from gui.text import ElidedLabel, label, named, plain_tip
from gui.widgets.busy import BusyBar
from gui.widgets.header import make_button
from gui.widgets.pill import Pill
from gui.workspace import Workspace
from models.domain.date_notation import write_date
from models.domain.partial_dates import PartialDate

_SECONDS = 6
_SYNTHETIC, _SYNTHETIC_IN_SHORT = "Demo study: made-up patients", "Demo study"
_ROOMY = 185
"""Letters of room from which on everything is said in full."""
_WITH_COUNTDOWN = 125
"""Letters of room from which on it is always said when the window locks; with less the names come first."""
_NEAR = 2
"""Minutes before the window locks from which on that is said in any case."""


class StatusLine(QFrame):
    """Reads the study when told to; says a passing sentence for a few seconds. `lock_asked` is the button's."""

    lock_asked = Signal()

    def __init__(self, workspace: Workspace, jobs: Jobs, parent: QWidget | None = None) -> None:
        """Show the study of that workspace."""
        super().__init__(parent)
        named(self, "statusLine", "State of the study")
        self._workspace = workspace
        study = workspace.study
        line = QHBoxLayout(self)
        line.setContentsMargins(12, 3, 12, 3)
        line.setSpacing(14)
        self._study = ElidedLabel()
        self._synthetic = Pill(tone="due")
        self._state = ElidedLabel()
        self._state.setMinimumWidth(self.fontMetrics().horizontalAdvance("Everything saved"))
        self._busy = BusyBar(jobs)
        self._backup = named(ElidedLabel(), "statusBackup", "Last backup")
        self._person = named(ElidedLabel(), "statusPerson", "Person at this desk")
        self._until = named(label(role="muted"), "statusLocksIn", "When the window locks by itself")
        self._lock = make_button("statusLock", "Lock", look="link", tip="Hide everything until somebody signs in")
        self._lock.setAccessibleName("Lock now")
        self._lock.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the cursor where it is, to go on there
        self._lock.clicked.connect(self.lock_asked)
        line.addWidget(self._study)
        line.addWidget(self._synthetic)
        line.addWidget(self._state, 1)
        line.addWidget(self._busy)
        line.addWidget(self._backup)
        for widget in (self._person, self._until, self._lock):
            line.addWidget(widget)
        self._minutes, self._with_countdown = _NEAR, False
        self._synthetic.setVisible(study.info.synthetic)
        self._introduce(roomy=False)
        self._passing = QTimer(self)
        self._passing.setSingleShot(True)
        self._passing.setInterval(_SECONDS * 1000)
        self._passing.timeout.connect(self.read)
        self._saved_at = ""
        self.setFixedHeight(self.sizeHint().height())
        self.read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say in short where there is little room which site this is, who works here, and that nobody is real."""
        super().resizeEvent(event)
        room = event.size().width() / self.fontMetrics().averageCharWidth()
        self._with_countdown = room >= _WITH_COUNTDOWN
        self._show_countdown()
        if (room >= _ROOMY) != self._roomy:
            self._introduce(roomy=room >= _ROOMY)

    def _introduce(self, *, roomy: bool) -> None:
        self._roomy = roomy
        study, user = self._workspace.study, self._workspace.user
        site = f"{study.protocol.id} · site {study.info.site_code}"
        self._study.setText(f"{site} {study.info.site_name}".rstrip() if roomy else site)
        self._person.setText(f"{user.name} ({user.role_words.lower()})" if roomy else user.name)
        self._synthetic.setText(_SYNTHETIC if roomy else _SYNTHETIC_IN_SHORT)
        self._synthetic.setToolTip("" if roomy else plain_tip(_SYNTHETIC))

    @property
    def text(self) -> str:
        """What it says about saving, or the passing sentence."""
        return self._state.text()

    @property
    def person(self) -> str:
        """Who works here, and how long the window stays open."""
        return f"{self._person.text()} · {self._until.text()}"

    def say(self, text: str) -> None:
        """Show a sentence for a few seconds."""
        self._state.setText(text)
        self._passing.start()

    @property
    def backup(self) -> str:
        """What it says about the last backup."""
        return self._backup.text()

    @Slot(object)
    def show_backup(self, made: datetime | None) -> None:
        """Say when the last backup was made: the time of one of today, else the day."""
        words = "no backup yet"
        if made is not None:
            now, desk = self._workspace.study.clock.now(), self._workspace.desk
            here = made.astimezone(now.tzinfo)
            today = here.date() == now.date()
            when = f"{here:%H:%M}" if today else write_date(PartialDate.from_date(here.date()), desk)
            words = f"last backup {when}"
        self._backup.setText(words)
        self._backup.setMinimumWidth(self._backup.sizeHint().width())  # where something is cut, it is a name

    def saved(self) -> None:
        """A command was saved just now."""
        self._saved_at = f"{self._workspace.study.clock.now():%H:%M}"
        if not self._passing.isActive():
            self.read()

    @Slot(int)
    def count_down(self, seconds: int) -> None:
        """Say how long the window stays open if nobody touches it."""
        self._minutes = -(-seconds // 60)
        when = f"in {self._minutes} min" if self._minutes > 1 else "in less than 1 min"
        self._until.setText(f"locks {when}")
        self._show_countdown()

    def _show_countdown(self) -> None:
        self._until.setVisible(self._with_countdown or self._minutes <= _NEAR)

    @Slot()
    def read(self) -> None:
        """Say how things stand: saved, or how many unfinished forms are kept as drafts."""
        drafts = len(self._workspace.study.drafts())
        if drafts:
            forms = "1 form is" if drafts == 1 else f"{drafts} forms are"
            self._state.setText(f"{forms} not finished, kept as draft")
        else:
            self._state.setText(f"Saved at {self._saved_at}" if self._saved_at else "Everything saved")
