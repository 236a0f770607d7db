"""The menu bar, built from the declared actions."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from gui.actions import ACTIONS, MENUS, Action, plain


class Menus(QObject):
    """Fills a menu bar. `chosen` carries the `Action` that was asked for, by mouse, mnemonic or shortcut."""

    chosen = Signal(object)

    def __init__(self, bar: QMenuBar) -> None:
        """Make every menu that has an action."""
        super().__init__(bar)
        self._made: list[tuple[Action, QAction]] = []
        self._menus: dict[str, QMenu] = {}
        for title in MENUS:
            actions = [action for action in ACTIONS if action.menu == title]
            if not actions:
                continue
            menu = bar.addMenu(f"&{title}")
            menu.setObjectName(f"menu_{title.lower()}")
            self._menus[title] = menu
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

    def enable(self, available: frozenset[str], refusals: Mapping[str, str]) -> None:
        """Grey out what cannot be done now. `refusals` say of some of it who may do it."""
        for action, made in self._made:
            made.setEnabled(action.id in available)
            made.setToolTip(refusals.get(action.id, ""))
        for title, menu in self._menus.items():
            menu.setToolTipsVisible(any(action.menu == title and action.id in refusals for action, _ in self._made))

    @Slot()
    def _triggered(self) -> None:
        asked = self.sender()
        self.chosen.emit(next(action for action, made in self._made if made is asked))


def spoken(action: Action) -> str:
    """An action as a line of the find box: "MRD result" alone would not say that it records one."""
    return f"Record: {plain(action.text)}" if action.menu == "Record" else plain(action.text)
