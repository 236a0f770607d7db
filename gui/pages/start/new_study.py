"""The dialog that makes a new study: the study, its administrator, its first coordinator, the recovery key."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gui.jobs import Jobs, Progress
from gui.pages.start.recovery_step import KeySheet, RecoveryStep, study_words
from gui.pages.start.study_step import NewStudy, StudyStep
from gui.text import label, named
from gui.widgets.account_fields import AccountFields
from gui.widgets.banner import Banner
from gui.widgets.header import make_button
from models.domain.clock import Clock
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.study import NewAccount, Study

_TITLES = (
    "New study",
    "Your own account: the administrator",
    "The first coordinator",
    "The recovery key",
)
_NOTES = (
    "",
    "The administrator looks after accounts and backups and sees no patient. Who also works with patients has a second "
    "account for that.",
    "Tell the coordinator this password in person. At the first sign-in it has to be changed.",
    "",
)
_STUDY, _ADMINISTRATOR, _COORDINATOR, _KEY = range(4)


class NewStudyDialog(QDialog):
    """Goes through its steps and makes the study; `study` holds what was made once accepted, `login` its maker."""

    def __init__(self, jobs: Jobs, clock: Clock, desk: Desk, parent: QWidget | None = None) -> None:
        """At the first step."""
        super().__init__(parent)
        named(self, "newStudyDialog", "New study")
        self.setWindowTitle("New study")
        self.resize(560, 0)
        self._jobs, self._clock = jobs, clock
        self.study: NewStudy | None = None
        self.form = StudyStep()
        self.administrator = AccountFields("newAdministrator")
        self.coordinator = AccountFields("newCoordinator")
        self.recovery = RecoveryStep(clock, desk)
        self.message = Banner("newStudyMessage")
        self._title = label("", "heading")
        self._note = label("", "muted", wrap=True)
        self._steps = named(QStackedWidget(), "newStudySteps", "Step")
        for step in (self.form, self.administrator, self.coordinator, self.recovery):
            self._steps.addWidget(step)
        self._cancel = make_button("newStudyCancel", "Cancel")
        self._back = make_button("newStudyBack", "Back")
        self.go_on = make_button("newStudyNext", "Continue", look="primary")
        self.go_on.setDefault(True)
        self._lay_out()
        self.show_step(_STUDY)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self._cancel)
        buttons.addStretch(1)
        buttons.addWidget(self._back)
        buttons.addWidget(self.go_on)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 14)
        column.setSpacing(10)
        for widget in (self._title, self._note, self.message):
            column.addWidget(widget)
        column.addWidget(self._steps, 1)
        column.addLayout(buttons)
        self._cancel.clicked.connect(self.reject)
        self._back.clicked.connect(self._go_back)
        self.go_on.clicked.connect(self._go_on)
        self.form.refused.connect(self.message.show_text)
        self.recovery.kept.connect(self.go_on.setEnabled)

    @property
    def login(self) -> str:
        """The user name of the administrator."""
        return self.administrator.account("administrator", must_change=False).login

    def reject(self) -> None:
        """A study that is being made is not given up, and a recovery key that nobody has kept is not lost."""
        if self._making:
            return
        if self._steps.currentIndex() == _KEY:
            self.message.show_text("The key is not shown again. Keep it, then tick that you have done so.", "due")
            return
        super().reject()

    # ---- steps

    def show_step(self, step: int) -> None:
        """Show one of the four steps, from 0."""
        self._making = False
        self.message.hide()
        self._steps.setCurrentIndex(step)
        self._title.setText(f"{_TITLES[step]} ({step + 1} of {len(_TITLES)})")
        self._note.setText(_NOTES[step])
        self._note.setVisible(bool(_NOTES[step]))
        self._back.setVisible(step in (_ADMINISTRATOR, _COORDINATOR))
        self._cancel.setVisible(step != _KEY)
        self.go_on.setText({_COORDINATOR: "Make the study", _KEY: "Finish"}.get(step, "Continue"))
        self.go_on.setEnabled(step != _KEY)
        if step != _KEY:
            (self.form.protocol, self.administrator.user, self.coordinator.user)[step].setFocus()
        self._grow()

    def _grow(self) -> None:
        """Make room for the texts of a step: they wrap, so their height follows the width."""
        lines = self.layout()
        assert lines is not None
        lines.activate()
        self.resize(self.width(), max(self.height(), lines.totalHeightForWidth(self.width())))

    @Slot()
    def _go_back(self) -> None:
        self.show_step(self._steps.currentIndex() - 1)

    @Slot()
    def _go_on(self) -> None:
        step = self._steps.currentIndex()
        if step == _KEY:
            self.accept()
            return
        if step == _STUDY:
            self.study = self.form.study()
            problem = ""
        else:
            assert self.study is not None
            fields, taken = (self.administrator, ()) if step == _ADMINISTRATOR else (self.coordinator, (self.login,))
            problem = fields.problem(self.study.known_words, taken)
        if problem:
            self.message.show_text(problem)
        elif self.study is not None and step == _COORDINATOR:
            self._make(self.study)
        elif self.study is not None:
            self.show_step(step + 1)

    # ---- making

    def _make(self, study: NewStudy) -> None:
        self._making = True
        self.message.hide()
        for button in (self._cancel, self._back, self.go_on):
            button.setEnabled(False)
        self.go_on.setText("One moment…")
        accounts = (
            self.administrator.account("administrator", must_change=False),
            self.coordinator.account("coordinator", must_change=True),
        )
        self._jobs.start("Making the study", _Making(study, accounts, self._clock), self._made, self._failed)

    @Slot(object)
    def _made(self, sheet: KeySheet) -> None:
        for fields in (self.administrator, self.coordinator):
            fields.pair.clear()
        self.show_step(_KEY)
        self.recovery.show_key(sheet)

    @Slot(object)
    def _failed(self, refused: TrialError) -> None:
        self.show_step(_COORDINATOR)
        for button in (self._cancel, self._back):
            button.setEnabled(True)
        self.message.show_text(str(refused))


class _Making:
    """The work: most of its time goes into making keys from passwords.

    The administrator comes in once: only an open study tells what else the sheet in the safe has to say.
    """

    def __init__(self, study: NewStudy, accounts: tuple[NewAccount, ...], clock: Clock) -> None:
        self._study, self._accounts, self._clock = study, accounts, clock

    def __call__(self, _progress: Progress) -> KeySheet:
        study, administrator = self._study, self._accounts[0]
        key = Study.create(
            study.path, study.protocol, study.site_code, study.site_name, self._accounts, clock=self._clock
        )
        with Study.open(study.path, administrator.login, administrator.password, clock=self._clock) as made:
            return KeySheet(
                key,
                study_words(study.protocol),
                made.info.site,
                study.path.name,
                administrator.name,
                made.trail.head().short,
            )
