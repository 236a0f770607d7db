"""The menu bar, built from the declared actions."""

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from gui.actions import ACTIONS, MENUS, Action, plain


class Menus(QObject):
    """Fills a menu bar. `chosen` carries the `Action` that was asked for, by mouse, mnemonic or shortcut."""

    chosen = Signal(object)

    def __init__(self, bar: QMenuBar) -> None:
        """Make every menu that has an action."""
        super().__init__(bar)
        self._made: list[tuple[Action, QAction]] = []
        for title in MENUS:
            actions = [action for action in ACTIONS if action.menu == title]
            if not actions:
                continue
            menu = bar.addMenu(f"&{title}")
            menu.setObjectName(f"menu_{title.lower()}")
            for action in actions:
                if action.section:
                    menu.addSeparator()
                made = QAction(menu)
                made.setText(action.text)  # not by the constructor: it would load QIcon to see whether it is one
                made.setObjectName(f"action_{action.id}")
                made.setData(action.id)
                if action.shortcut:
                    made.setShortcut(QKeySequence(action.shortcut))
                made.triggered.connect(self._triggered)
                menu.addAction(made)
                self._made.append((action, made))

    def enable(self, available: frozenset[str]) -> None:
        """Grey out what cannot be done now."""
        for action, made in self._made:
            made.setEnabled(action.id in available)

    @Slot()
    def _triggered(self) -> None:
        asked = self.sender()
        self.chosen.emit(next(action for action, made in self._made if made is asked))


def shown_shortcut(action: Action) -> str:
    """The keys of an action as this computer writes them."""
    return QKeySequence(action.shortcut).toString(QKeySequence.SequenceFormat.NativeText) if action.shortcut else ""


def spoken(action: Action) -> str:
    """An action as a line of the find box: "MRD result" alone would not say that it records one."""
    return f"Record: {plain(action.text)}" if action.menu == "Record" else plain(action.text)
