"""The steps to a new study."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from gui.application import Application
from gui.pages.print.paper_dialog import PaperDialog
from gui.pages.start.new_study import NewStudyDialog
from gui.widgets.account_fields import AccountFields
from models.domain.clock import FixedClock
from models.domain.errors import TrialError
from models.domain.notation import Desk
from models.persistence.keys.sealing import LEAST_COST
from models.study import Study, User
from tests.models.reports.reading import page_texts

ADMINISTRATOR = "kettle orbit walnut seven"
COORDINATOR = "harbour lentil violin nine"


@pytest.fixture
def dialog(at_start: Application, clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> NewStudyDialog:
    make = Study.create.__func__  # type: ignore[attr-defined]

    def cheaply(*arguments: object, **options: object) -> str:
        return str(make(Study, *arguments, **options, cost=LEAST_COST))

    monkeypatch.setattr("gui.pages.start.new_study.Study.create", cheaply)
    made = NewStudyDialog(at_start.jobs, clock, Desk.ENGLISH, at_start.window)
    made.show()
    return made


def fill_study(dialog: NewStudyDialog, folder: Path) -> None:
    dialog.form.protocol.setCurrentIndex(0)
    dialog.form.site_code.setText("042")
    dialog.form.site_name.setText("Ospedale Maggiore")
    dialog.form.folder.setText(str(folder))
    dialog.go_on.click()


def fill_account(fields: AccountFields, user: str, name: str, password: str) -> None:
    fields.user.set_typed(user)
    fields.printed.set_typed(name)
    fields.pair.first.line.setText(password)
    fields.pair.again.line.setText(password)


def fill_everything(dialog: NewStudyDialog, folder: Path) -> None:
    fill_study(dialog, folder)
    fill_account(dialog.administrator, "a.verdi", "Anna Verdi", ADMINISTRATOR)
    dialog.go_on.click()
    fill_account(dialog.coordinator, "c.rossi", "Chiara Rossi", COORDINATOR)
    dialog.go_on.click()


def tick(dialog: NewStudyDialog) -> None:
    box = dialog.findChild(QCheckBox, "recoveryKept")
    assert box is not None
    box.setChecked(True)


def close(dialog: NewStudyDialog) -> None:
    dialog.hide()
    dialog.deleteLater()


@pytest.fixture
def made(dialog: NewStudyDialog, at_start: Application, tmp_path: Path, qtbot: QtBot) -> NewStudyDialog:
    """The dialog once the study is made: it shows the recovery key."""
    with qtbot.waitSignal(at_start.jobs.idle):
        fill_everything(dialog, tmp_path)
    return dialog


def sheet_of(dialog: NewStudyDialog) -> PaperDialog:
    """The sheet with the key, as it is offered to print."""
    dialog.recovery.print.click()
    return next(each for each in QApplication.topLevelWidgets() if isinstance(each, PaperDialog) and each.isVisible())


def test_a_study_is_made_with_its_administrator_and_its_first_coordinator(
    made: NewStudyDialog, clock: FixedClock, qtbot: QtBot
) -> None:
    tick(made)
    with qtbot.waitSignal(made.accepted):
        made.go_on.click()
    assert made.study is not None
    with Study.open(made.study.path, "a.verdi", ADMINISTRATOR, clock=clock) as study:
        assert study.user == User("a.verdi", "Anna Verdi", "administrator")
        assert not study.must_change_password
    with Study.open(made.study.path, "c.rossi", COORDINATOR, clock=clock) as study:
        assert study.user.role == "coordinator"
        assert study.must_change_password
        assert study.info.site_name == "Ospedale Maggiore"
    made.deleteLater()


def test_nobody_goes_on_before_the_recovery_key_is_kept(made: NewStudyDialog) -> None:
    key = made.recovery.shown.accessibleDescription()
    assert len(key.split("-")) == 9
    assert not made.go_on.isEnabled()
    made.reject()
    assert made.isVisible()
    assert "The key is not shown again" in made.message.text.text()
    tick(made)
    assert made.go_on.isEnabled()
    close(made)


def test_the_sheet_with_the_key_is_offered_to_print(made: NewStudyDialog) -> None:
    paper = sheet_of(made)
    assert paper.paper.count == 1
    assert paper.windowTitle() == "Recovery key"
    paper.close()
    close(made)


def test_the_sheet_says_what_it_opens(made: NewStudyDialog, clock: FixedClock) -> None:
    paper = sheet_of(made)
    (page,) = page_texts(paper.pdf)
    paper.close()
    assert made.study is not None
    with Study.open(made.study.path, "a.verdi", ADMINISTRATOR, clock=clock) as study:
        assert study.path.name in page
    assert "SYNTHETIC" not in page
    close(made)


def test_the_passwords_do_not_stay_in_the_window(made: NewStudyDialog) -> None:
    assert (made.administrator.pair.password, made.coordinator.pair.password) == ("", "")
    close(made)


def without_a_protocol(dialog: NewStudyDialog, folder: Path) -> None:
    dialog.go_on.click()


def without_a_site(dialog: NewStudyDialog, folder: Path) -> None:
    dialog.form.protocol.setCurrentIndex(0)
    dialog.go_on.click()


def without_names(dialog: NewStudyDialog, folder: Path) -> None:
    fill_study(dialog, folder)
    dialog.go_on.click()


def with_the_name_of_the_site(dialog: NewStudyDialog, folder: Path) -> None:
    fill_study(dialog, folder)
    fill_account(dialog.administrator, "a.verdi", "Anna Verdi", "Ospedale Maggiore 042")
    dialog.go_on.click()


def with_one_user_name_for_two(dialog: NewStudyDialog, folder: Path) -> None:
    fill_study(dialog, folder)
    fill_account(dialog.administrator, "a.verdi", "Anna Verdi", ADMINISTRATOR)
    dialog.go_on.click()
    fill_account(dialog.coordinator, "A.Verdi", "Anna Verdi", COORDINATOR)
    dialog.go_on.click()


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (without_a_protocol, "Choose the protocol"),
        (without_a_site, "Type the site number"),
        (without_names, "Type the user name and the printed name"),
        (with_the_name_of_the_site, "names that people here know"),
        (with_one_user_name_for_two, "The user name A.Verdi is taken"),
    ],
)
def test_what_stands_against_a_step_is_said_in_it(
    dialog: NewStudyDialog, tmp_path: Path, act: Callable[[NewStudyDialog, Path], None], words: str
) -> None:
    act(dialog, tmp_path)
    assert words in dialog.message.text.text()
    assert dialog.message.isVisible()
    close(dialog)


def test_a_study_that_is_there_already_is_not_written_over(dialog: NewStudyDialog, tmp_path: Path) -> None:
    fill_study(dialog, tmp_path)
    assert dialog.study is not None
    dialog.study.path.mkdir()
    dialog.show_step(0)
    dialog.go_on.click()
    assert "in this folder already" in dialog.message.text.text()
    close(dialog)


@pytest.mark.parametrize("typed", ["", "resources", "~nobody-here/studies"])
def test_a_folder_that_is_not_named_in_full_is_refused(dialog: NewStudyDialog, typed: str) -> None:
    fill_study(dialog, Path("/"))
    dialog.show_step(0)
    dialog.form.folder.setText(typed)
    dialog.go_on.click()
    assert dialog.message.text.text() == "This folder does not exist. Choose one with Browse."
    close(dialog)


def test_what_was_typed_stays_when_the_study_could_not_be_made(
    dialog: NewStudyDialog, at_start: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(*arguments: object, **options: object) -> str:
        raise TrialError("The disk is full. Make room and try again.")

    monkeypatch.setattr("gui.pages.start.new_study.Study.create", refuse)
    with qtbot.waitSignal(at_start.jobs.idle):
        fill_everything(dialog, tmp_path)
    assert "The disk is full" in dialog.message.text.text()
    assert dialog.coordinator.pair.password == COORDINATOR
    assert dialog.go_on.isEnabled()
    close(dialog)


def test_the_maker_is_asked_to_sign_in_to_the_new_study(
    at_start: Application, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    make = Study.create.__func__  # type: ignore[attr-defined]

    def cheaply(*arguments: object, **options: object) -> str:
        return str(make(Study, *arguments, **options, cost=LEAST_COST))

    monkeypatch.setattr("gui.pages.start.new_study.Study.create", cheaply)

    def answer() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, NewStudyDialog)
        with qtbot.waitSignal(at_start.jobs.idle):
            fill_everything(dialog, tmp_path)
        tick(dialog)
        dialog.go_on.click()

    QTimer.singleShot(0, answer)
    at_start.new_study()
    assert at_start.door.page.isVisible()
    assert at_start.door.page.login.text() == "a.verdi"
    assert [Path(path).parent for path in at_start.settings.current.recent] == [tmp_path]
