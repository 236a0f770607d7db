"""Freezing the study from the Settings page."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.pages.settings.freezing import Section
from gui.settings import SettingsFile
from gui.widgets.reason_dialog import ReasonDialog
from tests.gui.fakes import workspace_of
from tests.study_fixtures import SitDown, sit_down

__all__ = ["sit_down"]


def a_section(qtbot: QtBot, sit_down: SitDown, login: str, tmp_path: Path) -> Section:
    section = Section(workspace_of(sit_down(login), SettingsFile(tmp_path / "settings.json")))
    qtbot.addWidget(section)
    section.show()
    section.refresh(None)
    return section


def answer(words: str) -> None:
    [dialog] = [w for w in QApplication.topLevelWidgets() if isinstance(w, ReasonDialog) and w.isVisible()]
    dialog.choice.set_typed(words)
    dialog.accept()


def test_an_investigator_freezes_and_unfreezes_with_a_reason(qtbot: QtBot, sit_down: SitDown, tmp_path: Path) -> None:
    section = a_section(qtbot, sit_down, "I. Bianchi", tmp_path)
    section.button.click()
    answer("The study has ended")
    section.refresh(None)
    assert "Frozen by I. Bianchi on 2 Oct 2026" in section.words.text()
    section.button.click()
    answer("Frozen by mistake")
    section.refresh(None)
    assert section.words.text().startswith("The study is not frozen.")


def test_a_coordinator_reads_who_may_freeze(qtbot: QtBot, sit_down: SitDown, tmp_path: Path) -> None:
    section = a_section(qtbot, sit_down, "C. Rossi", tmp_path)
    assert not section.button.isEnabled()
    assert "investigator" in section.button.toolTip()
