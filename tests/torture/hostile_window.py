"""Hostile texts in the window: typed into the editors of their fields, and on every page and tab that shows them."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QEvent, QModelIndex, QObject, Qt
from PySide6.QtGui import Qt as Markup
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QWidget

from benchmarks.painting import process_until
from gui.application import Application
from gui.page_table import PAGES
from gui.pages.patient.page import Page
from gui.pages.patient.tab import TABS
from gui.settings import SettingsFile
from gui.widgets.editors.make import editor_for
from gui.workspace import Target
from models.domain.fields import Field
from models.domain.notation import Desk
from tests.gui.signing_in import signed_in
from tests.torture.ground import CLOCK, PATIENT
from tests.torture.outcome import require

_LIVE = ("<script", "<img", "<a href", "<style")
"""What would be seen of a hostile text that was taken for markup."""
_MOST_ROWS = 50


def typed(field: Field, text: str) -> str:
    """What the field's editor makes of the text. Shown again it stays the same, so that looking changes nothing."""
    editor = editor_for(field, Desk.ENGLISH, CLOCK)
    try:
        editor.set_typed(text)
        value = editor.value()
        require(isinstance(value, str) and value, f"{field.name}: the editor takes nothing of it")
        editor.set_value(value)
        require(editor.value() == value, f"{field.name}: the editor changes what it shows")
        _require_plain(editor)
    finally:
        editor.deleteLater()
    return str(value)


def require_shown(path: Path) -> None:
    """Every page, and every tab of the patient, opens with these texts and shows none of them as markup."""
    with _no_faults(), window_on(path) as application:
        view = application.window.view
        assert view is not None
        for page in PAGES:
            view.show_target(Target(page.name))
            process_until(lambda: not application.jobs.running)
            _require_plain(application.window)
        view.workspace.open_patient(PATIENT)
        for tab in TABS:
            shown: QWidget = view.workspace.host.page  # type: ignore[attr-defined] # the real host is the study's view
            assert isinstance(shown, Page)
            shown.show_tab(tab.name)
            process_until(lambda: not application.jobs.running)
            _require_plain(application.window)


@contextmanager
def window_on(path: Path) -> Iterator[Application]:
    """The whole window on a study, with everything read that it reads by itself."""
    application = signed_in(path, CLOCK, SettingsFile(path.parent / "settings.json"))
    application.window.show()
    try:
        process_until(lambda: not application.jobs.running)
        yield application
    finally:
        application.close_study()
        application.window.close()
        application.window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def _no_faults() -> Iterator[None]:
    """Raise what a slot raised: Qt itself goes on as if nothing had been."""
    faults: list[BaseException] = []
    before, sys.excepthook = sys.excepthook, lambda kind, fault, trace: faults.append(fault)
    try:
        yield
    finally:
        sys.excepthook = before
    if faults:
        raise faults[0]


def _require_plain(window: QWidget) -> None:
    """No label, tip or table shows a text of the record as markup."""
    for widget in (window, *window.findChildren(QWidget)):
        require(not _is_live(widget.toolTip()), f"{widget.objectName()}: markup in a tip")
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            require(not _is_live(widget.text()), f"{widget.objectName()}: markup in a label")
        if isinstance(widget, QAbstractItemView) and widget.model() is not None:
            _require_plain_tips(widget)


def _require_plain_tips(table: QAbstractItemView) -> None:
    model = table.model()
    top = QModelIndex()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(top)
    for row in range(min(model.rowCount(top), _MOST_ROWS)):
        for column in range(columns):
            tip = model.index(row, column, top).data(Qt.ItemDataRole.ToolTipRole)
            require(not _is_live(str(tip or "")), f"{table.objectName()}: markup in the tip of a row")


def _is_live(text: str) -> bool:
    return Markup.mightBeRichText(text) and any(mark in text for mark in _LIVE)


def application() -> QObject:
    """The program that every widget needs, without a screen."""
    return QApplication.instance() or QApplication([])
