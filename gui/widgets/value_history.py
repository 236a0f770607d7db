"""The way from a value on the screen to its history, to a query about it, and to its verification.

It is the context menu of the value; Ctrl+H opens the history of the value that has the focus, other keys do the rest.

A widget is marked with the value that it shows. The mark is a property of the widget itself, so that it goes with it.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QPoint, Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QLineEdit, QMenu, QPlainTextEdit, QWidget

from gui.keys import ASK_KEYS, HISTORY_KEYS, MENU_KEYS, VERIFY_KEYS, on_keys
from gui.widgets.field_row import FieldRow
from gui.widgets.history import HistoryDialog, ValueRef
from gui.widgets.value_review import ValueReview
from gui.workspace import Workspace

HISTORY_WORDS = "History of this value…"
_MARK = "valueHistory"


class ValueHistory(QObject):
    """Opens the history of the values shown within a part of the window: of a form, or of a panel."""

    def __init__(self, workspace: Workspace, area: QWidget, *, keys: bool = True) -> None:
        """Ctrl+H works within `area`, on the value that has the focus; not where something around it has the `keys`."""
        super().__init__(area)
        self._workspace = workspace
        self._review = ValueReview(workspace, area)
        self._asked: QWidget | None = None
        by_keys = (
            (HISTORY_KEYS, self._open_focused),
            (MENU_KEYS, self._menu_of_focused),
            (ASK_KEYS, self._ask_focused),
            (VERIFY_KEYS, self._verify_focused),
        )
        for sequence, slot in by_keys if keys else ():
            on_keys(area, slot, sequence, where=Qt.ShortcutContext.WidgetWithChildrenShortcut)

    def offer(self, widget: QWidget, ref: ValueRef) -> None:
        """Say that a widget, with everything in it, shows that value."""
        mark = _mark(ref)
        for part in (widget, *widget.findChildren(QWidget)):
            marked = part.property(_MARK) is not None
            part.setProperty(_MARK, mark)
            if not marked:
                part.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
                part.customContextMenuRequested.connect(self._show_menu)

    def offer_form(self, kind: str, record: int, rows: Mapping[str, FieldRow]) -> None:
        """Say the same of the fields of a form; where none has the focus, Ctrl+H opens that of the whole record."""
        self._area.setProperty(_MARK, _mark(ValueRef(kind, record)))
        for name, row in rows.items():
            for part in (row.label, row.cell):
                self.offer(part, ValueRef(kind, record, name))

    @Slot()
    def open_menu(self) -> None:
        """Open the menu of the marked widget that was pressed: of a sign beside a value."""
        widget = self.sender()
        if isinstance(widget, QWidget):
            self._show_menu_of(widget, widget.rect().bottomLeft())

    @Slot(QPoint)
    def _show_menu(self, at: QPoint) -> None:
        widget = self.sender()
        if isinstance(widget, QWidget):
            self._show_menu_of(widget, at)

    def _show_menu_of(self, widget: QWidget, at: QPoint) -> None:
        self._asked = widget
        menu = self._menu_of(widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = menu.addAction(HISTORY_WORDS)
        action.setObjectName("value_history")
        action.setShortcut(QKeySequence(HISTORY_KEYS))
        action.triggered.connect(self._open_asked)
        self._review.add_to(menu, _ref(widget))
        menu.popup(widget.mapToGlobal(at))

    def _menu_of(self, widget: QWidget) -> QMenu:
        """The menu that the widget has anyway, to copy and paste; else an empty one."""
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            menu = widget.createStandardContextMenu()
            menu.addSeparator()
            return menu
        menu = QMenu(widget)
        if isinstance(widget, QLabel):
            menu.addAction("Copy").triggered.connect(self._copy)
        return menu

    @Slot()
    def _copy(self) -> None:
        if isinstance(self._asked, QLabel):
            QApplication.clipboard().setText(self._asked.selectedText() or self._asked.text())

    @Slot()
    def _open_asked(self) -> None:
        if self._asked is not None:
            self._open(_ref(self._asked))

    @Slot()
    def _open_focused(self) -> None:
        widget = self._focused()
        if widget is not None:
            self._open(_ref(widget))

    @Slot()
    def _ask_focused(self) -> None:
        widget = self._focused()
        if widget is not None:
            self._review.ask(_ref(widget))

    @Slot()
    def _verify_focused(self) -> None:
        widget = self._focused()
        if widget is not None:
            self._review.verify(_ref(widget))

    @Slot()
    def _menu_of_focused(self) -> None:
        widget = self._focused()
        if widget is not None:
            self._show_menu_of(widget, widget.rect().center())

    def _focused(self) -> QWidget | None:
        """The marked widget that has the focus, or that what has it stands in."""
        widget = QApplication.focusWidget()
        while widget is not None and widget.property(_MARK) is None:
            widget = None if widget is self._area else widget.parentWidget()
        return widget

    @property
    def _area(self) -> QWidget:
        area = self.parent()
        assert isinstance(area, QWidget)
        return area

    def _open(self, ref: ValueRef) -> None:
        HistoryDialog(self._workspace, ref, self._area.window()).show()


def focus_value(area: QWidget, ref: ValueRef) -> bool:
    """Put the cursor on the part of `area` that shows that value, if any can take it; returns whether one could."""
    mark = _mark(ref)
    shown = [part for part in area.findChildren(QWidget) if part.property(_MARK) == mark and part.isVisible()]
    for part in shown:
        stop = part.focusProxy() or part
        if stop.isEnabled() and stop.focusPolicy() & Qt.FocusPolicy.TabFocus:
            part.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def _mark(ref: ValueRef) -> str:
    return f"{ref.kind}/{ref.record}/{ref.field}"


def _ref(widget: QWidget) -> ValueRef:
    kind, record, field = str(widget.property(_MARK)).split("/")
    return ValueRef(kind, int(record), field)


class TableHistory(QObject):
    """The same for a table: Ctrl+H, or the context menu of a cell, opens the history of what the cell shows."""

    def __init__(self, workspace: Workspace, view: QAbstractItemView, current: Callable[[], ValueRef | None]) -> None:
        """`current` gives the value in the cell that has the cursor, None where there is none."""
        super().__init__(view)
        self._workspace = workspace
        self._current = current
        action = QAction(HISTORY_WORDS, view)
        action.setObjectName("value_history")
        action.setShortcut(QKeySequence(HISTORY_KEYS))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(self._open)
        view.addAction(action)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        on_keys(view, self._show_menu, MENU_KEYS, where=Qt.ShortcutContext.WidgetShortcut)

    @property
    def _view(self) -> QAbstractItemView:
        view = self.parent()
        assert isinstance(view, QAbstractItemView)
        return view

    @Slot()
    def _show_menu(self) -> None:
        cell = self._view.visualRect(self._view.currentIndex())
        menu = QMenu(self._view)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self._view.actions())
        menu.popup(self._view.viewport().mapToGlobal(cell.center()))

    @Slot()
    def _open(self) -> None:
        ref = self._current()
        if ref is not None:
            HistoryDialog(self._workspace, ref, self._view.window()).show()
