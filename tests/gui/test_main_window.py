"""Moving about in an open study: pages, menus, the find box, the bottom line."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from gui import theme
from gui.actions import ACTIONS
from gui.application import Application
from gui.page_table import PAGES, PageEntry
from gui.settings import SettingsFile
from gui.study_view import NARROW_BELOW, StudyView
from gui.workspace import Target, Workspace
from models import VERSION
from models.domain.clock import FixedClock
from models.domain.context import Changes
from models.domain.partial_dates import PartialDate
from models.study import Edit, Study
from tests.gui.signing_in import signed_in


class Notebook(QWidget):
    """A page that notes what happens to it."""

    title = "Notebook"
    lets_go = True

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.read: list[Changes | None] = []
        self.targets: list[Target] = []
        self.schemes: list[str] = []
        self.printed = 0

    def refresh(self, changes: Changes | None) -> None:
        self.read.append(changes)
        self.schemes.append(theme.current_scheme())

    def show_target(self, target: Target) -> None:
        self.targets.append(target)

    def leave(self) -> bool:
        return self.lets_go

    def print_summary(self) -> None:
        self.printed += 1


Page = Notebook
"""What the page table looks for in a module: this one stands for the pages that the tests need."""


@pytest.fixture
def application(
    qtbot: QtBot, tmp_path: Path, clock: FixedClock, study: Study, patient: int, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    here = PageEntry("patient", "Patient", __name__, parent="protocol", needs_patient=True)
    monkeypatch.setattr(PageEntry, "create", _create)
    monkeypatch.setattr("gui.page_table.PAGES", (*(page for page in PAGES if page.name != "patient"), here))
    study.close()
    settings = SettingsFile(tmp_path / "config" / "settings.json")
    settings.change(theme="light")
    made = signed_in(study.path, clock, settings)
    qtbot.addWidget(made.window)
    made.window.resize(1366, 768)
    made.window.show()
    yield made
    Notebook.lets_go = True
    made.close_study()


def _create(entry: PageEntry, workspace: Workspace) -> QWidget:
    return Notebook(workspace)


def view_of(application: Application) -> StudyView:
    view = application.window.view
    assert view is not None
    return view


def notebook(application: Application, name: str) -> Notebook:
    page = view_of(application).findChild(Notebook, f"page_{name}")
    assert page is not None
    return page


def test_a_page_is_made_when_first_shown_and_kept(application: Application) -> None:
    view = view_of(application)
    assert view.findChild(Notebook, "page_settings") is None
    view.show_target(Target("settings"))
    made = view.page
    view.show_target(Target("protocol"))
    view.show_target(Target("settings"))
    assert view.page is made
    assert notebook(application, "settings").read == [None]


def test_a_saved_change_reaches_the_page_in_view_at_once_and_others_when_shown(application: Application) -> None:
    view = view_of(application)
    view.show_target(Target("settings"))
    view.show_target(Target("protocol"))
    changes = Changes(1, frozenset({"mrd"}))
    view.workspace.changed(changes)
    assert notebook(application, "protocol").read == [None, changes]
    assert notebook(application, "settings").read == [None]
    view.show_target(Target("settings"))
    assert notebook(application, "settings").read == [None, None]


def test_another_language_makes_every_page_read_again(application: Application) -> None:
    view = view_of(application)
    view.show_target(Target("settings"))
    view.workspace.change_settings(language="it")
    assert notebook(application, "settings").read == [None, None]


def test_pages_are_drawn_anew_only_after_another_theme_holds(application: Application) -> None:
    view = view_of(application)
    view.show_target(Target("settings"))
    view.workspace.change_settings(theme="dark")
    assert notebook(application, "settings").schemes == ["light", "dark"]


@pytest.mark.parametrize("keys", [Qt.Key.Key_K, Qt.Key.Key_E])
def test_the_keys_of_the_menus_work_while_typing_in_a_field(
    application: Application, qtbot: QtBot, keys: Qt.Key
) -> None:
    line = QLineEdit(view_of(application))
    line.show()
    line.setFocus()
    before = view_of(application).target
    qtbot.keyClick(line, keys, Qt.KeyboardModifier.ControlModifier)
    assert application.window.palette_panel.isVisible() or view_of(application).target != before


def test_a_page_that_does_not_let_go_keeps_the_view(application: Application) -> None:
    view = view_of(application)
    view.show_target(Target("settings"))
    Notebook.lets_go = False
    view.show_target(Target("protocol"))
    assert view.target.page == "settings"
    assert not application.close_study()


def test_the_same_patient_can_be_opened_elsewhere_without_asking(application: Application, patient: int) -> None:
    view = view_of(application)
    view.workspace.open_patient(patient, "mrd")
    Notebook.lets_go = False
    view.workspace.open_patient(patient, "visits", ("visit", 0))
    assert [target.tab for target in notebook(application, "patient").targets] == ["mrd", "visits"]


def test_actions_about_a_patient_wait_for_a_patient(application: Application, patient: int) -> None:
    assert "print.summary" not in application.window.available
    view_of(application).workspace.open_patient(patient)
    assert "print.summary" in application.window.available
    application.window.run(next(action for action in ACTIONS if action.id == "print.summary"))
    assert notebook(application, "patient").printed == 1


def test_a_record_action_opens_a_new_form_of_the_patient_in_view(application: Application, patient: int) -> None:
    view_of(application).workspace.open_patient(patient)
    action = next(action for action in ACTIONS if action.id == "print.summary")
    application.window.run(action._replace(page="patient", kind="mrd", method=""))
    target = notebook(application, "patient").targets[-1]
    assert (target.patient, target.record) == (patient, ("mrd", 0))


def test_a_form_is_opened_from_the_find_box_for_a_patient_who_is_not_in_view(
    application: Application, patient: int, qtbot: QtBot
) -> None:
    window = application.window
    window.open_find_box()
    qtbot.keyClicks(window.palette_panel.line, "042-001 transplant")
    qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Return)
    target = notebook(application, "patient").targets[-1]
    assert (target.patient, target.record) == (patient, ("transplant", 0))


def test_what_is_printed_for_a_patient_found_is_asked_of_his_page(
    application: Application, patient: int, qtbot: QtBot
) -> None:
    application.window.open_find_box()
    qtbot.keyClicks(application.window.palette_panel.line, "042-001 print")
    qtbot.keyClick(application.window.palette_panel.line, Qt.Key.Key_Return)
    assert notebook(application, "patient").printed == 1


def test_what_cannot_be_done_stays_in_the_find_box_with_its_reason(application: Application, qtbot: QtBot) -> None:
    panel = application.window.palette_panel
    application.window.open_find_box()
    qtbot.keyClicks(panel.line, "transplant")
    qtbot.keyClick(panel.line, Qt.Key.Key_Return)
    assert panel.isVisible()
    assert panel.titles == ["Record: Transplant"]
    assert panel.refusal.isVisible()
    assert panel.refusal.text() == "Open a patient first, or type the number before it."


def test_f1_shows_the_keys_that_the_menus_know(application: Application, qtbot: QtBot) -> None:
    qtbot.keyClick(application.window, Qt.Key.Key_F1)
    dialog = application.window.findChild(QDialog, "shortcuts_dialog")
    assert dialog is not None
    shown = [found.text() for found in dialog.findChildren(QLabel)]
    assert [action.shortcut for action in ACTIONS if action.shortcut and action.shortcut not in shown] == []
    assert {"Ctrl+Enter", "Esc", "Ctrl+1", "Overview"} <= set(shown)
    dialog.close()


def test_a_patient_is_found_and_opened_with_the_keyboard_alone(
    application: Application, patient: int, qtbot: QtBot
) -> None:
    window = application.window
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.palette_panel.isVisible()
    qtbot.keyClicks(window.palette_panel.line, "042-001")
    qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Return)
    assert view_of(application).patient == patient
    assert not window.palette_panel.isVisible()


def test_the_arrows_choose_among_the_hits(application: Application, qtbot: QtBot) -> None:
    window = application.window
    window.open_find_box()
    qtbot.keyClicks(window.palette_panel.line, "042-001 day")
    for _ in range(2):
        qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Down)
    qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Return)
    target = notebook(application, "patient").targets[-1]
    assert (target.tab, target.values["visit"]) == ("visits", "D45")


def test_escape_closes_the_find_box_and_gives_the_focus_back(application: Application, qtbot: QtBot) -> None:
    window = application.window
    button = view_of(application).sidebar.button("settings")
    assert button is not None
    button.setFocus()
    window.open_find_box()
    qtbot.keyClick(window.palette_panel.line, Qt.Key.Key_Escape)
    assert not window.palette_panel.isVisible()
    assert QApplication.focusWidget() is button


def test_the_focus_is_given_back_too_where_the_find_box_was_asked_for_twice(
    application: Application, qtbot: QtBot
) -> None:
    button = view_of(application).sidebar.button("settings")
    assert button is not None
    button.setFocus()
    application.window.open_find_box()
    application.window.open_find_box()
    qtbot.keyClick(application.window.palette_panel.line, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is button


def test_the_version_is_told(application: Application) -> None:
    told: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        told.append(box.text())
        box.accept()

    QTimer.singleShot(0, read)
    application.window.run(next(action for action in ACTIONS if action.id == "about"))
    assert f"AlbaTrack {VERSION} " in told[0]


def test_a_patient_entered_since_the_last_search_is_found(application: Application, qtbot: QtBot) -> None:
    window, workspace = application.window, view_of(application).workspace
    window.open_find_box()
    number = workspace.study.next_screening_number()
    screened = {"screening_number": number, "screened": PartialDate(2026, 10, 1), "sex": "M", "age": 40}
    workspace.changed(workspace.study.screen([Edit("patient", screened)], workspace.context()))
    window.open_find_box()
    qtbot.keyClicks(window.palette_panel.line, number)
    assert window.palette_panel.titles == [number]


def test_badges_stand_beside_their_page_and_are_read_aloud(application: Application) -> None:
    view = view_of(application)
    view.set_badge("protocol", 7, "due")
    button = view.sidebar.button("protocol")
    assert button is not None
    assert (button.badge, button.accessibleName()) == ((7, "due"), "Protocol, 7")


def test_the_bottom_line_says_when_something_was_saved(application: Application) -> None:
    view = view_of(application)
    assert view.status.text == "Everything saved"
    view.workspace.changed(Changes(1, frozenset({"mrd"})))
    assert view.status.text == "Saved at 09:00"


def test_the_bottom_line_counts_the_drafts(application: Application) -> None:
    view = view_of(application)
    view.workspace.study.save_draft("mrd/1/0", {"control_copies": "45"})
    view.show_target(Target("settings"))
    assert view.status.text == "1 form is not finished, kept as draft"


def test_the_bottom_line_says_when_the_last_backup_was_made_as_the_desk_writes_it(application: Application) -> None:
    view = view_of(application)
    now = view.workspace.study.clock.now()
    view.status.show_backup(now - timedelta(minutes=20))
    assert view.status.backup == "last backup 08:40"
    view.workspace.change_settings(language="it")
    view.status.show_backup(now - timedelta(days=3))
    assert view.status.backup == "last backup 29 set 2026"


@pytest.mark.parametrize("width", [683, 911, 1366])
def test_nothing_scrolls_sideways_at_any_scale_of_a_ward_screen(application: Application, width: int) -> None:
    application.window.resize(width, 384)
    assert application.window.width() == width
    narrow = view_of(application).sidebar.width() < 100
    assert narrow is (width < NARROW_BELOW)


def test_every_widget_that_takes_the_focus_is_named_for_screen_readers(application: Application) -> None:
    application.window.open_find_box()
    takers = [
        widget
        for kind in (QAbstractButton, QLineEdit, QComboBox)
        for widget in application.window.findChildren(kind)
        if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and not widget.objectName().startswith("qt_")
    ]
    assert takers
    assert [widget.objectName() for widget in takers if not (widget.objectName() and widget.accessibleName())] == []


def test_every_action_leads_to_a_page_that_exists() -> None:
    assert {action.page for action in ACTIONS if action.page} <= {page.name for page in PAGES}


def test_no_two_actions_share_their_keys() -> None:
    keys = [action.shortcut for action in ACTIONS if action.shortcut]
    assert len(keys) == len(set(keys))
