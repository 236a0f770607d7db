"""The way into a study: the sign-in page, the work of opening on a worker thread, the first password of one's own."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot

from gui.idle import MINUTES, Idle
from gui.jobs import Job, Jobs, Progress
from gui.locking import close_everything_but
from gui.main_window import MainWindow
from gui.page_table import load_first_page
from gui.pages.sign_in.page import Credentials, SignInPage
from gui.settings import SettingsFile
from gui.stopping import SECONDS_TO_STOP
from gui.workspace import Target
from models.domain.clock import Clock
from models.domain.errors import DamagedError, TrialError
from models.study import ReadOnlyError, Study

if TYPE_CHECKING:
    from gui.pages.sign_in.new_password import NewPasswordPage, PasswordChange
    from gui.pages.sign_in.recovery import Recovery, RecoveryPage
    from gui.rescuing import Rescuing


class Place(NamedTuple):
    """Where a person was when the window was locked, and which field had the cursor. Nobody else is led back there."""

    path: Path
    login: str
    target: Target
    field: str = ""


class Door(QObject):
    """Asks who is there. `admitted` carries the opened `Study` of a person with a password of their own.

    `left` asks for the start page.
    """

    admitted = Signal(object)
    left = Signal()

    def __init__(self, window: MainWindow, jobs: Jobs, settings: SettingsFile, clock: Clock, parent: QObject) -> None:
        """Nobody is asked yet."""
        super().__init__(parent)
        self._window = window
        self._jobs = jobs
        self._settings = settings
        self._clock = clock
        self._path = Path()
        self._place: Place | None = None
        self._waiting: Study | None = None
        self._tried = Credentials("", "")
        self._job: Job | None = None
        self._idle: Idle | None = None

    # ---- the pages, made when they are first shown

    @cached_property
    def page(self) -> SignInPage:
        """The sign-in page."""
        page = SignInPage(self._window.stack)
        page.asked.connect(self._open)
        page.left.connect(self.left)
        page.recovery_asked.connect(self._ask_for_key)
        return page

    @cached_property
    def password_page(self) -> "NewPasswordPage":
        """The page for a password of one's own."""
        from gui.pages.sign_in.new_password import NewPasswordPage

        page = NewPasswordPage()
        page.chosen.connect(self._change_password)
        page.left.connect(self._not_now)
        return page

    @cached_property
    def recovery_page(self) -> "RecoveryPage":
        """The page for the recovery key."""
        from gui.pages.sign_in.recovery import RecoveryPage

        page = RecoveryPage()
        page.chosen.connect(self._recover)
        page.left.connect(self._not_now)
        return page

    @cached_property
    def rescuing(self) -> "Rescuing":
        """What restores a damaged study."""
        from gui.rescuing import Rescuing

        rescuing = Rescuing(self._window, self._jobs, self._settings, self._clock, self)
        rescuing.restored.connect(self._restored)
        rescuing.left.connect(self._not_restored)
        return rescuing

    # ---- asking

    def ask(self, path: Path, *, synthetic: bool, login: str | None = None, place: Place | None = None) -> None:
        """Ask for the study at `path`.

        `login` is the name that stands there already; None means the one of the last time at this desk. `place` is
        where that person goes on.
        """
        self.close()
        self._path, self._place = path, place
        if login is None:
            login = "" if synthetic else self._settings.current.login
        self.page.show_for(path, login, synthetic=synthetic)
        self._show_page()
        self._watch()

    def place_of(self, study: Study) -> Place | None:
        """Where the person who has just signed in was before, None if nowhere in this study."""
        place, self._place = self._place, None
        return place if place and (place.path, place.login) == (study.path, study.user.login) else None

    @Slot()
    def ready(self) -> None:
        """Let the person type: nothing stands in the way any more."""
        self.page.set_busy(busy=False)
        self.page.focus_first()

    @Slot()
    def _show_page(self) -> None:
        self._window.show_page(self.page)
        self.page.focus_first()

    @Slot(object)
    def _open(self, credentials: Credentials) -> None:
        self._tried = credentials
        work = _Opening(self._path, credentials, self._clock)
        self._job = self._jobs.start("Opening the study", work, self._opened, self._refused)
        self._job.cancelled.connect(self.ready)
        load_first_page()

    @Slot(object)
    def _opened(self, study: Study) -> None:
        if not self._is_awaited():
            study.close()
            return
        self.page.password.clear()
        self.page.set_busy(busy=False)
        self.admit(study)
        self._tried = Credentials("", "")

    @Slot(object)
    def _refused(self, refused: TrialError) -> None:
        if not self._is_awaited():
            return
        if isinstance(refused, DamagedError):
            self.rescue(refused)
            return
        self._tried = Credentials("", "")
        self.page.refuse(str(refused), offer_reading=isinstance(refused, ReadOnlyError))

    def _is_awaited(self) -> bool:
        """Whether the page in view waits for what a job brings now: its person may have gone on to another study."""
        awaited = self.sender() is self._job
        if awaited:
            self._job = None
        return awaited

    # ---- a damaged study

    def rescue(self, damage: DamagedError) -> None:
        """Show the person who has just tried to enter the backups of the study, which is damaged."""
        tried, self._tried = self._tried, Credentials("", "")
        self._show_page()
        self._watch()
        if not can_be_rescued(self._path):
            self.page.refuse(str(damage))
        elif not tried.login:  # the person has come in with another password than the one typed here
            self.page.refuse(f"{damage} Sign in again: the password opens its backups.")
        else:
            self.page.set_busy(busy=True)
            self.rescuing.begin(self._path, tried, str(damage))

    @Slot(object, object)
    def _restored(self, path: Path, tried: Credentials) -> None:
        """Open what stands now, as the person who restored it; the recovery key signs nobody in."""
        self.ask(path, synthetic=False, login=tried.login)
        if tried.login:
            self.page.set_busy(busy=True)
            self._open(tried._replace(read_only=False))
        else:
            self.page.banner.show_text("The study is restored. Sign in, or use the recovery key once more.", "good")

    @Slot(str)
    def _not_restored(self, sentence: str) -> None:
        self.page.password.clear()
        self.page.set_busy(busy=False)
        self._show_page()
        if sentence:
            self.page.refuse(sentence)

    # ---- letting in

    def admit(self, study: Study) -> None:
        """Let the person in who has signed in to that study, once they have a password that only they know."""
        if not study.info.synthetic:
            self._settings.change(login=study.user.login)
        if not study.must_change_password:
            self._stop_watching()
            self.admitted.emit(study)
        elif study.read_only:
            study.close()
            self.page.refuse("Choose a password of your own first: for that, sign in without “for reading only”.")
        else:
            self._waiting = study
            self.password_page.show_for(study)
            self._window.show_page(self.password_page)
            self.password_page.old.setFocus()
            self._watch()

    def close(self) -> None:
        """Let go of what somebody left on the way in: a study not entered, the keys to backups, what was typed."""
        self._stop_watching()
        study, self._waiting = self._waiting, None
        job, self._job = self._job, None
        self._tried = Credentials("", "")
        if study is not None:
            self.password_page.forget()
            if job is not None:  # it gives the person the new password, which takes a moment
                job.wait(SECONDS_TO_STOP)
            study.close()
        if "rescuing" in self.__dict__:
            self.rescuing.forget()
        if "recovery_page" in self.__dict__:
            self.recovery_page.forget()

    @Slot()
    def _not_now(self) -> None:
        self.close()
        self._show_page()
        self._watch()

    # ---- nobody is there any more

    def _watch(self) -> None:
        self._stop_watching()
        self._idle = Idle(MINUTES, self._clock, self)
        self._idle.expired.connect(self._left_alone)

    def _stop_watching(self) -> None:
        if self._idle is not None:
            self._idle.expired.disconnect(self._left_alone)  # it is gone a moment later only
            self._idle.deleteLater()
            self._idle = None

    @Slot()
    def _left_alone(self) -> None:
        """Show whoever comes next the sign-in page, and nothing that was typed or unlocked."""
        if self._jobs.running:  # somebody asked for that and waits for it
            self._watch()
            return
        close_everything_but(self._window)
        self.page.password.clear()
        self._not_now()

    # ---- the first password of one's own

    @Slot(object)
    def _change_password(self, change: "PasswordChange") -> None:
        assert self._waiting is not None
        work = _Changing(self._waiting, change)
        self._job = self._jobs.start("Changing the password", work, self._changed, self._not_changed)

    @Slot(object)
    def _changed(self, study: Study) -> None:
        if self._is_awaited():
            self.password_page.forget()
            self._waiting = None
            self._stop_watching()
            self.admitted.emit(study)

    @Slot(object)
    def _not_changed(self, refused: TrialError) -> None:
        if self._is_awaited():
            self.password_page.refuse(str(refused))

    # ---- the recovery key

    @Slot()
    def _ask_for_key(self) -> None:
        self.recovery_page.begin(self.page.login.text())
        self._window.show_page(self.recovery_page)
        self.recovery_page.key.setFocus()

    @Slot(object)
    def _recover(self, recovery: "Recovery") -> None:
        work = _Recovering(self._path, recovery, self._clock)
        self._job = self._jobs.start("Trying the recovery key", work, self._recovered, self._not_recovered)

    @Slot(object)
    def _recovered(self, login: str) -> None:
        if not self._is_awaited():
            return
        self.recovery_page.forget()
        self.page.show_for(self._path, login, synthetic=False)
        self.page.banner.show_text(f"{login} has the new password. Sign in with it.", "good")
        self._show_page()

    @Slot(object)
    def _not_recovered(self, refused: TrialError) -> None:
        if not self._is_awaited():
            return
        if isinstance(refused, DamagedError) and can_be_rescued(self._path):
            key = self.recovery_page.key.text()
            self.recovery_page.forget()
            self._show_page()
            self.page.set_busy(busy=True)
            self.rescuing.begin(self._path, Credentials("", key), str(refused))
        else:
            self.recovery_page.refuse(str(refused))


