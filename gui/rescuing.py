"""The way back from a damaged study: its backups are unlocked, one is restored, and the study is opened again."""

from functools import cached_property
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from gui.jobs import Job, Jobs, Progress
from gui.main_window import MainWindow
from gui.pages.sign_in.page import Credentials
from gui.pages.sign_in.rescue import RescuePage, Wanted
from gui.settings import SettingsFile
from models.domain.clock import Clock
from models.domain.errors import TrialError
from models.study_types import Rescue


class Rescuing(QObject):
    """Restores for a person who could not sign in because the study is damaged, or whose recovery key did not help.

    `restored` carries the path of the study that stands now and the person's `Credentials`, whose user name is empty
    where the password is the recovery key. `left` carries a sentence
    to say on the sign-in page: "" where the person gave up, else why no backup could be unlocked.
    """

    restored = Signal(object, object)
    left = Signal(str)

    def __init__(self, window: MainWindow, jobs: Jobs, settings: SettingsFile, clock: Clock, parent: QObject) -> None:
        """Nothing is unlocked before `begin`."""
        super().__init__(parent)
        self._window = window
        self._jobs = jobs
        self._settings = settings
        self._clock = clock
        self._path = Path()
        self._credentials = Credentials("", "")
        self._fault = ""
        self._rescue: Rescue | None = None
        self._job: Job | None = None

    @cached_property
    def page(self) -> RescuePage:
        """The page that offers the backups."""
        page = RescuePage()
        page.chosen.connect(self._restore)
        page.left.connect(self._leave)
        return page

    def begin(self, path: Path, credentials: Credentials, fault: str) -> None:
        """Unlock the backups of the study at `path`, which does not open: `fault` says why."""
        self._path, self._credentials, self._fault = path, credentials, fault
        work = _Unlocking(path, credentials, self._clock)
        self._job = self._jobs.start("Unlocking the backups", work, self._unlocked, self._not_unlocked)
        self._job.cancelled.connect(self._leave)

    @Slot(object)
    def _unlocked(self, rescue: Rescue) -> None:
        if not self._is_awaited():
            return
        self._rescue = rescue
        self.page.show_for(rescue, self._fault, self._settings.current.desk)
        self._window.show_page(self.page)
        self.page.focus_first()

    @Slot(object)
    def _not_unlocked(self, refused: TrialError) -> None:
        if self._is_awaited():
            self._leave_with(f"{self._fault} No backup could be opened: {refused}")

    @Slot(object)
    def _restore(self, wanted: Wanted) -> None:
        assert self._rescue is not None
        work = _Restoring(self._rescue, wanted, self._path)
        self._job = self._jobs.start("Restoring the study", work, self._done, self._not_restored)
        self._job.progressed.connect(self._progressed)
        self._job.cancelled.connect(self._leave)

    @Slot(int, int)
    def _progressed(self, done: int, total: int) -> None:
        if self.sender() is self._job:
            self.page.show_progress(done, total)

    @Slot(object)
    def _done(self, path: Path) -> None:
        if self._is_awaited():
            credentials = self._credentials
            self.forget()
            self.restored.emit(path, credentials)

    @Slot(object)
    def _not_restored(self, refused: TrialError) -> None:
        if self._is_awaited():
            self.page.refuse(str(refused))

    def _is_awaited(self) -> bool:
        """Whether the page in view waits for what a job brings now: its person may have gone on to another study."""
        return self._job is not None and self.sender() is self._job

    @Slot()
    def _leave(self) -> None:
        self._leave_with("")

    def _leave_with(self, sentence: str) -> None:
        awaited = bool(self._credentials.password)
        self.forget()
        if awaited:
            self.left.emit(sentence)

    def forget(self) -> None:
        """Let go of keys and password; what still goes on for them leads nowhere any more."""
        self._rescue = self._job = None
        self._credentials = Credentials("", "")
        if "page" in self.__dict__:
            self.page.forget()


class _Unlocking:
    """The work of making the keys from the password."""

    def __init__(self, path: Path, credentials: Credentials, clock: Clock) -> None:
        self._path, self._credentials, self._clock = path, credentials, clock

    def __call__(self, _progress: Progress) -> Rescue:
        login, password, _ = self._credentials
        return Rescue.unlock(self._path, login, password, clock=self._clock)


class _Restoring:
    """The work of bringing a backup back; returns where the study is then."""

    def __init__(self, rescue: Rescue, wanted: Wanted, path: Path) -> None:
        self._rescue, self._wanted, self._path = rescue, wanted, path

    def __call__(self, progress: Progress) -> Path:
        if self._wanted.in_place:
            self._rescue.put_back(self._wanted.backup, progress)
            return self._path
        return self._rescue.restore_beside(self._wanted.backup, self._wanted.target, progress)
