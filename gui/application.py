"""The application: one QApplication, one window, at most one open study; how it starts, changes study and ends."""

import sys
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from gui import stopping, theme
from gui.crash import Crashes, show_sentence
from gui.door import Door, Place, can_be_rescued
from gui.idle import Idle, minutes_of
from gui.jobs import Jobs
from gui.locking import Locking, forget_traces
from gui.main_window import MainWindow
from gui.page_table import PAGES
from gui.reasons import ask_reason
from gui.settings import Settings, SettingsFile, config_folder
from gui.study_view import StudyView
from gui.workspace import Target
from models import VERSION
from models.domain.clock import Clock, SystemClock
from models.domain.errors import DamagedError, TrialError
from models.study import Study, is_synthetic

if TYPE_CHECKING:
    from gui.pages.start.page import StartPage

_FIRST_SIZE = (1366, 768)


def start(argv: list[str]) -> "Application":
    """Make the QApplication, open the window and show it. `argv` may name the folder of a study to open."""
    QApplication([sys.argv[0], "-style", theme.STYLE])
    application = build(Path(argv[0]) if argv else None, remember=True, back_up=True)
    crashes = Crashes(config_folder() / "faults.log", application)
    crashes.install()
    application.show()
    return application


def build(
    study_path: Path | None = None,
    *,
    clock: Clock | None = None,
    settings: SettingsFile | None = None,
    remember: bool = False,
    back_up: bool = False,
) -> "Application":
    """Make everything around the one QApplication, at the sign-in page of a study, or at the start page.

    `remember` asks for the study of the last time where none is named; `back_up` makes backups and looks through the
    study without being asked.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setApplicationName("AlbaTrack")
    app.setApplicationDisplayName("AlbaTrack")
    theme.use_font(app)
    application = Application(app, clock or SystemClock(), settings or SettingsFile.of_desk(), back_up=back_up)
    last = application.settings.current.last_study
    path = study_path or (Path(last) if remember and last else None)
    if path is None or not application.open_path(path):
        application.show_start()
    return application


class Application(QObject):
    """What lives as long as the window. Its methods are the actions that no page has."""

    def __init__(self, app: QApplication, clock: Clock, settings: SettingsFile, *, back_up: bool = False) -> None:
        """Dress the application and make the window, with nothing in it yet."""
        super().__init__()
        self._backs_up = back_up
        self.clock = clock
        self.settings = settings
        self.jobs = Jobs(self)
        self._app = app
        self._idle: Idle | None = None
        theme.apply(app, settings.current.theme)
        app.styleHints().colorSchemeChanged.connect(self._scheme_changed)
        self.window = MainWindow(self)
        self.window.closed.connect(self._closed)
        self.door = Door(self.window, self.jobs, settings, clock, self)
        self.door.admitted.connect(self._adopt)
        self.door.left.connect(self.show_start)
        self._locking = Locking(self.window, self.jobs, self)
        self._locking.done.connect(self.door.ready)

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

    @Slot()
    def show_start(self) -> None:
        """Show the start page as it stands now."""
        self.door.close()
        self.start.banner.hide()
        self.start.read()
        self.window.show_page(self.start)

    # ---- opening and making studies

    def open_path(self, path: Path) -> bool:
        """Ask who wants to open that study, in the place of the one that is open.

        False where the open one does not let go, or where there is no study: that is said on the start page, in place.
        """
        if not self.close_study():
            return False
        try:
            synthetic = is_synthetic(path)
        except TrialError as refusal:
            if isinstance(refusal, DamagedError) and can_be_rescued(path):
                self.door.ask(path, synthetic=False)
                self.door.page.refuse(f"{refusal} Sign in: the password opens its backups.")
                return True
            self.show_start()
            self.start.show_problem(str(refusal), str(path))
            return False
        self.door.ask(path, synthetic=synthetic)
        return True

    def admit(self, study: Study) -> None:
        """Show a study to the person who has signed in to it."""
        self.door.admit(study)

    @Slot(object)
    def _adopt(self, study: Study) -> None:
        self.settings.keep(self.settings.current.with_study(study.path))
        try:
            view = StudyView(study, self.jobs, self.settings, ask_reason, self.window.stack)
        except DamagedError as damage:
            study.close()
            self.door.rescue(damage)
            return
        except BaseException:
            study.close()  # else nobody could open it again before the program ends
            raise
        view.notifier.settings_changed.connect(self._settings_changed)
        self.window.show_study(view)
        # First: a fault in the page must not leave the study open with no lock and no backups.
        self._begin_counting(view)
        self._begin_backups(view)
        try:
            place = self.door.place_of(study)
            view.show_target(place.target if place else Target(PAGES[0].name))
            if place:
                view.go_on_at(place.field)
        except DamagedError as damage:
            self._stop_counting()
            self.door.rescue(damage)
            self.window.take_study()
            view.end()
            study.close()

    def _begin_counting(self, view: StudyView) -> None:
        self._idle = Idle(minutes_of(view.workspace.study), self.clock, self)
        self._idle.expired.connect(self.lock)
        self._idle.lock_pressed.connect(self.lock)
        self._idle.ticked.connect(view.status.count_down)
        view.status.lock_asked.connect(self.lock)
        self._idle.look()

    def _begin_backups(self, view: StudyView) -> None:
        """Say when the last backup was made. Where the program works by itself, do what waited for the first page."""
        from gui.backing_up import BackingUp
        from gui.looking_longer import LookingLonger
        from gui.warming import Warming

        backing_up = BackingUp(view.workspace.study, self.jobs, view, by_itself=self._backs_up)
        backing_up.newest.connect(view.status.show_backup)
        backing_up.failed.connect(view.say_problem)
        view.notifier.changed.connect(backing_up.tell_after)
        view.notifier.settings_changed.connect(backing_up.tell)  # dates may be written in another way from now on
        if self._backs_up:
            LookingLonger(view.workspace.study, self.jobs, view).found.connect(view.say_found)
            Warming(self.jobs, view)

    @Slot()
    def open_study(self) -> None:
        """Ask for the folder of a study and open it."""
        from PySide6.QtWidgets import QFileDialog

        last = self.settings.current.recent
        folder = str(Path(last[0]).parent) if last else ""
        path = QFileDialog.getExistingDirectory(self.window, "Open a study: choose its folder", folder)
        if path:
            self.open_path(Path(path))

    @Slot(str)
    def _open_recent(self, path: str) -> None:
        self.open_path(Path(path))

    @Slot()
    def new_study(self) -> None:
        """Go through the steps to a new study, then ask its maker to sign in."""
        from gui.pages.start.new_study import NewStudyDialog

        if not self.close_study():
            return
        self.show_start()
        dialog = NewStudyDialog(self.jobs, self.clock, self.settings.current.desk, self.window)
        accepted = bool(dialog.exec())
        made, login = dialog.study, dialog.login
        dialog.deleteLater()
        if accepted and made is not None:
            self.settings.keep(self.settings.current.with_study(made.path))
            self.door.ask(made.path, synthetic=False, login=login)

    @Slot()
    def explore_demo(self) -> None:
        """Open the demo study of this desk; the first time it is made, which takes a while and can be cancelled."""
        path = self.demo_path()
        if path.exists():
            self.open_path(path)
            return
        if not self.close_study():
            return
        from gui.demo_study import Making

        self.show_start()
        self.start.set_busy(busy=True)
        job = self.jobs.start("Making the demo study", Making(path, self.clock), self._demo_made, self._demo_failed)
        job.cancelled.connect(self.start.read)

    def demo_path(self) -> Path:
        """Where the demo study of this desk is kept."""
        return self.settings.path.parent / "demo.albatrack"

    @Slot(object)
    def _demo_made(self, path: Path) -> None:
        """Open it, unless the person has gone on to another study meanwhile."""
        if self.start.isVisible():
            self.open_path(path)

    @Slot(object)
    def _demo_failed(self, refused: TrialError) -> None:
        self.start.show_problem(str(refused))

    # ---- leaving a study

    @Slot()
    def close_study(self) -> bool:
        """Sign out and show the start page; false where the page in view does not let go."""
        view = self.window.view
        if view is None:
            return True
        if not self.may_quit():
            return False
        self._stop_counting()
        self.show_start()
        self.window.take_study()
        view.end()
        view.workspace.study.close()
        forget_traces()
        self.settings.change(last_study="")
        return True

    @Slot()
    def lock(self) -> None:
        """Hide everything and ask for the password of the person who works here; she goes on where she was."""
        if self.study is not None:
            self._leave_desk(self.study.user.login)

    @Slot()
    def switch_user(self) -> None:
        """The same, for another person."""
        self._leave_desk("")

    def _leave_desk(self, login: str) -> None:
        view = self.window.view
        if view is None or self._idle is None:  # it is being locked already
            return
        self._stop_counting()
        study = view.workspace.study
        place = Place(study.path, study.user.login, view.place, view.field)
        self.door.ask(study.path, synthetic=study.info.synthetic, login=login, place=place)
        self.door.page.set_busy(busy=True)  # until the study has been let go it cannot be opened again
        self._locking.begin(self.door.page)

    def _stop_counting(self) -> None:
        if self._idle is not None:
            self._idle.deleteLater()
            self._idle = None

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
        """Say what this is, and which version of it."""
        show_sentence(
            self.window,
            f"AlbaTrack {VERSION} follows the patients of one site of a leukaemia trial, from consent to last contact.",
            "It records and reckons; it does not decide about treatment. "
            "Doses and windows come from the study's protocol file.",
            warns=False,
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
        """Let the page in view keep its drafts, end long work, make the backup; false stays.

        So it does where the window was locked meanwhile, by the person who was to answer or because nobody did.
        """
        view = self.window.view
        if (view is not None and not view.may_leave()) or not stopping.ended(self.jobs, self.window):
            return False
        if view is not None and self.window.view is view:
            self._back_up_on_closing(view.workspace.study)
        return self.window.view is view

    def _back_up_on_closing(self, study: Study) -> None:
        if self._backs_up:
            from gui.backing_up import ClosingBackup

            ClosingBackup(study, self.jobs, self.window).make()

    @Slot()
    def _closed(self) -> None:
        self.settings.change(geometry=bytes(self.window.saveGeometry().toBase64().data()).decode())
        self._stop_counting()
        self.door.close()
        self._locking.end()
        if view := self.window.take_study():
            view.end()
            view.workspace.study.close()
        forget_traces()
        QTimer.singleShot(0, self._app.quit)
