"""The page shown while no study is open: open one, make one, or look around in a made-up one."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from gui.jobs import Jobs
from gui.settings import SettingsFile
from gui.text import ElidedLabel, label, named
from gui.widgets.banner import Banner
from gui.widgets.busy import BusyBar
from gui.widgets.card import Card
from gui.widgets.choice import Choice
from gui.widgets.header import make_button
from gui.widgets.middle import in_the_middle

_COLUMN = 620


class StartPage(QWidget):
    """Three choices and the studies opened last. What goes wrong is said here, in place.

    `open_asked`, `new_asked` and `demo_asked` are the choices; `recent_asked` carries a path out of the list.
    """

    open_asked = Signal()
    new_asked = Signal()
    demo_asked = Signal()
    recent_asked = Signal(str)

    def __init__(self, settings: SettingsFile, jobs: Jobs) -> None:
        """Show the recent studies of this desk."""
        super().__init__()
        named(self, "startPage", "Start")
        self._settings = settings
        self._troubled = ""
        column = QVBoxLayout()
        column.setContentsMargins(0, 28, 0, 16)
        column.setSpacing(10)
        column.addWidget(label("AlbaTrack", "title"))
        column.addWidget(
            label(
                "One site of a leukaemia trial: patients, molecular response, adverse events, visit summaries.",
                "muted",
                wrap=True,
            )
        )
        column.addSpacing(8)
        self.banner = Banner("startMessage")
        self.banner.pressed.connect(self._forget)
        column.addWidget(self.banner)
        self.open_choice = Choice(
            "startOpen", "open", "Open a study", "A study's folder on this computer or on the shared drive."
        )
        self.new_choice = Choice(
            "startNew", "new", "New study", "Choose the protocol, name the site, and start with an empty patient list."
        )
        self.demo_choice = Choice(
            "startDemo",
            "demo",
            "Explore the demo",
            "A made-up site with 63 synthetic patients, to look around and practise. None is real.",
        )
        for choice, asked in (
            (self.open_choice, self.open_asked),
            (self.new_choice, self.new_asked),
            (self.demo_choice, self.demo_asked),
        ):
            choice.clicked.connect(asked)
            column.addWidget(choice)
        self._busy = BusyBar(jobs)
        column.addWidget(self._busy, 0, Qt.AlignmentFlag.AlignLeft)
        self._recent = Card("Opened last")
        column.addWidget(self._recent)
        column.addStretch(1)
        in_the_middle(self, column, _COLUMN)
        self.read()

    def read(self) -> None:
        """Show the studies opened last, and let the choices be made again."""
        while self._recent.body.count():
            item = self._recent.body.takeAt(0)
            old = item.widget() if item else None
            if old:
                old.setParent(None)
                old.deleteLater()
        for place, path in enumerate(self._settings.current.recent):
            self._recent.body.addWidget(self._recent_line(place, Path(path)))
        self._recent.setVisible(bool(self._settings.current.recent))
        self.set_busy(busy=False)

    def _recent_line(self, place: int, path: Path) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        button = make_button(f"recent_{place}", path.stem, look="link", tip=str(path))
        button.setProperty("path", str(path))
        button.setAccessibleDescription(str(path))
        button.clicked.connect(self._recent_clicked)
        line.addWidget(button)
        line.addWidget(ElidedLabel(str(path.parent), "muted"), 1)
        return row

    def set_busy(self, *, busy: bool) -> None:
        """While a study is being made, nothing else can be chosen."""
        for choice in (self.open_choice, self.new_choice, self.demo_choice, self._recent):
            choice.setEnabled(not busy)
        if busy:
            self.banner.hide()

    def show_problem(self, sentence: str, path: str = "") -> None:
        """Say why a study could not be opened; one out of the list can be taken off it."""
        self._troubled = path if path in self._settings.current.recent else ""
        self.banner.show_text(sentence, "urgent", "Take it off the list" if self._troubled else "")
        self.set_busy(busy=False)

    @Slot()
    def _forget(self) -> None:
        self._settings.keep(self._settings.current.without_study(self._troubled))
        self.banner.hide()
        self.read()
        self.open_choice.setFocus()

    @Slot()
    def _recent_clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, QPushButton)
        self.recent_asked.emit(str(button.property("path")))