def can_be_rescued(path: Path) -> bool:
    """Whether a damaged study has backups to restore; what finds out is loaded when it is needed."""
    from models.study_types import has_backups

    return has_backups(path)


class _Opening:
    """The work of opening: most of its time goes into making the key from the password."""

    def __init__(self, path: Path, credentials: Credentials, clock: Clock) -> None:
        self._path, self._credentials, self._clock = path, credentials, clock

    def __call__(self, progress: Progress) -> Study | None:
        login, password, read_only = self._credentials
        study = Study.open(self._path, login, password, clock=self._clock, read_only=read_only)
        if progress(1, 1):
            return study
        study.close()  # nobody waits for it any more
        return None


class _Changing:
    """The work of changing a password, and with it the key that is made from it."""

    def __init__(self, study: Study, change: "PasswordChange") -> None:
        self._study, self._change = study, change

    def __call__(self, _progress: Progress) -> Study:
        self._study.accounts.change_own_password(*self._change)
        return self._study


class _Recovering:
    """The work of giving an account a new password with the recovery key."""

    def __init__(self, path: Path, recovery: "Recovery", clock: Clock) -> None:
        self._path, self._recovery, self._clock = path, recovery, clock

    def __call__(self, _progress: Progress) -> str:
        from models.study_types import recover

        key, login, password = self._recovery
        return recover(self._path, key, login, password, self._clock)
