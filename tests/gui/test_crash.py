"""What happens with an error that no slot has caught."""

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from gui.crash import Crashes, show_sentence
from gui.locking import close_everything_but
from models.domain.errors import TrialError


@pytest.fixture
def crashes(qapp: QApplication, tmp_path: Path) -> Crashes:
    return Crashes(tmp_path / "logs" / "faults.log")


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def shown(crashes: Crashes, error: Exception) -> str:
    """Show an error and read the dialog."""
    texts: list[str] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        texts.extend((box.text(), box.informativeText()))
        crashes.show(error)  # the same meanwhile is not shown again
        box.accept()

    QTimer.singleShot(0, read)
    crashes.show(error)
    return "\n".join(texts)


def test_what_the_person_can_put_right_is_shown_as_its_sentence(crashes: Crashes, qtbot: QtBot) -> None:
    assert (
        shown(crashes, TrialError("The visit lies before the consent.")).strip() == "The visit lies before the consent."
    )
    assert not crashes.log.exists()


def close_with_escape(box: QMessageBox) -> None:
    QTest.keyClick(box, Qt.Key.Key_Escape)


def close_as_the_lock_does(_: QMessageBox) -> None:
    close_everything_but(QWidget())


@pytest.mark.parametrize(
    ("close", "read"),
    [
        (close_with_escape, ["The first.", "The second."]),
        (close_as_the_lock_does, ["The first."]),
    ],
)
def test_a_sentence_that_comes_while_another_is_read_follows_it_unless_the_window_is_locked(
    crashes: Crashes, qtbot: QtBot, close: Callable[[QMessageBox], None], read: list[str]
) -> None:
    texts: list[str] = []

    def look() -> None:
        box = QApplication.activeModalWidget()
        if not isinstance(box, QMessageBox):
            return
        if not texts:
            crashes.show(TrialError("The second."))
            crashes.show(TrialError("The second."))
        texts.append(box.text())
        if len(texts) == 1:
            QTimer.singleShot(0, look)
        close(box)

    QTimer.singleShot(0, look)
    crashes.show(TrialError("The first."))
    assert texts == read


def test_what_looks_like_markup_in_a_sentence_is_shown_as_it_was_typed(qapp: QApplication) -> None:
    formats: list[Qt.TextFormat] = []

    def read() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        formats.extend(each.textFormat() for each in box.findChildren(QLabel) if "<" in each.text())
        box.accept()

    QTimer.singleShot(0, read)
    show_sentence(None, "“<b>5</b>” is not a number.", "Type <i>digits</i>.")
    assert formats == [Qt.TextFormat.PlainText] * 2


def test_a_fault_of_the_program_is_shown_without_its_message(crashes: Crashes, qtbot: QtBot) -> None:
    text = shown(crashes, raised(ValueError("Rossi Maria 1967-05-04")))
    assert "Rossi" not in text
    assert str(crashes.log) in text


def test_r13_the_log_tells_kind_and_place_but_no_value(crashes: Crashes) -> None:
    crashes.write(raised(ValueError("Rossi Maria 1967-05-04")))
    log = crashes.log.read_text(encoding="utf-8")
    assert "ValueError" in log
    assert "test_crash.py" in log
    assert "Rossi" not in log


def test_the_log_does_not_grow_for_ever(crashes: Crashes) -> None:
    crashes.log.parent.mkdir()
    crashes.log.write_text("x" * 600_000)
    crashes.write(raised(ValueError()))
    assert crashes.log.stat().st_size < 10_000
    assert crashes.log.with_suffix(".old.log").exists()


def test_a_log_that_cannot_be_written_does_not_make_it_worse(qapp: QApplication, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Crashes(tmp_path / "file" / "faults.log").write(raised(ValueError()))
    assert (tmp_path / "file").is_file()


@pytest.mark.skipif(os.name == "nt", reason="a file there has no such rights")
def test_only_its_owner_reads_the_log_and_looks_into_its_folder(crashes: Crashes) -> None:
    crashes.write(raised(ValueError("x")))
    assert stat.S_IMODE(crashes.log.stat().st_mode) == 0o600
    assert stat.S_IMODE(crashes.log.parent.stat().st_mode) == 0o700
