"""The application: one QApplication, one window, at most one open study; how it starts, changes study and ends."""

import os
import sys
import tempfile
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from gui import theme
from gui.crash import Crashes, show_sentence
from gui.jobs import Jobs, Progress
from gui.main_window import MainWindow
from gui.page_table import PAGES
from gui.reasons import ask_reason
from gui.settings import Settings, SettingsFile, config_folder
from gui.study_view import StudyView
from gui.workspace import Target
from models.domain.clock import Clock, SystemClock
from models.domain.errors import TrialError
from models.study import Study

if TYPE_CHECKING:
    from gui.pages.start.page import StartPage

_SECONDS_TO_STOP = 20
"""How long ending waits for work that was told to stop."""

_FIRST_SIZE = (1366, 768)


def start(argv: list[str]) -> "Application":
    """Make the QApplication, open the window and show it. `argv` may name a study file to open."""
    QApplication([sys.argv[0], "-style", theme.STYLE])
    application = build(Path(argv[0]) if argv else None, remember=True)
    crashes = Crashes(config_folder() / "faults.log", application)
    crashes.install()
    application.jobs.unanswered.connect(crashes.show)
    application.show()
    return application


def build(
    study_path: Path | None = None,
    *,
    clock: Clock | None = None,
    settings: SettingsFile | None = None,
    remember: bool = False,
) -> "Application":
    """Make everything around the one QApplication. `remember` opens the study of the last time where none is named."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setApplicationName("AlbaTrack")
    app.setApplicationDisplayName("AlbaTrack")
    theme.use_font(app)
    application = Application(app, clock or SystemClock(), settings or SettingsFile.of_desk())
    last = application.settings.current.last_study
    path = study_path or (Path(last) if remember and last else None)
    if path is None or not application.open_path(path):
        application.window.show_start()
    return application


class Application(QObject):
    """What lives as long as the window. Its methods are the actions that no page has."""

    def __init__(self, app: QApplication, clock: Clock, settings: SettingsFile) -> None:
        """Dress the application and make the window, with nothing in it yet."""
        super().__init__()
        self.clock = clock
        self.settings = settings
        self.jobs = Jobs(self)
        self._app = app
        theme.apply(app, settings.current.theme)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self.window = MainWindow(self)
        self.window.closed.connect(self._closed)

    @cached_property
    def start(self) -> "StartPage":
        """The start page."""
        from gui.pages.start.page import StartPage

        page = StartPage(self.settings, self.jobs)
        page.open_asked.connect(self.open_study)
        page.new_asked.connect(self.new_study)
        page.demo_asked.connect(self.explore_demo)
        page.recent_asked.connect(self._open_recent)
        return page

    @property
    def study(self) -> Study | None:
        """The open study."""
        return self.window.view.workspace.study if self.window.view else None

    def show(self) -> None:
        """Show the window where it was the last time."""
        geometry = self.settings.current.geometry
        if not geometry or not self.window.restoreGeometry(QByteArray.fromBase64(geometry.encode())):
            screen = self.window.screen().availableGeometry()
            self.window.resize(min(_FIRST_SIZE[0], screen.width()), min(_FIRST_SIZE[1], screen.height()))
        self.window.show()

    # ---- opening and making studies

    def open_path(self, path: Path) -> bool:
        """Open a study in the place of the one that is open. A refusal is said on the start page, in place."""
        if not self.close_study():
            return False
        try:
            study = Study.open(path, clock=self.clock)
        except TrialError as refusal:
            self.start.show_problem(str(refusal), str(path))
            return False
        if not study.info.synthetic and not self._has_person():
            study.close()
            return False
        self._adopt(study)
        return True

    def _adopt(self, study: Study) -> None:
        self.settings.keep(self.settings.current.with_study(study.path))
        view = StudyView(study, self.jobs, self.settings, ask_reason)
        view.notifier.settings_changed.connect(self._settings_changed)
        self.window.show_study(view)
        view.show_target(Target(PAGES[0].name))

    def _has_person(self) -> bool:
        """Whether this desk has a name for the record; asks for it if not."""
        if self.settings.current.actor:
            return True
        from gui.pages.start.person import PersonDialog

        dialog = PersonDialog(self.window)
        if dialog.exec():
            self.settings.change(actor=dialog.name)
        dialog.deleteLater()
        return bool(self.settings.current.actor)

    @Slot()
    def open_study(self) -> None:
        """Ask for a study file and open it."""
        from PySide6.QtWidgets import QFileDialog

        last = self.settings.current.recent
        folder = str(Path(last[0]).parent) if last else ""
        path, _ = QFileDialog.getOpenFileName(
            self.window, "Open a study", folder, "AlbaTrack studies (*.albatrack);;All files (*)"
        )
        if path:
            self.open_path(Path(path))

    @Slot(str)
    def _open_recent(self, path: str) -> None:
        self.open_path(Path(path))

    @Slot()
    def new_study(self) -> None:
        """Ask for protocol and site, make the study, open it."""
        from gui.pages.start.new_study import NewStudyDialog

        if not self._has_person():
            return
        dialog = NewStudyDialog(self.window)
        accepted = bool(dialog.exec())
        answers = dialog.study
        dialog.deleteLater()
        if not accepted or answers is None or not self.close_study():
            return
        try:
            study = Study.create(
                answers.path,
                answers.protocol,
                answers.site_code,
                answers.site_name,
                clock=self.clock,
                by=self.settings.current.actor,
            )
        except TrialError as refusal:
            self.start.show_problem(str(refusal))
            return
        self._adopt(study)

    @Slot()
    def explore_demo(self) -> None:
        """Open the demo study of this desk; the first time it is made, which takes a while and can be cancelled."""
        path = self.demo_path()
        if path.exists():
            self.open_path(path)
            return
        if not self.close_study():
            return
        self.start.set_busy(busy=True)
        job = self.jobs.start("Making the demo study", self._make_demo, self._demo_made, self._demo_failed)
        job.cancelled.connect(self.start.read)

    def demo_path(self) -> Path:
        """Where the demo study of this desk is kept."""
        return self.settings.path.parent / "demo.albatrack"

    def _make_demo(self, progress: Progress) -> Path:
        """Make the demo beside its place and move it there when it is whole. Runs on a worker thread."""
        from models.demo.study import build as build_demo

        path = self.demo_path()
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=path.parent, prefix="demo-") as folder:
            half_made = Path(folder, path.name)
            if build_demo(half_made, clock=self.clock, progress=progress):
                os.replace(half_made, path)
        return path

    @Slot(object)
    def _demo_made(self, path: Path) -> None:
        self.open_path(path)

    @Slot(object)
    def _demo_failed(self, fault: Exception) -> None:
        self.start.show_problem(
            str(fault) if isinstance(fault, TrialError) else "The demo study could not be made. Is the disk full?"
        )
        if not isinstance(fault, TrialError):
            raise fault

    @Slot()
    def close_study(self) -> bool:
        """Close the study and show the start page; false where the page in view does not let go."""
        view = self.window.view
        if view is None:
            return True
        if not view.may_leave() or not self._jobs_ended():
            return False
        self.window.drop_study()
        view.workspace.study.close()
        self.settings.change(last_study="")
        return True

    # ---- settings that the whole application follows

    @Slot(object)
    def _settings_changed(self, settings: Settings) -> None:
        self._dress(settings.theme)

    @Slot()
    def _scheme_changed(self) -> None:
        self._dress(self.settings.current.theme)

    def _dress(self, wanted: str) -> None:
        """The theme first, then the pages: what they draw takes its colours from it."""
        theme.apply(self._app, wanted)
        self.window.read_again()

    def about(self) -> None:
        """Say what this is."""
        show_sentence(
            self.window,
            "AlbaTrack follows the patients of one site of a leukaemia trial, from consent to last contact.",
            "It records and reckons; it does not decide about treatment. "
            "Doses and windows come from the study's protocol file.",
        )

    # ---- staying and ending

    def stay(self) -> int:
        """Let the person work until the window is closed; returns the exit status."""
        return self._app.exec()

    @Slot()
    def quit(self) -> None:
        """Close the window, which ends the program."""
        self.window.close()

    def may_quit(self) -> bool:
        """Let the page in view keep its drafts, then end long work; false stays."""
        view = self.window.view
        return (view is None or view.may_leave()) and self._jobs_ended()

    def _jobs_ended(self) -> bool:
        running = self.jobs.running
        if not running:
            return True
        from PySide6.QtWidgets import QMessageBox

        box = QMessageBox(
            QMessageBox.Icon.Question,
            "AlbaTrack",
            f"{running[0].title} is still going on.",
            QMessageBox.StandardButton.NoButton,
            self.window,
        )
        box.setObjectName("stopWork")
        box.setInformativeText("Stopping it leaves nothing half done: it can be started again later.")
        stop = box.addButton("Stop it", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("Keep it going", QMessageBox.ButtonRole.RejectRole)
        self.jobs.idle.connect(box.accept)
        box.exec()
        stopped = box.clickedButton() is stop or not self.jobs.running
        box.deleteLater()
        if not stopped:
            return False
        self.jobs.cancel_all()
        return self.jobs.wait(_SECONDS_TO_STOP)

    @Slot()
    def _closed(self) -> None:
        self.settings.change(geometry=bytes(self.window.saveGeometry().toBase64().data()).decode())
        study = self.study
        if study:
            study.close()
        QTimer.singleShot(0, self._app.quit)
