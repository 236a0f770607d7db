"""Asking where a file goes."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from gui.saving import ask_where


@pytest.fixture
def dialog_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Lets the dialog that asks for a place be answered with a name."""

    def answer(name: str) -> None:
        def accepted(dialog: QFileDialog) -> int:
            dialog.selectFile(name)
            return QFileDialog.DialogCode.Accepted

        monkeypatch.setattr(QFileDialog, "exec", accepted)

    return answer


@pytest.mark.parametrize(
    ("typed", "given"), [("list", "list.xlsx"), ("my.list", "my.list"), ("list.csv", "list.csv"), ("a.xlsx", "a.xlsx")]
)
def test_a_name_without_an_end_gets_that_of_its_format(
    qtbot: QtBot, dialog_of: Callable[[str], None], tmp_path: Path, typed: str, given: str
) -> None:
    dialog_of(str(tmp_path / typed))
    parent = QWidget()
    qtbot.addWidget(parent)
    path = ask_where(parent, "Save", str(tmp_path / "offered.xlsx"), "Excel workbook (*.xlsx)")
    assert path == tmp_path / given
